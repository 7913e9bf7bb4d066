//! What ends a seat, an offer or a place in line beside somebody asking for it: the start, a new day, leaving the region,
//! a seat elsewhere. And what then counts against the person.

use chrono::NaiveDate;
use varjedag::learning::service::{self as learning, Achieving};

use super::*;

on_both![
    an_offer_never_outlives_the_start_also_when_the_day_is_moved,
    whoever_has_left_loses_seat_and_place_in_line_and_hears_nothing,
    what_somebody_who_has_left_still_has_can_be_given_back_for_them,
    what_another_gives_back_or_what_was_moved_never_counts_as_late,
    who_has_a_seat_elsewhere_or_the_module_waits_no_more,
];

pub(super) fn id(path: &str) -> i64 {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

fn day(ahead: u64) -> String {
    (clock::today() + Days::new(ahead)).to_string()
}

fn settle(world: &World, at: NaiveDateTime) -> usize {
    occasions::settle(&world.store, &published(&world.store), at).unwrap()
}

fn person_and_client(world: &World, name: &str) -> (Person, Client) {
    let person = build::person(&world.store, name, None);
    let client = world.sign_in(&person);
    (person, client)
}

fn an_offer_never_outlives_the_start_also_when_the_day_is_moved(world: World) {
    let (developer, _) = ready(&world);
    let path = opened(&developer, "intro", 30, "1");
    let [(_, first), (next, client)] = ["Ett", "Två"].map(|name| person_and_client(&world, name));
    [&first, &client].iter().for_each(|client| assert_eq!(wish(client, &path, "seat"), 303));
    assert_eq!(wish(&first, &path, "leave"), 303);
    let offered =
        |world: &World| list(&world.store, id(&path)).into_iter().find(|entry| entry.person == next.id).unwrap();
    let promised = offered(&world).until.unwrap();
    let tomorrow = day(1);
    let moved = fields(&[("module", "intro"), ("day", &tomorrow), ("seats", "1"), ("closes", "0")]);
    assert_eq!(developer.post(&format!("{path}/edit"), &moved).status, 303);
    let begins = world.store.read(|conn| rows::occasion(conn, id(&path))).unwrap().unwrap().starts_at;
    let now = offered(&world).until.unwrap();
    assert!(now < begins && now < promised, "{now} is not before {begins}");
    assert!(begins - now >= now - clock::now() - Duration::minutes(1), "half of what is left");
    assert_eq!(settle(&world, clock::now()), 0, "it is cut once");
    assert_eq!(told(&world.store, &next), ["seat", "seat", "moved", "seat"], "in line, offered, moved, until when now");
    let asking = Asking { by: Some(next.id), reason: "", now: begins };
    let late = service::wish(&world.store, &published(&world.store), id(&path), next.id, Wish::Take, asking);
    assert!(matches!(late, Err(service::Refusal::Occasion(occasions::Refusal::Life(_)))), "{late:?}");
    assert_eq!(settle(&world, begins), 1);
    assert_eq!(offered(&world).seat, Seat::Cancelled);
}

fn whoever_has_left_loses_seat_and_place_in_line_and_hears_nothing(world: World) {
    let (developer, _) = ready(&world);
    let path = opened(&developer, "intro", 30, "1");
    let all = ["Ett", "Två", "Tre"].map(|name| person_and_client(&world, name));
    all.iter().for_each(|(_, client)| assert_eq!(wish(client, &path, "seat"), 303));
    build::end_employment(&world.store, &all[0].0, clock::today());
    assert_eq!(settle(&world, clock::now()), 0, "the last day counts");
    for (person, _) in &all[..2] {
        build::end_employment(&world.store, person, clock::today() - Days::new(1));
    }
    assert_eq!(settle(&world, clock::now()), 1);
    assert_eq!(settle(&world, clock::now()), 0, "once is enough");
    assert_eq!(state(&all[2].1, &path), "En plats är erbjuden");
    assert_eq!(told(&world.store, &all[0].0), ["invitation"], "who has left is not written to");
    assert_eq!(told(&world.store, &all[1].0), ["seat"]);
    assert!(developer.get(&path).text("#log + details").contains("har slutat"));
}

fn what_somebody_who_has_left_still_has_can_be_given_back_for_them(world: World) {
    let (developer, _) = ready(&world);
    let path = opened(&developer, "intro", 30, "1");
    let [(left, first), (_, next)] = ["Ett", "Två"].map(|name| person_and_client(&world, name));
    [&first, &next].iter().for_each(|client| assert_eq!(wish(client, &path, "seat"), 303));
    build::end_employment(&world.store, &left, clock::today() - Days::new(1));
    let whose = left.id.to_string();
    assert_eq!(developer.post(&path, &[("wish", "leave"), ("person", &whose)]).status, 303);
    assert_eq!(state(&next, &path), "En plats är erbjuden");
    assert_eq!(
        developer.post(&path, &[("wish", "leave"), ("person", &whose)]).status,
        422,
        "there is nothing any more"
    );
    assert_eq!(developer.post(&path, &[("wish", "seat"), ("person", &whose)]).status, 404, "no seat for who has left");
}

fn what_another_gives_back_or_what_was_moved_never_counts_as_late(world: World) {
    let (developer, _) = ready(&world);
    let path = opened(&developer, "intro", 2, "");
    let (anna, client) = person_and_client(&world, "Anna Alm");
    let whose = anna.id.to_string();
    let place = || {
        let seat = [("wish", "exception"), ("person", &*whose), ("reason", "Prov")];
        assert_eq!(developer.post(&path, &seat).status, 303);
    };
    let late = || client.get(&format!("/people/{}/missed", anna.id)).texts(".facts dd").pop().unwrap();
    place();
    assert_eq!(developer.post(&path, &[("wish", "leave"), ("person", &whose)]).status, 303);
    assert_eq!(late(), "0", "another gave it back");
    place();
    assert!(client.get(&path).text(".standing").contains("Avbokar du nu räknas det"));
    let day = day(2);
    let moved = fields(&[("module", "intro"), ("day", &day), ("starts", "09:30")]);
    assert_eq!(developer.post(&format!("{path}/edit"), &moved).status, 303);
    assert!(!client.get(&path).text(".standing").contains("Avbokar du nu räknas det"));
    assert_eq!(wish(&client, &path, "leave"), 303);
    assert_eq!(late(), "0", "it was moved");
    place();
    assert_eq!(wish(&client, &path, "leave"), 303);
    assert_eq!(late(), "1", "booked for the new time and given back by oneself");
    let later = self::day(20);
    let again = fields(&[("module", "intro"), ("day", &later), ("starts", "09:30")]);
    assert_eq!(developer.post(&format!("{path}/edit"), &again).status, 303);
    assert_eq!(late(), "1", "what was late stays late wherever the day goes");
}

fn who_has_a_seat_elsewhere_or_the_module_waits_no_more(world: World) {
    let (developer, _) = ready(&world);
    let (full, other) = (opened(&developer, "intro", 30, "1"), opened(&developer, "intro", 40, "9"));
    let [(_, first), (_, elsewhere), (has, having), (_, last)] =
        ["Ett", "Två", "Tre", "Fyra"].map(|name| person_and_client(&world, name));
    for client in [&first, &elsewhere, &having, &last] {
        assert_eq!(wish(client, &full, "seat"), 303);
    }
    assert_eq!(wish(&elsewhere, &other, "seat"), 303);
    let today: NaiveDate = clock::today();
    let new = Achieving { module: "intro", day: today, evidence: "external", occasion: None };
    learning::record(&world.store, &published(&world.store), has.id, &new, None, clock::now()).unwrap();
    assert!(last.get(&full).text(".standing").contains("plats 1 i kön"));
    assert_eq!(wish(&first, &full, "leave"), 303);
    assert_eq!(state(&last, &full), "En plats är erbjuden", "nobody else is offered it in vain");
    let log = developer.get(&full).text("#log + details");
    assert!(log.contains("modulen bokades ett annat tillfälle") && log.contains("modulen är klar"), "{log}");
    assert!(elsewhere.get(&full).texts(".standing .state").is_empty());
}
