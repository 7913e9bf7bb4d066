//! Queries and use cases against a real database.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::*;
use crate::clock;
use crate::curriculum::model::Curriculum;
use crate::store::schema::{audit, people, unit_managers, units};
use crate::store::{Conn, Error, Settings, Store, migrate};
use crate::words;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&Settings::new(dir.path().join("t.sqlite").to_string_lossy())).unwrap();
    migrate::run(&store).unwrap();
    (dir, store)
}

fn add_unit(conn: &mut Conn, id: i64, parent: Option<i64>) {
    let name = format!("Unit {id}");
    diesel::insert_into(units::table)
        .values((
            units::id.eq(id),
            units::external_id.eq(&name),
            units::name.eq(&name),
            units::sort_key.eq(words::sort_key(&name)),
            units::parent_id.eq(parent),
        ))
        .execute(conn)
        .unwrap();
}

fn add_person(conn: &mut Conn, id: i64, name: &str, unit: i64, ends_on: Option<NaiveDate>) {
    let (email, external) = (format!("p{id}@example.se"), format!("e{id}"));
    diesel::insert_into(people::table)
        .values((
            people::id.eq(id),
            people::external_id.eq(&external),
            people::name.eq(name),
            people::sort_key.eq(words::sort_key(name)),
            people::search_key.eq(names::search_key(name, &email, &external)),
            people::email.eq(&email),
            people::email_key.eq(names::email_key(&email)),
            people::language.eq("sv"),
            people::unit_id.eq(unit),
            people::title_text.eq(""),
            people::title_code.eq(""),
            people::starts_on.eq(day("2020-01-01")),
            people::ends_on.eq(ends_on),
        ))
        .execute(conn)
        .unwrap();
}

/// Unit 1 (manager 1) with ward 2 (manager 2); 3 and 4 work on the ward, 5 has left it.
fn small_region() -> (tempfile::TempDir, Store) {
    let (dir, store) = store();
    store
        .write(|c| {
            add_unit(c, 1, None);
            add_unit(c, 2, Some(1));
            add_person(c, 1, "Örjan Påhitt", 1, None);
            add_person(c, 2, "Zelda Påhitt", 1, None);
            add_person(c, 3, "Åsa Påhitt", 2, None);
            add_person(c, 4, "100%_Test", 2, None);
            add_person(c, 5, "Anna Påhitt", 2, Some(day("2026-01-31")));
            for (unit, person) in [(1_i64, 1_i64), (2, 2)] {
                diesel::insert_into(unit_managers::table)
                    .values((unit_managers::unit_id.eq(unit), unit_managers::person_id.eq(person)))
                    .execute(c)?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    (dir, store)
}

fn ids(people: &[Person]) -> Vec<PersonId> {
    people.iter().map(|p| p.id).collect()
}

#[test]
fn a_team_has_those_who_work_there_on_the_day_by_name() {
    let (_dir, store) = small_region();
    let team = |manager, reach, on| {
        store
            .read(|c| {
                let tree = store::tree(c)?;
                Ok::<_, Error>(ids(&store::team(c, &tree, manager, reach, day(on))?))
            })
            .unwrap()
    };
    assert_eq!(team(1, Reach::Everyone, "2026-02-01"), [4, 2, 3]);
    assert_eq!(team(1, Reach::Everyone, "2026-01-31"), [4, 5, 2, 3]);
    assert_eq!(team(1, Reach::Direct, "2026-02-01"), [2]);
    assert_eq!(team(2, Reach::Direct, "2026-02-01"), [4, 3]);
    assert!(team(3, Reach::Everyone, "2026-02-01").is_empty());
}

#[test]
fn a_search_pages_through_those_who_match() {
    let (_dir, store) = small_region();
    let found = |query: &str, page| {
        let search = store::Search { query, day: Some(day("2026-02-01")), page, per_page: 2, ..Default::default() };
        store.read(|c| store::search(c, &search)).map(|p| (ids(&p.rows), p.total)).unwrap()
    };
    assert_eq!(found("påhitt", 0), (vec![2, 3], 3));
    assert_eq!(found("påhitt", 1), (vec![1], 3));
    assert_eq!(found("PAHITT asa", 0), (vec![3], 1));
    assert_eq!(found("%_", 0), (vec![4], 1));
    assert_eq!(found("%påhitt", 0), (vec![], 0));
}

#[test]
fn an_address_is_found_in_any_case() {
    let (_dir, store) = small_region();
    let found = store.read(|c| store::person_by_email(c, " P3@EXAMPLE.se ")).unwrap();
    assert_eq!(found.map(|p| p.id), Some(3));
}

fn with_role(role: &str) -> Curriculum {
    let written = format!(r#"(title: (sv: "x", en: "x"), competence: (sv: "x", en: "x"), dose: "d", order: 1)"#);
    let mut curriculum = Curriculum::default();
    curriculum.roles.insert(role.into(), ron::from_str(&written).unwrap());
    curriculum
}

#[test]
fn a_role_given_by_hand_is_held_until_it_is_ended_and_both_are_audited() {
    let (_dir, store) = small_region();
    let curriculum = with_role("leader");
    let give = |from: &str, to: Option<&str>| {
        let role = service::GiveRole { person: 3, role: "leader".into(), from: day(from), to: to.map(day) };
        service::give_role(&store, &curriculum, &role, Some(1), clock::now())
    };
    let id = give("2026-01-01", None).unwrap();
    assert!(matches!(give("2026-05-01", None), Err(service::Refused::AlreadyHeld)));
    service::end_by_hand(&store, id, day("2026-03-31"), Some(1), clock::now()).unwrap();
    give("2026-04-01", Some("2026-04-30")).unwrap();
    assert!(matches!(give("2026-04-30", None), Err(service::Refused::AlreadyHeld)));

    let held = store.read(|c| assignments::store::of(c, 3)).unwrap();
    assert_eq!(
        held.iter().map(|a| (a.from, a.to)).collect::<Vec<_>>(),
        [(day("2026-01-01"), Some(day("2026-03-31"))), (day("2026-04-01"), Some(day("2026-04-30"))),]
    );
    let actions: Vec<String> =
        store.read(|c| Ok::<_, Error>(audit::table.order(audit::id).select(audit::action).load(c)?)).unwrap();
    assert_eq!(actions, ["assignment.given", "assignment.ended", "assignment.given"]);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let (_dir, store) = small_region();
    let curriculum = with_role("leader");
    let give = |person, role: &str, to: &str| {
        let role = service::GiveRole { person, role: role.into(), from: day("2026-02-01"), to: Some(day(to)) };
        service::give_role(&store, &curriculum, &role, None, clock::now()).unwrap_err().to_string()
    };
    insta::assert_snapshot!(give(99, "leader", "2026-03-01"), @"there is no such person; look the person up again");
    insta::assert_snapshot!(give(3, "boss", "2026-03-01"), @"the curriculum has no role boss; choose one of its roles");
    insta::assert_snapshot!(give(3, "leader", "2026-01-01"), @"the last day is before the first; choose a later last day");
}

#[test]
fn a_title_from_the_import_is_not_ended_by_hand() {
    let (_dir, store) = small_region();
    let title = NewAssignment {
        person: 3,
        kind: Kind::Title,
        code: "nurse".into(),
        from: day("2026-01-01"),
        to: None,
        origin: Origin::Hr,
    };
    let id = store.write(|c| assignments::store::add(c, &title, None, clock::now())).unwrap();
    let ended = service::end_by_hand(&store, id, day("2026-02-01"), Some(1), clock::now());
    assert!(matches!(ended, Err(service::Refused::NotByHand)));
}
