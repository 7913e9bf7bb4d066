//! Who did not come, and who gave a seat back late: counted from what was marked and logged, never typed in. What
//! follows from it the region decides (`occasions::rules`); nothing, when it has decided nothing. Pure.
//!
//! A late cancellation is a booked seat that the person gave back later than the rule of that day asked for:
//! `occasions::life` notes it when it happens. Leaving the line, saying no to an offer, and occasions that were called off
//! are none.

use std::collections::{BTreeMap, BTreeSet};

use super::mark::{Mark, State, counting};

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

/// Seats that were given back late, each as its occasion and person.
pub fn late(given_back: &[(i64, i64)]) -> Vec<Missed> {
    let missed = |&(occasion, person): &(i64, i64)| Missed { occasion, person, kind: Kind::LateCancellation };
    given_back.iter().map(missed).collect()
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
    use chrono::{NaiveDateTime, TimeDelta};

    use super::*;
    use crate::attendance::mark::Source;

    fn at(hour: i64) -> NaiveDateTime {
        chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap().and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(hour)
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
}
