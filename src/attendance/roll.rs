//! The roll of one part of an occasion: who is to come, and what was marked.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use serde::Serialize;

use super::mark::{Mark, State};
use super::settle::state_at;
use super::store as rows;
use crate::accounts::policy::{self, Actor};
use crate::clock;
use crate::curriculum::model::Language;
use crate::occasions::seat::Seat;
use crate::occasions::store::{self as occasions, Occasion, Part, Whose};
use crate::organisation::{Person, store as people};
use crate::store::{Conn, Error};
use crate::versions::published::Published;
use crate::web::Errors;
use crate::words;

/// With fewer people than this nobody needs to search.
const FEW: usize = 8;

/// The head of every page about an occasion's attendance.
#[derive(Debug, Serialize)]
pub struct Head {
    pub id: i64,
    pub code: String,
    pub title: String,
    pub area: &'static str,
    pub when: String,
    pub place: String,
    /// Empty when there is only one.
    pub parts: Vec<PartTab>,
    /// The part that is shown, by its id and number.
    pub part: i64,
    pub no: i32,
}

#[derive(Debug, Serialize)]
pub struct PartTab {
    pub no: i32,
    pub when: String,
    pub place: String,
    pub shown: bool,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct RollPage {
    pub head: Head,
    /// Nobody can be marked before the day.
    to_come: bool,
    /// What is marked counts when it is over.
    goes_on: bool,
    called_off: bool,
    rows: Vec<Row>,
    /// How many are there, are not, and are not marked.
    here: usize,
    away: usize,
    open: usize,
    /// How many gave their seat back late.
    late: usize,
    /// There are so many that one searches.
    search: bool,
    q: String,
    reader: i64,
    pub whose: String,
    pub errors: Errors,
}

#[derive(Debug, Serialize)]
struct Row {
    person: i64,
    name: String,
    unit: String,
    state: &'static str,
    here: bool,
    away: bool,
    /// The reader, whom somebody else marks.
    oneself: bool,
}

/// What the roll is asked with.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The part's number; none = the one that is on or was last.
    pub part: Option<i32>,
    /// Part of a name.
    pub q: String,
}

/// An occasion whose attendance the actor may mark, with its parts; none for everybody else.
pub fn led(conn: &mut Conn, actor: &Actor, occasion: i64) -> Result<Option<(Occasion, Vec<Part>)>, Error> {
    let Some(found) = occasions::occasion(conn, occasion)? else { return Ok(None) };
    if !policy::leads_occasion(actor, &occasions::trainer_ids(conn, occasion)?) {
        return Ok(None);
    }
    Ok(Some((found, occasions::parts(conn, occasion)?)))
}

/// The part with a number, or else the one that is on or was last, or else the first.
pub fn chosen(parts: &[Part], no: Option<i32>, now: NaiveDateTime) -> Option<&Part> {
    let today = clock::day_of(now);
    let named = no.and_then(|no| parts.iter().find(|part| part.no == no));
    let come = parts.iter().rev().find(|part| clock::day_of(part.starts_at) <= today);
    named.or(come).or(parts.first())
}

/// The head of a page about one part.
pub fn head(
    published: &Published,
    language: Language,
    occasion: &Occasion,
    parts: &[Part],
    part: &Part,
    now: NaiveDateTime,
) -> Head {
    let today = clock::day_of(now);
    let when = |part: &Part| words::when(language, part.starts_at, part.ends_at, today);
    let module = published.named(&occasion.module, language);
    let tab = |other: &Part| PartTab {
        no: other.no,
        when: when(other),
        place: other.place.clone(),
        shown: other.id == part.id,
    };
    Head {
        id: occasion.id,
        code: module.code,
        title: module.title,
        area: module.area,
        when: when(part),
        place: part.place.clone(),
        parts: if parts.len() > 1 { parts.iter().map(tab).collect() } else { Vec::new() },
        part: part.id,
        no: part.no,
    }
}

/// The page for whoever may mark; none for everybody else.
pub fn page(
    conn: &mut Conn,
    published: &Published,
    actor: &Actor,
    occasion: i64,
    wanted: &Wanted,
    now: NaiveDateTime,
) -> Result<Option<RollPage>, Error> {
    let Some((occasion, parts)) = led(conn, actor, occasion)? else { return Ok(None) };
    let Some(part) = chosen(&parts, wanted.part, now) else { return Ok(None) };
    let marks = rows::marks_of(conn, occasion.id)?;
    let all = roll(conn, actor, occasion.id, &marks, part.id)?;
    let count = |state: State| all.iter().filter(|row| row.state == state.code()).count();
    let (here, away, open) = (count(State::Present), count(State::Absent), count(State::Unmarked));
    let search = all.len() > FEW;
    let q = wanted.q.trim().to_owned();
    Ok(Some(RollPage {
        head: head(published, actor.language, &occasion, &parts, part, now),
        to_come: clock::day_of(part.starts_at) > clock::day_of(now),
        goes_on: !part.is_over(now),
        called_off: occasion.cancelled_at.is_some(),
        rows: sought(all, &q),
        here,
        away,
        open,
        late: occasions::given_back_late(conn, Whose::Occasion(occasion.id))?.len(),
        search,
        q,
        reader: actor.id,
        whose: String::new(),
        errors: Errors::default(),
    }))
}

/// Those who have a seat, and those who were marked without one, by name.
fn roll(conn: &mut Conn, actor: &Actor, occasion: i64, marks: &[Mark], part: i64) -> Result<Vec<Row>, Error> {
    let seated = occasions::seats_of(conn, &[occasion])?.into_iter();
    let seated = seated.filter(|(.., seat)| matches!(seat, Seat::Booked | Seat::Attended | Seat::Absent));
    let mut ids: HashSet<i64> = seated.map(|(_, person, _)| person).collect();
    ids.extend(marks.iter().filter(|mark| mark.part == part && mark.state != State::Unmarked).map(|mark| mark.person));
    let ids: Vec<i64> = ids.into_iter().collect();
    let units: HashMap<i64, String> = people::units(conn)?.into_iter().map(|unit| (unit.id, unit.name)).collect();
    let mut there = people::people_by_id(conn, &ids)?;
    there.sort_by_key(|person| words::sort_key(&person.name));
    let row = |person: Person| {
        let state = state_at(marks, person.id, part);
        Row {
            state: state.code(),
            here: state == State::Present,
            away: state == State::Absent,
            oneself: person.id == actor.id,
            unit: person.unit.and_then(|unit| units.get(&unit).cloned()).unwrap_or_default(),
            person: person.id,
            name: person.name,
        }
    };
    Ok(there.into_iter().map(row).collect())
}

/// Those who are not marked at a part and whose names are sought, but for the actor: nobody whom the page does not show.
pub fn unmarked(conn: &mut Conn, actor: &Actor, occasion: i64, part: i64, q: &str) -> Result<Vec<i64>, Error> {
    let marks = rows::marks_of(conn, occasion)?;
    let rows = sought(roll(conn, actor, occasion, &marks, part)?, q);
    Ok(rows.iter().filter(|row| row.state == "none" && !row.oneself).map(|row| row.person).collect())
}

fn sought(mut rows: Vec<Row>, q: &str) -> Vec<Row> {
    let key = words::search_key(q);
    rows.retain(|row| words::search_key(&row.name).contains(&key));
    rows
}
