//! What a step leans on: which other steps of the path must, or should, come before it.

use chrono::NaiveDate;
use fixedbitset::FixedBitSet;

use super::compile::{Compiled, Need};
use super::model::ModuleIx;

/// A piece that another builds on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Below {
    pub piece: ModuleIx,
    /// The module named in the expression; another than `piece` when the piece counts in its place.
    pub asked: ModuleIx,
}

/// What support is sought in.
pub(super) struct Support<'a> {
    pub compiled: &'a Compiled,
    /// What was held at some time, equivalents counted.
    pub ever: &'a FixedBitSet,
    pub taken: &'a [bool],
    /// The earliest due day of each module's own demands: alternatives due earlier are leant on first.
    pub dues: &'a [Option<NaiveDate>],
}

impl Support<'_> {
    /// The steps that must come before `asker`: fewest reasons to wait, so nothing when what is held is enough.
    /// None when steps and what is held are not enough.
    pub(super) fn locks(&self, asker: ModuleIx) -> Option<Vec<Below>> {
        self.seek(asker, self.compiled.need(asker), false)
    }

    /// The same, and also the renewals of what it builds on: nobody builds on what is about to be refreshed.
    pub(super) fn before(&self, asker: ModuleIx) -> Vec<Below> {
        let renewals = self.seek(asker, self.compiled.need(asker), true);
        merged(self.locks(asker).into_iter().chain(renewals))
    }

    fn seek(&self, asker: ModuleIx, need: &Need, renewals: bool) -> Option<Vec<Below>> {
        match need {
            Need::Module(module) => self.seek_module(asker, *module, renewals),
            Need::All(parts) => {
                let found: Option<Vec<_>> = parts.iter().map(|part| self.seek(asker, part, renewals)).collect();
                found.map(|found| merged(found.into_iter()))
            }
            Need::AtLeast(least, parts) => {
                let mut found: Vec<_> = parts.iter().filter_map(|part| self.seek(asker, part, renewals)).collect();
                found.sort_by_cached_key(|below| self.preference(below));
                let least = *least as usize;
                (found.len() >= least).then(|| merged(found.into_iter().take(least)))
            }
        }
    }

    fn seek_module(&self, asker: ModuleIx, module: ModuleIx, renewals: bool) -> Option<Vec<Below>> {
        let taken = |module: &ModuleIx| self.taken[usize::from(module.0)];
        let ever = self.ever.contains(usize::from(module.0));
        if ever && !(renewals && taken(&module)) {
            return Some(Vec::new());
        }
        let ways = [module].into_iter().chain(self.compiled.stand_ins(asker, module));
        let piece = ways.filter(taken).min_by_key(|&way| (way != module, self.due(way), way))?;
        Some(vec![Below { piece, asked: module }])
    }

    /// Nothing to wait for first, then what is all due first, then the curriculum's order.
    fn preference(&self, below: &[Below]) -> (Option<NaiveDate>, Vec<Below>) {
        (below.iter().map(|below| self.due(below.piece)).max(), below.to_vec())
    }

    fn due(&self, module: ModuleIx) -> NaiveDate {
        self.dues[usize::from(module.0)].unwrap_or(NaiveDate::MAX)
    }
}

fn merged(parts: impl Iterator<Item = Vec<Below>>) -> Vec<Below> {
    let mut all: Vec<Below> = parts.flatten().collect();
    all.sort_unstable();
    all.dedup();
    all
}
