//! How quick "when can I be done?" is: one person exactly on the real curriculum with some 200 occasions, and 2,000
//! people who share 400.

use std::hint::black_box;
use std::time::Instant;

use chrono::Days;
use criterion::Criterion;
use varjedag::curriculum::{judge, load, model::Curriculum};
use varjedag::engine::model::{Achievement, Budget, Facts, Holding, ModuleIx};
use varjedag::engine::sample::Dice;
use varjedag::engine::schedule::calendar::{Calendar, Occasion, Part, number};
use varjedag::engine::schedule::frame::{Question, answer, task, task_around};
use varjedag::engine::schedule::group::{extras, group};
use varjedag::engine::schedule::solve::NODES;
use varjedag::engine::schedule::task::{Task, Terms};
use varjedag::engine::{Compiled, path};

use super::{holding, today};

const PEOPLE: usize = 2_000;

/// So many half-days and whole days of every module in turn, over a year, with so many seats at most.
fn calendar(compiled: &Compiled, occasions: usize, seats: u64, dice: &mut Dice) -> Calendar {
    let modules: Vec<_> = compiled.modules().collect();
    let occasion = |at: usize| {
        let day = number(today()) + 7 * dice.below(50) as i32 + dice.below(5) as i32;
        let (from, to) = [(510, 720), (780, 990), (510, 990)][dice.below(3) as usize];
        let parts = vec![Part { day, from, to }];
        Occasion { id: at as i64, module: modules[at % modules.len()], parts, free: Some(1 + dice.below(seats) as u32) }
    };
    Calendar::new((0..occasions).map(occasion).collect())
}

fn terms(days_a_week: Option<u8>) -> Terms {
    let from = number(today());
    Terms { today: from, from, away: vec![(from + 290, from + 310)], days_a_week, kept: Vec::new() }
}

fn question<'a>(compiled: &'a Compiled, facts: &'a Facts, calendar: &'a Calendar, days: Option<u8>) -> Question<'a> {
    let bars = vec![None; calendar.occasions.len()];
    let terms = terms(days);
    Question { compiled, facts, today: today(), own_pace: &[], calendar, bars, kept: &[], terms, nodes: NODES }
}

/// Whoever is to be everything at once, and 2,000 people of all roles and titles.
pub fn schedule(c: &mut Criterion) {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/curricula/varjedag");
    let sources = load::read_dir(directory.as_ref()).expect("the real curriculum");
    let curriculum = judge(&sources).curriculum.expect("a sound curriculum");
    let compiled = Compiled::new(&curriculum).expect("a sound curriculum");
    person(c, &compiled, &curriculum);
    for (known, seats) in [(0, 60), (60, 60), (80, 120)] {
        many(&compiled, &curriculum, known, seats);
    }
}

fn person(c: &mut Criterion, compiled: &Compiled, curriculum: &Curriculum) {
    let facts = holding(curriculum.roles.keys().cloned().map(Holding::Role).chain([Holding::Everyone]));
    for days in [None, Some(2), Some(1)] {
        let mut runs: Vec<(f64, u64, bool)> = (0..20)
            .map(|seed| {
                let calendar = calendar(compiled, 200, 20, &mut Dice(seed));
                let question = question(compiled, &facts, &calendar, days);
                let start = Instant::now();
                let found = black_box(answer(&question));
                (start.elapsed().as_secs_f64() * 1e3, found.placing.nodes, found.placing.proved)
            })
            .collect();
        runs.sort_by(|one, other| one.0.total_cmp(&other.0));
        let proved = runs.iter().filter(|run| run.2).count();
        let nodes = runs.iter().map(|run| run.1).max().unwrap_or_default();
        println!(
            "schedule, one person with every role on 200 occasions, days a week {days:?}: {proved} of {} proved, at most \
             {nodes} nodes; ms: median {:.1}, slowest {:.1}",
            runs.len(),
            runs[runs.len() / 2].0,
            runs[runs.len() - 1].0,
        );
    }
    let calendar = calendar(compiled, 200, 20, &mut Dice(0));
    let question = question(compiled, &facts, &calendar, None);
    c.bench_function("schedule, one person with every role on 200 occasions", |b| {
        b.iter(|| answer(black_box(&question)))
    });
}

/// Told once, not measured again and again: it takes seconds. Of each module's days some have room and some do not; `known`
/// in a hundred of all modules have been learnt before.
fn many(compiled: &Compiled, curriculum: &Curriculum, known: u64, seats: u64) {
    let mut dice = Dice(11);
    let calendar = calendar(compiled, 400, seats, &mut dice);
    let roles: Vec<&String> = curriculum.roles.keys().collect();
    let titles: Vec<&String> = curriculum.titles.keys().collect();
    let start = Instant::now();
    let people: Vec<Facts> = (0..PEOPLE)
        .map(|_| {
            let role = Holding::Role(roles[dice.below(roles.len() as u64) as usize].clone());
            let title = Holding::Title(titles[dice.below(titles.len() as u64) as usize].clone());
            let learnt = curriculum.modules.iter().filter(|_| dice.percent(known)).map(|(module, _)| Achievement {
                module: module.clone(),
                day: today() - Days::new(60),
                valid_until: None,
            });
            let achievements = learnt.collect();
            Facts { achievements, ..holding([role, title, Holding::Everyone]) }
        })
        .collect();
    let framed = |facts| {
        let path = path(compiled, facts, today(), &Budget::default());
        task(&question(compiled, facts, &calendar, Some(2)), &path)
    };
    let tasks: Vec<Task> = people.iter().map(framed).collect();
    let framed = start.elapsed();
    let around = |at: usize, avoid: &[ModuleIx]| {
        let question = question(compiled, &people[at], &calendar, Some(2));
        Some(Task { calendar: &calendar, ..task_around(&question, avoid)? })
    };
    let outcome = group(&calendar, tasks, &around, &mut |_, _| ());
    let placed = start.elapsed();
    let days: Vec<i32> = (2..50).map(|week| number(today()) + 7 * week + 2).collect();
    let extras = extras(&outcome, &days, 20);
    println!(
        "schedule, {PEOPLE} people who know {known} in a hundred × 400 occasions with up to {seats} seats: {} make it, {} of them on another path, at most {}; s: paths {:.2}, places and reasons {:.2}, \
         extra occasions {:.2}; the best extra day helps {}",
        outcome.makes,
        outcome.around,
        outcome.at_most,
        framed.as_secs_f64(),
        (placed - framed).as_secs_f64(),
        (start.elapsed() - placed).as_secs_f64(),
        extras.first().map_or(0, |extra| extra.helps),
    );
}
