//! Everything of a draft that is not a cell: lists of entries, their forms, new ones, copies, and removal with its reach.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use serde_json::Value;

use super::list::Nothing;
use super::{Bar, Loaded, here, load, problem};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::Kind;
use crate::curriculum::edit::Found;
use crate::curriculum::model::{Curriculum, Language};
use crate::designer::drafts::desk::{Desk, Sheet};
use crate::designer::drafts::expression::looks_like_an_id;
use crate::designer::drafts::forms::{Field, Maker, Posted, Wrongs, ids, kind_of, label, place_errors};
use crate::designer::drafts::problems::{Spot, name, sentence, spot, title};
use crate::designer::drafts::service::{self, Ask, Conflict, Refused};
use crate::designer::drafts::{entries as values, store as rows};
use crate::designer::matrix::Key;
use crate::store::{Error, Store, blocking};
use crate::web::{Chrome, Form, May, Problem, done, page, page_as};
use crate::words;

#[derive(Serialize)]
struct ListPage {
    bar: Bar,
    section: &'static str,
    /// The section as addresses name it.
    code: String,
    here: String,
    rows: Vec<Row>,
    /// Another page of the same part: areas lead to legs and to what the curriculum is.
    beside: Vec<(String, &'static str)>,
}

#[derive(Serialize)]
struct Row {
    href: String,
    copy: String,
    code: String,
    title: String,
    id: String,
    about: String,
    wrong: Option<String>,
}

#[derive(Serialize)]
struct EntryPage {
    bar: Bar,
    section: &'static str,
    list: String,
    title: String,
    action: String,
    revision: i64,
    /// Only for a new entry.
    id: Option<Field>,
    fields: Vec<Field>,
    /// Errors, each with the field that it is about.
    summary: Vec<(String, String)>,
    /// Problems of the entry as it is saved that no field shows.
    general: Vec<String>,
    conflict: Option<String>,
    remove: Option<String>,
    copy: Option<String>,
    /// Where it is named, with the address of that.
    uses: Vec<(String, String)>,
    /// A dose's modules are changed in the matrix.
    matrix: Option<String>,
}

#[derive(Serialize)]
struct RemovePage {
    bar: Bar,
    section: &'static str,
    title: String,
    action: String,
    back: String,
    /// What hangs on it among people, in sentences with their numbers.
    reach: Vec<String>,
    uses: Vec<(String, String)>,
    revision: i64,
}

/// `GET /designer/drafts/{draft}/edit/{section}`.
pub async fn entries(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    path: Path<(i64, String)>,
) -> Result<HttpResponse, Problem> {
    let (draft, section) = path.into_inner();
    let kind = kind_of(&section).ok_or(Problem::NotFound)?;
    let loaded = load(&store, &desk, draft, may.who.id).await?;
    let language = chrome.language;
    let sheet = &loaded.open.sheet;
    let row = |id: &&str| row(language, sheet, kind, id, &here(draft));
    let edit = |section: &str| format!("{}/edit/{section}", here(draft));
    let beside = match kind {
        Kind::Area => {
            vec![(edit("legs"), section_name(language, "legs")), (edit("about/about"), section_name(language, "about"))]
        }
        Kind::Leg => vec![(edit("areas"), section_name(language, "areas"))],
        _ => Vec::new(),
    };
    let body = ListPage {
        bar: loaded.bar(language, tab(&section)),
        section: section_name(language, &section),
        here: here(draft),
        rows: ids(&sheet.curriculum, kind).iter().map(row).collect(),
        beside,
        code: section,
    };
    Ok(page(&chrome.titled(body.section).wide(), "designer/entries", &body))
}

/// `GET /designer/drafts/{draft}/edit/{section}/{id}`.
pub async fn edit(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    path: Path<(i64, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (draft, section, id) = path.into_inner();
    let loaded = load(&store, &desk, draft, may.who.id).await?;
    let sheet = &loaded.open.sheet;
    let value = values::value(&sheet.curriculum, &section, &id).ok_or(Problem::NotFound)?;
    let shown = Shown { language: chrome.language, loaded: &loaded, section: &section, id: &id };
    let body = shown.page(&value, errors_at(chrome.language, sheet, &section, &id));
    Ok(page(&chrome.titled(&body.title).wide(), "designer/entry", &body))
}

/// `GET /designer/drafts/{draft}/new/{section}`; `from` is an entry to copy.
pub async fn new(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    path: Path<(i64, String)>,
) -> Result<HttpResponse, Problem> {
    let (draft, section) = path.into_inner();
    let kind = kind_of(&section).ok_or(Problem::NotFound)?;
    let loaded = load(&store, &desk, draft, may.who.id).await?;
    let curriculum = &loaded.open.sheet.curriculum;
    let from = url::form_urlencoded::parse(req.query_string().as_bytes()).find(|(name, _)| name == "from");
    let (value, id) = match from {
        Some((_, from)) => {
            let mut value = values::value(curriculum, &section, &from).ok_or(Problem::NotFound)?;
            if kind == Kind::Module {
                value["adapted_from"] = format!("{from} {}", loaded.draft.base_number).into();
            }
            // A title's names and codes are its own: two titles cannot have the same.
            for field in ["names", "codes"] {
                if value.get(field).is_some() {
                    value[field] = Value::Array(Vec::new());
                }
            }
            (value, free_id(curriculum, kind, &from))
        }
        None => (values::empty(kind), String::new()),
    };
    let shown = Shown { language: chrome.language, loaded: &loaded, section: &section, id: "" };
    let body = shown.new_page(&value, &id, Vec::new());
    Ok(page(&chrome.titled(&body.title).wide(), "designer/entry", &body))
}

/// `POST /designer/drafts/{draft}/new/{section}`.
pub async fn put(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    path: Path<(i64, String)>,
    form: Form<Posted>,
) -> Result<HttpResponse, Problem> {
    let (draft, section) = path.into_inner();
    let kind = kind_of(&section).ok_or(Problem::NotFound)?;
    let (mut posted, revision) = taken(form.0)?;
    let id = posted.remove("id").and_then(|mut ids| ids.pop()).unwrap_or_default().trim().to_owned();
    let language = chrome.language;
    let loaded = load(&store, &desk, draft, may.who.id).await?;
    let curriculum = &loaded.open.sheet.curriculum;
    let maker = Maker { language, curriculum };
    let (mine, mut wrongs) = maker.read(&section, &posted, &Value::Null).map_err(|_| Problem::BadRequest)?;
    let wrong = |key| words::text(language, key, &[]);
    if !looks_like_an_id(&id) {
        wrongs.insert("id".into(), wrong("drafts-id-wrong"));
    } else if ids(curriculum, kind).contains(&id.as_str()) {
        wrongs.insert("id".into(), wrong("drafts-id-taken"));
    }
    let shown = Shown { language, loaded: &loaded, section: &section, id: "" };
    if !wrongs.is_empty() {
        return Ok(shown.again(chrome, &mine, Some(&id), wrongs, &posted));
    }
    let ask = Ask { draft, by: may.who.id, now: clock::now(), seen: revision };
    let outcome = {
        let (store, desk, section, id, mine) = (store.clone(), desk.clone(), section.clone(), id.clone(), mine.clone());
        blocking(move || {
            service::change(&store, &desk, &ask, |now, seen| Some(vec![values::put(now, seen, &section, &id, &mine)?]))
        })
        .await
    };
    match outcome {
        Ok(_) => Ok(done(&format!("{}/edit/{section}/{id}", here(draft)), "drafts-entry-saved")),
        Err(Refused::Unwritable(sheet)) => {
            let told = unwritable(language, &sheet, &section, &id);
            Ok(shown.again(chrome, &mine, Some(&id), told, &posted))
        }
        Err(refused) => Err(problem(refused)),
    }
}

/// `POST /designer/drafts/{draft}/edit/{section}/{id}`.
pub async fn save(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    path: Path<(i64, String, String)>,
    form: Form<Posted>,
) -> Result<HttpResponse, Problem> {
    let (draft, section, id) = path.into_inner();
    let (posted, revision) = taken(form.0)?;
    let language = chrome.language;
    let loaded = load(&store, &desk, draft, may.who.id).await?;
    let curriculum = &loaded.open.sheet.curriculum;
    let now = values::value(curriculum, &section, &id).ok_or(Problem::Conflict("drafts-missing"))?;
    let maker = Maker { language, curriculum };
    let (mine, wrongs) = maker.read(&section, &posted, &now).map_err(|_| Problem::BadRequest)?;
    let shown = Shown { language, loaded: &loaded, section: &section, id: &id };
    if !wrongs.is_empty() {
        return Ok(shown.again(chrome, &mine, None, wrongs, &posted));
    }
    let ask = Ask { draft, by: may.who.id, now: clock::now(), seen: revision };
    let outcome = {
        let (store, desk, section, id, mine) = (store.clone(), desk.clone(), section.clone(), id.clone(), mine.clone());
        blocking(move || {
            service::change(&store, &desk, &ask, |now, seen| Some(vec![values::put(now, seen, &section, &id, &mine)?]))
        })
        .await
    };
    match outcome {
        Ok(_) => Ok(done(&format!("{}/edit/{section}/{id}", here(draft)), "drafts-entry-saved")),
        Err(Refused::Unwritable(sheet)) => {
            let told = unwritable(language, &sheet, &section, &id);
            Ok(shown.again(chrome, &mine, None, told, &posted))
        }
        Err(Refused::Conflict(conflict)) => {
            let loaded = load(&store, &desk, draft, may.who.id).await?;
            let open = loaded.open.clone();
            let seen = blocking(move || store.read(|conn| service::at(conn, &open, revision))).await?;
            let shown = Shown { language, loaded: &loaded, section: &section, id: &id };
            Ok(shown.conflict(chrome, &seen, &mine, &conflict))
        }
        Err(refused) => Err(problem(refused)),
    }
}

/// `GET /designer/drafts/{draft}/remove/{section}/{id}`: what hangs on it, before anything is done.
pub async fn confirm(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    path: Path<(i64, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (draft, section, id) = path.into_inner();
    let kind = kind_of(&section).ok_or(Problem::NotFound)?;
    let loaded = load(&store, &desk, draft, may.who.id).await?;
    let language = chrome.language;
    let sheet = &loaded.open.sheet;
    let title = title(&sheet.curriculum, &section, &id).ok_or(Problem::NotFound)?.of(language).to_owned();
    let reach = reach(language, &store, &desk, &loaded, kind, &id).await?;
    let body = RemovePage {
        bar: loaded.bar(language, tab(&section)),
        section: section_name(language, &section),
        action: format!("{}/remove/{section}/{id}", here(draft)),
        back: format!("{}/edit/{section}/{id}", here(draft)),
        uses: uses(language, sheet, kind, &id, &here(draft)),
        revision: loaded.open.revision,
        title,
        reach,
    };
    Ok(page(&chrome.named("drafts-remove"), "designer/remove", &body))
}

/// `POST /designer/drafts/{draft}/remove/{section}/{id}`.
pub async fn remove(
    may: May<Developer>,
    store: Data<Store>,
    desk: Data<Desk>,
    path: Path<(i64, String, String)>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (draft, section, id) = path.into_inner();
    let ask = Ask { draft, by: may.who.id, now: clock::now(), seen: i64::MAX };
    let list = format!("{}/edit/{section}", here(draft));
    blocking(move || service::change(&store, &desk, &ask, |now, _| values::remove(now, &section, &id)))
        .await
        .map_err(problem)?;
    Ok(done(&list, "drafts-removed"))
}

/// The fields of a form, and the revision that it was made from.
fn taken(mut posted: Posted) -> Result<(Posted, i64), Problem> {
    let revision = posted.remove("revision").and_then(|mut values| values.pop());
    Ok((posted, revision.and_then(|revision| revision.parse().ok()).ok_or(Problem::BadRequest)?))
}

/// An entry that is shown.
struct Shown<'a> {
    language: Language,
    loaded: &'a Loaded,
    section: &'a str,
    /// Empty for a new one.
    id: &'a str,
}

impl Shown<'_> {
    fn page(&self, value: &Value, errors: Vec<(String, String)>) -> EntryPage {
        let (language, sheet) = (self.language, &self.loaded.open.sheet);
        let maker = Maker { language, curriculum: &sheet.curriculum };
        let mut fields = maker.fields(self.section, value);
        let general = place_errors(&mut fields, errors);
        let here = here(self.loaded.draft.id);
        let address = |verb: &str| format!("{here}/{verb}/{}/{}", self.section, self.id);
        let kind = kind_of(self.section);
        let title =
            title(&sheet.curriculum, self.section, self.id).map(|title| title.of(language).replace('\u{ad}', ""));
        EntryPage {
            bar: self.loaded.bar(language, tab(self.section)),
            section: section_name(language, self.section),
            list: if kind.is_some() { format!("{here}/edit/{}", self.section) } else { format!("{here}/edit/areas") },
            title: title.unwrap_or_else(|| self.id.to_owned()),
            action: address("edit"),
            revision: self.loaded.open.revision,
            id: None,
            summary: summary(&fields),
            fields,
            general,
            conflict: None,
            remove: kind.map(|_| address("remove")),
            copy: kind.map(|_| format!("{here}/new/{}?from={}", self.section, self.id)),
            uses: kind.map(|kind| uses(language, sheet, kind, self.id, &here)).unwrap_or_default(),
            matrix: (kind == Some(Kind::Dose)).then(|| here.clone()),
        }
    }

    fn new_page(&self, value: &Value, id: &str, errors: Vec<(String, String)>) -> EntryPage {
        let mut page = self.page(value, Vec::new());
        let label = label(self.language, "id").unwrap_or_default().to_owned();
        let hint = words::plain(self.language, "drafts-hint-id").map(str::to_owned);
        let id = Field { name: "id".into(), label, hint, control: "text", value: id.to_owned(), ..Field::default() };
        let mut all = vec![id];
        all.append(&mut page.fields);
        page.general = place_errors(&mut all, errors);
        page.summary = summary(&all);
        page.id = Some(all.remove(0));
        page.fields = all;
        page.title = words::text(self.language, "drafts-new-entry", &[("section", page.section.to_lowercase().into())]);
        page.action = format!("{}/new/{}", here(self.loaded.draft.id), self.section);
        (page.remove, page.copy, page.matrix) = (None, None, None);
        page.uses = Vec::new();
        page
    }

    /// The form with what was typed and what is wrong with it.
    fn again(&self, chrome: Chrome, mine: &Value, new: Option<&str>, wrongs: Wrongs, posted: &Posted) -> HttpResponse {
        let errors: Vec<(String, String)> = wrongs.into_iter().collect();
        let mut body = match new {
            Some(id) => self.new_page(mine, id, errors),
            None => self.page(mine, errors),
        };
        retype(&mut body.fields, posted);
        let title = words::text(self.language, "web-error-in-title", &[("title", body.title.as_str().into())]);
        page_as(StatusCode::UNPROCESSABLE_ENTITY, &chrome.titled(title).wide(), "designer/entry", &body)
    }

    /// The form with what was typed over what somebody else has saved, and what they wrote where both did.
    fn conflict(&self, chrome: Chrome, seen: &Curriculum, mine: &Value, conflict: &Conflict) -> HttpResponse {
        let now = values::value(&self.loaded.open.sheet.curriculum, self.section, self.id).unwrap_or_default();
        let seen = values::value(seen, self.section, self.id).unwrap_or_default();
        let mut body = self.page(&values::merged(&seen, mine, &now), Vec::new());
        let field = conflict.place.splitn(3, '.').nth(if self.section == "about" { 1 } else { 2 }).unwrap_or_default();
        if let Some(field) = body.fields.iter_mut().find(|other| other.name == field) {
            field.theirs = Some(match &conflict.found {
                Found::Field(text) => text.clone(),
                _ => String::new(),
            });
        }
        let by = conflict.by.clone().unwrap_or_default();
        let at = conflict.at.map(|at| words::at(self.language, at, self.loaded.today)).unwrap_or_default();
        let field = label(self.language, field).unwrap_or(field).to_lowercase();
        let args = [("by", by.into()), ("at", at.into()), ("field", field.into())];
        body.conflict = Some(words::text(self.language, "drafts-entry-conflict", &args));
        page_as(StatusCode::CONFLICT, &chrome.titled(&body.title).wide(), "designer/entry", &body)
    }
}

/// What could not be read as a value is shown as it was typed.
fn retype(fields: &mut [Field], posted: &Posted) {
    for field in fields {
        if !field.errors.is_empty()
            && let Some(typed) = posted.get(&field.name).and_then(|values| values.first())
        {
            field.value = typed.clone();
        }
        retype(&mut field.parts, posted);
    }
}

fn summary(fields: &[Field]) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for field in fields {
        lines.extend(
            field.errors.iter().map(|error| (format!("#f-{}", field.name), format!("{}: {error}", field.label))),
        );
        lines.extend(summary(&field.parts));
    }
    lines
}

/// The problems of an entry, by field.
fn errors_at(language: Language, sheet: &Sheet, section: &str, id: &str) -> Vec<(String, String)> {
    let own = |spot: &Spot| spot.section == section && (spot.id == id || section == "about");
    let spots = sheet.problems.iter().filter_map(|problem| Some((spot(sheet, problem).filter(own)?, problem)));
    spots.map(|(spot, problem)| (spot.field, told(language, problem))).collect()
}

/// The rule for people, and the very words of `check`, which name what it is about.
fn told(language: Language, problem: &crate::curriculum::Problem) -> String {
    format!("{} ({})", sentence(language, problem.code), problem.message)
}

/// What keeps an entry from being written: at its fields, or in general when it has no place there.
fn unwritable(language: Language, sheet: &Sheet, section: &str, id: &str) -> Wrongs {
    let mut wrongs: Wrongs = errors_at(language, sheet, section, id).into_iter().collect();
    if wrongs.is_empty() {
        let told = sheet.problems.iter().map(|problem| told(language, problem));
        wrongs.insert(String::new(), told.collect::<Vec<_>>().join(" "));
    }
    wrongs
}

fn row(language: Language, sheet: &Sheet, kind: Kind, id: &str, here: &str) -> Row {
    let curriculum = &sheet.curriculum;
    let section = kind.section();
    let count = errors_at(language, sheet, section, id).len();
    let module = curriculum.modules.iter().find(|(other, _)| kind == Kind::Module && other == id);
    let about = match (kind, module) {
        (_, Some((_, module))) => format!("{} h", words::number(language, module.hours)),
        (Kind::Title, _) => curriculum
            .titles
            .get(id)
            .and_then(|title| curriculum.groups.get(&title.group))
            .map_or_else(String::new, |group| group.title.of(language).to_owned()),
        _ => String::new(),
    };
    Row {
        href: format!("{here}/edit/{section}/{id}"),
        copy: format!("{here}/new/{section}?from={id}"),
        code: module.and_then(|_| curriculum.codes().get(id).cloned()).unwrap_or_default(),
        title: title(curriculum, section, id).map_or(id, |title| title.of(language)).replace('\u{ad}', ""),
        id: id.to_owned(),
        about,
        wrong: (count > 0).then(|| words::text(language, "drafts-problems-here", &[("count", count.into())])),
    }
}

/// Where an entry is named: what names it, and the address of that.
fn uses(language: Language, sheet: &Sheet, kind: Kind, id: &str, here: &str) -> Vec<(String, String)> {
    let mut uses = Vec::new();
    for reference in sheet.places.references.iter().filter(|used| used.kind == kind && used.name == id) {
        let Some(path) = sheet.places.path_at(&reference.place.file, reference.place.span) else { continue };
        let Some(spot) = Spot::of(path) else { continue };
        let entry = if spot.id.is_empty() { "about" } else { &spot.id };
        let used = (name(language, &sheet.curriculum, &spot), format!("{here}/edit/{}/{entry}", spot.section));
        if !uses.contains(&used) {
            uses.push(used);
        }
    }
    uses
}

/// What hangs on an entry among people.
async fn reach(
    language: Language,
    store: &Data<Store>,
    desk: &Data<Desk>,
    loaded: &Loaded,
    kind: Kind,
    id: &str,
) -> Result<Vec<String>, Problem> {
    let (store, desk, now, today, module) = (store.clone(), desk.clone(), clock::now(), loaded.today, id.to_owned());
    let (holders, booked) = blocking(move || {
        store.read(|conn| {
            let booked = if kind == Kind::Module { rows::booked(conn, &module, now)? } else { 0 };
            Ok::<_, Error>((desk.holders(conn, today)?, booked))
        })
    })
    .await?;
    let said = |key, people: i64| words::text(language, key, &[("people", people.into())]);
    let held = |key: Key| i64::from(holders.of(&key));
    let matrix = &loaded.open.sheet.matrix;
    Ok(match kind {
        Kind::Title => vec![said("drafts-reach-title", held(Key::Title(id.to_owned())))],
        Kind::Role => vec![said("drafts-reach-role", held(Key::Role(id.to_owned())))],
        Kind::Group => {
            let within = loaded.open.sheet.curriculum.titles.iter().filter(|(_, title)| title.group == id);
            let people = within.map(|(title, _)| held(Key::Title(title.clone()))).sum();
            vec![said("drafts-reach-group", people)]
        }
        Kind::Module => {
            let asked = matrix.row_of(id).map_or(0, |row| i64::from(matrix.rows[row].people));
            vec![said("drafts-reach-module", asked), said("drafts-reach-booked", booked)]
        }
        Kind::Dose => {
            let whose = |column: &&crate::designer::matrix::Column| column.dose.as_deref() == Some(id);
            let people = matrix.columns.iter().filter(whose).map(|column| held(column.key.clone())).sum();
            vec![said("drafts-reach-dose", people)]
        }
        _ => Vec::new(),
    })
}

fn free_id(curriculum: &Curriculum, kind: Kind, from: &str) -> String {
    let taken = ids(curriculum, kind);
    let mut wanted = (2..).map(|number| format!("{from}-{number}"));
    wanted.find(|id| !taken.contains(&id.as_str())).unwrap_or_default()
}

/// The tab under which a section's pages stand.
fn tab(section: &str) -> &'static str {
    match section {
        "modules" => "modules",
        "doses" => "doses",
        "roles" => "roles",
        "titles" => "titles",
        "groups" => "groups",
        "programmes" => "programmes",
        _ => "areas",
    }
}

/// What a section is called.
pub fn section_name(language: Language, section: &str) -> &'static str {
    let key = match section {
        "modules" => "drafts-section-modules",
        "doses" => "drafts-section-doses",
        "roles" => "drafts-section-roles",
        "titles" => "drafts-section-titles",
        "groups" => "drafts-section-groups",
        "programmes" => "drafts-section-programmes",
        "areas" => "drafts-section-areas",
        "legs" => "drafts-section-legs",
        _ => "drafts-section-about",
    };
    words::plain(language, key).unwrap_or(key)
}
