//! Counters for every group, added up person by person.

use super::change::{Flags, Key, View};
use super::model::{Figure, Figures, Totals};

/// A counter of kind `T` for each group.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally<T> {
    pub all: T,
    pub units: Vec<T>,
    pub holdings: Vec<T>,
    pub modules: Vec<T>,
    pub weeks: Weeks<T>,
}

/// Counters for the weeks from the first to the last that anything was counted in.
#[derive(Debug, Clone, Default)]
pub(super) struct Weeks<T> {
    pub first: usize,
    pub counters: Vec<T>,
}

impl<T: Clone + Default> Tally<T> {
    /// The group's counter, made when it is not there yet.
    pub(super) fn at(&mut self, key: Key) -> &mut T {
        match key {
            Key::All => &mut self.all,
            Key::Unit(unit) => grown(&mut self.units, unit as usize),
            Key::Holding(holding) => grown(&mut self.holdings, holding as usize),
            Key::Module(module) => grown(&mut self.modules, usize::from(module)),
            Key::Week(week) => self.weeks.at(week),
        }
    }

    /// The group's counter; nothing counted when it is not there.
    pub(super) fn get(&self, key: Key) -> T {
        let found = match key {
            Key::All => Some(&self.all),
            Key::Unit(unit) => self.units.get(unit as usize),
            Key::Holding(holding) => self.holdings.get(holding as usize),
            Key::Module(module) => self.modules.get(usize::from(module)),
            Key::Week(week) => week.checked_sub(self.weeks.first).and_then(|at| self.weeks.counters.get(at)),
        };
        found.cloned().unwrap_or_default()
    }

    /// Every group that has a counter.
    pub(super) fn keys(&self) -> impl Iterator<Item = Key> + use<T> {
        let weeks = self.weeks.first..self.weeks.first + self.weeks.counters.len();
        [Key::All]
            .into_iter()
            .chain((0..self.units.len() as u32).map(Key::Unit))
            .chain((0..self.holdings.len() as u32).map(Key::Holding))
            .chain((0..self.modules.len() as u16).map(Key::Module))
            .chain(weeks.map(Key::Week))
    }
}

impl<T: Clone + Default> Weeks<T> {
    fn at(&mut self, week: usize) -> &mut T {
        if self.counters.is_empty() {
            self.first = week;
        } else if week < self.first {
            self.counters.splice(0..0, vec![T::default(); self.first - week]);
            self.first = week;
        }
        grown(&mut self.counters, week - self.first)
    }
}

fn grown<T: Clone + Default>(counters: &mut Vec<T>, at: usize) -> &mut T {
    if counters.len() <= at {
        counters.resize(at + 1, T::default());
    }
    &mut counters[at]
}

impl Totals {
    pub(super) fn add(&mut self, view: View) {
        self.people += u32::from(view.quarters > 0);
        self.quarters += u64::from(view.quarters);
        self.overdue += u32::from(view.overdue);
        self.tight += u32::from(view.tight);
    }

    pub(super) fn remove(&mut self, view: View) {
        self.people -= u32::from(view.quarters > 0);
        self.quarters -= u64::from(view.quarters);
        self.overdue -= u32::from(view.overdue);
        self.tight -= u32::from(view.tight);
    }

    /// These without `gone` and with `come`.
    pub(super) fn exchanged(self, gone: Totals, come: Totals) -> Totals {
        Totals {
            people: self.people - gone.people + come.people,
            quarters: self.quarters - gone.quarters + come.quarters,
            overdue: self.overdue - gone.overdue + come.overdue,
            tight: self.tight - gone.tight + come.tight,
        }
    }
}

impl Figures {
    /// Adds those of other people.
    pub fn merge(&mut self, other: &Figures) {
        let none = Totals::default();
        self.before = self.before.exchanged(none, other.before);
        self.after = self.after.exchanged(none, other.after);
        self.affected += other.affected;
        self.more += other.more;
        self.less += other.less;
        self.done += other.done;
        self.overdue += other.overdue;
        self.tight += other.tight;
        self.lost += other.lost;
        self.won += other.won;
    }

    /// Counts one person for whom the group sees a difference.
    pub(super) fn add(&mut self, before: View, after: View, flags: Flags) {
        self.before.add(before);
        self.after.add(after);
        self.affected += u32::from(flags.has(Figure::Affected));
        self.more += u32::from(flags.has(Figure::More));
        self.less += u32::from(flags.has(Figure::Less));
        self.done += u32::from(flags.has(Figure::Done));
        self.overdue += u32::from(flags.has(Figure::Overdue));
        self.tight += u32::from(flags.has(Figure::Tight));
        self.lost += u32::from(flags.has(Figure::Lost));
        self.won += u32::from(flags.has(Figure::Won));
    }
}
