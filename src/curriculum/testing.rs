//! The small curriculum of `tests/data/small`, whole or with something changed, and random edits of it, for the tests
//! of this crate.

use std::collections::BTreeMap;
use std::path::Path;

use super::edit::{Cell, Change, Edit, follows};
use super::judge;
use super::load::{Sources, read_dir};
use super::model::{Counts, Curriculum, Dose, Level, Module, Needs, OneOf, Programme, Text, Title};
use super::written::Entry;

const FILES: [(&str, &str); 4] = [
    ("curriculum.ron", include_str!("../../tests/data/small/curriculum.ron")),
    ("modules.ron", include_str!("../../tests/data/small/modules.ron")),
    ("programme.ron", include_str!("../../tests/data/small/programme.ron")),
    ("roles.ron", include_str!("../../tests/data/small/roles.ron")),
];

/// The small curriculum, which has no problems.
pub fn small() -> Sources {
    Sources::of(FILES)
}

/// The real curriculum.
pub fn varjedag() -> Sources {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("curricula/varjedag");
    read_dir(&directory).expect("the real curriculum")
}

/// The small curriculum with the first of each pair replaced by the second, once, in the file that has it.
pub fn small_with(changes: &[(&str, &str)]) -> Sources {
    let mut sources = small();
    for (from, to) in changes {
        let file = sources.files.iter_mut().find(|file| file.text.contains(from));
        let file = file.unwrap_or_else(|| panic!("no file of the small curriculum holds {from:?}"));
        file.text = file.text.replacen(from, to, 1);
    }
    sources
}

/// A curriculum that must have no errors.
pub fn sound(sources: &Sources) -> Curriculum {
    judge(sources).curriculum.expect("a sound curriculum")
}

/// Random numbers: the same seed always gives the same.
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: usize) -> usize {
        // Splitmix64 (Steele, Lea and Flood, 2014).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }

    fn one<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    fn key<T>(&mut self, map: &BTreeMap<String, T>) -> Option<String> {
        map.keys().nth(self.below(map.len())).cloned()
    }
}

/// Texts that are hard to write.
const TEXTS: [&str; 4] =
    ["Kort", "\"Citat\" och \\ snedstreck", "två\nstycken\tmed tabb", "Styr\u{AD}diagram // ingen kommentar"];

/// Some edit that fits the curriculum; it may leave it unsound.
pub fn random_edit(curriculum: &Curriculum, dice: &mut Dice) -> Edit {
    loop {
        let edit = match dice.below(14) {
            0..=4 => random_cell(curriculum, dice),
            5 | 6 => random_module(curriculum, dice),
            7 => random_place(curriculum, dice),
            8 => random_entry(&curriculum.doses, dice, dose).map(Edit::Dose),
            9 => random_entry(&curriculum.titles, dice, title).map(Edit::Title),
            10 => random_entry(&curriculum.programmes, dice, programme).map(Edit::Programme),
            11 => random_entry(&curriculum.roles, dice, |role, dice| {
                role.competence.sv = text(dice);
                role.includes.clear();
            })
            .map(Edit::Role),
            12 => random_entry(&curriculum.areas, dice, |area, dice| area.order = dice.below(9) as u32).map(Edit::Area),
            _ => Some(random_about(curriculum, dice)),
        };
        if let Some(edit) = edit {
            return edit;
        }
    }
}

fn text(dice: &mut Dice) -> String {
    TEXTS[dice.below(TEXTS.len())].to_owned()
}

fn random_cell(curriculum: &Curriculum, dice: &mut Dice) -> Option<Edit> {
    let dose = dice.key(&curriculum.doses)?;
    let module = dice.one(&curriculum.modules)?.0.clone();
    let within = &curriculum.doses[&dose];
    let after = match dice.below(5) {
        0 => Cell::default(),
        1 => Cell::required(None),
        2 => Cell::required(Some(dice.below(500) as u32)),
        3 => Cell::recommended(),
        _ => Cell::one_of(within, &module, dice.below(within.one_of.len() + 2)),
    };
    let before = Cell::of(within, &module);
    Some(Edit::Cell { dose, module, before, after })
}

fn random_module(curriculum: &Curriculum, dice: &mut Dice) -> Option<Edit> {
    let (id, module) = dice.one(&curriculum.modules)?.clone();
    let mut after = module.clone();
    match dice.below(13) {
        0 => after.hours = dice.below(40) as f64 / 4.0,
        1 => after.purpose.en = text(dice),
        2 => after.outcomes.insert(dice.below(after.outcomes.len() + 1), Text { sv: text(dice), en: text(dice) }),
        3 if !after.outcomes.is_empty() => drop(after.outcomes.remove(dice.below(after.outcomes.len()))),
        4 => after.builds_on = random_needs(curriculum, dice, 2),
        5 => after.valid_months = (dice.below(2) == 0).then_some(12),
        6 => after.elective = !after.elective,
        7 => after.adapted_from = Some(text(dice)),
        8 => after.counts = if dice.below(2) == 0 { Counts::Best } else { Counts::Latest },
        9 => after.equivalent = vec![dice.one(&curriculum.modules)?.0.clone()],
        10 => after.attendance_percent = (dice.below(2) == 0).then_some(1 + dice.below(100) as u32),
        11 => after.pass_percent = (dice.below(2) == 0).then_some(1 + dice.below(100) as u32),
        _ => {
            after.title.sv = text(dice);
            after.level = Level::Lead;
        }
    }
    Some(Edit::Module { change: Change { id, before: Some(module), after: Some(after) }, follows: None })
}

fn random_needs(curriculum: &Curriculum, dice: &mut Dice, deep: usize) -> Needs {
    let parts = |dice: &mut Dice| (0..dice.below(4)).map(|_| random_needs(curriculum, dice, deep - 1)).collect();
    match dice.below(if deep == 0 { 1 } else { 5 }) {
        2 => Needs::All(parts(dice)),
        3 => Needs::Any(parts(dice)),
        4 => Needs::AtLeast(dice.below(3) as u32, parts(dice)),
        _ => dice.one(&curriculum.modules).map(|(id, _)| Needs::Module(id.clone())).unwrap_or_default(),
    }
}

fn random_place(curriculum: &Curriculum, dice: &mut Dice) -> Option<Edit> {
    let (id, module) = dice.one(&curriculum.modules)?.clone();
    match dice.below(3) {
        0 => {
            let mut module = Module { adapted_from: Some(format!("{id} 2026.1")), ..module };
            module.area = dice.key(&curriculum.areas)?;
            let id = format!("ny-{}", dice.below(1_000_000));
            Some(Edit::new_module(curriculum, &id, module))
        }
        1 => Edit::remove_module(curriculum, &id),
        _ => {
            let after = dice.one(&curriculum.modules).map(|(id, _)| id.clone()).filter(|other| *other != id);
            Some(Edit::Move { before: follows(curriculum, &id), after, module: id })
        }
    }
}

fn random_entry<T: Entry>(
    entries: &BTreeMap<String, T>,
    dice: &mut Dice,
    change: impl Fn(&mut T, &mut Dice),
) -> Option<Change<T>> {
    let id = dice.key(entries)?;
    let mut after = entries[&id].clone();
    change(&mut after, dice);
    Some(match dice.below(6) {
        0 => Change { before: Some(entries[&id].clone()), id, after: None },
        1 => Change { id: format!("ny-{}", dice.below(1_000_000)), before: None, after: Some(after) },
        _ => Change { before: Some(entries[&id].clone()), id, after: Some(after) },
    })
}

fn dose(dose: &mut Dose, dice: &mut Dice) {
    match dice.below(5) {
        0 => dose.within_days = dice.below(900) as u32,
        1 => dose.title.en = text(dice),
        2 => {
            dose.one_of.push(OneOf { choose: dice.below(3) as u32, from: dose.required.clone(), within_days: Some(9) })
        }
        3 => dose.one_of.iter_mut().for_each(|of| of.within_days = None),
        _ => dose.required.reverse(),
    }
}

fn title(title: &mut Title, dice: &mut Dice) {
    match dice.below(4) {
        0 => title.names.insert(dice.below(title.names.len() + 1), text(dice)),
        1 if !title.names.is_empty() => drop(title.names.remove(dice.below(title.names.len()))),
        2 => title.codes.clear(),
        _ => title.dose = None,
    }
}

fn programme(programme: &mut Programme, dice: &mut Dice) {
    let meetings = &mut programme.meetings;
    match dice.below(5) {
        0 if !meetings.is_empty() => drop(meetings.remove(dice.below(meetings.len()))),
        1 if !meetings.is_empty() => {
            let mut copy = meetings[dice.below(meetings.len())].clone();
            copy.id = format!("ny-{}", dice.below(1_000_000));
            meetings.insert(dice.below(meetings.len() + 1), copy);
        }
        2 => meetings.iter_mut().for_each(|meeting| meeting.title.sv = text(dice)),
        3 => programme.milestones.reverse(),
        _ => programme.completion.presented = !programme.completion.presented,
    }
}

fn random_about(curriculum: &Curriculum, dice: &mut Dice) -> Edit {
    let mut after = curriculum.about.clone();
    match dice.below(3) {
        0 => after.holiday_months = (1..=dice.below(4) as u32).collect(),
        1 => after.everyone = dice.key(&curriculum.doses),
        _ => after.name.sv = text(dice),
    }
    Edit::About(Change { id: String::new(), before: Some(curriculum.about.clone()), after: Some(after) })
}
