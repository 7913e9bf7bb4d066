//! What expires is told in good time, and of what was taken again the rule says which counts.

use chrono::{Days, Months, NaiveDate};
use diesel::prelude::*;
use varjedag::clock;
use varjedag::designer::service::{Publication, publish};
use varjedag::learning::renewal;
use varjedag::learning::service::{self as learning, Achieving};
use varjedag::learning::store as facts;
use varjedag::store::schema::outbox;
use varjedag::store::{Error, Store};

use super::published;
use crate::support::build::{self, Person};
use crate::support::{World, on_both, small_with};

on_both![
    whoever_has_what_expires_is_told_ninety_and_thirty_days_before_and_once,
    whoever_has_a_day_to_come_in_time_or_needs_it_no_more_is_not_told,
    of_a_module_taken_again_the_latest_counts_and_both_are_kept,
    by_the_rule_best_the_longest_counts,
    what_counted_before_goes_on_to_count_when_the_rule_changes,
];

/// Somebody whose role asks for `mata`, which is valid for 36 months, and who took it so that so many days are left.
fn measured(store: &Store, left: u64) -> Person {
    let person = build::person(store, "Mia Mätare", None);
    build::employed_since(store, &person, clock::today() - Months::new(60));
    build::role(store, &person, "ledare");
    let taken = (clock::today() + Days::new(left)) - Months::new(36);
    achieve(store, &person, "mata", taken);
    person
}

fn achieve(store: &Store, person: &Person, module: &str, day: NaiveDate) {
    let new = Achieving { module, day, evidence: "import", occasion: None };
    let published = published(store);
    store.write(|conn| learning::achieve(conn, &published, person.id, &new, None, clock::now())).unwrap();
}

fn queue(store: &Store, ahead: u64) -> usize {
    let today = clock::today() + Days::new(ahead);
    renewal::queue(store, &published(store), &[90, 30], today, clock::now() + Days::new(ahead)).unwrap()
}

fn told(store: &Store, person: &Person) -> Vec<String> {
    let query = outbox::table.filter(outbox::person_id.eq(person.id)).order(outbox::id).select(outbox::dedupe_key);
    store.read(|conn| Ok::<_, Error>(query.load(conn)?)).unwrap()
}

fn whoever_has_what_expires_is_told_ninety_and_thirty_days_before_and_once(world: World) {
    build::publish_small(&world.store);
    let person = measured(&world.store, 100);
    assert_eq!(queue(&world.store, 5), 0);
    assert_eq!((queue(&world.store, 15), queue(&world.store, 16)), (1, 0));
    assert_eq!((queue(&world.store, 75), queue(&world.store, 76)), (1, 0));
    assert_eq!(queue(&world.store, 120), 0, "it is over");
    let told = told(&world.store, &person);
    assert!(told[0].ends_with(":90") && told[1].ends_with(":30"), "{told:?}");
    let soon = measured(&world.store, 20);
    assert_eq!(queue(&world.store, 0), 1, "the nearest alone");
    let page = world.sign_in(&soon).get("/curriculum/modules/mata");
    assert_eq!(page.text("#recognise"), "Dags att förnya");
    assert!(page.links("#recognise ~ p a")[0].0.contains("/recognition/ask?module=mata"));
}

fn whoever_has_a_day_to_come_in_time_or_needs_it_no_more_is_not_told(world: World) {
    build::publish_small(&world.store);
    let unneeded = build::person(&world.store, "Udo Utan", None);
    achieve(&world.store, &unneeded, "mata", (clock::today() + Days::new(20)) - Months::new(36));
    let left = measured(&world.store, 20);
    build::end_employment(&world.store, &left, clock::today() - Days::new(1));
    assert_eq!(queue(&world.store, 0), 0);
}

/// The record as the person's page shows it: day and which counts.
fn record(world: &World, person: &Person) -> Vec<String> {
    let page = world.sign_in(person).get(&format!("/people/{}", person.id));
    page.texts("#record + table tbody td[data-label='Giltig till']")
        .into_iter()
        .map(|text| text.to_lowercase())
        .collect()
}

fn valid_until(store: &Store, person: &Person) -> Option<NaiveDate> {
    let facts = store.read(|conn| facts::facts(conn, person.id, clock::today())).unwrap().unwrap();
    let held = facts.achievements.iter().map(|held| held.valid_until.unwrap_or(NaiveDate::MAX)).max();
    held.filter(|last| *last != NaiveDate::MAX)
}

/// Another version, with a text of the small curriculum changed.
fn republish(store: &Store, from: &str, to: &str) {
    let directory = small_with(from, to);
    let sources = varjedag::curriculum::load::read_dir(directory.path()).unwrap();
    publish(store, &Publication::of(&sources), clock::now(), &|_, _| ()).expect("it is sound");
}

fn of_a_module_taken_again_the_latest_counts_and_both_are_kept(world: World) {
    build::publish_small(&world.store);
    let person = build::person(&world.store, "Anna Alm", None);
    achieve(&world.store, &person, "modellen", clock::today() - Days::new(50));
    assert_eq!(valid_until(&world.store, &person), None, "for good");
    republish(
        &world.store,
        "builds_on: \"intro\",\n            assessment: Attendance,",
        "builds_on: \"intro\",\n            assessment: Attendance,\n            valid_months: 12,",
    );
    let again = clock::today() - Days::new(10);
    achieve(&world.store, &person, "modellen", again);
    assert_eq!(valid_until(&world.store, &person), again.checked_add_months(Months::new(12)));
    let record = record(&world, &person);
    assert!(record[0].contains("räknas: den senaste") && record[1].contains("räknas inte"), "{record:?}");
}

fn by_the_rule_best_the_longest_counts(world: World) {
    build::publish_small(&world.store);
    let person = build::person(&world.store, "Anna Alm", None);
    achieve(&world.store, &person, "samtal", clock::today() - Days::new(50));
    republish(
        &world.store,
        "builds_on: \"intro\",\n            assessment: Attendance,",
        "builds_on: \"intro\",\n            assessment: Attendance,\n            valid_months: 12,\n            counts: Best,",
    );
    achieve(&world.store, &person, "samtal", clock::today() - Days::new(10));
    assert_eq!(valid_until(&world.store, &person), None);
    let record = record(&world, &person);
    assert!(record[0].contains("räknas inte") && record[1].contains("räknas"), "{record:?}");
}

fn what_counted_before_goes_on_to_count_when_the_rule_changes(world: World) {
    build::publish_small(&world.store);
    let person = build::person(&world.store, "Anna Alm", None);
    achieve(&world.store, &person, "mata", clock::today() - Days::new(400));
    achieve(&world.store, &person, "mata", clock::today() - Days::new(10));
    let before = valid_until(&world.store, &person);
    republish(&world.store, "valid_months: 36,", "valid_months: 6,\n            counts: Best,");
    assert_eq!(valid_until(&world.store, &person), before);
    achieve(&world.store, &person, "mata", clock::today());
    assert_eq!(valid_until(&world.store, &person), before, "shorter is not better");
}
