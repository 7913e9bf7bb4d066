//! "When can I be done?": the plan as people see it, and the button that books all of it or nothing.

use std::sync::Barrier;

use chrono::Days;
use varjedag::clock;
use varjedag::courses::when::Wishes;
use varjedag::courses::when::book::{NotBooked, book};
use varjedag::courses::when::load::plan_of;
use varjedag::occasions::seat::Seat;
use varjedag::occasions::service::Asking;
use varjedag::occasions::store as rows;

use super::{opened, published, ready, told, wish};
use crate::support::build::{self, Person};
use crate::support::{Ask, Client, World, on_both};

on_both![
    the_plan_is_one_sentence_and_its_days_and_one_button_books_it,
    a_seat_that_went_meanwhile_books_nothing_and_a_new_plan_is_shown,
    what_cannot_be_met_says_why_and_the_first_day_that_works,
    another_way_is_taken_when_the_shortest_has_no_day,
    what_is_taken_alone_needs_no_seat_and_holds_no_booking_up,
    wishes_are_followed_and_what_cannot_be_read_is_said,
    a_manager_plans_for_the_team_and_nobody_else,
    two_plans_that_want_the_same_last_seat_give_it_to_one_and_the_other_gets_nothing,
    a_program_asks_for_the_plan,
    a_plan_made_by_hand_is_booked_by_the_rules_of_booking_or_not_at_all,
    what_comes_first_and_takes_too_long_is_named_with_its_days,
];

/// Somebody who is to take part in a team, and has nothing yet.
fn participant(world: &World, name: &str) -> (Client, Person) {
    let person = build::person(&world.store, name, None);
    build::role(&world.store, &person, "deltagare");
    (world.sign_in(&person), person)
}

/// Days for the whole path: so many days ahead each.
fn days(developer: &Client, ahead: &[(&str, u64)]) -> Vec<String> {
    ahead.iter().map(|(module, ahead)| opened(developer, module, *ahead, "1")).collect()
}

/// The fields of the button on the plan's page.
fn button(client: &Client, path: &str) -> Vec<(String, String)> {
    let page = client.get(path);
    assert_eq!(page.status, 200, "{}", page.body);
    let document = scraper::Html::parse_document(&page.body);
    let fields = scraper::Selector::parse("form[method=post][action$=plan] input").unwrap();
    let value = |input: scraper::ElementRef, name: &str| input.value().attr(name).unwrap_or_default().to_owned();
    let fields = document.select(&fields).map(|input| (value(input, "name"), value(input, "value")));
    fields.filter(|(name, _)| name != "csrf").collect()
}

fn press(client: &Client, path: &str, fields: &[(String, String)]) -> crate::support::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(path, &fields)
}

fn seats(world: &World, person: &Person) -> Vec<(String, Seat)> {
    let seats = world.store.read(|conn| rows::seats_of_person(conn, person.id, clock::now())).unwrap();
    seats.into_iter().map(|(seat, occasion)| (occasion.module, seat)).collect()
}

fn the_plan_is_one_sentence_and_its_days_and_one_button_books_it(world: World) {
    let (developer, _) = ready(&world);
    days(
        &developer,
        &[("modellen", 10), ("intro", 20), ("intro", 40), ("modellen", 30), ("kartlagga", 50), ("kartlagga", 60)],
    );
    let (client, anna) = participant(&world, "Anna Alm");
    assert!(client.get("/").links("a").iter().any(|(href, _)| href == "/plan"), "my path leads there");
    let page = client.get("/plan");
    assert!(page.text("#answer").starts_with("Du kan vara klar"), "{}", page.text("#answer"));
    let modules = page.texts("tbody th a");
    assert_eq!(modules, ["Introduktion", "Förbättringsmodellen", "Kartlägga nuläget"]);
    assert_eq!(page.texts("tbody .state"), ["Ledig plats", "Ledig plats", "Ledig plats"]);
    let answer = press(&client, "/plan", &button(&client, "/plan"));
    assert_eq!((answer.status, answer.header("location")), (303, "/plan"), "{}", answer.body);
    let modules = ["intro", "modellen", "kartlagga"].map(|module| (module.to_owned(), Seat::Booked));
    assert_eq!(seats(&world, &anna), modules);
    assert_eq!(told(&world.store, &anna), ["invitation", "invitation", "invitation"]);
    let page = client.get("/plan");
    assert_eq!(page.texts("tbody .state"), ["Bokad plats", "Bokad plats", "Bokad plats"]);
    assert!(page.texts("form[method=post][action='/plan']").is_empty(), "nothing is left to book");
}

fn a_seat_that_went_meanwhile_books_nothing_and_a_new_plan_is_shown(world: World) {
    let (developer, _) = ready(&world);
    let path = days(&developer, &[("intro", 20), ("modellen", 30), ("modellen", 35), ("kartlagga", 50)]);
    let (client, anna) = participant(&world, "Anna Alm");
    let seen = button(&client, "/plan");
    let other = build::person(&world.store, "Bo Berg", None);
    build::achieved(&world.store, &other, "intro");
    assert_eq!(wish(&world.sign_in(&other), &path[1], "seat"), 303);
    let answer = press(&client, "/plan", &seen);
    assert_eq!(answer.status, 422);
    assert!(answer.text(".alert").contains("Inget bokades. Förbättringsmodellen"), "{}", answer.text(".alert"));
    assert!(seats(&world, &anna).is_empty() && told(&world.store, &anna).is_empty(), "all or nothing");
    let again = button(&client, "/plan");
    assert_ne!(again, seen);
    assert_eq!(press(&client, "/plan", &again).status, 303, "the new plan can be booked");
    assert_eq!(seats(&world, &anna).len(), 3);
    assert_eq!(press(&client, "/plan", &again).status, 422, "and not twice");
    assert_eq!(seats(&world, &anna).len(), 3);
}

fn what_cannot_be_met_says_why_and_the_first_day_that_works(world: World) {
    let (developer, _) = ready(&world);
    let path = days(&developer, &[("intro", 20), ("intro", 300), ("modellen", 310)]);
    let (client, _) = participant(&world, "Anna Alm");
    let other = build::person(&world.store, "Bo Berg", None);
    assert_eq!(wish(&world.sign_in(&other), &path[0], "seat"), 303);
    let page = client.get("/plan");
    let missed = page.texts("#missed + ul li");
    assert!(page.text("#answer").contains("hinner inte bli klara i tid"), "{}", page.text("#answer"));
    assert!(missed[0].contains("Introduktion") && missed[0].contains("är fulla"), "{missed:?}");
    assert!(missed[1].contains("Förbättringsmodellen") && missed[1].contains("slutar senare"), "{missed:?}");
    assert!(missed[1].contains("Första dagen som går"), "{missed:?}");
    assert!(
        missed[2].contains("ges inte på någon planerad dag") && missed[2].contains("Ingen planerad dag"),
        "{missed:?}"
    );
}

fn another_way_is_taken_when_the_shortest_has_no_day(world: World) {
    let (developer, _) = ready(&world);
    days(&developer, &[("intro", 20), ("modellen", 30), ("samtal", 40)]);
    let (client, _) = participant(&world, "Anna Alm");
    let page = client.get("/plan");
    assert!(page.text("#answer").starts_with("Du kan vara klar"), "{}", page.text("#answer"));
    assert!(page.text("main").contains("en annan väg"));
    assert!(page.texts("tbody th a").contains(&"Samtal i förändring".to_owned()));
}

fn what_is_taken_alone_needs_no_seat_and_holds_no_booking_up(world: World) {
    let (developer, _) = ready(&world);
    days(&developer, &[("intro", 20), ("modellen", 30), ("kartlagga", 40), ("leda", 50)]);
    let anna = build::person(&world.store, "Anna Alm", None);
    build::role(&world.store, &anna, "ledare");
    let client = world.sign_in(&anna);
    let page = client.get("/plan");
    assert!(page.text("#answer").starts_with("Du kan vara klar"), "{}", page.text("main"));
    assert!(page.text("tbody").contains("Mäta på webben") && page.text("tbody").contains("På egen hand"));
    let answer = press(&client, "/plan", &button(&client, "/plan"));
    assert_eq!(answer.status, 303, "{}", answer.text(".alert"));
    assert_eq!(seats(&world, &anna).len(), 4);
}

fn wishes_are_followed_and_what_cannot_be_read_is_said(world: World) {
    let (developer, _) = ready(&world);
    let monday = (20..).find(|ahead| is_monday(*ahead)).unwrap();
    days(
        &developer,
        &[
            ("intro", monday),
            ("modellen", monday + 2),
            ("modellen", monday + 7),
            ("kartlagga", monday + 16),
            ("kartlagga", monday + 23),
        ],
    );
    let (client, _) = participant(&world, "Anna Alm");
    let links = |query: &str| client.get(&format!("/plan{query}")).links("tbody td a");
    assert_eq!(links("")[1], links("?days=2")[1]);
    assert_ne!(links("")[1], links("?days=1")[1], "two in one week are too many");
    let away = (clock::today() + Days::new(monday + 16)).to_string();
    assert_ne!(links("")[2], links(&format!("?away={away}"))[2]);
    let from = (clock::today() + Days::new(monday + 1)).to_string();
    assert!(client.get(&format!("/plan?from={from}")).text("#missed + ul").contains("nskad första dag är för sen"));
    for wrong in ["?days=9", "?from=snart", "?away=jul"] {
        let page = client.get(&format!("/plan{wrong}"));
        assert_eq!(page.status, 422);
        assert_eq!(page.texts("#errors li").len(), 1, "{wrong}");
    }
    assert_eq!(client.get("/plan?person=1").status, 400, "no other wishes are known");
}

fn is_monday(ahead: u64) -> bool {
    use chrono::Datelike;
    (clock::today() + Days::new(ahead)).weekday() == chrono::Weekday::Mon
}

fn a_manager_plans_for_the_team_and_nobody_else(world: World) {
    let (developer, _) = ready(&world);
    days(&developer, &[("intro", 20)]);
    let unit = build::unit(&world.store, "Avdelning 1", None);
    let [boss, below] = ["Chef Chefsson", "Anna Alm"].map(|name| build::person(&world.store, name, Some(unit)));
    build::manager(&world.store, unit, &boss);
    let beside = build::person(&world.store, "Bo Berg", None);
    let client = world.sign_in(&boss);
    let theirs = format!("/people/{}/plan", below.id);
    assert!(client.get(&theirs).text("#answer").starts_with("Anna Alm kan vara klar"));
    let fields = button(&client, &theirs);
    let other = format!("/people/{}/plan", beside.id);
    assert_eq!((client.get(&other).status, press(&client, &other, &fields).status), (404, 404));
    assert_eq!(press(&client, &theirs, &fields).status, 303);
    assert_eq!(seats(&world, &below), [("intro".to_owned(), Seat::Booked)]);
    assert!(seats(&world, &beside).is_empty());
    let administrator = build::person(&world.store, "Ada Admin", None);
    build::hat(&world.store, "administrator", &administrator);
    let page = world.sign_in(&administrator).get(&theirs);
    assert!(page.status == 200 && page.texts("form[method=post][action$=plan]").is_empty(), "sees, and cannot book");
}

fn two_plans_that_want_the_same_last_seat_give_it_to_one_and_the_other_gets_nothing(world: World) {
    let (developer, _) = ready(&world);
    days(&developer, &[("intro", 20), ("modellen", 30), ("kartlagga", 40)]);
    opened(&developer, "intro", 22, "9");
    let people: Vec<Person> = (0..6).map(|n| participant(&world, &format!("Prov {n}")).1).collect();
    let published = published(&world.store);
    let plan = |person: &Person| {
        let plan = world.store.read(|conn| plan_of(conn, &published, person.id, &Wishes::default(), clock::now()));
        plan.unwrap().unwrap().to_book()
    };
    let plans: Vec<Vec<i64>> = people.iter().map(plan).collect();
    let start = Barrier::new(people.len());
    std::thread::scope(|threads| {
        for (person, plan) in people.iter().zip(&plans) {
            let (store, published, start) = (&world.store, &published, &start);
            threads.spawn(move || {
                start.wait();
                let asking = Asking { by: Some(person.id), reason: "", now: clock::now() };
                match book(store, published, person.id, plan, asking) {
                    Ok(()) | Err(NotBooked::At(..)) => {}
                    Err(other) => panic!("{other}"),
                }
            });
        }
    });
    let booked: Vec<usize> = people.iter().map(|person| seats(&world, person).len()).collect();
    assert_eq!(booked.iter().filter(|seats| **seats == 3).count(), 1, "{booked:?}");
    assert_eq!(booked.iter().sum::<usize>(), 3, "{booked:?}");
}

fn a_program_asks_for_the_plan(world: World) {
    let (developer, _) = ready(&world);
    days(&developer, &[("intro", 20), ("modellen", 30)]);
    let (_, anna) = participant(&world, "Anna Alm");
    let token = format!("Bearer {}", build::token(&world.store, &anna));
    let path = format!("/api/v1/people/{}/plan", anna.id);
    let ask = |path: &str| world.client().send(Ask::get(path).header("authorization", &token));
    let plan = ask(&path).json();
    assert_eq!(plan["done"], serde_json::Value::Null);
    assert_eq!(plan["proved"], true);
    assert_eq!(plan["pieces"][0]["module"], "intro");
    assert_eq!(plan["pieces"][0]["place"], "free");
    assert_eq!(plan["missed"].as_array().unwrap().len(), 1);
    assert_eq!(ask(&format!("{path}?days_a_week=9")).status, 400);
}

/// Sends a plan that nobody was shown; what is said.
fn by_hand(client: &Client, paths: &[&String]) -> (u16, String) {
    let ids: Vec<(&str, &str)> = paths.iter().map(|path| ("occasion", path.rsplit('/').next().unwrap())).collect();
    let answer = client.post("/plan", &ids);
    (answer.status, answer.texts(".alert").concat())
}

fn a_plan_made_by_hand_is_booked_by_the_rules_of_booking_or_not_at_all(world: World) {
    let (developer, _) = ready(&world);
    let ahead = [("intro", 20), ("modellen", 30), ("samtal", 25), ("leda", 31), ("leda", 32), ("intro", 32)];
    let path: Vec<String> = ahead.iter().map(|(module, ahead)| opened(&developer, module, *ahead, "5")).collect();
    let [intro, model, talk, too_soon, led, same_day] = &path[..] else { panic!("six days") };
    let anna = build::person(&world.store, "Anna Alm", None);
    build::role(&world.store, &anna, "ledare");
    let client = world.sign_in(&anna);
    let none = |(status, said): (u16, String), why: &str| {
        assert_eq!(status, 422, "{said}");
        assert!(said.contains(why), "{said}");
        assert!(seats(&world, &anna).is_empty(), "all or nothing");
    };
    none(by_hand(&client, &[model]), "M1");
    none(by_hand(&client, &[intro, led]), "M4");
    // The day after the model there is no day left for what is taken alone before leading.
    none(by_hand(&client, &[intro, talk, model, too_soon]), "Leda teamet: Modulen bygger på M4");
    none(by_hand(&client, &[&same_day.clone(), talk]), "M1");
    none(by_hand(&client, &[intro, &"/occasions/999999".to_owned()]), "");
    // What is taken alone holds nothing up when there is a day for it, but never hides that two days are one.
    let upon = opened(&developer, "kartlagga", 32, "5");
    let seat = [("wish", "exception"), ("whose", &*anna.email), ("reason", "Prov")];
    assert_eq!(developer.post(&upon, &seat).status, 303);
    let (status, said) = by_hand(&client, &[intro, talk, model, led]);
    assert!(status == 422 && said.contains("samma tid"), "{said}");
    assert_eq!(seats(&world, &anna).len(), 1);
    assert_eq!(wish(&client, &upon, "leave"), 303);
    assert_eq!(by_hand(&client, &[led, model, talk, intro]).0, 303, "in whatever order they are sent");
    assert_eq!(seats(&world, &anna).len(), 4);
}

fn what_comes_first_and_takes_too_long_is_named_with_its_days(world: World) {
    let (developer, _) = ready(&world);
    days(&developer, &[("intro", 40), ("modellen", 30), ("modellen", 300), ("kartlagga", 310)]);
    let (client, _) = participant(&world, "Anna Alm");
    let missed = client.get("/plan").texts("#missed + ul li");
    let model = missed.iter().find(|missed| missed.contains("Förbättringsmodellen")).expect("it is late");
    assert!(model.contains("Det som kommer först tar för lång tid: M1 klar tidigast"), "{missed:?}");
    assert!(model.contains("Första dagen som går"), "{missed:?}");
}
