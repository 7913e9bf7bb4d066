//! The list of course days: what the reader needs, leads or has a seat at, or everything that is open to the reader.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use chrono::{Days, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::telling;
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::clock;
use crate::courses::service;
use crate::courses::view::{Line, ShortDay, Telling, Wanted};
use crate::curriculum::model::Language;
use crate::learning::service::path_of;
use crate::learning::store as learning;
use crate::occasions::store::{self as rows, Occasion};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, May, Pages, Problem, page};

/// How many days stand on a page.
const ON_A_PAGE: usize = 100;
/// How many days to come are looked through.
const MOST: i64 = 5_000;
/// How long a day that has been is listed.
const LATELY: Days = Days::new(2);

#[derive(Serialize)]
struct List {
    lines: Vec<Line>,
    /// Days of which it must be decided whether they are given, for whoever runs them.
    short: Vec<ShortDay>,
    #[serde(flatten)]
    pages: Pages,
    /// Modules of which people want a day, for whoever runs them.
    wanted: Vec<Wanted>,
    mine: bool,
    runs: bool,
    /// The reader decides the rules of seats.
    decides: bool,
}

/// Which tab of the list, and which page of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Tab {
    show: String,
    page: Option<usize>,
}

/// What is read for the list.
struct Found {
    lines: Vec<Line>,
    short: Vec<ShortDay>,
    wanted: Vec<Wanted>,
    page: usize,
    pages: usize,
}

/// `GET /occasions`: what is given, what the reader needs first.
pub async fn list(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    tab: Query<Tab>,
) -> Result<HttpResponse, Problem> {
    let (actor, language, now) = (may.who, chrome.language, clock::now());
    let (runs, decides) = (actor.hats.developer, policy::sees_everyone(&actor));
    // Whoever runs them comes for all of them.
    let mine = if runs { tab.show == "mine" } else { tab.show != "all" };
    let wished = tab.page.unwrap_or(1).max(1);
    let found = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok::<_, Error>(None) };
        store.read(|conn| Ok(Some(read(conn, &published, &actor, language, (mine, wished), now)?)))
    });
    let found = found.await?;
    // Without a curriculum nothing is given yet, and there is nothing to open a day for.
    let runs = runs && found.is_some();
    let found = found.unwrap_or(Found { lines: Vec::new(), short: Vec::new(), wanted: Vec::new(), page: 1, pages: 1 });
    let show = if mine { "mine" } else { "all" };
    let href = |page| format!("/occasions?show={show}&page={page}");
    let pages = Pages::new(found.page as i64, found.pages as i64, href);
    let body = List { lines: found.lines, short: found.short, pages, wanted: found.wanted, mine, runs, decides };
    Ok(page(&chrome.named("courses-heading"), "courses/list", &body))
}

fn read(
    conn: &mut Conn,
    published: &Published,
    actor: &Actor,
    language: Language,
    (mine, wished): (bool, usize),
    now: NaiveDateTime,
) -> Result<Found, Error> {
    let telling = telling(published, language, now);
    let facts = learning::facts(conn, actor.id, telling.today)?.unwrap_or_default();
    let path = path_of(published, &facts, telling.today);
    let units = service::units_of(conn, actor.id)?;
    let since = now - LATELY;
    let trains: Vec<i64> = rows::trained_by(conn, actor.id, since)?.into_iter().map(|occasion| occasion.id).collect();
    let own: HashMap<i64, _> =
        rows::seats_of_person(conn, actor.id, since)?.into_iter().map(|(seat, occasion)| (occasion.id, seat)).collect();
    let concerns = |occasion: &Occasion| own.contains_key(&occasion.id) || trains.contains(&occasion.id);
    let open = |occasion: &Occasion| {
        occasion.cancelled_at.is_none() && service::is_open_to(&facts, &units, occasion, telling.today)
    };
    // Whoever leads a day or has a seat at it finds it while it is given, and for a while after.
    let mut shown = rows::going_on(conn, since, now)?;
    shown.retain(|occasion| actor.hats.developer || concerns(occasion));
    let coming = rows::coming(conn, now, MOST)?.into_iter();
    shown.extend(coming.filter(|occasion| actor.hats.developer || concerns(occasion) || open(occasion)));
    let needed = |occasion: &Occasion| path.steps.iter().any(|step| published.id_of(step.module) == occasion.module);
    shown.retain(|occasion| !mine || concerns(occasion) || needed(occasion));
    let pages = shown.len().div_ceil(ON_A_PAGE).max(1);
    let page = wished.min(pages);
    let shown = shown.into_iter().skip((page - 1) * ON_A_PAGE).take(ON_A_PAGE).collect();
    let shown = rows::given(conn, shown)?;
    let counts = rows::counts(conn, since)?;
    let counts = counts.into_iter().map(|(occasion, seat, count)| ((occasion, seat), count)).collect();
    let lines = telling.lines(&shown, &counts, &own, &trains, &path, actor.hats.developer);
    let short = if actor.hats.developer { short(conn, &telling)? } else { Vec::new() };
    let wanted = if actor.hats.developer { rows::wanted_days(conn)? } else { Vec::new() };
    Ok(Found { lines, short, wanted: telling.wanted(wanted), page, pages })
}

/// Days that too few have booked, whatever tab or page they stand on.
fn short(conn: &mut Conn, telling: &Telling) -> Result<Vec<ShortDay>, Error> {
    let (days, booked): (Vec<Occasion>, Vec<usize>) = rows::may_be_short(conn, telling.now)?.into_iter().unzip();
    let days = rows::given(conn, days)?;
    Ok(telling.short_days(days.into_iter().zip(booked).collect()))
}
