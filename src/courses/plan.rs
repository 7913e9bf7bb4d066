//! Opening days on which a module is given, changing them, and calling them off.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use crate::accounts::secret;
use crate::notices::kinds::Change;
use crate::occasions::life::{self, Act};
use crate::occasions::seat::Seat;
use crate::occasions::service::{self as occasions, Asking};
use crate::occasions::store::{self as rows, Details, NewOccasion, Occasion};
use crate::occasions::tell;
use crate::programme::calendar::working_day_from;
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;
use crate::words::{clean_name, to_local, to_utc};

/// Why a day is not opened, changed or called off.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the curriculum has no module {0}; choose one of its modules")]
    NoSuchModule(String),
    #[error("it ends before it begins; change one of the times")]
    EndsBeforeItBegins,
    #[error("the day lies in the past; choose one to come")]
    Past,
    #[error("write where it is held, or the address of the meeting")]
    NoPlace,
    #[error("so many days in one series are a slip of the hand; at most {MOST_DAYS}")]
    TooMany,
    #[error(transparent)]
    Occasion(#[from] occasions::Refusal),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal, Occasion);

/// The longest series.
pub const MOST_DAYS: u32 = 60;

/// A day as it is planned; times are those of the clock on the wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub module: String,
    pub day: NaiveDate,
    pub starts: NaiveTime,
    pub ends: NaiveTime,
    /// May be empty when there is a link.
    pub place: String,
    pub link: String,
    /// None = as many as come.
    pub seats: Option<u32>,
    pub minimum: u32,
    /// Nobody can ask for a seat from the end of the day so many days before; 0 = until it begins.
    pub closes_days: u32,
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
    fn check(&self, published: &Published, now: NaiveDateTime) -> Result<(), Refusal> {
        match () {
            () if published.module_by_id(&self.module).is_none() => Err(Refusal::NoSuchModule(self.module.clone())),
            () if self.ends <= self.starts => Err(Refusal::EndsBeforeItBegins),
            () if to_utc(self.day.and_time(self.starts)) <= now => Err(Refusal::Past),
            () if self.place.trim().is_empty() && self.link.trim().is_empty() => Err(Refusal::NoPlace),
            () => Ok(()),
        }
    }

    /// What is stored of it.
    fn details(&self) -> Details {
        let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        let closes = self.day.checked_sub_days(Days::new(u64::from(self.closes_days.saturating_sub(1))));
        Details {
            starts_at: to_utc(self.day.and_time(self.starts)),
            ends_at: to_utc(self.day.and_time(self.ends)),
            place: clean_name(&self.place),
            link: self.link.trim().to_owned(),
            seats: self.seats.map(number),
            minimum: number(self.minimum),
            closes_at: closes.filter(|_| self.closes_days > 0).map(|day| to_utc(day.and_time(NaiveTime::MIN))),
        }
    }

    /// The plan that an occasion is the result of.
    pub fn of(occasion: &Occasion) -> Plan {
        let (starts, ends) = (to_local(occasion.starts_at), to_local(occasion.ends_at));
        let number = |n: i32| u32::try_from(n).unwrap_or_default();
        let closes = occasion.closes_at.map(|at| (starts.date() - to_local(at).date()).num_days() + 1);
        Plan {
            module: occasion.module.clone(),
            day: starts.date(),
            starts: starts.time(),
            ends: ends.time(),
            place: occasion.place.clone(),
            link: occasion.link.clone(),
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

/// Opens the day, or a series of them; the first is kept as it was written. Returns their ids.
pub fn open(
    store: &Store,
    published: &Published,
    plan: &Plan,
    series: Series,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<Vec<i64>, Refusal> {
    plan.check(published, now)?;
    if series.times > MOST_DAYS || series.every > 52 {
        return Err(Refusal::TooMany);
    }
    let mut days = days(plan.day, series, &published.curriculum.about.holiday_months);
    match days.first_mut() {
        Some(first) => *first = plan.day,
        None => days.push(plan.day),
    }
    store.write(|conn| {
        days.iter()
            .map(|day| {
                let uid = format!("day-{}", secret::new());
                let details = Plan { day: *day, ..plan.clone() }.details();
                let new = NewOccasion {
                    edition_id: None,
                    meeting: None,
                    module: &plan.module,
                    uid: &uid,
                    sequence: 0,
                    details,
                };
                let id = rows::insert_occasion(conn, &new)?;
                note(conn, "occasion.opened", id, by, now)?;
                Ok(id)
            })
            .collect()
    })
}

/// Changes a day; everybody with a seat is told once when its time or place is another.
pub fn change(
    store: &Store,
    published: &Published,
    occasion: i64,
    plan: &Plan,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Refusal> {
    store.write(|conn| {
        let before = upcoming(conn, occasion, now)?;
        plan.check(published, now)?;
        let details = plan.details();
        let moved = (before.starts_at, before.ends_at, &before.place, &before.link)
            != (details.starts_at, details.ends_at, &details.place, &details.link);
        let after = rows::change_occasion(conn, &before, details, moved)?;
        if moved {
            for entry in rows::list(conn, occasion)?.iter().filter(|entry| entry.seat == Seat::Booked) {
                tell::called(conn, published, &after, entry.person, Change::Moved, now)?;
            }
        }
        occasions::act(conn, published, occasion, Act::Settle, Asking { by, reason: "", now })?;
        note(conn, "occasion.changed", occasion, by, now)?;
        Ok(())
    })
}

/// Calls a day off; everybody with a seat or in line is told once.
pub fn call_off(
    store: &Store,
    published: &Published,
    occasion: i64,
    reason: &str,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Refusal> {
    store.write(|conn| {
        let before = upcoming(conn, occasion, now)?;
        let details = Details::of(&before);
        rows::change_occasion(conn, &before, details, true)?;
        occasions::act(conn, published, occasion, Act::CallOff, Asking { by, reason, now })?;
        rows::cancel_occasion(conn, occasion, now)?;
        note(conn, "occasion.called_off", occasion, by, now)?;
        Ok(())
    })
}

/// The occasion, kept from others, if it is still to come.
fn upcoming(conn: &mut Conn, occasion: i64, now: NaiveDateTime) -> Result<Occasion, Refusal> {
    let found = rows::hold(conn, occasion)?.ok_or(occasions::Refusal::NoSuchOccasion)?;
    match found.cancelled_at {
        Some(_) => Err(occasions::Refusal::Life(life::Refusal::CalledOff).into()),
        None if found.starts_at <= now => Err(occasions::Refusal::Life(life::Refusal::Begun).into()),
        None => Ok(found),
    }
}

fn note(conn: &mut Conn, action: &str, occasion: i64, by: Option<i64>, at: NaiveDateTime) -> Result<(), Error> {
    let entry = Entry { at, actor_id: by, action, object_kind: "occasion", object_id: Some(occasion), detail: "" };
    audit::record(conn, &entry)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let plan = Plan {
            module: "matt".into(),
            day: day("2027-03-30"),
            starts: NaiveTime::from_hms_opt(8, 30, 0).unwrap(),
            ends: NaiveTime::from_hms_opt(12, 0, 0).unwrap(),
            place: "Sal Björken".into(),
            link: String::new(),
            seats: Some(12),
            minimum: 4,
            closes_days: 3,
        };
        let details = plan.details();
        assert_eq!(details.starts_at.to_string(), "2027-03-30 06:30:00");
        assert_eq!(
            details.closes_at.unwrap().to_string(),
            "2027-03-27 23:00:00",
            "the 27th is the last day, in winter time"
        );
        let occasion = Occasion {
            id: 1,
            edition_id: None,
            meeting: None,
            module: "matt".into(),
            uid: "u".into(),
            sequence: 0,
            cancelled_at: None,
            starts_at: details.starts_at,
            ends_at: details.ends_at,
            place: details.place,
            seats: details.seats,
            minimum: details.minimum,
            closes_at: details.closes_at,
            link: details.link,
        };
        assert_eq!(Plan::of(&occasion), plan);
    }
}
