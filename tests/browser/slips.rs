//! Forms sent with slips in them: the page that comes back has words and marks of its own.

use std::collections::BTreeMap;

use serde_json::json;
use varjedag::clock;

use super::{Visit, marked};
use crate::support::{Answer, Client};

type Readers = BTreeMap<&'static str, Client>;

/// Every form that can be filled in wrongly, and how.
pub(super) fn slips(readers: &Readers) -> Vec<Visit> {
    let developer = &readers["developer"];
    let form = "main form";
    let mut visits = vec![
        Visit { who: None, ..slip("", "/sign-in", form, &[("email", "ingen adress")], "") },
        slip("developer", "/editions/new", form, &[("name", ""), ("starts_on", "")], ".btn--primary"),
        slip("developer", "/designer", "form.form[action='/designer/drafts']", &[("name", "")], ""),
        slip("developer", "/designer/drafts/1/new/modules", "form.entry", &[], ""),
    ];
    visits.extend(people(developer));
    visits.extend(planning(developer));
    visits.extend(attendance(developer));
    visits.extend(recognition(readers));
    visits.extend(own(readers));
    visits
}

/// A form of a page, with these of its fields filled in, sent by a button of it.
fn slip(who: &'static str, path: &str, form: &str, fields: &[(&str, &str)], button: &str) -> Visit {
    let script = format!(
        "const form = document.querySelector({}); form.noValidate = true;
        for (const [name, value] of {}) form.elements[name].value = value;
        form.querySelectorAll('[type=checkbox]').forEach(box => box.checked = false);
        form.requestSubmit({} ? form.querySelector({}) : undefined);",
        json!(form),
        json!(fields),
        json!(!button.is_empty()),
        json!(button),
    );
    Visit { path: path.to_owned(), who: Some(who), slip: Some(script) }
}

/// The first of these pages that has such an element.
fn first(client: &Client, pages: impl IntoIterator<Item = String>, selector: &str) -> String {
    let has = |page: &String| !client.get(page).attributes(selector, &[]).is_empty();
    pages.into_iter().find(has).unwrap_or_else(|| panic!("no page with {selector}"))
}

fn targets(answer: &Answer, selector: &str) -> Vec<String> {
    answer.links(selector).into_iter().map(|(target, _)| target).collect()
}

/// People's roles, and those who take part in an edition.
fn people(developer: &Client) -> Vec<Visit> {
    let person = first(developer, (1..60).map(|person| format!("/people/{person}")), "form[action$='/roles']");
    let today = clock::today().to_string();
    let role = [("role", "forandringsledare"), ("from", &*today), ("to", "")];
    let given = developer.post(&format!("{person}/roles"), &role);
    assert_eq!(given.status, 303, "{}", given.body);
    let board = first(developer, targets(&developer.get("/editions"), "tbody a"), "form[action$='/people']");
    let enrol = "form[action$='/people']";
    let never = [("from", "0001-01-01"), ("to", "0001-01-01")];
    vec![
        slip("developer", &board, enrol, &[], ""),
        slip("developer", &board, enrol, &[("people", "nobody@exempel.invalid, 4711")], ""),
        slip("developer", &person, "form[action$='/roles']", &never, ""),
        slip("developer", &person, "form[action$='/end']", &[], ""),
    ]
}

/// Course days: opened, copied, without courses, their rules, seats and materials.
fn planning(developer: &Client) -> Vec<Visit> {
    let days = targets(&developer.get("/occasions"), "tbody a");
    let day = first(developer, days, "form [value=exception]");
    let copied = targets(&developer.get("/occasions/copy"), ".tabs a");
    let copied = first(developer, copied, "input[name=chosen]");
    let whose = [("whose", "nobody@exempel.invalid")];
    let rules = [("offer_hours", "0"), ("late_hours", "tre"), ("no_shows", "-1")];
    let off = [("name", ""), ("from", ""), ("to", "0001-01-01")];
    vec![
        slip("developer", "/occasions/new", "main form", &[], ""),
        slip("developer", &day, "form:has(#f-whose)", &whose, "[value=exception]"),
        slip("developer", &copied, "main form", &[], ""),
        slip("developer", "/occasions/days-off", "form.form", &off, ""),
        slip("developer", "/occasions/rules", "form.form", &rules, ""),
        slip("developer", &format!("{day}/materials"), "form.form", &[("title", ""), ("link", "http://")], ""),
    ]
}

/// The roll of the course that is going on, what was marked for somebody there, and a list.
fn attendance(developer: &Client) -> Vec<Visit> {
    let marked = marked(developer).path;
    let (roll, _) = marked.rsplit_once('/').expect("a roll");
    let whose = [("whose", "nobody@exempel.invalid")];
    vec![
        slip("developer", roll, "form:has(#f-whose)", &whose, "[value=add]"),
        slip("developer", &marked, "form.form", &[("reason", "")], ""),
        slip("developer", &format!("{roll}/import"), "form.form", &[("list", "")], ""),
        slip("developer", &format!("{roll}/import"), "form.form", &[("list", "namn\nAnna")], ""),
    ]
}

/// Requests, evidence, and who decides.
fn recognition(readers: &Readers) -> Vec<Visit> {
    let found = |who: &str, selector: &str| targets(&readers[who].get("/recognition"), selector);
    let waiting = found("developer", "#waiting ~ ul a");
    let request = first(&readers["developer"], waiting, "[name=act][value=return]");
    let asked = first(&readers["manager"], found("manager", "#attesting ~ ul a"), "[name=act][value=return]");
    let returned = "form:has([name=act][value=return])";
    vec![
        slip("participant", "/recognition/ask", "form.form", &[], "[name=act][value=ask]"),
        slip("participant", "/recognition/evidence/new", "form.form", &[("link", "http://")], ""),
        slip("developer", "/recognition/delegates", "form.form", &[], ""),
        slip("developer", &request, returned, &[("comment", "")], "[value=return]"),
        slip("manager", &asked, returned, &[("comment", "")], "[value=return]"),
    ]
}

/// What people write about themselves and wish for.
fn own(readers: &Readers) -> Vec<Visit> {
    let participant = &readers["participant"];
    let modules = targets(&participant.get("/"), "a[href^='/curriculum/modules/']");
    let module = first(participant, modules, "a[href$='/rating']");
    let rating = targets(&participant.get(&module), "a[href$='/rating']").swap_remove(0);
    let absences = targets(&participant.get("/me"), "a[href$='/absences']").swap_remove(0);
    vec![
        slip("participant", &absences, "form.form", &[("from", "")], ""),
        slip("participant", &rating, "#f-rating", &[], ""),
        slip("participant", "/me/notes", "form.form", &[("body", "")], ""),
        slip("participant", "/plan", "form[method=get]", &[("away", "i morgon")], ""),
        slip("manager", "/plans", "form[action='/plans']", &[("whom", "")], ""),
    ]
}
