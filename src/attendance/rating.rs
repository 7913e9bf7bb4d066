//! How people rate what a module should lead to, 1 to 5, before and after: shown to them as change, to whoever designs
//! the curriculum only for several people together, and never counted as competence. Pure.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// With fewer people than this nothing is told of them together.
pub const FEWEST: usize = 5;

/// When somebody rates themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    Before,
    After,
}

impl Moment {
    /// The name in the database.
    pub fn code(self) -> &'static str {
        match self {
            Moment::Before => "before",
            Moment::After => "after",
        }
    }

    /// None for another word.
    pub fn of(code: &str) -> Option<Moment> {
        [Moment::Before, Moment::After].into_iter().find(|moment| moment.code() == code)
    }
}

/// One rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rated {
    pub person: i64,
    pub moment: Moment,
    /// See [`outcome`].
    pub outcome: String,
    /// 1 to 5.
    pub rating: i32,
}

/// What an outcome is known by: new words are rated anew.
pub fn outcome(words: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(words.as_bytes())[..8])
}

/// What several people said of one outcome, before and after: those who said both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Together {
    pub people: usize,
    pub before: f64,
    pub after: f64,
}

/// Of one outcome, when at least [`FEWEST`] people have rated it both before and after.
pub fn together(ratings: &[Rated], outcome: &str) -> Option<Together> {
    let mut said: BTreeMap<i64, (Option<i32>, Option<i32>)> = BTreeMap::new();
    for rated in ratings.iter().filter(|rated| rated.outcome == outcome) {
        let both = said.entry(rated.person).or_default();
        match rated.moment {
            Moment::Before => both.0 = Some(rated.rating),
            Moment::After => both.1 = Some(rated.rating),
        }
    }
    let both: Vec<(i32, i32)> = said.values().filter_map(|(before, after)| before.zip(*after)).collect();
    let people = both.len();
    let mean = |sum: i32| f64::from(sum) / people as f64;
    (people >= FEWEST).then(|| Together {
        people,
        before: mean(both.iter().map(|(before, _)| before).sum()),
        after: mean(both.iter().map(|(_, after)| after).sum()),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rated(person: i64, moment: Moment, rating: i32) -> Rated {
        Rated { person, moment, outcome: outcome("Kan visa."), rating }
    }

    #[test]
    fn fewer_than_five_who_said_both_are_never_told_together() {
        let both = |people: i64| -> Vec<Rated> {
            (0..people).flat_map(|p| [rated(p, Moment::Before, 2), rated(p, Moment::After, 4)]).collect()
        };
        assert_eq!(together(&both(4), &outcome("Kan visa.")), None);
        let mut half = both(4);
        half.push(rated(9, Moment::After, 5));
        assert_eq!(together(&half, &outcome("Kan visa.")), None, "one half is not both");
        let five = together(&both(5), &outcome("Kan visa."));
        assert_eq!(five, Some(Together { people: 5, before: 2.0, after: 4.0 }));
        assert_eq!(together(&both(5), &outcome("Kan visa mer.")), None, "other words are another outcome");
    }

    proptest! {
        #[test]
        fn means_lie_between_one_and_five(said in prop::collection::vec((0_i64..9, any::<bool>(), 1_i32..=5), 0..40)) {
            let ratings: Vec<Rated> = said
                .into_iter()
                .map(|(person, after, rating)| rated(person, if after { Moment::After } else { Moment::Before }, rating))
                .collect();
            if let Some(told) = together(&ratings, &outcome("Kan visa.")) {
                prop_assert!(told.people >= FEWEST);
                prop_assert!((1.0..=5.0).contains(&told.before) && (1.0..=5.0).contains(&told.after));
            }
        }
    }
}
