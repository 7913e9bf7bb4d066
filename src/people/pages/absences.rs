//! Days away: seen and noted by the person and the managers above, so that nobody is booked then.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::changeable;
use crate::accounts::policy::{self, SignedIn};
use crate::clock;
use crate::curriculum::model::Language;
use crate::occasions::store::{self as occasions, Given};
use crate::organisation::absences::service::{self, Refusal};
use crate::organisation::absences::{Absence, Away, Wrong, store as rows};
use crate::organisation::store as organisation;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, Errors, Form, May, Problem, day, done, invalid, page};
use crate::words;

#[derive(Serialize)]
struct Absences {
    person: i64,
    /// Whose they are, when they are not the reader's own.
    name: Option<String>,
    absences: Vec<Line>,
    from: String,
    to: String,
    errors: Errors,
}

#[derive(Serialize)]
struct Line {
    id: i64,
    days: String,
    /// Course days with a seat that lie in it.
    booked: Vec<Booked>,
}

#[derive(Serialize)]
struct Booked {
    occasion: i64,
    text: String,
}

/// Days as they are typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AwayForm {
    from: String,
    to: String,
}

impl AwayForm {
    fn check(&self) -> Result<Away, Errors> {
        let mut errors = Errors::default();
        let from = typed(&mut errors, "from", &self.from);
        // One day is the commonest, so the last may be left out.
        let to = if self.to.trim().is_empty() { from } else { typed(&mut errors, "to", &self.to) };
        errors.or(Away { from: from.unwrap_or_default(), to: to.unwrap_or_default() })
    }
}

fn typed(errors: &mut Errors, field: &'static str, text: &str) -> Option<NaiveDate> {
    let day = day(text);
    if day.is_none() {
        errors.add(field, "people-not-a-day");
    }
    day
}

/// `GET /people/{id}/absences`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let subject = changeable(&store, &may.who, *id, policy::notes_absence).await?;
    let body = read(&store, &shelf, subject.id, may.who.id, chrome.language).await?;
    Ok(page(&chrome.named("people-absences"), "people/absences", &body))
}

async fn read(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    person: i64,
    reader: i64,
    language: Language,
) -> Result<Absences, Problem> {
    let (store, shelf) = (store.clone(), shelf.clone());
    let found = blocking(move || {
        let published = shelf.current(&store)?;
        store.read(|conn| {
            let name = organisation::person(conn, person)?.map(|person| person.name);
            let absences = rows::of(conn, person, clock::today())?;
            let lines = lines(conn, published.as_deref(), person, &absences, language)?;
            Ok::<_, Error>((name, lines))
        })
    });
    let (name, absences) = found.await?;
    let name = name.filter(|_| person != reader);
    let (from, to, errors) = (String::new(), String::new(), Errors::default());
    Ok(Absences { person, name, absences, from, to, errors })
}

fn lines(
    conn: &mut Conn,
    published: Option<&Published>,
    person: i64,
    absences: &[Absence],
    language: Language,
) -> Result<Vec<Line>, Error> {
    let seats = occasions::seats_of_person(conn, person, clock::now())?;
    let taken = seats.into_iter().filter(|(seat, _)| seat.is_taken()).map(|(_, occasion)| occasion).collect();
    let booked = occasions::given(conn, taken)?;
    let line = |absence: &Absence| Line {
        id: absence.id,
        days: words::days(language, absence.away.from, absence.away.to, clock::today()),
        booked: booked.iter().filter_map(|given| meets(&absence.away, given, published, language)).collect(),
    };
    Ok(absences.iter().map(line).collect())
}

fn meets(away: &Away, given: &Given, published: Option<&Published>, language: Language) -> Option<Booked> {
    let part = given.parts.iter().find(|part| away.covers(clock::day_of(part.starts_at)))?;
    let id = &given.occasion.module;
    let title = published.map_or(&**id, |published| published.title_of_id(id, language));
    let when = words::when(language, part.starts_at, part.ends_at, clock::today());
    Some(Booked { occasion: given.occasion.id, text: format!("{title}, {when}") })
}

/// `POST /people/{id}/absences`.
pub async fn note(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: Path<i64>,
    form: Form<AwayForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, form) = (may.who, form.0);
    let subject = changeable(&store, &actor, *id, policy::notes_absence).await?;
    let errors = match form.check() {
        Err(errors) => errors,
        Ok(away) => {
            let store = store.clone();
            let noted = blocking(move || service::note(&store, subject.id, away, Some(actor.id), clock::now()));
            match noted.await {
                Ok(()) => return Ok(done(&format!("/people/{id}/absences"), "people-absence-noted")),
                Err(Refusal::Wrong(wrong)) => slip(wrong),
                Err(Refusal::Store(error)) => return Err(error.into()),
            }
        }
    };
    let body = read(&store, &shelf, *id, actor.id, chrome.language).await?;
    let body = Absences { from: form.from, to: form.to, errors, ..body };
    Ok(invalid(&chrome.named("people-absences"), "people/absences", &body))
}

fn slip(wrong: Wrong) -> Errors {
    let mut errors = Errors::default();
    match wrong {
        Wrong::EndsBefore => errors.add("to", "people-absence-ends-before"),
        Wrong::Past => errors.add("from", "people-absence-past"),
        Wrong::FarAway => errors.add("from", "people-absence-far"),
        Wrong::TooLong => errors.add("to", "people-absence-long"),
        Wrong::TooMany => errors.add("from", "people-absence-many"),
    }
    errors
}

/// `POST /people/{id}/absences/{absence}/remove`.
pub async fn remove(
    may: May<SignedIn>,
    store: Data<Store>,
    place: Path<(i64, i64)>,
    _form: Form<crate::web::Nothing>,
) -> Result<HttpResponse, Problem> {
    let (person, absence) = place.into_inner();
    let subject = changeable(&store, &may.who, person, policy::notes_absence).await?;
    let by = Some(may.who.id);
    match blocking(move || service::take_back(&store, subject.id, absence, by, clock::now())).await? {
        true => Ok(done(&format!("/people/{person}/absences"), "people-absence-removed")),
        false => Err(Problem::NotFound),
    }
}
