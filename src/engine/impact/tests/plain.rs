//! The slow answer: every person's two paths from `engine::path`, and the definitions read word by word. Shares the
//! types of the answer with the code it judges, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::curriculum::model::Curriculum;
use crate::engine::demand::Demands;
use crate::engine::impact::{CourseDays, Courses, Figure, Figures, Group, Impact, ModuleFigures, Totals, Week};
use crate::engine::model::{Budget, Facts, Holding, ModuleIx, Proof, Strength};
use crate::engine::{Compiled, gap, path};

/// A version, written and ready.
pub(super) struct Version {
    pub written: Curriculum,
    pub compiled: Compiled,
    /// Whether earlier versions were compiled with it: then what a role asks of somebody is not all written in it.
    pub has_history: bool,
}

pub(super) struct Somebody {
    pub id: i64,
    pub unit: Option<i64>,
    pub facts: Facts,
}

pub(super) struct Question<'a> {
    pub before: &'a Version,
    pub after: &'a Version,
    pub people: &'a [Somebody],
    pub today: NaiveDate,
    pub day_quarters: u32,
    pub courses: &'a Courses,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    All,
    Unit(Option<i64>),
    Title(String),
    Role(String),
    Module(String),
    Week(Week),
}

/// Who is counted where, and the hours before and after.
#[derive(Default)]
pub(super) struct Plain {
    pub counted: BTreeMap<(Name, Figure), BTreeSet<i64>>,
    hours: BTreeMap<Name, (u64, u64)>,
    unproved: BTreeSet<i64>,
}

struct Side {
    /// Due day and quarters by module.
    steps: BTreeMap<String, (NaiveDate, u32)>,
    pinch: Option<NaiveDate>,
    competent: BTreeSet<String>,
    proved: bool,
}

pub(super) fn plain(question: &Question) -> Plain {
    let mut plain = Plain::default();
    for person in question.people {
        let before = side(question, question.before, person);
        let after = side(question, question.after, person);
        if !(before.proved && after.proved) {
            plain.unproved.insert(person.id);
        }
        for name in names(question, person, &before, &after) {
            count(question, &mut plain, person.id, &name, &before, &after);
        }
    }
    plain
}

fn side(question: &Question, version: &Version, person: &Somebody) -> Side {
    let path = path(&version.compiled, &person.facts, question.today, &Budget::default());
    let step = |step: &crate::engine::model::Step| {
        let due = step.due.expect("every step has a day");
        (version.compiled.id(step.module).to_owned(), (due, step.quarters))
    };
    let steps: BTreeMap<String, (NaiveDate, u32)> = path.steps.iter().map(step).collect();
    let days: BTreeSet<NaiveDate> = steps.values().map(|step| step.0).filter(|day| *day >= question.today).collect();
    let cannot_hold = |last: &NaiveDate| {
        let load: u32 = steps.values().filter(|(day, _)| day <= last).map(|(_, quarters)| quarters).sum();
        load > working_days((*last - question.today).num_days()) * question.day_quarters
    };
    let pinch = days.into_iter().find(cannot_hold);
    let roles = held(question, person).into_iter().filter_map(|holding| match holding {
        Holding::Role(id) => Some(id),
        _ => None,
    });
    let competent = roles.filter(|role| match version.has_history {
        true => asked_and_valid(&version.compiled, &person.facts, role, question.today),
        false => competent(&version.written, &person.facts, role, question.today),
    });
    let competent = competent.collect();
    Side { steps, pinch, competent, proved: path.proof == Proof::Optimal }
}

/// The most working days that so many days in a row can have.
fn working_days(days: i64) -> u32 {
    (0..7).map(|first| (first..first + days).filter(|day| day % 7 < 5).count() as u32).max().unwrap_or(0)
}

fn held(question: &Question, person: &Somebody) -> BTreeSet<Holding> {
    let current = person.facts.assignments.iter().filter(|assignment| {
        assignment.from <= question.today && assignment.to.is_none_or(|last| last >= question.today)
    });
    current.map(|assignment| assignment.holding.clone()).collect()
}

fn competent(written: &Curriculum, facts: &Facts, role: &str, today: NaiveDate) -> bool {
    let same = |id: &str| -> Vec<String> {
        let module = written.modules.iter().find(|(other, _)| other == id);
        let mut same = module.map(|(_, module)| module.equivalent.clone()).unwrap_or_default();
        same.push(id.to_owned());
        same
    };
    let valid = |id: &String| {
        let same = same(id);
        facts.achievements.iter().any(|achievement| {
            same.contains(&achievement.module)
                && achievement.day <= today
                && achievement.valid_until.is_none_or(|last| last >= today)
        })
    };
    let mut open = vec![role.to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(role) = open.pop() {
        let Some(role_written) = written.roles.get(&role) else { return false };
        if !seen.insert(role) {
            continue;
        }
        let dose = &written.doses[&role_written.dose];
        let chosen = |one_of: &crate::curriculum::model::OneOf| {
            let from: BTreeSet<&String> = one_of.from.iter().collect();
            from.into_iter().filter(|id| valid(id)).count() >= one_of.choose as usize
        };
        if !dose.required.iter().all(valid) || !dose.one_of.iter().all(chosen) {
            return false;
        }
        open.extend(role_written.includes.iter().cloned());
    }
    true
}

/// Whether all that this role alone asks of the person, under whichever version, is valid.
fn asked_and_valid(compiled: &Compiled, facts: &Facts, role: &str, today: NaiveDate) -> bool {
    let role = Holding::Role(role.to_owned());
    let own = facts.assignments.iter().filter(|assignment| assignment.holding == role).cloned().collect();
    let own = Facts { assignments: own, ..facts.clone() };
    let demands = Demands::new(compiled, &own, today);
    let valid = gap::valid(compiled, facts, today);
    let valid = |module: ModuleIx| valid.contains(usize::from(module.0));
    compiled.knows(&role)
        && demands.singles.iter().all(|single| single.strength != Strength::Required || valid(single.module))
        && demands
            .choices
            .iter()
            .all(|choice| choice.from.iter().filter(|member| valid(member.0)).count() >= choice.choose as usize)
}

/// Every group that might count the person.
fn names(question: &Question, person: &Somebody, before: &Side, after: &Side) -> BTreeSet<Name> {
    let mut names = BTreeSet::from([Name::All, Name::Unit(person.unit)]);
    names.extend(held(question, person).into_iter().filter_map(|holding| match holding {
        Holding::Everyone => None,
        Holding::Title(id) => Some(Name::Title(id)),
        Holding::Role(id) => Some(Name::Role(id)),
    }));
    for side in [before, after] {
        for (module, (due, _)) in &side.steps {
            names.insert(Name::Module(module.clone()));
            names.insert(Name::Week(week(*due)));
        }
    }
    names
}

fn week(day: NaiveDate) -> Week {
    Week { year: day.iso_week().year(), week: day.iso_week().week() }
}

fn in_group(name: &Name, module: &str, due: NaiveDate) -> bool {
    match name {
        Name::Module(id) => id == module,
        Name::Week(number) => week(due) == *number,
        _ => true,
    }
}

fn count(question: &Question, plain: &mut Plain, id: i64, name: &Name, before: &Side, after: &Side) {
    let steps = |side: &Side| {
        let own = side.steps.iter().filter(|(module, (due, _))| in_group(name, module, *due));
        own.map(|(module, step)| (module.clone(), *step)).collect::<BTreeMap<_, _>>()
    };
    let (was, is) = (steps(before), steps(after));
    let hours = |steps: &BTreeMap<String, (NaiveDate, u32)>| steps.values().map(|step| u64::from(step.1)).sum::<u64>();
    let overdue = |steps: &BTreeMap<String, (NaiveDate, u32)>| steps.values().any(|step| step.0 < question.today);
    let tight = |side: &Side, steps: &BTreeMap<String, (NaiveDate, u32)>| match name {
        Name::Module(_) => side.pinch.is_some_and(|pinch| steps.values().any(|step| step.0 <= pinch)),
        Name::Week(number) => side.pinch.is_some_and(|pinch| week(pinch) == *number),
        _ => side.pinch.is_some(),
    };
    let (lost, won) = match name {
        Name::Role(role) => {
            let (had, has) = (before.competent.contains(role), after.competent.contains(role));
            (had && !has, has && !had)
        }
        Name::Module(_) | Name::Week(_) if was == is => (false, false),
        _ => {
            let lost = before.competent.difference(&after.competent).count() > 0;
            (lost, after.competent.difference(&before.competent).count() > 0)
        }
    };
    let part = matches!(name, Name::Module(_) | Name::Week(_));
    let affected = was != is || !part && before.competent != after.competent;
    let figures = [
        (Figure::Affected, affected),
        (Figure::More, hours(&is) > hours(&was)),
        (Figure::Less, hours(&is) < hours(&was)),
        (Figure::Done, hours(&was) > 0 && hours(&is) == 0),
        (Figure::Overdue, overdue(&is) && !overdue(&was)),
        (Figure::Tight, tight(after, &is) && !tight(before, &was)),
        (Figure::Lost, lost),
        (Figure::Won, won),
        (Figure::LeftBefore, !was.is_empty()),
        (Figure::LeftAfter, !is.is_empty()),
        (Figure::OverdueBefore, overdue(&was)),
        (Figure::OverdueAfter, overdue(&is)),
        (Figure::TightBefore, tight(before, &was)),
        (Figure::TightAfter, tight(after, &is)),
    ];
    for (figure, _) in figures.into_iter().filter(|(_, holds)| *holds) {
        plain.counted.entry((name.clone(), figure)).or_default().insert(id);
    }
    let sums = plain.hours.entry(name.clone()).or_default();
    *sums = (sums.0 + hours(&was), sums.1 + hours(&is));
}

impl Plain {
    fn number(&self, name: &Name, figure: Figure) -> u32 {
        self.counted.get(&(name.clone(), figure)).map_or(0, |people| people.len() as u32)
    }

    fn figures(&self, name: &Name) -> Figures {
        let number = |figure| self.number(name, figure);
        let (before, after) = self.hours.get(name).copied().unwrap_or_default();
        Figures {
            before: Totals {
                people: number(Figure::LeftBefore),
                quarters: before,
                overdue: number(Figure::OverdueBefore),
                tight: number(Figure::TightBefore),
            },
            after: Totals {
                people: number(Figure::LeftAfter),
                quarters: after,
                overdue: number(Figure::OverdueAfter),
                tight: number(Figure::TightAfter),
            },
            affected: number(Figure::Affected),
            more: number(Figure::More),
            less: number(Figure::Less),
            done: number(Figure::Done),
            overdue: number(Figure::Overdue),
            tight: number(Figure::Tight),
            lost: number(Figure::Lost),
            won: number(Figure::Won),
        }
    }

    pub(super) fn impact(&self, question: &Question) -> Impact {
        let mut impact = Impact {
            day: question.today,
            people: question.people.len() as u32,
            unproved: self.unproved.len() as u32,
            all: self.figures(&Name::All),
            units: BTreeMap::new(),
            titles: BTreeMap::new(),
            roles: BTreeMap::new(),
            modules: BTreeMap::new(),
            weeks: BTreeMap::new(),
            course_days: CourseDays::default(),
            cost: 0,
        };
        for name in self.hours.keys() {
            let figures = self.figures(name);
            if figures == Figures::default() {
                continue;
            }
            let known = match name.clone() {
                Name::All => None,
                Name::Unit(id) => impact.units.insert(id, figures),
                Name::Title(id) => impact.titles.insert(id, figures),
                Name::Role(id) => impact.roles.insert(id, figures),
                Name::Week(week) => impact.weeks.insert(week, figures),
                Name::Module(id) => {
                    let module = module_figures(question, &id, figures);
                    impact.course_days.before += module.course_days.before;
                    impact.course_days.after += module.course_days.after;
                    impact.modules.insert(id, module).map(|module| module.figures)
                }
            };
            assert_eq!(known, None, "{name:?} is told twice");
        }
        let prices = question.courses.prices;
        let hours = impact.all.after.quarters as i64 - impact.all.before.quarters as i64;
        let days = i64::from(impact.course_days.after) - i64::from(impact.course_days.before);
        impact.cost = hours * prices.hour / 4 + days * prices.course_day;
        impact
    }
}

/// Course by course, day by day.
fn module_figures(question: &Question, id: &str, figures: Figures) -> ModuleFigures {
    let seats = question.courses.seats.get(id).copied().unwrap_or(0);
    let days = |version: &Version, people: u32| {
        let module = version.written.modules.iter().find(|(other, _)| other == id);
        let quarters = module.map_or(0, |(_, module)| (module.hours * 4.0) as u32);
        let (mut waiting, mut hours, mut days) = (people.saturating_sub(seats), 0, 0);
        while waiting > 0 && !question.courses.without.contains(id) {
            waiting = waiting.saturating_sub(question.courses.participants);
            hours += quarters;
        }
        while hours > 0 {
            hours = hours.saturating_sub(question.day_quarters);
            days += 1;
        }
        days
    };
    let course_days = CourseDays {
        before: days(question.before, figures.before.people),
        after: days(question.after, figures.after.people),
    };
    ModuleFigures { figures, seats, course_days }
}

impl Name {
    pub(super) fn group(&self) -> Group {
        match self.clone() {
            Name::All => Group::All,
            Name::Unit(id) => Group::Units([id].into()),
            Name::Title(id) => Group::Title(id),
            Name::Role(id) => Group::Role(id),
            Name::Module(id) => Group::Module(id),
            Name::Week(week) => Group::Week(week),
        }
    }
}
