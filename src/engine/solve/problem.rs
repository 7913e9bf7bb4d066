//! The question the solver answers, free of everything about people and courses: a graph of nodes with costs, where
//! a chosen node needs so many of each of its groups. Choose the root as cheaply as possible.

use std::ops::Range;

/// The name of a node that is only a part of an expression: it costs nothing and is not told of.
pub(in crate::engine) const PART: u32 = u32::MAX;

/// Nodes stand after all that they need; the last is the root, which is always chosen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::engine) struct Problem {
    nodes: Vec<Node>,
    groups: Vec<Group>,
    members: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Node {
    cost: u64,
    name: u32,
    groups_end: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Group {
    at_least: u32,
    members_end: u32,
}

impl Problem {
    pub(in crate::engine) fn new() -> Problem {
        Problem { nodes: Vec::new(), groups: Vec::new(), members: Vec::new() }
    }

    /// Adds a node and gives its index. `groups` may only name nodes added before.
    pub(in crate::engine) fn add<M: AsRef<[u32]>>(&mut self, cost: u64, name: u32, groups: &[(u32, M)]) -> u32 {
        for (at_least, members) in groups {
            self.members.extend_from_slice(members.as_ref());
            self.groups.push(Group { at_least: *at_least, members_end: self.members.len() as u32 });
        }
        self.nodes.push(Node { cost, name, groups_end: self.groups.len() as u32 });
        self.nodes.len() as u32 - 1
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn root(&self) -> usize {
        self.nodes.len() - 1
    }

    pub(super) fn cost(&self, node: usize) -> u64 {
        self.nodes[node].cost
    }

    /// Smaller names win ties between equally cheap choices of equally many.
    pub(super) fn name(&self, node: usize) -> u32 {
        self.nodes[node].name
    }

    pub(super) fn is_part(&self, node: usize) -> bool {
        self.nodes[node].name == PART
    }

    /// What `node` needs: so many of these.
    pub(super) fn groups(&self, node: usize) -> impl Iterator<Item = (usize, &[u32])> + Clone {
        let from = if node == 0 { 0 } else { self.nodes[node - 1].groups_end };
        let to = self.nodes[node].groups_end;
        (from..to).map(|group| {
            let group = group as usize;
            (self.groups[group].at_least as usize, &self.members[self.member_range(group)])
        })
    }

    fn member_range(&self, group: usize) -> Range<usize> {
        let from = if group == 0 { 0 } else { self.groups[group - 1].members_end };
        from as usize..self.groups[group].members_end as usize
    }
}
