//! Course days from both sides: whoever opens them, and whoever wants a seat. And what happens when two hundred want
//! the last ten at the same moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{Days, Duration, NaiveDateTime};
use diesel::prelude::*;
use varjedag::clock;
use varjedag::courses::service::{self, Wish};
use varjedag::occasions::life::{self, Act, Entry};
use varjedag::occasions::seat::Seat;
use varjedag::occasions::service::{self as occasions, Asking};
use varjedag::occasions::store as rows;
use varjedag::store::schema::{booking_log, occasions as table, outbox};
use varjedag::store::{Error, Store};
use varjedag::versions::published::{Published, Shelf};

use crate::support::build::{self, Person};
use crate::support::{Answer, Client, World, on_both};

mod ends;
mod groups;
mod hindered;
mod parts;
mod planning;
mod plans;
mod races;
mod rules;
mod short;
mod telling;

on_both![
    a_seat_is_booked_and_given_back,
    who_comes_when_it_is_full_waits_is_offered_a_seat_and_takes_it,
    an_offer_that_nobody_takes_moves_on_by_itself,
    what_comes_first_must_be_booked_on_an_earlier_day,
    a_developer_sets_the_rules_aside_with_a_reason_that_is_kept,
    one_day_is_changed_for_another_in_one_step,
    nobody_is_at_two_places_at_once,
    a_manager_books_the_team_and_nobody_else,
    a_series_is_opened_changed_and_called_off_and_each_is_told_once,
    what_was_typed_wrong_is_shown_again,
    two_hundred_ask_for_the_last_ten_seats_at_the_same_moment,
    asking_leaving_offers_and_time_race_each_other_and_nothing_is_lost_or_doubled,
];

fn ready(world: &World) -> (Client, Person) {
    build::publish_small(&world.store);
    let developer = build::person(&world.store, "Ute Utvecklare", None);
    build::hat(&world.store, "developer", &developer);
    (world.sign_in(&developer), developer)
}

/// Opens one day for a module so many days ahead and returns its path.
fn opened(developer: &Client, module: &str, ahead: u64, seats: &str) -> String {
    let day = (clock::today() + Days::new(ahead)).to_string();
    let answer = developer.post("/occasions", &fields(&[("module", module), ("day", &day), ("seats", seats)]));
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

/// A whole day in a room, but for what is named.
fn fields<'a>(named: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [("starts", "08:30"), ("ends", "16:30"), ("place", "Provsalen"), ("closes", "3"), ("times", "1")];
    let others = usual.into_iter().filter(|(name, _)| !named.iter().any(|(known, _)| known == name));
    named.iter().copied().chain(others).collect()
}

fn wish(client: &Client, path: &str, wish: &str) -> u16 {
    client.post(path, &[("wish", wish)]).status
}

fn state(client: &Client, path: &str) -> String {
    client.get(path).text(".standing .state")
}

/// Kinds of mail queued for somebody, in order.
fn told(store: &Store, person: &Person) -> Vec<String> {
    let query = outbox::table.filter(outbox::person_id.eq(person.id)).order(outbox::id);
    store
        .read(|conn| Ok::<_, Error>(query.select(outbox::dedupe_key).load::<String>(conn)?))
        .unwrap()
        .iter()
        .map(|key| key.split(':').next().unwrap().to_owned())
        .collect()
}

fn a_seat_is_booked_and_given_back(world: World) {
    let (developer, _) = ready(&world);
    let day = opened(&developer, "intro", 20, "12");
    let anna = build::person(&world.store, "Anna Alm", None);
    let client = world.sign_in(&anna);
    let list = client.get("/occasions?show=all");
    assert_eq!(list.texts("tbody th a"), ["Introduktion"]);
    assert!(list.text("tbody tr").contains("12 platser kvar"));
    assert_eq!(wish(&client, &day, "seat"), 303);
    assert_eq!(state(&client, &day), "Bokad plats");
    assert!(client.get("/occasions?show=all").text("tbody tr").contains("11 platser kvar"));
    assert_eq!(client.post(&day, &[("wish", "seat")]).status, 422, "once is enough");
    assert_eq!(wish(&client, &day, "leave"), 303);
    assert_eq!(told(&world.store, &anna), ["invitation", "cancelled"]);
    assert!(developer.get(&day).text("#log + details").contains("Anna Alm: avbokade"));
}

fn who_comes_when_it_is_full_waits_is_offered_a_seat_and_takes_it(world: World) {
    let (developer, _) = ready(&world);
    let day = opened(&developer, "modellen", 20, "1");
    let [first, late, urgent] = ["Först Först", "Sent Sentsson", "Bråttom Bråth"].map(|name| {
        let person = build::person(&world.store, name, None);
        build::achieved(&world.store, &person, "intro");
        (world.sign_in(&person), person)
    });
    // Requirements are what gives the place in line.
    build::role(&world.store, &urgent.1, "deltagare");
    assert_eq!(wish(&first.0, &day, "seat"), 303);
    assert!(late.0.get(&day).text("button[value=seat]").contains("Ställ mig i kö"));
    assert_eq!(wish(&late.0, &day, "seat"), 303);
    assert_eq!(wish(&urgent.0, &day, "seat"), 303);
    assert!(urgent.0.get(&day).text(".standing").contains("plats 1 i kön"));
    assert!(late.0.get(&day).text(".standing").contains("plats 2 i kön"));
    assert_eq!(late.0.post(&day, &[("wish", "take")]).status, 422, "nothing is offered");
    assert_eq!(wish(&first.0, &day, "leave"), 303);
    assert_eq!(state(&urgent.0, &day), "En plats är erbjuden");
    assert_eq!(wish(&urgent.0, &day, "take"), 303);
    assert_eq!(state(&urgent.0, &day), "Bokad plats");
    assert_eq!(told(&world.store, &urgent.1), ["seat", "seat", "invitation"]);
    assert!(late.0.get(&day).text(".standing").contains("plats 1 i kön"));
}

fn an_offer_that_nobody_takes_moves_on_by_itself(world: World) {
    let (developer, _) = ready(&world);
    let day = opened(&developer, "intro", 20, "1");
    let people = ["Ett", "Två", "Tre"].map(|name| build::person(&world.store, name, None));
    for person in &people {
        assert_eq!(wish(&world.sign_in(person), &day, "seat"), 303);
    }
    assert_eq!(wish(&world.sign_in(&people[0]), &day, "leave"), 303);
    let published = published(&world.store);
    let settle = |at: NaiveDateTime| occasions::settle(&world.store, &published, at).unwrap();
    assert_eq!(settle(clock::now() + Duration::hours(47)), 0);
    assert_eq!(settle(clock::now() + Duration::hours(49)), 1);
    assert_eq!(settle(clock::now() + Duration::hours(49)), 0, "once is enough");
    assert_eq!(state(&world.sign_in(&people[2]), &day), "En plats är erbjuden");
    assert_eq!(told(&world.store, &people[1]), ["seat", "seat", "seat"], "in line, offered, gone");
}

fn what_comes_first_must_be_booked_on_an_earlier_day(world: World) {
    let (developer, _) = ready(&world);
    let [model, intro] = [opened(&developer, "modellen", 30, ""), opened(&developer, "intro", 20, "")];
    let late_intro = opened(&developer, "intro", 40, "");
    let anna = build::person(&world.store, "Anna Alm", None);
    let client = world.sign_in(&anna);
    let page = client.get(&model);
    assert!(page.text(".standing").contains("Introduktion") && page.texts("button[value=seat]").is_empty());
    let refused = client.post(&model, &[("wish", "seat")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text(".alert").contains("bygger på"), "{}", refused.body);
    assert_eq!(wish(&client, &late_intro, "seat"), 303);
    assert_eq!(wish(&client, &model, "seat"), 422, "later is too late");
    assert_eq!(client.post(&intro, &[("wish", "swap"), ("from", late_intro.rsplit('/').next().unwrap())]).status, 303);
    assert_eq!(wish(&client, &model, "seat"), 303);
}

fn a_developer_sets_the_rules_aside_with_a_reason_that_is_kept(world: World) {
    let (developer, _) = ready(&world);
    let day = opened(&developer, "modellen", 30, "1");
    let anna = build::person(&world.store, "Anna Alm", None);
    let ask =
        |wish: &str, reason: &str| developer.post(&day, &[("wish", wish), ("whose", &anna.email), ("reason", reason)]);
    assert_eq!(ask("seat", "").status, 422);
    let bare = ask("exception", " ");
    assert_eq!((bare.status, bare.attribute("#f-whose", "value")), (422, Some(anna.email.clone())));
    assert!(bare.text("#errors").contains("varför reglerna"));
    assert_eq!(ask("exception", "Har gått den i en annan region").status, 303);
    assert!(developer.get(&day).text("#log + details").contains("Har gått den i en annan region"));
    let unknown = developer.post(&day, &[("wish", "seat"), ("whose", "ingen@exempel.invalid")]);
    assert!(unknown.text("#errors").contains("Kontrollera stavningen"));
    assert_eq!(world.sign_in(&anna).post(&day, &[("wish", "exception"), ("reason", "Jag vill")]).status, 404);
}

fn one_day_is_changed_for_another_in_one_step(world: World) {
    let (developer, _) = ready(&world);
    let (one, other, full) = (
        opened(&developer, "intro", 20, "5"),
        opened(&developer, "intro", 21, "5"),
        opened(&developer, "intro", 22, "0"),
    );
    let anna = build::person(&world.store, "Anna Alm", None);
    let client = world.sign_in(&anna);
    let from = one.rsplit('/').next().unwrap().to_owned();
    assert_eq!(wish(&client, &one, "seat"), 303);
    let kept = client.post(&full, &[("wish", "swap"), ("from", &from)]);
    assert_eq!((kept.status, state(&client, &one)), (422, "Bokad plats".into()));
    assert!(kept.text(".alert").contains("Ingen plats är ledig"));
    assert!(client.get(&other).text("button[value=swap]").contains("Byt hit"));
    assert_eq!(client.post(&other, &[("wish", "swap"), ("from", &from)]).status, 303);
    assert_eq!((client.get(&one).texts(".standing .state"), state(&client, &other)), (vec![], "Bokad plats".into()));
}

fn nobody_is_at_two_places_at_once(world: World) {
    let (developer, _) = ready(&world);
    let (intro, again) = (opened(&developer, "intro", 20, ""), opened(&developer, "modellen", 20, ""));
    let anna = build::person(&world.store, "Anna Alm", None);
    build::achieved(&world.store, &anna, "intro");
    let client = world.sign_in(&anna);
    assert_eq!(wish(&client, &intro, "seat"), 303);
    let refused = client.post(&again, &[("wish", "seat")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text(".alert").contains("samma tid"));
}

fn a_manager_books_the_team_and_nobody_else(world: World) {
    let (developer, _) = ready(&world);
    let day = opened(&developer, "intro", 20, "5");
    let ward = build::unit(&world.store, "Avdelning Ett", None);
    let boss = build::person(&world.store, "Chefa Chefsson", Some(ward));
    build::manager(&world.store, ward, &boss);
    let mine = build::person(&world.store, "Berit Blindtext", Some(ward));
    build::role(&world.store, &mine, "deltagare");
    let other = build::person(&world.store, "Någon Annan", None);
    let client = world.sign_in(&boss);
    assert_eq!(client.get(&day).texts("#team ~ ul span"), ["Berit Blindtext"]);
    let book = |client: &Client, whose: &str| client.post(&day, &[("wish", "seat"), ("whose", whose)]).status;
    assert_eq!(book(&client, &mine.email), 303);
    assert_eq!(book(&client, &other.email), 422);
    assert_eq!(client.get(&day).texts("#people ~ ul a"), ["Berit Blindtext"]);
    let stranger = world.sign_in(&other);
    assert!(!stranger.get(&day).body.contains("Berit"), "names are for those who may see them");
    let id = mine.id.to_string();
    assert_eq!(stranger.post(&day, &[("wish", "leave"), ("person", &id)]).status, 422);
    assert_eq!(state(&world.sign_in(&mine), &day), "Bokad plats");
    assert_eq!(client.post(&day, &[("wish", "leave"), ("person", &id)]).status, 303);
}

fn a_series_is_opened_changed_and_called_off_and_each_is_told_once(world: World) {
    let (developer, _) = ready(&world);
    let day = (clock::today() + Days::new(30)).to_string();
    // Ticked whatever the days are: what falls away is another test's.
    let all = [("confirm", "1"), ("chosen", "0"), ("chosen", "1"), ("chosen", "2")];
    let series = fields(&[("module", "intro"), ("day", &day), ("times", "3"), ("every", "2"), ("seats", "1")]);
    let opened = developer.post("/occasions", &[&series[..], &all].concat());
    assert_eq!(opened.header("location"), "/occasions?show=all", "{}", opened.body);
    let links = developer.get("/occasions").links("tbody th a");
    assert_eq!(links.len(), 3);
    let path = links[0].0.clone();
    let people = ["Ett", "Två"].map(|name| build::person(&world.store, name, None));
    people.iter().for_each(|person| assert_eq!(wish(&world.sign_in(person), &path, "seat"), 303));
    let form = developer.get(&format!("{path}/edit"));
    assert_eq!(form.attribute("#f-place", "value").as_deref(), Some("Provsalen"));
    let moved = fields(&[("module", "intro"), ("day", &day), ("starts", "09.00"), ("seats", "1")]);
    assert_eq!(developer.post(&format!("{path}/edit"), &moved).status, 303);
    assert_eq!(developer.post(&format!("{path}/edit"), &moved).status, 303, "the same again tells nobody");
    assert_eq!(developer.post(&format!("{path}/call-off"), &[("reason", "Ingen lokal")]).status, 303);
    assert_eq!(developer.post(&format!("{path}/call-off"), &[]).status, 409);
    assert_eq!(told(&world.store, &people[0]), ["invitation", "moved", "cancelled"]);
    let line = ["seat", "moved", "seat"];
    assert_eq!(told(&world.store, &people[1]), line, "in line, that it moves, and that it is over");
    assert!(developer.get(&path).text(".note").contains("Inställt"));
    assert_eq!(wish(&world.sign_in(&people[0]), &path, "seat"), 422);
}

fn what_was_typed_wrong_is_shown_again(world: World) {
    let (developer, _) = ready(&world);
    let check = |name: &str, value: &str, expected: &str| {
        let day = (clock::today() + Days::new(30)).to_string();
        let usual = fields(&[("module", "intro"), ("day", &day)]);
        let named: Vec<_> =
            usual.into_iter().map(|(field, is)| (field, if field == name { value } else { is })).collect();
        let answer = developer.post("/occasions", &named);
        assert_eq!(answer.status, 422, "{name} {value}");
        assert!(answer.text("#errors").contains(expected), "{}", answer.text("#errors"));
    };
    check("module", "", "Välj en av modulerna");
    check("module", "nowhere", "Välj en av modulerna");
    check("day", "2027-02-30", "år-månad-dag");
    check("day", "2020-01-01", "Dagen har varit");
    check("ends", "08:00", "innan det börjar");
    check("starts", "halv nio", "timme och minut");
    check("place", " ", "var ni ses");
    check("closes", "-1", "helt tal");
    check("times", "61", "helt tal");
    assert!(developer.get("/occasions").texts("tbody tr").is_empty());
}

fn published(store: &Store) -> std::sync::Arc<Published> {
    Shelf::default().current(store).unwrap().expect("it was published")
}

/// Ten seats on a day in three weeks.
fn ten_seats(world: &World) -> i64 {
    let (developer, _) = ready(world);
    opened(&developer, "intro", 21, "10").rsplit('/').next().unwrap().parse().unwrap()
}

fn seats(list: &[Entry], seat: Seat) -> BTreeSet<i64> {
    list.iter().filter(|entry| entry.seat == seat).map(|entry| entry.person).collect()
}

fn list(store: &Store, occasion: i64) -> Vec<Entry> {
    store.read(|conn| rows::list(conn, occasion)).unwrap()
}

fn two_hundred_ask_for_the_last_ten_seats_at_the_same_moment(world: World) {
    let occasion = ten_seats(&world);
    let people: Vec<i64> = (0..200).map(|n| build::person(&world.store, &format!("Prov {n:03}"), None).id).collect();
    let published = published(&world.store);
    let next = AtomicUsize::new(0);
    std::thread::scope(|threads| {
        for _ in 0..32 {
            threads.spawn(|| {
                while let Some(person) = people.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let asking = Asking { by: Some(*person), reason: "", now: clock::now() };
                    service::wish(&world.store, &published, occasion, *person, Wish::Seat, asking).unwrap();
                }
            });
        }
    });
    let list = list(&world.store, occasion);
    assert_eq!((seats(&list, Seat::Booked).len(), seats(&list, Seat::Waitlisted).len()), (10, 190));
    let places: BTreeSet<usize> = people.iter().filter_map(|person| life::before_in_line(&list, *person)).collect();
    assert_eq!(places, (0..190).collect(), "everybody in line has a place of their own");
    let mails: i64 = world.store.read(|conn| Ok::<_, Error>(outbox::table.count().get_result(conn)?)).unwrap();
    assert_eq!(mails, 200, "each is told once");
}

/// Twelve people and the clock, each doing what they like; then the books are compared with the log.
fn asking_leaving_offers_and_time_race_each_other_and_nothing_is_lost_or_doubled(world: World) {
    let occasion = ten_seats(&world);
    world
        .store
        .write(|conn| {
            let row = table::table.find(occasion);
            Ok::<_, Error>(diesel::update(row).set(table::seats.eq(3)).execute(conn)?)
        })
        .unwrap();
    let people: Vec<i64> = (0..12).map(|n| build::person(&world.store, &format!("Prov {n:02}"), None).id).collect();
    let published = published(&world.store);
    std::thread::scope(|threads| {
        for (index, person) in people.iter().enumerate() {
            let (store, published) = (&world.store, &published);
            threads.spawn(move || {
                for turn in 0..12 {
                    let wish = [Wish::Seat, Wish::Take, Wish::Leave][(turn * 5 + index * 7) % 3];
                    let asking = Asking { by: Some(*person), reason: "", now: clock::now() };
                    match service::wish(store, published, occasion, *person, wish, asking) {
                        Ok(_) | Err(service::Refusal::Occasion(occasions::Refusal::Life(_))) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
            });
        }
        threads.spawn(|| {
            for hours in 0..10 {
                let later = clock::now() + Duration::hours(49 + hours);
                let settle = |conn: &mut _| {
                    occasions::act(conn, &published, occasion, Act::Settle, Asking { by: None, reason: "", now: later })
                };
                world.store.write(settle).unwrap();
            }
        });
    });
    let list = list(&world.store, occasion);
    let taken = list.iter().filter(|entry| entry.seat.is_taken()).count();
    assert!(taken <= 3, "{list:?}");
    assert!(
        taken == 3 || seats(&list, Seat::Waitlisted).is_empty(),
        "a free seat is never kept from the line: {list:?}"
    );
    let log: Vec<(i64, String)> = world
        .store
        .read(|conn| {
            let lines = booking_log::table.filter(booking_log::occasion_id.eq(occasion)).order(booking_log::id);
            Ok::<_, Error>(lines.select((booking_log::person_id, booking_log::state)).load(conn)?)
        })
        .unwrap();
    let logged: BTreeMap<i64, String> = log.into_iter().collect();
    let are: BTreeMap<i64, String> = list.iter().map(|entry| (entry.person, entry.seat.code().to_owned())).collect();
    assert_eq!(logged, are, "the last line of the log is what is");
}
