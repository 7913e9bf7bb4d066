//! A lower bound on the cost of a problem, and a good answer, in one go.
//!
//! Dual ascent on disjunctive cuts, the idea behind LM-cut (Helmert and Domshlak, "Landmarks, critical paths and
//! abstractions", ICAPS 2009) and Wong's bound for Steiner trees (1984). A cut is a set of nodes of which every
//! answer chooses at least one. Each cut raises the bound by what its cheapest node still costs, and all its nodes
//! become that much cheaper; so no answer is charged more than it costs. When the nodes that have become free are an
//! answer, no cut is left.

use super::problem::Problem;

/// What one ascent found.
pub(super) struct Bound {
    /// No answer costs less.
    pub lower: u64,
    /// What each node still costs beyond the bound: an answer with this node costs at least `lower` plus this.
    pub left: Vec<u64>,
    /// An answer, by node; no node of it can be left out.
    pub answer: Vec<usize>,
    /// Its cost.
    pub cost: u64,
    /// The cuts, each with what it raised the bound by.
    pub cuts: Vec<(u64, Vec<u32>)>,
}

/// Bounds `problem`, whose root must be possible to choose.
pub(super) fn bound(problem: &Problem) -> Bound {
    let mut ascent = Ascent::new(problem);
    let mut lower = 0;
    let mut cuts = Vec::new();
    while !ascent.survey(problem) {
        let cut = ascent.cut(problem);
        let Some(raise) = cut.iter().map(|&node| ascent.left[node as usize]).min() else { break };
        for &node in &cut {
            ascent.left[node as usize] -= raise;
        }
        lower += raise;
        cuts.push((raise, cut));
    }
    let answer = spare(problem, ascent.free);
    let cost = answer.iter().map(|&node| problem.cost(node)).sum();
    Bound { lower, left: ascent.left, answer, cost, cuts }
}

struct Ascent {
    left: Vec<u64>,
    /// Free to choose: costs nothing more, and neither does all that it needs.
    free: Vec<bool>,
    /// A guide to which cut to make: what choosing the node costs along its dearest need.
    height: Vec<u64>,
    seen: Vec<bool>,
}

impl Ascent {
    fn new(problem: &Problem) -> Ascent {
        let nodes = problem.len();
        let left = (0..nodes).map(|node| problem.cost(node)).collect();
        Ascent { left, free: vec![false; nodes], height: vec![0; nodes], seen: vec![false; nodes] }
    }

    /// Sees what is free and how high the rest is; tells whether the root is free.
    fn survey(&mut self, problem: &Problem) -> bool {
        let mut heights = Vec::new();
        for node in 0..problem.len() {
            let mut free = self.left[node] == 0;
            let mut height = 0;
            for (at_least, members) in problem.groups(node) {
                free &= members.iter().filter(|&&member| self.free[member as usize]).count() >= at_least;
                height = height.max(self.group_height(at_least, members, &mut heights));
            }
            self.free[node] = free;
            self.height[node] = self.left[node] + height;
        }
        self.free[problem.root()]
    }

    /// The height of the group's `at_least`-th lowest member.
    fn group_height(&self, at_least: usize, members: &[u32], heights: &mut Vec<u64>) -> u64 {
        let all = members.iter().map(|&member| self.height[member as usize]);
        if at_least == 1 {
            return all.min().unwrap_or(0);
        }
        heights.clear();
        heights.extend(all);
        heights.sort_unstable();
        heights[at_least - 1]
    }

    /// Nodes that still cost something, of which every answer chooses one.
    fn cut(&mut self, problem: &Problem) -> Vec<u32> {
        self.seen.fill(false);
        let mut cut = Vec::new();
        let mut stack = vec![problem.root() as u32];
        while let Some(node) = stack.pop() {
            if self.left[node as usize] > 0 {
                cut.push(node);
                continue;
            }
            for member in self.obstacle(problem, node as usize) {
                if !std::mem::replace(&mut self.seen[member as usize], true) {
                    stack.push(member);
                }
            }
        }
        cut
    }

    /// Members of the highest group that is not free, so many that whoever chooses `node` chooses one of them.
    fn obstacle(&self, problem: &Problem, node: usize) -> Vec<u32> {
        let mut highest: Option<(u64, usize, &[u32])> = None;
        let mut scratch = Vec::new();
        for (at_least, members) in problem.groups(node) {
            let free = members.iter().filter(|&&member| self.free[member as usize]).count();
            let height = self.group_height(at_least, members, &mut scratch);
            if free < at_least && highest.is_none_or(|(known, ..)| height > known) {
                highest = Some((height, at_least - free, members));
            }
        }
        let Some((_, missing, members)) = highest else { return Vec::new() };
        let mut costly: Vec<u32> = members.iter().copied().filter(|&member| !self.free[member as usize]).collect();
        if missing > 1 {
            costly.sort_by_key(|&member| (std::cmp::Reverse(self.height[member as usize]), member));
            costly.truncate(costly.len() + 1 - missing);
        }
        costly
    }
}

/// From `chosen`, which is an answer and perhaps more, an answer that can spare none of its own; the dearest nodes
/// are spared first.
pub(super) fn spare(problem: &Problem, mut chosen: Vec<bool>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..problem.len()).filter(|&node| chosen[node] && !problem.is_part(node)).collect();
    order.sort_by_key(|&node| (problem.cost(node), problem.name(node)));
    for &node in order.iter().rev() {
        if chosen[node] {
            let mut without = chosen.clone();
            without[node] = false;
            if settle(problem, &mut without) {
                chosen = without;
            }
        }
    }
    order.retain(|&node| chosen[node]);
    order
}

/// Takes out what lost something that it needs; tells whether the root is still in.
fn settle(problem: &Problem, chosen: &mut [bool]) -> bool {
    for node in 0..problem.len() {
        chosen[node] = chosen[node]
            && problem.groups(node).all(|(at_least, members)| {
                members.iter().filter(|&&member| chosen[member as usize]).count() >= at_least
            });
    }
    chosen[problem.root()]
}
