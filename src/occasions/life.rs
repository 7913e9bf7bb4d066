//! The life of a booking. Pure: what somebody asks of an occasion, and every change on its list that follows.
//!
//! The rules, which are told to whoever waits:
//! 1. A free seat is given to whoever asks, until booking closes.
//! 2. When none is free one waits in line: the earliest last day of the requirement first, those without a last day
//!    after them; among equals whoever asked first ([`Rank`]).
//! 3. A seat that becomes free is offered to the first in line. The offer stands for [`Terms::offer`], but never longer
//!    than half of the time left until the occasion begins; when the occasion is moved so that it would, it is cut to half
//!    of what is left then, and told anew. Not taken, or when the occasion begins, it goes to the next, and whoever let it
//!    lapse has left the line.
//! 4. The line goes on after booking has closed, because seats are given back late; it ends when the occasion begins.
//! 5. Giving back one's own seat later than [`Terms::late`] before the start is late, and kept as such. When somebody else
//!    gives it back, or the occasion has been moved since it was booked, it never is.
//! 6. Nobody loses a seat because seats become fewer; no more are given until there is room.
//! 7. Whoever has left the region has no seat and no place in line at what is to come.
//!
//! It decides about one occasion. Prerequisites, collisions and who may ask are for those above.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::seat::{Cause, Seat};
use crate::clock;

/// Decides what follows from `act` at `now`: the changes in the order in which they happen, or why it cannot be.
/// `list` is everybody who has ever asked for the occasion, each once.
pub fn decide(terms: &Terms, list: &[Entry], act: Act, now: NaiveDateTime) -> Result<Vec<Change>, Refusal> {
    let mut life = Life { terms, list: list.to_vec(), changes: Vec::new(), now };
    if terms.cancelled {
        return Err(Refusal::CalledOff);
    }
    if act == Act::CallOff {
        return Ok(life.call_off());
    }
    life.settle();
    match act {
        Act::Settle | Act::CallOff => {}
        Act::Ask { person, due, wait } => life.ask(person, due, wait)?,
        Act::Place { person } => life.place(person)?,
        Act::Take { person } => life.take(person)?,
        Act::Leave { person, own } => life.leave(person, own)?,
        Act::Withdraw { person, cause } => life.withdraw(person, cause),
    }
    life.settle();
    Ok(life.changes)
}

/// What an occasion allows. Instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// None = as many as come.
    pub seats: Option<u32>,
    /// From then on nobody can ask any more.
    pub closes_at: NaiveDateTime,
    pub starts_at: NaiveDateTime,
    /// How long an offer stands.
    pub offer: TimeDelta,
    /// So long before the start, and no later, a seat can be given back in good time.
    pub late: TimeDelta,
    pub cancelled: bool,
}

/// Somebody on an occasion's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub person: i64,
    pub seat: Seat,
    /// Until when an offered seat is kept; none for every other seat.
    pub until: Option<NaiveDateTime>,
    pub rank: Rank,
    /// When it became this seat.
    pub since: NaiveDateTime,
    /// When the occasion was to begin when the seat was booked; none when it never was, or nobody noted it.
    pub booked_for: Option<NaiveDateTime>,
    /// The last day on which the person works here, when that is known.
    pub last_day: Option<NaiveDate>,
}

impl Entry {
    /// Whether giving the own seat back at `now` is late.
    pub fn is_late(&self, starts_at: NaiveDateTime, late: TimeDelta, now: NaiveDateTime) -> bool {
        let moved = self.booked_for.is_some_and(|booked_for| booked_for != starts_at);
        self.seat == Seat::Booked && !moved && now > starts_at - late
    }
}

/// The place in line: smaller comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Whoever has no last day comes after all who have.
    endless: bool,
    /// The last day of the requirement.
    pub due: Option<NaiveDate>,
    pub asked_at: NaiveDateTime,
    /// Tells apart who asked in the same instant.
    person: i64,
}

impl Rank {
    pub fn new(due: Option<NaiveDate>, asked_at: NaiveDateTime, person: i64) -> Rank {
        Rank { endless: due.is_none(), due, asked_at, person }
    }
}

/// What is asked of an occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A seat; with `wait` a place in line when none is free.
    Ask {
        person: i64,
        /// The last day of the requirement that the module meets.
        due: Option<NaiveDate>,
        wait: bool,
    },
    /// A seat whatever the rules say: the developer's exception, and for whoever is enrolled in an edition.
    Place { person: i64 },
    /// The seat that was offered.
    Take { person: i64 },
    /// Gives back a seat or an offer, or leaves the line.
    Leave {
        person: i64,
        /// The person does it, and nobody else.
        own: bool,
    },
    /// An offer or a place in line that the person has no more use for; a booked seat is left alone.
    Withdraw { person: i64, cause: Cause },
    /// Time has passed, or the terms are others.
    Settle,
    /// The occasion will not take place.
    CallOff,
}

impl Act {
    /// Whom it is about; none = everybody.
    pub fn person(self) -> Option<i64> {
        match self {
            Act::Ask { person, .. } | Act::Leave { person, .. } | Act::Withdraw { person, .. } => Some(person),
            Act::Place { person } | Act::Take { person } => Some(person),
            Act::Settle | Act::CallOff => None,
        }
    }
}

/// One booking becomes something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub person: i64,
    /// None = was not on the list.
    pub from: Option<Seat>,
    pub to: Seat,
    /// Until when it is kept, when it is offered.
    pub until: Option<NaiveDateTime>,
    pub rank: Rank,
    pub cause: Cause,
}

/// Why nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the occasion is called off; choose another one")]
    CalledOff,
    #[error("the occasion has begun; choose another one")]
    Begun,
    #[error("booking has closed; choose another occasion, or ask whoever runs it")]
    Closed,
    #[error("the person has a seat or waits for one already")]
    AlreadyThere,
    #[error("no seat is free; wait in line or choose another occasion")]
    Full,
    #[error("no seat is offered any more; wait in line again or choose another occasion")]
    NotOffered,
    #[error("the person has no seat and waits for none")]
    NotThere,
}

/// How many are before somebody in line; none = does not wait.
pub fn before_in_line(list: &[Entry], person: i64) -> Option<usize> {
    let mine = list.iter().find(|entry| entry.person == person && entry.seat == Seat::Waitlisted)?;
    Some(list.iter().filter(|entry| entry.seat == Seat::Waitlisted && entry.rank < mine.rank).count())
}

/// Seats that nobody has, of so many; none = no limit.
pub fn free(seats: Option<u32>, list: &[Entry]) -> Option<u32> {
    let taken = list.iter().filter(|entry| entry.seat.is_taken()).count();
    seats.map(|seats| seats.saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX)))
}

struct Life<'a> {
    terms: &'a Terms,
    list: Vec<Entry>,
    changes: Vec<Change>,
    now: NaiveDateTime,
}

impl Life<'_> {
    fn ask(&mut self, person: i64, due: Option<NaiveDate>, wait: bool) -> Result<(), Refusal> {
        self.not_begun()?;
        if self.now >= self.terms.closes_at {
            return Err(Refusal::Closed);
        }
        self.not_there(person)?;
        let rank = Rank::new(due, self.now, person);
        match self.has_room() {
            true => self.set(person, Seat::Booked, rank, Cause::Asked),
            false if wait => self.set(person, Seat::Waitlisted, rank, Cause::Asked),
            false => return Err(Refusal::Full),
        }
        Ok(())
    }

    fn place(&mut self, person: i64) -> Result<(), Refusal> {
        let waits = self.find(person).filter(|entry| entry.seat.is_open() && entry.seat != Seat::Booked);
        let rank = waits.map(|entry| entry.rank);
        if rank.is_none() {
            self.not_there(person)?;
        }
        self.set(person, Seat::Booked, rank.unwrap_or(Rank::new(None, self.now, person)), Cause::Placed);
        Ok(())
    }

    fn take(&mut self, person: i64) -> Result<(), Refusal> {
        self.not_begun()?;
        let entry = self.find(person).filter(|entry| entry.seat == Seat::Offered);
        let rank = entry.ok_or(Refusal::NotOffered)?.rank;
        self.set(person, Seat::Booked, rank, Cause::Taken);
        Ok(())
    }

    fn leave(&mut self, person: i64, own: bool) -> Result<(), Refusal> {
        // Whoever has left the region has lost it just now, which is what was asked for.
        if self.changes.iter().any(|change| change.person == person && change.cause == Cause::Gone) {
            return Ok(());
        }
        let entry = self.find(person).filter(|entry| entry.seat.is_open()).ok_or(Refusal::NotThere)?;
        let rank = entry.rank;
        let late = own && entry.is_late(self.terms.starts_at, self.terms.late, self.now);
        self.not_begun()?;
        self.set(person, Seat::Cancelled, rank, if late { Cause::LeftLate } else { Cause::Left });
        Ok(())
    }

    fn withdraw(&mut self, person: i64, cause: Cause) {
        let waits = self.find(person).filter(|entry| matches!(entry.seat, Seat::Offered | Seat::Waitlisted));
        if let Some(rank) = waits.map(|entry| entry.rank) {
            self.set(person, Seat::Cancelled, rank, cause);
        }
    }

    fn call_off(mut self) -> Vec<Change> {
        let open: Vec<Entry> = self.list.iter().filter(|entry| entry.seat.is_open()).cloned().collect();
        open.into_iter().for_each(|entry| self.set(entry.person, Seat::Cancelled, entry.rank, Cause::CalledOff));
        self.changes
    }

    /// Offers that have run out move on, and free seats are offered, until nothing more follows.
    fn settle(&mut self) {
        let begun = self.now >= self.terms.starts_at;
        let today = clock::day_of(self.now);
        for entry in self.list.clone() {
            let Entry { person, seat, until, rank, .. } = entry;
            let gone = entry.last_day.is_some_and(|last| last < today);
            match seat {
                Seat::Offered if begun || until.is_none_or(|until| until <= self.now) => {
                    self.set(person, Seat::Cancelled, rank, Cause::Lapsed);
                }
                Seat::Waitlisted if begun => self.set(person, Seat::Cancelled, rank, Cause::NeverFree),
                _ if gone && !begun && seat.is_open() => self.set(person, Seat::Cancelled, rank, Cause::Gone),
                Seat::Offered if self.outlives(&entry) => self.set(person, Seat::Offered, rank, Cause::Shortened),
                _ => {}
            }
        }
        while !begun && self.has_room() {
            let waiting = self.list.iter().filter(|entry| entry.seat == Seat::Waitlisted);
            let Some(first) = waiting.min_by_key(|entry| entry.rank).cloned() else { return };
            self.set(first.person, Seat::Offered, first.rank, Cause::Offered);
        }
    }

    /// Whether an offer would stand longer than half of the time there was when it was made: the occasion was moved.
    fn outlives(&self, offer: &Entry) -> bool {
        let half = (self.terms.starts_at - offer.since) / 2;
        // Databases keep instants less exactly than they were reckoned.
        offer.until.is_some_and(|until| until - offer.since > half + TimeDelta::seconds(1))
    }

    fn has_room(&self) -> bool {
        free(self.terms.seats, &self.list).is_none_or(|free| free > 0)
    }

    fn find(&self, person: i64) -> Option<&Entry> {
        self.list.iter().find(|entry| entry.person == person)
    }

    fn not_begun(&self) -> Result<(), Refusal> {
        if self.now < self.terms.starts_at { Ok(()) } else { Err(Refusal::Begun) }
    }

    /// Whoever has left may ask again.
    fn not_there(&self, person: i64) -> Result<(), Refusal> {
        match self.find(person) {
            Some(entry) if entry.seat != Seat::Cancelled => Err(Refusal::AlreadyThere),
            _ => Ok(()),
        }
    }

    fn set(&mut self, person: i64, to: Seat, rank: Rank, cause: Cause) {
        let until = (to == Seat::Offered).then(|| self.offer_ends());
        let known = self.list.iter_mut().find(|known| known.person == person);
        let from = known.as_ref().map(|known| known.seat);
        let last_day = known.as_ref().and_then(|known| known.last_day);
        let booked_for = match to {
            Seat::Booked => Some(self.terms.starts_at),
            _ => known.as_ref().and_then(|known| known.booked_for),
        };
        let entry = Entry { person, seat: to, until, rank, since: self.now, booked_for, last_day };
        match known {
            Some(known) => *known = entry,
            None => self.list.push(entry),
        }
        self.changes.push(Change { person, from, to, until, rank, cause });
    }

    fn offer_ends(&self) -> NaiveDateTime {
        self.now + self.terms.offer.min((self.terms.starts_at - self.now) / 2)
    }
}

#[cfg(test)]
#[path = "life_tests.rs"]
mod tests;
