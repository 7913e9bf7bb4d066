//! The interface for programs, sent what it does not know.

use serde_json::{Value, json};
use varjedag::clock;

use super::{Program, Region, check_problem, region};
use crate::support::{Answer, World, build, on_both};

on_both![
    what_is_unknown_is_refused_and_breaks_nothing,
    on_the_pages_too_what_is_unknown_breaks_nothing,
    unknown_fields_and_parameters_are_refused,
];

const UNKNOWN: [&str; 4] = ["999999999", "-1", "9223372036854775807", "9223372036854775808"];

fn what_is_unknown_is_refused_and_breaks_nothing(world: World) {
    let Region { ward, member, developer, .. } = region(&world);
    let program = Program::of(&world, &developer);
    let today = clock::today().to_string();
    for id in UNKNOWN {
        for path in ["people/ID", "people/ID/assignments", "people/ID/achievements", "people/ID/path", "units/ID/gap"] {
            check_problem(&program.get(&format!("/{}", path.replace("ID", id))), 404, "not-found");
        }
        for path in ["editions/ID", "editions/ID/enrolments", "occasions/ID"] {
            check_problem(&program.get(&format!("/{}", path.replace("ID", id))), 404, "not-found");
        }
        let check = |path: &str, body: Value| {
            check_problem(&program.post(&path.replace("ID", id), body), 404, "not-found");
        };
        check("/people/ID/assignments", json!({ "role": "ledare", "from": today }));
        check("/people/ID/achievements", json!({ "module": "intro", "day": today, "evidence": "import" }));
        check("/assignments/ID/end", json!({ "last_day": today }));
        check("/editions/ID/enrolments", json!({ "people": [member.id], "role": "deltagare" }));
        check("/occasions/ID/attendance", json!({ "marks": [{ "person": member.id, "attended": true }] }));
        check_problem(
            &program.ask("DELETE", &format!("/editions/{id}/enrolments/{}", member.id), None),
            404,
            "not-found",
        );
        check_problem(&program.ask("POST", &format!("/notices/{id}/send-again"), None), 404, "not-found");
    }
    // PostgreSQL knows no text with a NUL in it.
    for (word, total) in [("nowhere", 0), ("%00", 4), ("%F0%9D%84%9E", 0)] {
        assert_eq!(program.read(&format!("/people?q={word}"))["total"], json!(total), "{word}");
        let gap = program.get(&format!("/units/{ward}/gap?module={word}"));
        assert!([200, 422].contains(&gap.status), "{word}: {}", gap.body);
    }
    let (people, today) = (format!("/people/{}", member.id), &today);
    for word in ["nowhere", "\0", ""] {
        let role = json!({ "role": word, "from": today });
        check_problem(&program.post(&format!("{people}/assignments"), role), 422, "invalid");
        let module = json!({ "module": word, "day": today, "evidence": "import" });
        check_problem(&program.post(&format!("{people}/achievements"), module), 422, "invalid");
        let edition = json!({ "programme": word, "name": "Omgång", "starts_on": "2027-09-01", "place": "\0" });
        check_problem(&program.post("/editions", edition), 422, "invalid");
    }
}

fn on_the_pages_too_what_is_unknown_breaks_nothing(world: World) {
    let Region { member, developer, .. } = region(&world);
    let client = world.sign_in(&developer);
    let edition = build::edition(&world.store, &[&member]);
    for id in UNKNOWN {
        for path in
            ["/people/ID", "/people/ID/path", "/team/ID", "/team/ID.csv", "/editions/ID", "/occasions/ID", "/mail/ID"]
        {
            assert_eq!(client.get(&path.replace("ID", id)).status, 404, "{path} {id}");
        }
        let check = |path: &str, fields: &[(&str, &str)]| {
            assert_eq!(client.post(&path.replace("ID", id), fields).status, 404, "{path} {id}");
        };
        check("/people/ID/roles", &[("role", "ledare"), ("from", "2027-01-01")]);
        check("/editions/ID/people", &[("people", &member.email), ("role", "deltagare")]);
        check(&format!("/editions/{}/people/ID/leave", edition.id), &[]);
        check("/mail/ID/again", &[]);
    }
    let marked = client.post(&format!("/occasions/{}/attendance", edition.occasion), &[("mark", "999999999:present")]);
    assert_eq!(marked.status, 404);
    for path in ["/curriculum/modules/nowhere", "/curriculum/modules/%00", "/curriculum/modules/intro?person=999999999"]
    {
        assert_eq!(client.get(path).status, 404, "{path}");
    }
    for path in ["/people?q=%00", "/people?q=nowhere", "/people?page=999999999", "/curriculum?role=%00&title=nowhere"] {
        assert_eq!(client.get(path).status, 200, "{path}");
    }
    let roles = format!("/people/{}/roles", member.id);
    assert_eq!(client.post(&roles, &[("role", "\0"), ("from", "2027-01-01")]).status, 422);
    let people = format!("/editions/{}/people", edition.id);
    assert_eq!(client.post(&people, &[("people", "\0\nnobody@exempel.invalid"), ("role", "deltagare")]).status, 422);
    assert!([200, 422].contains(&world.client().post("/sign-in", &[("email", "\0@exempel.invalid")]).status));
}

fn unknown_fields_and_parameters_are_refused(world: World) {
    let Region { member, developer, .. } = region(&world);
    let program = Program::of(&world, &developer);
    let check = |answer: Answer, names: &str| {
        let problem = check_problem(&answer, 400, "bad-request");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(names)), "{problem}");
    };
    check(program.get("/people?role=administrator"), "role");
    check(program.get("/people?page=0"), "page");
    check(program.get("/people?per_page=501"), "per_page");
    check(program.get("/people?page=1&page=2"), "page");
    check(program.get("/notices?state=all"), "all");
    check(program.get(&format!("/people/{}/path?lang=de", member.id)), "de");
    let list = format!("/people/{}/achievements", member.id);
    let new = json!({ "module": "mata", "day": "2026-05-05", "evidence": "import", "recorded_by": 1 });
    check(program.post(&list, new), "recorded_by");
    check(program.post(&list, json!({ "module": "mata", "day": "2026-05-05" })), "evidence");
    check(program.post(&list, json!({ "module": "mata", "day": "+12026-05-05", "evidence": "import" })), "day");
    check_problem(&program.get("/people/99999999999999999999"), 404, "not-found");
    let large = json!({ "module": "m".repeat(1_100_000), "day": "2026-05-05", "evidence": "import" });
    check_problem(&program.post(&list, large), 413, "too-large");
}
