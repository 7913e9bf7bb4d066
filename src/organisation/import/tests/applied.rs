//! Plans carried out in a real database.

use std::io::Cursor;

use chrono::{NaiveDate, NaiveDateTime};
use proptest::prelude::*;

use super::{TODAY, day, now, table};
use crate::curriculum::model::Curriculum;
use crate::organisation::import::people::{self, PeoplePlan};
use crate::organisation::import::plan::{Parsed, Plan};
use crate::organisation::import::service::{self, Errand, Options, Report};
use crate::organisation::import::{read, units};
use crate::organisation::titles::Titles;
use crate::organisation::{assignments, store as organisation};
use crate::store::{Settings, Store, audit, migrate};

fn open() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&Settings::new(dir.path().join("t.sqlite").to_string_lossy())).unwrap();
    migrate::run(&store).unwrap();
    (dir, store)
}

const APPLY: Options = Options { apply: true, full: false, skip_bad: false };

fn import_units(store: &Store, text: &str, options: Options) -> Report<Plan<units::UnitState>> {
    let errand = Errand { by: None, now: now(), progress: &|_, _| {} };
    service::units(store, &table(text), options, &errand).unwrap()
}

fn import_people(store: &Store, text: &str, options: Options, at: NaiveDateTime) -> Report<PeoplePlan> {
    let errand = Errand { by: None, now: at, progress: &|_, _| {} };
    service::people(store, &table(text), options, |_| Ok(Some(two_titles())), &errand).unwrap()
}

fn two_titles() -> Titles {
    let mut curriculum = Curriculum::default();
    for id in ["nurse", "physio"] {
        let title = format!(r#"(title: (sv: "{id}", en: "{id}"), group: "g")"#);
        curriculum.titles.insert(id.into(), ron::from_str(&title).unwrap());
    }
    Titles::of(&curriculum)
}

fn titles_of(store: &Store, external_id: &str) -> Vec<(String, String, Option<NaiveDate>)> {
    let held = store.read(|c| {
        let person = organisation::person_by_external_id(c, external_id)?.unwrap();
        assignments::store::of(c, person.id)
    });
    held.unwrap().into_iter().map(|a| (a.code, a.from.to_string(), a.to)).collect()
}

#[test]
fn a_change_of_title_ends_the_old_one_the_day_before() {
    let (_dir, store) = open();
    import_units(&store, "id,name\na,A\n", APPLY);
    let file = |title: &str| format!("id,name,email,unit,title,from\n1,Ett,1@x.se,a,{title},2020-01-01\n");
    import_people(&store, &file("Nurse"), APPLY, now());
    import_people(&store, &file("Physio"), APPLY, "2026-06-01T12:00:00".parse().unwrap());
    import_people(&store, &file("Unheard of"), APPLY, "2026-07-01T12:00:00".parse().unwrap());
    assert_eq!(
        titles_of(&store, "1"),
        [
            ("nurse".into(), "2020-01-01".into(), Some(day("2026-05-31"))),
            ("physio".into(), "2026-06-01".into(), Some(day("2026-06-30"))),
        ]
    );
}

#[test]
fn who_ends_manages_nothing_and_holds_nothing_any_more() {
    let (_dir, store) = open();
    let units = "id,name,parent,managers\na,A,,1\n";
    import_units(&store, units, APPLY);
    let both = "id,name,email,unit,title\n1,Ett,1@x.se,a,nurse\n2,Två,2@x.se,a,nurse\n";
    import_people(&store, both, APPLY, now());
    import_units(&store, units, APPLY);
    assert_eq!(store.read(organisation::managers).unwrap().len(), 1);
    let one = "id,name,email,unit,title\n2,Två,2@x.se,a,nurse\n";
    let later = "2026-06-01T12:00:00".parse().unwrap();
    import_people(&store, one, Options { full: true, ..APPLY }, later);
    assert!(store.read(organisation::managers).unwrap().is_empty());
    assert_eq!(titles_of(&store, "1"), [("nurse".into(), TODAY.into(), Some(day("2026-05-31")))]);
    import_people(&store, both, APPLY, later);
    assert_eq!(titles_of(&store, "1").last(), Some(&("nurse".into(), "2026-06-01".into(), None)));
}

#[test]
fn rows_with_errors_stop_everything_unless_they_may_be_left_out() {
    let (_dir, store) = open();
    let file = "id,name\na,A\nb,\n";
    let count = || store.read(organisation::units).unwrap().len();
    assert!(!import_units(&store, file, APPLY).applied);
    assert_eq!(count(), 0);
    assert!(!import_units(&store, file, Options { apply: false, skip_bad: true, full: false }).applied);
    assert_eq!(count(), 0);
    let report = import_units(&store, file, Options { skip_bad: true, ..APPLY });
    assert_eq!((report.applied, report.rows, report.bad_rows, count()), (true, 2, 1, 1));
}

#[test]
fn an_import_leaves_one_line_in_the_audit_trail_and_none_when_nothing_changed() {
    let (_dir, store) = open();
    for _ in 0..2 {
        import_units(&store, "id,name\na,A\n", APPLY);
        import_people(&store, "id,name,email,unit\n1,Ett,1@x.se,a\n", APPLY, now());
    }
    let rows = store.read(audit::all).unwrap();
    let expected = |action: &str| (action.to_owned(), "added 1, changed 0, ended 0, titles 0".to_owned());
    assert_eq!(rows, [expected("import.units"), expected("import.people")]);
}

/// Rows of a random file of units: id, parent, managers.
fn some_units() -> impl Strategy<Value = String> {
    let row = (0..8u8, 0..9u8, prop::collection::vec(0..6u8, 0..3));
    prop::collection::vec(row, 0..10).prop_map(|rows| {
        let mut file = String::from("id,name,parent,managers\n");
        for (id, parent, managers) in rows {
            let parent = if parent == 8 { String::new() } else { format!("u{parent}") };
            let managers: Vec<String> = managers.iter().map(|m| format!("e{m}")).collect();
            file.push_str(&format!("u{id},Unit {},{parent},{}\n", managers.len(), managers.join(" ")));
        }
        file
    })
}

/// Rows of a random file of people: id, address, unit, title, days.
fn some_people() -> impl Strategy<Value = String> {
    let day = prop::sample::select(vec!["", "2020-01-01", "2026-05-09", "2026-05-10", "2027-01-01"]);
    let title = prop::sample::select(vec!["", "nurse", "physio", "other"]);
    let row = (0..6u8, 0..6u8, 0..8u8, title, day.clone(), day);
    prop::collection::vec(row, 0..8).prop_map(|rows| {
        let mut file = String::from("id,name,email,unit,title,from,to\n");
        for (id, email, unit, title, from, to) in rows {
            file.push_str(&format!("e{id},Prov {id},m{email}@x.se,u{unit},{title},{from},{to}\n"));
        }
        file
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the files and whatever was there before: applied once, nothing is left to do, and the tree is a tree.
    #[test]
    fn a_plan_applied_leaves_nothing_to_plan(
        steps in prop::collection::vec((some_units(), some_people(), any::<bool>()), 1..4)
    ) {
        let (_dir, store) = open();
        for (units, people, full) in steps {
            let options = Options { apply: true, full, skip_bad: true };
            let tell = Options { apply: false, ..options };
            prop_assert!(import_units(&store, &units, options).applied);
            prop_assert!(import_units(&store, &units, tell).plan.is_empty());
            prop_assert!(import_people(&store, &people, options, now()).applied);
            let again = import_people(&store, &people, tell, now()).plan;
            prop_assert!(again.people.is_empty(), "{:?}", again);
            prop_assert!(again.titles.is_empty(), "{:?}", again);
            let parents = store.read(organisation::units).unwrap();
            let parents = parents.iter().filter_map(|u| Some((u.id, u.parent?))).collect();
            prop_assert_eq!(crate::organisation::tree::find_cycle(&parents), None);
        }
    }

    /// Bytes of any kind are read or refused, in words.
    #[test]
    fn no_bytes_make_the_reader_fail_badly(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut file = b"id,name,email,unit,from\n".to_vec();
        file.extend(bytes);
        if let Ok(table) = read::table(Cursor::new(file)) {
            let parsed: Result<Parsed<_>, _> = people::parse(&table);
            prop_assert!(parsed.is_ok());
        }
    }
}
