//! A curriculum made ready for questions: dense indices, prerequisite expressions and doses resolved.
//!
//! Expects a curriculum that `curriculum::check` finds no errors in; what would make answers meaningless is an
//! error here too, but only the first is told. Judges nothing else.

use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

use fixedbitset::FixedBitSet;
use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};

use super::closure;
use super::model::{ModuleIx, Quarters};
use crate::curriculum::model::{Curriculum, Dose, Needs};

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
    pub(super) doses: Vec<DoseSet>,
    pub(super) roles: HashMap<String, Vec<DoseRef>>,
    pub(super) titles: HashMap<String, Vec<DoseRef>>,
    pub(super) everyone: Vec<DoseRef>,
    pub(super) in_force_from: Option<NaiveDate>,
}

/// A prerequisite expression over indices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Need {
    Module(ModuleIx),
    All(Vec<Need>),
    /// So many of these; `Any` is one.
    AtLeast(u32, Vec<Need>),
}

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
    /// Makes `curriculum` ready.
    ///
    /// # Errors
    /// The first thing that makes answers impossible: unknown ids, circles, demands that nothing can meet.
    pub fn new(curriculum: &Curriculum) -> Result<Compiled, CompileError> {
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
        refuse_cycle(&ids, &needs)?;
        let rings = rings(&needs, &equivalents);
        let topological = topological(&needs, &equivalents, &rings);
        let mut compiled = Compiled {
            ranks: ranks(&ids),
            counts_as: reversed(&equivalents),
            ids,
            by_id,
            quarters,
            needs,
            equivalents,
            rings,
            topological,
            doses: Vec::new(),
            roles: HashMap::new(),
            titles: HashMap::new(),
            everyone: Vec::new(),
            in_force_from: None,
        };
        compiled.add_doses(curriculum)?;
        compiled.add_holdings(curriculum)?;
        Ok(compiled)
    }

    /// Says from which day people could know what is asked of them: deadlines of older assignments count from it, so
    /// that a first publication makes nobody overdue.
    pub fn in_force_from(mut self, day: NaiveDate) -> Compiled {
        self.in_force_from = Some(day);
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

    /// Every dose, by id.
    pub fn doses(&self) -> &[DoseSet] {
        &self.doses
    }

    pub fn dose(&self, id: &str) -> Option<&DoseSet> {
        self.doses.iter().find(|dose| dose.id == id)
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

    fn add_doses(&mut self, curriculum: &Curriculum) -> Result<(), CompileError> {
        for (id, dose) in &curriculum.doses {
            let set = self.dose_set(id, dose)?;
            self.doses.push(set);
        }
        Ok(())
    }

    fn dose_set(&self, id: &str, dose: &Dose) -> Result<DoseSet, CompileError> {
        let place = format!("dose \"{id}\"");
        let names = Names { by_id: &self.by_id };
        let deadline = |module: &String| dose.deadlines.get(module).copied();
        let mut required = FixedBitSet::with_capacity(self.ids.len());
        let mut recommended = required.clone();
        let mut days = BTreeMap::new();
        for module in &dose.required {
            let index = names.module(module, &place)?;
            required.insert(usize::from(index.0));
            days.insert(index, deadline(module).unwrap_or(dose.within_days));
        }
        for module in &dose.recommended {
            recommended.insert(usize::from(names.module(module, &place)?.0));
        }
        let mut choices = Vec::new();
        for one_of in &dose.one_of {
            let mut from = BTreeMap::new();
            for module in &one_of.from {
                let days = deadline(module).or(one_of.within_days).unwrap_or(dose.within_days);
                from.insert(names.module(module, &place)?, days);
            }
            enough(&place, one_of.choose, from.len())?;
            choices.push(Choice { choose: one_of.choose, from: from.into_iter().collect() });
        }
        let closure = closure::certain(&self.needs, &self.topological, &required);
        Ok(DoseSet { id: id.to_owned(), required, recommended, closure, choices, days })
    }

    fn add_holdings(&mut self, curriculum: &Curriculum) -> Result<(), CompileError> {
        for (id, title) in &curriculum.titles {
            let place = format!("title \"{id}\"");
            let group = curriculum.groups.get(&title.group).ok_or_else(|| unknown(&place, "group", &title.group))?;
            let asked = title.dose.iter().map(|dose| (dose, place.clone()));
            let asked = asked.chain(group.dose.iter().map(|dose| (dose, format!("group \"{}\"", title.group))));
            let mut refs = Vec::new();
            for (dose, place) in asked {
                self.push_dose(&mut refs, dose, &place, Vec::new())?;
            }
            self.titles.insert(id.clone(), refs);
        }
        for id in curriculum.roles.keys() {
            let refs = self.role_doses(curriculum, id)?;
            self.roles.insert(id.clone(), refs);
        }
        let mut refs = Vec::new();
        if let Some(dose) = &curriculum.about.everyone {
            self.push_dose(&mut refs, dose, "about.everyone", Vec::new())?;
        }
        self.everyone = refs;
        Ok(())
    }

    /// The role's own dose, then those of the roles it includes, nearest first. A circle of inclusions adds nothing.
    fn role_doses(&self, curriculum: &Curriculum, role: &str) -> Result<Vec<DoseRef>, CompileError> {
        let mut refs = Vec::new();
        let mut seen = vec![role];
        let mut queue = std::collections::VecDeque::from([(role, Vec::new())]);
        while let Some((id, includes)) = queue.pop_front() {
            let place = format!("role \"{id}\"");
            let role = curriculum.roles.get(id).ok_or_else(|| unknown("a role's includes", "role", id))?;
            self.push_dose(&mut refs, &role.dose, &place, includes.clone())?;
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
    fn push_dose(
        &self,
        refs: &mut Vec<DoseRef>,
        id: &str,
        place: &str,
        includes: Vec<String>,
    ) -> Result<(), CompileError> {
        let dose = self.doses.iter().position(|dose| dose.id == id).ok_or_else(|| unknown(place, "dose", id))?;
        if refs.iter().all(|known| known.dose != dose) {
            refs.push(DoseRef { dose, includes });
        }
        Ok(())
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

/// Names resolved to indices.
struct Names<'a> {
    by_id: &'a HashMap<String, ModuleIx>,
}

impl Names<'_> {
    fn module(&self, id: &str, place: &str) -> Result<ModuleIx, CompileError> {
        self.by_id.get(id).copied().ok_or_else(|| unknown(place, "module", id))
    }

    fn need(&self, needs: &Needs, place: &str) -> Result<Need, CompileError> {
        let all = |parts: &Vec<Needs>| parts.iter().map(|part| self.need(part, place)).collect::<Result<Vec<_>, _>>();
        Ok(match needs {
            Needs::Module(id) => Need::Module(self.module(id, place)?),
            Needs::All(parts) => Need::All(all(parts)?),
            Needs::Any(parts) => {
                enough(place, 1, parts.len())?;
                Need::AtLeast(1, all(parts)?)
            }
            Needs::AtLeast(wanted, parts) => {
                enough(place, *wanted, parts.len())?;
                Need::AtLeast(*wanted, all(parts)?)
            }
        })
    }

    fn equivalents(&self, id: &str, written: &[String]) -> Result<Vec<ModuleIx>, CompileError> {
        let place = format!("module \"{id}\"");
        let mut found = Vec::new();
        for other in written.iter().filter(|other| *other != id) {
            found.push(self.module(other, &place)?);
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

fn unknown(place: &str, kind: &'static str, id: &str) -> CompileError {
    CompileError::Unknown { place: place.to_owned(), kind, id: id.to_owned() }
}

fn enough(place: &str, wanted: u32, available: usize) -> Result<(), CompileError> {
    match wanted as usize > available {
        true => Err(CompileError::Impossible { place: place.to_owned(), wanted, available }),
        false => Ok(()),
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

fn refuse_cycle(ids: &[String], needs: &[Need]) -> Result<(), CompileError> {
    let graph = graph(needs, |_, module, edge| edge(module));
    let Err(cycle) = toposort(&graph, None) else { return Ok(()) };
    let start = cycle.node_id();
    let round = graph.neighbors(start).filter_map(|next| {
        petgraph::algo::astar(&graph, next, |node| node == start, |_| 1, |_| 0).map(|(_, nodes)| nodes)
    });
    let shortest = round.min_by_key(Vec::len).unwrap_or_default();
    let nodes = std::iter::once(start).chain(shortest);
    Err(CompileError::Cycle(nodes.map(|node| ids[node.index()].clone()).collect()))
}

/// The strongly connected parts of "builds on, directly or by an equivalent".
fn rings(needs: &[Need], equivalents: &[Vec<ModuleIx>]) -> Vec<u32> {
    let graph = graph(needs, |_, module, edge| {
        edge(module);
        equivalents[usize::from(module.0)].iter().for_each(|&other| edge(other));
    });
    let mut rings = vec![0; needs.len()];
    for (ring, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        for member in members {
            rings[member.index()] = ring as u32;
        }
    }
    rings
}

/// Without stand-ins inside a ring nothing is left that could go round: what remains there is `builds_on` itself.
fn topological(needs: &[Need], equivalents: &[Vec<ModuleIx>], rings: &[u32]) -> Vec<ModuleIx> {
    let graph = graph(needs, |asker, module, edge| {
        edge(module);
        let apart = |other: &&ModuleIx| rings[usize::from(other.0)] != rings[asker];
        equivalents[usize::from(module.0)].iter().filter(apart).for_each(|&other| edge(other));
    });
    let dependents_first = toposort(&graph, None).unwrap_or_default();
    dependents_first.into_iter().rev().map(|node| ModuleIx(node.index() as u16)).collect()
}

/// An edge from each module to what `edges` makes of each module it names.
fn graph(needs: &[Need], edges: impl Fn(usize, ModuleIx, &mut dyn FnMut(ModuleIx))) -> DiGraph<(), ()> {
    let mut graph = DiGraph::with_capacity(needs.len(), needs.len());
    for _ in needs {
        graph.add_node(());
    }
    for (from, need) in needs.iter().enumerate() {
        need.for_each(&mut |module| {
            edges(from, module, &mut |to| {
                graph.update_edge(NodeIndex::new(from), NodeIndex::new(usize::from(to.0)), ());
            });
        });
    }
    graph
}
