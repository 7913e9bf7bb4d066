//! Drafts over HTTP: changes without a script, two people in one draft, taking back, taking over to a newer version, forms
//! with their errors, and everything that can go wrong in them.

use varjedag::clock;
use varjedag::designer::drafts::store as rows;
use varjedag::designer::service::{Publication, publish};
use varjedag::store::Store;

use crate::support::build::{self, Person};
use crate::support::{Answer, Ask, Client, World, on_both, small};

mod refused;

on_both![
    a_cell_is_changed_by_a_plain_form_and_says_why_it_is_so,
    two_people_see_each_others_changes_and_a_conflict_is_told_with_both_values,
    each_takes_back_their_own_changes,
    a_draft_goes_over_to_a_newer_version_and_clashes_are_chosen_one_by_one,
    an_entry_is_changed_by_its_form_with_errors_beside_the_field,
    two_people_may_change_one_entry_in_different_fields,
    what_hangs_on_an_entry_is_said_before_it_is_removed,
    a_module_is_copied_with_a_trace_to_where_it_came_from,
    a_module_is_moved_within_its_area_and_moved_back_by_taking_back,
    a_draft_with_errors_is_saved_and_told,
    drafts_are_compared_with_each_other_and_with_what_they_began_from,
    a_drafts_picture_follows_its_changes_and_leads_to_its_forms,
];

pub struct Scene {
    pub first: Client,
    pub second: Client,
    pub draft: i64,
}

impl Scene {
    pub fn new(world: &World) -> Scene {
        build::publish_small(&world.store);
        let [first, second] =
            ["Exempla Utvecklarsson", "Provia Utvecklarsson"].map(|name| developer(&world.store, name));
        let draft = build::draft(&world.store, "Hösten", &first);
        Scene { first: world.sign_in(&first), second: world.sign_in(&second), draft }
    }

    pub fn here(&self, rest: &str) -> String {
        format!("/designer/drafts/{}{rest}", self.draft)
    }

    /// Sets a cell as the script does, from the revision that was seen.
    fn press(&self, who: &Client, at: &str, state: &str, revision: i64) -> Answer {
        let revision = revision.to_string();
        let csrf = who.csrf().expect("signed in");
        let fields = [("at", at), ("state", state), ("revision", &revision), ("csrf", &csrf)];
        who.send(Ask::post(&self.here("/cells"), &fields).header("accept", "application/json"))
    }

    /// The words of a cell.
    fn cell(&self, at: &str) -> String {
        let page = self.first.get(&self.here(""));
        page.attribute(&format!("button[value='{at}']"), "aria-label").unwrap_or_else(|| panic!("no cell {at}"))
    }

    /// Posts the form of an entry with some of its fields changed.
    pub fn fill(&self, who: &Client, path: &str, form: &Answer, changes: &[(&str, &str)]) -> Answer {
        let mut fields = filled(form);
        for (name, value) in changes {
            fields.retain(|(other, _)| other != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        who.post(&self.here(path), &fields)
    }
}

fn developer(store: &Store, name: &str) -> Person {
    let person = build::person(store, name, None);
    build::hat(store, "developer", &person);
    person
}

/// What a browser would post when nothing is touched.
pub fn filled(form: &Answer) -> Vec<(String, String)> {
    let html = scraper::Html::parse_document(&form.body);
    let select = |text: &str| scraper::Selector::parse(text).expect("a selector");
    let mut fields = Vec::new();
    for element in html.select(&select("form.entry input, form.entry textarea, form.entry select")) {
        let name = element.attr("name").unwrap_or_default().to_owned();
        let value = match element.value().name() {
            "input" if element.attr("type") == Some("checkbox") && element.attr("checked").is_none() => continue,
            "input" => element.attr("value").unwrap_or_default().to_owned(),
            "select" => element
                .select(&select("option[selected]"))
                .chain(element.select(&select("option")))
                .next()
                .and_then(|option| option.attr("value"))
                .unwrap_or_default()
                .to_owned(),
            _ => element.text().collect::<String>().trim_start_matches('\n').to_owned(),
        };
        if name != "csrf" {
            fields.push((name, value));
        }
    }
    fields
}

fn a_cell_is_changed_by_a_plain_form_and_says_why_it_is_so(world: World) {
    let scene = Scene::new(&world);
    let asked = scene.first.get(&scene.here("?cell=title.controller~modellen"));
    assert_eq!(asked.text("#cell h2"), "Förbättringsmodellen");
    assert_eq!(asked.text("#cell .says"), "Från Stöd: krävs, inom 180 dagar.");
    let fields = [
        ("at", "title.controller~modellen"),
        ("state", "required"),
        ("dated", "true"),
        ("days", "60"),
        ("revision", "0"),
    ];
    let answer = scene.first.post(&scene.here("/cells"), &fields);
    assert_eq!((answer.status, answer.header("location")), (303, &*scene.here("?cell=title.controller%7Emodellen")));
    assert_eq!(scene.cell("title.controller~modellen"), "Krävs, 60 dagar, ändrad");
    assert_eq!(scene.cell("everyone~modellen"), "Av");
    let page = scene.first.get(&scene.here("?hide=role.ledare&pin=title.controller"));
    assert_eq!(page.texts("tr.names th").first().map(String::as_str), Some("Controller"));
    assert!(page.attribute("button[value='role.ledare~intro']", "name").is_none());
    let wrong = [
        ("at", "title.controller~modellen"),
        ("state", "required"),
        ("dated", "true"),
        ("days", "soon"),
        ("revision", "1"),
    ];
    let answer = scene.first.post(&scene.here("/cells"), &wrong);
    assert_eq!(answer.status, 422);
    assert_eq!(answer.attribute("#f-days", "value").as_deref(), Some("soon"));
    assert!(answer.text("#e-days").contains("mellan 1 och 3650"));
    // The published version shows the same matrix with nothing to change.
    let published = scene.first.get("/designer/published?cell=title.controller~modellen");
    assert_eq!(published.text("#cell .says"), "Från Stöd: krävs, inom 180 dagar.");
    assert!(published.attribute("#cell form", "action").is_none());
}

fn two_people_see_each_others_changes_and_a_conflict_is_told_with_both_values(world: World) {
    let scene = Scene::new(&world);
    let at = "role.ledare~coacha";
    let first = scene.press(&scene.first, at, "required", 0);
    assert_eq!(first.status, 200);
    let painted = first.json();
    assert_eq!((painted["revision"].as_i64(), painted["undo"].as_i64()), (Some(1), Some(1)));
    assert_eq!(painted["cells"].as_array().map(Vec::len), Some(1), "only what changed: {painted}");
    assert!(painted["columns"][0][1]["delta"].as_str().is_some_and(|delta| delta.starts_with('+')));
    let seen = scene.second.get(&scene.here("/changes?since=0"));
    assert_eq!(seen.json()["cells"], painted["cells"]);
    assert_eq!(scene.second.get(&scene.here("/changes?since=1")).status, 204);
    // The second person has not seen it yet, and changes another cell, and then the same.
    assert_eq!(scene.press(&scene.second, "role.ledare~leda", "off", 0).status, 200);
    let conflict = scene.press(&scene.second, at, "off", 0);
    assert_eq!(conflict.status, 409);
    let told = conflict.text("[role=alert] p + p");
    assert!(
        told.starts_with("Exempla Utvecklarsson satte ”Krävs”") && told.ends_with("Du ville sätta ”Av”."),
        "{told}"
    );
    assert_eq!(scene.cell(at), "Krävs, ändrad");
    let over = [("at", at), ("state", "off"), ("over", "true"), ("revision", "2")];
    assert_eq!(scene.second.post(&scene.here("/cells"), &over).status, 303);
    assert_eq!(scene.cell(at), "Av, ändrad");
    let log = scene.first.get(&scene.here("/log")).texts("tbody tr");
    assert_eq!(log.len(), 3);
    assert!(log[0].contains("Provia Utvecklarsson") && log[0].contains("Krävs → Av"), "{log:?}");
}

fn each_takes_back_their_own_changes(world: World) {
    let scene = Scene::new(&world);
    scene.press(&scene.first, "role.ledare~coacha", "required", 0);
    scene.press(&scene.second, "role.ledare~leda", "off", 1);
    let turn = |who: &Client, verb: &str| who.post(&scene.here(verb), &[("revision", "0")]).status;
    assert_eq!(turn(&scene.first, "/undo"), 303);
    assert_eq!(scene.cell("role.ledare~coacha"), "Rekommenderas");
    assert_eq!(scene.cell("role.ledare~leda"), "Av, ändrad");
    assert_eq!(turn(&scene.first, "/undo"), 409, "the other change is not one's own");
    assert_eq!(turn(&scene.first, "/redo"), 303);
    assert_eq!(scene.cell("role.ledare~coacha"), "Krävs, ändrad");
    // What somebody else has built on cannot be taken back unseen.
    scene.press(&scene.second, "role.ledare~coacha", "off", 4);
    let answer = scene.first.post(&scene.here("/undo"), &[("revision", "5")]);
    assert_eq!(answer.status, 409);
    assert!(answer.text("#cell [role=alert]").contains("Provia Utvecklarsson satte ”Av”"));
}

fn a_draft_goes_over_to_a_newer_version_and_clashes_are_chosen_one_by_one(world: World) {
    let scene = Scene::new(&world);
    scene.press(&scene.first, "role.ledare~coacha", "off", 0);
    scene.press(&scene.first, "role.deltagare~samtal", "required", 1);
    assert_eq!(scene.first.get(&scene.here("/stale")).texts("form[action$='/stale']").len(), 0);
    let mut sources = small();
    let roles = sources.files.iter_mut().find(|file| file.name == "roles.ron").expect("a file");
    roles.text = roles
        .text
        .replace("recommended: [\"coacha\"],", "")
        .replace("[\"mata\", \"leda\"]", "[\"mata\", \"leda\", \"coacha\"]");
    publish(&world.store, &Publication::of(&sources), clock::now(), &|_, _| ()).expect("it is sound");
    assert!(scene.first.get(&scene.here("")).text(".stale").contains("har publicerats"));
    let page = scene.first.get(&scene.here("/stale"));
    assert_eq!(page.texts("fieldset legend"), ["Förbättringsledare, Coacha team: Rekommenderas → Av"]);
    assert_eq!(page.texts("fieldset label")[1], "Den nya versionens gäller: Krävs");
    assert_eq!(scene.first.post(&scene.here("/stale"), &[]).header("location"), scene.here("/stale"));
    let answer = scene.first.post(&scene.here("/stale"), &[("choice.0", "theirs")]);
    assert_eq!((answer.status, answer.header("location")), (303, &*scene.here("")));
    assert_eq!(scene.cell("role.ledare~coacha"), "Krävs");
    assert_eq!(scene.cell("role.deltagare~samtal"), "Krävs, ändrad");
    assert!(scene.first.get(&scene.here("")).texts(".stale").is_empty());
}

fn an_entry_is_changed_by_its_form_with_errors_beside_the_field(world: World) {
    let scene = Scene::new(&world);
    let path = "/edit/modules/leda";
    let form = scene.first.get(&scene.here(path));
    let answer = scene.fill(&scene.first, path, &form, &[("hours", "10,5"), ("builds_on", "M4 OCH (M3 ELLER samtal)")]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let form = scene.first.get(&scene.here(path));
    assert_eq!(form.attribute("#f-hours", "value").as_deref(), Some("10,5"));
    // What cannot be written is not saved; what was typed is kept.
    let answer = scene.fill(&scene.first, path, &form, &[("title.en", ""), ("hours", "tio")]);
    assert_eq!(answer.status, 422);
    assert_eq!(answer.attribute("#f-hours", "value").as_deref(), Some("tio"));
    let answer = scene.fill(&scene.first, path, &form, &[("title.en", "")]);
    assert_eq!(answer.status, 422);
    assert!(answer.text("#errors").contains("saknas på svenska eller engelska"), "{}", answer.body);
    // What only breaks a rule is saved and told at its field: a circle, as `check` tells it.
    let answer = scene.fill(
        &scene.first,
        "/edit/modules/intro",
        &scene.first.get(&scene.here("/edit/modules/intro")),
        &[("builds_on", "leda")],
    );
    assert_eq!(answer.status, 303);
    let told: Vec<String> = ["intro", "modellen", "mata", "leda", "samtal"]
        .iter()
        .flat_map(|id| scene.first.get(&scene.here(&format!("/edit/modules/{id}"))).texts(".row--bad .wrong"))
        .collect();
    assert!(told.iter().any(|text| text.contains("i ring") && text.contains(" → ")), "{told:?}");
    assert!(scene.first.get(&scene.here("")).text("#problems").contains("hindrar publicering"));
}

fn two_people_may_change_one_entry_in_different_fields(world: World) {
    let scene = Scene::new(&world);
    let path = "/edit/modules/leda";
    let form = scene.first.get(&scene.here(path));
    assert_eq!(scene.fill(&scene.second, path, &form, &[("level", "Coach")]).status, 303);
    assert_eq!(scene.fill(&scene.first, path, &form, &[("hours", "3,5")]).status, 303, "another field");
    let now = scene.first.get(&scene.here(path));
    assert_eq!(now.attribute("#f-level option[selected]", "value").as_deref(), Some("Coach"));
    let conflict = scene.fill(&scene.first, path, &form, &[("level", "Apply")]);
    assert_eq!(conflict.status, 409);
    assert!(conflict.text("[role=alert]").contains("Provia Utvecklarsson ändrade nivå"));
    assert_eq!(conflict.text(".theirs"), "Där står nu: Coach");
    // Saved again, it is what the person has seen and wants; the other field stays as it became.
    assert_eq!(scene.fill(&scene.first, path, &conflict, &[]).status, 303);
    let now = scene.first.get(&scene.here(path));
    assert_eq!(now.attribute("#f-level option[selected]", "value").as_deref(), Some("Apply"));
    assert_eq!(now.attribute("#f-hours", "value").as_deref(), Some("3,5"));
}

fn what_hangs_on_an_entry_is_said_before_it_is_removed(world: World) {
    let scene = Scene::new(&world);
    let people = [1, 2, 3].map(|_| build::person(&world.store, "Arne Attrapp", None));
    for person in &people {
        build::title(&world.store, person, "controller");
    }
    let title = scene.first.get(&scene.here("/remove/titles/controller"));
    assert!(title.text("main").contains("3 personer har befattningen i dag."));
    let module = scene.first.get(&scene.here("/remove/modules/mata"));
    assert!(module.texts("main li").iter().any(|line| line.contains("Leda teamet, bygger på")), "{}", module.body);
    assert_eq!(scene.first.post(&scene.here("/remove/modules/mata"), &[]).status, 303);
    assert_eq!(scene.first.get(&scene.here("/edit/modules/mata")).status, 404);
    assert!(scene.first.get(&scene.here("")).text("#problems").contains("Något som inte finns nämns"));
    assert_eq!(scene.first.post(&scene.here("/undo"), &[("revision", "1")]).status, 303);
    assert_eq!(scene.first.get(&scene.here("/edit/modules/mata")).status, 200);
    assert_eq!(scene.cell("role.ledare~mata"), "Krävs, 200 dagar");
}

fn a_module_is_copied_with_a_trace_to_where_it_came_from(world: World) {
    let scene = Scene::new(&world);
    let form = scene.first.get(&scene.here("/new/modules?from=mata"));
    assert_eq!(form.attribute("#f-id", "value").as_deref(), Some("mata-2"));
    assert!(form.attribute("#f-adapted_from", "value").is_some_and(|trace| trace.starts_with("mata 20")));
    let wrong = scene.fill(&scene.first, "/new/modules", &form, &[("id", "Mäta")]);
    assert_eq!((wrong.status, wrong.attribute("#f-id", "value").as_deref()), (422, Some("Mäta")));
    let taken = scene.fill(&scene.first, "/new/modules", &form, &[("id", "mata")]);
    assert!(taken.text(".row--bad").contains("Det finns redan"));
    let made = scene.fill(&scene.first, "/new/modules", &form, &[("id", "mata-mer"), ("title.sv", "Mäta mer")]);
    assert_eq!(made.header("location"), scene.here("/edit/modules/mata-mer"));
    assert_eq!(scene.cell("everyone~mata-mer"), "Av");
}

fn a_module_is_moved_within_its_area_and_moved_back_by_taking_back(world: World) {
    let scene = Scene::new(&world);
    let order = || -> Vec<String> {
        let rows = scene.first.get(&scene.here("/edit/modules")).texts("tbody th");
        rows.iter().filter_map(|row| Some(row.rsplit(' ').next()?.to_owned())).collect()
    };
    let lines = || {
        let sources = world.store.read(|conn| rows::sources(conn, scene.draft)).expect("the draft's files");
        let mut lines: Vec<String> =
            sources.files.iter().flat_map(|file| file.text.lines()).map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let shift = |who: &Client, module: &str, to: &str, revision: &str| {
        who.post(&scene.here(&format!("/move/{module}")), &[("to", to), ("revision", revision)])
    };
    let (begun, written) = (order(), lines());
    assert_eq!(begun, ["intro", "modellen", "kartlagga", "mata", "mata-webb", "leda", "samtal", "coacha"]);
    let list = scene.first.get(&scene.here("/edit/modules"));
    assert_eq!(list.texts("#m-intro button"), ["Ned – Introduktion"], "the first cannot go up");
    let up = shift(&scene.first, "mata", "up", "0");
    assert_eq!((up.status, up.header("location")), (303, &*scene.here("/edit/modules#m-mata")));
    assert_eq!(order()[1..4], ["modellen", "mata", "kartlagga"]);
    assert_eq!(lines(), written, "a module takes its text along, whole");
    // The page of a module offers the places of its area that are not its own.
    let page = scene.first.get(&scene.here("/edit/modules/coacha"));
    assert_eq!(page.texts("#f-to option"), ["Först i området"]);
    assert_eq!(shift(&scene.first, "leda", "after.intro", "1").status, 303);
    assert_eq!(order()[..3], ["intro", "leda", "modellen"]);
    // Somebody who saw another order is told, and nothing is moved; so is who asks for a place that is not there.
    assert_eq!(shift(&scene.second, "modellen", "up", "0").status, 409);
    assert_eq!(shift(&scene.second, "leda", "after.samtal", "2").status, 409, "another area");
    assert_eq!(shift(&scene.second, "intro", "up", "2").status, 409);
    assert_eq!(shift(&scene.second, "intro", "sideways", "2").status, 400);
    assert!(scene.first.get(&scene.here("/log")).body.contains("Leda teamet: flyttad"));
    for _ in 0..2 {
        assert_eq!(scene.first.post(&scene.here("/undo"), &[("revision", "2")]).status, 303);
    }
    assert_eq!((order(), lines()), (begun, written));
}

fn a_draft_with_errors_is_saved_and_told(world: World) {
    let scene = Scene::new(&world);
    // An emptied dose is a warning; a name that nobody knows is an error.
    scene.press(&scene.first, "everyone~intro", "off", 0);
    let page = scene.first.get(&scene.here(""));
    assert!(page.text("#problems").contains("Dosen begär ingenting"), "{}", page.text("#problems"));
    let form = scene.first.get(&scene.here("/edit/modules/leda"));
    scene.fill(&scene.first, "/edit/modules/leda", &form, &[("builds_on", "no-such-module")]);
    let page = scene.first.get(&scene.here(""));
    assert!(page.text("#problems").contains("1 fel hindrar publicering"));
    let (link, _) = page.links("#problems .state--bad + p a").remove(0);
    assert_eq!(link, scene.here("/edit/modules/leda#f-builds_on"));
    assert!(scene.first.get(&scene.here("/edit/modules/leda")).text(".row--bad").contains("Något som inte finns"));
    // Sums are still there, as the least that they can be.
    assert!(page.texts("tfoot td").iter().any(|sum| sum.starts_with('≥')));
}

fn drafts_are_compared_with_each_other_and_with_what_they_began_from(world: World) {
    let scene = Scene::new(&world);
    scene.press(&scene.first, "role.ledare~coacha", "required", 0);
    let draft = scene.draft.to_string();
    assert_eq!(scene.second.post("/designer/drafts", &[("name", "En annan väg"), ("copy", &draft)]).status, 303);
    let list = scene.second.get("/designer");
    assert_eq!(list.texts(".rows strong"), ["En annan väg", "Hösten"]);
    let changed = scene.first.get(&scene.here("/changed"));
    assert_eq!(changed.texts("section h3"), ["Förbättringsledare ändrad"]);
    let other = list.links(".rows a")[0].0.rsplit('/').next().unwrap_or_default().to_owned();
    let same = scene.first.get(&scene.here(&format!("/changed?with={other}")));
    assert!(same.text(".empty").contains("Ingen skillnad"));
    assert_eq!(scene.first.post(&scene.here("/throw-away"), &[]).status, 303);
    assert_eq!(scene.first.get(&scene.here("")).status, 404);
    assert_eq!(scene.press(&scene.first, "role.ledare~coacha", "off", 1).status, 404);
}

fn a_drafts_picture_follows_its_changes_and_leads_to_its_forms(world: World) {
    let scene = Scene::new(&world);
    let picture = |query: &str| scene.first.get(&scene.here(&format!("/graph{query}"))).links("svg a");
    let (all, everyones) = (picture(""), picture("?dose=alla"));
    let forms = scene.here("/edit/modules/");
    assert!(all.iter().all(|(href, _)| href.starts_with(&forms)), "{all:?}");
    assert_eq!(everyones.len(), 1, "everybody is asked for the introduction");
    scene.press(&scene.first, "everyone~modellen", "required", 0);
    assert_eq!(picture("?dose=alla").len(), 2, "and now for what was added");
    assert_eq!(picture(""), all);
}
