//! Who has a module: the doses that ask for it, and the roles and titles that have those doses.

use super::AskedBy;
use crate::curriculum::model::{Curriculum, Dose, Role};
use crate::engine::model::ModuleIx;
use crate::learning::explain::inside;
use crate::learning::my_path::Seen;
use crate::words;

impl Seen<'_> {
    pub(super) fn asked_by(&self, module: ModuleIx) -> Vec<AskedBy> {
        let id = self.published.id_of(module);
        let doses = self.published.curriculum.doses.iter();
        let asked = doses.filter_map(|(dose_id, dose)| {
            let strength = self.strength(dose, id)?;
            let (order, holders) = self.holders(dose_id)?;
            Some((order, AskedBy { dose: dose.title.of(self.language).to_owned(), holders, strength }))
        });
        let mut asked: Vec<_> = asked.collect();
        asked.sort_by_key(|(order, _)| *order);
        asked.into_iter().map(|(_, asked)| asked).collect()
    }

    pub(super) fn strength(&self, dose: &Dose, id: &str) -> Option<String> {
        let days = |key: &str, days: u32| Some(self.text(key, &[("days", days.into())]));
        if dose.required.iter().any(|module| module == id) {
            return days("learning-required", dose.deadlines.get(id).copied().unwrap_or(dose.within_days));
        }
        if let Some(set) = dose.one_of.iter().find(|set| set.from.iter().any(|module| module == id)) {
            return days("learning-choice", set.within_days.unwrap_or(dose.within_days));
        }
        dose.recommended.iter().any(|module| module == id).then(|| self.text("learning-advised", &[]))
    }

    /// Who has a dose: everyone, roles (also those that include it), job titles. None when nobody has.
    pub(super) fn holders(&self, dose: &str) -> Option<(u32, String)> {
        let curriculum = &self.published.curriculum;
        if curriculum.about.everyone.as_deref() == Some(dose) {
            return Some((0, self.text("learning-everyone", &[])));
        }
        let mut roles: Vec<_> =
            curriculum.roles.values().filter(|role| has_dose(curriculum, role, dose, &mut Vec::new())).collect();
        roles.sort_by_key(|role| role.order);
        let mut titles: Vec<_> = curriculum
            .titles
            .values()
            .filter(|title| {
                let group = curriculum.groups.get(&title.group).and_then(|group| group.dose.as_deref());
                title.dose.as_deref() == Some(dose) || group == Some(dose)
            })
            .map(|title| inside(title.title.of(self.language)))
            .collect();
        titles.sort_by_cached_key(|title| words::sort_key(title));
        let order = if roles.is_empty() { 100 } else { roles[0].order };
        let names: Vec<String> = roles.iter().map(|role| inside(role.title.of(self.language))).chain(titles).collect();
        (!names.is_empty()).then(|| (order, words::list(self.language, &names)))
    }
}

/// Whether a role has the dose, by itself or through a role that it includes.
fn has_dose<'a>(curriculum: &'a Curriculum, role: &'a Role, dose: &str, seen: &mut Vec<&'a str>) -> bool {
    role.dose == dose
        || role.includes.iter().any(|id| {
            let new = !seen.contains(&id.as_str());
            seen.push(id);
            new && curriculum.roles.get(id).is_some_and(|below| has_dose(curriculum, below, dose, seen))
        })
}
