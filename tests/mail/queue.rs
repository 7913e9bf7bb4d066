//! What is queued, kept, dropped and sent again.

use std::sync::{Arc, Mutex};

use mail_parser::MessageParser;
use varjedag::notices::deliver::Mailer;
use varjedag::notices::kinds::{Notice, Occasion, Reminder, SignIn};
use varjedag::notices::outbox::State;
use varjedag::notices::store::{self as outbox};
use varjedag::notices::{enqueue, service};
use varjedag::store::Error;

use super::{House, achieved, new_notice, run, smtp, start};
use crate::support::on_both;
use crate::support::smtp::{Fault, Sink};

on_both![
    the_same_reminder_is_queued_once_and_only_with_its_change,
    the_same_reminder_from_many_instances_is_queued_once,
    what_is_no_longer_useful_is_dropped_with_a_reason,
    a_sign_in_link_is_not_kept_after_delivery,
    a_mail_that_failed_can_be_sent_again,
    a_person_without_a_usable_address_fails_visibly_and_alone,
    without_a_server_each_mail_is_one_file,
    a_restored_database_does_not_send_old_mail,
];

fn the_same_reminder_is_queued_once_and_only_with_its_change(house: House) {
    let undone: Result<(), Error> = house.store().write(|conn| {
        assert!(enqueue(conn, &new_notice("p@region.example", achieved()), start())?);
        Err(Error::Stopped)
    });
    assert!(undone.is_err());
    assert!(house.queue("p@region.example"), "what was rolled back was never queued");
    assert!(!house.queue("p@region.example"));
    let counts = house.store().read(outbox::counts).unwrap();
    assert_eq!(counts.get("waiting"), Some(&1));
}

fn the_same_reminder_from_many_instances_is_queued_once(house: House) {
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let store = house.store().clone();
            std::thread::spawn(move || {
                let new = new_notice("p@region.example", achieved());
                store.write(|conn| enqueue(conn, &new, start())).unwrap()
            })
        })
        .collect();
    let queued = threads.into_iter().map(|t| t.join().unwrap()).filter(|new| *new).count();
    assert_eq!(queued, 1);
}

fn what_is_no_longer_useful_is_dropped_with_a_reason(house: House) {
    run(async {
        let starts_at = start() + chrono::Duration::hours(20);
        let occasion = Occasion {
            uid: "occasion-7".into(),
            sequence: 0,
            title: "Tidsdiagram".into(),
            starts_at,
            ends_at: starts_at,
            place: String::new(),
            part: None,
            parts: Vec::new(),
        };
        house.queue_notice("p@region.example", Notice::Reminder(Reminder { occasion, link: "/occasions/7".into() }));
        house.pass(3 * 86_400);
        let kept = Arc::new(Mutex::new(Vec::new()));
        assert_eq!(house.worker(Mailer::Memory(kept.clone())).deliver_due().await.unwrap(), 0);
        assert_eq!((house.state("p@region.example"), kept.lock().unwrap().len()), (State::Dropped, 0));
        assert_eq!(house.row("p@region.example").answer, "stale");
    });
}

fn a_sign_in_link_is_not_kept_after_delivery(house: House) {
    run(async {
        let sink = Sink::start();
        sink.misbehave("refused@region.example", Fault::Refuse(550, 9));
        let link = || {
            let expires_at = house.now() + chrono::Duration::minutes(15);
            Notice::SignIn(SignIn { link: "/sign-in/SECRET".into(), expires_at })
        };
        for email in ["sent@region.example", "refused@region.example"] {
            house.queue_notice(email, link());
        }
        let worker = house.worker(smtp(&sink));
        worker.deliver_due().await.unwrap();
        house.queue_notice("late@region.example", link());
        house.pass(16 * 60);
        worker.deliver_due().await.unwrap();
        for (email, state) in [("sent", State::Sent), ("refused", State::Failed), ("late", State::Dropped)] {
            let row = house.row(&format!("{email}@region.example"));
            assert_eq!((row.state(), row.payload.as_str()), (state, "{}"), "{email}");
            assert!(!service::send_again(house.store(), row.id, house.now()).unwrap(), "{email}");
        }
    });
}

fn a_mail_that_failed_can_be_sent_again(house: House) {
    run(async {
        let sink = Sink::start();
        sink.misbehave("p@region.example", Fault::Refuse(550, 1));
        house.queue("p@region.example");
        let worker = house.worker(smtp(&sink));
        worker.deliver_due().await.unwrap();
        let failed = house.row("p@region.example");
        assert_eq!(failed.state(), State::Failed);
        assert!(service::send_again(house.store(), failed.id, house.now()).unwrap());
        assert!(!service::send_again(house.store(), failed.id, house.now()).unwrap(), "it waits already");
        assert_eq!(worker.deliver_due().await.unwrap(), 1);
    });
}

fn a_person_without_a_usable_address_fails_visibly_and_alone(house: House) {
    run(async {
        let sink = Sink::start();
        for email in ["", "no address", "a@b\r\nBcc: c@region.example", "good@region.example"] {
            house.queue(email);
        }
        assert_eq!(house.worker(smtp(&sink)).deliver_due().await.unwrap(), 1);
        assert_eq!(house.state("no address"), State::Failed);
        assert_eq!(house.row("").answer, "bad-recipient");
        assert_eq!(sink.accepted().len(), 1);
    });
}

fn without_a_server_each_mail_is_one_file(house: House) {
    run(async {
        house.queue("p@region.example");
        let folder = house.database.folder.path().join("mail");
        assert_eq!(house.worker(Mailer::Files(folder.clone())).deliver_due().await.unwrap(), 1);
        let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()).collect();
        assert_eq!(files.len(), 1);
        let octets = std::fs::read(&files[0]).unwrap();
        assert_eq!(MessageParser::default().parse(&octets).unwrap().subject(), Some("En ny bit på plats"));
    });
}

fn a_restored_database_does_not_send_old_mail(house: House) {
    run(async {
        let sink = Sink::start();
        house.queue("p@region.example");
        let expires_at = start() + chrono::Duration::days(1);
        house.queue_notice("key@region.example", Notice::SignIn(SignIn { link: "/sign-in/SECRET".into(), expires_at }));
        assert_eq!(service::hold_after_restore(house.store(), start()).unwrap(), 1);
        assert_eq!(service::hold_after_restore(house.store(), start()).unwrap(), 0, "what is held stays so");
        assert_eq!(house.worker(smtp(&sink)).deliver_due().await.unwrap(), 0);
        let row = house.row("p@region.example");
        assert_eq!((row.state(), row.answer.as_str()), (State::Held, "restored"));
        let key = house.row("key@region.example");
        assert_eq!((key.state(), key.payload.as_str()), (State::Dropped, "{}"), "a link of then opens nothing");
        assert!(service::send_again(house.store(), row.id, house.now()).unwrap(), "a person may still decide to");
        assert_eq!(house.worker(smtp(&sink)).deliver_due().await.unwrap(), 1);
    });
}
