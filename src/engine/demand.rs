//! What a person's assignments ask for on a day: each module or choice, with its reason and its due day.
//!
//! Says nothing about prerequisites and nothing about what is left to do: that is `solve` and `explain`.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::compile::Compiled;
use super::lineage::Asked;
use super::model::{Assignment, Because, Facts, Holding, ModuleIx, Requirement, Source, Strength};
use super::transition::VersionIx;

/// Everything that is asked.
pub(super) struct Demands {
    /// One for each assignment and dose, in an order that does not depend on the order of the facts.
    pub reasons: Vec<Reason>,
    pub singles: Vec<Single>,
    pub choices: Vec<ChoiceOf>,
}

/// An assignment that asks for a dose.
pub(super) struct Reason {
    pub holding: Holding,
    pub since: NaiveDate,
    pub source: Source,
    pub includes: Vec<String>,
    pub dose: String,
    pub version: VersionIx,
}

/// One module, required or recommended.
pub(super) struct Single {
    pub module: ModuleIx,
    pub strength: Strength,
    pub due: Option<NaiveDate>,
    /// Index into `Demands::reasons`.
    pub reason: usize,
}

/// Some of a set.
pub(super) struct ChoiceOf {
    pub choose: u32,
    pub from: Vec<(ModuleIx, Option<NaiveDate>)>,
    pub reason: usize,
}

/// Everything asked of the person on `today`, by module, in the curriculum's order.
pub fn requirements(compiled: &Compiled, facts: &Facts, today: NaiveDate) -> Vec<Requirement> {
    let demands = Demands::new(compiled, facts, today);
    let mut by_module = std::collections::BTreeMap::<ModuleIx, Vec<Because>>::new();
    for (module, strength, due, reason) in demands.flat() {
        by_module.entry(module).or_default().push(demands.reasons[reason].because(strength, due));
    }
    let requirement = |(module, mut because): (_, Vec<Because>)| {
        because.sort_by_cached_key(urgency);
        let strength = because.iter().map(|b| b.strength).min().unwrap_or(Strength::Required);
        let due = because.iter().filter_map(|b| b.due).min();
        Requirement { module, strength, due, because }
    };
    by_module.into_iter().map(requirement).collect()
}

impl Demands {
    pub(super) fn new(compiled: &Compiled, facts: &Facts, today: NaiveDate) -> Demands {
        let current = |a: &&Assignment| a.from <= today && a.to.is_none_or(|to| today <= to);
        let mut assignments: Vec<&Assignment> = facts.assignments.iter().filter(current).collect();
        assignments.sort_by_cached_key(|a| (a.holding.clone(), a.from, source_key(&a.source), a.to));
        assignments.dedup_by_key(|a| (&a.holding, a.from, &a.source));
        let mut demands = Demands { reasons: Vec::new(), singles: Vec::new(), choices: Vec::new() };
        let begun = |ids: &BTreeSet<String>, day: NaiveDate| {
            facts.achievements.iter().any(|achievement| achievement.day < day && ids.contains(&achievement.module))
        };
        for assignment in assignments {
            for asked in compiled.asked(&assignment.holding, assignment.from, &begun) {
                demands.add(&asked, assignment);
            }
        }
        demands
    }

    /// Every single and every member of a choice: module, strength, due day, reason.
    pub(super) fn flat(&self) -> impl Iterator<Item = (ModuleIx, Strength, Option<NaiveDate>, usize)> {
        let singles = self.singles.iter().map(|s| (s.module, s.strength, s.due, s.reason));
        let members = self
            .choices
            .iter()
            .flat_map(|choice| choice.from.iter().map(|&(module, due)| (module, Strength::OneOf, due, choice.reason)));
        singles.chain(members)
    }

    fn add(&mut self, asked: &Asked<'_>, assignment: &Assignment) {
        let reason = self.reasons.len();
        self.reasons.push(Reason {
            holding: assignment.holding.clone(),
            since: assignment.from,
            source: assignment.source.clone(),
            includes: asked.includes.to_vec(),
            dose: asked.dose.id.clone(),
            version: asked.version,
        });
        for (module, due) in asked.required() {
            self.singles.push(Single { module, strength: Strength::Required, due: Some(due), reason });
        }
        for module in asked.dose.recommended.ones().map(|index| ModuleIx(index as u16)) {
            self.singles.push(Single { module, strength: Strength::Recommended, due: None, reason });
        }
        for (choose, from) in asked.choices() {
            let from = from.into_iter().map(|(module, due)| (module, Some(due))).collect();
            self.choices.push(ChoiceOf { choose, from, reason });
        }
    }
}

impl Reason {
    /// The reason for a module that the dose asks for by itself.
    pub(super) fn because(&self, strength: Strength, due: Option<NaiveDate>) -> Because {
        Because {
            holding: self.holding.clone(),
            since: self.since,
            source: self.source.clone(),
            includes: self.includes.clone(),
            dose: self.dose.clone(),
            version: self.version,
            strength,
            due,
            builds_on: Vec::new(),
            asked_for: None,
            instead_of: None,
        }
    }
}

/// Most urgent first: the earliest due day (none last), the strongest, the shortest chain; then a fixed order.
pub(super) fn urgency(because: &Because) -> impl Ord + use<> {
    (
        because.due.unwrap_or(NaiveDate::MAX),
        because.strength,
        because.builds_on.len(),
        (because.since, because.holding.clone(), because.dose.clone(), because.version),
        source_key(&because.source),
        because.builds_on.clone(),
        (because.asked_for, because.instead_of),
    )
}

fn source_key(source: &Source) -> (u8, i64, String) {
    match source {
        Source::Hr => (0, 0, String::new()),
        Source::Programme { edition, id } => (1, *id, edition.clone()),
        Source::Hand => (2, 0, String::new()),
    }
}
