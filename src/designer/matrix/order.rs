//! The rows: modules by area, within an area as written, but what is built on before what builds on it.

use std::collections::BTreeSet;

use super::{AreaHead, Row};
use crate::curriculum::model::{Area, Curriculum, Module, Needs};

/// Areas that have modules, and all modules. Modules of an area that does not exist stand last, under a head of their own.
pub(super) fn rows(curriculum: &Curriculum) -> (Vec<AreaHead>, Vec<Row>) {
    let codes = curriculum.codes();
    let mut known: Vec<(&String, &Area)> = curriculum.areas.iter().collect();
    known.sort_by_key(|(id, area)| (area.order, id.as_str()));
    let (mut heads, mut rows) = (Vec::new(), Vec::new());
    let mut add = |head: AreaHead, modules: Vec<&(String, Module)>| {
        if modules.is_empty() {
            return;
        }
        let row = |(id, module): &(String, Module)| Row {
            module: id.clone(),
            code: codes.get(id.as_str()).cloned().unwrap_or_default(),
            title: module.short.clone(),
            hours: module.hours,
            area: heads.len(),
            doses: 0,
            people: 0,
            figures: None,
        };
        rows.extend(stacked(&modules).into_iter().map(row));
        heads.push(head);
    };
    for (id, area) in &known {
        let within = curriculum.modules.iter().filter(|(_, module)| module.area == **id).collect();
        add(AreaHead { title: area.title.clone(), colour: area.colour }, within);
    }
    let stray = curriculum.modules.iter().filter(|(_, module)| !curriculum.areas.contains_key(&module.area)).collect();
    add(AreaHead { title: Default::default(), colour: crate::curriculum::model::Colour::Blue }, stray);
    (heads, rows)
}

/// Each time the first as written whose prerequisites among these stand already; in a circle simply the first.
fn stacked<'a>(modules: &[&'a (String, Module)]) -> Vec<&'a (String, Module)> {
    let mut left: Vec<&(String, Module)> = modules.to_vec();
    let mut open: BTreeSet<&str> = left.iter().map(|(id, _)| id.as_str()).collect();
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let ready = left.iter().position(|(_, module)| !names_any(&module.builds_on, &open)).unwrap_or(0);
        let next = left.remove(ready);
        open.remove(next.0.as_str());
        ordered.push(next);
    }
    ordered
}

fn names_any(needs: &Needs, ids: &BTreeSet<&str>) -> bool {
    match needs {
        Needs::Module(id) => ids.contains(id.as_str()),
        Needs::All(parts) | Needs::Any(parts) | Needs::AtLeast(_, parts) => {
            parts.iter().any(|part| names_any(part, ids))
        }
    }
}
