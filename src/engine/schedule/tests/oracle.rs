//! The slow answer: every piece on every occasion or on none. Knows the rules, and nothing of how plans are found.

use super::cases::Case;
use crate::engine::schedule::calendar::{Day, NEVER, Occasion, Part};
use crate::engine::schedule::task::{Before, Given};

/// Late, left out, last day, sum: as the head of the scheduler has it.
pub(super) type Key = (u32, u32, Day, i64);

pub(super) fn best(case: &Case) -> Key {
    let mut chosen = vec![None; case.pieces.len()];
    let mut best = None;
    try_all(case, &mut chosen, 0, &mut best);
    best.expect("leaving out whatever can be left out always works")
}

fn try_all(case: &Case, chosen: &mut Vec<Option<i64>>, at: usize, best: &mut Option<Key>) {
    if at == chosen.len() {
        if let Some(key) = judge(case, chosen) {
            *best = Some(best.map_or(key, |best| best.min(key)));
        }
        return;
    }
    try_all(case, chosen, at + 1, best);
    if case.pieces[at].given == Given::Occasions {
        for occasion in case.occasions.iter().filter(|occasion| occasion.module == case.pieces[at].module) {
            chosen[at] = Some(occasion.id);
            try_all(case, chosen, at + 1, best);
        }
        chosen[at] = None;
    }
}

/// How good a plan is; none when it breaks a rule.
pub(super) fn judge(case: &Case, chosen: &[Option<i64>]) -> Option<Key> {
    let found = |id: i64| case.occasions.iter().find(|occasion| occasion.id == id).expect("it is there");
    let used: Vec<&Occasion> = chosen.iter().flatten().map(|&id| found(id)).collect();
    let parts: Vec<Part> = used.iter().flat_map(|occasion| occasion.parts.clone()).collect();
    (used.iter().all(|occasion| occasion.free != Some(0) && open(case, occasion))
        && apart(&parts, &case.terms.kept)
        && calm(case, &parts))
    .then_some(())?;
    let mut ends = Vec::new();
    let mut key = (0, 0, 0, 0);
    for (piece, chosen) in case.pieces.iter().zip(chosen) {
        let end = match (piece.given, chosen) {
            (Given::Booked { last, .. }, _) => last,
            (Given::OwnPace, _) => {
                let mut days = case.terms.from..case.terms.from + 400;
                days.find(|day| met(&piece.before, &ends, *day)).unwrap_or(NEVER)
            }
            (Given::Occasions, None) => NEVER,
            (Given::Occasions, Some(id)) => {
                met(&piece.before, &ends, first(found(*id))).then_some(())?;
                last(found(*id))
            }
        };
        ends.push(end);
        if piece.wanted {
            key.0 += u32::from(piece.due.is_some_and(|due| due < end));
            key.1 += u32::from(end == NEVER);
            key.2 = if end == NEVER { key.2 } else { key.2.max(end) };
            key.3 += if end == NEVER { 0 } else { i64::from(end) };
        }
    }
    Some(key)
}

fn first(occasion: &Occasion) -> Day {
    occasion.parts.iter().map(|part| part.day).min().expect("at least one part")
}

fn last(occasion: &Occasion) -> Day {
    occasion.parts.iter().map(|part| part.day).max().expect("at least one part")
}

fn met(before: &Before, ends: &[Day], first: Day) -> bool {
    match before {
        Before::Piece(piece) => ends[*piece] < first,
        Before::AtLeast(least, parts) => parts.iter().filter(|part| met(part, ends, first)).count() >= *least as usize,
    }
}

fn open(case: &Case, occasion: &Occasion) -> bool {
    let away = |part: &Part| case.terms.away.iter().any(|(from, to)| *from <= part.day && part.day <= *to);
    first(occasion) >= case.terms.from && !occasion.parts.iter().any(away)
}

fn apart(parts: &[Part], kept: &[Part]) -> bool {
    let meets = |a: &Part, b: &Part| a.day == b.day && a.from.max(b.from) < a.to.min(b.to);
    let pairs = parts.iter().enumerate().flat_map(|(at, one)| parts[at + 1..].iter().map(move |two| (one, two)));
    !pairs.into_iter().any(|(one, two)| meets(one, two)) && !parts.iter().any(|a| kept.iter().any(|b| meets(a, b)))
}

/// No week has a new day beyond the most.
fn calm(case: &Case, parts: &[Part]) -> bool {
    let Some(most) = case.terms.days_a_week else { return true };
    let monday = |day: Day| day - (day - 1) % 7;
    parts.iter().all(|part| {
        let mut days: Vec<Day> = parts.iter().chain(&case.terms.kept).map(|part| part.day).collect();
        days.retain(|day| monday(*day) == monday(part.day));
        days.sort_unstable();
        days.dedup();
        let kept = |day: &Day| case.terms.kept.iter().any(|part| part.day == *day);
        days.iter().all(kept) || days.len() <= usize::from(most)
    })
}
