//! A draft that only asks for more modules by name, the most frequent change, or gives modules other hours: the answer
//! follows from today's.
//!
//! What comes is the module and what it builds on for certain. Where any of that, or a module with other hours, could
//! play a part in something that the person chooses, or leaves a choice itself, nothing is said here, and the person is
//! asked about anew.

use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;

use super::answer::{Answer, Todo, pinch};
use super::asks::{Asks, Single};
use super::base::Base;
use super::lens::Lens;
use super::snapshot::{Person, Snapshot};
use super::time::{Day, NEVER};
use crate::engine::Compiled;
use crate::engine::model::{ModuleIx, Quarters};

/// What a draft adds, for versions whose graphs of modules differ in hours at most.
pub(super) struct Added<'a> {
    lens: &'a Lens,
    /// By module, after.
    quarters: Vec<Quarters>,
    /// Whether any module has other hours.
    rehoured: bool,
    /// By holding.
    changes: Vec<Change>,
    /// By module: whether what it builds on can have to do with what is added or what that builds on for certain.
    above: Vec<bool>,
    /// By what today's version asks for: whether a choice in it can.
    choosing: Vec<bool>,
    /// By the snapshot's number of a module: whether achievements of it count as something of that.
    counting: Vec<bool>,
}

enum Change {
    /// From each first day on, what is asked for beside what was; nothing before the first.
    More(Vec<(Day, Vec<Single>)>),
    Other,
}

/// Room to work in.
#[derive(Default)]
pub(super) struct Room {
    more: Vec<(u16, Day)>,
    /// By module: its place among the steps, from one; zero when it is none.
    places: Vec<u16>,
    /// By module: whether it was ever had and the last day that it counted.
    had: Vec<Option<Day>>,
    seen: Vec<u16>,
    waiting: Vec<u16>,
    by_due: Vec<u32>,
}

impl<'a> Added<'a> {
    /// None when it would say nothing about anybody.
    pub(super) fn new(base: &'a Base, after: &Lens) -> Option<Added<'a>> {
        let (lens, compiled) = (&base.lens, &*base.compiled);
        if lens.holdings != after.holdings || lens.counts != after.counts || lens.kept != after.kept {
            return None;
        }
        let changes: Vec<Change> = (0..lens.holdings).map(|holding| change(lens, after, holding)).collect();
        let mut below = FixedBitSet::with_capacity(lens.quarters.len());
        let mut waiting: Vec<u16> = changes.iter().flat_map(Change::modules).collect();
        let hours = lens.quarters.iter().zip(&after.quarters).enumerate();
        let rehoured: Vec<usize> = hours.filter(|(_, (was, is))| was != is).map(|(module, _)| module).collect();
        if waiting.is_empty() && rehoured.is_empty() {
            return None;
        }
        while let Some(module) = waiting.pop() {
            if !below.put(usize::from(module)) {
                waiting.extend(lens.plain.get(module));
            }
        }
        let counts = |&module: &u16| below.contains(usize::from(module));
        let counting = (0..lens.counts.len()).map(|at| {
            lens.counts.get(at as u16).iter().any(counts) || lens.kept[at].iter().any(|(module, _)| counts(module))
        });
        let counting = counting.collect();
        below.extend(rehoured.iter().copied());
        let above = above(compiled, &below);
        let meets = |module: u16| {
            let module = ModuleIx(module);
            let mut ways = compiled.equivalents(module).iter().chain([&module]);
            ways.any(|way| below.contains(usize::from(way.0)) || above[usize::from(way.0)])
        };
        let chooses = |asks: &Asks| {
            let mut members = asks.choices.iter().flat_map(|choice| &choice.from);
            let mut singles = asks.singles.iter().filter(|single| lens.has_equivalents[usize::from(single.module)]);
            members.any(|member| meets(member.module)) || singles.any(|single| meets(single.module))
        };
        let choosing = lens.asks.iter().map(chooses).collect();
        Some(Added {
            lens,
            quarters: after.quarters.clone(),
            rehoured: !rehoured.is_empty(),
            changes,
            above,
            choosing,
            counting,
        })
    }

    /// Writes the person's answer over `is`, when it follows from today's; `was` is today's.
    pub(super) fn follow(
        &self,
        (snapshot, base): (&Snapshot, &Base),
        person: &Person,
        was: &Answer,
        room: &mut Room,
        is: &mut Answer,
    ) -> bool {
        let open = |step: &Todo| self.lens.open[usize::from(step.module)] && self.above[usize::from(step.module)];
        if was.steps.iter().any(open) {
            return false;
        }
        room.clear(self.lens.quarters.len());
        is.clone_from(was);
        self.stand(snapshot, base, person, room);
        if !self.gather(snapshot, base, person, room, is) {
            return false;
        }
        if self.rehoured {
            is.steps.iter_mut().for_each(|step| step.quarters = self.quarters[usize::from(step.module)]);
        }
        if room.more.is_empty() {
            if self.rehoured && is.steps != was.steps {
                self.sum(base, room, is);
            }
            return true;
        }
        is.steps.iter().zip(1..).for_each(|(step, place)| room.places[usize::from(step.module)] = place);
        let more = std::mem::take(&mut room.more);
        let follows = more.iter().all(|&(module, due)| self.add(module, due, room, is));
        room.more = more;
        is.steps.iter().for_each(|step| room.places[usize::from(step.module)] = 0);
        if follows {
            is.steps.sort_unstable();
            self.sum(base, room, is);
        }
        follows
    }

    /// What follows from the steps.
    fn sum(&self, base: &Base, room: &mut Room, is: &mut Answer) {
        is.quarters = is.steps.iter().map(|step| step.quarters).sum();
        is.overdue = is.steps.iter().any(|step| step.due < is.today);
        is.pinch = pinch(is, base.day_quarters, &mut room.by_due);
    }

    /// What the person has of what counts here.
    fn stand(&self, snapshot: &Snapshot, base: &Base, person: &Person, room: &mut Room) {
        let had = snapshot.record(person).achieved(base.day());
        had.filter(|had| self.counting[usize::from(had.module)]).for_each(|had| {
            let kept = self.lens.kept[usize::from(had.module)].iter();
            let kept = kept.filter(|(_, until)| had.day <= *until).map(|(module, _)| module);
            for &module in self.lens.counts.get(had.module).iter().chain(kept) {
                let last = &mut room.had[usize::from(module)];
                *last = (*last).max(Some(had.valid_until));
                room.seen.push(module);
            }
        });
    }

    /// What is asked for beside what was, and in which roles competence is lost by it; false when it cannot be told.
    fn gather(&self, snapshot: &Snapshot, base: &Base, person: &Person, room: &mut Room, is: &mut Answer) -> bool {
        for (holding, from) in snapshot.record(person).current(base.day()) {
            let Some(change) = self.changes.get(holding as usize) else { continue };
            let asks = self.lens.standing(holding, from);
            let Change::More(spans) = change else { return false };
            if self.choosing[asks] {
                return false;
            }
            let span = spans.partition_point(|&(first, _)| first <= from).checked_sub(1);
            for single in span.into_iter().flat_map(|span| &spans[span].1) {
                let last = room.had[usize::from(single.module)];
                if last.is_none_or(|last| last < base.day()) {
                    room.more.push((single.module, single.due(from).max(last.unwrap_or(0))));
                    is.competent.retain(|role| *role != holding);
                }
            }
        }
        true
    }

    /// Adds `module` and all that is certain below it, due by `due`; false when that leaves a choice.
    fn add(&self, module: u16, due: Day, room: &mut Room, is: &mut Answer) -> bool {
        room.waiting.clear();
        room.waiting.push(module);
        while let Some(module) = room.waiting.pop() {
            let index = usize::from(module);
            match room.places[index] {
                // A renewal may be due by steps that build on it and did not wait for it.
                0 if room.had[index].is_some() => return false,
                0 => {
                    is.steps.push(Todo { module, due, quarters: self.quarters[index] });
                    room.places[index] = is.steps.len() as u16;
                }
                place if is.steps[usize::from(place) - 1].due <= due => continue,
                place => is.steps[usize::from(place) - 1].due = due,
            }
            if self.lens.open[index] {
                return false;
            }
            let plain = self.lens.plain.get(module).iter().copied();
            let there = |below: &u16| room.places[usize::from(*below)] > 0 || room.had[usize::from(*below)].is_none();
            room.waiting.extend(plain.filter(there));
        }
        true
    }
}

impl Change {
    fn modules(&self) -> impl Iterator<Item = u16> {
        let spans = if let Change::More(spans) = self { &spans[..] } else { &[] };
        spans.iter().flat_map(|(_, singles)| singles).map(|single| single.module)
    }
}

impl Room {
    fn clear(&mut self, modules: usize) {
        self.places.resize(modules, 0);
        self.had.resize(modules, None);
        self.seen.drain(..).for_each(|module| self.had[usize::from(module)] = None);
        self.more.clear();
    }
}

/// By module, whether anything that it can build on is in `below` or can itself build on that.
fn above(compiled: &Compiled, below: &FixedBitSet) -> Vec<bool> {
    let mut above = vec![false; compiled.modules().len()];
    let mut growing = true;
    while growing {
        growing = false;
        for &asker in &compiled.topological {
            let mut meets = above[usize::from(asker.0)];
            compiled.need(asker).for_each(&mut |named| {
                let mut ways = compiled.equivalents(named).iter().chain([&named]);
                meets |= ways.any(|way| below.contains(usize::from(way.0)) || above[usize::from(way.0)]);
            });
            growing |= meets != std::mem::replace(&mut above[usize::from(asker.0)], meets);
        }
    }
    above
}

/// What `after` asks of a holding beside what `before` does.
fn change(before: &Lens, after: &Lens, holding: usize) -> Change {
    let varied = before.asks[holding].varied || after.asks[holding].varied;
    if varied || before.asks[holding].known != after.asks[holding].known {
        return Change::Other;
    }
    let mut firsts = BTreeSet::from([0]);
    firsts.extend(before.turns_of(holding).chain(after.turns_of(holding)));
    let lasts = firsts.iter().skip(1).map(|next| next - 1).chain([NEVER - 1]);
    let mut spans = Vec::new();
    for (&first, last) in firsts.iter().zip(lasts) {
        let at = |lens: &Lens| lens.standing(holding as u32, first);
        match more(&before.asks[at(before)], &after.asks[at(after)], (first, last)) {
            Some(singles) => spans.push((first, singles)),
            None => return Change::Other,
        }
    }
    if spans.iter().flat_map(|(_, singles)| singles).any(|single| before.has_equivalents[usize::from(single.module)]) {
        return Change::Other;
    }
    Change::More(spans)
}

/// The modules that `after` names beside those of `before`, when all the rest is the same, days included: due days
/// between the two ends of the span follow from those at the ends.
fn more(before: &Asks, after: &Asks, (first, last): (Day, Day)) -> Option<Vec<Single>> {
    let same = |one: &Single, other: &Single| {
        one.module == other.module && one.due(first) == other.due(first) && one.due(last) == other.due(last)
    };
    let choices = before.choices.len() == after.choices.len()
        && before.choices.iter().zip(&after.choices).all(|(one, other)| {
            one.choose == other.choose
                && one.from.len() == other.from.len()
                && one.from.iter().zip(&other.from).all(|(one, other)| same(one, other))
        });
    let mut rest = before.singles.iter().peekable();
    let new = |single: &&Single| rest.next_if(|known| same(known, single)).is_none();
    let more = after.singles.iter().filter(new).copied().collect();
    (choices && rest.next().is_none()).then_some(more)
}
