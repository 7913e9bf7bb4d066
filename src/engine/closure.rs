//! What nobody can avoid: the modules that every way to a set of modules passes through.
//!
//! A lower estimate by design: where there is a choice, only what all alternatives share is certain. Equivalents are
//! not looked at. The cheapest way through the choices is `solve`.

use fixedbitset::FixedBitSet;

use super::compile::Need;
use super::model::ModuleIx;

/// `wanted` and everything certain below it.
pub(super) fn certain(needs: &[Need], topological: &[ModuleIx], wanted: &FixedBitSet) -> FixedBitSet {
    let mut below: Vec<FixedBitSet> = vec![FixedBitSet::new(); needs.len()];
    for module in reachable(needs, topological, wanted) {
        let index = usize::from(module.0);
        let mut set = implied(&needs[index], &below, needs.len());
        set.insert(index);
        below[index] = set;
    }
    let mut closure = wanted.clone();
    wanted.ones().for_each(|index| closure.union_with(&below[index]));
    closure
}

/// What is named on some way down from `wanted`, prerequisites first.
fn reachable(needs: &[Need], topological: &[ModuleIx], wanted: &FixedBitSet) -> Vec<ModuleIx> {
    let mut reached = wanted.clone();
    let mut order = Vec::new();
    for &module in topological.iter().rev() {
        if reached.contains(usize::from(module.0)) {
            needs[usize::from(module.0)].for_each(&mut |below| reached.insert(usize::from(below.0)));
            order.push(module);
        }
    }
    order.reverse();
    order
}

fn implied(need: &Need, below: &[FixedBitSet], modules: usize) -> FixedBitSet {
    match need {
        Need::Module(module) => below[usize::from(module.0)].clone(),
        Need::All(parts) => union(parts.iter().map(|part| implied(part, below, modules)), modules),
        Need::AtLeast(wanted, parts) => {
            shared(*wanted as usize, parts.iter().map(|part| implied(part, below, modules)).collect(), modules)
        }
    }
}

fn union(sets: impl Iterator<Item = FixedBitSet>, modules: usize) -> FixedBitSet {
    sets.fold(FixedBitSet::with_capacity(modules), |mut all, set| {
        all.union_with(&set);
        all
    })
}

/// What is in so many of the sets that leaving all of them out would leave fewer than `wanted`.
fn shared(wanted: usize, sets: Vec<FixedBitSet>, modules: usize) -> FixedBitSet {
    let mut result = FixedBitSet::with_capacity(modules);
    if wanted == 0 {
        return result;
    }
    for index in union(sets.iter().cloned(), modules).ones() {
        let without = sets.iter().filter(|set| !set.contains(index)).count();
        result.set(index, without < wanted);
    }
    result
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::engine::Compiled;
    use crate::engine::compile::Need;
    use crate::engine::model::ModuleIx;
    use crate::engine::sample::{self, Shape};

    fn met(need: &Need, has: &[bool]) -> bool {
        match need {
            Need::Module(module) => has[usize::from(module.0)],
            Need::All(parts) => parts.iter().all(|part| met(part, has)),
            Need::AtLeast(least, parts) => parts.iter().filter(|part| met(part, has)).count() >= *least as usize,
        }
    }

    /// Everything that can be reached when one module cannot be taken.
    fn reached_without(compiled: &Compiled, barred: ModuleIx) -> Vec<bool> {
        let mut has = vec![false; compiled.modules().len()];
        for &module in &compiled.topological {
            has[usize::from(module.0)] = module != barred && met(compiled.need(module), &has);
        }
        has
    }

    proptest! {
        #[test]
        fn the_closure_is_exactly_what_the_dose_cannot_be_met_without(seed: u64, alternatives in 0..100_u64) {
            let shape = Shape { modules: 30, reach: 8, alternatives, equivalents: 0, dose: 3 };
            let compiled = Compiled::new(&sample::curriculum(&shape, seed)).expect("samples are sound");
            for module in compiled.modules() {
                let has = reached_without(&compiled, module);
                for dose in compiled.doses() {
                    let unmet = dose.required.ones().any(|required| !has[required]);
                    prop_assert_eq!(dose.closure.contains(usize::from(module.0)), unmet);
                }
            }
        }
    }
}
