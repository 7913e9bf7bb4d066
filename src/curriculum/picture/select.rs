//! Which modules a picture shows: everything, or what some roles and titles ask for with all that it builds on.

use std::collections::BTreeSet;

use crate::curriculum::model::{Curriculum, Dose, Needs};

/// The modules to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Selection {
    #[default]
    Everything,
    /// Module ids.
    Only(BTreeSet<String>),
}

/// A role or a title that the curriculum does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    #[error("there is no role {0:?}; choose among: {1}")]
    Role(String, String),
    #[error("there is no title {0:?}; choose among: {1}")]
    Title(String, String),
}

impl Selection {
    /// The doses of `roles` (with the roles they include) and `titles` (with their group's and everybody's),
    /// and what those modules build on, every branch of a choice included. None given = everything.
    pub fn of(curriculum: &Curriculum, roles: &[String], titles: &[String]) -> Result<Selection, Unknown> {
        if roles.is_empty() && titles.is_empty() {
            return Ok(Selection::Everything);
        }
        let mut wanted: BTreeSet<&str> = curriculum.about.everyone.iter().map(String::as_str).collect();
        for role in roles {
            add_role(curriculum, role, &mut wanted, &mut BTreeSet::new())?;
        }
        for title in titles {
            let found = curriculum.titles.get(title);
            let found = found.ok_or_else(|| Unknown::Title(title.clone(), names(curriculum.titles.keys())))?;
            let group = curriculum.groups.get(&found.group).and_then(|group| group.dose.as_deref());
            wanted.extend(found.dose.as_deref().into_iter().chain(group));
        }
        let doses = wanted.iter().filter_map(|id| curriculum.doses.get(*id));
        Ok(Selection::Only(closure(curriculum, doses.flat_map(asked).collect())))
    }

    pub fn has(&self, module: &str) -> bool {
        match self {
            Selection::Everything => true,
            Selection::Only(ids) => ids.contains(module),
        }
    }
}

fn names<'a>(ids: impl Iterator<Item = &'a String>) -> String {
    ids.map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn add_role<'a>(
    curriculum: &'a Curriculum,
    role: &str,
    wanted: &mut BTreeSet<&'a str>,
    seen: &mut BTreeSet<String>,
) -> Result<(), Unknown> {
    if !seen.insert(role.to_owned()) {
        return Ok(());
    }
    let found = curriculum.roles.get(role);
    let found = found.ok_or_else(|| Unknown::Role(role.to_owned(), names(curriculum.roles.keys())))?;
    wanted.insert(&found.dose);
    found.includes.iter().try_for_each(|included| add_role(curriculum, included, wanted, seen))
}

fn asked(dose: &Dose) -> impl Iterator<Item = &str> {
    let sets = dose.one_of.iter().flat_map(|set| &set.from);
    dose.required.iter().chain(&dose.recommended).chain(sets).map(String::as_str)
}

/// `wanted` and everything it builds on, every branch of a choice included.
fn closure(curriculum: &Curriculum, wanted: Vec<&str>) -> BTreeSet<String> {
    let (mut closed, mut open) = (BTreeSet::new(), wanted);
    while let Some(id) = open.pop() {
        if closed.insert(id.to_owned()) {
            for (_, module) in curriculum.modules.iter().filter(|(key, _)| key == id) {
                leaves(&module.builds_on, &mut open);
            }
        }
    }
    closed
}

fn leaves<'a>(needs: &'a Needs, into: &mut Vec<&'a str>) {
    match needs {
        Needs::Module(id) => into.push(id),
        Needs::All(parts) | Needs::Any(parts) | Needs::AtLeast(_, parts) => {
            parts.iter().for_each(|part| leaves(part, into));
        }
    }
}
