//! The pages about mail: what failed says why, each mail can be read as its reader sees it, and sent again.

use crate::support::{Client, World, build, on_both};

on_both![
    a_failed_mail_says_why_and_can_be_sent_again,
    a_sign_in_link_is_shown_to_nobody,
    without_a_server_the_page_says_where_mails_are,
    an_unknown_tab_or_mail_is_not_found,
    a_mail_is_shown_in_a_frame_in_which_it_can_do_nothing,
    everybody_reads_the_mails_to_themselves_and_no_others,
    a_held_mail_says_so_and_is_released_by_sending_again,
];

fn administrator(world: &World) -> Client {
    let person = build::person(&world.store, "Adi Provsson", None);
    build::hat(&world.store, "administrator", &person);
    world.sign_in(&person)
}

fn a_failed_mail_says_why_and_can_be_sent_again(world: World) {
    let client = administrator(&world);
    let to = build::person(&world.store, "Pia Provsson", None);
    let mail = build::failed_mail(&world.store, &to);
    let list = client.get("/mail?state=failed");
    assert!(list.body.contains("Mottagare Provsson") && list.body.contains("550"), "{}", list.body);
    let shown = client.get(&format!("/mail/{mail}"));
    for part in ["Mottagare Provsson", &to.email, "En ny bit på plats", "Modellen är nu antecknad", "550"] {
        assert!(shown.body.contains(part), "{part}: {}", shown.body);
    }
    let again = format!("/mail/{mail}/again");
    assert_eq!(client.post(&again, &[]).status, 303);
    let waiting = client.get("/mail?state=failed");
    assert!(!waiting.body.contains("Mottagare Provsson"), "{}", waiting.body);
}

fn a_sign_in_link_is_shown_to_nobody(world: World) {
    let client = administrator(&world);
    let to = build::person(&world.store, "Pia Provsson", None);
    let payload = r#"{"kind":"sign_in","link":"/sign-in/HEMLIGT","expires_at":"2099-01-01T00:00:00"}"#;
    let mail = build::mail(&world.store, &to, "sign_in", payload, "waiting", "");
    for path in ["/mail".to_owned(), format!("/mail/{mail}")] {
        let shown = client.get(&path);
        assert_eq!(shown.status, 200);
        assert!(!shown.body.contains("HEMLIGT"), "{path}");
    }
    assert_eq!(client.get(&format!("/mail/{mail}/html")).status, 404);
    let own = world.sign_in(&to);
    assert!(!own.get(&format!("/me/mail/{mail}")).body.contains("HEMLIGT"), "nor in the browser of the reader");
}

fn without_a_server_the_page_says_where_mails_are(world: World) {
    let list = administrator(&world).get("/mail");
    assert!(list.body.contains("Ingen mejlserver är inställd"), "{}", list.body);
}

fn an_unknown_tab_or_mail_is_not_found(world: World) {
    let client = administrator(&world);
    for path in ["/mail?state=elsewhere", "/mail/999999"] {
        assert_eq!(client.get(path).status, 404, "{path}");
    }
}

fn a_mail_is_shown_in_a_frame_in_which_it_can_do_nothing(world: World) {
    let client = administrator(&world);
    let to = build::person(&world.store, "Pia Provsson", None);
    let payload = r#"{"kind":"achieved","module":"<script>alert(1)</script>","next":null,"link":"/"}"#;
    let mail = build::mail(&world.store, &to, "achieved", payload, "sent", "");
    let page = client.get(&format!("/mail/{mail}"));
    let frame = page.attribute("iframe", "src").expect("a frame");
    assert_eq!(page.attribute("iframe", "sandbox").as_deref(), Some(""));
    assert!(page.header("content-security-policy").ends_with("; frame-src 'self'"));
    let shown = client.get(&frame);
    let policy = shown.header("content-security-policy");
    assert!(policy.starts_with("sandbox; default-src 'none'; ") && !policy.contains("script-src"), "{policy}");
    assert!(policy.ends_with("frame-ancestors 'self'"), "{policy}");
    assert_eq!((shown.header("cache-control"), shown.header("x-content-type-options")), ("no-store", "nosniff"));
    assert!(shown.body.contains("&lt;script&gt;") && !shown.body.contains("<script"), "{}", shown.body);
    assert!(!client.get("/mail").header("content-security-policy").contains("frame-src"), "only where a mail is shown");
}

fn everybody_reads_the_mails_to_themselves_and_no_others(world: World) {
    let (own, other) =
        (build::person(&world.store, "Pia Provsson", None), build::person(&world.store, "Nils Nyttosson", None));
    let client = world.sign_in(&own);
    assert_eq!(client.get("/me").links("main a[href='/me/mail']").len(), 1);
    assert!(client.get("/me/mail").body.contains("Du har inte fått något mejl"));
    let (mine, theirs) = (build::failed_mail(&world.store, &own), build::failed_mail(&world.store, &other));
    let list = client.get("/me/mail").links(".rows a");
    assert_eq!(list, [(format!("/me/mail/{mine}"), "En ny bit på plats".to_owned())]);
    assert!(client.get(&list[0].0).body.contains("Modellen är nu antecknad"));
    assert!(client.get(&format!("/me/mail/{mine}/html")).body.contains("Modellen"));
    for path in [format!("/me/mail/{theirs}"), format!("/me/mail/{theirs}/html"), "/me/mail/999999".into()] {
        assert_eq!(client.get(&path).status, 404, "{path}");
    }
}

fn a_held_mail_says_so_and_is_released_by_sending_again(world: World) {
    let client = administrator(&world);
    assert!(client.get("/mail").links(".tabs a[href*=held]").is_empty(), "nothing is held");
    let to = build::person(&world.store, "Pia Provsson", None);
    let payload = r#"{"kind":"achieved","module":"Modellen","next":null,"link":"/"}"#;
    let mail = build::mail(&world.store, &to, "achieved", payload, "held", "restored");
    let list = client.get("/mail?state=held");
    assert!(list.body.contains("Mottagare Provsson"), "{}", list.body);
    assert_eq!(list.texts(".tabs a[aria-current]"), ["Hålls kvar 1"]);
    assert!(client.get(&format!("/mail/{mail}")).text(".note").contains("återställts från en säkerhetskopia"));
    assert_eq!(client.post(&format!("/mail/{mail}/again"), &[]).status, 303);
    assert!(client.get("/mail?state=held").links(".rows a").is_empty());
}
