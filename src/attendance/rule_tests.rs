//! The rule of parts against a naive count, and its laws over random lives.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + chrono::Days::new(u64::from(n))
}

/// One letter for each part: `+` there, `-` not there, `.` not marked. Parts are a day apart, occasions ten.
fn sittings(lives: &[&str]) -> Vec<Sitting> {
    let sitting = |(at, life): (usize, &&str)| Sitting {
        occasion: at as i64 + 1,
        parts: life
            .chars()
            .enumerate()
            .map(|(part, mark)| Sat {
                day: day((at * 10 + part) as u32),
                there: (mark != '.').then_some(mark == '+'),
                over: true,
            })
            .collect(),
    };
    lives.iter().enumerate().map(sitting).collect()
}

fn check(percent: Option<u32>, lives: &[&str], expected: &[Standing]) {
    assert_eq!(standings(percent, &sittings(lives)), expected, "{percent:?} {lives:?}");
}

#[test]
fn a_share_is_rounded_up_to_whole_parts_and_is_at_least_one() {
    let check = |percent, parts, expected| assert_eq!(needed(percent, parts), expected, "{percent:?} of {parts}");
    check(None, 3, 3);
    check(Some(100), 2, 2);
    check(Some(50), 3, 2);
    check(Some(67), 3, 3);
    check(Some(66), 3, 2);
    check(Some(1), 4, 1);
    check(None, 0, 1);
}

#[test]
fn without_a_rule_every_part_is_needed() {
    use Standing::*;
    check(None, &["+"], &[Met(day(0))]);
    check(None, &["-"], &[Missed]);
    check(None, &["."], &[Open]);
    check(None, &["++"], &[Met(day(1))]);
    check(None, &["+."], &[Open]);
    check(None, &["+-"], &[Missed]);
    check(None, &[".-"], &[Missed]);
}

#[test]
fn a_share_is_met_when_its_last_part_has_been_attended() {
    use Standing::*;
    check(Some(50), &["+-"], &[Met(day(0))]);
    check(Some(50), &["-+"], &[Met(day(1))]);
    check(Some(50), &["+.+."], &[Met(day(2))]);
    check(Some(50), &["-.--"], &[Missed]);
}

#[test]
fn a_missed_part_is_taken_at_another_occasion_and_counts_once() {
    use Standing::*;
    check(None, &["+-", ".+"], &[Missed, Met(day(11))]);
    check(None, &["+-", "+."], &[Missed, Open]);
    check(None, &["-+", "+-"], &[Missed, Met(day(10))]);
    check(None, &["+-", "-+-"], &[Missed, Missed]);
    check(None, &["++", ".+"], &[Met(day(1)), Open]);
    check(None, &["+-", "++", ".+"], &[Missed, Met(day(10 + 1)), Open]);
}

#[test]
fn what_is_marked_early_counts_when_the_last_part_that_is_needed_is_over() {
    let check = |percent: Option<u32>, lives: &[&str], goes_on: (usize, usize), expected: &[Standing]| {
        let mut sittings = sittings(lives);
        sittings[goes_on.0].parts[goes_on.1].over = false;
        assert_eq!(standings(percent, &sittings), expected, "{percent:?} {lives:?}");
    };
    use Standing::*;
    check(None, &["+"], (0, 0), &[Enough]);
    check(None, &["++"], (0, 1), &[Enough]);
    check(Some(50), &["++"], (0, 1), &[Met(day(0))]);
    check(None, &["-+", "+-"], (0, 1), &[Missed, Enough]);
    check(None, &["+-", "+."], (1, 0), &[Missed, Open]);
    check(None, &["-"], (0, 0), &[Missed]);
}

const PLAIN: Asked<'static> = Asked { percent: None, assessed: false, alone: false, approvals: &[], before: &[] };

#[test]
fn an_achievement_needs_the_assessment_too_and_comes_on_the_later_day() {
    let check = |asked: Asked, lives: &[&str], expected: &[(Option<i64>, u32)]| {
        let expected: Vec<Earned> =
            expected.iter().map(|(occasion, on)| Earned { occasion: *occasion, day: day(*on) }).collect();
        assert_eq!(earned(asked, &sittings(lives)), expected, "{asked:?} {lives:?}");
    };
    let assessed = Asked { assessed: true, ..PLAIN };
    check(PLAIN, &["+"], &[(Some(1), 0)]);
    check(assessed, &["+"], &[]);
    check(Asked { approvals: &[day(5)], ..assessed }, &["+"], &[(Some(1), 5)]);
    check(Asked { approvals: &[day(0)], ..assessed }, &["-", "+"], &[(Some(2), 10)]);
    check(Asked { approvals: &[day(5)], ..assessed }, &["+", "+"], &[(Some(1), 5)]);
    check(Asked { approvals: &[day(5), day(30)], ..assessed }, &["+", "+"], &[(Some(1), 5), (Some(2), 30)]);
    check(Asked { before: &[1], ..assessed }, &["+"], &[(Some(1), 0)]);
    check(Asked { before: &[1], approvals: &[day(30)], ..assessed }, &["+", "+"], &[(Some(1), 0), (Some(2), 30)]);
    check(Asked { alone: true, approvals: &[day(3)], ..assessed }, &[], &[(None, 3)]);
}

/// Counts on the fingers: walks all parts of all occasions of one length as one long list.
fn naive(percent: Option<u32>, sittings: &[Sitting]) -> Vec<(i64, NaiveDate)> {
    let mut met = Vec::new();
    let lengths: BTreeSet<usize> = sittings.iter().map(|sitting| sitting.parts.len()).collect();
    for length in lengths {
        let share = f64::from(percent.unwrap_or(100)) / 100.0;
        let mut have: Vec<usize> = Vec::new();
        for sitting in sittings.iter().filter(|sitting| sitting.parts.len() == length) {
            let mut done = false;
            for part in 0..length {
                let sat = sitting.parts[part];
                if sat.there == Some(true) && !have.contains(&part) {
                    have.push(part);
                }
                if !done && sat.there == Some(true) && have.len() as f64 >= share * length as f64 - 1e-9 {
                    met.push((sitting.occasion, sat.day));
                    done = true;
                }
            }
            if done {
                have.clear();
            }
        }
    }
    met.sort();
    met
}

prop_compose! {
    fn some_sittings()(lives in prop::collection::vec("[-+.]{1,4}", 1..6)) -> Vec<Sitting> {
        sittings(&lives.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

proptest! {
    #[test]
    fn what_is_met_is_what_a_naive_count_says(percent in prop::option::of(1_u32..=100), sat in some_sittings()) {
        let met: Vec<(i64, NaiveDate)> = sat.iter().zip(standings(percent, &sat)).filter_map(|(sitting, standing)| match standing {
            Standing::Met(day) => Some((sitting.occasion, day)),
            _ => None,
        }).collect();
        prop_assert_eq!(met, naive(percent, &sat));
    }

    #[test]
    fn being_there_more_never_takes_the_first_achievement_away(percent in prop::option::of(1_u32..=100), sat in some_sittings(), at in 0_usize..6, part in 0_usize..4) {
        let first = earned(Asked { percent, ..PLAIN }, &sat).into_iter().map(|earned| earned.day).min();
        let mut more = sat.clone();
        let at = at % more.len();
        let part = part % more[at].parts.len();
        more[at].parts[part].there = Some(true);
        let then = earned(Asked { percent, ..PLAIN }, &more).into_iter().map(|earned| earned.day).min();
        prop_assert!(first.is_none_or(|first| then.is_some_and(|then| then <= first)));
    }

    #[test]
    fn missed_is_final_whatever_the_open_parts_become(percent in prop::option::of(1_u32..=100), sat in some_sittings()) {
        let last = sat.len() - 1;
        let now = standings(percent, &sat)[last];
        let mut hoped = sat.clone();
        hoped[last].parts.iter_mut().filter(|sat| sat.there.is_none()).for_each(|sat| sat.there = Some(true));
        let then = standings(percent, &hoped)[last];
        match now {
            Standing::Missed => prop_assert_eq!(then, Standing::Missed),
            Standing::Open => prop_assert!(matches!(then, Standing::Met(_)), "{:?}", then),
            Standing::Met(day) => prop_assert!(matches!(then, Standing::Met(other) if other <= day)),
            Standing::Enough => prop_assert!(false, "all of it is over"),
        }
    }

    #[test]
    fn nothing_counts_before_the_last_part_it_needs_is_over(percent in prop::option::of(1_u32..=100), sat in some_sittings(), over in 0_u32..60) {
        let mut early = sat.clone();
        early.iter_mut().flat_map(|sitting| &mut sitting.parts).for_each(|sat| sat.over = sat.day < day(over));
        for (at_last, now) in standings(percent, &sat).into_iter().zip(standings(percent, &early)) {
            match at_last {
                Standing::Met(on) if on >= day(over) => prop_assert_eq!(now, Standing::Enough),
                other => prop_assert_eq!(now, other),
            }
        }
    }

    #[test]
    fn there_are_never_more_achievements_than_approvals(approved in prop::collection::vec(0_u32..60, 0..4), sat in some_sittings()) {
        let mut approvals: Vec<NaiveDate> = approved.into_iter().map(day).collect();
        approvals.sort();
        let earned = earned(Asked { assessed: true, approvals: &approvals, ..PLAIN }, &sat);
        prop_assert!(earned.len() <= approvals.len());
        prop_assert!(earned.iter().all(|earned| approvals.iter().any(|approval| *approval <= earned.day)));
    }
}
