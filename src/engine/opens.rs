//! Whether a module is open to somebody on a day to come. Pure.

use chrono::NaiveDate;

use super::compile::{Compiled, Need};
use super::model::{Achievement, Facts, ModuleIx};
use super::standing::Standing;

/// What the person would still lack on `day` to take `module`, by index: nothing when it is open. What is booked on an
/// earlier day counts as taken by then, and an achievement that has expired still opens what builds on it.
pub fn lacks(compiled: &Compiled, facts: &Facts, module: ModuleIx, day: NaiveDate) -> Vec<ModuleIx> {
    let mut by_then = facts.clone();
    let planned = facts.bookings.iter().filter(|booking| booking.day < day);
    by_then.achievements.extend(planned.map(|booking| Achievement {
        module: booking.module.clone(),
        day: booking.day,
        valid_until: None,
    }));
    let standing = Standing::new(compiled, &by_then, day);
    let mut lacking = unmet(compiled.need(module), &standing);
    lacking.sort_unstable();
    lacking.dedup();
    lacking
}

/// What is missing of an expression, each alternative of a choice that is not met; nothing when it is met.
fn unmet(need: &Need, standing: &Standing) -> Vec<ModuleIx> {
    let parts = |parts: &[Need]| -> Vec<Vec<ModuleIx>> { parts.iter().map(|part| unmet(part, standing)).collect() };
    match need {
        Need::Module(module) if standing.ever(*module) => Vec::new(),
        Need::Module(module) => vec![*module],
        Need::All(all) => parts(all).concat(),
        Need::AtLeast(wanted, some) => {
            let unmet = parts(some);
            let met = unmet.iter().filter(|missing| missing.is_empty()).count();
            if met >= *wanted as usize { Vec::new() } else { unmet.concat() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::Booking;
    use crate::engine::path;
    use crate::engine::sample::{self, Shape};

    const SHAPE: Shape = Shape { modules: 20, reach: 8, alternatives: 50, equivalents: 20, dose: 6 };

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, n).unwrap()
    }

    #[test]
    fn a_step_of_a_path_is_open_exactly_when_nothing_locks_it() {
        for seed in 0..300 {
            let curriculum = sample::curriculum(&SHAPE, seed);
            let compiled = Compiled::new(&curriculum).unwrap();
            let mut facts = sample::facts(&curriculum, day(10), seed);
            facts.bookings.clear();
            for step in path(&compiled, &facts, day(10), &Default::default()).steps {
                let open = lacks(&compiled, &facts, step.module, day(10)).is_empty();
                assert_eq!(open, step.locked_by.is_empty(), "seed {seed}, {step:?}");
            }
        }
    }

    #[test]
    fn what_is_booked_earlier_counts_as_taken_and_on_the_same_day_it_does_not() {
        let mut seen = 0;
        for seed in 0..300 {
            let curriculum = sample::curriculum(&SHAPE, seed);
            let compiled = Compiled::new(&curriculum).unwrap();
            let facts = Facts::default();
            for module in compiled.modules() {
                let Some(&below) = lacks(&compiled, &facts, module, day(10)).first() else { continue };
                let booked = |on: u32| {
                    let booking = Booking { module: compiled.id(below).into(), day: day(on), occasion: 1 };
                    lacks(&compiled, &Facts { bookings: vec![booking], ..Facts::default() }, module, day(10))
                };
                assert!(!booked(9).contains(&below), "seed {seed}");
                assert!(booked(10).contains(&below), "seed {seed}");
                seen += 1;
            }
        }
        assert!(seen > 100, "{seen}");
    }
}
