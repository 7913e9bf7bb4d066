//! Pages of what a draft does to everybody, and to one person. The developers' alone.

pub mod publish;

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::accounts::policy::Developer;
use crate::clock;
use crate::config::Planning;
use crate::curriculum::model::{Curriculum, Language};
use crate::designer::consequences::address::{Spot, figure_of, group_of};
use crate::designer::consequences::group::{Grouping, Named};
use crate::designer::consequences::region::Regions;
use crate::designer::consequences::service::{Question, Unanswered, courses, unit_names};
use crate::designer::consequences::terms::Terms;
use crate::designer::consequences::twice::{Twice, twice};
use crate::designer::consequences::view::{self, GroupRow, Line, Panel};
use crate::designer::drafts::desk::Desk;
use crate::designer::drafts::pages::{Bar, Loaded, here, read};
use crate::engine::impact::{Courses, Impact, Page, Slice};
use crate::engine::model::{Achievement, Assignment, Budget, Facts, Holding, Source};
use crate::engine::path;
use crate::learning::explain::Telling;
use crate::learning::store::facts;
use crate::learning::view::{PathView, view as path_view};
use crate::organisation::store as organisation;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, May, Problem, fragment, page, redirect};
use crate::words::{self, text};

/// People on one page of a list.
const PER_PAGE: usize = 50;

/// What the handlers work with.
#[derive(Clone)]
pub struct Kit {
    pub store: Store,
    pub desk: Desk,
    pub shelf: Shelf,
    pub regions: Regions,
    pub planning: Planning,
    /// Somebody else must have approved a draft before it is published.
    pub second_reader: bool,
}

/// A draft beside the published version, and the terms it is looked at under.
pub(super) struct Case {
    pub loaded: Loaded,
    pub published: Arc<Published>,
    pub terms: Terms,
    pub here: String,
}

impl Case {
    pub fn read(kit: &Kit, draft: i64, by: i64, query: &str) -> Result<Option<Case>, Error> {
        let Some(published) = kit.shelf.current(&kit.store)? else { return Ok(None) };
        let Some(loaded) = read(&kit.store, &kit.desk, draft, by, clock::now())? else { return Ok(None) };
        Ok(Some(Case { loaded, published, terms: Terms::of(query, &kit.planning), here: here(draft) }))
    }

    pub fn draft(&self) -> &Curriculum {
        &self.loaded.open.sheet.curriculum
    }

    fn question(&self) -> Question<'_> {
        Question {
            published: &self.published,
            draft: self.draft(),
            transition: &self.terms.transition,
            today: self.loaded.today,
        }
    }

    pub fn spot(&self) -> Spot<'_> {
        Spot { here: &self.here, terms: &self.terms }
    }

    fn names<'a>(&'a self, units: &'a BTreeMap<i64, String>) -> Grouping<'a> {
        Grouping { draft: self.draft(), published: &self.published.curriculum, units }
    }

    /// All figures; none when the draft has errors that leave no answer.
    pub fn figures(&self, kit: &Kit) -> Result<Option<(Impact, Courses, BTreeMap<i64, String>)>, Error> {
        let (courses, units) = kit.store.read(|conn| {
            let courses = courses(conn, &self.terms.planning, self.draft(), self.loaded.today)?;
            Ok::<_, Error>((courses, unit_names(conn)?))
        })?;
        match self.question().figures(&kit.store, &kit.regions, &courses) {
            Ok(impact) => Ok(Some((impact, courses, units))),
            Err(Unanswered::Unsound(_)) => Ok(None),
            Err(Unanswered::Store(error)) => Err(error),
        }
    }
}

/// What stands beside the matrix; none when the draft has errors that leave no answer.
///
/// # Errors
/// When the database cannot be read.
pub fn beside(kit: &Kit, draft: i64, by: i64, query: &str, language: Language) -> Result<Option<Panel>, Error> {
    let Some(case) = Case::read(kit, draft, by, query)? else { return Ok(None) };
    let Some((impact, courses, units)) = case.figures(kit)? else { return Ok(None) };
    Ok(Some(view::panel(language, &impact, &courses, &case.spot(), &case.names(&units))))
}

/// The part of the matrix page that says what happens.
#[derive(Serialize)]
pub struct Beside {
    /// None when the draft has errors that leave no answer.
    pub consequences: Option<Panel>,
}

/// `GET /designer/drafts/{draft}/consequences/panel`: what the matrix shows again after a change.
pub async fn panel(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    kit: Data<Kit>,
    draft: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let (language, draft, by) = (chrome.language, draft.into_inner(), may.who.id);
    let query = req.query_string().to_owned();
    let consequences = blocking(move || beside(&kit, draft, by, &query, language)).await?;
    let html = fragment(language, "designer/beside", &Beside { consequences }).map_err(|_| Problem::NotFound)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

/// The page with everything.
#[derive(Serialize)]
struct Everything {
    bar: Bar,
    /// The published version's number.
    version: String,
    /// None when the draft has errors that leave no answer.
    figures: Option<Vec<Line>>,
    /// Everybody who works here today or later.
    people: u32,
    unproved: u32,
    tabs: Vec<Tab>,
    by: String,
    rows: Vec<GroupRow>,
    of_modules: bool,
    who: &'static str,
    grace: u32,
    planning: Asked,
}

#[derive(Serialize)]
struct Asked {
    participants: u32,
    hour: i64,
    day: i64,
}

#[derive(Serialize)]
struct Tab {
    href: String,
    label: String,
    current: bool,
}

/// `GET /designer/drafts/{draft}/consequences`.
pub async fn everything(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    kit: Data<Kit>,
    draft: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let (language, draft, by) = (chrome.language, draft.into_inner(), may.who.id);
    let query = req.query_string().to_owned();
    let body = blocking(move || {
        let Some(case) = Case::read(&kit, draft, by, &query)? else { return Ok::<_, Error>(None) };
        let figures = case.figures(&kit)?;
        Ok(Some(whole(language, &case, figures)))
    });
    let body = body.await?.ok_or(Problem::NotFound)?;
    Ok(page(&chrome.named("consequences-title").wide(), "designer/consequences", &body))
}

const GROUPINGS: [&str; 5] = ["units", "titles", "roles", "modules", "weeks"];

fn whole(language: Language, case: &Case, figures: Option<(Impact, Courses, BTreeMap<i64, String>)>) -> Everything {
    let by = GROUPINGS.into_iter().find(|by| *by == case.terms.asked("by")).unwrap_or("units");
    let tab = |of: &str| Tab {
        href: case.terms.on(&format!("{}/consequences?by={of}", case.here)),
        label: grouping(language, of),
        current: of == by,
    };
    let planning = &case.terms.planning;
    let mut body = Everything {
        bar: case.loaded.bar(language, "consequences"),
        version: case.published.number.clone(),
        figures: None,
        people: 0,
        unproved: 0,
        tabs: GROUPINGS.iter().map(|of| tab(of)).collect(),
        by: by.to_owned(),
        rows: Vec::new(),
        of_modules: by == "modules",
        who: case.terms.who(),
        grace: case.terms.transition.grace_days,
        planning: Asked {
            participants: planning.participants,
            hour: planning.hour_price,
            day: planning.course_day_price,
        },
    };
    if let Some((impact, courses, units)) = figures {
        let names = case.names(&units);
        body.figures = Some(view::headline(language, &impact, &courses, &case.spot()));
        body.rows = view::rows(language, &impact, by, &case.spot(), &names);
        (body.people, body.unproved) = (impact.people, impact.unproved);
    }
    body
}

fn grouping(language: Language, by: &str) -> String {
    let key = match by {
        "titles" => "consequences-by-title",
        "roles" => "consequences-by-role",
        "modules" => "consequences-by-module",
        "weeks" => "consequences-by-week",
        _ => "consequences-by-unit",
    };
    text(language, key, &[])
}

/// The people behind a number.
#[derive(Serialize)]
struct Behind {
    bar: Bar,
    title: String,
    back: String,
    people: Vec<One>,
    page: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
}

#[derive(Serialize)]
struct One {
    name: String,
    title: String,
    unit: String,
    href: String,
}

/// `GET /designer/drafts/{draft}/consequences/people?figure=…&by=…&id=…`.
pub async fn people(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    kit: Data<Kit>,
    draft: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let (language, draft, by) = (chrome.language, draft.into_inner(), may.who.id);
    let query = req.query_string().to_owned();
    let body = blocking(move || behind(&kit, draft, by, &query, language)).await?.ok_or(Problem::NotFound)?;
    Ok(page(&chrome.titled(&body.title), "designer/behind", &body))
}

fn behind(kit: &Kit, draft: i64, by: i64, query: &str, language: Language) -> Result<Option<Behind>, Error> {
    let Some(case) = Case::read(kit, draft, by, query)? else { return Ok(None) };
    let (figure, group) =
        (figure_of(case.terms.asked("figure")), group_of(case.terms.asked("by"), case.terms.asked("id")));
    let Some((figure, group)) = figure.zip(group) else { return Ok(None) };
    let number = case.terms.asked("page").parse::<usize>().unwrap_or(1).max(1);
    let slice = Slice { figure, group: group.group() };
    let wanted = Page { from: (number - 1) * PER_PAGE, limit: PER_PAGE };
    let listed = match case.question().people(&kit.store, &kit.regions, &slice, wanted) {
        Ok(listed) => listed,
        Err(Unanswered::Unsound(_)) => return Ok(None),
        Err(Unanswered::Store(error)) => return Err(error),
    };
    let (found, units) = kit
        .store
        .read(|conn| Ok::<_, Error>((organisation::people_by_id(conn, &listed.people)?, unit_names(conn)?)))?;
    let one = |person: crate::organisation::Person| One {
        href: case.terms.on(&format!("{}/consequences/people/{}", case.here, person.id)),
        unit: person.unit.and_then(|unit| units.get(&unit).cloned()).unwrap_or_default(),
        title: person.title_text,
        name: person.name,
    };
    let name = case.names(&units).name(language, &group);
    let pages = listed.total.div_ceil(PER_PAGE).max(1);
    let other = |page: usize| (1..=pages).contains(&page).then(|| with_page(&case, figure, &group, page));
    Ok(Some(Behind {
        bar: case.loaded.bar(language, "consequences"),
        title: view::list_title(language, figure, &slice.group, listed.total, &name),
        back: case.terms.on(&format!("{}/consequences", case.here)),
        people: found.into_iter().map(one).collect(),
        page: number,
        pages,
        previous: other(number - 1),
        next: other(number + 1),
    }))
}

fn with_page(case: &Case, figure: crate::engine::impact::Figure, group: &Named, page: usize) -> String {
    format!("{}&page={page}", crate::designer::consequences::address::address(&case.spot(), figure, group))
}

/// One person's path before and after.
#[derive(Serialize)]
struct OnePerson {
    bar: Bar,
    title: String,
    back: String,
    version: String,
    /// None when the draft has errors that leave no answer.
    twice: Option<Twice>,
}

/// `GET /designer/drafts/{draft}/consequences/people/{person}`.
pub async fn person(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    kit: Data<Kit>,
    place: Path<(i64, i64)>,
) -> Result<HttpResponse, Problem> {
    let (language, (draft, person), by) = (chrome.language, place.into_inner(), may.who.id);
    let query = req.query_string().to_owned();
    let body = blocking(move || {
        let Some(case) = Case::read(&kit, draft, by, &query)? else { return Ok::<_, Error>(None) };
        let today = case.loaded.today;
        let found = kit.store.read(|conn| {
            let person = organisation::person(conn, person)?;
            let facts = facts(conn, person.as_ref().map_or(0, |person| person.id), today)?;
            Ok::<_, Error>(person.zip(facts))
        })?;
        let Some((person, facts)) = found else { return Ok(None) };
        Ok(Some(OnePerson {
            bar: case.loaded.bar(language, "consequences"),
            title: person.name.clone(),
            back: case.terms.on(&format!("{}/consequences", case.here)),
            version: case.published.number.clone(),
            twice: both(&case, &facts, language, Some(&person.name)),
        }))
    });
    let body = body.await?.ok_or(Problem::NotFound)?;
    Ok(page(&chrome.titled(&body.title), "designer/one", &body))
}

/// The path of `facts` under the published version and under the draft.
fn both(case: &Case, facts: &Facts, language: Language, about: Option<&str>) -> Option<Twice> {
    let (after, today) = (case.question().after().ok()?, case.loaded.today);
    let before = path(&case.published.compiled, facts, today, &Budget::default());
    let telling =
        Telling { curriculum: &case.published.curriculum, published: Some(&case.published), language, today, about };
    let before: PathView = path_view(&telling, &before);
    let telling = Telling { curriculum: case.draft(), published: None, ..telling };
    let after = path_view(&telling, &path(&after, facts, today, &Budget::default()));
    Some(twice(language, &before, &after, today))
}

/// A made-up person.
#[derive(Serialize)]
struct Trial {
    bar: Bar,
    version: String,
    titles: Vec<Pick>,
    roles: Vec<Pick>,
    modules: Vec<Pick>,
    since: String,
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
pub async fn trial(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    kit: Data<Kit>,
    draft: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let (language, draft, by) = (chrome.language, draft.into_inner(), may.who.id);
    let query = req.query_string().to_owned();
    let body = blocking(move || {
        let Some(case) = Case::read(&kit, draft, by, &query)? else { return Ok::<_, Error>(None) };
        let asked = case.terms.asked("person").trim().to_owned();
        let real = match asked.is_empty() {
            true => None,
            false => kit.store.read(|conn| real_person(conn, &asked))?,
        };
        Ok(Some(match real {
            Some(person) => Err(case.terms.on(&format!("{}/consequences/people/{person}", case.here))),
            None => Ok(tried(&case, &query, asked, language)),
        }))
    });
    match body.await?.ok_or(Problem::NotFound)? {
        Ok(body) => Ok(page(&chrome.named("consequences-try"), "designer/try", &body)),
        Err(somebody) => Ok(redirect(&somebody)),
    }
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
    let tried = !query.is_empty() && person.is_empty();
    let mut errors = Errors::default();
    if !person.is_empty() {
        errors.add("person", "consequences-no-such-person");
    }
    Trial {
        bar: case.loaded.bar(language, "try"),
        version: case.published.number.clone(),
        since: words::date_iso(since),
        errors,
        person,
        tried,
        twice: both(case, &facts, language, Some(&text(language, "consequences-somebody", &[]))).filter(|_| tried),
        titles,
        roles,
        modules,
    }
}

/// Somebody who holds what is chosen since a day and achieved the modules the day before yesterday.
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
