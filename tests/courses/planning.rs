//! Planning course days: who trains, for whom, what is handed out, what clashes, series, free days and next year.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use varjedag::clock;
use varjedag::occasions::store as rows;
use varjedag::programme::calendar::is_free;

use super::{fields, opened, ready, wish};
use crate::support::build::{self, Person};
use crate::support::{Answer, Client, World, on_both};

on_both![
    a_trainer_leads_the_own_occasion_and_no_other,
    a_day_far_ahead_is_found_however_many_come_before_it,
    only_developers_and_coaches_train_and_guests_are_names,
    clashes_of_trainers_and_rooms_are_shown_with_a_link_and_forbid_nothing,
    whoever_trains_is_not_booked_elsewhere_at_the_same_time,
    what_is_kept_for_a_unit_is_for_all_below_it_and_not_there_for_others,
    what_is_kept_for_a_role_or_an_edition_is_not_there_for_others_and_refused_with_the_reason,
    materials_are_for_those_who_come_and_those_for_after_wait_for_the_end,
    a_series_is_shown_with_what_falls_away_before_anything_is_opened,
    the_regions_own_days_off_are_proposed_away,
    a_year_is_copied_to_the_next_on_the_same_weekdays,
    copies_that_clash_with_each_other_and_trainers_who_do_not_come_along_are_told,
];

/// Opens a day with these fields beside the usual, and returns its path.
fn open(developer: &Client, named: &[(&str, &str)]) -> String {
    let answer = developer.post("/occasions", &fields(named));
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

fn ahead(days: u64) -> String {
    (clock::today() + Days::new(days)).to_string()
}

fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

fn coach(world: &World, name: &str) -> (Client, Person) {
    let person = build::person(&world.store, name, None);
    build::hat(&world.store, "coach", &person);
    (world.sign_in(&person), person)
}

fn a_day_far_ahead_is_found_however_many_come_before_it(world: World) {
    let (developer, _) = ready(&world);
    let last = open(&developer, &[("module", "intro"), ("day", &ahead(90)), ("seats", "5")]);
    let many = "INSERT INTO occasions (module, starts_at, ends_at, place, uid, sequence, minimum, link, language, booking_revision) \
        SELECT module, '{at}', '{at}', 'Provsalen', uid || '{no}', 0, 0, '', 'sv', 0 FROM occasions WHERE uid NOT LIKE '%x'";
    let at = (varjedag::clock::now() + chrono::Days::new(40)).format("%Y-%m-%d %H:%M:%S").to_string();
    for no in 0..320 {
        let row = many.replace("{at}", &at).replace("{no}", &format!("-{no}x"));
        build::execute(&world.store, &row);
    }
    let anna = world.sign_in(&build::person(&world.store, "Anna Alm", None));
    for reader in [&developer, &anna] {
        let page = reader.get("/occasions?show=all&page=4");
        assert!(page.links("tbody a").iter().any(|(link, _)| *link == last), "{}", page.text(".pages"));
        assert_eq!(reader.get("/occasions?show=all").links("tbody a").len(), 100);
        assert_eq!(reader.get("/occasions?show=all&page=99").status, 200, "the last page there is");
    }
}

fn a_trainer_leads_the_own_occasion_and_no_other(world: World) {
    let (developer, _) = ready(&world);
    let (trainer, person) = coach(&world, "Tora Tränare");
    let whose = person.id.to_string();
    let own = open(&developer, &[("module", "intro"), ("day", &ahead(20)), ("trainer", &whose), ("seats", "5")]);
    let other = open(&developer, &[("module", "intro"), ("day", &ahead(27)), ("seats", "5")]);
    let anna = build::person(&world.store, "Anna Alm", None);
    assert_eq!(wish(&world.sign_in(&anna), &own, "seat"), 303);
    let seat = [("wish", "exception"), ("whose", &*anna.email), ("reason", "Prov")];
    assert_eq!(developer.post(&other, &seat).status, 303);
    let page = trainer.get(&own);
    assert!(page.text("#people ~ ul").contains("Anna Alm"), "whoever trains sees who comes");
    assert!(page.links("#people ~ ul a").is_empty(), "but not their own pages");
    assert!(page.text("dl.facts").contains("Tora Tränare"));
    assert!(!trainer.get(&other).body.contains("Anna Alm"));
    assert!(trainer.get("/occasions?show=mine").text("tbody tr").contains("Du håller i"));
    let material = [("phase", "before"), ("title", "Läs detta"), ("link", ""), ("body", "Kapitel 2")];
    assert_eq!(trainer.post(&format!("{own}/materials"), &material).status, 303);
    assert_eq!(trainer.post(&format!("{other}/materials"), &material).status, 404);
    assert_eq!(trainer.get(&format!("{other}/materials")).status, 404);
    assert_eq!(world.sign_in(&anna).get(&format!("{own}/materials")).status, 404);
    assert_eq!(trainer.get(&format!("{own}/edit")).status, 404, "planning is the developer's");
    let ids = world.store.read(|conn| rows::trainer_ids(conn, id(&own).parse().unwrap())).unwrap();
    assert_eq!(ids, [person.id]);
}

fn only_developers_and_coaches_train_and_guests_are_names(world: World) {
    let (developer, _) = ready(&world);
    let stranger = build::person(&world.store, "Siv Stranger", None).id.to_string();
    let day = ahead(20);
    let with = |trainer: &str| {
        developer.post("/occasions", &fields(&[("module", "intro"), ("day", &day), ("trainer", trainer)]))
    };
    for wrong in [stranger.as_str(), "999999999", "x"] {
        let answer = with(wrong);
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(answer.text("#e-trainer").contains("coach"), "{}", answer.body);
    }
    let path =
        open(&developer, &[("module", "intro"), ("day", &day), ("guests", "Gäst Gästsson\r\n Eva  Extern \r\n")]);
    assert!(developer.get(&path).text("dl.facts").contains("Gäst Gästsson och Eva Extern"));
    assert!(developer.get(&format!("{path}/edit")).text("#f-guests").contains("Eva Extern"));
}

fn clashes_of_trainers_and_rooms_are_shown_with_a_link_and_forbid_nothing(world: World) {
    let (developer, _) = ready(&world);
    let (_, person) = coach(&world, "Tora Tränare");
    let (whose, day) = (person.id.to_string(), ahead(20));
    let usual = [("module", "intro"), ("day", day.as_str()), ("trainer", whose.as_str())];
    let first = open(&developer, &[&usual[..], &[("place", "Sal Eken")]].concat());
    assert!(developer.get(&first).texts("#clashes").is_empty());
    let second = open(&developer, &[&usual[..], &[("place", "sal  eken")]].concat());
    let page = developer.get(&second);
    let told = page.text("#clashes ~ ul");
    assert!(
        told.contains("Tora Tränare håller samtidigt i") && told.contains("Sal Eken används samtidigt av"),
        "{told}"
    );
    assert!(page.links("#clashes ~ ul a").iter().all(|(href, _)| *href == first));
    assert!(!developer.get(&first).texts("#clashes").is_empty(), "and the other way round");
    let participant = world.sign_in(&build::person(&world.store, "Anna Alm", None));
    assert!(participant.get(&second).texts("#clashes").is_empty(), "whoever comes need not know");
    assert_eq!(developer.post(&format!("{first}/call-off"), &[]).status, 303);
    assert!(developer.get(&second).texts("#clashes").is_empty(), "what is called off needs no room");
    let shown =
        developer.post("/occasions", &fields(&[&usual[..], &[("preview", "1"), ("place", "Sal Eken")]].concat()));
    assert_eq!(shown.status, 200);
    assert!(shown.text(".clash").contains("Tora Tränare"), "{}", shown.body);
}

fn whoever_trains_is_not_booked_elsewhere_at_the_same_time(world: World) {
    let (developer, _) = ready(&world);
    let (trainer, person) = coach(&world, "Tora Tränare");
    let (whose, day) = (person.id.to_string(), ahead(20));
    open(&developer, &[("module", "intro"), ("day", &day), ("trainer", &whose)]);
    let other = open(&developer, &[("module", "intro"), ("day", &day), ("place", "Sal Linden")]);
    let refused = trainer.post(&other, &[("wish", "seat")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text(".alert").contains("samma tid"));
}

fn what_is_kept_for_a_unit_is_for_all_below_it_and_not_there_for_others(world: World) {
    let (developer, _) = ready(&world);
    let division = build::unit(&world.store, "Division Ett", None);
    let ward = build::unit(&world.store, "Avdelning Ett", Some(division));
    let elsewhere = build::unit(&world.store, "Avdelning Två", None);
    let usual = [("module", "intro"), ("kept", "unit")];
    let day = ahead(20);
    let path = open(&developer, &[&usual[..], &[("day", &day), ("unit", "division ett")]].concat());
    let wrong = developer.post("/occasions", &fields(&[&usual[..], &[("day", &day), ("unit", "Nowhere")]].concat()));
    assert!(wrong.text("#e-unit").contains("ingen enhet"));
    let [mine, other] = [ward, elsewhere].map(|unit| build::person(&world.store, "Prov", Some(unit)));
    let (mine, other) = (world.sign_in(&mine), world.sign_in(&other));
    let listed = |client: &Client| client.get("/occasions?show=all").links("tbody th a").len();
    assert_eq!((listed(&mine), listed(&other)), (1, 0), "the list shows what one may book");
    assert_eq!(wish(&mine, &path, "seat"), 303);
    assert_eq!((wish(&other, &path, "seat"), other.get(&path).status), (404, 404));
    let form = developer.get(&format!("{path}/edit"));
    assert_eq!(form.attribute("#f-unit", "value").as_deref(), Some("Division Ett"));
}

fn what_is_kept_for_a_role_or_an_edition_is_not_there_for_others_and_refused_with_the_reason(world: World) {
    let (developer, _) = ready(&world);
    let mine = build::person(&world.store, "Anna Alm", None);
    let edition = build::edition(&world.store, &[&mine]);
    build::role(&world.store, &mine, "deltagare");
    let stranger = build::person(&world.store, "Någon Annan", None);
    let (mine, other) = (world.sign_in(&mine), world.sign_in(&stranger));
    let edition = format!("edition:{}", edition.id);
    for (kept, ahead_of, expected) in [("role:deltagare", 20, "har rollen"), (edition.as_str(), 27, "deltar i")] {
        let day = ahead(ahead_of);
        let path = open(&developer, &[("module", "intro"), ("day", &day), ("kept", kept)]);
        assert_eq!((wish(&other, &path, "seat"), other.get(&path).status), (404, 404), "{kept}");
        let refused = developer.post(&path, &[("wish", "seat"), ("whose", &stranger.email)]);
        assert_eq!(refused.status, 422, "{kept}");
        assert!(refused.text(".alert").contains(expected), "{}", refused.text(".alert"));
        assert_eq!(wish(&mine, &path, "seat"), 303, "{kept}");
        assert!(developer.get(&path).text("dl.facts").contains(expected));
        assert_eq!(wish(&mine, &path, "leave"), 303, "{kept}");
        let exception = [("wish", "exception"), ("whose", &*stranger.email), ("reason", "Prov")];
        assert_eq!(developer.post(&path, &exception).status, 303);
        assert_eq!(other.get(&path).status, 200, "whoever has a seat sees it: {kept}");
        assert_eq!(wish(&other, &path, "leave"), 303);
    }
    for wrong in ["role:nowhere", "edition:999999", "edition:x", "everything"] {
        let fields = fields(&[("module", "intro"), ("day", "2099-02-02"), ("kept", wrong)]);
        assert_eq!(developer.post("/occasions", &fields).status, 422, "{wrong}");
    }
}

fn materials_are_for_those_who_come_and_those_for_after_wait_for_the_end(world: World) {
    let (developer, _) = ready(&world);
    let path = opened(&developer, "intro", 20, "5");
    let add = |phase: &str, title: &str, link: &str, body: &str| {
        let fields = [("phase", phase), ("title", title), ("link", link), ("body", body)];
        developer.post(&format!("{path}/materials"), &fields)
    };
    assert_eq!(add("before", "Kapitlet", "https://exempel.invalid/kapitel", "").status, 303);
    assert_eq!(add("after", "Bilderna", "", "Kommer\r\nsnart").status, 303);
    assert!(add("before", "", "", "").text("#errors").contains("Skriv en länk eller en text"));
    assert!(add("before", "Osäkert", "http://exempel.invalid", "").text("#errors").contains("https"));
    assert_eq!(add("sometime", "När", "", "Text").status, 422);
    let [comes, other] = ["Anna Alm", "Bo Bok"].map(|name| world.sign_in(&build::person(&world.store, name, None)));
    assert_eq!(wish(&comes, &path, "seat"), 303);
    let page = comes.get(&path);
    assert!(page.text("#before ~ ul").contains("Kapitlet") && !page.body.contains("Bilderna"));
    assert!(!other.get(&path).body.contains("Kapitlet"), "for those who come");
    assert!(developer.get(&path).text("#after ~ ul").contains("Visas när tillfället är slut"));
    for table in ["occasions", "occasion_parts"] {
        let yesterday: NaiveDate = clock::today() - Days::new(1);
        let over = format!("UPDATE {table} SET starts_at = '{yesterday} 07:00:00', ends_at = '{yesterday} 11:00:00'");
        build::execute(&world.store, &over);
    }
    assert!(comes.get(&path).text("#after ~ ul").contains("Bilderna"));
    let remove = developer.get(&format!("{path}/materials"));
    let action = remove.attribute("#before ~ ul form", "action").unwrap();
    assert_eq!(other.post(&action, &[]).status, 404);
    assert_eq!(developer.post(&action, &[]).status, 303);
    assert_eq!(developer.post(&action, &[]).status, 404);
    assert!(!comes.get(&path).body.contains("Kapitlet"));
}

/// The first Tuesday in May of the next year, so that a series meets July.
fn a_tuesday() -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(clock::today().year() + 1, 5, 2).unwrap();
    first.iter_days().find(|day| day.weekday() == Weekday::Tue && !is_free(*day, &[7])).unwrap()
}

/// What a page's hidden fields would send, with the boxes that are ticked.
fn shown_fields(page: &Answer, form: &str, ticked: &[String]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = page
        .attributes(&format!("{form} input[type=hidden]"), &["name", "value"])
        .into_iter()
        .filter(|pair| pair[0] != "csrf")
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect();
    fields.extend(ticked.iter().map(|value| ("chosen".to_owned(), value.clone())));
    fields
}

fn ticked(page: &Answer) -> Vec<String> {
    page.attributes("input[name=chosen][checked]", &["value"]).into_iter().map(|value| value[0].clone()).collect()
}

fn post(client: &Client, path: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(path, &fields)
}

fn a_series_is_shown_with_what_falls_away_before_anything_is_opened(world: World) {
    let (developer, _) = ready(&world);
    let first = a_tuesday();
    let day = first.to_string();
    let series = fields(&[("module", "intro"), ("day", &day), ("times", "8"), ("every", "2"), ("guests", "En Gäst")]);
    let page = developer.post("/occasions", &series);
    assert_eq!(page.status, 200);
    assert!(developer.get("/occasions").texts("tbody tr").is_empty(), "nothing is opened by looking");
    assert_eq!(ticked(&page).len(), 8, "eight that are given");
    let away = page.texts("input[name=chosen]:not([checked]) ~ span .state");
    assert!(away.iter().any(|line| line.contains("semestermånad")), "{away:?}");
    let none = post(&developer, "/occasions", &shown_fields(&page, "main form", &[]));
    assert_eq!(none.status, 422);
    assert!(none.text("#errors").contains("Välj minst en dag"));
    let chosen: Vec<String> = ticked(&page).into_iter().skip(1).chain(["9999".into()]).collect();
    let opened = post(&developer, "/occasions", &shown_fields(&page, "main form", &chosen));
    assert_eq!((opened.status, opened.header("location")), (303, "/occasions?show=all"));
    let all = world.store.read(|conn| rows::coming(conn, clock::now(), 100)).unwrap();
    let days: Vec<NaiveDate> = all.iter().map(|occasion| clock::day_of(occasion.starts_at)).collect();
    assert_eq!(days.len(), 7, "what was unticked is not opened");
    assert!(days.iter().all(|day| day.weekday() == Weekday::Tue && !is_free(*day, &[7]) && *day > first), "{days:?}");
    assert!(developer.get(&format!("/occasions/{}", all[0].id)).text("dl.facts").contains("En Gäst"));
}

fn the_regions_own_days_off_are_proposed_away(world: World) {
    let (developer, _) = ready(&world);
    let first = a_tuesday();
    let off = (first + Days::new(14)).to_string();
    let add = |name: &str, from: &str, to: &str| {
        developer.post("/occasions/days-off", &[("name", name), ("from", from), ("to", to)])
    };
    assert_eq!(add("Flyttvecka", &off, "").status, 303);
    assert_eq!(add("", &off, "").status, 422);
    assert!(add("Bakvänt", &off, "2020-01-01").text("#errors").contains("efter den första"));
    let day = first.to_string();
    let series = fields(&[("module", "intro"), ("day", &day), ("times", "2"), ("every", "2")]);
    let page = developer.post("/occasions", &series);
    assert!(page.text(".proposals").contains("Flyttvecka"), "{}", page.body);
    assert_eq!(ticked(&page), ["0", "2"]);
    let shown = developer.get("/occasions/days-off");
    assert_eq!(developer.post(&shown.attribute("main ul form", "action").unwrap(), &[]).status, 303);
    assert_eq!(ticked(&developer.post("/occasions", &series)), ["0", "1"]);
}

fn a_year_is_copied_to_the_next_on_the_same_weekdays(world: World) {
    let (developer, _) = ready(&world);
    let (_, person) = coach(&world, "Tora Tränare");
    let (first, whose) = (a_tuesday(), person.id.to_string());
    let day = first.to_string();
    let usual = [("module", "intro"), ("day", day.as_str()), ("trainer", whose.as_str()), ("kept", "role:deltagare")];
    let path = open(&developer, &usual);
    let off = open(&developer, &[("module", "intro"), ("day", &day), ("place", "Sal Eken")]);
    assert_eq!(developer.post(&format!("{off}/call-off"), &[]).status, 303);
    let page = developer.get(&format!("/occasions/copy?year={}", first.year()));
    assert_eq!(ticked(&page), [id(&path)], "what was called off is not given again");
    assert_eq!(ticked(&developer.get(&format!("/occasions/copy?only={}", id(&path)))), [id(&path)]);
    let copied = post(&developer, "/occasions/copy", &shown_fields(&page, "main form", &ticked(&page)));
    assert_eq!(copied.status, 303, "{}", copied.body);
    let all = world.store.read(|conn| rows::coming(conn, clock::now(), 100)).unwrap();
    let copy = all.iter().max_by_key(|occasion| occasion.id).unwrap();
    let then = clock::day_of(copy.starts_at);
    assert_eq!((then.weekday(), then.year()), (Weekday::Tue, first.year() + 1));
    assert_eq!(copy.kept_role.as_deref(), Some("deltagare"));
    assert_eq!(world.store.read(|conn| rows::trainer_ids(conn, copy.id)).unwrap(), [person.id]);
    assert_eq!(world.sign_in(&person).get("/occasions/copy").status, 404);
}

fn copies_that_clash_with_each_other_and_trainers_who_do_not_come_along_are_told(world: World) {
    let (developer, _) = ready(&world);
    let (_, person) = coach(&world, "Tora Tränare");
    let (first, whose) = (a_tuesday(), person.id.to_string());
    let (day, week_before) = (first.to_string(), (first - Days::new(7)).to_string());
    let trained = |day: &str, place: &str| {
        id(&open(&developer, &[("module", "intro"), ("day", day), ("trainer", &whose), ("place", place)]))
    };
    let other = open(&developer, &[("module", "intro"), ("day", &day), ("place", "Sal Eken")]);
    let (one, two) = (trained(&day, "Sal Eken"), trained(&week_before, "Sal Linden"));
    let year = format!("/occasions/copy?year={}", first.year());
    let clashes = |page: &Answer| page.texts(".proposals .clash");
    let told = clashes(&developer.get(&year));
    let hall = |lines: &[String]| lines.iter().filter(|line| line.contains("Sal Eken används samtidigt av")).count();
    assert_eq!((told.len(), hall(&told)), (2, 2), "each of the two says so, and nothing else clashes: {told:?}");
    assert!(told.iter().all(|line| line.contains("som också föreslås här")), "{told:?}");
    assert!(clashes(&developer.get(&format!("/occasions/copy?only={one}"))).is_empty(), "alone it is alone");
    let chosen = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let copy = |ids: &[&str]| {
        let page = developer.get(&year);
        post(&developer, "/occasions/copy", &shown_fields(&page, "main form", &chosen(ids)))
    };
    assert_eq!(copy(&[&id(&other)]).status, 303);
    let there = developer.get(&year).texts(".proposals .clash li");
    let proposed = there.iter().filter(|line| line.contains("som också föreslås här")).count();
    assert_eq!((there.len(), proposed), (4, 2), "with the copy that there is by now, and with each other: {there:?}");

    build::take_hats(&world.store, &person);
    let page = developer.get(&year);
    assert_eq!(page.body.matches("Följer inte med").count(), 2, "{}", page.body);
    assert!(page.text(".proposals").contains("Tora Tränare"), "by name");
    let copied = copy(&[&one, &two]);
    assert_eq!(copied.status, 303);
    assert!(developer.get("/occasions?show=all").body.contains("Några utbildare följde inte med"));
    let all = world.store.read(|conn| rows::coming(conn, clock::now(), 100)).unwrap();
    let newest = all.iter().map(|occasion| occasion.id).max().unwrap();
    assert!(world.store.read(|conn| rows::trainer_ids(conn, newest)).unwrap().is_empty());
}
