//! A year's course days once more, a year later: shown first, with those that fall on free days moved, then opened.

use std::collections::HashSet;

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::preview::lines;
use super::telling;
use crate::accounts::policy::Developer;
use crate::accounts::store as accounts;
use crate::clock;
use crate::courses::plan::{self as planning, Plan, Refusal};
use crate::courses::propose::{FreeDays, Proposal, next_year};
use crate::courses::proposed::ProposalLine;
use crate::courses::view::Telling;
use crate::occasions::store::{self as rows, Given, Occasion, Trainer};
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

/// What of a year is given again.
fn of_year(conn: &mut Conn, year: i32) -> Result<Vec<Given>, Error> {
    let first = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN);
    let found = rows::occasions_between(conn, words::to_utc(first(year)), words::to_utc(first(year + 1)))?;
    again(conn, found)
}

/// Those of these that are given again: what was not called off, but for an edition's, which are laid anew with it.
fn again(conn: &mut Conn, found: Vec<Occasion>) -> Result<Vec<Given>, Error> {
    let again = found.into_iter().filter(|o| o.cancelled_at.is_none() && o.edition_id.is_none());
    rows::given(conn, again.take(MOST + 1).collect())
}

/// An occasion once more.
struct Copied {
    /// Of what it is a copy.
    of: i64,
    proposal: Proposal,
    /// Names of those who trained at it and have left or lost the hat since: they do not come along.
    without: Vec<String>,
}

/// The copies, each without trainers who may not train any more. Those whose day a year later has passed are left out.
fn copies(conn: &mut Conn, telling: &Telling, given: &[Given]) -> Result<Vec<Copied>, Error> {
    let ids: Vec<i64> = given.iter().map(|given| given.occasion.id).collect();
    let (trainers, off) = (rows::trainers_of(conn, &ids)?, rows::days_off(conn)?);
    let known: HashSet<i64> = accounts::may_train(conn)?.into_iter().map(|(id, _)| id).collect();
    let free = FreeDays { months: &telling.published.curriculum.about.holiday_months, own: &off };
    let copy = |given: &Given| {
        let trainers = trainers.get(&given.occasion.id).map_or(&[][..], Vec::as_slice);
        let may = |trainer: &&Trainer| trainer.person.is_none_or(|person| known.contains(&person));
        let (still, gone): (Vec<&Trainer>, Vec<&Trainer>) = trainers.iter().partition(may);
        let still: Vec<Trainer> = still.into_iter().cloned().collect();
        let proposal = next_year(&Plan::of(given, &still), free)?;
        let ahead = proposal.plan.parts.iter().all(|part| part.day > telling.today);
        let known = telling.published.module_by_id(&given.occasion.module).is_some();
        let without = gone.into_iter().map(|trainer| trainer.name.clone()).collect();
        (ahead && known).then_some(Copied { of: given.occasion.id, proposal, without })
    };
    Ok(given.iter().filter_map(copy).collect())
}

fn body(
    conn: &mut Conn,
    published: &Published,
    chrome: &Chrome,
    which: &Which,
    errors: Errors,
) -> Result<Copies, Error> {
    let (mut year, telling) = (sound(which.year), telling(published, chrome.language, clock::now()));
    let mut given = match which.only {
        None => of_year(conn, year)?,
        Some(only) => {
            let found = rows::occasions_by_id(conn, &[only])?;
            again(conn, found)?
        }
    };
    let more = given.len() > MOST;
    given.truncate(MOST);
    if let Some(only) = given.first().filter(|_| which.only.is_some()) {
        year = clock::day_of(only.occasion.starts_at).year();
    }
    let found = copies(conn, &telling, &given)?;
    let proposals: Vec<Proposal> = found.iter().map(|copied| copied.proposal.clone()).collect();
    // A copy in another week is proposed too: what is said is why it is not the same week.
    let mut lines = lines(conn, &telling, &proposals, |_| true)?;
    for (line, copied) in lines.iter_mut().zip(&found) {
        let module = telling.module(&copied.proposal.plan.module);
        line.index = copied.of.to_string();
        line.of = format!("{} {}", module.code, module.title);
        let names = words::list(chrome.language, &copied.without);
        let without = || telling.text("courses-copy-without", &[("names", names.into())]);
        line.without = (!copied.without.is_empty()).then(without);
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
    let shown = chrome.clone();
    let body = blocking(move || store.read(|conn| body(conn, &published, &shown, &which, Errors::default())));
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
    let CopyForm { year, chosen } = form.0;
    if chosen.is_empty() {
        let (mut errors, shown, which) = (Errors::default(), chrome.clone(), Which { year: Some(year), only: None });
        errors.add("chosen", "courses-choose-days");
        let body = blocking(move || store.read(|conn| body(conn, &published, &shown, &which, errors.clone())));
        return Ok(invalid(&chrome.named("courses-copy"), "courses/copy", &body.await?));
    }
    let (language, by) = (chrome.language, Some(may.who.id));
    let opened = blocking(move || {
        let copies = store.read(|conn| {
            let chosen = rows::occasions_by_id(conn, &chosen)?;
            let given = again(conn, chosen)?;
            copies(conn, &telling(&published, language, clock::now()), &given)
        })?;
        let without = copies.iter().any(|copied| !copied.without.is_empty());
        let plans: Vec<Plan> = copies.into_iter().map(|copied| copied.proposal.plan).collect();
        planning::open(&store, &published, &plans, by, clock::now())?;
        Ok::<_, Refusal>(if without { "courses-copied-without" } else { "courses-copied" })
    });
    match opened.await {
        Ok(said) => Ok(done("/occasions?show=all", said)),
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(_) => Err(Problem::Conflict("courses-copy-conflict")),
    }
}
