//! The rules of the minimum, over random occasions and beside a table of what a person would say.

use proptest::prelude::*;

use super::*;

fn at(hour: i64) -> NaiveDateTime {
    let midnight: NaiveDateTime = "2027-03-01T00:00:00".parse().unwrap();
    midnight + TimeDelta::hours(hour)
}

fn occasion(minimum: i32, closes: Option<i64>, starts: i64) -> Occasion {
    Occasion {
        id: 1,
        edition_id: None,
        meeting: None,
        module: "matt".into(),
        starts_at: at(starts),
        ends_at: at(starts + 3),
        place: String::new(),
        uid: "u".into(),
        sequence: 0,
        cancelled_at: None,
        seats: None,
        minimum,
        closes_at: closes.map(at),
        link: String::new(),
        language: "sv".into(),
        kept_unit: None,
        kept_role: None,
        told_short_at: None,
        runs_anyway_at: None,
    }
}

#[test]
fn it_is_time_to_decide_when_booking_closes_or_two_days_before() {
    let closing = occasion(6, Some(100), 172);
    assert_eq!(closing.minimum_at(3, at(99)), Minimum::Open);
    assert_eq!(closing.minimum_at(3, at(100)), Minimum::Short);
    assert_eq!(closing.minimum_at(6, at(100)), Minimum::Reached);
    assert_eq!(closing.minimum_at(3, at(172)), Minimum::Reached, "it has begun");
    let open = occasion(6, None, 172);
    assert_eq!(open.minimum_at(3, at(123)), Minimum::Open);
    assert_eq!(open.minimum_at(3, at(124)), Minimum::Short);
    let runs = Occasion { runs_anyway_at: Some(at(101)), ..closing.clone() };
    assert_eq!(runs.minimum_at(3, at(110)), Minimum::RunsAnyway);
    assert_eq!(Occasion { cancelled_at: Some(at(101)), ..closing }.minimum_at(3, at(110)), Minimum::Reached);
}

proptest! {
    /// It can be decided only of what is to come, has a minimum, is given, and too few have booked; and then it is asked
    /// from one instant on without a break until somebody decides, enough have booked or it begins.
    #[test]
    fn what_is_short_stays_so_until_it_is_decided(
        minimum in 0i32..8,
        closes in prop::option::of(0i64..200),
        starts in 0i64..200,
        booked in 0usize..9,
        called_off: bool,
    ) {
        let called_off_at = called_off.then(|| at(0));
        let asked = Occasion { cancelled_at: called_off_at, ..occasion(minimum, closes, starts) };
        let short: Vec<i64> = (0..210).filter(|hour| asked.minimum_at(booked, at(*hour)) == Minimum::Short).collect();
        let from = closes.unwrap_or(starts - 48).max(0);
        let expected: Vec<i64> = match (booked as i32) < minimum && !called_off {
            true => (from..starts).collect(),
            false => Vec::new(),
        };
        prop_assert_eq!(short, expected);
        let decided = Occasion { runs_anyway_at: Some(at(0)), ..asked };
        prop_assert!((0..210).all(|hour| decided.minimum_at(booked, at(hour)) != Minimum::Short));
    }
}
