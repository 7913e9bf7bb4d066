//! What one thing says about itself: hours, titles, outcomes, letters, numbers.

use insta::assert_snapshot;

use super::problems;

#[test]
fn hours_must_be_positive_quarters() {
    assert_snapshot!(problems(&[("hours: 14", "hours: 14.1"), ("hours: 2,", "hours: -2,"), ("day_hours: 7", "day_hours: 0")]), @r"
    error[V040]: a training day cannot have 0 hours
     --> curriculum.ron:6:20
      |
    6 |         day_hours: 0,
      |                    ^
      |
      = help: write hours from 0.25 to 24

    error[V040]: the hours of `mata-webb` are not positive: -2
      --> modules.ron:63:20
       |
    63 |             hours: -2,
       |                    ^^
       |
       = help: write course hours in quarters, as in 0.25, 1.5 or 7

    error[V040]: the hours of `coacha` are not a whole number of quarters: 14.1
       --> modules.ron:106:20
        |
    106 |             hours: 14.1,
        |                    ^^^^
        |
        = help: write course hours in quarters, as in 0.25, 1.5 or 7
    ");
}

#[test]
fn only_a_test_has_a_pass_mark_of_1_to_100_percent() {
    let test = "            assessment: Test";
    let marked = format!("            pass_percent: 0,\n{test}");
    let unused = "            pass_percent: 60,\n            assessment: Assignment";
    let told = problems(&[(test, marked.as_str()), ("            assessment: Assignment", unused)]);
    assert!(told.contains("error[V016]: `pass_percent` is 1 to 100, not 0"), "{told}");
    assert!(told.contains("warning[V044]: the module `kartlagga` has a pass mark and no test"), "{told}");
}

#[test]
fn a_module_has_outcomes_a_short_title_and_no_own_equivalent() {
    assert_snapshot!(problems(&[(r#"outcomes: [(sv: "Kan visa intro.", en: "Can show intro.")]"#, "outcomes: []"), (r#"short: (sv: "Mäta på webben""#, r#"short: (sv: "Mäta och förstå mätningar på webben nu""#), (r#"equivalent: ["mata-webb"]"#, r#"equivalent: ["mata-webb", "mata"]"#)]), @r#"
    error[V041]: the module `intro` has no learning outcome
      --> modules.ron:11:23
       |
    11 |             outcomes: [],
       |                       ^^
       |
       = help: say what the participant can do afterwards

    warning[V036]: the module `mata` is its own equivalent
      --> modules.ron:58:39
       |
    58 |             equivalent: ["mata-webb", "mata"],
       |                                       ^^^^^^
       |
       = help: leave it out

    error[V042]: the short title of `mata-webb` has 38 characters in `sv`
      --> modules.ron:66:20
       |
    66 |             short: (sv: "Mäta och förstå mätningar på webben nu", en: "Measuring on the web"),
       |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write at most 32 characters, soft hyphens not counted
    "#);
}

#[test]
fn soft_hyphens_do_not_make_a_short_title_longer() {
    let short = format!("short: (sv: \"{}x\"", "abc\u{AD}".repeat(10));
    assert_eq!(problems(&[(r#"short: (sv: "Mäta på webben""#, &short)]), "");
}

#[test]
fn numbers_stay_within_what_makes_sense() {
    assert_snapshot!(problems(&[("holiday_months: [7]", "holiday_months: [13]"), ("attendance_percent: 80", "attendance_percent: 180"), ("within_days: 90", "within_days: 0"), ("week: 1", "week: 5"), ("progress: 4", "progress: 6"), (r#"order: 2,
        ),
        "psykologi""#, r#"order: 0,
        ),
        "psykologi""#)]), @r#"
    error[V016]: a holiday month is 1 to 12, not 13
     --> curriculum.ron:7:26
      |
    7 |         holiday_months: [13],
      |                          ^^
      |
      = help: write a whole number from 1 to 12

    error[V016]: `order` is 1 to 10000, not 0
      --> curriculum.ron:20:20
       |
    20 |             order: 0,
       |                    ^
       |
       = help: write a whole number from 1 to 10000

    error[V016]: the week of a month is 1 to 4, not 5
      --> programme.ron:28:27
       |
    28 |                     week: 5,
       |                           ^
       |
       = help: write a whole number from 1 to 4

    error[V016]: expected progress is 0.5 to 5, not 6
      --> programme.ron:36:93
       |
    36 |                 (id: "slut", month: 8, title: (sv: "Redovisat", en: "Presented"), progress: 6),
       |                                                                                             ^
       |
       = help: write a number on IHI's scale of project progress, 0.5 to 5

    error[V016]: `attendance_percent` is 0 to 100, not 180
      --> programme.ron:38:46
       |
    38 |             completion: (attendance_percent: 180, modules: true, presented: true),
       |                                              ^^^
       |
       = help: write a whole number from 0 to 100

    error[V016]: `within_days` is 1 to 3650, not 0
     --> roles.ron:5:26
      |
    5 |             within_days: 0,
      |                          ^
      |
      = help: write a whole number from 1 to 3650
    "#);
}

#[test]
fn areas_have_letters_of_their_own() {
    assert_snapshot!(problems(&[(r#"letter: "P""#, r#"letter: "M""#)]), @r#"
    error[V070]: areas `metoder` and `psykologi` have the same letter M
      --> curriculum.ron:25:21
       |
    25 |             letter: "M",
       |                     ^^^
       |
      ::: curriculum.ron:18:21
       |
    18 |             letter: "M",
       |                     --- first taken here
       |
       = help: give each area a letter of its own
    "#);
}

#[test]
fn an_area_letter_is_one_capital() {
    assert_snapshot!(problems(&[(r#"letter: "P""#, r#"letter: "ps""#)]), @r#"
    error[V070]: the letter of area `psykologi` should be one capital letter
      --> curriculum.ron:25:21
       |
    25 |             letter: "ps",
       |                     ^^^^
       |
       = help: write one capital letter, as in "M"
    "#);
}

#[test]
fn two_titles_may_not_have_the_same_name() {
    assert_snapshot!(problems(&[(r#""Verksamhetscontroller""#, r#""verksamhetsUtvecklare""#)]), @r#"
    error[V071]: titles `controller` and `utvecklare` both have the name or code `Verksamhetsutvecklare`
      --> roles.ron:59:20
       |
    55 |             names: ["verksamhetsUtvecklare"],
       |                     ----------------------- first here
    ...
    59 |             title: (sv: "Verksamhetsutvecklare", en: "Regional developer"),
       |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: leave it with one of the two
    "#);
}
