//! The interface for programs, as a program with a token meets it.

use std::time::Duration;

use chrono::Days;
use serde_json::{Value, json};
use varjedag::clock;

use crate::support::build::{self, Person};
use crate::support::program::{good, program, ran};
use crate::support::{Answer, Ask, SMALL, World, on_both};

mod assessments;
mod bookings;
mod occasions;
mod programme;
mod unknown;

on_both![
    a_token_that_is_unknown_or_over_opens_nothing,
    a_session_opens_nothing_here,
    everyone_sees_whom_policy_says_and_counts_give_nothing_away,
    people_are_found_by_name_and_unit_page_by_page,
    a_role_is_given_listed_and_ended,
    what_is_refused_says_which_field_and_why,
    recording_twice_is_recording_once,
    nobody_records_for_oneself,
    what_stands_in_a_name_is_only_text,
    the_path_is_that_of_the_command_line_and_of_the_page,
    notices_show_no_text_and_are_sent_again_once,
    without_a_curriculum_a_program_is_told_so,
    the_document_is_served_to_anyone,
];

/// A program with somebody's token.
pub(crate) struct Program<'a> {
    world: &'a World,
    token: String,
}

impl<'a> Program<'a> {
    pub(crate) fn of(world: &'a World, person: &Person) -> Program<'a> {
        Program { world, token: build::token(&world.store, person) }
    }

    pub(crate) fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let ask = Ask::new(method, &format!("/api/v1{path}"))
            .header("origin", "")
            .header("accept-language", "")
            .header("authorization", &format!("Bearer {}", self.token));
        self.world.client().send(match body {
            Some(body) => ask.body("application/json", body.to_string()),
            None => ask,
        })
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, None)
    }

    /// The answer to a GET that succeeds.
    pub(crate) fn read(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json()
    }

    pub(crate) fn post(&self, path: &str, body: Value) -> Answer {
        self.ask("POST", path, Some(body))
    }
}

/// A region with a ward that has a manager and a member, a member of another ward, and a developer.
struct Region {
    ward: i64,
    manager: Person,
    member: Person,
    other: Person,
    developer: Person,
}

fn region(world: &World) -> Region {
    let store = &world.store;
    build::publish_small(store);
    let top = build::unit(store, "Hela regionen", None);
    let ward = build::unit(store, "Egen enhet", Some(top));
    let elsewhere = build::unit(store, "Annan enhet", Some(top));
    let manager = build::person(store, "Chef Provsson", Some(ward));
    build::manager(store, ward, &manager);
    let developer = build::person(store, "Utvecklare Provsson", Some(top));
    build::hat(store, "developer", &developer);
    let member = build::person(store, "Medlem Provsson", Some(ward));
    let other = build::person(store, "Annan Provsson", Some(elsewhere));
    Region { ward, manager, member, other, developer }
}

fn texts(list: &Value, field: &str) -> Vec<String> {
    let items = list["items"].as_array().expect("a list");
    items.iter().map(|item| item[field].as_str().expect("a text").to_owned()).collect()
}

/// A refusal in the form that all of them have.
fn check_problem(answer: &Answer, status: u16, kind: &str) -> Value {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["status"], json!(status));
    assert_eq!(problem["type"], json!(format!("urn:varjedag:problem:{kind}")));
    assert!(!answer.body.contains('⟦'), "a text is missing: {problem}");
    problem
}

fn a_token_that_is_unknown_or_over_opens_nothing(world: World) {
    let person = build::person(&world.store, "Prov Provsson", None);
    let check = |token: String, what: &str| {
        let answer = Program { world: &world, token }.get("/me");
        check_problem(&answer, 401, "not-signed-in");
        assert_eq!(answer.header("www-authenticate"), "Bearer", "{what}");
    };
    check("guessed".into(), "unknown");
    check(build::token_until(&world.store, &person, clock::now() - Days::new(1)), "expired");
    let program = Program::of(&world, &person);
    assert_eq!(program.read("/me")["person"]["id"], json!(person.id));
    build::revoke_tokens(&world.store, &person);
    check(program.token, "revoked");
    let program = Program::of(&world, &person);
    build::disable(&world.store, &person, clock::now());
    check(program.token, "of somebody who is disabled");
}

fn a_session_opens_nothing_here(world: World) {
    let client = world.sign_in(&build::person(&world.store, "Prov Provsson", None));
    assert_eq!(client.get("/me").status, 200);
    assert_eq!(client.get("/api/v1/me").status, 401);
}

fn everyone_sees_whom_policy_says_and_counts_give_nothing_away(world: World) {
    let Region { ward, manager, member, other, developer } = region(&world);
    let check = |person: &Person, expected: &[&str]| {
        let list = Program::of(&world, person).read("/people");
        assert_eq!(texts(&list, "name"), expected);
        assert_eq!(list["total"], json!(expected.len()));
    };
    check(&member, &["Medlem Provsson"]);
    check(&manager, &["Chef Provsson", "Medlem Provsson"]);
    check(&developer, &["Annan Provsson", "Chef Provsson", "Medlem Provsson", "Utvecklare Provsson"]);
    let units = |person: &Person| texts(&Program::of(&world, person).read("/units"), "name");
    assert!(units(&member).is_empty());
    assert_eq!(units(&manager), ["Egen enhet"]);
    assert_eq!(units(&developer).len(), 3);
    let top = &Program::of(&world, &manager).read("/units")["items"][0];
    assert_eq!((&top["id"], &top["parent"], &top["managers"]), (&json!(ward), &Value::Null, &json!([manager.id])));
    // What is not there and what is not one's to see look the same.
    let hidden = Program::of(&world, &manager).get(&format!("/people/{}", other.id));
    let nobody = Program::of(&world, &manager).get("/people/999999999");
    let (mut hidden, mut nobody) = (check_problem(&hidden, 404, "not-found"), check_problem(&nobody, 404, "not-found"));
    (hidden["instance"], nobody["instance"]) = (Value::Null, Value::Null);
    assert_eq!(hidden, nobody);
}

fn people_are_found_by_name_and_unit_page_by_page(world: World) {
    let Region { ward, manager, developer, .. } = region(&world);
    let check = |person: &Person, query: &str, expected: &[&str], total: u32| {
        let list = Program::of(&world, person).read(&format!("/people?{query}"));
        assert_eq!(
            (texts(&list, "name"), &list["total"]),
            (expected.iter().map(|n| n.to_string()).collect(), &json!(total))
        );
    };
    for person in [&developer, &manager] {
        check(person, &format!("unit={ward}"), &["Chef Provsson", "Medlem Provsson"], 2);
        check(person, "q=medlem", &["Medlem Provsson"], 1);
        check(person, "q=%25", &[], 0);
        check(person, &format!("unit={ward}&per_page=1&page=2"), &["Medlem Provsson"], 2);
        check(person, "unit=999999999", &[], 0);
    }
    check(&manager, "q=annan", &[], 0);
    check(&developer, "page=100000&per_page=500", &[], 4);
}

fn a_role_is_given_listed_and_ended(world: World) {
    let Region { manager, member, .. } = region(&world);
    let program = Program::of(&world, &manager);
    let list = format!("/people/{}/assignments", member.id);
    let (today, later) = (clock::today().to_string(), (clock::today() + Days::new(30)).to_string());
    let given = program.post(&list, json!({ "role": "ledare", "from": today }));
    assert_eq!((given.status, given.header("location")), (201, format!("/api/v1{list}").as_str()));
    let given = given.json();
    assert_eq!((&given["kind"], &given["code"], &given["source"]), (&json!("role"), &json!("ledare"), &json!("hand")));
    check_problem(&program.post(&list, json!({ "role": "ledare", "from": later })), 409, "conflict");
    let end = format!("/assignments/{}/end", given["id"]);
    let ended = program.post(&end, json!({ "last_day": later }));
    assert_eq!((ended.status, &ended.json()["to"]), (200, &json!(later)));
    let all = program.read(&list);
    assert_eq!((&all["total"], &all["items"][0]), (&json!(1), &ended.json()));
    // The role's dose is asked for at once, and its holder sees why.
    let path = Program::of(&world, &member).read(&format!("/people/{}/path?lang=en", member.id));
    let told = path["steps"].to_string();
    assert!(told.contains("You have had the role improvement leader"), "{told}");
}

fn what_is_refused_says_which_field_and_why(world: World) {
    let Region { member, developer, .. } = region(&world);
    let program = Program::of(&world, &developer);
    let (assignments, achievements) =
        (format!("/people/{}/assignments", member.id), format!("/people/{}/achievements", member.id));
    let check = |path: &str, body: Value, field: &str| {
        let problem = check_problem(&program.post(path, body), 422, "invalid");
        let errors = problem["errors"].as_array().expect("errors");
        assert_eq!((errors.len(), &errors[0]["pointer"]), (1, &json!(format!("#/{field}"))));
        assert!(errors[0]["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{problem}");
    };
    check(&assignments, json!({ "role": "kung", "from": "2027-01-01" }), "role");
    check(&assignments, json!({ "role": "ledare", "from": "2027-01-02", "to": "2027-01-01" }), "to");
    check(&achievements, json!({ "module": "okänd", "day": "2020-01-01", "evidence": "import" }), "module");
    check(&achievements, json!({ "module": "intro", "day": "2199-01-01", "evidence": "import" }), "day");
    let edition = |name: &str, programme: &str| json!({ "programme": programme, "name": name, "starts_on": "2027-09-01", "place": "Salen" });
    check("/editions", edition("\u{0}\u{200b}", "arets"), "name");
    check("/editions", edition(&"å".repeat(201), "arets"), "name");
    check("/editions", edition("Omgång", "inget"), "programme");
}

fn recording_twice_is_recording_once(world: World) {
    let Region { member, developer, .. } = region(&world);
    let program = Program::of(&world, &developer);
    let list = format!("/people/{}/achievements", member.id);
    let new = json!({ "module": "mata", "day": "2026-05-05", "evidence": "prior_learning" });
    let (first, second) = (program.post(&list, new.clone()), program.post(&list, new));
    assert_eq!((first.status, second.status), (200, 200));
    assert_eq!(first.json(), second.json());
    assert_eq!(first.json()["valid_until"], json!("2029-05-05"));
    assert_eq!(first.json()["recorded_by"], json!(developer.id));
    let other = json!({ "module": "mata", "day": "2026-05-06", "evidence": "prior_learning" });
    assert_ne!(program.post(&list, other).json()["id"], first.json()["id"]);
    let record = Program::of(&world, &member).read(&list);
    assert_eq!((&record["total"], &record["items"][1]["id"]), (&json!(2), &first.json()["id"]));
    assert_eq!((&record["items"][0]["counts"], &record["items"][1]["counts"]), (&json!(true), &json!(false)));
}

fn nobody_records_for_oneself(world: World) {
    let Region { developer, .. } = region(&world);
    let program = Program::of(&world, &developer);
    let list = format!("/people/{}/achievements", developer.id);
    let new = json!({ "module": "mata", "day": "2026-05-05", "evidence": "import" });
    check_problem(&program.post(&list, new), 403, "forbidden");
    assert_eq!(program.read(&list)["total"], json!(0));
}

fn what_stands_in_a_name_is_only_text(world: World) {
    let developer = build::person(&world.store, "Utvecklare Provsson", None);
    build::hat(&world.store, "developer", &developer);
    let program = Program::of(&world, &developer);
    for name in ["=HYPERLINK(\"x\")", "<script>alert(1)</script>", "'; DROP TABLE people; --", "Åsa \"Ö\" \\ 𝄞"] {
        let person = build::person(&world.store, name, None);
        assert_eq!(program.read(&format!("/people/{}", person.id))["name"], json!(name));
        let answer = program.get("/people");
        assert_eq!(answer.header("content-type"), "application/json");
        assert!(texts(&answer.json(), "name").contains(&name.to_owned()));
    }
}

/// `varjedag path`, the interface and the person's own page answer alike when they are told the same.
fn the_path_is_that_of_the_command_line_and_of_the_page(world: World) {
    let store = &world.store;
    build::publish_small(store);
    let developer = build::person(store, "Utvecklare Provsson", None);
    build::hat(store, "developer", &developer);
    let person = build::person(store, "Prov Provsson", None);
    build::employed_since(store, &person, clock::today());
    let (today, program) = (clock::today().to_string(), Program::of(&world, &developer));
    let role = json!({ "role": "ledare", "from": today });
    assert_eq!(program.post(&format!("/people/{}/assignments", person.id), role).status, 201);
    let done = json!({ "module": "intro", "day": today, "evidence": "import" });
    assert_eq!(program.post(&format!("/people/{}/achievements", person.id), done).status, 200);
    for lang in ["sv", "en"] {
        let told = Program::of(&world, &person).get(&format!("/people/{}/path?lang={lang}", person.id));
        // Only what is published has a version to name.
        let version = program.read("/curriculum")["number"].as_str().expect("a number").to_owned();
        let told = told.body.replace(&format!(" ({version})"), "");
        let told = told.replace(&format!("\"version\":\"{version}\""), "\"version\":null");
        let told: Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(told, command_line(&today, lang));
        assert!(told["steps"].as_array().is_some_and(|steps| steps.len() == 4), "{told}");
        if lang == "sv" {
            check_page(&world.sign_in(&person).get("/"), &told);
        }
    }
}

/// The page draws the pieces by area, so it is the set of them that is compared, what is first, and the hours.
fn check_page(page: &Answer, told: &Value) {
    let titles = |list: &str| -> Vec<String> {
        let pieces = told[list].as_array().expect("pieces").iter();
        let mut titles: Vec<String> = pieces.map(|piece| piece["title"].as_str().expect("a title").into()).collect();
        titles.sort_unstable();
        titles
    };
    let drawn = |selector: &str| {
        let mut titles = page.texts(selector);
        titles.sort_unstable();
        titles
    };
    assert_eq!(drawn(".piece:not(.is-done) .piece__title"), titles("steps"));
    assert_eq!(drawn(".piece.is-done .piece__title"), titles("held"));
    assert_eq!(page.text("h1"), format!("Nästa: {}", told["steps"][0]["title"].as_str().expect("a title")));
    let hours = told["hours_left"].as_f64().expect("hours").to_string().replace('.', ",");
    assert!(page.text(".sum .num").split_whitespace().any(|word| word == hours), "{hours}: {}", page.text(".sum"));
}

fn command_line(today: &str, lang: &str) -> Value {
    let args = ["path", SMALL, "--role", "ledare", "--done", "intro", "--format", "json"];
    let answer = good(ran(program().args(args).args(["--today", today, "--lang", lang])));
    serde_json::from_str(&answer).expect("JSON")
}

fn notices_show_no_text_and_are_sent_again_once(world: World) {
    let Region { member, developer, .. } = region(&world);
    let program = Program::of(&world, &developer);
    let notice = build::failed_mail(&world.store, &member);
    let failed = program.get("/notices?state=failed");
    assert!(!failed.body.contains("Modellen"), "{}", failed.body);
    let item = &failed.json()["items"][0];
    assert_eq!((&item["id"], &item["state"], &item["person"]), (&json!(notice), &json!("failed"), &json!(member.id)));
    let again = format!("/notices/{notice}/send-again");
    let answer = program.ask("POST", &again, None);
    assert_eq!((answer.status, &answer.json()["id"]), (200, &json!(notice)));
    // The server's own worker delivers it, to a file.
    let sent = || program.read("/notices?state=sent")["items"][0]["id"] == json!(notice);
    let mut tries = (0..200).map(|_| std::thread::sleep(Duration::from_millis(50)));
    assert!(tries.any(|()| sent()), "it is not sent again");
    assert_eq!(program.read("/notices?state=failed")["total"], json!(0));
    check_problem(&program.ask("POST", "/notices/999999999/send-again", None), 404, "not-found");
}

fn without_a_curriculum_a_program_is_told_so(world: World) {
    let person = build::person(&world.store, "Prov Provsson", None);
    let program = Program::of(&world, &person);
    let problem = check_problem(&program.get("/curriculum"), 409, "conflict");
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("published")), "{problem}");
    check_problem(&program.get(&format!("/people/{}/path", person.id)), 409, "conflict");
}

fn the_document_is_served_to_anyone(world: World) {
    let answer = world.client().get("/api/v1/openapi.json");
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    let document = answer.json();
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{}", document["openapi"]);
    assert!(document["paths"]["/api/v1/people/{person}/path"]["get"]["summary"].is_string());
}
