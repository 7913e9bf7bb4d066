//! From courses to a curriculum that `check` accepts, to be written further by people.
//!
//! The language knows nothing of terms, so there is no "together" in it. A corequisite, which may be taken before or
//! together, becomes something the module builds on: whoever follows a path then always does right by the catalogue,
//! only sometimes later than it would allow. So does a strict corequisite, which loses that it must be together. What
//! would close a circle is left out, corequisites before prerequisites, and told.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Catalogue, Course};
use crate::curriculum::model::{
    About, Area, Assessment, Colour, Counts, Curriculum, Dose, Format, Leg, Level, Module, Needs, Role, Text,
};

/// A curriculum to begin with.
#[derive(Debug, Clone, PartialEq)]
pub struct Skeleton {
    pub curriculum: Curriculum,
    /// What could not be carried over, in sentences.
    pub notes: Vec<String>,
}

const DAY_HOURS: f64 = 7.0;
const MOST_HOURS: f64 = 1000.0;
const LONGEST_ID: usize = 56;
const LONGEST_SHORT: usize = 32;
/// Longest deadline that `check` accepts.
const MOST_DAYS: u32 = 3650;

/// The curriculum of `catalogue`; `name` is what it is called when the catalogue does not say.
pub fn skeleton(catalogue: &Catalogue, name: &str) -> Skeleton {
    let mut notes = catalogue.notes.clone();
    let ids = ids(&catalogue.courses);
    let edges = edges(&catalogue.courses, &mut notes);
    let source = [&catalogue.institution, &catalogue.name].into_iter().find(|text| !text.is_empty());
    let modules: Vec<(String, Module)> = catalogue
        .courses
        .iter()
        .enumerate()
        .map(|(at, course)| {
            let needs: Vec<Needs> = edges[at].iter().map(|before| Needs::Module(ids[*before].clone())).collect();
            let trace = source.map(|source| format!("{source} {}", called(course)));
            (ids[at].clone(), module(course, needs, trace, &mut notes))
        })
        .collect();
    notes.push("titles are the same in both languages; every other text is to be written".to_owned());
    notes.push("all modules are in one area, of one level and format".to_owned());
    let title = if catalogue.name.is_empty() { name } else { &catalogue.name };
    let mut curriculum = Curriculum {
        about: About { name: same(title), purpose: to_write(), day_hours: DAY_HOURS, ..About::default() },
        legs: BTreeMap::from([("kurser".to_owned(), Leg { title: both("Kurser", "Courses"), order: 1 })]),
        areas: BTreeMap::from([("kurser".to_owned(), area())]),
        modules,
        ..Curriculum::default()
    };
    ask(&mut curriculum, &ids, &edges, &mut notes);
    Skeleton { curriculum, notes }
}

fn both(sv: &str, en: &str) -> Text {
    Text { sv: sv.to_owned(), en: en.to_owned() }
}

fn same(text: &str) -> Text {
    both(text, text)
}

fn to_write() -> Text {
    both("Återstår att skriva.", "To be written.")
}

fn area() -> Area {
    let title = both("Kurser", "Courses");
    Area { leg: "kurser".to_owned(), title, letter: "K".to_owned(), colour: Colour::Blue, order: 1 }
}

/// What people call the course.
fn called(course: &Course) -> String {
    match format!("{} {}", course.prefix, course.number).trim() {
        "" => course.id.clone(),
        name => name.to_owned(),
    }
}

fn module(course: &Course, needs: Vec<Needs>, adapted_from: Option<String>, notes: &mut Vec<String>) -> Module {
    Module {
        area: "kurser".to_owned(),
        level: Level::Understand,
        hours: hours(course, notes),
        format: Format::Seminar,
        title: same(&course.title),
        short: same(&short(&course.title)),
        purpose: to_write(),
        outcomes: vec![to_write()],
        participant: to_write(),
        trainer: to_write(),
        builds_on: match <[Needs; 1]>::try_from(needs) {
            Ok([only]) => only,
            Err(needs) => Needs::All(needs),
        },
        assessment: Assessment::Attendance,
        pass_percent: None,
        attendance_percent: None,
        valid_months: None,
        counts: Counts::default(),
        equivalent: Vec::new(),
        elective: false,
        adapted_from,
    }
}

/// Credit hours are taken as hours, in whole quarters.
fn hours(course: &Course, notes: &mut Vec<String>) -> f64 {
    let written = course.hours.replace(',', ".");
    let line = course.line;
    let Some(hours) = written.parse::<f64>().ok().filter(|hours| hours.is_finite() && *hours > 0.0) else {
        notes.push(format!("line {line}: hours ({}) are not a number above zero; 1 is written", course.hours));
        return 1.0;
    };
    let rounded = ((hours * 4.0).round() / 4.0).clamp(0.25, MOST_HOURS);
    if rounded != hours {
        notes.push(format!("line {line}: {hours} hours became {rounded}"));
    }
    rounded
}

fn short(title: &str) -> String {
    if title.chars().count() <= LONGEST_SHORT {
        return title.to_owned();
    }
    let cut: String = title.chars().take(LONGEST_SHORT - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Ids as the language wants them, each its own: prefix and number, else the id, else for bare numbers the title.
fn ids(courses: &[Course]) -> Vec<String> {
    let mut taken = HashSet::new();
    let name = |course: &Course| {
        let candidates = [format!("{} {}", course.prefix, course.number), course.id.clone(), course.title.clone()];
        let spelt = candidates.iter().map(|text| slug(text));
        spelt
            .into_iter()
            .find(|slug| slug.contains(|c: char| c.is_ascii_lowercase()))
            .unwrap_or_else(|| "kurs".to_owned())
    };
    let mut own = |course: &Course| {
        let name = name(course);
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let id = std::iter::once(name.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(name.clone());
        taken.insert(id.clone());
        id
    };
    courses.iter().map(&mut own).collect()
}

fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let plain = lower.chars().map(|c| match c {
        'å' | 'ä' | 'à' | 'á' => 'a',
        'ö' | 'ø' => 'o',
        'é' | 'è' => 'e',
        'ü' => 'u',
        _ if c.is_ascii_alphanumeric() => c,
        _ => ' ',
    });
    let words = plain.collect::<String>();
    let slug = words.split_whitespace().collect::<Vec<_>>().join("-");
    slug.chars().take(LONGEST_ID).collect::<String>().trim_end_matches('-').to_owned()
}

/// What each course builds on, by position.
fn edges(courses: &[Course], notes: &mut Vec<String>) -> Vec<Vec<usize>> {
    let by_id: HashMap<&str, usize> = courses.iter().enumerate().map(|(at, course)| (course.id.as_str(), at)).collect();
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); courses.len()];
    let kinds: [(&str, fn(&Course) -> &Vec<String>); 3] = [
        ("prerequisite", |course| &course.before),
        ("strict corequisite", |course| &course.strictly_together),
        ("corequisite", |course| &course.together),
    ];
    for (kind, of) in kinds {
        for (at, course) in courses.iter().enumerate() {
            for id in of(course) {
                let told = |what: &str| format!("line {}: the {kind} {id} of {} {what}", course.line, called(course));
                match by_id.get(id.as_str()) {
                    None => notes.push(told("is no course of the catalogue and is left out")),
                    Some(before) if edges[at].contains(before) => {}
                    Some(&before) if before == at || leads(&edges, before, at) => {
                        notes.push(told("would make courses build on each other and is left out"));
                    }
                    Some(&before) => {
                        edges[at].push(before);
                        if kind != "prerequisite" {
                            notes.push(told("became something it builds on: there is no \"together\""));
                        }
                    }
                }
            }
        }
    }
    edges
}

/// Whether `from` builds on `to`, directly or by way of others.
fn leads(edges: &[Vec<usize>], from: usize, to: usize) -> bool {
    let (mut open, mut seen) = (vec![from], vec![false; edges.len()]);
    while let Some(at) = open.pop() {
        if at == to {
            return true;
        }
        if !std::mem::replace(&mut seen[at], true) {
            open.extend(&edges[at]);
        }
    }
    false
}

/// A role whose dose is everything that nothing else builds on, and with it the whole.
fn ask(curriculum: &mut Curriculum, ids: &[String], edges: &[Vec<usize>], notes: &mut Vec<String>) {
    let total: f64 = curriculum.modules.iter().map(|(_, module)| module.hours).sum();
    let weeks = (total / DAY_HOURS / 5.0).ceil() as u32 + 1;
    let within_days = (weeks * 7).max(365);
    if within_days > MOST_DAYS {
        curriculum.modules.iter_mut().for_each(|(_, module)| module.elective = true);
        notes
            .push(format!("{total} hours are too many for one dose; every module is elective until doses are written"));
        return;
    }
    let built_on: HashSet<usize> = edges.iter().flatten().copied().collect();
    let required = (0..ids.len()).filter(|at| !built_on.contains(at)).map(|at| ids[at].clone()).collect();
    let title = both("Hela utbildningen", "The whole programme");
    let dose = Dose { title: title.clone(), within_days, required, ..Dose::default() };
    let role = Role {
        title: both("Deltagare", "Participant"),
        competence: to_write(),
        includes: Vec::new(),
        dose: "allt".to_owned(),
        order: 1,
    };
    curriculum.doses.insert("allt".to_owned(), dose);
    curriculum.roles.insert("deltagare".to_owned(), role);
    notes
        .push("one role, `deltagare`, asks for everything; titles, groups and programmes are to be written".to_owned());
}
