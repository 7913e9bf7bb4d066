//! A year's course days once more, a year later: shown first, with those that fall on free days moved, then opened.

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::preview::lines;
use super::{plan, telling};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::courses::plan::{self as planning, Plan, Refusal};
use crate::courses::propose::{FreeDays, Proposal, next_year};
use crate::courses::proposed::ProposalLine;
use crate::courses::view::Telling;
use crate::occasions::store::{self as rows, DayOff, Given};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, done, invalid, page};
use crate::words;

/// The most that are copied at once.
const MOST: usize = planning::MOST_DAYS as usize;

#[derive(Serialize)]
struct Copies {
    year: i32,
    next: i32,
    years: Vec<i32>,
    lines: Vec<ProposalLine>,
    /// There are more than are shown.
    more: bool,
    errors: Errors,
}

/// Which year, or which occasion alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    year: Option<i32>,
    only: Option<i64>,
}

/// The copies that are wanted: ids of the occasions that are copied.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CopyForm {
    year: i32,
    chosen: Vec<i64>,
}

/// A year that the calendar has.
fn sound(year: Option<i32>) -> i32 {
    year.unwrap_or(clock::today().year()).clamp(2000, 2150)
}

/// What of a year is given again: open days that were not called off. An edition's are laid anew with the edition.
fn of_year(conn: &mut Conn, year: i32, only: Option<i64>) -> Result<Vec<Given>, Error> {
    let first = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN);
    let found = match only {
        Some(id) => rows::occasion(conn, id)?.into_iter().collect(),
        None => rows::occasions_between(conn, words::to_utc(first(year)), words::to_utc(first(year + 1)))?,
    };
    let again = found.into_iter().filter(|o| o.cancelled_at.is_none() && o.edition_id.is_none());
    rows::given(conn, again.take(MOST + 1).collect())
}

/// Each occasion's id with its proposal. Those whose day a year later has passed are left out.
fn proposals(
    conn: &mut Conn,
    telling: &Telling,
    given: &[Given],
    off: &[DayOff],
) -> Result<Vec<(i64, Proposal)>, Error> {
    let ids: Vec<i64> = given.iter().map(|given| given.occasion.id).collect();
    let trainers = rows::trainers_of(conn, &ids)?;
    let free = FreeDays { months: &telling.published.curriculum.about.holiday_months, own: off };
    let proposal = |given: &Given| {
        let trainers = trainers.get(&given.occasion.id).map_or(&[][..], Vec::as_slice);
        let found = next_year(&Plan::of(given, trainers), free)?;
        let ahead = found.plan.parts.iter().all(|part| part.day > telling.today);
        let known = telling.published.module_by_id(&given.occasion.module).is_some();
        (ahead && known).then_some((given.occasion.id, found))
    };
    Ok(given.iter().filter_map(proposal).collect())
}

fn body(
    conn: &mut Conn,
    published: &Published,
    chrome: &Chrome,
    which: &Which,
    off: &[DayOff],
    errors: Errors,
) -> Result<Copies, Error> {
    let (year, telling) = (sound(which.year), telling(published, chrome.language, clock::now()));
    let mut given = of_year(conn, year, which.only)?;
    let more = given.len() > MOST;
    given.truncate(MOST);
    let year = match (which.only, given.first()) {
        (Some(_), Some(only)) => clock::day_of(only.occasion.starts_at).year(),
        _ => year,
    };
    let found = proposals(conn, &telling, &given, off)?;
    let plans: Vec<Proposal> = found.iter().map(|(_, proposal)| proposal.clone()).collect();
    let mut lines = lines(conn, &telling, &plans)?;
    for (line, (id, proposal)) in lines.iter_mut().zip(&found) {
        let module = telling.module(&proposal.plan.module);
        line.index = id.to_string();
        line.of = format!("{} {}", module.code, module.title);
        // A copy in another week is proposed too: what is said is why it is not the same week.
        line.checked = true;
    }
    let years = (clock::today().year() - 1..=clock::today().year() + 1).collect();
    Ok(Copies { year, next: year + 1, years, lines, more, errors })
}

/// `GET /occasions/copy`.
pub async fn show(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    which: Query<Which>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let off = plan::known(&store, Vec::new()).await?.days_off;
    let shown = chrome.clone();
    let body = blocking(move || store.read(|conn| body(conn, &published, &shown, &which, &off, Errors::default())));
    Ok(page(&chrome.named("courses-copy"), "courses/copy", &body.await?))
}

/// `POST /occasions/copy`.
pub async fn open(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Form<CopyForm>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let off = plan::known(&store, Vec::new()).await?.days_off;
    let CopyForm { year, chosen } = form.0;
    if chosen.is_empty() {
        let (mut errors, shown, which) = (Errors::default(), chrome.clone(), Which { year: Some(year), only: None });
        errors.add("chosen", "courses-choose-days");
        let body = blocking(move || store.read(|conn| body(conn, &published, &shown, &which, &off, errors.clone())));
        return Ok(invalid(&chrome.named("courses-copy"), "courses/copy", &body.await?));
    }
    let (language, by) = (chrome.language, Some(may.who.id));
    let opened = blocking(move || {
        let plans = store.read(|conn| {
            let mut given = Vec::with_capacity(chosen.len());
            for id in chosen.iter().take(MOST) {
                given.extend(of_year(conn, year, Some(*id))?);
            }
            let found = proposals(conn, &telling(&published, language, clock::now()), &given, &off)?;
            Ok::<_, Error>(found.into_iter().map(|(_, proposal)| proposal.plan).collect::<Vec<_>>())
        })?;
        planning::open(&store, &published, &without_strangers(&store, plans)?, by, clock::now())
    });
    match opened.await {
        Ok(_) => Ok(done("/occasions?show=all", "courses-copied")),
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(_) => Err(Problem::Conflict("courses-copy-conflict")),
    }
}

/// The same without trainers who have left or no longer train: they are asked again before they are planned.
fn without_strangers(store: &Store, mut plans: Vec<Plan>) -> Result<Vec<Plan>, Error> {
    let known = store.read(crate::accounts::store::may_train)?;
    for plan in &mut plans {
        plan.trainers.retain(|trainer| trainer.person.is_none_or(|person| known.iter().any(|(id, _)| *id == person)));
    }
    Ok(plans)
}
