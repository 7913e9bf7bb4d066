//! Rows against a database that is only described.

use std::collections::HashMap;

use super::{TODAY, day, table, told};
use crate::curriculum::model::Language;
use crate::organisation::import::people::{self, PeoplePlan};
use crate::organisation::import::units;
use crate::organisation::titles::Titles;
use crate::organisation::{Person, Unit};

fn unit(id: i64, external_id: &str, parent: Option<i64>) -> Unit {
    Unit { id, external_id: external_id.into(), name: external_id.to_uppercase(), parent, ended_on: None }
}

fn person(id: i64, external_id: &str, email: &str) -> Person {
    Person {
        id,
        external_id: external_id.into(),
        name: format!("Prov {external_id}"),
        email: email.into(),
        language: Language::Sv,
        unit: Some(1),
        title_text: String::new(),
        title_code: String::new(),
        starts_on: day("2020-01-01"),
        ends_on: None,
        disabled: false,
    }
}

/// The plan of units in words: `+id`, `~id field:before>after`, `-id`, `=count`; and the findings.
fn plan_units(text: &str, units: &[Unit], full: bool) -> (String, String) {
    let mut gone = person(2, "e2", "e2@x.se");
    gone.ends_on = Some(day("2026-05-09"));
    let people = [person(1, "e1", "e1@x.se"), gone];
    let mut parsed = units::parse(&table(text)).unwrap();
    let present = units::Present { units, managers: &[(1, 1)], people: &people };
    let plan = units::plan(&mut parsed, present, full, day(TODAY));
    let mut words: Vec<String> = plan.add.iter().map(|u| format!("+{}", u.id)).collect();
    for change in &plan.change {
        let fields = change.fields.iter().map(|f| format!("{}:{}>{}", f.field, f.before, f.after));
        words.push(format!("~{} {}", change.id, fields.collect::<Vec<_>>().join(" ")));
    }
    words.extend(plan.end.iter().map(|end| format!("-{} {}", end.id, end.last_day)));
    words.push(format!("={}", plan.unchanged));
    (words.join(", "), told(&parsed.findings))
}

fn region() -> Vec<Unit> {
    vec![unit(1, "a", None), unit(2, "b", Some(1)), unit(3, "c", Some(2))]
}

#[test]
fn units_are_added_changed_and_left() {
    let file = "id,name,parent,managers\na,A,,e1\nb,New,a,\nc,C,a,\nd,D,c,e1\n";
    let (plan, findings) = plan_units(file, &region(), false);
    assert_eq!(plan, "+d, ~b name:B>New, ~c parent:b>a, =1");
    assert_eq!(findings, "");
}

#[test]
fn a_column_that_is_missing_leaves_what_is_there() {
    assert_eq!(plan_units("Kod;Enhetsnamn\na;A\nb;B\nc;C\n", &region(), false), ("=3".into(), String::new()));
}

#[test]
fn what_is_not_in_the_file_ends_only_with_full_and_comes_back() {
    assert_eq!(plan_units("id,name\na,A\n", &region(), false).0, "=1");
    let (plan, findings) = plan_units("id,name\na,A\n", &region(), true);
    assert_eq!((plan.as_str(), findings.as_str()), ("-b 2026-05-09, -c 2026-05-09, =1", ""));
    let mut units = region();
    units[2].ended_on = Some(day("2026-01-01"));
    assert_eq!(plan_units("id,name\nc,C\n", &units, false).0, "~c ended:2026-01-01>, =0");
}

#[test]
fn every_bad_unit_row_is_told_and_those_that_hang_on_it() {
    let file = "id,name,parent,managers\n\
                a,A,c,\nb,B,a,e1 e2;e9\nc,C,b,\n,No id,,\nd,,,\ne,E,zz,\nf,F,e,\na,Again,,\ng,=G,,\nh,H,,,,x\n";
    let (_, findings) = plan_units(file, &[], false);
    insta::assert_snapshot!(findings, @r#"
    2 parent Error: goes round in a circle: "a" → "c" → "b" → "a"
    3 parent Error: goes round in a circle: "a" → "c" → "b" → "a"
    4 parent Error: goes round in a circle: "a" → "c" → "b" → "a"
    5 id Error: is missing
    6 name Error: is missing
    7 parent Error: "zz" is no unit in the file or the database
    8 parent Error: "e" is no unit in the file or the database
    9 id Error: is on line 2 already
    10 name Error: "=G" looks like a spreadsheet formula; write the value itself
    11 - Error: the row has more fields than the first line; is a quotation mark missing?
    "#);
}

#[test]
fn a_circle_through_units_that_are_there_is_refused() {
    let (plan, findings) = plan_units("id,name,parent\na,A,c\n", &region(), false);
    assert_eq!(plan, "=0");
    assert_eq!(findings, r#"2 parent Error: goes round in a circle: "a" → "c" → "b" → "a""#);
}

#[test]
fn managers_who_are_not_here_are_warned_about() {
    let (plan, findings) = plan_units("id,name,parent,managers\nb,B,a,e1 e2;e9\n", &region(), false);
    assert_eq!(plan, "~b managers:>e1, =0");
    insta::assert_snapshot!(findings, @r#"
    2 managers Warning: "e2" has left
    2 managers Warning: "e9" is not among the people; import people, then units once more
    "#);
}

#[test]
fn a_bad_row_is_in_the_file_so_its_unit_does_not_end() {
    let (plan, _) = plan_units("id,name\na,A\nb,\n", &region(), true);
    assert_eq!(plan, "-c 2026-05-09, =1");
    let (plan, findings) = plan_units("id,name\na,A\n,x\n", &region(), true);
    assert_eq!(plan, "=1");
    assert!(findings.contains("no unit is ended"));
}

fn plan_people(text: &str, people: &[Person], full: bool) -> (PeoplePlan, String) {
    let mut parsed = people::parse(&table(text)).unwrap();
    let (held, titles) = (HashMap::new(), Titles::default());
    let mut units = region();
    units[2].ended_on = Some(day("2026-01-01"));
    let present = people::Present { units: &units, people, held: &held, titles: Some(&titles) };
    let plan = people::plan(&mut parsed, present, full, day(TODAY));
    let findings = told(&parsed.findings);
    (plan, findings)
}

#[test]
fn every_bad_person_row_is_told() {
    let file = "Anställningsnummer;Namn;E-post;Enhet;Språk;Från;Till\n\
                1;Ett;ett@x.se;a;;2020-01-01;2019-12-31\n\
                ;;;;;;\n\
                2;;två@x.se;zz;da;2020-02-30;\n\
                3;Tre;tre@x.se;c;EN;;\n\
                4;Fyra;TRE@x.se;a;;;\n\
                3;Tre igen;3@x.se;a;;;\n\
                19900101-2385;Fem;fem@x.se;a;;;\n\
                6;=HYPERLINK(\"x\");=1@x.se;a;;;\n\
                7;Sju;upptagen@x.se;zz;;;\n\
                8;Åtta;upptagen@x.se;a;;;\n\
                9;Nio;gammal@x.se;a;;;2019-01-01\n";
    let people = [person(1, "e1", "Upptagen@x.se"), person(2, "9", "gammal@x.se")];
    let (_, findings) = plan_people(file, &people, false);
    insta::assert_snapshot!(findings, @r#"
    2 to Error: 2019-12-31 is before the first day 2020-01-01
    4 email Error: "två@x.se" is not an e-mail address
    4 from Error: "2020-02-30" is not a day; write it as 2027-03-28
    4 language Error: "da" is not a language here; write sv or en
    4 name Error: is missing
    5 unit Error: "c" is a unit that has ended
    6 email Error: "TRE@x.se" is on line 5 already
    7 id Error: is on line 5 already
    8 id Error: looks like a personal identity number, which is not kept here; use the employment number
    9 name Error: "=HYPERLINK("x")" looks like a spreadsheet formula; write the value itself
    10 unit Error: "zz" is no unit; import units first
    11 email Error: "upptagen@x.se" is on line 10 already
    12 to Error: 2019-01-01 is before the first day 2020-01-01
    "#);
}

#[test]
fn an_address_may_move_within_a_file_but_not_from_somebody_outside_it() {
    let people = [person(1, "e1", "one@x.se"), person(2, "e2", "two@x.se")];
    let swapped = "id,name,email,unit\ne1,Prov e1,two@x.se,a\ne2,Prov e2,one@x.se,a\n";
    let (plan, findings) = plan_people(swapped, &people, false);
    assert_eq!((plan.people.change.len(), findings.as_str()), (2, ""));
    let (plan, findings) = plan_people("id,name,email,unit\ne1,Prov e1,two@x.se,a\n", &people, false);
    assert!(plan.people.is_empty());
    assert_eq!(findings, r#"2 email Error: "two@x.se" belongs to "e2""#);
}

#[test]
fn who_is_missing_ends_only_with_full_but_never_who_was_made_here() {
    let people = [person(1, "e1", "one@x.se"), person(2, "first:two@x.se", "two@x.se"), person(3, "e3", "3@x.se")];
    let file = "id,name,email,unit\ne3,Prov e3,3@x.se,a\n";
    assert!(plan_people(file, &people, false).0.people.end.is_empty());
    let ends = plan_people(file, &people, true).0.people.end;
    assert_eq!(ends.iter().map(|e| (e.id.as_str(), e.last_day)).collect::<Vec<_>>(), [("e1", day("2026-05-09"))]);
}

#[test]
fn the_first_row_with_the_address_takes_over_who_was_made_here() {
    let people = [person(2, "first:two@x.se", "two@x.se")];
    let (plan, findings) = plan_people("id,name,email,unit\ne2,Prov,TWO@x.se,a\n", &people, false);
    assert_eq!(findings, "");
    let fields: Vec<_> = plan.people.change[0].fields.iter().map(|f| (f.field, f.after.as_str())).collect();
    assert_eq!(fields, [("id", "e2"), ("name", "Prov"), ("email", "TWO@x.se")]);
}

#[test]
fn somebody_who_comes_back_is_taken_up_again_and_keeps_her_language() {
    let mut back = person(1, "e1", "one@x.se");
    (back.ends_on, back.language) = (Some(day("2026-01-31")), Language::En);
    let (plan, _) = plan_people("id,name,email,unit,language\ne1,Prov e1,one@x.se,a,sv\n", &[back], false);
    assert_eq!(plan.people.change[0].to.language, Language::En);
    let fields: Vec<_> =
        plan.people.change[0].fields.iter().map(|f| (f.field, f.before.as_str(), f.after.as_str())).collect();
    assert_eq!(fields, [("to", "2026-01-31", "")]);
}

#[test]
fn a_missing_column_and_one_that_is_there_twice_are_refused() {
    let refused = |text| people::parse(&table(text)).unwrap_err().to_string();
    insta::assert_snapshot!(refused("id,name,unit\n1,a,b\n"), @"the column email is missing; the first line has id, name, unit");
    insta::assert_snapshot!(refused("id,name,email,e-post,unit\n"), @"the column email is there twice, as email and e-post; keep one");
}
