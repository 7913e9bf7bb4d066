//! Days on which somebody is away. Only the days are kept, never why: holidays, leave and illness are nobody's business
//! here. Pure rules; queries in [`store`].

use chrono::{Days, NaiveDate};

use super::PersonId;

pub mod service;
pub mod store;

/// Days away, the first and the last among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Away {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// As it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    pub id: i64,
    pub person: PersonId,
    pub away: Away,
}

/// The longest that can be noted at once, in days: a parental leave.
pub const LONGEST: i64 = 2 * 366;
/// How far ahead days can be noted.
const AHEAD: u64 = 3 * 366;
/// So many at once is a slip of a program.
pub const MOST: usize = 100;

/// Why days are not noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("the last day is before the first; turn them round")]
    EndsBefore,
    #[error("the days have passed; note days to come")]
    Past,
    #[error("the days are more than three years away; note them later")]
    FarAway,
    #[error("that is more than two years at once; note the first two")]
    TooLong,
    #[error("there are a hundred periods already; take away those that are not needed")]
    TooMany,
}

impl Away {
    /// Days that can be noted on `today`.
    pub fn checked(self, today: NaiveDate) -> Result<Away, Wrong> {
        match self {
            Away { from, to } if to < from => Err(Wrong::EndsBefore),
            Away { to, .. } if to < today => Err(Wrong::Past),
            Away { from, .. } if from > today + Days::new(AHEAD) => Err(Wrong::FarAway),
            Away { from, to } if (to - from).num_days() >= LONGEST => Err(Wrong::TooLong),
            away => Ok(away),
        }
    }

    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether they share a day, or one begins on the day after the other.
    fn touches(&self, other: &Away) -> bool {
        let after = |day: NaiveDate| day.checked_add_days(Days::new(1)).unwrap_or(day);
        self.from <= after(other.to) && other.from <= after(self.to)
    }
}

/// What becomes of `kept` when `new` is noted: the ids it takes the place of, and the days that stand there then.
pub fn joined(kept: &[Absence], new: Away) -> (Vec<i64>, Away) {
    let (mut ids, mut whole) = (Vec::new(), new);
    // Those kept never touch each other, so one pass finds all that touch the new one.
    for absence in kept.iter().filter(|absence| absence.away.touches(&new)) {
        ids.push(absence.id);
        whole = Away { from: whole.from.min(absence.away.from), to: whole.to.max(absence.away.to) };
    }
    (ids, whole)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn day(number: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 1, 1).expect("a day") + Days::new(number)
    }

    fn away(from: u64, length: u64) -> Away {
        Away { from: day(from), to: day(from + length) }
    }

    proptest! {
        #[test]
        fn the_days_away_are_all_that_were_noted_in_periods_that_never_touch(
            noted in prop::collection::vec((0..60_u64, 0..9_u64), 0..12)
        ) {
            let mut kept: Vec<Absence> = Vec::new();
            let mut days = BTreeSet::new();
            for (id, (from, length)) in noted.into_iter().enumerate() {
                days.extend((from..=from + length).map(day));
                let (ids, away) = joined(&kept, away(from, length));
                kept.retain(|absence| !ids.contains(&absence.id));
                kept.push(Absence { id: id as i64, person: 1, away });
            }
            let all: BTreeSet<NaiveDate> =
                (0..80).map(day).filter(|day| kept.iter().any(|absence| absence.away.covers(*day))).collect();
            prop_assert_eq!(all, days);
            for (at, one) in kept.iter().enumerate() {
                prop_assert!(kept[at + 1..].iter().all(|other| !one.away.touches(&other.away)));
            }
        }
    }

    #[test]
    fn what_cannot_be_meant_is_not_noted() {
        let wrong = |from, to| Away { from, to }.checked(day(10)).err();
        assert_eq!(wrong(day(12), day(11)), Some(Wrong::EndsBefore));
        assert_eq!(wrong(day(1), day(9)), Some(Wrong::Past));
        assert_eq!(wrong(day(1), day(10)), None);
        assert_eq!(wrong(day(2_000), day(2_001)), Some(Wrong::FarAway));
        assert_eq!(wrong(day(10), day(10 + LONGEST as u64)), Some(Wrong::TooLong));
    }
}
