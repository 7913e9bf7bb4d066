//! An occasion as it is planned: parts by the clock on the wall, seats, and how it is repeated. Pure.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::plan::Refusal;
use crate::occasions::parts::{Sitting, overlap};
use crate::occasions::store::{Details, Given, Part};
use crate::programme::calendar::working_day_from;
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

/// How a day is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Series {
    /// Weeks from one day to the next.
    pub every: u32,
    /// Days in all.
    pub times: u32,
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

    /// The same with the first part on another day and the others as long after it, but on days that people work.
    pub(super) fn beginning(&self, day: NaiveDate, holiday_months: &[u32]) -> Plan {
        let first = self.first_day();
        let shifted = |part: &PartPlan| {
            let to = day + (part.day - first);
            PartPlan { day: if to == day { to } else { working_day_from(to, holiday_months) }, ..part.clone() }
        };
        Plan { parts: self.parts.iter().map(shifted).collect(), ..self.clone() }
    }

    /// What is stored of it beside the parts.
    pub(super) fn details(&self) -> Details {
        let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        let closes = self.first_day().checked_sub_days(Days::new(u64::from(self.closes_days.saturating_sub(1))));
        Details {
            seats: self.seats.map(number),
            minimum: number(self.minimum),
            closes_at: closes.filter(|_| self.closes_days > 0).map(|day| to_utc(day.and_time(NaiveTime::MIN))),
        }
    }

    /// The plan that an occasion is the result of.
    pub fn of(given: &Given) -> Plan {
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
        }
    }
}

/// The days of a series: those that nobody works on move to the next working day.
pub fn days(first: NaiveDate, series: Series, holiday_months: &[u32]) -> Vec<NaiveDate> {
    let planned = (0..series.times).filter_map(|n| first.checked_add_days(Days::new(u64::from(7 * series.every * n))));
    let mut days: Vec<NaiveDate> = planned.map(|day| working_day_from(day, holiday_months)).collect();
    days.dedup();
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::occasions::store::Occasion;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_series_moves_what_falls_on_a_holiday_and_leaves_july_out() {
        let every_second_week = days(day("2027-05-06"), Series { every: 2, times: 5 }, &[7]);
        let expected = ["2027-05-07", "2027-05-20", "2027-06-03", "2027-06-17", "2027-08-02"];
        assert_eq!(every_second_week, expected.map(day), "6 May is Ascension Day, and 1 July lies in July");
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
        };
        let (details, sittings) = (plan.details(), plan.sittings());
        assert_eq!(sittings[0].starts_at.to_string(), "2027-03-30 06:30:00");
        assert_eq!(
            details.closes_at.unwrap().to_string(),
            "2027-03-27 23:00:00",
            "the 27th is the last day, in winter time"
        );
        assert_eq!(Plan::of(&given(details, sittings)), plan);
    }

    fn given(details: Details, sittings: Vec<Sitting>) -> Given {
        let occasion = Occasion {
            id: 1,
            edition_id: None,
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
        };
        Given { occasion, parts: (1..).zip(sittings).map(part).collect() }
    }

    #[test]
    fn half_days_of_a_series_keep_their_distance_and_avoid_holidays() {
        let half_day = |on: &str| PartPlan {
            day: day(on),
            starts: NaiveTime::from_hms_opt(8, 30, 0).unwrap(),
            ends: NaiveTime::from_hms_opt(12, 0, 0).unwrap(),
            place: "Sal Eken".into(),
            link: String::new(),
        };
        let parts = vec![half_day("2027-04-20"), half_day("2027-04-22")];
        let plan = Plan { module: "matt".into(), parts, seats: None, minimum: 0, closes_days: 0 };
        let days: Vec<NaiveDate> = plan.beginning(day("2027-05-04"), &[7]).parts.iter().map(|part| part.day).collect();
        assert_eq!(days, ["2027-05-04", "2027-05-07"].map(day), "6 May is Ascension Day");
    }
}
