//! Days proposed, against going through them one by one.

use chrono::{NaiveTime, Weekday};
use proptest::prelude::*;

use super::*;
use crate::courses::planned::PartPlan;
use crate::curriculum::model::Language;
use crate::occasions::audience::Audience;
use crate::programme::calendar::Holiday;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn plan(days: &[NaiveDate]) -> Plan {
    let part = |day: &NaiveDate| PartPlan {
        day: *day,
        starts: NaiveTime::from_hms_opt(8, 30, 0).unwrap(),
        ends: NaiveTime::from_hms_opt(12, 0, 0).unwrap(),
        place: "Sal Eken".into(),
        link: String::new(),
    };
    Plan {
        module: "matt".into(),
        parts: days.iter().map(part).collect(),
        seats: None,
        minimum: 0,
        closes_days: 0,
        language: Language::Sv,
        audience: Audience::Everybody,
        trainers: vec![],
    }
}

fn own() -> Vec<DayOff> {
    vec![DayOff { id: 1, from: day("2027-04-19"), to: day("2027-04-23"), name: "Flyttvecka".into() }]
}

fn starts(proposals: &[Proposal], good: bool) -> Vec<String> {
    let of = proposals.iter().filter(|proposal| proposal.free.is_empty() == good);
    of.map(|proposal| proposal.plan.parts[0].day.to_string()).collect()
}

#[test]
fn every_second_tuesday_eight_times_is_eight_tuesdays() {
    let free = FreeDays { months: &[7], own: &own() };
    let found = series(&plan(&[day("2027-04-06")]), Series { every: 2, times: 8 }, free);
    let expected = [
        "2027-04-06",
        "2027-05-04",
        "2027-05-18",
        "2027-06-01",
        "2027-06-15",
        "2027-06-29",
        "2027-08-10",
        "2027-08-24",
    ];
    assert_eq!(starts(&found, true), expected);
    assert_eq!(starts(&found, false), ["2027-04-20", "2027-07-13", "2027-07-27"]);
    assert_eq!(found[1].free, [(day("2027-04-20"), Reason::Own("Flyttvecka".into()))]);
}

#[test]
fn one_free_half_day_takes_the_whole_occasion_away() {
    let free = FreeDays { months: &[7], own: &[] };
    let found = series(&plan(&[day("2027-04-20"), day("2027-04-22")]), Series { every: 2, times: 2 }, free);
    assert_eq!(
        (starts(&found, true), starts(&found, false)),
        (vec!["2027-04-20".into(), "2027-05-18".into()], vec!["2027-05-04".into()])
    );
    let ascension = Reason::Calendar(Why::Holiday(Holiday::Ascension));
    assert_eq!(found[1].free, [(day("2027-05-06"), ascension)]);
}

#[test]
fn next_year_is_the_same_weekday_of_the_same_week() {
    let free = FreeDays { months: &[7], own: &[] };
    let check = |from: &str, to: &str, moved: bool| {
        let found = next_year(&plan(&[day(from)]), free).unwrap();
        assert_eq!((found.plan.parts[0].day, found.free.is_empty()), (day(to), !moved), "{from}");
    };
    check("2026-11-24", "2027-11-30", false);
    check("2027-03-09", "2028-03-07", false);
    // Thursday of week 18 is Ascension Day in 2027 already; in 2028 Ascension Day is 25 May.
    check("2027-05-27", "2028-06-01", true);
    // Week 28 lies in July: 2028-07-11 moves to the first Tuesday of August or back into June.
    check("2027-06-29", "2028-06-27", false);
}

proptest! {
    /// Two that need the same room on a day clash, each with the other and once, and no others do.
    #[test]
    fn proposals_clash_with_each_other_when_they_share_a_day(
        days in prop::collection::vec(prop::collection::btree_set(0..8_u64, 1..4), 1..6),
    ) {
        let first = day("2027-04-05");
        let plans: Vec<Plan> = days.iter().map(|of| {
            plan(&of.iter().map(|ahead| first + Days::new(*ahead)).collect::<Vec<_>>())
        }).collect();
        let plans: Vec<&Plan> = plans.iter().collect();
        for (place, own) in days.iter().enumerate() {
            let found: Vec<usize> = clashes_among(&plans, place).iter().map(|(_, other, _)| *other).collect();
            let sharing = |(other, theirs): (usize, &std::collections::BTreeSet<u64>)| {
                (other != place && !own.is_disjoint(theirs)).then_some(other)
            };
            prop_assert_eq!(found, days.iter().enumerate().filter_map(sharing).collect::<Vec<_>>());
        }
    }

    /// What is proposed is free of free days, each day is the first one's weekday, none is left out, and what falls away
    /// says which day and why.
    #[test]
    fn a_series_leaves_out_only_what_is_free(start in 0..700_u64, every in 1..5_u32, times in 1..12_u32, gap in 0..9_u64) {
        let (first, own) = (day("2027-01-04") + Days::new(start), own());
        let free = FreeDays { months: &[7], own: &own };
        let found = series(&plan(&[first, first + Days::new(gap)]), Series { every, times }, free);
        let is_free = |day: NaiveDate| {
            calendar::is_free(day, &[7]) || (day >= own[0].from && day <= own[0].to)
        };
        for (turn, proposal) in found.iter().enumerate() {
            let expected = first + Days::new(7 * u64::from(every) * turn as u64);
            prop_assert_eq!(proposal.plan.parts[0].day, expected, "no turn is left out");
            let days: Vec<NaiveDate> = proposal.plan.parts.iter().map(|part| part.day).filter(|day| is_free(*day)).collect();
            prop_assert_eq!(proposal.free.iter().map(|(day, _)| *day).collect::<Vec<_>>(), days);
        }
        let good = starts(&found, true).len();
        let weekend = |day: NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        if !weekend(first) && !weekend(first + Days::new(gap)) {
            prop_assert_eq!(good, times as usize);
            prop_assert!(found.last().unwrap().free.is_empty(), "it ends with one that is given");
        } else {
            prop_assert_eq!(good, 0, "a series on a Sunday is none");
        }
    }

    /// The same weekday, a year on, within a season.
    #[test]
    fn a_year_later_is_near_the_same_week(start in 0..3000_u64) {
        let first = day("2024-01-01") + Days::new(start);
        prop_assume!(!calendar::is_free(first, &[7]));
        let found = next_year(&plan(&[first]), FreeDays { months: &[7], own: &[] }).unwrap();
        let then = found.plan.parts[0].day;
        prop_assert_eq!(then.weekday(), first.weekday());
        prop_assert!(!calendar::is_free(then, &[7]));
        prop_assert!((then - first).num_days() >= 360 - 84 && (then - first).num_days() <= 372 + 84);
        if found.free.is_empty() {
            prop_assert!(then.iso_week().week().abs_diff(first.iso_week().week()) <= 1 || first.iso_week().week() == 53);
        }
    }
}
