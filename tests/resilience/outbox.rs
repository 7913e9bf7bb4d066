//! What the mail server received is what the outbox says was sent; and a mail server that is away loses nothing.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use varjedag::clock;
use varjedag::notices::outbox::State;
use varjedag::store::Error;
use varjedag::store::schema::outbox;

use super::scene::Scene;
use crate::support::process::free_address;
use crate::support::smtp::Sink;
use crate::support::{Server, on_both};

on_both![the_mails_received_are_those_sent, a_dead_mail_server_loses_nothing];

fn the_mails_received_are_those_sent(scene: Scene) {
    let people = scene.people(12);
    let server = Server::ready(&scene.database, &scene.sink, 120);
    let developer = scene.developer(server.client());
    assert_eq!(developer.enrol(&scene, &people).unwrap().status, 303);
    for person in &people[..8] {
        assert_eq!(developer.mark(scene.held[0], person).unwrap().status, 303);
    }
    scene.wait_until_all_is_sent(Duration::from_secs(30));
    scene.assert_no_half_change();
    scene.assert_received_is_what_was_sent(&HashMap::new());
    assert!(scene.received().len() >= 12 * 2 + 8, "{}", scene.received().len());
}

fn a_dead_mail_server_loses_nothing(mut scene: Scene) {
    let people = scene.people(6);
    let nobody = free_address();
    let mut server = Server::start(&scene.database, nobody, free_address(), 120);
    server.wait_until_ready();
    assert_eq!(scene.developer(server.client()).enrol(&scene, &people).unwrap().status, 303);
    let refused = || {
        let tried = outbox::table.filter(outbox::attempts.gt(0)).select((outbox::state, outbox::answer));
        scene.store().read(|conn| Ok::<_, Error>(tried.load::<(String, String)>(conn)?)).unwrap()
    };
    let started = Instant::now();
    while refused().is_empty() || refused().len() < scene.unsent() as usize {
        assert!(started.elapsed() < Duration::from_secs(30), "{:?}", refused());
        std::thread::sleep(Duration::from_millis(20));
    }
    for (state, answer) in refused() {
        assert_eq!(state, "waiting");
        assert!(answer.to_lowercase().contains("connection"), "the reason is not kept: {answer:?}");
    }
    scene.sink = Sink::start_at(nobody);
    pass_a_while(&scene);
    scene.wait_until_all_is_sent(Duration::from_secs(60));
    scene.assert_received_is_what_was_sent(&HashMap::new());
    assert!(scene.mails(State::Failed).is_empty());
}

/// As if the wait until the next try were over.
fn pass_a_while(scene: &Scene) {
    let waiting = outbox::table.filter(outbox::state.eq("waiting"));
    let now = clock::now();
    let moved = scene
        .store()
        .write(|conn| Ok::<_, Error>(diesel::update(waiting).set(outbox::not_before.eq(now)).execute(conn)?));
    assert!(moved.unwrap() > 0);
}
