//! A person's path: the cheapest steps in their order, what is held already, and why each piece is there.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::compile::Compiled;
use super::demand::{Demands, urgency};
use super::explain::explain;
use super::goal::{Plan, plan};
use super::model::{Because, Budget, Facts, Held, ModuleIx, Path, State, Step, Strength};
use super::order::order;
use super::serve::{Served, own_dues, serve};
use super::standing::Standing;
use super::support::{Below, Support};

/// Validity that ends within so many days is shown as ending.
const EXPIRING_DAYS: u64 = 90;

/// What `facts` leave to do on `today`, why, and in which order.
///
/// The steps are the cheapest in hours, then the fewest, then those whose sorted ids come first, as far as `budget`
/// allows. Due of a renewal is not before the day the old achievement lapsed.
pub fn path(compiled: &Compiled, facts: &Facts, today: NaiveDate, budget: &Budget) -> Path {
    path_avoiding(compiled, facts, today, budget, &[])
}

/// The same with as few of the modules `avoid` as possible, before hours are looked at.
pub(super) fn path_avoiding(
    compiled: &Compiled,
    facts: &Facts,
    today: NaiveDate,
    budget: &Budget,
    avoid: &[ModuleIx],
) -> Path {
    let standing = Standing::new(compiled, facts, today);
    let demands = Demands::new(compiled, facts, today);
    let Plan { taken, quarters, proof } = plan(compiled, &standing, &demands, budget, avoid);
    let served = serve(compiled, &standing, &demands, &taken);
    let dues = own_dues(taken.len(), &served);
    let support = Support { compiled, ever: &standing.ever, taken: &taken, dues: &dues };
    let view = View { support, standing: &standing, served: &served };
    let (order, dues) = view.ordered();
    let held = view.held();
    let mut because = explain(&demands, &served, &view.below(&order, &held));
    let mut reasons = |module: &ModuleIx| because.remove(module).unwrap_or_default();
    let steps: Vec<Step> = order.iter().map(|&module| view.step(module, dues[&module], reasons(&module))).collect();
    let recommended = view.recommended(&demands, &held);
    let held: Vec<Step> = held.into_keys().map(|module| view.held_piece(module, reasons(&module))).collect();
    Path {
        quarters_total: quarters + held.iter().map(|piece| piece.quarters).sum::<u32>(),
        steps,
        held,
        recommended,
        quarters_left: quarters,
        proof,
    }
}

/// One person's chosen pieces, to be looked at from several sides.
struct View<'a> {
    support: Support<'a>,
    standing: &'a Standing,
    served: &'a [Served],
}

impl View<'_> {
    fn taken(&self, module: ModuleIx) -> bool {
        self.support.taken[usize::from(module.0)]
    }

    /// The steps in order, with the due days that they inherit from what builds on them.
    fn ordered(&self) -> (Vec<ModuleIx>, BTreeMap<ModuleIx, Option<NaiveDate>>) {
        let compiled = self.support.compiled;
        let steps: Vec<ModuleIx> = compiled.modules().filter(|&module| self.taken(module)).collect();
        let place: BTreeMap<ModuleIx, usize> = steps.iter().enumerate().map(|(place, &step)| (step, place)).collect();
        let before: Vec<Vec<usize>> = steps.iter().map(|&step| self.before(step, &place)).collect();
        let mut dues: Vec<_> = steps.iter().map(|step| self.support.dues[usize::from(step.0)]).collect();
        for step in compiled.topological.iter().rev().filter_map(|module| place.get(module).copied()) {
            for &first in &before[step] {
                dues[first] = dues[first].into_iter().chain(dues[step]).min();
            }
        }
        let ordered = order(&dues, &before).into_iter().map(|place| steps[place]).collect();
        (ordered, steps.into_iter().zip(dues).collect())
    }

    fn before(&self, step: ModuleIx, place: &BTreeMap<ModuleIx, usize>) -> Vec<usize> {
        let mut before: Vec<usize> = self.support.before(step).into_iter().map(|below| place[&below.piece]).collect();
        before.sort_unstable();
        before.dedup();
        before
    }

    /// The held pieces that are demanded or built on, each with the module whose achievement counts.
    fn held(&self) -> BTreeMap<ModuleIx, ModuleIx> {
        let (compiled, standing) = (self.support.compiled, self.standing);
        let mut held = BTreeMap::new();
        let demanded = self.served.iter().map(|served| served.piece).filter(|&piece| !self.taken(piece));
        let mut open: Vec<ModuleIx> = demanded.collect();
        let steps = compiled.modules().filter(|&module| self.taken(module));
        steps.for_each(|step| self.held_below(step, |module| open.push(module)));
        while let Some(module) = open.pop() {
            if let (false, Some((_, through))) = (held.contains_key(&module), standing.counting(compiled, module)) {
                let counting = through.unwrap_or(module);
                held.insert(module, counting);
                self.held_below(counting, |module| open.push(module));
            }
        }
        held
    }

    /// Calls `each` for what `module` names as built on and the person has, steps aside.
    fn held_below(&self, module: ModuleIx, mut each: impl FnMut(ModuleIx)) {
        self.support.compiled.need(module).for_each(&mut |below| {
            if self.standing.ever(below) && !self.taken(below) {
                each(below);
            }
        });
    }

    /// What each piece builds on among the pieces.
    fn below(&self, steps: &[ModuleIx], held: &BTreeMap<ModuleIx, ModuleIx>) -> BTreeMap<ModuleIx, Vec<Below>> {
        let with_held = |counting: ModuleIx, mut below: Vec<Below>| {
            self.held_below(counting, |piece| below.push(Below { piece, asked: piece }));
            below.sort_unstable();
            below.dedup();
            below
        };
        let steps = steps.iter().map(|&step| (step, with_held(step, self.support.locks(step).unwrap_or_default())));
        steps.chain(held.iter().map(|(&piece, &counting)| (piece, with_held(counting, Vec::new())))).collect()
    }

    fn step(&self, module: ModuleIx, due: Option<NaiveDate>, because: Vec<Because>) -> Step {
        let locks = self.support.locks(module).unwrap_or_default();
        let mut step = self.piece(module, because);
        step.due = due;
        step.locked_by = pieces(locks);
        step.state = self.state(&step);
        step
    }

    fn held_piece(&self, module: ModuleIx, because: Vec<Because>) -> Step {
        let standing = self.standing;
        let counting = standing.counting(self.support.compiled, module);
        let mut step = self.piece(module, because);
        step.achieved = counting.map(|(held, _)| held);
        step.through = counting.and_then(|(_, through)| through);
        let soon = standing.today.checked_add_days(Days::new(EXPIRING_DAYS)).unwrap_or(NaiveDate::MAX);
        let ending = |held: &Held| held.valid_until.is_some_and(|last| last <= soon);
        let ends = step.strength.is_some() && step.achieved.as_ref().is_some_and(ending);
        step.state = if ends { State::Expiring } else { State::Done };
        step.due = step.achieved.filter(|_| ends).and_then(|held| held.valid_until);
        step
    }

    /// What is common to every kind of piece.
    fn piece(&self, module: ModuleIx, because: Vec<Because>) -> Step {
        let own = because.iter().filter(|because| because.builds_on.is_empty());
        Step {
            module,
            quarters: self.support.compiled.quarters(module),
            strength: own.map(|because| because.strength).min(),
            state: State::Available,
            due: None,
            locked_by: Vec::new(),
            booked: self.standing.seats[usize::from(module.0)],
            achieved: self.standing.own(module),
            through: None,
            because,
        }
    }

    /// Of a piece to do; the first that fits, from the top.
    fn state(&self, step: &Step) -> State {
        let lapsed = || step.achieved.is_some_and(|held| !self.standing.is_valid(&held));
        match () {
            () if step.due.is_some_and(|due| due < self.standing.today) => State::Overdue,
            () if step.booked.is_some() => State::Booked,
            () if lapsed() => State::Expired,
            () if !step.locked_by.is_empty() => State::Locked,
            () => State::Available,
        }
    }

    /// Recommended, and neither held nor a step.
    fn recommended(&self, demands: &Demands, held: &BTreeMap<ModuleIx, ModuleIx>) -> Vec<Step> {
        let mut because = BTreeMap::<ModuleIx, Vec<Because>>::new();
        for single in demands.singles.iter().filter(|single| single.strength == Strength::Recommended) {
            let module = single.module;
            let known = self.taken(module) || held.contains_key(&module) || self.standing.valid(module);
            if !known {
                let reason = demands.reasons[single.reason].because(single.strength, single.due);
                because.entry(module).or_default().push(reason);
            }
        }
        let recommended = |(module, mut because): (ModuleIx, Vec<Because>)| {
            because.sort_by_cached_key(urgency);
            let mut step = self.piece(module, because);
            step.locked_by = self.support.locks(module).map_or_else(|| self.missing(module), pieces);
            step.state = self.state(&step);
            step
        };
        because.into_iter().map(recommended).collect()
    }

    /// What `module` names as built on and the person never had.
    fn missing(&self, module: ModuleIx) -> Vec<ModuleIx> {
        let mut missing = Vec::new();
        self.support.compiled.need(module).for_each(&mut |below| {
            if !self.standing.ever(below) {
                missing.push(below);
            }
        });
        missing.sort_unstable();
        missing.dedup();
        missing
    }
}

fn pieces(below: Vec<Below>) -> Vec<ModuleIx> {
    let mut pieces: Vec<ModuleIx> = below.into_iter().map(|below| below.piece).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}
