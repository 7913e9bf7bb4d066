//! Who decides beside the developers.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::recognition::delegates::{Delegate, Scope};
use crate::store::schema::recognition_delegates as table;
use crate::store::{Conn, Result, columns};

type Row = (i64, i64, String, String, NaiveDate, NaiveDate, NaiveDateTime, i64);

columns!(DELEGATE: DelegateColumns = table { id, person_id, kind, code, from_day, to_day, named_at, named_by });

fn read((id, person, kind, code, from, to, named_at, named_by): Row) -> Delegate {
    let scope = if kind == "area" { Scope::Area(code) } else { Scope::Module(code) };
    Delegate { id, person, scope, from, to, named_at, named_by }
}

/// Those whose days are not over on `today` and whom nobody has taken it from, by their last day.
pub fn current(conn: &mut Conn, today: NaiveDate) -> Result<Vec<Delegate>> {
    let rows: Vec<Row> = table::table
        .filter(table::ended_at.is_null())
        .filter(table::to_day.ge(today))
        .order((table::to_day, table::id))
        .select(DELEGATE)
        .load(conn)?;
    Ok(rows.into_iter().map(read).collect())
}

/// Names a delegate; the id.
pub fn insert(
    conn: &mut Conn,
    person: i64,
    scope: &Scope,
    (from, to): (NaiveDate, NaiveDate),
    by: i64,
    now: NaiveDateTime,
) -> Result<i64> {
    let (kind, code) = scope.parts();
    let values = (
        table::person_id.eq(person),
        table::kind.eq(kind),
        table::code.eq(code),
        table::from_day.eq(from),
        table::to_day.eq(to),
        table::named_at.eq(now),
        table::named_by.eq(by),
    );
    Ok(diesel::insert_into(table::table).values(values).returning(table::id).get_result(conn)?)
}

/// Takes it from a delegate; false when there was nothing to take.
pub fn end(conn: &mut Conn, id: i64, by: i64, now: NaiveDateTime) -> Result<bool> {
    let row = table::table.filter(table::id.eq(id)).filter(table::ended_at.is_null());
    let ended = diesel::update(row).set((table::ended_at.eq(now), table::ended_by.eq(by))).execute(conn)?;
    Ok(ended == 1)
}
