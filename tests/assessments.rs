//! Tests, assignments and observations: a module is done when both being there and what is assessed are in place.

use varjedag::attendance::service::{self as attendance, Mark};
use varjedag::clock;
use varjedag::versions::published::Shelf;

use crate::attendance::{Stage, given, has, seated, stage, told};
use crate::support::build::{self, Person};
use crate::support::{Answer, Ask, Client, World, on_both};

on_both![
    an_assignment_is_returned_handed_in_again_and_approved_and_only_then_the_module_is_done,
    a_test_is_passed_by_its_best_result_and_a_mistaken_result_takes_the_module_back,
    an_observation_is_noted_by_trainer_or_manager_and_never_by_oneself,
    what_is_approved_before_the_day_is_done_on_the_day,
    what_is_handed_in_is_read_by_those_who_assess_and_stays_as_it_was,
    a_module_taken_again_is_assessed_again,
    two_who_approve_at_the_same_moment_approve_once,
    what_waits_is_told_on_the_own_path,
];

pub(crate) fn marked(world: &World, stage: &Stage, person: &Person, there: bool) {
    let published = Shelf::default().current(&world.store).unwrap().expect("it was published");
    let marks = [Mark { person: person.id, attended: Some(there) }];
    attendance::mark(&world.store, &published, stage.occasion, &marks, None, clock::now()).unwrap();
}

fn page_of(person: &Person, module: &str) -> String {
    format!("/assessments/{}/{module}", person.id)
}

fn hand_in(client: &Client, person: &Person, module: &str, text: &str) -> u16 {
    client.post(&format!("{}/hand-in", page_of(person, module)), &[("text", text)]).status
}

fn says(client: &Client, person: &Person, module: &str, act: &str, comment: &str) -> u16 {
    client.post(&page_of(person, module), &[("act", act), ("comment", comment)]).status
}

/// Takes back the newest step of a kind, as its page says.
fn takes_back(client: &Client, person: &Person, module: &str, comment: &str) -> Answer {
    let page = client.get(&page_of(person, module));
    let entry = page.attribute("input[name=entry]", "value").expect("something to take back");
    client.post(&page_of(person, module), &[("act", "take_back"), ("entry", &entry), ("comment", comment)])
}

fn an_assignment_is_returned_handed_in_again_and_approved_and_only_then_the_module_is_done(world: World) {
    let stage = stage(&world, "kartlagga", &[1]);
    let person = seated(&world.store, "Anna Alm", &[stage.occasion]);
    let anna = world.sign_in(&person);
    assert_eq!(says(&stage.trainer, &person, "kartlagga", "approve", ""), 422, "nothing is there to approve");
    marked(&world, &stage, &person, true);
    assert_eq!((has(&world.store, &person, "kartlagga"), told(&world.store, &person).len()), (0, 0));
    assert!(anna.get(&page_of(&person, "kartlagga")).text(".state").contains("uppgift kvar att lämna in"));
    assert!(anna.get(&format!("/occasions/{}", stage.occasion)).text(".standing").contains("uppgift kvar"));

    assert_eq!(hand_in(&anna, &person, "kartlagga", " "), 422, "an empty paper is no paper");
    assert_eq!(hand_in(&anna, &person, "kartlagga", "Vår karta"), 303);
    assert_eq!(hand_in(&anna, &person, "kartlagga", "Vår karta, bättre"), 303);
    assert_eq!(told(&world.store, &stage.developer), ["assessed"], "who has not read it yet is told once");
    assert_eq!(says(&stage.trainer, &person, "kartlagga", "return", " "), 422, "to return needs words");
    assert_eq!(says(&stage.trainer, &person, "kartlagga", "return", "Var är patienten?"), 303);
    assert!(anna.get(&page_of(&person, "kartlagga")).body.contains("Var är patienten?"));
    assert_eq!(hand_in(&anna, &person, "kartlagga", "Nu med patienten"), 303);
    assert_eq!(told(&world.store, &stage.developer).len(), 2);
    assert_eq!(says(&stage.trainer, &person, "kartlagga", "approve", "Fint"), 303);
    assert_eq!(has(&world.store, &person, "kartlagga"), 1);
    assert_eq!(told(&world.store, &person), ["assessed", "achieved"], "approved and done is one mail");
    assert_eq!(hand_in(&anna, &person, "kartlagga", "En gång till"), 422);
    let page = anna.get(&page_of(&person, "kartlagga"));
    assert!(page.body.contains("Vår karta, bättre") && page.body.contains("Fint"), "all of it is kept");

    marked(&world, &stage, &person, false);
    assert_eq!(has(&world.store, &person, "kartlagga"), 0, "who was not there has no module");
    marked(&world, &stage, &person, true);
    assert_eq!(has(&world.store, &person, "kartlagga"), 1);
}

fn a_test_is_passed_by_its_best_result_and_a_mistaken_result_takes_the_module_back(world: World) {
    let stage = stage(&world, "intro", &[1]);
    let [one, other] = ["Anna Alm", "Bo Bok"].map(|name| seated(&world.store, name, &[stage.occasion]));
    for person in [&one, &other] {
        marked(&world, &stage, person, true);
    }
    let path = format!("/occasions/{}/assessments", stage.occasion);
    let note = |points: [&str; 2], of: &str| {
        let fields = [(&*format!("p{}", one.id), points[0]), (&*format!("p{}", other.id), points[1]), ("of", of)];
        stage.trainer.post(&path, &fields)
    };
    let wrong = note(["21", "14"], "20");
    assert_eq!(
        (wrong.status, has(&world.store, &other, "intro")),
        (422, 0),
        "nothing is written when something is wrong"
    );
    assert_eq!(wrong.attribute(&format!("#f-p{}", one.id), "value").as_deref(), Some("21"), "what was typed stays");
    assert_eq!(note(["13", "14"], "20").status, 303);
    assert_eq!((has(&world.store, &one, "intro"), has(&world.store, &other, "intro")), (0, 1), "70 per cent pass");
    assert_eq!(
        (told(&world.store, &one), told(&world.store, &other)),
        (vec!["assessed".into()], vec!["achieved".into()])
    );
    assert_eq!(note(["90", "10"], "").status, 303);
    assert_eq!((has(&world.store, &one, "intro"), has(&world.store, &other, "intro")), (1, 1), "the best counts");
    assert!(stage.trainer.get(&path).body.contains("90 %"));

    let back = |comment: &str| takes_back(&stage.trainer, &one, "intro", comment).status;
    assert_eq!(back(" "), 422, "a correction says why");
    assert_eq!(back("Det var någon annans"), 303);
    assert_eq!(has(&world.store, &one, "intro"), 0, "the path follows at once");
    let page = world.sign_in(&one).get(&page_of(&one, "intro"));
    assert!(
        page.body.contains("Det var någon annans") && page.body.contains("90 %"),
        "what was wrong stays to be seen"
    );
}

fn an_observation_is_noted_by_trainer_or_manager_and_never_by_oneself(world: World) {
    let stage = stage(&world, "leda", &[1]);
    let ward = build::unit(&world.store, "Avdelning 7", None);
    let person = seated(&world.store, "Anna Alm", &[stage.occasion]);
    let (boss, stranger) =
        (build::person(&world.store, "Berit Berg", Some(ward)), build::person(&world.store, "Sten Sten", None));
    let below = build::person(&world.store, "Carl Ceder", Some(ward));
    build::manager(&world.store, ward, &boss);
    let (anna, berit, sten) = (world.sign_in(&person), world.sign_in(&boss), world.sign_in(&stranger));
    marked(&world, &stage, &person, true);
    for client in [&berit, &sten] {
        assert_eq!(client.get(&page_of(&person, "leda")).status, 404);
        assert_eq!(says(client, &person, "leda", "approve", ""), 404);
    }
    assert_eq!(says(&anna, &person, "leda", "approve", ""), 422, "nobody assesses themselves");
    assert_eq!(has(&world.store, &person, "leda"), 0);
    assert_eq!(says(&stage.trainer, &person, "leda", "return", "En gång till"), 303);
    let list = format!("/occasions/{}/assessments", stage.occasion);
    assert_eq!(stage.trainer.post(&list, &[("approve", &person.id.to_string())]).status, 303);
    assert_eq!((has(&world.store, &person, "leda"), sten.get(&list).status), (1, 404));
    assert_eq!(told(&world.store, &person), ["assessed", "achieved"]);

    // A manager observes those below, once they have been at a day of the module.
    assert_eq!(says(&berit, &below, "leda", "approve", ""), 404);
    let published = Shelf::default().current(&world.store).unwrap().unwrap();
    let marks = [Mark { person: below.id, attended: Some(true) }];
    attendance::mark(&world.store, &published, stage.occasion, &marks, None, clock::now()).unwrap();
    assert_eq!(says(&berit, &below, "leda", "approve", "Lugn och tydlig"), 303);
    assert_eq!(has(&world.store, &below, "leda"), 1);
}

fn what_is_approved_before_the_day_is_done_on_the_day(world: World) {
    let stage = stage(&world, "kartlagga", &[1]);
    let person = seated(&world.store, "Anna Alm", &[stage.occasion]);
    let anna = world.sign_in(&person);
    assert_eq!(hand_in(&anna, &person, "kartlagga", "Klart i förväg"), 303);
    assert_eq!(says(&stage.trainer, &person, "kartlagga", "approve", ""), 303);
    assert_eq!(
        (has(&world.store, &person, "kartlagga"), told(&world.store, &person)),
        (0, vec!["assessed".to_owned()])
    );
    assert!(anna.get(&page_of(&person, "kartlagga")).text(".state").contains("närvaro kvar"));
    marked(&world, &stage, &person, true);
    assert_eq!(has(&world.store, &person, "kartlagga"), 1);
    assert_eq!(told(&world.store, &person), ["assessed", "achieved"]);
}

fn what_is_handed_in_is_read_by_those_who_assess_and_stays_as_it_was(world: World) {
    let stage = stage(&world, "kartlagga", &[1]);
    let trainer = build::person(&world.store, "Tora Tränare", None);
    let occasions = [varjedag::occasions::store::Trainer { person: Some(trainer.id), name: String::new() }];
    let set =
        |conn: &mut varjedag::store::Conn| varjedag::occasions::store::set_trainers(conn, stage.occasion, &occasions);
    world.store.write(set).unwrap();
    let [person, other] = ["Anna Alm", "Bo Bok"].map(|name| seated(&world.store, name, &[stage.occasion]));
    let (anna, bo, tora) = (world.sign_in(&person), world.sign_in(&other), world.sign_in(&trainer));
    let csrf = anna.csrf().expect("a session");
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--x\r\nContent-Disposition: form-data; \
         name=\"text\"\r\n\r\nKartan\r\n--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"karta.txt\"\r\n\
         Content-Type: text/plain\r\n\r\nSteg ett\r\n--x--\r\n"
    );
    let path = format!("{}/hand-in", page_of(&person, "kartlagga"));
    let sent = anna.send(Ask::new("POST", &path).body("multipart/form-data; boundary=x", body));
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!((told(&world.store, &trainer).len(), told(&world.store, &stage.developer).len()), (1, 0));
    let (file, _) = tora.get(&page_of(&person, "kartlagga")).links("a[download]").remove(0);
    assert_eq!((tora.get(&file).body.as_str(), bo.get(&file).status), ("Steg ett", 404));
    let piece = anna.get("/recognition").links("ul.rows a").into_iter().map(|(href, _)| href);
    let piece = piece.filter(|href| href.starts_with("/recognition/evidence/")).find(|href| !href.ends_with("new"));
    let piece = piece.expect("what was handed in is evidence");
    assert_eq!(anna.post(&format!("{piece}/remove"), &[]).status, 409, "it stays while somebody reads it");
    assert_eq!(hand_in(&bo, &person, "kartlagga", "Min"), 404, "nobody hands in for another");

    let withdrawn = takes_back(&anna, &person, "kartlagga", "");
    assert_eq!((withdrawn.status, says(&tora, &person, "kartlagga", "approve", "")), (303, 422));
    assert!(tora.get(&page_of(&person, "kartlagga")).body.contains("karta.txt"), "history stays");
}

fn a_module_taken_again_is_assessed_again(world: World) {
    let stage = stage(&world, "kartlagga", &[9]);
    let (again, _) = given(&world.store, "kartlagga", &[1]);
    let person = seated(&world.store, "Anna Alm", &[stage.occasion, again]);
    let anna = world.sign_in(&person);
    marked(&world, &stage, &person, true);
    hand_in(&anna, &person, "kartlagga", "Första");
    assert_eq!(says(&stage.trainer, &person, "kartlagga", "approve", ""), 303);
    marked(&world, &Stage { occasion: again, parts: Vec::new(), path: String::new(), ..stage }, &person, true);
    assert_eq!(has(&world.store, &person, "kartlagga"), 1, "once assessed, once done");
    let developer = world.sign_in(&build_developer(&world));
    assert_eq!(hand_in(&anna, &person, "kartlagga", "Andra"), 303);
    assert_eq!(says(&developer, &person, "kartlagga", "approve", ""), 303);
    assert_eq!(has(&world.store, &person, "kartlagga"), 2);
}

fn build_developer(world: &World) -> Person {
    let person = build::person(&world.store, "Ulla Ulv", None);
    build::hat(&world.store, "developer", &person);
    person
}

fn two_who_approve_at_the_same_moment_approve_once(world: World) {
    let stage = stage(&world, "kartlagga", &[1]);
    let person = seated(&world.store, "Anna Alm", &[stage.occasion]);
    let other = world.sign_in(&build_developer(&world));
    marked(&world, &stage, &person, true);
    assert_eq!(hand_in(&world.sign_in(&person), &person, "kartlagga", "Kartan"), 303);
    let mut answers = std::thread::scope(|scope| {
        let both =
            [&stage.trainer, &other].map(|client| scope.spawn(|| says(client, &person, "kartlagga", "approve", "")));
        both.map(|one| one.join().unwrap())
    });
    answers.sort_unstable();
    assert_eq!(answers, [303, 422]);
    assert_eq!((has(&world.store, &person, "kartlagga"), told(&world.store, &person).len()), (1, 1));
}

fn what_waits_is_told_on_the_own_path(world: World) {
    let stage = stage(&world, "kartlagga", &[1]);
    let person = seated(&world.store, "Anna Alm", &[stage.occasion]);
    let anna = world.sign_in(&person);
    marked(&world, &stage, &person, true);
    // Whoever sets up an empty region is led to its first steps instead.
    build::person(&world.store, "Berit Berg", Some(build::unit(&world.store, "Avdelning 7", None)));
    let waits = |client: &Client| client.get("/").text("aside[aria-labelledby=waits]");
    assert!(waits(&anna).contains("Lämna in uppgiften"));
    hand_in(&anna, &person, "kartlagga", "Kartan");
    assert!(waits(&anna).contains("väntar på att bli läst"));
    assert!(waits(&stage.trainer).contains("En inlämnad uppgift att läsa"));
    assert!(stage.trainer.get("/assessments").text("#to-read ~ ul, ul.rows").contains("Anna Alm"));
    assert_eq!(says(&stage.trainer, &person, "kartlagga", "return", "Mer"), 303);
    assert!(waits(&anna).contains("kom tillbaka med en kommentar"));
    assert!(!stage.trainer.get("/").body.contains("uppgift att läsa"));
}
