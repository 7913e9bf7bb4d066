//! The interface for programs: seats asked for, taken and given back.

use chrono::{Days, NaiveTime};
use serde_json::json;
use varjedag::clock;

use super::{Program, Region, check_problem, region};
use crate::support::{World, build, on_both};

on_both![a_program_books_waits_takes_and_gives_back, a_program_books_only_for_those_its_person_may_book];

/// One day with so many seats, in twenty days; its path.
fn day(program: &Program, module: &str, seats: u32) -> String {
    let day = clock::today() + Days::new(20);
    let at = |hour: u32| day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap()).and_utc();
    let part = json!({ "starts_at": at(8), "ends_at": at(11), "place": "Salen" });
    let made = program.post("/occasions", json!({ "module": module, "parts": [part], "seats": seats }));
    assert_eq!(made.status, 201, "{}", made.body);
    made.header("location").trim_start_matches("/api/v1").to_owned()
}

fn a_program_books_waits_takes_and_gives_back(world: World) {
    let Region { developer, .. } = region(&world);
    let program = Program::of(&world, &developer);
    let here = format!("{}/bookings", day(&program, "intro", 1));
    let [anna, bo] = ["Anna Alm", "Bo Bok"].map(|name| build::person(&world.store, name, None));
    let ask = |person: i64, wish: &str| program.post(&here, json!({ "person": person, "wish": wish }));
    assert_eq!(ask(anna.id, "seat").json()["state"], "booked");
    let waits = ask(bo.id, "seat").json();
    assert_eq!((&waits["state"], &waits["place_in_line"]), (&json!("waitlisted"), &json!(1)));
    check_problem(&ask(anna.id, "seat"), 409, "conflict");
    assert_eq!(ask(anna.id, "leave").json()["state"], "cancelled");
    let offered = program.read(&format!("/people/{}/bookings", bo.id))["items"][0].clone();
    assert_eq!((&offered["state"], offered["offered_until"].is_string()), (&json!("offered"), true));
    assert_eq!(ask(bo.id, "take").json()["state"], "booked");
    check_problem(&program.post(&here, json!({ "person": anna.id, "wish": "swap" })), 422, "invalid");
    check_problem(&program.post(&here, json!({ "person": anna.id, "wish": "exception" })), 422, "invalid");
    check_problem(
        &program.post("/occasions/999999999/bookings", json!({ "person": anna.id, "wish": "seat" })),
        404,
        "not-found",
    );
    let later = format!("{}/bookings", day(&program, "modellen", 9));
    check_problem(&program.post(&later, json!({ "person": anna.id, "wish": "seat" })), 409, "conflict");
}

fn a_program_books_only_for_those_its_person_may_book(world: World) {
    let Region { developer, .. } = region(&world);
    let here = format!("{}/bookings", day(&Program::of(&world, &developer), "intro", 5));
    let [anna, bo] = ["Anna Alm", "Bo Bok"].map(|name| build::person(&world.store, name, None));
    let program = Program::of(&world, &anna);
    check_problem(&program.post(&here, json!({ "person": bo.id, "wish": "seat" })), 404, "not-found");
    check_problem(&program.ask("GET", &format!("/people/{}/bookings", bo.id), None), 404, "not-found");
    check_problem(
        &program.post(&here, json!({ "person": anna.id, "wish": "exception", "reason": "Gärna" })),
        403,
        "forbidden",
    );
    assert_eq!(program.post(&here, json!({ "person": anna.id, "wish": "seat" })).json()["state"], "booked");
}
