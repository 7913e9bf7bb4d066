//! Queries on the outbox. Everything that must hold between instances is a condition in an UPDATE here: who holds the
//! lease, and that one key is queued once.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamp};

use super::kinds::{Kind, Notice};
use super::outbox::{RESTORED, STALE, State, Verdict};
use crate::curriculum::model::Language;
use crate::store::schema::outbox;
use crate::store::{Conn, Result, columns, on_both};

/// A notice to queue, in the transaction of the change that causes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    pub notice: Notice,
    pub person_id: Option<i64>,
    pub name: String,
    pub email: String,
    pub language: Language,
    /// What is told, to whom and for which day: the same key is never queued twice.
    pub dedupe_key: String,
    /// The day it is about, for reminders and what is overdue.
    pub due_day: Option<NaiveDate>,
    /// Not sent before this instant (UTC); at once when none.
    pub not_before: Option<NaiveDateTime>,
}

/// One row of the outbox.
#[derive(Debug, Clone, Queryable)]
pub struct Row {
    pub id: i64,
    pub kind: String,
    pub person_id: Option<i64>,
    pub name: String,
    pub email: String,
    pub language: String,
    pub payload: String,
    pub dedupe_key: String,
    pub state: String,
    pub created_at: NaiveDateTime,
    pub not_before: NaiveDateTime,
    pub attempts: i32,
    pub finished_at: Option<NaiveDateTime>,
    pub answer: String,
}

impl Row {
    /// None when the payload has been removed or is of a kind this program does not know.
    pub fn notice(&self) -> Option<Notice> {
        serde_json::from_str(&self.payload).ok()
    }

    pub fn language(&self) -> Language {
        Language::of_code(&self.language)
    }

    pub fn state(&self) -> State {
        State::of(&self.state).unwrap_or(State::Failed)
    }
}

columns!(COLUMNS: Columns = outbox { id, kind, person_id, name, email, language, payload, dedupe_key, state, created_at, not_before, attempts, finished_at, answer });

/// What is left of a payload that was a key to an account.
const REMOVED: &str = "{}";

/// Queues a notice; false when its key was queued before. Call it inside the transaction of the change.
pub fn enqueue(conn: &mut Conn, new: &NewNotice, now: NaiveDateTime) -> Result<bool> {
    // Written plainly because it must be one statement, and this one means the same on both databases.
    let rows = diesel::sql_query(
        "INSERT INTO outbox (kind, person_id, name, email, language, payload, dedupe_key, due_day, state, created_at, \
         not_before, attempts, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         ON CONFLICT (dedupe_key) DO NOTHING",
    )
    .bind::<Text, _>(new.notice.kind().code())
    .bind::<Nullable<BigInt>, _>(new.person_id)
    .bind::<Text, _>(&new.name)
    .bind::<Text, _>(&new.email)
    .bind::<Text, _>(new.language.code())
    .bind::<Text, _>(payload(&new.notice))
    .bind::<Text, _>(&new.dedupe_key)
    .bind::<Nullable<Date>, _>(new.due_day)
    .bind::<Text, _>(State::Waiting.code())
    .bind::<Timestamp, _>(now)
    .bind::<Timestamp, _>(new.not_before.unwrap_or(now))
    .bind::<Integer, _>(0)
    .bind::<Text, _>("")
    .execute(conn)?;
    Ok(rows == 1)
}

/// Takes back a notice that nobody has tried to send yet; false when there is none, or when it may have gone out. Call it
/// inside the transaction of the change that makes it untrue.
pub fn withdraw(conn: &mut Conn, dedupe_key: &str) -> Result<bool> {
    let untried = outbox::table
        .filter(outbox::dedupe_key.eq(dedupe_key))
        .filter(outbox::state.eq(State::Waiting.code()))
        .filter(outbox::attempts.eq(0));
    Ok(diesel::delete(untried).execute(conn)? > 0)
}

/// Queues many whose keys are new, such as those of a version that has just been made. In the transaction of their
/// cause; a key that was queued before fails all of them.
pub fn enqueue_new(conn: &mut Conn, new: &[NewNotice], now: NaiveDateTime) -> Result<()> {
    for some in new.chunks(BATCH) {
        let row = |new: &NewNotice| {
            (
                outbox::kind.eq(new.notice.kind().code()),
                outbox::person_id.eq(new.person_id),
                outbox::name.eq(new.name.clone()),
                outbox::email.eq(new.email.clone()),
                outbox::language.eq(new.language.code()),
                outbox::payload.eq(payload(&new.notice)),
                outbox::dedupe_key.eq(new.dedupe_key.clone()),
                outbox::state.eq(State::Waiting.code()),
                outbox::created_at.eq(now),
                outbox::not_before.eq(new.not_before.unwrap_or(now)),
                outbox::attempts.eq(0),
                outbox::answer.eq(""),
            )
        };
        let rows: Vec<_> = some.iter().map(row).collect();
        on_both!(conn, c => diesel::insert_into(outbox::table).values(&rows).execute(c)?);
    }
    Ok(())
}

/// Rows in one insert: well below the number of parameters that both databases take.
const BATCH: usize = 1_000;

/// A notice is plain structs of texts, days and numbers, which JSON always has room for.
fn payload(notice: &Notice) -> String {
    serde_json::to_string(notice).unwrap_or_else(|_| REMOVED.into())
}

/// Whether something could be claimed now. Reads only, so that an idle worker disturbs nobody.
pub fn anything_due(conn: &mut Conn, now: NaiveDateTime) -> Result<bool> {
    let found: Option<i64> = outbox::table
        .filter(outbox::state.eq(State::Waiting.code()).and(outbox::not_before.le(now)))
        .or_filter(outbox::state.eq(State::Sending.code()).and(outbox::leased_until.lt(now)))
        .select(outbox::id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Takes up to `limit` mails that are due, or whose holder has let its lease run out; the oldest first.
pub fn claim(conn: &mut Conn, holder: &str, now: NaiveDateTime, until: NaiveDateTime, limit: i64) -> Result<Vec<Row>> {
    // Under another name: an UPDATE may not look into its own table under its own.
    let waiting = diesel::alias!(outbox as waiting);
    let (state, not_before) = (waiting.field(outbox::state), waiting.field(outbox::not_before));
    let due = waiting
        .filter(state.eq(State::Waiting.code()).and(not_before.le(now)))
        .or_filter(state.eq(State::Sending.code()).and(waiting.field(outbox::leased_until).lt(now)))
        .order((not_before, waiting.field(outbox::id)))
        .limit(limit)
        .select(waiting.field(outbox::id));
    let mut rows: Vec<Row> = diesel::update(outbox::table.filter(outbox::id.eq_any(due)))
        .set((outbox::state.eq(State::Sending.code()), outbox::leased_by.eq(holder), outbox::leased_until.eq(until)))
        .returning(COLUMNS)
        .get_results(conn)?;
    rows.sort_by_key(|row| (row.not_before, row.id));
    Ok(rows)
}

/// Writes down how a try ended. False, and nothing written, when `holder` no longer holds the lease.
pub fn record(
    conn: &mut Conn,
    id: i64,
    holder: &str,
    verdict: &Verdict,
    secret: bool,
    now: NaiveDateTime,
) -> Result<bool> {
    let held = outbox::table
        .filter(outbox::id.eq(id))
        .filter(outbox::leased_by.eq(holder))
        .filter(outbox::state.eq(State::Sending.code()));
    let rows = diesel::update(held)
        .set((
            outbox::state.eq(verdict.state.code()),
            outbox::attempts.eq(verdict.attempts),
            outbox::not_before.eq(verdict.not_before),
            outbox::answer.eq(&verdict.answer),
            outbox::finished_at.eq(verdict.state.is_final().then_some(now)),
            outbox::leased_by.eq(None::<String>),
            outbox::leased_until.eq(None::<NaiveDateTime>),
        ))
        .execute(conn)?;
    if rows == 1 && secret && verdict.state.is_final() {
        diesel::update(outbox::table.find(id)).set(outbox::payload.eq(REMOVED)).execute(conn)?;
    }
    Ok(rows == 1)
}

/// Lets a finished mail wait once more, from the first try; false when it is not finished or its text is gone.
pub fn send_again(conn: &mut Conn, id: i64, now: NaiveDateTime) -> Result<bool> {
    let finished = outbox::table
        .filter(outbox::id.eq(id))
        .filter(outbox::payload.ne(REMOVED))
        .filter(outbox::state.eq_any([State::Sent, State::Failed, State::Dropped, State::Held].map(State::code)));
    let rows = diesel::update(finished)
        .set((
            outbox::state.eq(State::Waiting.code()),
            outbox::attempts.eq(0),
            outbox::not_before.eq(now),
            outbox::answer.eq(""),
            outbox::finished_at.eq(None::<NaiveDateTime>),
        ))
        .execute(conn)?;
    Ok(rows == 1)
}

/// Holds back every mail that has not gone out, visibly; sign-in links, which are over by then, are dropped. Returns
/// how many are held.
pub fn hold_all(conn: &mut Conn, now: NaiveDateTime) -> Result<usize> {
    let open = || outbox::table.filter(outbox::state.eq_any([State::Waiting, State::Sending].map(State::code)));
    let nobodys = || (outbox::leased_by.eq(None::<String>), outbox::leased_until.eq(None::<NaiveDateTime>));
    diesel::update(open().filter(outbox::kind.eq(Kind::SignIn.code())))
        .set((
            outbox::state.eq(State::Dropped.code()),
            outbox::answer.eq(STALE),
            outbox::payload.eq(REMOVED),
            outbox::finished_at.eq(now),
            nobodys(),
        ))
        .execute(conn)?;
    Ok(diesel::update(open())
        .set((outbox::state.eq(State::Held.code()), outbox::answer.eq(RESTORED), nobodys()))
        .execute(conn)?)
}

/// The latest day each person has been told is overdue.
pub fn told_overdue(conn: &mut Conn) -> Result<HashMap<i64, NaiveDate>> {
    let rows: Vec<(Option<i64>, Option<NaiveDate>)> = outbox::table
        .filter(outbox::kind.eq(Kind::Overdue.code()))
        .group_by(outbox::person_id)
        .select((outbox::person_id, max(outbox::due_day)))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(person, day)| person.zip(day)).collect())
}

/// How many mails there are in each state.
pub fn counts(conn: &mut Conn) -> Result<HashMap<String, i64>> {
    let rows: Vec<(String, i64)> =
        outbox::table.group_by(outbox::state).select((outbox::state, count_star())).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Mails in any of the states, the newest first; a page of `limit` after `offset`.
pub fn in_states(conn: &mut Conn, states: &[State], limit: i64, offset: i64) -> Result<Vec<Row>> {
    Ok(outbox::table
        .filter(outbox::state.eq_any(states.iter().map(|state| state.code())))
        .order((outbox::created_at.desc(), outbox::id.desc()))
        .limit(limit)
        .offset(offset)
        .select(COLUMNS)
        .load(conn)?)
}

/// One mail, or none.
pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Row>> {
    Ok(outbox::table.find(id).select(COLUMNS).first(conn).optional()?)
}

/// One person's mails, the newest first.
pub fn of_person(conn: &mut Conn, person: i64, limit: i64) -> Result<Vec<Row>> {
    Ok(outbox::table
        .filter(outbox::person_id.eq(person))
        .order((outbox::created_at.desc(), outbox::id.desc()))
        .limit(limit)
        .select(COLUMNS)
        .load(conn)?)
}
