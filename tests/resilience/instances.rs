//! Several instances on one PostgreSQL, one of them frozen past its lease while it holds mails.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chrono::Days;
use diesel::prelude::*;
use varjedag::clock;
use varjedag::learning::daily;
use varjedag::notices::deliver::CONVERSATIONS;
use varjedag::notices::outbox::State;
use varjedag::store::Error;
use varjedag::store::schema::{bookings, occasions, outbox};
use varjedag::versions::published::Shelf;

use super::scene::Scene;
use crate::support::{Server, build, on_postgresql};

#[test]
fn an_instance_frozen_past_its_lease_doubles_nothing() {
    on_postgresql(frozen);
}

const LEASE_SECONDS: u32 = 3;

fn frozen(scene: Scene) {
    let people = scene.people(40);
    end_frozen_transactions(&scene);
    let server = |scene: &Scene| Server::ready(&scene.database, &scene.sink, LEASE_SECONDS);
    let freezing = server(&scene);
    // Slow enough to be caught with mails in hand.
    scene.sink.dawdle(Duration::from_millis(40));
    assert_eq!(scene.developer(freezing.client()).enrol(&scene, &people).unwrap().status, 303);
    remind_everybody(&scene);
    let started = Instant::now();
    while count(&scene, "sending") == 0 || scene.received().len() < 10 {
        assert!(started.elapsed() < Duration::from_secs(30), "nothing is sent: {}", freezing.log());
        std::thread::sleep(Duration::from_millis(2));
    }
    freezing.signal("STOP");
    std::thread::sleep(Duration::from_millis(200));
    assert!(count(&scene, "sending") > 10, "it was frozen with mails in hand");
    let sent = scene.mails(State::Sent);
    let doubtful: HashMap<_, _> =
        scene.received().into_keys().filter(|mail| !sent.contains(mail)).map(|mail| (mail, 1)).collect();

    scene.sink.dawdle(Duration::ZERO);
    let others = [server(&scene), server(&scene)];
    scene.wait_until_all_is_sent(Duration::from_secs(60));
    freezing.signal("CONT");
    // Time for it to say what it still had to say.
    std::thread::sleep(Duration::from_secs(2));
    for server in others.iter().chain([&freezing]) {
        assert_eq!(server.client().get("/readyz").status, 200, "{}", server.log());
    }
    assert!(doubtful.len() <= CONVERSATIONS, "{}", doubtful.len());
    scene.assert_received_is_what_was_sent(&doubtful);
    scene.assert_no_half_change();
    let reminders = outbox::table.filter(outbox::kind.eq("reminder")).count();
    let reminders: i64 = scene.store().read(|conn| Ok::<_, Error>(reminders.get_result(conn)?)).unwrap();
    assert_eq!(reminders, 40, "one for each person");
}

fn count(scene: &Scene, state: &str) -> i64 {
    let rows = outbox::table.filter(outbox::state.eq(state)).count();
    scene.store().read(|conn| Ok::<_, Error>(rows.get_result(conn)?)).unwrap()
}

/// The setting that the manual asks for, so that a frozen instance does not keep its locks.
fn end_frozen_transactions(scene: &Scene) {
    let name = scene.database.url.split(['/', '?']).nth(3).expect("a database's name");
    let setting = format!("ALTER DATABASE {name} SET idle_in_transaction_session_timeout = '2s'");
    scene.store().write(|conn| Ok::<_, Error>(diesel::sql_query(&setting).execute(conn)?)).unwrap();
}

/// One occasion is in six days and everybody has been booked for long. All instances plan the day at once.
fn remind_everybody(scene: &Scene) {
    let (now, today) = (clock::now(), clock::today());
    let one: i64 = scene
        .store()
        .read(|conn| {
            let to_come = bookings::table.filter(bookings::state.eq("booked"));
            Ok::<_, Error>(to_come.select(bookings::occasion_id).order(bookings::occasion_id).first(conn)?)
        })
        .unwrap();
    let moved = (
        occasions::starts_at.eq(now + Days::new(6)),
        occasions::ends_at.eq(now + Days::new(6) + chrono::Duration::hours(1)),
    );
    scene
        .store()
        .write(|conn| {
            diesel::update(occasions::table.find(one)).set(moved).execute(conn)?;
            diesel::sql_query(build::FOLLOWING_PARTS).execute(conn)?;
            diesel::update(bookings::table).set(bookings::changed_at.eq(now - Days::new(30))).execute(conn)?;
            Ok::<_, Error>(())
        })
        .unwrap();
    let published = Shelf::default().current(scene.store()).unwrap().expect("a published curriculum");
    std::thread::scope(|threads| {
        for _ in 0..3 {
            threads.spawn(|| daily::queue(scene.store(), &published, today, now).unwrap());
        }
    });
}
