//! Edits one by one, and the laws that hold for all of them.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::super::model::OneOf;
use super::super::testing::{Dice, random_edit, small, sound};
use super::*;

fn start() -> Curriculum {
    sound(&small())
}

fn found(curriculum: &mut Curriculum, edit: &Edit) -> Found {
    let was = curriculum.clone();
    let EditError::Conflict { found, .. } = apply(curriculum, edit).expect_err("a conflict");
    assert_eq!(*curriculum, was, "a conflict changes nothing");
    found
}

fn cell(curriculum: &Curriculum, dose: &str, module: &str, after: Cell) -> Edit {
    let before = Cell::of(&curriculum.doses[dose], module);
    Edit::Cell { dose: dose.into(), module: module.into(), before, after }
}

fn hours(curriculum: &Curriculum, id: &str, hours: f64) -> Edit {
    let (_, module) = curriculum.modules.iter().find(|(other, _)| other == id).expect("a module");
    let after = Module { hours, ..module.clone() };
    Edit::Module { change: Change { id: id.into(), before: Some(module.clone()), after: Some(after) }, follows: None }
}

#[test]
fn a_cell_goes_from_state_to_state() {
    let mut curriculum = start();
    for (after, mark) in [
        (Cell::required(Some(30)), Mark::Required),
        (Cell::recommended(), Mark::Recommended),
        (Cell::one_of(&curriculum.doses["deltagare"], "mata", 0), Mark::OneOf),
        (Cell::default(), Mark::Off),
    ] {
        let edit = cell(&curriculum, "deltagare", "mata", after);
        apply(&mut curriculum, &edit).expect("no conflict");
        assert_eq!(Cell::of(&curriculum.doses["deltagare"], "mata").mark(), mark);
    }
    assert_eq!(curriculum, start());
}

#[test]
fn a_set_comes_and_goes_with_its_only_module_and_keeps_its_terms() {
    let mut curriculum = start();
    for module in ["kartlagga", "samtal"] {
        let edit = cell(&curriculum, "deltagare", module, Cell::default());
        apply(&mut curriculum, &edit).expect("no conflict");
    }
    assert_eq!(curriculum.doses["deltagare"].one_of, []);
    let mut curriculum = start();
    let off: Vec<Edit> = ["kartlagga", "samtal"]
        .map(|module| {
            let edit = cell(&curriculum, "deltagare", module, Cell::default());
            perform(&mut curriculum, edit).expect("no conflict")
        })
        .into();
    for edit in off.into_iter().rev() {
        apply(&mut curriculum, &edit.inverse()).expect("no conflict");
    }
    assert_eq!(curriculum, start());
}

#[test]
fn two_people_in_different_cells_of_one_dose_do_not_meet() {
    let mut curriculum = start();
    let (first, second) = (
        cell(&curriculum, "ledare", "mata", Cell::default()),
        cell(&curriculum, "ledare", "samtal", Cell::recommended()),
    );
    apply(&mut curriculum, &first).expect("no conflict");
    apply(&mut curriculum, &second).expect("no conflict");
    assert_eq!(curriculum.doses["ledare"].required, ["leda"]);
    assert_eq!(curriculum.doses["ledare"].recommended, ["coacha", "samtal"]);
}

#[test]
fn two_people_in_the_same_cell_are_told() {
    let mut curriculum = start();
    let (first, second) = (
        cell(&curriculum, "ledare", "mata", Cell::default()),
        cell(&curriculum, "ledare", "mata", Cell::recommended()),
    );
    apply(&mut curriculum, &first).expect("no conflict");
    assert_eq!(found(&mut curriculum, &second), Found::Cell(Cell::default()));
}

#[test]
fn a_set_that_was_renumbered_is_not_mistaken_for_another() {
    let mut curriculum = start();
    let extra = OneOf { choose: 1, from: vec!["mata".into(), "leda".into()], within_days: None };
    curriculum.doses.get_mut("deltagare").expect("a dose").one_of.push(extra);
    let stale = cell(&curriculum, "deltagare", "coacha", Cell::one_of(&curriculum.doses["deltagare"], "coacha", 0));
    curriculum.doses.get_mut("deltagare").expect("a dose").one_of.remove(0);
    assert_eq!(found(&mut curriculum, &stale), Found::Cell(Cell::default()));
}

#[test]
fn two_people_in_different_fields_of_one_entry_do_not_meet() {
    let mut curriculum = start();
    let longer = hours(&curriculum, "leda", 10.5);
    let (_, module) = curriculum.modules.iter().find(|(id, _)| id == "leda").expect("a module");
    let after = Module { valid_months: Some(12), ..module.clone() };
    let renewed = Edit::Module {
        change: Change { id: "leda".into(), before: Some(module.clone()), after: Some(after) },
        follows: None,
    };
    apply(&mut curriculum, &longer).expect("no conflict");
    apply(&mut curriculum, &renewed).expect("no conflict");
    let (_, module) = curriculum.modules.iter().find(|(id, _)| id == "leda").expect("a module");
    assert_eq!((module.hours, module.valid_months), (10.5, Some(12)));
    assert_eq!(found(&mut curriculum, &longer), Found::Field("10.5".into()));
}

#[test]
fn what_is_gone_or_taken_is_a_conflict() {
    let mut curriculum = start();
    let removal = Edit::remove_module(&curriculum, "leda").expect("a module");
    let longer = hours(&curriculum, "leda", 10.5);
    apply(&mut curriculum, &removal).expect("no conflict");
    assert_eq!(found(&mut curriculum, &removal), Found::Nothing);
    assert_eq!(found(&mut curriculum, &longer), Found::Nothing);
    apply(&mut curriculum, &removal.clone().inverse()).expect("no conflict");
    assert_eq!(found(&mut curriculum, &removal.inverse()), Found::Something);
    assert_eq!(curriculum, start());
    let dose = cell(&curriculum, "ledare", "mata", Cell::default());
    curriculum.doses.remove("ledare");
    assert_eq!(found(&mut curriculum, &dose), Found::Nothing);
}

#[test]
fn a_removal_of_something_changed_meanwhile_is_a_conflict() {
    let mut curriculum = start();
    let removal = Edit::remove_module(&curriculum, "leda").expect("a module");
    let longer = hours(&curriculum, "leda", 10.5);
    apply(&mut curriculum, &longer).expect("no conflict");
    assert_eq!(found(&mut curriculum, &removal), Found::Field("10.5".into()));
}

#[test]
fn a_new_module_is_last_in_its_area() {
    let mut curriculum = start();
    let module = curriculum.modules[0].1.clone();
    let edit = Edit::new_module(&curriculum, "ny", module);
    apply(&mut curriculum, &edit).expect("no conflict");
    assert_eq!(curriculum.codes()["ny"], "M7");
    assert_eq!(follows(&curriculum, "ny").as_deref(), Some("leda"));
}

#[test]
fn a_module_moves_and_a_stale_move_is_a_conflict() {
    let mut curriculum = start();
    let there = Edit::Move { module: "leda".into(), before: Some("mata-webb".into()), after: None };
    apply(&mut curriculum, &there).expect("no conflict");
    assert_eq!(curriculum.modules[0].0, "leda");
    assert_eq!(found(&mut curriculum, &there), Found::Follows(None));
    apply(&mut curriculum, &there.inverse()).expect("no conflict");
    assert_eq!(curriculum, start());
}

#[test]
fn an_edit_is_kept_as_people_write_it() {
    let curriculum = start();
    let title = &curriculum.titles["controller"];
    let after = Title { dose: None, codes: Vec::new(), ..title.clone() };
    let edits = [
        cell(&curriculum, "deltagare", "samtal", Cell { required: vec![1], ..Cell::required(Some(60)) }),
        Edit::Title(Change { id: "controller".into(), before: Some(title.clone()), after: Some(after) }),
    ];
    assert_snapshot!(serde_json::to_string_pretty(&edits).expect("JSON"), @r#"
    [
      {
        "cell": {
          "dose": "deltagare",
          "module": "samtal",
          "before": {
            "seats": [
              {
                "set": 0,
                "at": [
                  1
                ],
                "with": [
                  "kartlagga"
                ],
                "choose": 1,
                "within_days": 240
              }
            ]
          },
          "after": {
            "required": [
              1
            ],
            "days": 60
          }
        }
      },
      {
        "title": {
          "id": "controller",
          "before": "(\n    title: (sv: \"Controller\", en: \"Controller\"),\n    group: \"stod\",\n    dose: \"analys\",\n    names: [\"Verksamhetscontroller\"],\n    codes: [\"151012\"],\n)",
          "after": "(\n    title: (sv: \"Controller\", en: \"Controller\"),\n    group: \"stod\",\n    names: [\"Verksamhetscontroller\"],\n)"
        }
      }
    ]
    "#);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn edits_and_their_inverses_leave_everything_as_it_was(seed in any::<u64>()) {
        let (mut curriculum, mut dice) = (start(), Dice(seed));
        let mut done = Vec::new();
        for _ in 0..25 {
            let was = curriculum.clone();
            let edit = random_edit(&curriculum, &mut dice);
            let edit = perform(&mut curriculum, edit).expect("no conflict");
            done.push((edit, was));
        }
        for (edit, was) in done.into_iter().rev() {
            let json = serde_json::to_string(&edit).expect("JSON");
            let edit: Edit = serde_json::from_str(&json).expect("an edit");
            let after = curriculum.clone();
            apply(&mut curriculum, &edit.clone().inverse()).expect("no conflict");
            prop_assert_eq!(&curriculum, &was);
            let mut again = curriculum.clone();
            apply(&mut again, &edit).expect("no conflict");
            prop_assert_eq!(again, after);
        }
    }

    #[test]
    fn an_edit_that_changed_something_is_a_conflict_when_it_is_repeated(seed in any::<u64>()) {
        let (start, mut dice) = (start(), Dice(seed));
        for _ in 0..25 {
            let mut curriculum = start.clone();
            let edit = perform(&mut curriculum, random_edit(&start, &mut dice)).expect("no conflict");
            if curriculum != start {
                found(&mut curriculum, &edit);
            }
        }
    }
}
