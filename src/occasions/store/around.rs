//! What is around an occasion: who trains at it, what else is at the same time, and the days on which nothing is given.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Given, OCCASION, Occasion, given, seats_of};
use crate::store::schema::{days_off, occasion_trainers, occasions, people};
use crate::store::{Conn, Result, among, on_both};

/// Somebody who trains at an occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trainer {
    /// None = from elsewhere.
    pub person: Option<i64>,
    pub name: String,
}

type TrainerRow = (i64, Option<i64>, String, Option<String>);

fn trainer((_, person, name, known): TrainerRow) -> Trainer {
    Trainer { person, name: known.unwrap_or(name) }
}

/// Who trains at an occasion, those who work here first.
pub fn trainers(conn: &mut Conn, occasion: i64) -> Result<Vec<Trainer>> {
    Ok(trainers_of(conn, &[occasion])?.remove(&occasion).unwrap_or_default())
}

/// Who trains at which occasion.
pub fn trainers_of(conn: &mut Conn, occasions: &[i64]) -> Result<HashMap<i64, Vec<Trainer>>> {
    let query = occasion_trainers::table
        .left_join(people::table)
        .order((occasion_trainers::occasion_id, occasion_trainers::id))
        .select((
            occasion_trainers::occasion_id,
            occasion_trainers::person_id,
            occasion_trainers::name,
            people::name.nullable(),
        ));
    let rows: Vec<TrainerRow> = match occasions {
        [] => Vec::new(),
        [one] => query.filter(occasion_trainers::occasion_id.eq(*one)).load(conn)?,
        some => on_both!(conn, c => query.filter(among(occasion_trainers::occasion_id, some)).load(c)?),
    };
    let mut trainers: HashMap<i64, Vec<Trainer>> = HashMap::new();
    rows.into_iter().for_each(|row| trainers.entry(row.0).or_default().push(trainer(row)));
    Ok(trainers)
}

/// Ids of those who work here and train at an occasion: what the policy asks for.
pub fn trainer_ids(conn: &mut Conn, occasion: i64) -> Result<Vec<i64>> {
    Ok(trainers(conn, occasion)?.into_iter().filter_map(|trainer| trainer.person).collect())
}

/// Makes these, and nobody else, train at the occasion.
pub fn set_trainers(conn: &mut Conn, occasion: i64, trainers: &[Trainer]) -> Result<()> {
    diesel::delete(occasion_trainers::table.filter(occasion_trainers::occasion_id.eq(occasion))).execute(conn)?;
    for Trainer { person, name } in trainers {
        // The name of somebody who works here is that person's own.
        let name = if person.is_some() { "" } else { name.as_str() };
        let row = (
            occasion_trainers::occasion_id.eq(occasion),
            occasion_trainers::person_id.eq(person),
            occasion_trainers::name.eq(name),
        );
        diesel::insert_into(occasion_trainers::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Occasions at which a person trains that end after an instant and are not called off, in time order.
pub fn trained_by(conn: &mut Conn, person: i64, after: NaiveDateTime) -> Result<Vec<Occasion>> {
    Ok(occasion_trainers::table
        .inner_join(occasions::table)
        .filter(occasion_trainers::person_id.eq(person))
        .filter(occasions::cancelled_at.is_null())
        .filter(occasions::ends_at.gt(after))
        .order((occasions::starts_at, occasions::id))
        .select(OCCASION)
        .load(conn)?)
}

/// An occasion with those who must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staffed {
    pub given: Given,
    pub trainers: Vec<Trainer>,
    /// Ids of those who have a seat.
    pub attending: Vec<i64>,
}

/// Occasions of which something lies within one of these stretches of time, not called off, but for one. As many queries
/// however many stretches.
pub fn at_the_same_time(
    conn: &mut Conn,
    stretches: &[(NaiveDateTime, NaiveDateTime)],
    but: Option<i64>,
) -> Result<Vec<Staffed>> {
    let (first, last) =
        (stretches.iter().map(|(from, _)| *from).min(), stretches.iter().map(|(_, until)| *until).max());
    let Some((from, until)) = first.zip(last) else { return Ok(Vec::new()) };
    let mut found: Vec<Occasion> = occasions::table
        .filter(occasions::starts_at.lt(until))
        .filter(occasions::ends_at.gt(from))
        .filter(occasions::cancelled_at.is_null())
        .order((occasions::starts_at, occasions::id))
        .select(OCCASION)
        .load(conn)?;
    let meets = |at: &Occasion| stretches.iter().any(|(from, until)| at.starts_at < *until && *from < at.ends_at);
    found.retain(|occasion| Some(occasion.id) != but && meets(occasion));
    let ids: Vec<i64> = found.iter().map(|occasion| occasion.id).collect();
    let (mut trainers, mut attending) = (trainers_of(conn, &ids)?, HashMap::<i64, Vec<i64>>::new());
    for (occasion, person, seat) in seats_of(conn, &ids)? {
        if seat.is_taken() {
            attending.entry(occasion).or_default().push(person);
        }
    }
    let staffed = |given: Given| Staffed {
        trainers: trainers.remove(&given.occasion.id).unwrap_or_default(),
        attending: attending.remove(&given.occasion.id).unwrap_or_default(),
        given,
    };
    Ok(given(conn, found)?.into_iter().map(staffed).collect())
}

/// Days on which the region gives no courses; both days count.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct DayOff {
    pub id: i64,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub name: String,
}

/// All of them, earliest first.
pub fn days_off(conn: &mut Conn) -> Result<Vec<DayOff>> {
    Ok(days_off::table.order((days_off::from_day, days_off::id)).load(conn)?)
}

pub fn add_day_off(conn: &mut Conn, from: NaiveDate, to: NaiveDate, name: &str) -> Result<()> {
    let row = (days_off::from_day.eq(from), days_off::to_day.eq(to), days_off::name.eq(name));
    diesel::insert_into(days_off::table).values(row).execute(conn)?;
    Ok(())
}

pub fn remove_day_off(conn: &mut Conn, id: i64) -> Result<bool> {
    Ok(diesel::delete(days_off::table.find(id)).execute(conn)? == 1)
}
