//! All figures of a draft.

use super::answer::{Asked, answer};
use super::base::Base;
use super::change::{Key, changed};
use super::courses;
use super::join::Join;
use super::model::{CourseDays, Courses, Figures, Impact, ModuleFigures};
use super::snapshot::Snapshot;
use super::tally::Tally;
use super::time::week;
use crate::engine::Compiled;
use crate::engine::model::{Holding, Quarters};

/// What `after` does to everybody in `snapshot`, against the version and the day of `base`, which must be that
/// snapshot's.
pub fn impact(snapshot: &Snapshot, base: &Base, after: &Compiled, courses: &Courses) -> Impact {
    let join = Join::new(&base.compiled, after);
    let asked = |compiled, modules| Asked { compiled, modules, today: base.today, day_quarters: base.day_quarters };
    let (was_asked, is_asked) = (asked(&*base.compiled, &join.before[..]), asked(after, &join.after[..]));
    let mut tally = Tally::<Figures>::default();
    let mut unproved = 0;
    for person in &snapshot.people {
        let who = snapshot.who(person, base.today);
        let roles = || who.roles.iter().map(|&role| (role, snapshot.holdings.name(role)));
        let was = answer(&was_asked, &person.facts, roles());
        let is = answer(&is_asked, &person.facts, roles());
        unproved += u32::from(was.unproved || is.unproved);
        changed(&who, &was, &is, |key, was, is, flags| tally.at(key).add(was, is, flags));
    }
    let view = Told { snapshot, base, join: &join, after, courses };
    view.impact(&tally, unproved)
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
        let mut seen: Vec<Key> = self.base.totals.keys().chain(tally.keys()).collect();
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
        let (base, change) = (self.base.totals.get(key), tally.get(key));
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
