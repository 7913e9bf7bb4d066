//! What templates make of data, and the laws they keep.

use serde_json::{Value, json};

use super::TOKEN;
use crate::curriculum::model::Language;
use crate::web::{Cells, Chrome, Errors, NavItem, Svg, fragment, helpers, render, render::whole, templates::TEMPLATES};

fn chrome() -> Chrome {
    let nav = vec![NavItem { href: "/people", label: "web-help", also: &[] }];
    Chrome {
        title: "<Titel>".into(),
        actor: Some("Prov \"<b>\" Provsson".into()),
        nav,
        csrf: TOKEN.into(),
        path: "/people/12?q=a&b=c".into(),
        ..Chrome::default()
    }
}

#[test]
fn the_frame_escapes_names_and_marks_where_you_are() {
    let html = whole(&chrome(), "web/error", &json!({ "title": "a", "detail": "<script>" })).unwrap();
    assert!(!html.contains("<b>") && !html.contains("<script>") && !html.contains("<Titel>"));
    assert!(html.contains("<a href=\"/people\" aria-current=\"true\">"));
    assert!(html.contains(&format!("name=\"csrf\" value=\"{TOKEN}\"")));
    assert!(html.contains("value=\"/people/12?q&#x3D;a&amp;b&#x3D;c\""));
}

#[test]
fn a_field_says_what_is_wrong_and_keeps_what_was_typed() {
    let html = fragment(
        Language::Sv,
        "web/field",
        &json!({ "name": "email", "label": "E-post", "hint": "Din adress", "value": "a\"b", "error": "web-not-signed-in" }),
    );
    insta::assert_snapshot!(html.unwrap(), @r##"
    <div class="row row--bad">
    <label for="f-email">E-post</label>
    <p class="hint" id="h-email">Din adress</p>
    <p class="wrong" id="e-email"><svg class="icon" aria-hidden="true"><use href="#i-overdue"/></svg> Logga in och försök igen.</p>
    <input class="field" id="f-email" name="email" type="text" value="a&quot;b" aria-invalid="true" aria-describedby="h-email e-email" aria-required="true">
    </div>
    "##);
}

#[test]
fn errors_are_summed_up_first_and_in_the_title() {
    let mut errors = Errors::default();
    errors.require("name", "  ", "web-not-signed-in");
    errors.require("email", "x", "web-not-signed-in");
    let html = whole(&chrome(), "web/errors", &json!({ "errors": errors })).unwrap();
    assert!(html.contains("<title>Fel: &lt;Titel&gt; – Varjedag</title>"));
    assert!(html.contains("<li><a href=\"#f-name\">Logga in och försök igen.</a></li>"));
    assert!(!html.contains("#f-email"));
    let html = whole(&chrome(), "web/errors", &json!({ "errors": Errors::default() })).unwrap();
    assert!(!html.contains("role=\"alert\"") && html.contains("<title>&lt;Titel&gt;"));
}

/// Renders `template` as a page's content, with the helpers and parts of the kit.
fn content(template: &str, body: &Value) -> Result<String, handlebars::RenderError> {
    render::registry(Language::Sv).render_template(template, body)
}

#[test]
fn a_part_sees_only_what_it_is_given_and_takes_a_missing_value_for_none() {
    let body = json!({ "errors": { "name": "web-not-signed-in" }, "hint": "not for the part" });
    let email = content(r#"{{part "web/field" name="email" label=(t "web-help") error=errors.email}}"#, &body).unwrap();
    assert!(!email.contains("class=\"wrong\"") && !email.contains("not for the part"), "{email}");
    assert!(email.contains(">Hjälp</label>"));
    let name = content(r#"{{part "web/field" name="name" label=(t "web-help") error=errors.name}}"#, &body).unwrap();
    assert!(name.contains("Logga in och försök igen."), "{name}");
}

#[test]
fn a_misspelt_field_is_an_error_and_not_an_empty_place() {
    assert!(content("{{titel}}", &json!({ "title": "a" })).is_err());
    assert!(content("{{#each peeple}}{{/each}}", &json!({ "people": [] })).is_err());
}

#[test]
fn messages_are_escaped_with_what_is_put_into_them() {
    let title = content(r#"{{t "web-error-in-title" title=name}}"#, &json!({ "name": "<b>" })).unwrap();
    assert_eq!(title, "Fel: &lt;b&gt;");
}

#[test]
fn a_select_keeps_the_choice_and_pages_link_both_ways() {
    let options = json!([{ "value": 1, "label": "Ett" }, { "value": 2, "label": "Två" }]);
    let template = r#"{{part "web/select" name="n" label="N" options=options value=chosen}}"#;
    let html = content(template, &json!({ "options": options, "chosen": 2 })).unwrap();
    assert!(html.contains(r#"<option value="2" selected>Två</option>"#), "{html}");
    let template = r#"{{part "web/pages" page=2 pages=3 previous="?page=1" next="?page=3"}}"#;
    let html = content(template, &json!({})).unwrap();
    assert!(html.contains("Sida 2 av 3") && html.contains(r#"rel="prev" href="?page&#x3D;1""#), "{html}");
    assert_eq!(content(r#"{{part "web/pages" page=1 pages=1}}"#, &json!({})).unwrap().trim(), "");
}

#[test]
fn the_cells_of_a_matrix_are_escaped_and_each_is_one() {
    let cells: Cells = [("has", "<b>"), ("", ""), ("miss", "a\u{1e}b\u{1f}c")].into_iter().collect();
    let html = content("{{cells row outside}}", &json!({ "row": cells, "outside": "ut & bort" })).unwrap();
    insta::assert_snapshot!(html.replace("<td", "\n<td").trim_start(), @r##"
    <td class="c-has"><svg class="icon" aria-hidden="true"><use href="#i-has"/></svg>&lt;b&gt;</td>
    <td class="out"><span class="vh">ut &amp; bort</span></td>
    <td class="c-miss"><svg class="icon" aria-hidden="true"><use href="#i-miss"/></svg>abc</td>
    "##);
}

#[test]
fn an_svg_of_ours_is_written_as_it_is_and_a_text_never() {
    let mut registry = handlebars::Handlebars::new();
    registry.register_helper("svg", Box::new(helpers::Markup(helpers::svg)));
    let render = |picture: &Value| registry.render_template("{{svg picture}}", &json!({ "picture": picture }));
    assert_eq!(render(&serde_json::to_value(Svg("<svg/>".into())).unwrap()).unwrap(), "<svg/>");
    assert!(render(&json!("<script>")).is_err());
}

#[test]
fn templates_write_nothing_unescaped_and_no_inline_style_or_script() {
    for (name, source) in TEMPLATES {
        for forbidden in
            ["{{{", "{{&", "style=", "<style", "<script>", " onclick=", " onchange=", " onsubmit=", "javascript:"]
        {
            assert!(!source.contains(forbidden), "{name} contains {forbidden}");
        }
        for form in source.split("<form").skip(1).filter(|form| form.split('>').next().unwrap().contains("post")) {
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains("{{csrf}}"), "a form in {name} has no {{{{csrf}}}}");
        }
    }
}

#[test]
fn every_template_file_is_registered_and_can_be_read() {
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in std::fs::read_dir(&source).unwrap().flatten().filter(|room| room.path().join("templates").is_dir()) {
        for file in std::fs::read_dir(room.path().join("templates")).unwrap().flatten() {
            let file = file.path();
            if file.extension().is_some_and(|ext| ext == "hbs") {
                let name = format!("{}/{}", room.file_name().display(), file.file_stem().unwrap().display());
                assert!(TEMPLATES.iter().any(|(known, _)| *known == name), "{name} is not listed in web/templates.rs");
            }
        }
    }
    for (name, source) in TEMPLATES {
        let read = handlebars::Template::compile(source);
        assert!(read.is_ok(), "{name}: {:?}", read.err());
    }
}
