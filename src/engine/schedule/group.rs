//! Many people on shared seats: who makes it, who does not and why, how many seats the group uses, and which further
//! occasion would help most of those who do not.
//!
//! Making it means that every piece has a day and no deadline is missed. Good and fast rather than exact:
//! 1. Everybody is placed alone, as if nobody else were there: on the cheapest path, and where that does not make it on
//!    up to [`WAYS`] others, each around what could not be had in time. Whoever makes it on none of them is not placed.
//! 2. The others take their seats one after another: once those with least time to spare first, and once those first
//!    whose seats others want least, by the prices that bound best ([`seats`]). What lets more make it counts.
//! 3. Whoever finds no seat asks those who have one: somebody who can make it on other days moves.
//! 4. Whoever still has none tries other paths, up to [`WAYS`], around what has no seat left. Those who have a seat keep
//!    their path.
//!
//! [`Outcome::at_most`] bounds what any way of giving out the seats could reach on the paths that were tried: those who
//! make it alone, less those whom the seats cannot hold ([`seats`]).

use super::calendar::{Calendar, Day, NEVER};
use super::reasons::{Missed, missed};
use super::relax::{Node, relax};
use super::solve::{Placing, solve};
use super::task::{Bar, Task};
pub use super::ways::WAYS;
use super::ways::hopeless;
use crate::engine::model::ModuleIx;

mod extra;
mod prices;
mod seats;

pub use extra::{Extra, extras};

/// Search nodes for one person when seats are given out.
const NODES: u64 = 60;
/// Search nodes for one person alone.
const ALONE: u64 = 400;
/// Of those who have a seat that another needs, how many are asked to move.
const ASKED: usize = 12;
/// Plans tried for somebody who finds no seat.
const WISHES: usize = 6;

/// What has become of one of the group.
#[derive(Debug, Clone)]
pub struct Fate {
    pub placing: Placing,
    pub makes: bool,
    /// What is missed on the seats that are left; empty for whoever makes it.
    pub missed: Vec<Missed>,
    /// Would have made it alone.
    pub alone: bool,
}

/// The answer for a group.
#[derive(Debug, Clone)]
pub struct Outcome<'a> {
    /// The path on which each is told of: the cheapest, unless another one makes it.
    pub tasks: Vec<Task<'a>>,
    /// In the order of the tasks.
    pub fates: Vec<Fate>,
    /// Seats that the group takes, for each occasion of the calendar.
    pub used: Vec<u32>,
    /// Seats left at each occasion; none = as many as come.
    pub left: Vec<Option<u32>>,
    pub makes: usize,
    /// However the seats are given out, no more make it on the paths that were tried.
    pub at_most: usize,
    /// How many of those who make it do so on another path than the cheapest.
    pub around: usize,
}

/// Another path of somebody, by the place in the group, around these modules; none when there is none.
pub type Around<'a, 'f> = &'f dyn Fn(usize, &[ModuleIx]) -> Option<Task<'a>>;

/// Places everybody, of whom each comes with the cheapest path. `progress` is told how many steps of how many are done.
pub fn group<'a>(
    calendar: &Calendar,
    tasks: Vec<Task<'a>>,
    around: Around<'a, '_>,
    progress: &mut dyn FnMut(usize, usize),
) -> Outcome<'a> {
    let all = tasks.len() * 2;
    let mut giving = Giving::new(calendar, tasks);
    let mut alone = Vec::with_capacity(giving.tasks.len());
    for at in 0..giving.tasks.len() {
        alone.push(giving.alone(at, around));
        progress(at + 1, all);
    }
    let can: Vec<usize> = (0..alone.len()).filter(|&at| alone[at].can).collect();
    let giving = giving.in_the_better_order(calendar, &can, &alone, around);
    let fates = giving.fates(&alone, &mut |done| progress(alone.len() + done, all));
    let makes = fates.iter().filter(|fate| fate.makes).count();
    let at_most = seats::at_most(calendar, &giving.ways(), &can, makes);
    let others = giving.another.iter().zip(&fates).filter(|(another, fate)| **another && fate.makes).count();
    Outcome { used: giving.used(), makes, at_most, around: others, fates, left: giving.left, tasks: giving.tasks }
}

pub(super) fn makes_it(placing: &Placing) -> bool {
    placing.score.late == 0 && placing.score.left_out == 0
}

/// One person as if nobody else were there.
struct Alone {
    placing: Placing,
    /// Makes it, or it is not proved that not.
    can: bool,
    /// Days to spare at the tightest deadline.
    spare: Day,
}

impl Alone {
    fn of(task: &Task) -> Alone {
        let placing = solve(task, ALONE);
        let root = Node { allowed: task.usable(), forced: vec![None; task.pieces.len()] };
        let earliest = relax(task, &root);
        let hope = earliest.as_ref().is_some_and(|relaxed| relaxed.score.late == 0 && relaxed.score.left_out == 0);
        let spare = earliest.map(|relaxed| {
            let dues = task.pieces.iter().zip(relaxed.ends).filter_map(|(piece, end)| Some(piece.due? - end));
            dues.min().unwrap_or(NEVER)
        });
        Alone { can: makes_it(&placing) || (!placing.proved && hope), placing, spare: spare.unwrap_or(NEVER) }
    }
}

/// Seats being given out.
#[derive(Clone)]
struct Giving<'a> {
    /// The path of each.
    tasks: Vec<Task<'a>>,
    /// Paths that were tried beside it when no seats were left on it.
    tried: Vec<Vec<Task<'a>>>,
    /// Whose path is not the cheapest.
    another: Vec<bool>,
    left: Vec<Option<u32>>,
    /// The plan of each who has one.
    plans: Vec<Option<Placing>>,
    /// Who sits at each occasion.
    holders: Vec<Vec<usize>>,
}

impl<'a> Giving<'a> {
    fn new(calendar: &Calendar, tasks: Vec<Task<'a>>) -> Giving<'a> {
        Giving {
            left: calendar.occasions.iter().map(|occasion| occasion.free).collect(),
            plans: vec![None; tasks.len()],
            holders: vec![Vec::new(); calendar.occasions.len()],
            tried: vec![Vec::new(); tasks.len()],
            another: vec![false; tasks.len()],
            tasks,
        }
    }

    /// One person as if nobody else were there, who takes another path when the cheapest does not make it.
    fn alone(&mut self, at: usize, around: Around<'a, '_>) -> Alone {
        let cheapest = Alone::of(&self.tasks[at]);
        if cheapest.can {
            return cheapest;
        }
        let mut ways = Ways::new(at, around, hopeless(&self.tasks[at]));
        while let Some(other) = ways.next_way() {
            let alone = Alone::of(&other);
            if alone.can {
                (self.tasks[at], self.another[at]) = (other, true);
                return alone;
            }
            ways.beside(hopeless(&other));
        }
        cheapest
    }

    /// Every path that each has tried.
    fn ways(&self) -> Vec<Vec<&Task<'a>>> {
        self.tasks.iter().zip(&self.tried).map(|(task, tried)| [task].into_iter().chain(tried).collect()).collect()
    }

    /// Those with least time to spare first, or those first who cost the others least, as more make it.
    fn in_the_better_order(
        mut self,
        calendar: &Calendar,
        can: &[usize],
        alone: &[Alone],
        around: Around<'a, '_>,
    ) -> Giving<'a> {
        let mut by_spare = can.to_vec();
        by_spare.sort_by_key(|&at| (alone[at].spare, at));
        let mut by_cost: Vec<(i64, Day, usize)> = seats::costs(calendar, &self.tasks, can)
            .into_iter()
            .zip(can)
            .map(|(cost, &at)| (cost, alone[at].spare, at))
            .collect();
        by_cost.sort_unstable();
        let mut other = self.clone();
        self.everybody(&by_spare, alone, around);
        if self.making() == can.len() {
            return self;
        }
        other.everybody(&by_cost.into_iter().map(|(.., at)| at).collect::<Vec<_>>(), alone, around);
        if other.making() > self.making() { other } else { self }
    }

    fn making(&self) -> usize {
        self.plans.iter().flatten().count()
    }

    fn everybody(&mut self, order: &[usize], alone: &[Alone], around: Around<'a, '_>) {
        let mut without = Vec::new();
        for &at in order {
            match self.try_place(at, &[]) {
                Some(plan) => self.sit(at, plan),
                None => without.push(at),
            }
        }
        without.iter().for_each(|&at| self.squeeze_in(at, &alone[at].placing));
        without.into_iter().for_each(|at| self.go_around(at, around));
    }

    /// Another path for somebody without a seat, around what has none left.
    fn go_around(&mut self, at: usize, around: Around<'a, '_>) {
        if self.plans[at].is_some() {
            return;
        }
        let mut ways = Ways::new(at, around, hopeless(&on_seats(&self.tasks[at], &self.left)));
        while let Some(other) = ways.next_way() {
            let on_seats = on_seats(&other, &self.left);
            let plan = solve(&on_seats, NODES);
            if makes_it(&plan) {
                let before = std::mem::replace(&mut self.tasks[at], other);
                self.tried[at].push(before);
                self.another[at] = true;
                self.sit(at, plan);
                return;
            }
            ways.beside(hopeless(&on_seats));
            self.tried[at].push(other);
        }
    }

    /// Tries one wish after another, each without the occasion at which nobody would move.
    fn squeeze_in(&mut self, at: usize, alone: &Placing) {
        let mut wish = alone.clone();
        let mut barred = Vec::new();
        for _ in 0..WISHES {
            let Some(stuck) = self.make_room(at, &wish) else { return };
            barred.push(stuck);
            let mut task = self.tasks[at].clone();
            barred.iter().for_each(|&occasion| task.bars[occasion] = Some(Bar::Full));
            wish = solve(&task, NODES);
        }
    }

    /// A plan on the seats that are left, without these occasions.
    fn try_place(&self, at: usize, barred: &[usize]) -> Option<Placing> {
        let task = self.on_what_is_left(at, barred);
        Some(solve(&task, NODES)).filter(makes_it)
    }

    /// The person's question on the seats that are left; seats the person has count as left.
    fn on_what_is_left(&self, at: usize, barred: &[usize]) -> Task<'a> {
        let mut task = self.tasks[at].clone();
        let own = self.plans[at].iter().flat_map(|plan| &plan.chosen).flatten();
        let own: Vec<usize> = own.copied().collect();
        for (occasion, left) in self.left.iter().enumerate() {
            if (*left == Some(0) && !own.contains(&occasion)) || barred.contains(&occasion) {
                task.bars[occasion] = task.bars[occasion].or(Some(Bar::Full));
            }
        }
        task
    }

    fn sit(&mut self, at: usize, plan: Placing) {
        for &occasion in plan.chosen.iter().flatten() {
            self.left[occasion] = self.left[occasion].map(|left| left - 1);
            self.holders[occasion].push(at);
        }
        self.plans[at] = Some(plan);
    }

    fn rise(&mut self, at: usize) -> Option<Placing> {
        let plan = self.plans[at].take()?;
        for &occasion in plan.chosen.iter().flatten() {
            self.left[occasion] = self.left[occasion].map(|left| left + 1);
            self.holders[occasion].retain(|holder| *holder != at);
        }
        Some(plan)
    }

    /// Lets others move until `at` has a seat at each occasion of `wish`. When nobody moves at one of them all stay as
    /// they were, and that one is returned.
    fn make_room(&mut self, at: usize, wish: &Placing) -> Option<usize> {
        if !makes_it(wish) {
            return None;
        }
        let mut moved: Vec<(usize, Placing)> = Vec::new();
        let wanted: Vec<usize> = wish.chosen.iter().flatten().copied().collect();
        for &occasion in wanted.iter() {
            if self.left[occasion] == Some(0) && !self.somebody_moves(occasion, &wanted, &mut moved) {
                for (holder, before) in moved.into_iter().rev() {
                    self.rise(holder);
                    self.sit(holder, before);
                }
                return Some(occasion);
            }
        }
        self.sit(at, wish.clone());
        None
    }

    fn somebody_moves(&mut self, occasion: usize, wanted: &[usize], moved: &mut Vec<(usize, Placing)>) -> bool {
        let holders: Vec<usize> = self.holders[occasion].iter().rev().take(ASKED).copied().collect();
        for holder in holders {
            // Nobody moves to a seat that has just been made free.
            let barred: Vec<usize> = wanted
                .iter()
                .copied()
                .filter(|&other| !self.holders[other].contains(&holder) || other == occasion)
                .collect();
            if let Some(plan) = self.try_place(holder, &barred) {
                moved.extend(self.rise(holder).map(|before| (holder, before)));
                self.sit(holder, plan);
                return true;
            }
        }
        false
    }

    fn fates(&self, alone: &[Alone], done: &mut dyn FnMut(usize)) -> Vec<Fate> {
        let fate = |at: usize| match &self.plans[at] {
            Some(plan) => Fate { placing: plan.clone(), makes: true, missed: Vec::new(), alone: true },
            None => {
                let task = self.on_what_is_left(at, &[]);
                let placing = solve(&task, NODES);
                Fate { missed: missed(&task, &placing), makes: false, placing, alone: makes_it(&alone[at].placing) }
            }
        };
        let mut fates = Vec::with_capacity(self.tasks.len());
        for at in 0..self.tasks.len() {
            fates.push(fate(at));
            done(at + 1);
        }
        fates
    }

    /// Seats taken by those who make it.
    fn used(&self) -> Vec<u32> {
        self.holders.iter().map(|holders| holders.len() as u32).collect()
    }
}

/// Other paths of one person, each around what stood in the way of those before.
struct Ways<'a, 'f> {
    at: usize,
    around: Around<'a, 'f>,
    avoid: Vec<ModuleIx>,
    /// Something new is to be avoided.
    more: bool,
    left: usize,
}

impl<'a, 'f> Ways<'a, 'f> {
    fn new(at: usize, around: Around<'a, 'f>, avoid: Vec<ModuleIx>) -> Ways<'a, 'f> {
        Ways { at, around, more: !avoid.is_empty(), avoid, left: WAYS }
    }

    fn next_way(&mut self) -> Option<Task<'a>> {
        if !self.more || self.left == 0 {
            return None;
        }
        (self.more, self.left) = (false, self.left - 1);
        (self.around)(self.at, &self.avoid)
    }

    fn beside(&mut self, modules: Vec<ModuleIx>) {
        for module in modules {
            if !self.avoid.contains(&module) {
                self.avoid.push(module);
                self.more = true;
            }
        }
    }
}

/// A person's question on the seats that an outcome leaves.
pub(super) fn on_seats<'a>(task: &Task<'a>, left: &[Option<u32>]) -> Task<'a> {
    let mut task = task.clone();
    for (bar, left) in task.bars.iter_mut().zip(left) {
        *bar = bar.or((*left == Some(0)).then_some(Bar::Full));
    }
    task
}
