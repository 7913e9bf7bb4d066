//! The interface for programs: what people have achieved, roles given to them, their paths.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::explain::Telling;
use super::service::{self, Achieving, Refusal};
use super::store::{self as rows, RecordRow};
use super::view::{self, PathView};
use crate::accounts::policy::{self, Actor, Developer, Leads, SignedIn};
use crate::clock;
use crate::curriculum::model::Language;
use crate::organisation::api as assignments;
use crate::organisation::assignments::store as roles;
use crate::organisation::service::{GiveRole, give_role, person_for};
use crate::store::{Conn, Store, blocking};
use crate::versions::api::published;
use crate::versions::published::Shelf;
use crate::web::api::{Answer, Day, Listed, PageQuery, Query, answer, created, invalid};
use crate::web::{Json, May, Problem};

/// What somebody has achieved. Append-only: what was wrong is revoked, not removed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AchievementView {
    pub id: i64,
    /// A module id.
    pub module: String,
    pub day: NaiveDate,
    /// The last day it counts for a requirement; none = for good.
    pub valid_until: Option<NaiveDate>,
    /// `attendance`, `assessment`, `prior_learning`, `import` or `external`.
    pub evidence: String,
    /// The occasion's id, when it came of attending one.
    pub occasion: Option<i64>,
    pub recorded_at: DateTime<Utc>,
    /// The id of the person who recorded it.
    pub recorded_by: Option<i64>,
    /// It was taken back and does not count.
    pub revoked: bool,
    /// Whether it is the one that counts of all of this module.
    pub counts: bool,
}

impl From<RecordRow> for AchievementView {
    fn from(row: RecordRow) -> Self {
        AchievementView {
            id: row.id,
            module: row.module,
            day: row.day,
            valid_until: row.valid_until,
            evidence: row.evidence,
            occasion: row.occasion_id,
            recorded_at: row.recorded_at.and_utc(),
            recorded_by: row.recorded_by,
            revoked: row.revoked_by.is_some(),
            counts: row.counts,
        }
    }
}

/// What a person has achieved
///
/// Everything on record, newest day first, also what was revoked.
#[utoipa::path(get, path = "/api/v1/people/{person}/achievements", tag = "achievements",
    params(("person" = i64, Path, description = "The person's id"), PageQuery),
    responses((status = 200, body = Listed<AchievementView>)))]
pub async fn achievements(
    may: May<SignedIn>,
    store: Data<Store>,
    person: Path<i64>,
    query: Query<PageQuery>,
) -> Answer<Listed<AchievementView>> {
    let record = blocking(move || {
        store.read(|conn| {
            let (person, _) = person_for(conn, &may.who, *person)?.ok_or(Problem::NotFound)?;
            Ok::<_, Problem>(rows::record(conn, person.id)?)
        })
    });
    answer(query.0.paging().cut(record.await?.into_iter().map(AchievementView::from)))
}

/// Something achieved, to be recorded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAchievement {
    /// A module id of the curriculum.
    module: String,
    /// The day it was achieved; not in the future.
    #[schema(value_type = NaiveDate)]
    day: Day,
    evidence: Evidence,
}

/// How it is known.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    Attendance,
    Assessment,
    /// Learned before and validated by someone.
    PriorLearning,
    Import,
    /// Another organisation's statement.
    External,
}

impl Evidence {
    fn code(self) -> &'static str {
        match self {
            Evidence::Attendance => "attendance",
            Evidence::Assessment => "assessment",
            Evidence::PriorLearning => "prior_learning",
            Evidence::Import => "import",
            Evidence::External => "external",
        }
    }
}

/// Record what a person has achieved
///
/// As a developer, never for yourself. The person is told, with what is next. Sending the same module, day and evidence
/// again changes nothing and answers with what is on record, so a program may safely repeat itself.
#[utoipa::path(post, path = "/api/v1/people/{person}/achievements", tag = "achievements",
    request_body = NewAchievement,
    params(("person" = i64, Path, description = "The person's id")),
    responses((status = 200, description = "On record, new or since before", body = AchievementView),
        (status = 403, description = "Nobody records for themselves"),
        (status = 409, description = "No curriculum is published yet")))]
pub async fn record_achievement(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    person: Path<i64>,
    new: Json<NewAchievement>,
) -> Answer<AchievementView> {
    let published = published(&store, &shelf).await?;
    let NewAchievement { module, day, evidence } = new.0;
    let recorded = blocking(move || {
        let (actor, person) = (&may.who, *person);
        store.read(|conn| may_record(conn, actor, person))?;
        let new = Achieving { module: &module, day: day.0, evidence: evidence.code(), occasion: None };
        let id = service::record(&store, &published, person, &new, Some(actor.id), clock::now()).map_err(problem)?;
        let record = store.read(|conn| rows::record(conn, person))?;
        record.into_iter().find(|row| row.id == id).ok_or(Problem::NotFound)
    });
    answer(recorded.await?.into())
}

fn may_record(conn: &mut Conn, actor: &Actor, person: i64) -> Result<(), Problem> {
    let (_, subject) = person_for(conn, actor, person)?.ok_or(Problem::NotFound)?;
    if policy::records(actor, &subject) { Ok(()) } else { Err(Problem::Forbidden) }
}

/// What a program is told about a refused recording.
pub fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NoSuchModule(_) => invalid("module", "api-no-module"),
        Refusal::ToCome(_) => invalid("day", "api-to-come"),
        Refusal::NoSuchEvidence(_) => invalid("evidence", "api-no-evidence"),
        other => other.into(),
    }
}

/// A role to be given by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    /// A role id of the curriculum.
    role: String,
    #[schema(value_type = NaiveDate)]
    from: Day,
    /// The last day; left out, the role has no end.
    #[schema(value_type = Option<NaiveDate>)]
    to: Option<Day>,
}

/// Give a person a role
///
/// By hand, as a developer or as a manager of the person; never to yourself. Titles come with the import and roles of
/// a programme with the enrolment.
#[utoipa::path(post, path = "/api/v1/people/{person}/assignments", tag = "assignments", request_body = NewRole,
    params(("person" = i64, Path, description = "The person's id")),
    responses((status = 201, body = assignments::AssignmentView), (status = 403, description = "You may see the person but not do this"),
        (status = 409, description = "The person has this role on some of these days")))]
pub async fn assign(
    may: May<Leads>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    person: Path<i64>,
    new: Json<NewRole>,
) -> Result<HttpResponse, Problem> {
    let published = published(&store, &shelf).await?;
    let NewRole { role, from, to } = new.0;
    let given = blocking(move || {
        let actor = &may.who;
        store.read(|conn| assignments::may_assign(conn, actor, *person))?;
        let role = GiveRole { person: *person, role, from: from.0, to: to.map(|day| day.0) };
        let id = give_role(&store, &published.curriculum, &role, Some(actor.id), clock::now());
        let id = id.map_err(assignments::problem)?;
        store.read(|conn| roles::find(conn, id)?.ok_or(Problem::NotFound))
    });
    let given = given.await?;
    let location = format!("/api/v1/people/{}/assignments", given.person);
    Ok(created(&location, &assignments::AssignmentView::from(given)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PathQuery {
    /// The language of titles and sentences, `sv` or `en`; left out, that of whom the token acts as.
    #[param(value_type = Option<String>, pattern = "^(sv|en)$")]
    lang: Option<Language>,
}

/// What a person has left to learn, in which order, and why
///
/// The path with the fewest hours from what the person has to what is asked of the person today. The command
/// `varjedag path --format json` answers in the same form.
#[utoipa::path(get, path = "/api/v1/people/{person}/path", tag = "paths",
    params(("person" = i64, Path, description = "The person's id"), PathQuery),
    responses((status = 200, body = PathView), (status = 409, description = "No curriculum is published yet")))]
pub async fn path(
    may: May<SignedIn>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    person: Path<i64>,
    query: Query<PathQuery>,
) -> Answer<PathView> {
    let published = published(&store, &shelf).await?;
    let language = query.0.lang.unwrap_or(may.who.language);
    let today = clock::today();
    let found = blocking(move || {
        let (person, facts) = store.read(|conn| {
            let (person, _) = person_for(conn, &may.who, *person)?.ok_or(Problem::NotFound)?;
            let facts = rows::facts(conn, person.id, today)?;
            Ok::<_, Problem>((person, facts.unwrap_or_default()))
        })?;
        let telling = Telling {
            curriculum: &published.curriculum,
            published: Some(&published),
            language,
            today,
            about: (person.id != may.who.id).then_some(person.name.as_str()),
        };
        Ok::<_, Problem>(view::view(&telling, &service::path_of(&published, &facts, today)))
    });
    answer(found.await?)
}
