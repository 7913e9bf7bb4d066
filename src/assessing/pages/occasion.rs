//! Everybody's test, assignment or observation at one occasion, and results of a test for many at once. For whoever
//! leads the occasion.

use std::collections::{HashMap, HashSet};

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDateTime;
use serde::Serialize;

use super::super::service::{self, Refusal};
use super::super::view::{Shown, Telling, shown};
use super::result;
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::attendance::case::{self, Case};
use crate::clock;
use crate::curriculum::model::{Assessment, Language};
use crate::learning::assessed::{self as life, Act, State};
use crate::occasions::seat::Seat;
use crate::occasions::store::{self as occasions, Occasion};
use crate::organisation::{Person, store as people};
use crate::recognition::service::By;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::api::published;
use crate::versions::published::{Named, Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, done, invalid, page};
use crate::words;

#[derive(Serialize)]
struct OccasionPage {
    id: i64,
    module: Named,
    when: String,
    /// The key of what the module asks for; none when being there is enough.
    kind: Option<&'static str>,
    test: bool,
    pass: i32,
    rows: Vec<Row>,
    of: String,
    errors: Errors,
}

#[derive(Serialize)]
struct Row {
    person: i64,
    name: String,
    href: String,
    state: Shown,
    best: String,
    /// A result can be noted, or an observation approved, here and now.
    notes: bool,
    observes: bool,
    /// What was typed.
    typed: String,
    wrong: bool,
}

/// `GET /occasions/{occasion}/assessments`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let body = read(&store, &shelf, may.who, chrome.language, *occasion).await?;
    Ok(page(&titled(chrome, &body), "assessing/occasion", &body))
}

fn titled(chrome: Chrome, body: &OccasionPage) -> Chrome {
    let title = words::text(chrome.language, "assessing-of", &[("module", body.module.title.as_str().into())]);
    chrome.titled(title)
}

async fn read(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    actor: Actor,
    language: Language,
    occasion: i64,
) -> Result<OccasionPage, Problem> {
    let (store, published) = (store.clone(), published(store, shelf).await?);
    let body = blocking(move || store.read(|conn| occasion_page(conn, &published, &actor, language, occasion)));
    body.await?.ok_or(Problem::NotFound)
}

/// An occasion that the actor leads.
pub(in crate::assessing) fn led(conn: &mut Conn, actor: &Actor, occasion: i64) -> Result<Option<Occasion>, Error> {
    let Some(found) = occasions::occasion(conn, occasion)? else { return Ok(None) };
    Ok(policy::leads_occasion(actor, &occasions::trainer_ids(conn, occasion)?).then_some(found))
}

/// Those who have a seat or have been there, by name, with their cases.
pub(in crate::assessing) fn cases(
    conn: &mut Conn,
    published: &Published,
    occasion: &Occasion,
    now: NaiveDateTime,
) -> Result<Vec<(Person, Case)>, Error> {
    let seated = occasions::seats_of(conn, &[occasion.id])?.into_iter();
    let ids: HashSet<i64> = seated
        .filter(|(.., seat)| matches!(seat, Seat::Booked | Seat::Attended | Seat::Absent))
        .map(|(_, person, _)| person)
        .collect();
    let mut there = people::people_by_id(conn, &ids.into_iter().collect::<Vec<_>>())?;
    there.sort_by_cached_key(|person| words::sort_key(&person.name));
    let mut cases = Vec::with_capacity(there.len());
    for person in there {
        if let Some(case) = case::case(conn, published, person.id, &occasion.module, now)? {
            cases.push((person, case));
        }
    }
    Ok(cases)
}

fn occasion_page(
    conn: &mut Conn,
    published: &Published,
    actor: &Actor,
    language: Language,
    occasion: i64,
) -> Result<Option<OccasionPage>, Error> {
    let Some(occasion) = led(conn, actor, occasion)? else { return Ok(None) };
    let telling = Telling { published, language, now: clock::now() };
    let cases = cases(conn, published, &occasion, telling.now)?;
    let row = |(person, case): &(Person, Case)| {
        let mine = person.id != actor.id && case.asked.ready;
        Row {
            person: person.id,
            name: person.name.clone(),
            href: format!("/assessments/{}/{}", person.id, occasion.module),
            state: shown(case),
            best: life::best(&case.log).map(|points| telling.result(points)).unwrap_or_default(),
            notes: mine && case.asked.kind == Assessment::Test,
            observes: mine && case.asked.kind == Assessment::Observation && case.state != State::Passed,
            typed: String::new(),
            wrong: false,
        }
    };
    let module = published.module_by_id(&occasion.module).map(|(_, module)| module);
    let kind = module.map(|module| module.assessment).filter(|kind| *kind != Assessment::Attendance);
    Ok(Some(OccasionPage {
        id: occasion.id,
        module: telling.module(&occasion.module),
        when: words::when(language, occasion.starts_at, occasion.ends_at, clock::day_of(telling.now)),
        kind: kind.map(crate::learning::words::assessment),
        test: kind == Some(Assessment::Test),
        pass: module
            .and_then(|module| module.pass_mark())
            .and_then(|mark| i32::try_from(mark).ok())
            .unwrap_or_default(),
        rows: cases.iter().map(row).collect(),
        of: "100".into(),
        errors: Errors::default(),
    }))
}

/// `POST /occasions/{occasion}/assessments`: `p{person}` = points, `of` = of how many; or `approve` = a person whose
/// observation is approved.
pub async fn note(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    form: Form<HashMap<String, String>>,
) -> Result<HttpResponse, Problem> {
    let (actor, occasion, form) = (may.who, *occasion, form.0);
    let mut body = read(&store, &shelf, actor.clone(), chrome.language, occasion).await?;
    let of = form.get("of").cloned().unwrap_or_default();
    let mut acts: Vec<(i64, Act)> = Vec::new();
    for (field, value) in form.iter().filter(|(field, value)| *field != "of" && !value.trim().is_empty()) {
        let person = if field == "approve" { value } else { field.strip_prefix('p').unwrap_or_default() };
        let person: i64 = person.parse().map_err(|_| Problem::BadRequest)?;
        let row = body.rows.iter_mut().find(|row| row.person == person).ok_or(Problem::BadRequest)?;
        match (field == "approve", result(value, &of)) {
            (true, _) => acts.push((person, Act::Approve)),
            (false, Some(act)) => acts.push((person, act)),
            (false, None) => row.wrong = true,
        }
        row.typed = if field == "approve" { String::new() } else { value.clone() };
    }
    if let Some(row) = body.rows.iter().find(|row| row.wrong) {
        let field = format!("p{}", row.person);
        body.errors.add(field, "assessing-no-points");
        body.of = of;
        return Ok(invalid(&titled(chrome, &body), "assessing/occasion", &body));
    }
    let count = acts.len();
    let (published, module) = (published(&store, &shelf).await?, body.module.id.clone());
    let noted = blocking(move || {
        let by = By { actor: &actor, now: clock::now() };
        store.write(|conn| {
            led(conn, &actor, occasion)?.ok_or(Refusal::NotFound)?;
            for (person, act) in &acts {
                service::act(conn, &published, (*person, &module), *act, "", by)?;
            }
            Ok::<_, Refusal>(())
        })
    });
    let path = format!("/occasions/{occasion}/assessments");
    match noted.await {
        Ok(()) if count == 0 => Ok(done(&path, "assessing-said-nothing")),
        Ok(()) => Ok(done(&path, "assessing-said-result")),
        Err(Refusal::NotFound) => Err(Problem::NotFound),
        Err(Refusal::Life(refusal)) => Err(Problem::Conflict(super::refused(refusal))),
        Err(Refusal::TooLong(_) | Refusal::Evidence(_)) => Err(Problem::BadRequest),
        Err(Refusal::Store(error)) => Err(error.into()),
    }
}
