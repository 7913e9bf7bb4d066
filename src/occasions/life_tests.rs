//! The rules of the line by example; over random lives in `life_desk_tests.rs`.

use std::collections::BTreeSet;

use super::*;

#[path = "life_desk_tests.rs"]
mod desk;

const OFFER: TimeDelta = TimeDelta::hours(48);
const LATE: TimeDelta = TimeDelta::hours(72);

fn at(hours: i64) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2027, 1, 1).unwrap().and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(hours)
}

fn terms(seats: u32) -> Terms {
    Terms { seats: Some(seats), closes_at: at(500), starts_at: at(700), offer: OFFER, late: LATE, cancelled: false }
}

/// An occasion as it is lived: what is decided is done.
#[derive(Debug, Clone)]
struct Lived {
    terms: Terms,
    list: Vec<Entry>,
}

impl Lived {
    fn new(seats: u32) -> Lived {
        Lived { terms: terms(seats), list: Vec::new() }
    }

    fn act(&mut self, act: Act, now: NaiveDateTime) -> Result<Vec<Change>, Refusal> {
        let changes = decide(&self.terms, &self.list, act, now)?;
        for change in &changes {
            let known = self.list.iter_mut().find(|known| known.person == change.person);
            let booked_for = match change.to {
                Seat::Booked => Some(self.terms.starts_at),
                _ => known.as_ref().and_then(|known| known.booked_for),
            };
            let last_day = known.as_ref().and_then(|known| known.last_day);
            let Change { person, to: seat, until, rank, .. } = *change;
            let entry = Entry { person, seat, until, rank, since: now, booked_for, last_day };
            match known {
                Some(known) => {
                    assert_eq!(change.from, Some(known.seat), "a change begins where the booking is");
                    *known = entry;
                }
                None => {
                    assert_eq!(change.from, None);
                    self.list.push(entry);
                }
            }
        }
        if act == Act::CallOff {
            self.terms.cancelled = true;
        }
        Ok(changes)
    }

    fn seat(&self, person: i64) -> Option<Seat> {
        self.list.iter().find(|entry| entry.person == person).map(|entry| entry.seat)
    }

    fn until(&self, person: i64) -> Option<NaiveDateTime> {
        self.list.iter().find(|entry| entry.person == person).and_then(|entry| entry.until)
    }

    fn ask(&mut self, person: i64, due: Option<u32>, hour: i64) -> Result<Vec<Change>, Refusal> {
        self.act(Act::Ask { person, due: due.map(day), wait: true }, at(hour))
    }
}

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 6, n).unwrap()
}

#[test]
fn a_free_seat_is_given_at_once_and_then_one_waits() {
    let mut lived = Lived::new(1);
    lived.ask(1, None, 0).unwrap();
    lived.ask(2, None, 1).unwrap();
    assert_eq!((lived.seat(1), lived.seat(2)), (Some(Seat::Booked), Some(Seat::Waitlisted)));
    assert_eq!(lived.act(Act::Ask { person: 3, due: None, wait: false }, at(2)), Err(Refusal::Full));
    assert_eq!(lived.ask(2, None, 3), Err(Refusal::AlreadyThere));
}

#[test]
fn the_line_goes_by_the_last_day_and_then_by_who_asked_first() {
    let mut lived = Lived::new(1);
    lived.ask(1, None, 0).unwrap();
    for (person, due) in [(2, None), (3, Some(20)), (4, Some(10)), (5, Some(10))] {
        lived.ask(person, due, person).unwrap();
    }
    let line = [4, 5, 3, 2].map(|person| before_in_line(&lived.list, person));
    assert_eq!(line, [Some(0), Some(1), Some(2), Some(3)]);
    assert_eq!(before_in_line(&lived.list, 1), None, "whoever has a seat does not wait");
    lived.act(Act::Leave { person: 1, own: true }, at(10)).unwrap();
    assert_eq!((lived.seat(4), lived.until(4)), (Some(Seat::Offered), Some(at(10) + OFFER)));
}

#[test]
fn an_offer_that_is_not_taken_goes_to_the_next_and_is_over_for_the_first() {
    let mut lived = Lived::new(1);
    (1..=3).for_each(|person| drop(lived.ask(person, None, person).unwrap()));
    lived.act(Act::Leave { person: 1, own: true }, at(10)).unwrap();
    assert_eq!(lived.act(Act::Take { person: 3 }, at(11)), Err(Refusal::NotOffered));
    assert_eq!(lived.act(Act::Take { person: 2 }, at(10) + OFFER), Err(Refusal::NotOffered), "too late");
    let causes: Vec<_> =
        lived.act(Act::Settle, at(10) + OFFER).unwrap().iter().map(|change| (change.person, change.cause)).collect();
    assert_eq!(causes, [(2, Cause::Lapsed), (3, Cause::Offered)]);
    lived.act(Act::Take { person: 3 }, at(60)).unwrap();
    assert_eq!((lived.seat(2), lived.seat(3)), (Some(Seat::Cancelled), Some(Seat::Booked)));
}

#[test]
fn nobody_can_ask_after_booking_has_closed_but_the_line_goes_on_until_the_start() {
    let mut lived = Lived::new(1);
    (1..=3).for_each(|person| drop(lived.ask(person, None, person).unwrap()));
    assert_eq!(lived.ask(4, None, 500), Err(Refusal::Closed));
    let changes = lived.act(Act::Leave { person: 1, own: true }, at(690)).unwrap();
    assert_eq!(changes[0].cause, Cause::LeftLate);
    assert_eq!(lived.until(2), Some(at(695)), "half of what is left");
    let ends = lived.act(Act::Settle, at(700)).unwrap();
    let causes: BTreeSet<_> = ends.iter().map(|change| (change.person, change.cause.code())).collect();
    assert_eq!(causes, BTreeSet::from([(2, "lapsed"), (3, "never_free")]));
    assert_eq!(lived.ask(9, None, 701), Err(Refusal::Begun));
}

#[test]
fn fewer_seats_take_nothing_from_anybody_and_more_are_offered() {
    let mut lived = Lived::new(2);
    (1..=4).for_each(|person| drop(lived.ask(person, None, person).unwrap()));
    lived.terms.seats = Some(1);
    assert_eq!(lived.act(Act::Settle, at(10)), Ok(vec![]));
    lived.act(Act::Leave { person: 1, own: true }, at(11)).unwrap();
    assert_eq!(lived.seat(3), Some(Seat::Waitlisted), "there is still no room");
    lived.terms.seats = Some(3);
    lived.act(Act::Settle, at(12)).unwrap();
    assert_eq!((lived.seat(3), lived.seat(4)), (Some(Seat::Offered), Some(Seat::Offered)));
}

#[test]
fn an_exception_is_a_seat_beyond_the_rules() {
    let mut lived = Lived::new(1);
    lived.ask(1, None, 0).unwrap();
    lived.ask(2, None, 1).unwrap();
    let placed = lived.act(Act::Place { person: 2 }, at(600)).unwrap();
    assert_eq!((placed[0].cause, lived.seat(2)), (Cause::Placed, Some(Seat::Booked)));
    assert_eq!(lived.act(Act::Place { person: 2 }, at(601)), Err(Refusal::AlreadyThere));
}

#[test]
fn a_seat_given_back_later_than_the_rule_asks_is_late_and_nothing_else_is() {
    let check = |hour: i64, late: i64, expected: Cause| {
        let mut lived = Lived::new(1);
        lived.terms.late = TimeDelta::hours(late);
        lived.ask(1, None, 0).unwrap();
        lived.ask(2, None, 1).unwrap();
        assert_eq!(
            lived.act(Act::Leave { person: 1, own: true }, at(hour)).unwrap()[0].cause,
            expected,
            "{hour}, {late}"
        );
        assert_eq!(
            lived.act(Act::Leave { person: 2, own: true }, at(hour)).unwrap()[0].cause,
            Cause::Left,
            "only an offer"
        );
    };
    check(628, 72, Cause::Left);
    check(629, 72, Cause::LeftLate);
    check(699, 0, Cause::Left);
    check(2, 699, Cause::LeftLate);
}

#[test]
fn an_offer_keeps_the_time_it_was_told_when_the_rule_becomes_another() {
    let mut lived = Lived::new(1);
    (1..=3).for_each(|person| drop(lived.ask(person, None, person).unwrap()));
    lived.act(Act::Leave { person: 1, own: true }, at(10)).unwrap();
    lived.terms.offer = TimeDelta::hours(1);
    assert_eq!(lived.act(Act::Settle, at(12)), Ok(vec![]));
    assert_eq!(lived.until(2), Some(at(10) + OFFER));
    lived.act(Act::Take { person: 2 }, at(57)).unwrap();
    lived.act(Act::Leave { person: 2, own: true }, at(60)).unwrap();
    assert_eq!(lived.until(3), Some(at(61)), "the next one is told by the new rule");
}

#[test]
fn calling_off_ends_everything_once() {
    let mut lived = Lived::new(1);
    (1..=2).for_each(|person| drop(lived.ask(person, None, person).unwrap()));
    let ended = lived.act(Act::CallOff, at(10)).unwrap();
    assert!(ended.iter().all(|change| change.cause == Cause::CalledOff && change.to == Seat::Cancelled));
    assert_eq!(ended.len(), 2);
    assert_eq!(lived.act(Act::CallOff, at(11)), Err(Refusal::CalledOff));
}

#[test]
fn an_offer_ends_when_the_occasion_begins_and_is_cut_when_it_is_moved() {
    let mut lived = Lived::new(1);
    (1..=2).for_each(|person| drop(lived.ask(person, None, person).unwrap()));
    lived.act(Act::Leave { person: 1, own: true }, at(10)).unwrap();
    assert_eq!(lived.until(2), Some(at(58)));
    lived.terms.starts_at = at(40);
    let cut = lived.act(Act::Settle, at(20)).unwrap();
    assert_eq!((cut.len(), cut[0].cause, lived.until(2)), (1, Cause::Shortened, Some(at(30))));
    assert_eq!(lived.act(Act::Settle, at(21)), Ok(vec![]), "cut once");
    lived.terms.starts_at = at(25);
    assert_eq!(lived.act(Act::Take { person: 2 }, at(25)), Err(Refusal::Begun));
    assert_eq!(lived.act(Act::Settle, at(25)).unwrap()[0].cause, Cause::Lapsed);
}

#[test]
fn giving_back_for_another_or_a_day_that_was_moved_is_never_late() {
    let left = |own: bool, moved: bool| {
        let mut lived = Lived::new(1);
        lived.ask(1, None, 0).unwrap();
        if moved {
            lived.terms.starts_at = at(650);
        }
        lived.act(Act::Leave { person: 1, own }, at(649)).unwrap()[0].cause
    };
    assert_eq!(left(true, false), Cause::LeftLate);
    assert_eq!([left(false, false), left(true, true), left(false, true)], [Cause::Left; 3]);
}

#[test]
fn whoever_has_left_the_region_frees_the_seat_and_the_place_in_line() {
    let mut lived = Lived::new(1);
    (1..=3).for_each(|person| drop(lived.ask(person, None, person).unwrap()));
    for entry in lived.list.iter_mut().filter(|entry| entry.person < 3) {
        entry.last_day = Some(at(0).date());
    }
    assert_eq!(lived.act(Act::Settle, at(20)), Ok(vec![]), "the last day counts");
    let gone = lived.act(Act::Leave { person: 1, own: false }, at(30)).unwrap();
    let causes: Vec<_> = gone.iter().map(|change| (change.person, change.cause)).collect();
    assert_eq!(causes, [(1, Cause::Gone), (2, Cause::Gone), (3, Cause::Offered)]);
    assert_eq!(lived.act(Act::Leave { person: 1, own: false }, at(31)), Err(Refusal::NotThere));
}
