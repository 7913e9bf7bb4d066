//! How far publishing a draft has come. The page asks again by itself, until it is told not to.

use actix_web::http::header::{HeaderValue, REFRESH};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::model::Language;
use crate::designer::consequences::pages::Kit;
use crate::designer::drafts::pages::here;
use crate::designer::drafts::store as drafts;
use crate::designer::publishing::service::state;
use crate::designer::publishing::{Attempt, State};
use crate::store::{Error, blocking};
use crate::web::{Chrome, May, Problem, done, page, redirect};
use crate::words::text;

/// Seconds until a page of an attempt that goes on asks again.
const SOON: &str = "1";
/// The same for one that seems to have been cut off: it may have been slow only.
const LATER: &str = "5";

#[derive(Serialize)]
struct ProgressPage {
    name: String,
    here: String,
    /// The form to try again, filled in as it was.
    again: String,
    /// None while it goes on: why nothing was published.
    failed: Option<&'static str>,
    steps: Vec<Step>,
    /// The page does not ask again by itself.
    still: bool,
}

#[derive(Serialize)]
struct Step {
    /// `is-done`, `is-now` or `is-later`.
    class: &'static str,
    says: String,
    /// So many of so many, while that is counted.
    count: Option<(i64, i64)>,
}

/// `GET /designer/drafts/{draft}/publishing`; with `still` it does not ask again by itself.
pub async fn progress(
    _may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    kit: Data<Kit>,
    draft: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let (draft, now) = (draft.into_inner(), clock::now());
    let (state, name) = blocking(move || {
        kit.store.read(|conn| {
            let name = drafts::find(conn, draft)?.map(|draft| draft.name).unwrap_or_default();
            Ok::<_, Error>((state(conn, draft, now)?, name))
        })
    })
    .await?;
    let still = req.query_string() == "still";
    let told = |attempt: &Attempt, failed| told(chrome.language, (draft, &name), attempt, failed, still);
    let (body, again) = match &state {
        State::Gone => return Err(Problem::NotFound),
        State::Untried => return Ok(redirect(&format!("{}/publish", here(draft)))),
        State::Published(number) => {
            return Ok(done(&format!("/designer/versions/{number}"), "consequences-published"));
        }
        State::Running(attempt) => (told(attempt, None), Some(SOON)),
        State::CutOff(attempt) => (told(attempt, Some("publishing-cut-off")), Some(LATER)),
        State::Failed(attempt) => (told(attempt, Some(why(attempt))), None),
    };
    let title = if body.failed.is_some() { "publishing-not-published" } else { "publishing-title" };
    let mut answer = page(&chrome.named(title), "designer/publishing", &body);
    if let Some(seconds) = again.filter(|_| !still) {
        answer.headers_mut().insert(REFRESH, HeaderValue::from_static(seconds));
    }
    Ok(answer)
}

/// Why an attempt failed, for whoever made it.
fn why(attempt: &Attempt) -> &'static str {
    match attempt.failed.as_deref() {
        Some("same") => "publishing-same",
        Some("unsound") => "consequences-has-errors",
        Some("transition") => "consequences-terms-wrong",
        Some("overtaken") => "consequences-overtaken",
        Some("changed") => "consequences-changed-meanwhile",
        _ => "publishing-broke",
    }
}

fn told(
    language: Language,
    (draft, name): (i64, &str),
    attempt: &Attempt,
    failed: Option<&'static str>,
    still: bool,
) -> ProgressPage {
    ProgressPage {
        name: name.to_owned(),
        here: here(draft),
        again: format!("{}/publish?{}", here(draft), attempt.form),
        failed,
        steps: steps(language, attempt),
        still,
    }
}

fn steps(language: Language, attempt: &Attempt) -> Vec<Step> {
    let (done, all) = attempt.people;
    let args = [("done", done.into()), ("all", all.into())];
    let looks = match attempt.letters {
        _ if all == 0 => text(language, "publishing-begins", &[]),
        None => text(language, "publishing-looks", &args),
        Some(_) => text(language, "publishing-looked", &args),
    };
    let writes = match attempt.letters {
        None => text(language, "publishing-will-write", &[]),
        Some(letters) => text(language, "publishing-writes", &[("letters", letters.into())]),
    };
    let (first, second) = if attempt.letters.is_some() { ("is-done", "is-now") } else { ("is-now", "is-later") };
    let count = (attempt.letters.is_none() && all > 0).then_some((done, all));
    vec![Step { class: first, says: looks, count }, Step { class: second, says: writes, count: None }]
}
