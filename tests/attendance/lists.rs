//! Attendance from lists, on the page and by the command line: CSV and spreadsheets, tried first, then done, then done again.

use std::fs;

use diesel::prelude::*;
use serde_json::Value;
use varjedag::store::schema::part_marks;
use varjedag::store::{Error, Store};

use super::{count, given, has, seated, stage};
use crate::support::build::{self, Person};
use crate::support::program::{Ran, good, program, ran, refused};
use crate::support::sheet::spreadsheet;
use crate::support::{Database, World, on_both};

on_both![
    a_list_is_shown_first_then_read_in_and_the_second_time_changes_nothing,
    a_csv_list_is_tried_then_done_and_the_second_time_changes_nothing,
    a_spreadsheet_is_tried_then_done_and_the_second_time_changes_nothing,
    rows_with_errors_are_told_by_line_and_stop_everything_or_are_left_out,
    what_is_no_list_or_no_occasion_is_refused_in_one_sentence,
];

/// An occasion in two parts that have been, and who sits at it.
struct Course {
    database: Database,
    occasion: i64,
    people: Vec<Person>,
}

impl Course {
    fn of(database: Database) -> Course {
        build::publish_small(&database.store);
        let (occasion, _) = given(&database.store, "modellen", &[3, 2]);
        let names = ["Anna Alm", "Bo Bok", "Cleo Cedergren"];
        let people = names.map(|name| seated(&database.store, name, &[occasion])).into();
        Course { database, occasion, people }
    }

    fn store(&self) -> &Store {
        &self.database.store
    }

    /// What the region calls somebody.
    fn own_id(&self, person: &Person) -> String {
        let found = self.store().read(|conn| varjedag::organisation::store::person(conn, person.id)).unwrap();
        found.expect("somebody").external_id
    }

    fn import(&self, name: &str, bytes: impl AsRef<[u8]>, options: &[&str]) -> Ran {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), bytes).expect("written");
        let occasion = self.occasion.to_string();
        let named = ["import", "attendance", name, "--occasion", &occasion];
        ran(program().args(named).args(options).env("DATABASE_URL", &self.database.url).current_dir(folder.path()))
    }

    /// The whole report, and whether all rows were good.
    fn report(&self, name: &str, bytes: impl AsRef<[u8]>, options: &[&str]) -> (bool, Value) {
        let (code, out, err) = self.import(name, bytes, &[&["--format", "json"], options].concat());
        let report = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
        (code == Some(0), report)
    }

    /// How many marks each of the people has.
    fn marks(&self) -> Vec<i64> {
        self.people.iter().map(|person| count(self.store(), person)).collect()
    }

    /// How many have the module.
    fn done(&self) -> usize {
        self.people.iter().map(|person| has(self.store(), person, "modellen")).sum()
    }

    fn check(&self, name: &str, bytes: &[u8]) {
        let (good, tried) = self.report(name, bytes, &[]);
        let told = ["rows", "bad_rows", "unchanged"].map(|key| tried[key].as_u64().expect("a number"));
        assert_eq!((good, told, &tried["applied"]), (true, [3, 0, 0], &Value::Bool(false)), "{tried}");
        assert_eq!(tried["changes"].as_array().map(Vec::len), Some(4), "{tried}");
        assert_eq!(self.marks(), [0, 0, 0], "nothing changes before it is asked for");
        let (_, done) = self.report(name, bytes, &["--apply"]);
        assert_eq!((&done["changes"], &done["applied"]), (&tried["changes"], &Value::Bool(true)));
        assert_eq!((self.marks(), self.done()), (vec![2, 1, 1], 1));
        let text = self.import(name, bytes, &["--apply"]);
        assert!(crate::support::program::good(text).ends_with("Nothing to change.\n"));
        assert_eq!((self.marks(), self.done()), (vec![2, 1, 1], 1));
        let sources = part_marks::table.select(part_marks::source).distinct();
        let sources: Vec<String> = self.store().read(|conn| Ok::<_, Error>(sources.load(conn)?)).unwrap();
        assert_eq!(sources, ["import"]);
    }
}

fn a_csv_list_is_tried_then_done_and_the_second_time_changes_nothing(database: Database) {
    let course = Course::of(database);
    let [anna, bo, cleo] = [0, 1, 2].map(|at: usize| &course.people[at]);
    let list = format!(
        "Anteckning;E-post;Person-ID;Del;Närvaro\nbra;{};;;Ja\n;{};;2;borta\n;;{};1;HÄR\n",
        anna.email.to_uppercase(),
        bo.email,
        course.own_id(cleo)
    );
    course.check("lista.csv", list.as_bytes());
    let (windows, ..) = encoding_rs::WINDOWS_1252.encode(&list);
    let told = good(course.import("gammal.csv", windows, &["--apply"]));
    assert!(told.starts_with("3 rows, 0 marks change, 4 are so already"), "however it is written: {told}");
}

fn a_spreadsheet_is_tried_then_done_and_the_second_time_changes_nothing(database: Database) {
    let course = Course::of(database);
    let [anna, bo, cleo] = [0, 1, 2].map(|at: usize| &course.people[at]);
    let sheet = spreadsheet(&[
        &["email", "id", "part", "attendance"],
        &[&anna.email, "", "", "TRUE"],
        &[&bo.email, &course.own_id(bo), "2", "0"],
        &["", &course.own_id(cleo), "1", "ja"],
        &["", "", "", ""],
    ]);
    course.check("lista.xlsx", &sheet);
}

fn rows_with_errors_are_told_by_line_and_stop_everything_or_are_left_out(database: Database) {
    let course = Course::of(database);
    let [anna, bo, cleo] = [0, 1, 2].map(|at: usize| &course.people[at]);
    let stranger = build::person(course.store(), "Utan Plats", None);
    let rows: [&[&str]; 9] = [
        &["email", "id", "part", "attendance"],
        &[&anna.email, "", "", "ja"],
        &[&bo.email, "", "", "kanske"],
        &["", "", "", "ja"],
        &[&bo.email, &course.own_id(cleo), "", "ja"],
        &["ingen@exempel.invalid", "", "", "ja"],
        &[&stranger.email, "", "", "ja"],
        &[&cleo.email, "", "3", "ja"],
        &[&anna.email, "", "1", "nej"],
    ];
    let csv = rows.map(|row| row.join(";")).join("\n");
    for (name, bytes) in [("lista.csv", csv.into_bytes()), ("lista.xlsx", spreadsheet(&rows))] {
        let (good, tried) = course.report(name, &bytes, &["--apply"]);
        assert_eq!((good, &tried["applied"], course.marks()), (false, &Value::Bool(false), vec![0, 0, 0]));
        let findings = tried["findings"].as_array().expect("a list");
        let lines: Vec<u64> = findings.iter().map(|slip| slip["line"].as_u64().expect("a line")).collect();
        assert_eq!(lines, [3, 4, 5, 6, 7, 8, 9], "{tried}");
        let (code, out, err) = course.import(name, &bytes, &[]);
        assert_eq!((code, err.matches("error: line ").count()), (Some(1), 7), "{err}");
        assert!(out.contains("7 rows have errors") && !out.contains("Anna Alm, part 1: none → absent"), "{out}");
    }
    let sheet = spreadsheet(&rows);
    assert!(good(course.import("lista.xlsx", &sheet, &["--apply", "--skip-bad"])).contains("Done, without 7 rows"));
    assert_eq!((course.marks(), course.done()), (vec![2, 0, 0], 1));
}

fn what_is_no_list_or_no_occasion_is_refused_in_one_sentence(database: Database) {
    let mut course = Course::of(database);
    let check = |course: &Course, bytes: &[u8], expected: &str| {
        refused(course.import("lista", bytes, &["--apply"]), expected);
        assert_eq!(course.marks(), [0, 0, 0]);
    };
    check(&course, b"", "empty");
    check(&course, b"namn;e-post\nAnna;a@exempel.invalid\n", "attendance");
    check(&course, b"PK\x03\x04 and nothing more", "broken archive");
    check(&course, &spreadsheet(&[]), "empty");
    course.occasion = 999_999;
    check(&course, b"e-post;n\xc3\xa4rvaro\na@exempel.invalid;ja\n", "no such occasion");
}

fn a_list_is_shown_first_then_read_in_and_the_second_time_changes_nothing(world: World) {
    let stage = stage(&world, "modellen", &[3, 2]);
    let [anna, bo] = ["Anna Alm", "Bo Bok"].map(|name| seated(&world.store, name, &[stage.occasion]));
    let stranger = build::person(&world.store, "Utan Plats", None);
    let list = format!(
        "e-post;del;närvaro\n{};;ja\n{};1;borta\n{};;ja\nnågon;;ja\n{};3;ja\n",
        anna.email, bo.email, stranger.email, bo.email
    );
    let path = format!("{}/import", stage.path);
    let shown = stage.trainer.post(&path, &[("list", &list)]);
    assert_eq!(shown.status, 200, "{}", shown.body);
    let told: Vec<String> = shown.texts("#would ~ ul.rows li");
    assert!(told[0].starts_with("Rad 4: Utan Plats har ingen plats"), "{told:?}");
    assert!(told[1].starts_with("Rad 5: Ingen känd person har någon"), "{told:?}");
    assert!(told[2].starts_with("Rad 6: Tillfället har ingen del 3"), "{told:?}");
    assert_eq!(told.len(), 6);
    assert_eq!(count(&world.store, &anna), 0, "nothing is written before it is asked for");
    let apply = |list: &str| stage.trainer.post(&path, &[("list", list), ("apply", "true"), ("skip", "true")]);
    assert_eq!(stage.trainer.post(&path, &[("list", &list), ("apply", "true")]).status, 200, "bad rows stop it");
    assert_eq!(count(&world.store, &anna), 0);
    assert_eq!(apply(&list).status, 303);
    assert_eq!((count(&world.store, &anna), count(&world.store, &bo)), (2, 1));
    assert_eq!(has(&world.store, &anna, "modellen"), 1);
    assert_eq!(apply(&list).status, 303);
    assert_eq!((count(&world.store, &anna), count(&world.store, &bo)), (2, 1));
    assert!(stage.trainer.post(&path, &[("list", "namn\nAnna\n")]).text(".alert").contains("Kolumnen närvaro saknas"));
    assert_eq!(stage.trainer.post(&path, &[("list", " ")]).status, 422);
}
