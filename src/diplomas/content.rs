//! What a diploma says, kept as it was on the day it was made. Pure.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::history::{History, Part, Taken};
use crate::curriculum::model::{Colour, Text};

/// Which kind of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Module,
    Edition,
    /// Everything that somebody has done.
    Record,
}

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Kind::Module => "module",
            Kind::Edition => "edition",
            Kind::Record => "record",
        }
    }
}

/// What it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Content {
    pub kind: Kind,
    pub name: String,
    /// The region.
    pub issuer: String,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// The module or the programme; nothing for a record.
    pub what: Text,
    /// The edition's name.
    pub edition: String,
    pub role: Text,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub outcomes: Vec<Text>,
    pub modules: Vec<Line>,
}

/// A module that was taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The module's id.
    pub module: String,
    /// M6; empty when the curriculum no longer has it.
    pub code: String,
    pub title: Text,
    pub colour: Option<Colour>,
    pub hours: Option<f64>,
    pub day: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    /// The code of a kind of evidence.
    pub evidence: String,
    /// The curriculum's version in force when it was recorded.
    pub version: Option<String>,
}

impl Line {
    fn of(taken: &Taken) -> Line {
        Line {
            module: taken.row.module.clone(),
            code: taken.code.clone(),
            title: taken.title.clone(),
            colour: taken.colour,
            hours: taken.hours,
            day: taken.row.day,
            valid_until: taken.row.valid_until,
            evidence: taken.row.evidence.clone(),
            version: taken.version.clone(),
        }
    }
}

impl Content {
    fn blank(kind: Kind, history: &History, issuer: &str, made_on: NaiveDate) -> Content {
        Content {
            kind,
            name: history.name.clone(),
            issuer: issuer.to_owned(),
            made_on,
            what: Text::default(),
            edition: String::new(),
            role: Text::default(),
            from: None,
            to: None,
            outcomes: Vec::new(),
            modules: Vec::new(),
        }
    }

    /// Of one module; none when the person has no such achievement, or it was taken back.
    pub fn module(history: &History, achievement: i64, issuer: &str, made_on: NaiveDate) -> Option<Content> {
        let taken = history.taken.iter().find(|taken| taken.row.id == achievement && taken.row.revoked_by.is_none())?;
        Some(Content {
            what: taken.title.clone(),
            to: Some(taken.row.day),
            outcomes: taken.outcomes.clone(),
            modules: vec![Line::of(taken)],
            ..Content::blank(Kind::Module, history, issuer, made_on)
        })
    }

    /// Of an edition; none when the person has not completed it.
    pub fn edition(history: &History, edition: i64, issuer: &str, made_on: NaiveDate) -> Option<Content> {
        let part: &Part = history.parts.iter().find(|part| part.edition.id == edition && part.completed)?;
        let within = |taken: &&Taken| {
            taken.row.revoked_by.is_none() && taken.row.occasion_id.is_some_and(|id| part.occasions.contains(&id))
        };
        Some(Content {
            what: part.programme.clone(),
            edition: part.edition.name.clone(),
            role: part.role.clone(),
            from: Some(part.edition.starts_on),
            to: Some(part.edition.ends_on.min(made_on)),
            modules: history.taken.iter().rev().filter(within).map(Line::of).collect(),
            ..Content::blank(Kind::Edition, history, issuer, made_on)
        })
    }

    /// Of everything that stands.
    pub fn record(history: &History, issuer: &str, made_on: NaiveDate) -> Content {
        let standing = history.taken.iter().rev().filter(|taken| taken.row.revoked_by.is_none());
        let modules: Vec<Line> = standing.map(Line::of).collect();
        Content {
            from: modules.iter().map(|line| line.day).min(),
            to: modules.iter().map(|line| line.day).max(),
            modules,
            ..Content::blank(Kind::Record, history, issuer, made_on)
        }
    }

    /// Whether it says the same, on whatever day it was made.
    pub fn says_the_same(&self, other: &Content) -> bool {
        self == &Content { made_on: self.made_on, ..other.clone() }
    }
}
