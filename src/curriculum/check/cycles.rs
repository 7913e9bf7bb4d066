//! Modules that build on themselves and roles that include themselves.

use std::collections::{BTreeMap, HashMap, VecDeque};

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

use super::Look;
use super::needs::leaves;
use crate::curriculum::problem::{Place, Problem};
use crate::curriculum::rules::{self, Rule};

/// How one thing leads to another, and what stands at the place that says so.
struct Edge {
    place: Place,
    label: String,
}

type Edges<'a> = BTreeMap<(&'a str, &'a str), Edge>;

/// Whether the modules have a cycle, and the problems.
pub(super) fn check(look: &Look<'_>) -> (bool, Vec<Problem>) {
    let mut problems = cycles(&builds_on(look), &rules::CYCLE, "builds on itself");
    let cyclic = !problems.is_empty();
    problems.extend(cycles(&includes(look), &rules::ROLE_CYCLE, "includes itself"));
    (cyclic, problems)
}

/// From each module to what it names and to the equivalents of that, but not to itself as an equivalent: an advanced
/// module may build on the basic one that it also counts as.
pub(super) fn prerequisites<'a>(look: &Look<'a>) -> Vec<(&'a str, &'a str, String, Option<&'a str>)> {
    let mut edges = Vec::new();
    for (&id, module) in &look.modules {
        for (named, path) in leaves(&module.builds_on, format!("modules.{id}.builds_on")) {
            let Some(target) = look.modules.get(named) else { continue };
            for equivalent in &target.equivalent {
                if equivalent != id && look.modules.contains_key(equivalent.as_str()) {
                    edges.push((id, equivalent.as_str(), path.clone(), Some(named)));
                }
            }
            edges.push((id, named, path, None));
        }
    }
    edges
}

fn builds_on<'a>(look: &Look<'a>) -> Edges<'a> {
    let mut edges = Edges::new();
    for (from, to, path, counts_as) in prerequisites(look) {
        let label = match counts_as {
            None => format!("`{from}` builds on `{to}`"),
            Some(named) => format!("`{from}` builds on `{named}`, which `{to}` counts as"),
        };
        // Two ways to say the same edge: the plain one is shown.
        if counts_as.is_none() || !edges.contains_key(&(from, to)) {
            edges.insert((from, to), Edge { place: look.places.of(&path), label });
        }
    }
    edges
}

fn includes<'a>(look: &Look<'a>) -> Edges<'a> {
    let mut edges = Edges::new();
    for (id, role) in &look.curriculum.roles {
        for (at, included) in role.includes.iter().enumerate() {
            let place = look.places.of(&format!("roles.{id}.includes.{at}"));
            edges.insert((id, included), Edge { place, label: format!("`{id}` includes `{included}`") });
        }
    }
    edges
}

/// One problem for each knot, showing a shortest cycle through its first name.
fn cycles(edges: &Edges<'_>, rule: &Rule, itself: &str) -> Vec<Problem> {
    let graph: DiGraphMap<&str, ()> = edges.keys().map(|&(from, to)| (from, to, ())).collect();
    let mut knots = tarjan_scc(&graph);
    knots.retain(|knot| knot.len() > 1 || graph.contains_edge(knot[0], knot[0]));
    let cycles = knots.iter().filter_map(|knot| shortest(&graph, knot));
    cycles.map(|cycle| problem(&cycle, edges, rule, itself)).collect()
}

/// The names along a shortest cycle through the first name of `knot`, which stands at both ends.
fn shortest<'a>(graph: &DiGraphMap<&'a str, ()>, knot: &[&'a str]) -> Option<Vec<&'a str>> {
    let first = *knot.iter().min()?;
    let mut before: HashMap<&str, &str> = HashMap::new();
    let mut queue = VecDeque::from([first]);
    while let Some(name) = queue.pop_front() {
        let mut next: Vec<&str> = graph.neighbors(name).collect();
        next.sort_unstable();
        for other in next {
            if before.contains_key(other) {
                continue;
            }
            before.insert(other, name);
            if other == first {
                return Some(back(&before, first));
            }
            queue.push_back(other);
        }
    }
    None
}

fn back<'a>(before: &HashMap<&'a str, &'a str>, first: &'a str) -> Vec<&'a str> {
    let mut cycle = vec![first];
    let mut name = before[first];
    while name != first {
        cycle.push(name);
        name = before[name];
    }
    cycle.push(first);
    cycle.reverse();
    cycle
}

fn problem(cycle: &[&str], edges: &Edges<'_>, rule: &Rule, itself: &str) -> Problem {
    let message = format!("`{}` {itself}: {}", cycle[0], cycle.join(" → "));
    let along = || cycle.windows(2).filter_map(|pair| edges.get(&(pair[0], pair[1])));
    let nowhere = || Place { file: "".into(), span: Default::default() };
    let place = along().next().map_or_else(nowhere, |edge| edge.place.clone());
    let problem = Problem::new(rule, &place, message, "take away one of these, so that there is a place to begin");
    let problem = cycle.iter().fold(problem, |problem, id| problem.with("chain", id));
    along().fold(problem, |problem, edge| problem.also(&edge.place, edge.label.clone()))
}
