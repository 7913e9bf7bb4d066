//! Which further occasion would help most of those who do not make it: for each of them, each module and each day on
//! which it might be given, the question is asked anew with that one day added. Counted, not guessed.

use std::collections::BTreeMap;

use super::super::calendar::{Day, Part};
use super::super::solve::solve;
use super::super::task::{Given, Task};
use super::{NODES, Outcome, makes_it, on_seats};
use crate::engine::model::ModuleIx;

/// A day that would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    pub module: ModuleIx,
    pub day: Day,
    /// How many of those who do not make it would, one after another on the seats that are left.
    pub helps: usize,
}

/// How many modules are told.
const MOST: usize = 5;

/// The best day of each module, the most helpful first. `days` are those on which it might be given, ascending; a day has
/// `seats` seats and lasts all day.
pub fn extras(outcome: &Outcome, days: &[Day], seats: usize) -> Vec<Extra> {
    let tasks = &outcome.tasks;
    let mut helped: BTreeMap<(ModuleIx, Day), Vec<usize>> = BTreeMap::new();
    for (at, task) in tasks.iter().enumerate().filter(|(at, _)| !outcome.fates[*at].makes) {
        let task = on_seats(task, &outcome.left);
        for piece in (0..task.pieces.len()).filter(|&piece| task.pieces[piece].given == Given::Occasions) {
            for day in helpful(&task, piece, days) {
                helped.entry((task.pieces[piece].module, day)).or_default().push(at);
            }
        }
    }
    let mut best: BTreeMap<ModuleIx, (usize, Day)> = BTreeMap::new();
    for ((module, day), who) in &helped {
        let known = best.entry(*module).or_insert((0, *day));
        if who.len() > known.0 {
            *known = (who.len(), *day);
        }
    }
    let mut extras: Vec<Extra> = best.into_iter().map(|(module, (helps, day))| Extra { module, day, helps }).collect();
    extras.sort_by_key(|extra| (std::cmp::Reverse(extra.helps), extra.day, extra.module));
    extras.truncate(MOST);
    for extra in &mut extras {
        extra.helps = together(outcome, &helped[&(extra.module, extra.day)], extra, seats);
    }
    extras.retain(|extra| extra.helps > 0);
    extras.sort_by_key(|extra| (std::cmp::Reverse(extra.helps), extra.day, extra.module));
    extras
}

/// The days on which the piece could be given so that everything is met: after what comes first, and early enough for
/// what follows, so they lie side by side but for days on which the person is away or busy.
fn helpful(task: &Task, piece: usize, days: &[Day]) -> Vec<Day> {
    let mut free = task.clone();
    free.pieces[piece].given = Given::OwnPace;
    let earliest = solve(&free, NODES);
    if !makes_it(&earliest) {
        return Vec::new();
    }
    let first = days.partition_point(|&day| day < earliest.ends[piece]);
    let due = task.pieces[piece].due;
    let late = |day: Day| due.is_some_and(|due| day > due);
    let in_time = |day: &Day| !late(*day) && makes_it(&solve(&on(task, piece, *day), NODES));
    let last = first + days[first..].partition_point(in_time);
    days[first..last].iter().copied().filter(|&day| is_free(task, day)).collect()
}

fn is_free(task: &Task, day: Day) -> bool {
    !task.terms.away.iter().any(|(from, to)| (*from..=*to).contains(&day))
        && !task.terms.kept.iter().any(|part| part.day == day)
        && task.weeks_allow([day].into_iter())
}

/// The task with the piece given all that day.
fn on<'a>(task: &Task<'a>, piece: usize, day: Day) -> Task<'a> {
    let mut task = task.clone();
    task.pieces[piece].given = Given::Booked { occasion: 0, last: day };
    task.terms.kept.push(Part { day, from: 0, to: 24 * 60 });
    task
}

/// How many of these make it one after another when the day is added.
fn together(outcome: &Outcome, who: &[usize], extra: &Extra, seats: usize) -> usize {
    let mut left = outcome.left.clone();
    let mut helps = 0;
    for &at in who {
        let task = on_seats(&outcome.tasks[at], &left);
        let Some(piece) = task.pieces.iter().position(|piece| piece.module == extra.module) else { continue };
        let placing = solve(&on(&task, piece, extra.day), NODES);
        // What comes first must still be over by then on the seats that are left.
        let ready = task.pieces[piece].before.ready(&placing.ends, task.terms.from - 1);
        if makes_it(&placing) && ready < extra.day && helps < seats {
            helps += 1;
            for &occasion in placing.chosen.iter().flatten() {
                left[occasion] = left[occasion].map(|left| left.saturating_sub(1));
            }
        }
    }
    helps
}
