//! Whom a draft can concern at all: those who hold something that asks for anything else than before.

use super::base::Base;
use super::join::Join;
use super::lens::{Asks, Lens};
use super::snapshot::Snapshot;
use crate::engine::Compiled;
use crate::engine::compile::Need;
use crate::engine::model::ModuleIx;

/// By profile, whether the two versions may answer its holders differently.
///
/// What a holding asks for is the same when it names the same modules with the same days, and nothing that can be
/// reached from them (prerequisites and equivalents) has changed.
pub(super) fn touched(snapshot: &Snapshot, base: &Base, join: &Join, after: &Compiled, lens: &Lens) -> Vec<bool> {
    let concerns = concerned(&base.compiled, join, after);
    let all = base.lens.in_force_from != lens.in_force_from || concerns.is_none();
    let concerns = concerns.unwrap_or_default();
    let same = |before: &Asks, after: &Asks| {
        let modules = before.modules();
        before.known == after.known && joint(before, &join.before) == joint(after, &join.after) && {
            concerns.is_empty() || !modules.into_iter().any(|module| concerns[usize::from(module)])
        }
    };
    let holdings: Vec<bool> =
        base.lens.asks.iter().zip(&lens.asks).map(|(before, after)| all || !same(before, after)).collect();
    let touched = |profile: &[u32]| profile.iter().any(|&holding| holdings[holding as usize]);
    snapshot.profiles.all().iter().map(|profile| touched(profile)).collect()
}

/// What is asked for in numbers that mean the same on both sides.
fn joint(asks: &Asks, numbers: &[u16]) -> Asks {
    let renamed =
        |list: &[(u16, u32)]| list.iter().map(|&(module, days)| (numbers[usize::from(module)], days)).collect();
    Asks {
        singles: renamed(&asks.singles),
        choices: asks
            .choices
            .iter()
            .map(|choice| super::lens::Choice { choose: choice.choose, from: renamed(&choice.from) })
            .collect(),
        known: asks.known,
    }
}

/// By module before, whether it or anything that can be reached from it has changed; empty when no module has, none
/// when their order has, on which ties depend.
fn concerned(before: &Compiled, join: &Join, after: &Compiled) -> Option<Vec<bool>> {
    let mut at = vec![None; join.ids.len()];
    after.modules().for_each(|module| at[usize::from(join.after[usize::from(module.0)])] = Some(module));
    let order: Vec<ModuleIx> = before.modules().filter_map(|module| at[usize::from(module.0)]).collect();
    if !order.is_sorted() {
        return None;
    }
    let mut concerned: Vec<bool> = before
        .modules()
        .map(|module| at[usize::from(module.0)].is_none_or(|other| !same(before, module, join, after, other)))
        .collect();
    if !concerned.contains(&true) {
        return Some(Vec::new());
    }
    let mut growing = true;
    while growing {
        growing = false;
        for &module in &before.topological {
            let mut reaches = before.equivalents(module).iter().any(|other| concerned[usize::from(other.0)]);
            before.need(module).for_each(&mut |named| reaches |= concerned[usize::from(named.0)]);
            if reaches && !concerned[usize::from(module.0)] {
                concerned[usize::from(module.0)] = true;
                growing = true;
            }
        }
    }
    Some(concerned)
}

fn same(before: &Compiled, module: ModuleIx, join: &Join, after: &Compiled, other: ModuleIx) -> bool {
    let number = |other: &ModuleIx| join.after[usize::from(other.0)];
    before.quarters(module) == after.quarters(other)
        && before.equivalents(module).iter().map(|module| module.0).eq(after.equivalents(other).iter().map(number))
        && same_need(before.need(module), after.need(other), &join.after)
}

fn same_need(before: &Need, after: &Need, numbers: &[u16]) -> bool {
    let parts = |before: &[Need], after: &[Need]| {
        before.len() == after.len() && before.iter().zip(after).all(|(before, after)| same_need(before, after, numbers))
    };
    match (before, after) {
        (Need::Module(before), Need::Module(after)) => before.0 == numbers[usize::from(after.0)],
        (Need::All(before), Need::All(after)) => parts(before, after),
        (Need::AtLeast(least, before), Need::AtLeast(other, after)) => least == other && parts(before, after),
        _ => false,
    }
}
