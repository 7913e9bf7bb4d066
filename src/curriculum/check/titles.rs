//! Titles and areas: what must be told apart.

use std::collections::HashMap;

use super::Look;
use crate::curriculum::problem::Problem;
use crate::curriculum::rules;

pub(super) fn check(look: &Look<'_>) -> Vec<Problem> {
    let mut problems = letters(look);
    problems.extend(names(look));
    problems
}

fn letters(look: &Look<'_>) -> Vec<Problem> {
    let mut taken: HashMap<&str, &str> = HashMap::new();
    let mut problems = Vec::new();
    for (id, area) in &look.curriculum.areas {
        let path = format!("areas.{id}.letter");
        let letter = area.letter.as_str();
        let mut letters = letter.chars();
        if !matches!((letters.next(), letters.next()), (Some(first), None) if first.is_uppercase()) {
            let message = format!("the letter of area `{id}` should be one capital letter");
            problems.push(look.problem(&rules::LETTER, &path, message, "write one capital letter, as in \"M\""));
        } else if let Some(other) = taken.insert(letter, id) {
            let message = format!("areas `{other}` and `{id}` have the same letter {letter}");
            let problem = look.problem(&rules::LETTER, &path, message, "give each area a letter of its own");
            let problem = problem.with("name", letter).with("area", other);
            let first = look.places.of(&format!("areas.{other}.letter"));
            problems.push(problem.also(&first, "first taken here"));
        }
    }
    problems
}

/// An import finds a title by its name in either language, its local names or its codes.
fn names(look: &Look<'_>) -> Vec<Problem> {
    let mut taken: HashMap<String, (&str, String)> = HashMap::new();
    let mut problems = Vec::new();
    for (id, title) in &look.curriculum.titles {
        let own = [&title.title.sv, &title.title.en].into_iter().map(|name| (name, format!("titles.{id}.title")));
        let local = title.names.iter().enumerate().map(|(at, name)| (name, format!("titles.{id}.names.{at}")));
        let codes = title.codes.iter().enumerate().map(|(at, code)| (code, format!("titles.{id}.codes.{at}")));
        for (name, path) in own.chain(local).chain(codes) {
            let key = name.trim().to_lowercase();
            match taken.get(&key) {
                Some((other, _)) if other == id => {}
                Some((other, first)) => {
                    let message = format!("titles `{other}` and `{id}` both have the name or code `{}`", name.trim());
                    let problem = look.problem(&rules::SAME_NAME, &path, message, "leave it with one of the two");
                    let problem = problem.with("name", name.trim()).with("title", other);
                    problems.push(problem.also(&look.places.of(first), "first here"));
                }
                None => {
                    taken.insert(key, (id, path));
                }
            }
        }
    }
    problems
}
