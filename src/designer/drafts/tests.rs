//! What can be taken back, how changes of two people meet, how a draft goes over to a newer version, and that a form says
//! back what it was told.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cells::{self, Days, Mark, Wish};
use super::desk::Sheet;
use super::entries;
use super::forms::read::Unknown;
use super::forms::{Field, Maker, Posted};
use super::history::{History, Step, standing};
use super::rebase::{Choices, plan};
use super::*;
use crate::curriculum::edit::{self, Cell, Edit};
use crate::curriculum::model::{Curriculum, Language};
use crate::curriculum::parse::parse;
use crate::curriculum::testing::{small, small_with};
use crate::designer::matrix::{Holders, Key};

fn log(steps: &[(i64, Kind, i64)]) -> Vec<Step> {
    steps.iter().map(|&(revision, kind, by)| Step { revision, kind, by: Some(by) }).collect()
}

#[test]
fn each_person_takes_back_their_own_changes_the_last_first() {
    let check = |steps: &[(i64, Kind, i64)], done: &[i64], undone: &[i64]| {
        let expected = History { done: done.into(), undone: undone.into() };
        assert_eq!(History::of(&log(steps), 7), expected, "{steps:?}");
    };
    let (change, undo, redo) = (Kind::Change, Kind::Undo, Kind::Redo);
    check(&[(1, change, 7), (2, change, 8), (3, change, 7)], &[1, 3], &[]);
    check(&[(1, change, 7), (2, change, 7), (3, undo(2), 7)], &[1], &[2]);
    check(&[(1, change, 7), (2, change, 7), (3, undo(2), 7), (4, undo(1), 7)], &[], &[2, 1]);
    check(&[(1, change, 7), (2, undo(1), 7), (3, redo(1), 7)], &[1], &[]);
    // Something new ends what could be made again; somebody else's does not.
    check(&[(1, change, 7), (2, undo(1), 7), (3, change, 8)], &[], &[1]);
    check(&[(1, change, 7), (2, undo(1), 7), (3, change, 7)], &[3], &[]);
    check(&[(1, change, 7), (2, Kind::Rebase, 8), (3, change, 7)], &[3], &[]);
}

#[test]
fn what_has_been_taken_back_does_not_stand() {
    let check = |steps: &[(i64, Kind, i64)], expected: &[i64]| assert_eq!(standing(&log(steps)), expected);
    check(&[(1, Kind::Change, 7), (2, Kind::Change, 8), (3, Kind::Undo(1), 7)], &[2]);
    check(&[(1, Kind::Change, 7), (2, Kind::Undo(1), 7), (3, Kind::Redo(1), 7)], &[1]);
    check(&[(1, Kind::Change, 7), (2, Kind::Rebase, 7), (3, Kind::Change, 7)], &[2, 3]);
}

fn wish(column: &str, module: &str, mark: Mark) -> Wish {
    let column = column.parse().expect("a column");
    Wish { column, module: module.into(), mark: Some(mark), days: Days::Keep, over: false }
}

fn after(curriculum: &Curriculum, wish: &Wish) -> Curriculum {
    let mut after = curriculum.clone();
    for edit in cells::edits(curriculum, curriculum, wish).expect("the column and the module are there") {
        edit::apply(&mut after, &edit).expect("nobody else changes it");
    }
    after
}

#[test]
fn a_column_without_a_dose_gets_one_with_its_first_cell() {
    let curriculum = parse(&small()).0;
    let after = after(&curriculum, &wish("title.utvecklare", "coacha", Mark::Required));
    assert_eq!(after.titles["utvecklare"].dose.as_deref(), Some("utvecklare"));
    assert_eq!(after.doses["utvecklare"].required, ["coacha"]);
    assert_eq!(after.doses["utvecklare"].title.sv, "Dos för Verksamhetsutvecklare");
}

#[test]
fn a_key_sets_a_cell_and_keeps_its_deadline() {
    let curriculum = parse(&small()).0;
    let check = |mark, days, required: &[&str], sets: usize, deadline| {
        let mut wish = wish("role.ledare", "mata", mark);
        wish.days = days;
        let dose = &after(&curriculum, &wish).doses["ledare"];
        assert_eq!(
            (dose.required.as_slice(), dose.one_of.len()),
            (&*required.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>(), sets)
        );
        assert_eq!(dose.deadlines.get("mata").copied(), deadline);
    };
    check(Mark::Off, Days::Keep, &["leda"], 0, None);
    check(Mark::Required, Days::Keep, &["mata", "leda"], 0, Some(200));
    check(Mark::Required, Days::Set(Some(90)), &["mata", "leda"], 0, Some(90));
    check(Mark::Required, Days::Set(None), &["mata", "leda"], 0, None);
    check(Mark::OneOf(None), Days::Keep, &["leda"], 1, Some(200));
}

#[test]
fn two_people_meet_only_in_the_same_cell() {
    let seen = parse(&small()).0;
    let now = after(&seen, &wish("role.ledare", "coacha", Mark::Required));
    let make = |module, mark| {
        let edits = cells::edits(&now, &seen, &wish("role.ledare", module, mark)).expect("edits");
        edits.iter().try_for_each(|edit| edit::apply(&mut now.clone(), edit))
    };
    assert!(make("mata", Mark::Off).is_ok());
    assert!(make("coacha", Mark::Off).is_err());
    assert!(make("coacha", Mark::Required).is_err(), "it is told also when both want the same");
}

#[test]
fn changes_go_over_to_a_newer_version_and_clashes_wait_for_a_choice() {
    let old = parse(&small()).0;
    let cell = |dose: &str, module: &str, after: Cell| {
        let before = Cell::of(&old.doses[dose], module);
        Edit::Cell { dose: dose.into(), module: module.into(), before, after }
    };
    let edits = vec![cell("alla", "modellen", Cell::required(None)), cell("ledare", "coacha", Cell::default())];
    // The newer version requires what the draft takes away.
    let newest = parse(&small_with(&[
        ("recommended: [\"coacha\"]", "recommended: []"),
        ("required: [\"mata\", \"leda\"]", "required: [\"mata\", \"leda\", \"coacha\"]"),
    ]))
    .0;
    let plan = |choices: &[(usize, bool)]| {
        plan(2, "2026.2".into(), &newest, edits.clone(), &choices.iter().copied().collect::<Choices>())
    };
    let open = plan(&[]);
    assert_eq!((open.carried.len(), open.clashes.len(), open.clashes[0].number), (1, 1, 1));
    let mine = plan(&[(1, true)]);
    assert_eq!((mine.carried.len(), mine.clashes.len()), (2, 0));
    assert_eq!(mine.curriculum.doses["ledare"].required, ["mata", "leda"]);
    let theirs = plan(&[(1, false)]);
    assert_eq!((theirs.carried.len(), theirs.clashes.len()), (1, 0));
    assert_eq!(theirs.curriculum.doses["ledare"].required, ["mata", "leda", "coacha"]);
}

/// What a browser posts when nothing is touched.
fn posted(fields: &[Field], into: &mut Posted) {
    for field in fields {
        let mut put = |name: String, value: &str| drop(into.insert(name, vec![value.to_owned()]));
        match field.control {
            "both" | "long" => {
                put(format!("{}.sv", field.name), &field.sv);
                put(format!("{}.en", field.name), &field.en);
            }
            "check" if field.checked => put(field.name.clone(), "on"),
            "select" => {
                let chosen = field.options.iter().find(|option| option.chosen).or(field.options.first());
                put(field.name.clone(), chosen.map_or("", |option| &option.value));
            }
            "text" | "area" => put(field.name.clone(), &field.value),
            _ => posted(&field.parts, into),
        }
    }
}

#[test]
fn a_form_that_nobody_touches_says_what_it_was_made_from() {
    let curriculum = parse(&small()).0;
    for language in [Language::Sv, Language::En] {
        let maker = Maker { language, curriculum: &curriculum };
        for (section, id) in every_entry(&curriculum) {
            let value = entries::value(&curriculum, section, &id).expect("an entry");
            let mut fields = Posted::new();
            posted(&maker.fields(section, &value), &mut fields);
            let (read, wrongs) = maker.read(section, &fields, &value).expect("the form's own fields");
            assert_eq!(wrongs, BTreeMap::new(), "{section} {id}");
            let edit = entries::put(&curriculum, &curriculum, section, &id, &read).expect("an edit");
            let mut after = curriculum.clone();
            edit::apply(&mut after, &edit).expect("nothing is in its way");
            assert_eq!(after, curriculum, "{section} {id}");
        }
    }
}

fn every_entry(curriculum: &Curriculum) -> Vec<(&'static str, String)> {
    let mut entries = vec![("about", String::new())];
    for kind in crate::curriculum::Kind::ALL {
        entries.extend(forms::ids(curriculum, kind).iter().map(|id| (kind.section(), (*id).to_owned())));
    }
    entries
}

#[test]
fn a_form_tells_what_cannot_be_read_and_refuses_fields_that_it_does_not_have() {
    let curriculum = parse(&small()).0;
    let maker = Maker { language: Language::En, curriculum: &curriculum };
    let value = entries::value(&curriculum, "modules", "mata").expect("a module");
    let with = |name: &str, text: &str| {
        let mut fields = Posted::new();
        posted(&maker.fields("modules", &value), &mut fields);
        fields.insert(name.into(), vec![text.into()]);
        maker.read("modules", &fields, &value)
    };
    let check = |name: &str, text: &str, wrong: &str| {
        let (_, wrongs) = with(name, text).expect("a field of the form");
        assert_eq!(wrongs.into_iter().collect::<Vec<_>>(), [(name.to_owned(), wrong.to_owned())]);
    };
    check("hours", "three", "Write a number");
    check("builds_on", "M1 M2", "‘M2’ is no module. Write AND or OR between modules.");
    check("level", "Highest", "Choose one of the alternatives");
    check("purpose.sv", &"å".repeat(20_001), "The text may have at most 20,000 characters");
    assert_eq!(with("approved_by", "me"), Err(Unknown));
    let (read, _) = with("builds_on", "M1 OR M2").expect("a field of the form");
    assert_eq!(read["builds_on"], serde_json::json!({ "Any": [{ "Module": "intro" }, { "Module": "modellen" }] }));
}

#[test]
fn a_form_that_was_overtaken_keeps_what_each_has_written() {
    let value = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let merged = entries::merged(
        &value(r#"{"hours":1,"level":"Lead","elective":false}"#),
        &value(r#"{"hours":2,"level":"Lead","elective":false}"#),
        &value(r#"{"hours":1,"level":"Coach","elective":false}"#),
    );
    assert_eq!(merged, value(r#"{"hours":2,"level":"Coach","elective":false}"#));
}

#[test]
fn removing_a_module_takes_it_out_of_every_dose() {
    let mut curriculum = parse(&small()).0;
    for edit in entries::remove(&curriculum.clone(), "modules", "mata").expect("a module") {
        edit::apply(&mut curriculum, &edit).expect("nothing is in its way");
    }
    assert!(curriculum.doses.values().all(|dose| Cell::of(dose, "mata") == Cell::default()));
    let sheet = Sheet::of(crate::curriculum::rewrite::rewrite(&small(), &curriculum), &Holders::default());
    assert!(sheet.problems.iter().any(|problem| problem.code == "V020"), "what builds on it is told");
    assert_eq!(sheet.matrix.column_of(&Key::Everyone), Some(0));
}
