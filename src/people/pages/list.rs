//! The list of people, and the titles nobody knows.

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::accounts::policy::{self, Actor, Leads, Staff};
use crate::clock;
use crate::curriculum::model::Language;
use crate::organisation::titles::Unmapped;
use crate::organisation::{Person, Tree, Unit};
use crate::people::list::{self, Found, Looking, PER_PAGE};
use crate::store::{Error, Store, blocking};
use crate::team::matrix::Member;
use crate::team::service::members;
use crate::team::view::Reader;
use crate::versions::published::Shelf;
use crate::web::{Choice, Chrome, May, Pages, Problem, page};
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
    #[serde(flatten)]
    pages: Pages,
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
pub async fn show(
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
            let told = |at| reader.as_ref().zip(members.get(at)).filter(|_| !looking.left);
            let people = found.rows.iter().enumerate();
            let rows = people.map(|(at, person)| row(person, &found, told(at), language, today)).collect();
            Ok::<_, Error>(asked.page(&actor, &looking, &found, rows, language))
        })
    });
    Ok(page(&chrome.named("people-title-all").wide(), "people/list", &body.await?))
}

/// One person, with how far they have come when that can be told.
fn row(person: &Person, found: &Found, told: Option<(&Reader, &Member)>, language: Language, today: NaiveDate) -> Row {
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

    /// The address of a page of a tab, for the same words and unit. Pages count from 1.
    fn href(&self, status: &str, page: i64) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let fields = [("q", self.q.as_str()), ("unit", &self.unit), ("status", status)];
        query.extend_pairs(fields.into_iter().filter(|(_, value)| !value.is_empty()));
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        format!("/people?{}", query.finish())
    }

    fn page(&self, actor: &Actor, looking: &Looking, found: &Found, rows: Vec<Row>, language: Language) -> ListPage {
        let total = if looking.left { found.left } else { found.working };
        let pages = Pages::count(total, PER_PAGE);
        let tab = |status, name, count, current| Tab { href: self.href(status, 1), name, count, current };
        ListPage {
            q: self.q.clone(),
            unit: self.unit.clone(),
            status: if looking.left { "left".into() } else { String::new() },
            units: units(actor, &found.tree),
            found: words::text(language, "web-results", &[("count", total.into())]),
            tabs: vec![
                tab("", "people-working", found.working, !looking.left),
                tab("left", "people-left", found.left, looking.left),
            ],
            rows,
            pages: Pages::new(looking.page + 1, pages, |page| self.href(&self.status, page)),
            staff: policy::sees_everyone(actor),
        }
    }
}

/// The units to choose from.
fn units(actor: &Actor, tree: &Tree) -> Vec<Choice> {
    let roots = if policy::sees_everyone(actor) { tree.roots() } else { tree.managed(actor.id) };
    let units = tree.below(roots);
    if units.len() > MOST_CHOICES {
        return Vec::new();
    }
    let choice = |unit: &Unit| Choice { value: unit.id.to_string(), label: unit.name.clone() };
    units.iter().filter_map(|unit| tree.unit(*unit)).map(choice).collect()
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
        let row = |local: Unmapped| UnmappedRow {
            text: local.text,
            code: local.code,
            people: local.people,
            perhaps: local.did_you_mean.and_then(title),
        };
        Ok(titles.into_iter().map(row).collect())
    });
    Ok(page(&chrome.named("people-unmapped"), "people/unmapped", &UnmappedPage { rows: rows.await? }))
}
