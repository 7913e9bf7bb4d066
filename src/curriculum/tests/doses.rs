//! What roles and titles ask for.

use insta::assert_snapshot;

use super::problems;

#[test]
fn a_module_that_nothing_asks_for_is_warned_of() {
    assert_snapshot!(problems(&[(r#"recommended: ["coacha"],"#, "")]), @r#"
    warning[V043]: nothing asks for the module `coacha`
       --> modules.ron:103:9
        |
    103 |         "coacha": (
        |         ^^^^^^^^
        |
        = help: add it to a dose, or mark it `elective: true`
    "#);
}

#[test]
fn a_set_smaller_than_the_choice_satisfies_nobody() {
    assert_snapshot!(problems(&[("choose: 1", "choose: 3")]), @r#"
    error[V050]: 3 are to be chosen, but the set holds 2
      --> roles.ron:12:31
       |
    12 |             one_of: [(choose: 3, from: ["kartlagga", "samtal"], within_days: 240)],
       |                               ^
       |
       = help: ask for fewer, or add modules to choose
    "#);
}

#[test]
fn a_deadline_that_cannot_hold_its_hours_is_impossible() {
    assert_snapshot!(problems(&[(r#"deadlines: {"mata": 200}"#, r#"deadlines: {"leda": 1}"#)]), @r#"
    error[V052]: what is due within 1 day needs 12 hours, but 1 working day can hold 7
      --> roles.ron:19:33
       |
    19 |             deadlines: {"leda": 1},
       |                                 ^
       |
       = help: give more days, or ask for less by then
    "#);
}

#[test]
fn a_deadline_that_can_just_hold_its_hours_is_fine() {
    assert_snapshot!(problems(&[(r#"deadlines: {"mata": 200}"#, r#"deadlines: {"leda": 2}"#)]), @"");
}

#[test]
fn doses_without_use_or_content_are_warned_of() {
    assert_snapshot!(problems(&[(r#"            dose: "analys",
"#, ""), (r#"required: ["intro"],"#, "")]), @r#"
    warning[V051]: the dose `alla` asks for nothing
     --> roles.ron:3:9
      |
    3 |         "alla": (
      |         ^^^^^^
      |
      = help: add modules, or remove the dose

    warning[V054]: nothing has the dose `analys`
      --> roles.ron:21:9
       |
    21 |         "analys": (
       |         ^^^^^^^^
       |
       = help: give it to a role, a group or a title, or remove it
    "#);
}

#[test]
fn a_deadline_outside_the_dose_has_no_effect() {
    assert_snapshot!(problems(&[(r#"deadlines: {"mata": 200}"#, r#"deadlines: {"coacha": 200, "samtal": 10}"#)]), @r#"
    warning[V053]: the dose does not ask for `samtal`, so its deadline has no effect
      --> roles.ron:19:50
       |
    19 |             deadlines: {"coacha": 200, "samtal": 10},
       |                                                  ^^
       |
       = help: add the module to the dose, or remove the deadline
    "#);
}

#[test]
fn a_module_named_twice_counts_once() {
    assert_snapshot!(problems(&[(r#"recommended: ["coacha"]"#, r#"recommended: ["coacha", "coacha", "leda"]"#)]), @r#"
    warning[V017]: "coacha" stands twice in the list
      --> roles.ron:18:37
       |
    18 |             recommended: ["coacha", "coacha", "leda"],
       |                           --------  ^^^^^^^^
       |                           |
       |                           first here
       |
       = help: remove one of the two

    warning[V017]: `leda` is both required and recommended
      --> roles.ron:18:47
       |
    18 |             recommended: ["coacha", "coacha", "leda"],
       |                                               ^^^^^^
       |
       = help: keep it under `required` only
    "#);
}
