//! What waits for an answer: from the reader, or from somebody else. Pure.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::curriculum::model::Assessment;
use crate::engine::model::{State, Step};
use crate::learning::assessed::State as Assessed;
use crate::learning::my_path::Seen;
use crate::learning::store::Held;
use crate::learning::store::assessed::Standing;
use crate::occasions::seat::Seat;
use crate::recognition::life::State as Asked;
use crate::recognition::store::Request;
use crate::recognition::store::evidence::Piece;
use crate::words;

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// It waits for the reader and not for somebody else.
    pub mine: bool,
    pub what: String,
    /// By when, or how long it has waited.
    pub note: Option<String>,
    pub link: String,
    /// The occasion whose seat can be taken or declined at once.
    pub seat: Option<i64>,
    /// By when it must be answered, for the order.
    #[serde(skip)]
    pub until: Option<NaiveDateTime>,
}

/// Seats that were offered and lines that the reader stands in.
pub fn seats(seen: &Seen, held: &[Held]) -> Vec<Waiting> {
    let waiting = |held: &Held| {
        let module = seen.published.title_of_id(&held.occasion.module, seen.language);
        let when = seen.when_and_where(&held.occasion);
        let (link, mine) = (format!("/occasions/{}", held.occasion.id), held.seat == Seat::Offered);
        let until = held.until.map(|until| words::at(seen.language, until, seen.today));
        Waiting {
            mine,
            what: seen.text(
                if mine { "diary-offered" } else { "diary-stands-in-line" },
                &[("module", module.into()), ("when", when.into())],
            ),
            note: until.map(|until| seen.text("diary-answer-by", &[("until", until.into())])),
            link,
            seat: mine.then_some(held.occasion.id),
            until: held.until,
        }
    };
    held.iter().map(waiting).collect()
}

/// What the reader has left to hand in, what waits to be read by others, and what others have handed in to the reader.
pub fn assessed(seen: &Seen, own: &[Standing], to_read: &[Standing]) -> Vec<Waiting> {
    let waiting = |one: &Standing| {
        let (module, written) = seen.published.module_by_id(&one.module)?;
        let assignment = written.assessment == Assessment::Assignment;
        let (mine, key) = match one.state {
            Assessed::Returned if assignment => (true, "diary-hand-in-returned"),
            Assessed::Open if assignment && one.attended => (true, "diary-hand-in"),
            Assessed::Waits => (false, "diary-handed-in"),
            _ => return None,
        };
        let what = seen.text(key, &[("module", seen.title(module).into())]);
        Some(plain(mine, what, format!("/assessments/{}/{}", one.person, one.module)))
    };
    let mut all: Vec<Waiting> = own.iter().filter_map(waiting).collect();
    if !to_read.is_empty() {
        let what = seen.text("diary-to-read", &[("count", to_read.len().into())]);
        all.push(plain(true, what, "/assessments".into()));
    }
    all
}

/// Work that somebody has asked the reader to attest; `names` are those of the people whose work it is.
pub fn attests(seen: &Seen, asked: &[Piece], names: &HashMap<i64, String>) -> Vec<Waiting> {
    let waiting = |piece: &Piece| {
        let name = names.get(&piece.person).map_or("", String::as_str);
        let module = seen.published.title_of_id(&piece.module, seen.language);
        let args = [("name", name.into()), ("module", module.into())];
        plain(true, seen.text("diary-attest", &args), format!("/recognition/evidence/{}", piece.id))
    };
    asked.iter().map(waiting).collect()
}

/// What the reader has asked to have recognised, for oneself or for others by their `names`: what came back, and what waits
/// for a decision.
pub fn requests(seen: &Seen, reader: i64, requests: &[Request], names: &HashMap<i64, String>) -> Vec<Waiting> {
    let own = requests.iter().filter(|request| request.asked_by == reader);
    let waiting = |request: &Request| {
        let module = seen.published.title_of_id(&request.module, seen.language);
        let name = names.get(&request.person).filter(|_| request.person != reader);
        let (mine, key) = match (request.state(), name) {
            (Asked::Returned, None) => (true, "diary-returned"),
            (Asked::Returned, Some(_)) => (true, "diary-returned-for"),
            (Asked::Asked, None) => (false, "diary-asked"),
            (Asked::Asked, Some(_)) => (false, "diary-asked-for"),
            _ => return None,
        };
        let name = name.map_or("", String::as_str);
        let what = seen.text(key, &[("module", module.into()), ("name", name.into())]);
        Some(plain(mine, what, format!("/recognition/requests/{}", request.id)))
    };
    own.filter_map(waiting).collect()
}

/// What the reader must renew: it runs out soon, or has run out, and no seat is booked for it yet.
pub fn renewals(seen: &Seen) -> Vec<Waiting> {
    let pieces = seen.path.held.iter().chain(&seen.path.steps).filter(|step| step.booked.is_none());
    let waiting = |step: &Step| {
        let key = match step.state {
            State::Expiring => "diary-renew",
            State::Expired => "diary-renew-late",
            _ => return None,
        };
        let last = step.achieved?.valid_until?;
        let args = [("module", seen.title(step.module).into()), ("day", seen.date(last).into())];
        let day = seen.first_day(step).map(|day| ("when", seen.when_and_where(day).into()));
        Some(Waiting {
            note: day.map(|day| seen.text("learning-coming", &[day])),
            until: last.and_hms_opt(0, 0, 0),
            ..plain(true, seen.text(key, &args), seen.href(step.module, ""))
        })
    };
    pieces.filter_map(waiting).collect()
}

fn plain(mine: bool, what: String, link: String) -> Waiting {
    Waiting { mine, what, note: None, link, seat: None, until: None }
}

/// What waits for the reader first, the most urgent of it foremost; then what waits for others.
pub fn in_order(mut waiting: Vec<Waiting>) -> Vec<Waiting> {
    waiting.sort_by_key(|one| (!one.mine, one.until.is_none(), one.until));
    waiting
}
