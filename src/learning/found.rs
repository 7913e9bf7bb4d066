//! Everything that the pages about one person's path need, read at once.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use super::my_path::Seen;
use super::service;
use super::store::assessed::Standing;
use super::store::{self as rows, Held};
use crate::clock;
use crate::curriculum::model::Language;
use crate::engine::model::{Assignment, Facts, Holding, Path, Source, State};
use crate::occasions::parts::from_now;
use crate::occasions::seat::Seat;
use crate::occasions::store::{Day, Given, Occasion};
use crate::store::{Conn, Error};
use crate::versions::published::Published;

/// A person's path with what belongs to it.
#[derive(Debug)]
pub struct Found {
    pub published: Arc<Published>,
    pub today: NaiveDate,
    pub facts: Facts,
    pub path: Path,
    /// Occasions to come at which the person has a seat, in time order.
    pub seats: Vec<Occasion>,
    /// Seats that the person was offered or waits for.
    pub waiting: Vec<Held>,
    /// Milestones of the person's editions: their ids and days.
    pub milestones: Vec<(String, NaiveDate)>,
    pub has_title: bool,
    /// How the person's tests, assignments and observations stand; empty until whoever needs them has read them.
    pub assessed: Vec<Standing>,
    /// Of the seats, those at which the person was marked as there enough, and that count when the day is over; empty until
    /// whoever knows of marks has read them.
    pub here: Vec<i64>,
}

impl Found {
    /// None when there is no such person.
    pub fn of(
        conn: &mut Conn,
        published: &Arc<Published>,
        person: i64,
        now: NaiveDateTime,
    ) -> Result<Option<Found>, Error> {
        let today = clock::day_of(now);
        let Some((facts, held)) = rows::facts_and_seats(conn, person, today)? else { return Ok(None) };
        let (booked, waiting): (Vec<_>, Vec<_>) = held.into_iter().partition(|held| held.seat == Seat::Booked);
        let seats = booked.into_iter().map(|held| held.occasion).filter(|occasion| now < occasion.ends_at).collect();
        let waiting = waiting.into_iter().filter(|held| now < held.occasion.starts_at).collect();
        let path = service::path_of(published, &facts, today);
        let milestones = milestones(conn, &facts, today)?;
        let has_title = has_title(published, &facts, today);
        let published = published.clone();
        let (assessed, here) = Default::default();
        Ok(Some(Found { published, today, facts, path, seats, waiting, milestones, has_title, assessed, here }))
    }

    /// Shows each seat by its first part that is not over. `given` are the seats with their parts.
    pub fn go_on(&mut self, given: &[Given], now: NaiveDateTime) {
        self.seats = given.iter().map(|given| from_now(given, now)).collect();
    }

    /// The modules that are left, or run out soon, and have no seat yet.
    pub fn unbooked(&self) -> Vec<&str> {
        let renewed = self.path.held.iter().filter(|step| step.state == State::Expiring);
        let left = self.path.steps.iter().chain(renewed).filter(|step| step.booked.is_none());
        let left = left.map(|step| self.published.id_of(step.module));
        // Whoever has been there and has an assignment left needs no other day.
        left.filter(|id| !self.assessed.iter().any(|one| one.attended && one.module == *id)).collect()
    }

    /// As the pages see it; `milestones` are those with their titles, `days` the next ones of what is not booked.
    pub fn seen<'a>(
        &'a self,
        language: Language,
        about: Option<(i64, &'a str)>,
        milestones: &'a [(String, NaiveDate)],
        days: &'a [Day],
    ) -> Seen<'a> {
        Seen {
            published: &self.published,
            path: &self.path,
            today: self.today,
            language,
            about,
            seats: &self.seats,
            days,
            milestones,
            has_title: self.has_title,
            assessed: &self.assessed,
            here: &self.here,
        }
    }

    /// The milestones with their titles, as far as the curriculum knows them.
    pub fn titled_milestones(&self, language: Language) -> Vec<(String, NaiveDate)> {
        let titled = |(id, day): &(String, NaiveDate)| Some((milestone_title(&self.published, id, language)?, *day));
        self.milestones.iter().filter_map(titled).collect()
    }
}

/// A milestone's title in the first programme that has one with this id.
pub fn milestone_title(published: &Published, id: &str, language: Language) -> Option<String> {
    let mut all = published.curriculum.programmes.values().flat_map(|programme| &programme.milestones);
    let milestone = all.find(|milestone| milestone.id == id)?;
    Some(milestone.title.of(language).to_owned())
}

fn current(facts: &Facts, today: NaiveDate) -> impl Iterator<Item = &Assignment> {
    facts.assignments.iter().filter(move |held| held.from <= today && held.to.is_none_or(|to| today <= to))
}

fn has_title(published: &Published, facts: &Facts, today: NaiveDate) -> bool {
    let known =
        |holding: &Holding| matches!(holding, Holding::Title(id) if published.curriculum.titles.contains_key(id));
    current(facts, today).any(|held| known(&held.holding))
}

/// The editions that somebody takes part in today.
pub fn editions_of(facts: &Facts, today: NaiveDate) -> Vec<i64> {
    let part = |held: &Assignment| match held.source {
        Source::Programme { id, .. } => Some(id),
        _ => None,
    };
    let mut editions: Vec<i64> = current(facts, today).filter_map(part).collect();
    editions.sort_unstable();
    editions.dedup();
    editions
}

fn milestones(conn: &mut Conn, facts: &Facts, today: NaiveDate) -> Result<Vec<(String, NaiveDate)>, Error> {
    let editions = editions_of(facts, today);
    if editions.is_empty() { Ok(Vec::new()) } else { rows::milestones(conn, &editions) }
}
