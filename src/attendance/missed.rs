//! Who did not come, and who gave a seat back late: counted from what was marked and logged, never typed in. Nothing
//! follows from it by itself. Pure.
//!
//! A late cancellation is a booked seat that was given back fewer than so many days before the occasion began, by
//! whomever. Leaving the line, saying no to an offer, and occasions that were called off are none.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, TimeDelta};

use super::mark::{Mark, State, counting};
use crate::occasions::seat::{Cause, Seat};
use crate::occasions::store::Happened;

/// Something that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missed {
    pub occasion: i64,
    pub person: i64,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    NoShow,
    LateCancellation,
}

/// Late cancellations among what has happened to bookings, in the order in which it happened.
pub fn late(happened: &[Happened], days: u32) -> Vec<Missed> {
    let mut before: BTreeMap<(i64, i64), &str> = BTreeMap::new();
    let mut late = Vec::new();
    for line in happened {
        let had_seat = before.insert((line.occasion, line.person), &line.state) == Some(Seat::Booked.code());
        let left = line.cause == Cause::Left.code() || line.cause == Cause::LeftLate.code();
        if had_seat && left && is_late(line.at, line.starts_at, days) {
            late.push(Missed { occasion: line.occasion, person: line.person, kind: Kind::LateCancellation });
        }
    }
    late
}

fn is_late(at: NaiveDateTime, starts_at: NaiveDateTime, days: u32) -> bool {
    at > starts_at - TimeDelta::days(i64::from(days))
}

/// Those who were marked as away and nowhere as there, each once for an occasion.
pub fn no_shows<'a>(marks: impl IntoIterator<Item = &'a (i64, Mark)>) -> Vec<Missed> {
    let mut at: BTreeMap<(i64, i64, i64), Vec<&Mark>> = BTreeMap::new();
    for (occasion, mark) in marks {
        at.entry((*occasion, mark.person, mark.part)).or_default().push(mark);
    }
    let (mut away, mut there) = (BTreeSet::new(), BTreeSet::new());
    for ((occasion, person, _), marks) in at {
        match counting(marks).map(|mark| mark.state) {
            Some(State::Present) => drop(there.insert((occasion, person))),
            Some(State::Absent) => drop(away.insert((occasion, person))),
            Some(State::Unmarked) | None => {}
        }
    }
    let missed = |(occasion, person): &(i64, i64)| Missed { occasion: *occasion, person: *person, kind: Kind::NoShow };
    away.difference(&there).map(missed).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::attendance::mark::Source;

    fn at(hour: i64) -> NaiveDateTime {
        chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap().and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(hour)
    }

    /// The occasion begins after ten days.
    fn line(state: Seat, cause: Cause, hour: i64) -> Happened {
        let (state, cause) = (state.code().to_owned(), cause.code().to_owned());
        Happened { occasion: 1, person: 2, state, cause, at: at(hour), starts_at: at(240) }
    }

    #[test]
    fn a_booked_seat_given_back_within_the_days_is_late_and_nothing_else_is() {
        let check = |lines: &[Happened], expected: usize| assert_eq!(late(lines, 3).len(), expected, "{lines:?}");
        let booked = line(Seat::Booked, Cause::Asked, 0);
        check(&[booked.clone(), line(Seat::Cancelled, Cause::Left, 200)], 1);
        check(&[booked.clone(), line(Seat::Cancelled, Cause::LeftLate, 239)], 1);
        check(&[booked.clone(), line(Seat::Cancelled, Cause::Left, 168)], 0);
        check(&[booked.clone(), line(Seat::Cancelled, Cause::CalledOff, 200)], 0);
        check(&[line(Seat::Offered, Cause::Offered, 0), line(Seat::Cancelled, Cause::Left, 200)], 0);
        check(&[line(Seat::Waitlisted, Cause::Asked, 0), line(Seat::Cancelled, Cause::Left, 200)], 0);
        let again = line(Seat::Booked, Cause::Asked, 201);
        let twice = [booked, line(Seat::Cancelled, Cause::Left, 200), again, line(Seat::Cancelled, Cause::Left, 202)];
        check(&twice, 2);
    }

    fn mark(part: i64, id: i64, state: State) -> (i64, Mark) {
        let (key, reason) = (id.to_string(), String::new());
        let (marked_at, recorded_at) = (at(id), at(id));
        let source = Source::Hand;
        (7, Mark { id, key, person: 2, part, state, source, reason, marked_at, recorded_at, by: None })
    }

    #[test]
    fn whoever_came_to_some_part_did_come_and_a_corrected_mark_does_not_count() {
        use State::{Absent, Present, Unmarked};
        let check = |marks: &[(i64, State)], expected: usize| {
            let marks: Vec<(i64, Mark)> =
                marks.iter().enumerate().map(|(id, (part, state))| mark(*part, id as i64, *state)).collect();
            assert_eq!(no_shows(&marks).len(), expected, "{marks:?}");
        };
        check(&[(1, Absent)], 1);
        check(&[(1, Absent), (2, Absent)], 1);
        check(&[(1, Absent), (2, Present)], 0);
        check(&[(1, Absent), (1, Present)], 0);
        check(&[(1, Absent), (1, Unmarked)], 0);
        check(&[(1, Present), (1, Absent)], 1);
        check(&[], 0);
    }

    proptest! {
        #[test]
        fn more_days_never_count_fewer(hours in prop::collection::vec(0_i64..240, 0..8), days in 0_u32..12) {
            let mut hours = hours;
            hours.sort_unstable();
            let lines: Vec<Happened> = hours.iter().enumerate().map(|(n, hour)| match n % 2 {
                0 => line(Seat::Booked, Cause::Asked, *hour),
                _ => line(Seat::Cancelled, Cause::Left, *hour),
            }).collect();
            prop_assert!(late(&lines, days).len() <= late(&lines, days + 1).len());
            prop_assert!(late(&lines, 0).is_empty(), "nobody leaves after the start");
        }
    }
}
