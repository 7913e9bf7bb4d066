//! The interface for programs: how tests, assignments and observations stand, and noting what came of them.

use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::pages::{occasion, refused};
use super::service::{self, Refusal};
use crate::accounts::policy::SignedIn;
use crate::attendance::case::Case;
use crate::clock;
use crate::learning::assessed::{self as life, Act};
use crate::learning::store::assessed as rows;
use crate::organisation::service::person_for;
use crate::recognition::service::By;
use crate::store::{Store, blocking};
use crate::versions::api::published;
use crate::versions::published::Shelf;
use crate::web::api::{Answer, Listed, PageQuery, Query, answer, invalid};
use crate::web::{Json, May, Problem};

/// How somebody's test, assignment or observation in a module stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessmentView {
    /// The id of the person.
    pub person: i64,
    /// A module id.
    pub module: String,
    /// `open`, `waits` (handed in), `returned` (not yet, with a comment), `failed` or `passed`.
    pub state: &'static str,
    /// The person has been there enough for what is assessed now, and the module is not done yet.
    pub attended: bool,
    /// The best result of the test, in whole percent; only where one case is answered.
    pub best_percent: Option<i32>,
    /// When it stood so first; none before anything happened.
    pub changed_at: Option<DateTime<Utc>>,
}

fn view(person: i64, module: &str, case: &Case) -> AssessmentView {
    AssessmentView {
        person,
        module: module.to_owned(),
        state: case.state.code(),
        attended: case.attended,
        best_percent: life::best(&case.log).map(|points| points.percent()),
        changed_at: case.log.last().map(|entry| entry.at.and_utc()),
    }
}

impl From<rows::Standing> for AssessmentView {
    fn from(one: rows::Standing) -> Self {
        AssessmentView {
            person: one.person,
            module: one.module,
            state: one.state.code(),
            attended: one.attended,
            best_percent: None,
            changed_at: Some(one.changed_at.and_utc()),
        }
    }
}

/// A person's assessments
///
/// Of modules that ask for a test, an assignment or an observation, from the day on which there is something to do.
#[utoipa::path(get, path = "/api/v1/people/{person}/assessments", tag = "assessments",
    params(("person" = i64, Path, description = "The person's id"), PageQuery),
    responses((status = 200, body = Listed<AssessmentView>)))]
pub async fn assessments(
    may: May<SignedIn>,
    store: Data<Store>,
    person: Path<i64>,
    query: Query<PageQuery>,
) -> Answer<Listed<AssessmentView>> {
    let found = blocking(move || {
        store.read(|conn| {
            let (person, _) = person_for(conn, &may.who, *person)?.ok_or(Problem::NotFound)?;
            Ok::<_, Problem>(rows::of_person(conn, person.id)?)
        })
    });
    answer(query.0.paging().cut(found.await?.into_iter().map(AssessmentView::from)))
}

/// Everybody's assessment at an occasion
///
/// For those who lead the occasion: whoever has a seat or has been there. Empty when the module asks for attendance only.
#[utoipa::path(get, path = "/api/v1/occasions/{occasion}/assessments", tag = "assessments",
    params(("occasion" = i64, Path, description = "The occasion's id"), PageQuery),
    responses((status = 200, body = Listed<AssessmentView>),
        (status = 409, description = "No curriculum is published yet")))]
pub async fn occasion_assessments(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Path<i64>,
    query: Query<PageQuery>,
) -> Answer<Listed<AssessmentView>> {
    let published = published(&store, &shelf).await?;
    let found = blocking(move || {
        store.read(|conn| {
            let occasion = occasion::led(conn, &may.who, *occasion)?.ok_or(Problem::NotFound)?;
            let cases = occasion::cases(conn, &published, &occasion, clock::now())?;
            Ok::<_, Problem>(
                cases.iter().map(|(person, case)| view(person.id, &occasion.module, case)).collect::<Vec<_>>(),
            )
        })
    });
    answer(query.0.paging().cut(found.await?))
}

/// What came of an assessment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAssessment {
    outcome: Outcome,
    /// For `result`: points.
    points: Option<i32>,
    /// For `result`: of how many; 100 when left out, which is per cent.
    of: Option<i32>,
    /// For the person. `returned` needs one.
    #[serde(default)]
    #[schema(max_length = 4000)]
    comment: String,
}

/// Kinds of outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// An assignment that was handed in, or what was observed, is approved.
    Approved,
    /// Not yet, with a comment.
    Returned,
    /// A result of a test, judged by the module's pass mark; of several the best counts.
    Result,
}

impl NewAssessment {
    fn act(&self) -> Result<Act, Problem> {
        match (self.outcome, self.points) {
            (Outcome::Approved, _) => Ok(Act::Approve),
            (Outcome::Returned, _) => Ok(Act::Return),
            (Outcome::Result, Some(points)) => Ok(Act::Result { points, of: self.of.unwrap_or(100) }),
            (Outcome::Result, None) => Err(invalid("points", "assessing-no-points")),
        }
    }
}

/// Note a result, approve or return
///
/// For those who assess: whoever trains the person in the module, those named for it, developers, and of what is observed
/// the managers above. Never for oneself. The module is done when attendance holds too.
#[utoipa::path(post, path = "/api/v1/people/{person}/assessments/{module}", tag = "assessments",
    request_body = NewAssessment,
    params(("person" = i64, Path, description = "The person's id"), ("module" = String, Path, description = "A module id")),
    responses((status = 200, body = AssessmentView),
        (status = 409, description = "It cannot be done now: the problem's detail says why")))]
pub async fn assess(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    at: Path<(i64, String)>,
    new: Json<NewAssessment>,
) -> Answer<AssessmentView> {
    let published = published(&store, &shelf).await?;
    let (act, comment, (person, module)) = (new.0.act()?, new.0.comment, at.into_inner());
    let noted = blocking(move || {
        let by = By { actor: &may.who, now: clock::now() };
        let whose = (person, module.as_str());
        store.write(|conn| service::act(conn, &published, whose, act, &comment, by)).map_err(problem)?;
        let seen = store.read(|conn| service::seen(conn, &published, whose, by))?.ok_or(Problem::NotFound)?;
        Ok::<_, Problem>(view(person, &module, &seen.case))
    });
    answer(noted.await?)
}

fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NotFound | Refusal::Evidence(_) => Problem::NotFound,
        Refusal::TooLong(_) => invalid("comment", "recognition-too-long"),
        Refusal::Life(life::Refusal::NotYours) => Problem::Forbidden,
        Refusal::Life(life::Refusal::NoComment) => invalid("comment", "assessing-no-comment"),
        Refusal::Life(life::Refusal::NoPoints) => invalid("points", "assessing-no-points"),
        Refusal::Life(refusal) => Problem::Conflict(refused(refusal)),
        Refusal::Store(error) => error.into(),
    }
}
