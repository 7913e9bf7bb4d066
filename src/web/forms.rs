//! What browsers post and programs send: bounded, without unknown fields, and never on another site's behalf.

use std::{borrow::Cow, collections::BTreeMap, future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::CONTENT_TYPE, web};
use chrono::{Datelike, NaiveDate};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    error::Problem,
    guard::{same_origin, same_session},
    urlencoded::{self, Fields},
};

/// The most that a form may hold, in bytes.
pub(super) const FORM_MOST: usize = 64 * 1024;
/// The most that a program may send as JSON, in bytes.
const JSON_MOST: usize = 1024 * 1024;

/// A form that a signed-in person posts from a page of ours: the field `csrf` must be the session's token.
///
/// Fields that `T` does not have are refused, an empty field is `None` for an `Option`, a repeated field fills a
/// `Vec`, a ticked box is `true` for a `bool` with `#[serde(default)]`.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// A form of somebody who may not be signed in: from a page of ours, but without a session's token.
#[derive(Debug)]
pub struct OpenForm<T>(pub T);

/// What a program sends under `/api`: at most 1 MiB of JSON. `T` refuses unknown fields (`deny_unknown_fields`).
#[derive(Debug)]
pub struct Json<T>(pub T);

/// What is wrong with a form: field → key of a message. Serialises as a map, so that `errors.name` is a key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Errors(BTreeMap<Cow<'static, str>, &'static str>);

impl Errors {
    /// Notes `key` for `field`; the first note of a field stays.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, key: &'static str) {
        self.0.entry(field.into()).or_insert(key);
    }

    /// Notes `key` for `field` when `value` is blank. The message names what to fill in: it is also read alone.
    pub fn require(&mut self, field: &'static str, value: &str, key: &'static str) {
        if value.trim().is_empty() {
            self.add(field, key);
        }
    }

    /// What is noted for `field`.
    pub fn of(&self, field: &str) -> Option<&'static str> {
        self.0.get(field).copied()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `value` when nothing is wrong.
    pub fn or<T>(self, value: T) -> Result<T, Errors> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// Fields and keys, in the order of the fields' names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.0.iter().map(|(field, key)| (field.as_ref(), *key))
    }
}

/// A day as date fields send it, of this century or the ones beside it: others are mistakes, and neither the databases
/// nor reckoning with days goes on for ever.
pub fn day(text: &str) -> Option<NaiveDate> {
    text.trim().parse().ok().filter(|day: &NaiveDate| (1900..2200).contains(&day.year()))
}

type Reading<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

impl<T: DeserializeOwned> FromRequest for Form<T> {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let mut fields = read(&req, payload).await?;
            let token = fields.take("csrf");
            same_session(&req, token.as_deref())?;
            Ok(Self(decode(fields)?))
        })
    }
}

impl<T: DeserializeOwned> FromRequest for OpenForm<T> {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let mut fields = read(&req, payload).await?;
            fields.take("csrf");
            Ok(Self(decode(fields)?))
        })
    }
}

impl<T: DeserializeOwned> FromRequest for Json<T> {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let bytes = body(&req, payload, "application/json", JSON_MOST).await?;
            Ok(Self(serde_json::from_slice(&bytes).map_err(|error| Problem::Unreadable(error.to_string()))?))
        })
    }
}

pub(super) async fn read(req: &HttpRequest, payload: Payload) -> Result<Fields, Problem> {
    let bytes = body(req, payload, "application/x-www-form-urlencoded", FORM_MOST).await?;
    Ok(Fields::parse(&bytes))
}

/// The body of a change that a page of ours or a program with a token asks for.
async fn body(req: &HttpRequest, mut payload: Payload, kind: &str, most: usize) -> Result<web::Bytes, Problem> {
    same_origin(req)?;
    let said = req.headers().get(CONTENT_TYPE).and_then(|said| said.to_str().ok()).unwrap_or_default();
    if !said.split(';').next().is_some_and(|said| said.trim().eq_ignore_ascii_case(kind)) {
        return Err(Problem::Unreadable(format!("the content type must be {kind}")));
    }
    let body = web::Payload::from_request(req, &mut payload).await.map_err(|_| Problem::BadRequest)?;
    match body.to_bytes_limited(most).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Problem::BadRequest),
        Err(_) => Err(Problem::TooLarge),
    }
}

pub(super) fn decode<T: DeserializeOwned>(fields: Fields) -> Result<T, Problem> {
    urlencoded::from_fields(fields).map_err(|error| Problem::Unreadable(error.to_string()))
}
