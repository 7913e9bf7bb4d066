//! Which course days are missing, and for whom: for whoever plans them.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::reckon::{Row, Supply, cell_of, reckon};
use super::view::{Line, Telling, cell_named};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::courses::propose::FreeDays;
use crate::curriculum::model::{Format, Language};
use crate::designer::consequences::pages::Kit;
use crate::engine::model::ModuleIx;
use crate::occasions::seat::Seat;
use crate::occasions::store as occasions;
use crate::organisation::{Person, Tree, store as organisation};
use crate::store::{Error, blocking};
use crate::versions::published::Published;
use crate::web::{Chrome, May, Pages, Problem, page};
use crate::words;

/// Modules on one page.
const ROWS: usize = 40;
/// People on one page of a list.
const PEOPLE: usize = 50;

/// What of the overview is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    show: String,
    page: i64,
}

#[derive(Serialize)]
struct Overview {
    lead: String,
    /// Also modules with seats enough.
    all: bool,
    months: Vec<String>,
    lines: Vec<Line>,
    #[serde(flatten)]
    pages: Pages,
}

/// `GET /occasions/demand`.
pub async fn overview(
    _may: May<Developer>,
    chrome: Chrome,
    kit: Data<Kit>,
    wish: Query<Wish>,
) -> Result<HttpResponse, Problem> {
    let (language, wish) = (chrome.language, wish.into_inner());
    let body = blocking(move || told(&kit, language, &wish)).await?;
    match body {
        Some(body) => Ok(page(&chrome.named("demand-heading").wide(), "designer/demand", &body)),
        None => Ok(page(&chrome.named("learning-not-ready"), "learning/waiting", &serde_json::json!({}))),
    }
}

fn told(kit: &Kit, language: Language, wish: &Wish) -> Result<Option<Overview>, Error> {
    let Some(published) = kit.shelf.current(&kit.store)? else { return Ok(None) };
    let today = clock::today();
    let rows = rows(kit, &published, today)?;
    let telling = Telling { published: &published, language, today, participants: kit.planning.participants };
    let own = kit.store.read(occasions::days_off)?;
    let free = FreeDays { months: &published.curriculum.about.holiday_months, own: &own };
    let all = wish.show == "all";
    let shown: Vec<&Row> = rows.iter().filter(|row| all || row.total(|cell| cell.missing) > 0).collect();
    let pages = Pages::count(shown.len() as i64, ROWS as i64);
    let number = wish.page.clamp(1, pages);
    let lines = shown.chunks(ROWS).nth(number as usize - 1).unwrap_or_default();
    let show = if all { "all" } else { "" };
    Ok(Some(Overview {
        lead: telling.lead(&rows),
        all,
        months: telling.months(),
        lines: lines.iter().map(|row| telling.line(row, free)).collect(),
        pages: Pages::new(number, pages, |page| format!("/occasions/demand?show={show}&page={page}")),
    }))
}

fn rows(kit: &Kit, published: &Published, today: NaiveDate) -> Result<Vec<Row>, Error> {
    let mut needs = kit.regions.ask(&kit.store, published, today, |region| region.needs())?;
    // Nobody needs a seat for what one learns alone.
    needs.retain(|need| published.module(need.module).format != Format::SelfStudy);
    let usual = kit.planning.participants;
    let seats = kit.store.read(|conn| occasions::planned_seats(conn, clock::now(), usual))?;
    let supply = |planned: occasions::PlannedSeats| {
        let (module, _) = published.module_by_id(&planned.module)?;
        Some(Supply { module, day: clock::day_of(planned.starts_at), seats: planned.seats })
    };
    let supply: Vec<Supply> = seats.into_iter().filter_map(supply).collect();
    Ok(reckon(&needs, &supply, today))
}

/// What of a list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    month: String,
    page: i64,
}

#[derive(Serialize)]
struct Needing {
    title: String,
    module: String,
    people: Vec<One>,
    #[serde(flatten)]
    pages: Pages,
}

#[derive(Serialize)]
struct One {
    id: i64,
    name: String,
    title: String,
    unit: String,
    due: String,
    late: bool,
    /// The seat there is already.
    seat: String,
}

/// `GET /occasions/demand/{module}`: who needs it, by the last day.
pub async fn people(
    _may: May<Developer>,
    chrome: Chrome,
    kit: Data<Kit>,
    module: Path<String>,
    which: Query<Which>,
) -> Result<HttpResponse, Problem> {
    let (language, module, which) = (chrome.language, module.into_inner(), which.into_inner());
    let body = blocking(move || needing(&kit, language, &module, &which)).await?.ok_or(Problem::NotFound)?;
    Ok(page(&chrome.titled(&body.title), "designer/needing", &body))
}

fn needing(kit: &Kit, language: Language, id: &str, which: &Which) -> Result<Option<Needing>, Error> {
    let (today, now) = (clock::today(), clock::now());
    let Some(published) = kit.shelf.current(&kit.store)? else { return Ok(None) };
    let Some((module, cell)) =
        published.module_by_id(id).map(|(module, _)| module).zip(cell_named(today, &which.month))
    else {
        return Ok(None);
    };
    let telling = Telling { published: &published, language, today, participants: kit.planning.participants };
    let mut people = kit.regions.ask(&kit.store, &published, today, |region| region.in_need(module))?;
    people.retain(|(_, due)| cell.is_none_or(|cell| cell_of(today, *due) == cell));
    people.sort_by_key(|&(id, due)| (due.is_none(), due, id));
    let pages = Pages::count(people.len() as i64, PEOPLE as i64);
    let number = which.page.clamp(1, pages);
    let shown = people.chunks(PEOPLE).nth(number as usize - 1).unwrap_or_default();
    let (found, units, seats) = kit.store.read(|conn| {
        let ids: Vec<i64> = shown.iter().map(|(id, _)| *id).collect();
        let units = organisation::tree(conn)?;
        let seats = occasions::seats_at_module(conn, id, now)?;
        Ok::<_, Error>((organisation::people_by_id(conn, &ids)?, units, seats))
    })?;
    let cast = Cast { found, units: &units, seats, language, today };
    Ok(Some(Needing {
        title: title(&telling, module, cell, people.len()),
        module: id.to_owned(),
        people: shown.iter().filter_map(|&(id, due)| cast.one(id, due)).collect(),
        pages: Pages::new(number, pages, |page| telling.people_at(module, cell, page)),
    }))
}

fn title(telling: &Telling, module: ModuleIx, cell: Option<usize>, count: usize) -> String {
    let title = telling.published.module(module).title.of(telling.language);
    match cell {
        Some(cell) => words::text(
            telling.language,
            "demand-who-in",
            &[("count", count.into()), ("module", title.into()), ("month", telling.month(cell).into())],
        ),
        None => words::text(telling.language, "demand-who", &[("count", count.into()), ("module", title.into())]),
    }
}

/// The people on a page, and where they sit.
struct Cast<'a> {
    found: Vec<Person>,
    units: &'a Tree,
    seats: Vec<(i64, Seat, NaiveDateTime)>,
    language: Language,
    today: NaiveDate,
}

impl Cast<'_> {
    fn one(&self, id: i64, due: Option<NaiveDate>) -> Option<One> {
        let person = self.found.iter().find(|person| person.id == id)?;
        let unit = person.unit.and_then(|unit| self.units.unit(unit));
        let seat = self.seats.iter().find(|(of, _, _)| *of == id);
        let date = |day| words::date(self.language, day, self.today);
        Some(One {
            id,
            name: person.name.clone(),
            title: person.title_text.clone(),
            unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
            due: due.map(date).unwrap_or_default(),
            late: due.is_some_and(|due| due < self.today),
            seat: seat.map(|(_, seat, at)| self.seat(*seat, date(clock::day_of(*at)))).unwrap_or_default(),
        })
    }

    fn seat(&self, seat: Seat, day: String) -> String {
        let key = match seat {
            Seat::Waitlisted => "demand-waits",
            Seat::Offered => "demand-offered",
            _ => "demand-booked",
        };
        words::text(self.language, key, &[("day", day.into())])
    }
}
