//! Whom a draft can concern at all: those who hold something that asks for anything else than before.

use super::base::Base;
use super::join::Join;
use super::lens::Lens;
use super::snapshot::Snapshot;
use crate::engine::Compiled;
use crate::engine::compile::Need;
use crate::engine::doses::DoseSet;
use crate::engine::lineage::{Generation, Place};
use crate::engine::model::{Holding, ModuleIx};

/// By profile, whether the two versions may answer its holders differently.
///
/// What a holding asks for is the same when through the versions it names the same modules with the same days for the
/// same people, and nothing that can be reached from them (prerequisites, equivalents, what counts as them) has
/// changed.
pub(super) fn touched(snapshot: &Snapshot, base: &Base, join: &Join, after: &Compiled, lens: &Lens) -> Vec<bool> {
    let sides = Sides { before: &base.compiled, after, join };
    let concerned = sides.concerned(&base.lens, lens);
    let same = |holding: &Holding| {
        let concerned = concerned.as_ref()?;
        (base.compiled.counts_from() == after.counts_from() && sides.same_holding(holding, concerned)).then_some(())
    };
    let holdings: Vec<bool> = snapshot.holdings.all().iter().map(|holding| same(holding).is_none()).collect();
    let touched = |profile: &[u32]| profile.iter().any(|&holding| holdings[holding as usize]);
    snapshot.profiles.all().iter().map(|profile| touched(profile)).collect()
}

/// Whether both versions have the same modules in the same order, with the same prerequisites and equivalents.
pub(super) fn same_graph(before: &Compiled, after: &Compiled, join: &Join) -> bool {
    let sides = Sides { before, after, join };
    before.modules().len() == after.modules().len()
        && before.modules().all(|module| sides.number(module) == module.0 && sides.same_links(module, module))
}

struct Sides<'a> {
    before: &'a Compiled,
    after: &'a Compiled,
    join: &'a Join<'a>,
}

impl Sides<'_> {
    fn number(&self, module: ModuleIx) -> u16 {
        self.join.after[usize::from(module.0)]
    }

    fn same_holding(&self, holding: &Holding, concerned: &[bool]) -> bool {
        let (before, after) = (self.before.places(holding), self.after.places(holding));
        self.before.knows(holding) == self.after.knows(holding)
            && before.len() == after.len()
            && before.iter().zip(after).all(|(before, after)| self.same_place(before, after, concerned))
    }

    fn same_place(&self, before: &Place, after: &Place, concerned: &[bool]) -> bool {
        let last = before.generations.len() - 1;
        before.generations.len() == after.generations.len()
            && before.generations.iter().zip(&after.generations).enumerate().all(|(at, (before, after))| {
                // By what the last one is begun decides nothing until there is a next.
                (at == last || before.begun_by == after.begun_by) && self.same_generation(before, after, concerned)
            })
    }

    fn same_generation(&self, before: &Generation, after: &Generation, concerned: &[bool]) -> bool {
        let alike = (before.published, before.who, before.grace_days) == (after.published, after.who, after.grace_days);
        alike
            && match (before.dose, after.dose) {
                (None, None) => true,
                (Some(old), Some(new)) => {
                    self.same_dose(&self.before.all_doses()[old], &self.after.all_doses()[new], concerned)
                }
                _ => false,
            }
    }

    fn same_dose(&self, before: &DoseSet, after: &DoseSet, concerned: &[bool]) -> bool {
        let lists = |before: &[(ModuleIx, u32)], after: &[(ModuleIx, u32)]| {
            let after = after.iter().map(|&(module, days)| (self.number(module), days));
            before.iter().map(|&(module, days)| (module.0, days)).eq(after)
        };
        let single = |dose: &DoseSet| dose.days.iter().map(|(&module, &days)| (module, days)).collect::<Vec<_>>();
        let members = || before.days.keys().copied().chain(before.choices.iter().flat_map(|c| &c.from).map(|m| m.0));
        before.id == after.id
            && lists(&single(before), &single(after))
            && before.choices.len() == after.choices.len()
            && before.choices.iter().zip(&after.choices).all(|(b, a)| b.choose == a.choose && lists(&b.from, &a.from))
            && (concerned.is_empty() || !members().any(|module| concerned[usize::from(module.0)]))
    }

    /// By module before, whether it or anything that can be reached from it has changed; empty when no module has,
    /// none when their order has, on which ties depend.
    fn concerned(&self, lens: &Lens, lens_after: &Lens) -> Option<Vec<bool>> {
        let mut at = vec![None; self.join.ids.len()];
        self.after.modules().for_each(|module| at[usize::from(self.number(module))] = Some(module));
        let order: Vec<ModuleIx> = self.before.modules().filter_map(|module| at[usize::from(module.0)]).collect();
        if !order.is_sorted() {
            return None;
        }
        let differs = |module: ModuleIx| at[usize::from(module.0)].is_none_or(|other| !self.same_module(module, other));
        let mut concerned: Vec<bool> = self.before.modules().map(differs).collect();
        self.mark_credit(lens, lens_after, &mut concerned);
        if !concerned.contains(&true) {
            return Some(Vec::new());
        }
        let mut growing = true;
        while growing {
            growing = false;
            for &module in &self.before.topological {
                let mut reaches = self.before.equivalents(module).iter().any(|other| concerned[usize::from(other.0)]);
                self.before.need(module).for_each(&mut |named| reaches |= concerned[usize::from(named.0)]);
                if reaches && !concerned[usize::from(module.0)] {
                    concerned[usize::from(module.0)] = true;
                    growing = true;
                }
            }
        }
        Some(concerned)
    }

    /// What somebody's achievements count as on one side only has changed.
    fn mark_credit(&self, before: &Lens, after: &Lens, concerned: &mut [bool]) {
        for id in 0..after.counts.len().min(usize::from(u16::MAX)) {
            let mut old: Vec<(u16, u16)> = before.counts.get(id as u16).iter().map(|&module| (module, 0)).collect();
            old.extend(before.kept.get(id).into_iter().flatten().map(|&(module, until)| (module, until)));
            let number = |module: u16| self.join.after[usize::from(module)];
            let mut new: Vec<(u16, u16)> = after.counts.get(id as u16).iter().map(|&m| (number(m), 0)).collect();
            new.extend(after.kept.get(id).into_iter().flatten().map(|&(module, until)| (number(module), until)));
            let changed = old.iter().filter(|o| !new.contains(o)).chain(new.iter().filter(|n| !old.contains(n)));
            for &(module, _) in changed {
                if let Some(concerned) = concerned.get_mut(usize::from(module)) {
                    *concerned = true;
                }
            }
        }
    }

    fn same_module(&self, module: ModuleIx, other: ModuleIx) -> bool {
        self.before.quarters(module) == self.after.quarters(other) && self.same_links(module, other)
    }

    fn same_links(&self, module: ModuleIx, other: ModuleIx) -> bool {
        let equivalents = self.after.equivalents(other).iter().map(|&module| self.number(module));
        self.before.equivalents(module).iter().map(|module| module.0).eq(equivalents)
            && self.same_need(self.before.need(module), self.after.need(other))
    }

    fn same_need(&self, before: &Need, after: &Need) -> bool {
        let parts = |before: &[Need], after: &[Need]| {
            before.len() == after.len() && before.iter().zip(after).all(|(before, after)| self.same_need(before, after))
        };
        match (before, after) {
            (Need::Module(before), Need::Module(after)) => before.0 == self.number(*after),
            (Need::All(before), Need::All(after)) => parts(before, after),
            (Need::AtLeast(least, before), Need::AtLeast(other, after)) => least == other && parts(before, after),
            _ => false,
        }
    }
}
