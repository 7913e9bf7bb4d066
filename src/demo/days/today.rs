//! A course on two half-days, yesterday and today: attendance marked, one who was overlooked and corrected, one who did
//! not come, one who is not marked yet, and the code on the wall.

use anyhow::Result;
use chrono::{Days, NaiveTime};

use super::Stage;
use crate::attendance::door;
use crate::attendance::mark::{NewMark, Source, State};
use crate::attendance::service::{made, rate, record};
use crate::clock;
use crate::courses::plan::{self, PartPlan, Plan};
use crate::curriculum::model::Language;
use crate::occasions::audience::Audience;
use crate::occasions::seat::Seat;
use crate::occasions::store as occasions;

/// Seats.
const SEATS: u32 = 14;

impl Stage<'_> {
    /// Opens the course and lives through its first half.
    pub(super) fn given_today(&self, module: &str, people: &[i64]) -> Result<()> {
        let (today, opened) = (clock::day_of(self.now), self.now - Days::new(21));
        let half = |day| PartPlan {
            day,
            starts: NaiveTime::from_hms_opt(8, 30, 0).unwrap_or_default(),
            ends: NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default(),
            place: "Lärcentrum, sal Linden".into(),
            link: String::new(),
        };
        let plan = Plan {
            module: module.to_owned(),
            parts: vec![half(today - Days::new(1)), half(today)],
            seats: Some(SEATS),
            minimum: 4,
            closes_days: 3,
            language: Language::Sv,
            audience: Audience::Everybody,
            trainers: Vec::new(),
        };
        let occasion = plan::open(self.store, self.published, &[plan], self.developer, opened)?[0];
        self.ask(occasion, people, SEATS)?;
        let seats = self.store.read(|conn| occasions::seats_of(conn, &[occasion]))?;
        let booked: Vec<i64> = seats.into_iter().map(|(_, person, _)| person).collect();
        self.rated(module, &booked, |index| 1 + index % 3)?;
        self.first_half(occasion)?;
        // Not everybody looks back.
        self.rated(module, booked.get(3..).unwrap_or_default(), |index| 3 + index % 3)
    }

    /// These rate themselves.
    fn rated(&self, module: &str, people: &[i64], rating: fn(usize) -> usize) -> Result<()> {
        let outcomes = self.published.module_by_id(module).map_or(0, |(_, module)| module.outcomes.len());
        for (index, person) in people.iter().enumerate() {
            let ratings = (0..outcomes).map(|place| (place, rating(index + place) as i32)).collect();
            rate(self.store, self.published, *person, module, &ratings, self.now)?;
        }
        Ok(())
    }

    fn first_half(&self, occasion: i64) -> Result<()> {
        let (seats, parts) = self.store.read(|conn| {
            let seats = occasions::seats_of(conn, &[occasion])?;
            Ok::<_, crate::store::Error>((seats, occasions::parts(conn, occasion)?))
        })?;
        let booked = seats.iter().filter(|(.., seat)| *seat == Seat::Booked).map(|(_, person, _)| *person);
        let booked: Vec<i64> = booked.filter(|person| Some(*person) != self.developer).collect();
        let (Some(first), Some(second)) = (parts.first(), parts.last()) else { return Ok(()) };
        let at = first.ends_at;
        let mark = |index: usize, person: i64| {
            let state = if index < 2 { State::Absent } else { State::Present };
            made(person, first.id, state, Source::Phone, self.developer, at)
        };
        let marks: Vec<NewMark> = booked.iter().enumerate().map(|(index, person)| mark(index, *person)).collect();
        let overlooked = booked.first().map(|person| NewMark {
            reason: "Satt längst bak och syntes inte".into(),
            ..made(*person, first.id, State::Present, Source::Hand, self.developer, self.now)
        });
        // Some of those who came have come today too; the others are marked by whoever looks at the page.
        let now = self.now;
        let again = booked.iter().skip(2).take(3);
        let again = again.map(|person| made(*person, second.id, State::Present, Source::Door, Some(*person), now));
        let later: Vec<NewMark> = overlooked.into_iter().chain(again).collect();
        self.store.write(|conn| {
            record(conn, self.published, occasion, &marks, at)?;
            record(conn, self.published, occasion, &later, now)?;
            match self.developer {
                Some(developer) => door::new_code(conn, (occasion, second.id), developer, now),
                None => Ok(()),
            }
        })?;
        Ok(())
    }
}
