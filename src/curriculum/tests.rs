//! Every kind of problem, as it is shown: the small curriculum with something changed, and what is said about it.

use insta::assert_snapshot;

use super::diagnose::render;
use super::judge;
use super::load::Sources;
use super::testing::{small, small_with};

/// What is said about the small curriculum after these changes.
fn problems(changes: &[(&str, &str)]) -> String {
    shown(&small_with(changes))
}

fn shown(sources: &Sources) -> String {
    render(&judge(sources).problems, sources, false)
}

#[test]
fn the_small_curriculum_has_no_problems() {
    let judged = judge(&small());
    assert_eq!(judged.problems, []);
    assert_eq!(judged.curriculum.map(|curriculum| curriculum.modules.len()), Some(8));
}

mod form {
    use super::*;

    #[test]
    fn a_missing_comma_is_shown_where_it_belongs() {
        assert_snapshot!(problems(&[("within_days: 90,", "within_days: 90")]), @r"
        error[V003]: a comma is missing
         --> roles.ron:5:28
          |
        5 |             within_days: 90
          |                            ^
          |
          = help: write `,` between the two
        ");
    }

    #[test]
    fn a_missing_quote_hides_the_rest_of_the_file_but_not_the_other_files() {
        assert_snapshot!(problems(&[(r#"en: "Everyone""#, r#"en: "Everyone"#), (r#"area: "psykologi""#, r#"area: "psykologj""#)]), @r#"
        error[V020]: there is no area `psykologj`
          --> modules.ron:90:19
           |
        90 |             area: "psykologj",
           |                   ^^^^^^^^^^^
           |
          ::: curriculum.ron:22:9
           |
        22 |         "psykologi": (
           |         ----------- `psykologi` is defined here
           |
           = help: did you mean `psykologi`?

        error[V003]: a comma is missing
         --> roles.ron:6:25
          |
        4 |             title: (sv: "Alla", en: "Everyone),
          |                                     - this text runs over several lines: is its closing quote missing?
        5 |             within_days: 90,
        6 |             required: ["intro"],
          |                         ^
          |
          = help: write `,` between the two
        "#);
    }

    #[test]
    fn a_bracket_that_is_never_closed_is_shown_where_it_opens() {
        assert_snapshot!(problems(&[(r#"            required: ["intro"],"#, r#"            required: ["intro","#)]), @r#"
        error[V003]: `)` where `]` is expected
         --> roles.ron:7:9
          |
        6 |             required: ["intro",
          |                       - the bracket opened here
        7 |         ),
          |         ^
          |
          = help: close the bracket with `]` first
        "#);
    }

    #[test]
    fn a_bracket_closed_by_another_names_both() {
        assert_snapshot!(problems(&[(r#"["mata", "leda"]"#, r#"["mata", "leda")"#)]), @r#"
        error[V003]: `)` where `]` is expected
          --> roles.ron:17:38
           |
        17 |             required: ["mata", "leda"),
           |                       -              ^
           |                       |
           |                       the bracket opened here
           |
           = help: close the bracket with `]` first
        "#);
    }

    #[test]
    fn a_bracket_forgotten_before_the_next_entry_is_pointed_at() {
        assert_snapshot!(problems(&[(r#"en: "Everyone"),"#, r#"en: "Everyone","#)]), @r#"
        error[V003]: a field's name stands in quotes
         --> roles.ron:8:9
          |
        3 |         "alla": (
          |                 - inside this bracket: is it closed where it should be?
        ...
        8 |         "deltagare": (
          |         ^^^^^^^^^^^
          |
          = help: write the name without quotes, or `{ … }` around entries with ids
        "#);
    }

    #[test]
    fn a_bracket_too_many_is_told_once() {
        assert_snapshot!(problems(&[("            one_of", "            }one_of")]), @r#"
        error[V003]: `}` where `)` is expected
          --> roles.ron:12:13
           |
         8 |         "deltagare": (
           |                      - the bracket opened here
        ...
        12 |             }one_of: [(choose: 1, from: ["kartlagga", "samtal"], within_days: 240)],
           |             ^
           |
           = help: close the bracket with `)` first
        "#);
    }

    #[test]
    fn a_missing_colon_and_a_comma_too_many_are_told_once_each() {
        assert_snapshot!(problems(&[(r#""alla": ("#, r#""alla" ("#), ("order: 2,\n        ),\n    },\n    groups", "order: 2,,\n        ),\n    },\n    groups")]), @r#"
        error[V003]: a colon is missing
         --> roles.ron:3:15
          |
        3 |         "alla" (
          |               ^
          |
          = help: write `"id": ( … )`

        error[V003]: a comma where a value is expected
          --> roles.ron:39:22
           |
        39 |             order: 2,,
           |                      ^
           |
           = help: remove it
        "#);
    }

    #[test]
    fn an_id_without_quotes_is_still_known() {
        assert_snapshot!(problems(&[(r#""modellen": ("#, "modellen: (")]), @r#"
        error[V012]: an id should be a text in quotes, but is the word `modellen`
          --> modules.ron:16:9
           |
        16 |         modellen: (
           |         ^^^^^^^^
           |
           = help: write `"id": ( … )`
        "#);
    }

    #[test]
    fn an_equals_sign_is_told_to_be_a_colon() {
        assert_snapshot!(problems(&[("within_days: 90", "within_days = 90")]), @r"
        error[V003]: `=` has no meaning here
         --> roles.ron:5:25
          |
        5 |             within_days = 90,
          |                         ^
          |
          = help: write `name: value`
        ");
    }

    #[test]
    fn a_curly_quote_is_named() {
        assert_snapshot!(problems(&[(r#"letter: "M""#, "letter: “M”")]), @r#"
        error[V003]: `“` is not a quote that RON knows
          --> curriculum.ron:18:21
           |
        18 |             letter: “M”,
           |                     ^
           |
           = help: write texts in straight quotes, as in "text"
        "#);
    }

    #[test]
    fn one_broken_entry_hides_neither_its_neighbours_nor_what_names_it() {
        assert_snapshot!(problems(&[("level: KnowOf", "level KnowOf"), ("level: Coach", "level: Koach")]), @r"
        error[V003]: a comma is missing
         --> modules.ron:5:18
          |
        5 |             level KnowOf,
          |                  ^
          |
          = help: write `,` between the two

        error[V012]: `level` cannot be `Koach`
           --> modules.ron:105:20
            |
        105 |             level: Koach,
            |                    ^^^^^
            |
            = help: did you mean `Coach`?
        ");
    }

    #[test]
    fn a_misspelt_section_is_proposed_right() {
        assert_snapshot!(problems(&[("programmes: {", "programs: {")]), @r"
        error[V010]: there is no section `programs`
         --> programme.ron:2:5
          |
        2 |     programs: {
          |     ^^^^^^^^
          |
          = help: did you mean `programmes`?
        ");
    }

    #[test]
    fn a_misspelt_field_is_proposed_right_and_not_called_missing() {
        assert_snapshot!(problems(&[("hours: 14", "huors: 14")]), @r"
        error[V010]: a module has no field `huors`
           --> modules.ron:106:13
            |
        106 |             huors: 14,
            |             ^^^^^
            |
            = help: did you mean `hours`?
        ");
    }

    #[test]
    fn missing_fields_are_told_together() {
        assert_snapshot!(problems(&[("            hours: 14,\n            format: Supervision,\n", "")]), @r#"
        error[V011]: a module lacks `hours` and `format`
           --> modules.ron:103:9
            |
        103 |         "coacha": (
            |         ^^^^^^^^
            |
            = help: add `hours: 3.5`, `format: Seminar`
        "#);
    }

    #[test]
    fn a_text_for_a_number_is_the_wrong_kind() {
        assert_snapshot!(problems(&[("hours: 14", r#"hours: "14""#)]), @r#"
        error[V012]: `hours` should be a number, but is a text
           --> modules.ron:106:20
            |
        106 |             hours: "14",
            |                    ^^^^
            |
            = help: write it without quotes, as in 3.5
        "#);
    }

    #[test]
    fn a_text_for_a_list_is_the_wrong_kind() {
        assert_snapshot!(problems(&[(r#"recommended: ["coacha"]"#, r#"recommended: "coacha""#)]), @r#"
        error[V012]: `recommended` should be a list `[ … ]`, but is a text
          --> roles.ron:18:26
           |
        18 |             recommended: "coacha",
           |                          ^^^^^^^^
           |
           = help: write its parts between `[` and `]`, also when there is only one
        "#);
    }

    #[test]
    fn a_list_for_a_prerequisite_is_the_wrong_kind() {
        assert_snapshot!(problems(&[(r#"builds_on: "intro""#, r#"builds_on: ["intro"]"#)]), @r#"
        error[V012]: a prerequisite should be a module or an expression of modules, but is a list `[ … ]`
          --> modules.ron:27:24
           |
        27 |             builds_on: ["intro"],
           |                        ^^^^^^^^^
           |
           = help: write "a", All(["a", "b"]), Any(["a", "b"]) or AtLeast(2, ["a", "b", "c"])
        "#);
    }

    #[test]
    fn a_fraction_for_whole_months_is_the_wrong_kind() {
        assert_snapshot!(problems(&[("valid_months: 24", "valid_months: 2.5")]), @r"
        error[V012]: `valid_months` should be a whole number, but is the number 2.5
           --> modules.ron:116:27
            |
        116 |             valid_months: 2.5,
            |                           ^^^
            |
            = help: write digits only, without quotes
        ");
    }

    #[test]
    fn an_unknown_word_is_proposed_right() {
        assert_snapshot!(problems(&[("level: Lead", "level: Leed")]), @r"
        error[V012]: `level` cannot be `Leed`
          --> modules.ron:77:20
           |
        77 |             level: Leed,
           |                    ^^^^
           |
           = help: did you mean `Lead`?
        ");
    }

    #[test]
    fn a_plain_text_for_both_languages_is_the_wrong_kind() {
        assert_snapshot!(problems(&[(r#"title: (sv: "Alla", en: "Everyone")"#, r#"title: "Alla""#)]), @r#"
        error[V012]: `title` should be a text in both languages, but is a text
         --> roles.ron:4:20
          |
        4 |             title: "Alla",
          |                    ^^^^^^
          |
          = help: write (sv: "…", en: "…")
        "#);
    }

    #[test]
    fn a_missing_and_an_empty_translation_are_told() {
        assert_snapshot!(problems(&[(r#"title: (sv: "Alla", en: "Everyone")"#, r#"title: (sv: "Alla")"#), (r#"(sv: "Analys", en: "Analysis")"#, r#"(sv: " ", en: "Analysis")"#)]), @r#"
        error[V013]: `title` has no English text
         --> roles.ron:4:20
          |
        4 |             title: (sv: "Alla"),
          |                    ^^^^^^^^^^^^
          |
          = help: write `en: "…"`

        error[V013]: `title` has no Swedish text
          --> roles.ron:22:25
           |
        22 |             title: (sv: " ", en: "Analysis"),
           |                         ^^^
           |
           = help: write `sv: "…"`
        "#);
    }

    #[test]
    fn an_id_defined_in_two_files_shows_both() {
        assert_snapshot!(problems(&[("    doses: {", r#"    legs: { "forbattringskunskap": (title: (sv: "Två", en: "Two"), order: 3) },
    doses: {"#)]), @r#"
        error[V014]: the leg `forbattringskunskap` is defined twice
          --> roles.ron:2:13
           |
         2 |     legs: { "forbattringskunskap": (title: (sv: "Två", en: "Two"), order: 3) },
           |             ^^^^^^^^^^^^^^^^^^^^^
           |
          ::: curriculum.ron:12:9
           |
        12 |         "forbattringskunskap": (title: (sv: "Förbättringskunskap", en: "Improvement knowledge"), order: 2),
           |         --------------------- first defined here
           |
           = help: rename or remove one of the two
        "#);
    }

    #[test]
    fn a_field_written_twice_shows_both() {
        assert_snapshot!(problems(&[("within_days: 90,", "within_days: 90, within_days: 91,")]), @r"
        error[V014]: `within_days` is written twice
         --> roles.ron:5:30
          |
        5 |             within_days: 90, within_days: 91,
          |             -----------      ^^^^^^^^^^^
          |             |
          |             first written here
          |
          = help: remove one of the two
        ");
    }

    #[test]
    fn an_id_with_capitals_or_spaces_is_badly_formed() {
        assert_snapshot!(problems(&[(r#"            id: "start""#, r#"            id: "Start 1""#)]), @r#"
        error[V015]: `Start 1` is not well formed as an id
          --> programme.ron:10:25
           |
        10 |                     id: "Start 1",
           |                         ^^^^^^^^^
           |
           = help: write lower-case letters a to z, digits and single hyphens between, as in `mata-for-forbattring`
        "#);
    }

    #[test]
    fn a_backslash_without_meaning_is_told() {
        assert_snapshot!(problems(&[(r#"en: "Everyone""#, r#"en: "Every\one""#)]), @r#"
        error[V003]: a backslash is followed by a character that has no meaning there
         --> roles.ron:4:37
          |
        4 |             title: (sv: "Alla", en: "Every\one"),
          |                                     ^^^^^^^^^^^
          |
          = help: write `\\` for a backslash and `\"` for a quote
        "#);
    }

    #[test]
    fn what_a_module_was_adapted_from_is_any_text() {
        let adapted =
            |written: &str| problems(&[("elective: true,", &format!("elective: true, adapted_from: {written},"))]);
        assert_eq!(adapted("\"metoder/styrdiagram 2026.1\""), "");
        assert_eq!(adapted("Some(\"metoder/styrdiagram 2026.1\")"), "");
        assert_snapshot!(adapted("2026.1"), @r#"
        error[V012]: `adapted_from` should be a text in quotes, but is the number 2026.1
          --> modules.ron:73:43
           |
        73 |             elective: true, adapted_from: 2026.1,
           |                                           ^^^^^^
           |
           = help: write "…"
        "#);
    }

    #[test]
    fn settings_of_ron_stand_at_the_top_only() {
        assert_eq!(problems(&[("(\n    programmes", "#![enable(implicit_some)]\n(\n    programmes")]), "");
        assert_snapshot!(problems(&[("month: 5,", "#![enable(implicit_some)] month: 5,")]), @r"
        error[V003]: `#` has no meaning here
          --> programme.ron:27:21
           |
        27 |                     #![enable(implicit_some)] month: 5,
           |                     ^
           |
           = help: remove it, or put the text in quotes
        ");
    }

    #[test]
    fn an_empty_file_is_told() {
        assert_snapshot!(shown(&Sources::of([("a.ron", "// nothing yet")])), @r"
        error[V003]: the file holds nothing
         --> a.ron:1:1
          |
        1 | // nothing yet
          | ^
          |
          = help: write `( … )` with sections such as `modules: { … }`, or remove it
        ");
    }

    #[test]
    fn without_about_there_is_no_curriculum() {
        assert_snapshot!(shown(&Sources::of([("a.ron", "(legs: {})")])), @r"
        error[V011]: no file has the section `about`
         --> a.ron:1:1
          |
        1 | (legs: {})
          | ^
          |
          = help: write `about: (name: …, purpose: …, day_hours: …)` in one of the files
        ");
    }
}

mod meaning {
    use super::*;

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

    #[test]
    fn programmes_are_written_in_time_order() {
        assert_snapshot!(problems(&[("month: 3,", "month: 6,"), ("progress: 4", "progress: 1"), ("month: 2, title", "month: 9, title")]), @r#"
        error[V060]: meeting `handledning` in month 5, week 1 stands after `mitt` in month 6, week 2
          --> programme.ron:27:28
           |
        27 |                     month: 5,
           |                            ^
           |
          ::: programme.ron:19:28
           |
        19 |                     month: 6,
           |                            - the one before
           |
           = help: write meetings in time order

        error[V061]: month 9 lies outside the programme's months 1 to 8
          --> programme.ron:35:36
           |
        35 |                 (id: "mal", month: 9, title: (sv: "Mål satt", en: "Aim set"), progress: 1.5),
           |                                    ^
           |
          ::: programme.ron:6:21
           |
         6 |             months: 8,
           |                     - the programme's months
           |
           = help: change the month, or the programme's `months`

        error[V060]: milestone `slut` in month 8 stands after `mal` in month 9
          --> programme.ron:36:37
           |
        35 |                 (id: "mal", month: 9, title: (sv: "Mål satt", en: "Aim set"), progress: 1.5),
           |                                    - the one before
        36 |                 (id: "slut", month: 8, title: (sv: "Redovisat", en: "Presented"), progress: 1),
           |                                     ^
           |
           = help: write milestones in time order
        "#);
    }

    #[test]
    fn a_module_is_not_given_before_what_it_builds_on() {
        assert_snapshot!(problems(&[(r#"modules: ["intro", "modellen"]"#, r#"modules: ["modellen", "intro"]"#)]), @r#"
        warning[V062]: `modellen` is given before `intro`, which it builds on
          --> programme.ron:15:31
           |
        15 |                     modules: ["modellen", "intro"],
           |                               ^^^^^^^^^^  ------- `intro` is given here
           |
           = help: give them the other way round
        "#);
    }

    #[test]
    fn meetings_have_ids_of_their_own() {
        assert_snapshot!(problems(&[(r#"id: "mitt""#, r#"id: "start""#)]), @r#"
        error[V014]: the id `start` stands twice in `meetings`
          --> programme.ron:18:25
           |
        18 |                     id: "start",
           |                         ^^^^^^^
           |
          ::: programme.ron:10:25
           |
        10 |                     id: "start",
           |                         ------- first here
           |
           = help: rename one of the two
        "#);
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
}
