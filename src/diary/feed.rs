//! What a person's own calendar shows: booked days, seats that are offered, the days by which something is due, and the
//! milestones of the edition. Pure.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::curriculum::model::Language;
use crate::engine::model::Step;
use crate::learning::found::{Found, milestone_title};
use crate::notices::feed::{Event, Span, Status};
use crate::occasions::seat::Seat;
use crate::occasions::store::{Given, Part};
use crate::occasions::tell::{TRAINER, heard, part_as_told};
use crate::words::{self, Value};

/// A milestone of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stone {
    pub edition: i64,
    /// The edition's name.
    pub name: String,
    pub code: String,
    pub day: NaiveDate,
}

/// A day that the person has a seat at, or leads.
#[derive(Debug, Clone)]
pub struct Day {
    pub given: Given,
    pub hand: Hand,
    /// When that, or the day, was changed last.
    pub changed: NaiveDateTime,
    /// How often it has been changed for this person alone; none of those who lead are counted.
    pub lines: Option<i64>,
}

/// What a day is to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    Seat(Seat),
    Trains,
}

/// Whose calendar it is.
pub struct Telling<'a> {
    pub found: &'a Found,
    pub language: Language,
    pub person: i64,
}

impl Telling<'_> {
    /// Everything, in the order of kinds and days. `absolute` makes a whole address of a path.
    pub fn events(&self, days: &[Day], stones: &[Stone], absolute: impl Fn(&str) -> String) -> Vec<Event> {
        let days = days
            .iter()
            .flat_map(|day| day.given.parts.iter().map(|part| self.part(day, part, &absolute)).collect::<Vec<_>>());
        let stones = stones.iter().filter_map(|stone| self.stone(stone, &absolute));
        days.chain(self.deadlines(&absolute)).chain(stones).collect()
    }

    fn text(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        words::text(self.language, key, args)
    }

    /// A part of a day. Uid and sequence are those of the invitation, so that whoever has both sees it once and as it is.
    fn part(&self, day: &Day, part: &Part, absolute: &impl Fn(&str) -> String) -> Event {
        let Day { given, hand, changed, lines } = day;
        let occasion = &given.occasion;
        let title = part_as_told(&self.found.published, occasion, &given.parts, part, self.language).title;
        let link = absolute(&format!("/occasions/{}", occasion.id));
        let mut description = vec![self.text("diary-feed-more", &[("link", link.as_str().into())])];
        if !part.link.is_empty() {
            description.insert(0, self.text("diary-feed-meeting", &[("link", part.link.as_str().into())]));
        }
        let (status, summary) = match (hand, occasion.cancelled_at) {
            (Hand::Seat(Seat::Cancelled), _) | (_, Some(_)) => (Status::Cancelled, title),
            (Hand::Seat(Seat::Offered), _) => {
                (Status::Tentative, self.text("diary-feed-offered", &[("module", title.into())]))
            }
            (Hand::Seat(_), _) => (Status::Confirmed, title),
            (Hand::Trains, _) => (Status::Confirmed, self.text("diary-feed-trains", &[("module", title.into())])),
        };
        let (uid, sequence) = match hand {
            Hand::Seat(_) => (part.uid.clone(), heard(part, *lines)),
            Hand::Trains => (format!("{}{TRAINER}", part.uid), occasion.sequence),
        };
        Event {
            uid,
            sequence,
            changed: occasion.cancelled_at.map_or(*changed, |cancelled| cancelled.max(*changed)),
            span: Span::Times(part.starts_at, part.ends_at),
            summary,
            place: part.place.clone(),
            description: description.join("\n"),
            link,
            status,
        }
    }

    /// One all-day event for each day to come by which pieces are due.
    fn deadlines(&self, absolute: &impl Fn(&str) -> String) -> Vec<Event> {
        let mut due = BTreeMap::<NaiveDate, Vec<&Step>>::new();
        for step in &self.found.path.steps {
            if let Some(day) = step.due.filter(|day| *day >= self.found.today) {
                due.entry(day).or_default().push(step);
            }
        }
        due.into_iter().map(|(day, steps)| self.deadline(day, &steps, absolute)).collect()
    }

    fn deadline(&self, day: NaiveDate, steps: &[&Step], absolute: &impl Fn(&str) -> String) -> Event {
        let published = &self.found.published;
        let title = |step: &&Step| published.module(step.module).title.of(self.language);
        let first = steps.first().map(title).unwrap_or_default();
        let args = [("module", first.into()), ("more", steps.len().saturating_sub(1).into())];
        let lines = steps.iter().map(|step| format!("{} {}", published.code(step.module), title(step)));
        self.whole_day(
            format!("due-{}-{day}", self.person),
            day,
            self.text("diary-feed-due", &args),
            lines.collect::<Vec<_>>().join("\n"),
            absolute("/"),
        )
    }

    fn stone(&self, stone: &Stone, absolute: &impl Fn(&str) -> String) -> Option<Event> {
        let title = milestone_title(&self.found.published, &stone.code, self.language)?;
        let summary = self.text("diary-feed-milestone", &[("title", title.into())]);
        let uid = format!("milestone-{}-{}", stone.edition, stone.code);
        Some(self.whole_day(uid, stone.day, summary, stone.name.clone(), absolute("/")))
    }

    /// It is computed each time, so it counts as changed this morning.
    fn whole_day(&self, uid: String, day: NaiveDate, summary: String, description: String, link: String) -> Event {
        Event {
            uid,
            sequence: 0,
            changed: self.found.today.and_time(NaiveTime::MIN),
            span: Span::Day(day),
            summary,
            place: String::new(),
            description,
            link,
            status: Status::Confirmed,
        }
    }
}
