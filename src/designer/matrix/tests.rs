//! What cells say, held against small written curricula and against the engine.

use proptest::prelude::*;

use super::*;
use crate::curriculum::load::Sources;
use crate::curriculum::parse::parse;
use crate::curriculum::testing::{small, small_with};
use crate::engine::Compiled;
use crate::engine::sample::{self, Shape};

fn matrix(sources: &Sources) -> Matrix {
    let (curriculum, ..) = parse(sources);
    Matrix::of(&curriculum, &Holders::default())
}

/// A cell in a few words.
fn said(matrix: &Matrix, column: &str, module: &str) -> String {
    let column = matrix.column_of(&column.parse().unwrap()).expect("a column");
    let cell = matrix.cell(matrix.row_of(module).expect("a row"), column);
    let names = |rows: &[usize]| rows.iter().map(|&row| matrix.rows[row].module.as_str()).collect::<Vec<_>>().join(" ");
    let own = format!("{:?}", cell.own).to_lowercase();
    let inherited = cell.inherited.iter().map(|from| format!(" {:?} from {}", from.asked, from.from).to_lowercase());
    let follows = (!cell.follows.is_empty()).then(|| format!(" follows {}", names(&cell.follows)));
    let way = cell.way.as_ref().map(|way| format!(" one of {} to {}", names(&way.of), names(&[way.to])));
    let due = cell.due.map(|days| format!(" in {days}"));
    [own].into_iter().chain(inherited).chain(follows).chain(way).chain(due).collect()
}

#[test]
fn a_cell_says_what_is_asked_and_from_where() {
    let matrix = matrix(&small());
    let check = |column, module, expected| assert_eq!(said(&matrix, column, module), expected, "{column} {module}");
    check("everyone", "intro", "required in 90");
    check("everyone", "modellen", "off");
    check("role.deltagare", "intro", "off required from everyone in 90");
    check("role.deltagare", "kartlagga", "oneof { set: 0, choose: 1 } in 240");
    check("role.ledare", "kartlagga", "off oneof { set: 0, choose: 1 } from role.deltagare in 240");
    check("role.ledare", "mata", "required in 200");
    check("role.ledare", "coacha", "recommended");
    check("title.utvecklare", "modellen", "off required from group.stod in 180");
    check("title.controller", "mata", "required in 365");
}

#[test]
fn what_is_built_on_follows_along_and_ways_to_choose_between_are_named() {
    let matrix = matrix(&small_with(&[
        ("required: [\"modellen\"],", "required: [],"),
        ("one_of: [(choose: 1, from: [\"kartlagga\", \"samtal\"], within_days: 240)],", ""),
    ]));
    let check = |column, module, expected| assert_eq!(said(&matrix, column, module), expected, "{column} {module}");
    check("title.controller", "modellen", "off follows mata");
    check("title.controller", "samtal", "off");
    check("role.ledare", "samtal", "off one of kartlagga samtal to leda");
}

#[test]
fn columns_are_in_order_and_know_who_shares_their_dose() {
    let matrix = matrix(&small());
    let keys: Vec<String> = matrix.columns.iter().map(|column| column.key.to_string()).collect();
    assert_eq!(
        keys,
        ["everyone", "role.deltagare", "role.ledare", "group.stod", "title.controller", "title.utvecklare"]
    );
    assert_eq!(matrix.columns[1].shared, [Key::Group("stod".into())]);
    assert_eq!(matrix.columns[5].dose, None);
    assert!(keys.iter().all(|key| key.parse::<Key>().unwrap().to_string() == *key));
    assert!("role".parse::<Key>().is_err());
}

#[test]
fn a_column_sums_the_cheapest_way_to_all_that_it_asks() {
    let check = |column: &str, hours, pieces| {
        let matrix = matrix(&small());
        let totals = matrix.columns[matrix.column_of(&column.parse().unwrap()).unwrap()].totals;
        assert_eq!((totals.hours, totals.pieces, totals.exact), (hours, pieces, true), "{column}");
        assert_eq!(totals.days, hours / 7.0);
    };
    check("everyone", 1.5, 1);
    check("role.deltagare", 8.5, 3);
    check("group.stod", 8.5, 3);
    // The equivalent on the web is shorter.
    check("title.controller", 10.5, 4);
}

#[test]
fn a_row_counts_doses_and_each_person_once() {
    let holders = Holders(vec![
        (vec![Key::Title("controller".into()), Key::Role("deltagare".into())], 3),
        (vec![Key::Role("deltagare".into())], 2),
        (vec![], 5),
    ]);
    let matrix = Matrix::of(&parse(&small()).0, &holders);
    let check = |module, doses, people| {
        let row = &matrix.rows[matrix.row_of(module).unwrap()];
        assert_eq!((row.doses, row.people), (doses, people), "{module}");
    };
    check("intro", 1, 10);
    check("modellen", 1, 5);
    check("mata", 2, 3);
    check("coacha", 1, 0);
    assert_eq!(holders.of(&Key::Role("deltagare".into())), 5);
    assert_eq!(holders.of(&Key::Everyone), 10);
}

#[test]
fn errors_leave_a_matrix_whose_sums_are_the_least() {
    let check = |from: &str, to: &str| {
        let matrix = matrix(&small_with(&[(from, to)]));
        assert_eq!(matrix.cells.len(), matrix.rows.len() * matrix.columns.len());
        assert!(matrix.columns.iter().all(|column| !column.totals.exact), "{to}");
        assert!(matrix.columns[0].totals.hours >= 1.5, "{to}");
    };
    check("assessment: Test,", "builds_on: \"modellen\", assessment: Test,");
    check("required: [\"mata\", \"leda\"]", "required: [\"mata\", \"ledda\"]");
}

#[test]
fn within_an_area_what_is_built_on_stands_first() {
    let turned = [("assessment: Test,", "builds_on: \"modellen\", assessment: Test,"), ("builds_on: \"intro\",", "")];
    let matrix = matrix(&small_with(&turned));
    let rows: Vec<&str> = matrix.rows.iter().map(|row| row.module.as_str()).collect();
    assert_eq!(rows[..5], ["samtal", "coacha", "modellen", "intro", "kartlagga"]);
    let matrix = super::Matrix::of(&sample::curriculum(&SHAPE, 7), &Holders::default());
    assert_eq!(matrix.areas.len(), 1, "areas that do not exist share one head");
}

const SHAPE: Shape = Shape { modules: 30, reach: 8, alternatives: 30, equivalents: 20, dose: 3 };

proptest! {
    #[test]
    fn what_follows_is_what_the_engine_calls_certain(seed: u64, alternatives in 0..100_u64) {
        let shape = Shape { alternatives, ..SHAPE };
        let curriculum = sample::curriculum(&shape, seed);
        let compiled = Compiled::new(&curriculum).expect("samples are sound");
        let matrix = Matrix::of(&curriculum, &Holders::default());
        let everyone = compiled.dose("everyone").expect("a dose");
        let column = matrix.column_of(&Key::Everyone).expect("a column");
        for (at, row) in matrix.rows.iter().enumerate() {
            let index = usize::from(compiled.index(&row.module).expect("a module").0);
            let cell = matrix.cell(at, column);
            let certain = cell.asked() == Asked::Required || !cell.follows.is_empty();
            prop_assert_eq!(certain, everyone.closure.contains(index), "{}", row.module);
        }
    }
}
