//! The participant's pages: my path, a module, the curriculum, and the first run.

use crate::support::{World, build, on_both};

on_both![
    the_page_shows_the_path_and_every_piece_answers_why,
    what_is_achieved_moves_the_path,
    a_manager_sees_the_path_of_a_person_and_nobody_else_does,
    notes_for_trainers_are_for_those_who_train,
    the_curriculum_shows_what_a_role_asks_for,
    an_empty_installation_leads_from_nothing_to_a_path,
];

fn the_page_shows_the_path_and_every_piece_answers_why(world: World) {
    build::publish_small(&world.store);
    let person = build::person(&world.store, "Pia Provsson", None);
    build::role(&world.store, &person, "deltagare");
    let client = world.sign_in(&person);
    let page = client.get("/");
    assert_eq!(page.text("h1"), "Nästa: Introduktion");
    assert!(page.text(".because").contains("Du arbetar hos oss sedan"), "{}", page.body);
    let pieces = page.links(".piece > a");
    assert_eq!(pieces.len(), 3, "{pieces:?}");
    for (href, _) in pieces {
        let heads = page.texts(&format!("details {href} h3"));
        assert_eq!(heads, ["Varför har jag den här?", "Vad öppnar den?", "När ges den?"]);
        assert!(page.texts(&format!("{href} .because li")).len() >= 2, "{}", page.body);
        let module = client.get(&page.links(&format!("{href} > p > a"))[0].0);
        assert!(module.texts("#why .because li").len() >= 2, "{}", module.body);
        assert!(module.text("#why h2").contains("Varför har jag den här?"));
    }
}

fn what_is_achieved_moves_the_path(world: World) {
    build::publish_small(&world.store);
    let person = build::person(&world.store, "Pia Provsson", None);
    let client = world.sign_in(&person);
    assert_eq!(client.get("/").text("h1"), "Nästa: Introduktion");
    build::achieved(&world.store, &person, "intro");
    let page = client.get("/");
    assert_eq!(page.text("h1"), "Klart! Alla bitar är på plats");
    assert_eq!(page.texts(".is-done").len(), 1);
}

fn a_manager_sees_the_path_of_a_person_and_nobody_else_does(world: World) {
    build::publish_small(&world.store);
    let unit = build::unit(&world.store, "Provenheten", None);
    let person = build::person(&world.store, "Pia Provsson", Some(unit));
    let manager = build::person(&world.store, "Tage Testsson", None);
    let other = build::person(&world.store, "Nils Nyttosson", None);
    build::manager(&world.store, unit, &manager);
    let (path, module) =
        (format!("/people/{}/path", person.id), format!("/curriculum/modules/intro?person={}", person.id));
    let seen = world.sign_in(&manager);
    assert_eq!(seen.get(&path).text("h1"), "Nästa för Pia Provsson: Introduktion");
    assert_eq!(seen.get(&module).text("#why h2"), "Vägen för Pia Provsson");
    let unseen = world.sign_in(&other);
    assert_eq!((unseen.get(&path).status, unseen.get(&module).status), (404, 404));
}

fn notes_for_trainers_are_for_those_who_train(world: World) {
    build::publish_small(&world.store);
    let (person, coach) =
        (build::person(&world.store, "Pia Provsson", None), build::person(&world.store, "Cilla Coachsson", None));
    build::hat(&world.store, "coach", &coach);
    let reads =
        |person| world.sign_in(person).get("/curriculum/modules/intro").body.contains("Till dig som leder intro.");
    assert_eq!((reads(&person), reads(&coach)), (false, true));
}

fn the_curriculum_shows_what_a_role_asks_for(world: World) {
    build::publish_small(&world.store);
    let client = world.sign_in(&build::person(&world.store, "Pia Provsson", None));
    let modules = |path: &str| client.get(path).links("table th a").len();
    let all = modules("/curriculum");
    assert!(modules("/curriculum?role=deltagare") < all);
    assert_eq!(modules("/curriculum?role=no-such-role"), all);
    let page = client.get("/curriculum?role=deltagare&role=ledare");
    assert_eq!(page.texts("input[checked]").len(), 2);
    let drawn = page.links("svg a");
    assert_eq!(drawn.len(), page.links("table th a").len(), "the table says what the picture shows");
}

fn an_empty_installation_leads_from_nothing_to_a_path(world: World) {
    let (person, developer) =
        (build::person(&world.store, "Pia Provsson", None), build::person(&world.store, "Ulla Utvecklarsson", None));
    build::hat(&world.store, "developer", &developer);
    let (client, leads) = (world.sign_in(&person), world.sign_in(&developer));
    assert_eq!(client.get("/").text("h1"), "Snart finns din väg här");
    assert_eq!(leads.get("/").header("location"), "/start");
    assert_eq!(leads.get("/start").texts(".is-done").len(), 0);
    assert_eq!(leads.post("/start/publish", &[]).status, 303);
    let start = leads.get("/start");
    assert!(start.text(".is-done h2").contains("Publicera utbildningsplanen"));
    assert!(start.texts("form[action='/start/publish']").is_empty());
    assert!(client.get("/").text("h1").starts_with("Nästa: "));
    assert_eq!(leads.get("/").header("location"), "/start", "there is nobody yet");
    build::person(&world.store, "Nils Nyttosson", Some(build::unit(&world.store, "Provenheten", None)));
    assert!(leads.get("/").text("h1").starts_with("Nästa: "));
    // A second press, from an old page, changes nothing.
    build::publish_small(&world.store);
    leads.post("/start/publish", &[]);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(client.get("/curriculum/modules/modellen").status, 200);
}
