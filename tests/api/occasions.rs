//! The interface for programs: occasions.

use chrono::{Days, NaiveTime};
use serde_json::{Value, json};
use varjedag::clock;

use super::{Program, Region, check_problem, region};
use crate::support::{World, on_both};

on_both![
    an_occasion_is_opened_changed_and_called_off_by_a_program,
    what_cannot_be_is_said_at_its_field,
    a_list_holds_what_one_may_book_page_by_page,
];

/// A half-day so many days ahead.
fn part(days: u64, place: &str) -> Value {
    let day = clock::today() + Days::new(days);
    let at = |hour: u32| day.and_time(NaiveTime::from_hms_opt(hour, 0, 0).unwrap()).and_utc();
    json!({ "starts_at": at(8), "ends_at": at(11), "place": place })
}

fn an_occasion_is_opened_changed_and_called_off_by_a_program(world: World) {
    let Region { developer, .. } = region(&world);
    let program = Program::of(&world, &developer);
    let new = json!({ "module": "intro", "parts": [part(27, "Sal Linden"), part(20, "Sal Eken")], "seats": 12,
        "language": "en", "closes_days": 3, "audience": { "role": "deltagare" },
        "trainers": [{ "person": developer.id }, { "name": "En Gäst" }] });
    let made = program.post("/occasions", new.clone());
    assert_eq!(made.status, 201, "{}", made.body);
    let (path, made) = (made.header("location").trim_start_matches("/api/v1").to_owned(), made.json());
    let places = |occasion: &Value| {
        let parts = occasion["parts"].as_array().unwrap();
        parts.iter().map(|part| part["place"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(places(&made), ["Sal Eken", "Sal Linden"], "in time order");
    assert_eq!((&made["starts_at"], &made["ends_at"]), (&made["parts"][0]["starts_at"], &made["parts"][1]["ends_at"]));
    assert_eq!((&made["language"], &made["audience"]), (&json!("en"), &json!({ "role": "deltagare" })));
    assert_eq!(made["trainers"][1], json!({ "person": null, "name": "En Gäst" }));
    let read = program.read(&path);
    assert_eq!((&read["occasion"], &read["seats"]), (&made, &json!([])));

    let mut other = new.clone();
    other["parts"] = json!([part(20, "Sal Eken"), part(28, "Sal Linden")]);
    let changed = program.ask("PUT", &path, Some(other.clone()));
    assert_eq!(changed.status, 200, "{}", changed.body);
    let changed = changed.json();
    assert_eq!(changed["parts"][0]["id"], made["parts"][0]["id"], "what is as before is left alone");
    assert_eq!(changed["parts"][1]["id"], made["parts"][1]["id"], "and what moves stays the same part");
    assert_ne!(changed["parts"][1]["starts_at"], made["parts"][1]["starts_at"]);
    other["module"] = json!("modellen");
    check_problem(&program.ask("PUT", &path, Some(other)), 422, "invalid");

    let off = program.post(&format!("{path}/call-off"), json!({ "reason": "Ingen lokal" }));
    assert_eq!(off.status, 200, "{}", off.body);
    assert!(off.json()["cancelled_at"].is_string());
    check_problem(&program.post(&format!("{path}/call-off"), json!({})), 409, "conflict");
    check_problem(&program.ask("PUT", &path, Some(new)), 409, "conflict");
    check_problem(
        &program.ask("PUT", "/occasions/999999999", Some(json!({ "module": "intro", "parts": [part(20, "A")] }))),
        404,
        "not-found",
    );
}

fn what_cannot_be_is_said_at_its_field(world: World) {
    let Region { developer, member, .. } = region(&world);
    let program = Program::of(&world, &developer);
    let check = |field: &str, change: Value| {
        let mut new = json!({ "module": "intro", "parts": [part(20, "Sal Eken")] });
        change.as_object().unwrap().iter().for_each(|(name, value)| new[name] = value.clone());
        let problem = check_problem(&program.post("/occasions", new), 422, "invalid");
        assert!(problem["errors"].to_string().contains(field), "{field}: {problem}");
    };
    check("module", json!({ "module": "nowhere" }));
    check("parts", json!({ "parts": [] }));
    check("parts", json!({ "parts": [part(20, "")] }));
    check("parts", json!({ "parts": [part(20, "A"), part(20, "B")] }));
    check(
        "parts",
        json!({ "parts": [{ "starts_at": "2020-01-01T08:00:00Z", "ends_at": "2020-01-01T09:00:00Z", "place": "A" }] }),
    );
    check(
        "parts",
        json!({ "parts": [{ "starts_at": "2099-01-01T08:00:00Z", "ends_at": "2099-01-02T09:00:00Z", "place": "A" }] }),
    );
    check(
        "parts",
        json!({ "parts": [{ "starts_at": "2099-01-01T08:00:00Z", "ends_at": "2099-01-01T07:00:00Z", "place": "A" }] }),
    );
    check("parts", json!({ "parts": vec![part(20, "A"); 13] }));
    check("trainers", json!({ "trainers": [{ "person": member.id }] }));
    check("trainers", json!({ "trainers": [{ "name": " " }] }));
    check("audience", json!({ "audience": { "unit": 999_999 } }));
    check("audience", json!({ "audience": { "unit": 1, "role": "deltagare" } }));
    check("language", json!({ "language": "fi" }));
    check("seats", json!({ "seats": 10_001 }));
    let unknown = json!({ "module": "intro", "parts": [part(20, "A")], "price": 7 });
    check_problem(&program.post("/occasions", unknown), 400, "bad-request");
    assert_eq!(program.read("/occasions")["total"], json!(0), "nothing was opened");
}

fn a_list_holds_what_one_may_book_page_by_page(world: World) {
    let Region { ward, developer, member, other, .. } = region(&world);
    let (program, member, other) =
        (Program::of(&world, &developer), Program::of(&world, &member), Program::of(&world, &other));
    let open = |module: &str, days: u64, audience: Value| {
        let new = json!({ "module": module, "parts": [part(days, "Salen")], "audience": audience });
        program.post("/occasions", new).json()["id"].as_i64().expect("an id")
    };
    let all = [
        open("intro", 20, json!({})),
        open("modellen", 21, json!({})),
        open("intro", 22, json!({ "unit": ward })),
        open("intro", 23, json!({})),
    ];
    assert_eq!(program.post(&format!("/occasions/{}/call-off", all[3]), json!({})).status, 200);
    let ids = |program: &Program, query: &str| -> (Vec<i64>, i64) {
        let list = program.read(&format!("/occasions?{query}"));
        let ids = list["items"].as_array().unwrap().iter().map(|item| item["id"].as_i64().unwrap()).collect();
        (ids, list["total"].as_i64().unwrap())
    };
    assert_eq!(ids(&program, ""), (all[..3].to_vec(), 3));
    assert_eq!(ids(&program, "called_off=true&per_page=1&page=4"), (vec![all[3]], 4));
    assert_eq!(ids(&program, "module=intro"), (vec![all[0], all[2]], 2));
    assert_eq!(ids(&member, "").0, all[..3], "who works there");
    assert_eq!(ids(&other, ""), (vec![all[0], all[1]], 2), "counts give nothing away");
    let day = clock::today() + Days::new(21);
    assert_eq!(ids(&program, &format!("from={day}&to={day}")).0, [all[1]]);
    assert_eq!(ids(&program, "edition=999").1, 0);
    check_problem(&program.get("/occasions?price=7"), 400, "bad-request");
    check_problem(&member.get(&format!("/occasions/{}", all[0])), 404, "not-found");
}
