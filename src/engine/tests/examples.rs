//! The rules one by one, on curricula small enough to see.

use chrono::NaiveDate;

use crate::curriculum::model::{Curriculum, Dose, Role, Text, Title, TitleGroup};
use crate::engine::model::{Achievement, Assignment, Booking, Budget, Facts, Holding, Path, Source, Step};
use crate::engine::sample::{self, Shape};
use crate::engine::{CompileError, Compiled, path};

const TODAY: &str = "2027-03-01";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// `modules`: id, hours, builds_on and equivalents as written in RON. `doses`: id and RON.
fn curriculum(modules: &[(&str, f64, &str, &[&str])], doses: &[(&str, &str)]) -> Curriculum {
    let shape = Shape { modules: 1, reach: 1, alternatives: 0, equivalents: 0, dose: 0 };
    let blank = sample::curriculum(&shape, 0).modules.remove(0).1;
    let module = |(id, hours, needs, same): &(&str, f64, &str, &[&str])| {
        let mut module = blank.clone();
        module.hours = *hours;
        module.builds_on = ron::from_str(needs).expect("builds_on");
        module.equivalent = same.iter().map(|id| (*id).to_owned()).collect();
        ((*id).to_owned(), module)
    };
    let dose = |(id, text): &(&str, &str)| {
        let text = format!("(title: (sv: \"\", en: \"\"), within_days: 100, {text})");
        ((*id).to_owned(), ron::from_str::<Dose>(&text).expect("a dose"))
    };
    let modules = modules.iter().map(module).collect();
    Curriculum { modules, doses: doses.iter().map(dose).collect(), ..Curriculum::default() }
}

fn with_role(mut curriculum: Curriculum, id: &str, dose: &str, includes: &[&str]) -> Curriculum {
    let includes = includes.iter().map(|id| (*id).to_owned()).collect();
    let role = Role { title: Text::default(), competence: Text::default(), includes, dose: dose.to_owned(), order: 1 };
    curriculum.roles.insert(id.to_owned(), role);
    curriculum
}

fn with_title(mut curriculum: Curriculum, id: &str, dose: Option<&str>, group_dose: Option<&str>) -> Curriculum {
    let owned = |dose: Option<&str>| dose.map(str::to_owned);
    let group = TitleGroup { title: Text::default(), competence: Text::default(), dose: owned(group_dose), order: 1 };
    let title = Title { title: Text::default(), group: id.to_owned(), dose: owned(dose), names: vec![], codes: vec![] };
    curriculum.groups.insert(id.to_owned(), group);
    curriculum.titles.insert(id.to_owned(), title);
    curriculum
}

/// Somebody with the role `r` since the first of January.
fn leader() -> Facts {
    let holding = Holding::Role("r".to_owned());
    let assignment = Assignment { holding, from: day("2027-01-01"), to: None, source: Source::Hand };
    Facts { assignments: vec![assignment], ..Facts::default() }
}

#[test]
fn deadlines_of_older_assignments_count_from_the_day_the_curriculum_came_into_force() {
    let bare = with_role(curriculum(&[("a", 1.0, "All([])", &[])], &[("d", "required: [\"a\"]")]), "r", "d", &[]);
    let check = |in_force: &str, due: &str| {
        let compiled = Compiled::new(&bare).expect("it compiles").in_force_from(day(in_force));
        let answer = path(&compiled, &leader(), day(TODAY), &Budget::default());
        assert_eq!(answer.steps[0].due, Some(day(due)));
    };
    check("2026-06-01", "2027-04-11");
    check("2027-02-01", "2027-05-12");
}

fn having(mut facts: Facts, module: &str, until: Option<&str>) -> Facts {
    let valid_until = until.map(day);
    facts.achievements.push(Achievement { module: module.to_owned(), day: day("2026-01-15"), valid_until });
    facts
}

/// The path in short, one line for each piece.
fn told(curriculum: &Curriculum, facts: &Facts) -> String {
    let compiled = Compiled::new(curriculum).expect("sound");
    let Path { steps, held, recommended, quarters_left, quarters_total, proof } =
        path(&compiled, facts, day(TODAY), &Budget::default());
    let lists = [("step", steps), ("held", held), ("recommended", recommended)];
    let lines = lists.iter().flat_map(|(list, pieces)| pieces.iter().map(|piece| line(&compiled, list, piece)));
    let end = format!("{quarters_left} of {quarters_total} quarters, {proof:?}");
    lines.chain([end]).collect::<Vec<_>>().join("\n")
}

fn line(compiled: &Compiled, list: &str, piece: &Step) -> String {
    let mut line = format!("{list} {} {:?}", compiled.id(piece.module), piece.state);
    let ids = |modules: &[_]| modules.iter().map(|&module| compiled.id(module)).collect::<Vec<_>>().join(",");
    if let Some(due) = piece.due {
        line += &format!(" due {due}");
    }
    if let Some(through) = piece.through {
        line += &format!(" through {}", compiled.id(through));
    }
    if !piece.locked_by.is_empty() {
        line += &format!(" after {}", ids(&piece.locked_by));
    }
    for because in &piece.because {
        let dose = &because.dose;
        line += &format!(" | {dose} {:?} {}", because.strength, because.includes.join(">"));
        if !because.builds_on.is_empty() {
            line += &format!(" below {}", ids(&because.builds_on));
        }
        if let Some(asked) = because.asked_for {
            line += &format!(" asked {}", compiled.id(asked));
        }
        if let Some(instead) = because.instead_of {
            line += &format!(" for {}", compiled.id(instead));
        }
    }
    line
}

fn check(modules: &[(&str, f64, &str, &[&str])], dose: &str, facts: Facts, expected: &str) {
    let curriculum = with_role(curriculum(modules, &[("d", dose)]), "r", "d", &[]);
    assert_eq!(told(&curriculum, &facts), expected.trim_matches('\n'));
}

const CHAIN: &[(&str, f64, &str, &[&str])] =
    &[("model", 3.5, "All([])", &[]), ("measure", 3.5, "\"model\"", &[]), ("chart", 7.0, "\"measure\"", &[])];

#[test]
fn prerequisites_come_first_and_say_what_they_are_for() {
    let expected = "
step model Available due 2027-04-11 | d Required  below chart,measure
step measure Locked due 2027-04-11 after model | d Required  below chart
step chart Locked due 2027-04-11 after measure | d Required 
56 of 56 quarters, Optimal";
    check(CHAIN, "required: [\"chart\"]", leader(), expected);
}

#[test]
fn a_lapsed_achievement_still_carries_what_builds_on_it() {
    let facts = having(leader(), "measure", Some("2026-12-31"));
    let expected = "
step chart Available due 2027-04-11 | d Required 
held measure Done | d Required  below chart
28 of 42 quarters, Optimal";
    check(CHAIN, "required: [\"chart\"]", facts, expected);
}

#[test]
fn a_lapsed_achievement_does_not_meet_a_requirement_and_was_due_when_it_lapsed() {
    let facts = having(having(leader(), "measure", Some("2027-02-27")), "model", None);
    let expected = "
step measure Overdue due 2027-02-27 | d Required 
held model Done | d Required  below measure
14 of 28 quarters, Optimal";
    check(CHAIN, "required: [\"measure\"], deadlines: {\"measure\": 10}", facts, expected);
}

#[test]
fn what_ends_within_ninety_days_and_is_required_is_expiring() {
    let facts = having(having(leader(), "measure", Some("2027-05-30")), "model", Some("2027-05-30"));
    let expected = "
held model Done | d Required  below measure
held measure Expiring due 2027-05-30 | d Required 
0 of 28 quarters, Optimal";
    check(CHAIN, "required: [\"measure\"]", facts, expected);
}

#[test]
fn the_cheaper_alternative_is_taken_even_when_it_needs_more_pieces() {
    let modules: &[(&str, f64, &str, &[&str])] = &[
        ("long", 7.0, "All([])", &[]),
        ("base", 2.0, "All([])", &[]),
        ("short", 4.0, "\"base\"", &[]),
        ("goal", 1.0, "Any([\"long\", \"short\"])", &[]),
    ];
    let expected = "
step base Available due 2027-04-11 | d Required  below goal,short
step short Locked due 2027-04-11 after base | d Required  below goal
step goal Locked due 2027-04-11 after short | d Required 
28 of 28 quarters, Optimal";
    check(modules, "required: [\"goal\"]", leader(), expected);
}

#[test]
fn an_equivalent_counts_one_way_and_may_be_taken_instead() {
    let modules: &[(&str, f64, &str, &[&str])] =
        &[("full", 7.0, "All([])", &["brief"]), ("brief", 2.0, "All([])", &[]), ("next", 1.0, "\"full\"", &[])];
    let expected = "
step brief Available due 2027-04-11 | d Required  for full
step next Locked due 2027-04-11 after brief | d Required 
12 of 12 quarters, Optimal";
    check(modules, "required: [\"full\", \"next\"]", leader(), expected);
    let deeper: &[(&str, f64, &str, &[&str])] =
        &[("full", 7.0, "All([])", &["brief"]), ("first", 1.0, "All([])", &[]), ("brief", 2.0, "\"first\"", &[])];
    let expected = "
step first Available due 2027-04-11 | d Required  below brief asked full
step brief Locked due 2027-04-11 after first | d Required  for full
12 of 12 quarters, Optimal";
    check(deeper, "required: [\"full\"]", leader(), expected);
    let expected = "
held full Done through brief | d Required 
0 of 28 quarters, Optimal";
    check(modules, "required: [\"full\"]", having(leader(), "brief", None), expected);
    let expected = "
step brief Available due 2027-04-11 | d Required 
8 of 8 quarters, Optimal";
    check(modules, "required: [\"brief\"]", having(leader(), "full", None), expected);
}

#[test]
fn an_equivalent_that_comes_after_does_not_stand_in_before() {
    let modules: &[(&str, f64, &str, &[&str])] = &[
        ("basic", 7.0, "All([])", &["advanced"]),
        ("middle", 1.0, "\"basic\"", &[]),
        ("advanced", 1.0, "\"middle\"", &[]),
    ];
    let expected = "
step basic Available due 2027-04-11 | d Required  below advanced,middle
step middle Locked due 2027-04-11 after basic | d Required  below advanced
step advanced Locked due 2027-04-11 after middle | d Required 
36 of 36 quarters, Optimal";
    check(modules, "required: [\"advanced\"]", leader(), expected);
}

#[test]
fn of_a_set_the_cheapest_that_fits_is_chosen_and_what_is_held_counts() {
    let modules: &[(&str, f64, &str, &[&str])] =
        &[("a", 3.0, "All([])", &[]), ("b", 2.0, "All([])", &[]), ("c", 1.0, "All([])", &[])];
    let dose = "one_of: [(choose: 2, from: [\"a\", \"b\", \"c\"], within_days: Some(30))]";
    let expected = "
step b Overdue due 2027-01-31 | d OneOf 
step c Overdue due 2027-01-31 | d OneOf 
12 of 12 quarters, Optimal";
    check(modules, dose, leader(), expected);
    let expected = "
step c Overdue due 2027-01-31 | d OneOf 
held a Done | d OneOf 
4 of 16 quarters, Optimal";
    check(modules, dose, having(leader(), "a", None), expected);
}

#[test]
fn recommended_costs_nothing_and_is_not_followed_down() {
    let expected = "
recommended chart Locked after measure | d Recommended 
0 of 0 quarters, Optimal";
    check(CHAIN, "recommended: [\"chart\"]", leader(), expected);
}

#[test]
fn a_booked_seat_shows_until_its_day() {
    let booked = |on: &str| {
        let mut facts = leader();
        facts.bookings.push(Booking { module: "model".to_owned(), day: day(on), occasion: 7 });
        facts
    };
    let expected = "
step model Booked due 2027-04-11 | d Required 
14 of 14 quarters, Optimal";
    check(CHAIN, "required: [\"model\"]", booked(TODAY), expected);
    check(CHAIN, "required: [\"model\"]", booked("2027-02-28"), &expected.replace("Booked", "Available"));
}

#[test]
fn a_role_asks_for_the_doses_of_all_roles_it_includes_with_the_way_there() {
    let doses = [("d", "required: [\"chart\"]"), ("e", ""), ("f", "required: [\"model\"], deadlines: {\"model\": 90}")];
    let curriculum = with_role(curriculum(CHAIN, &doses), "r", "d", &["s"]);
    let curriculum = with_role(with_role(curriculum, "s", "e", &["t"]), "t", "f", &["r"]);
    let expected = "
step model Available due 2027-04-01 | f Required s>t | d Required  below chart,measure
step measure Locked due 2027-04-11 after model | d Required  below chart
step chart Locked due 2027-04-11 after measure | d Required 
56 of 56 quarters, Optimal";
    assert_eq!(told(&curriculum, &leader()), expected.trim_matches('\n'));
}

#[test]
fn a_title_asks_for_its_own_dose_and_its_groups_while_it_is_held() {
    let doses = [("own", "required: [\"model\"]"), ("group", "required: [\"measure\"]")];
    let curriculum = with_title(curriculum(CHAIN, &doses), "t", Some("own"), Some("group"));
    let mut facts = leader();
    facts.assignments[0].holding = Holding::Title("t".to_owned());
    let expected = "
step model Available due 2027-04-11 | own Required  | group Required  below measure
step measure Locked due 2027-04-11 after model | group Required 
28 of 28 quarters, Optimal";
    assert_eq!(told(&curriculum, &facts), expected.trim_matches('\n'));
    facts.assignments[0].to = Some(day("2027-02-28"));
    assert_eq!(told(&curriculum, &facts), "0 of 0 quarters, Optimal");
}

#[test]
fn what_the_curriculum_does_not_know_is_passed_over() {
    let mut facts = having(leader(), "gone", None);
    facts.assignments[0].holding = Holding::Role("gone".to_owned());
    check(CHAIN, "required: [\"model\"]", facts, "0 of 0 quarters, Optimal");
}

#[test]
fn an_unsound_curriculum_is_refused_with_a_sentence() {
    let refused = |modules: &[(&str, f64, &str, &[&str])], dose: &str| -> String {
        let curriculum = with_role(curriculum(modules, &[("d", dose)]), "r", "d", &[]);
        Compiled::new(&curriculum).map(|_| ()).map_err(|error: CompileError| error.to_string()).unwrap_err()
    };
    let ring: &[(&str, f64, &str, &[&str])] = &[("a", 1.0, "\"b\"", &[]), ("b", 1.0, "Any([\"a\"])", &[])];
    assert!(refused(ring, "").contains(" → "));
    assert_eq!(
        refused(&[("a", 1.0, "\"x\"", &[])], ""),
        "module \"a\" names the module \"x\", which does not exist; correct the name or add it"
    );
    assert_eq!(
        refused(&[("a", 1.0, "Any([])", &[])], ""),
        "module \"a\" asks for 1 of 0; ask for fewer or add alternatives"
    );
    assert_eq!(
        refused(&[("a", 0.0, "All([])", &[])], ""),
        "module \"a\" has hours that are not a number of quarters above zero; correct them"
    );
    assert_eq!(
        refused(&[("a", 1.0, "All([])", &[]), ("a", 1.0, "All([])", &[])], ""),
        "module \"a\" is written twice; remove one"
    );
}
