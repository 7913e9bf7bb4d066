//! Queries on days away. Every write leaves a line in the audit trail.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{Absence, Away};
use crate::organisation::PersonId;
use crate::store::schema::absences;
use crate::store::{Conn, Result, among, audit, on_both};

type Row = (i64, i64, NaiveDate, NaiveDate);

fn absence((id, person, from, to): Row) -> Absence {
    Absence { id, person, away: Away { from, to } }
}

/// A person's days away that end on a day or later, in time order.
pub fn of(conn: &mut Conn, person: PersonId, day: NaiveDate) -> Result<Vec<Absence>> {
    let rows: Vec<Row> = absences::table
        .filter(absences::person_id.eq(person))
        .filter(absences::to_day.ge(day))
        .order((absences::from_day, absences::id))
        .load(conn)?;
    Ok(rows.into_iter().map(absence).collect())
}

/// The same for many people, by person. Any number of people; who is never away is left out.
pub fn of_many(conn: &mut Conn, people: &[PersonId], day: NaiveDate) -> Result<HashMap<PersonId, Vec<Away>>> {
    let mut found: HashMap<PersonId, Vec<Away>> = HashMap::new();
    for some in people.chunks(crate::organisation::store::MOST_IDS) {
        let query = absences::table.filter(absences::to_day.ge(day)).order((absences::from_day, absences::id));
        let rows: Vec<Row> = on_both!(conn, c => query.filter(among(absences::person_id, some)).load(c)?);
        rows.into_iter().map(absence).for_each(|one| found.entry(one.person).or_default().push(one.away));
    }
    Ok(found)
}

/// Notes days away; the absence's id.
pub fn insert(conn: &mut Conn, person: PersonId, away: Away, by: Option<PersonId>, at: NaiveDateTime) -> Result<i64> {
    let row = (absences::person_id.eq(person), absences::from_day.eq(away.from), absences::to_day.eq(away.to));
    let id = diesel::insert_into(absences::table).values(row).returning(absences::id).get_result(conn)?;
    audit::record(conn, &entry(at, by, "absence.noted", person))?;
    Ok(id)
}

/// Takes away what was noted for a person; false when there is no such absence of this person's.
pub fn delete(conn: &mut Conn, person: PersonId, id: i64, by: Option<PersonId>, at: NaiveDateTime) -> Result<bool> {
    let row = absences::table.find(id).filter(absences::person_id.eq(person));
    let gone = diesel::delete(row).execute(conn)? > 0;
    if gone {
        audit::record(conn, &entry(at, by, "absence.taken_away", person))?;
    }
    Ok(gone)
}

/// Forgets days away that ended before a day: they have served.
pub fn forget(conn: &mut Conn, before: NaiveDate) -> Result<()> {
    diesel::delete(absences::table.filter(absences::to_day.lt(before))).execute(conn)?;
    Ok(())
}

/// The days themselves are not in it: the trail is kept for longer than they are.
fn entry(at: NaiveDateTime, by: Option<PersonId>, action: &str, person: PersonId) -> audit::Entry<'_> {
    audit::Entry { at, actor_id: by, action, object_kind: "person", object_id: Some(person), detail: "" }
}
