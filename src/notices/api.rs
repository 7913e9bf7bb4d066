//! The interface for programs: what has become of the mails. Never what stands in them: a mail may hold a sign-in link.

use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::outbox::State;
use super::service;
use super::store::{self as rows, Row};
use crate::accounts::policy::Staff;
use crate::clock;
use crate::store::{Store, blocking};
use crate::web::api::{Answer, Listed, PageNumber, Paging, PerPage, Query, answer};
use crate::web::{May, Problem};

/// One mail to one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeView {
    pub id: i64,
    /// What it is about, such as `invitation` or `reminder`.
    pub kind: String,
    /// The person's id.
    pub person: Option<i64>,
    pub email: String,
    /// `waiting`, `sending`, `sent`, `failed`, `dropped` or `held`.
    pub state: String,
    pub created_at: DateTime<Utc>,
    /// Not sent before this instant.
    pub not_before: DateTime<Utc>,
    /// How often it has been tried.
    pub attempts: i32,
    pub finished_at: Option<DateTime<Utc>>,
    /// The mail server's words or the reason; empty when there is nothing to say.
    pub answer: String,
}

impl From<Row> for NoticeView {
    fn from(row: Row) -> Self {
        NoticeView {
            id: row.id,
            state: row.state().code().to_owned(),
            kind: row.kind,
            person: row.person_id,
            email: row.email,
            created_at: row.created_at.and_utc(),
            not_before: row.not_before.and_utc(),
            attempts: row.attempts,
            finished_at: row.finished_at.map(|at| at.and_utc()),
            answer: row.answer,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoticesQuery {
    /// Only those in this state.
    #[param(inline)]
    state: Option<State>,
    #[serde(default)]
    #[param(inline)]
    page: PageNumber,
    #[serde(default)]
    #[param(inline)]
    per_page: PerPage,
}

/// Mails
///
/// For developers and administrators, the newest first. Never with what stands in them.
#[utoipa::path(get, path = "/api/v1/notices", tag = "notices", params(NoticesQuery),
    responses((status = 200, body = Listed<NoticeView>)))]
pub async fn notices(_may: May<Staff>, store: Data<Store>, query: Query<NoticesQuery>) -> Answer<Listed<NoticeView>> {
    let NoticesQuery { state, page, per_page } = query.0;
    let states = state.map_or(State::ALL.to_vec(), |state| vec![state]);
    let paging = Paging::new(page, per_page);
    let found = blocking(move || {
        store.read(|conn| {
            let counts = rows::counts(conn)?;
            let total = states.iter().filter_map(|state| counts.get(state.code())).sum();
            Ok::<_, Problem>((rows::in_states(conn, &states, paging.limit(), paging.offset())?, total))
        })
    });
    let (found, total) = found.await?;
    answer(paging.page_of(found.into_iter().map(NoticeView::from).collect(), total))
}

/// Send a finished or held mail once more
///
/// It waits again, from the first try. A mail whose text was a key to an account is gone and cannot be sent again.
#[utoipa::path(post, path = "/api/v1/notices/{notice}/send-again", tag = "notices",
    params(("notice" = i64, Path, description = "The notice's id")),
    responses((status = 200, body = NoticeView), (status = 409, description = "It is not finished, or its text is gone")))]
pub async fn send_again(_may: May<Staff>, store: Data<Store>, notice: Path<i64>) -> Answer<NoticeView> {
    let found = blocking(move || {
        let waits = service::send_again(&store, *notice, clock::now())?;
        let row = store.read(|conn| rows::find(conn, *notice))?.ok_or(Problem::NotFound)?;
        if waits { Ok(row) } else { Err(Problem::Conflict("api-not-finished")) }
    });
    answer(found.await?.into())
}
