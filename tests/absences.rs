//! Days away: who sees and notes them, and that planning is told.

use chrono::{Days, NaiveDate};
use varjedag::clock;
use varjedag::organisation::absences::store as rows;

use crate::support::build::{self, Person};
use crate::support::{Client, World, on_both};

on_both![
    days_away_are_noted_joined_and_taken_back,
    a_course_day_on_a_day_away_is_told_to_whoever_books,
    days_away_are_for_the_person_and_the_managers_alone,
    days_that_cannot_be_meant_are_told_at_their_field,
    days_away_that_have_passed_are_forgotten,
];

fn day(ahead: u64) -> NaiveDate {
    clock::today() + Days::new(ahead)
}

fn here(person: &Person) -> String {
    format!("/people/{}/absences", person.id)
}

fn note(client: &Client, person: &Person, from: u64, to: u64) -> u16 {
    let (from, to) = (day(from).to_string(), day(to).to_string());
    client.post(&here(person), &[("from", &from), ("to", &to)]).status
}

fn kept(world: &World, person: &Person) -> Vec<(NaiveDate, NaiveDate)> {
    let found = world.store.read(|conn| rows::of(conn, person.id, clock::today())).expect("the days");
    found.into_iter().map(|absence| (absence.away.from, absence.away.to)).collect()
}

fn days_away_are_noted_joined_and_taken_back(world: World) {
    let anna = build::person(&world.store, "Anna Alm", None);
    let client = world.sign_in(&anna);
    assert_eq!(note(&client, &anna, 10, 12), 303);
    assert_eq!(note(&client, &anna, 30, 30), 303);
    assert_eq!(note(&client, &anna, 13, 15), 303, "the day after: one period");
    assert_eq!(kept(&world, &anna), [(day(10), day(15)), (day(30), day(30))]);
    let page = client.get(&here(&anna));
    let remove = page.attribute("ul.rows form", "action").expect("a button");
    assert_eq!(client.post(&remove, &[]).status, 303);
    assert_eq!(kept(&world, &anna), [(day(30), day(30))]);
    assert_eq!(client.post(&remove, &[]).status, 404, "gone already");
}

fn a_course_day_on_a_day_away_is_told_to_whoever_books(world: World) {
    build::publish_small(&world.store);
    let ward = build::unit(&world.store, "Avdelning Ett", None);
    let [boss, anna, ute] =
        ["Bo Boss", "Anna Alm", "Ute Utvecklare"].map(|name| build::person(&world.store, name, Some(ward)));
    build::manager(&world.store, ward, &boss);
    build::hat(&world.store, "developer", &ute);
    let soon = day(20).to_string();
    let fields = [("module", "intro"), ("day", &*soon), ("place", "Salen"), ("seats", "20"), ("closes", "")];
    let opened = world.sign_in(&ute).post("/occasions", &fields);
    let occasion = opened.header("location");
    let (anna_signed, boss_signed) = (world.sign_in(&anna), world.sign_in(&boss));
    assert_eq!(note(&boss_signed, &anna, 19, 21), 303, "a manager writes for the team");
    assert!(anna_signed.get(occasion).text("main").contains("Du har skrivit att du är borta"));
    assert!(boss_signed.get(occasion).text("#team + p + ul").contains("Anna Alm borta då"));
    assert_eq!(anna_signed.post(occasion, &[("wish", "seat")]).status, 303, "told, not in the way");
    assert!(anna_signed.get(&here(&anna)).text("ul.rows").contains("Bokad då: Introduktion"));
}

fn days_away_are_for_the_person_and_the_managers_alone(world: World) {
    let ward = build::unit(&world.store, "Avdelning Ett", None);
    let [anna, other, developer] =
        ["Anna Alm", "Olle Ovan", "Ute Utvecklare"].map(|name| build::person(&world.store, name, Some(ward)));
    build::hat(&world.store, "developer", &developer);
    let own = world.sign_in(&anna);
    assert_eq!(note(&own, &anna, 5, 6), 303);
    let stranger = world.sign_in(&other);
    assert_eq!(stranger.get(&here(&anna)).status, 404);
    assert_eq!(note(&stranger, &anna, 7, 8), 404);
    let remove = own.get(&here(&anna)).attribute("ul.rows form", "action").expect("a button");
    assert_eq!(stranger.post(&remove, &[]).status, 404);
    let smuggled = remove.replace(&format!("/people/{}/", anna.id), &format!("/people/{}/", other.id));
    assert_eq!(stranger.post(&smuggled, &[]).status, 404, "another's days under the own address");
    assert_eq!(world.sign_in(&developer).get(&here(&anna)).status, 403, "a developer sees the person, not the days");
    assert_eq!(kept(&world, &anna).len(), 1);
}

fn days_that_cannot_be_meant_are_told_at_their_field(world: World) {
    let anna = build::person(&world.store, "Anna Alm", None);
    let client = world.sign_in(&anna);
    assert_eq!(note(&client, &anna, 9, 8), 422);
    assert_eq!(note(&client, &anna, 5_000, 5_001), 422);
    assert_eq!(note(&client, &anna, 5, 900), 422);
    let past = client.post(&here(&anna), &[("from", "2020-01-01"), ("to", "")]);
    assert_eq!((past.status, past.text("#e-from").is_empty()), (422, false));
    assert_eq!(client.post(&here(&anna), &[("from", "i morgon"), ("to", "")]).status, 422);
    assert_eq!(client.post(&here(&anna), &[("from", &day(3).to_string()), ("to", "")]).status, 303, "one day");
    assert_eq!(kept(&world, &anna), [(day(3), day(3))]);
}

fn days_away_that_have_passed_are_forgotten(world: World) {
    let anna = build::person(&world.store, "Anna Alm", None);
    assert_eq!(note(&world.sign_in(&anna), &anna, 0, 2), 303);
    world.store.write(|conn| rows::forget(conn, day(2))).expect("a change");
    assert_eq!(kept(&world, &anna).len(), 1, "its last day is today");
    world.store.write(|conn| rows::forget(conn, day(3))).expect("a change");
    assert!(kept(&world, &anna).is_empty());
}
