//! The code on the wall: whoever is signed in, has a seat and is there while the part is given marks themselves by it;
//! but nobody who leads the occasion or has made the code, who could do so from anywhere.
//!
//! A code is 256 random bits and belongs to one part. It is kept as it is, because it must be shown again and again; it
//! opens nothing but one's own mark during some hours, and the trainer can put another in its place.

use chrono::{NaiveDateTime, TimeDelta};
use qrcode::{Color, EcLevel, QrCode};

use super::mark::{Outcome, Source, State};
use super::service::{Refusal, made, record};
use super::store as rows;
use crate::accounts::secret;
use crate::occasions::life;
use crate::occasions::seat::Seat;
use crate::occasions::store::{self as occasions, Given, Part};
use crate::store::Conn;
use crate::versions::published::Published;

/// People come early, but a code read long before is no sign of having been there.
const BEFORE: TimeDelta = TimeDelta::minutes(30);
/// And remember late.
const AFTER: TimeDelta = TimeDelta::minutes(30);

/// When a part's code can be used.
pub fn hours(part: &Part) -> (NaiveDateTime, NaiveDateTime) {
    (part.starts_at - BEFORE, part.ends_at + AFTER)
}

/// What a code says to one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// One can mark oneself.
    Ready,
    /// One is marked as there.
    Here,
    /// A trainer has marked something else, which the code does not change.
    Decided,
    /// One leads the occasion, or has made the code: somebody else marks.
    Leads,
    /// Another code has taken its place.
    Replaced,
    CalledOff,
    /// It can be used from then on.
    Early(NaiveDateTime),
    /// It could be used until then.
    Late(NaiveDateTime),
    /// Not booked; whether a seat is free.
    NoSeat {
        free: bool,
    },
}

/// What somebody finds who follows a code.
pub struct Found {
    pub given: Given,
    pub part: Part,
    pub arrival: Arrival,
}

/// What a code says to a person now; none when there never was such a code.
pub fn look(conn: &mut Conn, secret: &str, person: i64, now: NaiveDateTime) -> Result<Option<Found>, Refusal> {
    let Some(code) = rows::code(conn, secret)? else { return Ok(None) };
    let Some(given) = occasions::one_given(conn, code.occasion)? else { return Ok(None) };
    let Some(part) = given.parts.iter().find(|part| part.id == code.part).cloned() else { return Ok(None) };
    let (opens, closes) = hours(&part);
    let list = occasions::list(conn, code.occasion)?;
    let seat = list.iter().find(|entry| entry.person == person).map(|entry| entry.seat);
    let marks = rows::marks_of(conn, code.occasion)?;
    let counting = super::mark::counting(marks.iter().filter(|mark| mark.person == person && mark.part == part.id));
    let leads = code.made_by == Some(person) || occasions::trainer_ids(conn, code.occasion)?.contains(&person);
    let arrival = match counting.map(|mark| (mark.state, mark.source)) {
        Some((State::Present, _)) => Arrival::Here,
        _ if leads => Arrival::Leads,
        _ if code.ended_at.is_some() => Arrival::Replaced,
        _ if given.occasion.cancelled_at.is_some() => Arrival::CalledOff,
        _ if now < opens => Arrival::Early(opens),
        _ if now >= closes => Arrival::Late(closes),
        Some((State::Absent, source)) if source != Source::Door => Arrival::Decided,
        _ if matches!(seat, Some(Seat::Booked | Seat::Attended | Seat::Absent)) => Arrival::Ready,
        _ => Arrival::NoSeat { free: life::free(given.occasion.room(), &list).is_none_or(|free| free > 0) },
    };
    Ok(Some(Found { given, part, arrival }))
}

/// Marks whoever follows a code, when that can be. What the code says then; none when there never was such a code.
pub fn arrive(
    conn: &mut Conn,
    published: &Published,
    secret: &str,
    person: i64,
    now: NaiveDateTime,
) -> Result<Option<Arrival>, Refusal> {
    let Some(found) = look(conn, secret, person, now)? else { return Ok(None) };
    if found.arrival != Arrival::Ready {
        return Ok(Some(found.arrival));
    }
    let new = made(person, found.part.id, State::Present, Source::Door, Some(person), now);
    let outcomes = record(conn, published, found.given.occasion.id, &[new], now)?;
    let decided = matches!(outcomes[..], [Outcome::Decided(_)]);
    Ok(Some(if decided { Arrival::Decided } else { Arrival::Here }))
}

/// Makes a new code for a part of an occasion; the one before ends.
pub fn new_code(conn: &mut Conn, place: (i64, i64), by: i64, now: NaiveDateTime) -> Result<(), Refusal> {
    Ok(rows::renew(conn, place, &secret::new(), by, now)?)
}

/// An address as a picture, dark on light whatever the reader's theme, with the margin that readers need; none when it
/// is too long for one.
pub fn picture(address: &str, title: &str) -> Option<String> {
    const MARGIN: usize = 4;
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + MARGIN, y + MARGIN));
            }
            x += run.max(1);
        }
    }
    let side = width + 2 * MARGIN;
    let title = handlebars::html_escape(title);
    Some(format!(
        r##"<svg viewBox="0 0 {side} {side}" role="img" aria-label="{title}" shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_its_dark_squares_where_the_code_has_them_and_says_what_it_is() {
        let address = "https://varjedag.example/here/abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
        let svg = picture(address, "Kod & mer").expect("it is short enough");
        let code = QrCode::with_error_correction_level(address, EcLevel::M).expect("a code");
        let dark = code.to_colors().iter().filter(|color| **color == Color::Dark).count();
        let drawn: usize = svg
            .split('M')
            .skip(1)
            .map(|run| {
                run.split('h').nth(1).and_then(|width| width.split('v').next()?.parse::<usize>().ok()).unwrap_or(0)
            })
            .sum();
        assert_eq!(drawn, dark);
        assert!(svg.contains("Kod &amp; mer") && svg.len() < 20_000);
        assert_eq!(picture(&"x".repeat(5_000), ""), None);
    }
}
