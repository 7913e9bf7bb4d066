//! One person's path before and after, side by side, each difference with its reason. Pure.

use chrono::NaiveDate;
use serde::Serialize;

use crate::curriculum::model::Language;
use crate::engine::model::State;
use crate::learning::view::{PathView, PieceView};
use crate::words::{self, text};

/// Two paths of one person.
#[derive(Debug, Serialize)]
pub struct Twice {
    pub hours_before: String,
    pub hours_after: String,
    /// "+3,5"; empty when the hours are the same.
    pub hours_more: String,
    pub changed: Vec<Piece>,
    pub same: Vec<Piece>,
}

/// A module on one of the paths, or on both.
#[derive(Debug, Serialize)]
pub struct Piece {
    pub code: String,
    pub title: String,
    /// What becomes of it, in words.
    pub what: String,
    /// How that is marked: added, gone, moved or same.
    pub mark: &'static str,
    pub before: String,
    pub after: String,
    /// The most urgent reason, after if it is there, else before.
    pub why: Vec<String>,
}

/// `before` and `after` side by side, what changes first.
pub fn twice(language: Language, before: &PathView, after: &PathView, today: NaiveDate) -> Twice {
    let mut pieces: Vec<Piece> = Vec::new();
    for piece in all(after) {
        let was = all(before).find(|was| was.id == piece.id);
        pieces.push(told(language, was, Some(piece), today));
    }
    for piece in all(before).filter(|was| all(after).all(|piece| piece.id != was.id)) {
        pieces.push(told(language, Some(piece), None, today));
    }
    let (same, changed) = pieces.into_iter().partition(|piece: &Piece| piece.mark == "same");
    let more = after.hours_left - before.hours_left;
    Twice {
        hours_before: words::number(language, before.hours_left),
        hours_after: words::number(language, after.hours_left),
        hours_more: if more == 0.0 { String::new() } else { super::view::signed(language, more) },
        changed,
        same,
    }
}

/// What is asked for and what is held, but not what is only recommended.
fn all(path: &PathView) -> impl Iterator<Item = &PieceView> {
    path.steps.iter().chain(&path.held)
}

fn told(language: Language, before: Option<&PieceView>, after: Option<&PieceView>, today: NaiveDate) -> Piece {
    let (mark, key) = match (before, after) {
        (None, _) => ("added", "consequences-piece-added"),
        (_, None) => ("gone", "consequences-piece-gone"),
        (Some(was), Some(is)) if was.due != is.due && is.state != State::Done => ("moved", "consequences-piece-due"),
        (Some(was), Some(is)) if was.hours != is.hours => ("moved", "consequences-piece-hours"),
        (Some(was), Some(is)) if was.state != is.state => ("moved", "consequences-piece-state"),
        _ => ("same", "consequences-piece-same"),
    };
    let side = |piece: Option<&PieceView>| piece.map(|piece| side(language, piece, today)).unwrap_or_default();
    let shown = after.or(before);
    Piece {
        code: shown.map(|piece| piece.code.clone()).unwrap_or_default(),
        title: shown.map(|piece| piece.title.clone()).unwrap_or_default(),
        what: text(language, key, &[]),
        mark,
        before: side(before),
        after: side(after),
        why: shown.and_then(|piece| piece.because.first()).map(|because| because.sentences.clone()).unwrap_or_default(),
    }
}

/// "Att göra, 3,5 timmar, senast 1 mars, enligt 2026.1".
fn side(language: Language, piece: &PieceView, today: NaiveDate) -> String {
    let state = match piece.state {
        State::Done => "consequences-state-done",
        State::Expiring => "consequences-state-expiring",
        State::Expired => "consequences-state-expired",
        State::Overdue => "consequences-state-overdue",
        State::Booked => "consequences-state-booked",
        State::Locked => "consequences-state-locked",
        State::Available => "consequences-state-available",
    };
    let mut parts = vec![text(language, state, &[])];
    let to_do = !matches!(piece.state, State::Done | State::Expiring);
    if to_do {
        let hours = words::number(language, piece.hours);
        parts.push(text(language, "consequences-piece-takes", &[("hours", hours.into())]));
    }
    if let Some(due) = piece.due.filter(|_| to_do) {
        let day = words::date(language, due, today);
        parts.push(text(language, "consequences-piece-by", &[("day", day.into())]));
    }
    if let Some(version) = piece.because.first().and_then(|because| because.version.as_deref()) {
        parts.push(text(language, "consequences-piece-under", &[("version", version.into())]));
    }
    parts.join(", ")
}
