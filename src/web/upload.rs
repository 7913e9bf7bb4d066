//! Forms with files. Everything is counted while it comes, so that nobody fills the memory: a file beyond its bound is
//! read to its end and let go, and its name is kept so that the form can say which one was too large. Only far beyond
//! that is reading ended.
//!
//! The same form may come without files, as forms otherwise do.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::CONTENT_TYPE};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;

use super::error::Problem;
use super::forms::{self, FORM_MOST};
use super::guard::{same_origin, same_session};
use super::urlencoded::Fields;

/// The most bytes of one file.
pub const FILE_MOST: usize = 5 * 1024 * 1024;
/// The most files of one form that are kept.
pub const FILES_MOST: usize = 5;
/// How much is read before a form is given up: enough to read what is too large to its end and say so on the page,
/// which a browser does not show while it still sends.
const READ_MOST: usize = 100 * 1024 * 1024;
/// How many parts a form may have.
const PARTS_MOST: usize = 200;
/// How long a form may take to come.
const PATIENCE: Duration = Duration::from_secs(300);

/// A form that may carry files, from a page of ours: the field `csrf` must be the session's token.
#[derive(Debug)]
pub struct Upload<T> {
    pub fields: T,
    /// In the order they came; a field left empty is no file.
    pub files: Vec<SentFile>,
}

/// A file as it was sent. Nothing about it is to be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    pub name: String,
    /// Empty when it was too large or one too many.
    pub bytes: Vec<u8>,
    /// It was larger than [`FILE_MOST`].
    pub over: bool,
}

impl<T: DeserializeOwned> FromRequest for Upload<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let said = req.headers().get(CONTENT_TYPE).and_then(|said| said.to_str().ok()).unwrap_or_default();
            let (mut fields, files) = match said.starts_with("multipart/form-data") {
                true => {
                    same_origin(&req)?;
                    let parts = Multipart::new(req.headers(), payload);
                    let read = tokio::time::timeout(PATIENCE, read(parts)).await;
                    read.map_err(|_| Problem::BadRequest)??
                }
                false => (forms::read(&req, payload).await?, Vec::new()),
            };
            let token = fields.take("csrf");
            same_session(&req, token.as_deref())?;
            Ok(Upload { fields: forms::decode(fields)?, files })
        })
    }
}

async fn read(mut parts: Multipart) -> Result<(Fields, Vec<SentFile>), Problem> {
    let (mut fields, mut files) = (Fields::default(), Vec::new());
    let (mut left, mut text_left) = (READ_MOST, FORM_MOST);
    for _ in 0..PARTS_MOST {
        let Some(part) = parts.next().await else { return Ok((fields, files)) };
        let mut part = part.map_err(|_| Problem::BadRequest)?;
        let name = part.name().unwrap_or_default().to_owned();
        let disposition = part.content_disposition();
        let file = disposition.and_then(|said| said.get_filename()).map(str::to_owned);
        match file {
            Some(file) => {
                let most = if files.len() < FILES_MOST { FILE_MOST } else { 0 };
                let (bytes, over) = whole(&mut part, most, &mut left).await?;
                if !file.is_empty() || !bytes.is_empty() {
                    // One too many is not too large.
                    files.push(SentFile { name: file, bytes, over: over && most > 0 });
                }
            }
            None => {
                let (bytes, over) = whole(&mut part, text_left, &mut left).await?;
                if over {
                    return Err(Problem::TooLarge);
                }
                text_left -= bytes.len();
                fields.add(&name, &String::from_utf8_lossy(&bytes));
            }
        }
    }
    Err(Problem::BadRequest)
}

/// A part to its end: its bytes, or nothing and true when there are more than `most`.
async fn whole(part: &mut Field, most: usize, left: &mut usize) -> Result<(Vec<u8>, bool), Problem> {
    let (mut bytes, mut over) = (Vec::new(), false);
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|_| Problem::BadRequest)?;
        *left = left.checked_sub(chunk.len()).ok_or(Problem::TooLarge)?;
        over |= bytes.len() + chunk.len() > most;
        match over {
            true => bytes = Vec::new(),
            false => bytes.extend_from_slice(&chunk),
        }
    }
    Ok((bytes, over))
}
