//! An occasion: who was there.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::accounts::policy::Developer;
use crate::clock;
use crate::courses::view::{PartLine, Telling};
use crate::curriculum::model::Language;
use crate::curriculum::picture::class;
use crate::learning::service::{self as learning, Mark};
use crate::occasions::seat::Seat;
use crate::occasions::store::{self as seats, Given};
use crate::organisation::{Person, store as people};
use crate::programme::pages::published;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Form, May, Problem, done, page};
use crate::words;

#[derive(Serialize)]
struct AttendancePage {
    id: i64,
    code: String,
    title: String,
    area: &'static str,
    parts: Vec<PartLine>,
    /// Nobody can be marked before the day.
    to_come: bool,
    rows: Vec<AttendanceRow>,
    marked: usize,
}

#[derive(Serialize)]
struct AttendanceRow {
    person: i64,
    name: String,
    unit: String,
    attended: bool,
    absent: bool,
}

/// `GET /occasions/{occasion}/attendance`: who was there.
pub async fn show(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let today = clock::today();
    let language = chrome.language;
    let body = blocking(move || store.read(|conn| attendance_page(conn, &published, *occasion, language, today)));
    let body = body.await?.ok_or(Problem::NotFound)?;
    let title = words::text(language, "courses-attendance-of", &[("module", body.title.clone().into())]);
    Ok(page(&chrome.titled(title), "courses/attendance", &body))
}

fn attendance_page(
    conn: &mut Conn,
    published: &Published,
    occasion: i64,
    language: Language,
    today: NaiveDate,
) -> Result<Option<AttendancePage>, Error> {
    let Some(Given { occasion, parts }) = seats::one_given(conn, occasion)? else { return Ok(None) };
    let rows = attendance_rows(conn, occasion.id)?;
    let known = published.module_by_id(&occasion.module);
    Ok(Some(AttendancePage {
        id: occasion.id,
        code: known.map(|(index, _)| published.code(index).to_owned()).unwrap_or_default(),
        title: published.title_of_id(&occasion.module, language).into(),
        area: known.and_then(|(index, _)| published.area(index)).map_or("m", |area| class(area.colour)),
        parts: Telling { published, language, now: occasion.starts_at, today }.parts(&parts),
        to_come: clock::day_of(occasion.starts_at) > today,
        marked: rows.iter().filter(|row| row.attended || row.absent).count(),
        rows,
    }))
}

/// Those who have a seat, by name.
fn attendance_rows(conn: &mut Conn, occasion: i64) -> Result<Vec<AttendanceRow>, Error> {
    let seated = seats::seats_of(conn, &[occasion])?.into_iter();
    let seated = seated.filter(|(.., seat)| matches!(seat, Seat::Booked | Seat::Attended | Seat::Absent));
    let seated: HashMap<i64, Seat> = seated.map(|(_, person, seat)| (person, seat)).collect();
    let units: HashMap<i64, String> = people::units(conn)?.into_iter().map(|unit| (unit.id, unit.name)).collect();
    let ids: Vec<i64> = seated.keys().copied().collect();
    let mut there = people::people_by_id(conn, &ids)?;
    there.sort_by_key(|person| words::sort_key(&person.name));
    let row = |person: Person| AttendanceRow {
        attended: seated[&person.id] == Seat::Attended,
        absent: seated[&person.id] == Seat::Absent,
        unit: person.unit.and_then(|unit| units.get(&unit).cloned()).unwrap_or_default(),
        person: person.id,
        name: person.name,
    };
    Ok(there.into_iter().map(row).collect())
}

/// A list that is ticked off: whoever stands on it and is not ticked was absent.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AttendanceForm {
    /// Ids of everybody on the list.
    person: Vec<i64>,
    /// Ids of those who were there.
    attended: Vec<i64>,
}

/// `POST /occasions/{occasion}/attendance`.
pub async fn mark(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    form: Form<AttendanceForm>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let AttendanceForm { person, attended } = form.0;
    let marks: Vec<Mark> =
        person.into_iter().map(|person| Mark { person, attended: Some(attended.contains(&person)) }).collect();
    let occasion = *occasion;
    let marked = blocking(move || learning::mark(&store, &published, occasion, &marks, Some(may.who.id), clock::now()));
    match marked.await {
        Ok(_) => Ok(done(&format!("/occasions/{occasion}/attendance"), "courses-marked")),
        Err(refusal) => Err(refusal.into()),
    }
}
