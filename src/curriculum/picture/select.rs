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

/// Whose doses are asked for, by id. Nobody's = everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Asked {
    pub roles: Vec<String>,
    pub titles: Vec<String>,
    /// Groups of titles.
    pub groups: Vec<String>,
    /// Doses by themselves, without what everybody has.
    pub doses: Vec<String>,
}

/// Something asked for that the curriculum does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    #[error("there is no role {0:?}; choose among: {1}")]
    Role(String, String),
    #[error("there is no title {0:?}; choose among: {1}")]
    Title(String, String),
    #[error("there is no group of titles {0:?}; choose among: {1}")]
    Group(String, String),
    #[error("there is no dose {0:?}; choose among: {1}")]
    Dose(String, String),
}

impl Selection {
    /// The doses of the roles (with the roles they include), titles (with their group's) and groups, everybody's with
    /// them, the doses named by themselves, and what those modules build on, every branch of a choice included.
    pub fn of(curriculum: &Curriculum, asked: &Asked) -> Result<Selection, Unknown> {
        if *asked == Asked::default() {
            return Ok(Selection::Everything);
        }
        let mut wanted = BTreeSet::<&str>::new();
        for role in &asked.roles {
            add_role(curriculum, role, &mut wanted, &mut BTreeSet::new())?;
        }
        let group = |id: &str| curriculum.groups.get(id).and_then(|group| group.dose.as_deref());
        for title in &asked.titles {
            let found = curriculum.titles.get(title);
            let found = found.ok_or_else(|| Unknown::Title(title.clone(), names(curriculum.titles.keys())))?;
            wanted.extend(found.dose.as_deref().into_iter().chain(group(&found.group)));
        }
        for id in &asked.groups {
            let known = curriculum.groups.contains_key(id);
            known.then_some(()).ok_or_else(|| Unknown::Group(id.clone(), names(curriculum.groups.keys())))?;
            wanted.extend(group(id));
        }
        if [&asked.roles, &asked.titles, &asked.groups].iter().any(|ids| !ids.is_empty()) {
            wanted.extend(curriculum.about.everyone.as_deref());
        }
        for id in &asked.doses {
            let known = curriculum.doses.contains_key(id);
            known.then_some(()).ok_or_else(|| Unknown::Dose(id.clone(), names(curriculum.doses.keys())))?;
            wanted.insert(id);
        }
        let doses = wanted.iter().filter_map(|id| curriculum.doses.get(*id));
        Ok(Selection::Only(closure(curriculum, doses.flat_map(modules).collect())))
    }

    /// Those of them that lie in one of `areas`; none given = all.
    pub fn within(self, curriculum: &Curriculum, areas: &[String]) -> Selection {
        if areas.is_empty() {
            return self;
        }
        let in_area = curriculum.modules.iter().filter(|(_, module)| areas.contains(&module.area));
        Selection::Only(in_area.filter(|(id, _)| self.has(id)).map(|(id, _)| id.clone()).collect())
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

fn modules(dose: &Dose) -> impl Iterator<Item = &str> {
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

pub fn leaves<'a>(needs: &'a Needs, into: &mut Vec<&'a str>) {
    match needs {
        Needs::Module(id) => into.push(id),
        Needs::All(parts) | Needs::Any(parts) | Needs::AtLeast(_, parts) => {
            parts.iter().for_each(|part| leaves(part, into));
        }
    }
}
