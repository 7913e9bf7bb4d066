//! Which days are proposed: those of a series, and those of next year, without the days on which nothing is given. Pure.
//!
//! A day that falls away is proposed away, not forbidden: it is shown with why, and whoever plans may take it all the
//! same.

use chrono::{Datelike, Days, NaiveDate};

use super::planned::Plan;
use crate::occasions::clashes::{Needs, What, needed_twice};
use crate::occasions::store::DayOff;
use crate::programme::calendar::{self, Why};

/// How a day is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Series {
    /// Weeks from one day to the next, at least 1.
    pub every: u32,
    /// How many times it is given, those that fall away not counted.
    pub times: u32,
}

/// The days on which nothing is given.
#[derive(Debug, Clone, Copy)]
pub struct FreeDays<'a> {
    /// The curriculum's, 1 to 12.
    pub months: &'a [u32],
    /// The region's own.
    pub own: &'a [DayOff],
}

/// Why a day is not proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    Calendar(Why),
    /// The region's own, by its name.
    Own(String),
}

/// An occasion that could be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub plan: Plan,
    /// Days of its parts on which nothing is given, and why; it is proposed when there are none.
    pub free: Vec<(NaiveDate, Reason)>,
}

impl FreeDays<'_> {
    /// The region's own days are said first: they are known to whoever plans here.
    pub fn why(&self, day: NaiveDate) -> Option<Reason> {
        let own = self.own.iter().find(|off| (off.from..=off.to).contains(&day));
        let own = own.map(|off| Reason::Own(off.name.clone()));
        own.or_else(|| calendar::why_free(day, self.months).map(Reason::Calendar))
    }

    fn proposal(&self, plan: Plan) -> Proposal {
        let free = plan.parts.iter().filter_map(|part| Some((part.day, self.why(part.day)?))).collect();
        Proposal { plan, free }
    }
}

/// What the plan at a place of a list needs that another of them needs at the same time: what, whose, and at which of its
/// parts, each thing and other once, in the order of the list.
pub fn clashes_among(plans: &[&Plan], place: usize) -> Vec<(What, usize, usize)> {
    let Some(own) = plans.get(place) else { return Vec::new() };
    let sittings = own.sittings();
    let with = |(other, plan): (usize, &&Plan)| {
        let parts = plan.sittings();
        let there = Needs { parts: &parts, trainers: &plan.trainers, attending: &[] };
        let found = needed_twice(&sittings, &own.trainers, there);
        found.into_iter().map(|(what, part)| (what, other, part)).collect::<Vec<_>>()
    };
    plans.iter().enumerate().filter(|(other, _)| *other != place).flat_map(with).collect()
}

/// A series goes on for so many more turns than wished when days fall away: a year of weeks.
const MOST_TURNS: u32 = 120;

/// The occasions of a series: as many as wished that do not fall away, and between them those that do. The first is
/// where it was written.
pub fn series(first: &Plan, series: Series, free: FreeDays) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = Vec::new();
    let mut good = 0;
    for turn in 0..MOST_TURNS {
        if good >= series.times {
            break;
        }
        let Some(plan) = first.later(7 * i64::from(series.every.max(1)) * i64::from(turn)) else { break };
        let proposal = free.proposal(plan);
        good += u32::from(proposal.free.is_empty());
        proposals.push(proposal);
    }
    // Those that fall away after the last good one are no part of the series.
    while proposals.len() > 1 && proposals.last().is_some_and(|last| !last.free.is_empty()) && good >= series.times {
        proposals.pop();
    }
    proposals
}

/// The same occasion a year later: on the same weekday of the same week, and when that falls away in the nearest week
/// that does not, later before earlier. None of nearly a year of weeks free: the same week, with why.
pub fn next_year(plan: &Plan, free: FreeDays) -> Option<Proposal> {
    let days = weeks_to_next_year(plan.parts.iter().map(|part| part.day).min()?) * 7;
    let same = free.proposal(plan.later(days)?);
    if same.free.is_empty() {
        return Some(same);
    }
    let near = (1..=12).flat_map(|weeks| [7 * weeks, -7 * weeks]).filter_map(|shift| plan.later(days + shift));
    let found = near.map(|plan| free.proposal(plan)).find(|proposal| proposal.free.is_empty());
    // What was in the way is told also when another week is found.
    Some(Proposal { free: same.free.clone(), ..found.unwrap_or(same) })
}

/// 52, or 53 when the week would otherwise have another number.
fn weeks_to_next_year(day: NaiveDate) -> i64 {
    let week = |weeks: u64| day.checked_add_days(Days::new(7 * weeks)).map(|day| day.iso_week().week());
    if week(53) == Some(day.iso_week().week()) { 53 } else { 52 }
}

#[cfg(test)]
#[path = "propose_tests.rs"]
mod tests;
