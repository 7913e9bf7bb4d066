//! What happens when in a programme.

use insta::assert_snapshot;

use super::problems;

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
