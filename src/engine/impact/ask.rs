//! One person's answer, quickly: what [`crate::engine::path`] gives, without its reasons.
//!
//! What is certain is taken by walking down; what leaves a choice is remembered ([`super::open`]). Then the due days
//! pass down as in `path` ([`super::days`]). Everything a person needs on the way lives in one [`Asker`], which is
//! used for many.

use std::collections::HashMap;

use chrono::NaiveDate;
use fixedbitset::FixedBitSet;

use super::answer::{Answer, Todo, pinch};
use super::asks::{Asks, Choice};
use super::change::Who;
use super::fast::Fast;
use super::lens::Lens;
use super::open::{Memo, met};
use super::part::Sets;
use super::snapshot::{Person, Snapshot};
use super::time::{Day, NEVER};
use crate::engine::Compiled;
use crate::engine::model::{ModuleIx, Quarters};

/// Asks one version about many people.
pub(super) struct Asker<'a> {
    pub snapshot: &'a Snapshot,
    pub compiled: &'a Compiled,
    pub lens: &'a Lens,
    /// By module: the number that means it both before and after.
    pub joint: &'a [u16],
    /// Whether those numbers rise with the modules.
    joint_rises: bool,
    pub today: Day,
    pub day_quarters: Quarters,
    pub memo: Memo,
    /// Had at some time, and validly today, equivalents counted.
    pub ever: FixedBitSet,
    pub valid: FixedBitSet,
    /// By module, the last day that it counts or counted. Only where `ever` is set.
    pub lasted: Vec<Day>,
    pub taken: FixedBitSet,
    /// What is taken, in the order found.
    pub steps: Vec<u16>,
    /// The same by place from the top, so that what builds on others comes first.
    pub turns: FixedBitSet,
    /// By module: when its own demands are due, and when it is due by what builds on it. `NEVER` but for `steps`.
    pub own: Vec<Day>,
    pub due: Vec<Day>,
    /// Required, not valid: module and due day.
    pub singles: Vec<(u16, Day)>,
    pub choices: Vec<Wish>,
    /// What is held on the day: where it says what it asks for, the day that is told there, and the holding.
    pub held: Vec<(usize, Day, u32)>,
    /// What single assignments are asked for, where a holding's assignments differ, with the questions as below.
    pub varied: Vec<(Asks, Vec<u32>)>,
    /// Of these, those that depend only on the holding and its first day.
    pub shared: HashMap<(u32, Day), usize, Fast>,
    /// By what a holding asks for, the questions of its choices.
    pub questions: Vec<Vec<u32>>,
    open: Vec<u32>,
    chosen: Vec<u16>,
    /// Taken modules with more to build on than what is certain.
    askers: Vec<u16>,
    /// `taken` and `own` as [`crate::engine::support::Support`] reads them, while it does.
    pub flags: Vec<bool>,
    pub dates: Vec<Option<NaiveDate>>,
    pub members: Vec<(Day, u16, u16, Day)>,
    pub dated: Vec<(u16, Day)>,
    by_due: Vec<u32>,
}

/// A choice that valid achievements do not meet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    pub asks: usize,
    pub choice: usize,
    pub from: Day,
    /// So many more.
    pub least: u32,
}

impl<'a> Asker<'a> {
    /// `memo` remembers answers of this version's graph of modules, or nothing.
    pub(super) fn new(
        snapshot: &'a Snapshot,
        (compiled, lens, joint): (&'a Compiled, &'a Lens, &'a [u16]),
        (today, day_quarters): (Day, Quarters),
        mut memo: Memo,
    ) -> Asker<'a> {
        let modules = compiled.modules().len();
        let none = FixedBitSet::with_capacity(modules);
        let questions = lens.asks.iter().map(|asks| questions(&mut memo, compiled, asks)).collect();
        Asker {
            snapshot,
            compiled,
            lens,
            joint,
            joint_rises: joint.is_sorted(),
            today,
            day_quarters,
            memo,
            ever: none.clone(),
            valid: none.clone(),
            lasted: vec![0; modules],
            taken: none.clone(),
            steps: Vec::new(),
            turns: none,
            own: vec![NEVER; modules],
            due: vec![NEVER; modules],
            singles: Vec::new(),
            choices: Vec::new(),
            held: Vec::new(),
            varied: Vec::new(),
            shared: HashMap::default(),
            questions,
            open: Vec::new(),
            chosen: Vec::new(),
            askers: Vec::new(),
            flags: vec![false; modules],
            dates: vec![None; modules],
            members: Vec::new(),
            dated: Vec::new(),
            by_due: Vec::new(),
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
        let (snapshot, lens) = (self.snapshot, self.lens);
        snapshot.record(person).achieved(self.today).for_each(|had| {
            for &module in lens.counts.get(had.module) {
                self.count(module, had.valid_until);
            }
            let kept = lens.kept.get(usize::from(had.module)).into_iter().flatten();
            kept.filter(|(_, until)| had.day <= *until).for_each(|&(module, _)| self.count(module, had.valid_until));
        });
    }

    fn count(&mut self, module: u16, valid_until: Day) {
        let index = usize::from(module);
        let lasted = &mut self.lasted[index];
        *lasted = if self.ever.put(index) { valid_until.max(*lasted) } else { valid_until };
        if valid_until >= self.today {
            self.valid.insert(index);
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
        self.open.clear();
        for at in 0..self.singles.len() {
            let (module, _) = self.singles[at];
            if self.lens.has_equivalents[usize::from(module)] && self.piece(module).is_none() {
                self.open.push(self.memo.single(self.compiled, module));
            }
        }
        for wish in &self.choices {
            let from = &self.asks(wish.asks).choices[wish.choice].from;
            let missing = from.iter().filter(|member| !self.valid.contains(usize::from(member.module)));
            if (missing.filter(|member| self.piece(member.module).is_some()).count() as u32) < wish.least {
                self.open.push(self.question(wish));
            }
        }
        let sets = Sets { ever: &self.ever, valid: &self.valid, taken: &self.taken };
        for &asker in &self.askers {
            if !met(self.compiled, sets, ModuleIx(asker)) {
                self.open.push(self.memo.before(self.compiled, asker));
            }
        }
        let proved = self.memo.solve(self.compiled, sets, &mut self.open, &mut self.chosen);
        while let Some(module) = self.chosen.pop() {
            if !self.taken.put(usize::from(module)) {
                self.steps.push(module);
            }
        }
        !proved
    }

    /// What is taken for `module`: it, or one that counts as it.
    pub(super) fn piece(&self, module: u16) -> Option<u16> {
        let taken = |module: &u16| self.taken.contains(usize::from(*module));
        match taken(&module) {
            true => Some(module),
            false if !self.lens.has_equivalents[usize::from(module)] => None,
            false => self.compiled.equivalents(ModuleIx(module)).iter().map(|way| way.0).find(taken),
        }
    }

    fn tell(&mut self, answer: &mut Answer) {
        answer.today = self.today;
        answer.steps.clear();
        answer.quarters = 0;
        answer.overdue = false;
        for index in self.taken.ones() {
            let (due, quarters) = (self.due[index], self.lens.quarters[index]);
            answer.steps.push(Todo { module: self.joint[index], due, quarters });
            answer.quarters += quarters;
            answer.overdue |= due < self.today;
        }
        if !self.joint_rises {
            answer.steps.sort_unstable();
        }
        answer.pinch = pinch(answer, self.day_quarters, &mut self.by_due);
    }

    fn clear(&mut self) {
        self.taken.clear();
        self.turns.clear();
        for step in self.steps.drain(..) {
            let index = usize::from(step);
            (self.own[index], self.due[index]) = (NEVER, NEVER);
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

/// The questions of the choices that are asked for.
pub(super) fn questions(memo: &mut Memo, compiled: &Compiled, asks: &Asks) -> Vec<u32> {
    let question =
        |choice: &Choice| memo.choice(compiled, choice.choose, choice.from.iter().map(|member| member.module));
    asks.choices.iter().map(question).collect()
}
