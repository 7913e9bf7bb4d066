//! The reader's own seat at an occasion, as its page shows it. Pure.

use chrono::{NaiveDateTime, TimeDelta};
use serde::Serialize;

use super::service::Standing;
use super::view::{Shown, Telling};
use super::words::hindered;
use crate::learning::hindrance::Hindrance;
use crate::occasions::life::{self, Entry};
use crate::occasions::rules::Rules;
use crate::occasions::seat::Seat;
use crate::occasions::store::{Given, Occasion};
use crate::versions::published::Named;
use crate::words;

/// The reader's own seat, and what can be asked for.
#[derive(Debug, Serialize)]
pub(super) struct Mine {
    pub state: Option<Shown>,
    /// What the reader should know before asking, or while waiting.
    pub notes: Vec<String>,
    /// Modules that must come first.
    pub lacking: Vec<Named>,
    /// What is at the same time.
    pub collides: Vec<Other>,
    /// The own seat at another occasion of the module.
    pub has: Option<Other>,
    /// The key of the button that asks for a seat or a place in line.
    pub ask: Option<&'static str>,
    pub take: bool,
    /// The key of the button that gives it back.
    pub leave: Option<&'static str>,
    /// That seat can be changed for one here.
    pub swap: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Other {
    pub id: i64,
    pub text: String,
}

/// What the reader's seat is to be told from.
pub(super) struct Seen<'a> {
    pub person: i64,
    pub given: &'a Given,
    pub list: &'a [Entry],
    /// As it would be without that other seat.
    pub standing: &'a Standing,
    /// The reader's seat at another occasion of the module, to come.
    pub has: Option<&'a Given>,
    pub rules: Rules,
    /// The reader was marked as there enough, and it counts when the day is over.
    pub here: bool,
}

impl Seen<'_> {
    fn occasion(&self) -> &Occasion {
        &self.given.occasion
    }

    fn entry(&self) -> Option<&Entry> {
        self.list.iter().find(|entry| entry.person == self.person)
    }

    fn seat(&self) -> Seat {
        self.entry().map_or(Seat::Cancelled, |entry| entry.seat)
    }

    fn to_come(&self, now: NaiveDateTime) -> bool {
        now < self.occasion().starts_at && self.occasion().cancelled_at.is_none()
    }

    fn can_ask(&self, now: NaiveDateTime) -> bool {
        self.to_come(now) && now < self.occasion().closes() && self.seat() == Seat::Cancelled
    }

    fn is_full(&self) -> bool {
        life::free(self.occasion().room(), self.list) == Some(0)
    }

    /// Whether a seat or a place in line can be had, by the rules of seats alone.
    fn can_have(&self, now: NaiveDateTime) -> bool {
        self.can_ask(now) || self.to_come(now) && self.seat() == Seat::Offered
    }
}

impl Telling<'_> {
    pub fn mine(&self, seen: &Seen) -> Mine {
        let (seat, to_come, can_ask) = (seen.seat(), seen.to_come(self.now), seen.can_ask(self.now));
        let (offered, can_have) = (seat == Seat::Offered, seen.can_have(self.now));
        let hindrances = if can_have { &seen.standing.hindrances[..] } else { &[] };
        let free = can_have && hindrances.is_empty();
        let lacking = hindrances.iter().filter_map(|it| if let Hindrance::Lacks(ids) = it { Some(ids) } else { None });
        let collides =
            hindrances.iter().filter_map(|it| if let Hindrance::Collides(other) = it { Some(other) } else { None });
        Mine {
            state: self.seat(seat),
            notes: self.notes(seen),
            lacking: lacking.flatten().map(|id| self.module(id)).collect(),
            collides: collides.map(|other| self.other(other)).collect(),
            ask: match (free && can_ask && seen.has.is_none(), seen.is_full()) {
                (false, _) => None,
                (true, false) => Some("courses-ask"),
                (true, true) => Some("courses-wait"),
            },
            take: free && offered && seen.has.is_none(),
            leave: match seat {
                Seat::Booked if to_come => Some("courses-leave"),
                Seat::Offered if to_come => Some("courses-decline"),
                Seat::Waitlisted if to_come => Some("courses-leave-line"),
                _ => None,
            },
            has: seen.has.filter(|_| can_have).map(|other| self.other(other)),
            swap: free && seen.has.is_some() && (offered || !seen.is_full()),
        }
    }

    /// The same for whoever trains at it: nothing to ask for, unless a seat is there to be given back.
    pub fn trainers_own(&self, mine: Mine) -> Mine {
        let state = mine.state.unwrap_or_else(|| self.shown("booked", "state--good", "courses-you-train"));
        Mine {
            state: Some(state),
            notes: Vec::new(),
            lacking: Vec::new(),
            collides: Vec::new(),
            has: None,
            ask: None,
            take: false,
            swap: false,
            ..mine
        }
    }

    /// "{code} {title}, tisdag 2 mars kl. 09.00–12.00", with all its parts.
    fn other(&self, given: &Given) -> Other {
        let module = self.module(&given.occasion.module);
        let when: Vec<String> = given.parts.iter().map(|part| self.when(part)).collect();
        let when = words::list(self.language, &when);
        Other { id: given.occasion.id, text: format!("{} {}, {when}", module.code, module.title) }
    }

    fn notes(&self, seen: &Seen) -> Vec<String> {
        let (standing, entry) = (seen.standing, seen.entry());
        let mut notes = Vec::new();
        if seen.here {
            notes.push(self.text("learning-here", &[]));
        }
        if let Some(due) = standing.due {
            let key = if due < self.today { "courses-due-past" } else { "courses-due" };
            notes.push(self.text(key, &[("day", words::date(self.language, due, self.today).into())]));
        } else if standing.needed {
            notes.push(self.text("courses-needed", &[]));
        }
        // What is lacking and what collides stand below, with links.
        notes.extend(standing.hindrances.iter().filter_map(|it| hindered(it, self.published, self.language)));
        if let Some(away) = &standing.away {
            let days = words::days(self.language, away.from, away.to, self.today);
            notes.push(self.text("courses-away", &[("days", days.into())]));
        }
        if let Some(before) = entry.and_then(|entry| life::before_in_line(seen.list, entry.person)) {
            notes.push(self.text("courses-place-in-line", &[("place", (before + 1).into())]));
        }
        notes.extend(self.rules(seen));
        if let Some(until) = entry.filter(|entry| entry.seat == Seat::Offered).and_then(|entry| entry.until) {
            let until = words::at(self.language, until, self.today);
            notes.push(self.text("courses-offered-until", &[("until", until.into())]));
        }
        if seen.to_come(self.now) && !seen.can_ask(self.now) && !seen.seat().is_open() {
            notes.push(self.text("courses-closed", &[]));
        }
        notes
    }

    /// The region's rule that matters to the reader now: that of the line, or that of giving a seat back.
    fn rules(&self, seen: &Seen) -> Option<String> {
        let would_wait = seen.can_ask(self.now) && seen.is_full();
        if would_wait || seen.seat() == Seat::Waitlisted {
            let time = words::stretch(self.language, seen.rules.offer_hours);
            return Some(self.text("courses-rule", &[("time", time.into())]));
        }
        let (starts_at, late) = (seen.occasion().starts_at, TimeDelta::hours(i64::from(seen.rules.late_hours)));
        // Of a day that was moved nothing is late, nor where nothing ever is.
        let can_be_late = seen.entry().is_some_and(|entry| entry.is_late(starts_at, late, starts_at));
        if !can_be_late || !seen.to_come(self.now) {
            return None;
        }
        let latest = starts_at - late;
        Some(match self.now <= latest {
            true => {
                let latest = words::at(self.language, latest, self.today);
                self.text("courses-rule-late", &[("latest", latest.into())])
            }
            false => self.text("courses-rule-is-late", &[]),
        })
    }
}
