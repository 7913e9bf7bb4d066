//! A person put together to be tried: title, roles, what has been achieved; or a real one, by address or id.

use actix_web::HttpResponse;
use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::people::both;
use super::{Asking, Case, Kit};
use crate::accounts::policy::Developer;
use crate::curriculum::model::Language;
use crate::designer::consequences::twice::Twice;
use crate::designer::drafts::pages::Bar;
use crate::engine::model::{Achievement, Assignment, Facts, Holding, Source};
use crate::organisation::store as organisation;
use crate::store::{Conn, Error};
use crate::web::{Errors, May, Problem, page, redirect};
use crate::words::{self, text};

/// A made-up person.
#[derive(Serialize)]
struct Trial {
    bar: Bar,
    version: String,
    titles: Vec<Pick>,
    roles: Vec<Pick>,
    modules: Vec<Pick>,
    since: String,
    who: &'static str,
    /// The other terms, which every form here keeps.
    terms: Vec<(String, String)>,
    revision: i64,
    /// The real person who was asked for and is not there.
    person: String,
    errors: Errors,
    /// True when somebody has been put together.
    tried: bool,
    twice: Option<Twice>,
}

#[derive(Serialize)]
struct Pick {
    id: String,
    name: String,
    chosen: bool,
}

/// `GET /designer/drafts/{draft}/try?title=…&role=…&done=…&since=…`.
pub async fn trial(may: May<Developer>, asking: Asking) -> Result<HttpResponse, Problem> {
    let (language, query) = (asking.chrome.language, asking.query.clone());
    match asking.told(&may, move |case, kit| asked(case, kit, &query, language).map(Some)).await? {
        Ok(body) => Ok(page(&asking.chrome.named("consequences-try"), "designer/try", &body)),
        Err(somebody) => Ok(redirect(&somebody)),
    }
}

/// The page, or the address of the real person who is asked for.
fn asked(case: &Case, kit: &Kit, query: &str, language: Language) -> Result<Result<Trial, String>, Error> {
    let asked = case.terms.asked("person").trim().to_owned();
    let real = match asked.is_empty() {
        true => None,
        false => kit.store.read(|conn| real_person(conn, &asked))?,
    };
    Ok(match real {
        Some(person) => Err(case.terms.on(&format!("{}/consequences/people/{person}", case.here))),
        None => Ok(tried(case, query, asked, language)),
    })
}

/// Somebody by address or by the id of the staff system.
fn real_person(conn: &mut Conn, asked: &str) -> Result<Option<i64>, Error> {
    let found = match organisation::person_by_email(conn, asked)? {
        Some(person) => Some(person),
        None => organisation::person_by_external_id(conn, asked)?,
    };
    Ok(found.map(|person| person.id))
}

fn tried(case: &Case, query: &str, person: String, language: Language) -> Trial {
    let (today, draft) = (case.loaded.today, case.draft());
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let chosen = |name: &str, id: &str| pairs.iter().any(|(key, value)| key == name && value == id);
    let since = case.terms.asked("since").parse().unwrap_or(today).min(today);
    let pick = |name: &str, id: &str, shown: &str| Pick { id: id.into(), name: shown.into(), chosen: chosen(name, id) };
    let codes = draft.codes();
    let coded = |id: &str, title: &str| format!("{} {title}", codes.get(id).map_or("", String::as_str));
    let titles: Vec<Pick> = draft.titles.iter().map(|(id, t)| pick("title", id, t.title.of(language))).collect();
    let roles: Vec<Pick> = draft.roles.iter().map(|(id, r)| pick("role", id, r.title.of(language))).collect();
    let modules: Vec<Pick> =
        draft.modules.iter().map(|(id, m)| pick("done", id, &coded(id, m.title.of(language)))).collect();
    let facts = profile(&titles, &roles, &modules, since, today);
    let asked = |(name, _): &(String, String)| ["title", "role", "done", "since"].contains(&name.as_str());
    let tried = person.is_empty() && pairs.iter().any(asked);
    let terms = url::form_urlencoded::parse(case.terms.written.as_bytes()).into_owned();
    let mut errors = Errors::default();
    if !person.is_empty() {
        errors.add("person", "consequences-no-such-person");
    }
    Trial {
        bar: case.loaded.bar(language, "try"),
        version: case.published.number.clone(),
        since: words::date_iso(since),
        who: case.terms.who(),
        terms: terms.filter(|(name, _)| name != "who").collect(),
        revision: case.loaded.open.revision,
        errors,
        person,
        tried,
        twice: both(case, &facts, language, Some(&text(language, "consequences-somebody", &[]))).filter(|_| tried),
        titles,
        roles,
        modules,
    }
}

/// Somebody who holds what is chosen since a day and achieved the modules yesterday.
fn profile(titles: &[Pick], roles: &[Pick], modules: &[Pick], since: NaiveDate, today: NaiveDate) -> Facts {
    let chosen = |picks: &[Pick]| -> Vec<String> {
        picks.iter().filter(|pick| pick.chosen).map(|pick| pick.id.clone()).collect()
    };
    let held = |holding| Assignment { holding, from: since, to: None, source: Source::Hand };
    let mut assignments = vec![held(Holding::Everyone)];
    assignments.extend(chosen(titles).into_iter().map(|id| held(Holding::Title(id))));
    assignments.extend(chosen(roles).into_iter().map(|id| held(Holding::Role(id))));
    let day = today - Days::new(1);
    let had = |module| Achievement { module, day, valid_until: None };
    Facts { assignments, achievements: chosen(modules).into_iter().map(had).collect(), bookings: Vec::new() }
}
