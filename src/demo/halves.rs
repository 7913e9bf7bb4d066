//! Course days of every sort: on several half-days, over the network in English, kept for a role and for a unit, with
//! trainers and materials, one that clashes with another, and one that is over. And a week without courses.

use anyhow::{Context, Result};
use chrono::{Days, NaiveDate, NaiveTime};

use super::days::Stage;
use crate::clock;
use crate::courses::materials;
use crate::courses::plan::{self, PartPlan, Plan};
use crate::courses::service::Wish;
use crate::curriculum::model::{Format, Language, Needs};
use crate::occasions::audience::Audience;
use crate::occasions::deciding;
use crate::occasions::store::{DayOff, NewMaterial, Trainer};
use crate::organisation::store as people;
use crate::programme::calendar::working_day_from;

/// How many days ago what is over took place.
const AGO: u64 = 16;

/// Opens them all; `shown` has a seat where one is free, and a few others too.
pub(super) fn fill(stage: &Stage, others: &[i64], shown: Option<i64>) -> Result<()> {
    let first = stage.beginner()?;
    let trainer = Trainer { person: stage.developer, name: String::new() };
    let guest = Trainer { person: None, name: "Gäst från grannregionen".into() };
    let everybody: Vec<i64> = shown.into_iter().chain(others.iter().copied().take(6)).collect();

    let halves = stage.halves(&first, &[13, 20, 27], "Lärcentrum, sal Björken");
    let halves = Plan { trainers: vec![trainer.clone(), guest], ..halves };
    let halves = stage.given(&halves, 21)?;
    stage.seat(halves, &everybody)?;
    stage.material(halves, false, "Läs inför första halvdagen", "https://exempel.invalid/las-infor", "")?;
    stage.material(halves, false, "Ta med", "", "Ett mått från din egen enhet.\nDator om du har en.")?;
    stage.material(halves, true, "Bilder och mallar", "https://exempel.invalid/bilder", "")?;

    let clashing = Plan { trainers: vec![trainer.clone()], ..stage.halves(&first, &[20], "Lärcentrum, sal Björken") };
    stage.given(&clashing, 20)?;

    let mut english = Plan { language: Language::En, ..stage.halves(&first, &[15], "") };
    english.parts.iter_mut().for_each(|part| part.link = "https://mote.exempel.invalid/engelska".into());
    stage.given(&english, 19)?;

    let role = stage.published.curriculum.roles.keys().next().cloned().context("the curriculum has roles")?;
    let kept = Plan { audience: Audience::Role(role), ..stage.halves(&first, &[17], "Lärcentrum, sal Eken") };
    stage.given(&kept, 19)?;
    let unit = match shown {
        Some(shown) => stage.store.read(|conn| people::person(conn, shown))?.and_then(|person| person.unit),
        None => None,
    };
    if let Some(unit) = unit {
        let kept = Plan { audience: Audience::Unit(unit), ..stage.halves(&first, &[22], "Avdelningens möteslokal") };
        stage.given(&kept, 19)?;
    }

    stage.short(&first, &trainer, others)?;
    stage.over(&first, &trainer, &everybody)?;
    let monday = working_day_from(stage.today() + Days::new(70), &[]);
    let name = "Planeringsvecka".to_owned();
    let off = DayOff { id: 0, from: monday, to: monday + Days::new(4), name };
    Ok(plan::add_day_off(stage.store, &off, stage.developer, stage.now - Days::new(30))?)
}

impl Stage<'_> {
    fn today(&self) -> NaiveDate {
        clock::day_of(self.now)
    }

    /// A module that builds on nothing and is taught.
    fn beginner(&self) -> Result<String> {
        let mut modules = self.published.curriculum.modules.iter();
        let first = modules.find(|(_, module)| {
            module.format != Format::SelfStudy && matches!(&module.builds_on, Needs::All(all) if all.is_empty())
        });
        first.map(|(id, _)| id.clone()).context("the curriculum begins somewhere")
    }

    /// Half-days so many days ahead, moved to working days, no two on one day.
    fn halves(&self, module: &str, ahead: &[u64], place: &str) -> Plan {
        let holidays = &self.published.curriculum.about.holiday_months;
        let mut day = self.today();
        let mut next = |days: &u64| {
            day = working_day_from((self.today() + Days::new(*days)).max(day + Days::new(1)), holidays);
            day
        };
        let mut part = |days: &u64| PartPlan {
            day: next(days),
            starts: NaiveTime::from_hms_opt(13, 0, 0).unwrap_or_default(),
            ends: NaiveTime::from_hms_opt(16, 0, 0).unwrap_or_default(),
            place: place.to_owned(),
            link: String::new(),
        };
        Plan {
            module: module.to_owned(),
            parts: ahead.iter().map(&mut part).collect(),
            seats: Some(16),
            minimum: 6,
            closes_days: 2,
            language: Language::Sv,
            audience: Audience::Everybody,
            trainers: Vec::new(),
        }
    }

    /// Opens it so many days ago.
    fn given(&self, plan: &Plan, ago: u64) -> Result<i64> {
        let then = self.now - Days::new(ago);
        let plans = std::slice::from_ref(plan);
        let opened = plan::open(self.store, self.published, plans, self.developer, then)?;
        opened.first().copied().context("one was opened")
    }

    /// Whoever may have a seat asks for one.
    fn seat(&self, occasion: i64, people: &[i64]) -> Result<()> {
        for person in people {
            self.wish(occasion, *person, Wish::Seat, self.now - Days::new(18))?;
        }
        Ok(())
    }

    fn material(&self, occasion: i64, after: bool, title: &str, link: &str, body: &str) -> Result<()> {
        let new = NewMaterial { after, title: title.into(), link: link.into(), body: body.into() };
        Ok(materials::add(self.store, occasion, &new, self.developer, self.now - Days::new(20))?)
    }

    /// Two days that too few have booked now that booking has closed: one is to be decided, the other is given anyway.
    fn short(&self, module: &str, trainer: &Trainer, people: &[i64]) -> Result<()> {
        for (days, seats) in [(3, 2), (4, 4)] {
            let plan = self.halves(module, &[days], "Lärcentrum, sal Asken");
            let closes_days = u32::try_from((plan.parts[0].day - self.today()).num_days()).unwrap_or_default() + 1;
            let plan = Plan { closes_days, trainers: vec![trainer.clone()], ..plan };
            let day = self.given(&plan, 20)?;
            self.seat(day, people.iter().rev().skip(3 * seats).take(seats).copied().collect::<Vec<_>>().as_slice())?;
            if seats > 2 {
                deciding::give_anyway(self.store, day, self.developer, self.now)?;
            }
        }
        Ok(())
    }

    /// What was given two half-days in a row some weeks ago, with what was promised for after it.
    fn over(&self, module: &str, trainer: &Trainer, people: &[i64]) -> Result<()> {
        let earlier = Stage { now: self.now - Days::new(AGO + 30), ..*self };
        let plan =
            Plan { trainers: vec![trainer.clone()], ..earlier.halves(module, &[30, 31], "Lärcentrum, sal Eken") };
        let held = earlier.given(&plan, 2)?;
        for person in people.iter().take(4) {
            earlier.wish(held, *person, Wish::Seat, earlier.now)?;
        }
        self.material(held, true, "Sammanfattning och bilder", "https://exempel.invalid/sammanfattning", "")
    }
}
