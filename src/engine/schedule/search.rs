//! Branch and bound over conflicts: the relaxed plan is the bound; where it breaks a rule, one of the pieces that break
//! it together must go elsewhere, and each of them is tried in turn (Sharon and others 2015 search so for paths of many
//! agents). The ways are kept apart: who has been tried stays where it is when the next one is tried.

use super::calendar::{Day, week};
use super::relax::{Node, Relaxed, Score, relax};
use super::task::{Given, Task};

pub(super) struct Search<'a> {
    task: &'a Task<'a>,
    pub best: Option<Relaxed>,
    pub nodes: u64,
    budget: u64,
    /// The budget ended the search before everything was tried.
    pub cut: bool,
}

impl<'a> Search<'a> {
    pub fn new(task: &'a Task<'a>, budget: u64) -> Search<'a> {
        Search { task, best: None, nodes: 0, budget, cut: false }
    }

    pub fn run(&mut self) {
        let root = Node { allowed: self.task.usable(), forced: vec![None; self.task.pieces.len()] };
        if let Some(relaxed) = relax(self.task, &root) {
            self.visit(root, relaxed);
        }
    }

    fn visit(&mut self, node: Node, relaxed: Relaxed) {
        if self.best.as_ref().is_some_and(|best| best.score <= relaxed.score) {
            return;
        }
        if self.nodes >= self.budget {
            self.cut = true;
            if self.best.is_none() {
                self.finish(node, relaxed);
            }
            return;
        }
        self.nodes += 1;
        let Some(clash) = clash(self.task, &relaxed) else {
            self.best = Some(relaxed);
            return;
        };
        let mut children = self.children(node, &relaxed, &clash);
        children.sort_by_key(|(_, relaxed)| relaxed.score);
        for (node, relaxed) in children {
            self.visit(node, relaxed);
        }
    }

    /// One child for each piece of the clash that can go elsewhere; those before it stay.
    fn children(&self, mut node: Node, relaxed: &Relaxed, clash: &[usize]) -> Vec<(Node, Relaxed)> {
        let mut children = Vec::new();
        for &piece in clash {
            let Some(occasion) = relaxed.chosen[piece] else { continue };
            if node.forced[piece].is_some() {
                continue;
            }
            let mut child = node.clone();
            child.allowed.set(occasion, false);
            children.extend(relax(self.task, &child).map(|relaxed| (child, relaxed)));
            if !node.allowed.contains(occasion) {
                // What stays from here on can no longer stay together.
                break;
            }
            self.force(&mut node, piece, occasion);
        }
        children
    }

    /// Settles a piece; what can no longer be used beside it is ruled out.
    fn force(&self, node: &mut Node, piece: usize, occasion: usize) {
        node.forced[piece] = Some(occasion);
        node.allowed.difference_with(self.task.calendar.overlaps(occasion));
        if self.task.terms.days_a_week.is_none() {
            return;
        }
        let calendar = self.task.calendar;
        let settled: Vec<Day> = node.forced.iter().flatten().flat_map(|&at| days(self.task, at)).collect();
        let touched: Vec<i32> = days(self.task, occasion).map(week).collect();
        let tight = |other: &usize| {
            calendar.occasions[*other].parts.iter().any(|part| touched.contains(&week(part.day)))
                && !self.task.weeks_allow(settled.iter().copied().chain(days(self.task, *other)))
        };
        let ruled_out: Vec<usize> = node.allowed.ones().filter(|other| *other != occasion).filter(tight).collect();
        ruled_out.into_iter().for_each(|other| node.allowed.set(other, false));
    }

    /// Some plan, when there is no time to look for the best: of each clash the last that can goes elsewhere.
    fn finish(&mut self, mut node: Node, mut relaxed: Relaxed) {
        while let Some(clash) = clash(self.task, &relaxed) {
            let free = clash.iter().rev().find(|&&piece| node.forced[piece].is_none());
            // Settled pieces never clash with each other, so one of them is free.
            let Some(occasion) = free.and_then(|&piece| relaxed.chosen[piece]) else { return };
            node.allowed.set(occasion, false);
            node.forced.fill(None);
            let Some(next) = relax(self.task, &node) else { return };
            relaxed = next;
        }
        self.best = Some(relaxed);
    }
}

fn days<'t>(task: &'t Task, occasion: usize) -> impl Iterator<Item = Day> + use<'t> {
    task.calendar.occasions[occasion].parts.iter().map(|part| part.day)
}

/// Pieces that cannot all stay where they are: two at the same time, or those that make a week too full; none when
/// the plan keeps every rule.
fn clash(task: &Task, relaxed: &Relaxed) -> Option<Vec<usize>> {
    let placed = || relaxed.chosen.iter().enumerate().filter_map(|(piece, chosen)| chosen.map(|at| (piece, at)));
    for (piece, at) in placed() {
        let meets = |other: &(usize, usize)| other.0 > piece && task.calendar.overlaps(at).contains(other.1);
        if let Some((other, _)) = placed().find(meets) {
            return Some(vec![piece, other]);
        }
    }
    task.terms.days_a_week?;
    let mut together: Vec<(usize, usize)> = placed().collect();
    together.sort_by_key(|&(piece, at)| (task.calendar.occasions[at].first(), piece));
    let fits = |some: &[(usize, usize)]| task.weeks_allow(some.iter().flat_map(|&(_, at)| days(task, at)));
    let full = (1..=together.len()).find(|&first| !fits(&together[..first]))?;
    together.truncate(full);
    let mut at = 0;
    while at < together.len() {
        let without: Vec<_> = together.iter().copied().filter(|one| *one != together[at]).collect();
        match fits(&without) {
            true => at += 1,
            false => together = without,
        }
    }
    Some(together.into_iter().map(|(piece, _)| piece).collect())
}

/// The plan nothing was searched for: what is booked, and what is had alone.
pub(super) fn empty(task: &Task) -> Relaxed {
    let pieces = task.pieces.len();
    let ends = task.pieces.iter().map(|piece| match piece.given {
        Given::Booked { last, .. } => last,
        _ => super::calendar::NEVER,
    });
    let ends: Vec<Day> = ends.collect();
    let mut score = Score::NOTHING;
    task.pieces.iter().zip(&ends).for_each(|(piece, &end)| score.add(piece.wanted, piece.due, end));
    Relaxed { chosen: vec![None; pieces], ends, score }
}
