//! When one person's steps are due: by their own demands, and by what builds on them.

use super::ask::Asker;
use super::asks::Single;
use super::time::{Day, NEVER, date};
use crate::engine::compile::Need;
use crate::engine::model::ModuleIx;
use crate::engine::support::Support;

/// A demand that is met, for a module that is taken.
struct Held {
    module: u16,
    due: Day,
    /// One of a choice.
    chosen: bool,
}

impl Asker<'_> {
    /// When each step is due by its own demands.
    pub(super) fn date(&mut self) {
        for at in 0..self.singles.len() {
            let (module, due) = self.singles[at];
            if let Some(piece) = self.piece(module) {
                self.due_by(piece, due);
            }
        }
        let held = self.held_demands();
        held.iter().filter(|held| !held.chosen).for_each(|held| self.due_by(held.module, held.due));
        self.date_choices();
        held.iter().filter(|held| held.chosen).for_each(|held| self.due_by(held.module, held.due));
    }

    /// Of each choice, as many steps as are still wanted: those due first.
    fn date_choices(&mut self) {
        let (mut members, mut dated) = (std::mem::take(&mut self.members), std::mem::take(&mut self.dated));
        for wish in &self.choices {
            members.clear();
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
        (self.members, self.dated) = (members, dated);
    }

    fn due_by(&mut self, piece: u16, due: Day) {
        let own = &mut self.own[usize::from(piece)];
        *own = due.min(*own);
    }

    /// What has been held was not due before the last day it counted.
    fn renewed(&self, module: u16, due: Day) -> Day {
        let index = usize::from(module);
        match self.lasted[index] {
            last if self.ever.contains(index) && last != NEVER => due.max(last),
            _ => due,
        }
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
    pub(super) fn pass_down(&mut self) {
        for &step in &self.steps {
            self.turns.insert(usize::from(self.lens.turn[usize::from(step)]));
            self.due[usize::from(step)] = self.own[usize::from(step)];
        }
        self.steps.clear();
        self.steps.extend(self.turns.ones().map(|turn| self.lens.at_turn[turn]));
        for at in 0..self.steps.len() {
            let step = self.steps[at];
            match self.leans(step) {
                true => self.pass_by_choice(step, self.due[usize::from(step)]),
                false => {
                    let due = self.due[usize::from(step)];
                    for &below in self.lens.plain.get(step) {
                        self.pass(below, due);
                    }
                }
            }
        }
    }

    /// Only where `below` is a step.
    fn pass(&mut self, below: u16, due: Day) {
        let index = usize::from(below);
        if self.taken.contains(index) {
            self.due[index] = due.min(self.due[index]);
        }
    }

    /// Whether `step` builds on a step by choice.
    fn leans(&self, step: u16) -> bool {
        let taken = |module: &u16| self.taken.contains(usize::from(*module));
        self.lens.open[usize::from(step)] && self.lens.loose.get(step).iter().any(taken)
    }

    /// What `Support::before` finds, without lists where prerequisites have the usual forms.
    fn pass_by_choice(&mut self, step: u16, due: Day) {
        let compiled = self.compiled;
        let parts = match compiled.need(ModuleIx(step)) {
            Need::All(parts) => &parts[..],
            other => std::slice::from_ref(other),
        };
        let usual = |part: &Need| match part {
            Need::Module(_) => true,
            Need::AtLeast(1, ways) => ways.iter().all(|way| matches!(way, Need::Module(_))),
            _ => false,
        };
        if !parts.iter().all(usual) {
            return self.pass_by_support(step, due);
        }
        for part in parts {
            let ways = if let Need::AtLeast(_, ways) = part { &ways[..] } else { std::slice::from_ref(part) };
            // What must come before, and what is better renewed before.
            for renewals in [false, true] {
                if let Some(piece) = self.first_way(step, ways, renewals) {
                    self.pass(piece, due);
                }
            }
        }
    }

    /// The step that is leant on for one of `ways`, all single modules; none when what is held is enough.
    fn first_way(&self, step: u16, ways: &[Need], renewals: bool) -> Option<u16> {
        let taken = |module: &ModuleIx| self.taken.contains(usize::from(module.0));
        let due = |module: ModuleIx| self.own[usize::from(module.0)];
        let mut best: Option<(Day, ModuleIx, ModuleIx)> = None;
        for way in ways {
            let Need::Module(asked) = *way else { continue };
            if self.ever.contains(usize::from(asked.0)) && !(renewals && taken(&asked)) {
                return None;
            }
            let stand_ins = || self.compiled.stand_ins(ModuleIx(step), asked).filter(taken);
            let piece = if taken(&asked) { Some(asked) } else { stand_ins().min_by_key(|&piece| (due(piece), piece)) };
            let found = piece.map(|piece| (due(piece), piece, asked));
            best = best.into_iter().chain(found).min();
        }
        best.map(|(_, piece, _)| piece.0)
    }

    fn pass_by_support(&mut self, step: u16, due: Day) {
        for &step in &self.steps {
            let own = self.own[usize::from(step)];
            self.flags[usize::from(step)] = true;
            // Only compared with others of its kind.
            self.dates[usize::from(step)] = (own != NEVER).then(|| date(own));
        }
        let (compiled, ever, taken, dues) = (self.compiled, &self.ever, &self.flags[..], &self.dates[..]);
        let before = Support { compiled, ever, taken, dues }.before(ModuleIx(step));
        before.iter().for_each(|below| self.pass(below.piece.0, due));
        for &step in &self.steps {
            (self.flags[usize::from(step)], self.dates[usize::from(step)]) = (false, None);
        }
    }
}
