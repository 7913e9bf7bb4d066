//! Which piece answers which demand, once it is decided what to take.

use chrono::NaiveDate;

use super::compile::Compiled;
use super::demand::{ChoiceOf, Demands};
use super::model::{ModuleIx, Strength};
use super::standing::Standing;

/// A demand and the piece that meets it: a step, or a held piece.
#[derive(Debug, Clone)]
pub(super) struct Served {
    pub piece: ModuleIx,
    /// The module asked for; another than `piece` when the piece counts in its place.
    pub asked: ModuleIx,
    pub strength: Strength,
    pub due: Option<NaiveDate>,
    /// Index into the demands' reasons.
    pub reason: usize,
}

/// Every required single and choice with its pieces. Recommended modules are not here.
///
/// Of a choice only as many steps as are still wanted, those due first; all held members.
pub(super) fn serve(compiled: &Compiled, standing: &Standing, demands: &Demands, taken: &[bool]) -> Vec<Served> {
    let mut served = Vec::new();
    let piece = |module| piece(compiled, standing, taken, module);
    for single in demands.singles.iter().filter(|single| single.strength == Strength::Required) {
        if let Some(piece) = piece(single.module) {
            let due = single.due.map(|due| renewal(compiled, standing, single.module, due));
            let (asked, strength, reason) = (single.module, single.strength, single.reason);
            served.push(Served { piece, asked, strength, due, reason });
        }
    }
    let dues = own_dues(taken.len(), &served);
    for choice in &demands.choices {
        served.extend(serve_choice(compiled, standing, choice, &piece, &dues));
    }
    served
}

/// The earliest due day of each module's own demands.
pub(super) fn own_dues(modules: usize, served: &[Served]) -> Vec<Option<NaiveDate>> {
    let mut dues = vec![None; modules];
    for demand in served {
        let due = &mut dues[usize::from(demand.piece.0)];
        *due = (*due).into_iter().chain(demand.due).min();
    }
    dues
}

fn serve_choice(
    compiled: &Compiled,
    standing: &Standing,
    choice: &ChoiceOf,
    piece: &impl Fn(ModuleIx) -> Option<ModuleIx>,
    dues: &[Option<NaiveDate>],
) -> Vec<Served> {
    let mut members: Vec<Served> = Vec::new();
    for &(asked, due) in &choice.from {
        if let Some(piece) = piece(asked) {
            let due = due.map(|due| renewal(compiled, standing, asked, due));
            members.push(Served { piece, asked, strength: Strength::OneOf, due, reason: choice.reason });
        }
    }
    let held = members.iter().filter(|member| standing.valid(member.asked)).count();
    let first = |member: &Served| dues[usize::from(member.piece.0)].unwrap_or(NaiveDate::MAX);
    members.sort_by_key(|member| (!standing.valid(member.asked), first(member), member.asked));
    members.truncate(held.max(choice.choose as usize));
    members
}

/// The module itself when it is held validly or taken, else the first equivalent that is taken.
fn piece(compiled: &Compiled, standing: &Standing, taken: &[bool], module: ModuleIx) -> Option<ModuleIx> {
    let taken = |module: &&ModuleIx| taken[usize::from(module.0)];
    match standing.valid(module) {
        true => Some(module),
        false => [module].iter().chain(compiled.equivalents(module)).find(taken).copied(),
    }
}

/// What has been held and has lapsed was not due before the day it lapsed.
fn renewal(compiled: &Compiled, standing: &Standing, module: ModuleIx, due: NaiveDate) -> NaiveDate {
    let lapsed = standing.counting(compiled, module).and_then(|(held, _)| held.valid_until);
    lapsed.map_or(due, |lapsed| lapsed.max(due))
}
