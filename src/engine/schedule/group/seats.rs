//! How many of those who make it alone the seats could hold at most, by two bounds of which the lower one is told.
//!
//! For each module by itself, the largest number of people who can sit at one of its occasions in time (a matching, found
//! by augmenting paths): whoever does not fit at one module does not make it, so the tightest module bounds them all. And
//! for all modules at once by prices ([`super::prices`]).

use super::super::calendar::{Calendar, Day, NEVER};
use super::super::relax::{Node, relax};
use super::super::task::{Given, Task};
use super::prices;
use crate::engine::model::ModuleIx;

/// What must have a seat on a way, with the occasions that would do.
type Needs = Vec<(ModuleIx, Vec<usize>)>;

/// How many of those who `can` make it could at most, on the paths that each has tried; `known` make it already.
pub(super) fn at_most(calendar: &Calendar, ways: &[Vec<&Task>], can: &[usize], known: usize) -> usize {
    let ways: Vec<Vec<Needs>> = can.iter().map(|&at| possible_ways(&ways[at])).collect();
    by_module(calendar, &ways).min(prices::settle(&free(calendar), &wants(&ways), known).at_most)
}

/// What each of those who can make it costs the others, in the order of `can`: little when others hardly want the seats.
pub(super) fn costs(calendar: &Calendar, tasks: &[Task], can: &[usize]) -> Vec<i64> {
    let ways: Vec<Vec<Needs>> = can.iter().map(|&at| possible_ways(&[&tasks[at]])).collect();
    let wants = wants(&ways);
    let settled = prices::settle(&free(calendar), &wants, 0);
    wants.iter().map(|ways| settled.cost(ways).unwrap_or(i64::MAX)).collect()
}

fn possible_ways(ways: &[&Task]) -> Vec<Needs> {
    ways.iter().map(|way| in_time(way)).filter(possible).collect()
}

fn wants(ways: &[Vec<Needs>]) -> prices::Wants {
    let bare = |way: &Needs| way.iter().map(|(_, occasions)| occasions.clone()).collect();
    ways.iter().map(|ways| ways.iter().map(bare).collect()).collect()
}

fn free(calendar: &Calendar) -> Vec<Option<u32>> {
    calendar.occasions.iter().map(|occasion| occasion.free).collect()
}

/// Whether everything on the way is given in time.
fn possible(way: &Needs) -> bool {
    way.iter().all(|(_, occasions)| !occasions.is_empty())
}

fn by_module(calendar: &Calendar, ways: &[Vec<Needs>]) -> usize {
    // Only what is needed on all of somebody's ways must be had.
    let mut needs: Needs = ways.iter().flat_map(|ways| on_every_way(ways)).collect();
    needs.sort();
    let beyond = |asking: &[(ModuleIx, Vec<usize>)]| asking.len() - seated(calendar, asking);
    let most = needs.chunk_by(|one, other| one.0 == other.0).map(beyond).max().unwrap_or_default();
    ways.iter().filter(|ways| !ways.is_empty()).count() - most
}

/// What must have a seat whichever way is taken, with the occasions that would do on one of them.
fn on_every_way(ways: &[Needs]) -> Needs {
    let Some((first, others)) = ways.split_first() else { return Vec::new() };
    let mut needs = first.clone();
    for other in others {
        needs.retain_mut(|(module, occasions)| {
            let also = other.iter().find(|(known, _)| known == module);
            occasions.extend(also.into_iter().flat_map(|(_, also)| also));
            also.is_some()
        });
    }
    for (_, occasions) in &mut needs {
        occasions.sort_unstable();
        occasions.dedup();
    }
    needs
}

/// For each piece that must have a seat, the occasions at which it could be had in time were nothing else in the way.
fn in_time(task: &Task) -> Needs {
    let allowed = task.usable();
    let root = Node { allowed: allowed.clone(), forced: vec![None; task.pieces.len()] };
    let Some(earliest) = relax(task, &root) else { return Vec::new() };
    let start = task.terms.from - 1;
    let pieces = task.pieces.iter().filter(|piece| piece.wanted && piece.given == Given::Occasions);
    let occasions = |piece: &super::super::task::Piece| {
        let (ready, due): (Day, Day) = (piece.before.ready(&earliest.ends, start), piece.due.unwrap_or(NEVER));
        let of = task.calendar.of(piece.module).iter().copied();
        let fits = |at: &usize| {
            let occasion = &task.calendar.occasions[*at];
            allowed.contains(*at) && occasion.first() > ready && occasion.last() <= due
        };
        of.filter(fits).collect()
    };
    pieces.map(|piece| (piece.module, occasions(piece))).collect()
}

/// The most who can sit, each at one of their occasions.
fn seated(calendar: &Calendar, asking: &[(ModuleIx, Vec<usize>)]) -> usize {
    let mut seats = Seats {
        free: free(calendar),
        holders: vec![Vec::new(); calendar.occasions.len()],
        seen: vec![false; calendar.occasions.len()],
        asking,
    };
    let mut seated = 0;
    for who in 0..asking.len() {
        if seats.sit(who) {
            seated += 1;
            seats.seen.fill(false);
        }
        // After a search in vain nothing it saw can help anybody later, so it stays seen until somebody sits.
    }
    seated
}

struct Seats<'a> {
    free: Vec<Option<u32>>,
    holders: Vec<Vec<usize>>,
    seen: Vec<bool>,
    asking: &'a [(ModuleIx, Vec<usize>)],
}

impl Seats<'_> {
    fn sit(&mut self, who: usize) -> bool {
        let asking = self.asking;
        for &at in &asking[who].1 {
            if self.seen[at] {
                continue;
            }
            self.seen[at] = true;
            if self.free[at].is_none_or(|free| self.holders[at].len() < free as usize) {
                self.holders[at].push(who);
                return true;
            }
            for place in 0..self.holders[at].len() {
                if self.sit(self.holders[at][place]) {
                    self.holders[at][place] = who;
                    return true;
                }
            }
        }
        false
    }
}
