//! The rules of transitions one by one, each told as a story of one role.

use chrono::NaiveDate;

use super::{compiled, day};
use crate::curriculum::model::{Curriculum, Dose, Role, Text};
use crate::engine::model::{Achievement, Assignment, Facts, Holding, Requirement, Source};
use crate::engine::sample::{self, Shape};
use crate::engine::{Transition, Who, gap, requirements};

/// One role `r` with the dose `d`, written anew in each version.
struct Story {
    versions: Vec<(NaiveDate, Curriculum, Transition)>,
}

const MODULES: [&str; 4] = ["a", "b", "c", "x"];

impl Story {
    fn begins(dose: &str) -> Story {
        Story { versions: Vec::new() }.then("2026-01-01", dose, Transition::default())
    }

    fn then(mut self, published: &str, dose: &str, transition: Transition) -> Story {
        let shape = Shape { modules: 1, reach: 1, alternatives: 0, equivalents: 0, dose: 0 };
        let blank = sample::curriculum(&shape, 0).modules.remove(0).1;
        let there = |id: &&&str| **id != "x" || dose.contains("\"x\"");
        let modules = MODULES.iter().filter(there).map(|id| ((*id).to_owned(), blank.clone())).collect();
        let dose: Dose = ron::from_str(&format!("(title: (sv: \"\", en: \"\"), {dose})")).expect("a dose");
        let role =
            Role { title: Text::default(), competence: Text::default(), includes: vec![], dose: "d".into(), order: 1 };
        let (doses, roles) = ([("d".to_owned(), dose)].into(), [("r".to_owned(), role)].into());
        let curriculum = Curriculum { modules, doses, roles, ..Curriculum::default() };
        self.versions.push((day(published), curriculum, transition));
        self
    }

    /// Everybody is asked for these modules, in all versions.
    fn of_everyone(mut self, modules: &[&str]) -> Story {
        for (_, curriculum, _) in &mut self.versions {
            let required = modules.iter().map(|id| (*id).to_owned()).collect();
            curriculum.doses.insert("all".into(), Dose { required, within_days: 30, ..Dose::default() });
            curriculum.about.everyone = Some("all".into());
        }
        self
    }

    /// Somebody with the role from `from`, and with these modules since these days.
    fn check(&self, from: &str, has: &[(&str, &str)], expected: &str) {
        let holding = Holding::Role("r".to_owned());
        let assignment = Assignment { holding, from: day(from), to: None, source: Source::Hand };
        let has = has.iter().map(|(module, on)| Achievement {
            module: (*module).to_owned(),
            day: day(on),
            valid_until: None,
        });
        let facts = Facts { assignments: vec![assignment], achievements: has.collect(), bookings: vec![] };
        let compiled = compiled(&self.versions);
        let line = |requirement: Requirement| {
            let because = &requirement.because[0];
            let due = because.due.map(|due| format!(" {due}")).unwrap_or_default();
            format!("{}{due} ({})", compiled.id(requirement.module), compiled.number(because.version))
        };
        let told: Vec<String> = requirements(&compiled, &facts, day("2028-01-01")).into_iter().map(line).collect();
        assert_eq!(told.join(", "), expected);
    }
}

fn who(default: Who, grace_days: u32) -> Transition {
    Transition { default, grace_days, ..Transition::default() }
}

const SEPTEMBER: &str = "2026-09-01";

#[test]
fn an_added_module_counts_from_the_publication_and_the_grace_is_the_least() {
    let story = |grace| {
        Story::begins("within_days: 100, required: [\"a\"]").then(
            SEPTEMBER,
            "within_days: 100, required: [\"a\", \"b\"]",
            who(Who::Everyone, grace),
        )
    };
    story(30).check("2026-02-01", &[], "a 2026-05-12 (2026.2), b 2026-12-10 (2026.2)");
    story(200).check("2026-02-01", &[], "a 2026-05-12 (2026.2), b 2027-03-20 (2026.2)");
    // Whoever begins on the day of publication or later knows it from the beginning.
    story(200).check(SEPTEMBER, &[], "a 2026-12-10 (2026.2), b 2026-12-10 (2026.2)");
}

#[test]
fn a_relaxed_day_moves_and_a_tightened_one_never_lands_in_the_past() {
    let story = |days| {
        Story::begins("within_days: 300, required: [\"a\"]").then(
            SEPTEMBER,
            &format!("within_days: {days}, required: [\"a\"]"),
            who(Who::Everyone, 30),
        )
    };
    story(400).check("2026-03-01", &[], "a 2027-04-05 (2026.2)");
    story(10).check("2026-03-01", &[], "a 2026-10-01 (2026.2)");
    story(90).check("2026-03-01", &[], "a 2026-11-30 (2026.2)");
    // Its old day comes first.
    story(200).check("2026-03-01", &[], "a 2026-12-26 (2026.2)");
    // What is overdue stays so.
    story(100).check("2025-06-01", &[], "a 2026-10-28 (2026.2)");
    let overdue = Story::begins("within_days: 90, required: [\"a\"]").then(
        SEPTEMBER,
        "within_days: 80, required: [\"a\"]",
        who(Who::Everyone, 30),
    );
    overdue.check("2026-03-01", &[], "a 2026-05-30 (2026.2)");
}

#[test]
fn what_everybody_is_asked_for_is_no_beginning_of_another_dose() {
    let story = |everyones: &[&str]| {
        let story = Story::begins("within_days: 100, required: [\"a\", \"b\"]");
        let to = "within_days: 100, required: [\"c\"]";
        story.then(SEPTEMBER, to, who(Who::NotStarted, 0)).of_everyone(everyones)
    };
    let (old, new) = ("a 2026-05-12 (2026.1), b 2026-05-12 (2026.1)", "c 2026-12-10 (2026.2)");
    story(&[]).check("2026-02-01", &[("a", "2026-03-01")], old);
    story(&["a"]).check("2026-02-01", &[("a", "2026-03-01")], new);
    story(&["a"]).check("2026-02-01", &[("a", "2026-03-01"), ("b", "2026-03-02")], old);
    story(&["a", "b"]).check("2026-02-01", &[("a", "2026-03-01"), ("b", "2026-03-02")], new);
}

#[test]
fn those_who_have_begun_keep_the_old_dose_and_say_under_which_version() {
    let story = |rule| {
        Story::begins("within_days: 100, required: [\"a\", \"b\"]").then(
            SEPTEMBER,
            "within_days: 100, required: [\"c\"]",
            who(rule, 0),
        )
    };
    let old = "a 2026-05-12 (2026.1), b 2026-05-12 (2026.1)";
    let new = "c 2026-12-10 (2026.2)";
    story(Who::NotStarted).check("2026-02-01", &[("b", "2026-08-31")], old);
    story(Who::NotStarted).check("2026-02-01", &[("b", "2026-09-01")], new);
    story(Who::NotStarted).check("2026-02-01", &[("c", "2026-03-01")], new);
    story(Who::NewAssignments).check("2026-02-01", &[], old);
    story(Who::NewAssignments).check(SEPTEMBER, &[("a", "2026-03-01")], new);
}

#[test]
fn a_later_version_for_everyone_takes_along_those_who_kept_an_older_dose() {
    let story = Story::begins("within_days: 100, required: [\"a\"]")
        .then(SEPTEMBER, "within_days: 100, required: [\"b\"]", who(Who::NewAssignments, 0))
        .then("2027-02-01", "within_days: 100, required: [\"a\", \"c\"]", who(Who::Everyone, 0));
    story.check("2026-02-01", &[], "a 2026-05-12 (2027.1), c 2027-05-12 (2027.1)");
}

#[test]
fn those_who_kept_an_older_dose_keep_it_until_a_version_changes_the_dose_or_names_it_for_everyone() {
    let (old, new) = ("within_days: 100, required: [\"a\"]", "within_days: 100, required: [\"b\"]");
    let named = Transition { doses: [("d".to_owned(), Who::Everyone)].into(), ..who(Who::Everyone, 0) };
    let story = |third| {
        let second = Story::begins(old).then(SEPTEMBER, new, who(Who::NewAssignments, 0));
        second.then("2027-02-01", new, third)
    };
    story(who(Who::Everyone, 0)).check("2026-02-01", &[], "a 2026-05-12 (2026.1)");
    story(named).check("2026-02-01", &[], "b 2027-05-12 (2027.1)");
}

#[test]
fn a_version_that_leaves_a_dose_alone_takes_its_number_to_those_who_stand_there() {
    let story = Story::begins("within_days: 100, required: [\"a\"]")
        .then(SEPTEMBER, "within_days: 100, required: [\"a\"]", who(Who::NewAssignments, 0))
        .then("2027-02-01", "within_days: 100, required: [\"b\"]", who(Who::NewAssignments, 0));
    story.check("2026-02-01", &[], "a 2026-05-12 (2026.2)");
    story.check("2027-02-01", &[], "b 2027-05-12 (2027.1)");
}

#[test]
fn a_wider_choice_keeps_its_days_and_a_harder_one_is_a_new_demand() {
    let one_of = |choose: u32, from: &str| format!("within_days: 100, one_of: [(choose: {choose}, from: [{from}])]");
    let story = |choose, from| {
        Story::begins(&one_of(1, "\"a\", \"b\"")).then(SEPTEMBER, &one_of(choose, from), who(Who::Everyone, 0))
    };
    let check = |choose, from, expected| story(choose, from).check("2026-02-01", &[], expected);
    check(1, "\"a\", \"b\", \"c\"", "a 2026-05-12 (2026.2), b 2026-05-12 (2026.2), c 2026-05-12 (2026.2)");
    check(2, "\"a\", \"b\"", "a 2026-12-10 (2026.2), b 2026-12-10 (2026.2)");
    check(1, "\"a\"", "a 2026-12-10 (2026.2)");
}

#[test]
fn an_old_module_counts_as_the_new_one_also_when_it_is_no_longer_there() {
    let credit = Transition { credit: [("x".to_owned(), "b".to_owned())].into(), ..who(Who::NewAssignments, 0) };
    let story = Story::begins("within_days: 100, required: [\"a\", \"x\"]").then(
        SEPTEMBER,
        "within_days: 100, required: [\"c\"]",
        credit,
    );
    // The old dose asks for the new module in the place of the old.
    story.check("2026-02-01", &[], "a 2026-05-12 (2026.1), b 2026-05-12 (2026.1)");
    let compiled = compiled(&story.versions);
    let achieved = |on: &str| Achievement { module: "x".to_owned(), day: day(on), valid_until: None };
    for on in ["2026-03-01", "2026-12-01"] {
        let facts = Facts { achievements: vec![achieved(on)], ..Facts::default() };
        let held: Vec<usize> = gap::valid(&compiled, &facts, day("2028-01-01")).ones().collect();
        assert_eq!(held, [1]);
    }
}

#[test]
fn a_removed_module_is_asked_of_nobody() {
    let story = Story::begins("within_days: 100, required: [\"a\", \"x\"]").then(
        SEPTEMBER,
        "within_days: 100, required: [\"a\"]",
        who(Who::NewAssignments, 0),
    );
    story.check("2026-02-01", &[("x", "2026-03-01")], "a 2026-05-12 (2026.2)");
}

#[test]
fn a_role_that_no_longer_exists_asks_for_nothing_and_a_new_one_counts_from_its_publication() {
    let mut story = Story::begins("within_days: 10, required: [\"a\"]").then(
        SEPTEMBER,
        "within_days: 10, required: [\"a\"]",
        who(Who::NewAssignments, 20),
    );
    let role = story.versions[0].1.roles.remove("r");
    story.check("2026-02-01", &[], "a 2026-09-21 (2026.2)");
    story.versions[1].1.roles.clear();
    story.versions[0].1.roles.extend(role.map(|role| ("r".to_owned(), role)));
    story.check("2026-02-01", &[], "");
}

#[test]
fn a_transition_is_written_as_people_choose_it_and_says_what_does_not_fit() {
    let transition = Transition {
        doses: [("d".to_owned(), Who::NotStarted), ("gone".to_owned(), Who::Everyone)].into(),
        credit: [("x".to_owned(), "b".to_owned()), ("a".to_owned(), "y".to_owned()), ("c".to_owned(), "c".to_owned())]
            .into(),
        ..who(Who::NewAssignments, 5_000)
    };
    let written = serde_json::to_string(&transition).expect("it is written");
    insta::assert_snapshot!(written, @r#"{"default":"new-assignments","doses":{"d":"not-started","gone":"everyone"},"grace_days":5000,"credit":{"a":"y","c":"c","x":"b"}}"#);
    assert_eq!(serde_json::from_str::<Transition>(&written).expect("it is read"), transition);
    let story = Story::begins("within_days: 100");
    let told: Vec<String> = transition.check(None, &story.versions[0].1).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    the transition names the dose "gone", which neither the old nor the new curriculum has; correct the name
    "a" cannot count as "y", which the new curriculum does not have; name one of its modules
    "c" cannot count as itself; leave that line out
    a grace of 5000 days is more than 1096 days; give a shorter one
    "#);
}
