//! A module as its page shows it: what it is, what it builds on and leads to, who has it, when it is given, and what
//! it means for one person. Pure.

use chrono::NaiveDate;
use serde::Serialize;

use super::explain::{Part, Sentence, inside};
use super::my_path::{AreaKey, Link, Seen, looks, next};
use super::store::Occasion;
use super::words::{assessment, format, level};
use crate::curriculum::model::{Curriculum, Dose, Level, Module, Needs, Role};
use crate::curriculum::picture::class;
use crate::engine::model::{Achievement, ModuleIx, State, Step};
use crate::words;

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
    pub when: String,
    pub place: String,
    pub booked: bool,
}

/// The whole page. `held` is what the person has of this module; `coming` its occasions in time order.
pub fn view(seen: &Seen, module: ModuleIx, held: &[Achievement], coming: &[Occasion], trains: bool) -> ModulePage {
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
        trainer: if trains { paragraphs(written.trainer.of(seen.language)) } else { Vec::new() },
        builds_on: seen.needs(&written.builds_on),
        leads_to: seen.leading_on(module),
        equivalents: seen.equivalents(module),
        asked_by: seen.asked_by(module),
        occasions: coming.iter().map(|occasion| seen.occasion(occasion)).collect(),
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

    fn coded(&self, module: ModuleIx) -> Coded {
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

    // ---- what it means for the person ----

    fn standing(&self, module: ModuleIx, held: &[Achievement]) -> Standing {
        let path = self.path;
        let pieces = || path.steps.iter().chain(&path.held).chain(&path.recommended);
        let step = pieces().find(|step| step.module == module);
        let is_next = next(path).is_some_and(|next| next.module == module);
        let state = match step {
            Some(step) => self.state(step, is_next),
            None if held.is_empty() => self.text("learning-not-on-path", &[]),
            None => self.text("learning-held-aside", &[]),
        };
        let icon = step.map_or("info", |step| looks(step.state, is_next).1);
        let opens = path.steps.iter().filter(|step| step.locked_by.contains(&module));
        let title = match self.about {
            Some((_, name)) => self.text("learning-standing-of", &[("name", name.into())]),
            None if step.is_some() => self.text("learning-why-mine", &[]),
            None => self.text("learning-standing", &[]),
        };
        Standing {
            title,
            icon,
            state,
            facts: self.standing_facts(step, held),
            locked_by: step.iter().flat_map(|step| &step.locked_by).map(|&module| self.coded(module)).collect(),
            opens: opens.map(|step| self.coded(step.module)).collect(),
            because: step
                .map(|step| step.because.iter().map(|because| self.why(step, because)).collect())
                .unwrap_or_default(),
        }
    }

    fn standing_facts(&self, step: Option<&Step>, held: &[Achievement]) -> Vec<Fact> {
        let mut facts = Vec::new();
        let has = step.is_some_and(|step| matches!(step.state, State::Done | State::Expiring));
        if let Some(due) = step.and_then(|step| step.due).filter(|_| !has) {
            facts.push(self.fact("learning-due", self.date(due)));
        }
        if let Some(seat) = step.and_then(|step| step.booked) {
            let occasion = self.seats.iter().find(|occasion| occasion.id == seat.occasion);
            let when = occasion.map_or_else(|| self.date(seat.day), |occasion| self.when_and_where(occasion));
            facts.push(self.fact("learning-key-booked", when));
        }
        if let Some(through) = step.and_then(|step| step.through) {
            facts.push(self.fact("learning-through", self.title(through).to_owned()));
        }
        for achieved in held {
            facts.push(self.fact("learning-achieved", self.achieved(achieved.day, achieved.valid_until)));
        }
        facts
    }

    fn achieved(&self, day: NaiveDate, valid_until: Option<NaiveDate>) -> String {
        let day = self.date(day);
        match valid_until {
            None => day,
            Some(last) if last < self.today => {
                self.text("learning-achieved-lapsed", &[("day", day.into()), ("last", self.date(last).into())])
            }
            Some(last) => {
                self.text("learning-achieved-until", &[("day", day.into()), ("last", self.date(last).into())])
            }
        }
    }

    // ---- its place among the modules ----

    fn needs(&self, needs: &Needs) -> Vec<Sentence> {
        let parts = match needs {
            Needs::All(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let sentence = |part: &Needs| {
            let mut sentence = Sentence::default();
            self.add_need(part, false, &mut sentence.0);
            sentence
        };
        parts.iter().map(sentence).filter(|sentence| !sentence.0.is_empty()).collect()
    }

    fn add_need(&self, need: &Needs, inner: bool, out: &mut Vec<Part>) {
        let (opening, join, parts) = match need {
            Needs::Module(id) => {
                let code = self.published.module_by_id(id).map(|(module, _)| self.published.code(module));
                let title = self.published.title_of_id(id, self.language);
                let text = code.map_or_else(|| title.to_owned(), |code| format!("{code} {title}"));
                return out.push(Part { text, module: Some(id.clone()) });
            }
            Needs::All(parts) => (String::new(), "learning-and", parts),
            Needs::Any(parts) => (self.text("learning-one-of", &[]), "learning-or", parts),
            Needs::AtLeast(least, parts) => {
                (self.text("learning-at-least", &[("count", (*least).into())]), "learning-and", parts)
            }
        };
        let plain = |text: String| Part { text, module: None };
        let brackets = inner && parts.len() > 1;
        let glue = if opening.is_empty() { "" } else { " " };
        out.push(plain(format!("{}{opening}{glue}", if brackets { "(" } else { "" })));
        for (at, part) in parts.iter().enumerate() {
            match at {
                0 => {}
                last if last + 1 == parts.len() => out.push(plain(format!(" {} ", self.text(join, &[])))),
                _ => out.push(plain(", ".to_owned())),
            }
            self.add_need(part, true, out);
        }
        if brackets {
            out.push(plain(")".to_owned()));
        }
    }

    fn leading_on(&self, module: ModuleIx) -> Vec<Coded> {
        let id = self.published.id_of(module);
        let modules = self.published.curriculum.modules.iter();
        let above = modules.filter(|(_, other)| names(&other.builds_on, id));
        above.filter_map(|(above, _)| Some(self.coded(self.published.module_by_id(above)?.0))).collect()
    }

    fn equivalents(&self, module: ModuleIx) -> Vec<Coded> {
        let own = &self.published.module(module).equivalent;
        own.iter().filter_map(|id| Some(self.coded(self.published.module_by_id(id)?.0))).collect()
    }

    // ---- who has it, and when ----

    fn asked_by(&self, module: ModuleIx) -> Vec<AskedBy> {
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

    fn strength(&self, dose: &Dose, id: &str) -> Option<String> {
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
    fn holders(&self, dose: &str) -> Option<(u32, String)> {
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

    fn occasion(&self, occasion: &Occasion) -> OccasionLine {
        OccasionLine {
            when: words::when(self.language, occasion.starts_at, occasion.ends_at, self.today),
            place: occasion.place.clone(),
            booked: self.seats.iter().any(|seat| seat.id == occasion.id),
        }
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

/// Whether a demand names the module, on any branch.
fn names(needs: &Needs, id: &str) -> bool {
    match needs {
        Needs::Module(module) => module == id,
        Needs::All(parts) | Needs::Any(parts) | Needs::AtLeast(_, parts) => parts.iter().any(|part| names(part, id)),
    }
}
