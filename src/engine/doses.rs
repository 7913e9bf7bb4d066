//! Doses over indices, and which doses a holding asks for.

use std::collections::{BTreeMap, HashMap, VecDeque};

use fixedbitset::FixedBitSet;

use super::closure;
use super::compile::{CompileError, Need};
use super::model::{Holding, ModuleIx};
use super::names::{Names, enough, unknown};
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
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub choose: u32,
    /// Each with its days from assignment.
    pub from: Vec<(ModuleIx, u32)>,
}

/// A dose as a holding asks for it.
#[derive(Debug, Clone)]
pub(super) struct DoseRef {
    /// Index into `Compiled::doses`.
    pub dose: usize,
    /// The roles passed through by inclusion, nearest to the holding first.
    pub includes: Vec<String>,
}

/// The doses that each holding asks for.
#[derive(Debug, Clone)]
pub(super) struct Holdings {
    roles: HashMap<String, Vec<DoseRef>>,
    titles: HashMap<String, Vec<DoseRef>>,
    everyone: Vec<DoseRef>,
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
        let mut set = dose_set(id, dose, names, needs.len())?;
        set.closure = closure::certain(needs, topological, &set.required);
        doses.push(set);
    }
    Ok(doses)
}

/// The dose without its closure.
fn dose_set(id: &str, dose: &Dose, names: &Names, modules: usize) -> Result<DoseSet, CompileError> {
    let place = format!("dose \"{id}\"");
    let deadline = |module: &String| dose.deadlines.get(module).copied();
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
        let index = names.module(module, &place)?;
        set.required.insert(usize::from(index.0));
        set.days.insert(index, deadline(module).unwrap_or(dose.within_days));
    }
    for module in &dose.recommended {
        set.recommended.insert(usize::from(names.module(module, &place)?.0));
    }
    for one_of in &dose.one_of {
        let mut from = BTreeMap::new();
        for module in &one_of.from {
            let days = deadline(module).or(one_of.within_days).unwrap_or(dose.within_days);
            from.insert(names.module(module, &place)?, days);
        }
        enough(&place, one_of.choose, from.len())?;
        set.choices.push(Choice { choose: one_of.choose, from: from.into_iter().collect() });
    }
    Ok(set)
}

impl Holdings {
    pub(super) fn new(curriculum: &Curriculum, doses: &[DoseSet]) -> Result<Holdings, CompileError> {
        let mut titles = HashMap::new();
        for (id, title) in &curriculum.titles {
            let place = format!("title \"{id}\"");
            let group = curriculum.groups.get(&title.group).ok_or_else(|| unknown(&place, "group", &title.group))?;
            let mut refs = Vec::new();
            if let Some(dose) = &title.dose {
                add_dose(&mut refs, doses, dose, &place, Vec::new())?;
            }
            if let Some(dose) = &group.dose {
                add_dose(&mut refs, doses, dose, &format!("group \"{}\"", title.group), Vec::new())?;
            }
            titles.insert(id.clone(), refs);
        }
        let mut roles = HashMap::new();
        for id in curriculum.roles.keys() {
            roles.insert(id.clone(), role_doses(curriculum, doses, id)?);
        }
        let mut everyone = Vec::new();
        if let Some(dose) = &curriculum.about.everyone {
            add_dose(&mut everyone, doses, dose, "about.everyone", Vec::new())?;
        }
        Ok(Holdings { roles, titles, everyone })
    }

    pub(super) fn knows(&self, holding: &Holding) -> bool {
        match holding {
            Holding::Everyone => true,
            Holding::Title(id) => self.titles.contains_key(id),
            Holding::Role(id) => self.roles.contains_key(id),
        }
    }

    /// Nothing for what the curriculum does not know.
    pub(super) fn asked_by(&self, holding: &Holding) -> &[DoseRef] {
        let known = match holding {
            Holding::Everyone => Some(&self.everyone),
            Holding::Title(id) => self.titles.get(id),
            Holding::Role(id) => self.roles.get(id),
        };
        known.map_or(&[], Vec::as_slice)
    }
}

/// The role's own dose, then those of the roles it includes, nearest first. A circle of inclusions adds nothing.
fn role_doses(curriculum: &Curriculum, doses: &[DoseSet], role: &str) -> Result<Vec<DoseRef>, CompileError> {
    let mut refs = Vec::new();
    let mut seen = vec![role];
    let mut queue = VecDeque::from([(role, Vec::new())]);
    while let Some((id, includes)) = queue.pop_front() {
        let role = curriculum.roles.get(id).ok_or_else(|| unknown("a role's includes", "role", id))?;
        add_dose(&mut refs, doses, &role.dose, &format!("role \"{id}\""), includes.clone())?;
        for included in &role.includes {
            if !seen.contains(&included.as_str()) {
                seen.push(included);
                let mut via = includes.clone();
                via.push(included.clone());
                queue.push_back((included, via));
            }
        }
    }
    Ok(refs)
}

/// A dose asked for twice by one holding keeps its nearest reason.
fn add_dose(
    refs: &mut Vec<DoseRef>,
    doses: &[DoseSet],
    id: &str,
    place: &str,
    includes: Vec<String>,
) -> Result<(), CompileError> {
    let dose = doses.iter().position(|dose| dose.id == id).ok_or_else(|| unknown(place, "dose", id))?;
    if refs.iter().all(|known| known.dose != dose) {
        refs.push(DoseRef { dose, includes });
    }
    Ok(())
}
