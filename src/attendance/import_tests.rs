//! Lists as they come, good and bad, and what they would change.

use super::*;
use crate::attendance::mark::Mark;

fn at(day: u32) -> NaiveDateTime {
    chrono::NaiveDate::from_ymd_opt(2027, 3, day).unwrap().and_hms_opt(8, 0, 0).unwrap()
}

fn part(no: i32) -> Part {
    let starts_at = at(no as u32);
    Part {
        id: i64::from(no) + 100,
        occasion: 1,
        no,
        starts_at,
        ends_at: starts_at,
        place: String::new(),
        link: String::new(),
        uid: String::new(),
        sequence: 0,
        reckoned: false,
    }
}

/// Anna is E1, Bo E2, Cia E3 has no seat, and E9 is who imports. Parts 1 and 2 have come, part 3 has not.
fn report(text: &str, marks: &[Mark]) -> Report {
    let parts = [part(1), part(2), part(3)];
    let people = [(1, "E1", "Anna"), (2, "E2", "Bo"), (3, "E3", "Cia"), (9, "E9", "Nio")];
    let present = Present {
        by_id: people.iter().map(|(id, key, name)| ((*key).to_owned(), (*id, (*name).to_owned()))).collect(),
        by_email: people
            .iter()
            .map(|(id, _, name)| (format!("{}@x.se", name.to_lowercase()), (*id, (*name).to_owned())))
            .collect(),
        parts: &parts,
        seated: HashSet::from([1, 2, 9]),
        marks,
        by: Some(9),
        now: at(2),
    };
    let list = list(text.as_bytes()).unwrap();
    let (entries, findings) = understand(&list).unwrap();
    present.plan(list.rows.len(), &entries, findings)
}

fn changes(report: &Report) -> Vec<(&str, i32, &str)> {
    report.changes.iter().map(|change| (change.name.as_str(), change.no, change.to.code())).collect()
}

#[test]
fn a_row_names_somebody_by_id_or_address_and_says_it_for_all_parts_that_have_come_or_for_one() {
    let told = report("id;e-post;del;närvaro\nE1;;;ja\n;BO@x.se;2;frånvarande\n", &[]);
    assert_eq!(changes(&told), [("Anna", 1, "present"), ("Anna", 2, "present"), ("Bo", 2, "absent")]);
    assert_eq!((told.rows, told.bad_rows, told.unchanged), (2, 0, 0));
}

#[test]
fn every_bad_row_is_told_with_its_line_and_its_reason() {
    let check = |row: &str, expected: Slip| {
        let told = report(&format!("id,email,part,attendance\n\n{row}\n"), &[]);
        assert_eq!(told.findings, [Finding { line: 3, slip: expected }], "{row}");
        assert_eq!((told.bad_rows, told.changes.len()), (1, 0));
    };
    check(",,,yes", Slip::Nobody);
    check("E7,,,yes", Slip::Unknown("E7".into()));
    check("E1,bo@x.se,,yes", Slip::TwoPeople);
    check("E1,,,maybe", Slip::NoState("maybe".into()));
    check("E1,,two,yes", Slip::NoPart("two".into()));
    check("E1,,4,yes", Slip::NoSuchPart(4));
    check("E1,,3,yes", Slip::ToCome(3));
    check("E3,,,yes", Slip::NoSeat("Cia".into()));
    check("E9,,,yes", Slip::Oneself);
}

#[test]
fn two_rows_that_say_the_same_are_one_and_two_that_differ_are_told() {
    let told = report("id;del;närvaro\nE1;1;ja\nE1;1;x\nE1;1;nej\n", &[]);
    assert_eq!(changes(&told), [("Anna", 1, "present")]);
    assert_eq!(told.findings, [Finding { line: 4, slip: Slip::Otherwise(2) }]);
}

#[test]
fn a_row_that_says_nothing_changes_nothing_and_the_same_again_neither() {
    assert_eq!(report("id;närvaro\nE1;\n", &[]), Report { rows: 1, ..Report::default() });
    let mark = |part: i64| Mark {
        id: part,
        key: part.to_string(),
        person: 1,
        part,
        state: State::Present,
        source: Source::Import,
        reason: String::new(),
        marked_at: at(2),
        recorded_at: at(2),
        by: None,
    };
    let told = report("id;närvaro\nE1;här\n", &[mark(101), mark(102)]);
    assert_eq!((told.changes.len(), told.unchanged), (0, 2));
}

#[test]
fn without_the_column_of_attendance_it_is_no_such_list() {
    let list = list(b"id;namn\nE1;Anna\n").unwrap();
    assert!(matches!(understand(&list), Err(ReadError::ColumnMissing("attendance", _))));
}
