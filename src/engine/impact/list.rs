//! The people behind a number.

use super::answer::Answer;
use super::base::Base;
use super::change::{Flags, Key, View, Who, changed, seen};
use super::count::Sides;
use super::join::Join;
use super::model::{Figure, Group, Listed, Page, Slice};
use super::snapshot::Snapshot;
use super::time::week;
use crate::engine::Compiled;
use crate::engine::model::Holding;

/// Who is counted by `slice` in the [`super::impact`] of `after`, one page of them.
pub fn people(snapshot: &Snapshot, base: &Base, after: &Compiled, slice: &Slice, page: Page) -> Listed {
    let sides = Sides::new(snapshot, base, after);
    let wanted = Wanted { snapshot, join: &sides.join, slice };
    let mut asker_after = sides.asker_after(0);
    let (mut who, mut was, mut is) = (Who::default(), Answer::default(), Answer::default());
    let mut listed = Listed { total: 0, people: Vec::new() };
    for (at, person) in snapshot.people.iter().enumerate() {
        snapshot.who(person, base.day(), &mut who);
        if !wanted.might_hold(&who) {
            continue;
        }
        base.read(snapshot, at, &mut who, &mut was);
        let mut counted = false;
        let mut look = |key, flags: Flags| counted |= flags.has(slice.figure) && wanted.holds(key);
        match slice.figure {
            Figure::LeftBefore | Figure::OverdueBefore | Figure::TightBefore => {
                seen(&who, &was, |key, view| look(key, Flags::of_sides(view, View::default())));
            }
            Figure::LeftAfter | Figure::OverdueAfter | Figure::TightAfter => {
                sides.ask(&mut asker_after, person, &who, &was, &mut is);
                seen(&who, &is, |key, view| look(key, Flags::of_sides(View::default(), view)));
            }
            _ if !sides.touches(person) => {}
            _ => {
                sides.ask(&mut asker_after, person, &who, &was, &mut is);
                changed(&who, &was, &is, |key, _, _, flags| look(key, flags));
            }
        }
        if counted {
            if listed.total >= page.from && listed.people.len() < page.limit {
                listed.people.push(person.id);
            }
            listed.total += 1;
        }
    }
    sides.done(0, asker_after);
    listed
}

/// Which groups a slice means.
struct Wanted<'a> {
    snapshot: &'a Snapshot,
    join: &'a Join<'a>,
    slice: &'a Slice,
}

impl Wanted<'_> {
    /// Whether somebody in these groups can be meant.
    fn might_hold(&self, who: &Who) -> bool {
        match &self.slice.group {
            Group::All | Group::Module(_) | Group::Week(_) => true,
            Group::Units(_) => self.holds(Key::Unit(who.unit)),
            Group::Title(_) => who.titles.iter().any(|&title| self.holds(Key::Holding(title))),
            Group::Role(_) => who.roles.iter().any(|&role| self.holds(Key::Holding(role))),
        }
    }

    fn holds(&self, key: Key) -> bool {
        match (&self.slice.group, key) {
            (Group::All, Key::All) => true,
            (Group::Units(units), Key::Unit(unit)) => units.contains(self.snapshot.units.name(unit)),
            (Group::Title(id), Key::Holding(held)) => {
                matches!(self.snapshot.holdings.name(held), Holding::Title(title) if title == id)
            }
            (Group::Role(id), Key::Holding(held)) => {
                matches!(self.snapshot.holdings.name(held), Holding::Role(role) if role == id)
            }
            (Group::Module(id), Key::Module(module)) => self.join.ids[usize::from(module)] == id,
            (Group::Week(wanted), Key::Week(number)) => week(number) == *wanted,
            _ => false,
        }
    }
}
