//! A curriculum made ready for questions: dense indices, prerequisite expressions and doses resolved.
//!
//! Expects a curriculum that `curriculum::check` finds no errors in; what would make answers meaningless is an
//! error here too, but only the first is told. Judges nothing else.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::credit::{Credits, Declared};
use super::doses::DoseSet;
use super::holdings::{Builder, Holdings};
use super::lineage::{Asked, Place};
use super::model::{Holding, ModuleIx, Quarters};
use super::names::Names;
use super::rings;
use super::transition::{Transition, Version, VersionIx};
use crate::curriculum::model::Curriculum;

/// A curriculum ready for questions.
#[derive(Debug, Clone)]
pub struct Compiled {
    ids: Vec<String>,
    by_id: HashMap<String, ModuleIx>,
    /// Each module's place among the sorted ids: the last tie-break between paths.
    pub(super) ranks: Vec<u32>,
    pub(super) quarters: Vec<Quarters>,
    pub(super) needs: Vec<Need>,
    /// For each module, those that count as it (not itself), in the curriculum's order.
    pub(super) equivalents: Vec<Vec<ModuleIx>>,
    /// For each module, those that it counts as (not itself).
    pub(super) counts_as: Vec<Vec<ModuleIx>>,
    /// Modules that could only come after each other in a circle, equivalents included, share a ring.
    rings: Vec<u32>,
    /// Every module after all that it can build on.
    pub(super) topological: Vec<ModuleIx>,
    /// The newest version's, by id, then those of earlier versions that somebody may still stand under.
    doses: Vec<DoseSet>,
    newest_doses: usize,
    holdings: Holdings,
    credits: Credits,
    /// Oldest first.
    numbers: Vec<String>,
    /// Deadlines of older assignments count from this day.
    in_force_from: NaiveDate,
}

/// A prerequisite expression over indices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Need {
    Module(ModuleIx),
    All(Vec<Need>),
    /// So many of these; `Any` is one.
    AtLeast(u32, Vec<Need>),
}

/// Why a curriculum cannot be made ready. `varjedag check` finds these with their places.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    #[error("there are more than {max} modules; split the curriculum", max = u16::MAX)]
    TooMany,
    #[error("module \"{0}\" is written twice; remove one")]
    Duplicate(String),
    #[error("{place} names the {kind} \"{id}\", which does not exist; correct the name or add it")]
    Unknown { place: String, kind: &'static str, id: String },
    #[error("{} builds on itself; remove one of the prerequisites", .0.join(" → "))]
    Cycle(Vec<String>),
    #[error("{place} asks for {wanted} of {available}; ask for fewer or add alternatives")]
    Impossible { place: String, wanted: u32, available: usize },
    #[error("module \"{0}\" has hours that are not a number of quarters above zero; correct them")]
    Hours(String),
}

impl Compiled {
    /// Makes `curriculum` ready, as a version without number that was always there.
    ///
    /// # Errors
    /// The first thing that makes answers impossible: unknown ids, circles, demands that nothing can meet.
    pub fn new(curriculum: &Curriculum) -> Result<Compiled, CompileError> {
        let transition = Transition::default();
        let version = Version { number: "", published: NaiveDate::MIN, curriculum, transition: &transition };
        Compiled::with_history(&[], version)
    }

    /// Makes `newest` ready for questions, and of the earlier versions (oldest first) what people may still stand
    /// under. Deadlines of the oldest version count from its day at the earliest, so that a first publication makes
    /// nobody overdue.
    ///
    /// # Errors
    /// As [`Compiled::new`]; what an earlier version names in vain asks for nothing.
    pub fn with_history(earlier: &[Version<'_>], newest: Version<'_>) -> Result<Compiled, CompileError> {
        let curriculum = newest.curriculum;
        let versions: Vec<Version<'_>> = earlier.iter().copied().chain([newest]).collect();
        let ids: Vec<String> = curriculum.modules.iter().map(|(id, _)| id.clone()).collect();
        let by_id = index_ids(&ids)?;
        let names = Names { by_id: &by_id };
        let mut quarters = Vec::new();
        let mut needs = Vec::new();
        let mut equivalents = Vec::new();
        for (id, module) in &curriculum.modules {
            quarters.push(whole_quarters(module.hours).ok_or_else(|| CompileError::Hours(id.clone()))?);
            needs.push(names.need(&module.builds_on, &format!("module \"{id}\""))?);
            equivalents.push(names.equivalents(id, &module.equivalent)?);
        }
        if let Some(cycle) = rings::cycle(&needs) {
            return Err(CompileError::Cycle(cycle.iter().map(|module| ids[usize::from(module.0)].clone()).collect()));
        }
        let rings = rings::rings(&needs, &equivalents);
        let topological = rings::topological(&needs, &equivalents, &rings);
        let mut builder = Builder::new(&versions, names, Declared::new(&versions), (&needs, &topological))?;
        let holdings = builder.holdings()?;
        Ok(Compiled {
            ranks: ranks(&ids),
            counts_as: reversed(&equivalents),
            doses: builder.doses,
            newest_doses: curriculum.doses.len(),
            holdings,
            credits: Credits::new(&versions, &by_id),
            numbers: versions.iter().map(|version| version.number.to_owned()).collect(),
            in_force_from: versions[0].published,
            ids,
            by_id,
            quarters,
            needs,
            equivalents,
            rings,
            topological,
        })
    }

    /// Says from which day people could know what is asked of them: deadlines of older assignments count from it, so
    /// that a first publication makes nobody overdue.
    pub fn in_force_from(mut self, day: NaiveDate) -> Compiled {
        self.in_force_from = day;
        self
    }

    /// The module with this id.
    pub fn index(&self, id: &str) -> Option<ModuleIx> {
        self.by_id.get(id).copied()
    }

    /// The id of a module of this curriculum.
    pub fn id(&self, module: ModuleIx) -> &str {
        &self.ids[usize::from(module.0)]
    }

    /// Every module, in the order written.
    pub fn modules(&self) -> impl ExactSizeIterator<Item = ModuleIx> + use<> {
        (0..self.ids.len() as u16).map(ModuleIx)
    }

    pub fn quarters(&self, module: ModuleIx) -> Quarters {
        self.quarters[usize::from(module.0)]
    }

    /// Every dose of the newest version, by id.
    pub fn doses(&self) -> &[DoseSet] {
        &self.doses[..self.newest_doses]
    }

    pub fn dose(&self, id: &str) -> Option<&DoseSet> {
        self.doses().iter().find(|dose| dose.id == id)
    }

    /// What an assignment of `holding` from the day `from` on asks for, and since when: the rules of
    /// [`super::transition`]. `begun` tells whether any module with one of these ids, also ids that are no longer
    /// there, was achieved before the day; it is asked only where a version was published for those not started.
    pub fn asked(
        &self,
        holding: &Holding,
        from: NaiveDate,
        begun: &dyn Fn(&BTreeSet<String>, NaiveDate) -> bool,
    ) -> Vec<Asked<'_>> {
        self.holdings.asked(&self.doses, holding, from, self.in_force_from, begun)
    }

    /// What an achievement of the module `id` is one of: that module, if it is still there, and those that it is
    /// credited for. Each counts, by [`Compiled::counts_as`], as others.
    pub fn achieved(&self, id: &str) -> impl Iterator<Item = ModuleIx> {
        self.index(id).into_iter().chain(self.credits.declared(id).iter().copied())
    }

    /// What an achievement of the module `id` on `day` counts as beside that, because it did in an earlier version.
    pub fn kept(&self, id: &str, day: NaiveDate) -> impl Iterator<Item = ModuleIx> {
        self.credits.kept(id, day)
    }

    /// What an achievement of the module `id` counts as beside that when it was made by a day.
    pub(super) fn kept_until(&self, id: &str) -> impl Iterator<Item = (ModuleIx, NaiveDate)> {
        self.credits.kept_until(id)
    }

    /// The places where a holding asks for doses, through the versions; their doses are among [`Compiled::all_doses`].
    pub(super) fn places(&self, holding: &Holding) -> &[Place] {
        self.holdings.places(holding)
    }

    /// The doses of [`Compiled::doses`], then those of earlier versions.
    pub(super) fn all_doses(&self) -> &[DoseSet] {
        &self.doses
    }

    /// The day from which the oldest version's deadlines count.
    pub(super) fn counts_from(&self) -> NaiveDate {
        self.in_force_from
    }

    /// A version's number, such as 2026.1; empty for a curriculum that was compiled without.
    pub fn number(&self, version: VersionIx) -> &str {
        &self.numbers[usize::from(version.0)]
    }

    /// The version that was compiled.
    pub fn newest(&self) -> VersionIx {
        VersionIx((self.numbers.len() - 1) as u16)
    }

    /// Whether the curriculum has this title or role.
    pub(super) fn knows(&self, holding: &Holding) -> bool {
        self.holdings.knows(holding)
    }

    /// The modules that `module` counts as, beside itself.
    pub fn counts_as(&self, module: ModuleIx) -> &[ModuleIx] {
        &self.counts_as[usize::from(module.0)]
    }

    pub(super) fn need(&self, module: ModuleIx) -> &Need {
        &self.needs[usize::from(module.0)]
    }

    pub(super) fn equivalents(&self, module: ModuleIx) -> &[ModuleIx] {
        &self.equivalents[usize::from(module.0)]
    }

    /// The equivalents of `wanted` that may be taken before `asker`, which builds on `wanted`.
    ///
    /// One that can itself only come after `asker` is not among them: *advanced* may count as *basic*, but nobody
    /// takes *advanced* to get into *intermediate* when it builds on *intermediate*.
    pub(super) fn stand_ins(&self, asker: ModuleIx, wanted: ModuleIx) -> impl Iterator<Item = ModuleIx> {
        let ring = self.rings[usize::from(asker.0)];
        self.equivalents(wanted).iter().copied().filter(move |e| self.rings[usize::from(e.0)] != ring)
    }
}

impl Need {
    /// Calls `each` with every module named in the expression.
    pub(super) fn for_each(&self, each: &mut impl FnMut(ModuleIx)) {
        match self {
            Need::Module(module) => each(*module),
            Need::All(parts) | Need::AtLeast(_, parts) => parts.iter().for_each(|part| part.for_each(each)),
        }
    }
}

fn index_ids(ids: &[String]) -> Result<HashMap<String, ModuleIx>, CompileError> {
    if ids.len() > usize::from(u16::MAX) {
        return Err(CompileError::TooMany);
    }
    let mut by_id = HashMap::with_capacity(ids.len());
    for (index, id) in ids.iter().enumerate() {
        if by_id.insert(id.clone(), ModuleIx(index as u16)).is_some() {
            return Err(CompileError::Duplicate(id.clone()));
        }
    }
    Ok(by_id)
}

fn ranks(ids: &[String]) -> Vec<u32> {
    let mut sorted: Vec<usize> = (0..ids.len()).collect();
    sorted.sort_by_key(|&index| &ids[index]);
    let mut ranks = vec![0; ids.len()];
    for (rank, index) in sorted.into_iter().enumerate() {
        ranks[index] = rank as u32;
    }
    ranks
}

/// Quarter hours, rounded; none when there is not at least one, or more than a working life.
fn whole_quarters(hours: f64) -> Option<Quarters> {
    let quarters = (hours * 4.0).round();
    (1.0..=400_000.0).contains(&quarters).then_some(quarters as Quarters)
}

fn reversed(lists: &[Vec<ModuleIx>]) -> Vec<Vec<ModuleIx>> {
    let mut back = vec![Vec::new(); lists.len()];
    for (from, list) in lists.iter().enumerate() {
        for to in list {
            back[usize::from(to.0)].push(ModuleIx(from as u16));
        }
    }
    back
}
