//! Who asks: the session's cookie or a bearer token becomes an actor, once for each request.
//!
//! [`May`] is how a handler gets that actor, and the only way: it names the rule that opens the route, and
//! `routes.rs` accepts no handler without one.

use std::future::{Ready, ready};

use actix_web::body::MessageBody;
use actix_web::cookie::{Cookie, SameSite, time::OffsetDateTime};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::NaiveDateTime;

use super::Site;
use super::chrome::Chrome;
use super::error::Problem;
use super::guard::{SessionCsrf, same_origin};
use crate::accounts::policy::{Actor, Rule};
use crate::accounts::{secret, store as rows};
use crate::clock;
use crate::store::{Store, blocking};

/// The handler's proof that its rule admitted whoever asks.
pub struct May<R: Rule> {
    pub who: R::Who,
}

impl<R: Rule> FromRequest for May<R> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let actor = req.extensions().get::<Actor>().cloned();
        let signed_in = actor.is_some();
        ready(match R::admit(actor) {
            Some(who) => Ok(May { who }),
            None if signed_in => Err(Problem::NotFound),
            None => Err(Problem::NotSignedIn),
        })
    }
}

/// The session's secret, for signing out.
pub fn session_secret(req: &HttpRequest) -> Option<String> {
    req.cookie(cookie_name(Site::of(req)?)).map(|cookie| cookie.value().to_owned())
}

/// The cookie of a new session. `__Host-` needs https; on plain http (the demonstration) browsers would drop it.
pub fn session_cookie(site: &Site, secret: String, expires_at: NaiveDateTime) -> Cookie<'static> {
    let expires = OffsetDateTime::from_unix_timestamp(expires_at.and_utc().timestamp()).ok();
    let mut cookie = bare_cookie(site, secret);
    cookie.set_expires(expires);
    cookie
}

/// Takes the cookie away.
pub fn no_session_cookie(site: &Site) -> Cookie<'static> {
    let mut cookie = bare_cookie(site, String::new());
    cookie.make_removal();
    cookie
}

fn bare_cookie(site: &Site, value: String) -> Cookie<'static> {
    Cookie::build(cookie_name(site), value)
        .path("/")
        .http_only(true)
        .secure(site.is_https())
        .same_site(SameSite::Lax)
        .finish()
}

fn cookie_name(site: &Site) -> &'static str {
    if site.is_https() { "__Host-varjedag" } else { "varjedag" }
}

/// Middleware: puts the actor, the frame of pages and the form token into the request's extensions, and refuses
/// changes that another site's page asked for.
pub async fn identify(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    same_origin(req.request())?;
    if let Some(key) = Key::of(req.request())
        && let Some(store) = req.app_data::<Data<Store>>()
        && let Some((actor, csrf)) = find(store.get_ref().clone(), key).await?
    {
        let region = Site::of(req.request()).map(|site| site.region.clone()).unwrap_or_default();
        let mut extensions = req.extensions_mut();
        extensions.insert(Chrome {
            language: actor.language,
            region,
            actor: Some(actor.name.clone()),
            nav: crate::routes::menu(&actor),
            csrf: csrf.clone(),
            ..Chrome::default()
        });
        extensions.insert(SessionCsrf(csrf));
        extensions.insert(actor);
    }
    next.call(req).await
}

/// What a request shows to say who it is. Programs use tokens under `/api`, browsers cookies elsewhere, so that no
/// page of another site can make a browser use the interface for programs.
enum Key {
    Session(String),
    Token(String),
}

impl Key {
    fn of(req: &HttpRequest) -> Option<Key> {
        if req.path().starts_with("/static/") {
            None
        } else if req.path().starts_with("/api/") {
            let header = req.headers().get(AUTHORIZATION)?.to_str().ok()?;
            let (scheme, token) = header.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| Key::Token(secret::hash(token.trim())))
        } else {
            session_secret(req).map(|secret| Key::Session(secret::hash(&secret)))
        }
    }
}

async fn find(store: Store, key: Key) -> Result<Option<(Actor, String)>, Problem> {
    let now = clock::now();
    let found = blocking(move || {
        store.read(|conn| match &key {
            Key::Session(hash) => rows::actor_of_session(conn, hash, now),
            Key::Token(hash) => Ok(rows::actor_of_token(conn, hash, now)?.map(|actor| (actor, String::new()))),
        })
    });
    Ok(found.await?)
}
