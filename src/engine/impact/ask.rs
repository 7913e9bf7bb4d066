//! One person's answer, quickly: what [`crate::engine::path`] gives, without its reasons.
//!
//! What is certain is taken by walking down; what leaves a choice is asked of the solver, in parts that share
//! nothing, and remembered ([`super::open`]). Then the due days pass down as in `path`. Everything a person needs on
//! the way lives in one [`Asker`], which is used for many.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use fixedbitset::FixedBitSet;

use super::answer::{Answer, Todo, pinch};
use super::change::Who;
use super::lens::{Asks, Lens, Single, asks_one};
use super::open::{Fast, Memo};
use super::snapshot::{Person, Snapshot};
use super::time::{Day, NEVER, date};
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
    choices: Vec<Wish>,
    /// What is held on the day: where it says what it asks for, the day that is told there, and the holding.
    held: Vec<(usize, Day, u32)>,
    /// What single assignments are asked for, where a holding's assignments differ.
    varied: Vec<Asks>,
    /// Of these, those that depend only on the holding and its first day.
    shared: HashMap<(u32, Day), usize, Fast>,
    chosen: Vec<u16>,
    /// What the choices say of due days.
    dated: Vec<(u16, Day)>,
    /// Taken modules with more to build on than what is certain.
    askers: Vec<u16>,
    /// `taken` and `own` as `Support` reads them.
    flags: Vec<bool>,
    dates: Vec<Option<NaiveDate>>,
}

/// Marks an index into `Asker::varied`, not into `Lens::asks`.
const OWN: usize = 1 << 31;

/// A choice that valid achievements do not meet.
#[derive(Debug, Clone, Copy)]
struct Wish {
    asks: usize,
    choice: usize,
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
            held: Vec::new(),
            varied: Vec::new(),
            shared: HashMap::default(),
            chosen: Vec::new(),
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
        self.date();
        self.pass_down();
        self.tell(answer);
        self.clear();
    }

    /// What the person has.
    fn stand(&mut self, person: &Person) {
        self.ever.clear();
        self.valid.clear();
        for had in self.snapshot.record(person).achieved(self.today) {
            for &module in self.lens.counts.get(had.module) {
                self.count(module, had.valid_until);
            }
            let kept = self.lens.kept.get(usize::from(had.module)).into_iter().flatten();
            kept.filter(|(_, until)| had.day <= *until).for_each(|&(module, _)| self.count(module, had.valid_until));
        }
    }

    fn count(&mut self, module: u16, valid_until: Day) {
        let index = usize::from(module);
        let lasted = &mut self.lasted[index];
        *lasted = if self.ever.put(index) { valid_until.max(*lasted) } else { valid_until };
        if valid_until >= self.today {
            self.valid.insert(index);
        }
    }

    /// What is asked and not had, and in which roles nothing is missing.
    fn gather(&mut self, person: &Person, who: &Who, answer: &mut Answer) {
        answer.competent.clear();
        answer.competent.extend(who.roles.iter().filter(|&&role| self.asks_known(role)));
        for (holding, from) in self.snapshot.record(person).current(self.today) {
            let Some(asks) = self.lens.asks.get(holding as usize) else { continue };
            match asks.varied {
                true => {
                    let own = self.own_asks(person, holding, from);
                    self.held.push((own | OWN, 0, holding));
                }
                false => self.held.push((holding as usize, from, holding)),
            }
        }
        for at in 0..self.held.len() {
            let (asks, from, holding) = self.held[at];
            if !self.gather_one(asks, from) {
                answer.competent.retain(|role| *role != holding);
            }
        }
    }

    /// Tells whether nothing is missing.
    fn gather_one(&mut self, at: usize, from: Day) -> bool {
        let asks = if at & OWN == 0 { &self.lens.asks[at] } else { &self.varied[at & !OWN] };
        let valid = |single: &&Single| self.valid.contains(usize::from(single.module));
        let before = (self.singles.len(), self.choices.len());
        for single in asks.singles.iter().filter(|single| !valid(single)) {
            let index = usize::from(single.module);
            let last = if self.ever.contains(index) { self.lasted[index] } else { 0 };
            self.singles.push((single.module, single.due(from).max(last)));
        }
        for (choice, wanted) in asks.choices.iter().enumerate() {
            let had = wanted.from.iter().filter(valid).count() as u32;
            if had < wanted.choose {
                self.choices.push(Wish { asks: at, choice, from, least: wanted.choose - had });
            }
        }
        before == (self.singles.len(), self.choices.len())
    }

    /// Where it stands what this assignment is asked for.
    fn own_asks(&mut self, person: &Person, holding: u32, from: Day) -> usize {
        if let Some(&known) = self.shared.get(&(holding, from)) {
            return known;
        }
        let record = self.snapshot.record(person);
        let personal = Cell::new(false);
        let begun = |ids: &BTreeSet<String>, before: NaiveDate| {
            personal.set(true);
            let mut early = record.achieved(NEVER).filter(|had| date(had.day) < before);
            early.any(|had| ids.contains(self.snapshot.modules.name(u32::from(had.module))))
        };
        let asks = asks_one(self.compiled, self.snapshot.holdings.name(holding), from, &begun);
        if !personal.get() {
            self.shared.insert((holding, from), self.varied.len());
        }
        self.varied.push(asks);
        self.varied.len() - 1
    }

    fn asks(&self, at: usize) -> &Asks {
        if at & OWN == 0 { &self.lens.asks[at] } else { &self.varied[at & !OWN] }
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
        self.memo.clear();
        for at in 0..self.singles.len() {
            let (module, _) = self.singles[at];
            if self.lens.has_equivalents[usize::from(module)] && !self.way_taken(module) {
                self.memo.demand(1, &[module]);
            }
        }
        let mut missing = Vec::new();
        for at in 0..self.choices.len() {
            let wish = self.choices[at];
            let from = &self.asks(wish.asks).choices[wish.choice].from;
            missing.clear();
            missing.extend(from.iter().map(|m| m.module).filter(|&module| !self.valid.contains(usize::from(module))));
            if (missing.iter().filter(|&&module| self.way_taken(module)).count() as u32) < wish.least {
                self.memo.demand(wish.least, &missing);
            }
        }
        for &asker in &self.askers {
            if !self.memo.met(&self.ever, &self.taken, ModuleIx(asker)) {
                self.memo.ask(asker);
            }
        }
        let proved = self.memo.solve(&self.ever, &self.taken, &mut self.chosen);
        while let Some(module) = self.chosen.pop() {
            if !self.taken.put(usize::from(module)) {
                self.steps.push(module);
                if self.lens.open[usize::from(module)] {
                    self.askers.push(module);
                }
            }
        }
        !proved
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
    fn date(&mut self) {
        for at in 0..self.singles.len() {
            let (module, due) = self.singles[at];
            if let Some(piece) = self.piece(module) {
                self.due_by(piece, due);
            }
        }
        let held = self.held_demands();
        held.iter().filter(|held| !held.chosen).for_each(|held| self.due_by(held.module, held.due));
        let mut dated = std::mem::take(&mut self.dated);
        for wish in &self.choices {
            let mut members = Vec::new();
            let from = &self.asks(wish.asks).choices[wish.choice].from;
            for member in from.iter().filter(|member| !self.valid.contains(usize::from(member.module))) {
                if let Some(piece) = self.piece(member.module) {
                    let due = self.renewed(member.module, member.due(wish.from));
                    members.push((self.own[usize::from(piece)], member.module, piece, due));
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
    fn held_demands(&self) -> Vec<Held> {
        let mut held = Vec::new();
        if self.taken.is_disjoint(&self.valid) {
            return held;
        }
        for &(asks, from, _) in &self.held {
            let asks = self.asks(asks);
            let mut add = |single: &Single, chosen| {
                let index = usize::from(single.module);
                if self.taken.contains(index) && self.valid.contains(index) {
                    let due = self.renewed(single.module, single.due(from));
                    held.push(Held { module: single.module, due, chosen });
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
            let leans = self.leans(step);
            let mut pass = |below: u16| {
                let below = &mut self.due[usize::from(below)];
                *below = due.min(*below);
            };
            if leans {
                let (ever, taken, dues) = (&self.ever, &self.flags[..], &self.dates[..]);
                let support = Support { compiled: self.compiled, ever, taken, dues };
                support.before(ModuleIx(step)).iter().for_each(|below| pass(below.piece.0));
            } else {
                let below = self.lens.plain.get(step).iter();
                below.filter(|&&below| self.taken.contains(usize::from(below))).for_each(|&below| pass(below));
            }
        }
    }

    /// Whether `step` builds on a step by choice.
    fn leans(&self, step: u16) -> bool {
        let taken = |module: &u16| self.taken.contains(usize::from(*module));
        self.lens.open[usize::from(step)] && self.lens.loose.get(step).iter().any(taken)
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
        self.held.clear();
        // What is shared stays; what is one person's own would only grow.
        if self.varied.len() > self.shared.len() + 1_000 {
            self.varied.clear();
            self.shared.clear();
        }
    }
}

/// Only compared with others of its kind.
fn date_of(day: Day) -> Option<NaiveDate> {
    (day != NEVER).then(|| date(day))
}
