//! Reads the books of a race from their first line to their last, and holds every rule of the line against each of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use varjedag::courses::service::Wish;
use varjedag::occasions::life::{self, Entry, Rank};
use varjedag::occasions::seat::Seat;
use varjedag::occasions::store as rows;
use varjedag::store::Error;
use varjedag::store::schema::{booking_log, outbox};

use super::super::list;
use super::{OCCASIONS, Race, Set};

/// A line of the log, and what the booking was before it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    id: i64,
    occasion: i64,
    person: i64,
    from: Option<Seat>,
    to: Seat,
    pub(super) cause: String,
    reason: String,
    at: NaiveDateTime,
}

impl Race {
    pub(super) fn lines(&self) -> Vec<Line> {
        type Row = (i64, i64, i64, String, String, String, NaiveDateTime);
        let rows: Vec<Row> = self.stores[0]
            .read(|conn| {
                let columns = (
                    booking_log::id,
                    booking_log::occasion_id,
                    booking_log::person_id,
                    booking_log::state,
                    booking_log::cause,
                    booking_log::reason,
                    booking_log::at,
                );
                Ok::<_, Error>(booking_log::table.order(booking_log::id).select(columns).load(conn)?)
            })
            .unwrap();
        let mut are: BTreeMap<(i64, i64), Seat> = BTreeMap::new();
        let line = |(id, occasion, person, to, cause, reason, at): Row| {
            let to = Seat::of(&to);
            let from = are.insert((occasion, person), to);
            Line { id, occasion, person, from, to, cause, reason, at }
        };
        rows.into_iter().map(line).collect()
    }

    /// What may have held when a line was written: more than one, when it was written while the day was changed.
    fn terms(&self, line: &Line) -> Vec<Set> {
        let sets = self.sets.lock().unwrap();
        let of: Vec<&Set> = sets.iter().filter(|set| set.occasion == line.occasion).collect();
        let next = |n: usize| of.get(n + 1).is_none_or(|next| line.id <= next.after);
        of.iter()
            .enumerate()
            .filter(|(n, set)| line.id > set.before && next(*n))
            .map(|(_, set)| (*set).clone())
            .collect()
    }

    pub(super) fn every_line_follows_the_rules(&self, lines: &[Line]) {
        for occasion in &self.occasions {
            let dues: BTreeMap<i64, Option<NaiveDate>> =
                list(&self.stores[0], *occasion).iter().map(|entry| (entry.person, entry.rank.due)).collect();
            let mut desk = Desk::default();
            for line in lines.iter().filter(|line| line.occasion == *occasion) {
                let terms = self.terms(line);
                assert!(!terms.is_empty(), "{line:?}");
                desk.write(line, dues[&line.person], &terms);
                let for_all = terms.iter().any(|set| !set.kept) || self.leaders.contains(&line.person);
                assert!(line.cause != "asked" || for_all, "it is kept for others: {line:?}");
            }
        }
    }

    pub(super) fn nothing_is_lost_or_doubled(&self, lines: &[Line]) {
        let mut open: BTreeMap<i64, Vec<Seat>> = BTreeMap::new();
        for (n, occasion) in self.occasions.iter().enumerate() {
            let list = list(&self.stores[0], *occasion);
            let are: BTreeMap<i64, Seat> = list.iter().map(|entry| (entry.person, entry.seat)).collect();
            assert_eq!(are.len(), list.len(), "each is on the list once");
            let of = lines.iter().filter(|line| line.occasion == *occasion);
            assert_eq!(are, of.map(|line| (line.person, line.to)).collect(), "the log leads to what is");
            let held = self.stores[0].read(|conn| rows::occasion(conn, *occasion)).unwrap().unwrap();
            let waits = |entry: &&Entry| entry.seat == Seat::Waitlisted;
            let free = life::free(held.room(), &list).unwrap();
            assert!(
                free == 0 || !list.iter().any(|entry| waits(&entry)),
                "a free seat is kept from the line: {list:?}"
            );
            assert_eq!(held.cancelled_at.is_some(), n == OCCASIONS - 1);
            assert!(held.cancelled_at.is_none() || !list.iter().any(|entry| entry.seat.is_open()), "{list:?}");
            let lasts = |entry: &Entry| entry.until.is_some_and(|until| until < held.starts_at);
            assert!(list.iter().all(|entry| entry.seat != Seat::Offered || lasts(entry)), "{list:?}");
            for entry in list.into_iter().filter(|entry| entry.seat.is_open()) {
                open.entry(entry.person).or_default().push(entry.seat);
            }
        }
        let twice = |seats: &&Vec<Seat>| seats.contains(&Seat::Booked) && seats.len() > 1;
        assert!(!open.values().any(|seats| twice(&seats)), "a seat and something beside it: {open:?}");
    }

    pub(super) fn wishes_are_done_whole_or_not_at_all(&self, lines: &[Line]) {
        let mut swapped = 0;
        for (turn, asked) in self.asked.lock().unwrap().iter() {
            let turn = turn.to_string();
            let own: Vec<&Line> = lines.iter().filter(|line| line.reason == turn).collect();
            let became = |occasion: i64, to: Seat| {
                let there = |line: &&&Line| (line.occasion, line.person, line.to) == (occasion, asked.person, to);
                assert_eq!(own.iter().filter(there).count(), 1, "{asked:?}: {own:?}");
            };
            match (asked.done, asked.wish) {
                (false, _) => assert!(own.is_empty(), "{asked:?}: {own:?}"),
                (true, Wish::Swap { from }) => {
                    became(from, Seat::Cancelled);
                    became(asked.occasion, Seat::Booked);
                    swapped += 1;
                }
                (true, Wish::Take) => became(asked.occasion, Seat::Booked),
                (true, Wish::Leave) => became(asked.occasion, Seat::Cancelled),
                (true, _) => assert!(!own.is_empty(), "{asked:?}"),
            }
        }
        assert!(swapped > 0, "nobody changed one day for another, so nothing is held");
    }

    /// Keys of all mails, in their parts.
    fn keys(&self) -> Vec<Vec<String>> {
        let keys = |conn: &mut _| Ok::<_, Error>(outbox::table.select(outbox::dedupe_key).load::<String>(conn)?);
        let keys = self.stores[0].read(keys).unwrap();
        keys.iter().map(|key| key.split(':').map(str::to_owned).collect()).collect()
    }

    pub(super) fn mails_say_what_happened(&self, lines: &[Line]) {
        let kind = |line: &Line| match (line.to, line.cause.as_str()) {
            (Seat::Booked, _) => Some("invitation"),
            (Seat::Cancelled, _) if line.from == Some(Seat::Booked) => Some("cancelled"),
            (Seat::Waitlisted | Seat::Offered, _) => Some("seat"),
            (_, "lapsed" | "never_free" | "called_off") => Some("seat"),
            _ => None,
        };
        let mail = |line: &Line| kind(line).map(|kind| (kind.to_owned(), line.occasion, line.person, line.id));
        let mut wanted: Vec<_> = lines.iter().filter_map(mail).collect();
        let number = |text: &String| text.parse::<i64>().unwrap();
        let of = |key: &Vec<String>| (key[0].clone(), number(&key[1]), number(&key[3]), number(&key[4]));
        let mut sent: Vec<_> = self.keys().iter().filter(|key| key[0] != "moved").map(of).collect();
        wanted.sort();
        sent.sort();
        assert_eq!(sent, wanted);
    }

    pub(super) fn whoever_is_there_hears_of_a_new_time(&self, lines: &[Line]) {
        let mut told: BTreeSet<(i64, i32, i64)> = BTreeSet::new();
        for key in self.keys().iter().filter(|key| key[0] == "moved") {
            let person = key.last().unwrap().parse().unwrap();
            assert!(told.insert((key[1].parse().unwrap(), key[2].parse().unwrap(), person)), "told twice: {key:?}");
        }
        for set in self.sets.lock().unwrap().iter() {
            let Some(sequence) = set.moved else { continue };
            let of: Vec<&Line> = lines.iter().filter(|line| line.occasion == set.occasion).collect();
            for person in &self.people {
                let open = |line: &&&Line| line.person == *person && line.to.is_open();
                let own = of.iter().filter(|line| line.person == *person);
                let before = own.clone().rfind(|line| line.id <= set.before).filter(|line| open(line)).is_some();
                let mut meanwhile = own.filter(|line| line.id > set.before && line.id <= set.after).peekable();
                let known = meanwhile.peek().is_none();
                let heard = told.remove(&(set.occasion, sequence, *person));
                let wrote = meanwhile.any(|line| open(&line));
                assert!(!known || heard == before, "{person}: {heard}, {set:?}");
                assert!(!heard || before || wrote, "{person} was not there: {set:?}");
            }
        }
        assert!(told.is_empty(), "{told:?}");
    }
}

/// The books of one day as they are read, line by line.
#[derive(Default)]
struct Desk {
    are: BTreeMap<i64, (Seat, Rank)>,
    called_off: bool,
}

impl Desk {
    fn write(&mut self, line: &Line, due: Option<NaiveDate>, terms: &[Set]) {
        assert!(!self.called_off || line.cause == "called_off", "it is called off: {line:?}");
        self.called_off |= line.cause == "called_off";
        assert!(follows(line), "{line:?}");
        let (most, fewest) = (terms.iter().map(|set| set.seats).max(), terms.iter().map(|set| set.seats).min());
        let taken = self.are.values().filter(|(seat, _)| seat.is_taken()).count();
        let first =
            self.are.iter().filter(|(_, (seat, _))| *seat == Seat::Waitlisted).min_by_key(|(_, (_, rank))| rank);
        let first = first.map(|(person, _)| *person);
        let was_taken = line.from.is_some_and(Seat::is_taken);
        assert!(!line.to.is_taken() || was_taken || Some(taken) < most, "more seats than there are: {line:?}");
        match (line.cause.as_str(), line.to) {
            ("asked", Seat::Booked) => assert_eq!(first, None, "others wait: {line:?}"),
            ("asked", _) => assert!(Some(taken) >= fewest, "there was a seat: {line:?}"),
            ("offered", _) => assert_eq!(first, Some(line.person), "somebody else was first: {line:?}"),
            _ => {}
        }
        let rank = match (line.cause.as_str(), self.are.get(&line.person)) {
            (cause, Some((_, rank))) if cause != "asked" => *rank,
            _ => Rank::new(due, line.at, line.person),
        };
        self.are.insert(line.person, (line.to, rank));
    }
}

/// Whether a booking can become this by that cause.
fn follows(line: &Line) -> bool {
    let open = line.from.is_some_and(Seat::is_open);
    match (line.cause.as_str(), line.to) {
        ("asked", Seat::Booked | Seat::Waitlisted) => !open,
        ("taken", Seat::Booked) => line.from == Some(Seat::Offered),
        ("offered", Seat::Offered) => line.from == Some(Seat::Waitlisted),
        ("shortened", Seat::Offered) | ("lapsed", Seat::Cancelled) => line.from == Some(Seat::Offered),
        ("left" | "called_off", Seat::Cancelled) => open,
        ("seated", Seat::Cancelled) => open && line.from != Some(Seat::Booked),
        _ => false,
    }
}
