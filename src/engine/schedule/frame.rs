//! A person's path as a question for the scheduler, and other ways through its choices.
//!
//! The cheapest path is placed first. Where it misses a deadline or leaves something out, the cheapest path around those
//! pieces that could not be had in time whatever else is placed too; it is taken when it misses less, and told with what
//! it costs. So hours come first as long as the days allow it.

use chrono::NaiveDate;

use super::calendar::{Calendar, Part, number};
use super::solve::{Placing, solve};
use super::task::{Bar, Before, Given, Piece, Task, Terms};
use super::ways::{WAYS, hopeless};
use crate::engine::compile::{Compiled, Need};
use crate::engine::model::{Budget, Facts, ModuleIx, Path, Step};
use crate::engine::path::path_avoiding;
use crate::engine::standing::Standing;

/// A seat that is kept, at an occasion to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub occasion: i64,
    pub parts: Vec<Part>,
}

/// Everything about one person.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    pub compiled: &'a Compiled,
    pub facts: &'a Facts,
    pub today: NaiveDate,
    /// Modules that are taken alone.
    pub own_pace: &'a [ModuleIx],
    pub calendar: &'a Calendar,
    /// For each occasion of the calendar.
    pub bars: Vec<Option<Bar>>,
    /// The person's seats; they are added to the terms.
    pub kept: &'a [Kept],
    pub terms: Terms,
    /// Search nodes for each way.
    pub nodes: u64,
}

/// A path, placed.
#[derive(Debug, Clone)]
pub struct Answer<'a> {
    pub path: Path,
    /// Its steps as pieces, what comes first first.
    pub task: Task<'a>,
    pub placing: Placing,
    /// Hours beyond those of the cheapest path, in quarters, when another way was taken because that one could not be
    /// had in time.
    pub dearer: Option<u32>,
}

/// Places the person's path.
pub fn answer<'a>(question: &Question<'a>) -> Answer<'a> {
    let cheapest = path_avoiding(question.compiled, question.facts, question.today, &Budget::default(), &[]);
    let least = cheapest.quarters_left;
    let mut best = place(question, cheapest);
    let mut avoid: Vec<ModuleIx> = Vec::new();
    let mut last = best.clone();
    for _ in 0..WAYS {
        if missing(&last) == (0, 0) {
            break;
        }
        let more: Vec<ModuleIx> = hopeless(&last.task).into_iter().filter(|module| !avoid.contains(module)).collect();
        if more.is_empty() {
            break;
        }
        avoid.extend(more);
        let path = path_avoiding(question.compiled, question.facts, question.today, &Budget::default(), &avoid);
        let quarters = path.quarters_left;
        last = place(question, path);
        if missing(&last) < missing(&best) {
            best = last.clone();
            best.dearer = Some(quarters.saturating_sub(least));
        }
    }
    best
}

fn missing(answer: &Answer) -> (u32, u32) {
    (answer.placing.score.late, answer.placing.score.left_out)
}

fn place<'a>(question: &Question<'a>, path: Path) -> Answer<'a> {
    let task = task(question, &path);
    let placing = solve(&task, question.nodes);
    Answer { path, task, placing, dearer: None }
}

/// The steps of a path as a task.
pub fn task<'a>(question: &Question<'a>, path: &Path) -> Task<'a> {
    let mut terms = question.terms.clone();
    terms.kept.extend(question.kept.iter().flat_map(|kept| &kept.parts));
    Task { calendar: question.calendar, pieces: pieces(question, path), terms, bars: question.bars.clone() }
}

/// The path around as many of these modules as can be, as a task; none when it goes around none of them.
pub fn task_around<'a>(question: &Question<'a>, avoid: &[ModuleIx]) -> Option<Task<'a>> {
    let path = path_avoiding(question.compiled, question.facts, question.today, &Budget::default(), avoid);
    let left_out = |module: &ModuleIx| path.steps.iter().all(|step| step.module != *module);
    avoid.iter().any(left_out).then(|| task(question, &path))
}

/// The steps of a path in an order in which what is built on comes first.
fn pieces(question: &Question, path: &Path) -> Vec<Piece> {
    let compiled = question.compiled;
    let standing = Standing::new(compiled, question.facts, question.today);
    let step = |module: &ModuleIx| path.steps.iter().find(|step| step.module == *module);
    let steps: Vec<&Step> = compiled.topological.iter().filter_map(step).collect();
    let places: Vec<ModuleIx> = steps.iter().map(|step| step.module).collect();
    let framing = Framing { compiled, standing: &standing, places: &places };
    steps.iter().map(|step| piece(question, &framing, step)).collect()
}

fn piece(question: &Question, framing: &Framing, step: &Step) -> Piece {
    let kept = |occasion: i64| question.kept.iter().find(|kept| kept.occasion == occasion);
    let last = |seat: i64| kept(seat).and_then(|kept| kept.parts.iter().map(|part| part.day).max());
    let own = step.because.iter().filter(|because| because.builds_on.is_empty());
    Piece {
        module: step.module,
        due: own.filter_map(|because| because.due).min().map(number),
        before: framing.before(step.module, question.compiled.need(step.module)),
        given: match step.booked {
            Some(seat) => {
                Given::Booked { occasion: seat.occasion, last: last(seat.occasion).unwrap_or(number(seat.day)) }
            }
            None if question.own_pace.contains(&step.module) => Given::OwnPace,
            None => Given::Occasions,
        },
        wanted: true,
    }
}

struct Framing<'a> {
    compiled: &'a Compiled,
    standing: &'a Standing,
    /// The module of each piece.
    places: &'a [ModuleIx],
}

impl Framing<'_> {
    fn before(&self, asker: ModuleIx, need: &Need) -> Before {
        match need {
            Need::Module(module) if self.standing.ever(*module) => Before::nothing(),
            Need::Module(module) => {
                let ways = [*module].into_iter().chain(self.compiled.stand_ins(asker, *module));
                let place = |way: ModuleIx| self.places.iter().position(|place| *place == way).map(Before::Piece);
                Before::AtLeast(1, ways.filter_map(place).collect())
            }
            Need::All(parts) => Before::AtLeast(parts.len() as u32, self.all(asker, parts)),
            Need::AtLeast(least, parts) => Before::AtLeast(*least, self.all(asker, parts)),
        }
    }

    fn all(&self, asker: ModuleIx, parts: &[Need]) -> Vec<Before> {
        parts.iter().map(|part| self.before(asker, part)).collect()
    }
}
