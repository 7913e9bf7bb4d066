//! The people behind a number.

use super::answer::{Asked, answer};
use super::base::Base;
use super::change::{Flags, Key, View, changed, seen};
use super::join::Join;
use super::model::{Figure, Group, Listed, Page, Slice};
use super::snapshot::Snapshot;
use super::time::week;
use crate::engine::Compiled;
use crate::engine::model::Holding;

/// Who is counted by `slice` in the [`super::impact`] of `after`, one page of them.
pub fn people(snapshot: &Snapshot, base: &Base, after: &Compiled, slice: &Slice, page: Page) -> Listed {
    let join = Join::new(&base.compiled, after);
    let asked = |compiled, modules| Asked { compiled, modules, today: base.today, day_quarters: base.day_quarters };
    let (was_asked, is_asked) = (asked(&*base.compiled, &join.before[..]), asked(after, &join.after[..]));
    let wanted = Wanted { snapshot, join: &join, slice };
    let mut listed = Listed { total: 0, people: Vec::new() };
    for person in &snapshot.people {
        let who = snapshot.who(person, base.today);
        let roles = || who.roles.iter().map(|&role| (role, snapshot.holdings.name(role)));
        let mut counted = false;
        let mut look = |key, flags: Flags| counted |= flags.has(slice.figure) && wanted.holds(key);
        match slice.figure {
            Figure::LeftBefore | Figure::OverdueBefore | Figure::TightBefore => {
                let was = answer(&was_asked, &person.facts, roles());
                seen(&who, &was, |key, view| look(key, Flags::of_sides(view, View::default())));
            }
            Figure::LeftAfter | Figure::OverdueAfter | Figure::TightAfter => {
                let is = answer(&is_asked, &person.facts, roles());
                seen(&who, &is, |key, view| look(key, Flags::of_sides(View::default(), view)));
            }
            _ => {
                let was = answer(&was_asked, &person.facts, roles());
                let is = answer(&is_asked, &person.facts, roles());
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
    listed
}

/// Which groups a slice means.
struct Wanted<'a> {
    snapshot: &'a Snapshot,
    join: &'a Join<'a>,
    slice: &'a Slice,
}

impl Wanted<'_> {
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
