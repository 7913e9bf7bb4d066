//! Who has which module on their path, and by when: what course days are planned for.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::answer::Answer;
use super::base::Region;
use super::change::Who;
use super::time::{NEVER, date};
use crate::engine::model::ModuleIx;

/// Of one module: how many people have it on their path, by its last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub module: ModuleIx,
    /// Days ascending; what has no last day stands under none, first.
    pub people: BTreeMap<Option<NaiveDate>, u32>,
}

impl Region {
    /// What everybody's paths need, by module; modules that nobody needs are left out.
    pub fn needs(&self) -> Vec<Need> {
        let mut counts = BTreeMap::new();
        self.each_step(|_, module, due| *counts.entry((module, due)).or_default() += 1);
        let mut needs: Vec<Need> = Vec::new();
        for ((number, due), people) in counts {
            let module = ModuleIx(number);
            if needs.last().is_none_or(|last| last.module != module) {
                needs.push(Need { module, people: BTreeMap::new() });
            }
            if let Some(need) = needs.last_mut() {
                need.people.insert((due != NEVER).then(|| date(due)), people);
            }
        }
        needs
    }

    /// Ids of those who have `module` on their path, each with its last day; by id.
    pub fn in_need(&self, module: ModuleIx) -> Vec<(i64, Option<NaiveDate>)> {
        let mut found = Vec::new();
        self.each_step(|person, step, due| {
            if step == module.0 {
                found.push((person, (due != NEVER).then(|| date(due))));
            }
        });
        found
    }

    fn each_step(&self, mut look: impl FnMut(i64, u16, u16)) {
        let (snapshot, base) = (self.snapshot(), self.base());
        let (mut who, mut answer) = (Who::default(), Answer::default());
        for (at, person) in snapshot.people.iter().enumerate() {
            base.read(snapshot, at, &mut who, &mut answer);
            answer.steps.iter().for_each(|step| look(person.id, step.module, step.due));
        }
    }
}
