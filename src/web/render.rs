//! From a struct to a page. Templates are compiled once, for each language, at the first use.
//!
//! The frame and the content are rendered with separate data, so that a large page is never copied.

use std::sync::LazyLock;

use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite},
    http::StatusCode,
    http::header,
};
use handlebars::{Context, Handlebars, RenderError, RenderErrorReason};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    chrome::{Chrome, FLASH_COOKIE},
    error::Problem,
    helpers::{self, CSRF, Markup, Translate},
    links::redirect,
    templates::TEMPLATES,
};
use crate::{curriculum::model::Language, words};

/// A page that went well: the frame from `chrome`, the content from `template` and `body`.
pub fn page<T: Serialize>(chrome: &Chrome, template: &str, body: &T) -> HttpResponse {
    page_as(StatusCode::OK, chrome, template, body)
}

/// The form again, with what was typed and what to correct: `body` has a field `errors`.
pub fn invalid<T: Serialize>(chrome: &Chrome, template: &str, body: &T) -> HttpResponse {
    page_as(StatusCode::UNPROCESSABLE_ENTITY, chrome, template, body)
}

/// Back to `path` after a change, where the message `key` is shown once. `key` must take no arguments.
pub fn done(path: &str, key: &'static str) -> HttpResponse {
    let mut response = redirect(path);
    if let Err(error) = response.add_cookie(&flash_cookie(key)) {
        tracing::warn!(%error, "the message after a change could not be set");
    }
    response
}

fn flash_cookie(key: &'static str) -> Cookie<'static> {
    Cookie::build(FLASH_COOKIE, key).path("/").http_only(true).same_site(SameSite::Lax).finish()
}

/// A page with another status than 200.
pub fn page_as<T: Serialize>(status: StatusCode, chrome: &Chrome, template: &str, body: &T) -> HttpResponse {
    let html = match whole(chrome, template, body) {
        Ok(html) => html,
        Err(error) => return HttpResponse::from_error(Problem::internal(format!("template {template}: {error}"))),
    };
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"));
    if chrome.flash.is_some() {
        let mut cookie = flash_cookie("");
        cookie.make_removal();
        response.cookie(cookie);
    }
    response.body(html)
}

/// A template by itself, without the frame.
pub fn fragment<T: Serialize>(language: Language, template: &str, body: &T) -> Result<String, RenderError> {
    registry(language).render(template, body)
}

/// The whole document, frame and all.
pub(super) fn whole<T: Serialize>(chrome: &Chrome, template: &str, body: &T) -> Result<String, RenderError> {
    let registry = registry(chrome.language);
    let mut body = serde_json::to_value(body).map_err(RenderErrorReason::SerdeError)?;
    let wrong = body.get("errors").and_then(Value::as_object).is_some_and(|errors| !errors.is_empty());
    if let Value::Object(fields) = &mut body {
        fields.insert(CSRF.to_owned(), Value::String(chrome.csrf.clone()));
    }
    let mut frame = chrome.frame(wrong);
    frame[CSRF] = Value::String(chrome.csrf.clone());
    let (frame, body) = (Context::from(frame), Context::from(body));
    let mut html = Vec::with_capacity(16 * 1024);
    registry.render_with_context_to_write("web/top", &frame, &mut html)?;
    registry.render_with_context_to_write(template, &body, &mut html)?;
    registry.render_with_context_to_write("web/bottom", &frame, &mut html)?;
    Ok(String::from_utf8(html)?)
}

static REGISTRIES: LazyLock<[Handlebars<'static>; 2]> = LazyLock::new(|| {
    let mut swedish = Handlebars::new();
    swedish.set_strict_mode(true);
    for (name, source) in TEMPLATES {
        if let Err(error) = swedish.register_template_string(name, source) {
            tracing::error!(template = name, %error, "a template cannot be read");
        }
    }
    swedish.register_helper("icon", Box::new(Markup(helpers::icon)));
    swedish.register_helper("cells", Box::new(Markup(helpers::cells)));
    swedish.register_helper("dosecells", Box::new(Markup(helpers::dose_cells)));
    swedish.register_helper("csrf", Box::new(Markup(helpers::csrf)));
    swedish.register_helper("asset", Box::new(Markup(helpers::asset)));
    swedish.register_helper("svg", Box::new(Markup(helpers::svg)));
    swedish.register_helper("part", Box::new(helpers::part));
    let mut english = swedish.clone();
    swedish.register_helper("t", Box::new(Translate(Language::Sv)));
    english.register_helper("t", Box::new(Translate(Language::En)));
    [swedish, english]
});

pub(super) fn registry(language: Language) -> &'static Handlebars<'static> {
    &REGISTRIES[language as usize]
}

impl Chrome {
    /// What the templates of the frame show.
    fn frame(&self, wrong: bool) -> Value {
        let other = match self.language {
            Language::Sv => json!({ "code": "en", "name": "English" }),
            Language::En => json!({ "code": "sv", "name": "Svenska" }),
        };
        let title = match wrong {
            true => words::text(self.language, "web-error-in-title", &[("title", self.title.as_str().into())]),
            false => self.title.clone(),
        };
        json!({
            "lang": self.language,
            "other": other,
            "title": title,
            "region": self.region,
            "actor": self.actor,
            "nav": self.nav.iter().map(|item| item.at(&self.path)).collect::<Vec<_>>(),
            "path": self.path,
            "flash": self.flash,
            "wide": self.wide,
        })
    }
}
