//! Which mark counts: by example, and against a naive list that is sorted.

use proptest::prelude::*;

use super::*;

fn at(minute: i64) -> NaiveDateTime {
    chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap().and_time(chrono::NaiveTime::MIN)
        + chrono::TimeDelta::minutes(minute)
}

fn new(key: &str, state: State, minute: i64, by: i64) -> NewMark {
    let (key, reason) = (key.to_owned(), String::new());
    NewMark { key, person: 1, part: 1, state, source: Source::Phone, reason, marked_at: at(minute), by: Some(by) }
}

/// Marks as they arrive one after the other; what became of each.
fn live(arriving: &[NewMark]) -> (Vec<Mark>, Vec<Outcome>) {
    let mut marks: Vec<Mark> = Vec::new();
    let mut outcomes = Vec::new();
    for new in arriving {
        let outcome = judge(&marks, new);
        if outcome.is_kept() {
            marks.push(Mark {
                id: marks.len() as i64,
                key: new.key.clone(),
                person: new.person,
                part: new.part,
                state: new.state,
                source: new.source,
                reason: String::new(),
                marked_at: new.marked_at,
                recorded_at: at(10_000 + marks.len() as i64),
                by: new.by,
            });
        }
        outcomes.push(outcome);
    }
    (marks, outcomes)
}

use State::{Absent, Present, Unmarked};

#[test]
fn the_last_mark_by_the_markers_own_time_counts_whenever_it_arrives() {
    let (marks, outcomes) = live(&[new("b", Absent, 20, 8), new("a", Present, 10, 7)]);
    assert_eq!(state(&marks), Absent);
    let later = Other { by: Some(8), state: Absent, at: at(20) };
    assert_eq!(outcomes, [Outcome::Counts, Outcome::Overtaken(later)]);
    let (marks, outcomes) = live(&[new("a", Present, 10, 7), new("b", Absent, 20, 8)]);
    let earlier = Other { by: Some(7), state: Present, at: at(10) };
    assert_eq!((state(&marks), &outcomes[1]), (Absent, &Outcome::Replaces(earlier)));
}

#[test]
fn the_same_mark_sent_twice_is_there_once_even_when_another_came_between() {
    let (marks, outcomes) = live(&[new("a", Present, 10, 7), new("b", Absent, 20, 8), new("a", Present, 30, 7)]);
    assert_eq!((state(&marks), outcomes[2].clone(), marks.len()), (Absent, Outcome::Again, 2));
}

#[test]
fn a_mark_is_taken_back_and_nothing_is_written_where_nothing_was() {
    let by_form = NewMark { source: Source::Hand, ..new("a", Unmarked, 10, 7) };
    assert_eq!(live(&[by_form]).1, [Outcome::Same]);
    let (marks, _) = live(&[new("a", Present, 10, 7), new("b", Unmarked, 11, 7)]);
    assert_eq!((state(&marks), marks.len()), (Unmarked, 2));
}

#[test]
fn the_code_on_the_wall_changes_nothing_that_a_trainer_has_marked() {
    let door = |minute| NewMark { source: Source::Door, ..new("door", Present, minute, 1) };
    assert_eq!(live(&[door(1)]).1, [Outcome::Counts], "by oneself, but in the room");
    let (marks, outcomes) = live(&[new("a", Absent, 10, 7), door(20)]);
    assert!(matches!(outcomes[1], Outcome::Decided(_)) && state(&marks) == Absent);
    assert_eq!(live(&[new("a", Present, 10, 7), door(20)]).1[1], Outcome::Same);
    let taken_back = [new("a", Absent, 10, 7), new("b", Unmarked, 11, 7), door(20)];
    assert_eq!(state(&live(&taken_back).0), Present);
}

#[test]
fn nobody_marks_themselves_by_hand() {
    assert_eq!(live(&[new("a", Present, 10, 1)]).1, [Outcome::Oneself]);
}

prop_compose! {
    fn some_mark()(key in 0_u8..6, state in 0_usize..3, minute in 0_i64..6, by in 7_i64..9) -> NewMark {
        // A key belongs to one mark.
        let minute = (minute + i64::from(key)) % 7;
        new(&format!("{key}-{state}-{minute}-{by}"), [Present, Absent, Unmarked][state], minute, by)
    }
}

proptest! {
    /// Only for marks at different instants is it said who is last, whatever the order in which they arrive.
    #[test]
    fn what_counts_does_not_depend_on_the_order_of_arrival(marks in prop::collection::vec(some_mark(), 0..7), seed in any::<u64>()) {
        let mut distinct: Vec<NewMark> = Vec::new();
        for mark in marks {
            if distinct.iter().all(|other| other.marked_at != mark.marked_at) {
                distinct.push(mark);
            }
        }
        let mut shuffled = distinct.clone();
        let mut dice = seed;
        for at in (1..shuffled.len()).rev() {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(at, (dice >> 33) as usize % (at + 1));
        }
        let expected = distinct.iter().max_by_key(|mark| mark.marked_at).map_or(Unmarked, |mark| mark.state);
        prop_assert_eq!(state(&live(&distinct).0), expected);
        prop_assert_eq!(state(&live(&shuffled).0), expected);
    }

    #[test]
    fn sending_everything_once_more_changes_nothing(marks in prop::collection::vec(some_mark(), 0..7)) {
        let once = live(&marks).0;
        let twice = live(&[marks.clone(), marks].concat()).0;
        prop_assert_eq!(state(&once), state(&twice));
    }
}
