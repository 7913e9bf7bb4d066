//! When a group can be done: asked by those who may, worked out on the seats there are, read by whoever asked.

use chrono::{Datelike, Days, Duration, NaiveDate, Weekday};
use varjedag::clock;
use varjedag::courses::plan;
use varjedag::occasions::store::DayOff;
use varjedag::programme::calendar::why_free;

use super::{fields, opened, ready, wish};
use crate::support::build::{self, Person};
use crate::support::{Answer, Ask, Client, World, on_both};

on_both![
    a_group_is_told_who_makes_it_who_does_not_and_which_day_would_help,
    only_those_who_may_ask_are_answered_and_only_they_read_it,
    a_program_asks_about_a_group,
    whoever_finds_no_seat_on_the_shortest_path_takes_another,
    a_further_day_is_never_proposed_when_nothing_is_given,
    days_of_a_course_that_has_begun_and_absences_are_not_free,
    a_day_is_kept_for_the_group_with_one_button,
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
fn asked(client: &Client, whom: &str) -> Answer {
    asked_at(client, whom).1
}

/// The same, with the page's path.
fn asked_at(client: &Client, whom: &str) -> (String, Answer) {
    let begun = client.post("/plans", &[("whom", whom), ("days", "")]);
    assert_eq!(begun.status, 303, "{}", begun.body);
    let path = begun.header("location").to_owned();
    let pages = (0..100).map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        client.get(&path)
    });
    let page = { pages }.find(|page| page.texts("progress").is_empty()).expect("an answer within seconds");
    (path, page)
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

fn whoever_finds_no_seat_on_the_shortest_path_takes_another(world: World) {
    let (developer, _) = ready(&world);
    three(&world, &developer, None);
    opened(&developer, "modellen", 32, "9");
    let only_one = opened(&developer, "kartlagga", 50, "1");
    opened(&developer, "samtal", 45, "9");
    // Of the two days of "Kartlägga" the one with room is called off.
    let days = developer.get("/occasions").links("tbody th a");
    let (with_room, _) = days.iter().find(|(href, text)| text == "Kartlägga nuläget" && *href != only_one).unwrap();
    assert_eq!(developer.post(&format!("{with_room}/call-off"), &[("reason", "")]).status, 303);
    let page = asked(&developer, "dose:deltagare");
    assert!(page.text(".lead").starts_with("3 av 3"), "{}", page.text("main"));
    assert!(page.text("main").contains("2 av dem tar en annan väg än den kortaste"), "{}", page.text("main"));
    assert!(page.text("main").contains("upp till 4 andra vägar"), "what was tried is said");
}

fn a_further_day_is_never_proposed_when_nothing_is_given(world: World) {
    let (developer, _) = ready(&world);
    three(&world, &developer, None);
    // The further day of "Modellen" must come between those of what is before and after it.
    let today = clock::today();
    let free = |day: &NaiveDate| why_free(*day, &[7]).is_some() || day.weekday() == Weekday::Wed;
    let left = (22..39).map(|ahead| today + Days::new(ahead)).find(|day| !free(day)).expect("a day");
    let off = |from, to| DayOff { id: 0, from, to, name: "Stängt".into() };
    for off in [off(today, left - Days::new(1)), off(left + Days::new(1), today + Days::new(500))] {
        plan::add_day_off(&world.store, &off, None, clock::now()).expect("it is noted");
    }
    let page = asked(&developer, "dose:deltagare");
    let proposed: Vec<String> = page.links("#extras ~ ul a").into_iter().map(|(href, _)| href).collect();
    assert_eq!(proposed, [format!("/occasions/new?module=modellen&day={left}")]);
}

fn days_of_a_course_that_has_begun_and_absences_are_not_free(world: World) {
    let (developer, _) = ready(&world);
    let unit = build::unit(&world.store, "Avdelning 1", None);
    let anna = build::person(&world.store, "Anna Alm", Some(unit));
    opened(&developer, "intro", 20, "9");
    let whom = format!("unit:{unit}");
    assert!(asked(&developer, &whom).text(".lead").starts_with("1 av 1"));

    // Half of another course has been, the other half is on the day of the introduction.
    let days = [10, 20].map(|ahead| (clock::today() + Days::new(ahead)).to_string());
    let mut typed = vec![("module", "samtal"), ("seats", "5"), ("closes", "3")];
    for day in &days {
        typed.extend([("day", day.as_str()), ("starts", "08:30"), ("ends", "12:00"), ("place", "Salen"), ("link", "")]);
    }
    let course = developer.post("/occasions", &typed).header("location").to_owned();
    let seat = [("wish", "exception"), ("whose", anna.email.as_str()), ("reason", "Har läst på")];
    assert_eq!(developer.post(&course, &seat).status, 303);
    let at = |hours| (clock::now() - Duration::hours(hours)).format("%Y-%m-%d %H:%M:%S");
    let occasion = course.rsplit('/').next().unwrap();
    let (from, to) = (at(50), at(47));
    build::execute(
        &world.store,
        &format!(
            "UPDATE occasion_parts SET starts_at = '{from}', ends_at = '{to}' WHERE occasion_id = {occasion} AND no = 1"
        ),
    );
    build::execute(&world.store, &format!("UPDATE occasions SET starts_at = '{from}' WHERE id = {occasion}"));
    let page = asked(&developer, &whom);
    assert!(page.text(".lead").starts_with("0 av 1"), "{}", page.text("main"));
    assert!(page.text("#missing + ul").contains("Andra bokade dagar är samtidigt"), "{}", page.text("#missing + ul"));

    build::absence(&world.store, &anna);
    let short = fields(&[("module", "intro"), ("day", &days[0]), ("seats", "9")]);
    assert_eq!(developer.post("/occasions", &short).status, 303);
    let page = asked(&developer, &whom);
    assert!(page.text(".lead").starts_with("0 av 1"), "the only other day is one away");
    assert!(page.text("#missing + ul").contains("Frånvaro ligger i vägen"), "{}", page.text("#missing + ul"));
}

fn a_day_is_kept_for_the_group_with_one_button(world: World) {
    let (developer, _) = ready(&world);
    let unit = build::unit(&world.store, "Avdelning 1", None);
    let people = three(&world, &developer, Some(unit));
    let other = opened(&developer, "intro", 60, "5");
    let boss = build::person(&world.store, "Chef Chefsson", None);
    build::manager(&world.store, unit, &boss);
    let (path, page) = asked_at(&developer, &format!("unit:{unit}"));
    let keep = format!("{path}/keep");
    let buttons = page.attributes(&format!("form[action='{keep}'] button"), &["value"]);
    assert_eq!(buttons.len(), 3, "{}", page.text("main"));
    let first = buttons[0][0].clone();
    let day = format!("/occasions/{first}");
    let press = |client: &Client, occasion: &str| client.post(&keep, &[("occasion", occasion)]).status;
    assert_eq!(press(&developer, other.rsplit('/').next().unwrap()), 404, "the plan does not use it");
    assert_eq!(press(&world.sign_in(&boss), &first), 404, "only whoever plans days keeps them");
    let second = build::person(&world.store, "Ulla Utvecklare", None);
    build::hat(&world.store, "developer", &second);
    assert_eq!(press(&world.sign_in(&second), &first), 404, "another's question");
    let stranger = world.sign_in(&build::person(&world.store, "Dan Dal", None));
    assert!(!stranger.get(&day).texts(".standing button").is_empty());

    assert_eq!(press(&developer, &first), 303);
    let page = developer.get(&path);
    assert!(page.text("#keep ~ table tbody tr").contains("Hålls för gruppen"), "{}", page.text("#keep ~ table"));
    assert_eq!(page.texts(&format!("form[action='{keep}'] button")).len(), 2);
    assert_eq!(wish(&stranger, &day, "seat"), 404);
    assert_eq!(stranger.get(&day).status, 404, "a day kept for others is not there");
    assert_eq!(wish(&world.sign_in(&people[0]), &day, "seat"), 303);

    let (path, page) = asked_at(&world.sign_in(&boss), &format!("unit:{unit}"));
    assert!(page.texts("#keep ~ table button").is_empty(), "{path} has no buttons for a manager");
    assert!(page.text("main").contains("De som planerar kurstillfällen kan hålla en dag"), "{}", page.text("main"));
    let page = asked(&developer, "dose:deltagare");
    assert!(
        page.texts("#keep ~ table button").is_empty() && page.text("main").contains("Dosen hör inte till en enda roll")
    );
}
