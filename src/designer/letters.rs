//! What a new version changes for one person, as the mail that says so. Pure.
//!
//! A mail is about what is left to do: what was done stays done and is not told again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::service::Publication;
use crate::curriculum::model::{Curriculum, Language, Module};
use crate::engine::model::{Budget, Facts, Path, Requirement, Step, Strength};
use crate::engine::{Compiled, path, requirements};
use crate::learning::explain::{Telling, sentences};
use crate::notices::kinds::{Added, Late, Version};
use crate::versions::published::Published;

/// Two versions, one after the other.
pub struct Change<'a> {
    before: &'a Published,
    after: &'a Published,
    note: &'a str,
    today: NaiveDate,
    /// Only demands can make a difference: modules, what they build on and what counts as what are as they were.
    demands_only: bool,
}

impl<'a> Change<'a> {
    pub fn new(
        before: &'a Published,
        after: &'a Published,
        publication: &Publication<'a>,
        today: NaiveDate,
    ) -> Change<'a> {
        let no_credit = publication.transition.credit.is_empty();
        let demands_only = no_credit && same_modules(&before.curriculum, &after.curriculum);
        Change { before, after, note: publication.note, today, demands_only }
    }

    /// What is told somebody of whom these are the facts before and after; none when nothing has changed.
    pub fn told(&self, (before, after): (&Facts, &Facts), language: Language) -> Option<Version> {
        let same =
            before == after && self.demands_only && self.asked(self.before, before) == self.asked(self.after, after);
        if same {
            return None;
        }
        let (old, new) = (self.path(self.before, before), self.path(self.after, after));
        let was = left(&self.before.compiled, &old);
        let is: BTreeSet<&str> = new.steps.iter().map(|step| self.after.id_of(step.module)).collect();
        let added = new.steps.iter().filter(|step| !was.contains_key(self.after.id_of(step.module)));
        let moved = new.steps.iter().filter_map(|step| {
            let due = step.due?;
            let before = was.get(self.after.id_of(step.module))?;
            (*before != Some(due)).then(|| Late { module: self.title(step, language), due })
        });
        let gone = old.steps.iter().filter(|step| !is.contains(self.before.id_of(step.module)));
        let told = Version {
            number: self.after.number.clone(),
            note: self.note.to_owned(),
            new: added.map(|step| self.added(step, language)).collect(),
            moved: moved.collect(),
            gone: gone.map(|step| self.before.module(step.module).title.of(language).to_owned()).collect(),
            link: "/".to_owned(),
        };
        (!told.new.is_empty() || !told.moved.is_empty() || !told.gone.is_empty()).then_some(told)
    }

    fn path(&self, version: &Published, facts: &Facts) -> Path {
        path(&version.compiled, facts, self.today, &Budget::default())
    }

    /// Everything asked: module, and of each reason the dose, how much and by when.
    fn asked(&self, version: &Published, facts: &Facts) -> Vec<(String, Vec<(String, Strength, Option<NaiveDate>)>)> {
        let asked = |requirement: Requirement| {
            let reasons = requirement.because.into_iter().map(|because| (because.dose, because.strength, because.due));
            (version.id_of(requirement.module).to_owned(), reasons.collect())
        };
        requirements(&version.compiled, facts, self.today).into_iter().map(asked).collect()
    }

    fn title(&self, step: &Step, language: Language) -> String {
        self.after.module(step.module).title.of(language).to_owned()
    }

    fn added(&self, step: &Step, language: Language) -> Added {
        let (curriculum, published) = (&self.after.curriculum, Some(self.after));
        let telling = Telling { curriculum, published, language, today: self.today, about: None };
        let because = step.because.first();
        let why = because.map(|because| sentences(&telling, step.module, because, true)).unwrap_or_default();
        let why: Vec<String> = why.iter().map(ToString::to_string).collect();
        Added { module: self.title(step, language), due: step.due, why: why.join(" ") }
    }
}

fn left<'a>(compiled: &'a Compiled, path: &Path) -> BTreeMap<&'a str, Option<NaiveDate>> {
    path.steps.iter().map(|step| (compiled.id(step.module), step.due)).collect()
}

fn same_modules(before: &Curriculum, after: &Curriculum) -> bool {
    let same = |((old_id, old), (id, new)): (&(String, Module), &(String, Module))| {
        old_id == id && old.builds_on == new.builds_on && old.equivalent == new.equivalent && old.hours == new.hours
    };
    before.modules.len() == after.modules.len() && before.modules.iter().zip(&after.modules).all(same)
}
