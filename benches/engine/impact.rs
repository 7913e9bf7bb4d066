//! A changed cell against a whole region: 10,000 and 300,000 people × 150 doses × 700 modules.
//!
//! The region is made up so that answers cost what they cost in earnest: modules stand in stacks of ten, one in ten
//! leaves a choice, one in twenty has an equivalent; people have held their title for up to ten years and have 20
//! modules each, half of them from what is asked of them, many of them lapsed. A draft is asked about as the designer
//! asks: as the version that would follow the published one today, with the transition that is offered first.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use criterion::Criterion;

use varjedag::curriculum::model::{Curriculum, Dose, Needs, OneOf, Role, Text, Title, TitleGroup};
use varjedag::engine::impact::{Base, Courses, Region, Snapshot, impact};
use varjedag::engine::model::{Achievement, Assignment, Facts, Holding, Source};
use varjedag::engine::sample::{self, Dice, Shape};
use varjedag::engine::{Compiled, Transition, Version};

const MODULES: usize = 700;
const STACK: usize = 10;
const GROUPS: usize = 20;
const TITLES: usize = 100;
const ROLES: usize = 29;
const DAY_QUARTERS: u32 = 28;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 1).expect("a day")
}

/// Everything that is measured about impact.
pub fn impact_region(c: &mut Criterion) {
    let curriculum = curriculum();
    let before = compiled(&[&curriculum]);
    for people in [10_000, 300_000] {
        region(c, people, &curriculum, &before);
    }
}

fn compiled(versions: &[&Curriculum]) -> Arc<Compiled> {
    let transition = Transition::default();
    let told = versions.iter().zip([365, 0]).map(|(curriculum, days)| {
        let published = today() - Days::new(days);
        Version { number: "", published, curriculum, transition: &transition }
    });
    let told: Vec<Version> = told.collect();
    let (newest, earlier) = told.split_last().expect("a version");
    Arc::new(Compiled::with_history(earlier, *newest).expect("a sound curriculum"))
}

fn region(c: &mut Criterion, people: usize, curriculum: &Curriculum, before: &Arc<Compiled>) {
    let mut dice = Dice(people as u64);
    let everybody: Vec<Facts> = (0..people).map(|_| somebody(curriculum, before, &mut dice)).collect();
    let start = Instant::now();
    let mut snapshot = Snapshot::new(today());
    for (id, facts) in everybody.iter().enumerate() {
        snapshot.put(id as i64, Some(id as i64 % 400), facts);
    }
    snapshot.trim();
    let kept = start.elapsed();
    let base = Base::new(&snapshot, Arc::clone(before), today(), DAY_QUARTERS);
    let built = start.elapsed();
    println!(
        "impact, {people} people × {} doses × {MODULES} modules: {} bytes a person, of which {} for today's answer; built \
         in {:.0} ms, of which {:.0} ms to ask everybody",
        curriculum.doses.len(),
        (snapshot.bytes() + base.bytes()) / people,
        base.bytes() / people,
        built.as_secs_f64() * 1e3,
        (built - kept).as_secs_f64() * 1e3,
    );
    let now = impact(&snapshot, &base, before, &Courses::default());
    let steps: u32 = now.modules.values().map(|module| module.figures.before.people).sum();
    println!("  {:.1} steps left for each on average", f64::from(steps) / people as f64);
    for (name, draft) in drafts(curriculum) {
        let (mut compiling, mut counting) = (Vec::new(), Vec::new());
        let mut affected = 0;
        for _ in 0..15 {
            let start = Instant::now();
            let after = compiled(&[curriculum, &draft]);
            compiling.push(start.elapsed().as_secs_f64() * 1e3);
            let start = Instant::now();
            affected = black_box(impact(&snapshot, &base, &after, &Courses::default())).all.affected;
            counting.push(start.elapsed().as_secs_f64() * 1e3);
        }
        let median = |times: &mut Vec<f64>| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        };
        println!(
            "  {name}: {:.2} ms to all figures ({affected} people affected), after {:.2} ms to compile the draft",
            median(&mut counting),
            median(&mut compiling),
        );
    }
    let (_, draft) = drafts(curriculum).swap_remove(0);
    let after = compiled(&[curriculum, &draft]);
    c.bench_function(&format!("impact, a title's cell, {people} people"), |b| {
        b.iter(|| impact(&snapshot, &base, &after, black_box(&Courses::default())));
    });
    let mut region = Region::new(snapshot, Arc::clone(before), today(), DAY_QUARTERS);
    let mut id = 0;
    c.bench_function(&format!("impact, one person's facts replaced, {people} people"), |b| {
        b.iter(|| {
            id = (id + 7_919) % people;
            region.put(id as i64, Some(1), &everybody[(id + 1) % people]);
        });
    });
}

/// One change each.
fn drafts(curriculum: &Curriculum) -> Vec<(&'static str, Curriculum)> {
    let cell = |dose: &str| {
        let mut draft = curriculum.clone();
        draft.doses.get_mut(dose).expect("a dose").required.push("m0355".to_owned());
        draft
    };
    let mut deadline = curriculum.clone();
    deadline.doses.get_mut("group-03").expect("a dose").within_days = 60;
    let mut hours = curriculum.clone();
    let everyones = curriculum.doses["everyone"].required[0].clone();
    hours.modules.iter_mut().filter(|(id, _)| *id == everyones).for_each(|(_, module)| module.hours = 9.0);
    vec![
        ("a title's cell", cell("title-003")),
        ("a role's cell", cell("role-03")),
        ("a group's deadline", deadline),
        ("everybody's cell", cell("everyone")),
        ("the hours of everybody's module", hours),
    ]
}

fn id(module: usize) -> String {
    format!("m{module:04}")
}

fn curriculum() -> Curriculum {
    let mut dice = Dice(11);
    let shape = Shape { modules: MODULES, reach: 1, alternatives: 0, equivalents: 0, dose: 0 };
    let mut curriculum = sample::curriculum(&shape, 1);
    for (at, (name, module)) in curriculum.modules.iter_mut().enumerate() {
        *name = id(at);
        let level = at % STACK;
        let other = |dice: &mut Dice, below: usize| id(dice.below((MODULES / STACK) as u64) as usize * STACK + below);
        let mut needs = Vec::new();
        if level > 0 && dice.percent(70) {
            needs.push(Needs::Module(id(at - 1)));
        }
        if level > 1 && dice.percent(10) {
            let ways = [id(at - 2), other(&mut dice, level - 2), other(&mut dice, level - 1)];
            needs.push(Needs::Any(ways.map(Needs::Module).into()));
        }
        module.builds_on = Needs::All(needs);
        module.equivalent = if dice.percent(5) { vec![other(&mut dice, level)] } else { Vec::new() };
        module.equivalent.retain(|other| other != name);
    }
    curriculum.doses = dose_ids().into_iter().map(|id| (id, dose(&mut dice))).collect();
    curriculum.groups = (0..GROUPS)
        .map(|at| {
            let (title, competence) = (Text::default(), Text::default());
            (format!("g{at:02}"), TitleGroup { title, competence, dose: Some(format!("group-{at:02}")), order: 1 })
        })
        .collect();
    curriculum.titles = (0..TITLES)
        .map(|at| {
            let (group, dose) = (format!("g{:02}", at % GROUPS), Some(format!("title-{at:03}")));
            let (names, codes) = (Vec::new(), Vec::new());
            (format!("t{at:03}"), Title { title: Text::default(), group, dose, names, codes })
        })
        .collect();
    curriculum.roles = (0..ROLES)
        .map(|at| {
            let includes = if at % 4 == 3 { vec![format!("r{:02}", at - 1)] } else { Vec::new() };
            let (title, competence) = (Text::default(), Text::default());
            (format!("r{at:02}"), Role { title, competence, includes, dose: format!("role-{at:02}"), order: 1 })
        })
        .collect();
    curriculum
}

fn dose_ids() -> Vec<String> {
    let groups = (0..GROUPS).map(|at| format!("group-{at:02}"));
    let titles = (0..TITLES).map(|at| format!("title-{at:03}"));
    let roles = (0..ROLES).map(|at| format!("role-{at:02}"));
    groups.chain(titles).chain(roles).chain(["everyone".to_owned()]).collect()
}

fn dose(dice: &mut Dice) -> Dose {
    let ids: Vec<String> = (0..MODULES).map(id).collect();
    let mut dose = Dose { within_days: 90 + dice.below(640) as u32, required: dice.some(&ids, 3), ..Dose::default() };
    if dice.percent(30) {
        dose.one_of.push(OneOf { choose: 1, from: dice.some(&ids, 3), within_days: None });
    }
    dose
}

fn somebody(curriculum: &Curriculum, compiled: &Compiled, dice: &mut Dice) -> Facts {
    let title = dice.below(TITLES as u64);
    let mut held = vec![Holding::Everyone, Holding::Title(format!("t{title:03}"))];
    let mut doses = vec!["everyone".to_owned(), format!("title-{title:03}"), format!("group-{:02}", title % 20)];
    if dice.percent(40) {
        let role = dice.below(ROLES as u64);
        held.push(Holding::Role(format!("r{role:02}")));
        doses.push(format!("role-{role:02}"));
    }
    let mut facts = Facts::default();
    for holding in held {
        let from = today() - Days::new(dice.below(3_650));
        facts.assignments.push(Assignment { holding, from, to: None, source: Source::Hr });
    }
    let asked = doses.iter().filter_map(|dose| compiled.dose(dose)).flat_map(|dose| dose.closure.ones());
    let asked: Vec<String> = asked.map(id).collect();
    let share = 2 * dice.below(11) as usize;
    let all = |dice: &mut Dice| curriculum.modules[dice.below(MODULES as u64) as usize].0.clone();
    let modules =
        dice.some(&asked, share).into_iter().chain((0..20 - share / 2).map(|_| all(dice)).collect::<Vec<_>>());
    for module in modules {
        let day = today() - Days::new(dice.below(3_000));
        let valid_until = dice.percent(40).then(|| day + Days::new(400 + dice.below(1_500)));
        facts.achievements.push(Achievement { module, day, valid_until });
    }
    facts
}
