//! How the matrix is shown: columns hidden and pinned, what its modules hold back, rows in another order; and what the
//! picture of a draft marks.

use super::drafts::Scene;
use crate::support::{Answer, World, on_both};

on_both![
    pinned_columns_stand_first_and_stay_so_after_a_change,
    each_row_says_what_it_holds_back_and_rows_can_be_sorted_by_it,
    a_circle_leaves_a_matrix_without_those_figures,
    the_picture_of_a_draft_marks_what_it_changes,
];

fn heads(page: &Answer) -> Vec<String> {
    page.texts(".names th")
}

/// Codes of the rows, from the top.
fn codes(page: &Answer) -> Vec<String> {
    page.texts("tbody .code")
}

fn pinned_columns_stand_first_and_stay_so_after_a_change(world: World) {
    let scene = Scene::new(&world);
    let page = scene.first.get(&scene.here("?pin=title.controller&pin=role.ledare&hide=everyone"));
    let pinned = page.texts(".names .pin");
    assert_eq!(pinned, ["Förbättringsledare", "Controller"]);
    assert_eq!(heads(&page)[..2], pinned);
    assert_eq!(page.texts("tr[data-r='0'] .pin").len(), 2);
    assert_eq!(page.texts("tfoot .pin").len(), 3 * 2);
    assert_eq!(page.texts(".sheet.held-2").len(), 1);
    let kept = [("pin", "title.controller"), ("pin", "role.ledare"), ("hide", "everyone"), ("sort", "holds")];
    let cell = [("at", "title.controller~leda"), ("state", "required"), ("revision", "0")];
    let set = scene.first.post(&scene.here("/cells"), &[&cell[..], &kept[..]].concat());
    assert_eq!(set.status, 303, "{}", set.body);
    let back = scene.first.get(set.header("location"));
    assert_eq!(heads(&back)[..2], pinned);
    assert_eq!(back.texts(".is-picked").len(), 1, "the cell that was changed");
    assert_eq!(back.attribute(".hold", "aria-sort").as_deref(), Some("descending"));
    let undone = scene.first.post(&scene.here("/undo"), &[&[("revision", "1")], &kept[..]].concat());
    assert_eq!(heads(&scene.first.get(undone.header("location"))), heads(&back));
}

fn each_row_says_what_it_holds_back_and_rows_can_be_sorted_by_it(world: World) {
    let scene = Scene::new(&world);
    for matrix in [scene.here(""), "/designer/published".into()] {
        let page = scene.first.get(&matrix);
        let held = page.texts("tbody .hold");
        assert_eq!(held, ["2", "–", "7", "5", "2", "2", "–", "1"], "{matrix}");
        let sorted = scene.first.get(page.links(".hold a")[0].0.split('#').next().expect("an address"));
        assert_eq!(codes(&sorted)[..2], codes(&page)[2..4]);
        assert_eq!(sorted.texts("tbody .hold"), ["7", "5", "2", "2", "2", "1", "–", "–"], "{matrix}");
        assert_eq!(sorted.texts(".areahead").len(), 1);
        assert_eq!(sorted.links(".hold a")[0].0, format!("{matrix}#sheet"));
    }
    let panel = scene.first.get(&scene.here("/cell?at=role.ledare~mata"));
    let told = panel.text(".held > p");
    assert_eq!(
        told,
        "Kan hålla tillbaka 2 andra, som alla också har en annan väg. Den längsta kedjan genom den har 5 moduler."
    );
    assert_eq!(panel.texts(".held dd"), ["2", "5", "5", "7"]);
    scene.first.post("/language", &[("language", "en")]);
    let panel = scene.first.get(&scene.here("/cell?at=role.ledare~intro"));
    assert!(panel.text(".held > p").starts_with("Holds back"), "{}", panel.body);
}

fn a_circle_leaves_a_matrix_without_those_figures(world: World) {
    let scene = Scene::new(&world);
    let form = scene.first.get(&scene.here("/edit/modules/intro"));
    let mut fields = super::drafts::filled(&form);
    fields.retain(|(name, _)| name != "builds_on" && name != "csrf");
    fields.push(("builds_on".into(), "leda".into()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(scene.first.post(&scene.here("/edit/modules/intro"), &fields).status, 303);
    let page = scene.first.get(&scene.here("?sort=holds&cell=role.ledare~intro"));
    assert_eq!(page.status, 200);
    assert!(page.texts("tbody .hold").iter().all(|held| held == "–"));
    assert!(page.texts(".held").is_empty());
    assert!(page.body.contains("bygger på"), "the circle is told");
}

fn the_picture_of_a_draft_marks_what_it_changes(world: World) {
    let scene = Scene::new(&world);
    let picture = || scene.first.get(&scene.here("/graph"));
    let same = picture();
    assert!(same.texts("#news").is_empty() && same.texts(".pic__sign").is_empty(), "nothing is changed yet");
    let change = |path: &str, form: &str, changes: &[(&str, &str)]| {
        let form = scene.first.get(&scene.here(form));
        let saved = scene.fill(&scene.first, path, &form, changes);
        assert_eq!(saved.status, 303, "{}", saved.body);
    };
    change("/edit/modules/kartlagga", "/edit/modules/kartlagga", &[("builds_on", "intro")]);
    change("/new/modules", "/new/modules?from=mata", &[("id", "mata-mer"), ("short.sv", "Mäta mer <b>")]);
    assert_eq!(scene.first.post(&scene.here("/remove/modules/coacha"), &[]).status, 303);
    let page = picture();
    let mut signs = page.texts(".pic__sign-word");
    signs.sort_unstable();
    assert_eq!(signs, ["Ny", "Ändrad"]);
    assert_eq!(page.texts(".pic__cross").len(), 1, "one line is gone");
    assert!(page.texts("svg title").iter().any(|title| title.starts_with("M") && title.ends_with("Ny.")));
    assert!(page.texts(".pic__key").iter().any(|key| key.starts_with("Borttagen: ")));
    let says = page.texts("section[aria-labelledby=news] .says li");
    assert!(says.contains(&"M3 bygger nu på M1.".to_owned()), "{says:?}");
    assert!(says.contains(&"M3 bygger inte längre på M2.".to_owned()), "{says:?}");
    assert!(says.iter().any(|line| line.ends_with("är borttagen.")), "{says:?}");
    let tags = page.texts(".areatable .tag");
    assert_eq!(tags.len(), 2, "the table says it too: {tags:?}");
    assert!(scene.first.get("/curriculum").texts("#news").is_empty(), "the published picture is as it is");
    scene.first.post("/language", &[("language", "en")]);
    assert!(picture().texts("#news").contains(&"What the draft changes here".to_owned()));
}
