//! The rules of seats: decided by the region, told to whoever they concern, kept with who decided them.

use varjedag::attendance::service::{self as attendance, Mark};

use super::*;

on_both![
    a_rule_that_is_decided_holds_for_the_next_offer_and_not_for_the_one_that_was_told,
    the_rules_tell_who_decided_them_and_two_who_decide_at_once_are_told,
    what_is_late_is_told_before_and_stays_what_it_was,
    whoever_did_not_come_too_often_is_booked_by_the_manager,
];

const PAGE: &str = "/occasions/rules";

fn decide(client: &Client, rules: &[(&str, &str)]) -> Answer {
    let seen = client.get(PAGE).attribute("input[name=seen]", "value").unwrap();
    let usual = [("offer_hours", "48"), ("late_hours", "72"), ("no_shows", "")];
    let others = usual.into_iter().filter(|(name, _)| !rules.iter().any(|(known, _)| known == name));
    let form: Vec<_> = rules.iter().copied().chain(others).chain([("seen", &*seen)]).collect();
    client.post(PAGE, &form)
}

fn a_rule_that_is_decided_holds_for_the_next_offer_and_not_for_the_one_that_was_told(world: World) {
    let (developer, _) = ready(&world);
    let day = opened(&developer, "intro", 60, "1");
    let clients = ["Ett", "Två", "Tre"].map(|name| world.sign_in(&build::person(&world.store, name, None)));
    clients.iter().for_each(|client| assert_eq!(wish(client, &day, "seat"), 303));
    assert!(clients[2].get(&day).text(".standing").contains("hålls i 2 dygn"));
    assert_eq!(wish(&clients[0], &day, "leave"), 303);
    let offered = |client: &Client| client.get(&day).text(".standing");
    let told = offered(&clients[1]);
    assert_eq!(decide(&developer, &[("offer_hours", "5")]).status, 303);
    assert_eq!(offered(&clients[1]), told, "what was promised stays");
    assert!(offered(&clients[2]).contains("hålls i 5 timmar"));
    let settle = |hours: i64| {
        let at = clock::now() + Duration::hours(hours);
        occasions::settle(&world.store, &published(&world.store), at).unwrap()
    };
    assert_eq!((settle(47), settle(49)), (0, 1));
    assert_eq!(state(&clients[2], &day), "En plats är erbjuden");
    assert_eq!((settle(53), settle(55)), (0, 1), "five hours after the other had let it lapse");
}

fn the_rules_tell_who_decided_them_and_two_who_decide_at_once_are_told(world: World) {
    let (developer, _) = ready(&world);
    let administrator = build::person(&world.store, "Adde Administratör", None);
    build::hat(&world.store, "administrator", &administrator);
    let administrator = world.sign_in(&administrator);
    assert!(administrator.get("/occasions").links("p a").iter().any(|(to, _)| to == PAGE));
    let first = developer.get(PAGE);
    assert_eq!(first.attribute("#f-late_hours", "value").as_deref(), Some("72"));
    assert!(first.text("#history ~ p").contains("Inget är ändrat än"));
    let wrong = decide(&developer, &[("offer_hours", "0"), ("late_hours", "tre"), ("no_shows", "-1")]);
    assert_eq!((wrong.status, wrong.texts("#errors li").len()), (422, 3));
    assert_eq!(wrong.attribute("#f-late_hours", "value").as_deref(), Some("tre"), "what was typed is kept");
    assert_eq!(decide(&administrator, &[("late_hours", "24"), ("no_shows", "2")]).status, 303);
    let stale = [("offer_hours", "12"), ("late_hours", "72"), ("no_shows", ""), ("seen", "")];
    let late = developer.post(PAGE, &stale);
    assert_eq!(late.status, 422);
    assert!(late.text("#errors").contains("Någon annan har ändrat"));
    assert!(late.text("#history ~ ul").contains("Adde Administratör"));
    assert_eq!(decide(&developer, &[("late_hours", "24"), ("no_shows", "2")]).status, 303);
    assert_eq!(developer.get(PAGE).texts("#history ~ ul li").len(), 1, "nothing was another");
}

fn what_is_late_is_told_before_and_stays_what_it_was(world: World) {
    let (developer, _) = ready(&world);
    let day = opened(&developer, "intro", 2, "");
    let other = opened(&developer, "intro", 3, "");
    let anna = build::person(&world.store, "Anna Alm", None);
    let client = world.sign_in(&anna);
    let missed = format!("/people/{}/missed", anna.id);
    // The day is two days ahead, closed for booking: the developer sets that aside.
    for path in [&day, &other] {
        let seat = [("wish", "exception"), ("whose", &*anna.email), ("reason", "Prov")];
        assert_eq!(developer.post(path, &seat).status, 303);
    }
    assert!(client.get(&day).text(".standing").contains("Avbokar du nu räknas det"));
    assert_eq!(wish(&client, &day, "leave"), 303);
    assert_eq!(client.get(&missed).texts(".facts dd"), ["0", "1"]);
    assert_eq!(decide(&developer, &[("late_hours", "0")]).status, 303);
    assert_eq!(client.get(&missed).texts(".facts dd"), ["0", "1"], "what was late stays late");
    assert!(client.get(&missed).text(".prose").contains("Ingen avbokning räknas som sen"));
    assert!(!client.get(&other).text(".standing").contains("Avbokar du"));
    assert_eq!(wish(&client, &other, "leave"), 303);
    assert_eq!(client.get(&missed).texts(".facts dd"), ["0", "1"]);
}

fn whoever_did_not_come_too_often_is_booked_by_the_manager(world: World) {
    let (developer, _) = ready(&world);
    let ward = build::unit(&world.store, "Avdelning Ett", None);
    let boss = build::person(&world.store, "Chefa Chefsson", Some(ward));
    build::manager(&world.store, ward, &boss);
    let anna = build::person(&world.store, "Anna Alm", Some(ward));
    build::role(&world.store, &anna, "deltagare");
    let (client, boss) = (world.sign_in(&anna), world.sign_in(&boss));
    let published = published(&world.store);
    // Once this year and once long ago.
    for ago in [30, 400] {
        let (past, _) = crate::attendance::given(&world.store, "modellen", &[ago]);
        let asking = Asking { by: None, reason: "", now: clock::now() - Days::new(500) };
        let place = Act::Place { person: anna.id };
        world.store.write(|conn| occasions::act(conn, &published, past, place, asking)).unwrap();
        let marks = [Mark { person: anna.id, attended: Some(false) }];
        attendance::mark(&world.store, &published, past, &marks, None, clock::now()).unwrap();
    }
    let (day, next) = (opened(&developer, "intro", 20, "5"), opened(&developer, "intro", 21, "5"));
    assert_eq!(decide(&developer, &[("no_shows", "2")]).status, 303);
    assert_eq!(wish(&client, &day, "seat"), 303, "what was long ago is forgotten");
    assert_eq!(decide(&developer, &[("no_shows", "1")]).status, 303);
    let swap = [("wish", "swap"), ("from", day.rsplit('/').next().unwrap())];
    assert_eq!(client.post(&next, &swap).status, 303, "a seat can be changed for another");
    assert_eq!(wish(&client, &next, "leave"), 303);
    let page = client.get(&day);
    assert!(page.text(".standing").contains("uteblivit en gång") && page.texts("button[value=seat]").is_empty());
    let refused = client.post(&day, &[("wish", "seat")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text(".alert").contains("Be din chef"));
    let plan = client.get("/plan");
    assert!(plan.text("#answer ~ .note").contains("Be din chef") && plan.texts("#answer ~ form").is_empty());
    let theirs = boss.get(&format!("/people/{}/plan", anna.id));
    assert_eq!(theirs.texts("#answer ~ form").len(), 1, "{}", theirs.body);
    assert_eq!(boss.post(&day, &[("wish", "seat"), ("whose", &anna.email)]).status, 303);
    assert_eq!(state(&client, &day), "Bokad plats");
}
