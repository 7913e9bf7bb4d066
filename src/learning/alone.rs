//! What is taken alone, in a plan: it needs no seat, but days on which it can be done. Pure.

use chrono::{Days, NaiveDate};

use crate::curriculum::model::Format;
use crate::engine::lacks;
use crate::engine::model::{Booking, Facts, ModuleIx};
use crate::versions::published::Published;

/// Modules that are taken alone.
pub fn own_pace(published: &Published) -> Vec<ModuleIx> {
    let alone = published.curriculum.modules.iter().filter(|(_, module)| module.format == Format::SelfStudy);
    alone.filter_map(|(id, _)| published.module_by_id(id)).map(|(module, _)| module).collect()
}

/// What can be taken alone, each on the first day on which it can be done: on a day of its own after what it builds on,
/// which is had already or booked. What it builds on that is neither keeps it, and all that comes after it, out.
/// `facts` has each booking on the day on which it ends.
pub fn alone(published: &Published, facts: &Facts, today: NaiveDate) -> Vec<Booking> {
    let mut facts = facts.clone();
    let booked = facts.bookings.len();
    let mut left = own_pace(published);
    loop {
        let days = left
            .iter()
            .enumerate()
            .filter_map(|(at, module)| Some((first_day(published, &facts, *module, today)?, at)));
        let Some((day, at)) = days.min() else { break };
        let module = published.id_of(left.swap_remove(at)).to_owned();
        facts.bookings.push(Booking { module, day, occasion: 0 });
    }
    facts.bookings.split_off(booked)
}

/// None when something that must come first is neither had nor booked.
fn first_day(published: &Published, facts: &Facts, module: ModuleIx, today: NaiveDate) -> Option<NaiveDate> {
    let after = facts.bookings.iter().map(|booking| booking.day + Days::new(1)).filter(|day| today < *day);
    let mut days: Vec<NaiveDate> = after.chain([today]).collect();
    days.sort_unstable();
    days.into_iter().find(|day| lacks(&published.compiled, facts, module, *day).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::load::read_dir;
    use crate::engine::model::Achievement;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, n).unwrap()
    }

    fn small() -> Published {
        let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/small");
        Published::new(1, "2027.1".into(), &read_dir(directory.as_ref()).unwrap(), day(1)).unwrap()
    }

    fn days(facts: &Facts) -> Vec<NaiveDate> {
        alone(&small(), facts, day(10)).into_iter().map(|booking| booking.day).collect()
    }

    #[test]
    fn what_is_taken_alone_has_a_day_of_its_own_after_what_it_builds_on_or_none_at_all() {
        // "Mäta på webben" builds on the model.
        let booked = |on| Booking { module: "modellen".into(), day: day(on), occasion: 1 };
        let had = Achievement { module: "modellen".into(), day: day(1), valid_until: None };
        assert_eq!(days(&Facts::default()), []);
        assert_eq!(days(&Facts { bookings: vec![booked(20)], ..Facts::default() }), [day(21)]);
        assert_eq!(days(&Facts { bookings: vec![booked(20), booked(12)], ..Facts::default() }), [day(13)]);
        assert_eq!(days(&Facts { achievements: vec![had], ..Facts::default() }), [day(10)]);
    }
}
