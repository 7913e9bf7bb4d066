//! Course days for everybody: the page of one, and asking for seats. The list ([`coming`]) and planning stand in files
//! of their own.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment};
use chrono::NaiveDateTime;
use serde::Serialize;

use super::listed::{Event, Listed};
use super::own::{Mine, Seen};
use super::service::{self, Standing};
use super::view::{Head, Telling};
use super::words::kept_for;
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::attendance::over;
use crate::attendance::settle::is_assessed;
use crate::clock;
use crate::curriculum::model::Language;
use crate::learning::hindrance::Hindrance;
use crate::learning::service::paths_of;
use crate::learning::store::assessed as assessments;
use crate::learning::{assessed, words::stands};
use crate::occasions::life;
use crate::occasions::service::Asking;
use crate::occasions::store::{self as rows, Given};
use crate::organisation::absences::store as absences;
use crate::organisation::{self, Person, Reach, store as people};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, May, Problem, page};

mod around;
mod coming;
pub mod copy;
pub mod days_off;
mod form;
pub mod group;
mod known;
pub mod materials;
pub mod plan;
mod preview;
mod row;
pub mod rules;
pub mod when;
mod wish;

use around::Around;
pub use coming::list;
pub use wish::wish;

/// How many lines of the log.
const LOG: i64 = 100;

pub(super) fn telling(published: &Published, language: Language, now: NaiveDateTime) -> Telling<'_> {
    Telling { published, language, now, today: clock::day_of(now) }
}

#[derive(Serialize)]
struct OccasionPage {
    head: Head,
    mine: Mine,
    people: Vec<Listed>,
    log: Vec<Event>,
    /// The reader opens, changes and calls off days.
    runs: bool,
    /// The reader marks attendance and gives out materials.
    leads: bool,
    around: Around,
    /// That too few have booked, when that must be decided and the reader leads the day.
    short: Option<String>,
    /// The module asks for more than being there.
    assessed: bool,
    /// How the reader's own test, assignment or observation stands.
    assessment: Option<Assessed>,
    to_come: bool,
    /// The reader can change parts that have not begun.
    changeable: bool,
    /// People of the reader's whose path needs the module.
    candidates: Vec<Candidate>,
    typed: Typed,
    errors: Errors,
    refused: Option<String>,
}

/// An icon, a tone, a key and where to go.
#[derive(Serialize)]
struct Assessed {
    icon: &'static str,
    tone: &'static str,
    key: &'static str,
    href: String,
}

impl Assessed {
    fn of(published: &Published, own: &assessments::Standing) -> Option<Assessed> {
        let (_, module) = published.module_by_id(&own.module)?;
        let achieved = own.state == assessed::State::Passed && !own.attended;
        let (icon, tone, key) = stands(module.assessment, own.state, (own.attended, achieved, false));
        Some(Assessed { icon, tone, key, href: format!("/assessments/{}/{}", own.person, own.module) })
    }
}

#[derive(Serialize)]
struct Candidate {
    value: String,
    label: String,
    /// Has written down to be away then.
    away: bool,
}

#[derive(Default, Serialize)]
struct Typed {
    whose: String,
    reason: String,
}

/// `GET /occasions/{occasion}`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Segment<i64>,
) -> Result<HttpResponse, Problem> {
    let body = occasion_page(&store, &shelf, may.who, chrome.language, *occasion).await?;
    Ok(page(&titled(chrome, &body), "courses/occasion", &body))
}

fn titled(chrome: Chrome, body: &OccasionPage) -> Chrome {
    chrome.titled(format!("{} {}", body.head.code, body.head.title))
}

async fn occasion_page(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    actor: Actor,
    language: Language,
    occasion: i64,
) -> Result<OccasionPage, Problem> {
    let (store, shelf, now) = (store.clone(), shelf.clone(), clock::now());
    let body = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok::<_, Error>(None) };
        store.read(|conn| read_page(conn, &telling(&published, language, now), &actor, occasion))
    });
    body.await?.ok_or(Problem::NotFound)
}

fn read_page(conn: &mut Conn, telling: &Telling, actor: &Actor, occasion: i64) -> Result<Option<OccasionPage>, Error> {
    let Some(given) = rows::one_given(conn, occasion)? else { return Ok(None) };
    let occasion = &given.occasion;
    let list = rows::list(conn, occasion.id)?;
    let kept = service::kept(conn, &occasion.audience())?;
    let kept = kept.map(|kept| kept_for(&kept, telling.published, telling.language));
    let trainers = rows::trainers(conn, occasion.id)?;
    let (standing, has) = own(conn, telling, actor.id, &given)?;
    let (rules, person) = (rows::rules(conn)?, actor.id);
    let booked = list.iter().any(|entry| entry.person == person && entry.seat.has_seat());
    let own = if booked { std::slice::from_ref(occasion) } else { &[] };
    let here = !over::enough(conn, telling.published, person, own, telling.now)?.is_empty();
    let seen = Seen { person, given: &given, list: &list, standing: &standing, has: has.as_deref(), rules, here };
    let mine = telling.mine(&seen);
    let trained: Vec<i64> = trainers.iter().filter_map(|trainer| trainer.person).collect();
    let leads = policy::leads_occasion(actor, &trained);
    let named = visible(conn, actor, &list, leads)?;
    // Whoever was ever on its list knows of it already; managers book for theirs and are led to it by their plans.
    let known = actor.is_manager()
        || list.iter().any(|entry| entry.person == actor.id)
        || named.values().any(|(_, seen)| *seen);
    let is_kept_from = standing.hindrances.iter().any(|it| matches!(it, Hindrance::Kept(_)));
    if is_kept_from && !known && !leads && !policy::sees_everyone(actor) {
        return Ok(None);
    }
    let comes = list.iter().any(|entry| entry.person == actor.id && entry.seat.has_seat());
    let mut head = telling.head(&given, &list, kept, &trainers);
    if !comes && !leads {
        head.parts.iter_mut().for_each(|part| part.link.clear());
    }
    let around = around::read(conn, telling, actor, &given, &trainers, &list)?;
    let runs = actor.hats.developer;
    let log = if runs { rows::log(conn, occasion.id, LOG)? } else { Vec::new() };
    let called_off = occasion.cancelled_at.is_some();
    let to_come = telling.now < occasion.starts_at && !called_off;
    let candidates = if to_come { candidates(conn, telling, actor, &given, &list)? } else { Vec::new() };
    let assessed = telling.published.module_by_id(&occasion.module).is_some_and(|(_, module)| is_assessed(module));
    let own = if assessed { assessments::one(conn, actor.id, &occasion.module)? } else { None };
    let assessment = own.and_then(|own| Assessed::of(telling.published, &own));
    Ok(Some(OccasionPage {
        head,
        mine: match trained.contains(&actor.id) {
            true => telling.trainers_own(mine),
            false => mine,
        },
        people: telling.listed(&list, &named),
        log: telling.events(log),
        runs,
        leads,
        around,
        short: if leads { telling.short_of(&given.occasion, &list) } else { None },
        assessed,
        assessment,
        to_come,
        changeable: runs && telling.now < occasion.ends_at && !called_off,
        candidates,
        typed: Typed::default(),
        errors: Errors::default(),
        refused: None,
    }))
}

/// What the occasion is to the reader, without the seat that the reader has at another of the module; that other one.
fn own(
    conn: &mut Conn,
    telling: &Telling,
    person: i64,
    given: &Given,
) -> Result<(Standing, Option<Box<Given>>), Error> {
    let asking = Asking { by: Some(person), reason: "", now: telling.now };
    let standing = Standing::of(conn, telling.published, person, given, None, &asking)?;
    let has =
        standing.hindrances.iter().find_map(|it| if let Hindrance::Has(at) = it { Some(at.clone()) } else { None });
    let Some(other) = has else { return Ok((standing, None)) };
    let without = Some(other.occasion.id);
    Ok((Standing::of(conn, telling.published, person, given, without, &asking)?, Some(other)))
}

/// Those on the list whom the actor may see, with whether the actor may see their own page too: whoever leads the
/// occasion sees all who come.
fn visible(
    conn: &mut Conn,
    actor: &Actor,
    list: &[life::Entry],
    leads: bool,
) -> Result<HashMap<i64, (Person, bool)>, Error> {
    if !policy::sees_everyone(actor) && !actor.is_manager() && !leads {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = list.iter().map(|entry| entry.person).collect();
    let tree = people::tree(conn)?;
    let seen = |person: &Person| policy::sees_person(actor, &organisation::subject(&tree, person));
    let found = people::people_by_id(conn, &ids)?;
    let found = found.into_iter().map(|person| (seen(&person), person)).filter(|(seen, _)| *seen || leads);
    Ok(found.map(|(seen, person)| (person.id, (person, seen))).collect())
}

/// People below the actor who need the module and neither have a seat nor wait for one.
fn candidates(
    conn: &mut Conn,
    telling: &Telling,
    actor: &Actor,
    given: &Given,
    list: &[life::Entry],
) -> Result<Vec<Candidate>, Error> {
    if !actor.is_manager() {
        return Ok(Vec::new());
    }
    let tree = people::tree(conn)?;
    let team = people::team(conn, &tree, actor.id, Reach::Everyone, telling.today)?;
    let there = |id: i64| list.iter().any(|entry| entry.person == id && entry.seat.is_open());
    let team: Vec<Person> = team.into_iter().filter(|person| !there(person.id)).collect();
    let ids: Vec<i64> = team.iter().map(|person| person.id).collect();
    let paths = paths_of(conn, telling.published, &ids, telling.today)?;
    let needs = |person: &&Person| {
        let steps = paths.get(&person.id).map(|path| path.steps.iter());
        steps.is_some_and(|mut steps| {
            steps.any(|step| telling.published.id_of(step.module) == given.occasion.module && step.booked.is_none())
        })
    };
    let absences = absences::of_many(conn, &ids, telling.today)?;
    let candidate = |person: &Person| Candidate {
        value: person.external_id.clone(),
        label: person.name.clone(),
        away: absences.get(&person.id).is_some_and(|away| service::away_then(away, &given.parts).is_some()),
    };
    Ok(team.iter().filter(needs).map(candidate).collect())
}
