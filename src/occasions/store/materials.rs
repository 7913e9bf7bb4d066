//! What is read or looked at before and after an occasion.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{OCCASION, Occasion};
use crate::occasions::seat::Seat;
use crate::store::schema::{bookings, occasion_materials, occasions};
use crate::store::{Conn, Result};

/// Something to read or look at before or after an occasion.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Material {
    pub id: i64,
    /// For after the occasion, not before it.
    pub after: bool,
    pub title: String,
    /// `https://…`; may be empty when there is a text.
    pub link: String,
    pub body: String,
}

/// A material to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMaterial {
    pub after: bool,
    pub title: String,
    pub link: String,
    pub body: String,
}

/// What belongs to an occasion, in the order in which it was added.
pub fn materials(conn: &mut Conn, occasion: i64) -> Result<Vec<Material>> {
    Ok(occasion_materials::table
        .filter(occasion_materials::occasion_id.eq(occasion))
        .order(occasion_materials::id)
        .select((
            occasion_materials::id,
            occasion_materials::phase.eq("after"),
            occasion_materials::title,
            occasion_materials::link,
            occasion_materials::body,
        ))
        .load(conn)?)
}

pub fn add_material(
    conn: &mut Conn,
    occasion: i64,
    new: &NewMaterial,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<()> {
    let row = (
        occasion_materials::occasion_id.eq(occasion),
        occasion_materials::phase.eq(if new.after { "after" } else { "before" }),
        occasion_materials::title.eq(&new.title),
        occasion_materials::link.eq(&new.link),
        occasion_materials::body.eq(&new.body),
        occasion_materials::added_at.eq(now),
        occasion_materials::added_by.eq(by),
    );
    diesel::insert_into(occasion_materials::table).values(row).execute(conn)?;
    Ok(())
}

pub fn remove_material(conn: &mut Conn, occasion: i64, id: i64) -> Result<bool> {
    let row = occasion_materials::table.find(id).filter(occasion_materials::occasion_id.eq(occasion));
    Ok(diesel::delete(row).execute(conn)? == 1)
}

/// A material at an occasion where somebody has or had a seat, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Reading {
    /// Of the occasion that it is for.
    pub occasion: Occasion,
    /// For after the occasion, not before it.
    pub after: bool,
    pub title: String,
    /// Empty when it is a text on the occasion's page.
    pub link: String,
}

/// What a person can read now: before what is booked and not over, and after what ended later than `since`; of one
/// module if one is named. In time order.
pub fn readings(
    conn: &mut Conn,
    person: i64,
    module: Option<&str>,
    since: NaiveDateTime,
    now: NaiveDateTime,
) -> Result<Vec<Reading>> {
    let seat = |seat: Seat| bookings::state.eq(seat.code());
    let before = occasion_materials::phase.eq("before").and(occasions::ends_at.gt(now)).and(seat(Seat::Booked));
    let had = seat(Seat::Booked).or(seat(Seat::Attended)).or(seat(Seat::Absent));
    let ended = occasions::ends_at.le(now).and(occasions::ends_at.gt(since));
    let after = occasion_materials::phase.eq("after").and(ended).and(had);
    let query = bookings::table
        .inner_join(occasions::table)
        .inner_join(occasion_materials::table.on(occasion_materials::occasion_id.eq(occasions::id)))
        .filter(bookings::person_id.eq(person))
        .filter(occasions::cancelled_at.is_null())
        .filter(before.or(after))
        .order((occasions::starts_at, occasions::id, occasion_materials::phase, occasion_materials::id))
        .select((OCCASION, occasion_materials::phase.eq("after"), occasion_materials::title, occasion_materials::link));
    Ok(match module {
        Some(module) => query.filter(occasions::module.eq(module)).load(conn)?,
        None => query.load(conn)?,
    })
}
