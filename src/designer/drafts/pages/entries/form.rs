//! The forms of entries: shown, filled in anew, copied, and saved.

use actix_web::HttpResponse;
use actix_web::web::Path;
use serde_json::Value;

use super::errors_at;
use super::view::Shown;
use crate::accounts::policy::Developer;
use crate::curriculum::Kind;
use crate::curriculum::model::{Curriculum, Language};
use crate::designer::drafts::desk::Sheet;
use crate::designer::drafts::entries as values;
use crate::designer::drafts::expression::looks_like_an_id;
use crate::designer::drafts::forms::{Maker, Posted, Wrongs, ids, kind_of};
use crate::designer::drafts::pages::{Loaded, Workplace, here, problem};
use crate::designer::drafts::rules::said;
use crate::designer::drafts::service::{self, Refused};
use crate::web::{Form, May, Problem, done, page};
use crate::words;

/// `GET /designer/drafts/{draft}/edit/{section}/{id}`.
pub async fn edit(
    may: May<Developer>,
    place: Workplace,
    path: Path<(i64, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (_, section, id) = path.into_inner();
    let (loaded, language) = (place.load(&may).await?, place.chrome.language);
    let sheet = &loaded.open.sheet;
    let value = values::value(&sheet.curriculum, &section, &id).ok_or(Problem::NotFound)?;
    let shown = Shown { language, loaded: &loaded, section: &section, id: &id };
    let body = shown.page(&value, errors_at(language, sheet, &section, &id));
    Ok(page(&place.chrome.titled(&body.title).wide(), "designer/entry", &body))
}

/// `GET /designer/drafts/{draft}/new/{section}`; `from` is an entry to copy.
pub async fn new(may: May<Developer>, place: Workplace, path: Path<(i64, String)>) -> Result<HttpResponse, Problem> {
    let (_, section) = path.into_inner();
    let kind = kind_of(&section).ok_or(Problem::NotFound)?;
    let loaded = place.load(&may).await?;
    let from = url::form_urlencoded::parse(place.query.as_bytes()).find(|(name, _)| name == "from");
    let (value, id) = match from {
        Some((_, from)) => copy(&loaded, kind, &from).ok_or(Problem::NotFound)?,
        None => (values::empty(kind), String::new()),
    };
    let shown = Shown { language: place.chrome.language, loaded: &loaded, section: &section, id: "" };
    let body = shown.new_page(&value, &id, Vec::new());
    Ok(page(&place.chrome.titled(&body.title).wide(), "designer/entry", &body))
}

/// What a copy of an entry begins with, and a free id for it.
fn copy(loaded: &Loaded, kind: Kind, from: &str) -> Option<(Value, String)> {
    let curriculum = &loaded.open.sheet.curriculum;
    let mut value = values::value(curriculum, kind.section(), from)?;
    if kind == Kind::Module {
        value["adapted_from"] = format!("{from} {}", loaded.draft.base_number).into();
    }
    // A title's names and codes are its own: two titles cannot have the same.
    for field in ["names", "codes"] {
        if value.get(field).is_some() {
            value[field] = Value::Array(Vec::new());
        }
    }
    Some((value, free_id(curriculum, kind, from)))
}

/// `POST /designer/drafts/{draft}/new/{section}`.
pub async fn put(
    may: May<Developer>,
    place: Workplace,
    path: Path<(i64, String)>,
    form: Form<Posted>,
) -> Result<HttpResponse, Problem> {
    let (_, section) = path.into_inner();
    let kind = kind_of(&section).ok_or(Problem::NotFound)?;
    let (mut posted, revision) = taken(form.0)?;
    let id = posted.remove("id").and_then(|mut ids| ids.pop()).unwrap_or_default().trim().to_owned();
    let (loaded, language) = (place.load(&may).await?, place.chrome.language);
    let curriculum = &loaded.open.sheet.curriculum;
    let maker = Maker { language, curriculum };
    let (mine, mut wrongs) = maker.read(&section, &posted, &Value::Null).map_err(|_| Problem::BadRequest)?;
    let wrong = |key| words::text(language, key, &[]);
    if !looks_like_an_id(&id) {
        wrongs.insert("id".into(), wrong("drafts-id-wrong"));
    } else if ids(curriculum, kind).contains(&id.as_str()) {
        wrongs.insert("id".into(), wrong("drafts-id-taken"));
    }
    match change(&may, &place, (&section, &id), (&mine, revision), wrongs).await {
        Saved::Done => Ok(saved(&place, &section, &id)),
        Saved::Wrong(wrongs) => {
            let shown = Shown { language, loaded: &loaded, section: &section, id: "" };
            Ok(shown.again(place.chrome, &mine, Some(&id), wrongs, &posted))
        }
        Saved::Refused(refused) => Err(problem(refused)),
    }
}

/// `POST /designer/drafts/{draft}/edit/{section}/{id}`.
pub async fn save(
    may: May<Developer>,
    place: Workplace,
    path: Path<(i64, String, String)>,
    form: Form<Posted>,
) -> Result<HttpResponse, Problem> {
    let (_, section, id) = path.into_inner();
    let (posted, revision) = taken(form.0)?;
    let (loaded, language) = (place.load(&may).await?, place.chrome.language);
    let curriculum = &loaded.open.sheet.curriculum;
    let now = values::value(curriculum, &section, &id).ok_or(Problem::Conflict("drafts-missing"))?;
    let maker = Maker { language, curriculum };
    let (mine, wrongs) = maker.read(&section, &posted, &now).map_err(|_| Problem::BadRequest)?;
    match change(&may, &place, (&section, &id), (&mine, revision), wrongs).await {
        Saved::Done => Ok(saved(&place, &section, &id)),
        Saved::Wrong(wrongs) => {
            let shown = Shown { language, loaded: &loaded, section: &section, id: &id };
            Ok(shown.again(place.chrome, &mine, None, wrongs, &posted))
        }
        Saved::Refused(Refused::Conflict(conflict)) => {
            let loaded = place.load(&may).await?;
            let open = loaded.open.clone();
            let seen = place.work(move |store, _| store.read(|conn| service::at(conn, &open, revision))).await?;
            let shown = Shown { language, loaded: &loaded, section: &section, id: &id };
            Ok(shown.conflict(place.chrome, &seen, &mine, &conflict))
        }
        Saved::Refused(refused) => Err(problem(refused)),
    }
}

/// What became of a form.
enum Saved {
    Done,
    /// What is wrong, by field.
    Wrong(Wrongs),
    Refused(Refused),
}

/// Makes the entry what the form says, unless something is wrong with it.
async fn change(
    may: &May<Developer>,
    place: &Workplace,
    (section, id): (&str, &str),
    (mine, revision): (&Value, i64),
    wrongs: Wrongs,
) -> Saved {
    if !wrongs.is_empty() {
        return Saved::Wrong(wrongs);
    }
    let ask = place.ask(may, revision);
    let (of, to, mine) = (section.to_owned(), id.to_owned(), mine.clone());
    let work = place.work(move |store, desk| {
        service::change(store, desk, &ask, |now, seen| Some(vec![values::put(now, seen, &of, &to, &mine)?]))
    });
    match work.await {
        Ok(_) => Saved::Done,
        Err(Refused::Unwritable(sheet)) => Saved::Wrong(unwritable(place.chrome.language, &sheet, section, id)),
        Err(refused) => Saved::Refused(refused),
    }
}

fn saved(place: &Workplace, section: &str, id: &str) -> HttpResponse {
    done(&format!("{}/edit/{section}/{id}", here(place.draft)), "drafts-entry-saved")
}

/// The fields of a form, and the revision that it was made from.
fn taken(mut posted: Posted) -> Result<(Posted, i64), Problem> {
    let revision = posted.remove("revision").and_then(|mut values| values.pop());
    Ok((posted, revision.and_then(|revision| revision.parse().ok()).ok_or(Problem::BadRequest)?))
}

/// What keeps an entry from being written: at its fields, or in general when it has no place there.
fn unwritable(language: Language, sheet: &Sheet, section: &str, id: &str) -> Wrongs {
    let mut wrongs: Wrongs = errors_at(language, sheet, section, id).into_iter().collect();
    if wrongs.is_empty() {
        let told = sheet.problems.iter().map(|problem| said(language, &sheet.curriculum, problem));
        wrongs.insert(String::new(), told.collect::<Vec<_>>().join(" "));
    }
    wrongs
}

fn free_id(curriculum: &Curriculum, kind: Kind, from: &str) -> String {
    let taken = ids(curriculum, kind);
    let mut wanted = (2..).map(|number| format!("{from}-{number}"));
    wanted.find(|id| !taken.contains(&id.as_str())).unwrap_or_default()
}
