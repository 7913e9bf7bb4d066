//! `varjedag path` as a person and a program use it.

use crate::support::SMALL;
use crate::support::program::{Ran, program, ran};

fn path(args: &str) -> Ran {
    ran(program().args(["path", SMALL]).args(args.split_whitespace()))
}

#[test]
fn the_path_is_told_step_by_step_with_reasons() {
    let (code, out, err) = path("--role ledare --done intro --today 2027-03-01 --since 2026-10-01");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(out, @r"
    4 bitar kvar, 16 timmar av 17,5. Det finns ingen kortare väg.

    Att göra, i den här ordningen
      1. M2  Förbättringsmodellen, 3,5 tim: Kan göras nu, senast 30 mars
             – Du har rollen förbättringsledare sedan 1 oktober 2026. I rollen förbättringsledare ingår rollen teamdeltagare. Teamdeltagare innehåller Förbättringsmodellen, som ska vara klar senast 30 mars.
             – Du har rollen förbättringsledare sedan 1 oktober 2026. Förbättringsledare innehåller Mäta för att förbättra, som ska vara klar senast 19 april. Mäta på webben räknas i stället för Mäta för att förbättra. Mäta på webben bygger på Förbättringsmodellen.
      2. M5  Mäta på webben, 2 tim: Låst efter M2, senast 19 april
             – Du har rollen förbättringsledare sedan 1 oktober 2026. Förbättringsledare innehåller Mäta för att förbättra, som ska vara klar senast 19 april. Mäta på webben räknas i stället för Mäta för att förbättra.
      3. M3  Kartlägga nuläget, 3,5 tim: Låst efter M2, senast 29 maj
             – Du har rollen förbättringsledare sedan 1 oktober 2026. I rollen förbättringsledare ingår rollen teamdeltagare. Teamdeltagare innehåller ett val mellan moduler, och Kartlägga nuläget ger den kortaste vägen. Valet ska vara klart senast 29 maj.
             – Du har rollen förbättringsledare sedan 1 oktober 2026. Förbättringsledare innehåller Leda teamet, som ska vara klar senast 1 oktober. Leda teamet bygger på Kartlägga nuläget.
      4. M6  Leda teamet, 7 tim: Låst efter M3 och M5, senast 1 oktober
             – Du har rollen förbättringsledare sedan 1 oktober 2026. Förbättringsledare innehåller Leda teamet, som ska vara klar senast 1 oktober.

    Redan klart
         M1  Introduktion, 1,5 tim: Klar

    Rekommenderas därtill
         P2  Coacha team, 14 tim: Låst efter M3 och M6
    ");
}

#[test]
fn the_same_path_in_english() {
    let (_, out, _) = path("--role ledare --done intro --done modellen --lang en --today 2027-03-01");
    insta::assert_snapshot!(out, @r"
    3 pieces left, 12.5 of 17.5 hours. There is no shorter path.

    To do, in this order
      1. M5  Measuring on the web, 2 h: Can be done now, by 17 September
             – You have had the role improvement leader since 1 March. Improvement leader contains Measuring for improvement, which is due by 17 September. Measuring on the web counts in place of Measuring for improvement.
      2. M3  Mapping today, 3.5 h: Can be done now, by 27 October
             – You have had the role improvement leader since 1 March. The role improvement leader includes the role team participant. Team participant contains a choice between modules, and Mapping today gives the shortest path. The choice is due by 27 October.
             – You have had the role improvement leader since 1 March. Improvement leader contains Leading the team, which is due by 29 February 2028. Leading the team builds on Mapping today.
      3. M6  Leading the team, 7 h: Locked after M3 and M5, by 29 February 2028
             – You have had the role improvement leader since 1 March. Improvement leader contains Leading the team, which is due by 29 February 2028.

    Already done
         M1  Introduction, 1.5 h: Done
         M2  The model for improvement, 3.5 h: Done

    Recommended besides
         P2  Coaching teams, 14 h: Locked after M3 and M6
    ");
}

#[test]
fn programs_get_the_same_with_ids() {
    let (code, out, _) = path("--role ledare --done intro --format json --today 2027-03-01");
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(code, Some(0));
    assert_eq!(json["proved"], true);
    assert_eq!(json["hours_at_least"], json["hours_left"]);
    assert_eq!(json["held"][0]["id"], "intro");
    let steps = json["steps"].as_array().expect("steps");
    let hours: f64 = steps.iter().filter_map(|step| step["hours"].as_f64()).sum();
    assert_eq!(json["hours_left"].as_f64(), Some(hours));
    assert!(steps.iter().all(|step| step["because"][0]["sentences"][0].is_string()));
    let (_, again, _) = path("--done intro --role ledare --format json --today 2027-03-01");
    assert_eq!(out, again);
}

#[test]
fn an_unknown_name_is_met_with_the_nearest_known_one() {
    let check = |args, expected: &str| {
        let (code, out, err) = path(args);
        assert_eq!((code, out.as_str(), err.as_str()), (Some(1), "", expected));
    };
    check("--role ledar", "error: there is no role \"ledar\" in this curriculum: did you mean \"ledare\"?\n");
    check(
        "--done model",
        "error: there is no module \"model\" in this curriculum: choose one of intro, modellen, kartlagga, mata, mata-webb, leda, samtal, coacha\n",
    );
}
