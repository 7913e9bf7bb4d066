//! What people know already: asking to have it recognised, deciding, being told. And what happens when two decide at
//! the same moment.

use chrono::Days;
use diesel::prelude::*;
use varjedag::accounts::policy::{Actor, Hats};
use varjedag::clock;
use varjedag::curriculum::model::Language;
use varjedag::recognition::life::{Act, Refusal as Life, State, Wording};
use varjedag::recognition::service::{self, By, Refusal};
use varjedag::store::schema::{achievements, outbox, recognition_log, recognitions};
use varjedag::store::{Error, Store};
use varjedag::versions::published::{Published, Shelf};

use crate::support::build::{self, Person};
use crate::support::{Answer, Ask, Client, World, on_both};

mod evidence;
mod renewal;

on_both![
    what_is_asked_is_returned_completed_and_accepted_and_counts_at_once,
    what_is_declined_says_why_and_can_be_asked_anew,
    a_manager_asks_for_the_team_and_both_are_told_once,
    nobody_decides_about_themselves_or_what_they_asked_for,
    a_delegate_decides_about_what_and_when_they_are_named_for,
    a_draft_is_nobodys_but_the_writers,
    another_course_is_an_external_statement,
    what_was_typed_wrong_is_shown_again,
    two_who_decide_at_once_decide_once,
    everything_that_happens_is_in_the_log_whoever_races,
    programs_ask_decide_and_see_what_evidence_there_is,
];

struct Ward {
    developer: Client,
    anna: Person,
    client: Client,
    manager: Client,
    unit: i64,
}

fn ward(world: &World) -> Ward {
    build::publish_small(&world.store);
    let unit = build::unit(&world.store, "Avdelning 9", None);
    let developer = build::person(&world.store, "Ute Utvecklare", None);
    build::hat(&world.store, "developer", &developer);
    let anna = build::person(&world.store, "Anna Alm", Some(unit));
    let chief = build::person(&world.store, "Cleo Chef", Some(unit));
    build::manager(&world.store, unit, &chief);
    build::role(&world.store, &anna, "deltagare");
    Ward {
        developer: world.sign_in(&developer),
        client: world.sign_in(&anna),
        manager: world.sign_in(&chief),
        anna,
        unit,
    }
}

fn ask(client: &Client, module: &str, more: &[(&str, &str)]) -> Answer {
    let day = (clock::today() - Days::new(40)).to_string();
    let usual = [("act", "ask"), ("module", module), ("day", &day), ("motivation", "Har lett det i fem år.")];
    let named: Vec<(&str, &str)> = usual.into_iter().filter(|(n, _)| more.iter().all(|(m, _)| m != n)).collect();
    client.post("/recognition/requests", &[&named, more].concat())
}

fn asked(client: &Client, module: &str, more: &[(&str, &str)]) -> String {
    let answer = ask(client, module, more);
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

fn decide(client: &Client, path: &str, act: &str, comment: &str) -> u16 {
    let today = clock::today().to_string();
    client.post(path, &[("act", act), ("comment", comment), ("from", &today)]).status
}

fn state(client: &Client, path: &str) -> String {
    client.get(path).text("h1 ~ .state")
}

/// Kinds of mail queued for somebody, in order.
fn told(store: &Store, person: &Person) -> Vec<String> {
    let query = outbox::table.filter(outbox::person_id.eq(person.id)).order(outbox::id).select(outbox::payload);
    let all: Vec<String> = store.read(|conn| Ok::<_, Error>(query.load(conn)?)).unwrap();
    let said = |text: &String| {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        value.get("news").unwrap_or(&value["kind"]).as_str().unwrap().to_owned()
    };
    all.iter().map(said).collect()
}

fn what_is_asked_is_returned_completed_and_accepted_and_counts_at_once(world: World) {
    let Ward { developer, anna, client, .. } = ward(&world);
    let path = asked(&client, "intro", &[]);
    assert_eq!(state(&client, &path), "Väntar på beslut");
    assert!(developer.get("/recognition").text("#waiting + ul").contains("Anna Alm"));
    assert_eq!(client.post(&path, &[("act", "save"), ("day", "2026-01-01")]).status, 422, "what is asked stands");
    assert_eq!(decide(&developer, &path, "return", "Vad gjorde du själv?"), 303);
    let page = client.get(&path);
    assert!(page.text("#log + ol").contains("Vad gjorde du själv?"));
    let day = page.attribute("#f-day", "value").unwrap();
    let again = [("act", "ask"), ("day", day.as_str()), ("motivation", "Jag ledde två arbeten.")];
    assert_eq!(client.post(&path, &again).status, 303);
    assert!(client.get("/").body.contains("Introduktion"));
    assert_eq!(decide(&developer, &path, "accept", ""), 303);
    assert_eq!(state(&client, &path), "Tillgodoräknad");
    assert_eq!(told(&world.store, &anna), ["returned", "achieved"]);
    let record = developer.get(&format!("/people/{}", anna.id)).text("#record + table tbody tr");
    assert!(record.contains("Tillgodoräknat") && record.contains("Ute Utvecklare"), "{record}");
    let path_now = client.get("/api/v1/me");
    assert_eq!(path_now.status, 401, "browsers do not use the interface for programs");
    assert!(client.get("/curriculum/modules/intro").text(".standing .state").contains("Klar"));
    assert_eq!(decide(&developer, &path, "decline", "Nej"), 422, "it has been decided");
}

fn what_is_declined_says_why_and_can_be_asked_anew(world: World) {
    let Ward { developer, anna, client, .. } = ward(&world);
    let path = asked(&client, "intro", &[]);
    assert_eq!(ask(&client, "intro", &[]).status, 422, "one open request is enough");
    assert_eq!(decide(&developer, &path, "decline", " "), 422, "without words nobody is declined");
    assert_eq!(decide(&developer, &path, "decline", "Kursen handlar om något annat"), 303);
    assert!(client.get(&path).text("#log + ol").contains("något annat"));
    let anew = asked(&client, "intro", &[]);
    assert_ne!(anew, path);
    assert_eq!(client.post(&anew, &[("act", "withdraw")]).status, 303);
    assert_eq!(developer.get(&anew).status, 404, "what is withdrawn is no longer for those who decide");
    assert_eq!(told(&world.store, &anna), ["declined"]);
}

fn a_manager_asks_for_the_team_and_both_are_told_once(world: World) {
    let Ward { developer, anna, client, manager, unit } = ward(&world);
    let chief = build::person(&world.store, "Chris Chef", Some(unit));
    build::manager(&world.store, unit, &chief);
    let chris = world.sign_in(&chief);
    let id = anna.id.to_string();
    let path = asked(&chris, "intro", &[("person", &id)]);
    assert!(chris.get("/recognition").text("#others + ul").contains("Anna Alm"));
    assert!(chris.get("/").text("#waits + ul").contains("av Introduktion för Anna Alm väntar på beslut"));
    assert!(client.get(&path).text(".facts").contains("Chris Chef"), "whom it is about sees it");
    assert_eq!(manager.get(&path).status, 404, "another manager was not asked");
    let elsewhere = build::person(&world.store, "Elsa Else", None).id.to_string();
    assert_eq!(ask(&chris, "intro", &[("person", &elsewhere)]).status, 404);
    let open = asked(&chris, "modellen", &[("person", &id)]);
    assert_eq!(decide(&developer, &path, "accept", "Bra"), 303);
    assert_eq!(
        (told(&world.store, &anna), told(&world.store, &chief)),
        (vec!["achieved".into()], vec!["accepted".into()])
    );
    build::execute(&world.store, &format!("DELETE FROM unit_managers WHERE person_id = {}", chief.id));
    build::execute(&world.store, "DELETE FROM unit_revision");
    for path in [&path, &open] {
        assert_eq!(chris.get(path).status, 404, "whoever is no longer the manager sees no more of it");
    }
    assert!(!chris.get("/").body.contains("Anna Alm"));
}

fn nobody_decides_about_themselves_or_what_they_asked_for(world: World) {
    let Ward { developer, unit, .. } = ward(&world);
    let path = asked(&developer, "intro", &[]);
    assert!(developer.get(&path).texts("button[value=accept]").is_empty());
    assert_eq!(decide(&developer, &path, "accept", ""), 422);
    let both = build::person(&world.store, "Bo Både", Some(unit));
    build::hat(&world.store, "developer", &both);
    build::manager(&world.store, unit, &both);
    let member = build::person(&world.store, "Mia Medlem", Some(unit)).id.to_string();
    let both = world.sign_in(&both);
    let path = asked(&both, "intro", &[("person", &member)]);
    assert_eq!(decide(&both, &path, "accept", ""), 422);
    assert!(
        !both.get("/recognition").body.contains("id=\"waiting\"")
            || both.get("/recognition").texts("#waiting + ul").iter().all(|t| !t.contains("Mia"))
    );
    assert_eq!(decide(&developer, &path, "accept", ""), 303, "another one does");
}

fn a_delegate_decides_about_what_and_when_they_are_named_for(world: World) {
    let Ward { developer, client, .. } = ward(&world);
    let expert = build::person(&world.store, "Eva Expert", None);
    let eva = world.sign_in(&expert);
    let path = asked(&client, "intro", &[]);
    assert_eq!(eva.get(&path).status, 404);
    let today = clock::today();
    let name = |scope: &str, from: u64, to: u64| {
        let days = [today + Days::new(from), today + Days::new(to)].map(|day| day.to_string());
        let form = [("whom", expert.email.as_str()), ("scope", scope), ("from", &days[0]), ("to", &days[1])];
        developer.post("/recognition/delegates", &form)
    };
    assert_eq!(name("module.intro", 1, 30).status, 303);
    assert_eq!(name("module.modellen", 0, 30).status, 303);
    assert_eq!(eva.get(&path).status, 404, "not yet, and not for that module");
    let slip = name("area.nowhere", 0, 30);
    assert!(slip.status == 422 && slip.text("#errors").contains("område eller en modul"));
    assert_eq!(name("module.intro", 5, 4).status, 422);
    assert_eq!(name("area.metoder", 0, 30).status, 303);
    assert_eq!(eva.get("/recognition").texts("#waiting + ul li").len(), 1, "the whole area");
    assert_eq!(decide(&eva, &path, "return", "Berätta mer"), 303);
    let ends: Vec<String> = (1..=3).map(|id| format!("/recognition/delegates/{id}/end")).collect();
    ends.iter().for_each(|end| assert_eq!(developer.post(end, &[]).status, 303));
    assert_eq!(developer.post(&ends[0], &[]).status, 404);
    assert_eq!(eva.get(&path).status, 404, "what is taken back holds at once");
    assert_eq!(eva.post("/recognition/delegates", &[]).status, 404);
}

fn a_draft_is_nobodys_but_the_writers(world: World) {
    let Ward { developer, client, manager, .. } = ward(&world);
    let path = asked(&client, "intro", &[("act", "save"), ("motivation", "")]);
    assert_eq!(state(&client, &path), "Utkast");
    for other in [&developer, &manager] {
        assert_eq!((other.get(&path).status, decide(other, &path, "accept", "")), (404, 404));
        assert!(!other.get("/recognition").body.contains(&path));
    }
    let day = clock::today().to_string();
    let sent = client.post(&path, &[("act", "ask"), ("day", &day), ("motivation", " ")]);
    assert!(sent.status == 422 && sent.text("#errors").contains("varför"));
    assert_eq!(client.post(&path, &[("act", "ask"), ("day", &day), ("motivation", "Jag kan")]).status, 303);
    assert_eq!(developer.get(&path).status, 200);
    assert_eq!(manager.get(&path).status, 404);
}

fn another_course_is_an_external_statement(world: World) {
    let Ward { developer, anna, client, .. } = ward(&world);
    let path = asked(&client, "intro", &[("course", "Förbättringskunskap 7,5 hp, högskolan")]);
    assert!(developer.get(&path).text(".facts").contains("Förbättringskunskap 7,5 hp"));
    assert_eq!(decide(&developer, &path, "accept", ""), 303);
    let record = client.get(&format!("/people/{}", anna.id)).text("#record + table tbody tr");
    assert!(record.contains("Intyg utifrån") && record.contains("Förbättringskunskap 7,5 hp"), "{record}");
    let evidence: String = world
        .store
        .read(|conn| {
            let rows = achievements::table.filter(achievements::person_id.eq(anna.id));
            Ok::<_, Error>(rows.select(achievements::evidence).first(conn)?)
        })
        .unwrap();
    assert_eq!(evidence, "external");
}

fn what_was_typed_wrong_is_shown_again(world: World) {
    let Ward { client, .. } = ward(&world);
    let check = |name: &str, value: &str, expected: &str| {
        let answer = ask(
            &client,
            if name == "module" { value } else { "intro" },
            &[(name, value)][..usize::from(name != "module")],
        );
        assert_eq!(answer.status, 422, "{name} {value}");
        assert!(answer.text(".alert").contains(expected), "{}", answer.text(".alert"));
    };
    let tomorrow = (clock::today() + Days::new(1)).to_string();
    check("module", "nowhere", "Välj en modul");
    check("day", "i fjol", "Skriv en dag");
    check("day", &tomorrow, "som har varit");
    check("motivation", "", "varför modulen");
    check("course", &"x".repeat(300), "för lång");
    assert_eq!(ask(&client, "intro", &[("act", "accept")]).status, 422);
    assert_eq!(ask(&client, "intro", &[("act", "approve")]).status, 400);
    assert!(client.get("/recognition").texts("#own + ul li").is_empty());
}

fn published(store: &Store) -> std::sync::Arc<Published> {
    Shelf::default().current(store).unwrap().expect("it was published")
}

fn actor(person: &Person, developer: bool) -> Actor {
    let hats = Hats { developer, ..Hats::default() };
    Actor { id: person.id, name: String::new(), language: Language::Sv, hats, manages: Vec::new() }
}

fn wording() -> Wording {
    Wording { day: clock::today(), course: String::new(), motivation: "Jag kan det".into() }
}

fn two_who_decide_at_once_decide_once(world: World) {
    let Ward { anna, .. } = ward(&world);
    let published = published(&world.store);
    let writer = actor(&anna, false);
    let developers: Vec<Actor> = (0..6)
        .map(|n| {
            let person = build::person(&world.store, &format!("Beslut {n}"), None);
            build::hat(&world.store, "developer", &person);
            actor(&person, true)
        })
        .collect();
    let by = |actor| By { actor, now: clock::now() };
    let ask = Act::Ask(wording());
    let id = service::begin(&world.store, &published, (anna.id, "intro"), &ask, by(&writer)).unwrap();
    let decided: Vec<Result<State, Refusal>> = std::thread::scope(|threads| {
        let deciding: Vec<_> = developers
            .iter()
            .enumerate()
            .map(|(n, actor)| {
                let (store, published) = (&world.store, &published);
                threads.spawn(move || {
                    let act = match n % 2 {
                        0 => Act::Accept { day: clock::today(), comment: String::new() },
                        _ => Act::Decline { reason: "Nej".into() },
                    };
                    service::act(store, published, id, &act, By { actor, now: clock::now() })
                })
            })
            .collect();
        deciding.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let (won, lost): (Vec<_>, Vec<_>) = decided.into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 5));
    assert!(lost.iter().all(|lost| matches!(lost, Err(Refusal::Life(Life::NotWaiting)))), "{lost:?}");
    let accepted = matches!(won[0], Ok(State::Accepted));
    let rows: i64 = world.store.read(|conn| Ok::<_, Error>(achievements::table.count().get_result(conn)?)).unwrap();
    assert_eq!(rows, i64::from(accepted));
}

/// Two writers and three deciders do what they like; then the last line of each log is what the request is.
fn everything_that_happens_is_in_the_log_whoever_races(world: World) {
    let Ward { anna, .. } = ward(&world);
    let published = published(&world.store);
    let writer = actor(&anna, false);
    let developers: Vec<Actor> = (0..3)
        .map(|n| {
            let person = build::person(&world.store, &format!("Beslut {n}"), None);
            build::hat(&world.store, "developer", &person);
            actor(&person, true)
        })
        .collect();
    let save = Act::Save(wording());
    let by = By { actor: &writer, now: clock::now() };
    let id = service::begin(&world.store, &published, (anna.id, "intro"), &save, by).unwrap();
    let run = |actor: &Actor, index: usize| {
        for turn in 0..8 {
            let act = match (actor.hats.developer, (turn * 3 + index) % 4) {
                (false, 0 | 1) => Act::Ask(wording()),
                (false, _) => Act::Save(wording()),
                (true, 3) if turn > 5 => Act::Accept { day: clock::today(), comment: String::new() },
                (true, _) => Act::Return { comment: "Mer".into() },
            };
            match service::act(&world.store, &published, id, &act, By { actor, now: clock::now() }) {
                Ok(_) | Err(Refusal::Life(_) | Refusal::NoSuchRequest) => {}
                Err(other) => panic!("{other}"),
            }
        }
    };
    std::thread::scope(|threads| {
        for (index, actor) in [&writer, &writer].into_iter().chain(&developers).enumerate() {
            threads.spawn(move || run(actor, index));
        }
    });
    let (is, log): (String, Vec<String>) = world
        .store
        .read(|conn| {
            let is = recognitions::table.find(id).select(recognitions::state).first(conn)?;
            let log = recognition_log::table.order(recognition_log::id).select(recognition_log::state).load(conn)?;
            Ok::<_, Error>((is, log))
        })
        .unwrap();
    assert_eq!(log.last(), Some(&is));
    assert!(log.windows(2).all(|two| two[0] != two[1]), "each line is a change: {log:?}");
    let mails: i64 = world
        .store
        .read(|conn| {
            let mine = outbox::table.filter(outbox::person_id.eq(anna.id)).filter(outbox::kind.eq("recognition"));
            Ok::<_, Error>(mine.count().get_result(conn)?)
        })
        .unwrap();
    assert_eq!(mails, log.iter().filter(|state| *state == "returned").count() as i64, "told once for each return");
}

fn programs_ask_decide_and_see_what_evidence_there_is(world: World) {
    let Ward { anna, .. } = ward(&world);
    let developer = build::person(&world.store, "Dora Dator", None);
    build::hat(&world.store, "developer", &developer);
    build::evidence(&world.store, &anna);
    let call = |person: &Person, method: &str, path: &str, body: &str| {
        let bearer = format!("Bearer {}", build::token(&world.store, person));
        let ask = Ask::new(method, &format!("/api/v1{path}")).header("origin", "").header("authorization", &bearer);
        world.client().send(if body.is_empty() { ask } else { ask.body("application/json", body) })
    };
    let ask = format!("/people/{}/recognitions", anna.id);
    let body = r#"{"module": "intro", "day": "2020-02-02", "course": "Annan kurs", "motivation": "Kan"}"#;
    let asked = call(&anna, "POST", &ask, body);
    assert_eq!((asked.status, asked.json()["state"].as_str()), (201, Some("asked")));
    assert_eq!(call(&anna, "POST", &ask, body).status, 409, "one open request is enough");
    let path = format!("/recognitions/{}", asked.json()["id"]);
    assert_eq!(asked.header("location"), format!("/api/v1{path}"));
    let waiting = call(&developer, "GET", "/recognitions", "").json();
    assert_eq!((&waiting["total"], &waiting["items"][0]), (&1.into(), &asked.json()));
    assert_eq!(call(&anna, "GET", "/recognitions?show=own", "").json()["total"], 1);
    let decision = format!("{path}/decision");
    assert_eq!(call(&developer, "POST", &decision, r#"{"decision": "decline"}"#).status, 422, "without words");
    let accepted = call(&developer, "POST", &decision, r#"{"decision": "accept"}"#);
    assert_eq!((accepted.status, accepted.json()["state"].as_str()), (200, Some("accepted")));
    assert!(accepted.json()["achievement"].is_i64(), "{}", accepted.body);
    assert_eq!(call(&developer, "POST", &decision, r#"{"decision": "accept"}"#).status, 409);
    let evidence = call(&anna, "GET", &format!("/people/{}/evidence", anna.id), "").json();
    assert_eq!(evidence["items"][0]["files"][0]["kind"], "text");
    assert!(!evidence.to_string().contains("Ur vardagen"), "what it says is not for programs");
}
