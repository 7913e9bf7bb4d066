//! Days that too few have booked: who is told, once, and what is decided.

use chrono::{Days, Duration, NaiveDateTime};
use varjedag::clock;
use varjedag::notices::kinds::Notice;
use varjedag::notices::store as notices;
use varjedag::occasions::deciding::{give_anyway, tell_short};
use varjedag::store::{Store, migrate};

use super::{fields, published, ready, told, wish};
use crate::support::build::{self, Person};
use crate::support::{Ask, Client, World, on_both};

on_both![
    whoever_planned_and_whoever_leads_hear_once_when_booking_closes_below_the_minimum,
    a_day_is_given_anyway_by_a_developer_and_is_asked_about_again_only_when_booking_opens_again,
    every_developer_hears_when_whoever_planned_the_day_no_longer_is_one,
    enough_booked_called_off_or_begun_is_told_to_nobody,
    two_instances_tell_of_a_day_once,
    days_that_had_closed_before_this_was_there_are_told_to_nobody,
];

/// A day for the introduction so many days ahead, with a minimum of two, that closes so many days before.
fn opened(developer: &Client, ahead: u64, closes: &str, more: &[(&str, &str)]) -> String {
    let day = (clock::today() + Days::new(ahead)).to_string();
    let named = [("module", "intro"), ("day", &day), ("seats", "5"), ("minimum", "2"), ("closes", closes)];
    let answer = developer.post("/occasions", &fields(&[&named[..], more].concat()));
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

fn shorts(store: &Store, person: &Person) -> Vec<(usize, usize, bool)> {
    let rows = store.read(|conn| notices::of_person(conn, person.id, 100)).unwrap();
    let short = |notice| if let Notice::Short(n) = notice { Some((n.booked, n.minimum, n.decides)) } else { None };
    rows.iter().filter_map(|row| row.notice()).filter_map(short).collect()
}

fn tell(world: &World, at: NaiveDateTime) -> usize {
    tell_short(&world.store, &published(&world.store), at).unwrap()
}

fn id(path: &str) -> i64 {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

fn whoever_planned_and_whoever_leads_hear_once_when_booking_closes_below_the_minimum(world: World) {
    let (developer, planner) = ready(&world);
    let other = build::person(&world.store, "Ulla Utvecklare", None);
    build::hat(&world.store, "developer", &other);
    let coach = build::person(&world.store, "Tora Tränare", None);
    build::hat(&world.store, "coach", &coach);
    let day = opened(&developer, 9, "3", &[("trainer", &coach.id.to_string())]);
    let anna = build::person(&world.store, "Anna Alm", None);
    assert_eq!(wish(&world.sign_in(&anna), &day, "seat"), 303);
    let now = clock::now();
    assert_eq!(tell(&world, now), 0, "one can still book");
    assert_eq!(tell(&world, now + Duration::days(7)), 1);
    assert_eq!(tell(&world, now + Duration::days(7)), 0, "once is enough, also after a restart");
    assert_eq!(shorts(&world.store, &planner), [(1, 2, true)]);
    assert_eq!(shorts(&world.store, &coach), [(1, 2, false)]);
    assert!(shorts(&world.store, &other).is_empty() && shorts(&world.store, &anna).is_empty());
}

fn a_day_is_given_anyway_by_a_developer_and_is_asked_about_again_only_when_booking_opens_again(world: World) {
    let (developer, planner) = ready(&world);
    let coach = build::person(&world.store, "Tora Tränare", None);
    build::hat(&world.store, "coach", &coach);
    let trainer = coach.id.to_string();
    let day = opened(&developer, 4, "6", &[("trainer", &trainer)]);
    let token = build::token(&world.store, &planner);
    let asked = |method: &str, path: &str| {
        let ask = Ask::new(method, path).header("authorization", &format!("Bearer {token}"));
        world.client().send(ask.body("application/json", ""))
    };
    let state = || asked("GET", &format!("/api/v1{day}")).json()["occasion"]["minimum_state"].clone();
    assert!(developer.get("/occasions").text("#short ~ ul").contains("0 av minst 2"), "it is found at once");
    assert!(developer.get(&day).text("#short + p").contains("Ingen är bokad"));
    assert_eq!(state(), "short");
    let anna = build::person(&world.store, "Anna Alm", None);
    let stranger = world.sign_in(&anna);
    assert!(stranger.get(&day).texts("#short").is_empty() && stranger.get("/occasions").texts("#short").is_empty());
    let leads = world.sign_in(&coach).get(&day);
    assert!(leads.texts("#short").len() == 1 && leads.texts("[action$=give-anyway]").is_empty(), "but may not decide");
    let decide = format!("{day}/give-anyway");
    assert_eq!((stranger.post(&decide, &[]).status, world.sign_in(&coach).post(&decide, &[]).status), (404, 404));
    assert_eq!(developer.post(&decide, &[]).status, 303);
    assert_eq!(developer.post(&decide, &[]).status, 303, "to decide it twice is to decide it");
    assert!(developer.get("/occasions").texts("#short").is_empty());
    assert!(developer.get(&day).texts("#short").is_empty());
    assert!(developer.get(&day).text(".facts").contains("Det är bestämt"));
    assert_eq!((state(), tell(&world, clock::now())), ("runs_anyway".into(), 0));
    // One can book again, and then too few have when it closes once more.
    let later = (clock::today() + Days::new(9)).to_string();
    let edit = |closes: &str| {
        let usual = [("module", "intro"), ("day", &later), ("seats", "5"), ("minimum", "2"), ("closes", closes)];
        developer.post(&format!("{day}/edit"), &fields(&[&usual[..], &[("trainer", &trainer)]].concat())).status
    };
    assert_eq!((edit("3"), state()), (303, "open".into()));
    assert_eq!(developer.post(&decide, &[]).status, 409, "there is time yet");
    assert_eq!(tell(&world, clock::now() + Duration::days(7)), 1);
    assert_eq!(edit("20"), 303);
    assert_eq!(asked("POST", &format!("/api/v1{decide}")).json()["minimum_state"], "runs_anyway");
}

fn every_developer_hears_when_whoever_planned_the_day_no_longer_is_one(world: World) {
    let (developer, planner) = ready(&world);
    let others = ["Ulla", "Urban"].map(|name| build::person(&world.store, name, None));
    others.iter().for_each(|person| build::hat(&world.store, "developer", person));
    opened(&developer, 9, "3", &[]);
    build::take_hats(&world.store, &planner);
    assert_eq!(tell(&world, clock::now() + Duration::days(7)), 1);
    assert!(others.iter().all(|person| shorts(&world.store, person) == [(0, 2, true)]));
    assert!(shorts(&world.store, &planner).is_empty());
}

fn enough_booked_called_off_or_begun_is_told_to_nobody(world: World) {
    let (developer, planner) = ready(&world);
    let [enough, off, begun] = [9, 9, 9].map(|ahead| opened(&developer, ahead, "3", &[]));
    for name in ["Ett", "Två"] {
        assert_eq!(wish(&world.sign_in(&build::person(&world.store, name, None)), &enough, "seat"), 303);
    }
    assert_eq!(developer.post(&format!("{off}/call-off"), &[]).status, 303);
    assert_eq!(tell(&world, clock::now() + Duration::days(30)), 0, "it has begun");
    assert_eq!(tell(&world, clock::now() + Duration::days(7)), 1);
    assert_eq!(shorts(&world.store, &planner), [(0, 2, true)], "of {begun} only");
    let decided = give_anyway(&world.store, id(&enough), Some(planner.id), clock::now() + Duration::days(7));
    assert!(decided.is_err() && give_anyway(&world.store, 999_999, None, clock::now()).is_err());
    assert_eq!(developer.post(&format!("{off}/give-anyway"), &[]).status, 409);
}

fn two_instances_tell_of_a_day_once(world: World) {
    let (developer, planner) = ready(&world);
    for ahead in [9, 10, 11] {
        opened(&developer, ahead, "5", &[]);
    }
    let at = clock::now() + Duration::days(7);
    let told_by: usize = std::thread::scope(|scope| {
        let tellers: Vec<_> = (0..6).map(|_| scope.spawn(|| tell(&world, at))).collect();
        tellers.into_iter().map(|teller| teller.join().unwrap()).sum()
    });
    assert_eq!(told_by, 3);
    assert_eq!(told(&world.store, &planner), ["short", "short", "short"]);
}

fn days_that_had_closed_before_this_was_there_are_told_to_nobody(world: World) {
    let (developer, planner) = ready(&world);
    let (closed, open) = (opened(&developer, 9, "20", &[]), opened(&developer, 9, "3", &[]));
    let database = world.stop();
    let store = &database.store;
    while !migrate::revert_newest(store).unwrap().contains("001010") {}
    migrate::run(store).unwrap();
    let before = shorts(store, &planner).len();
    let published = published(store);
    assert_eq!(tell_short(store, &published, clock::now()).unwrap(), 0, "{closed}");
    assert_eq!(tell_short(store, &published, clock::now() + Duration::days(7)).unwrap(), 1, "{open}");
    assert_eq!(shorts(store, &planner).len(), before + 1, "whoever opened it is known from the log");
}
