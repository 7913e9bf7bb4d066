//! The interface for programs: when a group can be done.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{GroupPlan, Whom, store as rows};
use crate::accounts::policy::{self, Leads};
use crate::clock;
use crate::courses::pages::group::{begun, work};
use crate::store::{Store, blocking};
use crate::versions::published::Shelf;
use crate::web::api::{Answer, answer, created, invalid};
use crate::web::{Json, May, Problem};

/// Whom a question is about.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupQuestion {
    /// `unit:3`, `edition:1` or `dose:ledare`. Managers ask about units below them, developers about everything.
    whom: String,
    /// Course days in one week at most, 1 to 5; left out, as many as there are.
    days_a_week: Option<u8>,
}

/// A question about a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupAnswer {
    pub id: i64,
    pub whom: String,
    /// Steps done, of how many.
    pub done: i64,
    pub all: i64,
    /// Why there is no answer, in one word.
    pub failed: Option<String>,
    /// None until it has been worked out.
    pub plan: Option<GroupPlan>,
}

/// Ask when a group can be done
///
/// The answer is worked out in the background: read it from the address in `Location` until it has a plan.
#[utoipa::path(post, path = "/api/v1/plans", tag = "paths", request_body = GroupQuestion,
    responses((status = 201, body = GroupAnswer), (status = 422, description = "There is no such group, or you may not ask about it")))]
pub async fn ask_group(
    may: May<Leads>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    question: Json<GroupQuestion>,
) -> Result<HttpResponse, Problem> {
    let GroupQuestion { whom, days_a_week } = question.0;
    if days_a_week.is_some_and(|days| !(1..=5).contains(&days)) {
        return Err(invalid("days_a_week", "courses-done-days-wrong"));
    }
    let noted = blocking({
        let (store, actor, whom) = (store.clone(), may.who.clone(), Whom::of(&whom));
        move || begun(&store, &actor, whom.as_ref(), days_a_week, clock::now())
    });
    let id = noted.await?.ok_or_else(|| invalid("whom", "courses-group-whom-missing"))?;
    work(store, shelf, id).await;
    let view = GroupAnswer { id, whom, done: 0, all: 0, failed: None, plan: None };
    Ok(created(&format!("/api/v1/plans/{id}"), &view))
}

/// When a group can be done
#[utoipa::path(get, path = "/api/v1/plans/{plan}", tag = "paths",
    params(("plan" = i64, Path, description = "The question's id")), responses((status = 200, body = GroupAnswer)))]
pub async fn group_plan(may: May<Leads>, store: Data<Store>, plan: Path<i64>) -> Answer<GroupAnswer> {
    let found = blocking(move || store.read(|conn| rows::find(conn, *plan))).await?;
    let asked = found.filter(|asked| policy::owns(&may.who, Some(asked.by))).ok_or(Problem::NotFound)?;
    answer(GroupAnswer {
        id: asked.id,
        whom: asked.whom,
        done: asked.steps.0,
        all: asked.steps.1,
        failed: asked.failed,
        plan: asked.answer.and_then(|text| serde_json::from_str(&text).ok()),
    })
}
