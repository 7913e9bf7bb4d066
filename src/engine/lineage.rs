//! A place's doses through the versions, and under which of them an assignment stands. The rules: `transition`.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::doses::DoseSet;
use super::model::ModuleIx;
use super::transition::{VersionIx, Who};

/// One place where a holding asks for a dose, through the versions.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// By day of publication, never empty; each asks for something else than the one before.
    pub generations: Vec<Generation>,
}

/// What a place asked for from one version on.
#[derive(Debug, Clone)]
pub(super) struct Generation {
    /// Index into `Compiled::doses`; none when nothing is asked for.
    pub dose: Option<usize>,
    /// The roles passed through by inclusion, nearest to the holding first.
    pub includes: Vec<String>,
    /// The newest version that asks for this.
    pub version: VersionIx,
    /// The day of the first version that asks for this.
    pub published: NaiveDate,
    /// Who of those who held it already gets it.
    pub who: Who,
    pub grace_days: u32,
    /// Ids of modules by which somebody has begun this.
    pub begun_by: BTreeSet<String>,
}

/// A dose as one assignment is asked for it.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    pub dose: &'a DoseSet,
    /// The roles passed through by inclusion, nearest to the holding first.
    pub includes: &'a [String],
    /// The version under which the assignment stands here: the newest, or the last with the dose that it keeps.
    pub version: VersionIx,
    pub(super) dues: Dues,
}

/// When the modules of a dose are due.
#[derive(Debug, Clone)]
pub(super) enum Dues {
    /// So many days from here as the dose says, but at least some.
    Counted { from: NaiveDate, at_least: u32 },
    /// Changed on the way: in the order of the dose's required modules, then its choices.
    Changed(Vec<Demand>),
}

/// So many of some modules, each with its days as written and its due day.
#[derive(Debug, Clone)]
pub(super) struct Demand {
    pub choose: u32,
    pub from: Vec<(ModuleIx, u32, NaiveDate)>,
}

impl Place {
    /// What an assignment from `from` on is asked for here. `begun` tells whether any module with one of these ids
    /// was achieved before the day. `in_force_from` is the day from which the first version's deadlines count.
    pub(super) fn asked<'a>(
        &'a self,
        doses: &'a [DoseSet],
        from: NaiveDate,
        in_force_from: NaiveDate,
        begun: &dyn Fn(&BTreeSet<String>, NaiveDate) -> bool,
    ) -> Option<Asked<'a>> {
        let first = self.generations.iter().rposition(|g| g.published <= from).unwrap_or(0);
        let mut stands = &self.generations[first];
        let mut dues = Dues::Counted {
            from: from.max(in_force_from).max(stands.published),
            at_least: if from < stands.published { stands.grace_days } else { 0 },
        };
        for next in &self.generations[first + 1..] {
            let gets = match next.who {
                Who::Everyone => true,
                Who::NotStarted => !begun(&stands.begun_by, next.published),
                Who::NewAssignments => false,
            };
            if gets {
                let before = stands.dose.map(|dose| dues.demands(&doses[dose])).unwrap_or_default();
                let changed = next.dose.map(|dose| revised(&before, &doses[dose], next)).unwrap_or_default();
                (stands, dues) = (next, Dues::Changed(changed));
            }
        }
        let dose = &doses[stands.dose?];
        Some(Asked { dose, includes: &stands.includes, version: stands.version, dues })
    }
}

impl Asked<'_> {
    /// The required modules, in the curriculum's order, each with its due day.
    pub fn required(&self) -> impl Iterator<Item = (ModuleIx, NaiveDate)> {
        self.dose.days.iter().enumerate().map(|(at, (&module, &days))| {
            let due = match &self.dues {
                Dues::Counted { from, at_least } => after(*from, days.max(*at_least)),
                Dues::Changed(demands) => demands[at].from[0].2,
            };
            (module, due)
        })
    }

    /// The choices: so many of these, each with its due day.
    pub fn choices(&self) -> impl Iterator<Item = (u32, Vec<(ModuleIx, NaiveDate)>)> {
        self.dose.choices.iter().enumerate().map(|(at, choice)| {
            let from = match &self.dues {
                Dues::Counted { from, at_least } => {
                    choice.from.iter().map(|&(module, days)| (module, after(*from, days.max(*at_least)))).collect()
                }
                Dues::Changed(demands) => {
                    demands[self.dose.days.len() + at].from.iter().map(|&(module, _, due)| (module, due)).collect()
                }
            };
            (choice.choose, from)
        })
    }
}

impl Dues {
    fn demands(&self, dose: &DoseSet) -> Vec<Demand> {
        match self {
            Dues::Counted { from, at_least } => {
                written(dose, |_, written| dated(written, |days| after(*from, days.max(*at_least))))
            }
            Dues::Changed(demands) => demands.clone(),
        }
    }
}

/// The dose's required modules, each a choice of one, then its choices; each made into a demand.
fn written(
    dose: &DoseSet,
    mut make: impl FnMut(u32, &[(ModuleIx, u32)]) -> Vec<(ModuleIx, u32, NaiveDate)>,
) -> Vec<Demand> {
    let required = dose.days.iter().map(|(&module, &days)| (1, vec![(module, days)]));
    let choices = dose.choices.iter().map(|choice| (choice.choose, choice.from.clone()));
    required.chain(choices).map(|(choose, from)| Demand { choose, from: make(choose, &from) }).collect()
}

fn dated(from: &[(ModuleIx, u32)], due: impl Fn(u32) -> NaiveDate) -> Vec<(ModuleIx, u32, NaiveDate)> {
    from.iter().map(|&(module, days)| (module, days, due(days))).collect()
}

/// What `dose` demands of somebody of whom `before` was demanded until it was published.
fn revised(before: &[Demand], dose: &DoseSet, next: &Generation) -> Vec<Demand> {
    let fresh = |days: u32| after(next.published, days.max(next.grace_days));
    written(dose, |choose, from| match former(before, choose, from) {
        None => dated(from, fresh),
        Some(former) => {
            from.iter().map(|&(module, days)| (module, days, moved(former, module, days, &fresh))).collect()
        }
    })
}

/// The demand that already asked for at least this: whoever met it meets the new one too. The most urgent of several.
fn former<'a>(before: &'a [Demand], choose: u32, from: &[(ModuleIx, u32)]) -> Option<&'a Demand> {
    let offered = |(module, ..): &(ModuleIx, u32, NaiveDate)| from.iter().any(|(other, _)| other == module);
    let as_hard = |old: &&Demand| old.choose >= choose && old.from.iter().all(offered);
    let last_day = |old: &&Demand| old.from.iter().map(|(_, _, due)| *due).max();
    before.iter().filter(as_hard).min_by_key(last_day)
}

/// A relaxed deadline moves as far as it was relaxed; a tightened one counts anew, unless its old day comes first.
/// A module newly offered takes the place of the former one that was due last.
fn moved(former: &Demand, module: ModuleIx, days: u32, fresh: &impl Fn(u32) -> NaiveDate) -> NaiveDate {
    let same = former.from.iter().find(|(other, ..)| *other == module);
    let Some(&(_, old_days, old_due)) = same.or_else(|| former.from.iter().max_by_key(|(_, days, due)| (*due, *days)))
    else {
        return fresh(days);
    };
    match days >= old_days {
        true => after(old_due, days - old_days),
        false => old_due.min(fresh(days)),
    }
}

fn after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}
