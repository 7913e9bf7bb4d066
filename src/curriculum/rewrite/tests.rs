//! The laws of rewriting, and what single changes look like in a file.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::curriculum::edit::{Cell, Edit, apply};
use crate::curriculum::model::Needs;
use crate::curriculum::testing::{Dice, random_edit, small, small_with, sound, varjedag};

/// The lines that differ, `-` before and `+` after, with a little around them left out.
fn diff(before: &Sources, after: &Sources) -> String {
    let mut out = String::new();
    let text = |sources: &Sources, name: &str| {
        sources.files.iter().find(|file| file.name == name).map(|file| file.text.clone()).unwrap_or_default()
    };
    let names: std::collections::BTreeSet<&String> =
        before.files.iter().chain(&after.files).map(|file| &file.name).collect();
    for name in names {
        let (old, new) = (text(before, name), text(after, name));
        let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
        let (mut i, mut j) = (0, 0);
        for (a, b) in order::common(&old, &new).into_iter().chain([(old.len(), new.len())]) {
            old[i..a].iter().for_each(|line| out.push_str(&format!("{name} -{line}\n")));
            new[j..b].iter().for_each(|line| out.push_str(&format!("{name} +{line}\n")));
            (i, j) = (a + 1, b + 1);
        }
    }
    out
}

fn changed(sources: &Sources, change: impl FnOnce(&mut Curriculum)) -> String {
    let mut curriculum = sound(sources);
    change(&mut curriculum);
    let after = spliced(sources, &curriculum);
    assert!(parse(&after).0 == curriculum, "{}", diff(sources, &after));
    diff(sources, &after)
}

#[test]
fn what_did_not_change_is_not_written_anew() {
    for sources in [small(), varjedag()] {
        assert_eq!(rewrite(&sources, &sound(&sources)), sources);
    }
}

#[test]
fn a_cell_is_one_line() {
    let dose = |c: &mut Curriculum, id: &str, module: &str, after: Cell| {
        let before = Cell::of(&c.doses[id], module);
        apply(c, &Edit::Cell { dose: id.into(), module: module.into(), before, after }).expect("no conflict");
    };
    let sources = varjedag();
    assert_snapshot!(changed(&sources, |c| dose(c, "chef", "styrdiagram", Cell::required(Some(300)))), @r#"
    doses.ron +                "styrdiagram",
    doses.ron +                "styrdiagram": 300,
    "#);
    assert_snapshot!(changed(&sources, |c| dose(c, "chef", "leda-med-data", Cell::recommended())), @r#"
    doses.ron -                "leda-med-data",
    doses.ron -            recommended: ["teamets-samspel", "coachande-forhallningssatt"],
    doses.ron +            recommended: ["teamets-samspel", "coachande-forhallningssatt", "leda-med-data"],
    "#);
    assert_snapshot!(changed(&sources, |c| dose(c, "verksamhetsutvecklare", "mikrosystem-5p", Cell::default())), @r#"
    doses.ron -                (choose: 1, from: ["styrdiagram-fordjupning", "mikrosystem-5p", "floden-och-kapacitet"]),
    doses.ron +                (choose: 1, from: ["styrdiagram-fordjupning", "floden-och-kapacitet"]),
    "#);
    assert_snapshot!(changed(&sources, |c| dose(c, "forbattringscoach", "coachande-forhallningssatt", Cell::default())), @r#"
    doses.ron -                "coachande-forhallningssatt",
    doses.ron -            // Needed before the first coaching agreement.
    doses.ron -            deadlines: { "coachande-forhallningssatt": 240 },
    "#);
}

#[test]
fn modules_come_go_and_move_with_their_comments() {
    let sources = small_with(&[("        \"mata\": (", "        // About measuring.\n        \"mata\": (")]);
    assert_snapshot!(changed(&sources, |c| {
        c.modules.remove(3);
    }).lines().take(4).collect::<Vec<_>>().join("\n"), @r#"
    modules.ron -        // About measuring.
    modules.ron -        "mata": (
    modules.ron -            area: "metoder",
    modules.ron -            level: Apply,
    "#);
    assert_snapshot!(changed(&sources, |c| {
        let module = c.modules.remove(3);
        c.modules.insert(1, module);
    }).lines().filter(|line| line.contains("//") || line.contains("\": (")).collect::<Vec<_>>().join("\n"), @r#"
    modules.ron +        // About measuring.
    modules.ron +        "mata": (
    modules.ron -        // About measuring.
    modules.ron -        "mata": (
    "#);
    let sources = varjedag();
    assert_snapshot!(changed(&sources, |c| {
        let (id, mut module) = c.modules.iter().find(|(id, _)| id == "styrdiagram").cloned().expect("a module");
        module.adapted_from = Some("matning/styrdiagram 2026.1".into());
        let edit = Edit::new_module(c, &format!("{id}-kort"), module);
        apply(c, &edit).expect("no conflict");
    }).lines().filter(|line| !line.contains("sv:") && !line.contains("en:")).collect::<Vec<_>>().join("\n"), @r#"
    matning.ron +
    matning.ron +        "styrdiagram-kort": (
    matning.ron +            area: "matning",
    matning.ron +            level: Lead,
    matning.ron +            hours: 7,
    matning.ron +            format: Workshop,
    matning.ron +            title: (
    matning.ron +            ),
    matning.ron +            purpose: (
    matning.ron +            ),
    matning.ron +            outcomes: [
    matning.ron +                (
    matning.ron +                ),
    matning.ron +                (
    matning.ron +                ),
    matning.ron +                (
    matning.ron +                ),
    matning.ron +            ],
    matning.ron +            participant: (
    matning.ron +            ),
    matning.ron +            trainer: (
    matning.ron +            ),
    matning.ron +            builds_on: All(["tidsdiagram", "matplan-och-data"]),
    matning.ron +            assessment: Test,
    matning.ron +            pass_percent: 80,
    matning.ron +            adapted_from: "matning/styrdiagram 2026.1",
    matning.ron +        ),
    "#);
}

#[test]
fn fields_and_texts_change_in_their_place() {
    let sources = varjedag();
    assert_snapshot!(changed(&sources, |c| {
        for (id, module) in &mut c.modules {
            if id == "styrdiagram" {
                module.valid_months = Some(36);
                module.outcomes.remove(1);
                module.hours = 10.5;
                module.builds_on = Needs::Any(vec![Needs::Module("tidsdiagram".into())]);
            }
        }
        let title = c.titles.get_mut("chef").expect("a title");
        title.names.insert(1, "ledare".into());
        title.codes.clear();
        c.about.holiday_months.push(8);
    }), @r#"
    curriculum.ron -        holiday_months: [7],
    curriculum.ron +        holiday_months: [7, 8],
    matning.ron -            hours: 7,
    matning.ron +            hours: 10.5,
    matning.ron -                    sv: "Kan räkna ut gränserna för hand och förklara vad de betyder.",
    matning.ron -                    en: "Can work out the limits by hand and explain what they mean.",
    matning.ron -                ),
    matning.ron -                (
    matning.ron -            builds_on: All(["tidsdiagram", "matplan-och-data"]),
    matning.ron +            builds_on: Any(["tidsdiagram"]),
    matning.ron +            valid_months: 36,
    titles.ron +                "ledare",
    titles.ron -            codes: ["CH"],
    "#);
}

#[test]
fn a_section_that_was_nowhere_is_begun_in_its_file() {
    let mut sources = small();
    sources.files.retain(|file| file.name != "programme.ron");
    let programmes = sound(&small()).programmes;
    let text = changed(&sources, |c| c.programmes = programmes);
    assert!(text.starts_with("programme.ron +(\nprogramme.ron +    programmes: {\n"), "{text}");
}

#[test]
fn files_that_are_not_well_formed_are_mended_or_written_anew() {
    let curriculum = sound(&small());
    let mended = rewrite(&small_with(&[("within_days: 90,", "within_days: 90")]), &curriculum);
    assert_eq!(sound(&mended), curriculum);
    assert!(mended.files[0].text.starts_with("// A small curriculum"));
    assert_eq!(rewrite(&small_with(&[("    doses: {", "    doses: ")]), &curriculum), write(&curriculum));
}

/// Comments wherever they may stand, to see which survive.
fn commented(sources: &Sources) -> Sources {
    let mut sources = sources.clone();
    let mut number = 0;
    for file in &mut sources.files {
        let lines = file.text.lines().map(|line| {
            number += 1;
            let indent: String = line.chars().take_while(|c| *c == ' ').collect();
            match number % 5 {
                0 => format!("{line} // {number} behind"),
                1 if !line.is_empty() => format!("{indent}// {number} above\n{line}"),
                2 if !line.is_empty() => format!("{indent}/* {number} above\n // of two lines */\n{line}"),
                3 => format!("\n{indent}// {number} alone\n\n{line}"),
                _ => line.to_owned(),
            }
        });
        file.text = lines.collect::<Vec<_>>().join("\n");
    }
    sources
}

/// Random changes, one after the other; the files follow.
fn follows(sources: Sources, seed: u64, edits: usize) -> Result<(), TestCaseError> {
    let (mut sources, mut dice) = (sources, Dice(seed));
    let mut curriculum = sound(&sources);
    for _ in 0..edits {
        let edit = random_edit(&curriculum, &mut dice);
        apply(&mut curriculum, &edit).expect("no conflict");
        let after = spliced(&sources, &curriculum);
        prop_assert!(parse(&after).0 == curriculum, "{edit:?}\n{}", diff(&sources, &after));
        sources = after;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn rewritten_files_say_the_new_curriculum(seed in any::<u64>()) {
        follows(small(), seed, 20)?;
        follows(commented(&small()), seed, 20)?;
        follows(varjedag(), seed, 3)?;
    }

    #[test]
    fn lines_go_only_from_the_entry_that_is_touched(seed in any::<u64>()) {
        let (sources, mut dice) = (varjedag(), Dice(seed));
        let mut curriculum = sound(&sources);
        let edit = random_edit(&curriculum, &mut dice);
        apply(&mut curriculum, &edit).expect("no conflict");
        let after = rewrite(&sources, &curriculum);
        // Every line that is gone stood in the one entry that was touched.
        let touched = touched(&edit);
        for line in diff(&sources, &after).lines().filter(|line| line.contains(" -")) {
            prop_assert!(within(&sources, line, &touched), "{line} is not in {touched:?}");
        }
    }
}

/// The ids in whose entries, or lists of entries, lines may change.
fn touched(edit: &Edit) -> Vec<String> {
    match edit {
        Edit::Cell { dose, .. } => vec![dose.clone()],
        Edit::Module { change, .. } => vec![change.id.clone()],
        Edit::Move { module, .. } => vec![module.clone()],
        Edit::Dose(change) => vec![change.id.clone()],
        Edit::Role(change) => vec![change.id.clone()],
        Edit::Title(change) => vec![change.id.clone()],
        Edit::Area(change) => vec![change.id.clone()],
        Edit::Programme(change) => vec![change.id.clone()],
        _ => vec![String::new()],
    }
}

/// Whether the file's line lies in an entry with one of these ids, or in the comments above it.
fn within(sources: &Sources, line: &str, ids: &[String]) -> bool {
    let Some((file, line)) = line.split_once(" -") else { return false };
    let text = sources.files.iter().find(|other| other.name == file).map_or("", |file| &file.text);
    ids.iter().any(|id| {
        id.is_empty()
            || text.match_indices(&format!("\n        \"{id}\": (")).any(|(at, _)| {
                let end = text[at..].find("\n        ),").map_or(text.len(), |end| at + end + 11);
                let above = text[..at].rfind("\n        ),").or_else(|| text[..at].rfind('{')).unwrap_or(0);
                text[above..end].contains(line)
            })
    })
}
