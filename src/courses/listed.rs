//! Who is on an occasion's list and what has happened there, as its page shows it. Pure.

use std::collections::HashMap;

use serde::Serialize;

use super::view::{Shown, Telling};
use crate::occasions::life::{self, Entry};
use crate::occasions::seat::Seat;
use crate::occasions::store::LogLine;
use crate::organisation::Person;
use crate::words;

/// Somebody on the list, for whoever may see them.
#[derive(Debug, Serialize)]
pub(super) struct Listed {
    pub person: i64,
    pub name: String,
    /// Whether the reader may open the person's page.
    pub link: bool,
    pub state: Shown,
    pub more: String,
    pub can_leave: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Event {
    pub at: String,
    pub name: String,
    pub what: String,
    pub reason: String,
}

impl Telling<'_> {
    /// Everybody on the list whom the reader may see, with whether their own page too: seats first, then the line in its order.
    pub fn listed(&self, list: &[Entry], people: &HashMap<i64, (Person, bool)>) -> Vec<Listed> {
        let mut entries: Vec<&Entry> = list.iter().filter(|entry| entry.seat != Seat::Cancelled).collect();
        entries.sort_by_key(|entry| (entry.seat == Seat::Waitlisted, entry.rank));
        let listed = |entry: &&Entry| {
            let (person, link) = people.get(&entry.person)?;
            Some(Listed {
                person: entry.person,
                link: *link,
                name: person.name.clone(),
                state: self.seat(entry.seat)?,
                more: self.more(entry, list),
                can_leave: *link && entry.seat.is_open(),
            })
        };
        entries.iter().filter_map(listed).collect()
    }

    fn more(&self, entry: &Entry, list: &[Entry]) -> String {
        let due = entry.rank.due.map(|due| words::date(self.language, due, self.today));
        let due = due.map(|due| self.text("courses-due-short", &[("day", due.into())]));
        let place = life::before_in_line(list, entry.person);
        let place = place.map(|before| self.text("courses-number", &[("place", (before + 1).into())]));
        let until = entry.until.map(|until| words::at(self.language, until, self.today));
        let until = until.map(|until| self.text("courses-until", &[("until", until.into())]));
        [place, until, due].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    pub fn events(&self, log: Vec<LogLine>) -> Vec<Event> {
        let event = |line: LogLine| Event {
            at: words::at(self.language, line.at, self.today),
            what: self.cause(&line.cause),
            name: line.name,
            reason: line.reason,
        };
        log.into_iter().map(event).collect()
    }

    fn cause(&self, code: &str) -> String {
        let key = match code {
            "asked" => "courses-log-asked",
            "placed" => "courses-log-placed",
            "offered" => "courses-log-offered",
            "taken" => "courses-log-taken",
            "lapsed" => "courses-log-lapsed",
            "left" => "courses-log-left",
            "left_late" => "courses-log-left-late",
            "shortened" => "courses-log-shortened",
            "gone" => "courses-log-gone",
            "seated" => "courses-log-seated",
            "achieved" => "courses-log-achieved",
            "never_free" => "courses-log-never-free",
            "called_off" => "courses-log-called-off",
            _ => "courses-log-marked",
        };
        self.text(key, &[])
    }
}
