//! What becomes of parts, against counting by hand over random ones.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::*;

fn at(hour: i64) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2027, 3, 1).unwrap().and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(hour)
}

fn sitting(hour: i64, place: &str) -> Sitting {
    Sitting { starts_at: at(hour), ends_at: at(hour + 3), place: place.into(), link: String::new() }
}

fn part(id: i64, of: &Sitting) -> Part {
    let Sitting { starts_at, ends_at, place, link } = of.clone();
    let (no, uid) = (id as i32, format!("u{id}"));
    Part { id, occasion: 1, no, starts_at, ends_at, place, link, uid, sequence: 0, reckoned: false }
}

fn parts(of: &[Sitting]) -> Vec<Part> {
    of.iter().enumerate().map(|(index, sitting)| part(index as i64 + 1, sitting)).collect()
}

#[test]
fn a_part_that_is_taken_away_leaves_the_others_alone() {
    let three = [sitting(8, "Eken"), sitting(32, "Eken"), sitting(56, "Eken")];
    let before = parts(&three);
    let changes = differences(&before, &[three[0].clone(), three[2].clone()]);
    let expected =
        [PartChange::Kept(before[0].clone()), PartChange::Kept(before[2].clone()), PartChange::Gone(before[1].clone())];
    assert_eq!(changes, expected);
}

#[test]
fn a_part_at_another_time_is_the_same_event() {
    let before = parts(&[sitting(8, "Eken"), sitting(32, "Eken")]);
    let changes = differences(&before, &[sitting(8, "Eken"), sitting(33, "Eken")]);
    let expected = [PartChange::Kept(before[0].clone()), PartChange::Moved(before[1].clone(), sitting(33, "Eken"))];
    assert_eq!(changes, expected);
}

#[test]
fn the_gap_between_two_half_days_is_free() {
    let around = parts(&[sitting(8, ""), sitting(56, "")]);
    assert!(!collide(&around, &parts(&[sitting(32, "")])), "the day between them");
    assert!(!collide(&around, &parts(&[sitting(11, "")])), "one ends as the other begins");
    assert!(collide(&around, &parts(&[sitting(58, "")])));
}

fn sittings() -> impl Strategy<Value = Vec<Sitting>> {
    let one =
        (0..6_i64, prop::sample::select(vec!["Eken", "Linden"])).prop_map(|(day, place)| sitting(24 * day, place));
    prop::collection::vec(one, 0..6)
}

fn counted(of: &[Sitting]) -> BTreeMap<Sitting, usize> {
    of.iter().fold(BTreeMap::new(), |mut counts, sitting| {
        *counts.entry(sitting.clone()).or_default() += 1;
        counts
    })
}

proptest! {
    /// Every wanted part is there afterwards, every part there was is accounted for, and nothing that is as before is
    /// told about.
    #[test]
    fn what_was_is_accounted_for_and_as_little_as_can_be_changes(before in sittings(), wanted in sittings()) {
        let parts = parts(&before);
        let changes = differences(&parts, &wanted);
        let (mut after, mut seen, mut kept) = (Vec::new(), Vec::new(), 0);
        let (mut new, mut gone) = (0, 0);
        for change in changes {
            match change {
                PartChange::Kept(part) => { kept += 1; after.push(part.sitting()); seen.push(part.id) }
                PartChange::Moved(part, to) => { prop_assert_ne!(part.sitting(), to.clone()); after.push(to); seen.push(part.id) }
                PartChange::New(to) => { new += 1; after.push(to) }
                PartChange::Gone(part) => { gone += 1; seen.push(part.id) }
            }
        }
        seen.sort_unstable();
        prop_assert_eq!(seen, parts.iter().map(|part| part.id).collect::<Vec<_>>());
        prop_assert_eq!(counted(&after), counted(&wanted));
        let mut in_order = after.clone();
        in_order.sort();
        prop_assert_eq!(after, in_order);
        let (had, wants) = (counted(&before), counted(&wanted));
        let same: usize = had.iter().map(|(sitting, count)| count.min(wants.get(sitting).unwrap_or(&0))).sum();
        prop_assert_eq!(kept, same);
        prop_assert!(new == 0 || gone == 0, "what could be moved is not both new and gone");
    }

    /// Said out loud before and after: whoever stays and is called something else is renumbered, and nobody else.
    #[test]
    fn whoever_stays_under_another_name_is_renumbered(before in sittings(), wanted in sittings()) {
        let parts = parts(&before);
        let changes = differences(&parts, &wanted);
        let name = |ids: &[Option<i64>], id: i64| match ids.len() {
            1 => String::new(),
            of => format!("{} av {of}", ids.iter().position(|known| *known == Some(id)).unwrap() + 1),
        };
        let had: Vec<Option<i64>> = parts.iter().map(|part| Some(part.id)).collect();
        let has: Vec<Option<i64>> = changes.iter().filter_map(|change| match change {
            PartChange::Kept(part) | PartChange::Moved(part, _) => Some(Some(part.id)),
            PartChange::New(_) => Some(None),
            PartChange::Gone(_) => None,
        }).collect();
        let kept = changes.iter().filter_map(|change| if let PartChange::Kept(part) = change { Some(part.id) } else { None });
        let expected: Vec<i64> = kept.filter(|id| name(&had, *id) != name(&has, *id)).collect();
        prop_assert_eq!(renumbered(&changes), expected);
    }

    /// Every hour counted one by one.
    #[test]
    fn two_collide_when_they_share_an_hour(one in sittings(), other in sittings()) {
        let hours = |of: &[Sitting]| -> Vec<NaiveDateTime> {
            of.iter().flat_map(|s| (0..3).map(|hour| s.starts_at + TimeDelta::hours(hour))).collect()
        };
        let shared = hours(&one).iter().any(|hour| hours(&other).contains(hour));
        prop_assert_eq!(collide(&parts(&one), &parts(&other)), shared);
        let mut all = hours(&one);
        all.sort();
        prop_assert_eq!(overlap(&one), all.windows(2).any(|pair| pair[0] == pair[1]));
    }
}
