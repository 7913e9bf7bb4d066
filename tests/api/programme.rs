//! The interface for programs: editions, attendance, and who misses what.

use serde_json::{Value, json};

use super::{Program, Region, check_problem, region, texts};
use crate::support::build::{self, Person};
use crate::support::{World, on_both};

on_both![
    the_same_person_takes_part_again_another_year,
    an_edition_runs_from_enrolment_to_attendance,
    a_gap_counts_people_and_says_who,
];

fn the_same_person_takes_part_again_another_year(world: World) {
    let Region { member, developer, .. } = region(&world);
    let program = Program::of(&world, &developer);
    let editions = ["2027-09-01", "2028-09-01"].map(|day| {
        let plan = json!({ "programme": "arets", "name": format!("Omgång {day}"), "starts_on": day, "place": "Salen" });
        let made = program.post("/editions", plan).json();
        let edition = made["id"].as_i64().or_else(|| made["edition"]["id"].as_i64()).expect("an id");
        let new = json!({ "people": [member.id], "role": "deltagare" });
        assert_eq!(program.post(&format!("/editions/{edition}/enrolments"), new).status, 201, "{day}");
        edition
    });
    let held = program.read(&format!("/people/{}/assignments", member.id));
    let held: Vec<&Value> = held["items"].as_array().expect("a list").iter().map(|item| &item["edition"]).collect();
    assert_eq!(held, [&json!(editions[0]), &json!(editions[1])]);
    let leave = format!("/editions/{}/enrolments/{}", editions[0], member.id);
    assert_eq!(program.ask("DELETE", &leave, None).status, 204);
    let left = |edition: i64| program.read(&format!("/editions/{edition}"))["left"].clone();
    assert_eq!(editions.map(left), [json!(1), json!(0)], "one year says nothing about another");
}

fn an_edition_runs_from_enrolment_to_attendance(world: World) {
    let Region { member, other, developer, .. } = region(&world);
    let program = Program::of(&world, &developer);
    let plan = json!({ "programme": "arets", "name": "Omgång prov", "starts_on": "2027-09-01", "place": "Salen" });
    let made = program.post("/editions", plan.clone());
    assert_eq!(made.status, 201, "{}", made.body);
    let edition = made.header("location").trim_start_matches("/api/v1").to_owned();
    check_problem(&program.post("/editions", plan), 409, "conflict");
    let people = format!("{edition}/enrolments");
    let new = |ids: &[i64]| json!({ "people": ids, "role": "deltagare" });
    check_problem(&program.post(&people, new(&[member.id, 999_999_999])), 422, "invalid");
    assert_eq!(program.read(&people)["total"], json!(0), "nobody when not all");
    check_problem(&program.post(&people, new(&[])), 422, "invalid");
    let enrolled = program.post(&people, new(&[member.id, other.id]));
    assert_eq!((enrolled.status, enrolled.json()["items"].as_array().map(Vec::len)), (201, Some(2)));
    check_problem(&program.post(&people, new(&[other.id])), 409, "conflict");
    let board = program.read(&edition);
    assert_eq!((&board["participants"], &board["left"]), (&json!(2), &json!(0)));
    assert!(board["occasions"].as_array().is_some_and(|all| all.len() == 5), "{board}");
    let parts = &board["occasions"][0]["occasion"]["parts"];
    assert_eq!((parts.as_array().map(Vec::len), &parts[0]["no"]), (Some(1), &json!(1)), "{board}");
    let first = &board["occasions"][1]["occasion"]["id"];
    let to_come = json!({ "marks": [{ "person": member.id, "attended": true }] });
    check_problem(&program.post(&format!("/occasions/{first}/attendance"), to_come), 409, "conflict");
    assert_eq!(program.ask("DELETE", &format!("{people}/{}", other.id), None).status, 204);
    assert_eq!(program.ask("DELETE", &format!("{people}/{}", other.id), None).status, 404);
    assert_eq!(program.read(&edition)["left"], json!(1));
    attendance_is_the_achievement(&world, &program, &member);
}

fn attendance_is_the_achievement(world: &World, program: &Program, member: &Person) {
    let id = build::edition(&world.store, &[member]).occasion;
    build::seat(&world.store, id, member);
    let occasion = format!("/occasions/{id}");
    let mark = |person: i64, attended: Option<bool>| {
        program
            .post(&format!("{occasion}/attendance"), json!({ "marks": [{ "person": person, "attended": attended }] }))
    };
    let counts = || program.read(&format!("/people/{}/achievements", member.id))["items"][0]["revoked"].clone();
    check_problem(&mark(999_999_999, Some(true)), 422, "invalid");
    for (attended, seat, revoked) in
        [(Some(true), "attended", false), (Some(false), "absent", true), (None, "booked", true)]
    {
        let answer = mark(member.id, attended);
        assert_eq!((answer.status, &answer.json()["seats"][0]["state"]), (200, &json!(seat)));
        assert_eq!(counts(), json!(revoked), "{seat}");
    }
}

fn a_gap_counts_people_and_says_who(world: World) {
    let Region { ward, manager, member, developer, .. } = region(&world);
    let recorder = Program::of(&world, &developer);
    let done = json!({ "module": "intro", "day": "2026-05-05", "evidence": "import" });
    let gap = |person: &Person, query: &str| Program::of(&world, person).read(&format!("/units/{ward}/gap{query}"));
    let before = gap(&developer, "");
    assert_eq!((&before["people"], &before["total"]), (&json!(2), &json!(2)));
    assert_eq!((&before["modules"][0]["id"], &before["modules"][0]["missing"]), (&json!("intro"), &json!(2)));
    assert_eq!(recorder.post(&format!("/people/{}/achievements", member.id), done).status, 200);
    let after = gap(&developer, "");
    assert_eq!((&after["people"], &after["total"], &after["modules"][0]["missing"]), (&json!(2), &json!(1), &json!(1)));
    assert_eq!(texts(&after, "name"), ["Chef Provsson"]);
    assert_eq!(after["items"][0]["missing"][0]["module"], json!("intro"));
    assert_eq!(gap(&manager, "")["items"], after["items"]);
    assert_eq!(gap(&manager, "?module=intro")["total"], json!(1));
    assert_eq!(gap(&manager, "?module=leda")["total"], json!(0));
}
