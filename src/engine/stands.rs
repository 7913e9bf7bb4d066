//! Which doses a holding asks for in one version, and where each is named.

use std::collections::VecDeque;

use super::compile::CompileError;
use super::names::unknown;
use crate::curriculum::model::Curriculum;

/// A dose that stands in a place in one version.
#[derive(Debug, Clone)]
pub(super) struct Stand<'a> {
    /// The title's own (`""`), its group's (`"group"`), or the role included: what makes the place the same place.
    pub key: &'a str,
    pub dose: &'a str,
    pub includes: Vec<String>,
    pub written: Written<'a>,
}

/// Where the dose is named.
#[derive(Debug, Clone, Copy)]
pub(super) enum Written<'a> {
    Everyone,
    Title(&'a str),
    Group(&'a str),
    Role(&'a str),
}

/// A holding's doses in a version; none when that version does not know the holding.
pub(super) type Stands<'a> = dyn Fn(&'a Curriculum) -> Result<Option<Vec<Stand<'a>>>, CompileError> + 'a;

pub(super) fn of_everyone(curriculum: &Curriculum) -> Result<Option<Vec<Stand<'_>>>, CompileError> {
    let stand = |dose| Stand { key: "", dose, includes: Vec::new(), written: Written::Everyone };
    Ok(Some(curriculum.about.everyone.as_deref().map(stand).into_iter().collect()))
}

/// The title's own dose, then its group's.
pub(super) fn of_title<'a>(curriculum: &'a Curriculum, id: &str) -> Result<Option<Vec<Stand<'a>>>, CompileError> {
    let Some((id, title)) = curriculum.titles.get_key_value(id) else { return Ok(None) };
    let written = Written::Title(id);
    let group = curriculum.groups.get(&title.group);
    let group = group.ok_or_else(|| unknown(&written.to_string(), "group", &title.group))?;
    let stand = |key, dose, written| Stand { key, dose, includes: Vec::new(), written };
    let own = title.dose.as_deref().map(|dose| stand("", dose, written));
    let group = group.dose.as_deref().map(|dose| stand("group", dose, Written::Group(&title.group)));
    Ok(Some(own.into_iter().chain(group).collect()))
}

/// The role's own dose, then those of the roles it includes, nearest first. A circle of inclusions adds nothing.
pub(super) fn of_role<'a>(curriculum: &'a Curriculum, id: &str) -> Result<Option<Vec<Stand<'a>>>, CompileError> {
    let Some((id, _)) = curriculum.roles.get_key_value(id) else { return Ok(None) };
    let mut stands = Vec::new();
    let mut seen = vec![id.as_str()];
    let mut queue = VecDeque::from([(id.as_str(), Vec::new())]);
    while let Some((id, includes)) = queue.pop_front() {
        let role = curriculum.roles.get(id).ok_or_else(|| unknown("a role's includes", "role", id))?;
        let key = if includes.is_empty() { "" } else { id };
        for included in &role.includes {
            if !seen.contains(&included.as_str()) {
                seen.push(included);
                let mut via: Vec<String> = includes.clone();
                via.push(included.clone());
                queue.push_back((included, via));
            }
        }
        stands.push(Stand { key, dose: &role.dose, includes, written: Written::Role(id) });
    }
    Ok(Some(stands))
}

impl std::fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Written::Everyone => f.write_str("about.everyone"),
            Written::Title(id) => write!(f, "title \"{id}\""),
            Written::Group(id) => write!(f, "group \"{id}\""),
            Written::Role(id) => write!(f, "role \"{id}\""),
        }
    }
}
