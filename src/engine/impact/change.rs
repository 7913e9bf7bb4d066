//! From one person's two answers to the groups in which something changes.

use super::answer::{Answer, Todo};
use super::model::Figure;
use super::time::{NEVER, week_number};
use crate::engine::model::Quarters;

/// A group, by the numbers of the snapshot and the two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    All,
    Unit(u32),
    /// A title or a role.
    Holding(u32),
    Module(u16),
    Week(usize),
}

/// Which groups of people somebody is in.
#[derive(Debug, Clone, Default)]
pub(super) struct Who {
    pub unit: u32,
    pub titles: Vec<u32>,
    pub roles: Vec<u32>,
}

/// What a group sees of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct View {
    pub quarters: Quarters,
    pub overdue: bool,
    pub tight: bool,
}

/// A set of figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Flags(u16);

impl Flags {
    pub(super) fn has(self, figure: Figure) -> bool {
        self.0 >> figure as u16 & 1 == 1
    }

    fn with(self, figure: Figure, holds: bool) -> Flags {
        Flags(self.0 | u16::from(holds) << figure as u16)
    }

    /// What holds of one side.
    pub(super) fn of_sides(before: View, after: View) -> Flags {
        Flags::default()
            .with(Figure::LeftBefore, before.quarters > 0)
            .with(Figure::LeftAfter, after.quarters > 0)
            .with(Figure::OverdueBefore, before.overdue)
            .with(Figure::OverdueAfter, after.overdue)
            .with(Figure::TightBefore, before.tight)
            .with(Figure::TightAfter, after.tight)
    }

    fn of_change(before: View, after: View, affected: bool, competence: Competence) -> Flags {
        Flags::of_sides(before, after)
            .with(Figure::Affected, affected)
            .with(Figure::More, after.quarters > before.quarters)
            .with(Figure::Less, after.quarters < before.quarters)
            .with(Figure::Done, before.quarters > 0 && after.quarters == 0)
            .with(Figure::Overdue, after.overdue && !before.overdue)
            .with(Figure::Tight, after.tight && !before.tight)
            .with(Figure::Lost, competence.lost)
            .with(Figure::Won, competence.won)
    }
}

#[derive(Clone, Copy, Default)]
struct Competence {
    lost: bool,
    won: bool,
}

/// Calls `each` for every group that sees something of `answer`.
pub(super) fn seen(who: &Who, answer: &Answer, mut each: impl FnMut(Key, View)) {
    if answer.steps.is_empty() {
        return;
    }
    let whole = whole(answer);
    people_groups(who, |key| each(key, whole));
    for step in &answer.steps {
        each(Key::Module(step.module), of_step(answer, step));
    }
    let mut weeks: Vec<usize> = answer.steps.iter().filter_map(week_of).collect();
    weeks.sort_unstable();
    weeks.dedup();
    for week in weeks {
        each(Key::Week(week), in_week(answer, week));
    }
}

/// Calls `each` for every group that sees a difference, with both views and the figures that count this person.
pub(super) fn changed(who: &Who, before: &Answer, after: &Answer, mut each: impl FnMut(Key, View, View, Flags)) {
    if before.steps == after.steps && before.competent == after.competent {
        return;
    }
    let competence = Competence {
        lost: before.competent.iter().any(|role| !after.competent.contains(role)),
        won: after.competent.iter().any(|role| !before.competent.contains(role)),
    };
    let (was, is) = (whole(before), whole(after));
    let flags = Flags::of_change(was, is, true, competence);
    people_groups_but_roles(who, |key| each(key, was, is, flags));
    for &role in &who.roles {
        let (had, has) = (before.competent.contains(&role), after.competent.contains(&role));
        let own = Competence { lost: had && !has, won: has && !had };
        each(Key::Holding(role), was, is, Flags::of_change(was, is, true, own));
    }
    let mut weeks = Vec::new();
    pairs(&before.steps, &after.steps, |module, old, new| {
        let view = |answer, step: Option<&Todo>| step.map_or(View::default(), |step| of_step(answer, step));
        let (was, is) = (view(before, old), view(after, new));
        if old != new {
            weeks.extend(old.and_then(week_of).map(|week| (week, true)));
            weeks.extend(new.and_then(week_of).map(|week| (week, true)));
        }
        if old != new || was != is {
            let own = if old != new { competence } else { Competence::default() };
            each(Key::Module(module), was, is, Flags::of_change(was, is, old != new, own));
        }
    });
    if before.pinch != after.pinch {
        weeks.extend([before.pinch, after.pinch].into_iter().flatten().map(|day| (week_number(day), false)));
    }
    weeks.sort_unstable_by_key(|&(week, affected)| (week, !affected));
    weeks.dedup_by_key(|(week, _)| *week);
    for (week, affected) in weeks {
        let (was, is) = (in_week(before, week), in_week(after, week));
        let competence = if affected { competence } else { Competence::default() };
        each(Key::Week(week), was, is, Flags::of_change(was, is, affected, competence));
    }
}

fn people_groups(who: &Who, mut each: impl FnMut(Key)) {
    people_groups_but_roles(who, &mut each);
    who.roles.iter().for_each(|&role| each(Key::Holding(role)));
}

fn people_groups_but_roles(who: &Who, mut each: impl FnMut(Key)) {
    each(Key::All);
    each(Key::Unit(who.unit));
    who.titles.iter().for_each(|&title| each(Key::Holding(title)));
}

fn whole(answer: &Answer) -> View {
    View { quarters: answer.quarters, overdue: answer.overdue, tight: answer.pinch.is_some() }
}

fn of_step(answer: &Answer, step: &Todo) -> View {
    View {
        quarters: step.quarters,
        overdue: step.due < answer.today,
        tight: answer.pinch.is_some_and(|pinch| step.due <= pinch),
    }
}

fn in_week(answer: &Answer, week: usize) -> View {
    let mut view = View { tight: answer.pinch.is_some_and(|pinch| week_number(pinch) == week), ..View::default() };
    for step in answer.steps.iter().filter(|step| week_of(step) == Some(week)) {
        view.quarters += step.quarters;
        view.overdue |= step.due < answer.today;
    }
    view
}

fn week_of(step: &Todo) -> Option<usize> {
    (step.due != NEVER).then(|| week_number(step.due))
}

/// Goes through two lists of steps, both by module, side by side.
fn pairs<'a>(before: &'a [Todo], after: &'a [Todo], mut each: impl FnMut(u16, Option<&'a Todo>, Option<&'a Todo>)) {
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    while let Some(module) = before.peek().into_iter().chain(after.peek()).map(|step| step.module).min() {
        each(module, before.next_if(|step| step.module == module), after.next_if(|step| step.module == module));
    }
}
