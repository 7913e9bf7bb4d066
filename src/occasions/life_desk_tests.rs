//! A naive booking desk beside [`decide`], and the laws of its rules over random lives.
//!
//! The desk keeps three plain lists and walks them; it knows nothing of entries, changes or causes.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

/// The naive desk.
#[derive(Debug, Default)]
struct Desk {
    booked: BTreeSet<i64>,
    /// Person → since when and until when.
    offers: BTreeMap<i64, (NaiveDateTime, NaiveDateTime)>,
    /// Who has left the region.
    gone: BTreeSet<i64>,
    /// (no last day, last day, instant, person), kept in order.
    line: BTreeSet<(bool, Option<NaiveDate>, NaiveDateTime, i64)>,
}

impl Desk {
    fn pass_time(&mut self, terms: &Terms, now: NaiveDateTime) {
        self.offers.retain(|_, (_, until)| *until > now);
        if now >= terms.starts_at {
            self.offers.clear();
            return self.line.clear();
        }
        for person in &self.gone {
            self.booked.remove(person);
            self.offers.remove(person);
        }
        self.line.retain(|place| !self.gone.contains(&place.3));
        let half = now + (terms.starts_at - now) / 2;
        for (since, until) in self.offers.values_mut() {
            if *until - *since > (terms.starts_at - *since) / 2 {
                (*since, *until) = (now, half.min(now + OFFER));
            }
        }
        while self.booked.len() + self.offers.len() < terms.seats.unwrap() as usize {
            let Some(first) = self.line.pop_first() else { return };
            self.offers.insert(first.3, (now, half.min(now + OFFER)));
        }
    }

    fn knows(&self, person: i64) -> bool {
        self.booked.contains(&person) || self.offers.contains_key(&person) || self.waits(person)
    }

    fn waits(&self, person: i64) -> bool {
        self.line.iter().any(|place| place.3 == person)
    }

    fn act(&mut self, terms: &Terms, act: Act, now: NaiveDateTime) -> bool {
        self.pass_time(terms, now);
        let done = match act {
            Act::Ask { person, due, wait } => {
                let room = self.booked.len() + self.offers.len() < terms.seats.unwrap() as usize;
                let may = now < terms.closes_at && !self.knows(person) && (room || wait);
                if may && room {
                    self.booked.insert(person);
                } else if may {
                    self.line.insert((due.is_none(), due, now, person));
                }
                may
            }
            Act::Place { person } => {
                self.offers.remove(&person);
                self.line.retain(|place| place.3 != person);
                self.booked.insert(person)
            }
            Act::Take { person } => {
                now < terms.starts_at && self.offers.remove(&person).is_some() && self.booked.insert(person)
            }
            Act::Leave { person, .. } => {
                let may = now < terms.starts_at && self.knows(person);
                if may {
                    self.booked.remove(&person);
                    self.offers.remove(&person);
                    self.line.retain(|place| place.3 != person);
                }
                may
            }
            Act::Withdraw { person, .. } => {
                self.offers.remove(&person);
                self.line.retain(|place| place.3 != person);
                true
            }
            Act::Settle | Act::CallOff => true,
        };
        self.pass_time(terms, now);
        done
    }
}

/// What happens next.
#[derive(Debug, Clone)]
struct Turn {
    act: Act,
    /// So many hours after the one before.
    hours: i64,
    /// How many there are from then on.
    seats: u32,
    /// First the occasion is moved to begin in so many hours, and to close so many hours before.
    moved: Option<(i64, i64)>,
    /// First somebody leaves the region.
    leaves: Option<i64>,
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let person = 1i64..9;
    let act = prop_oneof![
        4 => (person.clone(), prop::option::of(1u32..4), any::<bool>())
            .prop_map(|(person, due, wait)| Act::Ask { person, due: due.map(day), wait }),
        1 => person.clone().prop_map(|person| Act::Place { person }),
        2 => person.clone().prop_map(|person| Act::Take { person }),
        2 => (person.clone(), any::<bool>()).prop_map(|(person, own)| Act::Leave { person, own }),
        1 => person.prop_map(|person| Act::Withdraw { person, cause: Cause::Seated }),
        1 => Just(Act::Settle),
    ];
    let moved = prop::option::weighted(0.15, (1i64..300, 0i64..60));
    let turn = (act, 0i64..40, 1u32..5, moved, prop::option::weighted(0.05, 1i64..9));
    let turn = turn.prop_map(|(act, hours, seats, moved, leaves)| Turn { act, hours, seats, moved, leaves });
    prop::collection::vec(turn, 1..60)
}

proptest! {
    #[test]
    fn every_life_is_as_at_the_naive_desk(turns in turns()) {
        let (mut lived, mut desk, mut hour) = (Lived::new(1), Desk::default(), 0);
        for Turn { act, hours, seats, moved, leaves } in turns {
            hour += hours;
            let now = at(hour);
            lived.terms.seats = Some(seats);
            if let Some((ahead, before)) = moved.filter(|_| now < lived.terms.starts_at) {
                lived.terms.starts_at = now + TimeDelta::hours(ahead);
                lived.terms.closes_at = lived.terms.starts_at - TimeDelta::hours(before);
            }
            for entry in lived.list.iter_mut().filter(|entry| Some(entry.person) == leaves) {
                entry.last_day = now.date().pred_opt().and_then(|day| day.pred_opt());
                desk.gone.insert(entry.person);
            }
            // Whoever has left does nothing any more.
            let act = if desk.gone.contains(&act.person().unwrap_or_default()) { Act::Settle } else { act };
            let (before, taken) = (lived.list.clone(), lived.list.iter().filter(|e| e.seat.is_taken()).count());
            let answer = lived.act(act, now);
            let done = desk.act(&lived.terms, act, now);
            prop_assert_eq!(answer.is_ok(), done, "{:?} at {}: {:?}", act, hour, answer);
            if answer.is_err() {
                // What time alone brought about has not been done yet.
                prop_assert_eq!(&before, &lived.list);
                lived.act(Act::Settle, now).unwrap();
            }
            let is = |wanted: fn(Seat) -> bool| -> BTreeSet<i64> {
                lived.list.iter().filter(|entry| wanted(entry.seat)).map(|entry| entry.person).collect()
            };
            prop_assert_eq!(is(|seat| seat == Seat::Booked), desk.booked.clone());
            let offers = lived.list.iter().filter(|entry| entry.seat == Seat::Offered);
            let offers: BTreeMap<i64, NaiveDateTime> = offers.map(|entry| (entry.person, entry.until.unwrap())).collect();
            prop_assert!(offers.values().all(|until| *until < lived.terms.starts_at), "an offer outlives the start");
            prop_assert_eq!(offers, desk.offers.iter().map(|(person, (_, until))| (*person, *until)).collect());
            let line: Vec<i64> = desk.line.iter().map(|place| place.3).collect();
            for (index, person) in line.iter().enumerate() {
                prop_assert_eq!(before_in_line(&lived.list, *person), Some(index));
            }
            prop_assert_eq!(is(|seat| seat == Seat::Waitlisted).len(), line.len());
            let now_taken = lived.list.iter().filter(|entry| entry.seat.is_taken()).count();
            let exception = usize::from(matches!(act, Act::Place { .. }));
            prop_assert!(now_taken <= taken.max(seats as usize) + exception, "more seats than there are");
        }
    }
}
