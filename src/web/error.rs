//! When a request cannot be answered as asked: one type for all handlers, one middleware that words it.
//!
//! A handler returns a [`Problem`]. [`render`] turns it, and every bare error of the framework, into a page in the
//! reader's language, or under `/api`, and for a page's script, into problem details (RFC 9457). What broke inside is
//! logged, never shown.

use std::fmt::Display;

use actix_web::{
    Error, HttpResponse, HttpResponseBuilder, ResponseError,
    body::{BodySize, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, Uri, header},
    middleware::Next,
    web::Data,
};
use data_encoding::HEXLOWER;
use serde_json::json;

use super::{
    Site,
    chrome::{Chrome, accepted_language},
    forms::Errors,
    headers, render,
};
use crate::{curriculum::model::Language, words};

/// Where somebody who is not signed in is sent, with `?next=` and the path they asked for.
pub const SIGN_IN: &str = "/sign-in";

/// Why a request was not answered as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// 400: not what a page of ours sends.
    BadRequest,
    /// 400 with what could not be read, in English, shown to programs only.
    Unreadable(String),
    /// Nobody is signed in: on to the sign-in page, or 401 under `/api`.
    NotSignedIn,
    /// 403: the form is from another session or another site.
    Stale,
    /// 403 for what the reader may know that it exists. Others' objects are [`Problem::NotFound`].
    Forbidden,
    /// 404: does not exist, or not for this reader.
    NotFound,
    /// 405.
    MethodNotAllowed,
    /// 409: the thing has changed meanwhile. The key of a message that says how, without arguments.
    Conflict(&'static str),
    /// 413.
    TooLarge,
    /// 422: fields that cannot be used.
    Invalid(Errors),
    /// 429.
    TooMany,
    /// 500: the id under which the log knows what broke; made by [`Problem::internal`].
    Internal(String),
    /// 503: the database is busy, or the disk is full.
    Unavailable,
}

impl Problem {
    /// Something broke: logs `error` under a new id, which is all that the reader gets to see.
    pub fn internal(error: impl Display) -> Self {
        let id = correlation_id();
        tracing::error!(problem.id = %id, %error, "a request failed");
        Self::Internal(id)
    }

    /// Busy or full: logs `error`, asks the reader to wait.
    pub fn unavailable(error: impl Display) -> Self {
        tracing::warn!(%error, "a request could not be served now");
        Self::Unavailable
    }

    /// The nearest problem for a bare status of the framework.
    fn of_status(status: StatusCode) -> Option<Self> {
        match status.as_u16() {
            401 => Some(Self::NotSignedIn),
            403 => Some(Self::Forbidden),
            404 => Some(Self::NotFound),
            405 => Some(Self::MethodNotAllowed),
            409 => Some(Self::Conflict("web-conflict")),
            413 => Some(Self::TooLarge),
            429 => Some(Self::TooMany),
            503 => Some(Self::Unavailable),
            400..=499 => Some(Self::BadRequest),
            500..=599 => Some(Self::internal(format!("the framework answered {status}"))),
            _ => None,
        }
    }

    /// Its name in problem details, and the keys of its title and text.
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::BadRequest | Self::Unreadable(_) => ("bad-request", "web-bad-request-title", "web-bad-request"),
            Self::NotSignedIn => ("not-signed-in", "web-not-signed-in-title", "web-not-signed-in"),
            Self::Stale => ("stale", "web-stale-title", "web-stale"),
            Self::Forbidden => ("forbidden", "web-forbidden-title", "web-forbidden"),
            Self::NotFound => ("not-found", "web-not-found-title", "web-not-found"),
            Self::MethodNotAllowed => ("method-not-allowed", "web-bad-request-title", "web-bad-request"),
            Self::Conflict(key) => ("conflict", "web-conflict-title", key),
            Self::TooLarge => ("too-large", "web-too-large-title", "web-too-large"),
            Self::Invalid(_) => ("invalid", "web-invalid-title", "web-invalid"),
            Self::TooMany => ("too-many", "web-too-many-title", "web-too-many"),
            Self::Internal(_) => ("internal", "web-internal-title", "web-internal"),
            Self::Unavailable => ("unavailable", "web-unavailable-title", "web-unavailable"),
        }
    }

    fn title(&self, language: Language) -> String {
        words::text(language, self.words().1, &[])
    }

    fn detail(&self, language: Language) -> String {
        let id = if let Self::Internal(id) = self { id.as_str() } else { "" };
        words::text(language, self.words().2, &[("id", id.into())])
    }
}

impl From<crate::store::Error> for Problem {
    fn from(error: crate::store::Error) -> Self {
        use crate::store::Error;
        match error {
            Error::Conflict | Error::Duplicate(_) => {
                tracing::warn!(%error, "two changes met");
                Self::Conflict("web-conflict")
            }
            Error::Busy | Error::ReadOnly(_) | Error::Connection(_) | Error::Stopped => Self::unavailable(error),
            Error::Migration(_) | Error::Other(_) => Self::internal(error),
        }
    }
}

impl crate::store::Failure for Problem {
    fn store_error(&self) -> Option<&crate::store::Error> {
        None
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words().0)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::BadRequest | Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::NotSignedIn => StatusCode::UNAUTHORIZED,
            Self::Stale | Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Bare; [`render`] knows the reader and words it.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// Middleware: words every problem for its reader. Wrap it outside the session and inside [`headers::add`].
pub async fn render(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let asked = Asked::of(&req);
    match next.call(req).await {
        Ok(response) => match problem_of(&response) {
            None => Ok(response.map_into_boxed_body()),
            Some(problem) => {
                let allow = response.headers().get(header::ALLOW).cloned();
                let mut worded = asked.answer(&problem, Chrome::of(response.request()));
                if let Some(allow) = allow {
                    worded.headers_mut().insert(header::ALLOW, allow);
                }
                Ok(response.into_response(worded))
            }
        },
        Err(error) => {
            let problem = error.as_error::<Problem>().cloned();
            let status = error.as_response_error().status_code();
            let Some(problem) = problem.or_else(|| Problem::of_status(status)) else { return Err(error) };
            let chrome = Chrome { language: asked.language.unwrap_or_default(), ..Chrome::default() };
            let mut worded = asked.answer(&problem, chrome);
            headers::put(worded.headers_mut(), asked.https);
            Err(actix_web::error::InternalError::from_response(problem, worded).into())
        }
    }
}

/// The problem behind an answer. An answer with a body of its own is left alone unless it is an error's.
fn problem_of<B: MessageBody>(response: &ServiceResponse<B>) -> Option<Problem> {
    let status = response.status();
    if let Some(error) = response.response().error() {
        return error.as_error::<Problem>().cloned().or_else(|| Problem::of_status(status));
    }
    let bare = matches!(response.response().body().size(), BodySize::None | BodySize::Sized(0));
    if bare { Problem::of_status(status) } else { None }
}

/// What of a request is needed when it has failed and is gone.
struct Asked {
    uri: Uri,
    /// Whether it was asked for without changing anything.
    safe: bool,
    language: Option<Language>,
    /// A page's script asks, which reads JSON, on behalf of the page's reader.
    script: bool,
    https: bool,
}

impl Asked {
    fn of(req: &ServiceRequest) -> Self {
        let accepted = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self {
            uri: req.uri().clone(),
            safe: req.method().is_safe(),
            language: accepted.and_then(accepted_language),
            script: takes_json(req.headers()) && !req.path().starts_with("/api/"),
            https: req.app_data::<Data<Site>>().is_some_and(|site| site.is_https()),
        }
    }

    fn answer(&self, problem: &Problem, chrome: Chrome) -> HttpResponse {
        if self.uri.path().starts_with("/api/") {
            // English unless Swedish is asked for.
            return self.details(problem, self.language.unwrap_or(Language::En));
        }
        if self.script {
            return self.details(problem, chrome.language);
        }
        if *problem == Problem::NotSignedIn {
            return super::redirect(&self.sign_in());
        }
        let chrome = chrome.named(problem.words().1);
        let body = json!({ "title": chrome.title, "detail": problem.detail(chrome.language) });
        let html = match render::whole(&chrome, "web/error", &body) {
            Ok(html) => html,
            Err(error) => {
                tracing::error!(%error, "the error page cannot be rendered");
                problem.title(chrome.language)
            }
        };
        started(problem).insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8")).body(html)
    }

    /// Problem details.
    fn details(&self, problem: &Problem, language: Language) -> HttpResponse {
        let instance = match problem {
            Problem::Internal(id) => format!("urn:varjedag:error:{id}"),
            _ => self.uri.path().to_owned(),
        };
        let mut body = json!({
            "type": format!("urn:varjedag:problem:{}", problem.words().0),
            "title": problem.title(language),
            "status": problem.status_code().as_u16(),
            "detail": match problem {
                Problem::Unreadable(what) => what.clone(),
                _ => problem.detail(language),
            },
            "instance": instance,
        });
        if let Problem::Invalid(errors) = problem {
            let error =
                |(field, key)| json!({ "pointer": format!("#/{field}"), "detail": words::text(language, key, &[]) });
            body["errors"] = errors.iter().map(error).collect();
        }
        let mut response = started(problem);
        if *problem == Problem::NotSignedIn && !self.script {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        response.insert_header((header::CONTENT_TYPE, "application/problem+json")).body(body.to_string())
    }

    /// The sign-in page, which leads back to what was asked for; not to what was posted.
    fn sign_in(&self) -> String {
        match self.uri.path_and_query().filter(|_| self.safe) {
            Some(path) => {
                let next: String = url::form_urlencoded::byte_serialize(path.as_str().as_bytes()).collect();
                format!("{SIGN_IN}?next={next}")
            }
            None => SIGN_IN.to_owned(),
        }
    }
}

/// Whether JSON is what is asked for first.
pub fn takes_json(headers: &header::HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.starts_with("application/json"))
}

fn started(problem: &Problem) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(problem.status_code());
    match problem {
        Problem::Unavailable => response.insert_header((header::RETRY_AFTER, "5")),
        Problem::TooMany => response.insert_header((header::RETRY_AFTER, "60")),
        _ => &mut response,
    };
    response
}

/// Ten hexadecimal digits. Without randomness from the system they are zeros, and time tells the log lines apart.
fn correlation_id() -> String {
    let mut bytes = [0; 5];
    if let Err(error) = getrandom::fill(&mut bytes) {
        tracing::error!(%error, "the system gives no random numbers");
    }
    HEXLOWER.encode(&bytes)
}
