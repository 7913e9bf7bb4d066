//! What people are told when something happens to an assessment. Whoever achieves the module by it is told by the
//! achievement itself, and by nothing else.

use super::service::Seen;
use crate::accounts::store as accounts;
use crate::clock;
use crate::curriculum::model::Assessment;
use crate::learning::assessed::{State, Step};
use crate::learning::service::SLIP;
use crate::learning::store::assessed::New;
use crate::notices::kinds::{Assessed, AssessedNews, Notice};
use crate::notices::store::{self as outbox, NewNotice};
use crate::occasions::store as occasions;
use crate::occasions::tell::{reachable, to};
use crate::store::{Conn, Error};
use crate::versions::published::Published;

/// What has come of a step.
pub(super) struct News {
    pub assessment: i64,
    /// The step's id.
    pub step: i64,
    /// The module was achieved by it.
    pub achieved: bool,
    pub after: State,
}

/// Tells everybody whom a step concerns, each once. `seen` is how it stood before.
pub(super) fn told(
    conn: &mut Conn,
    published: &Published,
    module: &str,
    seen: &Seen,
    new: &New,
    news: News,
) -> Result<(), Error> {
    let News { assessment, step, achieved, after } = news;
    let person = seen.person.id;
    let passed = after == State::Passed && seen.case.state != State::Passed;
    let (what, whom, key) = match new.step {
        Step::HandedIn => {
            // Handed in once more before it was read is no news to whoever reads it.
            let answered = seen.case.log.iter().filter(|entry| entry.by != Some(person)).map(|entry| entry.id).max();
            let key = format!("handed_in:{assessment}:{}", answered.unwrap_or_default());
            (AssessedNews::HandedIn, readers(conn, seen)?, key)
        }
        Step::Returned if seen.case.asked.kind == Assessment::Assignment => {
            (AssessedNews::Returned, vec![person], format!("assessed:{step}"))
        }
        Step::Returned => (AssessedNews::NotYet, vec![person], format!("assessed:{step}")),
        Step::Result(_) | Step::Approved if passed && !achieved && !seen.case.achieved => {
            (AssessedNews::Approved, vec![person], format!("assessed:{step}"))
        }
        Step::Result(points) if !points.passes() && after == State::Failed => {
            (AssessedNews::NotYet, vec![person], format!("assessed:{step}"))
        }
        Step::TakenBack(id) => {
            // What is taken back before anybody was told of it is told to nobody.
            outbox::withdraw(conn, &format!("assessed:{id}:{person}"))?;
            return Ok(());
        }
        Step::Result(_) | Step::Approved => return Ok(()),
    };
    let not_before = (new.step != Step::HandedIn).then(|| new.at + SLIP);
    for reader in whom {
        let Some(reader) = reachable(conn, reader, clock::day_of(new.at))? else { continue };
        let title = published.title_of_id(module, reader.language).to_owned();
        let notice =
            Notice::Assessed(Assessed { news: what, module: title, link: format!("/assessments/{person}/{module}") });
        let notice = NewNotice { not_before, ..to(&reader, notice, format!("{key}:{}", reader.id)) };
        outbox::enqueue(conn, &notice, new.at)?;
    }
    Ok(())
}

/// Whoever trained the person last; where nobody here did, the developers.
fn readers(conn: &mut Conn, seen: &Seen) -> Result<Vec<i64>, Error> {
    let person = seen.person.id;
    for occasion in seen.case.occasions.iter().rev() {
        let trainers: Vec<i64> =
            occasions::trainer_ids(conn, *occasion)?.into_iter().filter(|id| *id != person).collect();
        if !trainers.is_empty() {
            return Ok(trainers);
        }
    }
    Ok(accounts::who_wears(conn, "developer")?.into_iter().filter(|id| *id != person).collect())
}
