//! The books: what the database holds must be whole, and what the mail server received must be what the outbox says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDateTime;
use diesel::prelude::*;
use varjedag::curriculum::model::Language;
use varjedag::notices::message::{Stamp, message_id};
use varjedag::notices::outbox::State;
use varjedag::store::schema::{achievements, assignments, booking_log, bookings, enrolments, outbox as notices};
use varjedag::store::{Conn, Error};

use super::scene::Scene;

/// (Message-ID, recipient): what makes two mails the same.
pub type Mail = (String, String);

impl Scene {
    /// The mails of all outbox rows in one state.
    pub fn mails(&self, state: State) -> BTreeSet<Mail> {
        let in_state = notices::table.filter(notices::state.eq(state.code()));
        let columns = (notices::id, notices::dedupe_key, notices::email);
        let rows: Vec<(i64, String, String)> =
            self.store().read(|conn| Ok::<_, Error>(in_state.select(columns).load(conn)?)).unwrap();
        rows.into_iter().map(|(id, key, email)| (id_of(id, &key), email)).collect()
    }

    /// How often the mail server accepted each mail.
    pub fn received(&self) -> BTreeMap<Mail, usize> {
        let mut received = BTreeMap::new();
        for mail in self.sink.accepted() {
            *received.entry((mail.message_id(), mail.to)).or_default() += 1;
        }
        received
    }

    /// Every `sent` row was received, nothing else was, and each once, or at most as often more as `extra` allows.
    pub fn assert_received_is_what_was_sent(&self, extra: &HashMap<Mail, usize>) {
        let (sent, received) = (self.mails(State::Sent), self.received());
        let keys: BTreeSet<Mail> = received.keys().cloned().collect();
        assert_eq!(sent.difference(&keys).collect::<Vec<_>>(), Vec::<&Mail>::new(), "sent, says the outbox");
        assert_eq!(keys.difference(&sent).collect::<Vec<_>>(), Vec::<&Mail>::new(), "received and not sent");
        for (mail, times) in received {
            let most = 1 + extra.get(&mail).copied().unwrap_or_default();
            assert!(times <= most, "{mail:?} came {times} times, which {most} would explain");
        }
    }

    /// No change is half there: for each enrolment its assignment, seats, welcome and invitations, and nothing
    /// without its enrolment; for each attended seat one achievement with its notice.
    pub fn assert_no_half_change(&self) {
        let books = self.store().read(Books::read).unwrap();
        assert_eq!(books.enrolments.len(), books.assignments.len());
        let seats: BTreeSet<usize> = books.enrolments.iter().map(|(_, person)| books.seats(*person).len()).collect();
        assert!(seats.len() <= 1 && !seats.contains(&0), "all have the same path, so the same seats: {seats:?}");
        let mut keys = BTreeSet::new();
        for (enrolment, person) in &books.enrolments {
            keys.insert(format!("welcome:{enrolment}"));
            for occasion in books.seats(*person) {
                let line = books.lines.get(&(occasion, *person)).expect("what is booked is logged");
                keys.insert(format!("invitation:{occasion}:1:{person}:{line}"));
            }
        }
        assert_eq!(books.achieved.len(), books.attended.len(), "each attended seat is one achievement");
        for (id, seat) in &books.achieved {
            assert!(books.attended.contains(seat), "{seat:?}");
            keys.insert(format!("achieved:{id}"));
        }
        assert_eq!(books.notices, keys);
    }

    pub fn enrolled(&self) -> BTreeSet<i64> {
        self.store().read(Books::read).unwrap().enrolments.into_iter().map(|(_, person)| person).collect()
    }

    /// (occasion, person) of everyone who attended.
    pub fn attended(&self) -> BTreeSet<(i64, i64)> {
        self.store().read(Books::read).unwrap().attended
    }
}

/// The Message-ID of the mail of one outbox row.
fn id_of(row: i64, key: &str) -> String {
    let (date, language) = (NaiveDateTime::default(), Language::Sv);
    message_id(&Stamp { id: row, key, date, language, name: "", email: "" }, "varjedag.example")
}

struct Books {
    /// (enrolment, person)
    enrolments: Vec<(i64, i64)>,
    assignments: Vec<i64>,
    /// (occasion, person)
    booked: Vec<(i64, i64)>,
    attended: BTreeSet<(i64, i64)>,
    /// The line of the log that says so, for each seat that was booked.
    lines: BTreeMap<(i64, i64), i64>,
    /// Achievement and the seat it came of.
    achieved: Vec<(i64, (i64, i64))>,
    /// Keys of what people are told about enrolments and achievements.
    notices: BTreeSet<String>,
}

impl Books {
    fn read(conn: &mut Conn) -> Result<Books, Error> {
        let seats = |conn: &mut Conn, state: &str| -> Result<Vec<(i64, i64)>, Error> {
            let in_state = bookings::table.filter(bookings::state.eq(state));
            Ok(in_state.select((bookings::occasion_id, bookings::person_id)).load(conn)?)
        };
        let achieved: Vec<(i64, i64, Option<i64>)> = achievements::table
            .select((achievements::id, achievements::person_id, achievements::occasion_id))
            .load(conn)?;
        let lines: Vec<(i64, i64, i64)> = booking_log::table
            .filter(booking_log::cause.eq("asked"))
            .select((booking_log::occasion_id, booking_log::person_id, booking_log::id))
            .load(conn)?;
        let keys: Vec<String> = notices::table
            .filter(notices::kind.eq_any(["welcome", "invitation", "achieved"]))
            .select(notices::dedupe_key)
            .load(conn)?;
        Ok(Books {
            enrolments: enrolments::table.select((enrolments::id, enrolments::person_id)).load(conn)?,
            assignments: assignments::table.select(assignments::id).load(conn)?,
            lines: lines.into_iter().map(|(occasion, person, line)| ((occasion, person), line)).collect(),
            booked: seats(conn, "booked")?,
            attended: seats(conn, "attended")?.into_iter().collect(),
            achieved: achieved.into_iter().map(|(id, person, at)| (id, (at.unwrap_or_default(), person))).collect(),
            notices: keys.into_iter().collect(),
        })
    }

    fn seats(&self, person: i64) -> Vec<i64> {
        self.booked.iter().filter(|(_, who)| *who == person).map(|(occasion, _)| *occasion).collect()
    }
}
