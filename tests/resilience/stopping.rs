//! SIGTERM: requests in flight are answered, mails in hand are given back, and the process is gone in thirty seconds.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use varjedag::notices::outbox::State;
use varjedag::store::schema::outbox;
use varjedag::store::{Backend, Error, Store};

use super::scene::Scene;
use crate::support::smtp::Fault;
use crate::support::{Ask, Server, on_both};

on_both![
    requests_in_flight_are_answered_and_no_new_ones_taken,
    mails_in_hand_are_given_back,
    a_database_that_hangs_does_not_keep_the_server_alive,
];

fn requests_in_flight_are_answered_and_no_new_ones_taken(scene: Scene) {
    let people = scene.people(5);
    let mut server = Server::ready(&scene.database, &scene.sink, 120);
    let developer = scene.developer(server.client());
    std::thread::scope(|threads| {
        let lock = hold_changes(threads, scene.store());
        let enrolling = threads.spawn(|| developer.enrol(&scene, &people));
        // Long enough for the request to arrive on a machine that does much else.
        std::thread::sleep(Duration::from_secs(2));
        assert!(!enrolling.is_finished(), "the request waits for the lock");
        server.signal("TERM");
        let told = Instant::now();
        while server.client().attempt(Ask::get("/readyz")).is_ok() {
            assert!(told.elapsed() < Duration::from_secs(8), "it is still ready: {}", server.log());
            std::thread::sleep(Duration::from_millis(50));
        }
        drop(lock);
        assert_eq!(enrolling.join().unwrap().expect("an answer").status, 303);
    });
    let status = server.wait_for_end(Duration::from_secs(30)).expect("it ends in time");
    assert!(status.success(), "{}", server.log());
    assert_eq!(scene.enrolled().len(), 5);
    scene.assert_no_half_change();
}

fn mails_in_hand_are_given_back(scene: Scene) {
    let people = scene.people(30);
    for person in &people {
        scene.sink.misbehave(&person.email, Fault::Hang);
    }
    let mut server = Server::ready(&scene.database, &scene.sink, 600);
    assert_eq!(scene.developer(server.client()).enrol(&scene, &people).unwrap().status, 303);
    let started = Instant::now();
    while people.iter().all(|person| scene.sink.tried(&person.email) == 0) {
        assert!(started.elapsed() < Duration::from_secs(30), "nothing is sent: {}", server.log());
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!scene.mails(State::Sending).is_empty());
    server.signal("TERM");
    let status = server.wait_for_end(Duration::from_secs(30)).expect("it ends in time");
    assert!(status.success(), "{}", server.log());
    assert_eq!(scene.mails(State::Sending).len(), 0, "nobody has to wait for a lease");
    let leased = outbox::table.filter(outbox::leased_by.is_not_null()).count();
    let leased: i64 = scene.store().read(|conn| Ok::<_, Error>(leased.get_result(conn)?)).unwrap();
    assert_eq!((leased, scene.received().len()), (0, 0));
}

fn a_database_that_hangs_does_not_keep_the_server_alive(scene: Scene) {
    let people = scene.people(2);
    let mut server = Server::ready(&scene.database, &scene.sink, 120);
    let developer = scene.developer(server.client());
    std::thread::scope(|threads| {
        let _lock = hold_changes(threads, scene.store());
        let enrolling = threads.spawn(|| developer.enrol(&scene, &people));
        std::thread::sleep(Duration::from_millis(300));
        server.signal("TERM");
        assert!(server.wait_for_end(Duration::from_secs(30)).is_some(), "it ends in time");
        let _ = enrolling.join();
    });
    assert!(scene.enrolled().is_empty());
}

/// Nobody else can change anything until what is returned is dropped.
fn hold_changes<'s>(threads: &'s std::thread::Scope<'s, '_>, store: &'s Store) -> mpsc::Sender<()> {
    let (release, released) = mpsc::channel();
    let (tell, held) = mpsc::channel();
    threads.spawn(move || {
        let wait = |conn: &mut varjedag::store::Conn| {
            if store.backend() == Backend::Postgres {
                diesel::sql_query("LOCK TABLE enrolments, outbox IN ACCESS EXCLUSIVE MODE").execute(conn)?;
            }
            let _ = tell.send(());
            // An error means that the other end was dropped, which is the release.
            let _ = released.recv();
            Ok::<_, Error>(())
        };
        store.write(wait).unwrap();
    });
    held.recv().expect("the lock is held");
    release
}
