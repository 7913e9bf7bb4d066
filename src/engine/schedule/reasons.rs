//! Why a deadline is missed or a piece left out, and the first day that could be kept.
//!
//! The question is asked anew for the missed piece and what it may build on, alone. If that works, others are in the
//! way. If not, one cause after another is thought away until it works, the likeliest first; what turns out not to have
//! been needed is put back. So thinking away exactly the causes told makes the deadline possible, and none of several
//! is there in vain.

use super::calendar::{Day, NEVER};
use super::solve::{Placing, solve};
use super::task::{Bar, Before, Given, Task};
use crate::engine::model::ModuleIx;

/// Search nodes for each of the questions asked here.
const NODES: u64 = 1_000;

/// A deadline that the plan does not keep, or a piece that it leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// Its place in the task.
    pub piece: usize,
    pub due: Option<Day>,
    /// Never empty. Several only when they must all go.
    pub causes: Vec<Cause>,
    /// The first day on which the piece could be had if nothing else mattered; none when no occasion leads there.
    pub first: Option<Day>,
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The day has passed before the first day on which anything could begin.
    Past,
    /// The module is not given at all.
    NoOccasion,
    /// All its occasions end later than the deadline.
    NotByThen,
    /// The seat that is kept is later.
    Booked,
    /// No seat is free, or it cannot be booked for another reason, at occasions of these modules.
    Barred(Bar, Vec<ModuleIx>),
    /// More course days are needed in a week than are wished for.
    DaysAWeek,
    Away,
    /// Seats that are kept are at the same time.
    Busy,
    /// The first day wished for.
    From,
    /// What it builds on takes too long: those pieces in their order, with the first day each could be had.
    Chain(Vec<(usize, Option<Day>)>),
    /// It would work alone; other pieces with deadlines need the same time.
    Others,
}

/// Everything that `placing` misses, in the order of the pieces.
pub fn missed(task: &Task, placing: &Placing) -> Vec<Missed> {
    let missing = |piece: &usize| placing.is_late(task, *piece) || placing.is_left_out(*piece);
    let late = (0..task.pieces.len()).filter(|&piece| task.pieces[piece].wanted).filter(missing);
    late.map(|piece| why(task, piece)).collect()
}

fn why(task: &Task, piece: usize) -> Missed {
    let due = task.pieces[piece].due.unwrap_or(NEVER - 1);
    let alone = alone(task, piece);
    let answer = solve(&alone, NODES);
    let first = Some(answer.ends[piece]).filter(|&end| end != NEVER);
    let causes = match () {
        () if due < task.terms.today => vec![Cause::Past],
        () if answer.ends[piece] <= due => vec![Cause::Others],
        () => causes(&alone, piece, due),
    };
    Missed { piece, due: task.pieces[piece].due, causes, first }
}

/// Only the piece and what it may build on; only the piece counts.
fn alone<'a>(task: &Task<'a>, goal: usize) -> Task<'a> {
    let mut needed = vec![false; goal + 1];
    needed[goal] = true;
    for piece in (0..=goal).rev() {
        if needed[piece] {
            task.pieces[piece].before.for_each(&mut |below| needed[below] = true);
        }
    }
    let mut alone = task.clone();
    alone.pieces.truncate(goal + 1);
    for (piece, needed) in alone.pieces.iter_mut().zip(needed) {
        piece.wanted = false;
        piece.due = None;
        if !needed {
            // Held by nobody: it takes no time and no seat.
            piece.given = Given::OwnPace;
            piece.before = Before::AtLeast(1, Vec::new());
        }
    }
    alone.pieces[goal].wanted = true;
    alone.pieces[goal].due = task.pieces[goal].due;
    alone
}

fn causes(task: &Task, goal: usize, due: Day) -> Vec<Cause> {
    let of: Vec<usize> = task.calendar.of(task.pieces[goal].module).to_vec();
    let by_then = of.iter().any(|&at| task.calendar.occasions[at].last() <= due);
    let mut given: Vec<Cause> = Vec::new();
    if matches!(task.pieces[goal].given, Given::Booked { .. }) && by_then {
        given.push(Cause::Booked);
    }
    if task.pieces[goal].given != Given::OwnPace && !by_then {
        given.push(if of.is_empty() { Cause::NoOccasion } else { Cause::NotByThen });
    }
    let works = |causes: &[Cause]| solve(&without(task, goal, causes), NODES).ends[goal] <= due;
    if !given.is_empty() && works(&given) {
        return given;
    }
    let others = candidates(task, goal);
    for cause in &others {
        let with: Vec<Cause> = given.iter().cloned().chain([cause.clone()]).collect();
        if works(&with) {
            return named(task, goal, with);
        }
    }
    let mut all = given;
    for cause in others {
        all.push(cause);
        if works(&all) {
            break;
        }
    }
    for at in (0..all.len()).rev() {
        let mut fewer = all.clone();
        fewer.remove(at);
        if !fewer.is_empty() && works(&fewer) {
            all = fewer;
        }
    }
    named(task, goal, all)
}

/// What may be thought away, the likeliest first.
fn candidates(task: &Task, goal: usize) -> Vec<Cause> {
    let modules = |bar: Bar| -> Vec<ModuleIx> {
        let pieces = task.pieces[..=goal].iter().enumerate();
        let pieces = pieces.filter(|(at, piece)| *at == goal || piece.given == Given::Occasions);
        let modules = pieces.map(|(_, piece)| piece.module);
        modules.filter(|&module| task.calendar.of(module).iter().any(|&at| task.bars[at] == Some(bar))).collect()
    };
    let bars = [Bar::Full, Bar::Closed, Bar::Kept, Bar::Language].map(|bar| (bar, modules(bar)));
    let mut causes: Vec<Cause> =
        bars.into_iter().filter(|(_, of)| !of.is_empty()).map(|(b, of)| Cause::Barred(b, of)).collect();
    let terms = &task.terms;
    causes.extend(terms.days_a_week.map(|_| Cause::DaysAWeek));
    causes.extend((!terms.away.is_empty()).then_some(Cause::Away));
    causes.extend((!terms.kept.is_empty()).then_some(Cause::Busy));
    causes.extend((terms.from > terms.today).then_some(Cause::From));
    causes.push(Cause::Chain(Vec::new()));
    causes
}

/// The task with these causes thought away.
pub(super) fn without<'a>(task: &Task<'a>, goal: usize, causes: &[Cause]) -> Task<'a> {
    let mut task = task.clone();
    for cause in causes {
        match cause {
            Cause::Past | Cause::Others => {}
            Cause::NoOccasion | Cause::NotByThen => task.pieces[goal].given = Given::OwnPace,
            Cause::Booked => task.pieces[goal].given = Given::Occasions,
            Cause::Barred(bar, modules) => {
                let of: Vec<usize> = modules.iter().flat_map(|&module| task.calendar.of(module)).copied().collect();
                for at in of {
                    task.bars[at] = task.bars[at].filter(|known| known != bar);
                }
            }
            Cause::DaysAWeek => task.terms.days_a_week = None,
            Cause::Away => task.terms.away.clear(),
            Cause::Busy => task.terms.kept.clear(),
            Cause::From => task.terms.from = task.terms.today,
            Cause::Chain(_) => task.pieces[goal].before = Before::nothing(),
        }
    }
    task
}

/// The causes with what they are about: only those modules whose seats the plan without them would use, and the links
/// of the chain.
fn named(task: &Task, goal: usize, causes: Vec<Cause>) -> Vec<Cause> {
    let free = without(task, goal, &causes);
    let answer = solve(&free, NODES);
    let uses = |module: &ModuleIx, bar: Bar| {
        let piece = free.pieces.iter().position(|piece| piece.module == *module);
        piece.and_then(|piece| answer.chosen[piece]).is_some_and(|at| task.bars[at] == Some(bar))
    };
    let about = |cause: Cause| match cause {
        Cause::Barred(bar, modules) => {
            let used: Vec<ModuleIx> = modules.iter().copied().filter(|module| uses(module, bar)).collect();
            Cause::Barred(bar, if used.is_empty() { modules } else { used })
        }
        Cause::Chain(_) => Cause::Chain(chain(task, goal)),
        other => other,
    };
    causes.into_iter().map(about).collect()
}

/// What comes before the goal, from the first link on: of each piece the one it has to wait for longest.
fn chain(task: &Task, goal: usize) -> Vec<(usize, Option<Day>)> {
    let alone = |piece: usize| solve(&alone(task, piece), NODES).ends[piece];
    let mut links = Vec::new();
    let mut at = goal;
    loop {
        let mut below = Vec::new();
        task.pieces[at].before.for_each(&mut |piece| below.push(piece));
        below.sort_unstable();
        below.dedup();
        let ends: Vec<(Day, usize)> = below.into_iter().map(|piece| (alone(piece), piece)).collect();
        let mut days = vec![NEVER; task.pieces.len()];
        ends.iter().for_each(|&(end, piece)| days[piece] = end);
        let ready = task.pieces[at].before.ready(&days, task.terms.from - 1);
        let Some(&(end, piece)) = ends.iter().find(|(end, _)| *end == ready) else { break };
        links.push((piece, Some(end).filter(|&end| end != NEVER)));
        at = piece;
    }
    links.reverse();
    links
}
