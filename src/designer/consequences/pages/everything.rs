//! All figures of a draft: what matters most beside the matrix, and the page with everything.

use actix_web::HttpResponse;
use serde::Serialize;

use super::{Asking, Case, Counted, Kit};
use crate::accounts::policy::Developer;
use crate::curriculum::model::Language;
use crate::designer::consequences::view::{self, GroupRow, Line, Panel};
use crate::designer::drafts::pages::{Bar, here};
use crate::store::Error;
use crate::web::{May, Problem, fragment, page};
use crate::words::text;

/// The part of the matrix page that says what happens.
#[derive(Serialize)]
pub struct Beside {
    /// None when the draft has errors that leave no answer.
    pub consequences: Option<Panel>,
    /// The page with everything, when everybody has yet to be read: the script asks for the answer.
    pub counting: Option<String>,
}

/// What stands beside the matrix when its page is opened, which does not wait until everybody has been read.
///
/// # Errors
/// When the database cannot be read.
pub fn beside(kit: &Kit, draft: i64, by: i64, language: Language) -> Result<Option<Beside>, Error> {
    if !kit.is_prepared()? {
        let counting = Some(format!("{}/consequences", here(draft)));
        return Ok(Some(Beside { consequences: None, counting }));
    }
    let Some(case) = Case::read(kit, draft, by, "")? else { return Ok(None) };
    Ok(Some(Beside { consequences: most(&case, kit, language)?, counting: None }))
}

/// What matters most; none when the draft has errors that leave no answer.
fn most(case: &Case, kit: &Kit, language: Language) -> Result<Option<Panel>, Error> {
    let Some((impact, courses, units)) = case.figures(kit)? else { return Ok(None) };
    Ok(Some(view::panel(language, &impact, &courses, &case.spot(), &case.names(&units))))
}

/// `GET /designer/drafts/{draft}/consequences/panel`: what the matrix shows again after a change.
pub async fn panel(may: May<Developer>, asking: Asking) -> Result<HttpResponse, Problem> {
    let language = asking.chrome.language;
    let beside = asking
        .told(&may, move |case, kit| Ok(Some(Beside { consequences: most(case, kit, language)?, counting: None })))
        .await?;
    let html = fragment(language, "designer/beside", &beside).map_err(Problem::internal)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}

/// The page with everything.
#[derive(Serialize)]
struct Everything {
    bar: Bar,
    /// The published version's number.
    version: String,
    /// The draft has errors that leave no answer.
    unsound: bool,
    figures: Vec<Line>,
    /// Everybody who works here today or later.
    people: u32,
    unproved: u32,
    tabs: Vec<Tab>,
    by: String,
    rows: Vec<GroupRow>,
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
pub async fn everything(may: May<Developer>, asking: Asking) -> Result<HttpResponse, Problem> {
    let language = asking.chrome.language;
    let body = asking.told(&may, move |case, kit| Ok(Some(whole(language, case, case.figures(kit)?)))).await?;
    Ok(page(&asking.chrome.named("consequences-title").wide(), "designer/consequences", &body))
}

const GROUPINGS: [&str; 5] = ["units", "titles", "roles", "modules", "weeks"];

fn whole(language: Language, case: &Case, figures: Option<Counted>) -> Everything {
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
        unsound: figures.is_none(),
        figures: Vec::new(),
        people: 0,
        unproved: 0,
        tabs: GROUPINGS.iter().map(|of| tab(of)).collect(),
        by: by.to_owned(),
        rows: Vec::new(),
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
        body.figures = view::headline(language, &impact, &courses, &case.spot());
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
