//! The list of people, the titles nobody knows, one person's page, and what is changed there.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::list::{self, Looking, PER_PAGE};
use super::one::{self, Dossier};
use super::view::{Choice, PersonPage, Telling, Typed};
use crate::accounts::policy::{self, Actor, Administrator, Leads, SignedIn, Staff, Subject};
use crate::accounts::service::{self as accounts, Refusal};
use crate::clock;
use crate::organisation::assignments;
use crate::organisation::service::{self as organisation, GiveRole, Refused};
use crate::store::{Error, Store, blocking};
use crate::team::service::members;
use crate::team::view::Reader;
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, done, invalid, page};
use crate::words;

/// What a reader looks for; an empty field is none.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    status: String,
    /// 1 first.
    #[serde(default)]
    page: String,
}

#[derive(Serialize)]
struct ListPage {
    q: String,
    unit: String,
    status: String,
    /// Empty when they are too many to choose from.
    units: Vec<Choice>,
    found: String,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    page: i64,
    pages: i64,
    previous: Option<String>,
    next: Option<String>,
    staff: bool,
}

#[derive(Serialize)]
struct Tab {
    href: String,
    /// The key of its name.
    name: &'static str,
    count: i64,
    current: bool,
}

#[derive(Serialize)]
struct Row {
    id: i64,
    name: String,
    title: String,
    unit: Option<String>,
    unit_id: Option<i64>,
    done: Option<String>,
    next: Option<String>,
    warning: Option<String>,
    ended: Option<String>,
}

/// More units than this are not offered in a list of choices.
const MOST_CHOICES: usize = 150;

/// `GET /people`.
pub async fn list(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Problem> {
    let (actor, asked, language, today) = (may.who, asked.into_inner(), chrome.language, clock::today());
    let body = blocking(move || {
        let published = shelf.current(&store)?;
        let looking = asked.looking();
        store.read(|conn| {
            let found = list::find(conn, &actor, &looking, today)?;
            let members = match &published {
                Some(published) => members(conn, published, &found.rows, today)?,
                None => Vec::new(),
            };
            let reader = published.as_deref().map(|published| Reader { language, published, today });
            let row = |(at, person): (usize, &crate::organisation::Person)| {
                let told = reader.as_ref().zip(members.get(at)).filter(|_| !looking.left);
                let unit = person.unit.and_then(|unit| found.tree.unit(unit));
                Row {
                    id: person.id,
                    name: person.name.clone(),
                    title: told.map_or(person.title_text.clone(), |(reader, member)| reader.holds(member)),
                    unit: unit.map(|unit| unit.name.clone()),
                    unit_id: unit.map(|unit| unit.id),
                    done: told.map(|(reader, member)| reader.done(member)),
                    next: told.and_then(|(reader, member)| reader.next(member)),
                    warning: told.and_then(|(reader, member)| reader.warning(member)),
                    ended: person.ends_on.filter(|last| *last < today).map(|last| words::date(language, last, today)),
                }
            };
            let rows: Vec<Row> = found.rows.iter().enumerate().map(row).collect();
            Ok::<_, Error>(asked.page(&actor, &looking, &found, rows, language))
        })
    });
    Ok(page(&chrome.named("people-title-all").wide(), "people/list", &body.await?))
}

impl Asked {
    fn looking(&self) -> Looking {
        Looking {
            query: self.q.clone(),
            unit: self.unit.parse().ok(),
            left: self.status == "left",
            page: self.page.parse::<i64>().unwrap_or(1).clamp(1, 1_000_000) - 1,
        }
    }

    fn page(
        &self,
        actor: &Actor,
        looking: &Looking,
        found: &list::Found,
        rows: Vec<Row>,
        language: crate::curriculum::model::Language,
    ) -> ListPage {
        let total = if looking.left { found.left } else { found.working };
        let pages = ((total + PER_PAGE - 1) / PER_PAGE).max(1);
        let href = |status: &str, page: i64| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            let fields = [("q", self.q.as_str()), ("unit", &self.unit), ("status", status)];
            query.extend_pairs(fields.into_iter().filter(|(_, value)| !value.is_empty()));
            if page > 1 {
                query.append_pair("page", &page.to_string());
            }
            format!("/people?{}", query.finish())
        };
        let here = looking.page + 1;
        let roots = if policy::sees_everyone(actor) { found.tree.roots() } else { found.tree.managed(actor.id) };
        let units = found.tree.below(roots);
        let choice = |unit: &i64| {
            let unit = found.tree.unit(*unit)?;
            Some(Choice { value: unit.id.to_string(), label: unit.name.clone() })
        };
        ListPage {
            q: self.q.clone(),
            unit: self.unit.clone(),
            status: if looking.left { "left".into() } else { String::new() },
            units: if units.len() > MOST_CHOICES { Vec::new() } else { units.iter().filter_map(choice).collect() },
            found: words::text(language, "web-results", &[("count", total.into())]),
            tabs: vec![
                Tab { href: href("", 1), name: "people-working", count: found.working, current: !looking.left },
                Tab { href: href("left", 1), name: "people-left", count: found.left, current: looking.left },
            ],
            rows,
            page: here,
            pages,
            previous: (here > 1).then(|| href(&self.status, here - 1)),
            next: (here < pages).then(|| href(&self.status, here + 1)),
            staff: policy::sees_everyone(actor),
        }
    }
}

#[derive(Serialize)]
struct UnmappedPage {
    rows: Vec<UnmappedRow>,
}

#[derive(Serialize)]
struct UnmappedRow {
    text: String,
    code: String,
    people: usize,
    perhaps: Option<String>,
}

/// `GET /people/unmapped`: local titles that the curriculum does not know.
pub async fn unmapped(
    _may: May<Staff>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
) -> Result<HttpResponse, Problem> {
    let language = chrome.language;
    let rows = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok::<_, Error>(Vec::new()) };
        let titles = store.read(|conn| list::unmapped_titles(conn, &published, clock::today()))?;
        let title = |id: String| published.curriculum.titles.get(&id).map(|title| title.title.of(language).to_owned());
        let row = |local: crate::organisation::titles::Unmapped| UnmappedRow {
            text: local.text,
            code: local.code,
            people: local.people,
            perhaps: local.did_you_mean.and_then(title),
        };
        Ok(titles.into_iter().map(row).collect())
    });
    Ok(page(&chrome.named("people-unmapped"), "people/unmapped", &UnmappedPage { rows: rows.await? }))
}

/// `GET /people/{id}`.
pub async fn person(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let body = person_page(may.who, &chrome, store, shelf, *id, Typed::default(), Errors::default()).await?;
    Ok(page(&chrome.titled(&body.name), "people/person", &body))
}

async fn person_page(
    actor: Actor,
    chrome: &Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: i64,
    typed: Typed,
    errors: Errors,
) -> Result<PersonPage, Problem> {
    let now = clock::now();
    let today = clock::day_of(now);
    let found = blocking(move || {
        let published = shelf.current(&store)?;
        let dossier = store.read(|conn| one::dossier(conn, published.as_deref(), &actor, id, today))?;
        if dossier.is_some() {
            accounts::note_reading(&store, &actor, id, now)?;
        }
        Ok::<(Option<Arc<Published>>, Option<Dossier>), Error>((published, dossier))
    });
    let (published, dossier) = found.await?;
    let telling = Telling { language: chrome.language, published: published.as_deref(), today };
    Ok(telling.page(&dossier.ok_or(Problem::NotFound)?, typed, errors))
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleForm {
    #[serde(default)]
    role: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

impl RoleForm {
    fn check(&self, person: i64) -> Result<GiveRole, Errors> {
        let mut errors = Errors::default();
        errors.require("role", &self.role, "people-choose-role");
        let from = day(&mut errors, "from", &self.from);
        let to = if self.to.trim().is_empty() { None } else { day(&mut errors, "to", &self.to) };
        let from = from.unwrap_or_default();
        errors.or(GiveRole { person, role: self.role.clone(), from, to })
    }
}

/// A day as date fields send it, in a century that people are employed in.
fn day(errors: &mut Errors, field: &'static str, text: &str) -> Option<NaiveDate> {
    use chrono::Datelike;
    let day = text.trim().parse::<NaiveDate>().ok().filter(|day| (1950..2150).contains(&day.year()));
    if day.is_none() {
        errors.add(field, "people-not-a-day");
    }
    day
}

/// `POST /people/{id}/roles`.
pub async fn give_role(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: Path<i64>,
    form: Form<RoleForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, form) = (may.who, *id, form.0);
    changeable(&store, &actor, id, policy::assigns).await?;
    let errors = match form.check(id) {
        Err(errors) => errors,
        Ok(role) => match give(store.clone(), shelf.clone(), role, actor.id).await {
            Ok(()) => return Ok(done(&format!("/people/{id}"), "people-role-given")),
            Err(refused) => role_errors(refused)?,
        },
    };
    let typed = Typed { role: form.role, from: form.from, to: form.to, ..Typed::default() };
    let body = person_page(actor, &chrome, store, shelf, id, typed, errors).await?;
    Ok(invalid(&chrome.titled(&body.name), "people/person", &body))
}

async fn give(store: Data<Store>, shelf: Data<Shelf>, role: GiveRole, by: i64) -> Result<(), Refused> {
    blocking(move || {
        let published = shelf.current(&store)?.ok_or_else(|| Refused::NoSuchRole(role.role.clone()))?;
        organisation::give_role(&store, &published.curriculum, &role, Some(by), clock::now()).map(|_| ())
    })
    .await
}

/// What can be corrected in the form; all else is a problem.
fn role_errors(refused: Refused) -> Result<Errors, Problem> {
    let mut errors = Errors::default();
    match refused {
        Refused::NoSuchRole(_) => errors.add("role", "people-choose-role"),
        Refused::EndsBeforeItStarts => errors.add("to", "people-ends-before"),
        Refused::AlreadyHeld => errors.add("from", "people-already-held"),
        Refused::NoSuchPerson | Refused::NoSuchAssignment => return Err(Problem::NotFound),
        Refused::NotByHand => return Err(Problem::Conflict("people-not-by-hand")),
        Refused::Store(error) => return Err(error.into()),
    }
    Ok(errors)
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndForm {
    #[serde(default)]
    last_day: String,
}

/// `POST /people/{id}/roles/{given}/end`.
pub async fn end_role(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    path: Path<(i64, i64)>,
    form: Form<EndForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, (id, assignment), form) = (may.who, path.into_inner(), form.0);
    changeable(&store, &actor, id, policy::assigns).await?;
    let mut errors = Errors::default();
    if let Some(last_day) = day(&mut errors, "last_day", &form.last_day) {
        end(store, id, assignment, last_day, actor.id, clock::now()).await?;
        return Ok(done(&format!("/people/{id}"), "people-role-ended"));
    }
    let typed = Typed { ending: Some(assignment), last_day: form.last_day, ..Typed::default() };
    let body = person_page(actor, &chrome, store, shelf, id, typed, errors).await?;
    Ok(invalid(&chrome.titled(&body.name), "people/person", &body))
}

async fn end(
    store: Data<Store>,
    person: i64,
    assignment: i64,
    last_day: NaiveDate,
    by: i64,
    now: NaiveDateTime,
) -> Result<(), Problem> {
    let ended = blocking(move || {
        let held = store.read(|conn| assignments::store::find(conn, assignment))?;
        if held.is_none_or(|held| held.person != person) {
            return Err(Refused::NoSuchAssignment);
        }
        organisation::end_by_hand(&store, assignment, last_day, Some(by), now)
    });
    match ended.await {
        Ok(()) => Ok(()),
        Err(refused) => Err(match role_errors(refused) {
            Ok(errors) => Problem::Invalid(errors),
            Err(problem) => problem,
        }),
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HatForm {
    hat: String,
    worn: bool,
}

/// `POST /people/{id}/hats`.
pub async fn change_hat(
    may: May<Administrator>,
    store: Data<Store>,
    id: Path<i64>,
    form: Form<HatForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, form) = (may.who, *id, form.0);
    let subject = changeable(&store, &actor, id, policy::gives_hats).await?;
    let now = clock::now();
    match blocking(move || accounts::change_hat(&store, &actor, &subject, &form.hat, form.worn, now)).await {
        Ok(()) => Ok(done(&format!("/people/{id}"), "people-hat-changed")),
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(Refusal::LastAdministrator) => Err(Problem::Conflict("people-last-administrator")),
        Err(Refusal::NotAllowed) => Err(Problem::Forbidden),
        Err(_) => Err(Problem::BadRequest),
    }
}

/// The person, when the actor may see and change them: hidden ones do not exist, visible ones are forbidden.
async fn changeable(
    store: &Data<Store>,
    actor: &Actor,
    id: i64,
    may: fn(&Actor, &Subject) -> bool,
) -> Result<Subject, Problem> {
    let (store, asking) = (store.clone(), actor.clone());
    let found = blocking(move || store.read(|conn| one::visible(conn, &asking, id))).await?;
    let (_, subject) = found.ok_or(Problem::NotFound)?;
    if may(actor, &subject) { Ok(subject) } else { Err(Problem::Forbidden) }
}
