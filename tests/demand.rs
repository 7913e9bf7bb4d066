//! Demand against supply: whoever plans course days sees how many seats are missing, for whom and by when, and opens a
//! day from there.

use chrono::Days;
use varjedag::clock;

use crate::support::build::{self, Person};
use crate::support::{Client, World, on_both};

on_both![
    missing_seats_are_told_by_module_and_open_their_people,
    a_day_is_opened_from_where_it_is_missing_and_then_no_longer_is,
    what_cannot_be_read_in_the_address_is_not_found,
    without_a_curriculum_there_is_nothing_to_plan,
];

fn ready(world: &World) -> (Client, Vec<Person>) {
    build::publish_small(&world.store);
    let developer = build::person(&world.store, "Ute Utvecklare", None);
    build::hat(&world.store, "developer", &developer);
    let names = ["Anna Alm", "Bo Bok", "Cia Cypress"];
    let people: Vec<Person> = names.map(|name| build::person(&world.store, name, None)).into();
    for person in &people {
        build::role(&world.store, person, "deltagare");
    }
    (world.sign_in(&developer), people)
}

/// What the row of a module says is missing; none when the module is not shown.
fn missing(developer: &Client, module: &str) -> Option<String> {
    let page = developer.get("/occasions/demand?show=all");
    let titles = page.texts("tbody th a");
    let at = titles.iter().position(|title| title == module)?;
    page.texts("tbody td:nth-child(2)").get(at).cloned()
}

fn missing_seats_are_told_by_module_and_open_their_people(world: World) {
    let (developer, _) = ready(&world);
    assert_eq!(missing(&developer, "Förbättringsmodellen").as_deref(), Some("3"));
    assert_eq!(missing(&developer, "Mäta på webben"), None, "what is learnt alone needs no seat");
    let list = developer.get("/occasions/demand/modellen");
    assert_eq!(list.text("h1"), "3 personer behöver Förbättringsmodellen");
    assert_eq!(list.texts("tbody th a"), ["Anna Alm", "Bo Bok", "Cia Cypress"]);
    let overview = developer.get("/occasions/demand");
    let links = overview.links("td a:has(.vh)");
    let (href, label) = links.into_iter().find(|(href, _)| href.contains("modellen")).expect("a number");
    assert!(label.starts_with("3 / 0 "), "{label}");
    assert_eq!(developer.get(&href).texts("tbody th a"), ["Anna Alm", "Bo Bok", "Cia Cypress"], "{href}");
}

fn a_day_is_opened_from_where_it_is_missing_and_then_no_longer_is(world: World) {
    let (developer, people) = ready(&world);
    let overview = developer.get("/occasions/demand");
    let links = overview.links("a.short");
    let (href, _) = links.into_iter().find(|(href, _)| href.contains("module=modellen")).expect("seats are missing");
    let form = developer.get(&href);
    let typed = |name: &str| form.attribute(&format!("[name={name}]"), "value").unwrap_or_default();
    assert!(form.body.contains(r#"<option value="modellen" selected>"#), "the module is chosen");
    let day = typed("day");
    assert!(day > (clock::today() + Days::new(13)).to_string(), "{day} leaves time to ask people");
    let soon = (clock::today() + Days::new(1)).to_string();
    let fields = [("module", "modellen"), ("day", &*soon), ("place", "Salen"), ("seats", "20"), ("closes", "")];
    let opened = developer.post("/occasions", &fields);
    assert_eq!(opened.status, 303, "{}", opened.body);
    assert_eq!(missing(&developer, "Förbättringsmodellen").as_deref(), Some("0"));
    build::achieved(&world.store, &people[0], "intro");
    let anna = world.sign_in(&people[0]);
    assert_eq!(anna.post(opened.header("location"), &[("wish", "seat")]).status, 303);
    let list = developer.get("/occasions/demand/modellen");
    assert!(list.text("tbody tr").contains("bokad"), "{}", list.text("tbody tr"));
}

fn what_cannot_be_read_in_the_address_is_not_found(world: World) {
    let (developer, people) = ready(&world);
    for wrong in ["nothing", "modellen?month=1", "modellen?month=2020-01", "modellen?month=%F0%9F%8D%8B"] {
        assert_eq!(developer.get(&format!("/occasions/demand/{wrong}")).status, 404, "{wrong}");
    }
    assert_eq!(developer.get("/occasions/demand/modellen?month=later&page=99").status, 200);
    assert_eq!(developer.get("/occasions/demand?page=-1").status, 200);
    let somebody = world.sign_in(&people[0]);
    assert_eq!(somebody.get("/occasions/demand").status, 404);
    assert_eq!(somebody.get("/occasions/demand/modellen").status, 404);
}

fn without_a_curriculum_there_is_nothing_to_plan(world: World) {
    let developer = build::person(&world.store, "Ute Utvecklare", None);
    build::hat(&world.store, "developer", &developer);
    assert_eq!(world.sign_in(&developer).get("/occasions/demand").status, 200);
}
