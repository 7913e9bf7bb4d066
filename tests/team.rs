//! The team's pages: whose people are shown, numbers that agree with their lists, the file for spreadsheets.

use crate::support::build::{self, Person};
use crate::support::{Client, World, on_both};

on_both![
    every_total_is_the_length_of_the_list_it_links_to,
    a_manager_sees_everyone_below_or_only_the_direct_ones,
    what_is_not_in_the_team_cannot_be_asked_for,
    the_file_holds_the_matrix_and_no_formula,
    two_hundred_people_are_one_page_and_more_are_not,
    a_list_of_more_than_two_hundred_lines_has_pages,
];

/// A ward with a unit below, its manager, three people with different gaps, and somebody elsewhere.
struct Team {
    ward: i64,
    below: i64,
    people: Vec<Person>,
    elsewhere: Person,
    manager: Client,
}

fn team(world: &World) -> Team {
    let store = &world.store;
    build::publish_small(store);
    let region = build::unit(store, "Region", None);
    let ward = build::unit(store, "Avdelning Ett", Some(region));
    let below = build::unit(store, "Enhet Två", Some(ward));
    let boss = build::person(store, "Chefa Chefsson", Some(ward));
    build::manager(store, ward, &boss);
    let sub = build::person(store, "Ulla Underchef", Some(below));
    build::manager(store, below, &sub);
    let people = vec![
        build::person(store, "Arne Attrapp", Some(ward)),
        build::person(store, "=Berit Blindtext", Some(ward)),
        build::person(store, "Doris Dummy", Some(below)),
    ];
    build::role(store, &people[0], "ledare");
    build::role(store, &people[1], "deltagare");
    build::achieved(store, &people[1], "intro");
    build::achieved(store, &people[1], "modellen");
    build::achieved(store, &people[1], "samtal");
    let elsewhere = build::person(store, "Inga Ingensson", Some(region));
    let manager = world.sign_in(&boss);
    Team { ward, below, people, elsewhere, manager }
}

fn every_total_is_the_length_of_the_list_it_links_to(world: World) {
    let team = team(&world);
    let whole = team.manager.get("/team");
    assert_eq!(whole.status, 200);
    let totals = whole.links(".people .total a, .people tfoot td a");
    assert!(totals.len() > 5, "{totals:?}");
    for (href, text) in totals {
        let list = team.manager.get(&href);
        assert_eq!(list.texts("tbody tr").len().to_string(), text, "{href}");
    }
    assert_eq!(
        whole.texts(".cover .state"),
        ["Teamdeltagare: 1 av 1 har hela dosen", "Förbättringsledare: 0 av 1 har hela dosen"]
    );
}

fn a_manager_sees_everyone_below_or_only_the_direct_ones(world: World) {
    let team = team(&world);
    let names = |path: &str| team.manager.get(path).texts(".people tbody th a");
    assert_eq!(names("/team"), ["=Berit Blindtext", "Arne Attrapp", "Doris Dummy", "Ulla Underchef"]);
    assert_eq!(names("/team?show=direct"), ["=Berit Blindtext", "Arne Attrapp", "Ulla Underchef"]);
    assert_eq!(names(&format!("/team/{}", team.below)), ["Doris Dummy", "Ulla Underchef"]);
    let segments = team.manager.get("/team").texts(".seg a");
    assert_eq!(segments, ["Alla under mig (4)", "Mina direkta (3)"]);
    // The manager herself works in the ward.
    let ward = team.manager.get(&format!("/team/{}", team.ward));
    assert_eq!(ward.texts(".seg a"), ["Hela enheten (5)", "Bara enheten själv (3)"]);
}

fn what_is_not_in_the_team_cannot_be_asked_for(world: World) {
    let team = team(&world);
    for query in [format!("person={}", team.elsewhere.id), "module=nowhere".into(), "state=all".into()] {
        assert_eq!(team.manager.get(&format!("/team?{query}")).status, 404, "{query}");
    }
    let empty = team.manager.get("/team?module=&state=&person=");
    assert_eq!(empty.texts(".people tbody tr").len(), 4);
    let one = team.manager.get(&format!("/team?person={}", team.people[0].id));
    assert!(one.texts("tbody th a").iter().all(|name| name == "Arne Attrapp"));
    assert_eq!(team.manager.get("/team/999999").status, 404);
    assert_eq!(team.manager.get("/team/999999.csv").status, 404);
}

fn the_file_holds_the_matrix_and_no_formula(world: World) {
    let team = team(&world);
    let file = team.manager.get("/team.csv");
    assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(file.body.trim_start_matches('\u{feff}').as_bytes());
    let intro = reader.headers().unwrap().iter().position(|head| head == "M1 Introduktion").expect("a column");
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!((&rows[0][0], &rows[0][intro]), ("'=Berit Blindtext", "Har"));
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
}

fn two_hundred_people_are_one_page_and_more_are_not(world: World) {
    let store = &world.store;
    build::publish_small(store);
    let unit = build::unit(store, "Stora enheten", None);
    let developer = build::person(store, "Ute Utvecklare", None);
    build::hat(store, "developer", &developer);
    let client = world.sign_in(&developer);
    for number in 0..200 {
        build::person(store, &format!("Prov {number}"), Some(unit));
    }
    let full = client.get(&format!("/team/{unit}"));
    assert_eq!(full.texts(".people tbody tr").len(), 200);
    build::person(store, "Prov 200", Some(unit));
    let more = client.get(&format!("/team/{unit}"));
    assert_eq!(more.status, 200);
    assert!(more.texts(".people").is_empty() && more.text(".empty").contains("fler än 200"), "{}", more.text(".empty"));
}

fn a_list_of_more_than_two_hundred_lines_has_pages(world: World) {
    let store = &world.store;
    build::publish_small(store);
    let unit = build::unit(store, "Stora enheten", None);
    let developer = build::person(store, "Ute Utvecklare", None);
    build::hat(store, "developer", &developer);
    for number in 0..60 {
        let person = build::person(store, &format!("Prov {number}"), Some(unit));
        build::role(store, &person, "ledare");
    }
    let client = world.sign_in(&developer);
    let total: usize = client.get(&format!("/team/{unit}")).text("tfoot .total").parse().expect("a number");
    let mut lines = Vec::new();
    let mut next = Some(format!("/team/{unit}?show=direct&state=act"));
    while let Some(page) = next {
        let page = client.get(&page);
        assert!(page.text("#gaps").ends_with(&format!("({total})")), "each page says how many there are in all");
        let shown = page.texts("main tbody tr");
        assert!((1..=200).contains(&shown.len()));
        lines.extend(shown);
        next = page.links("a[rel=next]").into_iter().map(|(address, _)| address).next();
        assert!(next.iter().all(|address| address.contains("show=direct&state=act")));
    }
    lines.sort();
    lines.dedup();
    assert!(total > 200 && lines.len() == total, "{} lines of {total}", lines.len());
    let beyond = client.get(&format!("/team/{unit}?state=act&page=99"));
    assert_eq!((beyond.status, beyond.links("a[rel=next]").len()), (200, 0));
}
