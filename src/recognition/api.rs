//! The interface for programs: requests to have modules recognised, deciding about them, and what evidence there is.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::evidence;
use super::life::{self, Act, Wording};
use super::service::{self, By, Refusal};
use super::store::evidence::{self as pieces, Attest, File, Piece};
use super::store::{self as rows, Request};
use crate::accounts::policy::SignedIn;
use crate::clock;
use crate::store::{Store, blocking};
use crate::versions::api::published;
use crate::versions::published::Shelf;
use crate::web::api::{Answer, Day, Listed, PageNumber, PageQuery, Paging, PerPage, Query, answer, created, invalid};
use crate::web::{Json, May, Problem};

/// How many requests or pieces are looked through.
const MOST: i64 = 1_000;

/// A request to have a module recognised.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecognitionView {
    pub id: i64,
    /// The id of the person it is about.
    pub person: i64,
    /// The id of who asked: the person, or a manager.
    pub asked_by: i64,
    /// A module id.
    pub module: String,
    /// Since when the person has what the module teaches, as whoever asked says.
    pub day: NaiveDate,
    /// Another course that taught it.
    pub course: Option<String>,
    pub motivation: String,
    /// `draft`, `asked`, `returned`, `accepted`, `declined` or `withdrawn`.
    pub state: String,
    pub changed_at: DateTime<Utc>,
    /// The achievement that followed.
    pub achievement: Option<i64>,
}

impl From<Request> for RecognitionView {
    fn from(request: Request) -> Self {
        RecognitionView {
            id: request.id,
            person: request.person,
            asked_by: request.asked_by,
            state: request.state().code().to_owned(),
            module: request.module,
            day: request.day,
            course: Some(request.course).filter(|course| !course.is_empty()),
            motivation: request.motivation,
            changed_at: request.changed_at.and_utc(),
            achievement: request.achievement,
        }
    }
}

/// Which requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// Those that wait for your decision, the oldest first.
    #[default]
    Waiting,
    /// Those about you and those you have asked for, the newest change first.
    Own,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecognitionQuery {
    #[serde(default)]
    #[param(inline)]
    show: Show,
    #[serde(default)]
    #[param(inline)]
    page: PageNumber,
    #[serde(default)]
    #[param(inline)]
    per_page: PerPage,
}

/// Requests for recognition
///
/// What waits for your decision as a developer or as somebody named for the module, or what is your own.
#[utoipa::path(get, path = "/api/v1/recognitions", tag = "recognition", params(RecognitionQuery),
    responses((status = 200, body = Listed<RecognitionView>),
        (status = 409, description = "No curriculum is published yet")))]
pub async fn recognitions(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    query: Query<RecognitionQuery>,
) -> Answer<Listed<RecognitionView>> {
    let published = published(&store, &shelf).await?;
    let RecognitionQuery { show, page, per_page } = query.0;
    let found = blocking(move || {
        store.read(|conn| {
            let by = By { actor: &may.who, now: clock::now() };
            match show {
                Show::Waiting => service::waiting_for(conn, &published, by),
                Show::Own => {
                    let mut own = Vec::new();
                    for request in rows::concerning(conn, may.who.id, MOST)? {
                        own.extend(service::seen(conn, &published, request.id, by)?.map(|seen| seen.request));
                    }
                    Ok(own)
                }
            }
        })
    });
    answer(Paging::new(page, per_page).cut(found.await?.into_iter().map(RecognitionView::from)))
}

/// One request
///
/// For the person, the manager who asked, and those who decide.
#[utoipa::path(get, path = "/api/v1/recognitions/{recognition}", tag = "recognition",
    params(("recognition" = i64, Path, description = "The request's id")),
    responses((status = 200, body = RecognitionView), (status = 409, description = "No curriculum is published yet")))]
pub async fn recognition(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    recognition: Path<i64>,
) -> Answer<RecognitionView> {
    answer(found(&may, store, shelf, *recognition).await?)
}

async fn found(
    may: &May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: i64,
) -> Result<RecognitionView, Problem> {
    let (published, actor) = (published(&store, &shelf).await?, may.who.clone());
    let seen = blocking(move || {
        let by = By { actor: &actor, now: clock::now() };
        let seen = store.read(|conn| service::seen(conn, &published, id, by))?;
        if let Some(seen) = &seen {
            crate::accounts::service::note_reading(&store, &actor, seen.request.person, by.now)?;
        }
        Ok::<_, crate::store::Error>(seen)
    });
    Ok(seen.await?.ok_or(Problem::NotFound)?.request.into())
}

/// A new request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecognition {
    /// A module id of the curriculum.
    module: String,
    /// Since when the person has what the module teaches; not in the future.
    #[schema(value_type = NaiveDate)]
    day: Day,
    /// Another course that taught it; then the achievement is an external statement.
    course: Option<String>,
    /// What the person has done, and how it matches what the module teaches.
    motivation: String,
}

/// Ask to have a module recognised
///
/// For yourself, or as a manager for somebody below you. There is at most one open request for each person and module.
#[utoipa::path(post, path = "/api/v1/people/{person}/recognitions", tag = "recognition", request_body = NewRecognition,
    params(("person" = i64, Path, description = "The person's id")),
    responses((status = 201, body = RecognitionView),
        (status = 409, description = "There is an open request already, or no curriculum is published yet")))]
pub async fn ask_recognition(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    person: Path<i64>,
    new: Json<NewRecognition>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let NewRecognition { module, day, course, motivation } = new.0;
    let act = Act::Ask(Wording { day: day.0, course: course.unwrap_or_default(), motivation });
    let asked = blocking(move || {
        let by = By { actor: &may.who, now: clock::now() };
        let id = service::begin(&store, &published, (*person, &module), &act, by).map_err(problem)?;
        store.read(|conn| rows::request(conn, id)?.ok_or(Problem::NotFound))
    });
    let asked = RecognitionView::from(asked.await?);
    Ok(created(&format!("/api/v1/recognitions/{}", asked.id), &asked))
}

/// A decision about a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    decision: Verdict,
    /// Needed to return and to decline.
    comment: Option<String>,
    /// From when it counts, when it is accepted; left out, the day that the request says.
    #[schema(value_type = Option<NaiveDate>)]
    from: Option<Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Accept,
    /// For more.
    Return,
    Decline,
}

/// Decide about a request
///
/// As a developer, or as somebody named for the module; never about yourself nor about what you asked for. Accepted, it
/// counts at once. Two who decide at the same moment: the second is refused.
#[utoipa::path(post, path = "/api/v1/recognitions/{recognition}/decision", tag = "recognition", request_body = Decision,
    params(("recognition" = i64, Path, description = "The request's id")),
    responses((status = 200, body = RecognitionView), (status = 403, description = "Not for you to decide"),
        (status = 409, description = "It does not wait for a decision, or no curriculum is published yet")))]
pub async fn decide_recognition(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    recognition: Path<i64>,
    decision: Json<Decision>,
) -> Answer<RecognitionView> {
    let published = published(&store, &shelf).await?;
    let Decision { decision, comment, from } = decision.0;
    let decided = blocking(move || {
        let by = By { actor: &may.who, now: clock::now() };
        let seen = store.read(|conn| service::seen(conn, &published, *recognition, by))?;
        let said = seen.ok_or(Problem::NotFound)?.request.day;
        let comment = comment.unwrap_or_default();
        let act = match decision {
            Verdict::Accept => Act::Accept { day: from.map_or(said, |day| day.0), comment },
            Verdict::Return => Act::Return { comment },
            Verdict::Decline => Act::Decline { reason: comment },
        };
        service::act(&store, &published, *recognition, &act, by).map_err(problem)?;
        store.read(|conn| rows::request(conn, *recognition)?.ok_or(Problem::NotFound))
    });
    answer(decided.await?.into())
}

/// What a program is told about a refused request.
fn problem(refusal: Refusal) -> Problem {
    use life::Refusal as Life;
    match refusal {
        Refusal::NoSuchRequest | Refusal::NoSuchPerson => Problem::NotFound,
        Refusal::NoSuchModule(_) => invalid("module", "api-no-module"),
        Refusal::AlreadyOpen(_) => Problem::Conflict("recognition-already-open"),
        Refusal::TooLong(_) => invalid("motivation", "recognition-too-long"),
        Refusal::Life(Life::NoMotivation) => invalid("motivation", "recognition-no-motivation"),
        Refusal::Life(Life::NoComment) => invalid("comment", "recognition-no-comment"),
        Refusal::Life(Life::ToCome) => invalid("day", "recognition-to-come"),
        Refusal::Life(Life::NotYours) => Problem::Forbidden,
        Refusal::Life(Life::NotWritten | Life::NotWaiting | Life::Ended) => {
            Problem::Conflict("recognition-not-waiting")
        }
        Refusal::Store(error) => error.into(),
    }
}

/// Evidence from own work: that there is some, not what it says.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceView {
    pub id: i64,
    /// A module id.
    pub module: String,
    pub added_at: DateTime<Utc>,
    /// The id of who added it: the person, or a manager.
    pub added_by: i64,
    pub files: Vec<EvidenceFile>,
    /// Those who were asked to attest it, oldest first.
    pub attests: Vec<AttestView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceFile {
    pub id: i64,
    pub name: String,
    /// `pdf`, `png`, `jpeg`, `text`, `docx` or `xlsx`.
    pub kind: String,
    /// Bytes.
    pub size: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AttestView {
    /// The id of who was asked.
    pub person: i64,
    /// `asked`, `attested`, `returned` or `withdrawn`.
    pub state: String,
    pub answered_at: Option<DateTime<Utc>>,
}

/// What evidence a person has added
///
/// Only what you may read: your own, what you are asked to attest or to decide about, and as a developer all.
#[utoipa::path(get, path = "/api/v1/people/{person}/evidence", tag = "recognition",
    params(("person" = i64, Path, description = "The person's id"), PageQuery),
    responses((status = 200, body = Listed<EvidenceView>), (status = 409, description = "No curriculum is published yet")))]
pub async fn evidence(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    person: Path<i64>,
    query: Query<PageQuery>,
) -> Answer<Listed<EvidenceView>> {
    let published = published(&store, &shelf).await?;
    let found = blocking(move || {
        store.read(|conn| {
            let by = By { actor: &may.who, now: clock::now() };
            let mut found = Vec::new();
            for piece in pieces::pieces_of(conn, *person, None, MOST)? {
                if let Some(seen) = evidence::seen(conn, &published, piece.id, by)? {
                    found.push(view(seen.piece, seen.files, seen.attests));
                }
            }
            // Whoever may read none of it does not learn whether there is such a person.
            match found.is_empty() && *person != may.who.id && !may.who.hats.developer {
                true => Err(Problem::NotFound),
                false => Ok(found),
            }
        })
    });
    answer(query.0.paging().cut(found.await?))
}

fn view(piece: Piece, files: Vec<File>, attests: Vec<Attest>) -> EvidenceView {
    let file = |file: File| EvidenceFile {
        id: file.id,
        kind: file.kind().map(|kind| kind.code().to_owned()).unwrap_or_default(),
        name: file.name,
        size: file.size,
    };
    let attest = |attest: Attest| AttestView {
        person: attest.asked,
        state: attest.state().code().to_owned(),
        answered_at: attest.answered_at.map(|at| at.and_utc()),
    };
    EvidenceView {
        id: piece.id,
        module: piece.module,
        added_at: piece.added_at.and_utc(),
        added_by: piece.added_by,
        files: files.into_iter().map(file).collect(),
        attests: attests.into_iter().map(attest).collect(),
    }
}
