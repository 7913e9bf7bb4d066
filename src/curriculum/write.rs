//! A whole curriculum as files, always the same for the same curriculum, divided as `curricula/varjedag` is.
//!
//! [`super::rewrite`] is for files that people have written: it keeps their comments and order. Here there are none.

use std::collections::BTreeMap;

use super::load::{SourceFile, Sources};
use super::model::{Curriculum, Module};
use super::shape::Kind;
use super::written::{self, Entry, STEP};

/// Indent of the entries of a section.
pub(super) const ENTRY: usize = 2 * STEP;
/// Larger files of modules are divided: half of what may be read, because people add to them.
const LARGE: usize = 512 * 1024;
/// Files that hold something else than modules.
const OTHERS: [&str; 5] = ["curriculum.ron", "doses.ron", "programme.ron", "roles.ron", "titles.ron"];

/// The files of a curriculum: `judge` reads the same curriculum from them.
///
/// The modules of each area have a file of their own, called after it, when reading the files in the order of their
/// names gives the modules in their order; otherwise all modules are in `modules.ron`, or in several when there are many.
pub fn write(curriculum: &Curriculum) -> Sources {
    let about = format!("    about: {},\n", written::entry(&curriculum.about, STEP));
    let whole = [about, section(&curriculum.legs), section(&curriculum.areas)];
    let mut files = vec![
        file("curriculum.ron", &whole),
        file("doses.ron", &[section(&curriculum.doses)]),
        file("programme.ron", &[section(&curriculum.programmes)]),
        file("roles.ron", &[section(&curriculum.roles)]),
        file("titles.ron", &[section(&curriculum.groups), section(&curriculum.titles)]),
    ];
    files.retain(|file| file.text != "(\n)\n");
    files.extend(modules(curriculum));
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Sources { files, unread: Vec::new() }
}

/// The file in which a section's new entries are best begun; none for modules.
pub(super) fn home(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Leg | Kind::Area => Some("curriculum.ron"),
        Kind::Dose => Some("doses.ron"),
        Kind::Role => Some("roles.ron"),
        Kind::Group | Kind::Title => Some("titles.ron"),
        Kind::Programme => Some("programme.ron"),
        Kind::Module => None,
    }
}

/// An entry as it stands in a section, without the comma; `indent` is that of its line.
pub(super) fn item<T: Entry>(id: &str, entry: &T, indent: usize) -> String {
    format!("{}: {}", written::quoted(id), written::entry(entry, indent))
}

fn file(name: &str, sections: &[String]) -> SourceFile {
    let sections: Vec<&str> = sections.iter().map(String::as_str).filter(|section| !section.is_empty()).collect();
    SourceFile { name: name.to_owned(), text: format!("(\n{})\n", sections.join("\n")) }
}

/// Empty when it has no entries.
fn section<T: Entry>(entries: &BTreeMap<String, T>) -> String {
    let Some(kind) = T::KIND.filter(|_| !entries.is_empty()) else { return String::new() };
    let margin = " ".repeat(ENTRY);
    let items = entries.iter().map(|(id, entry)| format!("{margin}{},\n", item(id, entry, ENTRY)));
    format!("    {}: {{\n{}    }},\n", kind.section(), items.collect::<String>())
}

fn modules(curriculum: &Curriculum) -> Vec<SourceFile> {
    let margin = " ".repeat(ENTRY);
    let texts: Vec<String> =
        curriculum.modules.iter().map(|(id, module)| format!("{margin}{},\n", item(id, module, ENTRY))).collect();
    let divided = by_area(&curriculum.modules, &texts).unwrap_or_else(|| by_size(&texts));
    let divided = divided.into_iter().map(|(name, texts)| {
        let section = format!("    modules: {{\n{}    }},\n", texts.join("\n"));
        file(&name, &[section])
    });
    divided.collect()
}

/// The modules' texts by file; none when that would change their order, or a file would be large.
fn by_area<'a>(modules: &[(String, Module)], texts: &'a [String]) -> Option<Vec<(String, Vec<&'a str>)>> {
    let name = |module: &Module| format!("{}.ron", module.area);
    let plain = |area: &str| !area.is_empty() && area.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let rising = modules.windows(2).all(|pair| name(&pair[0].1) <= name(&pair[1].1));
    let free = modules.iter().all(|(_, module)| plain(&module.area) && !OTHERS.contains(&name(module).as_str()));
    if !rising || !free {
        return None;
    }
    let mut files: Vec<(String, Vec<&str>)> = Vec::new();
    for ((_, module), text) in modules.iter().zip(texts) {
        match files.last_mut().filter(|(last, _)| *last == name(module)) {
            Some((_, texts)) => texts.push(text),
            None => files.push((name(module), vec![text])),
        }
    }
    files.iter().all(|(_, texts)| texts.iter().map(|text| text.len()).sum::<usize>() <= LARGE).then_some(files)
}

fn by_size(texts: &[String]) -> Vec<(String, Vec<&str>)> {
    let mut files: Vec<Vec<&str>> = Vec::new();
    let mut size = 0;
    for text in texts {
        if files.is_empty() || size + text.len() > LARGE {
            files.push(Vec::new());
            size = 0;
        }
        size += text.len();
        files.iter_mut().last().into_iter().for_each(|file| file.push(text));
    }
    let many = files.len() > 1;
    let name = |number: usize| if many { format!("modules-{number:03}.ron") } else { "modules.ron".to_owned() };
    files.into_iter().zip(1..).map(|(texts, number)| (name(number), texts)).collect()
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;
    use crate::curriculum::edit::apply;
    use crate::curriculum::testing::{Dice, random_edit, small, sound, varjedag};
    use crate::curriculum::{Judged, judge, parse};

    fn files(sources: &Sources) -> Vec<&str> {
        sources.files.iter().map(|file| file.name.as_str()).collect()
    }

    fn text<'a>(sources: &'a Sources, name: &str) -> &'a str {
        sources.files.iter().find(|file| file.name == name).map_or("", |file| &file.text)
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        for sources in [small(), varjedag()] {
            let Judged { curriculum, problems } = judge(&sources);
            let again = judge(&write(curriculum.as_ref().expect("a sound curriculum")));
            assert_eq!(again.curriculum, curriculum);
            assert_eq!(again.problems.len(), problems.len(), "{:?}", again.problems);
        }
    }

    #[test]
    fn modules_are_divided_by_area_when_that_keeps_their_order() {
        let curriculum = sound(&varjedag());
        let areas = ["larande.ron", "matning.ron", "metoder.ron", "psykologi.ron", "system.ron"];
        let mut expected: Vec<&str> = areas.into_iter().chain(OTHERS).collect();
        expected.sort();
        assert_eq!(files(&write(&curriculum)), expected);
        let mut mixed = curriculum;
        mixed.modules.swap(0, 20);
        let mut expected: Vec<&str> = OTHERS.into_iter().chain(["modules.ron"]).collect();
        expected.sort();
        assert_eq!(files(&write(&mixed)), expected);
    }

    #[test]
    fn large_files_are_divided() {
        let mut curriculum = sound(&small());
        curriculum.modules.iter_mut().for_each(|(_, module)| module.trainer.sv = "Text. ".repeat(30_000));
        let sources = write(&curriculum);
        assert_eq!(files(&sources).iter().filter(|name| name.starts_with("modules-")).count(), 4);
        assert!(sources.files.iter().all(|file| file.text.len() < 600_000));
        assert_eq!(sound(&sources), curriculum);
    }

    #[test]
    fn what_may_be_left_out_is_left_out_and_short_values_stand_on_one_line() {
        let sources = write(&sound(&small()));
        assert_snapshot!(text(&sources, "roles.ron"), @r#"
        (
            roles: {
                "deltagare": (
                    title: (sv: "Teamdeltagare", en: "Team participant"),
                    competence: (
                        sv: "Deltar i ett förbättringsarbete.",
                        en: "Takes part in improvement work.",
                    ),
                    dose: "deltagare",
                    order: 1,
                ),
                "ledare": (
                    title: (sv: "Förbättringsledare", en: "Improvement leader"),
                    competence: (sv: "Leder ett förbättringsarbete.", en: "Leads improvement work."),
                    includes: ["deltagare"],
                    dose: "ledare",
                    order: 2,
                ),
            },
        )
        "#);
        assert_snapshot!(text(&sources, "doses.ron"), @r#"
        (
            doses: {
                "alla": (
                    title: (sv: "Alla", en: "Everyone"),
                    within_days: 90,
                    required: ["intro"],
                ),
                "analys": (
                    title: (sv: "Analys", en: "Analysis"),
                    within_days: 365,
                    required: ["mata"],
                ),
                "deltagare": (
                    title: (sv: "Teamdeltagare", en: "Team participant"),
                    within_days: 180,
                    required: ["modellen"],
                    one_of: [(from: ["kartlagga", "samtal"], within_days: 240)],
                ),
                "ledare": (
                    title: (sv: "Förbättringsledare", en: "Improvement leader"),
                    within_days: 365,
                    required: ["mata", "leda"],
                    recommended: ["coacha"],
                    deadlines: {"mata": 200},
                ),
            },
        )
        "#);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn whatever_was_edited_is_written_and_read_as_it_is(seed in any::<u64>()) {
            let (mut curriculum, mut dice) = (sound(&small()), Dice(seed));
            for _ in 0..30 {
                let edit = random_edit(&curriculum, &mut dice);
                apply(&mut curriculum, &edit).expect("no conflict");
                prop_assert!(parse::parse(&write(&curriculum)).0 == curriculum, "{edit:?}");
            }
        }
    }
}
