//! Evidence from own work: files of every sort and size, who may read them, who attests them.

use varjedag::store::Error;
use varjedag::store::schema::audit;

use diesel::prelude::*;

use super::{asked, decide, told, ward};
use crate::support::build::{self, Person};
use crate::support::{Answer, Ask, Client, World, on_both};

on_both![
    a_text_a_link_and_files_are_kept_and_given_back_as_they_came,
    what_is_not_taken_is_said_and_what_was_written_stays,
    a_file_that_is_far_too_large_gets_a_page_and_fills_nothing,
    evidence_is_read_by_those_it_was_shown_to_alone,
    what_a_decision_rests_on_stays_as_it_is,
    a_manager_attests_once_and_both_are_told,
    who_manages_no_more_neither_reads_nor_attests,
    only_those_entitled_are_asked_and_nobody_else_answers,
];

const BOUNDARY: &str = "varjedag-prov";
const PDF: &[u8] = b"%PDF-1.4 litet prov";

/// Posts a form with files as a browser does.
fn upload(client: &Client, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
    let csrf = client.csrf().expect("somebody is signed in");
    let mut body = Vec::new();
    for (name, value) in fields.iter().copied().chain([("csrf", csrf.as_str())]) {
        let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(head.as_bytes());
    }
    for (name, bytes) in files {
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\ncontent-type: \
             text/html\r\n\r\n"
        );
        body.extend(head.as_bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
    client.send(Ask::post(path, &[]).body(&format!("multipart/form-data; boundary={BOUNDARY}"), body))
}

fn added(client: &Client, module: &str, files: &[(&str, &[u8])]) -> String {
    let answer =
        upload(client, "/recognition/evidence", &[("module", module), ("text", "Vi mätte i tio veckor")], files);
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

fn file(client: &Client, piece: &str) -> String {
    client.get(piece).links("#what ~ ul a").swap_remove(0).0
}

fn a_text_a_link_and_files_are_kept_and_given_back_as_they_came(world: World) {
    let ward = ward(&world);
    let fields = [("module", "mata"), ("text", "Rad ett\r\nRad två"), ("link", "https://region.example/rapport")];
    let hostile = "../../Rap\u{202e}port <1>.pdf";
    let answer = upload(&ward.client, "/recognition/evidence", &fields, &[(hostile, PDF), ("", b"")]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let piece = answer.header("location").to_owned();
    let page = ward.client.get(&piece);
    assert_eq!(page.texts(".prose p"), ["Rad ett", "Rad två"]);
    assert_eq!(page.links("#what ~ ul a")[0].1, "Rapport 1.pdf");
    let got = ward.client.get(&file(&ward.client, &piece));
    assert_eq!((got.status, got.body.as_bytes()), (200, PDF));
    assert_eq!(got.header("content-type"), "application/pdf");
    assert!(got.header("content-disposition").starts_with("attachment; filename=\"Rapport 1.pdf\""));
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    assert!(got.header("content-security-policy").starts_with("sandbox; default-src 'none'"));
    let id = file(&ward.client, &piece).rsplit('/').next().unwrap().to_owned();
    let changed = upload(&ward.client, &piece, &[("text", "Nu bara text"), ("away", &id)], &[]);
    assert_eq!(changed.status, 303);
    assert!(ward.client.get(&piece).links("#what ~ ul a").is_empty());
    assert_eq!(ward.client.get(&format!("/recognition/files/{id}")).status, 404);
    assert_eq!(ward.client.post(&format!("{piece}/remove"), &[]).status, 303);
    assert_eq!(ward.client.get(&piece).status, 404);
}

fn what_is_not_taken_is_said_and_what_was_written_stays(world: World) {
    let ward = ward(&world);
    let check = |fields: &[(&str, &str)], files: &[(&str, &[u8])], expected: &str| {
        let all = [&[("module", "mata")], fields].concat();
        let answer = upload(&ward.client, "/recognition/evidence", &all, files);
        assert_eq!(answer.status, 422, "{expected}");
        assert!(answer.text(".alert").contains(expected), "{}", answer.text(".alert"));
        answer
    };
    let large = vec![b'a'; 5 * 1024 * 1024 + 1];
    let kept = check(&[("text", "Kvar")], &[("stor.txt", &large)], "stor.txt är större än 5 MB");
    assert_eq!(kept.text("#f-text").trim(), "Kvar");
    check(&[], &[], "Skriv något");
    check(&[("text", "x")], &[("a.html", b"<script>alert(1)</script>")], "av en sort som inte tas emot");
    check(&[("text", "x")], &[("a.svg", b"<svg/>")], "av en sort som inte tas emot");
    check(&[("text", "x")], &[("a.pdf", b"MZ virus")], "något annat än vad namnet säger");
    check(&[("text", "x")], &[("a.txt", b"")], "är tom");
    check(&[("text", "x"), ("link", "javascript:alert(1)")], &[], "börjar med https://");
    check(&[("text", &"x".repeat(10_001))], &[], "för lång");
    check(&[("text", "x")], &[("a.txt", b"a".as_slice()); 6], "Högst 5 filer");
    assert!(ward.client.get("/recognition").texts("#evidence").len() == 1);
    assert!(ward.client.get("/recognition").body.contains("inte lagt till något underlag"));
    let five = vec![b'a'; 5 * 1024 * 1024];
    for _ in 0..10 {
        added(&ward.client, "mata", &[("a.txt", &five)]);
    }
    check(&[("text", "x")], &[("a.txt", b"a")], "inte plats för mer");
}

fn a_file_that_is_far_too_large_gets_a_page_and_fills_nothing(world: World) {
    let ward = ward(&world);
    let huge = vec![b'a'; 40 * 1024 * 1024];
    let answer = upload(&ward.client, "/recognition/evidence", &[("module", "mata")], &[("a.txt", &huge)]);
    assert_eq!(answer.status, 422);
    assert!(answer.text(".alert").contains("större än 5 MB"));
    let text = "x".repeat(70_000);
    let answer = upload(&ward.client, "/recognition/evidence", &[("module", "mata"), ("text", &text)], &[]);
    assert_eq!((answer.status, answer.text("h1")), (413, "För mycket på en gång".into()));
    let broken = Ask::post("/recognition/evidence", &[]).body("multipart/form-data", "no boundary");
    assert_eq!(ward.client.send(broken).status, 400);
    let unsigned = Ask::post("/recognition/evidence", &[]).body(
        "multipart/form-data; boundary=x",
        "--x\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\nhej\r\n--x--\r\n",
    );
    assert_eq!(ward.client.send(unsigned).status, 403, "a form without the session's token");
}

fn evidence_is_read_by_those_it_was_shown_to_alone(world: World) {
    let ward = ward(&world);
    let expert = build::person(&world.store, "Eva Expert", None);
    let eva = world.sign_in(&expert);
    let piece = added(&ward.client, "mata", &[("a.pdf", PDF)]);
    let file = file(&ward.client, &piece);
    for other in [&ward.manager, &eva] {
        let statuses = [&piece, &file].map(|path| other.get(path).status);
        assert_eq!(statuses, [404, 404]);
        assert_eq!(other.post(&format!("{piece}/remove"), &[]).status, 404);
        assert_eq!(upload(other, &piece, &[("text", "x")], &[]).status, 404);
    }
    assert_eq!(ward.developer.get(&file).status, 200);
    assert_eq!(upload(&ward.developer, &piece, &[("text", "x")], &[]).status, 404, "reading is not changing");
    let today = varjedag::clock::today().to_string();
    let named = [("whom", expert.email.as_str()), ("scope", "module.mata"), ("from", &today), ("to", &today)];
    assert_eq!(ward.developer.post("/recognition/delegates", &named).status, 303);
    assert_eq!(eva.get(&file).status, 404, "nothing is asked yet");
    let request = asked(&ward.client, "mata", &[]);
    assert_eq!((eva.get(&file).status, eva.get(&piece).status), (200, 200));
    assert_eq!(eva.get(&request).links("#evidence ~ ul a")[0].0, piece);
    assert_eq!(ward.client.post(&request, &[("act", "withdraw")]).status, 303);
    assert_eq!(eva.get(&file).status, 404, "what is withdrawn is shown no more");
    let downloads: i64 = world
        .store
        .read(|conn| {
            let rows = audit::table.filter(audit::action.eq("evidence.downloaded"));
            Ok::<_, Error>(rows.count().get_result(conn)?)
        })
        .unwrap();
    assert_eq!(downloads, 2, "each time somebody else read it");
    assert!(ward.client.get("/me").text("#readings ~ ul").contains("Eva Expert"));
}

fn what_a_decision_rests_on_stays_as_it_is(world: World) {
    let ward = ward(&world);
    let piece = added(&ward.client, "intro", &[]);
    let request = asked(&ward.client, "intro", &[]);
    assert_eq!(upload(&ward.client, &piece, &[("text", "Annat")], &[]).status, 422);
    assert_eq!(ward.client.post(&format!("{piece}/remove"), &[]).status, 409);
    assert_eq!(decide(&ward.developer, &request, "return", "Mer"), 303);
    assert_eq!(upload(&ward.client, &piece, &[("text", "Mer")], &[("b.pdf", PDF)]).status, 303);
    let day = varjedag::clock::today().to_string();
    assert_eq!(ward.client.post(&request, &[("act", "ask"), ("day", &day), ("motivation", "Nu med mer")]).status, 303);
    assert_eq!(decide(&ward.developer, &request, "accept", ""), 303);
    assert_eq!(ward.client.post(&format!("{piece}/remove"), &[]).status, 409);
    assert!(ward.client.get(&piece).text(".note").contains("kan det inte ändras"));
}

fn chief(world: &World, unit: i64) -> (Person, Client) {
    let chief = build::person(&world.store, "Chris Chef", Some(unit));
    build::manager(&world.store, unit, &chief);
    let client = world.sign_in(&chief);
    (chief, client)
}

fn a_manager_attests_once_and_both_are_told(world: World) {
    let ward = ward(&world);
    let (chief, chris) = chief(&world, ward.unit);
    let piece = added(&ward.client, "mata", &[("a.pdf", PDF)]);
    let attest = format!("{piece}/attest");
    let whom = chief.id.to_string();
    assert_eq!(ward.client.post(&attest, &[("act", "ask"), ("whom", &whom)]).status, 303);
    assert!(chris.get("/recognition").text("#attesting ~ ul").contains("Vi mätte i tio veckor"));
    assert_eq!(chris.get(&file(&ward.client, &piece)).status, 200);
    assert_eq!(upload(&ward.client, &piece, &[("text", "Annat")], &[]).status, 422, "it is being read");
    assert_eq!(chris.post(&attest, &[("act", "return"), ("comment", "")]).status, 422);
    assert_eq!(chris.post(&attest, &[("act", "return"), ("comment", "Visa diagrammet")]).status, 303);
    assert!(ward.client.get(&piece).text("#attests ~ ul").contains("Visa diagrammet"));
    assert_eq!(chris.get(&piece).status, 404, "until asked again");
    assert_eq!(upload(&ward.client, &piece, &[("text", "Med diagram")], &[]).status, 303);
    assert_eq!(ward.client.post(&attest, &[("act", "ask"), ("whom", &whom)]).status, 303);
    assert_eq!(chris.post(&attest, &[("act", "attest")]).status, 303);
    assert_eq!(chris.post(&attest, &[("act", "attest")]).status, 422, "once");
    assert_eq!(ward.client.post(&attest, &[("act", "ask"), ("whom", &whom)]).status, 422);
    assert!(ward.client.get(&piece).text("#attests ~ ul").contains("Intygat"));
    assert_eq!(told(&world.store, &chief), ["attest_waits", "attest_waits"]);
    assert_eq!(told(&world.store, &ward.anna), ["attest_returned", "attested"]);
}

fn who_manages_no_more_neither_reads_nor_attests(world: World) {
    let ward = ward(&world);
    let (chief, chris) = chief(&world, ward.unit);
    let piece = added(&ward.client, "mata", &[("a.pdf", PDF)]);
    let attest = format!("{piece}/attest");
    let whom = chief.id.to_string();
    assert_eq!(ward.client.post(&attest, &[("act", "ask"), ("whom", &whom)]).status, 303);
    assert_eq!(chris.get(&piece).status, 200);
    build::execute(&world.store, &format!("DELETE FROM unit_managers WHERE person_id = {}", chief.id));
    assert_eq!(chris.get(&piece).status, 404);
    assert_eq!(chris.get(&file(&ward.client, &piece)).status, 404);
    assert_eq!(chris.post(&attest, &[("act", "attest")]).status, 404);
    assert!(!chris.get("/recognition").body.contains("Vi mätte i tio veckor"));
    assert!(!chris.get("/").body.contains(&piece), "nothing waits for an answer");
    assert_eq!(ward.client.post(&attest, &[("act", "withdraw")]).status, 303, "and the owner asks somebody else");
}

fn only_those_entitled_are_asked_and_nobody_else_answers(world: World) {
    let ward = ward(&world);
    let (chief, chris) = chief(&world, ward.unit);
    let [stranger, coach, leader] =
        ["Sten Stranger", "Cia Coach", "Lea Ledare"].map(|name| build::person(&world.store, name, None));
    build::hat(&world.store, "coach", &coach);
    let edition = build::edition(&world.store, &[&ward.anna, &leader]);
    let wider = format!(
        "UPDATE enrolments SET role = 'ledare' WHERE edition_id = {} AND person_id = {}",
        edition.id, leader.id
    );
    build::execute(&world.store, &wider);
    let piece = added(&ward.client, "mata", &[]);
    let offered = ward.client.get(&piece).texts("#f-whom option");
    let shown = |name: &str| offered.iter().any(|option| option.starts_with(name));
    assert!(shown("Chris Chef, chef") && shown("Cia Coach, coach") && shown("Lea Ledare, leder"), "{offered:?}");
    assert!(!shown("Sten") && !shown("Anna"), "{offered:?}");
    let attest = format!("{piece}/attest");
    for wrong in [stranger.id, ward.anna.id, 999_999] {
        assert_eq!(ward.client.post(&attest, &[("act", "ask"), ("whom", &wrong.to_string())]).status, 422);
    }
    assert_eq!(ward.client.post(&attest, &[("act", "ask"), ("whom", &coach.id.to_string())]).status, 303);
    assert_eq!(chris.post(&attest, &[("act", "attest")]).status, 404);
    assert_eq!(ward.developer.post(&attest, &[("act", "attest")]).status, 422);
    assert_eq!(ward.client.post(&attest, &[("act", "attest")]).status, 422, "nobody attests their own");
    assert_eq!(ward.client.post(&attest, &[("act", "withdraw")]).status, 303);
    let cia = world.sign_in(&coach);
    assert_eq!(cia.post(&attest, &[("act", "attest")]).status, 404);
    assert_eq!(ward.client.post(&attest, &[("act", "ask"), ("whom", &chief.id.to_string())]).status, 303);
}
