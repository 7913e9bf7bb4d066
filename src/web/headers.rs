//! Headers of every answer: what the browser may load, whom it may tell, what it may keep.

use actix_web::{
    Error, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
};

use super::Site;

/// What every page may load.
macro_rules! policy {
    ($more:literal) => {
        concat!(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'; connect-src 'self'",
            $more
        )
    };
}

const ALWAYS: [(&str, &str); 7] = [
    ("content-security-policy", policy!("")),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

/// A page that shows a [`sandboxed`] document of ours in a frame.
const FRAMING: [(&str, &str); 1] = [("content-security-policy", policy!("; frame-src 'self'"))];

/// A document with its own styles that can do nothing: no script, no form, no window, nothing loaded, an origin that is
/// nobody's. The opener policy must be off: browsers refuse a sandboxed document with one.
const SANDBOXED: [(&str, &str); 3] = [
    (
        "content-security-policy",
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; \
         frame-ancestors 'self'",
    ),
    ("cross-origin-opener-policy", "unsafe-none"),
    ("x-frame-options", "SAMEORIGIN"),
];

/// Lets a page show a [`sandboxed`] document of ours in a frame.
pub fn framing(mut page: HttpResponse) -> HttpResponse {
    say(page.headers_mut(), &FRAMING);
    page
}

/// A document of somebody else's design, such as a mail, shown so that it cannot do anything.
pub fn sandboxed(html: String) -> HttpResponse {
    let mut response = HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html);
    say(response.headers_mut(), &SANDBOXED);
    response
}

/// Somebody's file: should a browser show it after all, it can do nothing.
const LOCKED: [(&str, &str); 1] = [(
    "content-security-policy",
    "sandbox; default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
)];

/// A file that somebody sent, to be saved.
pub fn locked(mut file: HttpResponse) -> HttpResponse {
    say(file.headers_mut(), &LOCKED);
    file
}

/// Middleware: puts the headers on every answer that passes. Wrap it outside [`super::error::render`].
pub async fn add(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(req).await?;
    let https = Site::of(response.request()).is_some_and(Site::is_https);
    put(response.headers_mut(), https);
    Ok(response)
}

/// The same headers on one answer. What [`framing`], [`sandboxed`] and [`locked`] say, and a handler about caching, is kept.
pub fn put(headers: &mut HeaderMap, https: bool) {
    let unsaid = ALWAYS.into_iter().filter(|(name, _)| !headers.contains_key(*name)).collect::<Vec<_>>();
    say(headers, &unsaid);
    if https {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(HeaderName::from_static("strict-transport-security"), year);
    }
    if !headers.contains_key("cache-control") {
        headers.insert(HeaderName::from_static("cache-control"), HeaderValue::from_static("no-store"));
    }
}

fn say(headers: &mut HeaderMap, said: &[(&'static str, &'static str)]) {
    for (name, value) in said {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}
