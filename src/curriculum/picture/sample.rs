//! Curricula for the tests: small ones written on the spot, and the real one.

use std::collections::BTreeMap;
use std::path::Path;

use crate::curriculum::model::{
    About, Area, Assessment, Colour, Counts, Curriculum, Dose, Format, Level, Module, Needs, Role, Text,
};
use crate::curriculum::{judge, load};

pub fn text(sv: &str) -> Text {
    Text { sv: sv.to_owned(), en: format!("{sv} in English") }
}

pub fn module(area: &str, title: &str, builds_on: Needs) -> Module {
    Module {
        area: area.to_owned(),
        level: Level::Apply,
        hours: 3.5,
        format: Format::Seminar,
        title: text(title),
        short: text(title),
        purpose: text(""),
        outcomes: Vec::new(),
        participant: text(""),
        trainer: text(""),
        builds_on,
        assessment: Assessment::Attendance,
        pass_percent: None,
        attendance_percent: None,
        valid_months: None,
        counts: Counts::default(),
        equivalent: Vec::new(),
        elective: false,
        adapted_from: None,
    }
}

/// `modules` as (area letter among M V S P L, id, what it builds on); the title is the id.
pub fn curriculum(modules: Vec<(&str, &str, Needs)>) -> Curriculum {
    let colours = [Colour::Blue, Colour::Teal, Colour::Yellow, Colour::Rust, Colour::Lilac];
    let areas = ["M", "V", "S", "P", "L"].into_iter().zip(colours).zip(1..).map(|((letter, colour), order)| {
        let area = Area {
            leg: "leg".to_owned(),
            title: text(&format!("Area {letter}")),
            letter: letter.to_owned(),
            colour,
            order,
        };
        (letter.to_owned(), area)
    });
    Curriculum {
        about: About { name: text("Sample"), ..About::default() },
        areas: areas.collect(),
        modules: modules.into_iter().map(|(area, id, needs)| (id.to_owned(), module(area, id, needs))).collect(),
        ..Curriculum::default()
    }
}

pub fn one(id: &str) -> Needs {
    Needs::Module(id.to_owned())
}

pub fn all(ids: &[&str]) -> Needs {
    Needs::All(ids.iter().map(|id| one(id)).collect())
}

pub fn any(ids: &[&str]) -> Needs {
    Needs::Any(ids.iter().map(|id| one(id)).collect())
}

pub fn role(dose: &str, includes: &[&str]) -> Role {
    let includes = includes.iter().map(|&id| id.to_owned()).collect();
    Role { title: text("role"), competence: text(""), includes, dose: dose.to_owned(), order: 1 }
}

pub fn dose(required: &[&str], recommended: &[&str]) -> Dose {
    let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect();
    Dose { required: ids(required), recommended: ids(recommended), deadlines: BTreeMap::new(), ..Dose::default() }
}

/// The real curriculum, as it is published.
pub fn real() -> Curriculum {
    let sources = load::read_dir(Path::new("curricula/varjedag")).expect("the real curriculum can be read");
    judge(&sources).curriculum.expect("the real curriculum is sound")
}
