//! The curriculum as everybody sees it, and the first steps of an empty installation.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::builtin;
use super::pictures::{Choice, MODULES, Pictures};
use super::published::{Published, Shelf};
use super::service::{self, Unpublishable};
use super::store as rows;
use crate::accounts::policy::{Developer, SignedIn, Staff};
use crate::clock;
use crate::config::Mail;
use crate::curriculum::model::Language;
use crate::curriculum::picture::{Line, class};
use crate::store::{Error, Store, blocking};
use crate::web::{Chrome, Form, May, Problem, Svg, done, page};
use crate::words;
use crate::{organisation, programme};

#[derive(Serialize)]
struct CurriculumPage {
    name: String,
    purpose: String,
    /// "Version 2026.1, publicerad 3 mars".
    version: String,
    /// "30 moduler, 108,5 timmar".
    size: String,
    filtered: bool,
    roles: Vec<Tick>,
    titles: Vec<Tick>,
    picture: Svg,
    areas: Vec<AreaTable>,
}

/// A box to tick.
#[derive(Serialize)]
struct Tick {
    id: String,
    title: String,
    checked: bool,
}

#[derive(Serialize)]
struct AreaTable {
    class: &'static str,
    letter: String,
    title: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    code: String,
    title: String,
    href: String,
    hours: String,
    needs: String,
    leads_to: String,
}

/// `GET /curriculum`; `role` and `title` may be given several times.
pub async fn curriculum(
    _may: May<SignedIn>,
    req: HttpRequest,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    pictures: Data<Pictures>,
) -> Result<HttpResponse, Problem> {
    let (choice, language) = (choice(req.query_string()), chrome.language);
    let body = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok::<_, Error>(None) };
        let at = store.read(|conn| rows::published_at(conn, published.id))?;
        let drawn = pictures.of(&published, language, choice.clone());
        let mut body = whole(&published, language, &choice, &drawn.lines);
        let day = at.map(|at| words::date(language, clock::day_of(at), clock::today())).unwrap_or_default();
        let args = [("number", published.number.as_str().into()), ("day", day.into())];
        body.version = words::text(language, "designer-version", &args);
        body.picture = Svg(drawn.svg.clone());
        Ok(Some(body))
    });
    Ok(match body.await? {
        Some(body) => page(&chrome.named("nav-curriculum"), "designer/curriculum", &body),
        None => page(&chrome.named("learning-not-ready"), "learning/waiting", &json!({})),
    })
}

fn choice(query: &str) -> Choice {
    let mut choice = Choice::default();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "role" => choice.roles.push(value.into_owned()),
            "title" => choice.titles.push(value.into_owned()),
            _ => {}
        }
    }
    choice
}

/// Everything but the version's line and the picture.
fn whole(published: &Published, language: Language, choice: &Choice, lines: &[Line]) -> CurriculumPage {
    let curriculum = &published.curriculum;
    let tick = |id: &String, title: &str, chosen: &[String]| Tick {
        id: id.clone(),
        title: title.to_owned(),
        checked: chosen.contains(id),
    };
    let mut roles: Vec<_> = curriculum.roles.iter().collect();
    roles.sort_by_key(|(_, role)| role.order);
    let roles: Vec<Tick> =
        roles.into_iter().map(|(id, role)| tick(id, role.title.of(language), &choice.roles)).collect();
    let titles = curriculum.titles.iter().map(|(id, title)| tick(id, title.title.of(language), &choice.titles));
    let mut titles: Vec<Tick> = titles.collect();
    titles.sort_by_cached_key(|title| words::sort_key(&title.title));
    let hours: f64 = lines.iter().map(|line| line.hours).sum();
    CurriculumPage {
        name: curriculum.about.name.of(language).to_owned(),
        purpose: curriculum.about.purpose.of(language).to_owned(),
        version: String::new(),
        size: words::text(language, "designer-size", &[("count", lines.len().into()), ("hours", hours.into())]),
        filtered: roles.iter().chain(&titles).any(|tick| tick.checked),
        roles,
        titles,
        picture: Svg(String::new()),
        areas: tables(published, language, lines),
    }
}

fn tables(published: &Published, language: Language, lines: &[Line]) -> Vec<AreaTable> {
    let mut areas: Vec<_> = published.curriculum.areas.iter().collect();
    areas.sort_by_key(|(id, area)| (area.order, id.as_str()));
    let table = |(id, area): (&String, &crate::curriculum::model::Area)| {
        let within = published.curriculum.modules.iter().filter(|(_, module)| module.area == *id);
        let rows = within.filter_map(|(id, _)| lines.iter().find(|line| line.id == *id));
        let rows: Vec<Row> = rows.map(|line| row(language, line)).collect();
        let title = area.title.of(language).to_owned();
        (!rows.is_empty()).then(|| AreaTable { class: class(area.colour), letter: area.letter.clone(), title, rows })
    };
    areas.into_iter().filter_map(table).collect()
}

fn row(language: Language, line: &Line) -> Row {
    Row {
        code: line.code.clone(),
        title: line.title.clone(),
        href: format!("{MODULES}{}", line.id),
        hours: words::number(language, line.hours),
        needs: line.needs.clone(),
        leads_to: line.leads_to.join(", "),
    }
}

// ---- the first steps ----

#[derive(Serialize)]
struct StartPage {
    ready: bool,
    can_publish: bool,
    steps: Vec<Step>,
}

/// One thing to do before the installation is of use.
#[derive(Serialize)]
struct Step {
    /// `is-done`, `is-now` or `is-later`.
    class: &'static str,
    title: &'static str,
    text: &'static str,
    /// What to type on the server.
    command: Option<&'static str>,
    href: Option<&'static str>,
    link: Option<&'static str>,
    /// Offers the button that publishes.
    publish: bool,
}

/// `GET /start`.
pub async fn start(
    may: May<Staff>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    mail: Data<Mail>,
) -> Result<HttpResponse, Problem> {
    let smtp = mail.smtp.is_some();
    let done = blocking(move || {
        let published = shelf.current(&store)?.is_some();
        store.read(|conn| {
            let units = organisation::store::any_unit(conn)?;
            let people = organisation::store::any_in_unit(conn)?;
            let editions = !programme::store::editions(conn)?.is_empty();
            Ok::<_, Error>([published, units, people, editions, smtp])
        })
    });
    let done = done.await?;
    let body = StartPage {
        ready: done[..4].iter().all(|done| *done),
        can_publish: may.who.hats.developer,
        steps: steps(done),
    };
    Ok(page(&chrome.named("designer-start"), "designer/start", &body))
}

fn steps(done: [bool; 5]) -> Vec<Step> {
    let step = |title, text| Step { class: "", title, text, command: None, href: None, link: None, publish: false };
    let mut steps = vec![
        Step {
            command: Some("varjedag publish curricula/varjedag"),
            href: Some("/curriculum"),
            link: Some("designer-see-curriculum"),
            publish: !done[0],
            ..step("designer-step-publish", "designer-step-publish-how")
        },
        Step {
            command: Some("varjedag import units units.csv --apply"),
            ..step("designer-step-units", "designer-step-units-how")
        },
        Step {
            command: Some("varjedag import people people.csv --apply"),
            href: Some("/people"),
            link: Some("designer-see-people"),
            ..step("designer-step-people", "designer-step-people-how")
        },
        Step {
            href: Some("/editions/new"),
            link: Some("designer-new-edition"),
            ..step("designer-step-edition", "designer-step-edition-how")
        },
        Step {
            command: Some("VARJEDAG_SMTP_HOST=smtp.exempel.se varjedag serve"),
            href: Some("/mail"),
            link: Some("designer-see-mail"),
            ..step("designer-step-mail", "designer-step-mail-how")
        },
    ];
    let now = done.iter().position(|done| !done);
    for (at, step) in steps.iter_mut().enumerate() {
        step.class = match done[at] {
            true => "is-done",
            false if now == Some(at) => "is-now",
            false => "is-later",
        };
    }
    steps
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// `POST /start/publish`: the curriculum that comes with the program becomes the current version.
pub async fn publish(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let outcome = blocking(move || {
        let outcome = service::publish(&store, &builtin::sources(), "", clock::now(), Some(may.who.id));
        shelf.forget();
        outcome
    });
    match outcome.await {
        Ok(_) => Ok(done("/start", "designer-published")),
        Err(Unpublishable::Store(error)) => Err(error.into()),
        Err(unsound) => Err(Problem::internal(unsound)),
    }
}
