//! A module's page: what it says to whom.

use chrono::NaiveDate;

use super::*;
use crate::curriculum::model::Language;
use crate::engine::model::{Assignment, Facts, Holding, Source};
use crate::learning::service::path_of;
use crate::versions::builtin;
use crate::versions::published::Published;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The page as a team participant since October sees it.
fn shown(module: &str, trains: bool, change: impl Fn(&mut Published)) -> ModulePage {
    let today = day("2027-03-01");
    let mut published = Published::new(1, "2026.1".into(), &builtin::sources(), day("2026-06-01")).unwrap();
    change(&mut published);
    let holding = Holding::Role("teamdeltagare".into());
    let assignments = vec![Assignment { holding, from: day("2026-10-01"), to: None, source: Source::Hand }];
    let path = path_of(&published, &Facts { assignments, ..Facts::default() }, today);
    let seen = Seen {
        published: &published,
        path: &path,
        today,
        language: Language::Sv,
        about: None,
        seats: &[],
        days: &[],
        milestones: &[],
        has_title: true,
        assessed: &[],
        here: &[],
    };
    let may = Rights { trains, asks: true };
    view(&seen, published.module_by_id(module).unwrap().0, &[], &[], may)
}

#[test]
fn only_those_who_train_read_what_is_for_trainers() {
    assert!(shown("pdsa-i-praktiken", false, |_| {}).trainer.is_empty());
    assert!(!shown("pdsa-i-praktiken", true, |_| {}).trainer.is_empty());
}

#[test]
fn it_says_why_somebody_has_it_what_locks_it_and_what_it_opens() {
    let page = shown("fran-behov-till-mal", false, |_| {});
    let codes = |modules: &[Coded]| modules.iter().map(|module| module.code.clone()).collect::<Vec<_>>();
    assert_eq!(page.standing.title, "Varför har jag den här?");
    assert_eq!(
        (codes(&page.standing.locked_by), codes(&page.standing.opens)),
        (vec!["M2".into()], vec!["M5".into(), "M6".into()])
    );
    assert_eq!(page.standing.because[0][0].to_string(), "Du har rollen teamdeltagare sedan 1 oktober 2026.");
    let aside = shown("coachhandledning", false, |_| {});
    assert_eq!((aside.standing.state.as_str(), aside.standing.because.len()), ("Ingår inte i vägen just nu", 0));
}

#[test]
fn prerequisites_are_told_as_they_are_written() {
    let told = |needs: &str| {
        let page = shown("pdsa-i-praktiken", false, |published| {
            let at = usize::from(published.module_by_id("pdsa-i-praktiken").unwrap().0.0);
            published.curriculum.modules[at].1.builds_on = ron::from_str(needs).unwrap();
        });
        page.builds_on.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(told("All([])"), "");
    insta::assert_snapshot!(
        told(r#"All(["fran-behov-till-mal", Any(["se-systemet", All(["tidsdiagram", "styrdiagram"])])])"#),
        @"M3 Från behov till mål | en av S1 Se systemet eller (V3 Följa över tid: tidsdiagram och V4 Styrdiagram och variationens språk)"
    );
    insta::assert_snapshot!(told(r#"AtLeast(2, ["se-systemet", "tidsdiagram", "styrdiagram"])"#), @"minst 2 av S1 Se systemet, V3 Följa över tid: tidsdiagram och V4 Styrdiagram och variationens språk");
}

#[test]
fn doses_are_told_with_everybody_who_has_them() {
    let asked = shown("intro-standiga-forbattringar", false, |_| {}).asked_by;
    assert_eq!((asked[0].holders.as_str(), asked[0].strength.as_str()), ("alla", "Krävs inom 90 dagar"));
    assert_eq!(asked[1].holders, "teamdeltagare, förbättringsledare och förbättringscoach");
    assert_eq!(asked[1].strength, "Krävs inom 60 dagar");
}
