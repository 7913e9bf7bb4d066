//! Rows that tests need, written straight to the database. Nothing here goes through a route.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use varjedag::accounts::secret;
use varjedag::clock;
use varjedag::curriculum::load::read_dir;
use varjedag::designer::drafts::service as drafts;
use varjedag::designer::service::{Publication, publish};
use varjedag::learning::assessed::{State, Step};
use varjedag::learning::store::assessed;
use varjedag::occasions::life::{Change as SeatChange, Rank};
use varjedag::occasions::seat::{Cause, Seat};
use varjedag::occasions::store as occasions_room;
use varjedag::store::schema::{
    absences, achievements, api_tokens, assignments, bookings, editions, enrolments, evidence, evidence_files, hats,
    milestones, occasions, outbox, people, recognition_delegates, recognition_log, recognitions, sessions,
    unit_managers, units, versions,
};
use varjedag::store::{Conn, Error, Store};

use super::small;

/// Somebody in the database.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: i64,
    pub email: String,
}

/// Runs `work` as one change.
pub(super) fn write<T>(store: &Store, work: impl Fn(&mut Conn) -> QueryResult<T>) -> T {
    store.write(|conn| Ok::<_, Error>(work(conn)?)).expect("a row is written")
}

/// Distinct within a test run: addresses and ids of other systems are unique.
pub(super) fn number() -> u32 {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

pub fn unit(store: &Store, name: &str, parent: Option<i64>) -> i64 {
    let row = (
        units::external_id.eq(format!("unit-{}", number())),
        units::name.eq(name),
        units::sort_key.eq(name.to_lowercase()),
        units::parent_id.eq(parent),
    );
    write(store, |conn| diesel::insert_into(units::table).values(&row).returning(units::id).get_result(conn))
}

/// Employed since a hundred days ago, Swedish, without hats.
pub fn person(store: &Store, name: &str, unit: Option<i64>) -> Person {
    person_titled(store, name, unit, "Provare")
}

/// `title` is the local job title, as an import would bring it.
pub fn person_titled(store: &Store, name: &str, unit: Option<i64>, title: &str) -> Person {
    let number = number();
    let email = format!("person{number}@exempel.invalid");
    let row = (
        people::external_id.eq(format!("person-{number}")),
        people::name.eq(name),
        people::sort_key.eq(name.to_lowercase()),
        people::search_key.eq(name.to_lowercase()),
        people::email.eq(&email),
        people::email_key.eq(&email),
        people::language.eq("sv"),
        people::unit_id.eq(unit),
        people::title_text.eq(title),
        people::starts_on.eq(clock::today() - Days::new(100)),
    );
    let id =
        write(store, |conn| diesel::insert_into(people::table).values(&row).returning(people::id).get_result(conn));
    Person { id, email }
}

pub fn manager(store: &Store, unit: i64, person: &Person) {
    let row = (unit_managers::unit_id.eq(unit), unit_managers::person_id.eq(person.id));
    write(store, |conn| diesel::insert_into(unit_managers::table).values(row).execute(conn));
}

/// `hat` is administrator, developer or coach.
pub fn hat(store: &Store, hat: &str, person: &Person) {
    let row = (hats::person_id.eq(person.id), hats::hat.eq(hat), hats::given_at.eq(clock::now()));
    write(store, |conn| diesel::insert_into(hats::table).values(row).execute(conn));
}

pub fn take_hats(store: &Store, person: &Person) {
    write(store, |conn| diesel::delete(hats::table.filter(hats::person_id.eq(person.id))).execute(conn));
}

pub fn disable(store: &Store, person: &Person, at: NaiveDateTime) {
    let row = people::table.find(person.id);
    write(store, |conn| diesel::update(row).set(people::disabled_at.eq(at)).execute(conn));
}

pub fn end_employment(store: &Store, person: &Person, on: NaiveDate) {
    let row = people::table.find(person.id);
    write(store, |conn| diesel::update(row).set(people::ends_on.eq(on)).execute(conn));
}

pub fn employed_since(store: &Store, person: &Person, day: NaiveDate) {
    let row = people::table.find(person.id);
    write(store, |conn| diesel::update(row).set(people::starts_on.eq(day)).execute(conn));
}

/// A bearer token that acts as the person, for a day.
pub fn token(store: &Store, person: &Person) -> String {
    token_until(store, person, clock::now() + Days::new(1))
}

pub fn revoke_tokens(store: &Store, person: &Person) {
    let rows = api_tokens::table.filter(api_tokens::person_id.eq(person.id));
    write(store, |conn| diesel::update(rows).set(api_tokens::revoked_at.eq(clock::now())).execute(conn));
}

/// The same until an instant of the test's choice.
pub fn token_until(store: &Store, person: &Person, end: NaiveDateTime) -> String {
    let secret = secret::new();
    let row = (
        api_tokens::token_hash.eq(secret::hash(&secret)),
        api_tokens::name.eq("prov"),
        api_tokens::person_id.eq(person.id),
        api_tokens::created_at.eq(clock::now()),
        api_tokens::expires_at.eq(end),
    );
    write(store, |conn| diesel::insert_into(api_tokens::table).values(&row).execute(conn));
    secret
}

/// A day away, in ten days; its id.
pub fn absence(store: &Store, person: &Person) -> i64 {
    let day = clock::today() + Days::new(10);
    let row = (absences::person_id.eq(person.id), absences::from_day.eq(day), absences::to_day.eq(day));
    write(store, |conn| diesel::insert_into(absences::table).values(row).returning(absences::id).get_result(conn))
}

/// A role given by hand a month ago; the assignment's id.
pub fn role(store: &Store, person: &Person, role: &str) -> i64 {
    assignment(store, person, "role", role, "hand")
}

/// A title of the curriculum, as the import gives it; held for a hundred days.
pub fn title(store: &Store, person: &Person, title: &str) -> i64 {
    assignment(store, person, "title", title, "hr")
}

fn assignment(store: &Store, person: &Person, kind: &str, code: &str, source: &str) -> i64 {
    let days = if source == "hr" { 100 } else { 30 };
    let row = (
        assignments::person_id.eq(person.id),
        assignments::kind.eq(kind),
        assignments::code.eq(code),
        assignments::from_day.eq(clock::today() - Days::new(days)),
        assignments::source.eq(source),
        assignments::created_at.eq(clock::now()),
    );
    write(store, |conn| {
        diesel::insert_into(assignments::table).values(&row).returning(assignments::id).get_result(conn)
    })
}

/// A module that the person has since yesterday, for good; the achievement's id.
pub fn achieved(store: &Store, person: &Person, module: &str) -> i64 {
    let row = (
        achievements::person_id.eq(person.id),
        achievements::module.eq(module),
        achievements::day.eq(clock::today() - Days::new(1)),
        achievements::evidence.eq("attendance"),
        achievements::recorded_at.eq(clock::now()),
    );
    write(store, |conn| {
        diesel::insert_into(achievements::table).values(&row).returning(achievements::id).get_result(conn)
    })
}

/// Takes an achievement back, as a new row.
pub fn revoke(store: &Store, achievement: i64) {
    write(store, |conn| {
        let row: (i64, String, NaiveDate) = achievements::table
            .find(achievement)
            .select((achievements::person_id, achievements::module, achievements::day))
            .first(conn)?;
        let row = (
            achievements::person_id.eq(row.0),
            achievements::module.eq(row.1),
            achievements::day.eq(row.2),
            achievements::evidence.eq("attendance"),
            achievements::recorded_at.eq(clock::now()),
            achievements::revokes_id.eq(achievement),
        );
        diesel::insert_into(achievements::table).values(row).execute(conn)
    });
}

/// A request to have the module `samtal` recognised, which the person has written and which waits for a decision.
pub fn recognition(store: &Store, person: &Person) -> i64 {
    let (now, today) = (clock::now(), clock::today());
    write(store, |conn| {
        let row = (
            recognitions::person_id.eq(person.id),
            recognitions::asked_by.eq(person.id),
            recognitions::module.eq("samtal"),
            recognitions::day.eq(today),
            recognitions::course.eq(""),
            recognitions::motivation.eq("Jag kan det"),
            recognitions::state.eq("asked"),
            recognitions::created_at.eq(now),
            recognitions::changed_at.eq(now),
        );
        let id: i64 =
            diesel::insert_into(recognitions::table).values(row).returning(recognitions::id).get_result(conn)?;
        let line = (
            recognition_log::recognition_id.eq(id),
            recognition_log::state.eq("asked"),
            recognition_log::comment.eq(""),
            recognition_log::at.eq(now),
            recognition_log::by_id.eq(person.id),
        );
        diesel::insert_into(recognition_log::table).values(line).execute(conn)?;
        Ok(id)
    })
}

/// An assignment in the module `kartlagga` that was handed in with a piece of evidence and waits to be read.
pub fn handed_in(store: &Store, person: &Person, evidence: i64) {
    let (at, by) = (clock::now(), Some(person.id));
    let row = assessed::New { round: 1, step: Step::HandedIn, text: "", evidence: Some(evidence), at, by };
    let step = |conn: &mut _| {
        let id = assessed::hold(conn, person.id, "kartlagga", at)?;
        assessed::add(conn, id, row)?;
        assessed::set(conn, person.id, "kartlagga", (State::Waits, false), at)
    };
    store.write::<_, Error>(step).expect("a step");
}

/// A piece of evidence with one file, for the module `kartlagga`: the piece's id and the file's.
pub fn evidence(store: &Store, person: &Person) -> (i64, i64) {
    let now = clock::now();
    write(store, |conn| {
        let piece = (
            evidence::person_id.eq(person.id),
            evidence::module.eq("kartlagga"),
            evidence::text.eq("Ur vardagen"),
            evidence::link.eq(""),
            evidence::added_by.eq(person.id),
            evidence::added_at.eq(now),
            evidence::changed_at.eq(now),
        );
        let id: i64 = diesel::insert_into(evidence::table).values(piece).returning(evidence::id).get_result(conn)?;
        let file = (
            evidence_files::evidence_id.eq(id),
            evidence_files::name.eq("a.txt"),
            evidence_files::kind.eq("text"),
            evidence_files::size.eq(3),
            evidence_files::added_at.eq(now),
            evidence_files::bytes.eq(vec![0_u8, 1, 255]),
        );
        let file = diesel::insert_into(evidence_files::table).values(file).returning(evidence_files::id);
        Ok((id, file.get_result(conn)?))
    })
}

/// Somebody who decides about the module `mata` today.
pub fn delegate(store: &Store, person: &Person) -> i64 {
    let row = (
        recognition_delegates::person_id.eq(person.id),
        recognition_delegates::kind.eq("module"),
        recognition_delegates::code.eq("mata"),
        recognition_delegates::from_day.eq(clock::today()),
        recognition_delegates::to_day.eq(clock::today()),
        recognition_delegates::named_at.eq(clock::now()),
        recognition_delegates::named_by.eq(person.id),
    );
    let id = recognition_delegates::id;
    write(store, |conn| diesel::insert_into(recognition_delegates::table).values(&row).returning(id).get_result(conn))
}

/// A session of the person's, as after signing in: its secret and its form token.
pub fn session(store: &Store, person: &Person) -> (String, String) {
    let (secret, csrf) = (secret::new(), secret::new());
    let row = (
        sessions::token_hash.eq(secret::hash(&secret)),
        sessions::person_id.eq(person.id),
        sessions::csrf.eq(&csrf),
        sessions::created_at.eq(clock::now()),
        sessions::expires_at.eq(clock::now() + Days::new(1)),
    );
    write(store, |conn| diesel::insert_into(sessions::table).values(&row).execute(conn));
    (secret, csrf)
}

/// Gives somebody a seat, as it stands in the list and in its log.
pub fn seat(store: &Store, occasion: i64, person: &Person) {
    let rank = Rank::new(None, clock::now(), person.id);
    let (to, cause) = (Seat::Booked, Cause::Placed);
    let change = SeatChange { person: person.id, from: None, to, until: None, rank, cause };
    store.write(|conn| occasions_room::write(conn, occasion, &change, None, "", clock::now())).expect("a seat");
}

/// Publishes the small curriculum with a text replaced wherever it stands.
pub fn publish_small_with(store: &Store, from: &str, to: &str) {
    let folder = small::small_with(from, to);
    let sources = read_dir(folder.path()).expect("the small curriculum");
    publish(store, &Publication::of(&sources), clock::now(), &|_, _| ()).expect("the curriculum is sound");
}

/// Publishes the small curriculum of `tests/data`.
pub fn publish_small(store: &Store) {
    publish(store, &Publication::of(&small()), clock::now(), &|_, _| ()).expect("the small curriculum is sound");
}

/// A draft of the newest version, which there must be; its id.
pub fn draft(store: &Store, name: &str, by: &Person) -> i64 {
    drafts::begin(store, name, None, by.id, clock::now()).expect("a curriculum is published")
}

/// A run of the small curriculum's programme.
#[derive(Debug, Clone)]
pub struct Edition {
    pub id: i64,
    /// Gave the module `modellen` yesterday; all participants had a seat.
    pub occasion: i64,
    /// The assignment behind each enrolment, in the order of the participants.
    pub assignments: Vec<i64>,
}

/// An edition that began a month ago, with everybody of `people` enrolled as participants. Needs a published
/// curriculum, or makes an empty one.
pub fn edition(store: &Store, people: &[&Person]) -> Edition {
    let number = number();
    let (now, today) = (clock::now(), clock::today());
    write(store, |conn| {
        let edition = insert_edition(conn, &format!("Omgång {number}"), now)?;
        let milestone =
            (milestones::edition_id.eq(edition), milestones::code.eq("mal"), milestones::day.eq(today + Days::new(30)));
        diesel::insert_into(milestones::table).values(milestone).execute(conn)?;
        let occasion = insert_occasion(conn, edition, &format!("occasion-{number}"), now)?;
        let enrolled = people.iter().map(|person| enrol(conn, edition, occasion, person, now));
        Ok(Edition { id: edition, occasion, assignments: enrolled.collect::<QueryResult<_>>()? })
    })
}

fn insert_edition(conn: &mut Conn, name: &str, now: NaiveDateTime) -> QueryResult<i64> {
    let today = clock::day_of(now);
    let version: Option<i64> =
        versions::table.select(versions::id).order(versions::id.desc()).first(conn).optional()?;
    let version = match version {
        Some(version) => version,
        None => insert_empty_version(conn, now)?,
    };
    let row = (
        editions::programme.eq("arets"),
        editions::name.eq(name),
        editions::starts_on.eq(today - Days::new(30)),
        editions::ends_on.eq(today + Days::new(210)),
        editions::version_id.eq(version),
        editions::created_at.eq(now),
    );
    diesel::insert_into(editions::table).values(row).returning(editions::id).get_result(conn)
}

fn insert_empty_version(conn: &mut Conn, now: NaiveDateTime) -> QueryResult<i64> {
    let row = (
        versions::number.eq("0"),
        versions::sources.eq("{\"files\":[]}"),
        versions::note.eq(""),
        versions::published_at.eq(now),
    );
    diesel::insert_into(versions::table).values(row).returning(versions::id).get_result(conn)
}

fn insert_occasion(conn: &mut Conn, edition: i64, uid: &str, now: NaiveDateTime) -> QueryResult<i64> {
    let row = (
        occasions::edition_id.eq(edition),
        occasions::meeting.eq("start"),
        occasions::module.eq("modellen"),
        occasions::starts_at.eq(now - Days::new(1)),
        occasions::ends_at.eq(now - Days::new(1) + chrono::Duration::hours(3)),
        occasions::place.eq("Provsalen"),
        occasions::uid.eq(uid),
        occasions::sequence.eq(0),
    );
    let id = diesel::insert_into(occasions::table).values(row).returning(occasions::id).get_result(conn)?;
    insert_missing_parts(conn)?;
    Ok(id)
}

/// Gives every occasion that has none one part, as the migration does.
pub const MISSING_PARTS: &str = "INSERT INTO occasion_parts (occasion_id, no, starts_at, ends_at, place, link, uid, sequence) \
     SELECT id, 1, starts_at, ends_at, place, link, uid, sequence FROM occasions \
     WHERE id NOT IN (SELECT occasion_id FROM occasion_parts)";

/// Moves the only part of each occasion to where the occasion is.
pub const FOLLOWING_PARTS: &str = "UPDATE occasion_parts SET \
     starts_at = (SELECT o.starts_at FROM occasions o WHERE o.id = occasion_id), \
     ends_at = (SELECT o.ends_at FROM occasions o WHERE o.id = occasion_id)";

fn insert_missing_parts(conn: &mut Conn) -> QueryResult<()> {
    diesel::sql_query(MISSING_PARTS).execute(conn)?;
    Ok(())
}

/// Returns the assignment that carries the role.
fn enrol(conn: &mut Conn, edition: i64, occasion: i64, person: &Person, now: NaiveDateTime) -> QueryResult<i64> {
    let assignment = diesel::insert_into(assignments::table)
        .values((
            assignments::person_id.eq(person.id),
            assignments::kind.eq("role"),
            assignments::code.eq("deltagare"),
            assignments::from_day.eq(clock::day_of(now)),
            assignments::source.eq("programme"),
            assignments::edition_id.eq(edition),
            assignments::created_at.eq(now),
        ))
        .returning(assignments::id)
        .get_result(conn)?;
    let enrolment = (
        enrolments::edition_id.eq(edition),
        enrolments::person_id.eq(person.id),
        enrolments::role.eq("deltagare"),
        enrolments::assignment_id.eq(assignment),
        enrolments::enrolled_at.eq(now),
    );
    diesel::insert_into(enrolments::table).values(enrolment).execute(conn)?;
    let booking = (
        bookings::occasion_id.eq(occasion),
        bookings::person_id.eq(person.id),
        bookings::state.eq("booked"),
        bookings::changed_at.eq(now),
    );
    diesel::insert_into(bookings::table).values(booking).execute(conn)?;
    Ok(assignment)
}

/// A mail about a finished module that the mail server refused for good.
pub fn failed_mail(store: &Store, to: &Person) -> i64 {
    let payload = r#"{"kind":"achieved","module":"Modellen","next":null,"link":"/"}"#;
    mail(store, to, "achieved", payload, "failed", "permanent error (550): no such user")
}

/// Any row of the outbox.
pub fn mail(store: &Store, to: &Person, kind: &str, payload: &str, state: &str, answer: &str) -> i64 {
    let row = (
        outbox::kind.eq(kind),
        outbox::person_id.eq(to.id),
        outbox::name.eq("Mottagare Provsson"),
        outbox::email.eq(&to.email),
        outbox::language.eq("sv"),
        outbox::payload.eq(payload),
        outbox::dedupe_key.eq(format!("test:{}", number())),
        outbox::state.eq(state),
        outbox::created_at.eq(clock::now()),
        outbox::not_before.eq(clock::now() + Days::new(1)),
        outbox::attempts.eq(1),
        outbox::answer.eq(answer),
    );
    write(store, |conn| diesel::insert_into(outbox::table).values(&row).returning(outbox::id).get_result(conn))
}

/// Breaks the installation: every query about `table` fails from now on.
pub fn lose_table(store: &Store, table: &str) {
    write(store, |conn| diesel::sql_query(format!("ALTER TABLE {table} RENAME TO lost")).execute(conn));
}

/// Anything that the builders have no word for.
pub fn execute(store: &Store, sql: &str) {
    write(store, |conn| diesel::sql_query(sql).execute(conn));
}
