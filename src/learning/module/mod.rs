//! A module as its page shows it: what it is, what it builds on and leads to, who has it, when it is given, and what
//! it means for one person. Pure.

use serde::Serialize;

use super::explain::Sentence;
use super::my_path::{AreaKey, Link, Seen};
use super::reading::Reading;
use super::words::{assessment, format, level};
use crate::curriculum::model::{Level, Module};
use crate::curriculum::picture::class;
use crate::engine::model::{Achievement, ModuleIx, State};
use crate::occasions::store::Given;
use crate::words;

mod asked;
mod place;
mod standing;
pub use place::names;
#[cfg(test)]
mod tests;

/// The page's data.
#[derive(Debug, Clone, Serialize)]
pub struct ModulePage {
    pub code: String,
    pub title: String,
    pub area: AreaKey,
    pub purpose: String,
    pub facts: Vec<Fact>,
    pub standing: Standing,
    pub outcomes: Vec<String>,
    pub participant: Vec<String>,
    /// Empty for those who do not train.
    pub trainer: Vec<String>,
    /// What must come first, one item for each part of the demand.
    pub builds_on: Vec<Sentence>,
    pub leads_to: Vec<Coded>,
    /// What counts as this module, and what it counts as.
    pub equivalents: Vec<Coded>,
    pub asked_by: Vec<AskedBy>,
    pub occasions: Vec<OccasionLine>,
    /// What the reader can read now for days of the module; nothing about somebody else.
    pub readings: Vec<Reading>,
    /// The person has it and it ends soon, or has ended while something asks for it.
    pub renews: bool,
    /// Where to ask to have it recognised.
    pub recognise: Option<String>,
    /// Where the reader rates oneself; none about somebody else.
    pub rating: Option<String>,
    /// The reader's test, assignment or observation, when there is something to do or to see.
    pub assessment: Option<String>,
    /// Added to addresses of modules, so that the page stays about the same person; empty or `?person=…`.
    pub query: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    pub term: String,
    pub text: String,
}

/// What the module means for the person.
#[derive(Debug, Clone, Serialize)]
pub struct Standing {
    /// "Varför har jag den?" or, about another, "Prov Provsson".
    pub title: String,
    pub icon: &'static str,
    pub state: String,
    pub facts: Vec<Fact>,
    pub locked_by: Vec<Coded>,
    pub opens: Vec<Coded>,
    /// The chains of sentences, most urgent first.
    pub because: Vec<Vec<Sentence>>,
}

/// A module with its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coded {
    pub code: String,
    pub class: &'static str,
    pub module: Link,
}

/// A dose that asks for the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AskedBy {
    pub dose: String,
    /// Roles and titles that have the dose.
    pub holders: String,
    pub strength: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct OccasionLine {
    pub id: i64,
    pub when: String,
    pub place: String,
    pub booked: bool,
}

/// What the reader may do on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// Read what is for trainers.
    pub trains: bool,
    /// Ask to have the module recognised.
    pub asks: bool,
}

/// The whole page. `held` is what the person has of this module; `coming` its occasions in time order.
pub fn view(seen: &Seen, module: ModuleIx, held: &[Achievement], coming: &[Given], may: Rights) -> ModulePage {
    let written = seen.published.module(module);
    let text = |text: &crate::curriculum::model::Text| text.of(seen.language).to_owned();
    ModulePage {
        code: seen.published.code(module).to_owned(),
        title: text(&written.title),
        area: seen.area_key(module),
        purpose: text(&written.purpose),
        facts: seen.facts(written),
        standing: seen.standing(module, held),
        outcomes: written.outcomes.iter().map(text).collect(),
        participant: paragraphs(written.participant.of(seen.language)),
        trainer: if may.trains { paragraphs(written.trainer.of(seen.language)) } else { Vec::new() },
        builds_on: seen.needs(&written.builds_on),
        leads_to: seen.leading_on(module),
        equivalents: seen.equivalents(module),
        asked_by: seen.asked_by(module),
        occasions: coming.iter().map(|occasion| seen.occasion(occasion)).collect(),
        readings: Vec::new(),
        renews: seen.renews(module),
        recognise: may.asks.then(|| seen.recognise(module)),
        assessment: seen.assessment(seen.published.id_of(module)),
        rating: seen.about.is_none().then(|| format!("/curriculum/modules/{}/rating", seen.published.id_of(module))),
        query: seen.about.map(|(person, _)| format!("?person={person}")).unwrap_or_default(),
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl Seen<'_> {
    fn area_key(&self, module: ModuleIx) -> AreaKey {
        let area = self.published.area(module);
        AreaKey {
            class: area.map_or("", |area| class(area.colour)),
            letter: area.map(|area| area.letter.clone()).unwrap_or_default(),
            title: area.map(|area| area.title.of(self.language).to_owned()).unwrap_or_default(),
        }
    }

    fn renews(&self, module: ModuleIx) -> bool {
        let mut pieces = self.path.steps.iter().chain(&self.path.held);
        pieces.any(|step| step.module == module && matches!(step.state, State::Expiring | State::Expired))
    }

    /// Where to ask to have a module recognised, for whom the page is about.
    pub fn recognise(&self, module: ModuleIx) -> String {
        let whose = self.about.map(|(person, _)| format!("&person={person}")).unwrap_or_default();
        format!("/recognition/ask?module={}{whose}", self.published.id_of(module))
    }

    /// A module with its code, linked.
    pub fn coded(&self, module: ModuleIx) -> Coded {
        Coded {
            code: self.published.code(module).to_owned(),
            class: self.area_key(module).class,
            module: self.link(module, ""),
        }
    }

    fn fact(&self, term: &str, text: String) -> Fact {
        Fact { term: self.text(term, &[]), text }
    }

    fn facts(&self, module: &Module) -> Vec<Fact> {
        let hours = self.text("learning-hours", &[("hours", module.hours.into())]);
        let validity = match module.valid_months {
            Some(months) => self.text("learning-valid-months", &[("months", months.into())]),
            None => self.text("learning-valid-for-good", &[]),
        };
        vec![
            self.fact("learning-level", self.level(module.level)),
            self.fact("learning-time", format!("{hours}, {}", self.text(format(module.format), &[]))),
            self.fact("learning-assessed", self.text(assessment(module.assessment), &[])),
            self.fact("learning-valid", validity),
        ]
    }

    /// "3 av 5: tillämpa"; deepening stands outside the scale.
    fn level(&self, of: Level) -> String {
        let word = self.text(level(of), &[]);
        match of.number() {
            Some(number) => self.text("learning-level-of", &[("number", number.into()), ("word", word.into())]),
            None => word,
        }
    }

    fn occasion(&self, given: &Given) -> OccasionLine {
        let Given { occasion, parts } = given;
        let when = parts.iter().map(|part| words::when(self.language, part.starts_at, part.ends_at, self.today));
        OccasionLine {
            id: occasion.id,
            when: words::list(self.language, &when.collect::<Vec<_>>()),
            place: occasion.place.clone(),
            booked: self.seats.iter().any(|seat| seat.id == occasion.id),
        }
    }
}
