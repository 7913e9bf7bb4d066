//! What does not have the shape of a curriculum: sections, fields, kinds of values, ids, translations.

use insta::assert_snapshot;

use super::{problems, shown};
use crate::curriculum::load::Sources;

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
