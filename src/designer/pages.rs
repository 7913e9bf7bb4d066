//! The curriculum as everybody sees it.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::graph::{Place, Wish, view};
use super::pictures::{Edition, Pictures};
use crate::accounts::policy::SignedIn;
use crate::clock;
use crate::store::{Error, Store, blocking};
use crate::versions::published::Shelf;
use crate::versions::store as rows;
use crate::web::{Chrome, May, Problem, page};
use crate::words;

const CURRICULUM: Place = Place { here: "/curriculum", modules: "/curriculum/modules/" };

/// `GET /curriculum`; what may be asked for: see [`Wish`].
pub async fn curriculum(
    _may: May<SignedIn>,
    req: HttpRequest,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    pictures: Data<Pictures>,
) -> Result<HttpResponse, Problem> {
    let (query, language) = (req.query_string().to_owned(), chrome.language);
    let body = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok::<_, Error>(None) };
        let at = store.read(|conn| rows::published_at(conn, published.id))?;
        let curriculum = &published.curriculum;
        let wish = Wish::of(&query, curriculum);
        let drawn = pictures.of(Edition::Version(published.id), curriculum, language, wish.choice.clone());
        let mut body = view(curriculum, None, language, CURRICULUM, &wish, &drawn);
        let day = at.map(|at| words::date(language, clock::day_of(at), clock::today())).unwrap_or_default();
        let args = [("number", published.number.as_str().into()), ("day", day.into())];
        body.version = words::text(language, "designer-version", &args);
        Ok(Some(body))
    });
    Ok(match body.await? {
        Some(body) => page(&chrome.named("nav-curriculum").wide(), "designer/curriculum", &body),
        None => page(&chrome.named("learning-not-ready"), "learning/waiting", &json!({})),
    })
}
