//! Which of several achievements of one module counts. Pure; all of them are kept.
//!
//! Achievements are taken in the order of their days, on the same day in the order in which they were recorded. Each
//! comes with the rule that the module had when it was recorded: by `Latest` it counts from then on, whatever was
//! before; by `Best` only if it is valid at least as long as what counted until then. So a new version of the curriculum
//! changes nothing about what people have already done.

use chrono::NaiveDate;

use crate::curriculum::model::Counts;
use crate::engine::model::Achievement;

/// An achievement of a module, unrevoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Had {
    /// Rises in the order in which they were recorded.
    pub id: i64,
    pub day: NaiveDate,
    /// The last day it counts; none = for good.
    pub valid_until: Option<NaiveDate>,
    pub rule: Counts,
}

/// The one that counts; none when there is none. `had` are achievements of the same module, in any order.
pub fn counting(had: &[Had]) -> Option<Had> {
    let mut sorted = had.to_vec();
    sorted.sort_unstable_by_key(|had| (had.day, had.id));
    sorted.into_iter().reduce(|counts, next| match next.rule {
        Counts::Best if lasts(&next) < lasts(&counts) => counts,
        Counts::Best | Counts::Latest => next,
    })
}

/// All that somebody has, by module, as the engine is to be told: it takes the longest of several, so none of them lasts
/// longer than what counts. None is left out, for what a module was credited for goes by the day it was taken.
pub fn settled(mut held: Vec<(String, Had)>) -> Vec<Achievement> {
    held.sort_unstable_by(|(a, first), (b, second)| (a, first.id).cmp(&(b, second.id)));
    let mut settled = Vec::with_capacity(held.len());
    for same in held.chunk_by(|(a, _), (b, _)| a == b) {
        // Nearly everybody has taken nearly everything once.
        let counts =
            if same.len() > 1 { counting(&same.iter().map(|(_, had)| *had).collect::<Vec<_>>()) } else { None };
        settled.extend(same.iter().map(|(module, had)| Achievement {
            module: module.clone(),
            day: had.day,
            valid_until: counts.map_or(had.valid_until, |counts| capped(had.valid_until, &counts)),
        }));
    }
    settled
}

/// How long one of these is taken to be valid when `counts` is what counts: no longer than that one.
fn capped(valid_until: Option<NaiveDate>, counts: &Had) -> Option<NaiveDate> {
    match (valid_until, counts.valid_until) {
        (Some(own), Some(counting)) => Some(own.min(counting)),
        (own, counting) => own.or(counting),
    }
}

fn lasts(had: &Had) -> NaiveDate {
    had.valid_until.unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;

    fn day(ahead: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, 1).unwrap() + Days::new(ahead)
    }

    fn had() -> impl Strategy<Value = Vec<Had>> {
        let one = (0u64..20, proptest::option::of(0u64..40), any::<bool>());
        proptest::collection::vec(one, 0..9).prop_map(|rows| {
            let row = |(id, (on, until, best)): (usize, (u64, Option<u64>, bool))| Had {
                id: id as i64,
                day: day(on),
                valid_until: until.map(day),
                rule: if best { Counts::Best } else { Counts::Latest },
            };
            rows.into_iter().enumerate().map(row).collect()
        })
    }

    /// The same said backwards: the last one counts, unless it asks to be the best and is not.
    fn naive(had: &[Had]) -> Option<Had> {
        let last = *had.iter().max_by_key(|had| (had.day, had.id))?;
        let before: Vec<Had> = had.iter().copied().filter(|other| other.id != last.id).collect();
        let longest = naive(&before);
        let is_beaten = longest.is_some_and(|longest| {
            let forever = longest.valid_until.is_none() && last.valid_until.is_some();
            forever || matches!((longest.valid_until, last.valid_until), (Some(a), Some(b)) if a > b)
        });
        if last.rule == Counts::Best && is_beaten { longest } else { Some(last) }
    }

    proptest! {
        #[test]
        fn it_is_what_the_rule_says_backwards_and_whatever_the_order(had in had(), turn in 0usize..9) {
            let counts = counting(&had);
            prop_assert_eq!(counts, naive(&had));
            let mut turned = had.clone();
            turned.rotate_left(turn % had.len().max(1));
            turned.reverse();
            prop_assert_eq!(counting(&turned), counts);
        }

        #[test]
        fn one_rule_alone_is_the_latest_or_the_longest(had in had()) {
            let all = |rule| had.iter().map(|had| Had { rule, ..*had }).collect::<Vec<_>>();
            let latest = counting(&all(Counts::Latest)).map(|had| had.day);
            prop_assert_eq!(latest, had.iter().map(|had| had.day).max());
            let best = counting(&all(Counts::Best)).map(|had| lasts(&had));
            prop_assert_eq!(best, had.iter().map(lasts).max());
        }

        /// What the engine, which takes the longest, sees is what counts.
        #[test]
        fn the_longest_of_the_capped_is_what_counts(had in had()) {
            let Some(counts) = counting(&had) else { return Ok(()) };
            let capped = had.iter().map(|had| capped(had.valid_until, &counts).unwrap_or(NaiveDate::MAX));
            prop_assert_eq!(capped.max(), Some(lasts(&counts)));
        }
    }
}
