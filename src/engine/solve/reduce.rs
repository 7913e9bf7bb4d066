//! Makes a problem smaller without changing its answer: what must be chosen is chosen, what cannot be is left out,
//! what that settles falls away, and what does not touch is pulled apart.

use super::problem::{PART, Problem};

/// What has been decided about a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixed {
    Free,
    In,
    Out,
}

/// What is left after all consequences of some decisions.
pub(super) struct Reduced {
    /// The nodes that have to be chosen.
    pub names: Vec<u32>,
    /// Their cost.
    pub cost: u64,
    /// Parts that share no free node.
    pub rest: Vec<Problem>,
}

/// Draws every consequence of `fixed`; none when the decisions leave no answer.
pub(super) fn reduce(problem: &Problem, mut fixed: Vec<Fixed>) -> Option<Reduced> {
    fixed[problem.root()] = Fixed::In;
    while upwards(problem, &mut fixed)? | downwards(problem, &mut fixed) {}
    let chosen = || (0..problem.len()).filter(|&node| fixed[node] == Fixed::In && !problem.is_part(node));
    Some(Reduced {
        names: chosen().map(|node| problem.name(node)).collect(),
        cost: chosen().map(|node| problem.cost(node)).sum(),
        rest: split(problem, &fixed),
    })
}

/// A node whose needs cannot be met is out; a part whose needs are met is in. Tells whether anything changed.
fn upwards(problem: &Problem, fixed: &mut [Fixed]) -> Option<bool> {
    let mut changed = false;
    for node in 0..problem.len() {
        if fixed[node] == Fixed::Out {
            continue;
        }
        let mut met = true;
        for (at_least, members) in problem.groups(node) {
            let (sure, open) = count(members, fixed);
            if sure + open < at_least {
                if fixed[node] == Fixed::In {
                    return None;
                }
                fixed[node] = Fixed::Out;
                changed = true;
            }
            met &= sure >= at_least;
        }
        if met && fixed[node] == Fixed::Free && problem.is_part(node) {
            fixed[node] = Fixed::In;
            changed = true;
        }
    }
    Some(changed)
}

/// What a chosen node cannot do without is in.
fn downwards(problem: &Problem, fixed: &mut [Fixed]) -> bool {
    let mut changed = false;
    for node in (0..problem.len()).rev() {
        if fixed[node] != Fixed::In {
            continue;
        }
        for (at_least, members) in problem.groups(node) {
            let (sure, open) = count(members, fixed);
            if sure < at_least && sure + open == at_least {
                for &member in members.iter() {
                    if fixed[member as usize] == Fixed::Free {
                        fixed[member as usize] = Fixed::In;
                        changed = true;
                    }
                }
            }
        }
    }
    changed
}

/// Members already chosen, and members that may still be.
fn count(members: &[u32], fixed: &[Fixed]) -> (usize, usize) {
    members.iter().fold((0, 0), |(sure, open), &member| match fixed[member as usize] {
        Fixed::In => (sure + 1, open),
        Fixed::Free => (sure, open + 1),
        Fixed::Out => (sure, open),
    })
}

type Groups = Vec<(u32, Vec<u32>)>;

/// The open groups of all chosen nodes, with what they reach, one problem for each part that shares no node.
fn split(problem: &Problem, fixed: &[Fixed]) -> Vec<Problem> {
    let chosen = (0..problem.len()).filter(|&node| fixed[node] == Fixed::In);
    let mut open: Groups = chosen.flat_map(|node| open_groups(problem, fixed, node)).collect();
    open.iter_mut().for_each(|(_, members)| members.sort_unstable());
    open.sort_unstable();
    open.dedup();
    let parts = connect(problem, fixed, &open);
    let mut labels: Vec<u32> = open.iter().map(|(_, members)| parts[members[0] as usize]).collect();
    labels.sort_unstable();
    labels.dedup();
    labels.into_iter().map(|label| extract(problem, fixed, &open, &parts, label)).collect()
}

fn open_groups<'a>(
    problem: &'a Problem,
    fixed: &'a [Fixed],
    node: usize,
) -> impl Iterator<Item = (u32, Vec<u32>)> + use<'a> {
    problem.groups(node).filter_map(|(at_least, members)| {
        let (sure, _) = count(members, fixed);
        let free = || members.iter().copied().filter(|&member| fixed[member as usize] == Fixed::Free).collect();
        (sure < at_least).then(|| ((at_least - sure) as u32, free()))
    })
}

const UNREACHED: u32 = u32::MAX;

/// For each node that an open group reaches, the label of its part.
fn connect(problem: &Problem, fixed: &[Fixed], open: &Groups) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..problem.len() as u32).collect();
    let mut reached = vec![false; problem.len()];
    for (_, members) in open {
        join(&mut parent, &mut reached, members[0], members);
    }
    for node in (0..problem.len()).rev() {
        if reached[node] {
            for (_, members) in open_groups(problem, fixed, node) {
                join(&mut parent, &mut reached, node as u32, &members);
            }
        }
    }
    (0..problem.len()).map(|node| if reached[node] { find(&mut parent, node as u32) } else { UNREACHED }).collect()
}

fn join(parent: &mut [u32], reached: &mut [bool], with: u32, members: &[u32]) {
    for &member in members {
        reached[member as usize] = true;
        let (a, b) = (find(parent, with), find(parent, member));
        parent[a.max(b) as usize] = a.min(b);
    }
}

fn find(parent: &mut [u32], mut node: u32) -> u32 {
    while parent[node as usize] != node {
        parent[node as usize] = parent[parent[node as usize] as usize];
        node = parent[node as usize];
    }
    node
}

fn extract(problem: &Problem, fixed: &[Fixed], open: &Groups, parts: &[u32], label: u32) -> Problem {
    let mut part = Problem::new();
    let mut index = vec![0; problem.len()];
    let renamed = |index: &[u32], groups: &mut dyn Iterator<Item = (u32, Vec<u32>)>| -> Groups {
        let members = |members: Vec<u32>| members.into_iter().map(|member| index[member as usize]).collect();
        groups.map(|(at_least, list)| (at_least, members(list))).collect()
    };
    for node in (0..problem.len()).filter(|&node| parts[node] == label) {
        let groups = renamed(&index, &mut open_groups(problem, fixed, node));
        index[node] = part.add(problem.cost(node), problem.name(node), &groups);
    }
    let own = open.iter().filter(|(_, members)| parts[members[0] as usize] == label).cloned();
    let groups = renamed(&index, &mut own.into_iter());
    part.add(0, PART, &groups);
    part
}
