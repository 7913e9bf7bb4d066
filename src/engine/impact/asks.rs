//! What a holding asks for through the versions, by the first day of its assignment.
//!
//! Under one version that is one list. Under several, each span of days between two publications has its own, in which
//! a due day moves with the first day until it comes to a day at which it stays: so two first days tell all of them.
//! Where it depends on a person's achievements, or two former demands could take turns, each assignment is asked for
//! itself.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::time::{Day, NEVER, date, day};
use crate::engine::Compiled;
use crate::engine::doses::{self, DoseSet};
use crate::engine::lineage::Place;
use crate::engine::model::{Holding, ModuleIx};
use crate::engine::transition::Who;

/// What a holding asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct Asks {
    pub singles: Vec<Single>,
    pub choices: Vec<Choice>,
    /// Whether the curriculum has this holding.
    pub known: bool,
    /// What is asked for depends on more than the first day: nothing is said here.
    pub varied: bool,
    /// What is asked for differs by the first day: from which on, and where it stands; nothing is said here.
    pub eras: Vec<(Day, usize)>,
}

/// A module, and when it is due.
#[derive(Debug, Clone, Copy)]
pub(super) struct Single {
    pub module: u16,
    published: Day,
    counts_from: Day,
    days: u32,
    /// For what was held already on the day of publication.
    graced_days: u32,
    /// Not due after this day.
    cap: Day,
}

#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub choose: u32,
    pub from: Vec<Single>,
}

impl Single {
    /// The due day of what is held from `from` on.
    pub(super) fn due(&self, from: Day) -> Day {
        let days = if from < self.published { self.graced_days } else { self.days };
        after(from.max(self.counts_from), days).min(self.cap)
    }

    /// The first days at which the due day begins to move.
    pub(super) fn turns(&self) -> [Day; 2] {
        [self.published, self.counts_from]
    }
}

/// So many days after, as far as days go.
fn after(from: Day, days: u32) -> Day {
    (u32::from(from).saturating_add(days)).min(u32::from(NEVER) - 1) as Day
}

/// What each of `holdings` asks for, then the lists by first day of those for which it differs.
pub(super) fn all_asks(compiled: &Compiled, holdings: &[Holding]) -> Vec<Asks> {
    let mut all: Vec<Asks> = Vec::with_capacity(holdings.len());
    let mut eras = Vec::new();
    for holding in holdings {
        let places = compiled.places(holding);
        let mut asks = Asks { known: compiled.knows(holding), ..Asks::default() };
        if places.iter().all(|place| place.generations.len() == 1) {
            asks = same_for_all(compiled, places, asks);
        } else if places.iter().all(|place| is_settled(compiled.all_doses(), place)) {
            for (from, era) in eras_of(compiled, holding, places) {
                asks.eras.push((from, holdings.len() + eras.len()));
                eras.push(era);
            }
        } else {
            asks.varied = true;
        }
        all.push(asks);
    }
    all.extend(eras);
    all
}

fn same_for_all(compiled: &Compiled, places: &[Place], mut asks: Asks) -> Asks {
    let mut seen = Vec::new();
    for generation in places.iter().flat_map(|place| &place.generations) {
        let Some(dose) = generation.dose.filter(|dose| !seen.contains(dose)) else { continue };
        seen.push(dose);
        let published = day(generation.published);
        let counts_from = published.max(day(compiled.counts_from()));
        let single = |(module, days): (ModuleIx, u32)| {
            let graced_days = days.max(generation.grace_days);
            Single { module: module.0, published, counts_from, days, graced_days, cap: NEVER }
        };
        let dose = &compiled.all_doses()[dose];
        asks.singles.extend(dose.days.iter().map(|(&module, &days)| single((module, days))));
        let choice = |choice: &doses::Choice| Choice {
            choose: choice.choose,
            from: choice.from.iter().copied().map(single).collect(),
        };
        asks.choices.extend(dose.choices.iter().map(choice));
    }
    asks
}

/// What one assignment is asked for; its days are those of somebody who holds it from the first of all days on.
pub(super) fn asks_one(
    compiled: &Compiled,
    holding: &Holding,
    from: Day,
    begun: &dyn Fn(&BTreeSet<String>, NaiveDate) -> bool,
) -> Asks {
    let mut asks = Asks { known: compiled.knows(holding), ..Asks::default() };
    let single = |(module, due): (ModuleIx, NaiveDate)| {
        let days = u32::from(day(due));
        Single { module: module.0, published: 0, counts_from: 0, days, graced_days: days, cap: NEVER }
    };
    for asked in compiled.asked(holding, date(from), begun) {
        asks.singles.extend(asked.required().map(single));
        let choice = |(choose, from): (u32, Vec<_>)| Choice { choose, from: from.into_iter().map(single).collect() };
        asks.choices.extend(asked.choices().map(choice));
    }
    asks
}

/// Whether what is asked for in `place` follows from the first day alone, each demand from one former demand at most.
fn is_settled(doses: &[DoseSet], place: &Place) -> bool {
    let generations = &place.generations;
    let pairs = (1..generations.len()).flat_map(|next| (0..next).map(move |before| (before, next)));
    generations[1..].iter().all(|generation| generation.who != Who::NotStarted)
        && pairs.into_iter().all(|(before, next)| match (generations[before].dose, generations[next].dose) {
            (Some(before), Some(next)) => follows_one(&doses[before], &doses[next]),
            _ => true,
        })
}

/// Whether each demand of `next` can follow at most one of `before`, which names all of its modules.
fn follows_one(before: &DoseSet, next: &DoseSet) -> bool {
    let demands = |dose: &DoseSet| -> Vec<(u32, Vec<ModuleIx>)> {
        let required = dose.days.keys().map(|&module| (1, vec![module]));
        let members = |choice: &doses::Choice| choice.from.iter().map(|member| member.0).collect();
        required.chain(dose.choices.iter().map(|choice| (choice.choose, members(choice)))).collect()
    };
    let before = demands(before);
    demands(next).iter().all(|(choose, from)| {
        let as_hard =
            |old: &&(u32, Vec<ModuleIx>)| old.0 >= *choose && old.1.iter().all(|module| from.contains(module));
        let mut former = before.iter().filter(as_hard);
        let whole = former.next().is_none_or(|(_, old)| from.iter().all(|module| old.contains(module)));
        whole && former.next().is_none()
    })
}

/// From each day of publication on, what is asked for until the next.
fn eras_of(compiled: &Compiled, holding: &Holding, places: &[Place]) -> Vec<(Day, Asks)> {
    let published = places.iter().flat_map(|place| &place.generations).map(|generation| day(generation.published));
    let days: BTreeSet<Day> = published.chain([0, day(compiled.counts_from())]).collect();
    let ends = days.iter().skip(1).map(|next| next - 1).chain([NEVER - 1]);
    days.iter().zip(ends).map(|(&first, last)| (first, era(compiled, holding, first, last))).collect()
}

fn era(compiled: &Compiled, holding: &Holding, first: Day, last: Day) -> Asks {
    let at = |day| asks_one(compiled, holding, day, &|_, _| false);
    let (mut asks, end) = (at(first), at(last));
    let moves = |single: &mut Single, end: &Single| {
        let days = single.days.saturating_sub(u32::from(first));
        let cap = end.days as Day;
        *single = Single { module: single.module, published: 0, counts_from: first, days, graced_days: days, cap };
    };
    asks.singles.iter_mut().zip(&end.singles).for_each(|(single, end)| moves(single, end));
    let members = asks.choices.iter_mut().flat_map(|choice| &mut choice.from);
    members.zip(end.choices.iter().flat_map(|choice| &choice.from)).for_each(|(single, end)| moves(single, end));
    asks
}
