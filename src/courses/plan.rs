//! Opening days on which a module is given, changing them, and calling them off.

use chrono::NaiveDateTime;

use super::planned::days;
pub use super::planned::{MOST_DAYS, MOST_PARTS, PartPlan, Plan, Series};
use crate::accounts::secret;
use crate::notices::kinds::Change;
use crate::occasions::life::{self, Act};
use crate::occasions::parts::{PartChange, differences};
use crate::occasions::service::{self as occasions, Asking};
use crate::occasions::store::{self as rows, Given, NewOccasion, Occasion, Part};
use crate::occasions::tell;
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, Store, failure};
use crate::versions::published::Published;

/// Why a day is not opened, changed or called off. Numbers are those of the part, 0 first.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the curriculum has no module {0}; choose one of its modules")]
    NoSuchModule(String),
    #[error("write when it is held; the most parts are {MOST_PARTS}")]
    PartCount,
    #[error("part {} ends before it begins; change one of the times", .0 + 1)]
    EndsBeforeItBegins(usize),
    #[error("part {} lies in the past; choose a day to come", .0 + 1)]
    Past(usize),
    #[error("write where part {} is held, or the address of the meeting", .0 + 1)]
    NoPlace(usize),
    #[error("two parts are at the same time; change one of them")]
    Overlap,
    #[error("a part that has begun stays as it is; change those to come")]
    PartBegun,
    #[error("so many days in one series are a slip of the hand; the most are {MOST_DAYS}")]
    TooMany,
    #[error(transparent)]
    Occasion(#[from] occasions::Refusal),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal, Occasion);

/// Opens the day, or a series of them; the first is kept as it was written. Returns their ids.
pub fn open(
    store: &Store,
    published: &Published,
    plan: &Plan,
    series: Series,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<Vec<i64>, Refusal> {
    plan.check(published)?;
    plan.ahead(now)?;
    if series.times > MOST_DAYS || series.every > 52 {
        return Err(Refusal::TooMany);
    }
    let holidays = &published.curriculum.about.holiday_months;
    let mut plans: Vec<Plan> =
        days(plan.first_day(), series, holidays).into_iter().map(|day| plan.beginning(day, holidays)).collect();
    match plans.first_mut() {
        Some(first) => *first = plan.clone(),
        None => plans.push(plan.clone()),
    }
    store.write(|conn| plans.iter().map(|plan| open_one(conn, plan, by, now)).collect())
}

fn open_one(conn: &mut Conn, plan: &Plan, by: Option<i64>, now: NaiveDateTime) -> Result<i64, Refusal> {
    let uid = format!("day-{}", secret::new());
    let new = NewOccasion {
        edition_id: None,
        meeting: None,
        module: &plan.module,
        uid: &uid,
        sequence: 0,
        details: plan.details(),
    };
    let id = rows::insert_occasion(conn, &new, &plan.sittings())?;
    note(conn, "occasion.opened", id, by, now)?;
    Ok(id)
}

/// Changes an occasion; everybody with a seat is told once of each part whose time or place is another, that is new or
/// taken away. Parts that have begun stay as they are.
pub fn change(
    store: &Store,
    published: &Published,
    occasion: i64,
    plan: &Plan,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Refusal> {
    store.write(|conn| {
        let before = rows::hold(conn, occasion)?.ok_or(occasions::Refusal::NoSuchOccasion)?;
        changeable(&before, now)?;
        plan.check(published)?;
        let parts = rows::parts(conn, occasion)?;
        let changes = differences(&parts, &plan.sittings());
        lie_ahead(&changes, &parts, plan, now)?;
        let (after, calendars) = rows::change_occasion(conn, &before, plan.details(), &changes)?;
        if calendars {
            tell_of_parts(conn, published, &after, &parts, &changes, now)?;
        }
        occasions::act(conn, published, occasion, Act::Settle, Asking { by, reason: "", now })?;
        note(conn, "occasion.changed", occasion, by, now)?;
        Ok(())
    })
}

fn changeable(occasion: &Occasion, now: NaiveDateTime) -> Result<(), Refusal> {
    match occasion.cancelled_at {
        Some(_) => Err(occasions::Refusal::Life(life::Refusal::CalledOff).into()),
        None if occasion.ends_at <= now => Err(occasions::Refusal::Life(life::Refusal::Begun).into()),
        None => Ok(()),
    }
}

/// Whether everything that changes is still to come.
fn lie_ahead(changes: &[PartChange], before: &[Part], plan: &Plan, now: NaiveDateTime) -> Result<(), Refusal> {
    for change in changes {
        match change {
            PartChange::Moved(part, _) | PartChange::Gone(part) if part.starts_at <= now => {
                return Err(Refusal::PartBegun);
            }
            PartChange::Moved(_, to) | PartChange::New(to) if to.starts_at <= now => {
                let index = plan.sittings().iter().position(|sitting| sitting == to).unwrap_or_default();
                return Err(if before.len() > 1 && index > 0 { Refusal::PartBegun } else { Refusal::Past(index) });
            }
            _ => {}
        }
    }
    Ok(())
}

fn tell_of_parts(
    conn: &mut Conn,
    published: &Published,
    after: &Given,
    before: &[Part],
    changes: &[PartChange],
    now: NaiveDateTime,
) -> Result<(), Refusal> {
    let new = after.parts.iter().filter(|part| !before.iter().any(|known| known.id == part.id));
    let mut news: Vec<(&[Part], Part, Change)> =
        new.map(|part| (&after.parts[..], part.clone(), Change::New)).collect();
    for change in changes {
        match change {
            PartChange::Moved(moved, _) => {
                let part = after.parts.iter().find(|part| part.id == moved.id).unwrap_or(moved);
                news.push((&after.parts, part.clone(), Change::Moved));
            }
            PartChange::Gone(part) => {
                let part = Part { sequence: after.occasion.sequence, ..part.clone() };
                news.push((before, part, Change::Dropped));
            }
            PartChange::Kept(_) | PartChange::New(_) => {}
        }
    }
    news.sort_by_key(|(_, part, _)| (part.starts_at, part.id));
    for entry in rows::list(conn, after.occasion.id)?.iter().filter(|entry| entry.seat.has_seat()) {
        for (numbered, part, change) in &news {
            tell::called(conn, published, after, numbered, part, entry.person, *change, now)?;
        }
    }
    Ok(())
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
        upcoming(conn, occasion, now)?;
        occasions::act(conn, published, occasion, Act::CallOff, Asking { by, reason, now })?;
        rows::cancel_occasion(conn, occasion, now)?;
        note(conn, "occasion.called_off", occasion, by, now)?;
        Ok(())
    })
}

/// Keeps the occasion from others, if it is still to come.
fn upcoming(conn: &mut Conn, occasion: i64, now: NaiveDateTime) -> Result<(), Refusal> {
    let found = rows::hold(conn, occasion)?.ok_or(occasions::Refusal::NoSuchOccasion)?;
    match found.cancelled_at {
        Some(_) => Err(occasions::Refusal::Life(life::Refusal::CalledOff).into()),
        None if found.starts_at <= now => Err(occasions::Refusal::Life(life::Refusal::Begun).into()),
        None => Ok(()),
    }
}

fn note(conn: &mut Conn, action: &str, occasion: i64, by: Option<i64>, at: NaiveDateTime) -> Result<(), Error> {
    let entry = Entry { at, actor_id: by, action, object_kind: "occasion", object_id: Some(occasion), detail: "" };
    audit::record(conn, &entry)
}
