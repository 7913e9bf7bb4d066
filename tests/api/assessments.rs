//! The interface for programs: how tests, assignments and observations stand, and what came of them.

use serde_json::json;

use super::Program;
use crate::assessments::marked;
use crate::attendance::{has, seated, stage};
use crate::support::{World, on_both};

on_both![programs_read_how_it_stands_and_note_results];

fn programs_read_how_it_stands_and_note_results(world: World) {
    let stage = stage(&world, "intro", &[1]);
    let person = seated(&world.store, "Anna Alm", &[stage.occasion]);
    marked(&world, &stage, &person, true);
    let (program, own) = (Program::of(&world, &stage.developer), Program::of(&world, &person));
    let (path, list) =
        (format!("/people/{}/assessments/intro", person.id), format!("/occasions/{}/assessments", stage.occasion));
    assert_eq!(own.ask("POST", &path, Some(json!({ "outcome": "result", "points": 100 }))).status, 403);
    assert_eq!(program.ask("POST", &path, Some(json!({ "outcome": "approved" }))).status, 409);
    assert_eq!(program.ask("POST", &path, Some(json!({ "outcome": "result", "points": 12, "of": 10 }))).status, 422);
    let failed = program.ask("POST", &path, Some(json!({ "outcome": "result", "points": 6, "of": 10 })));
    assert_eq!((failed.status, failed.json()["state"].as_str()), (200, Some("failed")));
    let best = program.ask("POST", &path, Some(json!({ "outcome": "result", "points": 80 }))).json();
    assert_eq!(best["best_percent"], 80);
    assert_eq!(has(&world.store, &person, "intro"), 1);
    assert_eq!(program.get(&list).json()["items"][0]["state"], "passed");
    let mine = own.get(&format!("/people/{}/assessments", person.id)).json();
    assert_eq!((mine["items"][0]["module"].as_str(), own.get(&list).status), (Some("intro"), 404));
}
