//! A person's question put to the solver: the demands not yet met and all that may be built on, as a problem.

use fixedbitset::FixedBitSet;

use super::compile::{Compiled, Need};
use super::demand::Demands;
use super::model::{Budget, ModuleIx, Proof, Quarters, Strength};
use super::solve::{PART, Problem, Solution, cheapest};
use super::standing::Standing;

/// The modules to take, and whether no cheaper set exists.
pub(super) struct Plan {
    /// By module index.
    pub taken: Vec<bool>,
    pub quarters: Quarters,
    pub proof: Proof,
}

/// Room below the hours for counting pieces: fewer pieces decide between equal hours.
const PIECE: u64 = 1 << 16;
/// More than the hours of all modules together, which are below a working life each.
const AVOIDED: u64 = 1 << 52;

/// The cheapest set of modules that, with what the person has, meets every demand and prerequisite.
///
/// What is in `avoid` is taken only where nothing else does.
pub(super) fn plan(
    compiled: &Compiled,
    standing: &Standing,
    demands: &Demands,
    budget: &Budget,
    avoid: &[ModuleIx],
) -> Plan {
    let none = FixedBitSet::with_capacity(compiled.modules().len());
    let held = Held { ever: &standing.ever, given: &none, avoid };
    let (problem, by_rank) = problem(compiled, held, wanted(standing, demands), &[]);
    let solution = cheapest(&problem, budget.nodes);
    // A compiled curriculum can always be met: at the latest by taking everything.
    let solution = solution.unwrap_or(Solution { names: Vec::new(), cost: 0, lower: 0, nodes: 0 });
    let mut taken = vec![false; compiled.modules().len()];
    for rank in &solution.names {
        taken[usize::from(by_rank[*rank as usize].0)] = true;
    }
    let proof = proof(&solution);
    let quarters = compiled.modules().filter(|module| taken[usize::from(module.0)]).map(|m| compiled.quarters(m)).sum();
    Plan { taken, quarters, proof }
}

/// The cheapest modules that, with what was ever held and what is `given`, meet the demands `wanted` (still so many of
/// these) and what `askers` build on. `given` are taken already, and what they build on is met or asked for by name.
pub(super) fn plan_rest(
    compiled: &Compiled,
    ever: &FixedBitSet,
    given: &FixedBitSet,
    wanted: Vec<(u32, Vec<ModuleIx>)>,
    askers: &[ModuleIx],
    budget: &Budget,
) -> (Vec<ModuleIx>, Proof) {
    let (problem, by_rank) = problem(compiled, Held { ever, given, avoid: &[] }, wanted, askers);
    let Some(solution) = cheapest(&problem, budget.nodes) else { return (Vec::new(), Proof::Optimal) };
    let proof = proof(&solution);
    (solution.names.iter().map(|&rank| by_rank[rank as usize]).collect(), proof)
}

fn proof(solution: &Solution) -> Proof {
    let (cost, least) = (solution.cost / PIECE, solution.lower / PIECE);
    if least == cost { Proof::Optimal } else { Proof::AtLeast((least % (AVOIDED / PIECE)) as Quarters) }
}

/// What a problem starts from.
#[derive(Clone, Copy)]
struct Held<'a> {
    ever: &'a FixedBitSet,
    given: &'a FixedBitSet,
    avoid: &'a [ModuleIx],
}

type Groups = Vec<(u32, Vec<u32>)>;

/// The problem, and the module of each rank, by which its nodes are named.
fn problem(
    compiled: &Compiled,
    Held { ever, given, avoid }: Held,
    wanted: Vec<(u32, Vec<ModuleIx>)>,
    askers: &[ModuleIx],
) -> (Problem, Vec<ModuleIx>) {
    let nodes = vec![NONE; compiled.quarters.len()];
    let mut lowering = Lowering { compiled, ever, given, avoid, problem: Problem::new(), nodes };
    let reached = lowering.reached(&wanted, askers);
    for &module in compiled.topological.iter().filter(|module| reached[usize::from(module.0)]) {
        lowering.add(module);
    }
    let mut groups: Groups = wanted.into_iter().flat_map(|(least, from)| lowering.demanded(least, &from)).collect();
    askers.iter().for_each(|&asker| groups.extend(lowering.lower(asker, compiled.need(asker))));
    lowering.problem.add(0, PART, &groups);
    let mut by_rank = vec![ModuleIx(0); compiled.ranks.len()];
    for module in compiled.modules() {
        by_rank[compiled.ranks[usize::from(module.0)] as usize] = module;
    }
    (lowering.problem, by_rank)
}

const NONE: u32 = u32::MAX;

/// The demands that valid achievements do not meet: still so many of these modules.
fn wanted(standing: &Standing, demands: &Demands) -> Vec<(u32, Vec<ModuleIx>)> {
    let required = demands.singles.iter().filter(|s| s.strength == Strength::Required && !standing.valid(s.module));
    let mut wanted: Vec<_> = required.map(|single| (1, vec![single.module])).collect();
    for choice in &demands.choices {
        let open: Vec<_> = choice.from.iter().map(|member| member.0).filter(|&m| !standing.valid(m)).collect();
        let had = (choice.from.len() - open.len()) as u32;
        if had < choice.choose {
            wanted.push((choice.choose - had, open));
        }
    }
    wanted.sort();
    wanted.dedup();
    wanted
}

/// Turns expressions into nodes and groups; what the person has falls away on the way.
struct Lowering<'a> {
    compiled: &'a Compiled,
    ever: &'a FixedBitSet,
    given: &'a FixedBitSet,
    avoid: &'a [ModuleIx],
    problem: Problem,
    /// The node of each module, once it has one.
    nodes: Vec<u32>,
}

impl Lowering<'_> {
    /// Everything that might be taken, by module index.
    fn reached(&self, wanted: &[(u32, Vec<ModuleIx>)], askers: &[ModuleIx]) -> Vec<bool> {
        let mut reached = vec![false; self.nodes.len()];
        let mut asks = reached.clone();
        askers.iter().for_each(|asker| asks[usize::from(asker.0)] = true);
        for &module in wanted.iter().flat_map(|(_, from)| from).filter(|&&module| !self.given_way(module)) {
            for &way in self.compiled.equivalents(module).iter().chain([&module]) {
                reached[usize::from(way.0)] = true;
            }
        }
        for &asker in self.compiled.topological.iter().rev() {
            if reached[usize::from(asker.0)] || asks[usize::from(asker.0)] {
                self.compiled.need(asker).for_each(&mut |module| {
                    if !self.met(asker, module) {
                        reached[usize::from(module.0)] = true;
                        self.compiled.stand_ins(asker, module).for_each(|way| reached[usize::from(way.0)] = true);
                    }
                });
            }
        }
        reached
    }

    /// Whether `asker` can build on `module` with what is there.
    fn met(&self, asker: ModuleIx, module: ModuleIx) -> bool {
        let given = |module: ModuleIx| self.given.contains(usize::from(module.0));
        self.ever.contains(usize::from(module.0)) || given(module) || self.compiled.stand_ins(asker, module).any(given)
    }

    /// Whether the module or one that counts as it is given.
    fn given_way(&self, module: ModuleIx) -> bool {
        let mut ways = self.compiled.equivalents(module).iter().chain([&module]);
        ways.any(|way| self.given.contains(usize::from(way.0)))
    }

    fn add(&mut self, module: ModuleIx) {
        let groups = self.lower(module, self.compiled.need(module));
        let avoided = if self.avoid.contains(&module) { AVOIDED } else { 0 };
        let cost = u64::from(self.compiled.quarters(module)) * PIECE + 1 + avoided;
        let rank = self.compiled.ranks[usize::from(module.0)];
        self.nodes[usize::from(module.0)] = self.problem.add(cost, rank, &groups);
    }

    /// The groups of which all must be met for `need` to hold for `asker`; none when it holds already.
    fn lower(&mut self, asker: ModuleIx, need: &Need) -> Groups {
        match need {
            Need::Module(module) if self.met(asker, *module) => Vec::new(),
            Need::Module(module) => {
                let ways = [*module].into_iter().chain(self.compiled.stand_ins(asker, *module));
                vec![(1, ways.map(|way| self.nodes[usize::from(way.0)]).collect())]
            }
            Need::All(parts) => parts.iter().flat_map(|part| self.lower(asker, part)).collect(),
            Need::AtLeast(least, parts) => {
                let lowered = parts.iter().map(|part| self.lower(asker, part)).collect();
                self.some_of(*least, lowered)
            }
        }
    }

    /// At least `least` of `from`, not yet had, for the root.
    fn demanded(&mut self, least: u32, from: &[ModuleIx]) -> Groups {
        let ways = |module: &ModuleIx| {
            let ways = [module].into_iter().chain(self.compiled.equivalents(*module));
            vec![(1, ways.map(|way| self.nodes[usize::from(way.0)]).collect())]
        };
        let lowered = from.iter().map(|module| if self.given_way(*module) { Vec::new() } else { ways(module) });
        let lowered = lowered.collect();
        self.some_of(least, lowered)
    }

    /// At least `least` of the conjunctions `parts`.
    fn some_of(&mut self, least: u32, parts: Vec<Groups>) -> Groups {
        let had = parts.iter().filter(|groups| groups.is_empty()).count();
        let least = (least as usize).saturating_sub(had);
        let open: Vec<Groups> = parts.into_iter().filter(|groups| !groups.is_empty()).collect();
        if least == 0 {
            return Vec::new();
        }
        if least == open.len() {
            return open.into_iter().flatten().collect();
        }
        let mut members = Vec::new();
        for groups in open {
            match &groups[..] {
                [(1, ways)] if least == 1 || ways.len() == 1 => members.extend(ways),
                _ => members.push(self.problem.add(0, PART, &groups)),
            }
        }
        if least == 1 {
            members.sort_unstable();
            members.dedup();
        }
        vec![(least as u32, members)]
    }
}
