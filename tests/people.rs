//! Finding people and changing what they hold: only what policy lets through, and nothing half-typed is lost.

use varjedag::clock;

use crate::support::build::{self, Person};
use crate::support::{Client, World, on_both};

on_both![
    a_manager_finds_only_those_below_and_counts_nobody_else,
    staff_find_everybody_page_by_page,
    a_role_is_given_and_ended_by_hand,
    what_was_typed_wrong_is_shown_again_with_what_to_correct,
    an_assignment_is_ended_only_on_its_own_persons_page,
    a_hat_is_given_and_counts_at_once,
    who_has_read_a_record_is_shown_to_the_person_once_a_day,
    a_revoked_achievement_is_struck_and_says_so,
];

struct Place {
    ward: i64,
    boss: Client,
    berit: Person,
    hidden: Person,
}

fn place(world: &World) -> Place {
    let store = &world.store;
    build::publish_small(store);
    let ward = build::unit(store, "Avdelning Ett", None);
    let other = build::unit(store, "Avdelning Två", None);
    let boss = build::person(store, "Chefa Chefsson", Some(ward));
    build::manager(store, ward, &boss);
    let berit = build::person(store, "Berit Blindtext", Some(ward));
    let hidden = build::person(store, "Berit Dold", Some(other));
    Place { ward, boss: world.sign_in(&boss), berit, hidden }
}

fn developer(world: &World) -> Client {
    let developer = build::person(&world.store, "Ute Utvecklare", None);
    build::hat(&world.store, "developer", &developer);
    world.sign_in(&developer)
}

fn a_manager_finds_only_those_below_and_counts_nobody_else(world: World) {
    let place = place(&world);
    let gone = build::person(&world.store, "Berit Borta", Some(place.ward));
    build::end_employment(&world.store, &gone, clock::today() - chrono::Days::new(3));
    let found = place.boss.get("/people?q=berit");
    assert_eq!(found.texts("tbody th a"), ["Berit Blindtext"]);
    assert_eq!(found.texts(".tabs a"), ["Arbetar nu 1", "Har slutat 1"]);
    assert_eq!(place.boss.get("/people?status=left").texts("tbody th a"), ["Berit Borta"]);
    assert!(place.boss.get("/people?q=dold").text(".empty").contains("Ingen träff"));
}

fn staff_find_everybody_page_by_page(world: World) {
    let place = place(&world);
    for number in 0..60 {
        build::person(&world.store, &format!("Prov {number:02}"), Some(place.ward));
    }
    let client = developer(&world);
    let first = client.get("/people?q=prov");
    assert_eq!((first.texts("tbody tr").len(), first.text("caption")), (50, "60 träffar".into()));
    let next = first.attribute("a[rel=next]", "href").expect("a next page");
    assert_eq!(client.get(&next).texts("tbody tr").len(), 10);
    assert_eq!(client.get(&format!("/people?q=berit&unit={}", place.ward)).texts("tbody th a"), ["Berit Blindtext"]);
    for odd in ["/people?page=-4", "/people?page=99999999999999999999", "/people?unit=x&status=y&q=%00%25_"] {
        assert_eq!(client.get(odd).status, 200, "{odd}");
    }
}

fn a_role_is_given_and_ended_by_hand(world: World) {
    let place = place(&world);
    let page = format!("/people/{}", place.berit.id);
    let today = clock::today().to_string();
    let given = place.boss.post(&format!("{page}/roles"), &[("role", "ledare"), ("from", &today), ("to", "")]);
    assert_eq!((given.status, given.header("location")), (303, page.as_str()));
    let shown = place.boss.get(&page);
    assert!(shown.texts(".rows strong").contains(&"Förbättringsledare".to_owned()));
    assert!(place.boss.get("/team").text(".cover").contains("Förbättringsledare: 0 av 1"));
    let end = shown.attribute("form[action$=end]", "action").expect("a form to end the role");
    let yesterday = (clock::today() - chrono::Days::new(1)).to_string();
    assert_eq!(place.boss.post(&end, &[("last_day", &yesterday)]).status, 303);
    assert!(place.boss.get("/team").texts(".cover").is_empty());
}

fn what_was_typed_wrong_is_shown_again_with_what_to_correct(world: World) {
    let place = place(&world);
    let page = format!("/people/{}/roles", place.berit.id);
    let wrong = place.boss.post(&page, &[("role", "ledare"), ("from", "2027-03-02"), ("to", "2027-02-30")]);
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.attribute("#f-from", "value").as_deref(), Some("2027-03-02"));
    assert_eq!(wrong.attribute("#f-to", "value").as_deref(), Some("2027-02-30"));
    assert!(wrong.text("#errors").contains("Skriv dagen med år"));
    let backwards = place.boss.post(&page, &[("role", "ledare"), ("from", "2027-03-02"), ("to", "2027-03-01")]);
    assert!(backwards.text("#errors").contains("före första dag"));
    let nothing = place.boss.post(&page, &[("role", ""), ("from", ""), ("to", "")]);
    assert_eq!(nothing.texts("#errors li").len(), 2);
}

fn an_assignment_is_ended_only_on_its_own_persons_page(world: World) {
    let place = place(&world);
    let hidden = build::role(&world.store, &place.hidden, "ledare");
    let path = format!("/people/{}/roles/{hidden}/end", place.berit.id);
    assert_eq!(place.boss.post(&path, &[("last_day", "2027-01-01")]).status, 404);
    let title = build::title(&world.store, &place.berit, "controller");
    let path = format!("/people/{}/roles/{title}/end", place.berit.id);
    assert_eq!(place.boss.post(&path, &[("last_day", "2027-01-01")]).status, 409);
}

fn a_hat_is_given_and_counts_at_once(world: World) {
    let place = place(&world);
    let admin = build::person(&world.store, "Ada Administratör", None);
    build::hat(&world.store, "administrator", &admin);
    let client = world.sign_in(&admin);
    let berit = world.sign_in(&place.berit);
    assert_eq!(berit.get("/people").status, 404);
    let path = format!("/people/{}/hats", place.berit.id);
    assert_eq!(client.post(&path, &[("hat", "developer"), ("worn", "true")]).status, 303);
    assert_eq!(berit.get("/people").status, 200);
    assert_eq!(client.post(&path, &[("hat", "developer"), ("worn", "false")]).status, 303);
    assert_eq!(berit.get("/people").status, 404);
    assert_eq!(client.post(&path, &[("hat", "king"), ("worn", "true")]).status, 400);
    let own = format!("/people/{}/hats", admin.id);
    assert_eq!(client.post(&own, &[("hat", "administrator"), ("worn", "false")]).status, 403);
}

fn who_has_read_a_record_is_shown_to_the_person_once_a_day(world: World) {
    let place = place(&world);
    let berit = world.sign_in(&place.berit);
    let readers = || berit.get("/me").texts("#readings ~ ul li span");
    assert!(readers().is_empty());
    berit.get(&format!("/people/{}", place.berit.id));
    for _ in 0..3 {
        assert_eq!(place.boss.get(&format!("/people/{}", place.berit.id)).status, 200);
        assert_eq!(place.boss.get(&format!("/people/{}/path", place.berit.id)).status, 200);
    }
    assert_eq!(readers(), ["Chefa Chefsson"]);
}

fn a_revoked_achievement_is_struck_and_says_so(world: World) {
    let place = place(&world);
    let achieved = build::achieved(&world.store, &place.berit, "intro");
    build::achieved(&world.store, &place.berit, "modellen");
    build::revoke(&world.store, achieved);
    let page = place.boss.get(&format!("/people/{}", place.berit.id));
    assert_eq!(page.texts("del"), ["Introduktion"]);
    assert_eq!(page.texts("section table tbody tr").len(), 2);
    assert!(page.body.contains("Återkallad"));
}
