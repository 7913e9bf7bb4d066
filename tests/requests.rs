//! What the server refuses and how it says so.

use serde_json::Value;

use crate::support::{Answer, Ask, Client, World, build, on_both};

on_both![
    a_change_without_the_sessions_token_is_refused,
    a_change_from_another_site_is_refused,
    a_page_of_ours_is_believed_by_its_origin,
    nothing_changes_by_get,
    a_field_that_no_page_of_ours_has_is_refused,
    every_answer_says_what_a_browser_may_do_with_it,
    files_may_be_kept_and_pages_may_not,
    what_does_not_exist_is_said_in_the_readers_language,
    a_method_that_a_page_does_not_know_is_named,
    a_form_too_large_is_refused,
    a_day_out_of_reach_is_told_and_breaks_nothing,
    what_breaks_inside_shows_only_an_id,
    programs_get_problem_details,
];

fn somebody(world: &World) -> Client {
    world.sign_in(&build::person(&world.store, "Pia Provsson", None))
}

fn is_signed_in(client: &Client) -> bool {
    client.get("/me").status == 200
}

fn a_change_without_the_sessions_token_is_refused(world: World) {
    let (client, other) = (somebody(&world), somebody(&world));
    let check = |fields: &[(&str, &str)]| {
        assert_eq!(client.send(Ask::post("/sign-out", fields)).status, 403, "{fields:?}");
        assert!(is_signed_in(&client), "{fields:?}");
    };
    check(&[]);
    check(&[("csrf", "")]);
    check(&[("csrf", "guessed")]);
    check(&[("csrf", &other.csrf().expect("a token"))]);
    let own = client.csrf().expect("a token");
    check(&[("csrf", &own), ("csrf", &own)]);
    assert_eq!(client.send(Ask::post("/sign-out", &[("csrf", &own)])).status, 303);
}

fn sign_out(client: &Client, headers: &[(&str, &str)]) -> u16 {
    let csrf = client.csrf().expect("a token");
    let ask = Ask::post("/sign-out", &[("csrf", &csrf)]);
    client.send(headers.iter().fold(ask, |ask, (name, value)| ask.header(name, value))).status
}

fn a_change_from_another_site_is_refused(world: World) {
    let client = somebody(&world);
    let check = |headers: &[(&str, &str)]| {
        assert_eq!(sign_out(&client, headers), 403, "{headers:?}");
        assert!(is_signed_in(&client), "{headers:?}");
    };
    check(&[("sec-fetch-site", "cross-site")]);
    check(&[("sec-fetch-site", "same-site")]);
    check(&[("origin", "https://evil.invalid")]);
    check(&[("origin", "null")]);
    check(&[("origin", "")]);
    check(&[("origin", ""), ("authorization", "Basic cHJvdjpwcm92")]);
}

fn a_page_of_ours_is_believed_by_its_origin(world: World) {
    let check = |headers: &[(&str, &str)]| assert_eq!(sign_out(&somebody(&world), headers), 303, "{headers:?}");
    check(&[]);
    check(&[("sec-fetch-site", "same-origin")]);
    check(&[("sec-fetch-site", "same-origin"), ("origin", "")]);
}

fn nothing_changes_by_get(world: World) {
    let client = somebody(&world);
    let csrf = client.csrf().expect("a token");
    for path in ["/sign-out".to_owned(), format!("/sign-out?csrf={csrf}"), "/language?language=en".to_owned()] {
        assert!(client.get(&path).status >= 400, "{path}");
    }
    let page = client.get("/me");
    assert_eq!((page.status, page.attribute("html", "lang").as_deref()), (200, Some("sv")));
}

fn a_field_that_no_page_of_ours_has_is_refused(world: World) {
    let client = somebody(&world);
    let check = |path: &str, fields: &[(&str, &str)]| {
        assert_eq!(client.post(path, fields).status, 400, "{path} {fields:?}");
    };
    check("/sign-out", &[("role", "administrator")]);
    check("/language", &[("language", "en"), ("person", "1")]);
    check("/language", &[("language", "en"), ("language", "sv")]);
    check("/sign-in", &[("email", "a@exempel.invalid"), ("approved_by", "1")]);
    assert!(is_signed_in(&client));
}

/// Answers of all kinds.
fn samples(world: &World) -> Vec<(&'static str, Answer)> {
    let client = somebody(world);
    let stranger = world.client();
    let style = stylesheet(&stranger);
    vec![
        ("a page", client.get("/me")),
        ("an open page", stranger.get("/help")),
        ("a redirect", stranger.get("/me")),
        ("nothing there", stranger.get("/nowhere")),
        ("a refused change", client.send(Ask::post("/sign-out", &[]))),
        ("another site's change", client.send(Ask::post("/sign-out", &[]).header("sec-fetch-site", "cross-site"))),
        ("an unknown field", stranger.post("/sign-in", &[("role", "administrator")])),
        ("a faulty form", stranger.post("/sign-in", &[("email", "no address")])),
        ("too large", stranger.send(too_large())),
        ("a file", stranger.get(&style)),
        ("no file", stranger.get("/static/0/none.css")),
        ("a probe", stranger.get("/livez")),
        ("the interface for programs", stranger.get("/api/v1/nowhere")),
    ]
}

fn stylesheet(client: &Client) -> String {
    client.get("/help").attribute("link[rel=stylesheet]", "href").expect("a style sheet")
}

fn every_answer_says_what_a_browser_may_do_with_it(world: World) {
    for (what, answer) in samples(&world) {
        let check = |name: &str, expected: &str| {
            let said = answer.header(name);
            assert!(said.contains(expected), "{what} ({}): {name} is {said:?}, not {expected:?}", answer.status);
        };
        for directive in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
            check("content-security-policy", directive);
        }
        check("x-content-type-options", "nosniff");
        check("referrer-policy", "same-origin");
        check("cross-origin-opener-policy", "same-origin");
        check("x-frame-options", "DENY");
        let policy = answer.header("content-security-policy");
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{what}: {policy}");
        assert_eq!(answer.header("server"), "", "{what}");
    }
}

fn files_may_be_kept_and_pages_may_not(world: World) {
    for (what, answer) in samples(&world) {
        let kept = answer.header("cache-control");
        match what {
            "a file" => assert!(kept.contains("immutable"), "{kept}"),
            _ => assert!(kept.contains("no-store"), "{what}: {kept:?}"),
        }
    }
}

fn what_does_not_exist_is_said_in_the_readers_language(world: World) {
    let check = |language: &str, title: &str| {
        let answer = world.client().send(Ask::get("/nowhere").header("accept-language", language));
        assert_eq!((answer.status, answer.text("h1").as_str()), (404, title));
        assert_eq!(answer.attribute("html", "lang").as_deref(), Some(language));
    };
    check("sv", "Sidan finns inte");
    check("en", "There is no such page");
}

fn a_method_that_a_page_does_not_know_is_named(world: World) {
    let answer = world.client().post("/help", &[]);
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"));
    assert!(answer.header("content-type").starts_with("text/html"), "{:?}", answer.headers);
    let head = world.client().send(Ask::new("HEAD", "/help"));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

fn too_large() -> Ask {
    Ask::post("/sign-in", &[("email", &"a".repeat(70_000))])
}

fn a_form_too_large_is_refused(world: World) {
    let title = |language: &str| {
        let answer = world.client().send(too_large().header("accept-language", language));
        assert_eq!(answer.status, 413);
        answer.text("h1")
    };
    assert_ne!(title("sv"), title("en"));
}

fn a_day_out_of_reach_is_told_and_breaks_nothing(world: World) {
    build::publish_small(&world.store);
    let developer = build::person(&world.store, "Dag Provsson", None);
    build::hat(&world.store, "developer", &developer);
    let client = world.sign_in(&developer);
    let draft = build::draft(&world.store, "Utkast", &developer);
    for day in ["+262142-12-31", "-262143-01-01", "9999-12-31", "0000-01-01"] {
        let fields = [("programme", "arets"), ("name", day), ("place", "Salen"), ("starts_on", day)];
        assert_eq!(client.post("/editions", &fields).status, 422, "{day}");
        let given = [("role", "deltagare"), ("from", day), ("to", day)];
        let answer = client.post(&format!("/people/{}/roles", developer.id), &given);
        assert!((400..500).contains(&answer.status), "{day}: {}", answer.status);
        let sent = day.replace('+', "%2B");
        for path in [
            format!("/editions/new?programme=arets&starts_on={sent}"),
            format!("/designer/drafts/{draft}/try?role=deltagare&since={sent}"),
        ] {
            assert_eq!(client.get(&path).status, 200, "{path}");
        }
    }
}

fn what_breaks_inside_shows_only_an_id(world: World) {
    let client = somebody(&world);
    build::lose_table(&world.store, "units");
    let answer = client.get("/me");
    assert_eq!(answer.status, 500);
    let shown = answer.text("main");
    assert!(shown.split(|c: char| !c.is_ascii_hexdigit()).any(|word| word.len() == 10), "no id in {shown}");
    for inside in ["units", "SELECT", "table", "diesel", "relation"] {
        assert!(!answer.body.contains(inside), "{inside} in {}", answer.body);
    }
}

fn programs_get_problem_details(world: World) {
    let client = world.client();
    let check = |answer: Answer, status: u16, kind: &str| {
        assert_eq!((answer.status, answer.header("content-type")), (status, "application/problem+json"));
        let problem = answer.json();
        assert_eq!(problem["status"], Value::from(status));
        assert_eq!(problem["type"], Value::from(format!("urn:varjedag:problem:{kind}")));
        assert!(problem["title"].is_string() && problem["detail"].is_string(), "{problem}");
    };
    check(client.get("/api/v1/nowhere"), 404, "not-found");
    let cross = Ask::post("/api/v1/nowhere", &[]).header("sec-fetch-site", "cross-site");
    check(client.send(cross), 403, "stale");
}
