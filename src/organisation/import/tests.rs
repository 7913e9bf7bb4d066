//! Reading and planning: hostile files, every kind of bad row, and that a plan applied leaves nothing to plan.

use std::collections::HashMap;
use std::io::Cursor;

use chrono::{NaiveDate, NaiveDateTime};
use proptest::prelude::*;

use super::people::{self, PeoplePlan};
use super::plan::{Finding, Parsed};
use super::read::{self, Encoding, ReadError, Separator, Table};
use super::service::{self, Errand, Options, Report};
use super::units;
use crate::curriculum::model::{Curriculum, Language};
use crate::organisation::titles::Titles;
use crate::organisation::{Person, Unit, assignments, store as organisation};
use crate::store::{Error, Settings, Store, migrate};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2026-05-10";

fn now() -> NaiveDateTime {
    format!("{TODAY}T12:00:00").parse().unwrap()
}

fn table(text: &str) -> Table {
    read::table(Cursor::new(text.as_bytes())).unwrap()
}

/// What cannot be read is refused with this.
#[track_caller]
fn refused(bytes: impl AsRef<[u8]>) -> String {
    read::table(Cursor::new(bytes)).unwrap_err().to_string()
}

#[test]
fn encoding_and_separator_are_found_by_themselves() {
    let check = |bytes: &[u8], encoding, separator| {
        let table = read::table(Cursor::new(bytes)).unwrap();
        assert_eq!((table.form.encoding, table.form.separator), (encoding, separator));
        assert_eq!(table.header.iter().collect::<Vec<_>>(), ["id", "näme"]);
        assert_eq!(table.rows[0].fields.iter().collect::<Vec<_>>(), ["1", "Åsa, \"Ö\""]);
        assert_eq!(table.rows[0].line, 2);
    };
    check("id,näme\n1,\"Åsa, \"\"Ö\"\"\"\n".as_bytes(), Encoding::Utf8, Separator::Comma);
    check("\u{feff}id;näme\r\n1;\"Åsa, \"\"Ö\"\"\"\r\n".as_bytes(), Encoding::Utf8, Separator::Semicolon);
    check("id\tnäme\r1\t\"Åsa, \"\"Ö\"\"\"\r".as_bytes(), Encoding::Utf8, Separator::Tab);
    let latin: Vec<u8> = "id;näme\n1;\"Åsa, \"\"Ö\"\"\"".chars().map(|c| c as u8).collect();
    check(&latin, Encoding::Windows1252, Separator::Semicolon);
}

#[test]
fn a_character_cut_by_the_end_of_a_chunk_is_still_utf8() {
    for shift in 0..4 {
        let long = format!("id\n{}{}", "x".repeat(shift), "å\n".repeat(100_000));
        assert_eq!(table(&long).form.encoding, Encoding::Utf8);
    }
    let cut = &"id\nå".as_bytes()[..4];
    assert_eq!(read::table(Cursor::new(cut)).unwrap().form.encoding, Encoding::Windows1252);
}

#[test]
fn lines_count_also_within_quotes_and_empty_rows_do_not_matter() {
    let table = table("id,name\n1,\"two\nlines\"\n\n,\n , \n\n2,b\n");
    let rows: Vec<_> = table.rows.iter().map(|row| (row.line, row.fields[0].to_owned())).collect();
    assert_eq!(rows, [(2, "1".to_owned()), (8, "2".to_owned())]);
}

#[test]
fn what_is_no_csv_is_refused_in_words() {
    insta::assert_snapshot!(refused(""), @"the file is empty; the first line must name the columns");
    insta::assert_snapshot!(refused("\n;;\n\n"), @"the file is empty; the first line must name the columns");
    insta::assert_snapshot!(refused(b"PK\x03\x04xl/workbook.xml"), @"the file is a spreadsheet; save it as CSV (UTF-8) and import that");
    insta::assert_snapshot!(refused(b"\xff\xfei\0d\0"), @"the file is UTF-16; save it as CSV (UTF-8) and import that");
    insta::assert_snapshot!(refused(b"id;name\n1;\0\n"), @"the file is not text; give a CSV file in UTF-8 or Windows-1252");
}

#[test]
fn every_bound_is_held() {
    let rows = "id\n".to_owned() + &"x\n".repeat(read::MAX_ROWS);
    assert_eq!(table(&rows).rows.len(), read::MAX_ROWS);
    insta::assert_snapshot!(refused(rows + "x\n"), @"the file has more than 200000 rows; divide it");
    let field = format!("id\n{}\n", "å".repeat(read::MAX_FIELD));
    assert_eq!(table(&field).rows.len(), 1);
    insta::assert_snapshot!(refused(format!("id\n\n{}x", "å".repeat(read::MAX_FIELD))), @"line 3: a field is longer than 10000 characters; is a quotation mark missing?");
    insta::assert_snapshot!(refused(format!("id\n1\n\"{}", "a,b\n".repeat(1_000_000))), @"line 3: the row is longer than 1 MiB; is a quotation mark missing?");
    insta::assert_snapshot!(refused(",".repeat(read::MAX_COLUMNS)), @"the file has more than 200 columns; is it the right file?");
}

/// Gives zeros, or spaces, for ever, and counts.
struct Endless {
    byte: u8,
    given: u64,
}

impl std::io::Read for &mut Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        buffer.fill(self.byte);
        self.given += buffer.len() as u64;
        Ok(buffer.len())
    }
}

impl std::io::Seek for &mut Endless {
    fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
        Ok(0)
    }
}

#[test]
fn a_file_without_an_end_is_not_read_to_its_end() {
    let mut spaces = Endless { byte: b' ', given: 0 };
    assert!(matches!(read::table(&mut spaces), Err(ReadError::TooLarge)));
    assert!(spaces.given <= read::MAX_BYTES + 64 * 1024);
}

fn told(findings: &[Finding]) -> String {
    let mut findings = findings.to_vec();
    findings.sort();
    let line = |f: &Finding| {
        let (line, column) = (f.line.map_or("-".into(), |l| l.to_string()), f.column.unwrap_or("-"));
        format!("{line} {column} {:?}: {}", f.severity, f.reason)
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

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

fn open() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&Settings::new(dir.path().join("t.sqlite").to_string_lossy())).unwrap();
    migrate::run(&store).unwrap();
    (dir, store)
}

const APPLY: Options = Options { apply: true, full: false, skip_bad: false };

fn import_units(store: &Store, text: &str, options: Options) -> Report<super::Plan<units::UnitState>> {
    let errand = Errand { by: None, now: now(), progress: &|_, _| {} };
    service::units(store, &table(text), options, &errand).unwrap()
}

fn import_people(store: &Store, text: &str, options: Options, at: NaiveDateTime) -> Report<PeoplePlan> {
    let errand = Errand { by: None, now: at, progress: &|_, _| {} };
    service::people(store, &table(text), options, |_| Ok(Some(two_titles())), &errand).unwrap()
}

fn two_titles() -> Titles {
    let mut curriculum = Curriculum::default();
    for id in ["nurse", "physio"] {
        let title = format!(r#"(title: (sv: "{id}", en: "{id}"), group: "g")"#);
        curriculum.titles.insert(id.into(), ron::from_str(&title).unwrap());
    }
    Titles::of(&curriculum)
}

fn titles_of(store: &Store, external_id: &str) -> Vec<(String, String, Option<NaiveDate>)> {
    let held = store.read(|c| {
        let person = organisation::person_by_external_id(c, external_id)?.unwrap();
        assignments::store::of(c, person.id)
    });
    held.unwrap().into_iter().map(|a| (a.code, a.from.to_string(), a.to)).collect()
}

#[test]
fn a_change_of_title_ends_the_old_one_the_day_before() {
    let (_dir, store) = open();
    import_units(&store, "id,name\na,A\n", APPLY);
    let file = |title: &str| format!("id,name,email,unit,title,from\n1,Ett,1@x.se,a,{title},2020-01-01\n");
    import_people(&store, &file("Nurse"), APPLY, now());
    import_people(&store, &file("Physio"), APPLY, "2026-06-01T12:00:00".parse().unwrap());
    import_people(&store, &file("Unheard of"), APPLY, "2026-07-01T12:00:00".parse().unwrap());
    assert_eq!(
        titles_of(&store, "1"),
        [
            ("nurse".into(), "2020-01-01".into(), Some(day("2026-05-31"))),
            ("physio".into(), "2026-06-01".into(), Some(day("2026-06-30"))),
        ]
    );
}

#[test]
fn who_ends_manages_nothing_and_holds_nothing_any_more() {
    let (_dir, store) = open();
    let units = "id,name,parent,managers\na,A,,1\n";
    import_units(&store, units, APPLY);
    let both = "id,name,email,unit,title\n1,Ett,1@x.se,a,nurse\n2,Två,2@x.se,a,nurse\n";
    import_people(&store, both, APPLY, now());
    import_units(&store, units, APPLY);
    assert_eq!(store.read(organisation::managers).unwrap().len(), 1);
    let one = "id,name,email,unit,title\n2,Två,2@x.se,a,nurse\n";
    let later = "2026-06-01T12:00:00".parse().unwrap();
    import_people(&store, one, Options { full: true, ..APPLY }, later);
    assert!(store.read(organisation::managers).unwrap().is_empty());
    assert_eq!(titles_of(&store, "1"), [("nurse".into(), TODAY.into(), Some(day("2026-05-31")))]);
    import_people(&store, both, APPLY, later);
    assert_eq!(titles_of(&store, "1").last(), Some(&("nurse".into(), "2026-06-01".into(), None)));
}

#[test]
fn rows_with_errors_stop_everything_unless_they_may_be_left_out() {
    let (_dir, store) = open();
    let file = "id,name\na,A\nb,\n";
    let count = || store.read(organisation::units).unwrap().len();
    assert!(!import_units(&store, file, APPLY).applied);
    assert_eq!(count(), 0);
    assert!(!import_units(&store, file, Options { apply: false, skip_bad: true, full: false }).applied);
    assert_eq!(count(), 0);
    let report = import_units(&store, file, Options { skip_bad: true, ..APPLY });
    assert_eq!((report.applied, report.rows, report.bad_rows, count()), (true, 2, 1, 1));
}

#[test]
fn an_import_leaves_one_line_in_the_audit_trail_and_none_when_nothing_changed() {
    use diesel::prelude::*;

    use crate::store::schema::audit;
    let (_dir, store) = open();
    for _ in 0..2 {
        import_units(&store, "id,name\na,A\n", APPLY);
        import_people(&store, "id,name,email,unit\n1,Ett,1@x.se,a\n", APPLY, now());
    }
    let rows: Vec<(String, String)> = store
        .read(|c| Ok::<_, Error>(audit::table.order(audit::id).select((audit::action, audit::detail)).load(c)?))
        .unwrap();
    let expected = |action: &str| (action.to_owned(), "added 1, changed 0, ended 0, titles 0".to_owned());
    assert_eq!(rows, [expected("import.units"), expected("import.people")]);
}

/// Rows of a random file of units: id, parent, managers.
fn some_units() -> impl Strategy<Value = String> {
    let row = (0..8u8, 0..9u8, prop::collection::vec(0..6u8, 0..3));
    prop::collection::vec(row, 0..10).prop_map(|rows| {
        let mut file = String::from("id,name,parent,managers\n");
        for (id, parent, managers) in rows {
            let parent = if parent == 8 { String::new() } else { format!("u{parent}") };
            let managers: Vec<String> = managers.iter().map(|m| format!("e{m}")).collect();
            file.push_str(&format!("u{id},Unit {},{parent},{}\n", managers.len(), managers.join(" ")));
        }
        file
    })
}

/// Rows of a random file of people: id, address, unit, title, days.
fn some_people() -> impl Strategy<Value = String> {
    let day = prop::sample::select(vec!["", "2020-01-01", "2026-05-09", "2026-05-10", "2027-01-01"]);
    let title = prop::sample::select(vec!["", "nurse", "physio", "other"]);
    let row = (0..6u8, 0..6u8, 0..8u8, title, day.clone(), day);
    prop::collection::vec(row, 0..8).prop_map(|rows| {
        let mut file = String::from("id,name,email,unit,title,from,to\n");
        for (id, email, unit, title, from, to) in rows {
            file.push_str(&format!("e{id},Prov {id},m{email}@x.se,u{unit},{title},{from},{to}\n"));
        }
        file
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the files and whatever was there before: applied once, nothing is left to do, and the tree is a tree.
    #[test]
    fn a_plan_applied_leaves_nothing_to_plan(
        steps in prop::collection::vec((some_units(), some_people(), any::<bool>()), 1..4)
    ) {
        let (_dir, store) = open();
        for (units, people, full) in steps {
            let options = Options { apply: true, full, skip_bad: true };
            let tell = Options { apply: false, ..options };
            prop_assert!(import_units(&store, &units, options).applied);
            prop_assert!(import_units(&store, &units, tell).plan.is_empty());
            prop_assert!(import_people(&store, &people, options, now()).applied);
            let again = import_people(&store, &people, tell, now()).plan;
            prop_assert!(again.people.is_empty(), "{:?}", again);
            prop_assert!(again.titles.is_empty(), "{:?}", again);
            let parents = store.read(organisation::units).unwrap();
            let parents = parents.iter().filter_map(|u| Some((u.id, u.parent?))).collect();
            prop_assert_eq!(crate::organisation::tree::find_cycle(&parents), None);
        }
    }

    /// Bytes of any kind are read or refused, in words.
    #[test]
    fn no_bytes_make_the_reader_fail_badly(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut file = b"id,name,email,unit,from\n".to_vec();
        file.extend(bytes);
        if let Ok(table) = read::table(Cursor::new(file)) {
            let parsed: Result<Parsed<_>, _> = people::parse(&table);
            prop_assert!(parsed.is_ok());
        }
    }
}
