//! How much each module holds up: the figures of Curricular Analytics.
//!
//! Blocking, delay, centrality and structural complexity are defined by Heileman, Abdallah, Slim and Hickman (2018),
//! "Curricular Analytics: A Framework for Quantifying the Impact of Curricular Reforms and Pedagogical Innovations"
//! (arXiv:1811.09676), for curricula in which everything named as a prerequisite is needed. Here a module may build on
//! one of several. Every module named in an expression counts as an edge, so the figures say what could be held up, and
//! are those of the paper where there is no choice. Beside them stands what certainly is: [`Figures::certain`].

use std::collections::BTreeSet;

use serde::Serialize;

use super::compile::{Compiled, Need};
use super::model::ModuleIx;

/// What a curriculum's shape comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Metrics {
    /// In the order written.
    pub modules: Vec<Figures>,
    /// Sums over all modules.
    pub blocking: u64,
    pub delay: u64,
    /// Saturates, as that of a module does.
    pub centrality: u64,
    pub complexity: u64,
}

/// The figures of one module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    #[serde(skip)]
    pub module: ModuleIx,
    /// How many modules name it in what they build on, or build on such: the blocking factor.
    pub blocking: u32,
    /// How many modules nobody can reach without it, whichever way is chosen; at most `blocking`.
    pub certain: u32,
    /// How many modules the longest chain through it has, itself included: the delay factor.
    pub delay: u32,
    /// The lengths of all chains through it, from modules that build on nothing to modules that nothing builds on, of
    /// which it is neither; added up. The largest number stands for itself and everything larger.
    pub centrality: u64,
    /// Delay plus blocking: its structural complexity.
    pub complexity: u32,
}

/// The figures of every module.
pub fn metrics(compiled: &Compiled) -> Metrics {
    let edges = Edges::of(compiled);
    let (up, down) = (edges.chains(compiled, true), edges.chains(compiled, false));
    let figures = compiled.modules().map(|module| {
        let at = usize::from(module.0);
        let blocking = edges.reached(at);
        let delay = up[at].longest + down[at].longest - 1;
        let inner = !edges.before[at].is_empty() && !edges.after[at].is_empty();
        Figures {
            module,
            blocking,
            certain: certain(compiled, module),
            delay,
            centrality: if inner { through(&up[at], &down[at]) } else { 0 },
            complexity: delay + blocking,
        }
    });
    let modules: Vec<Figures> = figures.collect();
    let sum = |figure: fn(&Figures) -> u64| modules.iter().map(figure).fold(0, u64::saturating_add);
    Metrics {
        blocking: sum(|f| f.blocking.into()),
        delay: sum(|f| f.delay.into()),
        centrality: sum(|f| f.centrality),
        complexity: sum(|f| f.complexity.into()),
        modules,
    }
}

/// Who names whom, by index and without repetition.
struct Edges {
    before: Vec<BTreeSet<usize>>,
    after: Vec<BTreeSet<usize>>,
}

/// All chains from one module to an end.
#[derive(Debug, Clone, Default)]
struct Chains {
    longest: u32,
    count: u64,
    /// Modules of all chains, added up.
    length: u64,
}

impl Edges {
    fn of(compiled: &Compiled) -> Edges {
        let mut before = vec![BTreeSet::new(); compiled.needs.len()];
        let mut after = before.clone();
        for (at, need) in compiled.needs.iter().enumerate() {
            named(need, &mut |module| {
                before[at].insert(usize::from(module.0));
                after[usize::from(module.0)].insert(at);
            });
        }
        Edges { before, after }
    }

    /// How many modules lie after this one.
    fn reached(&self, from: usize) -> u32 {
        let mut seen = vec![false; self.after.len()];
        let (mut open, mut count) = (vec![from], 0);
        while let Some(at) = open.pop() {
            for &next in self.after[at].iter() {
                if !std::mem::replace(&mut seen[next], true) {
                    count += 1;
                    open.push(next);
                }
            }
        }
        count
    }

    /// Each module's chains towards what it builds on (`up`), or towards what builds on it, itself included.
    fn chains(&self, compiled: &Compiled, up: bool) -> Vec<Chains> {
        let next = if up { &self.before } else { &self.after };
        let mut chains = vec![Chains::default(); next.len()];
        let order = compiled.topological.iter().map(|module| usize::from(module.0));
        let order: Vec<usize> = if up { order.collect() } else { order.rev().collect() };
        for at in order {
            let mut own = Chains { longest: 1, count: u64::from(next[at].is_empty()), length: 0 };
            for further in next[at].iter().map(|next| &chains[*next]) {
                own.longest = own.longest.max(further.longest + 1);
                own.count = own.count.saturating_add(further.count);
                own.length = own.length.saturating_add(further.length);
            }
            own.length = own.length.saturating_add(own.count);
            chains[at] = own;
        }
        chains
    }
}

/// The lengths of all chains through a module, which counts once in each.
fn through(up: &Chains, down: &Chains) -> u64 {
    let wide = |a: u64, b: u64| u128::from(a) * u128::from(b);
    let both = wide(up.length, down.count).saturating_add(wide(down.length, up.count));
    u64::try_from(both.saturating_sub(wide(up.count, down.count))).unwrap_or(u64::MAX)
}

fn named(need: &Need, each: &mut impl FnMut(ModuleIx)) {
    match need {
        Need::Module(module) => each(*module),
        Need::All(parts) | Need::AtLeast(_, parts) => parts.iter().for_each(|part| named(part, each)),
    }
}

/// How many other modules cannot be reached when this one cannot be taken, by whatever way and equivalent.
fn certain(compiled: &Compiled, without: ModuleIx) -> u32 {
    let mut can = vec![false; compiled.needs.len()];
    loop {
        let before = can.iter().filter(|can| **can).count();
        for &module in &compiled.topological {
            let at = usize::from(module.0);
            can[at] = can[at] || module != without && met(compiled, &compiled.needs[at], &can);
        }
        let reached = can.iter().filter(|can| **can).count();
        if reached == before {
            return (can.len() - reached - 1) as u32;
        }
    }
}

fn met(compiled: &Compiled, need: &Need, can: &[bool]) -> bool {
    match need {
        Need::Module(module) => {
            let at = usize::from(module.0);
            can[at] || compiled.equivalents[at].iter().any(|other| can[usize::from(other.0)])
        }
        Need::All(parts) => parts.iter().all(|part| met(compiled, part, can)),
        Need::AtLeast(least, parts) => {
            parts.iter().filter(|part| met(compiled, part, can)).take(*least as usize).count() >= *least as usize
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::curriculum::model::{Curriculum, Needs};
    use crate::engine::sample::{self, Shape};

    /// A curriculum of modules a, b, … with these edges from what is built on.
    fn of(modules: &str, edges: &[&str]) -> Metrics {
        let shape = Shape { modules: modules.len(), reach: 1, alternatives: 0, equivalents: 0, dose: 0 };
        let mut curriculum = sample::curriculum(&shape, 1);
        for ((id, module), letter) in curriculum.modules.iter_mut().zip(modules.chars()) {
            *id = letter.to_string();
            let before = edges.iter().filter(|edge| edge.ends_with(letter));
            module.builds_on = Needs::All(before.map(|edge| Needs::Module(edge[..1].to_owned())).collect());
        }
        curriculum.doses.values_mut().for_each(|dose| *dose = Default::default());
        metrics(&Compiled::new(&curriculum).expect("no circle"))
    }

    fn each(metrics: &Metrics, figure: fn(&Figures) -> u64) -> Vec<u64> {
        metrics.modules.iter().map(figure).collect()
    }

    /// The first example in the tests of CurricularAnalytics.jl (Heileman and others), with its figures.
    #[test]
    fn underwater_basket_weaving_is_as_complex_as_published() {
        let metrics = of("abcdefgh", &["ac", "bc", "dc", "ce", "df"]);
        assert_eq!(each(&metrics, |f| f.delay.into()), [3, 3, 3, 3, 3, 2, 1, 1]);
        assert_eq!(each(&metrics, |f| f.blocking.into()), [2, 2, 1, 3, 0, 0, 0, 0]);
        assert_eq!(each(&metrics, |f| f.centrality), [0, 0, 9, 0, 0, 0, 0, 0]);
        assert_eq!(each(&metrics, |f| f.complexity.into()), [5, 5, 4, 6, 3, 2, 1, 1]);
        assert_eq!((metrics.delay, metrics.blocking, metrics.complexity), (19, 8, 27));
    }

    /// The second one there.
    #[test]
    fn postmodern_basket_weaving_is_as_complex_as_published() {
        let metrics = of("abcdefg", &["ab", "ac", "bd", "cd", "ce", "df", "dg", "gf"]);
        assert_eq!(each(&metrics, |f| f.delay.into()), [5, 5, 5, 5, 3, 5, 5]);
        assert_eq!(each(&metrics, |f| f.blocking.into()), [6, 3, 4, 2, 0, 0, 1]);
        assert_eq!(each(&metrics, |f| f.centrality), [0, 9, 12, 18, 0, 0, 10]);
        assert_eq!(each(&metrics, |f| f.complexity.into()), [11, 8, 9, 7, 3, 5, 6]);
        assert_eq!((metrics.delay, metrics.blocking, metrics.centrality, metrics.complexity), (33, 16, 49, 49));
    }

    #[test]
    fn a_choice_blocks_perhaps_but_not_certainly() {
        let metrics = of("abc", &["ac", "bc"]);
        assert_eq!(each(&metrics, |f| f.certain.into()), [1, 1, 0]);
        let shape = Shape { modules: 3, reach: 1, alternatives: 0, equivalents: 0, dose: 0 };
        let mut curriculum = sample::curriculum(&shape, 1);
        let ids: Vec<String> = curriculum.modules.iter().map(|(id, _)| id.clone()).collect();
        let either = Needs::Any(ids[..2].iter().cloned().map(Needs::Module).collect());
        for (at, needs) in [Needs::default(), Needs::default(), either].into_iter().enumerate() {
            curriculum.modules[at].1.builds_on = needs;
        }
        let metrics = metrics_of(&curriculum);
        assert_eq!(each(&metrics, |f| f.blocking.into()), [1, 1, 0]);
        assert_eq!(each(&metrics, |f| f.certain.into()), [0, 0, 0]);
    }

    fn metrics_of(curriculum: &Curriculum) -> Metrics {
        metrics(&Compiled::new(curriculum).expect("a sound curriculum"))
    }

    /// Every chain from a module that builds on nothing to one that nothing builds on, by walking.
    fn all_chains(edges: &Edges) -> Vec<Vec<usize>> {
        fn walk(edges: &Edges, chain: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
            let last = *chain.last().expect("a beginning");
            if edges.after[last].is_empty() {
                all.push(chain.clone());
            }
            for &next in &edges.after[last] {
                chain.push(next);
                walk(edges, chain, all);
                chain.pop();
            }
        }
        let mut all = Vec::new();
        let sources = (0..edges.before.len()).filter(|at| edges.before[*at].is_empty());
        sources.for_each(|source| walk(edges, &mut vec![source], &mut all));
        all
    }

    /// Whether some set of modules without `without` can be taken one after the other up to `target`.
    fn reachable(compiled: &Compiled, without: usize, target: usize) -> bool {
        (0u32..1 << compiled.needs.len()).any(|set| {
            let inside = |at: usize| set >> at & 1 == 1;
            if inside(without) || !inside(target) {
                return false;
            }
            let mut taken = vec![false; compiled.needs.len()];
            while let Some(next) =
                (0..taken.len()).find(|at| inside(*at) && !taken[*at] && met(compiled, &compiled.needs[*at], &taken))
            {
                taken[next] = true;
            }
            taken[target]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn the_figures_are_what_walking_every_chain_and_trying_every_set_gives(
            modules in 1..9_usize, reach in 1..6_usize, alternatives in 0..90_u64, equivalents in 0..40_u64, seed: u64
        ) {
            let curriculum = sample::curriculum(&Shape { modules, reach, alternatives, equivalents, dose: 1 }, seed);
            let compiled = Compiled::new(&curriculum).expect("samples are sound");
            let (edges, metrics) = (Edges::of(&compiled), metrics(&compiled));
            let chains = all_chains(&edges);
            for (at, figures) in metrics.modules.iter().enumerate() {
                let with = || chains.iter().filter(|chain| chain.contains(&at));
                prop_assert_eq!(Some(figures.delay as usize), with().map(Vec::len).max());
                let inner = with().filter(|chain| chain[0] != at && chain[chain.len() - 1] != at);
                prop_assert_eq!(figures.centrality as usize, inner.map(Vec::len).sum::<usize>());
                let after: BTreeSet<usize> =
                    with().flat_map(|chain| chain.iter().copied().skip_while(|other| *other != at).skip(1)).collect();
                prop_assert_eq!(figures.blocking as usize, after.len());
                let others = (0..modules).filter(|other| *other != at);
                let lost = others.filter(|other| !reachable(&compiled, at, *other)).count();
                prop_assert_eq!(figures.certain as usize, lost);
                prop_assert!(figures.certain <= figures.blocking);
                prop_assert_eq!(figures.complexity, figures.delay + figures.blocking);
            }
        }
    }
}
