//! Queries and use cases against a real database.

use std::io::Cursor;

use chrono::NaiveDate;

use super::import::read;
use super::import::service::{Errand, Options};
use super::*;
use crate::clock;
use crate::curriculum::model::Curriculum;
use crate::store::{Error, Settings, Store, audit, migrate};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&Settings::new(dir.path().join("t.sqlite").to_string_lossy())).unwrap();
    migrate::run(&store).unwrap();
    (dir, store)
}

/// Imports a file at noon on `day`.
fn import(store: &Store, what: &str, text: &str, on: &str) {
    let table = read::table(Cursor::new(text.as_bytes())).unwrap();
    let now = day(on).and_hms_opt(12, 0, 0).unwrap();
    let errand = Errand { by: None, now, progress: &|_, _| {} };
    let options = Options { apply: true, ..Options::default() };
    let applied = match what {
        "units" => import::service::units(store, &table, options, &errand).unwrap().applied,
        _ => import::service::people(store, &table, options, |_| Ok(None), &errand).unwrap().applied,
    };
    assert!(applied);
}

/// Unit 1 (manager 1) with ward 2 (manager 2); 3 and 4 work on the ward, 5 leaves it on the last of January 2026.
fn small_region() -> (tempfile::TempDir, Store) {
    let (dir, store) = store();
    let units = "id,name,parent,managers\na,Unit,,e1\nb,Ward,a,e2\n";
    import(&store, "units", units, "2026-01-01");
    let people = "id,name,email,unit,from,to\n\
                  e1,Örjan Påhitt,p1@example.se,a,2020-01-01,\n\
                  e2,Zelda Påhitt,p2@example.se,a,2020-01-01,\n\
                  e3,Åsa Påhitt,p3@example.se,b,2020-01-01,\n\
                  e4,100%_Test,p4@example.se,b,2020-01-01,\n\
                  e5,Anna Påhitt,p5@example.se,b,2020-01-01,2026-01-31\n";
    import(&store, "people", people, "2026-01-01");
    import(&store, "units", units, "2026-01-01");
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
        let search = store::Search {
            query,
            employed: store::Employed::On(day("2026-02-01")),
            page,
            per_page: 2,
            ..Default::default()
        };
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
    let written = r#"(title: (sv: "x", en: "x"), competence: (sv: "x", en: "x"), dose: "d", order: 1)"#;
    let mut curriculum = Curriculum::default();
    curriculum.roles.insert(role.into(), ron::from_str(written).unwrap());
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
    let audited = store.read(audit::all).unwrap();
    let actions: Vec<&str> = audited.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(actions[3..], ["assignment.given", "assignment.ended", "assignment.given"]);
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

#[test]
fn what_an_import_changes_in_the_tree_counts_at_the_next_question() {
    let (_dir, store) = small_region();
    let seen =
        || store.read(|c| Ok::<_, Error>((store::unit_revision(c)?, store::tree(c)?.managers_of(3, Some(2))))).unwrap();
    let (before, managers) = seen();
    assert_eq!((managers, seen()), (vec![2], (before, vec![2])));
    import(&store, "units", "id,name,parent,managers\na,Unit,,e1\nb,Ward,a,e4\n", "2026-01-02");
    let (after, managers) = seen();
    assert!(after != before && managers == [4]);
    // Whoever has left manages nothing.
    let people = "id,name,email,unit,from,to\ne4,100%_Test,p4@example.se,b,2020-01-01,2026-01-02\n";
    import(&store, "people", people, "2026-01-03");
    let (last, managers) = seen();
    assert!(last != after && managers == [1]);
}
