//! One person's answer, quickly: what [`crate::engine::path`] gives, without its reasons.
//!
//! What is certain is taken by walking down; what leaves a choice is asked of the solver, in parts that share
//! nothing, and remembered ([`super::open`]). Then the due days pass down as in `path`. Everything a person needs on
//! the way lives in one [`Asker`], which is used for many.

use chrono::{Days, NaiveDate};
use fixedbitset::FixedBitSet;

use super::answer::{Answer, Todo, pinch};
use super::change::Who;
use super::lens::{Choice, Lens, after};
use super::open::{Memo, Open};
use super::snapshot::{Person, Snapshot};
use super::time::{Day, NEVER};
use crate::engine::Compiled;
use crate::engine::model::{ModuleIx, Quarters};
use crate::engine::support::Support;

/// Asks one version about many people.
pub(super) struct Asker<'a> {
    pub snapshot: &'a Snapshot,
    pub compiled: &'a Compiled,
    pub lens: &'a Lens,
    /// By module: the number that means it both before and after.
    pub joint: &'a [u16],
    pub today: Day,
    pub day_quarters: Quarters,
    memo: Memo<'a>,
    /// Had at some time, and validly today, equivalents counted.
    ever: FixedBitSet,
    valid: FixedBitSet,
    /// By module, the last day that it counts or counted. Only where `ever` is set.
    lasted: Vec<Day>,
    taken: FixedBitSet,
    /// What is taken, in the order found.
    steps: Vec<u16>,
    /// By module: when its own demands are due, and when it is due by what builds on it. `NEVER` but for `steps`.
    own: Vec<Day>,
    due: Vec<Day>,
    /// Required, not valid: module and due day.
    singles: Vec<(u16, Day)>,
    choices: Vec<Wish<'a>>,
    /// What the choices say of due days.
    dated: Vec<(u16, Day)>,
    /// Taken modules with more to build on than what is certain.
    askers: Vec<u16>,
    /// `taken` and `own` as `Support` reads them.
    flags: Vec<bool>,
    dates: Vec<Option<NaiveDate>>,
}

/// A choice that valid achievements do not meet.
#[derive(Debug, Clone, Copy)]
struct Wish<'a> {
    choice: &'a Choice,
    from: Day,
    /// So many more.
    least: u32,
}

/// A demand that is met, for a module that is taken.
struct Held {
    module: u16,
    due: Day,
    /// One of a choice.
    chosen: bool,
}

impl<'a> Asker<'a> {
    pub(super) fn new(
        snapshot: &'a Snapshot,
        (compiled, lens, joint): (&'a Compiled, &'a Lens, &'a [u16]),
        today: Day,
        day_quarters: Quarters,
    ) -> Asker<'a> {
        let modules = compiled.modules().len();
        let none = FixedBitSet::with_capacity(modules);
        Asker {
            snapshot,
            compiled,
            lens,
            joint,
            today,
            day_quarters,
            memo: Memo::new(compiled),
            ever: none.clone(),
            valid: none.clone(),
            lasted: vec![0; modules],
            taken: none,
            steps: Vec::new(),
            own: vec![NEVER; modules],
            due: vec![NEVER; modules],
            singles: Vec::new(),
            choices: Vec::new(),
            dated: Vec::new(),
            askers: Vec::new(),
            flags: vec![false; modules],
            dates: vec![None; modules],
        }
    }

    /// Writes `person`'s answer over `answer`.
    pub(super) fn ask(&mut self, person: &Person, who: &Who, answer: &mut Answer) {
        self.stand(person);
        self.gather(person, who, answer);
        for at in 0..self.singles.len() {
            let (module, _) = self.singles[at];
            if !self.lens.has_equivalents[usize::from(module)] {
                self.take(module);
            }
        }
        answer.unproved = self.choose();
        self.date(person);
        self.pass_down();
        self.tell(answer);
        self.clear();
    }

    /// What the person has.
    fn stand(&mut self, person: &Person) {
        self.ever.clear();
        self.valid.clear();
        for had in self.snapshot.record(person).achieved(self.today) {
            let valid = had.valid_until >= self.today;
            for &module in self.lens.counts.get(had.module) {
                let index = usize::from(module);
                let lasted = &mut self.lasted[index];
                *lasted = if self.ever.contains(index) { had.valid_until.max(*lasted) } else { had.valid_until };
                self.ever.insert(index);
                if valid {
                    self.valid.insert(index);
                }
            }
        }
    }

    /// What is asked and not had, and in which roles nothing is missing.
    fn gather(&mut self, person: &Person, who: &Who, answer: &mut Answer) {
        answer.competent.clear();
        answer.competent.extend(who.roles.iter().filter(|&&role| self.asks_known(role)));
        let lens = self.lens;
        for (holding, from) in self.snapshot.record(person).current(self.today) {
            let Some(asks) = lens.asks.get(holding as usize) else { continue };
            let from = lens.counted_from(from);
            let mut met = true;
            for &(module, days) in &asks.singles {
                if !self.valid.contains(usize::from(module)) {
                    met = false;
                    let due = self.renewed(module, after(from, days));
                    self.singles.push((module, due));
                }
            }
            for choice in &asks.choices {
                let had = choice.from.iter().filter(|member| self.valid.contains(usize::from(member.0))).count() as u32;
                if had < choice.choose {
                    met = false;
                    self.choices.push(Wish { choice, from, least: choice.choose - had });
                }
            }
            if !met {
                answer.competent.retain(|role| *role != holding);
            }
        }
    }

    fn asks_known(&self, holding: u32) -> bool {
        self.lens.asks.get(holding as usize).is_some_and(|asks| asks.known)
    }

    /// What has been held was not due before the last day it counted.
    fn renewed(&self, module: u16, due: Day) -> Day {
        let index = usize::from(module);
        match self.lasted[index] {
            last if self.ever.contains(index) && last != NEVER => due.max(last),
            _ => due,
        }
    }

    /// Takes a module and all that is certain below it.
    fn take(&mut self, module: u16) {
        if self.taken.put(usize::from(module)) {
            return;
        }
        let mut at = self.steps.len();
        self.steps.push(module);
        while let Some(&module) = self.steps.get(at) {
            for &below in self.lens.plain.get(module) {
                if !self.ever.contains(usize::from(below)) && !self.taken.put(usize::from(below)) {
                    self.steps.push(below);
                }
            }
            if self.lens.open[usize::from(module)] {
                self.askers.push(module);
            }
            at += 1;
        }
    }

    /// Takes the best of what leaves a choice; tells whether that was not proved.
    fn choose(&mut self) -> bool {
        let mut open = Vec::new();
        for &(module, _) in &self.singles {
            if self.lens.has_equivalents[usize::from(module)] && !self.way_taken(module) {
                open.push(Open::Demand(1, vec![ModuleIx(module)]));
            }
        }
        for wish in &self.choices {
            let missing = wish.choice.from.iter().map(|member| member.0);
            let missing: Vec<u16> = missing.filter(|&module| !self.valid.contains(usize::from(module))).collect();
            let taken = missing.iter().filter(|&&module| self.way_taken(module)).count() as u32;
            if taken < wish.least {
                open.push(Open::Demand(wish.least, missing.into_iter().map(ModuleIx).collect()));
            }
        }
        let askers = self.askers.iter().map(|&asker| ModuleIx(asker));
        let unmet = |asker: &ModuleIx| !self.memo.met(&self.ever, &self.taken, *asker);
        open.extend(askers.filter(unmet).map(Open::Asker));
        if open.is_empty() {
            return false;
        }
        let mut unproved = false;
        let mut chosen = Vec::new();
        self.memo.solve(&self.ever, &self.taken, open, |modules, proved| {
            chosen.extend_from_slice(modules);
            unproved |= !proved;
        });
        for module in chosen {
            if !self.taken.put(usize::from(module.0)) {
                self.steps.push(module.0);
                if self.lens.open[usize::from(module.0)] {
                    self.askers.push(module.0);
                }
            }
        }
        unproved
    }

    /// Whether the module or one that counts as it is taken.
    fn way_taken(&self, module: u16) -> bool {
        self.piece(module).is_some()
    }

    /// What is taken for `module`.
    fn piece(&self, module: u16) -> Option<u16> {
        let module = ModuleIx(module);
        let mut ways = [module].into_iter().chain(self.compiled.equivalents(module).iter().copied());
        ways.find(|way| self.taken.contains(usize::from(way.0))).map(|way| way.0)
    }

    /// When each step is due by its own demands.
    fn date(&mut self, person: &Person) {
        for at in 0..self.singles.len() {
            let (module, due) = self.singles[at];
            if let Some(piece) = self.piece(module) {
                self.due_by(piece, due);
            }
        }
        let held = self.held(person);
        held.iter().filter(|held| !held.chosen).for_each(|held| self.due_by(held.module, held.due));
        let mut dated = std::mem::take(&mut self.dated);
        for wish in &self.choices {
            let mut members = Vec::new();
            for &(asked, days) in wish.choice.from.iter().filter(|member| !self.valid.contains(usize::from(member.0))) {
                if let Some(piece) = self.piece(asked) {
                    let due = self.renewed(asked, after(wish.from, days));
                    members.push((self.own[usize::from(piece)], asked, piece, due));
                }
            }
            members.sort_unstable();
            dated.extend(members.iter().take(wish.least as usize).map(|&(.., piece, due)| (piece, due)));
        }
        dated.drain(..).for_each(|(piece, due)| self.due_by(piece, due));
        self.dated = dated;
        held.iter().filter(|held| held.chosen).for_each(|held| self.due_by(held.module, held.due));
    }

    fn due_by(&mut self, piece: u16, due: Day) {
        let own = &mut self.own[usize::from(piece)];
        *own = due.min(*own);
    }

    /// Demands for what is valid by way of another module, and is taken all the same because it counts as a third.
    fn held(&self, person: &Person) -> Vec<Held> {
        let mut held = Vec::new();
        if self.taken.is_disjoint(&self.valid) {
            return held;
        }
        let both = |module: u16| {
            let index = usize::from(module);
            self.taken.contains(index) && self.valid.contains(index)
        };
        for (holding, from) in self.snapshot.record(person).current(self.today) {
            let Some(asks) = self.lens.asks.get(holding as usize) else { continue };
            let from = self.lens.counted_from(from);
            let mut add = |&(module, days): &(u16, u32), chosen| {
                if both(module) {
                    held.push(Held { module, due: self.renewed(module, after(from, days)), chosen });
                }
            };
            asks.singles.iter().for_each(|single| add(single, false));
            asks.choices.iter().flat_map(|choice| &choice.from).for_each(|member| add(member, true));
        }
        held
    }

    /// Passes due days to what comes before.
    fn pass_down(&mut self) {
        let place = &self.lens.place;
        self.steps.sort_unstable_by_key(|&step| std::cmp::Reverse(place[usize::from(step)]));
        self.steps.iter().for_each(|&step| self.due[usize::from(step)] = self.own[usize::from(step)]);
        if !self.askers.is_empty() {
            for &step in &self.steps {
                self.flags[usize::from(step)] = true;
                self.dates[usize::from(step)] = date_of(self.own[usize::from(step)]);
            }
        }
        for at in 0..self.steps.len() {
            let step = self.steps[at];
            let due = self.due[usize::from(step)];
            let mut pass = |below: u16| {
                let below = &mut self.due[usize::from(below)];
                *below = due.min(*below);
            };
            if self.lens.open[usize::from(step)] {
                let (ever, taken, dues) = (&self.ever, &self.flags[..], &self.dates[..]);
                let support = Support { compiled: self.compiled, ever, taken, dues };
                support.before(ModuleIx(step)).iter().for_each(|below| pass(below.piece.0));
            } else {
                let below = self.lens.plain.get(step).iter();
                below.filter(|&&below| self.taken.contains(usize::from(below))).for_each(|&below| pass(below));
            }
        }
    }

    fn tell(&self, answer: &mut Answer) {
        answer.today = self.today;
        answer.steps.clear();
        answer.quarters = 0;
        answer.overdue = false;
        for &step in &self.steps {
            let index = usize::from(step);
            let (due, quarters) = (self.due[index], self.lens.quarters[index]);
            answer.steps.push(Todo { module: self.joint[index], due, quarters });
            answer.quarters += quarters;
            answer.overdue |= due < self.today;
        }
        answer.steps.sort_unstable_by_key(|step| step.due);
        answer.pinch = pinch(&answer.steps, self.today, self.day_quarters);
        answer.steps.sort_unstable();
    }

    fn clear(&mut self) {
        for step in self.steps.drain(..) {
            let index = usize::from(step);
            self.taken.set(index, false);
            (self.own[index], self.due[index]) = (NEVER, NEVER);
            (self.flags[index], self.dates[index]) = (false, None);
        }
        self.singles.clear();
        self.choices.clear();
        self.askers.clear();
    }
}

/// Only compared with others of its kind.
fn date_of(day: Day) -> Option<NaiveDate> {
    (day != NEVER).then(|| NaiveDate::default() + Days::new(u64::from(day)))
}
