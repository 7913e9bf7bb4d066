//! Who was there: tapped, sent late and twice, corrected, read in, part by part.

use chrono::{Days, Duration, NaiveDateTime};
use diesel::prelude::*;
use serde_json::{Value, json};
use varjedag::attendance::service::{self as attendance, Mark};
use varjedag::clock;
use varjedag::occasions::life::Act;
use varjedag::occasions::parts::Sitting;
use varjedag::occasions::service::{self as occasions, Asking};
use varjedag::occasions::store::{self as rows, NewOccasion};
use varjedag::store::schema::{outbox, part_marks};
use varjedag::store::{Error, Store};
use varjedag::versions::published::Shelf;

use crate::support::build::{self, Person};
use crate::support::{Answer, Client, World, on_both};

mod door;
mod lists;
mod over;
mod phone;
mod slips;

on_both![
    a_tap_marks_without_a_script_and_the_list_is_searched,
    the_same_mark_sent_twice_marks_once,
    a_late_mark_that_another_has_overtaken_is_told_and_kept_as_history,
    nobody_marks_themselves_or_where_they_do_not_lead,
    a_correction_takes_the_achievement_back_tells_once_and_shows_its_reason,
    a_missed_half_day_is_taken_at_another_occasion,
    whoever_came_without_a_seat_is_added,
    whoever_came_without_a_seat_is_invited_to_what_is_still_to_come,
    two_trainers_mark_the_same_people_at_the_same_moment,
    what_somebody_missed_is_counted_for_those_who_may_see_it,
    one_rates_oneself_before_and_after_and_only_five_are_told_together,
];

/// A developer, and an occasion of `module` whose parts were so many days ago.
pub(crate) struct Stage {
    pub trainer: Client,
    pub developer: Person,
    pub occasion: i64,
    /// Of the parts, in their order.
    pub parts: Vec<i64>,
    /// Of its attendance.
    pub path: String,
}

pub(crate) fn stage(world: &World, module: &str, ago: &[u64]) -> Stage {
    build::publish_small(&world.store);
    let developer = build::person(&world.store, "Ute Utvecklare", None);
    build::hat(&world.store, "developer", &developer);
    let (occasion, parts) = given(&world.store, module, ago);
    let path = format!("/occasions/{occasion}/attendance");
    Stage { trainer: world.sign_in(&developer), developer, occasion, parts, path }
}

/// An occasion with its parts, each so many days ago at this hour; their ids.
pub(crate) fn given(store: &Store, module: &str, ago: &[u64]) -> (i64, Vec<i64>) {
    let sitting = |days: &u64| {
        let starts_at = clock::now() - Days::new(*days) - Duration::minutes(30);
        let ends_at = starts_at + Duration::hours(1);
        Sitting { starts_at, ends_at, place: "Salen".into(), link: String::new() }
    };
    let sittings: Vec<Sitting> = ago.iter().map(sitting).collect();
    let uid = format!("prov-{}", varjedag::accounts::secret::new());
    let details = rows::Details {
        seats: None,
        minimum: 0,
        closes_at: None,
        language: "sv".into(),
        edition_id: None,
        kept_unit: None,
        kept_role: None,
    };
    let new = NewOccasion { meeting: None, module, uid: &uid, sequence: 0, opened_by: None, details };
    store
        .write(|conn| {
            let id = rows::insert_occasion(conn, &new, &sittings)?;
            let parts = rows::parts(conn, id)?.iter().map(|part| part.id).collect();
            Ok::<_, Error>((id, parts))
        })
        .unwrap()
}

/// Somebody with a seat at the occasions.
pub(crate) fn seated(store: &Store, name: &str, at: &[i64]) -> Person {
    let person = build::person(store, name, None);
    let published = Shelf::default().current(store).unwrap().expect("it was published");
    for occasion in at {
        let asking = Asking { by: None, reason: "", now: clock::now() - Days::new(60) };
        let act = Act::Place { person: person.id };
        store.write(|conn| occasions::act(conn, &published, *occasion, act, asking)).unwrap();
    }
    person
}

/// A tap as the script sends it; `ago` in seconds.
fn tap(key: &str, person: &Person, part: i64, state: &str, ago: u64) -> Value {
    json!({ "key": format!("telephone-{key}"), "person": person.id, "part": part, "state": state, "ago": ago * 1000 })
}

fn send(client: &Client, stage: &Stage, taps: &[Value]) -> Answer {
    client.post(&format!("{}/marks", stage.path), &[("marks", &Value::from(taps.to_vec()).to_string())])
}

/// The outcome of one tap.
fn sent(client: &Client, stage: &Stage, tap: Value) -> Value {
    let answer = send(client, stage, &[tap]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["answers"][0].clone()
}

pub(crate) fn count(store: &Store, person: &Person) -> i64 {
    let rows = part_marks::table.filter(part_marks::person_id.eq(person.id)).count();
    store.read(|conn| Ok::<_, Error>(rows.get_result(conn)?)).unwrap()
}

/// Kinds of mail queued for somebody, in order.
pub(crate) fn told(store: &Store, person: &Person) -> Vec<String> {
    let query = outbox::table.filter(outbox::person_id.eq(person.id)).order(outbox::id).select(outbox::kind);
    let kinds: Vec<String> = store.read(|conn| Ok::<_, Error>(query.load(conn)?)).unwrap();
    kinds.into_iter().filter(|kind| kind != "invitation" && kind != "reminder").collect()
}

/// The days on which somebody has a module, as the record says today.
pub(crate) fn has(store: &Store, person: &Person, module: &str) -> usize {
    let rows = store.read(|conn| varjedag::learning::store::standing_of(conn, person.id, module)).unwrap();
    rows.len()
}

/// All that is due by then goes out.
pub(crate) fn mails_are_sent(store: &Store, by: NaiveDateTime) {
    let due = outbox::table.filter(outbox::state.eq("waiting")).filter(outbox::not_before.le(by));
    store.write(|conn| Ok::<_, Error>(diesel::update(due).set(outbox::state.eq("sent")).execute(conn)?)).unwrap();
}

fn state(client: &Client, stage: &Stage, person: &Person) -> String {
    let page = client.get(&stage.path);
    page.attribute(&format!("#p{}", person.id), "data-state").unwrap_or_default()
}

fn a_tap_marks_without_a_script_and_the_list_is_searched(world: World) {
    let stage = stage(&world, "modellen", &[1]);
    let people: Vec<Person> =
        (0..9).map(|n| seated(&world.store, &format!("Prov {n} Åberg"), &[stage.occasion])).collect();
    let mark = |what: &str| stage.trainer.post(&stage.path, &[("part", "1"), ("mark", what)]);
    let first = mark(&format!("{}:present", people[0].id));
    assert_eq!((first.status, first.header("location")), (303, &*format!("{}?part=1#p{}", stage.path, people[0].id)));
    assert_eq!(mark(&format!("{}:absent", people[1].id)).status, 303);
    assert_eq!(mark(&format!("{}:absent", people[2].id)).status, 303);
    assert_eq!(mark(&format!("{}:none", people[2].id)).status, 303);
    assert_eq!(stage.trainer.get(&stage.path).text("#tally"), "1 här 1 borta 7 ej markerade");
    assert_eq!(has(&world.store, &people[0], "modellen"), 1);
    let found = stage.trainer.get(&format!("{}?q=prov+3", stage.path));
    assert_eq!(found.texts(".roll__who a"), ["Allt som markerats för Prov 3 Åberg"]);
    assert_eq!(found.text("#tally"), "1 här 1 borta 7 ej markerade", "all of them are counted");
    let sought = [("part", "1"), ("q", "prov 3"), ("mark", "rest:present")];
    assert_eq!(stage.trainer.post(&stage.path, &sought).status, 303);
    assert_eq!(stage.trainer.get(&stage.path).text("#tally"), "2 här 1 borta 6 ej markerade", "those who are shown");
    assert_eq!(mark("rest:present").status, 303);
    assert_eq!(stage.trainer.get(&stage.path).text("#tally"), "8 här 1 borta 0 ej markerade");
    assert_eq!(mark("nobody:present").status, 400);
    assert_eq!(mark(&format!("{}:perhaps", people[0].id)).status, 400);
}

fn the_same_mark_sent_twice_marks_once(world: World) {
    let stage = stage(&world, "modellen", &[0]);
    let anna = seated(&world.store, "Anna Alm", &[stage.occasion]);
    let one = tap("1", &anna, stage.parts[0], "present", 60);
    for _ in 0..3 {
        assert_eq!(sent(&stage.trainer, &stage, one.clone())["state"], "present");
    }
    let both = send(&stage.trainer, &stage, &[one.clone(), one.clone(), tap("2", &anna, stage.parts[0], "absent", 5)]);
    assert_eq!(both.json()["answers"].as_array().map(Vec::len), Some(3));
    assert_eq!((count(&world.store, &anna), state(&stage.trainer, &stage, &anna)), (2, "absent".into()));
    assert_eq!(sent(&stage.trainer, &stage, one)["state"], "absent", "an old one again changes nothing");
    assert_eq!(count(&world.store, &anna), 2);
    assert!(told(&world.store, &anna).is_empty(), "it was taken back before anybody was told");
    let wrong = |marks: &str| stage.trainer.post(&format!("{}/marks", stage.path), &[("marks", marks)]).status;
    assert_eq!((wrong("[]"), wrong("{"), wrong(r#"[{"key":"x"}]"#)), (200, 400, 400));
}

fn a_late_mark_that_another_has_overtaken_is_told_and_kept_as_history(world: World) {
    let stage = stage(&world, "modellen", &[0]);
    let anna = seated(&world.store, "Anna Alm", &[stage.occasion]);
    let colleague = build::person(&world.store, "Kim Kollega", None);
    build::hat(&world.store, "developer", &colleague);
    let other = world.sign_in(&colleague);
    assert_eq!(sent(&other, &stage, tap("1", &anna, stage.parts[0], "absent", 60))["told"], Value::Null);
    let late = sent(&stage.trainer, &stage, tap("1", &anna, stage.parts[0], "present", 600));
    assert_eq!(late["state"], "absent", "the last mark by the marker's own time counts");
    assert!(late["told"].as_str().unwrap().contains("Anna Alm: Kim Kollega markerade Borta efter dig"), "{late}");
    let then = sent(&stage.trainer, &stage, tap("2", &anna, stage.parts[0], "present", 5));
    assert!(then["told"].as_str().unwrap().contains("Kim Kollega hade markerat Borta"), "{then}");
    assert_eq!(count(&world.store, &anna), 3, "keys are each marker's own");
    let history = stage.trainer.get(&format!("{}/{}", stage.path, anna.id));
    assert_eq!(history.texts(".band .rows li").len(), 3);
    assert!(history.text(".band .rows li").contains("räknas"));
    // A clock that shows another century moves nothing out of reach.
    let old = sent(&stage.trainer, &stage, tap("3", &anna, stage.parts[0], "absent", 9_000_000_000));
    assert_eq!(old["state"], "present");
}

fn nobody_marks_themselves_or_where_they_do_not_lead(world: World) {
    let stage = stage(&world, "modellen", &[0]);
    let anna = seated(&world.store, "Anna Alm", &[stage.occasion]);
    let client = world.sign_in(&anna);
    assert_eq!(client.get(&stage.path).status, 404);
    assert_eq!(client.post(&stage.path, &[("part", "1"), ("mark", "rest:present")]).status, 404);
    assert_eq!(send(&client, &stage, &[tap("1", &anna, stage.parts[0], "present", 1)]).status, 404);
    assert_eq!(client.get(&format!("{}/import", stage.path)).status, 404);
    let oneself = format!("{}:present", stage.developer.id);
    assert_eq!(stage.trainer.post(&stage.path, &[("part", "1"), ("mark", &oneself)]).status, 409);
    let mine = tap("1", &stage.developer, stage.parts[0], "present", 1);
    assert_eq!(sent(&stage.trainer, &stage, mine)["state"], "none");
    let elsewhere = given(&world.store, "modellen", &[0]).1[0];
    assert_eq!(send(&stage.trainer, &stage, &[tap("1", &anna, elsewhere, "present", 1)]).status, 404);
    assert_eq!(count(&world.store, &anna), 0);
    let own = client.get(&format!("{}/{}", stage.path, anna.id));
    assert_eq!((own.status, own.texts("#correct").len()), (200, 0), "one reads one's own");
    let stranger = world.sign_in(&build::person(&world.store, "Någon Annan", None));
    assert_eq!(stranger.get(&format!("{}/{}", stage.path, anna.id)).status, 404);
}

fn a_correction_takes_the_achievement_back_tells_once_and_shows_its_reason(world: World) {
    let stage = stage(&world, "modellen", &[1]);
    let anna = seated(&world.store, "Anna Alm", &[stage.occasion]);
    build::role(&world.store, &anna, "deltagare");
    let client = world.sign_in(&anna);
    let present = format!("{}:present", anna.id);
    assert_eq!(stage.trainer.post(&stage.path, &[("part", "1"), ("mark", &present)]).status, 303);
    mails_are_sent(&world.store, clock::now() + Duration::minutes(6));
    let standing = || client.get("/curriculum/modules/modellen").text(".standing .state");
    assert!(standing().starts_with("Klar"), "{}", standing());
    let page = format!("{}/{}", stage.path, anna.id);
    let correct = |reason: &str| stage.trainer.post(&page, &[("part", "1"), ("state", "absent"), ("reason", reason)]);
    let bare = correct(" ");
    assert_eq!(bare.status, 422);
    assert!(bare.text("#errors").contains("varför"), "{}", bare.body);
    assert_eq!(correct("Gick efter en kvart").status, 303);
    assert_eq!(correct("Gick efter en kvart").status, 303, "the same again tells nobody");
    assert_eq!(told(&world.store, &anna), ["achieved", "taken_back"]);
    let shown = client.get(&page);
    assert!(shown.text(".band .rows li").contains("Skäl: Gick efter en kvart"), "{}", shown.body);
    assert!(shown.text(".band .rows li").contains("Ute Utvecklare"));
    assert_eq!(has(&world.store, &anna, "modellen"), 0);
    assert!(!standing().starts_with("Klar"), "the path follows at once: {}", standing());
    assert_eq!(client.post(&page, &[("part", "1"), ("state", "present"), ("reason", "Jo")]).status, 404);
}

fn a_missed_half_day_is_taken_at_another_occasion(world: World) {
    let stage = stage(&world, "modellen", &[9, 2]);
    let (again, parts) = given(&world.store, "modellen", &[8, 1]);
    let anna = seated(&world.store, "Anna Alm", &[stage.occasion, again]);
    let mark = |at: i64, part: &str, what: &str| {
        let what = format!("{}:{what}", anna.id);
        let answer = stage.trainer.post(&format!("/occasions/{at}/attendance"), &[("part", part), ("mark", &what)]);
        assert_eq!(answer.status, 303, "{}", answer.body);
    };
    mark(stage.occasion, "1", "present");
    assert_eq!(has(&world.store, &anna, "modellen"), 0, "half is not all");
    mark(stage.occasion, "2", "absent");
    assert_eq!(has(&world.store, &anna, "modellen"), 0);
    mark(again, "2", "present");
    assert_eq!((has(&world.store, &anna, "modellen"), parts.len()), (1, 2), "the second half with others");
    mark(stage.occasion, "1", "absent");
    assert_eq!(has(&world.store, &anna, "modellen"), 0, "both halves are needed");
    let seats = (seat(&world.store, stage.occasion, &anna), seat(&world.store, again, &anna));
    assert_eq!(seats, ("absent", "booked"));
}

fn whoever_came_without_a_seat_is_added(world: World) {
    let stage = stage(&world, "modellen", &[1]);
    let bo = build::person(&world.store, "Bo Utan", None);
    let add = |whose: &str| stage.trainer.post(&stage.path, &[("part", "1"), ("mark", "add"), ("whose", whose)]);
    assert!(add("").text("#errors").contains("Skriv"));
    assert_eq!(add("ingen@exempel.invalid").status, 422);
    assert_eq!(add(&bo.email).status, 303);
    assert_eq!((state(&stage.trainer, &stage, &bo), has(&world.store, &bo, "modellen")), ("present".into(), 1));
    // It was somebody else: whoever was added by mistake has neither a seat nor missed anything.
    let missed = format!("/people/{}/missed", bo.id);
    for wrong in ["none", "absent"] {
        let mark = format!("{}:{wrong}", bo.id);
        assert_eq!(stage.trainer.post(&stage.path, &[("part", "1"), ("mark", &mark)]).status, 303);
        assert_eq!((seat(&world.store, stage.occasion, &bo), has(&world.store, &bo, "modellen")), ("cancelled", 0));
        assert_eq!(stage.trainer.get(&missed).texts(".facts dd")[0], "0", "{wrong}");
    }
}

fn whoever_came_without_a_seat_is_invited_to_what_is_still_to_come(world: World) {
    let stage = stage(&world, "modellen", &[0]);
    let tomorrow = (clock::now() + Days::new(1)).format("%Y-%m-%d %H:%M:%S");
    let second = format!(
        "INSERT INTO occasion_parts (occasion_id, no, starts_at, ends_at, place, link, uid, sequence) \
         VALUES ({}, 2, '{tomorrow}', '{tomorrow}', 'Salen', '', 'prov-andra', 0)",
        stage.occasion
    );
    build::execute(&world.store, &second);
    build::execute(&world.store, &format!("UPDATE occasions SET ends_at = '{tomorrow}' WHERE id = {}", stage.occasion));
    let bo = build::person(&world.store, "Bo Utan", None);
    let add = [("part", "1"), ("mark", "add"), ("whose", &*bo.email)];
    assert_eq!(stage.trainer.post(&stage.path, &add).status, 303);
    assert_eq!(seat(&world.store, stage.occasion, &bo), "booked");
    let told = outbox::table.filter(outbox::kind.eq("invitation")).filter(outbox::person_id.eq(bo.id));
    let told: Vec<String> = world.store.read(|conn| Ok::<_, Error>(told.select(outbox::payload).load(conn)?)).unwrap();
    assert!(told.len() == 1 && told[0].contains("prov-andra"), "{told:?}");
}

fn seat(store: &Store, occasion: i64, person: &Person) -> &'static str {
    let seats = store.read(|conn| rows::seats_of(conn, &[occasion])).unwrap();
    seats.iter().find(|(_, id, _)| *id == person.id).expect("something has happened").2.code()
}

fn two_trainers_mark_the_same_people_at_the_same_moment(world: World) {
    let stage = stage(&world, "modellen", &[1]);
    let people: Vec<Person> = (0..12).map(|n| seated(&world.store, &format!("Prov {n}"), &[stage.occasion])).collect();
    let published = Shelf::default().current(&world.store).unwrap().unwrap();
    let marks: Vec<Mark> = people.iter().map(|person| Mark { person: person.id, attended: Some(true) }).collect();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let now: NaiveDateTime = clock::now();
                attendance::mark(&world.store, &published, stage.occasion, &marks, None, now).unwrap()
            });
        }
    });
    for person in &people {
        assert_eq!((count(&world.store, person), has(&world.store, person, "modellen")), (1, 1));
        assert_eq!(told(&world.store, person), ["achieved"]);
    }
}

fn what_somebody_missed_is_counted_for_those_who_may_see_it(world: World) {
    let stage = stage(&world, "modellen", &[1]);
    let ward = build::unit(&world.store, "Avdelning Ett", None);
    let boss = build::person(&world.store, "Chefa Chefsson", Some(ward));
    build::manager(&world.store, ward, &boss);
    let anna = build::person(&world.store, "Anna Alm", Some(ward));
    let published = Shelf::default().current(&world.store).unwrap().unwrap();
    let act = |occasion: i64, act: Act, days: u64| {
        let asking = Asking { by: None, reason: "", now: clock::now() - Days::new(days) };
        world.store.write(|conn| occasions::act(conn, &published, occasion, act, asking)).unwrap();
    };
    let person = anna.id;
    act(stage.occasion, Act::Place { person }, 60);
    // Two days before its day, and ten days before another's.
    let (late, early) = (given(&world.store, "modellen", &[10]).0, given(&world.store, "modellen", &[10]).0);
    for (occasion, left) in [(late, 12), (early, 20)] {
        act(occasion, Act::Place { person }, 60);
        act(occasion, Act::Leave { person, own: true }, left);
    }
    let absent = format!("{person}:absent");
    assert_eq!(stage.trainer.post(&stage.path, &[("part", "1"), ("mark", &absent)]).status, 303);
    let page = format!("/people/{person}/missed");
    for reader in [&world.sign_in(&anna), &world.sign_in(&boss), &stage.trainer] {
        assert_eq!(reader.get(&page).texts(".facts dd"), ["1", "1"]);
        assert_eq!(reader.get(&page).texts(".rows .state"), ["Kom inte", "Avbokade sent"]);
    }
    assert!(stage.trainer.get(&format!("/occasions/{late}/attendance")).text("#tally").contains("1 avbokade sent"));
    let stranger = world.sign_in(&build::person(&world.store, "Någon Annan", None));
    assert_eq!(stranger.get(&page).status, 404);
    let present = [("part", "1"), ("state", "present"), ("reason", "Satt längst bak")];
    assert_eq!(stage.trainer.post(&format!("{}/{person}", stage.path), &present).status, 303);
    assert_eq!(stage.trainer.get(&page).texts(".facts dd"), ["0", "1"], "what was corrected is not counted");
}

fn one_rates_oneself_before_and_after_and_only_five_are_told_together(world: World) {
    let stage = stage(&world, "modellen", &[1]);
    let page = "/curriculum/modules/modellen/rating";
    let people: Vec<Person> = (0..5).map(|n| seated(&world.store, &format!("Prov {n}"), &[stage.occasion])).collect();
    let clients: Vec<Client> = people.iter().map(|person| world.sign_in(person)).collect();
    assert!(clients[0].get("/curriculum/modules/modellen").links("#outcomes ~ p a").iter().any(|(to, _)| to == page));
    let rate = |client: &Client, value: &str| client.post(page, &[("o0", value)]).status;
    assert_eq!((rate(&clients[0], "6"), clients[0].post(page, &[("o9", "3")]).status), (400, 400));
    assert_eq!(clients[0].post(page, &[]).status, 422);
    clients.iter().for_each(|client| assert_eq!(rate(client, "2"), 303));
    assert_eq!(rate(&clients[0], "1"), 303, "one may think again");
    assert!(clients[0].get(page).text(".prose").contains("innan modulen"));
    assert_eq!(stage.trainer.post(&stage.path, &[("part", "1"), ("mark", "rest:present")]).status, 303);
    assert!(clients[0].get(page).text(".prose").contains("efter modulen"));
    clients.iter().take(4).for_each(|client| assert_eq!(rate(client, "4"), 303));
    assert!(clients[0].get(page).text("#change ~ ul").contains("Från 1 till 4"));
    let told = |client: &Client| client.get(page).text("#change ~ ul");
    assert!(told(&stage.trainer).contains("Färre än 5"), "{}", told(&stage.trainer));
    assert_eq!(rate(&clients[4], "5"), 303);
    assert!(told(&stage.trainer).contains("5 personer: i snitt 1,8 före och 4,2 efter"), "{}", told(&stage.trainer));
    assert!(!told(&clients[0]).contains("personer"), "only for whoever designs");
    assert_eq!(has(&world.store, &people[0], "modellen"), 1, "it is never counted");
}
