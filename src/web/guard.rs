//! That a change was asked for by a page of ours, in the session it was shown in. Two independent checks.

use actix_web::{
    HttpMessage, HttpRequest,
    http::header::{AUTHORIZATION, ORIGIN},
};
use subtle::ConstantTimeEq;

use super::{Site, error::Problem};

/// The form token of the session; the session middleware puts it in the request's extensions.
#[derive(Clone)]
pub struct SessionCsrf(pub String);

/// Refuses a change that another site's page asked for.
///
/// Browsers say where a request comes from in `Sec-Fetch-Site`, on plain http in `Origin`. A program that says
/// neither must carry a bearer token, which no browser adds by itself.
pub fn same_origin(req: &HttpRequest) -> Result<(), Problem> {
    if req.method().is_safe() {
        return Ok(());
    }
    let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    let ours = match (header("sec-fetch-site"), header(ORIGIN.as_str())) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => Site::of(req).is_some_and(|site| site.origin() == origin),
        (None, None) if header(AUTHORIZATION.as_str()).is_some_and(is_bearer) => true,
        // No browser, and no token either: a program has forgotten it, and learns so.
        (None, None) if req.path().starts_with("/api/") => return Err(Problem::NotSignedIn),
        (None, None) => false,
    };
    if ours { Ok(()) } else { Err(Problem::Stale) }
}

/// Refuses a form whose token is not that of the session, in the same time whatever is wrong with it.
pub fn same_session(req: &HttpRequest, token: Option<&str>) -> Result<(), Problem> {
    let extensions = req.extensions();
    let expected = extensions.get::<SessionCsrf>().map(|csrf| csrf.0.as_bytes()).filter(|csrf| !csrf.is_empty());
    match (expected, token) {
        (Some(expected), Some(token)) if bool::from(expected.ct_eq(token.as_bytes())) => Ok(()),
        _ => Err(Problem::Stale),
    }
}

fn is_bearer(authorization: &str) -> bool {
    authorization.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer ")) && authorization.len() > 7
}
