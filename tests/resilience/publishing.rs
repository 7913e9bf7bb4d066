//! SIGKILL while a draft is published: version, end of the draft and mails have all happened, or none of them, and the
//! page says which.

use std::time::Duration;

use chrono::TimeDelta;
use varjedag::clock;
use varjedag::curriculum::edit::{Cell, Edit, Mark};
use varjedag::designer::drafts::desk::Desk;
use varjedag::designer::drafts::service::{self as drafts, Ask};
use varjedag::designer::publishing::{State, service};
use varjedag::notices::store as outbox;
use varjedag::store::Error;
use varjedag::versions::store as versions;

use super::scene::Scene;
use crate::support::build::{self, Person};
use crate::support::process::free_address;
use crate::support::{Client, Server, on_both};

on_both![killed_while_publishing_everything_has_happened_or_nothing];

/// From the press of the button to the kill, in milliseconds.
const LIVES: [u64; 7] = [5, 40, 80, 140, 220, 350, 900];
const LEASE_SECONDS: u32 = 3;

fn killed_while_publishing_everything_has_happened_or_nothing(scene: Scene) {
    let store = scene.store();
    let readers = scene.people(300);
    for person in &readers {
        build::role(store, person, "deltagare");
    }
    let author = build::person(store, "Exempla Utvecklarsson", None);
    let mut told = 0;
    for (round, life) in LIVES.into_iter().enumerate() {
        let draft = other_deadline(&scene, &author, 100 + round as u32);
        let numbers = || store.read(versions::numbers).expect("the versions").len();
        let before = numbers();
        let address = free_address();
        let mut server = Server::start(&scene.database, scene.sink.address, address, LEASE_SECONDS);
        server.wait_until_ready();
        let developer = scene.developer(Client::new(&format!("http://{address}"), "http://varjedag.example"));
        std::thread::scope(|threads| {
            let form = [("revision", "1"), ("note", "Kortare"), ("who", "everyone"), ("grace", "0")];
            threads.spawn(move || drop(developer.change(&format!("/designer/drafts/{draft}/publish"), &form)));
            std::thread::sleep(Duration::from_millis(life));
            server.kill();
        });
        let later = clock::now() + TimeDelta::minutes(1);
        let state = store.read::<_, Error>(|conn| service::state(conn, draft, later)).expect("a state");
        let now_told = mails(&scene, &readers);
        match state {
            State::Published(_) => {
                assert_eq!((numbers(), now_told), (before + 1, told + readers.len()), "after {life} ms");
            }
            State::Untried | State::CutOff(_) => {
                assert_eq!((numbers(), now_told), (before, told), "after {life} ms");
                drafts::throw_away(store, draft, author.id, clock::now()).expect("the draft is there");
            }
            other => panic!("after {life} ms: {other:?}"),
        }
        told = now_told;
    }
}

/// A draft in which those who take part have other days for the model.
fn other_deadline(scene: &Scene, author: &Person, days: u32) -> i64 {
    let draft = build::draft(scene.store(), "Kortare", author);
    let ask = Ask { draft, by: author.id, now: clock::now(), seen: 0 };
    let set = |now: &varjedag::curriculum::model::Curriculum| {
        let before = Cell::of(&now.doses["deltagare"], "modellen");
        assert_eq!(before.mark(), Mark::Required);
        let after = Cell { days: Some(days), ..before.clone() };
        vec![Edit::Cell { dose: "deltagare".into(), module: "modellen".into(), before, after }]
    };
    drafts::change(scene.store(), &Desk::default(), &ask, |now, _| Some(set(now))).expect("a change");
    draft
}

/// Mails about versions to these people.
fn mails(scene: &Scene, readers: &[Person]) -> usize {
    let of = |person: &Person| {
        let rows = scene.store().read(|conn| outbox::of_person(conn, person.id, 50)).expect("mails");
        rows.iter().filter(|row| row.kind == "version").count()
    };
    readers.iter().map(of).sum()
}
