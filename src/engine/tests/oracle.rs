//! The slow answer: tries every set of modules. Shares nothing with the engine but the written curriculum.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::mask::Mask;
use crate::curriculum::model::{Curriculum, Dose, Needs};
use crate::engine::model::{Achievement, Facts, Holding};

/// The rules for one person on one day, read from the written curriculum.
pub(super) struct Oracle {
    pub ids: Vec<String>,
    pub quarters: Vec<u32>,
    pub ever: Mask,
    pub valid: Mask,
    /// Each: so many of these, any bit of a mask counting for it.
    pub demands: Vec<(usize, Vec<Mask>)>,
    pub needs: Vec<Tree>,
}

pub(super) enum Tree {
    /// Any of these counts when held.
    Module {
        held: Mask,
        taken: Mask,
    },
    AtLeast(usize, Vec<Tree>),
}

impl Oracle {
    pub(super) fn new(curriculum: &Curriculum, facts: &Facts, today: NaiveDate) -> Oracle {
        let ids: Vec<String> = curriculum.modules.iter().map(|(id, _)| id.clone()).collect();
        let at: HashMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
        let same = |id: &str| {
            let module = &curriculum.modules[at[id]].1;
            module.equivalent.iter().fold(Mask::of(at[id]), |mask, other| mask.with(at[other.as_str()]))
        };
        let past = || facts.achievements.iter().filter(|achievement| achievement.day <= today);
        let valid = past().filter(|achievement| achievement.valid_until.is_none_or(|last| last >= today));
        let mask = |achievement: &Achievement| at[achievement.module.as_str()];
        let mut oracle = Oracle {
            quarters: curriculum.modules.iter().map(|(_, module)| (module.hours * 4.0) as u32).collect(),
            ever: past().map(mask).collect(),
            valid: valid.map(mask).collect(),
            demands: Vec::new(),
            needs: Vec::new(),
            ids: ids.clone(),
        };
        let after: Vec<Mask> = (0..ids.len()).map(|way| leads_to(curriculum, &at, way)).collect();
        for (asker, (_, module)) in curriculum.modules.iter().enumerate() {
            let above: Mask = (0..ids.len()).filter(|&way| after[way].has(asker)).collect();
            oracle.needs.push(tree(&module.builds_on, &|id| Tree::Module {
                held: same(id),
                taken: same(id).without(above).with(at[id]),
            }));
        }
        for dose in doses(curriculum, facts, today) {
            oracle.demands.extend(dose.required.iter().map(|id| (1, vec![same(id)])));
            let choice = |from: &[String]| from.iter().map(|id| same(id)).collect();
            oracle.demands.extend(dose.one_of.iter().map(|one_of| (one_of.choose as usize, choice(&one_of.from))));
        }
        oracle
    }

    /// Whether what is valid and these steps meet every demand.
    pub(super) fn demands_met(&self, steps: Mask) -> bool {
        let have = self.valid | steps;
        self.demands.iter().all(|(least, from)| from.iter().filter(|same| same.meets(have)).count() >= *least)
    }

    /// Whether what was ever held and these steps are what `module` builds on.
    pub(super) fn builds_on_met(&self, module: usize, steps: Mask) -> bool {
        met(&self.needs[module], self.ever, steps)
    }

    pub(super) fn works(&self, steps: Mask) -> bool {
        self.demands_met(steps) && self.members(steps).all(|module| self.builds_on_met(module, steps))
    }

    pub(super) fn hours(&self, steps: Mask) -> u32 {
        self.members(steps).map(|module| self.quarters[module]).sum()
    }

    pub(super) fn members(&self, steps: Mask) -> impl Iterator<Item = usize> + use<> {
        (0..self.ids.len()).filter(move |module| steps.has(*module))
    }

    /// The best of all sets: quarters, how many, sorted ids.
    pub(super) fn best(&self) -> (u32, usize, Vec<&str>) {
        let key = |steps: Mask| {
            let mut ids: Vec<&str> = self.members(steps).map(|module| self.ids[module].as_str()).collect();
            ids.sort_unstable();
            (self.hours(steps), ids.len(), ids)
        };
        (0..1 << self.ids.len())
            .map(Mask::low)
            .filter(|&steps| self.works(steps))
            .map(key)
            .min()
            .expect("everything always works")
    }
}

fn met(tree: &Tree, ever: Mask, steps: Mask) -> bool {
    match tree {
        Tree::Module { held, taken } => held.meets(ever) || taken.meets(steps),
        Tree::AtLeast(least, parts) => parts.iter().filter(|part| met(part, ever, steps)).count() >= *least,
    }
}

fn tree(needs: &Needs, module: &dyn Fn(&str) -> Tree) -> Tree {
    let parts = |parts: &[Needs]| parts.iter().map(|part| tree(part, module)).collect();
    match needs {
        Needs::Module(id) => module(id),
        Needs::All(all) => Tree::AtLeast(all.len(), parts(all)),
        Needs::Any(any) => Tree::AtLeast(1, parts(any)),
        Needs::AtLeast(least, some) => Tree::AtLeast(*least as usize, parts(some)),
    }
}

/// Itself and everything that taking it may be a matter of taking first.
fn leads_to(curriculum: &Curriculum, at: &HashMap<&str, usize>, from: usize) -> Mask {
    let mut open = vec![from];
    let mut seen = Mask::default();
    while let Some(module) = open.pop() {
        if !seen.has(module) {
            seen = seen.with(module);
            for named in named(&curriculum.modules[module].1.builds_on) {
                let same = &curriculum.modules[at[named]].1.equivalent;
                open.extend(same.iter().map(|id| at[id.as_str()]).chain([at[named]]));
            }
        }
    }
    seen
}

fn named(needs: &Needs) -> Vec<&str> {
    match needs {
        Needs::Module(id) => vec![id],
        Needs::All(parts) | Needs::Any(parts) | Needs::AtLeast(_, parts) => parts.iter().flat_map(named).collect(),
    }
}

fn doses<'a>(curriculum: &'a Curriculum, facts: &Facts, today: NaiveDate) -> Vec<&'a Dose> {
    let mut doses = Vec::new();
    for assignment in &facts.assignments {
        if today < assignment.from || assignment.to.is_some_and(|to| to < today) {
            continue;
        }
        match &assignment.holding {
            Holding::Everyone => doses.extend(curriculum.about.everyone.clone()),
            Holding::Title(id) => {
                let title = &curriculum.titles[id];
                doses.extend(title.dose.clone());
                doses.extend(curriculum.groups[&title.group].dose.clone());
            }
            Holding::Role(id) => {
                let mut open = vec![id];
                while let Some(role) = open.pop().map(|id| &curriculum.roles[id]) {
                    doses.push(role.dose.clone());
                    open.extend(&role.includes);
                }
            }
        }
    }
    doses.iter().map(|id| &curriculum.doses[id]).collect()
}
