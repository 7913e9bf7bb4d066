//! Mail from the outbox to a server that misbehaves: nothing is lost, nothing is doubled that need not be, and what
//! failed says why.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use chrono::NaiveDateTime;
use mail_parser::MessageParser;
use tokio::sync::watch;
use varjedag::config::{Site, Smtp, Tls};
use varjedag::curriculum::model::Language;
use varjedag::notices::deliver::Mailer;
use varjedag::notices::enqueue;
use varjedag::notices::kinds::{Achieved, Notice};
use varjedag::notices::outbox::{Outcome, State, after};
use varjedag::notices::render::Writer;
use varjedag::notices::store::{self as outbox, NewNotice, Row};
use varjedag::notices::worker::{Tempo, Worker};
use varjedag::store::{Error, Store};

use crate::support::smtp::{Fault, Sink};
use crate::support::{Database, Stage, on_both};

mod queue;

on_both![
    each_fault_of_a_server_ends_as_it_should,
    one_bad_recipient_delays_nobody,
    a_dead_server_loses_nothing,
    three_instances_send_each_mail_once,
    a_mail_whose_worker_died_is_sent_when_the_lease_is_over,
    a_worker_frozen_past_its_lease_neither_sends_nor_writes,
    a_stopping_server_gives_its_mails_back,
];

/// A worker, its database and a clock that the test moves.
struct House {
    database: Database,
    seconds: Arc<AtomicI64>,
}

fn start() -> NaiveDateTime {
    "2027-03-27T08:00:00".parse().unwrap()
}

impl Stage for House {
    fn set(database: Database) -> House {
        House { database, seconds: Arc::default() }
    }
}

impl House {
    fn store(&self) -> &Store {
        &self.database.store
    }

    fn now(&self) -> NaiveDateTime {
        start() + chrono::Duration::seconds(self.seconds.load(Ordering::SeqCst))
    }

    fn pass(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    fn worker(&self, mailer: Mailer) -> Worker {
        let seconds = self.seconds.clone();
        let site = Site { public_url: "https://varjedag.example".parse().unwrap(), region: "Region Exempel".into() };
        Worker {
            store: self.store().clone(),
            writer: Arc::new(Writer::new(&site, "varjedag@region.example")),
            mailer,
            tempo: Tempo { farewell: Duration::from_millis(300), ..Tempo::default() },
            clock: Arc::new(move || start() + chrono::Duration::seconds(seconds.load(Ordering::SeqCst))),
            daily: None,
            often: None,
        }
    }

    fn queue(&self, email: &str) -> bool {
        self.queue_notice(email, achieved())
    }

    fn queue_notice(&self, email: &str, notice: Notice) -> bool {
        let new = new_notice(email, notice);
        self.store().write(|conn| enqueue(conn, &new, self.now())).unwrap()
    }

    fn row(&self, email: &str) -> Row {
        let rows = self.store().read(|conn| {
            State::ALL.iter().try_fold(Vec::new(), |mut all, state| {
                all.extend(outbox::in_states(conn, &[*state], 1000, 0)?);
                Ok::<_, Error>(all)
            })
        });
        rows.unwrap().into_iter().find(|row| row.email == email).unwrap()
    }

    fn state(&self, email: &str) -> State {
        self.row(email).state()
    }
}

fn achieved() -> Notice {
    Notice::Achieved(Achieved { module: "Tidsdiagram".into(), next: None, link: "/path".into(), assessed: false })
}

fn new_notice(email: &str, notice: Notice) -> NewNotice {
    NewNotice {
        notice,
        person_id: None,
        name: "Testa Testsson".into(),
        email: email.into(),
        language: Language::Sv,
        dedupe_key: format!("test:{email}"),
        due_day: None,
        not_before: None,
    }
}

fn smtp(sink: &Sink) -> Mailer {
    smtp_at(sink.address)
}

fn smtp_at(address: SocketAddr) -> Mailer {
    let settings =
        Smtp { host: address.ip().to_string(), port: address.port(), tls: Tls::None, username: None, password: None };
    Mailer::smtp(&settings, "varjedag.example", Duration::from_millis(700)).unwrap()
}

fn message_ids(sink: &Sink, to: &str) -> Vec<String> {
    let parse = |octets: &[u8]| MessageParser::default().parse(octets)?.message_id().map(String::from);
    sink.accepted().iter().filter(|mail| mail.to == to).filter_map(|mail| parse(&mail.octets)).collect()
}

/// Tasks of a test run on several threads, as in the server.
fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test);
}

/// Longer than the pause after any of the first three failures.
const ONE_TRY: i64 = 8 * 60;

fn each_fault_of_a_server_ends_as_it_should(house: House) {
    run(async {
        let sink = Sink::start();
        let faults = [
            ("good@region.example", None),
            ("later@region.example", Some(Fault::Refuse(451, 2))),
            ("unknown@region.example", Some(Fault::Refuse(550, 99))),
            ("hang@region.example", Some(Fault::Hang)),
            ("cut@region.example", Some(Fault::CloseInData)),
            ("dies@region.example", Some(Fault::AcceptAndDie(1))),
        ];
        for (email, fault) in faults {
            house.queue(email);
            if let Some(fault) = fault {
                sink.misbehave(email, fault);
            }
        }
        let worker = house.worker(smtp(&sink));
        for _ in 0..4 {
            worker.deliver_due().await.unwrap();
            house.pass(ONE_TRY);
        }
        let ends = |email| (house.state(email), sink.count(email));
        assert_eq!(ends("good@region.example"), (State::Sent, 1));
        assert_eq!(ends("later@region.example"), (State::Sent, 1));
        assert_eq!(ends("unknown@region.example"), (State::Failed, 0));
        assert_eq!(ends("hang@region.example"), (State::Waiting, 0));
        assert_eq!(ends("cut@region.example"), (State::Waiting, 0));
        // Nobody can know that the server had it: the second copy is the same mail.
        assert_eq!(ends("dies@region.example"), (State::Sent, 2));
        let ids: HashSet<String> = message_ids(&sink, "dies@region.example").into_iter().collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(sink.tried("unknown@region.example"), 1, "a final answer is not asked for again");
        let answer = house.row("unknown@region.example").answer;
        assert!(answer.contains("550") && !answer.contains('@'), "{answer}");
    });
}

fn one_bad_recipient_delays_nobody(house: House) {
    run(async {
        let sink = Sink::start();
        sink.misbehave("hang@region.example", Fault::Hang);
        house.queue("hang@region.example");
        for n in 0..30 {
            house.queue(&format!("p{n}@region.example"));
        }
        let worker = house.worker(smtp(&sink));
        let delivering = tokio::spawn(async move { worker.deliver_due().await });
        let started = Instant::now();
        while sink.accepted().len() < 30 && started.elapsed() < Duration::from_secs(20) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(!delivering.is_finished(), "the others did not wait for the one that hangs");
        assert_eq!(delivering.await.unwrap().unwrap(), 30);
        assert_eq!(house.state("hang@region.example"), State::Waiting);
    });
}

fn a_dead_server_loses_nothing(house: House) {
    run(async {
        let sink = Sink::start();
        let dead = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        for n in 0..10 {
            house.queue(&format!("p{n}@region.example"));
        }
        assert_eq!(house.worker(smtp_at(dead)).deliver_due().await.unwrap(), 0);
        assert_eq!(house.state("p3@region.example"), State::Waiting);
        assert_eq!(house.worker(smtp(&sink)).deliver_due().await.unwrap(), 0, "not before its next time");
        house.pass(ONE_TRY);
        assert_eq!(house.worker(smtp(&sink)).deliver_due().await.unwrap(), 10);
    });
}

fn three_instances_send_each_mail_once(house: House) {
    run(async {
        let sink = Sink::start();
        for n in 0..120 {
            house.queue(&format!("p{n}@region.example"));
        }
        let workers = [house.worker(smtp(&sink)), house.worker(smtp(&sink)), house.worker(smtp(&sink))];
        let running = workers.map(|worker| tokio::spawn(async move { worker.deliver_due().await.unwrap() }));
        let mut sent = 0;
        for worker in running {
            sent += worker.await.unwrap();
        }
        let to: HashSet<String> = sink.accepted().into_iter().map(|mail| mail.to).collect();
        assert_eq!((sent, sink.accepted().len(), to.len()), (120, 120, 120));
    });
}

fn a_mail_whose_worker_died_is_sent_when_the_lease_is_over(house: House) {
    run(async {
        let sink = Sink::start();
        house.queue("p@region.example");
        let claim = |seconds| {
            let until = house.now() + chrono::Duration::seconds(seconds);
            house.store().write(|conn| outbox::claim(conn, "died", house.now(), until, 10)).unwrap()
        };
        assert_eq!(claim(120).len(), 1);
        let worker = house.worker(smtp(&sink));
        assert_eq!(worker.deliver_due().await.unwrap(), 0);
        house.pass(121);
        assert_eq!(worker.deliver_due().await.unwrap(), 1);
    });
}

fn a_worker_frozen_past_its_lease_neither_sends_nor_writes(house: House) {
    run(async {
        let sink = Sink::start();
        house.queue("p@region.example");
        // Its clock jumps an hour each time it looks: also between the claim and the sending.
        let asked = AtomicI64::new(0);
        let mut frozen = house.worker(smtp(&sink));
        frozen.clock = Arc::new(move || start() + chrono::Duration::hours(asked.fetch_add(1, Ordering::SeqCst)));
        frozen.tempo.batch = 1;
        let (_keep, stop) = watch::channel(false);
        let running = tokio::spawn(frozen.run(stop));
        tokio::time::sleep(Duration::from_millis(400)).await;
        running.abort();
        assert_eq!(sink.accepted().len(), 0);

        let row = &house.store().write(|c| outbox::claim(c, "new", start(), start(), 1)).unwrap()[0];
        let verdict = after(&Outcome::Sent, row.attempts, row.not_before, house.now(), 0);
        let record =
            |holder| house.store().write(|c| outbox::record(c, row.id, holder, &verdict, false, start())).unwrap();
        assert!(!record("old"), "who has lost the lease writes nothing");
        assert!(record("new"));
    });
}

fn a_stopping_server_gives_its_mails_back(house: House) {
    run(async {
        let sink = Sink::start();
        for n in 0..20 {
            let email = format!("p{n}@region.example");
            sink.misbehave(&email, Fault::Hang);
            house.queue(&email);
        }
        let (stopping, stop) = watch::channel(false);
        let running = tokio::spawn(house.worker(smtp(&sink)).run(stop));
        while sink.tried("p0@region.example") == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stopping.send(true).unwrap();
        tokio::time::timeout(Duration::from_secs(5), running).await.expect("stops in time").unwrap();
        let counts = house.store().read(outbox::counts).unwrap();
        assert_eq!(counts.get("waiting"), Some(&20), "{counts:?}");
    });
}
