//! What may come after what: circles, and an order in which everything comes after all it can build on.
//!
//! "Can build on" includes equivalents: a module that counts as a prerequisite may be taken in its place.

use petgraph::algo::{kosaraju_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};

use super::compile::Need;
use super::model::ModuleIx;

/// A shortest circle of modules that build on each other, the first again at the end.
pub(super) fn cycle(needs: &[Need]) -> Option<Vec<ModuleIx>> {
    let graph = graph(needs, |_, module, edge| edge(module));
    let start = toposort(&graph, None).err()?.node_id();
    let round = graph.neighbors(start).filter_map(|next| {
        petgraph::algo::astar(&graph, next, |node| node == start, |_| 1, |_| 0).map(|(_, nodes)| nodes)
    });
    let shortest = round.min_by_key(Vec::len).unwrap_or_default();
    let nodes = std::iter::once(start).chain(shortest);
    Some(nodes.map(|node| ModuleIx(node.index() as u16)).collect())
}

/// The strongly connected parts of "builds on, directly or by an equivalent".
pub(super) fn rings(needs: &[Need], equivalents: &[Vec<ModuleIx>]) -> Vec<u32> {
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
pub(super) fn topological(needs: &[Need], equivalents: &[Vec<ModuleIx>], rings: &[u32]) -> Vec<ModuleIx> {
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
