//! What the scheduler must know about a person and the days there are, and its answer in the room's own words.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::{Missed, Place, Placed, Plan, Wishes};
use crate::clock;
use crate::courses::service::{is_open_to, units_of};
use crate::engine::model::{Facts, ModuleIx};
use crate::engine::schedule::calendar::{self, Calendar, date, number};
use crate::engine::schedule::frame::{Answer, Kept, Question, answer, task, task_around};
use crate::engine::schedule::reasons::missed;
use crate::engine::schedule::solve::NODES;
use crate::engine::schedule::task::{Bar, Given as How, Task, Terms};
use crate::learning::alone::own_pace;
use crate::learning::service::path_of;
use crate::learning::store::{self as learning, assessed};
use crate::occasions::seat::Seat;
use crate::occasions::store::{self as rows, Given, Occasion, Part};
use crate::organisation::absences::{Away, store as absences};
use crate::organisation::{self, Person};
use crate::store::{Conn, Error};
use crate::versions::published::Published;
use crate::words::to_local;

/// How many days to come are looked at.
const MOST: i64 = 5_000;

/// Everything to come, once for all who ask.
pub struct Days {
    /// By occasion id.
    pub given: HashMap<i64, Given>,
    pub calendar: Calendar,
    closed: Vec<bool>,
}

impl Days {
    /// What begins after `now` and is not called off, of modules that the curriculum has.
    pub fn read(conn: &mut Conn, published: &Published, now: NaiveDateTime) -> Result<Days, Error> {
        let mut coming = rows::coming(conn, now, MOST)?;
        coming.retain(|occasion| occasion.cancelled_at.is_none());
        let mut counts: HashMap<i64, (i64, i64)> = HashMap::new();
        for (occasion, seat, count) in rows::counts(conn, now)? {
            let of = counts.entry(occasion).or_default();
            of.0 += if seat.is_taken() { count } else { 0 };
            of.1 += if seat == Seat::Waitlisted { count } else { 0 };
        }
        let given: HashMap<i64, Given> =
            rows::given(conn, coming)?.into_iter().map(|given| (given.occasion.id, given)).collect();
        let occasions = given.values().filter_map(|given| {
            let (module, _) = published.module_by_id(&given.occasion.module)?;
            let count = counts.get(&given.occasion.id).copied().unwrap_or_default();
            Some(as_given(module, given, count))
        });
        let calendar = Calendar::new(occasions.collect());
        let closed = |id: i64| given.get(&id).is_none_or(|given| given.occasion.closes() <= now);
        let closed = calendar.occasions.iter().map(|occasion| closed(occasion.id)).collect();
        Ok(Days { given, calendar, closed })
    }

    /// Why each occasion cannot be booked by this person; whoever was offered a seat has one to take.
    fn bars(&self, asker: &Asker, wishes: &Wishes, today: NaiveDate) -> Vec<Option<Bar>> {
        let bar = |(at, occasion): (usize, &calendar::Occasion)| {
            let own = asker.seats.iter().find(|(_, own)| own.id == occasion.id).map(|(seat, _)| *seat);
            let given = self.given.get(&occasion.id).map(|given| &given.occasion);
            let open = given.is_some_and(|given| is_open_to(&asker.facts, &asker.units, given, today));
            let spoken =
                wishes.language.as_deref().is_none_or(|wanted| given.is_some_and(|given| given.language == wanted));
            match () {
                () if own == Some(Seat::Offered) => None,
                () if !open => Some(Bar::Kept),
                () if !spoken => Some(Bar::Language),
                () if self.closed[at] => Some(Bar::Closed),
                () if own == Some(Seat::Waitlisted) || occasion.free == Some(0) => Some(Bar::Full),
                () => None,
            }
        };
        self.calendar.occasions.iter().enumerate().map(bar).collect()
    }
}

/// (taken, waiting)
fn as_given(module: ModuleIx, given: &Given, (taken, waiting): (i64, i64)) -> calendar::Occasion {
    let free = given.occasion.seats.map(|seats| (i64::from(seats) - taken).max(0));
    // Where people wait, a seat that becomes free is theirs.
    let free = free.map(|free| if waiting > 0 { 0 } else { u32::try_from(free).unwrap_or(u32::MAX) });
    calendar::Occasion { id: given.occasion.id, module, parts: given.parts.iter().map(as_part).collect(), free }
}

/// By the clock on the wall; what lasts past midnight ends there.
pub fn as_part(part: &Part) -> calendar::Part {
    let (from, to) = (to_local(part.starts_at), to_local(part.ends_at));
    let minutes = |at: NaiveDateTime| (at.hour() * 60 + at.minute()) as u16;
    let to = if to.day() == from.day() { minutes(to) } else { 24 * 60 };
    calendar::Part::new(from.date(), minutes(from), to)
}

fn as_kept(given: &Given) -> Kept {
    Kept { occasion: given.occasion.id, parts: given.parts.iter().map(as_part).collect() }
}

/// One person as the scheduler is told.
pub struct Asker {
    pub facts: Facts,
    /// To which the person belongs.
    units: Vec<i64>,
    /// Days away that are written down.
    away: Vec<Away>,
    seats: Vec<(Seat, Occasion)>,
    kept: Vec<Kept>,
    kept_given: Vec<Given>,
    /// Modules where the days have been and only an assignment, a test or an observation is left.
    attended: Vec<String>,
}

impl Asker {
    /// None when there is no such person.
    pub fn read(conn: &mut Conn, person: i64, now: NaiveDateTime) -> Result<Option<Asker>, Error> {
        let Some(facts) = learning::facts(conn, person, clock::day_of(now))? else { return Ok(None) };
        let seats = rows::seats_of_person(conn, person, now)?;
        let taken = seats.iter().filter(|(seat, _)| seat.is_taken() && *seat != Seat::Offered);
        let taken = taken.map(|(_, occasion)| occasion.clone());
        // Whoever trains somewhere is busy too.
        let busy = taken.chain(rows::trained_by(conn, person, now)?).collect();
        let kept_given = rows::given(conn, busy)?;
        let units = units_of(conn, person)?;
        let away = absences::of(conn, person, clock::day_of(now))?.into_iter().map(|absence| absence.away).collect();
        let kept =
            |given: &Given| Kept { occasion: given.occasion.id, parts: given.parts.iter().map(as_part).collect() };
        let attended = assessed::attended(conn, &[person])?.remove(&person).unwrap_or_default();
        let kept = kept_given.iter().map(kept).collect();
        Ok(Some(Asker { kept, facts, units, away, seats, kept_given, attended }))
    }

    /// The same for many people, by a handful of queries. Seats at what has begun and is not over keep their days too.
    pub fn read_many(
        conn: &mut Conn,
        days: &Days,
        people: &[Person],
        now: NaiveDateTime,
    ) -> Result<Vec<(i64, Asker)>, Error> {
        let ids: Vec<i64> = people.iter().map(|person| person.id).collect();
        let mut facts = learning::facts_of(conn, &ids, clock::day_of(now))?;
        let begun = rows::going_on(conn, now, now)?;
        let begun = rows::given(conn, begun)?.into_iter().map(|given| (given.occasion.id, given));
        let begun: HashMap<i64, Given> = begun.collect();
        let given_at = |occasion: i64| days.given.get(&occasion).or_else(|| begun.get(&occasion));
        let occasions: Vec<i64> = days.given.keys().chain(begun.keys()).copied().collect();
        let mut seats: HashMap<i64, Vec<(Seat, Occasion)>> = HashMap::new();
        for (occasion, person, seat) in rows::seats_of(conn, &occasions)? {
            let given = given_at(occasion).filter(|_| seat != Seat::Cancelled);
            seats.entry(person).or_default().extend(given.map(|given| (seat, given.occasion.clone())));
        }
        for (occasion, trainers) in rows::trainers_of(conn, &occasions)? {
            for person in trainers.iter().filter_map(|trainer| trainer.person) {
                let given = given_at(occasion);
                seats.entry(person).or_default().extend(given.map(|given| (Seat::Booked, given.occasion.clone())));
            }
        }
        let tree = organisation::store::tree(conn)?;
        let mut away = absences::of_many(conn, &ids, clock::day_of(now))?;
        let mut attended = assessed::attended(conn, &ids)?;
        let asker = |person: &Person| {
            let attended = attended.remove(&person.id).unwrap_or_default();
            let seats = seats.remove(&person.id).unwrap_or_default();
            let kept = seats.iter().filter(|(seat, _)| seat.is_taken() && *seat != Seat::Offered);
            let kept_given: Vec<Given> = kept.filter_map(|(_, own)| given_at(own.id).cloned()).collect();
            let own: Vec<i64> = person.unit.into_iter().chain(tree.managed(person.id).iter().copied()).collect();
            let above: Vec<i64> = own.iter().flat_map(|unit| tree.ancestors(*unit)).collect();
            let facts = facts.remove(&person.id).unwrap_or_default();
            let kept = kept_given.iter().map(as_kept).collect();
            let away = away.remove(&person.id).unwrap_or_default();
            (person.id, Asker { facts, units: [own, above].concat(), away, seats, kept, kept_given, attended })
        };
        Ok(people.iter().map(asker).collect())
    }

    fn question<'a>(
        &'a self,
        published: &'a Published,
        days: &'a Days,
        wishes: &Wishes,
        own_pace: &'a [ModuleIx],
        today: NaiveDate,
    ) -> Question<'a> {
        Question {
            compiled: &published.compiled,
            facts: &self.facts,
            today,
            own_pace,
            calendar: &days.calendar,
            bars: days.bars(self, wishes, today),
            kept: &self.kept,
            terms: as_terms(wishes, &self.away, today),
            nodes: NODES,
        }
    }

    /// What the person does without another day: modules taken alone, and what is left after days that have been.
    fn own_pace(&self, published: &Published) -> Vec<ModuleIx> {
        let attended = self.attended.iter().filter_map(|id| published.module_by_id(id)).map(|(module, _)| module);
        own_pace(published).into_iter().chain(attended).collect()
    }

    /// Places what is left of the path.
    pub fn plan(&self, published: &Published, days: &Days, wishes: &Wishes, today: NaiveDate) -> Plan {
        let own_pace = self.own_pace(published);
        self.told(&answer(&self.question(published, days, wishes, &own_pace, today)), days)
    }

    /// What is left of the path, not yet placed.
    pub fn task<'a>(&'a self, published: &'a Published, days: &'a Days, wishes: &Wishes, today: NaiveDate) -> Task<'a> {
        let own_pace = self.own_pace(published);
        let question = self.question(published, days, wishes, &own_pace, today);
        let path = path_of(published, &self.facts, today);
        Task { calendar: &days.calendar, ..task(&question, &path) }
    }

    /// Another way around as many of these modules as can be; none when there is none.
    pub fn task_around<'a>(
        &'a self,
        published: &'a Published,
        days: &'a Days,
        wishes: &Wishes,
        today: NaiveDate,
        avoid: &[ModuleIx],
    ) -> Option<Task<'a>> {
        let own_pace = own_pace(published);
        let task = task_around(&self.question(published, days, wishes, &own_pace, today), avoid)?;
        Some(Task { calendar: &days.calendar, ..task })
    }

    fn told(&self, answer: &Answer, days: &Days) -> Plan {
        let (task, placing) = (&answer.task, &answer.placing);
        let modules: Vec<ModuleIx> = task.pieces.iter().map(|piece| piece.module).collect();
        let place = |at: usize| match (task.pieces[at].given, placing.chosen[at]) {
            (How::Booked { occasion, .. }, _) => {
                Place::Booked(self.kept_given.iter().find(|given| given.occasion.id == occasion).cloned())
            }
            (How::OwnPace, _) if !placing.is_left_out(at) => Place::Alone,
            (How::Occasions, Some(chosen)) => {
                let given = days.given.get(&task.calendar.occasions[chosen].id);
                given.map_or(Place::Nowhere, |given| Place::Free(given.clone()))
            }
            _ => Place::Nowhere,
        };
        let mut pieces: Vec<Placed> = (0..modules.len())
            .map(|at| Placed {
                module: modules[at],
                place: place(at),
                last: date(placing.ends[at]),
                due: task.pieces[at].due.and_then(date),
            })
            .collect();
        pieces.sort_by_key(|piece| (starts(piece), piece.module));
        let missed = missed(task, placing).into_iter().map(|missed| Missed {
            module: modules[missed.piece],
            due: missed.due.and_then(date),
            causes: missed.causes,
            first: missed.first.and_then(date),
        });
        Plan { missed: missed.collect(), pieces, modules, proved: placing.proved, dearer: answer.dearer }
    }
}

/// When a piece begins; what has no place comes last.
fn starts(piece: &Placed) -> NaiveDateTime {
    match &piece.place {
        Place::Booked(Some(given)) | Place::Free(given) => given.occasion.starts_at,
        _ => piece.last.and_then(|day| day.and_hms_opt(0, 0, 0)).unwrap_or(NaiveDateTime::MAX),
    }
}

fn as_terms(wishes: &Wishes, away: &[Away], today: NaiveDate) -> Terms {
    let known = away.iter().map(|away| (away.from, away.to));
    Terms {
        today: number(today),
        from: number(wishes.from.map_or(today, |from| from.max(today))),
        away: wishes.away.iter().copied().chain(known).map(|(from, to)| (number(from), number(to))).collect(),
        days_a_week: wishes.days_a_week,
        kept: Vec::new(),
    }
}

/// A person's plan as of now; none when there is no such person.
pub fn plan_of(
    conn: &mut Conn,
    published: &Published,
    person: i64,
    wishes: &Wishes,
    now: NaiveDateTime,
) -> Result<Option<Plan>, Error> {
    let Some(asker) = Asker::read(conn, person, now)? else { return Ok(None) };
    let days = Days::read(conn, published, now)?;
    Ok(Some(asker.plan(published, &days, wishes, clock::day_of(now))))
}
