//! Random questions: the same seed always gives the same.

use crate::engine::model::ModuleIx;
use crate::engine::sample::Dice;
use crate::engine::schedule::calendar::{Day, Occasion, Part};
use crate::engine::schedule::task::{Before, Given, Piece, Terms};

/// A Monday.
pub(super) const TODAY: Day = 740_001;

#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub pieces: usize,
    /// Occasions of one module, at most.
    pub occasions: u64,
    /// Days from the first to the last.
    pub days: u64,
}

pub(super) struct Case {
    pub occasions: Vec<Occasion>,
    pub pieces: Vec<Piece>,
    pub terms: Terms,
}

pub(super) fn case(shape: &Shape, seed: u64) -> Case {
    let mut dice = Dice(seed);
    let mut occasions = Vec::new();
    let mut pieces = Vec::new();
    for at in 0..shape.pieces {
        let module = ModuleIx(at as u16);
        for _ in 0..dice.below(shape.occasions + 1) {
            let id = 1 + occasions.len() as i64;
            let free = [None, Some(3), Some(1), Some(0)][dice.below(4) as usize];
            occasions.push(Occasion { id, module, parts: parts(shape, &mut dice), free });
        }
        pieces.push(Piece {
            module,
            due: dice.percent(35).then(|| TODAY + dice.below(2 * shape.days) as Day),
            before: before(at, &mut dice),
            given: match dice.below(10) {
                0 => Given::OwnPace,
                1 => Given::Booked { occasion: 1_000 + at as i64, last: TODAY + dice.below(shape.days) as Day },
                _ => Given::Occasions,
            },
            wanted: dice.percent(85),
        });
    }
    let terms = Terms {
        today: TODAY,
        from: TODAY + dice.below(4) as Day,
        away: (0..dice.below(3)).map(|_| away(shape, &mut dice)).collect(),
        days_a_week: [None, None, Some(1), Some(2)][dice.below(4) as usize],
        kept: (0..dice.below(3)).map(|_| part(shape, &mut dice)).collect(),
    };
    Case { occasions, pieces, terms }
}

/// Half-days mornings and afternoons, and whole days.
fn part(shape: &Shape, dice: &mut Dice) -> Part {
    let (from, to) = [(510, 720), (780, 1000), (510, 1000)][dice.below(3) as usize];
    Part { day: TODAY + dice.below(shape.days) as Day, from, to }
}

fn parts(shape: &Shape, dice: &mut Dice) -> Vec<Part> {
    let first = part(shape, dice);
    match dice.percent(25) {
        true => vec![first, Part { day: first.day + 1 + dice.below(9) as Day, ..first }],
        false => vec![first],
    }
}

fn away(shape: &Shape, dice: &mut Dice) -> (Day, Day) {
    let from = TODAY + dice.below(shape.days) as Day;
    (from, from + dice.below(5) as Day)
}

fn before(at: usize, dice: &mut Dice) -> Before {
    let any = |dice: &mut Dice| Before::Piece(dice.below(at as u64) as usize);
    if at == 0 || dice.percent(40) {
        return Before::nothing();
    }
    let parts: Vec<Before> = (0..1 + dice.below(3)).map(|_| any(dice)).collect();
    let least = 1 + dice.below(parts.len() as u64) as u32;
    match dice.percent(30) {
        true => Before::AtLeast(2, vec![any(dice), Before::AtLeast(least, parts)]),
        false => Before::AtLeast(least, parts),
    }
}
