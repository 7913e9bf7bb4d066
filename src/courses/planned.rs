//! An occasion as it is planned: parts by the clock on the wall, seats, trainers, and for whom. Pure.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::plan::Refusal;
use crate::curriculum::model::Language;
use crate::occasions::audience::Audience;
use crate::occasions::parts::{Sitting, overlap};
use crate::occasions::store::{Details, Given, Part, Trainer};
use crate::versions::published::Published;
use crate::words::{clean_name, to_local, to_utc};

/// The longest series.
pub const MOST_DAYS: u32 = 60;
/// The most parts of one occasion.
pub const MOST_PARTS: usize = 12;

/// An occasion as it is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub module: String,
    /// At least one, in time order.
    pub parts: Vec<PartPlan>,
    /// None = as many as come.
    pub seats: Option<u32>,
    pub minimum: u32,
    /// Nobody can ask for a seat from the end of the day so many days before the first part; 0 = until it begins.
    pub closes_days: u32,
    pub language: Language,
    pub audience: Audience,
    pub trainers: Vec<Trainer>,
}

/// One part as it is planned; times are those of the clock on the wall.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartPlan {
    pub day: NaiveDate,
    pub starts: NaiveTime,
    pub ends: NaiveTime,
    /// May be empty when there is a link.
    pub place: String,
    pub link: String,
}

impl PartPlan {
    fn sitting(&self) -> Sitting {
        Sitting {
            starts_at: to_utc(self.day.and_time(self.starts)),
            ends_at: to_utc(self.day.and_time(self.ends)),
            place: clean_name(&self.place),
            link: self.link.trim().to_owned(),
        }
    }

    fn of(part: &Part) -> PartPlan {
        let (starts, ends) = (to_local(part.starts_at), to_local(part.ends_at));
        let (place, link) = (part.place.clone(), part.link.clone());
        PartPlan { day: starts.date(), starts: starts.time(), ends: ends.time(), place, link }
    }
}

impl Plan {
    pub(super) fn check(&self, published: &Published) -> Result<(), Refusal> {
        if published.module_by_id(&self.module).is_none() {
            return Err(Refusal::NoSuchModule(self.module.clone()));
        }
        if self.parts.is_empty() || self.parts.len() > MOST_PARTS {
            return Err(Refusal::PartCount);
        }
        for (index, part) in self.parts.iter().enumerate() {
            if part.ends <= part.starts {
                return Err(Refusal::EndsBeforeItBegins(index));
            }
            if part.place.trim().is_empty() && part.link.trim().is_empty() {
                return Err(Refusal::NoPlace(index));
            }
        }
        if overlap(&self.sittings()) { Err(Refusal::Overlap) } else { Ok(()) }
    }

    /// Whether every part is still to come.
    pub(super) fn ahead(&self, now: NaiveDateTime) -> Result<(), Refusal> {
        match self.parts.iter().position(|part| part.sitting().starts_at <= now) {
            Some(past) => Err(Refusal::Past(past)),
            None => Ok(()),
        }
    }

    pub(super) fn sittings(&self) -> Vec<Sitting> {
        self.parts.iter().map(PartPlan::sitting).collect()
    }

    pub(super) fn first_day(&self) -> NaiveDate {
        self.parts.iter().map(|part| part.day).min().unwrap_or_default()
    }

    /// The same so many days later; none beyond the end of time.
    pub(super) fn later(&self, days: i64) -> Option<Plan> {
        let shifted = |part: &PartPlan| {
            let day = part.day.checked_add_signed(TimeDelta::try_days(days)?)?;
            Some(PartPlan { day, ..part.clone() })
        };
        Some(Plan { parts: self.parts.iter().map(shifted).collect::<Option<_>>()?, ..self.clone() })
    }

    /// What is stored of it beside the parts.
    pub(super) fn details(&self) -> Details {
        let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        let closes = self.first_day().checked_sub_days(Days::new(u64::from(self.closes_days.saturating_sub(1))));
        let (edition_id, kept_unit, kept_role) = self.audience.columns();
        Details {
            language: self.language.code().to_owned(),
            edition_id,
            kept_unit,
            kept_role,
            seats: self.seats.map(number),
            minimum: number(self.minimum),
            closes_at: closes.filter(|_| self.closes_days > 0).map(|day| to_utc(day.and_time(NaiveTime::MIN))),
        }
    }

    /// The plan that an occasion is the result of.
    pub fn of(given: &Given, trainers: &[Trainer]) -> Plan {
        let occasion = &given.occasion;
        let number = |n: i32| u32::try_from(n).unwrap_or_default();
        let first = to_local(occasion.starts_at).date();
        let closes = occasion.closes_at.map(|at| (first - to_local(at).date()).num_days() + 1);
        Plan {
            module: occasion.module.clone(),
            parts: given.parts.iter().map(PartPlan::of).collect(),
            seats: occasion.seats.map(number),
            minimum: number(occasion.minimum),
            closes_days: closes.and_then(|days| u32::try_from(days).ok()).unwrap_or_default(),
            language: Language::of_code(&occasion.language),
            audience: occasion.audience(),
            trainers: trainers.to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::occasions::store::Occasion;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_plan_stands_in_its_occasion_as_it_was_written() {
        let half_day = |on: &str, place: &str| PartPlan {
            day: day(on),
            starts: NaiveTime::from_hms_opt(8, 30, 0).unwrap(),
            ends: NaiveTime::from_hms_opt(12, 0, 0).unwrap(),
            place: place.into(),
            link: String::new(),
        };
        let plan = Plan {
            module: "matt".into(),
            parts: vec![half_day("2027-03-30", "Sal Björken"), half_day("2027-04-06", "Sal Eken")],
            seats: Some(12),
            minimum: 4,
            closes_days: 3,
            language: Language::En,
            audience: Audience::Role("coach".into()),
            trainers: vec![Trainer { person: None, name: "Gäst Gästsson".into() }],
        };
        let (details, sittings) = (plan.details(), plan.sittings());
        assert_eq!(sittings[0].starts_at.to_string(), "2027-03-30 06:30:00");
        assert_eq!(
            details.closes_at.unwrap().to_string(),
            "2027-03-27 23:00:00",
            "the 27th is the last day, in winter time"
        );
        assert_eq!(Plan::of(&given(details, sittings), &plan.trainers), plan);
    }

    fn given(details: Details, sittings: Vec<Sitting>) -> Given {
        let occasion = Occasion {
            id: 1,
            edition_id: details.edition_id,
            meeting: None,
            module: "matt".into(),
            uid: "u".into(),
            sequence: 0,
            cancelled_at: None,
            starts_at: sittings[0].starts_at,
            ends_at: sittings[1].ends_at,
            place: sittings[0].place.clone(),
            link: sittings[0].link.clone(),
            seats: details.seats,
            minimum: details.minimum,
            closes_at: details.closes_at,
            language: details.language,
            kept_unit: details.kept_unit,
            kept_role: details.kept_role,
            told_short_at: None,
            runs_anyway_at: None,
        };
        let part = |(no, Sitting { starts_at, ends_at, place, link }): (i32, Sitting)| Part {
            id: i64::from(no),
            occasion: 1,
            no,
            starts_at,
            ends_at,
            place,
            link,
            uid: "u".into(),
            sequence: 0,
            reckoned: false,
        };
        Given { occasion, parts: (1..).zip(sittings).map(part).collect() }
    }
}
