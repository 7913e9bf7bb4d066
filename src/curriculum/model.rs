//! A curriculum as it is written: plain data, one type for each thing a person writes by hand.
//!
//! Every `.ron` file of a curriculum's directory is one struct of sections; they are merged into one [`Curriculum`].
//! Nothing here reads files or judges: `super::load` reads, `super::check` judges.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod needs;
mod programme;

pub use needs::Needs;
pub use programme::{Completion, Meeting, MeetingKind, Milestone, Programme};

/// Texts in both languages; Swedish is the first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub sv: String,
    pub en: String,
}

/// The languages everything is complete in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Sv,
    En,
}

impl Language {
    /// The language's tag (BCP 47), as rows, headers and file names keep it.
    pub fn code(self) -> &'static str {
        match self {
            Language::Sv => "sv",
            Language::En => "en",
        }
    }

    /// Swedish unless the tag is the English one.
    pub fn of_code(code: &str) -> Language {
        if code == "en" { Language::En } else { Language::Sv }
    }
}

impl Text {
    /// The text in `language`.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Sv => &self.sv,
            Language::En => &self.en,
        }
    }
}

/// The published whole. Keys are ids: lower-case ASCII letters, digits and hyphens.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Curriculum {
    pub about: About,
    pub legs: BTreeMap<String, Leg>,
    pub areas: BTreeMap<String, Area>,
    /// In the order written: the order within an area gives the module its code (M1, M2, …).
    pub modules: Vec<(String, Module)>,
    pub doses: BTreeMap<String, Dose>,
    pub roles: BTreeMap<String, Role>,
    pub groups: BTreeMap<String, TitleGroup>,
    pub titles: BTreeMap<String, Title>,
    pub programmes: BTreeMap<String, Programme>,
}

impl Curriculum {
    /// Each module's code: the letter of its area and its number within the area, in the order written.
    pub fn codes(&self) -> BTreeMap<&str, String> {
        let mut counts = BTreeMap::<&str, usize>::new();
        let mut codes = BTreeMap::new();
        for (id, module) in &self.modules {
            let Some(area) = self.areas.get(&module.area) else { continue };
            let count = counts.entry(&module.area).or_default();
            *count += 1;
            codes.entry(id.as_str()).or_insert_with(|| format!("{}{count}", area.letter));
        }
        codes
    }
}

/// What the curriculum is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    pub name: Text,
    pub purpose: Text,
    /// Hours in one training day; one puzzle piece is about one such day.
    pub day_hours: f64,
    /// Months (1–12) in which nothing is planned.
    #[serde(default)]
    pub holiday_months: Vec<u32>,
    /// The dose that everybody gets, whatever the title; a dose id.
    #[serde(default)]
    pub everyone: Option<String>,
}

/// One of the two legs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leg {
    pub title: Text,
    /// Legs are shown in this order, 1 first.
    pub order: u32,
}

/// One of the five areas; every module lies in exactly one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    pub leg: String,
    pub title: Text,
    /// First letter of its modules' codes, "M" gives M1, M2, …
    pub letter: String,
    pub colour: Colour,
    /// Areas are shown in this order within the whole curriculum, 1 first.
    pub order: u32,
}

/// The colour of an area's puzzle pieces; the style sheet knows the five by these names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Colour {
    Blue,
    Teal,
    Yellow,
    Rust,
    Lilac,
}

/// One stackable piece.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    pub area: String,
    pub level: Level,
    /// Course hours; a multiple of a quarter.
    pub hours: f64,
    pub format: Format,
    pub title: Text,
    /// At most 32 characters, for puzzle pieces and table heads; soft hyphens (U+00AD) allowed.
    pub short: Text,
    pub purpose: Text,
    /// What the participant can do afterwards.
    pub outcomes: Vec<Text>,
    /// What the participant gets and brings: before, during and after.
    pub participant: Text,
    /// What the trainer needs to know: preparation, common traps, timing.
    pub trainer: Text,
    #[serde(default)]
    pub builds_on: Needs,
    pub assessment: Assessment,
    /// The share of a test's points that passes it, in percent; [`PASS_PERCENT`] when left out.
    #[serde(default)]
    pub pass_percent: Option<u32>,
    /// How much of its parts must be attended, in percent, rounded up to whole parts; all of them when left out.
    #[serde(default)]
    pub attendance_percent: Option<u32>,
    /// Months from the day of the achievement until it must be renewed; none = for good.
    #[serde(default)]
    pub valid_months: Option<u32>,
    /// Which one counts when somebody has taken it again.
    #[serde(default)]
    pub counts: Counts,
    /// Having one of these counts as having this module.
    #[serde(default)]
    pub equivalent: Vec<String>,
    /// No dose needs to reach it: people choose it.
    #[serde(default)]
    pub elective: bool,
    /// The standard this is an adaptation of, as people name it: "metoder/styrdiagram 2026.1".
    #[serde(default)]
    pub adapted_from: Option<String>,
}

/// What passes a test when its module does not say.
pub const PASS_PERCENT: u32 = 70;

impl Module {
    /// The share of a test's points that passes it, in percent; none when the module asks for no test.
    pub fn pass_mark(&self) -> Option<u32> {
        (self.assessment == Assessment::Test).then(|| self.pass_percent.unwrap_or(PASS_PERCENT))
    }
}

/// How far a module takes the participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    KnowOf,
    Understand,
    Apply,
    Lead,
    Coach,
    /// Individual choice; outside the 1–5 scale.
    Deepening,
}

impl Level {
    /// 1–5; deepening has none.
    pub fn number(self) -> Option<u8> {
        match self {
            Level::KnowOf => Some(1),
            Level::Understand => Some(2),
            Level::Apply => Some(3),
            Level::Lead => Some(4),
            Level::Coach => Some(5),
            Level::Deepening => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    Seminar,
    Workshop,
    Online,
    SelfStudy,
    Supervision,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Assessment {
    Attendance,
    Test,
    Assignment,
    Observation,
}

/// Which of several achievements of a module counts; all of them are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counts {
    /// The one of the latest day, also when an earlier one would be valid longer.
    #[default]
    Latest,
    /// The one that is valid longest.
    Best,
}

impl Counts {
    /// The name in the database and in the interface for programs.
    pub fn code(self) -> &'static str {
        match self {
            Counts::Latest => "latest",
            Counts::Best => "best",
        }
    }

    /// What was recorded before there was a rule reads as [`Counts::Best`], which takes nothing from anybody.
    pub fn of_code(code: &str) -> Counts {
        if code == "latest" { Counts::Latest } else { Counts::Best }
    }
}

/// What a role or a title asks for: a first-class, named object.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dose {
    pub title: Text,
    /// Days from the day of assignment until the required modules must be held.
    pub within_days: u32,
    #[serde(default)]
    pub required: Vec<String>,
    #[serde(default)]
    pub recommended: Vec<String>,
    #[serde(default)]
    pub one_of: Vec<OneOf>,
    /// Shorter or longer deadlines than `within_days` for single modules, in days.
    #[serde(default)]
    pub deadlines: BTreeMap<String, u32>,
}

/// Some of a set: `choose` of the modules in `from`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneOf {
    #[serde(default = "one")]
    pub choose: u32,
    pub from: Vec<String>,
    /// Days from assignment; the dose's `within_days` when left out.
    #[serde(default)]
    pub within_days: Option<u32>,
}

fn one() -> u32 {
    1
}

/// A hat a person wears in improvement work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub title: Text,
    /// The competence statement.
    pub competence: Text,
    /// Roles whose doses this role also asks for.
    #[serde(default)]
    pub includes: Vec<String>,
    /// A dose id.
    pub dose: String,
    /// Roles are shown in this order, 1 first.
    pub order: u32,
}

/// Job titles that share a competence statement and, if given, a dose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleGroup {
    pub title: Text,
    pub competence: Text,
    /// A dose id that every title of the group has.
    #[serde(default)]
    pub dose: Option<String>,
    pub order: u32,
}

/// A job title (*befattning*).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    pub title: Text,
    pub group: String,
    /// A dose id, beside the group's.
    #[serde(default)]
    pub dose: Option<String>,
    /// Local names that mean this title in an import, compared without regard to case.
    #[serde(default)]
    pub names: Vec<String>,
    /// AID codes and local title codes that mean this title in an import.
    #[serde(default)]
    pub codes: Vec<String>,
}
