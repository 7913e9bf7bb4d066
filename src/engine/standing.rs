//! A person's achievements and bookings seen from one day, over a curriculum's indices.

use chrono::NaiveDate;
use fixedbitset::FixedBitSet;

use super::compile::Compiled;
use super::model::{Facts, Held, ModuleIx, Seat};

/// What a person has on a day. Achievements from later days do not count yet; bookings from earlier days no longer.
pub(super) struct Standing {
    /// For each module, the person's own achievement that counts longest.
    pub own: Vec<Option<Held>>,
    /// Achievements of other modules that count because they did in an earlier version, and of which module they are
    /// if that is still there.
    kept: Vec<(ModuleIx, Held, Option<ModuleIx>)>,
    /// Had at some time, the module itself or an equivalent: satisfies prerequisites.
    pub ever: FixedBitSet,
    /// Valid today, the module itself or an equivalent: satisfies requirements.
    pub valid: FixedBitSet,
    /// The first seat to come for each module.
    pub seats: Vec<Option<Seat>>,
    pub today: NaiveDate,
}

impl Standing {
    pub(super) fn new(compiled: &Compiled, facts: &Facts, today: NaiveDate) -> Standing {
        let modules = compiled.modules().len();
        let mut standing = Standing {
            own: vec![None; modules],
            kept: Vec::new(),
            ever: FixedBitSet::with_capacity(modules),
            valid: FixedBitSet::with_capacity(modules),
            seats: vec![None; modules],
            today,
        };
        for achievement in facts.achievements.iter().filter(|achievement| achievement.day <= today) {
            let held = Held { day: achievement.day, valid_until: achievement.valid_until };
            for module in compiled.achieved(&achievement.module) {
                standing.hold(compiled, module, held);
            }
            for module in compiled.kept(&achievement.module, achievement.day) {
                standing.keep(module, held, compiled.index(&achievement.module));
            }
        }
        for booking in facts.bookings.iter().filter(|booking| booking.day >= today) {
            let seat = Seat { occasion: booking.occasion, day: booking.day };
            for module in compiled.achieved(&booking.module) {
                let first = &mut standing.seats[usize::from(module.0)];
                *first = (*first).into_iter().chain([seat]).min_by_key(|s| (s.day, s.occasion));
            }
        }
        standing
    }

    fn hold(&mut self, compiled: &Compiled, module: ModuleIx, held: Held) {
        let own = &mut self.own[usize::from(module.0)];
        if own.is_none_or(|known| lasting(&held) > lasting(&known)) {
            *own = Some(held);
        }
        for &counted in compiled.counts_as(module).iter().chain([&module]) {
            self.count(counted, &held);
        }
    }

    fn keep(&mut self, module: ModuleIx, held: Held, of: Option<ModuleIx>) {
        self.kept.push((module, held, of));
        self.count(module, &held);
    }

    fn count(&mut self, module: ModuleIx, held: &Held) {
        self.ever.insert(usize::from(module.0));
        if self.is_valid(held) {
            self.valid.insert(usize::from(module.0));
        }
    }

    pub(super) fn is_valid(&self, held: &Held) -> bool {
        held.valid_until.is_none_or(|last| last >= self.today)
    }

    pub(super) fn own(&self, module: ModuleIx) -> Option<Held> {
        self.own[usize::from(module.0)]
    }

    pub(super) fn ever(&self, module: ModuleIx) -> bool {
        self.ever.contains(usize::from(module.0))
    }

    pub(super) fn valid(&self, module: ModuleIx) -> bool {
        self.valid.contains(usize::from(module.0))
    }

    /// The achievement that makes `module` count, and the equivalent it is of when it is not the module's own.
    ///
    /// One that counts longer goes before one that does not; at the same length the module's own goes first.
    pub(super) fn counting(&self, compiled: &Compiled, module: ModuleIx) -> Option<(Held, Option<ModuleIx>)> {
        let own = self.own(module).map(|held| (held, None));
        let others = compiled.equivalents(module).iter();
        let others = others.filter_map(|&other| self.own(other).map(|held| (held, Some(other))));
        let kept = self.kept.iter().filter(|(kept, ..)| *kept == module).map(|&(_, held, of)| (held, of));
        let validity = |found: &(Held, Option<ModuleIx>)| (self.is_valid(&found.0), lasting(&found.0).0);
        own.into_iter()
            .chain(others)
            .chain(kept)
            .reduce(|best, next| if validity(&next) > validity(&best) { next } else { best })
    }
}

/// Greater when it counts longer; the later day when that is the same.
fn lasting(held: &Held) -> (NaiveDate, NaiveDate) {
    (held.valid_until.unwrap_or(NaiveDate::MAX), held.day)
}
