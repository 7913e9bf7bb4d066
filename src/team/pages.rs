//! The team's pages: a manager's own people, a unit's people, a filtered list of either, and the file.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Path, Query};
use serde::{Deserialize, Serialize};

use super::coverage::coverage;
use super::matrix::{Matrix, Wanted};
use super::service::{self, Team};
use super::view::{Covered, Line, Reader, Table, wanted_label};
use super::{MOST_PEOPLE, sheet};
use crate::accounts::policy::{Actor, Leads};
use crate::clock;
use crate::organisation::{Reach, UnitId};
use crate::store::{Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Choice, Chrome, May, Pages, Problem, page};
use crate::words;

/// What a reader asks to see; an empty field is none.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// `direct` for only the direct ones.
    #[serde(default)]
    show: String,
    /// A module's id.
    #[serde(default)]
    module: String,
    /// A person's id.
    #[serde(default)]
    person: String,
    /// A code of [`Wanted`].
    #[serde(default)]
    state: String,
    /// Of the list, 1 first.
    #[serde(default)]
    page: String,
}

/// Lines on one page of a list: two hundred people can lack twelve thousand pieces.
const LINES_ON_A_PAGE: usize = 200;

pub async fn own(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Problem> {
    show(may.who, chrome, store, shelf, None, asked.0).await
}

pub async fn unit(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    unit: Path<UnitId>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Problem> {
    show(may.who, chrome, store, shelf, Some(unit.into_inner()), asked.0).await
}

pub async fn own_sheet(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Problem> {
    file(may.who, chrome, store, shelf, None, asked.0).await
}

pub async fn unit_sheet(
    may: May<Leads>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    unit: Path<UnitId>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Problem> {
    file(may.who, chrome, store, shelf, Some(unit.into_inner()), asked.0).await
}

async fn show(
    actor: Actor,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    unit: Option<UnitId>,
    asked: Asked,
) -> Result<HttpResponse, Problem> {
    let Some((published, team)) = load(actor, store, shelf, unit, asked.reach()).await? else {
        return Ok(page(&chrome.named("team-title"), "team/unpublished", &()));
    };
    let reader = Reader { language: chrome.language, published: &published, today: clock::today() };
    let body = TeamPage::new(&reader, &team, &asked)?;
    Ok(page(&chrome.titled(&body.title).wide(), "team/team", &body))
}

async fn file(
    actor: Actor,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    unit: Option<UnitId>,
    asked: Asked,
) -> Result<HttpResponse, Problem> {
    let (published, team) = load(actor, store, shelf, unit, asked.reach()).await?.ok_or(Problem::NotFound)?;
    let today = clock::today();
    let reader = Reader { language: chrome.language, published: &published, today };
    let members = team.members.as_deref().ok_or(Problem::TooLarge)?;
    let body = sheet::sheet(&reader, &Matrix::new(&published, members));
    let name = format!("attachment; filename=\"team-{}.csv\"", words::date_iso(today));
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(body))
}

type Loaded = Option<(std::sync::Arc<Published>, Team)>;

/// `None` before any curriculum is published; not found when the unit is not the actor's to see.
async fn load(
    actor: Actor,
    store: Data<Store>,
    shelf: Data<Shelf>,
    unit: Option<UnitId>,
    reach: Reach,
) -> Result<Loaded, Problem> {
    let found = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok(None) };
        let today = clock::today();
        let team = store.read(|conn| match unit {
            None => service::own(conn, &published, &actor, reach, today).map(Some),
            Some(unit) => service::of_unit(conn, &published, &actor, unit, reach, today),
        })?;
        Ok::<_, crate::store::Error>(Some((published, team)))
    });
    match found.await? {
        None => Ok(None),
        Some((_, None)) => Err(Problem::NotFound),
        Some((published, Some(team))) => Ok(Some((published, team))),
    }
}

impl Asked {
    fn reach(&self) -> Reach {
        if self.show == "direct" { Reach::Direct } else { Reach::Everyone }
    }

    /// Anything beyond the whole matrix.
    fn filters(&self) -> bool {
        !(self.module.is_empty() && self.person.is_empty() && self.state.is_empty())
    }

    /// The address of another page of the same list.
    fn list_page(&self, path: &str, page: i64) -> String {
        let page = page.to_string();
        let asked = [
            ("show", &self.show),
            ("module", &self.module),
            ("person", &self.person),
            ("state", &self.state),
            ("page", &page),
        ];
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(asked.into_iter().filter(|(_, value)| !value.is_empty()));
        format!("{path}?{}", query.finish())
    }
}

#[derive(Serialize)]
struct TeamPage {
    title: String,
    as_of: String,
    /// The way down to the unit; empty for a manager's own people.
    above: Vec<Link>,
    units: Vec<Link>,
    /// Its units are a manager's own, told beside the day; else they are listed.
    own: bool,
    file: Option<String>,
    coverage: Vec<Covered>,
    reaches: Vec<Reached>,
    /// Begins every link to a filtered list.
    base: String,
    direct: bool,
    /// Why there is no matrix: the key of a message.
    empty: Option<&'static str>,
    too_many: Option<String>,
    filter: Option<Filter>,
    table: Option<Table>,
    list: Option<List>,
}

#[derive(Serialize)]
struct Link {
    href: String,
    text: String,
}

#[derive(Serialize)]
struct Reached {
    href: String,
    text: String,
    current: bool,
}

#[derive(Serialize)]
struct Filter {
    action: String,
    module: String,
    modules: Vec<Choice>,
    state: String,
    states: Vec<Choice>,
}

/// A filtered list: its title says how many there are.
#[derive(Serialize)]
struct List {
    title: String,
    whole: String,
    lines: Vec<Line>,
    #[serde(flatten)]
    pages: Pages,
}

impl TeamPage {
    fn new(reader: &Reader, team: &Team, asked: &Asked) -> Result<TeamPage, Problem> {
        let path = team.unit.as_ref().map_or("/team".to_owned(), |unit| format!("/team/{}", unit.id));
        let direct = asked.reach() == Reach::Direct;
        let own = reader.say("team-title", &[]);
        let day = words::date_long(reader.language, reader.today, reader.today);
        let mut body = TeamPage {
            title: team.unit.as_ref().map_or(own, |unit| unit.name.clone()),
            as_of: reader.say("team-as-of", &[("day", day.into())]),
            above: links(&team.above),
            units: links(&team.units),
            own: team.unit.is_none() && team.everyone > 0,
            file: None,
            coverage: Vec::new(),
            reaches: reaches(reader, team, &path, direct),
            base: if direct { format!("{path}?show=direct&") } else { format!("{path}?") },
            direct,
            empty: None,
            too_many: None,
            filter: None,
            table: None,
            list: None,
        };
        match team.members.as_deref() {
            None => body.too_many = Some(reader.say("team-too-many", &[("most", MOST_PEOPLE.into())])),
            Some([]) => body.empty = Some(nobody(team)),
            Some(members) => {
                let matrix = Matrix::new(reader.published, members);
                body.coverage = coverage(reader.published, members).iter().map(|c| reader.covered(c)).collect();
                body.file = Some(if direct { format!("{path}.csv?show=direct") } else { format!("{path}.csv") });
                body.filter = Some(filter(reader, &matrix, asked, &path));
                match asked.filters() {
                    true => body.list = Some(list(reader, &matrix, asked, &path)?),
                    false => body.table = Some(reader.table(&matrix)),
                }
            }
        }
        Ok(body)
    }
}

fn nobody(team: &Team) -> &'static str {
    if team.unit.is_none() && team.everyone == 0 { "team-nobody-below" } else { "team-nobody-here" }
}

fn links(units: &[crate::organisation::Unit]) -> Vec<Link> {
    units.iter().map(|unit| Link { href: format!("/team/{}", unit.id), text: unit.name.clone() }).collect()
}

/// Everyone or the direct ones; nothing to choose when they are the same.
fn reaches(reader: &Reader, team: &Team, path: &str, direct: bool) -> Vec<Reached> {
    if team.direct == team.everyone {
        return Vec::new();
    }
    let (everyone, directly) = match team.unit {
        None => ("team-everyone", "team-direct"),
        Some(_) => ("team-whole-unit", "team-only-unit"),
    };
    let reached =
        |key, count: usize, href, current| Reached { href, text: reader.say(key, &[("count", count.into())]), current };
    vec![
        reached(everyone, team.everyone, path.to_owned(), !direct),
        reached(directly, team.direct, format!("{path}?show=direct"), direct),
    ]
}

fn filter(reader: &Reader, matrix: &Matrix, asked: &Asked, path: &str) -> Filter {
    let module = |ix: &crate::engine::model::ModuleIx| Choice {
        value: reader.published.id_of(*ix).to_owned(),
        label: format!("{} {}", reader.published.code(*ix), reader.published.module(*ix).title.of(reader.language)),
    };
    let state = |(code, wanted): &(&str, Wanted)| Choice {
        value: (*code).to_owned(),
        label: reader.say(wanted_label(*wanted), &[]),
    };
    Filter {
        action: path.to_owned(),
        module: asked.module.clone(),
        modules: matrix.columns.iter().map(module).collect(),
        state: asked.state.clone(),
        states: Wanted::ALL.iter().map(state).collect(),
    }
}

/// What `asked` asks for; not found when it names what this team does not have.
fn list(reader: &Reader, matrix: &Matrix, asked: &Asked, path: &str) -> Result<List, Problem> {
    let wanted = match asked.state.as_str() {
        "" => Wanted::Act,
        code => Wanted::of(code).ok_or(Problem::NotFound)?,
    };
    let module = match asked.module.as_str() {
        "" => None,
        id => Some(reader.published.compiled.index(id).ok_or(Problem::NotFound)?),
    };
    let person = match asked.person.as_str() {
        "" => None,
        id => {
            let member = matrix.members.iter().find(|member| member.id.to_string() == id);
            Some(member.ok_or(Problem::NotFound)?)
        }
    };
    let entries = matrix.entries(wanted, module, person.map(|member| member.id));
    let what = reader.say(wanted_label(wanted), &[]);
    let of = module
        .map(|ix| format!("{} {}", reader.published.code(ix), reader.published.module(ix).title.of(reader.language)));
    let whom = person.map(|member| member.name.clone());
    let about: Vec<String> = of.into_iter().chain(whom).collect();
    let title = match about.is_empty() {
        true => format!("{what} ({})", entries.len()),
        false => format!("{what}: {} ({})", about.join(", "), entries.len()),
    };
    let whole = if asked.reach() == Reach::Direct { format!("{path}?show=direct") } else { path.to_owned() };
    let pages = Pages::count(entries.len() as i64, LINES_ON_A_PAGE as i64);
    let page = asked.page.parse().unwrap_or(1).clamp(1, pages);
    let shown = entries.chunks(LINES_ON_A_PAGE).nth(page as usize - 1).unwrap_or_default();
    Ok(List {
        title,
        whole,
        lines: reader.lines(matrix, shown),
        pages: Pages::new(page, pages, |page| asked.list_page(path, page)),
    })
}
