//! When a group can be done: asked by those who may, worked out on the seats there are, read by whoever asked.

use super::{opened, ready};
use crate::support::build::{self, Person};
use crate::support::{Ask, Client, World, on_both};

on_both![
    a_group_is_told_who_makes_it_who_does_not_and_which_day_would_help,
    only_those_who_may_ask_are_answered_and_only_they_read_it,
    a_program_asks_about_a_group,
];

/// Three who are to take part in teams, and seats for two.
fn three(world: &World, developer: &Client, unit: Option<i64>) -> Vec<Person> {
    for (module, ahead, seats) in [("intro", 20, "9"), ("modellen", 30, "2"), ("kartlagga", 40, "9")] {
        opened(developer, module, ahead, seats);
    }
    let names = ["Anna Alm", "Bo Berg", "Cia Ceder"];
    let people = names.map(|name| build::person(&world.store, name, unit));
    for person in &people {
        build::role(&world.store, person, "deltagare");
    }
    people.into()
}

/// Asks, and reads until there is an answer.
fn asked(client: &Client, whom: &str) -> crate::support::Answer {
    let begun = client.post("/plans", &[("whom", whom), ("days", "")]);
    assert_eq!(begun.status, 303, "{}", begun.body);
    let path = begun.header("location").to_owned();
    (0..100)
        .map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            client.get(&path)
        })
        .find(|page| page.texts("progress").is_empty())
        .expect("an answer within seconds")
}

fn a_group_is_told_who_makes_it_who_does_not_and_which_day_would_help(world: World) {
    let (developer, _) = ready(&world);
    three(&world, &developer, None);
    let choices = developer.get("/plans").texts("select[name=whom] option");
    assert!(choices.iter().any(|choice| choice.contains("Teamdeltagare")), "{choices:?}");
    let page = asked(&developer, "dose:deltagare");
    assert!(page.text(".lead").starts_with("2 av 3"), "{}", page.text("main"));
    assert!(page.text("main").contains("Fler kan det inte bli"), "{}", page.text("main"));
    let missing = page.texts("#missing + ul > li");
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(missing[0].contains("Platserna räcker inte till") && missing[0].contains("fulla"), "{missing:?}");
    let extras = page.texts("#extras ~ ul > li");
    assert!(extras[0].contains("Förbättringsmodellen") && extras[0].contains("en person till"), "{extras:?}");
    assert!(page.links("#extras ~ ul a")[0].0.starts_with("/occasions/new?module=modellen&day="));
    let keep = page.texts("#keep ~ table tbody tr");
    assert_eq!(keep.len(), 3, "{keep:?}");
    assert!(keep[1].contains("2 av 2 lediga"), "{keep:?}");
}

fn only_those_who_may_ask_are_answered_and_only_they_read_it(world: World) {
    let (developer, _) = ready(&world);
    let unit = build::unit(&world.store, "Avdelning 1", None);
    let other = build::unit(&world.store, "Avdelning 2", None);
    three(&world, &developer, Some(unit));
    let boss = build::person(&world.store, "Chef Chefsson", Some(unit));
    build::manager(&world.store, unit, &boss);
    let client = world.sign_in(&boss);
    let page = asked(&client, &format!("unit:{unit}"));
    assert!(
        page.text(".lead").starts_with("2 av 4") || page.text(".lead").starts_with("3 av 4"),
        "{}",
        page.text(".lead")
    );
    for whom in [format!("unit:{other}"), "dose:deltagare".into(), "edition:1".into(), "".into(), "unit:x".into()] {
        assert_eq!(client.post("/plans", &[("whom", &whom), ("days", "")]).status, 422, "{whom}");
    }
    let begun = client.post("/plans", &[("whom", &format!("unit:{unit}")), ("days", "2")]);
    let path = begun.header("location").to_owned();
    assert_eq!(developer.get(&path).status, 404, "another's question");
    let participant = build::person(&world.store, "Dan Dal", None);
    assert_eq!(world.sign_in(&participant).get(&path).status, 404);
    assert_eq!(client.post("/plans", &[("whom", &format!("unit:{unit}")), ("days", "8")]).status, 422);
}

fn a_program_asks_about_a_group(world: World) {
    let (developer, person) = ready(&world);
    three(&world, &developer, None);
    let token = format!("Bearer {}", build::token(&world.store, &person));
    let ask = Ask::new("POST", "/api/v1/plans").body("application/json", r#"{"whom": "dose:deltagare"}"#);
    let begun = world.client().send(ask.header("authorization", &token));
    assert_eq!(begun.status, 201, "{}", begun.body);
    let path = begun.header("location").to_owned();
    let read = || world.client().send(Ask::get(&path).header("authorization", &token)).json();
    let plan = (0..100).map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        read()["plan"].clone()
    });
    let plan = plan.into_iter().find(|plan| !plan.is_null()).expect("an answer within seconds");
    assert_eq!((&plan["people"], &plan["makes"], &plan["at_most"]), (&3.into(), &2.into(), &2.into()));
    assert_eq!(plan["missing"][0]["what"][0]["module"], "modellen");
    assert_eq!(plan["extras"][0]["helps"], 1);
}
