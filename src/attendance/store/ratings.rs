//! How people rate themselves. The newest rating of an outcome at a moment is the one there is.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::attendance::rating::{Moment, Rated};
use crate::store::schema::self_ratings;
use crate::store::{Conn, Result};

/// Writes a rating over the one there was.
pub fn rate(conn: &mut Conn, module: &str, rated: &Rated, now: NaiveDateTime) -> Result<()> {
    let row = self_ratings::table
        .filter(self_ratings::person_id.eq(rated.person))
        .filter(self_ratings::module.eq(module))
        .filter(self_ratings::moment.eq(rated.moment.code()))
        .filter(self_ratings::outcome.eq(&rated.outcome));
    let values = (self_ratings::rating.eq(rated.rating), self_ratings::at.eq(now));
    if diesel::update(row).set(values).execute(conn)? == 0 {
        let whose = (
            self_ratings::person_id.eq(rated.person),
            self_ratings::module.eq(module),
            self_ratings::moment.eq(rated.moment.code()),
            self_ratings::outcome.eq(&rated.outcome),
        );
        diesel::insert_into(self_ratings::table).values((whose, values)).execute(conn)?;
    }
    Ok(())
}

/// Every rating of a module; of one person when asked for.
pub fn ratings(conn: &mut Conn, module: &str, person: Option<i64>) -> Result<Vec<Rated>> {
    let columns = (self_ratings::person_id, self_ratings::moment, self_ratings::outcome, self_ratings::rating);
    let all = self_ratings::table.filter(self_ratings::module.eq(module)).order(self_ratings::id).select(columns);
    let rows: Vec<(i64, String, String, i32)> = match person {
        Some(person) => all.filter(self_ratings::person_id.eq(person)).load(conn)?,
        None => all.load(conn)?,
    };
    let rated = |(person, moment, outcome, rating): (i64, String, String, i32)| {
        Some(Rated { person, moment: Moment::of(&moment)?, outcome, rating })
    };
    Ok(rows.into_iter().filter_map(rated).collect())
}
