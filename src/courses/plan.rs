//! Opening days on which a module is given, changing them, and calling them off.

use chrono::NaiveDateTime;

use super::news::News;
pub use super::planned::{MOST_DAYS, MOST_PARTS, PartPlan, Plan};
use crate::accounts::{secret, store as accounts};
use crate::attendance::service::resettle;
use crate::occasions::audience::Audience;
use crate::occasions::clashes::{Clash, clashes};
use crate::occasions::life::{self, Act};
use crate::occasions::parts::{PartChange, Sitting, differences, span};
use crate::occasions::service::{self as occasions, Asking};
use crate::occasions::store::{self as rows, DayOff, Details, NewOccasion, Occasion, Part, Trainer};
use crate::organisation::store as people;
use crate::programme::store as programme;
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
    #[error(
        "somebody who trains here must be a developer or a coach; choose one of them, or write the name of a guest"
    )]
    NoSuchTrainer,
    #[error("there is no such edition, unit or role to keep it for")]
    NoSuchAudience,
    #[error("so many days in one series are a slip of the hand; the most are {MOST_DAYS}")]
    TooMany,
    #[error(transparent)]
    Occasion(#[from] occasions::Refusal),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal, Occasion);

/// Opens occasions, all or none. Returns their ids.
pub fn open(
    store: &Store,
    published: &Published,
    plans: &[Plan],
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<Vec<i64>, Refusal> {
    if plans.is_empty() || plans.len() > MOST_DAYS as usize {
        return Err(Refusal::TooMany);
    }
    for plan in plans {
        sound(plan, published, now)?;
    }
    store.write(|conn| plans.iter().map(|plan| open_one(conn, published, plan, by, now)).collect())
}

/// Whether the plan could be opened, but for who trains and for whom it is.
pub fn sound(plan: &Plan, published: &Published, now: NaiveDateTime) -> Result<(), Refusal> {
    plan.check(published)?;
    plan.ahead(now)
}

fn open_one(
    conn: &mut Conn,
    published: &Published,
    plan: &Plan,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<i64, Refusal> {
    may_keep(conn, published, &plan.audience)?;
    may_train(conn, &plan.trainers, &[])?;
    let uid = format!("day-{}", secret::new());
    let new = NewOccasion {
        meeting: None,
        module: &plan.module,
        uid: &uid,
        sequence: 0,
        opened_by: by,
        details: plan.details(),
    };
    let id = rows::insert_occasion(conn, &new, &plan.sittings())?;
    rows::set_trainers(conn, id, &plan.trainers)?;
    if let Some(given) = rows::one_given(conn, id)?.filter(|_| !plan.trainers.is_empty()) {
        let news = News { published, after: &given, before: &given.parts, changes: &[], now };
        news.to_trainers(conn, &[], &plan.trainers)?;
    }
    note(conn, "occasion.opened", id, by, now)?;
    Ok(id)
}

/// Whether those who work here and are to train are developers or coaches, or trained at it before.
fn may_train(conn: &mut Conn, wanted: &[Trainer], before: &[Trainer]) -> Result<(), Refusal> {
    let mut known: Vec<i64> = before.iter().filter_map(|trainer| trainer.person).collect();
    if wanted.iter().any(|trainer| trainer.person.is_some_and(|person| !known.contains(&person))) {
        known.extend(accounts::may_train(conn)?.into_iter().map(|(person, _)| person));
    }
    let stranger = wanted.iter().any(|trainer| trainer.person.is_some_and(|person| !known.contains(&person)));
    if stranger { Err(Refusal::NoSuchTrainer) } else { Ok(()) }
}

/// Whether there is such an edition, unit or role.
fn may_keep(conn: &mut Conn, published: &Published, audience: &Audience) -> Result<(), Refusal> {
    let known = match audience {
        Audience::Everybody => true,
        Audience::Edition(edition) => programme::edition(conn, *edition)?.is_some(),
        Audience::Unit(unit) => people::tree(conn)?.unit(*unit).is_some(),
        Audience::Role(role) => published.curriculum.roles.contains_key(role),
    };
    if known { Ok(()) } else { Err(Refusal::NoSuchAudience) }
}

/// What of the plan clashes with other occasions, but for one.
pub fn clashes_of(conn: &mut Conn, plan: &Plan, but: Option<i64>) -> Result<Vec<Clash>, Error> {
    Ok(clashes_of_all(conn, &[plan], but)?.pop().unwrap_or_default())
}

/// What of each of these plans clashes with other occasions, but for one.
pub fn clashes_of_all(conn: &mut Conn, plans: &[&Plan], but: Option<i64>) -> Result<Vec<Vec<Clash>>, Error> {
    let sittings: Vec<Vec<Sitting>> = plans.iter().map(|plan| plan.sittings()).collect();
    let stretches: Vec<_> = sittings.iter().filter_map(|sittings| span(sittings)).collect();
    let others = rows::at_the_same_time(conn, &stretches, but)?;
    Ok(plans.iter().zip(&sittings).map(|(plan, sittings)| clashes(sittings, &plan.trainers, &others)).collect())
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
        let trained = rows::trainers(conn, occasion)?;
        may_train(conn, &plan.trainers, &trained)?;
        let mut details = plan.details();
        if before.meeting.is_some() {
            // A meeting of an edition's programme stays the edition's.
            (details.edition_id, details.kept_unit, details.kept_role) = (before.edition_id, None, None);
        } else if plan.audience != before.audience() {
            may_keep(conn, published, &plan.audience)?;
        }
        let staff = trained != plan.trainers;
        let (after, calendars) = rows::change_occasion(conn, &before, details, &changes, staff)?;
        if after.occasion.decided_from() > now {
            rows::ask_again(conn, occasion)?;
        }
        if staff {
            rows::set_trainers(conn, occasion, &plan.trainers)?;
        }
        if calendars || staff {
            let news = News { published, after: &after, before: &parts, changes: &changes, now };
            news.to_participants(conn)?;
            news.to_trainers(conn, &trained, &plan.trainers)?;
        }
        occasions::act(conn, published, occasion, Act::Settle, Asking { by, reason: "", now })?;
        resettle(conn, published, &before, by, now)?;
        note(conn, "occasion.changed", occasion, by, now)?;
        Ok(())
    })
}

/// Keeps an occasion for some. Those who have a seat or stand in line stay where they are. False when it is for others
/// already, which nobody takes from them by the way.
pub fn keep_for(
    store: &Store,
    published: &Published,
    occasion: i64,
    audience: &Audience,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<bool, Refusal> {
    store.write(|conn| {
        let before = rows::hold(conn, occasion)?.ok_or(occasions::Refusal::NoSuchOccasion)?;
        changeable(&before, now)?;
        if before.audience() != Audience::Everybody {
            return Ok(before.audience() == *audience);
        }
        may_keep(conn, published, audience)?;
        let (edition_id, kept_unit, kept_role) = audience.columns();
        let Occasion { seats, minimum, closes_at, language, .. } = before.clone();
        let details = Details { seats, minimum, closes_at, language, edition_id, kept_unit, kept_role };
        let parts: Vec<PartChange> = rows::parts(conn, occasion)?.into_iter().map(PartChange::Kept).collect();
        rows::change_occasion(conn, &before, details, &parts, false)?;
        note(conn, "occasion.changed", occasion, by, now)?;
        Ok(true)
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
        if let Some(given) = rows::one_given(conn, occasion)? {
            let trained = rows::trainers(conn, occasion)?;
            let news = News { published, after: &given, before: &given.parts, changes: &[], now };
            news.to_trainers(conn, &trained, &[])?;
        }
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

/// Adds to the days on which the region gives no courses.
pub fn add_day_off(store: &Store, off: &DayOff, by: Option<i64>, now: NaiveDateTime) -> Result<(), Error> {
    store.write(|conn| {
        rows::add_day_off(conn, off.from, off.to, &off.name)?;
        audit::record(conn, &day_off_entry("day_off.added", by, now))
    })
}

/// Whether there was one to take away.
pub fn remove_day_off(store: &Store, id: i64, by: Option<i64>, now: NaiveDateTime) -> Result<bool, Error> {
    store.write(|conn| {
        let removed = rows::remove_day_off(conn, id)?;
        if removed {
            audit::record(conn, &day_off_entry("day_off.removed", by, now))?;
        }
        Ok(removed)
    })
}

fn day_off_entry(action: &str, by: Option<i64>, at: NaiveDateTime) -> Entry<'_> {
    Entry { at, actor_id: by, action, object_kind: "day_off", object_id: None, detail: "" }
}
