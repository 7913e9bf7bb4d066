//! From the region's own titles to the curriculum's, and what a change of title means for a person. Pure.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::assignments::{Assigned, Kind, Origin};
use super::{Person, PersonId};
use crate::curriculum::{model::Curriculum, nearest};
use crate::words::search_key;

/// A curriculum's titles by everything they may be called.
#[derive(Debug, Clone, Default)]
pub struct Titles {
    by_code: HashMap<String, String>,
    by_name: HashMap<String, String>,
}

impl Titles {
    /// A code or name that stands under several titles means the first of them, by id.
    pub fn of(curriculum: &Curriculum) -> Titles {
        let mut titles = Titles::default();
        for (id, title) in &curriculum.titles {
            for code in &title.codes {
                titles.by_code.entry(search_key(code)).or_insert_with(|| id.clone());
            }
            for name in title.names.iter().chain([&title.title.sv, &title.title.en, id]) {
                titles.by_name.entry(search_key(name)).or_insert_with(|| id.clone());
            }
        }
        titles
    }

    /// The title that a local code, or else a local name, means; neither needs to match in case.
    pub fn find(&self, text: &str, code: &str) -> Option<&str> {
        let by_code = self.by_code.get(&search_key(code)).filter(|_| !code.is_empty());
        let by_name = || self.by_name.get(&search_key(text)).filter(|_| !text.is_empty());
        by_code.or_else(by_name).map(String::as_str)
    }

    /// The title that `text` may have meant: one whose name begins it, or is nearly it.
    pub fn suggest(&self, text: &str) -> Option<&str> {
        let text = search_key(text);
        let begins = |name: &&String| text.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with([' ', ',']));
        let longest = self.by_name.keys().filter(begins).max_by_key(|name| (name.len(), *name));
        let mut names: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
        names.sort_unstable();
        let name = longest.map(String::as_str).or_else(|| nearest(&text, names));
        name.and_then(|name| self.by_name.get(name)).map(String::as_str)
    }
}

/// One thing to do so that a person holds the right title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleStep {
    Start {
        title: String,
        from: NaiveDate,
        to: Option<NaiveDate>,
    },
    /// Sets the last day of an assignment.
    SetEnd {
        #[serde(skip)]
        assignment: i64,
        code: String,
        to: Option<NaiveDate>,
    },
}

/// What must happen so that a person employed `from`–`to` holds exactly the HR title `wanted`, today and on.
///
/// The first title is held from the first day of employment, a later one from today; the one before it ends
/// yesterday. A title ends with the employment, and when that is over everything else held does too.
/// `held` is all that the person holds; applying the steps and asking again on the same day gives none.
pub fn steps(
    (from, to): (NaiveDate, Option<NaiveDate>),
    wanted: Option<&str>,
    held: &[Assigned],
    today: NaiveDate,
) -> Vec<TitleStep> {
    let set_end = |a: &Assigned, to| TitleStep::SetEnd { assignment: a.id, code: a.code.clone(), to };
    let open = held.iter().filter(|a| a.to.is_none_or(|to| to >= today));
    if to.is_some_and(|to| to < today) {
        return open.map(|a| set_end(a, to)).collect();
    }
    let mut steps = Vec::new();
    let mut kept = false;
    for title in open.filter(|a| is_hr_title(a)) {
        if !kept && wanted == Some(title.code.as_str()) {
            kept = true;
            steps.extend((title.to != to).then(|| set_end(title, to)));
        } else {
            steps.push(set_end(title, Some(yesterday(today))));
        }
    }
    if let Some(title) = wanted.filter(|_| !kept) {
        let from = if held.iter().any(is_hr_title) { today.max(from) } else { from };
        steps.push(TitleStep::Start { title: title.to_owned(), from, to });
    }
    steps
}

/// The steps for many people after a change of the curriculum. People without a title text or code keep what they
/// have. `held` by person.
pub fn remap(
    titles: &Titles,
    people: &[Person],
    held: &HashMap<PersonId, Vec<Assigned>>,
    today: NaiveDate,
) -> Vec<(PersonId, TitleStep)> {
    let titled = people.iter().filter(|p| !p.title_text.is_empty() || !p.title_code.is_empty());
    titled
        .flat_map(|p| {
            let held = held.get(&p.id).map_or(&[][..], Vec::as_slice);
            let wanted = titles.find(&p.title_text, &p.title_code);
            steps((p.starts_on, p.ends_on), wanted, held, today).into_iter().map(|step| (p.id, step))
        })
        .collect()
}

/// A local title that means nothing to the curriculum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmapped {
    pub text: String,
    pub code: String,
    pub people: usize,
    /// The id of a title.
    pub did_you_mean: Option<String>,
}

/// The local titles that mean nothing to the curriculum, most people first.
pub fn unmapped<'a>(titles: &Titles, local: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Unmapped> {
    let mut counts: HashMap<(&str, &str), usize> = HashMap::new();
    for (text, code) in local {
        if !(text.is_empty() && code.is_empty()) && titles.find(text, code).is_none() {
            *counts.entry((text, code)).or_default() += 1;
        }
    }
    let mut unmapped: Vec<Unmapped> = counts
        .into_iter()
        .map(|((text, code), people)| Unmapped {
            text: text.to_owned(),
            code: code.to_owned(),
            people,
            did_you_mean: titles.suggest(text).map(str::to_owned),
        })
        .collect();
    unmapped.sort_by(|a, b| b.people.cmp(&a.people).then_with(|| (&a.text, &a.code).cmp(&(&b.text, &b.code))));
    unmapped
}

/// The day before `day`.
pub fn yesterday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(1)).unwrap_or(day)
}

fn is_hr_title(assigned: &Assigned) -> bool {
    assigned.kind == Kind::Title && assigned.origin == Origin::Hr
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn titles() -> Titles {
        let mut curriculum = Curriculum::default();
        for (id, sv, names, codes) in
            [("physio", "Fysioterapeut", r#""sjukgymnast""#, r#""207011""#), ("controller", "Controller", "", "")]
        {
            let title = format!(r#"(title: (sv: "{sv}", en: "{id}"), group: "g", names: [{names}], codes: [{codes}])"#);
            curriculum.titles.insert(id.into(), ron::from_str(&title).unwrap());
        }
        Titles::of(&curriculum)
    }

    #[test]
    fn a_local_title_is_found_by_code_then_by_any_of_its_names_in_any_case() {
        let check = |text, code, expected| assert_eq!(titles().find(text, code), expected, "{text} {code}");
        check("SJUKGYMNAST", "", Some("physio"));
        check("fysioterapeut", "", Some("physio"));
        check("Controller", "207011", Some("physio"));
        check("Controller", "999", Some("controller"));
        check("Skötare", "", None);
        check("", "", None);
    }

    #[test]
    fn unmapped_titles_are_counted_and_the_likely_title_named() {
        let local =
            [("Fysioterapeut, specialist", ""), ("Controler", ""), ("Skötare", "1"), ("Skötare", "1"), ("", "")];
        let told: Vec<String> = unmapped(&titles(), local)
            .iter()
            .map(|u| format!("{} {}: {}", u.people, u.text, u.did_you_mean.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(told, ["2 Skötare: -", "1 Controler: controller", "1 Fysioterapeut, specialist: physio"]);
    }

    fn held(id: i64, code: &str, from: &str, to: Option<&str>) -> Assigned {
        let (kind, origin) = (Kind::Title, Origin::Hr);
        Assigned { id, person: 1, kind, code: code.into(), from: day(from), to: to.map(day), origin }
    }

    /// On 2026-05-10, employed since 2020.
    fn check(to: Option<&str>, wanted: Option<&str>, held: &[Assigned], expected: &[&str]) {
        let steps = steps((day("2020-01-01"), to.map(day)), wanted, held, day("2026-05-10"));
        let told: Vec<String> = steps
            .iter()
            .map(|step| match step {
                TitleStep::Start { title, from, to } => format!("{title} {from}–{to:?}"),
                TitleStep::SetEnd { assignment, to, .. } => format!("{assignment} ends {to:?}"),
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn the_first_title_is_held_from_the_first_day_and_a_new_one_from_today() {
        check(None, Some("a"), &[], &["a 2020-01-01–None"]);
        check(None, Some("a"), &[held(1, "a", "2020-01-01", None)], &[]);
        check(None, Some("b"), &[held(1, "a", "2020-01-01", None)], &["1 ends Some(2026-05-09)", "b 2026-05-10–None"]);
        check(None, Some("b"), &[held(1, "a", "2020-01-01", Some("2026-05-09"))], &["b 2026-05-10–None"]);
        check(None, None, &[held(1, "a", "2020-01-01", None)], &["1 ends Some(2026-05-09)"]);
    }

    #[test]
    fn a_title_ends_with_the_employment_and_follows_when_that_is_prolonged() {
        check(Some("2026-12-31"), Some("a"), &[held(1, "a", "2020-01-01", None)], &["1 ends Some(2026-12-31)"]);
        check(None, Some("a"), &[held(1, "a", "2020-01-01", Some("2026-12-31"))], &["1 ends None"]);
        check(Some("2026-05-09"), Some("a"), &[], &[]);
    }

    #[test]
    fn when_the_employment_is_over_everything_held_ends_with_it() {
        let mut role = held(2, "leader", "2025-01-01", None);
        (role.kind, role.origin) = (Kind::Role, Origin::Hand);
        let all = [held(1, "a", "2020-01-01", None), role.clone()];
        check(Some("2026-05-09"), Some("a"), &all, &["1 ends Some(2026-05-09)", "2 ends Some(2026-05-09)"]);
        check(None, Some("a"), &[role], &["a 2020-01-01–None"]);
    }
}
