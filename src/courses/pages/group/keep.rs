//! Seats to keep for a group, and the button that keeps a day for nobody else.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment};
use serde::{Deserialize, Serialize};

use super::Answered;
use crate::accounts::policy::{self, Actor, Developer};
use crate::clock;
use crate::courses::group::{GroupPlan, Keep, Whom, service, store as rows};
use crate::courses::plan::{self, Refusal};
use crate::courses::view::{Shown, Telling};
use crate::occasions::audience::Audience;
use crate::occasions::store::{self as occasions, Occasion};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::Shelf;
use crate::web::{Form, May, Problem, done};
use crate::words;

#[derive(Serialize)]
pub(super) struct Kept {
    lines: Vec<Line>,
    /// What can be done about it, in words.
    how: Option<String>,
    /// Where the buttons go; none when there are none.
    action: Option<String>,
}

#[derive(Serialize)]
struct Line {
    area: &'static str,
    occasion: i64,
    code: String,
    title: String,
    when: String,
    count: String,
    /// For whom the day is, when it is not for everybody; or that it is called off.
    state: Option<Shown>,
    /// It can be kept for the group.
    free: bool,
}

/// Where the group sits, and what can be done so that nobody else sits there.
pub(super) fn kept(
    conn: &mut Conn,
    telling: &Telling,
    actor: &Actor,
    Answered { asked, plan }: &Answered,
) -> Result<Kept, Error> {
    let ids: Vec<i64> = plan.keep.iter().map(|keep| keep.occasion).collect();
    let known = occasions::occasions_by_id(conn, &ids)?.into_iter().map(|occasion| (occasion.id, occasion));
    let known: HashMap<i64, Occasion> = known.collect();
    let audience = Whom::of(&asked.whom).and_then(|whom| service::audience(telling.published, &whom));
    let line = |keep: &Keep| line(telling, keep, known.get(&keep.occasion), audience.as_ref());
    let lines: Vec<Line> = plan.keep.iter().map(line).collect();
    let acts = actor.hats.developer && audience.is_some() && lines.iter().any(|line| line.free);
    let how = match (actor.hats.developer, &audience) {
        _ if lines.is_empty() => None,
        (false, _) => Some("courses-group-keep-ask"),
        (true, None) => Some("courses-group-keep-dose"),
        (true, Some(_)) => acts.then_some("courses-group-keep-how"),
    };
    Ok(Kept {
        lines,
        how: how.map(|key| telling.text(key, &[])),
        action: acts.then(|| format!("/plans/{}/keep", asked.id)),
    })
}

fn line(telling: &Telling, keep: &Keep, now: Option<&Occasion>, group: Option<&Audience>) -> Line {
    let module = telling.module(&keep.module);
    let args = [("count", keep.seats.into()), ("free", keep.free.unwrap_or_default().into())];
    let there = now.filter(|occasion| occasion.cancelled_at.is_none());
    let audience = there.map(Occasion::audience);
    Line {
        when: words::at(telling.language, keep.starts_at, telling.today),
        count: match keep.free {
            Some(_) => telling.text("courses-group-keep-of", &args),
            None => telling.text("courses-people", &args[..1]),
        },
        state: match &audience {
            None => Some(telling.shown("failed", "state--bad", "courses-called-off")),
            Some(Audience::Everybody) => None,
            Some(other) if Some(other) == group => {
                Some(telling.shown("done", "state--good", "courses-group-kept-theirs"))
            }
            Some(_) => Some(telling.shown("info", "", "courses-group-kept-others")),
        },
        free: audience == Some(Audience::Everybody) && there.is_some_and(|there| telling.now < there.starts_at),
        area: module.area,
        occasion: keep.occasion,
        code: module.code,
        title: module.title,
    }
}

/// The day to keep.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepForm {
    occasion: i64,
}

/// `POST /plans/{plan}/keep`: keeps one of the days that the plan uses for its group.
pub async fn keep(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    plan: Segment<i64>,
    form: Form<KeepForm>,
) -> Result<HttpResponse, Problem> {
    let (actor, plan, occasion) = (may.who, *plan, form.0.occasion);
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let kept = blocking(move || {
        let asked = store.read(|conn| rows::find(conn, plan))?;
        let asked = asked.filter(|asked| policy::owns(&actor, Some(asked.by))).ok_or(Problem::NotFound)?;
        let answer: Option<GroupPlan> = asked.answer.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let uses = answer.is_some_and(|plan| plan.keep.iter().any(|keep| keep.occasion == occasion));
        let whom = Whom::of(&asked.whom).filter(|_| uses);
        let audience = whom.and_then(|whom| service::audience(&published, &whom)).ok_or(Problem::NotFound)?;
        match plan::keep_for(&store, &published, occasion, &audience, Some(actor.id), clock::now()) {
            Ok(kept) => Ok::<_, Problem>(kept),
            Err(Refusal::Store(error)) => Err(error.into()),
            // Called off, begun, or its group is gone: the page says what there is.
            Err(_) => Ok(false),
        }
    });
    let said = if kept.await? { "courses-group-kept" } else { "courses-group-kept-not" };
    Ok(done(&format!("/plans/{plan}"), said))
}
