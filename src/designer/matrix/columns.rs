//! Who asks: everyone, roles, groups of titles and titles, each with its own dose and those that come along.

use std::collections::VecDeque;
use std::fmt::{self, Display};
use std::str::FromStr;

use super::totals::Totals;
use crate::curriculum::model::{Curriculum, Text};

/// A column of the matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub key: Key,
    pub title: Text,
    /// The id of its own dose; a change of a cell is a change of this dose.
    pub dose: Option<String>,
    /// Other columns that have the same dose, so that a change here changes them too.
    pub shared: Vec<Key>,
    /// Doses that come along, each with the column whose own it is: nearest first, none twice.
    pub inherits: Vec<(Key, String)>,
    pub totals: Totals,
}

/// Which column; written `everyone`, `role.ID`, `group.ID` or `title.ID`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Everyone,
    Role(String),
    Group(String),
    Title(String),
}

impl Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Everyone => f.write_str("everyone"),
            Key::Role(id) => write!(f, "role.{id}"),
            Key::Group(id) => write!(f, "group.{id}"),
            Key::Title(id) => write!(f, "title.{id}"),
        }
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Key, ()> {
        match text.split_once('.') {
            None if text == "everyone" => Ok(Key::Everyone),
            Some(("role", id)) => Ok(Key::Role(id.to_owned())),
            Some(("group", id)) => Ok(Key::Group(id.to_owned())),
            Some(("title", id)) => Ok(Key::Title(id.to_owned())),
            _ => Err(()),
        }
    }
}

/// Everyone first, then roles, groups and titles; titles stand in the order of their groups, then by their titles.
pub(super) fn columns(curriculum: &Curriculum) -> Vec<Column> {
    let mut columns = vec![everyone(curriculum)];
    let mut roles: Vec<_> = curriculum.roles.iter().collect();
    roles.sort_by_key(|(id, role)| (role.order, id.as_str()));
    columns.extend(roles.into_iter().map(|(id, _)| role(curriculum, id)));
    let mut groups: Vec<_> = curriculum.groups.iter().collect();
    groups.sort_by_key(|(id, group)| (group.order, id.as_str()));
    columns.extend(groups.into_iter().map(|(id, _)| group(curriculum, id)));
    let mut titles: Vec<_> = curriculum.titles.iter().collect();
    titles.sort_by_cached_key(|(id, title)| {
        let order = curriculum.groups.get(&title.group).map_or(u32::MAX, |group| group.order);
        (order, title.group.clone(), crate::words::sort_key(&title.title.sv), (*id).clone())
    });
    columns.extend(titles.into_iter().map(|(id, _)| title(curriculum, id)));
    share(&mut columns);
    columns
}

fn everyone(curriculum: &Curriculum) -> Column {
    column(Key::Everyone, Text::default(), curriculum.about.everyone.clone())
}

fn role(curriculum: &Curriculum, id: &str) -> Column {
    let role = &curriculum.roles[id];
    let mut column = column(Key::Role(id.to_owned()), role.title.clone(), Some(role.dose.clone()));
    let mut seen = vec![id];
    let mut queue: VecDeque<&String> = role.includes.iter().collect();
    while let Some(id) = queue.pop_front() {
        let Some(included) = curriculum.roles.get(id).filter(|_| !seen.contains(&id.as_str())) else { continue };
        seen.push(id);
        column.inherit(Key::Role(id.clone()), Some(&included.dose));
        queue.extend(&included.includes);
    }
    column.inherit(Key::Everyone, curriculum.about.everyone.as_ref());
    column
}

fn group(curriculum: &Curriculum, id: &str) -> Column {
    let group = &curriculum.groups[id];
    let mut column = column(Key::Group(id.to_owned()), group.title.clone(), group.dose.clone());
    column.inherit(Key::Everyone, curriculum.about.everyone.as_ref());
    column
}

fn title(curriculum: &Curriculum, id: &str) -> Column {
    let title = &curriculum.titles[id];
    let mut column = column(Key::Title(id.to_owned()), title.title.clone(), title.dose.clone());
    let group = curriculum.groups.get(&title.group);
    column.inherit(Key::Group(title.group.clone()), group.and_then(|group| group.dose.as_ref()));
    column.inherit(Key::Everyone, curriculum.about.everyone.as_ref());
    column
}

fn column(key: Key, title: Text, dose: Option<String>) -> Column {
    Column { key, title, dose, shared: Vec::new(), inherits: Vec::new(), totals: Totals::default() }
}

impl Column {
    fn inherit(&mut self, from: Key, dose: Option<&String>) {
        if let Some(dose) = dose
            && self.dose.as_ref() != Some(dose)
            && self.inherits.iter().all(|(_, known)| known != dose)
        {
            self.inherits.push((from, dose.clone()));
        }
    }
}

fn share(columns: &mut [Column]) {
    let owners: Vec<(Key, String)> =
        columns.iter().filter_map(|column| Some((column.key.clone(), column.dose.clone()?))).collect();
    for column in columns {
        let same = owners.iter().filter(|(key, dose)| Some(dose) == column.dose.as_ref() && *key != column.key);
        column.shared = same.map(|(key, _)| key.clone()).collect();
    }
}
