//! What is wrong with the text itself: commas, quotes, brackets, signs.

use insta::assert_snapshot;

use super::{problems, shown};
use crate::curriculum::load::Sources;

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
