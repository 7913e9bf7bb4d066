//! Many at the same moment: nobody is enrolled twice, nobody is told that the database is locked, nothing breaks.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::scene::{Developer, Scene};
use crate::support::build::Person;
use crate::support::{Answer, Server, on_both};

on_both![two_developers_enrol_the_same_two_hundred_people, thirty_two_writers_at_once];

fn two_developers_enrol_the_same_two_hundred_people(scene: Scene) {
    let people = scene.people(200);
    let server = Server::ready(&scene.database, &scene.sink, 120);
    let developers = [scene.developer(server.client()), scene.developer(server.client())];
    let together = Barrier::new(2);
    let enrol = |developer: &Developer| {
        together.wait();
        developer.enrol(&scene, &people).unwrap()
    };
    let answers: Vec<Answer> = std::thread::scope(|threads| {
        let both = developers.each_ref().map(|developer| threads.spawn(|| enrol(developer)));
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?} {}", server.log());
    let other = answers.iter().find(|answer| answer.status != 303).unwrap();
    assert!(faster(other), "{} {}", other.status, other.body);
    assert_eq!(scene.enrolled().len(), 200);
    scene.assert_no_half_change();
}

/// Somebody else had done it, or was doing it.
fn faster(answer: &Answer) -> bool {
    answer.status == 409 || answer.status == 422 && answer.body.contains("redan")
}

/// Each person is enrolled by two of the writers, one by one, and marked by both.
fn thirty_two_writers_at_once(scene: Scene) {
    let people = scene.people(160);
    let server = Server::ready(&scene.database, &scene.sink, 120);
    let developers: Vec<Developer> = (0..32).map(|_| scene.developer(server.client())).collect();
    let groups: Vec<&[Person]> = people.chunks(10).collect();
    let (together, conflicts, changes) = (Barrier::new(32), AtomicUsize::new(0), AtomicUsize::new(0));
    let started = Instant::now();
    std::thread::scope(|threads| {
        for (n, developer) in developers.iter().enumerate() {
            let (scene, server, group) = (&scene, &server, groups[n / 2]);
            let (together, conflicts, changes) = (&together, &conflicts, &changes);
            threads.spawn(move || {
                together.wait();
                for person in group {
                    let enrolled = developer.enrol(scene, std::slice::from_ref(person)).unwrap();
                    let marked = developer.mark(scene.held[n % 2], person).unwrap();
                    for answer in [&enrolled, &marked] {
                        let fine = answer.status == 303 || faster(answer);
                        assert!(fine, "{} {} {}", answer.status, answer.body, server.log());
                        assert!(!answer.body.contains("is locked"), "{}", answer.body);
                        conflicts.fetch_add(usize::from(answer.status == 409), Ordering::SeqCst);
                        changes.fetch_add(usize::from(answer.status == 303), Ordering::SeqCst);
                    }
                }
            });
        }
    });
    let changes = changes.into_inner();
    let rate = changes as f32 / started.elapsed().as_secs_f32();
    println!("{changes} changes, {rate:.0} a second, {} conflicts shown", conflicts.into_inner());
    assert!(!server.log().contains("locked"), "{}", server.log());
    scene.assert_no_half_change();
    // Whoever was told that somebody was faster was told the truth.
    assert_eq!(scene.enrolled().len(), 160);
}
