//! "When can I be done?": one's own plan, and that of somebody whom one may see; booked by whoever may book for the
//! person.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment, Query};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::telling;
use crate::accounts;
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::clock;
use crate::courses::service::{Refusal, too_many_no_shows};
use crate::courses::when::Wishes;
use crate::courses::when::book::{NotBooked, book};
use crate::courses::when::load::plan_of;
use crate::courses::when::view::{Told, told};
use crate::courses::words::refused as words_of;
use crate::curriculum::model::Language;
use crate::occasions::service::{self as occasions, Asking};
use crate::organisation::service::person_for;
use crate::store::{Error, Store, blocking};
use crate::versions::published::Shelf;
use crate::web::{Chrome, Errors, Form, May, Problem, day, done, invalid, page};
use crate::words;

/// So many absences, or lines, are a slip of the hand.
const MOST_AWAY: usize = 60;

/// Wishes as they are typed; what they are booked with when it is posted.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct WishesForm {
    /// Course days in a week, 1 to 5; empty = as many as there are.
    days: String,
    from: String,
    /// Days and spans of days, one on each line.
    away: String,
    /// sv or en; empty = any.
    language: String,
    /// The occasions of the plan that was seen.
    occasion: Vec<i64>,
}

impl WishesForm {
    fn check(&self) -> Result<Wishes, Errors> {
        let mut errors = Errors::default();
        let days_a_week = self.days.trim().parse().ok().filter(|days| (1..=5).contains(days));
        if days_a_week.is_none() && !self.days.trim().is_empty() {
            errors.add("days", "courses-done-days-wrong");
        }
        let from = day(&self.from);
        if from.is_none() && !self.from.trim().is_empty() {
            errors.add("from", "courses-done-from-wrong");
        }
        let lines = self.away.lines().filter(|line| !line.trim().is_empty());
        let away: Option<Vec<_>> = lines.map(span).collect();
        if away.as_ref().is_none_or(|away| away.len() > MOST_AWAY) {
            errors.add("away", "courses-done-away-wrong");
        }
        let language = Some(self.language.clone()).filter(|language| !language.is_empty());
        if language.as_deref().is_some_and(|language| !["sv", "en"].contains(&language)) {
            errors.add("language", "courses-done-language-wrong");
        }
        errors.or(Wishes { days_a_week, from, away: away.unwrap_or_default(), language })
    }
}

/// "2026-12-21", or two such days with anything between them.
fn span(line: &str) -> Option<(NaiveDate, NaiveDate)> {
    let line = line.trim();
    let first = day(line.get(..10)?)?;
    let rest = line.get(10..)?.trim();
    if rest.is_empty() {
        return Some((first, first));
    }
    let from = rest.char_indices().rev().nth(9)?.0;
    let last = day(rest.get(from..)?)?;
    (first <= last).then_some((first, last))
}

#[derive(Serialize)]
struct PlanPage {
    heading: String,
    /// Whose it is; none for one's own.
    about: Option<About>,
    /// Where the forms go.
    action: String,
    /// None when the wishes cannot be read.
    told: Option<Told>,
    may_book: bool,
    /// Why somebody else must book; none when one may oneself, or books for another.
    hindered: Option<String>,
    form: WishesForm,
    week: Vec<Choice>,
    languages: Vec<Choice>,
    errors: Errors,
    refused: Option<String>,
}

#[derive(Serialize)]
struct About {
    id: i64,
    name: String,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    label: String,
}

/// `GET /plan`.
pub async fn own(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Query<WishesForm>,
) -> Result<HttpResponse, Problem> {
    let person = may.who.id;
    shown(chrome, store, shelf, may.who, person, form.into_inner(), None).await
}

/// `GET /people/{id}/plan`.
pub async fn theirs(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    person: Segment<i64>,
    form: Query<WishesForm>,
) -> Result<HttpResponse, Problem> {
    shown(chrome, store, shelf, may.who, *person, form.into_inner(), None).await
}

/// `POST /plan`.
pub async fn book_own(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Form<WishesForm>,
) -> Result<HttpResponse, Problem> {
    let person = may.who.id;
    booked(chrome, store, shelf, may.who, person, form.0).await
}

/// `POST /people/{id}/plan`.
pub async fn book_theirs(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    person: Segment<i64>,
    form: Form<WishesForm>,
) -> Result<HttpResponse, Problem> {
    booked(chrome, store, shelf, may.who, *person, form.0).await
}

async fn booked(
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    actor: Actor,
    person: i64,
    form: WishesForm,
) -> Result<HttpResponse, Problem> {
    let outcome = blocking({
        let (store, shelf, actor, occasions) = (store.clone(), shelf.clone(), actor.clone(), form.occasion.clone());
        move || {
            let found = store.read(|conn| person_for(conn, &actor, person))?;
            let may = found.is_some_and(|(_, subject)| policy::books(&actor, &subject));
            let Some(published) = shelf.current(&store)?.filter(|_| may) else {
                return Err(NotBooked::Refused(Refusal::NoSuchPerson));
            };
            let asking = Asking { by: Some(actor.id), reason: "", now: clock::now() };
            book(&store, &published, person, &occasions, asking)
        }
    });
    match outcome.await {
        Ok(()) => Ok(done(&address(&actor, person), "courses-done-booked")),
        Err(NotBooked::Store(error) | NotBooked::Refused(Refusal::Store(error))) => Err(error.into()),
        Err(NotBooked::Refused(Refusal::NoSuchPerson)) => Err(Problem::NotFound),
        Err(not) => {
            let why = not_booked(&store, &shelf, &not, chrome.language).await?;
            shown(chrome, store, shelf, actor, person, form, Some(why)).await
        }
    }
}

/// What happened instead, in words.
async fn not_booked(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    not: &NotBooked,
    language: Language,
) -> Result<String, Problem> {
    let NotBooked::At(module, refusal) = not else {
        return Ok(words::text(language, "courses-done-changed", &[]));
    };
    let published = crate::programme::pages::published(store, shelf).await?;
    let why = match refusal {
        Refusal::Occasion(occasions::Refusal::NoSuchOccasion) => words::text(language, "courses-called-off", &[]),
        other => words_of(other, &published, language),
    };
    let module = published.title_of_id(module, language).to_owned();
    Ok(words::text(language, "courses-done-not-booked", &[("module", module.into()), ("why", why.into())]))
}

fn address(actor: &Actor, person: i64) -> String {
    match actor.id == person {
        true => "/plan".into(),
        false => format!("/people/{person}/plan"),
    }
}

async fn shown(
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    actor: Actor,
    person: i64,
    form: WishesForm,
    refused: Option<String>,
) -> Result<HttpResponse, Problem> {
    let (wishes, errors) = match form.check() {
        Ok(wishes) => (Some(wishes), Errors::default()),
        Err(errors) => (None, errors),
    };
    let (language, now, action) = (chrome.language, clock::now(), address(&actor, person));
    let current = blocking({
        let (store, shelf) = (store.clone(), shelf.clone());
        move || shelf.current(&store)
    });
    let Some(published) = current.await? else {
        return Ok(page(&chrome.named("learning-not-ready"), "learning/waiting", &serde_json::json!({})));
    };
    let found = blocking(move || {
        let found = store.read(|conn| {
            let Some((who, subject)) = person_for(conn, &actor, person)? else { return Ok::<_, Error>(None) };
            let name = (actor.id != person).then_some(who.name);
            let plan = match &wishes {
                Some(wishes) => plan_of(conn, &published, person, wishes, now)?,
                None => None,
            };
            let telling = telling(&published, language, now);
            let told = plan.map(|plan| told(&telling, &plan, name.as_deref()));
            let missed = if actor.id == person { too_many_no_shows(conn, person, now)? } else { None };
            let hindered = missed.map(|times| words_of(&Refusal::NoShows(times), &published, language));
            Ok(Some((name, told, policy::books(&actor, &subject), hindered)))
        })?;
        if found.is_some() {
            accounts::service::note_reading(&store, &actor, person, now)?;
        }
        Ok::<_, Error>(found)
    });
    let (name, told, may_book, hindered) = found.await?.ok_or(Problem::NotFound)?;
    let heading = match &name {
        Some(name) => words::text(language, "courses-done-heading-theirs", &[("name", name.as_str().into())]),
        None => words::text(language, "courses-done-heading", &[]),
    };
    let (week, languages) = choices(language);
    let about = name.map(|name| About { id: person, name });
    let wrong = refused.is_some() || !errors.is_empty();
    let body = PlanPage {
        heading: heading.clone(),
        about,
        action,
        told,
        may_book,
        hindered,
        form,
        week,
        languages,
        errors,
        refused,
    };
    let chrome = chrome.titled(heading);
    Ok(if wrong { invalid(&chrome, "courses/when", &body) } else { page(&chrome, "courses/when", &body) })
}

/// How many days in a week, and in which language.
fn choices(language: Language) -> (Vec<Choice>, Vec<Choice>) {
    let week = |days: u8| Choice {
        value: days.to_string(),
        label: words::text(language, "courses-done-days-choice", &[("count", days.into())]),
    };
    let spoken = |value: &str, key: &str| Choice { value: value.into(), label: words::text(language, key, &[]) };
    let languages = vec![spoken("sv", "courses-in-swedish"), spoken("en", "courses-in-english")];
    ((1..=5).map(week).collect(), languages)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(days: &str, from: &str, away: &str) -> Result<Wishes, Errors> {
        let form = WishesForm { days: days.into(), from: from.into(), away: away.into(), ..WishesForm::default() };
        form.check()
    }

    #[test]
    fn absences_are_days_and_spans_of_days_however_they_are_joined() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let wishes = form(
            "2",
            "2026-12-01",
            "2026-12-21\n\n 2027-01-04 – 2027-01-08 \n2027-02-01-2027-02-02\r\n2027-03-01 till 2027-03-02",
        )
        .unwrap();
        let spans = [
            ("2026-12-21", "2026-12-21"),
            ("2027-01-04", "2027-01-08"),
            ("2027-02-01", "2027-02-02"),
            ("2027-03-01", "2027-03-02"),
        ];
        assert_eq!(wishes.away, spans.map(|(from, to)| (day(from), day(to))));
        assert_eq!((wishes.days_a_week, wishes.from), (Some(2), Some(day("2026-12-01"))));
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_field() {
        for away in ["jul", "2026-12-21 och 24", "2026-12-24 – 2026-12-21", "åäöåäöåäöåäö", "2026-02-30", "2026-12-21å"]
        {
            assert!(form("", "", away).unwrap_err().of("away").is_some(), "{away}");
        }
        for days in ["0", "6", "två", "-1"] {
            assert!(form(days, "", "").unwrap_err().of("days").is_some());
        }
        assert!(form("", "snart", "").unwrap_err().of("from").is_some());
        assert_eq!(form("", "", ""), Ok(Wishes::default()));
    }
}
