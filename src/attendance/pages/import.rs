//! Attendance from a list: pasted or as a file, first shown, then written.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};

use super::published;
use crate::accounts::policy::{Actor, SignedIn};
use crate::attendance::import::{self, Failed, List, Options, Report};
use crate::attendance::roll::{self, Head};
use crate::attendance::words as said;
use crate::clock;
use crate::curriculum::model::Language;
use crate::store::{Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::upload::Upload;
use crate::web::{Chrome, Errors, May, Problem, done, invalid, page};

#[derive(Serialize)]
struct ImportPage {
    head: Head,
    several: bool,
    list: String,
    /// What the list would do.
    would: Option<Would>,
    errors: Errors,
    /// Why the list cannot be read, in words.
    unreadable: Option<String>,
}

#[derive(Serialize)]
struct Would {
    rows: usize,
    bad: usize,
    unchanged: usize,
    count: usize,
    findings: Vec<Slip>,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Slip {
    line: u64,
    reason: String,
}

#[derive(Serialize)]
struct Change {
    name: String,
    no: i32,
    /// Keys of what the states are called.
    from: &'static str,
    to: &'static str,
}

/// What is pasted, or sent again after it was shown.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pasted {
    list: String,
    /// Do it.
    apply: bool,
    /// Also when some rows have errors.
    skip: bool,
}

/// `GET /occasions/{occasion}/attendance/import`.
pub async fn show(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let body = blank(&store, &shelf, may.who, *occasion).await?;
    Ok(page(&chrome.named("attendance-import-title"), "attendance/import", &body))
}

async fn blank(store: &Data<Store>, shelf: &Data<Shelf>, actor: Actor, occasion: i64) -> Result<ImportPage, Problem> {
    let published = published(store, shelf).await?;
    let (store, now) = (store.clone(), clock::now());
    let body = blocking(move || {
        store.read(|conn| {
            let Some((occasion, parts)) = roll::led(conn, &actor, occasion)? else { return Ok::<_, Error>(None) };
            let Some(part) = roll::chosen(&parts, None, now) else { return Ok(None) };
            Ok(Some(ImportPage {
                several: parts.len() > 1,
                head: roll::head(&published, actor.language, &occasion, &parts, part, now),
                list: String::new(),
                would: None,
                errors: Errors::default(),
                unreadable: None,
            }))
        })
    });
    body.await?.ok_or(Problem::NotFound)
}

/// `POST /occasions/{occasion}/attendance/import`: shows what the list would do, or does it.
pub async fn run(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    upload: Upload<Pasted>,
) -> Result<HttpResponse, Problem> {
    let (actor, occasion, form) = (may.who, *occasion, upload.fields);
    let mut body = blank(&store, &shelf, actor.clone(), occasion).await?;
    let file = upload.files.into_iter().next();
    let over = file.as_ref().is_some_and(|file| file.over);
    let bytes = file.map_or_else(|| form.list.clone().into_bytes(), |file| file.bytes);
    body.list = form.list.clone();
    let chrome = chrome.named("attendance-import-title");
    if over || bytes.iter().all(u8::is_ascii_whitespace) {
        body.errors.add("list", if over { "web-too-large" } else { "attendance-list-missing" });
        return Ok(invalid(&chrome, "attendance/import", &body));
    }
    // A large file takes a while to read, and others wait meanwhile.
    let list = match blocking(move || Ok::<_, Error>(import::list(&bytes))).await? {
        Ok(list) => list,
        Err(why) => {
            body.unreadable = Some(said::unreadable(&why, chrome.language));
            return Ok(invalid(&chrome, "attendance/import", &body));
        }
    };
    let options = Options { apply: form.apply, skip_bad: form.skip };
    let published = published(&store, &shelf).await?;
    let ran = blocking({
        let list = list.clone();
        move || work(&store, &published, &actor, occasion, &list, options)
    });
    match ran.await {
        Ok(report) if report.applied => Ok(done(&format!("/occasions/{occasion}/attendance"), "attendance-imported")),
        Ok(report) => {
            body.list = list.as_csv();
            body.would = Some(told(report, chrome.language));
            Ok(page(&chrome, "attendance/import", &body))
        }
        Err(Failed::Unreadable(why)) => {
            body.unreadable = Some(said::unreadable(&why, chrome.language));
            Ok(invalid(&chrome, "attendance/import", &body))
        }
        Err(Failed::Refused(refusal)) => Err(refusal.into()),
    }
}

fn work(
    store: &Store,
    published: &Published,
    actor: &Actor,
    occasion: i64,
    list: &List,
    options: Options,
) -> Result<Report, Failed> {
    let now = clock::now();
    let work = |conn: &mut _| import::run(conn, published, occasion, list, options, Some(actor.id), now);
    if options.apply { store.write(work) } else { store.read(work) }
}

fn told(report: Report, language: Language) -> Would {
    let slip = |finding: &import::Finding| Slip { line: finding.line, reason: said::slip(&finding.slip, language) };
    let change = |change: import::Change| Change {
        name: change.name,
        no: change.no,
        from: said::state(change.from),
        to: said::state(change.to),
    };
    Would {
        rows: report.rows,
        bad: report.bad_rows,
        unchanged: report.unchanged,
        count: report.changes.len(),
        findings: report.findings.iter().map(slip).collect(),
        changes: report.changes.into_iter().map(change).collect(),
    }
}
