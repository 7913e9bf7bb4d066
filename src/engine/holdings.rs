//! Which doses a holding asks for: its places, through the versions.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::closure;
use super::compile::{CompileError, Need};
use super::credit::Declared;
use super::doses::{self, DoseSet};
use super::lineage::{Asked, Generation, Place};
use super::model::{Holding, ModuleIx};
use super::names::{Names, unknown};
use super::stands::{self, Stand, Stands, Written};
use super::transition::{Version, VersionIx, Who};
use crate::curriculum::model::{Curriculum, Dose};

/// The places of each holding of the newest version.
#[derive(Debug, Clone)]
pub(super) struct Holdings {
    roles: HashMap<String, Vec<Place>>,
    titles: HashMap<String, Vec<Place>>,
    everyone: Vec<Place>,
}

impl Holdings {
    pub(super) fn knows(&self, holding: &Holding) -> bool {
        match holding {
            Holding::Everyone => true,
            Holding::Title(id) => self.titles.contains_key(id),
            Holding::Role(id) => self.roles.contains_key(id),
        }
    }

    /// Nothing for what the newest version does not know.
    pub(super) fn places(&self, holding: &Holding) -> &[Place] {
        let known = match holding {
            Holding::Everyone => Some(&self.everyone),
            Holding::Title(id) => self.titles.get(id),
            Holding::Role(id) => self.roles.get(id),
        };
        known.map_or(&[], Vec::as_slice)
    }

    /// What an assignment of `holding` from `from` on is asked for; see [`Place::asked`]. A dose asked for twice
    /// keeps its nearest reason.
    pub(super) fn asked<'a>(
        &'a self,
        doses: &'a [DoseSet],
        holding: &Holding,
        from: NaiveDate,
        in_force_from: NaiveDate,
        begun: &dyn Fn(&BTreeSet<String>, NaiveDate) -> bool,
    ) -> Vec<Asked<'a>> {
        let mut asked: Vec<Asked<'a>> = Vec::new();
        for place in self.places(holding) {
            if let Some(next) = place.asked(doses, from, in_force_from, begun)
                && asked.iter().all(|known| !std::ptr::eq(known.dose, next.dose))
            {
                asked.push(next);
            }
        }
        asked
    }
}

/// What makes the places of all holdings. Doses of earlier versions are added to `doses` behind those of the newest.
pub(super) struct Builder<'a> {
    pub versions: &'a [Version<'a>],
    pub names: Names<'a>,
    pub declared: Declared<'a>,
    pub needs: &'a [Need],
    pub topological: &'a [ModuleIx],
    pub doses: Vec<DoseSet>,
    /// By version and dose id.
    known: HashMap<(usize, &'a str), usize>,
    /// By version and module id, where there are any.
    equivalents: Vec<HashMap<&'a str, &'a [String]>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        versions: &'a [Version<'a>],
        names: Names<'a>,
        declared: Declared<'a>,
        (needs, topological): (&'a [Need], &'a [ModuleIx]),
    ) -> Result<Builder<'a>, CompileError> {
        let newest = versions[versions.len() - 1].curriculum;
        let doses = doses::doses(newest, &names, needs, topological)?;
        let ids = newest.doses.keys().enumerate();
        let known = ids.map(|(at, id)| ((versions.len() - 1, id.as_str()), at)).collect();
        let equivalents = versions.iter().map(|version| equivalents(version.curriculum)).collect();
        Ok(Builder { versions, names, declared, needs, topological, doses, known, equivalents })
    }

    /// # Errors
    /// When the newest version names roles, groups or doses that it does not have.
    pub(super) fn holdings(&mut self) -> Result<Holdings, CompileError> {
        let newest = self.versions[self.versions.len() - 1].curriculum;
        let mut titles = HashMap::new();
        for id in newest.titles.keys() {
            titles.insert(id.clone(), self.places(&|curriculum| stands::of_title(curriculum, id))?);
        }
        let mut roles = HashMap::new();
        for id in newest.roles.keys() {
            roles.insert(id.clone(), self.places(&|curriculum| stands::of_role(curriculum, id))?);
        }
        Ok(Holdings { roles, titles, everyone: self.places(&|curriculum| stands::of_everyone(curriculum))? })
    }

    fn places(&mut self, stands: &Stands<'a>) -> Result<Vec<Place>, CompileError> {
        let newest = self.versions.len() - 1;
        let mut through = Vec::with_capacity(self.versions.len());
        for (at, version) in self.versions.iter().enumerate() {
            match stands(version.curriculum) {
                Err(error) if at == newest => return Err(error),
                found => through.push(found.ok().flatten()),
            }
        }
        let mut keys: Vec<&str> = Vec::new();
        for stand in through.iter().rev().flatten().flatten() {
            if !keys.contains(&stand.key) {
                keys.push(stand.key);
            }
        }
        let mut places = Vec::new();
        for key in keys {
            let generations = self.generations(key, &through)?;
            if generations.iter().any(|generation| generation.dose.is_some()) {
                places.push(Place { generations });
            }
        }
        Ok(places)
    }

    fn generations(&mut self, key: &str, through: &[Option<Vec<Stand<'a>>>]) -> Result<Vec<Generation>, CompileError> {
        let mut generations: Vec<Generation> = Vec::new();
        let mut before: Option<&str> = None;
        for (at, stands) in through.iter().enumerate() {
            if stands.is_none() && generations.is_empty() {
                continue;
            }
            let stand = stands.iter().flatten().find(|stand| stand.key == key);
            let mut next = self.generation(at, stand)?;
            let transition = self.versions[at].transition;
            let born = at == 0 || stands.is_some() != through[at - 1].is_some();
            let dose = stand.map(|stand| stand.dose);
            if !born {
                next.who = transition.who(before, dose);
            }
            before = dose;
            let named = dose.is_some_and(|dose| transition.doses.get(dose) == Some(&Who::Everyone));
            match generations.last_mut() {
                Some(last) if self.same(last.dose, next.dose) => {
                    next.begun_by.extend(last.begun_by.iter().cloned());
                    if named { generations.push(next) } else { last.goes_on_as(next) }
                }
                _ => generations.push(next),
            }
        }
        let everyones = through.iter().flatten().flatten().any(|stand| matches!(stand.written, Written::Everyone));
        if !everyones {
            generations.iter_mut().for_each(|generation| self.without_everyones(generation));
        }
        Ok(generations)
    }

    /// Nobody has begun a dose by what everybody is asked for.
    fn without_everyones(&self, generation: &mut Generation) {
        let curriculum = self.versions[usize::from(generation.version.0)].curriculum;
        if let Some(everyones) = everyones_dose(curriculum) {
            asked_by(everyones).for_each(|id| _ = generation.begun_by.remove(id));
        }
    }

    /// As everyone gets it.
    fn generation(&mut self, at: usize, stand: Option<&Stand<'a>>) -> Result<Generation, CompileError> {
        let version = self.versions[at];
        Ok(Generation {
            dose: stand.map(|stand| self.dose(at, stand)).transpose()?.flatten(),
            includes: stand.map(|stand| stand.includes.clone()).unwrap_or_default(),
            version: VersionIx(at as u16),
            published: version.published,
            who: Who::Everyone,
            // A first version begins for everyone on its day: there is nothing that it could change.
            grace_days: if at == 0 { 0 } else { version.transition.grace_days },
            begun_by: match self.versions.len() {
                1 => BTreeSet::new(),
                _ => stand.map(|stand| self.begun_by(at, stand)).unwrap_or_default(),
            },
        })
    }

    /// The dose's index; none when an earlier version names a dose that it does not have.
    fn dose(&mut self, at: usize, stand: &Stand<'a>) -> Result<Option<usize>, CompileError> {
        if let Some(&index) = self.known.get(&(at, stand.dose)) {
            return Ok(Some(index));
        }
        let Some(dose) = self.versions[at].curriculum.doses.get(stand.dose) else {
            let newest = at + 1 == self.versions.len();
            return if newest { Err(unknown(&stand.written.to_string(), "dose", stand.dose)) } else { Ok(None) };
        };
        let mut set = doses::earlier(stand.dose, dose, &self.names, &self.declared, self.needs.len())?;
        let like = self.doses.iter().position(|known| known.id == set.id && known.same(&set));
        let index = like.unwrap_or_else(|| {
            set.closure = closure::certain(self.needs, self.topological, &set.required);
            self.doses.push(set);
            self.doses.len() - 1
        });
        self.known.insert((at, stand.dose), index);
        Ok(Some(index))
    }

    fn same(&self, one: Option<usize>, other: Option<usize>) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => one == other || self.doses[one].same(&self.doses[other]),
            (None, None) => true,
            _ => false,
        }
    }

    /// What the dose asks for by itself beside everyone's, what counted as that then, and what counts as that by
    /// declared credit.
    fn begun_by(&self, at: usize, stand: &Stand<'_>) -> BTreeSet<String> {
        let curriculum = self.versions[at].curriculum;
        let Some(dose) = curriculum.doses.get(stand.dose) else { return BTreeSet::new() };
        let mut begun: BTreeSet<String> = asked_by(dose).cloned().collect();
        if let (Some(everyones), false) = (everyones_dose(curriculum), matches!(stand.written, Written::Everyone)) {
            asked_by(everyones).for_each(|id| _ = begun.remove(id));
        }
        let equivalents = begun.iter().filter_map(|id| self.equivalents[at].get(id.as_str()));
        let equivalents: Vec<&String> = equivalents.copied().flatten().collect();
        begun.extend(equivalents.into_iter().cloned());
        let counts = |old: &&str| self.declared.targets(old).into_iter().any(|id| begun.contains(id));
        let credited: Vec<&str> = self.declared.sources().filter(counts).collect();
        begun.extend(credited.into_iter().map(str::to_owned));
        begun
    }
}

/// What a dose requires or lets one choose among.
fn asked_by(dose: &Dose) -> impl Iterator<Item = &String> {
    dose.required.iter().chain(dose.one_of.iter().flat_map(|one_of| &one_of.from))
}

fn everyones_dose(curriculum: &Curriculum) -> Option<&Dose> {
    curriculum.doses.get(curriculum.about.everyone.as_ref()?)
}

fn equivalents(curriculum: &Curriculum) -> HashMap<&str, &[String]> {
    let with = curriculum.modules.iter().filter(|(_, module)| !module.equivalent.is_empty());
    with.map(|(id, module)| (id.as_str(), &module.equivalent[..])).collect()
}

impl Generation {
    /// A later version asks for the same: it is this generation that stands there, as that version tells it.
    fn goes_on_as(&mut self, next: Generation) {
        *self = Generation { published: self.published, who: self.who, grace_days: self.grace_days, ..next };
    }
}
