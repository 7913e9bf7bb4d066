//! What is one person's own: the path in the morning with its answers, and the calendar that a link leads to.

use chrono::{Days, Duration};
use diesel::prelude::*;
use icalendar::{Calendar, Component, EventStatus};
use varjedag::clock;
use varjedag::curriculum::model::Language;
use varjedag::store::schema::{calendar_links, occasion_parts, occasions, outbox, wanted_days};
use varjedag::store::{Error, Store};
use varjedag::words;

use crate::support::build::{self, Person};
use crate::support::{Answer, Ask, Client, World, on_both};

on_both![
    the_page_says_when_each_piece_is_given_and_books_it_without_being_left,
    a_seat_that_is_offered_waits_for_its_answer_on_the_page,
    whoever_finds_no_day_says_so_and_the_developer_sees_it_until_there_is_a_seat,
    what_a_piece_opens_is_told_with_what_it_needs_besides,
    a_calendar_link_shows_ones_days_and_nobody_elses,
    a_calendar_link_is_renewed_ended_and_dies_with_the_account,
    the_calendar_says_the_same_sequence_as_the_mails_and_shows_what_one_leads,
    days_called_off_and_given_back_stay_cancelled_in_the_calendar_for_a_while,
    what_to_read_before_the_next_day_and_after_the_last_stands_on_the_path_and_the_modules_page,
    a_course_that_goes_on_is_shown_by_its_next_part,
    what_runs_out_soon_says_what_to_do,
];

fn ready(world: &World) -> (Client, Client, Person) {
    build::publish_small(&world.store);
    let developer = build::person(&world.store, "Ute Utvecklare", None);
    build::hat(&world.store, "developer", &developer);
    let pia = build::person(&world.store, "Pia Provsson", None);
    (world.sign_in(&developer), world.sign_in(&pia), pia)
}

/// Opens a day of a module so many days ahead and returns its path.
fn opened(developer: &Client, module: &str, ahead: u64, seats: &str) -> String {
    let day = (clock::today() + Days::new(ahead)).to_string();
    let fields = [
        ("module", module),
        ("day", &day),
        ("starts", "08:30"),
        ("ends", "16:30"),
        ("place", "Provsalen"),
        ("seats", seats),
        ("closes", "3"),
        ("times", "1"),
    ];
    let answer = developer.post("/occasions", &fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

fn the_page_says_when_each_piece_is_given_and_books_it_without_being_left(world: World) {
    let (developer, pia, person) = ready(&world);
    build::role(&world.store, &person, "deltagare");
    let (intro, model) = (opened(&developer, "intro", 20, "12"), opened(&developer, "modellen", 30, "12"));
    let page = pia.get("/");
    assert!(page.text("#bit-intro .given").contains("12 platser kvar"), "{}", page.body);
    assert!(page.text("#bit-modellen .given").contains("Först behövs M1"), "{}", page.body);
    assert!(page.texts("#bit-modellen .given button").is_empty());
    assert!(page.text("#bit-kartlagga").contains("Just nu finns ingen dag att boka"));
    let booked = pia.post(&intro, &[("wish", "seat"), ("back", "true")]);
    assert_eq!((booked.status, booked.header("location")), (303, "/"));
    let page = pia.get("/");
    assert!(
        page.text("h1").starts_with("Nästa: Introduktion") && page.text("h1").contains("Provsalen"),
        "{}",
        page.text("h1")
    );
    assert!(page.text("#bit-intro").contains("Plats är bokad"));
    assert_eq!(page.texts(&format!("#bit-modellen form[action='{model}'] button")).len(), 1, "a booked day counts");
}

fn a_seat_that_is_offered_waits_for_its_answer_on_the_page(world: World) {
    let (developer, pia, _) = ready(&world);
    let day = opened(&developer, "intro", 20, "1");
    let other = world.sign_in(&build::person(&world.store, "Anna Alm", None));
    assert_eq!(other.post(&day, &[("wish", "seat")]).status, 303);
    assert_eq!(pia.post(&day, &[("wish", "seat")]).status, 303);
    assert!(pia.get("/").text("#waits + ul").contains("Från andra: du väntar på en plats på Introduktion"));
    assert!(pia.get("/").text("#bit-intro .given").contains("Du står i kö"));
    assert_eq!(other.post(&day, &[("wish", "leave")]).status, 303);
    let page = pia.get("/");
    assert!(page.texts("#bit-intro .given button").is_empty(), "nobody asks for what is offered");
    let waits = page.text("#waits + ul");
    assert!(waits.contains("Från dig: en plats på Introduktion är ledig") && waits.contains("Svara senast"), "{waits}");
    let taken = pia.post(&day, &[("wish", "take"), ("back", "true")]);
    assert_eq!((taken.status, taken.header("location")), (303, "/"));
    assert!(pia.get("/").texts("#waits").is_empty());
}

fn whoever_finds_no_day_says_so_and_the_developer_sees_it_until_there_is_a_seat(world: World) {
    let (developer, pia, person) = ready(&world);
    let want = |wanted| pia.post("/curriculum/modules/intro/want", &[("wanted", wanted)]);
    assert_eq!((want("true").status, want("true").header("location")), (303, "/#bit-intro"));
    assert!(pia.get("/").text("#bit-intro").contains("Du har sagt att du vill ha en dag"));
    assert!(developer.get("/occasions").text("#wanted ~ ul").contains("En person väntar"));
    assert!(pia.get("/occasions").texts("#wanted").is_empty(), "only for who plans");
    assert_eq!(pia.post("/curriculum/modules/nothing/want", &[("wanted", "true")]).status, 404);
    want("false");
    assert!(developer.get("/occasions").texts("#wanted").is_empty());
    want("true");
    let day = opened(&developer, "intro", 20, "5");
    assert_eq!(pia.post(&day, &[("wish", "seat")]).status, 303);
    assert_eq!(wishes(&world.store, &person), 0, "a seat answers the wish");
}

fn wishes(store: &Store, person: &Person) -> i64 {
    let rows = wanted_days::table.filter(wanted_days::person_id.eq(person.id)).count();
    store.read(|conn| Ok::<_, Error>(rows.get_result(conn)?)).unwrap()
}

fn what_a_piece_opens_is_told_with_what_it_needs_besides(world: World) {
    let (_, pia, person) = ready(&world);
    build::role(&world.store, &person, "deltagare");
    let page = pia.get("/");
    assert_eq!(page.texts("#bit-intro .coded li"), ["M2 Förbättringsmodellen"]);
    assert!(page.text("#bit-kartlagga").contains("Ingen annan bit på vägen väntar på den"), "{}", page.body);
}

/// Makes a link by the page's button and returns its path.
fn link(client: &Client) -> String {
    let page = client.post("/me/calendar", &[("wish", "make")]);
    assert_eq!(page.status, 200, "{}", page.body);
    let address = page.attribute("#address", "value").expect("an address");
    address[address.find("/calendar/").expect("a path")..].to_owned()
}

fn calendar(answer: &Answer) -> Calendar {
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert!(answer.body.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{}", answer.body);
    answer.body.parse().expect("a calendar")
}

fn a_calendar_link_shows_ones_days_and_nobody_elses(world: World) {
    let (developer, pia, person) = ready(&world);
    let edition = build::edition(&world.store, &[&person]);
    let (intro, model) = (opened(&developer, "intro", 20, "1"), opened(&developer, "modellen", 30, "9"));
    let other = world.sign_in(&build::person(&world.store, "Anna Alm", None));
    assert_eq!(other.post(&intro, &[("wish", "seat")]).status, 303);
    assert_eq!(pia.post(&intro, &[("wish", "seat")]).status, 303);
    assert_eq!(other.post(&intro, &[("wish", "leave")]).status, 303);
    assert_eq!(pia.post(&model, &[("wish", "seat")]).status, 422, "what comes first is only offered");
    let path = link(&pia);
    let answer = world.client().get(&path);
    assert!(answer.header("cache-control").starts_with("private"));
    let calendar = calendar(&answer);
    let events: Vec<_> = calendar.events().collect();
    let with = |uid: &str| events.iter().find(|event| event.get_uid().is_some_and(|own| own.starts_with(uid)));
    let offered = events.iter().find(|event| event.get_status() == Some(EventStatus::Tentative)).expect("the offer");
    assert!(offered.get_summary().unwrap().contains("Introduktion"));
    let parts = occasion_parts::table.inner_join(occasions::table).filter(occasions::module.eq("intro"));
    let uid: String = world.store.read(|conn| Ok::<_, Error>(parts.select(occasion_parts::uid).first(conn)?)).unwrap();
    assert!(offered.get_uid().unwrap().starts_with(&format!("{uid}@")), "the uid of the invitation");
    let stone = with(&format!("milestone-{}-mal", edition.id)).expect("the milestone");
    assert_eq!(stone.get_summary(), Some("Milstolpe: Mål satt"));
    assert!(stone.property_value("DTSTART").is_some_and(|day| day.len() == 8));
    assert!(with(&format!("due-{}-", person.id)).is_some(), "{}", answer.body);
    let empty = world.client().get(&link(&other));
    assert!(!empty.body.contains("TENTATIVE") && !empty.body.contains("milestone-"), "{}", empty.body);
    // Whoever has it already is told so.
    let tag = answer.header("etag").to_owned();
    let again = world.client().send(Ask::get(&path).header("if-none-match", &tag));
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert!(!pia.get("/me/calendar").body.contains(&path), "it is shown once");
    assert!(pia.get("/me/calendar").text("dl").contains("Hämtades senast"));
}

fn a_calendar_link_is_renewed_ended_and_dies_with_the_account(world: World) {
    let (_, pia, person) = ready(&world);
    let status = |path: &str| world.client().get(path).status;
    let first = link(&pia);
    let second = link(&pia);
    assert_eq!((status(&first), status(&second)), (404, 200));
    let kept: String = world
        .store
        .read(|conn| Ok::<_, Error>(calendar_links::table.select(calendar_links::secret_hash).first(conn)?))
        .unwrap();
    assert!(!second.contains(&kept), "only a hash is kept");
    assert_eq!(pia.post("/me/calendar", &[("wish", "end")]).status, 303);
    assert_eq!(status(&second), 404);
    let third = link(&pia);
    build::disable(&world.store, &person, clock::now());
    assert_eq!(status(&third), 404);
}

fn the_calendar_says_the_same_sequence_as_the_mails_and_shows_what_one_leads(world: World) {
    let (developer, pia, person) = ready(&world);
    let day = opened(&developer, "intro", 20, "5");
    for wish in ["seat", "leave", "seat"] {
        assert_eq!(pia.post(&day, &[("wish", wish)]).status, 303);
    }
    let told = outbox::table.filter(outbox::kind.eq("invitation")).filter(outbox::person_id.eq(person.id));
    let told = told.order(outbox::id.desc()).select(outbox::payload);
    let told: String = world.store.read(|conn| Ok::<_, Error>(told.first(conn)?)).unwrap();
    let told: serde_json::Value = serde_json::from_str(&told).expect("an invitation");
    let shown = calendar(&world.client().get(&link(&pia)));
    let seat = shown.events().find(|event| event.get_status() == Some(EventStatus::Confirmed)).expect("the seat");
    assert_eq!(seat.property_value("SEQUENCE"), Some(&*told["occasion"]["sequence"].to_string()));
    assert_ne!(seat.property_value("SEQUENCE"), Some("0"));
    // A coach who leads the day has it too, as another event.
    let coach = build::person(&world.store, "Cia Coach", None);
    build::hat(&world.store, "coach", &coach);
    let led = format!(
        "INSERT INTO occasion_trainers (occasion_id, person_id, name) SELECT id, {}, 'Cia Coach' FROM occasions",
        coach.id
    );
    build::execute(&world.store, &led);
    let cia = world.sign_in(&coach);
    let shown = calendar(&world.client().get(&link(&cia)));
    let leads = shown.events().find(|event| event.get_summary() == Some("Du leder: Introduktion")).expect("the day");
    assert!(leads.get_uid().is_some_and(|uid| uid.contains(".trainer@")), "{:?}", leads.get_uid());
}

fn days_called_off_and_given_back_stay_cancelled_in_the_calendar_for_a_while(world: World) {
    let (developer, pia, person) = ready(&world);
    let days = [20, 21, 22].map(|ahead| opened(&developer, "intro", ahead, "5"));
    for day in &days {
        let seat = [("wish", "exception"), ("whose", &*person.email), ("reason", "Prov")];
        assert_eq!(developer.post(day, &seat).status, 303);
    }
    assert_eq!(pia.post(&days[0], &[("wish", "leave")]).status, 303);
    assert_eq!(developer.post(&format!("{}/call-off", days[1]), &[("reason", "Sjukdom")]).status, 303);
    let path = link(&pia);
    let statuses = || {
        let calendar = calendar(&world.client().get(&path));
        let timed = |event: &&icalendar::Event| event.property_value("DTSTART").is_some_and(|start| start.len() > 8);
        calendar.events().filter(timed).filter_map(|event| event.get_status()).collect::<Vec<_>>()
    };
    assert_eq!(statuses(), [EventStatus::Cancelled, EventStatus::Cancelled, EventStatus::Confirmed]);
    let long_ago = clock::now() - Duration::days(61);
    build::execute(
        &world.store,
        &format!("UPDATE bookings SET changed_at = '{}'", long_ago.format("%Y-%m-%d %H:%M:%S")),
    );
    assert_eq!(statuses(), [EventStatus::Confirmed]);
}

/// Moves an occasion's part so many hours back from now, and the occasion's beginning with it.
fn begun(store: &Store, occasion: i64, no: i32, hours: i64) {
    let at = |hours: i64| (clock::now() - Duration::hours(hours)).format("%Y-%m-%d %H:%M:%S");
    let (from, to) = (at(hours), at(hours - 3));
    let part = format!("starts_at = '{from}', ends_at = '{to}' WHERE occasion_id = {occasion} AND no = {no}");
    build::execute(store, &format!("UPDATE occasion_parts SET {part}"));
    for (column, which) in [("starts_at", "MIN(starts_at)"), ("ends_at", "MAX(ends_at)")] {
        let whole = format!("SELECT {which} FROM occasion_parts WHERE occasion_id = {occasion}");
        build::execute(store, &format!("UPDATE occasions SET {column} = ({whole}) WHERE id = {occasion}"));
    }
}

fn id(path: &str) -> i64 {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

fn what_to_read_before_the_next_day_and_after_the_last_stands_on_the_path_and_the_modules_page(world: World) {
    let (developer, pia, person) = ready(&world);
    let (day, later) = (opened(&developer, "intro", 20, "5"), opened(&developer, "intro", 40, "5"));
    for (at, phase, title, link, body) in [
        (&day, "before", "Läs kapitel 2", "https://exempel.invalid/2", ""),
        (&day, "before", "Ta med", "", "Ett mått"),
        (&day, "after", "Bilder", "https://exempel.invalid/bilder", ""),
        (&later, "before", "Inte än", "", "Text"),
    ] {
        let fields = [("phase", phase), ("title", title), ("link", link), ("body", body)];
        assert_eq!(developer.post(&format!("{at}/materials"), &fields).status, 303);
    }
    let there =
        |path: &str| pia.get(path).links("#reading ~ ul a").into_iter().map(|(href, _)| href).collect::<Vec<_>>();
    assert!(there("/").is_empty() && there("/curriculum/modules/intro").is_empty(), "only for who has a seat");
    for at in [&later, &day] {
        let seat = [("wish", "exception"), ("whose", &*person.email), ("reason", "Prov")];
        assert_eq!(developer.post(at, &seat).status, 303);
    }
    let before = ["https://exempel.invalid/2".to_owned(), format!("{day}#before")];
    assert_eq!(there("/"), before, "for the next day alone, and what is for after not yet");
    assert!(there("/curriculum/modules/intro").starts_with(&before) && there("/curriculum/modules/intro").len() == 3);
    assert!(pia.get("/").text("#reading + h3").starts_with("Inför Introduktion"));
    let theirs = developer.get(&format!("/people/{}/path", person.id));
    assert!(theirs.texts("#reading").is_empty(), "nobody else reads it");
    begun(&world.store, id(&day), 1, 30);
    let notes = format!("/me/notes?occasion={}", id(&day));
    let after = ["https://exempel.invalid/bilder".to_owned(), notes.clone()];
    assert_eq!(there("/"), [[format!("{later}#before")].as_slice(), &after].concat());
    assert!(there("/curriculum/modules/intro").ends_with(&after));
    let page = pia.get(&notes);
    assert_eq!(page.text("h1"), "Mina anteckningar om Introduktion");
    assert!(page.links("main a").iter().any(|(href, _)| *href == day), "leads back to the day");
    assert!(pia.get(&day).links("main a").iter().any(|(href, _)| *href == notes), "and the day to it");
    let occasion = id(&day).to_string();
    let saved = pia.post("/me/notes", &[("module", "intro"), ("occasion", &occasion), ("body", "Pröva på torsdag")]);
    assert_eq!((saved.status, saved.header("location")), (303, notes.as_str()));
    assert!(pia.get(&notes).text("main").contains("Pröva på torsdag"));
    assert!(!developer.get(&notes).text("main").contains("Pröva på torsdag"));
    assert_eq!(pia.get("/me/notes?occasion=999999").status, 404);
}

fn a_course_that_goes_on_is_shown_by_its_next_part(world: World) {
    let (developer, pia, _) = ready(&world);
    let days = [20, 27].map(|ahead| (clock::today() + Days::new(ahead)).to_string());
    let mut fields = vec![("module", "intro"), ("seats", "5"), ("closes", "3")];
    for day in &days {
        fields.extend([
            ("day", day.as_str()),
            ("starts", "08:30"),
            ("ends", "12:00"),
            ("place", "Salen"),
            ("link", ""),
        ]);
    }
    let day = developer.post("/occasions", &fields).header("location").to_owned();
    assert_eq!(pia.post(&day, &[("wish", "seat")]).status, 303);
    begun(&world.store, id(&day), 1, 50);
    let next = words::at(Language::Sv, words::to_utc(format!("{}T08:30:00", days[1]).parse().unwrap()), clock::today());
    let next = next.split_whitespace().collect::<Vec<_>>().join(" ");
    let page = pia.get("/");
    assert!(page.text("h1").contains(&next), "{} in {}", next, page.text("h1"));
    assert!(page.text("#bit-intro").contains(&next) && page.texts("#bit-intro .given button").is_empty());
    assert!(pia.get("/curriculum/modules/intro").text("#why dl").contains(&next));
    assert!(pia.get("/plan").texts("tbody .state").contains(&"Bokad plats".to_owned()), "it is no day to book again");
}

fn what_runs_out_soon_says_what_to_do(world: World) {
    let (developer, pia, person) = ready(&world);
    build::role(&world.store, &person, "deltagare");
    build::achieved(&world.store, &person, "intro");
    let held = build::achieved(&world.store, &person, "modellen");
    let until = |ahead: i64| {
        let last = clock::today() + Duration::days(ahead);
        build::execute(&world.store, &format!("UPDATE achievements SET valid_until = '{last}' WHERE id = {held}"));
    };
    until(200);
    assert!(pia.get("/").texts("#waits").is_empty());
    until(60);
    let waits = pia.get("/");
    assert!(waits.text("#waits + ul").contains("Förbättringsmodellen går ut"), "{}", waits.text("#waits + ul"));
    assert_eq!(waits.links("#waits + ul a")[0].0, "/curriculum/modules/modellen");
    let day = opened(&developer, "modellen", 30, "5");
    assert!(pia.get("/").text("#waits + ul").contains("Närmaste kurstillfälle"));
    until(-1);
    assert!(pia.get("/").text("#waits + ul").contains("gick ut"));
    assert_eq!(pia.post(&day, &[("wish", "seat")]).status, 303);
    assert!(!pia.get("/").text("main").contains("gick ut"), "a booked day is the answer");
}
