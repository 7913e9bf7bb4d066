//! Cells, totals, coverage and sentences, on the small curriculum of the tests.

use chrono::{Days, NaiveDate};

use super::coverage::coverage;
use super::matrix::{Cell, Matrix, Member, Wanted};
use super::view::Reader;
use crate::curriculum::load;
use crate::curriculum::model::Language;
use crate::engine::model::{Achievement, Assignment, Booking, Facts, Holding, Source};
use crate::organisation::Person;
use crate::versions::published::Published;
use crate::words::sheet::quoted;

fn today() -> NaiveDate {
    "2027-03-01".parse().unwrap()
}

fn days_ago(days: u64) -> NaiveDate {
    today() - Days::new(days)
}

fn published() -> Published {
    let sources = load::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/small").as_ref()).unwrap();
    Published::new(1, "2027.1".into(), &sources, days_ago(1000)).unwrap()
}

/// Facts in few words.
#[derive(Default)]
struct Told {
    role: Option<(&'static str, u64)>,
    employed: u64,
    /// Module, days ago, last day.
    has: Vec<(&'static str, u64, Option<NaiveDate>)>,
    booked: Vec<(&'static str, NaiveDate)>,
}

fn member(published: &Published, id: i64, told: Told) -> Member {
    let person = Person {
        id,
        external_id: String::new(),
        name: format!("Prov {id}"),
        email: String::new(),
        language: Language::Sv,
        unit: None,
        title_text: "Fysioterapeut".into(),
        title_code: String::new(),
        starts_on: days_ago(told.employed),
        ends_on: None,
        disabled: false,
    };
    let held = |holding, days| Assignment { holding, from: days_ago(days), to: None, source: Source::Hand };
    let role = told.role.map(|(role, days)| held(Holding::Role(role.into()), days));
    let facts = Facts {
        assignments: [held(Holding::Everyone, told.employed)].into_iter().chain(role).collect(),
        achievements: told
            .has
            .into_iter()
            .map(|(module, days, valid_until)| Achievement { module: module.into(), day: days_ago(days), valid_until })
            .collect(),
        bookings: told
            .booked
            .into_iter()
            .map(|(module, day)| Booking { module: module.into(), day, occasion: 1 })
            .collect(),
    };
    Member::new(published, &person, &facts, today())
}

/// The cells of one person by module id, `Outside` left out.
#[track_caller]
fn check(told: Told, expected: &[(&str, Cell)]) {
    let published = published();
    let members = [member(&published, 1, told)];
    let matrix = Matrix::new(&published, &members);
    let cells = matrix.columns.iter().map(|module| published.id_of(*module)).zip(matrix.cells[0].iter().copied());
    assert_eq!(cells.filter(|(_, cell)| *cell != Cell::Outside).collect::<Vec<_>>(), expected);
}

#[test]
fn the_first_step_is_next_and_what_waits_for_it_is_locked() {
    let told = Told { role: Some(("deltagare", 1)), employed: 1, ..Told::default() };
    check(told, &[("intro", Cell::Next), ("modellen", Cell::Locked), ("kartlagga", Cell::Locked)]);
}

#[test]
fn a_booked_step_says_its_day_and_what_is_held_says_until_when() {
    let (soon, late) = (today() + Days::new(15), today() + Days::new(400));
    let told = Told {
        role: Some(("deltagare", 1)),
        employed: 1,
        has: vec![("intro", 9, None), ("samtal", 9, Some(late))],
        booked: vec![("modellen", soon)],
    };
    check(told, &[("samtal", Cell::Until(late)), ("intro", Cell::Has), ("modellen", Cell::Booked(soon))]);
}

#[test]
fn what_is_late_is_overdue_even_with_a_seat() {
    let soon = today() + Days::new(15);
    check(Told { employed: 91, ..Told::default() }, &[("intro", Cell::Overdue(None))]);
    let booked = Told { employed: 91, booked: vec![("intro", soon)], ..Told::default() };
    check(booked, &[("intro", Cell::Overdue(Some(soon)))]);
}

#[test]
fn what_ends_soon_expires_and_what_has_ended_is_to_be_renewed() {
    let soon = today() + Days::new(30);
    check(
        Told { employed: 1, has: vec![("intro", 9, Some(soon))], ..Told::default() },
        &[("intro", Cell::Expiring(soon))],
    );
    let lapsed = Told { employed: 1, has: vec![("intro", 99, Some(days_ago(9)))], ..Told::default() };
    check(lapsed, &[("intro", Cell::Lapsed)]);
}

#[test]
fn what_nothing_asks_for_is_shown_only_while_it_is_valid() {
    let has = |last| Told { employed: 1, has: vec![("intro", 9, None), ("mata", 9, last)], ..Told::default() };
    check(has(None), &[("intro", Cell::Has), ("mata", Cell::Has)]);
    check(has(Some(days_ago(1))), &[("intro", Cell::Has)]);
}

fn three(published: &Published) -> [Member; 3] {
    [
        member(published, 1, Told { role: Some(("ledare", 1)), employed: 100, ..Told::default() }),
        member(
            published,
            2,
            Told {
                role: Some(("deltagare", 5)),
                employed: 5,
                has: vec![("intro", 3, None), ("modellen", 2, None), ("samtal", 1, None)],
                ..Told::default()
            },
        ),
        member(published, 3, Told { role: Some(("deltagare", 5)), employed: 5, ..Told::default() }),
    ]
}

#[test]
fn every_total_counts_what_its_list_lists() {
    let published = published();
    let members = three(&published);
    let matrix = Matrix::new(&published, &members);
    for (member, total) in members.iter().zip(matrix.by_row()) {
        assert_eq!(matrix.entries(Wanted::Act, None, Some(member.id)).len(), total);
    }
    for (module, total) in matrix.columns.iter().zip(matrix.by_column()) {
        assert_eq!(matrix.entries(Wanted::Act, Some(*module), None).len(), total);
    }
    let all = matrix.entries(Wanted::Act, None, None);
    assert_eq!(all.len(), matrix.by_row().iter().sum::<usize>());
    assert_eq!(all.len(), matrix.by_column().iter().sum::<usize>());
    assert!(all.is_sorted_by_key(|entry| entry.due.unwrap_or(NaiveDate::MAX)));
    assert_eq!(all[0].cell, Cell::Overdue(None));
}

#[test]
fn coverage_counts_whole_doses_and_names_the_nearest() {
    let published = published();
    let members = three(&published);
    let reader = Reader { language: Language::Sv, published: &published, today: today() };
    let told: Vec<String> = coverage(&published, &members)
        .iter()
        .map(|covered| {
            let nearest = covered.nearest.as_ref().map(|nearest| format!("{} {}", nearest.name, nearest.quarters));
            format!("{} {}/{} {:?} {}", covered.role, covered.complete, covered.holders, nearest, covered.late)
        })
        .collect();
    assert_eq!(told, [r#"deltagare 1/2 Some("Prov 3 34") false"#, r#"ledare 0/1 Some("Prov 1 70") true"#]);
    let sentence = serde_json::to_value(reader.covered(&coverage(&published, &members)[0])).unwrap();
    assert_eq!(sentence["text"], "Teamdeltagare: 1 av 2 har hela dosen");
    assert_eq!(sentence["nearest"], "Närmast är Prov 3, med 8,5 timmar kvar.");
}

#[test]
fn only_somebody_with_something_overdue_has_a_warning() {
    let published = published();
    let members = three(&published);
    let reader = Reader { language: Language::Sv, published: &published, today: today() };
    let warnings: Vec<Option<String>> = members.iter().map(|member| reader.warning(member)).collect();
    assert_eq!(warnings, [Some("Försenad: M1 sedan 19\u{a0}februari".into()), None, None]);
    assert_eq!(reader.holds(&members[0]), "Fysioterapeut, förbättringsledare");
    assert_eq!(members.iter().map(|member| reader.done(member)).collect::<Vec<_>>()[1..], ["3/3", "0/3"]);
}

#[test]
fn a_cell_is_never_a_formula() {
    let check = |field, expected| assert_eq!(quoted(field), expected);
    check("Har", "\"Har\"");
    check("=1+1", "\"'=1+1\"");
    check("+46", "\"'+46\"");
    check("-", "\"'-\"");
    check("@SUM", "\"'@SUM\"");
    check("\tx", "\"'\tx\"");
    check("a;\"b\"", "\"a;\"\"b\"\"\"");
}
