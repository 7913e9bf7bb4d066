//! Why a piece is there: from each assignment and dose, the shortest way down to it.

use std::collections::{BTreeMap, VecDeque};

use chrono::NaiveDate;

use super::demand::{Demands, urgency};
use super::model::{Because, ModuleIx};
use super::serve::Served;
use super::support::Below;

/// For each piece its reasons, most urgent first. `below` gives what a piece builds on among the pieces.
///
/// One reason for each assignment and dose that leads to the piece: the dose's own demand if it has one, else the
/// shortest chain from a module that it asks for, from the one due first when several are as short.
pub(super) fn explain(
    demands: &Demands,
    served: &[Served],
    below: &BTreeMap<ModuleIx, Vec<Below>>,
) -> BTreeMap<ModuleIx, Vec<Because>> {
    let mut reasons: BTreeMap<ModuleIx, Vec<Because>> = BTreeMap::new();
    let mut by_reason: BTreeMap<usize, Vec<&Served>> = BTreeMap::new();
    for demand in served {
        by_reason.entry(demand.reason).or_default().push(demand);
    }
    for (reason, mut asked) in by_reason {
        asked.sort_by_key(|demand| (demand.due.unwrap_or(NaiveDate::MAX), demand.strength, demand.piece, demand.asked));
        for (piece, because) in from_reason(demands, reason, &asked, below) {
            reasons.entry(piece).or_default().push(because);
        }
    }
    reasons.values_mut().for_each(|because| because.sort_by_cached_key(urgency));
    reasons
}

/// Breadth first from what one dose asks for.
fn from_reason(
    demands: &Demands,
    reason: usize,
    asked: &[&Served],
    below: &BTreeMap<ModuleIx, Vec<Below>>,
) -> BTreeMap<ModuleIx, Because> {
    let mut found = BTreeMap::<ModuleIx, Because>::new();
    let mut queue = VecDeque::new();
    for demand in asked {
        found.entry(demand.piece).or_insert_with(|| {
            queue.push_back(demand.piece);
            let instead_of = (demand.asked != demand.piece).then_some(demand.asked);
            Because { instead_of, ..demands.reasons[reason].because(demand.strength, demand.due) }
        });
    }
    while let Some(piece) = queue.pop_front() {
        let above = found[&piece].clone();
        for next in below.get(&piece).into_iter().flatten() {
            found.entry(next.piece).or_insert_with(|| {
                queue.push_back(next.piece);
                let mut builds_on = above.builds_on.clone();
                builds_on.push(piece);
                let asked_for = if above.builds_on.is_empty() { above.instead_of } else { above.asked_for };
                let instead_of = (next.asked != next.piece).then_some(next.asked);
                Because { builds_on, asked_for, instead_of, ..above.clone() }
            });
        }
    }
    found
}
