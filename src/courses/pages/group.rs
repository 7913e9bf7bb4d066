//! When a group can be done: asked on one page, worked out beside the requests, told on another that asks again by itself
//! until there is an answer.

use std::collections::HashMap;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header::{HeaderValue, REFRESH};
use actix_web::rt::{spawn, time::timeout};
use actix_web::web::{Data, Path as Segment, Query};
use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::telling;
use crate::accounts::policy::{self, Actor, Leads};
use crate::clock;
use crate::courses::group::{Asked, ExtraDay, GroupPlan, Missing, MissingPiece, Whom, service, store as rows};
use crate::courses::view::Telling;
use crate::curriculum::model::Language;
use crate::engine::schedule::group::WAYS;
use crate::organisation::{self, store as people};
use crate::programme::store as programme;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Choice, Chrome, Errors, Form, May, Pages, Problem, invalid, page, redirect};
use crate::words;

pub mod keep;

/// How long a request waits for the answer before it shows how far it has come.
const PATIENCE: Duration = Duration::from_millis(800);
/// Seconds until a page asks again.
const SOON: &str = "1";
/// A question that has said nothing for so long is over.
const SILENCE: TimeDelta = TimeDelta::seconds(60);
/// Answers that are offered again.
const RECENT: i64 = 5;
/// People on a page.
const ON_A_PAGE: usize = 50;

/// Whom it is about, and how many course days a week there may be.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct GroupForm {
    whom: String,
    days: String,
}

#[derive(Serialize)]
struct AskPage {
    form: GroupForm,
    whom: Vec<Choice>,
    week: Vec<Choice>,
    recent: Vec<Recent>,
    errors: Errors,
}

/// An answer that the reader has asked for.
#[derive(Serialize)]
struct Recent {
    href: String,
    whom: String,
    at: String,
}

/// `GET /plans`; with `?whom=` when a page that leads here knows it.
pub async fn ask(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Query<GroupForm>,
) -> Result<HttpResponse, Problem> {
    let body = ask_page(&store, &shelf, may.who, chrome.language, form.into_inner(), Errors::default()).await?;
    Ok(page(&chrome.named("courses-group-heading"), "courses/groups", &body))
}

async fn ask_page(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    actor: Actor,
    language: Language,
    form: GroupForm,
    errors: Errors,
) -> Result<AskPage, Problem> {
    let published = crate::programme::pages::published(store, shelf).await?;
    let store = store.clone();
    let found = blocking(move || {
        store.read(|conn| {
            let asked = rows::last_of(conn, actor.id, RECENT)?;
            Ok::<_, Error>((choices(conn, &published, &actor, language)?, asked))
        })
    });
    let (whom, asked) = found.await?;
    let today = clock::today();
    let recent = |asked: Asked| {
        let known = whom.iter().find(|choice| choice.value == asked.whom)?;
        let at = words::at(language, asked.asked_at, today);
        Some(Recent { href: format!("/plans/{}", asked.id), whom: known.label.clone(), at })
    };
    let recent = asked.into_iter().filter_map(recent).collect();
    let week = |days: u8| Choice {
        value: days.to_string(),
        label: words::text(language, "courses-done-days-choice", &[("count", days.into())]),
    };
    Ok(AskPage { form, whom, week: (1..=5).map(week).collect(), recent, errors })
}

/// What the actor may ask about.
fn choices(conn: &mut Conn, published: &Published, actor: &Actor, language: Language) -> Result<Vec<Choice>, Error> {
    let mut choices = Vec::new();
    if actor.hats.developer {
        let edition = |edition: programme::Edition| (Whom::Edition(edition.id), edition.name);
        choices.extend(programme::editions(conn)?.into_iter().map(edition));
        let doses = published.curriculum.doses.iter();
        let dose = |title: &str| words::text(language, "courses-group-dose", &[("dose", title.to_owned().into())]);
        choices.extend(doses.map(|(id, dose_of)| (Whom::Dose(id.clone()), dose(dose_of.title.of(language)))));
    }
    let tree = people::tree(conn)?;
    let top = if policy::sees_everyone(actor) { tree.roots().to_vec() } else { actor.manages.clone() };
    let units = tree.below(&top).into_iter().filter_map(|unit| tree.unit(unit));
    choices.extend(units.map(|unit| (Whom::Unit(unit.id), unit.name.clone())));
    Ok(choices.into_iter().map(|(whom, label)| Choice { value: whom.code(), label }).collect())
}

/// `POST /plans`.
pub async fn begin(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Form<GroupForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, form) = (may.who, form.0);
    let days = form.days.trim().parse().ok().filter(|days| (1..=5).contains(days));
    let mut errors = Errors::default();
    if days.is_none() && !form.days.trim().is_empty() {
        errors.add("days", "courses-done-days-wrong");
    }
    let begun = blocking({
        let (store, actor, whom) = (store.clone(), actor.clone(), Whom::of(&form.whom));
        move || begun(&store, &actor, whom.as_ref(), days, clock::now())
    });
    let Some(asked) = begun.await?.filter(|_| errors.is_empty()) else {
        if errors.is_empty() {
            errors.add("whom", "courses-group-whom-missing");
        }
        let body = ask_page(&store, &shelf, actor, chrome.language, form, errors).await?;
        return Ok(invalid(&chrome.named("courses-group-heading"), "courses/groups", &body));
    };
    work(store, shelf, asked).await;
    Ok(redirect(&format!("/plans/{asked}")))
}

/// Notes the question; none when the actor may not ask it.
pub(in crate::courses) fn begun(
    store: &Store,
    actor: &Actor,
    whom: Option<&Whom>,
    days: Option<u8>,
    now: NaiveDateTime,
) -> Result<Option<i64>, Error> {
    let Some(whom) = whom else { return Ok(None) };
    store.write(|conn| match service::may_ask(conn, actor, whom)? {
        true => rows::insert(conn, actor.id, &whom.code(), days, now).map(Some),
        false => Ok(None),
    })
}

/// Begins to work it out, which goes on whether or not anybody waits for it.
pub(in crate::courses) async fn work(store: Data<Store>, shelf: Data<Shelf>, asked: i64) {
    let work = spawn(blocking(move || service::run(&store, &shelf, asked, clock::now)));
    let _ = timeout(PATIENCE, work).await;
}

#[derive(Serialize)]
struct GroupPage {
    whom: String,
    again: String,
    /// None when it goes on.
    failed: Option<&'static str>,
    steps: Option<(i64, i64)>,
    still: bool,
    here: String,
    told: Option<Told>,
}

#[derive(Serialize)]
struct Told {
    answer: String,
    /// How good the answer is, and what was tried.
    bound: Vec<String>,
    extras: Vec<Line>,
    keep: keep::Kept,
    people: Vec<PersonLine>,
    pages: Pages,
}

#[derive(Serialize)]
struct Line {
    area: &'static str,
    code: String,
    title: String,
    when: String,
    count: String,
    href: String,
}

#[derive(Serialize)]
struct PersonLine {
    id: i64,
    name: String,
    alone: bool,
    what: Vec<PieceLine>,
}

#[derive(Serialize)]
struct PieceLine {
    area: &'static str,
    code: String,
    title: String,
    due: String,
    why: String,
}

/// Which page of those who do not make it; with `still` the page does not ask again by itself.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Turned {
    page: Option<usize>,
    still: Option<String>,
}

/// `GET /plans/{plan}`: for whoever asked.
pub async fn show(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    plan: Segment<i64>,
    turned: Query<Turned>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let (actor, plan, now, language) = (may.who, *plan, clock::now(), chrome.language);
    let (at, still) = (turned.page.unwrap_or(1), turned.still.is_some());
    let body = blocking(move || {
        store.read(|conn| {
            let Some(asked) = rows::find(conn, plan)?.filter(|asked| policy::owns(&actor, Some(asked.by))) else {
                return Ok::<_, Error>(None);
            };
            let telling = telling(&published, language, now);
            read_page(conn, &telling, &actor, &asked, at, still).map(Some)
        })
    });
    let body = body.await?.ok_or(Problem::NotFound)?;
    let goes_on = body.steps.is_some() && !still;
    let mut answer = page(&chrome.named("courses-group-heading"), "courses/group", &body);
    if goes_on {
        answer.headers_mut().insert(REFRESH, HeaderValue::from_static(SOON));
    }
    Ok(answer)
}

fn read_page(
    conn: &mut Conn,
    telling: &Telling,
    actor: &Actor,
    asked: &Asked,
    at: usize,
    still: bool,
) -> Result<GroupPage, Error> {
    let plan: Option<GroupPlan> = asked.answer.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let failed = match asked.failed.as_deref() {
        Some("many") => Some("courses-group-many"),
        Some(_) => Some("courses-group-broke"),
        None if plan.is_none() && telling.now - asked.heard_at > SILENCE => Some("courses-group-broke"),
        None => None,
    };
    let known = choices(conn, telling.published, actor, telling.language)?;
    let whom = known.into_iter().find(|choice| choice.value == asked.whom).map(|choice| choice.label);
    let here = format!("/plans/{}", asked.id);
    Ok(GroupPage {
        whom: whom.unwrap_or_default(),
        again: format!("/plans?whom={}", asked.whom),
        steps: (failed.is_none() && plan.is_none()).then_some(asked.steps),
        failed,
        still,
        told: match plan {
            Some(plan) => Some(told(conn, telling, actor, &Answered { asked, plan }, at, &here)?),
            None => None,
        },
        here,
    })
}

fn told(
    conn: &mut Conn,
    telling: &Telling,
    actor: &Actor,
    answered: &Answered,
    at: usize,
    here: &str,
) -> Result<Told, Error> {
    let plan = &answered.plan;
    let pages = Pages::count(plan.missing.len() as i64, ON_A_PAGE as i64);
    let at = at.clamp(1, pages as usize);
    let shown: Vec<&Missing> = plan.missing.iter().skip((at - 1) * ON_A_PAGE).take(ON_A_PAGE).collect();
    let names = names(conn, actor, &shown)?;
    let person = |missing: &&Missing| {
        let name = names.get(&missing.person)?.clone();
        let what = missing.what.iter().map(|piece| piece_line(telling, piece)).collect();
        Some(PersonLine { id: missing.person, name, alone: missing.alone, what })
    };
    let args = [("count", plan.people.into()), ("makes", plan.makes.into())];
    Ok(Told {
        answer: telling.text("courses-group-answer", &args),
        bound: bound(telling, plan),
        extras: plan.extras.iter().map(|extra| extra_line(telling, extra, actor.hats.developer)).collect(),
        keep: keep::kept(conn, telling, actor, answered)?,
        people: shown.iter().filter_map(person).collect(),
        pages: Pages::new(at as i64, pages, |page| format!("{here}?page={page}")),
    })
}

/// A question with its answer.
struct Answered<'a> {
    asked: &'a Asked,
    plan: GroupPlan,
}

fn bound(telling: &Telling, plan: &GroupPlan) -> Vec<String> {
    let best = match plan.makes == plan.at_most {
        true => telling.text("courses-group-best", &[]),
        false => telling.text("courses-group-bound", &[("most", plan.at_most.into())]),
    };
    let around = (plan.around > 0).then(|| telling.text("courses-group-around", &[("count", plan.around.into())]));
    let tried = telling.text("courses-group-tried", &[("ways", WAYS.into())]);
    [Some(best), around, Some(tried)].into_iter().flatten().collect()
}

/// Those whom the actor may see today.
fn names(conn: &mut Conn, actor: &Actor, shown: &[&Missing]) -> Result<HashMap<i64, String>, Error> {
    let ids: Vec<i64> = shown.iter().map(|missing| missing.person).collect();
    let tree = people::tree(conn)?;
    let found = people::people_by_id(conn, &ids)?.into_iter();
    let seen = found.filter(|person| policy::sees_person(actor, &organisation::subject(&tree, person)));
    Ok(seen.map(|person| (person.id, person.name)).collect())
}

fn piece_line(telling: &Telling, piece: &MissingPiece) -> PieceLine {
    let module = telling.module(&piece.module);
    let day = |day| words::date(telling.language, day, telling.today);
    let why = match telling.language {
        Language::Sv => piece.why_sv.clone(),
        Language::En => piece.why_en.clone(),
    };
    PieceLine {
        due: match piece.due {
            Some(due) => telling.text("courses-done-was-due", &[("day", day(due).into())]),
            None => telling.text("courses-done-no-day", &[]),
        },
        why,
        area: module.area,
        code: module.code,
        title: module.title,
    }
}

fn extra_line(telling: &Telling, extra: &ExtraDay, opens: bool) -> Line {
    let module = telling.module(&extra.module);
    Line {
        when: words::week(telling.language, extra.day),
        count: telling.text("courses-group-helps", &[("count", extra.helps.into())]),
        href: match opens {
            true => format!("/occasions/new?module={}&day={}", extra.module, extra.day),
            false => String::new(),
        },
        area: module.area,
        code: module.code,
        title: module.title,
    }
}
