//! Who decides beside the developers: the list, naming somebody, taking it back.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment};
use serde::{Deserialize, Serialize};

use super::{names, telling};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::model::Language;
use crate::organisation::store as people;
use crate::recognition::delegates::{self, Scope};
use crate::recognition::store::delegates as rows;
use crate::recognition::view::DelegateLine;
use crate::recognition::words::not_named;
use crate::store::{Error, Store, blocking};
use crate::versions::api::published;
use crate::versions::published::Shelf;
use crate::web::{Choice, Chrome, Errors, Form, May, Nothing, Problem, day, done, invalid, page};

#[derive(Serialize)]
struct DelegatesPage {
    lines: Vec<DelegateLine>,
    scopes: Vec<Choice>,
    typed: DelegateForm,
    errors: Errors,
}

/// Whom to name, for what and when.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DelegateForm {
    /// An address or the region's own id.
    whom: String,
    /// As [`Scope::read`] takes it.
    scope: String,
    from: String,
    to: String,
}

/// `GET /recognition/delegates`.
pub async fn show(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
) -> Result<HttpResponse, Problem> {
    let typed = DelegateForm { from: clock::today().to_string(), ..DelegateForm::default() };
    let body = delegates_page(store, shelf, chrome.language, typed, Errors::default()).await?;
    Ok(page(&chrome.named("recognition-delegates"), "recognition/delegates", &body))
}

async fn delegates_page(
    store: Data<Store>,
    shelf: Data<Shelf>,
    language: Language,
    typed: DelegateForm,
    errors: Errors,
) -> Result<DelegatesPage, Problem> {
    let published = published(&store, &shelf).await?;
    let found = blocking(move || {
        store.read(|conn| {
            let telling = telling(&published, language);
            let current = rows::current(conn, telling.today)?;
            let names = names(conn, &current.iter().map(|delegate| delegate.person).collect::<Vec<_>>())?;
            let lines = current.iter().map(|delegate| telling.delegate(delegate, &names)).collect();
            Ok::<_, Error>((lines, telling.scopes()))
        })
    });
    let (lines, scopes) = found.await?;
    Ok(DelegatesPage { lines, scopes, typed, errors })
}

/// `POST /recognition/delegates`.
pub async fn name(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Form<DelegateForm>,
) -> Result<HttpResponse, Problem> {
    let form = form.0;
    let errors = match named(&store, &shelf, &form, may.who.id).await? {
        Ok(()) => return Ok(done("/recognition/delegates", "recognition-said-named")),
        Err(errors) => errors,
    };
    let body = delegates_page(store, shelf, chrome.language, form, errors).await?;
    Ok(invalid(&chrome.named("recognition-delegates"), "recognition/delegates", &body))
}

async fn named(
    store: &Data<Store>,
    shelf: &Data<Shelf>,
    form: &DelegateForm,
    by: i64,
) -> Result<Result<(), Errors>, Problem> {
    let published = published(store, shelf).await?;
    let mut errors = Errors::default();
    errors.require("whom", &form.whom, "recognition-whom-missing");
    let scope = Scope::read(&form.scope);
    if scope.is_none() {
        errors.add("scope", "recognition-choose-scope");
    }
    let days = (day(&form.from), day(&form.to));
    for (field, day) in [("from", days.0), ("to", days.1)] {
        if day.is_none() {
            errors.add(field, "recognition-not-a-day");
        }
    }
    let (Some(scope), (Some(from), Some(to)), true) = (scope, days, errors.is_empty()) else { return Ok(Err(errors)) };
    let (store, whom) = (store.clone(), form.whom.trim().to_owned());
    let named = blocking(move || {
        let person = store.read(|conn| match people::person_by_email(conn, &whom)? {
            None => people::person_by_external_id(conn, &whom),
            found => Ok(found),
        })?;
        let person = person.ok_or(delegates::Refusal::NoSuchPerson)?.id;
        delegates::name(&store, &published, person, &scope, (from, to), by, clock::now())
    });
    match named.await {
        Ok(_) => Ok(Ok(())),
        Err(refusal) => Ok(Err(not_named(refusal)?)),
    }
}

/// `POST /recognition/delegates/{delegate}/end`.
pub async fn end(
    may: May<Developer>,
    store: Data<Store>,
    delegate: Segment<i64>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let by = may.who.id;
    match blocking(move || delegates::end(&store, *delegate, by, clock::now())).await {
        Ok(()) => Ok(done("/recognition/delegates", "recognition-said-ended")),
        Err(delegates::Refusal::Store(error)) => Err(error.into()),
        Err(_) => Err(Problem::NotFound),
    }
}
