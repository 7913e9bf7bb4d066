//! Catalogues as they come, and whatever else may stand in a table.

use proptest::prelude::*;

use super::*;
use crate::curriculum::model::Needs;
use crate::curriculum::{judge, write};

/// The example of the format's documentation (CurricularAnalytics.jl), shortened.
const BASKETS: &str = "Curriculum,Underwater Basket Weaving
Institution,ACME State University
Degree Type,AA
CIP,50.0712
Courses,
Course ID,Course Name,Prefix,Number,Prerequisites,Corequisites,Strict-Corequisites,Credit Hours,Institution,Canonical Name
1,Introduction to Baskets,BW,101,,,,3,,
2,Swimming,PE,115,,,,3,,
3,Introductory Calculus w/ Basketry Applications,MA,116,,,,4,,
4,Basic Basket Forms,BW,111,1,,5,3,,
5,Basic Basket Forms Lab,BW,111L,,,,1,,
6,Advanced Basketry,BW,201,4;5,3,,3,,
7,Basket Materials & Decoration,BW,214,1,,,3,,
8,Underwater Weaving,BW,301,2,7,,3,,";

fn rows(text: &str) -> Vec<Row> {
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().zip(1..).map(|(text, line)| Row { line, cells: cells(text) }).collect()
}

fn made(text: &str) -> Skeleton {
    let made = skeleton(&read(&rows(text)).expect("a catalogue"), "Utan namn");
    let judged = judge(&write::write(&made.curriculum));
    assert_eq!(judged.curriculum.as_ref(), Some(&made.curriculum), "{:?}", judged.problems);
    made
}

fn builds_on(made: &Skeleton, id: &str) -> String {
    let module = made.curriculum.modules.iter().find(|(other, _)| other == id).map(|(_, module)| &module.builds_on);
    match module {
        Some(Needs::Module(id)) => id.clone(),
        Some(Needs::All(parts)) => {
            let names = parts.iter().map(|part| if let Needs::Module(id) = part { id.as_str() } else { "?" });
            names.collect::<Vec<_>>().join(" ")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_catalogue_of_curricular_analytics_becomes_a_sound_curriculum() {
    let made = made(BASKETS);
    let ids: Vec<&str> = made.curriculum.modules.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["bw-101", "pe-115", "ma-116", "bw-111", "bw-111l", "bw-201", "bw-214", "bw-301"]);
    assert_eq!(builds_on(&made, "bw-111"), "bw-101 bw-111l");
    assert_eq!(builds_on(&made, "bw-201"), "bw-111 bw-111l ma-116");
    assert_eq!(made.curriculum.about.name.sv, "Underwater Basket Weaving");
    assert_eq!(made.curriculum.modules[0].1.adapted_from.as_deref(), Some("ACME State University BW 101"));
    // What other courses build on comes along.
    assert_eq!(made.curriculum.doses["allt"].required, ["bw-201", "bw-301"]);
    let told = made.notes.join("\n");
    for note in [
        "line 3: Degree Type (AA) has no place",
        "line 10: the strict corequisite 5 of BW 111 became something it builds on",
        "line 14: the corequisite 7 of BW 301 became",
    ] {
        assert!(told.contains(note), "{note} is not in\n{told}");
    }
}

#[test]
fn a_plain_table_with_swedish_names_becomes_one_too() {
    let made =
        made("Kod,Titel,Timmar,Förkunskaper,Lärare\nINTRO,Introduktion,1.5,,NN\nMÄT,Mäta,3.3,INTRO;FINNS-EJ,NN\n");
    assert_eq!(builds_on(&made, "mat"), "intro");
    assert_eq!(made.curriculum.modules[1].1.hours, 3.25);
    assert_eq!(made.curriculum.about.name.sv, "Utan namn");
    let told = made.notes.join("\n");
    for note in
        ["columns without a place in a curriculum: Lärare", "3.3 hours became 3.25", "FINNS-EJ of MÄT is no course"]
    {
        assert!(told.contains(note), "{note} is not in\n{told}");
    }
}

#[test]
fn circles_are_cut_corequisites_first() {
    let made = made("id,title,prerequisites,corequisites\na,A,b,\nb,B,,a\nc,C,c,\n");
    assert_eq!((builds_on(&made, "a").as_str(), builds_on(&made, "b").as_str()), ("b", ""));
    assert!(
        made.notes.iter().any(|note| note.contains("the corequisite a of b would make courses build on each other"))
    );
}

#[test]
fn what_is_no_catalogue_is_told() {
    let told = |text: &str| read(&rows(text)).expect_err("refused").to_string();
    assert_eq!(told(""), "there are no rows: give a table whose first row names the columns");
    assert_eq!(told("a,b\n1,2"), "the column id is missing: name one `id`; there is a, b");
    assert_eq!(told("id,title"), "there are no courses below the names of the columns");
    assert_eq!(told("id,title\na,A\na,B"), "line 3: the id a stands on line 2 too: each course needs its own");
    let many: String = (0..2001).map(|number| format!("k{number},K\n")).collect();
    assert_eq!(told(&format!("id,title\n{many}")), "there are more than 2000 courses: divide the catalogue");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whatever_the_cells_hold_the_curriculum_is_sound(
        cells in proptest::collection::vec(
            ("[a-e0-9åÅ\u{200b}\" -]{0,6}", "\\PC{0,60}|.{0,20}", "[0-9,.e-]{0,5}|1e9|NaN", "[a-e0-9;,]{0,6}", "[a-e;]{0,4}"), 1..15)
    ) {
        let head = ["id", "title", "hours", "prerequisites", "corequisites"].map(str::to_owned).to_vec();
        let mut rows = vec![Row { line: 1, cells: head }];
        rows.extend(cells.into_iter().zip(2..).map(|((id, title, hours, before, together), line)| {
            Row { line, cells: vec![id, title, hours, before, together] }
        }));
        if let Ok(catalogue) = read(&rows) {
            let made = skeleton(&catalogue, "Utan namn");
            let judged = judge(&write::write(&made.curriculum));
            prop_assert!(judged.curriculum == Some(made.curriculum), "{:?}", judged.problems);
        }
    }
}
