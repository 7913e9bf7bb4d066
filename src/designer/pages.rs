//! The curriculum as everybody sees it.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use serde_json::json;

use super::pictures::{Choice, MODULES, Pictures};
use crate::accounts::policy::SignedIn;
use crate::clock;
use crate::curriculum::model::Language;
use crate::curriculum::picture::{Line, class};
use crate::store::{Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::versions::store as rows;
use crate::web::{Chrome, May, Problem, Svg, page};
use crate::words;

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
        Some(body) => page(&chrome.named("nav-curriculum").wide(), "designer/curriculum", &body),
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
