//! What an achievement counts as beside its own module: declared credit, and what counted in an earlier version.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::model::ModuleIx;
use super::transition::Version;
use crate::curriculum::model::Module;

/// By module id, also of modules that are no longer there.
#[derive(Debug, Clone, Default)]
pub(super) struct Credits {
    declared: HashMap<String, Vec<ModuleIx>>,
    kept: HashMap<String, Vec<Kept>>,
}

/// A module as which another counted in an earlier version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Kept {
    module: ModuleIx,
    /// The day of the version that took it away: achievements until then count.
    until: NaiveDate,
}

impl Credits {
    /// `versions` oldest first; `by_id` are the newest one's modules.
    pub(super) fn new(versions: &[Version<'_>], by_id: &HashMap<String, ModuleIx>) -> Credits {
        let declared = Declared::new(versions);
        let newest = newest_modules(versions);
        let mut kept: BTreeMap<&str, BTreeSet<Kept>> = BTreeMap::new();
        for (old, id, until) in lost_equivalents(versions) {
            let names: Vec<&str> = [old].into_iter().chain(declared.targets(old)).collect();
            // By another name it may still be an equivalent, and is told as such.
            let lost = |id: &&str| {
                newest.get(id).is_some_and(|module| !module.equivalent.iter().any(|e| names.contains(&e.as_str())))
            };
            let targets = [id].into_iter().chain(declared.targets(id)).filter(lost);
            let targets: Vec<Kept> = targets.map(|id| Kept { module: by_id[id], until }).collect();
            for from in [old].into_iter().chain(declared.sources_of(old)) {
                kept.entry(from).or_default().extend(&targets);
            }
        }
        let there = |old| declared.targets(old).into_iter().filter_map(|id| by_id.get(id)).copied().collect();
        Credits {
            declared: declared.sources().map(|old| (old.to_owned(), there(old))).collect(),
            kept: kept.into_iter().map(|(old, kept)| (old.to_owned(), kept.into_iter().collect())).collect(),
        }
    }

    /// The modules that an achievement of the module `id` is also one of, by declared credit.
    pub(super) fn declared(&self, id: &str) -> &[ModuleIx] {
        self.declared.get(id).map_or(&[], Vec::as_slice)
    }

    /// The modules as which an achievement of the module `id` on `day` still counts, because it did in a version
    /// before; as with equivalents, one step and no further.
    pub(super) fn kept(&self, id: &str, day: NaiveDate) -> impl Iterator<Item = ModuleIx> {
        self.kept_until(id).filter(move |(_, until)| day <= *until).map(|(module, _)| module)
    }

    /// The modules as which achievements of the module `id` count that were made by a day.
    pub(super) fn kept_until(&self, id: &str) -> impl Iterator<Item = (ModuleIx, NaiveDate)> {
        let kept = self.kept.get(id).map_or(&[][..], Vec::as_slice);
        kept.iter().map(|kept| (kept.module, kept.until))
    }
}

/// The credit that was declared with any of the versions.
pub(super) struct Declared<'a> {
    by_id: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Declared<'a> {
    pub(super) fn new(versions: &[Version<'a>]) -> Declared<'a> {
        let mut by_id: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (old, new) in versions.iter().flat_map(|version| &version.transition.credit) {
            by_id.entry(old).or_default().insert(new);
        }
        Declared { by_id }
    }

    pub(super) fn sources(&self) -> impl Iterator<Item = &'a str> {
        self.by_id.keys().copied()
    }

    /// What counts as `id`.
    pub(super) fn sources_of(&self, id: &str) -> Vec<&'a str> {
        self.sources().filter(|old| *old != id && self.targets(old).contains(&id)).collect()
    }

    /// What `id` counts as, at once or by what that counts as; nearest first, without `id`.
    pub(super) fn targets(&self, id: &'a str) -> Vec<&'a str> {
        let mut targets = vec![id];
        let mut next = 0;
        while let Some(from) = targets.get(next) {
            let new = self.by_id.get(from).into_iter().flatten().filter(|to| !targets.contains(to));
            let new: Vec<&str> = new.copied().collect();
            targets.extend(new);
            next += 1;
        }
        targets.split_off(1)
    }
}

fn newest_modules<'a>(versions: &[Version<'a>]) -> HashMap<&'a str, &'a Module> {
    let modules = versions.last().into_iter().flat_map(|version| &version.curriculum.modules);
    modules.map(|(id, module)| (id.as_str(), module)).collect()
}

/// What counted as what before a version took it away: the module had, the one it counted as, and the day of the
/// first version without. An equivalent that came back counts by itself again.
fn lost_equivalents<'a>(versions: &[Version<'a>]) -> Vec<(&'a str, &'a str, NaiveDate)> {
    let mut last: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (at, version) in versions.iter().enumerate() {
        for (id, module) in &version.curriculum.modules {
            last.extend(module.equivalent.iter().map(|other| ((other.as_str(), id.as_str()), at)));
        }
    }
    let lost = last.into_iter().filter_map(|((old, id), at)| Some((old, id, versions.get(at + 1)?.published)));
    lost.filter(|(old, id, _)| old != id).collect()
}
