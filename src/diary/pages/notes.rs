//! Own notes and reflections: written, changed, removed and taken along by their owner, and seen by nobody else.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Data, Path, Query};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::accounts::policy::SignedIn;
use crate::clock;
use crate::curriculum::model::Language;
use crate::diary::store::notes::{self as rows, Note};
use crate::occasions::store as occasions;
use crate::store::{Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Nothing, Problem, done, invalid, page};
use crate::words;

/// Letters in one note, at most.
const LONGEST: usize = 8_000;
/// Notes of one person, at most.
const MOST: i64 = 2_000;

#[derive(Serialize)]
struct NotesPage {
    notes: Vec<Line>,
    /// The module that the page is about, when it is about one.
    about: Option<About>,
    /// The day of the occasion that a new note is about.
    day: String,
    module: String,
    occasion: Option<i64>,
    body: String,
    errors: Errors,
}

#[derive(Serialize)]
struct About {
    title: String,
}

#[derive(Serialize)]
struct Line {
    id: i64,
    iso: String,
    day: String,
    /// The module's title; empty when it is about none.
    title: String,
    module: String,
    occasion: Option<i64>,
    paragraphs: Vec<String>,
}

fn title(published: Option<&Published>, module: &str, language: Language) -> String {
    published.map_or(module, |published| published.title_of_id(module, language)).to_owned()
}

fn line(published: Option<&Published>, note: Note, language: Language, today: NaiveDate) -> Line {
    Line {
        id: note.id,
        iso: words::date_iso(note.day),
        day: words::date(language, note.day, today),
        title: title(published, &note.module, language),
        module: note.module,
        occasion: note.occasion,
        paragraphs: note.body.lines().map(str::to_owned).collect(),
    }
}

/// Which notes, and what a new one is about.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    module: String,
    occasion: Option<i64>,
}

impl Which {
    fn address(&self) -> String {
        match self.occasion {
            Some(occasion) => format!("/me/notes?occasion={occasion}"),
            None if self.module.is_empty() => "/me/notes".to_owned(),
            None => format!("/me/notes?module={}", self.module),
        }
    }
}

/// `GET /me/notes`; with `?module=` or `?occasion=` those about one module, and a form for one more.
pub async fn list(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    which: Query<Which>,
) -> Result<HttpResponse, Problem> {
    let body = notes_page(may.who.id, chrome.language, store, shelf, which.into_inner()).await?;
    Ok(page(&chrome.named("diary-notes"), "diary/notes", &body))
}

async fn notes_page(
    person: i64,
    language: Language,
    store: Data<Store>,
    shelf: Data<Shelf>,
    which: Which,
) -> Result<NotesPage, Problem> {
    let read = blocking(move || {
        let published = shelf.current(&store)?;
        let (notes, occasion) = store.read(|conn| {
            let occasion = match which.occasion {
                Some(id) => Some(occasions::occasion(conn, id)?.ok_or(Problem::NotFound)?),
                None => None,
            };
            // A note about an occasion is one about its module.
            let module = occasion.as_ref().map_or(&which.module, |occasion| &occasion.module);
            let notes = rows::notes_of(conn, person, Some(module.as_str()).filter(|module| !module.is_empty()))?;
            Ok::<_, Problem>((notes, occasion))
        })?;
        let module = occasion.as_ref().map_or(which.module, |occasion| occasion.module.clone());
        Ok::<_, Problem>((published, notes, occasion, Which { module, occasion: which.occasion }))
    });
    let (published, notes, occasion, which) = read.await?;
    let (published, today) = (published.as_deref(), clock::today());
    let known = published.is_some_and(|published| published.module_by_id(&which.module).is_some());
    if !which.module.is_empty() && !known && notes.is_empty() {
        return Err(Problem::NotFound);
    }
    let about = (!which.module.is_empty()).then(|| About { title: title(published, &which.module, language) });
    Ok(NotesPage {
        notes: notes.into_iter().map(|note| line(published, note, language, today)).collect(),
        about,
        day: occasion
            .map(|occasion| words::date_long(language, clock::day_of(occasion.starts_at), today))
            .unwrap_or_default(),
        module: which.module,
        occasion: which.occasion,
        body: String::new(),
        errors: Errors::default(),
    })
}

/// A note as it is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoteForm {
    module: String,
    occasion: Option<i64>,
    body: String,
    /// The note as it was when the form was shown.
    revision: i64,
}

fn checked(form: &NoteForm) -> (String, Errors) {
    let text: String =
        form.body.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
    let text = text.trim().to_owned();
    let mut errors = Errors::default();
    errors.require("body", &text, "diary-note-missing");
    if text.chars().count() > LONGEST {
        errors.add("body", "diary-note-long");
    }
    (text, errors)
}

/// `POST /me/notes`.
pub async fn write(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Form<NoteForm>,
) -> Result<HttpResponse, Problem> {
    let (person, form) = (may.who.id, form.0);
    let (text, mut errors) = checked(&form);
    let which = Which { module: form.module.clone(), occasion: form.occasion };
    if errors.is_empty() {
        let (shared, module, occasion) = (store.clone(), form.module.clone(), form.occasion);
        let known = shelf.clone();
        let written = blocking(move || {
            let published = known.current(&shared)?;
            shared.write(|conn| {
                let knows = published.as_ref().is_some_and(|published| published.module_by_id(&module).is_some());
                let there = match occasion {
                    Some(id) => occasions::occasion(conn, id)?.is_some(),
                    None => true,
                };
                if !(module.is_empty() || knows) || !there {
                    return Ok::<_, Error>(None);
                }
                if rows::count_notes(conn, person)? >= MOST {
                    return Ok(Some(false));
                }
                rows::insert_note(conn, person, &module, occasion, &text, clock::now())?;
                Ok(Some(true))
            })
        });
        match written.await?.ok_or(Problem::NotFound)? {
            true => return Ok(done(&which.address(), "diary-note-saved")),
            false => errors.add("body", "diary-notes-many"),
        }
    }
    let body = notes_page(person, chrome.language, store, shelf, which).await?;
    let body = NotesPage { body: form.body, errors, ..body };
    Ok(invalid(&chrome.named("diary-notes"), "diary/notes", &body))
}

#[derive(Serialize)]
struct NotePage {
    id: i64,
    revision: i64,
    day: String,
    title: String,
    body: String,
    errors: Errors,
    /// What it says now, when it was changed in another window.
    other: Option<Vec<String>>,
}

/// `GET /me/notes/{note}`.
pub async fn edit(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    note: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let (body, _) = note_page(may.who.id, chrome.language, store, shelf, *note).await?;
    Ok(page(&chrome.named("diary-note"), "diary/note", &body))
}

async fn note_page(
    person: i64,
    language: Language,
    store: Data<Store>,
    shelf: Data<Shelf>,
    note: i64,
) -> Result<(NotePage, Note), Problem> {
    let read = blocking(move || {
        let published = shelf.current(&store)?;
        Ok::<_, Error>((published, store.read(|conn| rows::note_of(conn, person, note))?))
    });
    let (published, note) = read.await?;
    let note = note.ok_or(Problem::NotFound)?;
    let body = NotePage {
        id: note.id,
        revision: note.revision,
        day: words::date(language, note.day, clock::today()),
        title: title(published.as_deref(), &note.module, language),
        body: note.body.clone(),
        errors: Errors::default(),
        other: None,
    };
    Ok((body, note))
}

/// `POST /me/notes/{note}`: kept only when nobody has changed it since it was shown.
pub async fn change(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    note: Path<i64>,
    form: Form<NoteForm>,
) -> Result<HttpResponse, Problem> {
    let (person, note, form) = (may.who.id, *note, form.0);
    let (text, mut errors) = checked(&form);
    let (shown, now) = note_page(person, chrome.language, store.clone(), shelf, note).await?;
    if errors.is_empty() {
        let seen = form.revision;
        let changed =
            blocking(move || store.write(|conn| rows::change_note(conn, person, note, seen, &text, clock::now())));
        if changed.await? {
            return Ok(done("/me/notes", "diary-note-saved"));
        }
        errors.add("body", "diary-note-changed");
    }
    let other = (form.revision != now.revision).then(|| now.body.lines().map(str::to_owned).collect());
    let body = NotePage { body: form.body, errors, other, ..shown };
    Ok(invalid(&chrome.named("diary-note"), "diary/note", &body))
}

/// `POST /me/notes/{note}/remove`.
pub async fn remove(
    may: May<SignedIn>,
    store: Data<Store>,
    note: Path<i64>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let (person, note) = (may.who.id, *note);
    match blocking(move || store.write(|conn| rows::remove_note(conn, person, note))).await? {
        true => Ok(done("/me/notes", "diary-note-removed")),
        false => Err(Problem::NotFound),
    }
}

#[derive(Serialize)]
struct Exported {
    day: NaiveDate,
    module: String,
    occasion: Option<i64>,
    text: String,
}

/// `GET /me/notes.json`: all of them, to take along.
pub async fn export(may: May<SignedIn>, store: Data<Store>) -> Result<HttpResponse, Problem> {
    let person = may.who.id;
    let notes = blocking(move || store.read(|conn| rows::notes_of(conn, person, None))).await?;
    let exported =
        |note: Note| Exported { day: note.day, module: note.module, occasion: note.occasion, text: note.body };
    let notes: Vec<Exported> = notes.into_iter().map(exported).collect();
    let name = (CONTENT_DISPOSITION, "attachment; filename=\"varjedag-notes.json\"");
    Ok(HttpResponse::Ok().insert_header(name).json(notes))
}
