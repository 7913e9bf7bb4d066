//! Course days open to everybody: some with room, some full with people in line, and one at which a seat is kept for
//! the participant who is shown.

use anyhow::Result;
use chrono::{Days, Duration, NaiveDateTime, NaiveTime};

use crate::clock;
use crate::courses::group::{Whom, service as group, store as questions};
use crate::courses::plan::{self, PartPlan, Plan};
use crate::courses::propose::{FreeDays, Series, series};
use crate::courses::service::{self, Refusal, Wish};
use crate::curriculum::model::{Format, Language};
use crate::learning::service::path_of;
use crate::learning::store as learning;
use crate::occasions::audience::Audience;
use crate::occasions::life;
use crate::occasions::rules::Rules;
use crate::occasions::service::{self as occasions, Asking};
use crate::organisation::absences::{Away, service as absences};
use crate::programme::calendar::working_day_from;
use crate::programme::store as programme;
use crate::store::Store;
use crate::versions::published::{Published, Shelf};

mod today;

/// How many modules get days of their own.
const MODULES: usize = 8;
/// Seats at the days in turn: enough, hardly enough, too few.
const SEATS: [u32; 3] = [20, 6, 2];
/// How many ask beyond the seats.
const BEYOND: u32 = 3;

/// The stage on which the days are opened.
#[derive(Clone, Copy)]
pub(super) struct Stage<'a> {
    pub store: &'a Store,
    pub published: &'a Published,
    pub developer: Option<i64>,
    pub now: NaiveDateTime,
}

/// Decides the rules of seats, before the first day is opened.
pub(super) fn rules(stage: &Stage) -> Result<()> {
    let rules = Rules { no_shows: Some(3), ..Rules::default() };
    let at = stage.now - Days::new(60);
    Ok(occasions::decide_rules(stage.store, &rules, None, stage.developer, at)?)
}

/// Opens the days; `people` ask for seats, and `shown` is offered one.
pub(super) fn fill(stage: &Stage, people: &[i64], shown: Option<i64>) -> Result<()> {
    let modules = &stage.published.curriculum.modules;
    let taught = modules.iter().filter(|(_, module)| module.format != Format::SelfStudy);
    let every = (taught.clone().count() / MODULES).max(1);
    for (index, (id, _)) in taught.step_by(every).enumerate() {
        let seats = SEATS[index % SEATS.len()];
        let days = stage.open(id, 9 + 3 * index as u64, seats, 2)?;
        let asking: Vec<i64> = people.iter().copied().filter(|person| Some(*person) != shown).collect();
        stage.ask(days[0], &asking[index * 5 % asking.len().max(1)..], seats + BEYOND)?;
    }
    let mut taught = modules.iter().filter(|(_, module)| module.format != Format::SelfStudy);
    if let Some((id, _)) = taught.next() {
        stage.given_today(id, people)?;
    }
    if let Some(shown) = shown {
        stage.offer(shown, people)?;
        stage.rest_of_path(shown)?;
    }
    stage.ask_about_edition()
}

/// Every eleventh has written down a week away, and so has the one who is shown.
pub(super) fn away(stage: &Stage, people: &[i64], shown: Option<i64>) -> Result<()> {
    let today = clock::day_of(stage.now);
    for (index, &person) in people.iter().step_by(11).chain(shown.iter()).enumerate() {
        let from = today + Days::new(9 + 5 * (index as u64 % 9));
        let away = Away { from, to: from + Days::new(6) };
        absences::note(stage.store, person, away, Some(person), stage.now)?;
    }
    Ok(())
}

impl Stage<'_> {
    /// So many days of a module, two weeks apart; open for booking since three weeks.
    fn open(&self, module: &str, ahead: u64, seats: u32, times: u32) -> Result<Vec<i64>> {
        let holidays = &self.published.curriculum.about.holiday_months;
        let plan = Plan {
            module: module.to_owned(),
            parts: vec![PartPlan {
                day: working_day_from(clock::day_of(self.now) + Days::new(ahead), holidays),
                starts: NaiveTime::from_hms_opt(8, 30, 0).unwrap_or_default(),
                ends: NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default(),
                place: "Lärcentrum, sal Eken".into(),
                link: String::new(),
            }],
            seats: Some(seats),
            minimum: 4.min(seats),
            closes_days: 3,
            language: Language::Sv,
            audience: Audience::Everybody,
            trainers: Vec::new(),
        };
        let mut found = series(&plan, Series { every: 2, times }, FreeDays { months: holidays, own: &[] });
        found.retain(|proposal| proposal.free.is_empty());
        let plans: Vec<Plan> = found.into_iter().map(|proposal| proposal.plan).collect();
        Ok(plan::open(self.store, self.published, &plans, self.developer, self.now - Days::new(21))?)
    }

    /// The first `most` whom the rules let ask.
    fn ask(&self, occasion: i64, people: &[i64], most: u32) -> Result<()> {
        let mut asked = 0;
        for (turn, person) in people.iter().enumerate() {
            if asked == most {
                break;
            }
            let at = self.now - Days::new(18) + Duration::minutes(7 * turn as i64);
            asked += u32::from(self.wish(occasion, *person, Wish::Seat, at)?);
        }
        Ok(())
    }

    /// A day of the module that comes next for `shown`, taken by another who has just given the seat back.
    fn offer(&self, shown: i64, people: &[i64]) -> Result<()> {
        let today = clock::day_of(self.now);
        let facts = self.store.read(|conn| learning::facts(conn, shown, today))?.unwrap_or_default();
        let path = path_of(self.published, &facts, today);
        let Some(next) = path.steps.iter().find(|step| step.booked.is_none() && step.locked_by.is_empty()) else {
            return Ok(());
        };
        let day = self.open(self.published.id_of(next.module), 24, 1, 1)?[0];
        let mut others = people.iter().filter(|person| **person != shown);
        let week_ago = self.now - Days::new(7);
        let first = others.find_map(|person| match self.wish(day, *person, Wish::Seat, week_ago) {
            Ok(true) => Some(Ok(*person)),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        });
        let Some(first) = first.transpose()? else { return Ok(()) };
        self.wish(day, shown, Wish::Seat, self.now - Days::new(3))?;
        self.wish(day, first, Wish::Leave, self.now - Duration::hours(2))?;
        Ok(())
    }

    /// Days for what is left of somebody's path, one after another, so that there is a plan to book.
    fn rest_of_path(&self, shown: i64) -> Result<()> {
        let today = clock::day_of(self.now);
        let facts = self.store.read(|conn| learning::facts(conn, shown, today))?.unwrap_or_default();
        let path = path_of(self.published, &facts, today);
        for (index, step) in path.steps.iter().filter(|step| step.booked.is_none()).enumerate() {
            self.open(self.published.id_of(step.module), 30 + 6 * index as u64, 12, 2)?;
        }
        Ok(())
    }

    /// The developer has asked when those of the newest edition can be done.
    fn ask_about_edition(&self) -> Result<()> {
        let editions = self.store.read(programme::editions)?;
        let newest = editions.iter().max_by_key(|edition| edition.starts_on);
        if let (Some(edition), Some(developer)) = (newest, self.developer) {
            let whom = Whom::Edition(edition.id).code();
            let asked = self.store.write(|conn| questions::insert(conn, developer, &whom, Some(2), self.now))?;
            group::run(self.store, &Shelf::default(), asked, clock::now)?;
        }
        Ok(())
    }

    /// Whether the rules let it.
    pub(super) fn wish(&self, occasion: i64, person: i64, wish: Wish, at: NaiveDateTime) -> Result<bool> {
        let asking = Asking { by: Some(person), reason: "", now: at };
        match service::wish(self.store, self.published, occasion, person, wish, asking) {
            Ok(_) => Ok(true),
            Err(Refusal::Lacks(_) | Refusal::Kept(_) | Refusal::Collides { .. } | Refusal::Has { .. })
            | Err(Refusal::NoShows(_) | Refusal::NoSuchPerson) => Ok(false),
            Err(Refusal::Occasion(occasions::Refusal::Life(life::Refusal::AlreadyThere))) => Ok(false),
            Err(other) => Err(other.into()),
        }
    }
}
