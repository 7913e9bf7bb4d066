//! What stands in the way of a seat stands in the way of an offered one, of a plan, of an edition and of programs too.

use serde_json::json;
use varjedag::programme::service::{self as programme, As, Plan};

use super::ends::id;
use super::*;
use crate::api::Program;

on_both![
    an_offer_is_taken_by_the_same_rules_as_a_seat,
    a_module_is_booked_once_and_changed_for_another_day,
    a_module_is_taken_again_when_it_was_had_or_a_part_was_missed,
    a_plan_with_the_same_module_twice_or_two_at_once_books_nothing,
    an_edition_tells_what_is_in_the_way_before_anybody_is_enrolled,
    the_address_of_a_meeting_is_for_those_who_come,
];

fn anna(world: &World) -> (Person, Client) {
    let anna = build::person(&world.store, "Anna Alm", None);
    build::achieved(&world.store, &anna, "intro");
    let client = world.sign_in(&anna);
    (anna, client)
}

fn an_offer_is_taken_by_the_same_rules_as_a_seat(world: World) {
    let (developer, _) = ready(&world);
    let (model, again) = (opened(&developer, "modellen", 20, "1"), opened(&developer, "intro", 20, ""));
    let first = build::person(&world.store, "Först Först", None);
    build::achieved(&world.store, &first, "intro");
    let (first, (_, client)) = (world.sign_in(&first), anna(&world));
    [&first, &client].iter().for_each(|client| assert_eq!(wish(client, &model, "seat"), 303));
    assert_eq!(wish(&client, &again, "seat"), 303, "in line is not at two places");
    assert_eq!(wish(&first, &model, "leave"), 303);
    let page = client.get(&model);
    assert_eq!(page.text(".standing .state"), "En plats är erbjuden");
    assert!(page.text(".standing").contains("redan bokad samma tid") && page.texts("button[value=take]").is_empty());
    let refused = client.post(&model, &[("wish", "take")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text(".alert").contains("samma tid"), "{}", refused.body);
    assert_eq!(wish(&client, &again, "leave"), 303);
    assert_eq!(wish(&client, &model, "take"), 303);
}

fn a_module_is_booked_once_and_changed_for_another_day(world: World) {
    let (developer, _) = ready(&world);
    let [one, other, third] = [20, 21, 22].map(|ahead| opened(&developer, "intro", ahead, "5"));
    let (person, client) = anna(&world);
    assert_eq!(wish(&client, &one, "seat"), 303);
    let refused = client.post(&other, &[("wish", "seat")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text(".alert").contains("redan en plats på modulen"), "{}", refused.body);
    let whose = [("wish", "seat"), ("whose", &*person.email)];
    assert_eq!(developer.post(&other, &whose).status, 422, "also when another books");
    let program = Program::of(&world, &person);
    let new = json!({ "person": person.id, "wish": "seat" });
    assert_eq!(program.post(&format!("{other}/bookings"), new).status, 409);
    let page = client.get(&other);
    assert!(page.texts("button[value=seat]").is_empty() && page.text("button[value=swap]").contains("Byt hit"));
    let from = id(&one).to_string();
    assert_eq!(client.post(&other, &[("wish", "swap"), ("from", &from)]).status, 303);
    assert_eq!(client.post(&third, &[("wish", "swap"), ("from", &from)]).status, 422, "that seat is given back");
    let seats = world.store.read(|conn| rows::seats_of_person(conn, person.id, clock::now())).unwrap();
    assert_eq!(seats.iter().map(|(_, at)| at.id).collect::<Vec<_>>(), [id(&other)]);
}

fn a_module_is_taken_again_when_it_was_had_or_a_part_was_missed(world: World) {
    let (developer, _) = ready(&world);
    let [one, other] = [20, 40].map(|ahead| opened(&developer, "intro", ahead, "5"));
    let (_, client) = anna(&world);
    assert_eq!(wish(&client, &one, "seat"), 303, "a module that is had can be taken again");
    assert_eq!(wish(&client, &other, "seat"), 422);
    let yesterday = clock::today() - Days::new(1);
    build::execute(
        &world.store,
        &format!("UPDATE occasions SET starts_at = '{yesterday} 07:00:00' WHERE id = {}", id(&one)),
    );
    assert_eq!(wish(&client, &other, "seat"), 303, "what was missed at one that goes on is taken at another");
}

fn a_plan_with_the_same_module_twice_or_two_at_once_books_nothing(world: World) {
    let (developer, _) = ready(&world);
    let [one, other] = [20, 21].map(|ahead| opened(&developer, "intro", ahead, "5"));
    let (person, client) = anna(&world);
    let model = opened(&developer, "modellen", 20, "5");
    for (first, second) in [(&one, &other), (&one, &model)] {
        let ids = [id(first).to_string(), id(second).to_string()];
        let plan: Vec<_> = ids.iter().map(|id| ("occasion", id.as_str())).collect();
        assert_eq!(client.post("/plan", &plan).status, 422);
        let seats = world.store.read(|conn| rows::seats_of_person(conn, person.id, clock::now())).unwrap();
        assert!(seats.is_empty(), "all or none: {seats:?}");
    }
}

fn an_edition_tells_what_is_in_the_way_before_anybody_is_enrolled(world: World) {
    let (developer, _) = ready(&world);
    let published = published(&world.store);
    let starts_on = clock::today() + Days::new(60);
    let plan = Plan { programme: "arets", name: "Omgången", starts_on, place: "Salen" };
    let edition = programme::create(&world.store, &published, &plan, None, clock::now()).unwrap();
    let meetings = world.store.read(|conn| rows::occasions_of_edition(conn, edition)).unwrap();
    let model = meetings.iter().find(|occasion| occasion.module == "modellen").unwrap();
    let day = clock::day_of(model.starts_at).to_string();
    let (person, client) = anna(&world);
    let talk = fields(&[("module", "samtal"), ("day", &day), ("starts", "06:00"), ("ends", "20:00")]);
    let talk = developer.post("/occasions", &talk).header("location").to_owned();
    assert_eq!(wish(&client, &talk, "seat"), 303);
    let other = build::person(&world.store, "Bo Bok", None);
    let people = format!("{}\n{}", person.email, other.email);
    let (path, form) = (format!("/editions/{edition}/people"), [("people", &*people), ("role", "deltagare")]);
    let told_first = developer.post(&path, &form);
    assert_eq!(told_first.status, 422, "{}", told_first.body);
    let lines = told_first.texts("#hindered ~ ul li");
    assert_eq!(lines.len(), 2, "that day, and what builds on it: {lines:?}");
    assert!(lines[0].contains("Anna Alm") && lines[0].contains("Samtal i förändring"), "{lines:?}");
    assert!(lines[1].contains("Kartlägga"), "{lines:?}");
    assert_eq!(list(&world.store, model.id), [], "nobody is enrolled");
    let program = Program::of(&world, &build_developer(&world));
    let new = json!({ "people": [person.id, other.id], "role": "deltagare" });
    assert_eq!(program.post(&format!("/editions/{edition}/enrolments"), new).status, 409);
    assert_eq!(developer.post(&path, &[&form[..], &[("leave_out", "true")]].concat()).status, 303);
    let booked: Vec<_> = list(&world.store, model.id).into_iter().map(|entry| (entry.person, entry.rank.due)).collect();
    assert!(matches!(booked[..], [(who, Some(_))] if who == other.id), "with the last day of the step: {booked:?}");
    let how = As { role: "deltagare", leave_out: false };
    let third = build::person(&world.store, "Cia Cirkel", None);
    let left_out = programme::enrol(&world.store, &published, edition, &[third.id], how, None, clock::now()).unwrap();
    assert_eq!(left_out, [], "what the programme gives earlier the same day comes first");
}

fn build_developer(world: &World) -> Person {
    let person = build::person(&world.store, "Pia Program", None);
    build::hat(&world.store, "developer", &person);
    person
}

fn the_address_of_a_meeting_is_for_those_who_come(world: World) {
    let (developer, _) = ready(&world);
    let day = (clock::today() + Days::new(20)).to_string();
    let link = "https://exempel.invalid/hemlig";
    let answer = developer.post("/occasions", &fields(&[("module", "intro"), ("day", &day), ("link", link)]));
    let path = answer.header("location").to_owned();
    let (person, client) = anna(&world);
    let program = Program::of(&world, &person);
    let reads = || (client.get(&path).body.contains(link), program.read("/occasions").to_string().contains(link));
    assert!(developer.get(&path).body.contains(link));
    assert_eq!(reads(), (false, false));
    assert_eq!(wish(&client, &path, "seat"), 303);
    assert_eq!(reads(), (true, true));
    assert_eq!(wish(&client, &path, "leave"), 303);
    assert_eq!(reads(), (false, false));
}
