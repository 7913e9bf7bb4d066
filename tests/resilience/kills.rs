//! SIGKILL at random instants during enrolment, attendance marking and delivery.
//!
//! After each kill, with no server running, the books tell exactly which mails the mail server has accepted and the
//! outbox does not know as sent: those, and only those, come once more.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::io::ErrorKind;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use varjedag::clock;
use varjedag::notices::deliver::CONVERSATIONS;
use varjedag::notices::outbox::State;

use super::ledger::Mail;
use super::scene::{Developer, Scene};
use crate::support::build::Person;
use crate::support::process::free_address;
use crate::support::{Answer, Client, Server, on_both};

on_both![killed_fifty_times_nothing_is_lost_or_doubled];

const KILLS: usize = 50;
/// The shortest that the program takes: the mails of a killed server wait this long.
const LEASE_SECONDS: u32 = 3;
/// From the start of a server, or four times in five from its first answer, to its kill.
const LONGEST_LIFE_MS: u64 = 600;

/// What people did meanwhile and what they were told.
#[derive(Default)]
struct Work {
    /// Nothing new is begun.
    over: AtomicBool,
    /// The test has failed: nobody waits for answers any more.
    abandoned: AtomicBool,
    to_enrol: Mutex<VecDeque<Vec<Person>>>,
    to_mark: Mutex<VecDeque<Person>>,
    enrolled: Mutex<BTreeSet<i64>>,
    marked: Mutex<BTreeSet<(i64, i64)>>,
    answers_lost: AtomicU64,
}

/// Lets the threads come to an end also when an assertion fails.
struct Abandon<'a>(&'a Work);

impl Drop for Abandon<'_> {
    fn drop(&mut self) {
        self.0.abandoned.store(true, Ordering::SeqCst);
    }
}

fn killed_fifty_times_nothing_is_lost_or_doubled(scene: Scene) {
    let mut random = seed();
    let address = free_address();
    let developer = || scene.developer(Client::new(&format!("http://{address}"), "http://varjedag.example"));
    let start = || Server::start(&scene.database, scene.sink.address, address, LEASE_SECONDS);
    let work = Work::default();
    *lock(&work.to_enrol) = scene.people(900).chunks(3).map(<[_]>::to_vec).collect();
    let (enrollers, marker) = ([developer(), developer()], developer());
    let started = Instant::now();
    let mut doubts = Doubts::default();
    std::thread::scope(|threads| {
        let _abandon = Abandon(&work);
        let mut busy: Vec<_> =
            enrollers.iter().map(|by| threads.spawn(|| enrol_until_over(&scene, &work, by))).collect();
        busy.push(threads.spawn(|| mark_until_over(&scene, &work, &marker)));
        for _ in 0..KILLS {
            let mut server = start();
            if !next(&mut random).is_multiple_of(5) {
                server.wait_until_ready();
            }
            std::thread::sleep(Duration::from_millis(next(&mut random) % LONGEST_LIFE_MS));
            server.kill();
            scene.sink.settle();
            doubts.note(&scene);
            scene.minutes_pass();
        }
        let _last = start();
        work.over.store(true, Ordering::SeqCst);
        for thread in busy {
            thread.join().expect("no answer was a wrong one");
        }
        scene.wait_until_all_is_sent(Duration::from_secs(180));
    });
    check(&scene, &work, &doubts);
    println!(
        "{KILLS} kills in {:.0} s: {} enrolled, {} marked, {} answers lost, {} mails, {} of them twice",
        started.elapsed().as_secs_f32(),
        scene.enrolled().len(),
        scene.attended().len(),
        work.answers_lost.load(Ordering::SeqCst),
        scene.received().len(),
        doubts.extra.values().sum::<usize>(),
    );
}

fn check(scene: &Scene, work: &Work, doubts: &Doubts) {
    assert!(lock(&work.enrolled).is_subset(&scene.enrolled()), "an acknowledged enrolment is lost");
    assert!(lock(&work.marked).is_subset(&scene.attended()), "an acknowledged attendance is lost");
    assert!(lock(&work.enrolled).len() > KILLS && lock(&work.marked).len() > KILLS / 2, "too little happened");
    scene.assert_no_half_change();
    assert!(scene.mails(State::Failed).is_empty() && scene.mails(State::Dropped).is_empty());
    scene.assert_received_is_what_was_sent(&doubts.extra);
    assert!(doubts.worst <= CONVERSATIONS, "{} mails doubled by one kill", doubts.worst);
}

/// The mails that a kill caught between the mail server's acceptance and the outbox's knowledge of it.
#[derive(Default)]
struct Doubts {
    /// How often each mail may come beyond once.
    extra: HashMap<Mail, usize>,
    /// How often each mail had come by the last kill.
    last: BTreeMap<Mail, usize>,
    /// The most that one kill caught.
    worst: usize,
}

impl Doubts {
    /// To be called while no server runs.
    fn note(&mut self, scene: &Scene) {
        let (sent, received) = (scene.mails(State::Sent), scene.received());
        let mut caught = 0;
        for (mail, times) in &received {
            let before = self.last.get(mail).copied().unwrap_or_default();
            assert!(*times <= before + 1, "{mail:?} came {times} times, {before} by the kill before");
            if *times > before && !sent.contains(mail) {
                *self.extra.entry(mail.clone()).or_default() += 1;
                caught += 1;
            }
        }
        self.worst = self.worst.max(caught);
        self.last = received;
    }
}

/// Enrols three people at a time. Whoever got no answer asks again and is told that it had been done, or does it.
fn enrol_until_over(scene: &Scene, work: &Work, developer: &Developer) {
    while !work.over.load(Ordering::SeqCst) {
        let Some(people) = lock(&work.to_enrol).pop_front() else { return };
        let Some((answer, lost)) = until_answered(work, || developer.enrol(scene, &people)) else { return };
        let done_before = answer.status == 422 && lost && answer.body.contains("redan");
        assert!(answer.status == 303 || done_before, "{} {}", answer.status, answer.body);
        lock(&work.enrolled).extend(people.iter().map(|person| person.id));
        lock(&work.to_mark).extend(people);
    }
}

fn mark_until_over(scene: &Scene, work: &Work, developer: &Developer) {
    while !work.over.load(Ordering::SeqCst) && !work.abandoned.load(Ordering::SeqCst) {
        let Some(person) = lock(&work.to_mark).pop_front() else {
            std::thread::sleep(Duration::from_millis(5));
            continue;
        };
        for occasion in &scene.held {
            let Some((answer, _)) = until_answered(work, || developer.mark(*occasion, &person)) else { return };
            assert_eq!(answer.status, 303, "{}", answer.body);
            lock(&work.marked).insert((*occasion, person.id));
        }
    }
}

/// The first answer, and whether one was lost before it; none when the test has failed.
fn until_answered(work: &Work, ask: impl Fn() -> Result<Answer, ureq::Error>) -> Option<(Answer, bool)> {
    let mut lost = false;
    while !work.abandoned.load(Ordering::SeqCst) {
        match ask() {
            Ok(answer) => return Some((answer, lost)),
            Err(ureq::Error::Io(error)) if error.kind() == ErrorKind::ConnectionRefused => {}
            Err(_) => {
                lost = true;
                work.answers_lost.fetch_add(1, Ordering::SeqCst);
            }
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    None
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Another one for each run, unless `VARJEDAG_TEST_SEED` repeats one.
fn seed() -> u64 {
    let asked = std::env::var("VARJEDAG_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = asked.unwrap_or_else(|| u64::from(clock::now().and_utc().timestamp_subsec_micros()));
    println!("VARJEDAG_TEST_SEED={seed} repeats the instants of the kills");
    seed
}

/// Knuth's linear congruential generator (MMIX); the upper bits are the good ones.
fn next(random: &mut u64) -> u64 {
    *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *random >> 33
}
