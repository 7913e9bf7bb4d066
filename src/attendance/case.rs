//! What a module asks of one person beside being there, just now.

use chrono::NaiveDateTime;

use super::settle::{self, is_assessed};
use crate::learning::assessed::{Asked, Entry, State};
use crate::occasions::store as occasions;
use crate::store::{Conn, Error};
use crate::versions::published::Published;

/// How it stands with one person and one module that asks for more than being there.
#[derive(Debug, Clone)]
pub struct Case {
    pub asked: Asked,
    pub log: Vec<Entry>,
    pub state: State,
    /// Nobody meets: the assessment alone is enough.
    pub alone: bool,
    /// The person has been there enough for what is assessed now.
    pub attended: bool,
    /// The module stands in the person's record.
    pub achieved: bool,
    /// Occasions of the module at which the person has a seat or has been.
    pub occasions: Vec<i64>,
}

/// None when the module asks for attendance only, or is not in the curriculum.
pub fn case(
    conn: &mut Conn,
    published: &Published,
    person: i64,
    module: &str,
    now: NaiveDateTime,
) -> Result<Option<Case>, Error> {
    let Some((_, written)) = published.module_by_id(module).filter(|(_, module)| is_assessed(module)) else {
        return Ok(None);
    };
    let done = settle::done(conn, published, module, person, now)?;
    let reckoned = settle::reckon(conn, published, module, person, &done)?;
    let occasions = occasions::seats_in_module(conn, person, module)?;
    let again = if reckoned.alone { written.valid_months.is_some() } else { reckoned.attended };
    let pass_percent = written.pass_mark().and_then(|percent| i32::try_from(percent).ok()).unwrap_or(100);
    Ok(Some(Case {
        asked: Asked { kind: written.assessment, pass_percent, ready: reckoned.alone || !occasions.is_empty(), again },
        state: reckoned.state(),
        alone: reckoned.alone,
        attended: reckoned.attended,
        achieved: reckoned.achieved(),
        log: reckoned.log,
        occasions,
    }))
}
