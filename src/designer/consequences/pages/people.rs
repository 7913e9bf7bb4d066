//! The people behind a number, and what happens to one of them.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Serialize;

use super::{Asking, Case, Kit};
use crate::accounts::policy::Developer;
use crate::curriculum::model::Language;
use crate::designer::consequences::address::{address, figure_of, group_of};
use crate::designer::consequences::group::Named;
use crate::designer::consequences::service::Unanswered;
use crate::designer::consequences::twice::{Twice, twice};
use crate::designer::consequences::view;
use crate::designer::drafts::pages::Bar;
use crate::engine::impact::{Figure, Page, Slice};
use crate::engine::model::{Budget, Facts};
use crate::engine::path;
use crate::learning::explain::Telling;
use crate::learning::store::facts;
use crate::learning::view::{PathView, view as path_view};
use crate::organisation::{Person, store as organisation};
use crate::store::Error;
use crate::versions::published::Published;
use crate::web::{May, Problem, page};
use crate::words::text;

/// People on one page of a list.
const PER_PAGE: usize = 50;

/// The people behind a number.
#[derive(Serialize)]
struct Behind {
    bar: Bar,
    title: String,
    back: String,
    /// The draft has errors that leave no answer.
    unsound: bool,
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
pub async fn people(may: May<Developer>, asking: Asking) -> Result<HttpResponse, Problem> {
    let language = asking.chrome.language;
    let body = asking.told(&may, move |case, kit| behind(kit, case, language)).await?;
    Ok(page(&asking.chrome.titled(&body.title), "designer/behind", &body))
}

fn behind(kit: &Kit, case: &Case, language: Language) -> Result<Option<Behind>, Error> {
    let (figure, group) =
        (figure_of(case.terms.asked("figure")), group_of(case.terms.asked("by"), case.terms.asked("id")));
    let Some((figure, group)) = figure.zip(group) else { return Ok(None) };
    let number = case.terms.asked("page").parse::<usize>().unwrap_or(1).max(1);
    let units = kit.store.read(organisation::tree)?;
    let slice = Slice { figure, group: group.group(&units) };
    let wanted = Page { from: (number - 1) * PER_PAGE, limit: PER_PAGE };
    let listed = match case.question().people(&kit.store, &kit.regions, &slice, wanted) {
        Ok(listed) => listed,
        Err(Unanswered::Unsound(_)) => return Ok(Some(Behind::unsound(case, language))),
        Err(Unanswered::Store(error)) => return Err(error),
    };
    let found = kit.store.read(|conn| organisation::people_by_id(conn, &listed.people))?;
    let one = |person: Person| One {
        href: case.terms.on(&format!("{}/consequences/people/{}", case.here, person.id)),
        unit: person.unit.and_then(|unit| units.unit(unit)).map(|unit| unit.name.clone()).unwrap_or_default(),
        title: person.title_text,
        name: person.name,
    };
    let name = case.names(&units).whole_name(language, &group);
    let pages = listed.total.div_ceil(PER_PAGE).max(1);
    let other = |page: usize| (1..=pages).contains(&page).then(|| with_page(case, figure, &group, page));
    Ok(Some(Behind {
        bar: case.loaded.bar(language, "consequences"),
        title: view::list_title(language, figure, &slice.group, listed.total, &name),
        back: case.terms.on(&format!("{}/consequences", case.here)),
        unsound: false,
        people: found.into_iter().map(one).collect(),
        page: number,
        pages,
        previous: other(number - 1),
        next: other(number + 1),
    }))
}

impl Behind {
    fn unsound(case: &Case, language: Language) -> Behind {
        Behind {
            bar: case.loaded.bar(language, "consequences"),
            title: text(language, "consequences-title", &[]),
            back: case.terms.on(&format!("{}/consequences", case.here)),
            unsound: true,
            people: Vec::new(),
            page: 1,
            pages: 1,
            previous: None,
            next: None,
        }
    }
}

fn with_page(case: &Case, figure: Figure, group: &Named, page: usize) -> String {
    format!("{}&page={page}", address(&case.spot(), figure, group))
}

/// One person's path before and after.
#[derive(Serialize)]
struct OnePerson {
    bar: Bar,
    title: String,
    back: String,
    version: String,
    revision: i64,
    /// None when the draft has errors that leave no answer.
    twice: Option<Twice>,
}

/// `GET /designer/drafts/{draft}/consequences/people/{person}`.
pub async fn person(may: May<Developer>, asking: Asking, place: Path<(i64, i64)>) -> Result<HttpResponse, Problem> {
    let (language, (_, person)) = (asking.chrome.language, place.into_inner());
    let body = asking.told(&may, move |case, kit| one(kit, case, person, language)).await?;
    Ok(page(&asking.chrome.titled(&body.title), "designer/one", &body))
}

fn one(kit: &Kit, case: &Case, person: i64, language: Language) -> Result<Option<OnePerson>, Error> {
    let found = kit.store.read(|conn| {
        let person = organisation::person(conn, person)?;
        let facts = facts(conn, person.as_ref().map_or(0, |person| person.id), case.loaded.today)?;
        Ok::<_, Error>(person.zip(facts))
    })?;
    Ok(found.map(|(person, facts)| OnePerson {
        bar: case.loaded.bar(language, "consequences"),
        title: person.name.clone(),
        back: case.terms.on(&format!("{}/consequences", case.here)),
        version: case.published.number.clone(),
        revision: case.loaded.open.revision,
        twice: both(case, &facts, language, Some(&person.name)),
    }))
}

/// The path of `facts` under the published version and under the draft, were it published today on the terms asked
/// for; none when the draft has errors that leave no answer.
pub(super) fn both(case: &Case, facts: &Facts, language: Language, about: Option<&str>) -> Option<Twice> {
    let (today, question) = (case.loaded.today, case.question());
    let draft = text(language, "consequences-the-draft", &[]);
    let next = case.published.next(draft, question.draft, question.transition, today).ok()?;
    let told = |version: &Published| -> PathView {
        let curriculum = &version.curriculum;
        let telling = Telling { curriculum, published: Some(version), language, today, about };
        path_view(&telling, &path(&version.compiled, facts, today, &Budget::default()))
    };
    Some(twice(language, &told(&case.published), &told(&next), today))
}
