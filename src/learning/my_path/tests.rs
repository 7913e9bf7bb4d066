//! My path in words: states, what is next, what is late, the days to come.

use super::*;
use crate::engine::model::{Achievement, Assignment, Booking, Facts, Holding, Source};
use crate::learning::service::path_of;
use crate::versions::builtin;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn published() -> Published {
    Published::new(1, "2026.1".into(), &builtin::sources(), day("2026-06-01")).unwrap()
}

/// Somebody who leads an improvement since October, has five pieces and two seats.
fn leader() -> Facts {
    let role = Holding::Role("forbattringsledare".into());
    let edition = Source::Programme { edition: "Omgången".into(), id: 1 };
    let had = |module: &str| Achievement { module: module.into(), day: day("2026-11-01"), valid_until: None };
    let seat = |module: &str, day, occasion| Booking { module: module.into(), day, occasion };
    Facts {
        assignments: vec![Assignment { holding: role, from: day("2026-10-01"), to: None, source: edition }],
        achievements: ["intro-standiga-forbattringar", "forbattringsmodellen", "fran-behov-till-mal"].map(had).into(),
        bookings: vec![seat("matplan-och-data", day("2027-03-16"), 2), seat("pdsa-i-praktiken", day("2027-03-02"), 1)],
    }
}

fn shown(facts: &Facts, language: Language, about: Option<(i64, &str)>) -> MyPath {
    let (published, today) = (published(), day("2027-03-01"));
    let path = path_of(&published, facts, today);
    let milestones = [("Baslinjen finns".to_owned(), day("2027-03-05"))];
    view(&Seen {
        published: &published,
        path: &path,
        today,
        language,
        about,
        seats: &[],
        days: &[],
        milestones: &milestones,
        has_title: false,
        assessed: &[],
        here: &[],
    })
}

fn pieces(path: &MyPath) -> String {
    let pieces = path.legs.iter().flat_map(|leg| &leg.areas).flat_map(|area| &area.pieces);
    let lines = pieces.map(|p| format!("{} {} {} {} · {}", p.code, p.wide, p.tall, p.class, p.state));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_piece_has_its_state_in_words_and_its_outline() {
    insta::assert_snapshot!(pieces(&shown(&leader(), Language::Sv, None)), @r"
    M1 w0tt0 t00t0 is-done · Klar
    M2 w0ttb tb0t0 is-done · Klar
    M3 w0ttb tb0t0 is-done · Klar
    M4 w00tb tb0t0 is-open · Öppen, senast 29 maj
    M5 wbtt0 tb0t0 is-locked · Låst: efter M4
    M6 wbttb tb0t0 is-next · Nästa: i morgon
    M9 wbttb tb0t0 is-locked · Låst: efter V1, M5, M6
    M10 wb0tb tb000 is-locked · Låst: efter M6
    V1 wbt00 t00t0 is-overdue · Försenad, 28 februari
    V2 wbt0b tb0t0 is-overdue · Försenad, bokad 16 mars
    V3 wbt0b tb0t0 is-locked · Låst: efter V1
    V4 wb00b tb000 is-locked · Låst: efter V2, V3
    S1 w0tt0 t0000 is-overdue · Försenad, 29 januari
    P1 w00tb t00t0 is-open · Öppen, senast 29 maj
    P2 wbt00 tb0t0 is-locked · Låst: efter P1
    P3 wb00b tb000 is-locked · Låst: efter P1
    ");
}

#[test]
fn what_is_next_is_the_first_booked_day_and_the_days_to_come_end_with_the_last() {
    let path = shown(&leader(), Language::En, None);
    assert_eq!(path.title, "Next: PDSA in practice");
    assert_eq!(path.day, "Monday 1 March 2027");
    let line = path.line.unwrap();
    let days: Vec<String> = line.days.iter().map(|d| format!("{} {} {}", d.date, d.class, d.text)).collect();
    insta::assert_snapshot!(format!("{}\n{}", line.title, days.join("\n")), @r"
    Until 28 July
    Today is-today 3 of 16 pieces done
    2 March  PDSA in practice
    5 March is-stone Baslinjen finns
    16 March  Measurement plan and data
    29 May is-free Run charts and 3 more due, not booked
    28 July is-end Control charts and 4 more due, not booked
    ");
}

#[test]
fn only_what_is_most_late_is_an_alert() {
    let mut late = leader();
    late.achievements.truncate(1);
    let alert = shown(&late, Language::Sv, None).alert.unwrap();
    insta::assert_snapshot!(format!("{} {}", alert.text, alert.more.join(" ")), @"Förbättringsmodellen: tre frågor och ett hjul skulle ha varit klar 30 december 2026. 3 bitar väntar på den. 4 bitar till är försenade.");
    assert!(shown(&Facts::default(), Language::Sv, None).alert.is_none());
}

#[test]
fn nothing_required_and_everything_done_say_so() {
    let nothing = shown(&Facts::default(), Language::Sv, None);
    assert_eq!(nothing.title, "Just nu krävs inga moduler");
    assert!(nothing.sum.is_none() && nothing.legs.is_empty());
    let mut done = leader();
    done.assignments[0].holding = Holding::Everyone;
    let done = shown(&done, Language::Sv, None);
    assert_eq!(done.title, "Klart! Alla bitar är på plats");
    assert_eq!(done.legs[0].sum, "1 av 1 klara");
}

#[test]
fn about_somebody_else_every_link_stays_with_that_person() {
    let path = shown(&leader(), Language::Sv, Some((7, "Prov Provsson")));
    assert_eq!(path.title, "Nästa för Prov Provsson: PDSA i praktiken");
    assert_eq!(path.next.unwrap().href, "/curriculum/modules/pdsa-i-praktiken?person=7");
    let hrefs = path.legs.iter().flat_map(|leg| &leg.areas).flat_map(|area| &area.pieces).map(|piece| &piece.href);
    assert!(hrefs.into_iter().all(|href| href.starts_with("#bit-")));
    assert!(path.why[0].to_string().starts_with("Prov Provsson deltar"));
}
