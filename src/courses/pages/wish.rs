//! What is asked of an occasion by its page: a seat, the one that was offered, another, or none, for oneself or for
//! somebody whom one may book.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment};
use serde::Deserialize;

use super::{OccasionPage, Typed, occasion_page, titled};
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::clock;
use crate::courses::service::{self, Refusal, Wish};
use crate::courses::words::{refused, said};
use crate::occasions::service::{self as occasions, Asking};
use crate::organisation::{self, store as people};
use crate::store::{Error, Store, blocking};
use crate::versions::published::Shelf;
use crate::web::{Chrome, Errors, Form, May, Problem, done, invalid};

/// What is asked of an occasion.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WishForm {
    /// seat, take, leave, swap or exception.
    wish: String,
    /// The occasion whose seat is given back.
    from: Option<i64>,
    /// An address or the region's own id, when it is for somebody else.
    whose: String,
    /// Or the person's id.
    person: Option<i64>,
    reason: String,
    /// Asked from the own path, where the answer is shown.
    back: bool,
}

impl WishForm {
    fn wish(&self) -> Option<Wish> {
        match (self.wish.as_str(), self.from) {
            ("seat", _) => Some(Wish::Seat),
            ("take", _) => Some(Wish::Take),
            ("leave", _) => Some(Wish::Leave),
            ("swap", Some(from)) => Some(Wish::Swap { from }),
            ("exception", _) => Some(Wish::Exception),
            _ => None,
        }
    }
}

/// `POST /occasions/{occasion}`: for oneself, or for somebody whom the actor may book.
pub async fn wish(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Segment<i64>,
    form: Form<WishForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, occasion, form) = (may.who, *occasion, form.0);
    let (wish, back) = (form.wish().ok_or(Problem::BadRequest)?, form.back);
    if wish == Wish::Exception && !actor.hats.developer {
        return Err(Problem::NotFound);
    }
    let Some(person) = whom(&store, &actor, &form).await? else {
        let mut errors = Errors::default();
        errors.add("whose", if form.whose.is_empty() { "courses-whose-missing" } else { "courses-whose-unknown" });
        return again(chrome, store, shelf, actor, occasion, form, errors, None).await;
    };
    let asked = blocking({
        let (store, shelf, by, reason) = (store.clone(), shelf.clone(), actor.id, form.reason.clone());
        move || {
            let published = shelf.current(&store)?.ok_or(occasions::Refusal::NoSuchOccasion)?;
            let asking = Asking { by: Some(by), reason: reason.trim(), now: clock::now() };
            service::wish(&store, &published, occasion, person, wish, asking)
        }
    });
    match asked.await {
        Ok(seat) if back => Ok(done("/", said(seat))),
        Ok(seat) => Ok(done(&format!("/occasions/{occasion}"), said(seat))),
        Err(Refusal::NoReason) => {
            let mut errors = Errors::default();
            errors.add("reason", "courses-reason-missing");
            again(chrome, store, shelf, actor, occasion, form, errors, None).await
        }
        Err(Refusal::Store(error)) => Err(error.into()),
        Err(Refusal::Occasion(occasions::Refusal::Store(error))) => Err(error.into()),
        Err(Refusal::NoSuchPerson | Refusal::Occasion(occasions::Refusal::NoSuchOccasion)) => Err(Problem::NotFound),
        Err(refusal) => {
            let published = crate::programme::pages::published(&store, &shelf).await?;
            let why = refused(&refusal, &published, chrome.language);
            again(chrome, store, shelf, actor, occasion, form, Errors::default(), Some(why)).await
        }
    }
}

/// Whom the form is about: the actor, or somebody whom the actor may book. None when nobody is known by what was
/// written.
async fn whom(store: &Data<Store>, actor: &Actor, form: &WishForm) -> Result<Option<i64>, Problem> {
    let for_another = form.wish == "exception" || !form.whose.is_empty();
    let (store, actor, form) = (store.clone(), actor.clone(), form.clone());
    blocking(move || {
        store.read(|conn| {
            let key = form.whose.trim();
            let found = match form.person {
                Some(id) => people::person(conn, id)?,
                None if !for_another => return Ok(Some(actor.id)),
                None => match people::person_by_email(conn, key)? {
                    None => people::person_by_external_id(conn, key)?,
                    found => found,
                },
            };
            let Some(person) = found else { return Ok(None) };
            let tree = people::tree(conn)?;
            let may = policy::books(&actor, &organisation::subject(&tree, &person));
            Ok::<_, Error>(may.then_some(person.id))
        })
    })
    .await
    .map_err(Problem::from)
}

/// The page once more, with what was written and why nothing came of it.
#[expect(clippy::too_many_arguments, reason = "all that a handler has at hand")]
async fn again(
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    actor: Actor,
    occasion: i64,
    form: WishForm,
    errors: Errors,
    refused: Option<String>,
) -> Result<HttpResponse, Problem> {
    let body = occasion_page(&store, &shelf, actor, chrome.language, occasion).await?;
    let typed = Typed { whose: form.whose, reason: form.reason };
    let body = OccasionPage { typed, errors, refused, ..body };
    Ok(invalid(&titled(chrome, &body), "courses/occasion", &body))
}
