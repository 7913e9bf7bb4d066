//! What is promised about the engine's speed: `cargo bench --bench engine` (`-- --quick` for a first look).
//!
//! Beside the timings it prints what they mean: bytes touched and the ratio to a plain pass over the same memory in
//! the same run; how many paths were proved to be the cheapest.

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use fixedbitset::FixedBitSet;

use varjedag::curriculum::{judge, load};
use varjedag::engine::gap::{Rows, missing_per_module};
use varjedag::engine::model::{Assignment, Budget, Facts, Holding, Proof, Source};
use varjedag::engine::sample::{self, Dice, Shape};
use varjedag::engine::{Compiled, path};

#[path = "engine/impact.rs"]
mod impact;
#[path = "engine/schedule.rs"]
mod schedule;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 3, 1).expect("a day")
}

fn holding(held: impl IntoIterator<Item = Holding>) -> Facts {
    let assignment = |holding| Assignment { holding, from: today(), to: None, source: Source::Hr };
    Facts { assignments: held.into_iter().map(assignment).collect(), ..Facts::default() }
}

/// Every role of the real curriculum at once, nothing achieved: the longest path there is.
fn path_real(c: &mut Criterion) {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/curricula/varjedag");
    let sources = load::read_dir(directory.as_ref()).expect("the real curriculum");
    let curriculum = judge(&sources).curriculum.expect("a sound curriculum");
    let compiled = Compiled::new(&curriculum).expect("a sound curriculum");
    let facts = holding(curriculum.roles.keys().cloned().map(Holding::Role).chain([Holding::Everyone]));
    let answer = path(&compiled, &facts, today(), &Budget::default());
    println!("real curriculum, all roles: {} steps, {:?}", answer.steps.len(), answer.proof);
    c.bench_function("path, real curriculum, all roles", |b| {
        b.iter(|| path(&compiled, black_box(&facts), today(), &Budget::default()));
    });
    c.bench_function("compile, real curriculum", |b| b.iter(|| Compiled::new(black_box(&curriculum))));
}

const PEOPLE: usize = 300_000;
const MODULES: usize = 700;

/// 300,000 people × 700 modules, 40 different demands, one core.
fn gap_region(c: &mut Criterion) {
    let mut dice = Dice(7);
    let mut random = |share| -> FixedBitSet { (0..MODULES).filter(|_| dice.percent(share)).collect() };
    let (mut wanted, mut held) = (Rows::new(MODULES), Rows::new(MODULES));
    (0..40).for_each(|_| wanted.push(&random(5)));
    let patterns: Vec<FixedBitSet> = (0..997).map(|_| random(30)).collect();
    (0..PEOPLE).for_each(|person| held.push(&patterns[person % patterns.len()]));
    let which: Vec<u32> = (0..PEOPLE as u32).map(|person| person.wrapping_mul(2_654_435_761) % 40).collect();
    let words = held.as_words();
    let plain = || words.iter().fold(0_u64, |sum, word| sum.wrapping_add(*word));
    let gap = || missing_per_module(&wanted, &which, words);
    let bytes = size_of_val(words) + size_of_val(&which[..]);
    let (gap_time, plain_time) = fastest(gap, plain);
    println!(
        "gap, {PEOPLE} people × {MODULES} modules: {:.1} MB touched ({} bytes a person); {:.2} ms, plain pass {:.2} ms, ratio {:.2}",
        bytes as f64 / 1e6,
        bytes / PEOPLE,
        gap_time.as_secs_f64() * 1e3,
        plain_time.as_secs_f64() * 1e3,
        gap_time.as_secs_f64() / plain_time.as_secs_f64(),
    );
    let mut group = c.benchmark_group("gap, 300,000 people × 700 modules");
    group.throughput(criterion::Throughput::Bytes(bytes as u64));
    group.bench_function("missing per module", |b| b.iter(gap));
    group.bench_function("plain pass", |b| b.iter(plain));
    group.finish();
}

/// The fastest of 20 runs of each, taken in turns so that both see the same machine.
fn fastest<A, B>(first: impl Fn() -> A, second: impl Fn() -> B) -> (Duration, Duration) {
    let mut best = (Duration::MAX, Duration::MAX);
    for _ in 0..20 {
        let start = Instant::now();
        black_box(first());
        let middle = Instant::now();
        black_box(second());
        best = (best.0.min(middle - start), best.1.min(middle.elapsed()));
    }
    best
}

/// Random curricula of 700 modules with more and more alternatives; two roles, a title and everyone's dose.
fn path_random(c: &mut Criterion) {
    for alternatives in [10, 30, 60] {
        let shape = Shape { modules: MODULES, reach: 40, alternatives, equivalents: 10, dose: 10 };
        let compiled: Vec<Compiled> =
            (0..50).map(|seed| Compiled::new(&sample::curriculum(&shape, seed)).expect("samples are sound")).collect();
        let held = [Holding::Role("a".to_owned()), Holding::Title("a".to_owned()), Holding::Everyone];
        let facts = holding(held);
        let timed = |compiled| {
            let start = Instant::now();
            let answer = path(compiled, &facts, today(), &Budget::default());
            (start.elapsed(), answer)
        };
        let mut runs: Vec<_> = compiled.iter().map(timed).collect();
        runs.sort_by_key(|(time, _)| *time);
        let proved = runs.iter().filter(|(_, answer)| answer.proof == Proof::Optimal).count();
        let steps: usize = runs.iter().map(|(_, answer)| answer.steps.len()).sum();
        let ms = |at: usize| runs[at].0.as_secs_f64() * 1e3;
        println!(
            "path, {MODULES} modules, {alternatives} % with alternatives: {proved} of {} proved, {} steps on average; \
             ms: median {:.2}, nine in ten within {:.2}, slowest {:.2}",
            runs.len(),
            steps / runs.len(),
            ms(runs.len() / 2),
            ms(runs.len() * 9 / 10),
            ms(runs.len() - 1),
        );
        c.bench_function(&format!("path, {MODULES} modules, {alternatives} % alternatives, one curriculum"), |b| {
            b.iter(|| path(&compiled[0], black_box(&facts), today(), &Budget::default()));
        });
    }
}

criterion_group!(engine, path_real, gap_region, path_random, impact::impact_region, schedule::schedule);
criterion_main!(engine);
