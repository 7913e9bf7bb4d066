//! The slow reading of the rules: which dose stands in each place, version by version.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Case;
use crate::curriculum::model::{Curriculum, Dose};
use crate::engine::Who;
use crate::engine::model::{Achievement, Assignment, Holding, Strength};

/// What is asked of a person, without days.
pub(super) fn asked(case: &Case, today: NaiveDate) -> BTreeSet<(String, Strength)> {
    let current = |a: &&Assignment| a.from <= today && a.to.is_none_or(|to| today <= to);
    let mut asked = BTreeSet::new();
    for assignment in case.facts.assignments.iter().filter(current) {
        let doses: Vec<_> = case.versions.iter().map(|(_, version, _)| places(version, &assignment.holding)).collect();
        let keys: BTreeSet<&String> = doses.iter().flat_map(BTreeMap::keys).collect();
        for key in keys {
            let version = stands(case, assignment, &doses, key);
            if let Some(dose) = doses[version].get(key) {
                asked.extend(content(&case.versions[version].1.doses[dose]).0);
            }
        }
    }
    asked
}

fn stands(case: &Case, assignment: &Assignment, doses: &[BTreeMap<String, String>], key: &String) -> usize {
    let content = |at: usize| doses[at].get(key).map(|dose| content(&case.versions[at].1.doses[dose]));
    let mut stands = case.versions.iter().rposition(|(published, ..)| *published <= assignment.from).unwrap_or(0);
    for next in stands + 1..case.versions.len() {
        let (published, _, transition) = &case.versions[next];
        let follows = content(stands) == content(next - 1);
        let (old, new) = (doses[next - 1].get(key), doses[next].get(key));
        let gets = match transition.who(old.map(String::as_str), new.map(String::as_str)) {
            _ if new.is_some_and(|dose| transition.doses.get(dose) == Some(&Who::Everyone)) => true,
            _ if content(next - 1) == content(next) => follows,
            Who::Everyone => true,
            Who::NewAssignments => false,
            Who::NotStarted => {
                let like = (0..=stands).rev().take_while(|&at| content(at) == content(stands));
                let nothing = |at| everyones(case, &assignment.holding, at);
                let early = |a: &&Achievement| a.day < *published && !nothing(stands).contains(&&a.module);
                let early: Vec<_> = case.facts.achievements.iter().filter(early).collect();
                !like.into_iter().any(|at| begun(case, &early, at, doses[at].get(key), &nothing(at)))
            }
        };
        if gets {
            stands = next;
        }
    }
    stands
}

/// Whether any of these is a beginning of the dose.
fn begun(case: &Case, early: &[&Achievement], version: usize, dose: Option<&String>, nothing: &[&String]) -> bool {
    let curriculum = &case.versions[version].1;
    let Some(dose) = dose.map(|dose| &curriculum.doses[dose]) else { return false };
    let mut asked = chosen_or_required(dose);
    asked.retain(|id| !nothing.contains(id));
    early.iter().any(|achievement| {
        let counts = |(id, module): &(String, crate::curriculum::model::Module)| {
            asked.contains(&id) && (achievement.module == *id || module.equivalent.contains(&achievement.module))
        };
        curriculum.modules.iter().any(counts)
    })
}

fn chosen_or_required(dose: &Dose) -> Vec<&String> {
    dose.required.iter().chain(dose.one_of.iter().flat_map(|one_of| &one_of.from)).collect()
}

/// What everybody is asked for, which is no beginning of any other dose.
fn everyones<'a>(case: &'a Case, holding: &Holding, version: usize) -> Vec<&'a String> {
    let curriculum = &case.versions[version].1;
    let everyones = curriculum.about.everyone.as_ref().filter(|_| *holding != Holding::Everyone);
    let dose = everyones.map(|dose| &curriculum.doses[dose]);
    dose.map(chosen_or_required).unwrap_or_default()
}

type Days = BTreeMap<(String, usize), u32>;

/// What a dose asks for, and the days of it.
fn content(dose: &Dose) -> (BTreeSet<(String, Strength)>, Days, Vec<u32>) {
    let mut asked = BTreeSet::new();
    let mut days = Days::new();
    let written = |id: &String, otherwise: u32| dose.deadlines.get(id).copied().unwrap_or(otherwise);
    for id in &dose.required {
        asked.insert((id.clone(), Strength::Required));
        days.insert((id.clone(), 0), written(id, dose.within_days));
    }
    asked.extend(dose.recommended.iter().map(|id| (id.clone(), Strength::Recommended)));
    for (at, one_of) in dose.one_of.iter().enumerate() {
        for id in &one_of.from {
            asked.insert((id.clone(), Strength::OneOf));
            days.insert((id.clone(), at + 1), written(id, one_of.within_days.unwrap_or(dose.within_days)));
        }
    }
    (asked, days, dose.one_of.iter().map(|one_of| one_of.choose).collect())
}

fn places(curriculum: &Curriculum, holding: &Holding) -> BTreeMap<String, String> {
    let mut places = BTreeMap::new();
    let mut put = |key: &str, dose: Option<&String>| places.extend(dose.map(|dose| (key.to_owned(), dose.clone())));
    match holding {
        Holding::Everyone => put("", curriculum.about.everyone.as_ref()),
        Holding::Title(id) => {
            let title = &curriculum.titles[id];
            put("", title.dose.as_ref());
            put("group", curriculum.groups[&title.group].dose.as_ref());
        }
        Holding::Role(id) => {
            put("", Some(&curriculum.roles[id].dose));
            let mut open = curriculum.roles[id].includes.clone();
            while let Some(role) = open.pop() {
                put(&role, Some(&curriculum.roles[&role].dose));
                open.extend(curriculum.roles[&role].includes.clone());
            }
        }
    }
    places
}
