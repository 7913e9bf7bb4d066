//! What names something else: unknown names, circles, prerequisites that say too much or nothing.

use insta::assert_snapshot;

use super::problems;

#[test]
fn unknown_names_are_proposed_right_or_told_what_they_are() {
    assert_snapshot!(problems(&[(r#"builds_on: "intro""#, r#"builds_on: "introo""#), (r#"area: "psykologi""#, r#"area: "ledare""#), (r#"dose: "analys""#, r#"dose: "helt-annat""#), (r#"group: "stod""#, r#"group: "stöd""#)]), @r#"
    error[V020]: there is no module `introo`
      --> modules.ron:27:24
       |
    27 |             builds_on: "introo",
       |                        ^^^^^^^^
       |
      ::: modules.ron:3:9
       |
     3 |         "intro": (
       |         ------- `intro` is defined here
       |
       = help: did you mean `intro`?

    error[V020]: there is no area `ledare`
      --> modules.ron:90:19
       |
    90 |             area: "ledare",
       |                   ^^^^^^^^
       |
       = help: `ledare` is a dose: write the id of an area

    warning[V054]: nothing has the dose `analys`
      --> roles.ron:21:9
       |
    21 |         "analys": (
       |         ^^^^^^^^
       |
       = help: give it to a role, a group or a title, or remove it

    error[V020]: there is no group `stöd`
      --> roles.ron:53:20
       |
    53 |             group: "stöd",
       |                    ^^^^^^
       |
      ::: roles.ron:43:9
       |
    43 |         "stod": (
       |         ------ `stod` is defined here
       |
       = help: did you mean `stod`?

    error[V020]: there is no dose `helt-annat`
      --> roles.ron:54:19
       |
    54 |             dose: "helt-annat",
       |                   ^^^^^^^^^^^^
       |
       = help: define it in `doses`, or write another id
    "#);
}

#[test]
fn modules_that_build_on_each_other_show_every_edge() {
    assert_snapshot!(problems(&[("level: KnowOf,", r#"level: KnowOf,
            builds_on: Any(["coacha", "mata"]),"#)]), @r#"
    error[V030]: `coacha` builds on itself: coacha → samtal → intro → coacha
       --> modules.ron:115:44
        |
    115 |             builds_on: AtLeast(2, ["leda", "samtal", "kartlagga"]),
        |                                            ^^^^^^^^ `coacha` builds on `samtal`
        |
       ::: modules.ron:101:24
        |
    101 |             builds_on: "intro",
        |                        ------- `samtal` builds on `intro`
        |
       ::: modules.ron:6:29
        |
      6 |             builds_on: Any(["coacha", "mata"]),
        |                             -------- `intro` builds on `coacha`
        |
        = help: take away one of these, so that there is a place to begin
    "#);
}

#[test]
fn an_equivalent_closes_a_cycle_too() {
    assert_snapshot!(problems(&[(r#"title: (sv: "Mäta på webben""#, r#"builds_on: "leda",
            title: (sv: "Mäta på webben""#), (r#"            builds_on: "modellen",
            assessment: Test"#, "            assessment: Test")]), @r#"
    error[V030]: `leda` builds on itself: leda → mata-webb → leda
      --> modules.ron:86:29
       |
    86 |             builds_on: All(["mata", Any(["kartlagga", "samtal"])]),
       |                             ^^^^^^ `leda` builds on `mata`, which `mata-webb` counts as
       |
      ::: modules.ron:65:24
       |
    65 |             builds_on: "leda",
       |                        ------ `mata-webb` builds on `leda`
       |
       = help: take away one of these, so that there is a place to begin
    "#);
}

#[test]
fn a_module_may_build_on_what_it_counts_as() {
    assert_snapshot!(problems(&[(r#"            builds_on: "modellen",
            assessment: Test"#, r#"            builds_on: "mata",
            assessment: Test"#)]), @"");
}

#[test]
fn roles_that_include_each_other_show_every_edge() {
    assert_snapshot!(problems(&[(r#"            dose: "deltagare",
            order: 1,
        ),
        "ledare""#, r#"            dose: "deltagare",
            order: 1,
            includes: ["ledare"],
        ),
        "ledare""#)]), @r#"
    error[V031]: `deltagare` includes itself: deltagare → ledare → deltagare
      --> roles.ron:33:24
       |
    33 |             includes: ["ledare"],
       |                        ^^^^^^^^ `deltagare` includes `ledare`
    ...
    38 |             includes: ["deltagare"],
       |                        ----------- `ledare` includes `deltagare`
       |
       = help: take away one of these, so that there is a place to begin
    "#);
}

#[test]
fn a_prerequisite_of_a_higher_level_is_warned_of_when_it_cannot_be_avoided() {
    assert_snapshot!(problems(&[("hours: 7,\n            format: Supervision", "hours: 7,\n            format: Supervision"), ("level: Lead", "level: KnowOf")]), @r#"
    warning[V032]: `leda` is of level 1 but builds on `mata` of level 3
      --> modules.ron:86:29
       |
    86 |             builds_on: All(["mata", Any(["kartlagga", "samtal"])]),
       |                             ^^^^^^
       |
      ::: modules.ron:46:20
       |
    46 |             level: Apply,
       |                    ----- the higher level
       |
       = help: change one of the levels, or what the module builds on

    warning[V032]: `leda` is of level 1 but builds on `kartlagga` of level 3
      --> modules.ron:86:42
       |
    86 |             builds_on: All(["mata", Any(["kartlagga", "samtal"])]),
       |                                          ^^^^^^^^^^^
       |
      ::: modules.ron:32:20
       |
    32 |             level: Apply,
       |                    ----- the higher level
       |
       = help: change one of the levels, or what the module builds on

    warning[V032]: `leda` is of level 1 but builds on `samtal` of level 2
      --> modules.ron:86:55
       |
    86 |             builds_on: All(["mata", Any(["kartlagga", "samtal"])]),
       |                                                       ^^^^^^^^
    ...
    91 |             level: Understand,
       |                    ---------- the higher level
       |
       = help: change one of the levels, or what the module builds on
    "#);
}

#[test]
fn a_prerequisite_that_another_implies_is_redundant() {
    assert_snapshot!(problems(&[(r#"All(["mata", Any"#, r#"All(["intro", "mata", Any"#)]), @r#"
    warning[V033]: `intro` is already implied by `mata`
      --> modules.ron:86:29
       |
    86 |             builds_on: All(["intro", "mata", Any(["kartlagga", "samtal"])]),
       |                             ^^^^^^^  ------ this already implies it
       |
       = help: leave it out
    "#);
}

#[test]
fn an_alternative_that_is_always_fulfilled_is_redundant() {
    assert_snapshot!(problems(&[(r#"Any(["kartlagga", "samtal"])"#, r#"Any(["kartlagga", "modellen"])"#)]), @r#"
    warning[V033]: this expression is already implied by `mata`
      --> modules.ron:86:37
       |
    86 |             builds_on: All(["mata", Any(["kartlagga", "modellen"])]),
       |                             ------  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |                             |
       |                             this already implies it
       |
       = help: leave it out
    "#);
}

#[test]
fn impossible_and_empty_expressions_are_told() {
    assert_snapshot!(problems(&[(r#"AtLeast(2, ["leda", "samtal", "kartlagga"])"#, r#"AtLeast(3, ["leda", "samtal", "leda", AtLeast(0, ["mata"]), Any([])])"#)]), @r#"
    warning[V017]: the same prerequisite stands twice in the list
       --> modules.ron:114:54
        |
    114 |             builds_on: AtLeast(3, ["leda", "samtal", "leda", AtLeast(0, ["mata"]), Any([])]),
        |                                                      ^^^^^^
        |
        = help: remove one of the two

    warning[V035]: `AtLeast(0, …)` asks for nothing
       --> modules.ron:114:62
        |
    114 |             builds_on: AtLeast(3, ["leda", "samtal", "leda", AtLeast(0, ["mata"]), Any([])]),
        |                                                              ^^^^^^^^^^^^^^^^^^^^
        |
        = help: leave it out, or ask for at least 1

    error[V034]: `Any` of nothing can never be fulfilled
       --> modules.ron:114:84
        |
    114 |             builds_on: AtLeast(3, ["leda", "samtal", "leda", AtLeast(0, ["mata"]), Any([])]),
        |                                                                                    ^^^^^^^
        |
        = help: ask for fewer, or add alternatives
    "#);
}
