//! Random curricula and people for tests and benches: the same seed always gives the same. Nothing else uses it.

use chrono::{Days, NaiveDate};

use crate::curriculum::model::{
    About, Assessment, Counts, Curriculum, Dose, Format, Level, Module, Needs, OneOf, Role, Text, Title, TitleGroup,
};

use super::model::{Achievement, Assignment, Booking, Facts, Holding, Source};

/// What a random curriculum is like.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub modules: usize,
    /// Prerequisites lie at most so many modules back in the written order.
    pub reach: usize,
    /// Of 100 modules, how many have a choice among their prerequisites.
    pub alternatives: u64,
    /// Of 100 modules, how many have an equivalent.
    pub equivalents: u64,
    /// How many modules a dose requires.
    pub dose: usize,
}

/// A sound curriculum of this shape with three roles, of which the first includes the second, and two titles.
pub fn curriculum(shape: &Shape, seed: u64) -> Curriculum {
    let mut dice = Dice(seed);
    let ids = ids(shape.modules, &mut dice);
    let modules = (0..shape.modules).map(|at| (ids[at].clone(), module(shape, &ids, at, &mut dice))).collect();
    let doses = ["role-a", "role-b", "role-c", "title-a", "title-b", "group", "everyone"];
    let doses = doses.iter().map(|id| ((*id).to_owned(), dose(shape, &ids, &mut dice))).collect();
    let role = |dose: &str, includes: &[&str]| Role {
        title: Text::default(),
        competence: Text::default(),
        includes: includes.iter().map(|id| (*id).to_owned()).collect(),
        dose: dose.to_owned(),
        order: 1,
    };
    let title = |dose: &str| Title {
        title: Text::default(),
        group: "group".to_owned(),
        dose: Some(dose.to_owned()),
        names: Vec::new(),
        codes: Vec::new(),
    };
    let group =
        TitleGroup { title: Text::default(), competence: Text::default(), dose: Some("group".to_owned()), order: 1 };
    Curriculum {
        about: About { everyone: Some("everyone".to_owned()), day_hours: 7.0, ..About::default() },
        modules,
        doses,
        roles: [("a", role("role-a", &["b"])), ("b", role("role-b", &[])), ("c", role("role-c", &[]))]
            .map(|(id, role)| (id.to_owned(), role))
            .into(),
        groups: [("group".to_owned(), group)].into(),
        titles: [("a".to_owned(), title("title-a")), ("b".to_owned(), title("title-b"))].into(),
        ..Curriculum::default()
    }
}

/// The same modules, roles and titles with some doses, inclusions and equivalents changed: a version to publish next.
pub fn revised(curriculum: &Curriculum, seed: u64) -> Curriculum {
    let mut dice = Dice(seed ^ 0x0ddd);
    let mut revised = curriculum.clone();
    let ids: Vec<String> = curriculum.modules.iter().map(|(id, _)| id.clone()).collect();
    for dose in revised.doses.values_mut() {
        if dice.percent(60) {
            revise_dose(dose, &ids, &mut dice);
        }
    }
    if dice.percent(20) {
        revised.about.everyone = dice.percent(50).then(|| "group".to_owned());
    }
    if let (true, Some(role)) = (dice.percent(40), revised.roles.get_mut("a")) {
        role.includes = if dice.percent(50) { vec!["c".to_owned()] } else { Vec::new() };
    }
    if let (true, Some(title)) = (dice.percent(20), revised.titles.get_mut("b")) {
        title.dose = dice.percent(50).then(|| "role-c".to_owned());
    }
    let any = dice.below(ids.len() as u64) as usize;
    if dice.percent(30) {
        revised.modules[any].1.equivalent.clear();
    }
    revised
}

fn revise_dose(dose: &mut Dose, ids: &[String], dice: &mut Dice) {
    match dice.below(4) {
        0 => dose.required.extend(dice.some(ids, 1)),
        1 => dose.required.truncate(1),
        2 => dose.within_days = dice.below(700) as u32,
        _ => dose.deadlines.extend(dose.required.first().map(|module| (module.clone(), dice.below(600) as u32))),
    }
    for one_of in &mut dose.one_of {
        match dice.below(4) {
            0 => one_of.from.extend(dice.some(ids, 1)),
            1 if one_of.choose < 2 => one_of.from.truncate(1),
            2 => one_of.choose = dice.below(2) as u32,
            _ => {}
        }
        one_of.from.sort();
        one_of.from.dedup();
    }
    dose.required.sort();
    dose.required.dedup();
}

/// Somebody who works with this curriculum: some holdings, some of its modules achieved, some of those lapsed.
pub fn facts(curriculum: &Curriculum, today: NaiveDate, seed: u64) -> Facts {
    let mut dice = Dice(seed ^ 0x5eed);
    let mut facts = Facts::default();
    let holdings = [
        Holding::Everyone,
        Holding::Title("a".to_owned()),
        Holding::Title("b".to_owned()),
        Holding::Role("a".to_owned()),
        Holding::Role("c".to_owned()),
    ];
    for holding in holdings {
        if dice.percent(45) {
            let from = today - Days::new(dice.below(500));
            let to = dice.percent(20).then(|| today + Days::new(300) - Days::new(dice.below(400)));
            facts.assignments.push(Assignment { holding, from, to, source: Source::Hr });
        }
    }
    let share = dice.below(70);
    for (module, _) in &curriculum.modules {
        if dice.percent(share) {
            let day = today - Days::new(dice.below(900));
            let valid_until = dice.percent(60).then(|| today + Days::new(400) - Days::new(dice.below(800)));
            facts.achievements.push(Achievement { module: module.clone(), day, valid_until });
        }
        if dice.percent(10) {
            let day = today + Days::new(dice.below(60));
            facts.bookings.push(Booking { module: module.clone(), day, occasion: dice.below(100) as i64 });
        }
    }
    facts
}

/// Ids whose sorted order is not the written one.
fn ids(modules: usize, dice: &mut Dice) -> Vec<String> {
    let mut ids: Vec<String> = (0..modules).map(|number| format!("m{number:04}")).collect();
    dice.shuffle(&mut ids);
    ids
}

fn module(shape: &Shape, ids: &[String], at: usize, dice: &mut Dice) -> Module {
    let earlier = &ids[at.saturating_sub(shape.reach)..at];
    let others: Vec<String> = ids.iter().filter(|id| **id != ids[at]).cloned().collect();
    Module {
        area: "area".to_owned(),
        level: Level::Apply,
        hours: [1.0, 1.0, 1.75, 2.0, 3.5, 7.0][dice.below(6) as usize],
        format: Format::Workshop,
        title: Text::default(),
        short: Text::default(),
        purpose: Text::default(),
        outcomes: Vec::new(),
        participant: Text::default(),
        trainer: Text::default(),
        builds_on: needs(shape, earlier, dice),
        assessment: Assessment::Attendance,
        pass_percent: None,
        attendance_percent: None,
        valid_months: None,
        counts: Counts::default(),
        equivalent: if dice.percent(shape.equivalents) { dice.some(&others, 1) } else { Vec::new() },
        elective: false,
        adapted_from: None,
    }
}

fn needs(shape: &Shape, earlier: &[String], dice: &mut Dice) -> Needs {
    if earlier.is_empty() || dice.percent(15) {
        return Needs::default();
    }
    if !dice.percent(shape.alternatives) {
        let plain = 1 + dice.below(2) as usize;
        return Needs::All(dice.some(earlier, plain).into_iter().map(Needs::Module).collect());
    }
    let width = 2 + dice.below(3) as usize;
    let mut parts: Vec<Needs> = dice.some(earlier, width).into_iter().map(Needs::Module).collect();
    if dice.percent(30) {
        parts.push(Needs::All(dice.some(earlier, 2).into_iter().map(Needs::Module).collect()));
    }
    let choice = match dice.percent(25) {
        true => Needs::AtLeast(dice.below(parts.len() as u64 + 1) as u32, parts),
        false => Needs::Any(parts),
    };
    match dice.percent(40) {
        true => Needs::All([dice.some(earlier, 1).into_iter().map(Needs::Module).collect(), vec![choice]].concat()),
        false => choice,
    }
}

fn dose(shape: &Shape, ids: &[String], dice: &mut Dice) -> Dose {
    let mut dose = Dose {
        within_days: 30 + dice.below(700) as u32,
        required: dice.some(ids, shape.dose),
        recommended: dice.some(ids, 1),
        ..Dose::default()
    };
    for module in &dose.required {
        if dice.percent(30) {
            dose.deadlines.insert(module.clone(), dice.below(900) as u32);
        }
    }
    if dice.percent(60) {
        let width = 2 + dice.below(3) as usize;
        let from = dice.some(ids, width);
        dose.one_of.push(OneOf { choose: dice.below(from.len() as u64 + 1) as u32, from, within_days: None });
    }
    dose
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, and good enough to be unlike a pattern.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `limit`, which is above zero.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end as u64 + 1) as usize);
        }
    }

    /// So many different ones, or all when there are fewer.
    pub fn some(&mut self, from: &[String], wanted: usize) -> Vec<String> {
        let mut from = from.to_vec();
        self.shuffle(&mut from);
        from.truncate(wanted);
        from
    }
}
