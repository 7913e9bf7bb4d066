//! Marked while it goes on, or before: it counts when the last part that is needed is over, and not a moment earlier.

use chrono::{Duration, NaiveDateTime};
use varjedag::attendance::over;
use varjedag::attendance::service::{self as attendance, Mark};
use varjedag::clock;
use varjedag::store::{Settings, Store};
use varjedag::versions::published::Shelf;

use super::{Stage, given, has, seat, seated, stage, told};
use crate::support::build::{self, Person};
use crate::support::{Client, World, on_both};

on_both![
    who_is_marked_while_it_goes_on_has_the_module_when_it_is_over,
    what_is_marked_wrong_while_it_goes_on_is_never_told,
    the_first_mark_after_the_end_lets_everything_follow_for_everybody,
    a_part_of_yesterday_and_one_of_today_count_when_today_is_over,
    two_instances_let_it_follow_once,
    what_was_called_off_gives_nobody_anything,
];

/// Half an hour from now, when what goes on now is over.
fn end() -> NaiveDateTime {
    clock::now() + Duration::minutes(31)
}

fn reckon(store: &Store, now: NaiveDateTime) -> usize {
    let published = Shelf::default().current(store).unwrap().expect("it was published");
    over::reckon(store, &published, now).unwrap()
}

fn mark(world: &World, occasion: i64, person: &Person, attended: Option<bool>, now: NaiveDateTime) {
    let published = Shelf::default().current(&world.store).unwrap().unwrap();
    let marks = [Mark { person: person.id, attended }];
    attendance::mark(&world.store, &published, occasion, &marks, None, now).unwrap();
}

fn on(world: &World) -> (Stage, Person, Client) {
    let stage = stage(world, "modellen", &[0]);
    let anna = seated(&world.store, "Anna Alm", &[stage.occasion]);
    build::role(&world.store, &anna, "deltagare");
    build::achieved(&world.store, &anna, "intro");
    // Whoever sets up an empty region is led to its first steps instead.
    build::person(&world.store, "Berit Berg", Some(build::unit(&world.store, "Avdelning 7", None)));
    let client = world.sign_in(&anna);
    (stage, anna, client)
}

fn who_is_marked_while_it_goes_on_has_the_module_when_it_is_over(world: World) {
    let (stage, anna, client) = on(&world);
    let tap = format!("{}:present", anna.id);
    assert!(stage.trainer.get(&stage.path).body.contains("Närvaron räknas när dagen är slut"));
    assert_eq!(stage.trainer.post(&stage.path, &[("part", "1"), ("mark", &tap)]).status, 303);
    assert_eq!((has(&world.store, &anna, "modellen"), seat(&world.store, stage.occasion, &anna)), (0, "booked"));
    let day = format!("/occasions/{}", stage.occasion);
    for (page, at) in [("/", ".hero .meta"), (&*day, ".standing")] {
        let shown = client.get(page).text(at);
        assert!(shown.contains("Markerad som här. Närvaron räknas när dagen är slut."), "{page}: {shown}");
    }
    assert_eq!(reckon(&world.store, clock::now()), 0, "it goes on");
    assert_eq!(has(&world.store, &anna, "modellen"), 0);
    assert!(told(&world.store, &anna).is_empty());
    let end = end();
    assert_eq!((reckon(&world.store, end), reckon(&world.store, end)), (1, 0), "once is enough");
    assert_eq!((has(&world.store, &anna, "modellen"), seat(&world.store, stage.occasion, &anna)), (1, "attended"));
    assert_eq!(told(&world.store, &anna), ["achieved"]);
    assert!(!client.get(&day).body.contains("Närvaron räknas när dagen är slut"));
}

fn what_is_marked_wrong_while_it_goes_on_is_never_told(world: World) {
    let (stage, anna, _) = on(&world);
    mark(&world, stage.occasion, &anna, Some(true), clock::now());
    mark(&world, stage.occasion, &anna, Some(false), clock::now());
    assert_eq!(reckon(&world.store, end()), 1);
    assert_eq!((has(&world.store, &anna, "modellen"), seat(&world.store, stage.occasion, &anna)), (0, "absent"));
    assert!(told(&world.store, &anna).is_empty());
    mark(&world, stage.occasion, &anna, Some(true), end());
    assert_eq!(has(&world.store, &anna, "modellen"), 1, "what is corrected afterwards counts at once");
    mark(&world, stage.occasion, &anna, Some(false), clock::now());
    mark(&world, stage.occasion, &anna, Some(true), clock::now());
    assert_eq!(has(&world.store, &anna, "modellen"), 1, "also by a clock that is behind");
}

fn the_first_mark_after_the_end_lets_everything_follow_for_everybody(world: World) {
    let (stage, anna, _) = on(&world);
    let bo = seated(&world.store, "Bo Bok", &[stage.occasion]);
    mark(&world, stage.occasion, &anna, Some(true), clock::now());
    mark(&world, stage.occasion, &bo, Some(true), end());
    assert_eq!((has(&world.store, &anna, "modellen"), has(&world.store, &bo, "modellen")), (1, 1));
    assert_eq!(reckon(&world.store, end()), 0, "nothing is left to follow");
}

fn a_part_of_yesterday_and_one_of_today_count_when_today_is_over(world: World) {
    let stage = stage(&world, "modellen", &[1, 0]);
    let [anna, bo] = ["Anna Alm", "Bo Bok"].map(|name| seated(&world.store, name, &[stage.occasion]));
    // The first half here, the second with others, where it goes on too.
    let (other, _) = given(&world.store, "modellen", &[8, 0]);
    for (person, at, what) in
        [(&anna, stage.occasion, "1"), (&anna, stage.occasion, "2"), (&bo, stage.occasion, "1"), (&bo, other, "2")]
    {
        let form = [("part", what), ("mark", &*format!("{}:present", person.id))];
        assert_eq!(stage.trainer.post(&format!("/occasions/{at}/attendance"), &form).status, 303);
    }
    reckon(&world.store, clock::now());
    assert_eq!((has(&world.store, &anna, "modellen"), has(&world.store, &bo, "modellen")), (0, 0));
    reckon(&world.store, end());
    assert_eq!((has(&world.store, &anna, "modellen"), has(&world.store, &bo, "modellen")), (1, 1));
}

fn two_instances_let_it_follow_once(world: World) {
    let (stage, anna, _) = on(&world);
    let people: Vec<Person> = (0..12).map(|n| seated(&world.store, &format!("Prov {n}"), &[stage.occasion])).collect();
    people.iter().chain([&anna]).for_each(|person| mark(&world, stage.occasion, person, Some(true), clock::now()));
    let other = Store::open(&Settings::new(world.url())).unwrap();
    let end = end();
    std::thread::scope(|threads| {
        for store in [&world.store, &other] {
            threads.spawn(move || reckon(store, end));
        }
    });
    for person in people.iter().chain([&anna]) {
        assert_eq!((has(&world.store, person, "modellen"), told(&world.store, person)), (1, vec!["achieved".into()]));
    }
}

fn what_was_called_off_gives_nobody_anything(world: World) {
    let (stage, anna, _) = on(&world);
    mark(&world, stage.occasion, &anna, Some(true), clock::now());
    let off = format!("UPDATE occasions SET cancelled_at = '2026-01-01 00:00:00' WHERE id = {}", stage.occasion);
    build::execute(&world.store, &off);
    assert_eq!((reckon(&world.store, end()), has(&world.store, &anna, "modellen")), (0, 0));
}
