//! The code on the wall: for one part, and for whoever is signed in and booked.

use super::{Stage, count, given, has, seated, stage, state};
use crate::support::build;
use crate::support::{World, on_both};

on_both![
    the_code_on_the_wall_marks_whoever_is_booked_while_the_part_is_given,
    the_code_on_the_wall_ends_with_its_part_and_with_the_next_code,
    who_follows_the_code_signs_in_and_comes_back,
    whoever_made_the_code_does_not_arrive_by_it,
];

/// Makes a code for the first part; its path.
fn code(stage: &Stage) -> String {
    let door = format!("{}/door", stage.path);
    assert_eq!(stage.trainer.post(&format!("{door}?part=1"), &[]).status, 303);
    let page = stage.trainer.get(&door);
    assert_eq!(page.texts(".door svg").len(), 1);
    let address = page.text(".door__address");
    address[address.find("/here/").expect("an address of ours")..].to_owned()
}

fn the_code_on_the_wall_marks_whoever_is_booked_while_the_part_is_given(world: World) {
    let stage = stage(&world, "modellen", &[0]);
    let [anna, bo] = ["Anna Alm", "Bo Bok"].map(|name| seated(&world.store, name, &[stage.occasion]));
    let code = code(&stage);
    let client = world.sign_in(&anna);
    assert_eq!(client.get(&code).texts("form[action^='/here'] button"), ["Jag är här"]);
    assert_eq!(count(&world.store, &anna), 0, "looking marks nobody");
    for _ in 0..2 {
        assert_eq!(client.post(&code, &[]).header("location"), code);
    }
    assert!(client.get(&code).text(".note").contains("Närvaron räknas när dagen är slut"));
    assert_eq!((count(&world.store, &anna), has(&world.store, &anna, "modellen")), (1, 0));
    let without = world.sign_in(&build::person(&world.store, "Utan Plats", None));
    assert_eq!(without.post(&code, &[]).status, 303);
    assert!(without.get(&code).text(".note").contains("det finns plats. Säg till den som håller i det"));
    let absent = format!("{}:absent", bo.id);
    assert_eq!(stage.trainer.post(&stage.path, &[("part", "1"), ("mark", &absent)]).status, 303);
    let refused = world.sign_in(&bo);
    assert_eq!(refused.post(&code, &[]).status, 303);
    assert!(refused.get(&code).text(".note").contains("har markerat något annat"));
    assert_eq!(state(&stage.trainer, &stage, &bo), "absent", "what a trainer has marked stands");
    assert_eq!(client.post("/here/guessed", &[]).status, 404);
    assert_eq!(client.post(&format!("{}/door", stage.path), &[]).status, 404);
}

fn the_code_on_the_wall_ends_with_its_part_and_with_the_next_code(world: World) {
    let past = stage(&world, "modellen", &[1]);
    let anna = seated(&world.store, "Anna Alm", &[past.occasion]);
    let client = world.sign_in(&anna);
    let late = code(&past);
    assert_eq!(client.post(&late, &[]).status, 303);
    assert!(client.get(&late).text(".note").contains("Koden gick att använda till"));
    let (occasion, parts) = given(&world.store, "modellen", &[0]);
    let now = Stage { occasion, parts, path: format!("/occasions/{occasion}/attendance"), ..past };
    let bo = seated(&world.store, "Bo Bok", &[occasion]);
    let (first, second) = (code(&now), code(&now));
    assert_ne!(first, second);
    let client = world.sign_in(&bo);
    assert_eq!(client.post(&first, &[]).status, 303);
    assert!(client.get(&first).text(".note").contains("Koden är utbytt"));
    assert_eq!((count(&world.store, &anna), count(&world.store, &bo)), (0, 0));
    assert_eq!(client.post(&second, &[]).status, 303);
    assert_eq!(count(&world.store, &bo), 1);
}

fn who_follows_the_code_signs_in_and_comes_back(world: World) {
    let stage = stage(&world, "modellen", &[0]);
    let anna = seated(&world.store, "Anna Alm", &[stage.occasion]);
    let code = code(&stage);
    let stranger = world.client();
    let sent = stranger.get(&code);
    let next: String = url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
    assert_eq!((sent.status, sent.header("location")), (303, &*format!("/sign-in?next={next}")));
    let secret = world.link(&anna, &code);
    let signed_in = stranger.post(&format!("/sign-in/{secret}"), &[]);
    assert_eq!(signed_in.header("location"), code);
    assert_eq!(stranger.get(&code).status, 200);
}

fn whoever_made_the_code_does_not_arrive_by_it(world: World) {
    let stage = stage(&world, "modellen", &[0]);
    let exception = [("wish", "exception"), ("whose", &*stage.developer.email), ("reason", "Vill ha biten")];
    let day = format!("/occasions/{}", stage.occasion);
    assert_eq!(stage.trainer.post(&day, &exception).status, 422, "nobody makes an exception for themselves");
    let seat = format!(
        "INSERT INTO bookings (occasion_id, person_id, state, changed_at) \
         SELECT {}, {}, 'booked', '2026-01-01 00:00:00'",
        stage.occasion, stage.developer.id
    );
    build::execute(&world.store, &seat);
    let code = code(&stage);
    assert!(stage.trainer.get(&code).text(".note").contains("Låt någon annan som leder markera dig"));
    assert_eq!(stage.trainer.post(&code, &[]).status, 303);
    assert_eq!(has(&world.store, &stage.developer, "modellen"), 0);
}
