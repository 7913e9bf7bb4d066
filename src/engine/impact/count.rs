//! All figures of a draft.

use super::added::{Added, Room};
use super::answer::Answer;
use super::ask::Asker;
use super::base::Base;
use super::change::{Key, Who, changed};
use super::courses;
use super::join::Join;
use super::lens::Lens;
use super::model::{CourseDays, Courses, Figures, Impact, ModuleFigures};
use super::open::Memo;
use super::snapshot::{Person, Snapshot};
use super::spread::spread;
use super::tally::Tally;
use super::time::week;
use super::touched::{same_graph, touched};
use crate::engine::Compiled;
use crate::engine::model::{Holding, Quarters};

/// What `after` does to everybody in `snapshot`, against the version and the day of `base`, which must be that
/// snapshot's.
pub fn impact(snapshot: &Snapshot, base: &Base, after: &Compiled, courses: &Courses) -> Impact {
    let sides = Sides::new(snapshot, base, after);
    let mut tally = Tally::<Figures>::default();
    let mut unproved = base.sums.unproved;
    let touched: Vec<u32> =
        (0..snapshot.len() as u32).filter(|&at| sides.touches(&snapshot.people[at as usize])).collect();
    for part in spread(&touched, |part, people| sides.count(part, people)) {
        unproved = unproved + part.unproved.1 - part.unproved.0;
        part.tally.keys().for_each(|key| tally.at(key).merge(&part.tally.get(key)));
    }
    let view = Told { snapshot, base, join: &sides.join, after, courses };
    view.impact(&tally, unproved)
}

/// Two versions over one snapshot.
pub(super) struct Sides<'a> {
    pub snapshot: &'a Snapshot,
    pub base: &'a Base,
    pub after: &'a Compiled,
    pub join: Join<'a>,
    lens: Lens,
    /// By profile.
    touched: Vec<bool>,
    /// What is remembered of one version holds for the other.
    shares_memory: bool,
    added: Option<Added<'a>>,
}

/// Asks the version after.
pub(super) struct After<'a> {
    asker: Asker<'a>,
    room: Room,
}

#[derive(Default)]
struct Part {
    tally: Tally<Figures>,
    /// Of those looked at, whose answer is not proved before, and in either version.
    unproved: (u32, u32),
}

impl<'a> Sides<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, base: &'a Base, after: &'a Compiled) -> Sides<'a> {
        let join = Join::new(&base.compiled, after);
        let lens = Lens::new(snapshot, after);
        let touched = touched(snapshot, base, &join, after, &lens);
        let same_graph = same_graph(&base.compiled, after, &join);
        let shares_memory = same_graph && base.lens.quarters == lens.quarters;
        let added = same_graph.then(|| Added::new(base, &lens)).flatten();
        Sides { snapshot, base, after, join, lens, touched, shares_memory, added }
    }

    /// Whether anything can be different for this person.
    pub(super) fn touches(&self, person: &Person) -> bool {
        self.touched[person.profile as usize]
    }

    /// Asks the version after; its memory is that of `part`, when it holds for both.
    pub(super) fn asker_after(&self, part: usize) -> After<'_> {
        let version = (self.after, &self.lens, &self.join.after[..]);
        let memo = if self.shares_memory { self.base.memos.lend(part) } else { Memo::default() };
        let asker = Asker::new(self.snapshot, version, (self.base.day(), self.base.day_quarters), memo);
        After { asker, room: Room::default() }
    }

    /// Writes the answer after over `is`; `was` is the one before.
    pub(super) fn ask(&self, after: &mut After<'_>, person: &Person, who: &Who, was: &Answer, is: &mut Answer) {
        let follow = |added: &Added| added.follow((self.snapshot, self.base), person, was, &mut after.room, is);
        if !self.added.as_ref().is_some_and(follow) {
            after.asker.ask(person, who, is);
        }
    }

    /// Takes back what [`Sides::asker_after`] lent.
    pub(super) fn done(&self, part: usize, after: After<'_>) {
        if self.shares_memory {
            self.base.memos.take_back(part, after.asker.memo);
        }
    }

    fn count(&self, number: usize, people: &[u32]) -> Part {
        let mut part = Part::default();
        let mut after = self.asker_after(number);
        let (mut who, mut was, mut is) = (Who::default(), Answer::default(), Answer::default());
        for &at in people {
            self.base.read(self.snapshot, at as usize, &mut who, &mut was);
            self.ask(&mut after, &self.snapshot.people[at as usize], &who, &was, &mut is);
            part.unproved.0 += u32::from(was.unproved);
            part.unproved.1 += u32::from(was.unproved || is.unproved);
            changed(&who, &was, &is, |key, was, is, flags| part.tally.at(key).add(was, is, flags));
        }
        self.done(number, after);
        part
    }
}

/// Puts names to the numbers.
struct Told<'a> {
    snapshot: &'a Snapshot,
    base: &'a Base,
    join: &'a Join<'a>,
    after: &'a Compiled,
    courses: &'a Courses,
}

impl Told<'_> {
    fn impact(&self, tally: &Tally<Figures>, unproved: u32) -> Impact {
        let mut impact = Impact {
            day: self.base.today,
            people: self.snapshot.len() as u32,
            unproved,
            all: self.figures(tally, Key::All),
            units: Default::default(),
            titles: Default::default(),
            roles: Default::default(),
            modules: Default::default(),
            weeks: Default::default(),
            course_days: CourseDays::default(),
            cost: 0,
        };
        let mut seen: Vec<Key> = self.base.sums.totals.keys().chain(tally.keys()).collect();
        seen.sort_unstable();
        seen.dedup();
        for key in seen {
            let figures = self.figures(tally, key);
            if figures != Figures::default() {
                self.put(&mut impact, key, figures);
            }
        }
        courses::total(&mut impact, &self.courses.prices);
        impact
    }

    fn figures(&self, tally: &Tally<Figures>, key: Key) -> Figures {
        let (base, change) = (self.base.sums.totals.get(key), tally.get(key));
        Figures { before: base, after: base.exchanged(change.before, change.after), ..change }
    }

    fn put(&self, impact: &mut Impact, key: Key, figures: Figures) {
        match key {
            Key::All => {}
            Key::Unit(unit) => {
                impact.units.insert(*self.snapshot.units.name(unit), figures);
            }
            Key::Holding(holding) => {
                let (group, id) = match self.snapshot.holdings.name(holding) {
                    Holding::Everyone => return,
                    Holding::Title(id) => (&mut impact.titles, id),
                    Holding::Role(id) => (&mut impact.roles, id),
                };
                group.insert(id.clone(), figures);
            }
            Key::Module(module) => {
                let id = self.join.ids[usize::from(module)];
                impact.modules.insert(id.to_owned(), self.module(id, figures));
            }
            Key::Week(number) => {
                impact.weeks.insert(week(number), figures);
            }
        }
    }

    fn module(&self, id: &str, figures: Figures) -> ModuleFigures {
        let days = |compiled: &Compiled, people| {
            let quarters: Quarters = compiled.index(id).map_or(0, |module| compiled.quarters(module));
            courses::days(self.courses, id, people, quarters, self.base.day_quarters)
        };
        ModuleFigures {
            seats: self.courses.seats.get(id).copied().unwrap_or(0),
            course_days: CourseDays {
                before: days(&self.base.compiled, figures.before.people),
                after: days(self.after, figures.after.people),
            },
            figures,
        }
    }
}
