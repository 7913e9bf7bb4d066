//! A row in every table, for the tests of migrations.

use diesel::prelude::*;
use varjedag::clock;
use varjedag::courses::group::store as group_plans;
use varjedag::designer::publishing::store as attempts;
use varjedag::designer::service::Revision;
use varjedag::store::schema::{
    achievements, attests, audit, booking_log, calendar_links, days_off, diplomas, door_codes, draft_approvals,
    draft_changes, journal, notes, occasion_materials, occasion_parts, occasion_trainers, occasions, part_marks,
    seat_rules, self_ratings, sign_in_links, unit_revision, wanted_days,
};
use varjedag::store::{Error, Store};

use super::build::{self, Person, number, write};

/// At least one row in every table, as long as the builders and this know them all.
pub fn a_row_in_every_table(store: &Store) {
    build::publish_small(store);
    let unit = build::unit(store, "Prov", None);
    let person = build::person(store, "Pia Provsson", Some(unit));
    build::manager(store, unit, &person);
    build::hat(store, "administrator", &person);
    build::token(store, &person);
    build::session(store, &person);
    build::mail(store, &person, "welcome", "{}", "sent", "250");
    sign_in_link(store, &person);
    a_draft_with_its_rows(store, &person);
    a_module_achieved(store, &person);
    a_seat_given_back(store, &person);
    a_mark_a_code_and_a_rating(store, &person);
    let (piece, _) = build::evidence(store, &person);
    build::handed_in(store, &person, piece);
    what_is_around_an_occasion(store, &person);
    build::absence(store, &person);
    build::recognition(store, &person);
    build::delegate(store, &person);
    attested_evidence(store, &person);
    let asked = |conn: &mut _| group_plans::insert(conn, person.id, "dose:alla", None, clock::now());
    store.write::<_, Error>(asked).expect("a question");
    write(store, |conn| {
        diesel::insert_into(journal::table).values(journal::person_id.eq(person.id)).execute(conn)?;
        let wanted = (
            wanted_days::person_id.eq(person.id),
            wanted_days::module.eq("intro"),
            wanted_days::asked_at.eq(clock::now()),
        );
        diesel::insert_into(wanted_days::table).values(wanted).execute(conn)?;
        let link = (
            calendar_links::person_id.eq(person.id),
            calendar_links::secret_hash.eq(format!("calendar-{}", number())),
            calendar_links::made_at.eq(clock::now()),
        );
        diesel::insert_into(calendar_links::table).values(link).execute(conn)?;
        let note = (
            notes::person_id.eq(person.id),
            notes::module.eq("intro"),
            notes::day.eq(clock::today()),
            notes::body.eq("Bra"),
            notes::revision.eq(1_i64),
            notes::changed_at.eq(clock::now()),
        );
        diesel::insert_into(notes::table).values(note).execute(conn)?;
        let diploma = (
            diplomas::code.eq(format!("code-{}", number())),
            diplomas::person_id.eq(person.id),
            diplomas::kind.eq("record"),
            diplomas::content.eq("{}"),
            diplomas::made_at.eq(clock::now()),
        );
        diesel::insert_into(diplomas::table).values(diploma).execute(conn)?;
        let revision = (unit_revision::id.eq(1_i64), unit_revision::revision.eq(1_i64));
        diesel::insert_into(unit_revision::table).values(revision).execute(conn)?;
        let entry = (
            audit::at.eq(clock::now()),
            audit::actor_id.eq(person.id),
            audit::action.eq("prov"),
            audit::object_kind.eq("person"),
            audit::detail.eq(""),
        );
        diesel::insert_into(audit::table).values(entry).execute(conn)
    });
}

fn a_mark_a_code_and_a_rating(store: &Store, person: &Person) {
    write(store, |conn| {
        let (occasion, part): (i64, i64) =
            occasion_parts::table.select((occasion_parts::occasion_id, occasion_parts::id)).first(conn)?;
        let mark = (
            part_marks::mark_key.eq(format!("mark-{}", number())),
            part_marks::occasion_id.eq(occasion),
            part_marks::part_id.eq(part),
            part_marks::person_id.eq(person.id),
            part_marks::state.eq("present"),
            part_marks::source.eq("hand"),
            part_marks::reason.eq(""),
            part_marks::marked_at.eq(clock::now()),
            part_marks::recorded_at.eq(clock::now()),
        );
        diesel::insert_into(part_marks::table).values(mark).execute(conn)?;
        let code = (
            door_codes::secret.eq(format!("code-{}", number())),
            door_codes::occasion_id.eq(occasion),
            door_codes::part_id.eq(part),
            door_codes::made_at.eq(clock::now()),
        );
        diesel::insert_into(door_codes::table).values(code).execute(conn)?;
        let rating = (
            self_ratings::person_id.eq(person.id),
            self_ratings::module.eq("modellen"),
            self_ratings::moment.eq("before"),
            self_ratings::outcome.eq("00"),
            self_ratings::rating.eq(3),
            self_ratings::at.eq(clock::now()),
        );
        diesel::insert_into(self_ratings::table).values(rating).execute(conn)
    });
}

fn a_seat_given_back(store: &Store, person: &Person) {
    write(store, |conn| {
        let occasion: i64 = occasions::table.select(occasions::id).first(conn)?;
        let line = (
            booking_log::occasion_id.eq(occasion),
            booking_log::person_id.eq(person.id),
            booking_log::state.eq("cancelled"),
            booking_log::cause.eq("left"),
            booking_log::reason.eq(""),
            booking_log::at.eq(clock::now()),
        );
        diesel::insert_into(booking_log::table).values(line).execute(conn)
    });
}

fn attested_evidence(store: &Store, person: &Person) {
    let (id, _) = build::evidence(store, person);
    write(store, |conn| {
        let attest = (
            attests::evidence_id.eq(id),
            attests::asked_id.eq(person.id),
            attests::state.eq("asked"),
            attests::comment.eq(""),
            attests::asked_at.eq(clock::now()),
        );
        diesel::insert_into(attests::table).values(attest).execute(conn)
    });
}

fn what_is_around_an_occasion(store: &Store, person: &Person) {
    write(store, |conn| {
        let occasion: i64 = occasions::table.select(occasions::id).first(conn)?;
        let trainer = (
            occasion_trainers::occasion_id.eq(occasion),
            occasion_trainers::person_id.eq(person.id),
            occasion_trainers::name.eq(""),
        );
        diesel::insert_into(occasion_trainers::table).values(trainer).execute(conn)?;
        let material = (
            occasion_materials::occasion_id.eq(occasion),
            occasion_materials::phase.eq("before"),
            occasion_materials::title.eq("Prov"),
            occasion_materials::link.eq(""),
            occasion_materials::body.eq("Prov"),
            occasion_materials::added_at.eq(clock::now()),
        );
        diesel::insert_into(occasion_materials::table).values(material).execute(conn)?;
        let today = clock::today();
        let off = (days_off::from_day.eq(today), days_off::to_day.eq(today), days_off::name.eq("Prov"));
        diesel::insert_into(days_off::table).values(off).execute(conn)?;
        let rules = (
            seat_rules::offer_hours.eq(48),
            seat_rules::late_hours.eq(72),
            seat_rules::decided_at.eq(clock::now()),
            seat_rules::decided_by.eq(person.id),
        );
        diesel::insert_into(seat_rules::table).values(rules).execute(conn)
    });
}

fn sign_in_link(store: &Store, person: &Person) {
    let link = (
        sign_in_links::token_hash.eq(format!("link-{}", number())),
        sign_in_links::person_id.eq(person.id),
        sign_in_links::created_at.eq(clock::now()),
        sign_in_links::expires_at.eq(clock::now()),
        sign_in_links::next.eq("/"),
    );
    write(store, |conn| diesel::insert_into(sign_in_links::table).values(&link).execute(conn));
}

fn a_draft_with_its_rows(store: &Store, person: &Person) {
    let (draft, now) = (build::draft(store, "Utkast", person), clock::now());
    let seen = Revision { draft, revision: 1 };
    store.write::<_, Error>(|conn| attempts::insert(conn, seen, "", now)).expect("an attempt");
    write(store, |conn| {
        let change = (
            draft_changes::draft_id.eq(draft),
            draft_changes::revision.eq(1),
            draft_changes::kind.eq("change"),
            draft_changes::edits.eq("[]"),
            draft_changes::at.eq(now),
            draft_changes::by_id.eq(person.id),
        );
        diesel::insert_into(draft_changes::table).values(change).execute(conn)?;
        let approval = (
            draft_approvals::draft_id.eq(draft),
            draft_approvals::revision.eq(1),
            draft_approvals::person_id.eq(person.id),
            draft_approvals::at.eq(now),
        );
        diesel::insert_into(draft_approvals::table).values(approval).execute(conn)
    });
}

/// On a day of an edition, so that the row refers to all that it can.
fn a_module_achieved(store: &Store, person: &Person) {
    let edition = build::edition(store, &[person]);
    let achievement = (
        achievements::person_id.eq(person.id),
        achievements::module.eq("modellen"),
        achievements::day.eq(clock::today()),
        achievements::evidence.eq("attendance"),
        achievements::occasion_id.eq(edition.occasion),
        achievements::recorded_at.eq(clock::now()),
    );
    write(store, |conn| diesel::insert_into(achievements::table).values(&achievement).execute(conn));
}
