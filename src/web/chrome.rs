//! The frame around a page: who reads, in which language, where they can go. Decides nothing about access.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    dev::Payload,
    http::{
        Method,
        header::{ACCEPT_LANGUAGE, REFERER},
    },
    web::Data,
};
use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use super::{error::Problem, links::safe_next};
use crate::{config::Site, curriculum::model::Language, words};

/// Cookie with the key of a message to show once.
pub(super) const FLASH_COOKIE: &str = "flash";
/// Cookie with the language that somebody who is not signed in has chosen: `sv` or `en`.
pub const LANGUAGE_COOKIE: &str = "language";

/// What the frame of a page shows. As an extractor: what the session put in the request's extensions, or, when
/// nobody is signed in, the language of the browser and no navigation.
#[derive(Debug, Clone, Default)]
pub struct Chrome {
    pub language: Language,
    /// The page's title in its language; "– Varjedag" is added.
    pub title: String,
    /// The region's name, beside the brand.
    pub region: String,
    /// The name of who is signed in.
    pub actor: Option<String>,
    pub nav: Vec<NavItem>,
    /// The session's form token; empty when nobody is signed in.
    pub csrf: String,
    /// Path and query of this page, to come back to when the language is switched.
    pub path: String,
    pub flash: Option<Flash>,
    /// For wide tables.
    pub wide: bool,
}

/// One entry of the main menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    pub href: &'static str,
    /// Key of the message.
    pub label: &'static str,
    /// Other addresses whose pages belong to it.
    pub also: &'static [&'static str],
}

/// A message shown once, above the content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flash {
    pub text: String,
}

impl Site {
    /// Scheme, host and port as browsers write them in `Origin`.
    pub fn origin(&self) -> String {
        self.public_url.origin().ascii_serialization()
    }

    /// Whether people reach the service over https.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// The site of the app that `req` is handled by.
    pub fn of(req: &HttpRequest) -> Option<&Site> {
        req.app_data::<Data<Site>>().map(|site| site.get_ref())
    }
}

impl Chrome {
    /// The same frame around a page called `title`.
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The same frame around a page whose title is the message `key`.
    pub fn named(self, key: &str) -> Self {
        let title = words::text(self.language, key, &[]);
        self.titled(title)
    }

    /// The same frame, wide enough for a large table.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The frame for `req`; see the type.
    pub fn of(req: &HttpRequest) -> Self {
        // The borrow must end first: reading a cookie borrows the extensions too.
        let known = req.extensions().get::<Chrome>().cloned();
        let mut chrome = known.unwrap_or_else(|| Self::anonymous(req));
        chrome.path = path_of(req);
        let key = req.cookie(FLASH_COOKIE);
        chrome.flash =
            key.and_then(|key| words::plain(chrome.language, key.value())).map(|text| Flash { text: text.to_owned() });
        chrome
    }

    fn anonymous(req: &HttpRequest) -> Self {
        let header = |name| req.headers().get(name).and_then(|value| value.to_str().ok());
        let language = match req.cookie(LANGUAGE_COOKIE).as_ref().map(|cookie| cookie.value()) {
            Some("sv") => Language::Sv,
            Some("en") => Language::En,
            _ => accepted_language(header(ACCEPT_LANGUAGE).unwrap_or_default()).unwrap_or_default(),
        };
        let region = Site::of(req).map(|site| site.region.clone()).unwrap_or_default();
        Self { language, region, ..Self::default() }
    }
}

impl FromRequest for Chrome {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(req)))
    }
}

/// Keeps the language that somebody who is not signed in has chosen, for a year.
pub fn language_cookie(site: &Site, language: Language) -> Cookie<'static> {
    Cookie::build(LANGUAGE_COOKIE, language.code())
        .path("/")
        .http_only(true)
        .secure(site.is_https())
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish()
}

impl NavItem {
    /// The entry as the menu shows it on the page at `path`: "page" on its own page, "true" on those below it.
    pub(super) fn at(&self, path: &str) -> Value {
        let path = path.split('?').next().unwrap_or(path);
        let below = |href: &str| path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let current = match path == self.href {
            true => Some("page"),
            false => {
                (self.href != "/" && below(self.href) || self.also.iter().any(|href| below(href))).then_some("true")
            }
        };
        json!({ "href": self.href, "label": self.label, "current": current })
    }
}

/// A page that was posted cannot be come back to: then it is the page the form stood on.
fn path_of(req: &HttpRequest) -> String {
    if req.method() == Method::GET || req.method() == Method::HEAD {
        let path = req.uri().path_and_query().map(|path| path.as_str());
        return path.and_then(safe_next).unwrap_or_else(|| "/".to_owned());
    }
    let referer = req.headers().get(REFERER).and_then(|value| Url::parse(value.to_str().ok()?).ok());
    let same = referer.filter(|url| Site::of(req).is_some_and(|site| url.origin() == site.public_url.origin()));
    same.and_then(|url| safe_next(&url[url::Position::BeforePath..url::Position::AfterQuery]))
        .unwrap_or_else(|| "/".to_owned())
}

/// The language of an `Accept-Language` header: of Swedish and English the one with the highest weight, the
/// first at equal weights; `None` when neither is named.
pub(super) fn accepted_language(header: &str) -> Option<Language> {
    let mut best = None;
    for range in header.split(',') {
        let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse::<f32>().ok());
        let language = match tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "sv" => Language::Sv,
            "en" => Language::En,
            _ => continue,
        };
        let Some(weight) = weight.filter(|weight| *weight > 0.0) else { continue };
        if best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}
