//! My path, also as others see it.

use std::collections::{HashMap, HashSet};

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment};
use chrono::{Days as Span, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::bits::{Bit, Telling};
use super::waiting::{self, Waiting};
use crate::accounts;
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::attendance::over;
use crate::clock;
use crate::courses::service::{is_open_to, too_many_no_shows, units_of};
use crate::learning::found::Found;
use crate::learning::my_path::{self, MyPath, Seen};
use crate::learning::reading::{self, Reading};
use crate::learning::store::assessed::{self as assessments, Standing};
use crate::occasions::audience::Audience;
use crate::occasions::store::{self as occasions, Day, Given, Occasion};
use crate::organisation::{self, Person};
use crate::recognition::attesting;
use crate::recognition::store::evidence::Piece;
use crate::recognition::store::{self as recognition, Request};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Form, May, Problem, done, page, redirect};

pub mod calendar;
pub mod notes;

/// So many days of each module are shown.
const DAYS: usize = 2;
/// So many of the newest requests are looked through for what waits.
const REQUESTS: i64 = 20;
/// So long after a day what is for after it stands on the path, and of so many days.
const READ: (Span, usize) = (Span::new(21), 2);
/// So many tests, assignments and observations, the own ones first.
const ASSESSED: i64 = 200;

/// The path and what stands beside it.
#[derive(Serialize)]
struct PathPage {
    #[serde(flatten)]
    path: MyPath,
    waiting: Vec<Waiting>,
    bits: Vec<Bit>,
    /// What to read before the next day and after the last ones; only on the own page.
    readings: Vec<Reading>,
    /// The page of the person whom it is about: added to addresses of modules.
    query: String,
    /// Something stands beside what is next.
    beside: bool,
}

/// Everything that the page is made of.
struct Read {
    person: i64,
    found: Found,
    booked: Vec<Given>,
    days: Vec<Day>,
    wanted: HashSet<String>,
    /// What the reader is asked to attest; only on the own page.
    attests: Vec<Piece>,
    requests: Vec<Request>,
    /// Of those whose work or request it is.
    names: HashMap<i64, String>,
    /// What others have handed in that waits for the reader.
    to_read: Vec<Standing>,
    /// So many days missed that somebody else must book; only on the own page.
    no_shows: Option<usize>,
    materials: Vec<occasions::Reading>,
}

impl Read {
    fn of(
        conn: &mut Conn,
        published: &std::sync::Arc<Published>,
        person: i64,
        reader: Option<&Actor>,
        now: NaiveDateTime,
    ) -> Result<Option<Read>, Error> {
        let Some(mut found) = Found::of(conn, published, person, now)? else { return Ok(None) };
        let around = assessments::around(conn, person, reader.is_some_and(|reader| reader.hats.developer), ASSESSED)?;
        let (mine, to_read) = around.into_iter().partition(|one| one.person == person);
        found.assessed = mine;
        let days = next_days(conn, &found, person, now)?;
        let wanted = occasions::wanted_by(conn, person)?.into_iter().collect();
        let booked = occasions::given(conn, found.seats.clone())?;
        found.here = over::enough(conn, published, person, &found.seats, now)?;
        found.go_on(&booked, now);
        let (attests, requests, names, materials, no_shows) = Default::default();
        let mut read =
            Read { person, found, booked, days, wanted, attests, requests, names, to_read, no_shows, materials };
        if let Some(reader) = reader {
            read.attests = attesting::waiting_for(conn, published, person, now)?;
            read.no_shows = too_many_no_shows(conn, person, now)?;
            read.requests = recognition::concerning(conn, person, REQUESTS)?;
            read.materials = occasions::readings(conn, person, None, now - READ.0, now)?;
            read.names_of(conn, reader)?;
        }
        Ok(Some(read))
    }

    /// Reads the names of those whose work or request it is. Whom the reader has asked for and no longer manages is nobody
    /// to see any more.
    fn names_of(&mut self, conn: &mut Conn, reader: &Actor) -> Result<(), Error> {
        let about = self.requests.iter().map(|request| request.person).filter(|person| *person != reader.id);
        let ids: Vec<i64> = self.attests.iter().map(|piece| piece.person).chain(about).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let tree = organisation::store::tree(conn)?;
        let people = organisation::store::people_by_id(conn, &ids)?;
        let claims = |person: &&Person| policy::claims(reader, &organisation::subject(&tree, person));
        let managed: HashSet<i64> = people.iter().filter(claims).map(|person| person.id).collect();
        self.requests.retain(|request| request.person == reader.id || managed.contains(&request.person));
        self.names = people.into_iter().map(|person| (person.id, person.name)).collect();
        Ok(())
    }

    fn shown(&self, chrome: Chrome, about: Option<(i64, &str)>) -> HttpResponse {
        let language = chrome.language;
        let milestones = self.found.titled_milestones(language);
        let seen = self.found.seen(language, about, &milestones, &self.days);
        let telling = Telling {
            seen,
            facts: &self.found.facts,
            booked: &self.booked,
            waiting: &self.found.waiting,
            wanted: &self.wanted,
            no_shows: self.no_shows,
            now: clock::now(),
        };
        let waiting = match about {
            None => waiting::in_order(self.waiting(&seen)),
            Some(_) => Vec::new(),
        };
        let path = my_path::view(&seen);
        let readings = reading::for_now(reading::readings(&seen, &self.materials), READ.1);
        let body = PathPage {
            bits: telling.bits(),
            query: about.map(|(person, _)| format!("?person={person}")).unwrap_or_default(),
            beside: !waiting.is_empty() || !path.seats.is_empty() || !readings.is_empty(),
            readings,
            path,
            waiting,
        };
        let chrome = match about {
            Some((_, name)) => chrome.titled(name),
            None => chrome.named("learning-path"),
        };
        page(&chrome, "diary/path", &body)
    }
}

impl Read {
    fn waiting(&self, seen: &Seen) -> Vec<Waiting> {
        let (pieces, names) = (&self.attests, &self.names);
        let seats = waiting::seats(seen, &self.found.waiting);
        let attests = waiting::attests(seen, pieces, names);
        let assessed = waiting::assessed(seen, &self.found.assessed, &self.to_read);
        let requests = waiting::requests(seen, self.person, &self.requests, names);
        [seats, assessed, attests, requests, waiting::renewals(seen)].concat()
    }
}

/// The first days that are open to the person, of every piece that is left and has no seat.
fn next_days(conn: &mut Conn, found: &Found, person: i64, now: NaiveDateTime) -> Result<Vec<Day>, Error> {
    let mut coming = occasions::coming_of_modules(conn, &found.unbooked(), now)?;
    let for_a_unit = coming.iter().any(|occasion| matches!(occasion.audience(), Audience::Unit(_)));
    let units = if for_a_unit { units_of(conn, person)? } else { Vec::new() };
    let mut shown: HashMap<String, usize> = HashMap::new();
    coming.retain(|occasion: &Occasion| {
        let count = shown.entry(occasion.module.clone()).or_default();
        let taken = *count < DAYS && is_open_to(&found.facts, &units, occasion, found.today);
        *count += usize::from(taken);
        taken
    });
    occasions::days(conn, coming)
}

/// `GET /`. Whoever sets the installation up is led to its first steps until it has a curriculum and people.
pub async fn own_path(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
) -> Result<HttpResponse, Problem> {
    let (actor, now) = (may.who, clock::now());
    let (id, staff) = (actor.id, policy::sees_everyone(&actor));
    let found = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok::<_, Error>(None) };
        store.read(|conn| match staff && !organisation::store::any_in_unit(conn)? {
            true => Ok(None),
            false => Read::of(conn, &published, id, Some(&actor), now),
        })
    });
    match found.await? {
        Some(read) => Ok(read.shown(chrome, None)),
        None if staff => Ok(redirect("/start")),
        None => Ok(page(&chrome.named("learning-not-ready"), "learning/waiting", &json!({}))),
    }
}

/// `GET /people/{id}/path`: for whoever may see the person.
pub async fn path_of(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: Segment<i64>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, now) = (may.who, id.into_inner(), clock::now());
    let found = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok::<_, Error>(None) };
        let found = store.read(|conn| {
            let Some((person, _)) = organisation::service::person_for(conn, &actor, id)? else { return Ok(None) };
            Ok::<_, Error>(Read::of(conn, &published, id, None, now)?.map(|read| (read, person.name)))
        })?;
        if found.is_some() {
            accounts::service::note_reading(&store, &actor, id, now)?;
        }
        Ok(found)
    });
    let (read, name) = found.await?.ok_or(Problem::NotFound)?;
    Ok(read.shown(chrome, Some((id, &name))))
}

/// Whether a day is wanted or no longer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantForm {
    wanted: bool,
}

/// `POST /curriculum/modules/{id}/want`: says, or takes back, that the reader wants a day of a module.
pub async fn want(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    module: Segment<String>,
    form: Form<WantForm>,
) -> Result<HttpResponse, Problem> {
    let (person, module, wanted) = (may.who.id, module.into_inner(), form.0.wanted);
    let back = format!("/#bit-{module}");
    let known = blocking(move || {
        let known = shelf.current(&store)?.is_some_and(|published| published.module_by_id(&module).is_some());
        if known {
            store.write(|conn| match wanted {
                true => occasions::set_wanted(conn, person, &module, clock::now()),
                false => occasions::want_no_more(conn, person, &module),
            })?;
        }
        Ok::<_, Error>(known)
    });
    match (known.await?, wanted) {
        (false, _) => Err(Problem::NotFound),
        (true, true) => Ok(done(&back, "diary-said-wanted")),
        (true, false) => Ok(done(&back, "diary-said-not-wanted")),
    }
}
