//! Occasions in several parts: planned, shown, booked, changed, and told part by part.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use varjedag::clock;
use varjedag::notices::kinds::{Change, Invitation, Notice};
use varjedag::occasions::store as rows;
use varjedag::store::schema::{bookings, outbox};
use varjedag::store::{Error, Store};

use super::{opened, ready, told, wish};
use crate::support::build::{self, Person};
use crate::support::{Client, World, on_both};

on_both![
    an_occasion_on_several_half_days_shows_all_of_them_everywhere,
    each_part_is_an_event_of_its_own_and_only_what_changes_is_told,
    the_day_between_two_half_days_is_free,
    one_more_part_is_asked_for_without_losing_what_was_typed,
    what_is_wrong_is_said_at_its_part,
    a_part_that_has_begun_stays_and_those_to_come_can_be_changed,
];

fn ahead(days: u64) -> String {
    (clock::today() + Days::new(days)).to_string()
}

/// The form's fields for half-days so many days ahead, in as many rooms.
fn halves<'a>(module: &'a str, days: &'a [String], rooms: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("module", module), ("seats", "12"), ("closes", "3")];
    for (day, room) in days.iter().zip(rooms) {
        fields.extend([("day", day.as_str()), ("starts", "08:30"), ("ends", "12:00"), ("place", room), ("link", "")]);
    }
    fields
}

fn open(developer: &Client, module: &str, days: &[String], rooms: &[&str]) -> String {
    let answer = developer.post("/occasions", &halves(module, days, rooms));
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

fn id(path: &str) -> i64 {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

/// The invitations queued for somebody, in order.
pub(super) fn invitations(store: &Store, person: &Person) -> Vec<Invitation> {
    let query = outbox::table.filter(outbox::person_id.eq(person.id)).order(outbox::id).select(outbox::payload);
    let texts: Vec<String> = store.read(|conn| Ok::<_, Error>(query.load(conn)?)).unwrap();
    let notices = texts.iter().map(|text| serde_json::from_str(text).expect("a notice"));
    let invitation = |notice| if let Notice::Invitation(invitation) = notice { Some(invitation) } else { None };
    notices.filter_map(invitation).collect()
}

fn an_occasion_on_several_half_days_shows_all_of_them_everywhere(world: World) {
    let (developer, _) = ready(&world);
    let path = open(&developer, "intro", &[ahead(20), ahead(27)], &["Sal Eken", "Sal Linden"]);
    let (page, list) = (developer.get(&path), developer.get("/occasions"));
    assert_eq!(page.texts(".halves li").len(), 2);
    for shown in [page.text(".halves"), list.text("tbody tr"), developer.get(&format!("{path}/attendance")).body] {
        assert!(shown.contains("Sal Eken") && shown.contains("Sal Linden"), "{shown}");
    }
    let module = developer.get("/curriculum/modules/intro").text("#occasions ~ ul");
    assert_eq!(module.matches("kl. 08.30").count(), 2, "{module}");
    let parts = world.store.read(|conn| rows::one_given(conn, id(&path))).unwrap().unwrap();
    assert_eq!((parts.occasion.starts_at, parts.occasion.ends_at), (parts.parts[0].starts_at, parts.parts[1].ends_at));
    assert_eq!(parts.parts.iter().map(|part| part.no).collect::<Vec<_>>(), [1, 2]);
    let form = developer.get(&format!("{path}/edit"));
    assert_eq!(form.attribute("#f-place-2", "value").as_deref(), Some("Sal Linden"));
}

fn each_part_is_an_event_of_its_own_and_only_what_changes_is_told(world: World) {
    let (developer, _) = ready(&world);
    let days = [ahead(20), ahead(27), ahead(34)];
    let rooms = ["Sal Eken"; 3];
    let path = open(&developer, "intro", &days, &rooms);
    let anna = build::person(&world.store, "Anna Alm", None);
    let client = world.sign_in(&anna);
    assert_eq!(wish(&client, &path, "seat"), 303);
    let invited = invitations(&world.store, &anna);
    let uids: BTreeSet<&str> = invited.iter().map(|invitation| invitation.occasion.uid.as_str()).collect();
    assert_eq!((invited.len(), uids.len()), (3, 3), "one event for each part");
    assert!(invited[1].occasion.title.ends_with("del 2 av 3"), "{}", invited[1].occasion.title);

    // The middle one moves, then goes, then another comes.
    let edit = |days: &[String]| {
        let answer = developer.post(&format!("{path}/edit"), &halves("intro", days, &rooms));
        assert_eq!(answer.status, 303, "{}", answer.body);
        let new: Vec<Invitation> = invitations(&world.store, &anna);
        new
    };
    let moved = edit(&[days[0].clone(), ahead(28), days[2].clone()]);
    assert_eq!(moved.len(), 4);
    assert_eq!((moved[3].change, &moved[3].occasion.uid), (Change::Moved, &invited[1].occasion.uid));
    assert!(moved[3].occasion.sequence > invited[1].occasion.sequence);
    assert_eq!(edit(&[days[0].clone(), ahead(28), days[2].clone()]).len(), 4, "the same again tells nobody");
    let gone = edit(&[days[0].clone(), days[2].clone()]);
    let news: Vec<_> = gone[4..].iter().map(|news| (news.change, &news.occasion.uid)).collect();
    let [first, middle, last] = [0, 1, 2].map(|part: usize| &invited[part].occasion.uid);
    assert_eq!(news, [(Change::Renumbered, first), (Change::Dropped, middle), (Change::Renumbered, last)]);
    assert!(gone[5].occasion.sequence > moved[3].occasion.sequence);
    assert!(
        gone[6].occasion.title.ends_with("del 2 av 2") && gone[6].occasion.starts_at == invited[2].occasion.starts_at
    );
    assert!(gone[6].occasion.sequence > invited[2].occasion.sequence, "calendars take the new name");
    assert_eq!(edit(&[days[0].clone(), days[2].clone()]).len(), 7, "the same again tells nobody");
    let added = edit(&[days[0].clone(), days[2].clone(), ahead(41)]);
    let news: Vec<_> = added[7..].iter().map(|news| (news.change, &*news.occasion.title)).collect();
    let title = |no: u32| format!("Introduktion, del {no} av 3");
    let expected = [(Change::Renumbered, title(1)), (Change::Renumbered, title(2)), (Change::New, title(3))];
    assert_eq!(news, expected.each_ref().map(|(change, title)| (*change, &**title)));
    assert!(!uids.contains(added[9].occasion.uid.as_str()), "what was cancelled never comes back under its old name");

    assert_eq!(wish(&client, &path, "leave"), 303);
    let left = invitations(&world.store, &anna);
    let cancelled: BTreeSet<&str> = left[10..].iter().map(|invitation| invitation.occasion.uid.as_str()).collect();
    let still: BTreeSet<&str> =
        [&invited[0], &invited[2], &added[9]].map(|invitation| invitation.occasion.uid.as_str()).into();
    assert_eq!(cancelled, still, "every part that stood in the calendar is taken out of it");
    assert_eq!(told(&world.store, &anna).len(), 13);
}

fn the_day_between_two_half_days_is_free(world: World) {
    let (developer, _) = ready(&world);
    let around = open(&developer, "modellen", &[ahead(20), ahead(27)], &["Sal Eken"; 2]);
    let (between, upon) = (opened(&developer, "samtal", 21, ""), opened(&developer, "intro", 27, ""));
    let anna = build::person(&world.store, "Anna Alm", None);
    build::achieved(&world.store, &anna, "intro");
    let client = world.sign_in(&anna);
    assert_eq!(wish(&client, &around, "seat"), 303);
    assert_eq!(wish(&client, &between, "seat"), 303, "the whole span would have been in the way");
    let refused = client.post(&upon, &[("wish", "seat")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text(".alert").contains("samma tid"));
}

fn one_more_part_is_asked_for_without_losing_what_was_typed(world: World) {
    let (developer, _) = ready(&world);
    let day = ahead(20);
    let mut fields = halves("intro", std::slice::from_ref(&day), &["Sal Eken"]);
    fields.push(("more", "1"));
    let page = developer.post("/occasions", &fields);
    assert_eq!((page.status, page.texts("fieldset.half").len()), (200, 2));
    let value = |selector: &str| page.attribute(selector, "value").unwrap_or_default();
    assert_eq!((value("#f-day"), value("#f-day-2")), (day, String::new()));
    assert_eq!((value("#f-ends-2"), value("#f-place-2")), ("12:00".into(), "Sal Eken".into()));
    assert!(developer.get("/occasions").texts("tbody tr").is_empty(), "nothing is opened by asking");
}

fn what_is_wrong_is_said_at_its_part(world: World) {
    let (developer, _) = ready(&world);
    let check = |second: &str, room: &str, field: &str, expected: &str| {
        let days = [ahead(20), second.to_owned()];
        let answer = developer.post("/occasions", &halves("intro", &days, &["Sal Eken", room]));
        assert_eq!(answer.status, 422, "{second}");
        assert!(answer.text(&format!("#e-{field}")).contains(expected), "{}", answer.body);
        assert!(answer.links("#errors a").iter().any(|(href, _)| *href == format!("#f-{field}")));
    };
    check("i morgon", "Sal Eken", "day-2", "år-månad-dag");
    check("2020-01-01", "Sal Eken", "day-2", "Dagen har varit");
    check(&ahead(27), "", "place-2", "var ni ses");
    check(&ahead(20), "Sal Eken", "day", "samtidigt");
}

fn a_part_that_has_begun_stays_and_those_to_come_can_be_changed(world: World) {
    let (developer, _) = ready(&world);
    let days = [ahead(20), ahead(27)];
    let path = open(&developer, "intro", &days, &["Sal Eken"; 2]);
    let anna = build::person(&world.store, "Anna Alm", None);
    assert_eq!(wish(&world.sign_in(&anna), &path, "seat"), 303);
    let yesterday: NaiveDate = clock::today() - Days::new(1);
    let begun = format!(
        "UPDATE occasion_parts SET starts_at = '{yesterday} 07:30:00', ends_at = '{yesterday} 11:00:00' WHERE no = 1"
    );
    build::execute(&world.store, &begun);
    build::execute(
        &world.store,
        &format!("UPDATE occasions SET starts_at = '{yesterday} 07:30:00' WHERE id = {}", id(&path)),
    );
    let form = developer.get(&format!("{path}/edit"));
    let first = ["day", "starts", "ends"].map(|field| form.attribute(&format!("#f-{field}"), "value").unwrap());
    let second = |day: &str| {
        let [on, from, to] = &first;
        let fields = [
            ("module", "intro"),
            ("seats", "12"),
            ("closes", ""),
            ("day", on),
            ("starts", from),
            ("ends", to),
            ("place", "Sal Eken"),
            ("link", ""),
            ("day", day),
            ("starts", "08:30"),
            ("ends", "12:00"),
            ("place", "Sal Eken"),
            ("link", ""),
        ];
        developer.post(&format!("{path}/edit"), &fields).status
    };
    assert_eq!(second(&ahead(28)), 303);
    let news = invitations(&world.store, &anna);
    assert_eq!((news.len(), news[2].change), (3, Change::Moved));
    let without_first = developer.post(&format!("{path}/edit"), &halves("intro", &[ahead(28)], &["Sal Eken"]));
    assert!(without_first.text("#errors").contains("har börjat"), "{}", without_first.body);
    let booked: i64 = world
        .store
        .read(|conn| Ok::<_, Error>(bookings::table.filter(bookings::state.eq("booked")).count().get_result(conn)?))
        .unwrap();
    assert_eq!(booked, 1);
    // What was marked is counted anew when the rest is taken away: who came to the first half has been to all of it.
    let mark = [("part", "1"), ("mark", &*format!("{}:present", anna.id))];
    assert_eq!(developer.post(&format!("{path}/attendance"), &mark).status, 303);
    let seat = || {
        let seats = world.store.read(|conn| rows::seats_of(conn, &[id(&path)])).unwrap();
        seats.iter().find(|(_, person, _)| *person == anna.id).expect("a seat").2.code()
    };
    assert_eq!(seat(), "booked");
    let [on, from, to] = &first;
    let fields = [("module", "intro"), ("seats", "12"), ("closes", ""), ("day", on), ("starts", from), ("ends", to)];
    let only_first = [&fields[..], &[("place", "Sal Eken"), ("link", "")]].concat();
    let fewer = developer.post(&format!("{path}/edit"), &only_first);
    assert_eq!((fewer.status, seat()), (303, "attended"), "{}", fewer.body);
}
