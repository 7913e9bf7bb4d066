//! Signing in and out: links that only a person can use, sessions that end when they should.

use std::time::{Duration, Instant};

use chrono::Days;
use diesel::prelude::*;
use mail_parser::MessageParser;
use varjedag::clock;
use varjedag::store::Error;
use varjedag::store::schema::sign_in_links;

use crate::support::{Ask, Client, Database, World, build, on_both};

on_both![
    a_link_that_is_only_opened_stays_usable,
    a_link_works_once,
    a_link_works_for_fifteen_minutes,
    known_and_unknown_addresses_get_the_same_answer,
    nobody_gets_more_than_five_links_an_hour,
    a_forged_host_leads_nowhere,
    a_mailed_link_has_the_configured_address_whatever_the_request_says,
    somebody_who_has_ended_gets_no_link,
    signing_out_ends_the_session_in_every_window,
    a_disabled_person_loses_the_session_at_the_next_request,
    somebody_who_has_ended_loses_the_session_the_day_after,
    a_hat_that_is_taken_is_gone_at_the_next_request,
    the_session_cookie_is_for_this_site_and_not_for_scripts,
    over_https_the_cookie_is_bound_to_the_host,
    a_link_leads_on_to_the_page_that_was_asked_for,
    a_link_never_leads_to_another_site,
];

const COOKIE: &str = "varjedag";

fn person(world: &World) -> build::Person {
    build::person(&world.store, "Pia Provsson", None)
}

fn is_signed_in(client: &Client) -> bool {
    match client.get("/me").status {
        200 => true,
        303 => false,
        other => panic!("/me answered {other}"),
    }
}

fn a_link_that_is_only_opened_stays_usable(world: World) {
    let path = format!("/sign-in/{}", world.link(&person(&world), "/"));
    let scanner = world.client();
    for _ in 0..3 {
        let opened = scanner.get(&path);
        assert_eq!((opened.status, opened.header("set-cookie")), (200, ""));
        assert_eq!(opened.attribute("main form", "action").as_deref(), Some(path.as_str()));
    }
    let client = world.client();
    assert_eq!(client.post(&path, &[]).status, 303);
    assert!(is_signed_in(&client));
}

fn a_link_works_once(world: World) {
    let path = format!("/sign-in/{}", world.link(&person(&world), "/"));
    assert_eq!(world.client().post(&path, &[]).status, 303);
    let late = world.client();
    for answer in [late.post(&path, &[]), late.get(&path)] {
        assert_eq!((answer.status, answer.header("set-cookie")), (410, ""));
    }
    assert!(!is_signed_in(&late));
}

fn a_link_works_for_fifteen_minutes(world: World) {
    let person = person(&world);
    let check = |minutes, status| {
        let made = clock::now() - chrono::Duration::minutes(minutes);
        let path = format!("/sign-in/{}", world.link_made_at(&person, "/", made));
        assert_eq!(world.client().post(&path, &[]).status, status, "after {minutes} minutes");
    };
    check(14, 303);
    check(15, 410);
}

fn links(world: &World) -> i64 {
    let count = |conn: &mut varjedag::store::Conn| Ok::<_, Error>(sign_in_links::table.count().get_result(conn)?);
    world.store.read(count).expect("a count")
}

fn known_and_unknown_addresses_get_the_same_answer(world: World) {
    let known = person(&world).email;
    let ask = |email: &str| {
        let start = Instant::now();
        let answer = world.client().post("/sign-in", &[("email", email), ("next", "/")]);
        assert!(start.elapsed() >= Duration::from_millis(150), "{email} was answered after {:?}", start.elapsed());
        let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        names.sort_unstable();
        (answer.status, names, answer.body.replace(email, "EMAIL"))
    };
    assert_eq!(ask(&known), ask("nobody@exempel.invalid"));
    assert_eq!(links(&world), 1);
}

fn nobody_gets_more_than_five_links_an_hour(world: World) {
    let email = person(&world).email.to_uppercase();
    let bodies: Vec<String> = (0..7).map(|_| world.client().post("/sign-in", &[("email", &email)]).body).collect();
    assert_eq!(links(&world), 5);
    assert!(bodies.iter().all(|body| *body == bodies[0]), "the answer tells that there were too many");
}

fn a_forged_host_leads_nowhere(world: World) {
    let ask = |email: &str| Ask::post("/sign-in", &[("email", email)]).header("host", "evil.exempel.invalid");
    let answer = world.client().send(ask(&person(&world).email));
    assert_eq!(answer.status, 200);
    assert!(!answer.body.contains("evil.exempel"), "{}", answer.body);
    let sent_on = world.client().send(Ask::get("/me").header("host", "evil.exempel.invalid"));
    assert_eq!((sent_on.status, sent_on.header("location")), (303, "/sign-in?next=%2Fme"));
}

fn a_mailed_link_has_the_configured_address_whatever_the_request_says(world: World) {
    let forged = Ask::post("/sign-in", &[("email", &person(&world).email)])
        .header("host", "evil.exempel.invalid")
        .header("x-forwarded-host", "evil.exempel.invalid")
        .header("forwarded", "host=evil.exempel.invalid");
    assert_eq!(world.client().send(forged).status, 200);
    let folder = world.folder().join("mail");
    let mail = || {
        std::fs::read_dir(&folder)
            .ok()?
            .flatten()
            .map(|entry| entry.path())
            .find(|path| path.extension().is_some_and(|end| end == "eml"))
    };
    let started = Instant::now();
    let file = loop {
        if let Some(file) = mail() {
            break file;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "no mail was written");
        std::thread::sleep(Duration::from_millis(50));
    };
    let octets = std::fs::read(file).expect("a mail");
    let letter = MessageParser::default().parse(&octets).expect("a letter");
    let (text, html) = (letter.body_text(0).expect("a text"), letter.body_html(0).expect("a page"));
    for body in [text, html] {
        assert!(body.contains(&format!("{}/sign-in/", world.site.origin())) && !body.contains("evil"), "{body}");
    }
}

fn somebody_who_has_ended_gets_no_link(world: World) {
    let person = person(&world);
    build::end_employment(&world.store, &person, clock::today() - Days::new(2));
    assert_eq!(world.client().post("/sign-in", &[("email", &person.email)]).status, 200);
    assert_eq!(links(&world), 0);
}

fn signing_out_ends_the_session_in_every_window(world: World) {
    let first = world.sign_in(&person(&world));
    let second = world.client();
    second.set_cookie(COOKIE, &first.cookie(COOKIE).expect("a session"));
    assert!(is_signed_in(&second));
    let answer = first.post("/sign-out", &[]);
    assert_eq!((answer.status, answer.header("location")), (303, "/sign-in"));
    assert_eq!(first.cookie(COOKIE), None);
    assert!(!is_signed_in(&second));
}

fn a_disabled_person_loses_the_session_at_the_next_request(world: World) {
    let person = person(&world);
    let client = world.sign_in(&person);
    assert!(is_signed_in(&client));
    build::disable(&world.store, &person, clock::now());
    assert!(!is_signed_in(&client));
}

fn somebody_who_has_ended_loses_the_session_the_day_after(world: World) {
    let person = person(&world);
    let client = world.sign_in(&person);
    build::end_employment(&world.store, &person, clock::today());
    assert!(is_signed_in(&client), "the last day is a working day");
    build::end_employment(&world.store, &person, clock::today() - Days::new(2));
    assert!(!is_signed_in(&client));
}

fn a_hat_that_is_taken_is_gone_at_the_next_request(world: World) {
    let person = person(&world);
    build::hat(&world.store, "developer", &person);
    let client = world.sign_in(&person);
    let menu = |client: &Client| client.get("/me").texts("nav a").contains(&"Omgångar".to_owned());
    assert!(menu(&client));
    build::take_hats(&world.store, &person);
    assert!(!menu(&client));
}

fn attributes(cookie: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = cookie
        .split("; ")
        .skip(1)
        .filter(|part| !part.starts_with("Expires=") && !part.starts_with("Max-Age="))
        .collect();
    parts.sort_unstable();
    parts
}

fn the_session_cookie_is_for_this_site_and_not_for_scripts(world: World) {
    let path = format!("/sign-in/{}", world.link(&person(&world), "/"));
    let answer = world.client().post(&path, &[]);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("varjedag="), "{cookie}");
    assert_eq!(attributes(cookie), ["HttpOnly", "Path=/", "SameSite=Lax"]);
}

fn over_https_the_cookie_is_bound_to_the_host(database: Database) {
    let public = "https://varjedag.exempel.invalid/";
    let world = World::with(database, |config| config.site.public_url = public.parse().expect("an address"));
    let path = format!("/sign-in/{}", world.link(&person(&world), "/"));
    let client = world.client();
    let answer = client.post(&path, &[]);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-varjedag="), "{cookie}");
    assert_eq!(attributes(cookie), ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
    assert!(is_signed_in(&client));
}

fn a_link_leads_on_to_the_page_that_was_asked_for(world: World) {
    let client = world.client();
    let sent = client.get("/me?tab=1");
    assert_eq!((sent.status, sent.header("location")), (303, "/sign-in?next=%2Fme%3Ftab%3D1"));
    let form = client.get(sent.header("location"));
    assert_eq!(form.attribute("main [name=next]", "value").as_deref(), Some("/me?tab=1"));
    let path = format!("/sign-in/{}", world.link(&person(&world), "/me?tab=1"));
    assert_eq!(client.post(&path, &[]).header("location"), "/me?tab=1");
}

fn a_link_never_leads_to_another_site(world: World) {
    let person = person(&world);
    for next in ["https://evil.invalid/", "//evil.invalid", "/\\evil.invalid", "javascript:alert(1)"] {
        let encoded: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let form = world.client().get(&format!("/sign-in?next={encoded}"));
        assert_eq!(form.attribute("main [name=next]", "value").as_deref(), Some("/"), "{next}");
        let made = clock::now() - chrono::Duration::minutes(1);
        let path = format!("/sign-in/{}", world.link_made_at(&person, next, made));
        assert_eq!(world.client().post(&path, &[]).header("location"), "/", "{next}");
    }
    let language = world.client().post("/language", &[("language", "en"), ("next", "//evil.invalid")]);
    assert_eq!((language.status, language.header("location")), (303, "/"));
}
