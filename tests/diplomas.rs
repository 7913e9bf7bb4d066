//! The own history, diplomas that anybody can verify, and notes that nobody else sees.

use varjedag::attendance::service::{self as attendance, Mark};
use varjedag::store::Store;

use crate::support::build::{self, Person};
use crate::support::{Client, World, on_both};

on_both![
    a_certificate_of_a_module_has_the_name_and_is_genuine_until_it_is_taken_back,
    a_certificate_is_its_owners_and_ends_when_the_owner_says_so,
    the_record_of_learning_is_a_file_and_data,
    notes_are_their_owners_and_two_windows_do_not_overwrite_each_other,
    whoever_completes_an_edition_has_its_diploma_and_nobody_else_has_one,
];

const NAME: &str = "Åsa Wilhelmina Öberg-Łukaszewicz von Ännulängrenamnsson";

fn ready(world: &World) -> (Client, Person) {
    build::publish_small(&world.store);
    let asa = build::person(&world.store, NAME, None);
    (world.sign_in(&asa), asa)
}

/// Makes a certificate by the page's button and returns its code.
fn made(client: &Client, kind: &str) -> String {
    let page = client.get("/me/history");
    let of = page.attribute("button[name=of]", "value").unwrap_or_default();
    let fields: Vec<(&str, &str)> = match kind {
        "record" => vec![("kind", kind)],
        _ => vec![("kind", kind), ("of", &of)],
    };
    let answer = client.post("/me/diplomas", &fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let path = answer.header("location").to_owned();
    path.trim_start_matches("/me/diplomas/").trim_end_matches(".pdf").to_owned()
}

const ADDRESS: &str = "https://x/verify/1";

fn file_of(store: &Store, code: &str) -> lopdf::Document {
    let diploma = store.read(|conn| varjedag::diplomas::store::find(conn, code)).unwrap().expect("it is kept");
    let language = varjedag::curriculum::model::Language::Sv;
    let bytes = varjedag::diplomas::written(&diploma, language, ADDRESS).expect("it is written");
    lopdf::Document::load_mem(&bytes).expect("a PDF")
}

/// Where the places lead that another program finds in the file.
fn links_in(store: &Store, code: &str) -> Vec<String> {
    let file = file_of(store, code);
    let address = |object: &lopdf::Object| {
        let action = object.as_dict().ok()?.get_deref(b"A", &file).ok()?;
        Some(String::from_utf8_lossy(action.as_dict().ok()?.get(b"URI").ok()?.as_str().ok()?).into_owned())
    };
    file.objects.values().filter_map(address).collect()
}

/// What another program reads in the file.
fn text_of(store: &Store, code: &str) -> String {
    let file = file_of(store, code);
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    file.extract_text(&pages).expect("text").replace('\n', " ")
}

fn a_certificate_of_a_module_has_the_name_and_is_genuine_until_it_is_taken_back(world: World) {
    let (asa, person) = ready(&world);
    let achievement = build::achieved(&world.store, &person, "modellen");
    let code = made(&asa, "module");
    assert_eq!(made(&asa, "module"), code, "the same is made once");
    let file = asa.get(&format!("/me/diplomas/{code}.pdf"));
    assert_eq!((file.status, file.header("content-type")), (200, "application/pdf"));
    let text = text_of(&world.store, &code);
    for part in ["Intyg", "Åsa Wilhelmina", "Łukaszewicz", "Förbättringsmodellen", &code] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(links_in(&world.store, &code), [ADDRESS], "the address can be chosen");
    let verified = world.client().get(&format!("/verify/{}", code.to_lowercase()));
    assert!(verified.text("main").contains("Intyget är äkta") && verified.text("main").contains(NAME));
    build::revoke(&world.store, achievement);
    let verified = world.client().get(&format!("/verify/{code}"));
    assert!(verified.text("main").contains("gäller inte längre") && !verified.body.contains(NAME));
    let unknown = world.client().get("/verify/00000-00000-00000-00000");
    assert!(unknown.text("main").contains("inget intyg"), "{}", unknown.body);
}

fn a_certificate_is_its_owners_and_ends_when_the_owner_says_so(world: World) {
    let (asa, person) = ready(&world);
    build::achieved(&world.store, &person, "modellen");
    let code = made(&asa, "module");
    let developer = build::person(&world.store, "Ute Utvecklare", None);
    build::hat(&world.store, "developer", &developer);
    let other = world.sign_in(&developer);
    assert_eq!(other.get(&format!("/me/diplomas/{code}.pdf")).status, 404);
    assert_eq!(other.post(&format!("/me/diplomas/{code}/end"), &[]).status, 404);
    let of = asa.get("/me/history").attribute("button[name=of]", "value").expect("an achievement");
    assert_eq!(other.post("/me/diplomas", &[("kind", "module"), ("of", &of)]).status, 404, "another's achievement");
    assert_eq!(asa.post(&format!("/me/diplomas/{code}/end"), &[]).status, 303);
    assert!(world.client().get(&format!("/verify/{code}")).text("main").contains("gäller inte längre"));
    assert_eq!(asa.get(&format!("/me/diplomas/{code}.pdf")).status, 404);
    assert_ne!(made(&asa, "module"), code);
}

fn the_record_of_learning_is_a_file_and_data(world: World) {
    let (asa, person) = ready(&world);
    assert!(asa.get("/me/history").text(".empty").contains("Här visas"));
    build::achieved(&world.store, &person, "intro");
    build::achieved(&world.store, &person, "modellen");
    let code = made(&asa, "record");
    let text = text_of(&world.store, &code);
    assert!(text.contains("Introduktion") && text.contains("Förbättringsmodellen"), "{text}");
    let data: serde_json::Value = serde_json::from_str(&asa.get("/me/history.json").body).expect("JSON");
    assert_eq!((data["name"].as_str(), data["modules"].as_array().map(Vec::len)), (Some(NAME), Some(2)));
    let sheet = asa.get("/me/history.csv").body;
    assert_eq!(sheet.lines().count(), 3, "{sheet}");
}

fn notes_are_their_owners_and_two_windows_do_not_overwrite_each_other(world: World) {
    let (asa, _) = ready(&world);
    let developer = build::person(&world.store, "Ute Utvecklare", None);
    build::hat(&world.store, "developer", &developer);
    let other = world.sign_in(&developer);
    let secret = "Jag vågade fråga vid morgonmötet.";
    assert_eq!(asa.post("/me/notes", &[("module", "intro"), ("body", secret)]).status, 303);
    assert_eq!(asa.post("/me/notes", &[("module", "nothing"), ("body", secret)]).status, 404);
    assert_eq!(asa.post("/me/notes", &[("module", "intro"), ("body", " ")]).status, 422);
    assert_eq!(asa.post("/me/notes", &[("module", "intro"), ("body", &"a".repeat(8_001))]).status, 422);
    let list = asa.get("/me/notes?module=intro");
    assert!(list.text("main").contains(secret));
    let path = list.links("section .actions a")[0].0.clone();
    for hidden in [&path, "/me/notes", "/me/notes.json"] {
        assert!(!other.get(hidden).body.contains(secret));
    }
    assert_eq!(other.get(&path).status, 404);
    assert_eq!(other.post(&path, &[("body", "Mitt nu"), ("revision", "1")]).status, 404);
    assert_eq!(other.post(&format!("{path}/remove"), &[]).status, 404);
    assert_eq!(asa.post(&path, &[("body", "Ändrad i ett fönster"), ("revision", "1")]).status, 303);
    let met = asa.post(&path, &[("body", "Ändrad i ett annat"), ("revision", "1")]);
    assert_eq!(met.status, 422);
    assert!(met.body.contains("Ändrad i ett fönster") && met.body.contains("Ändrad i ett annat"), "both are shown");
    assert!(asa.get("/me/notes.json").body.contains("Ändrad i ett fönster"));
    assert_eq!(asa.post(&format!("{path}/remove"), &[]).status, 303);
    assert_eq!(asa.get(&path).status, 404);
}

fn whoever_completes_an_edition_has_its_diploma_and_nobody_else_has_one(world: World) {
    let (asa, person) = ready(&world);
    let bo = build::person(&world.store, "Bo Berg", None);
    let edition = build::edition(&world.store, &[&person, &bo]);
    let developer = build::person(&world.store, "Ute Utvecklare", None);
    build::hat(&world.store, "developer", &developer);
    let developer = world.sign_in(&developer);
    let of = edition.id.to_string();
    let ask = |client: &Client| client.post("/me/diplomas", &[("kind", "edition"), ("of", &of)]);
    let present = |who: &Person, presented: &str| {
        let path = format!("/editions/{}/people/{}/presented", edition.id, who.id);
        assert_eq!(developer.post(&path, &[("presented", presented)]).status, 303);
    };
    for module in ["intro", "samtal"] {
        build::achieved(&world.store, &person, module);
    }
    let published = varjedag::versions::published::Shelf::default().current(&world.store).unwrap().expect("it is");
    let marks = [Mark { person: person.id, attended: Some(true) }, Mark { person: bo.id, attended: Some(false) }];
    attendance::mark(&world.store, &published, edition.occasion, &marks, None, varjedag::clock::now()).expect("marked");
    assert_eq!(ask(&asa).status, 404, "the work is not presented yet");
    present(&person, "true");
    present(&bo, "true");
    let client = world.sign_in(&bo);
    assert_eq!(ask(&client).status, 404, "presented, but not attended");
    assert!(client.get("/me/history").texts("button[name=of]").is_empty());
    assert_ne!(status(&client), "completed");

    assert_eq!(status(&asa), "completed");
    assert!(asa.get("/me/history").text("#editions + ul").contains("Diplom"));
    let made = ask(&asa);
    assert_eq!(made.status, 303, "{}", made.body);
    let path = made.header("location").to_owned();
    assert_eq!(asa.get(&path).header("content-type"), "application/pdf");
    assert_eq!(client.get(&path).status, 404, "another's");
    let code = path.trim_start_matches("/me/diplomas/").trim_end_matches(".pdf");
    let text = text_of(&world.store, code);
    for part in ["Diplom", "Åsa Wilhelmina", "Årets förbättringsprogram", "Omgång", "Förbättringsmodellen", code]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(links_in(&world.store, code), [ADDRESS]);
    let verified = || world.client().get(&format!("/verify/{code}")).text("main");
    assert!(
        verified().contains("äkta") && verified().contains(NAME) && verified().contains("Omgång"),
        "{}",
        verified()
    );
    assert!(asa.get("/me/history.csv").body.contains("Förbättringsmodellen"));
    present(&person, "false");
    assert!(verified().contains("gäller inte längre") && ask(&asa).status == 404);
}

/// How it goes in the only edition, as a program reads it.
fn status(client: &Client) -> String {
    let data: serde_json::Value = serde_json::from_str(&client.get("/me/history.json").body).expect("JSON");
    data["editions"][0]["status"].as_str().unwrap_or_default().to_owned()
}
