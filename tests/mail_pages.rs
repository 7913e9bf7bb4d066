//! The pages about mail: what failed says why, each mail can be read as its reader sees it, and sent again.

use crate::support::{Client, World, build, on_both};

on_both![
    a_failed_mail_says_why_and_can_be_sent_again,
    a_sign_in_link_is_shown_to_nobody,
    without_a_server_the_page_says_where_mails_are,
    an_unknown_tab_or_mail_is_not_found,
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
