//! Doses over indices, of the newest version and of earlier ones as far as they can still be told over its modules.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::closure;
use super::compile::{CompileError, Need};
use super::credit::Declared;
use super::model::ModuleIx;
use super::names::{Names, enough};
use crate::curriculum::model::{Curriculum, Dose};

/// A dose over indices.
#[derive(Debug, Clone)]
pub struct DoseSet {
    pub id: String,
    pub required: FixedBitSet,
    pub recommended: FixedBitSet,
    /// `required` and everything that nobody can avoid on the way to it (equivalents aside).
    pub closure: FixedBitSet,
    pub(super) choices: Vec<Choice>,
    /// Days from assignment for each required module.
    pub(super) days: BTreeMap<ModuleIx, u32>,
}

/// So many of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub choose: u32,
    /// Each with its days from assignment.
    pub from: Vec<(ModuleIx, u32)>,
}

/// Every dose of the curriculum, by id.
pub(super) fn doses(
    curriculum: &Curriculum,
    names: &Names,
    needs: &[Need],
    topological: &[ModuleIx],
) -> Result<Vec<DoseSet>, CompileError> {
    let mut doses = Vec::new();
    for (id, dose) in &curriculum.doses {
        let place = format!("dose \"{id}\"");
        let mut set = dose_set(id, dose, needs.len(), |module| names.module(module, &place).map(Some))?;
        for choice in &set.choices {
            enough(&place, choice.choose, choice.from.len())?;
        }
        set.closure = closure::certain(needs, topological, &set.required);
        doses.push(set);
    }
    Ok(doses)
}

/// An earlier version's dose, as far as the newest one's modules go, without its closure.
///
/// A module that is no longer there is the one that it counts as; without credit nobody can be asked for it. A choice
/// among fewer modules than it asks for asks for all of them.
pub(super) fn earlier(
    id: &str,
    dose: &Dose,
    names: &Names,
    declared: &Declared,
    modules: usize,
) -> Result<DoseSet, CompileError> {
    let there = |module: &str| {
        let known = |id: &str| names.by_id.get(id).copied();
        known(module).or_else(|| declared.targets(module).into_iter().find_map(known))
    };
    let mut set = dose_set(id, dose, modules, |module| Ok(there(module)))?;
    for choice in &mut set.choices {
        choice.choose = choice.choose.min(choice.from.len() as u32);
    }
    set.choices.retain(|choice| !choice.from.is_empty());
    Ok(set)
}

/// The dose without its closure. `there` finds a module by its id, or that it is to be passed over.
fn dose_set(
    id: &str,
    dose: &Dose,
    modules: usize,
    there: impl Fn(&str) -> Result<Option<ModuleIx>, CompileError>,
) -> Result<DoseSet, CompileError> {
    let days = |module: &str, otherwise: u32| dose.deadlines.get(module).copied().unwrap_or(otherwise);
    let none = FixedBitSet::with_capacity(modules);
    let mut set = DoseSet {
        id: id.to_owned(),
        required: none.clone(),
        recommended: none.clone(),
        closure: none,
        choices: Vec::new(),
        days: BTreeMap::new(),
    };
    for module in &dose.required {
        if let Some(index) = there(module)? {
            set.required.insert(usize::from(index.0));
            set.days.insert(index, days(module, dose.within_days));
        }
    }
    for module in &dose.recommended {
        if let Some(index) = there(module)? {
            set.recommended.insert(usize::from(index.0));
        }
    }
    for one_of in &dose.one_of {
        let mut from = BTreeMap::new();
        for module in &one_of.from {
            if let Some(index) = there(module)? {
                from.insert(index, days(module, one_of.within_days.unwrap_or(dose.within_days)));
            }
        }
        set.choices.push(Choice { choose: one_of.choose, from: from.into_iter().collect() });
    }
    Ok(set)
}

impl DoseSet {
    /// Whether this asks for the same as `other`, with the same days.
    pub(super) fn same(&self, other: &DoseSet) -> bool {
        self.days == other.days && self.choices == other.choices && self.recommended == other.recommended
    }
}
