//! Tests, assignments and observations as pages show them. Pure.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use serde::Serialize;

use super::service::Seen;
use crate::attendance::case::Case;
use crate::clock;
use crate::curriculum::model::{Assessment, Language};
use crate::learning::assessed::{self as life, Entry, Points, State, Step};
use crate::learning::store::assessed::Standing;
use crate::learning::words::{assessment, stands};
use crate::recognition::store::evidence::{File, Piece};
use crate::versions::published::{Named, Published};
use crate::web::Errors;
use crate::words;

/// How a page is written.
#[derive(Clone, Copy)]
pub(super) struct Telling<'a> {
    pub published: &'a Published,
    pub language: Language,
    pub now: NaiveDateTime,
}

/// An icon, a tone and a key.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Shown {
    pub icon: &'static str,
    pub tone: &'static str,
    pub key: &'static str,
}

/// A line of a list.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub href: String,
    pub module: Named,
    /// Empty on the reader's own lines.
    pub name: String,
    pub state: Shown,
    pub since: String,
}

/// The page of one case.
#[derive(Debug, Serialize)]
pub(super) struct CasePage {
    pub person: i64,
    pub module: Named,
    /// None when it is the reader's.
    pub name: Option<String>,
    /// The key of what the module asks for.
    pub kind: &'static str,
    pub state: Shown,
    /// What being there comes to, when that is left; the key of a sentence.
    pub absent: bool,
    pub outcomes: Vec<String>,
    /// The test's pass mark in percent, and the best result.
    pub pass: Option<i32>,
    pub best: Option<String>,
    pub log: Vec<Event>,
    pub hands_in: bool,
    /// The reader can approve, and return or say "not yet".
    pub judges: bool,
    pub paper: bool,
    pub results: bool,
    pub typed: Typed,
    pub errors: Errors,
    pub refused: Option<String>,
}

/// A form as it was typed.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Typed {
    pub text: String,
    pub link: String,
    pub comment: String,
    pub points: String,
    pub of: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Event {
    pub id: i64,
    pub at: String,
    pub by: String,
    pub what: &'static str,
    pub icon: &'static str,
    pub tone: &'static str,
    pub result: String,
    pub text: Vec<String>,
    pub link: String,
    pub files: Vec<FileLine>,
    /// It was a mistake, and holds no longer.
    pub gone: bool,
    /// The reader can take it back; with a reason, unless it is the reader's own.
    pub takes_back: bool,
    pub own: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct FileLine {
    pub id: i64,
    pub name: String,
}

impl Telling<'_> {
    pub fn text(&self, key: &str, args: &[(&str, words::Value<'_>)]) -> String {
        words::text(self.language, key, args)
    }

    pub fn at(&self, instant: NaiveDateTime) -> String {
        words::at(self.language, instant, clock::day_of(self.now))
    }

    pub fn module(&self, id: &str) -> Named {
        self.published.named(id, self.language)
    }

    /// None when the module no longer asks for anything.
    pub fn line(&self, one: &Standing, name: &str) -> Option<Line> {
        let (_, written) = self.published.module_by_id(&one.module)?;
        if written.assessment == Assessment::Attendance {
            return None;
        }
        let (icon, tone, key) = stands(written.assessment, one.state, (one.attended, false, false));
        Some(Line {
            href: format!("/assessments/{}/{}", one.person, one.module),
            module: self.module(&one.module),
            name: name.to_owned(),
            state: Shown { icon, tone, key },
            since: self.at(one.changed_at),
        })
    }

    /// "18 av 20 (90 %)", or "90 %".
    pub fn result(&self, points: Points) -> String {
        let percent = ("percent", points.percent().into());
        match points.of {
            100 => self.text("assessing-percent", &[percent]),
            of => self.text("assessing-points-of", &[("points", points.points.into()), ("of", of.into()), percent]),
        }
    }

    /// `pieces` are those that were handed in, with their files; `names` those of who did something.
    pub fn page(
        &self,
        seen: &Seen,
        module: &str,
        names: &HashMap<i64, String>,
        pieces: &HashMap<i64, (Piece, Vec<File>)>,
    ) -> CasePage {
        let Seen { person, case, hand } = seen;
        let kind = case.asked.kind;
        let written = self.published.module_by_id(module).map(|(_, written)| written);
        let outcomes =
            written.map(|module| module.outcomes.iter().map(|text| text.of(self.language).to_owned()).collect());
        let open = case.state != State::Passed || case.asked.again;
        let assesses = hand.assesses && case.asked.ready;
        let paper = kind == Assessment::Assignment;
        CasePage {
            person: person.id,
            module: self.module(module),
            name: (!hand.own).then(|| person.name.clone()),
            kind: assessment(kind),
            state: shown(case),
            absent: !case.alone && !case.attended && !case.achieved,
            outcomes: outcomes.unwrap_or_default(),
            pass: (kind == Assessment::Test).then_some(case.asked.pass_percent),
            best: life::best(&case.log).map(|points| self.result(points)),
            log: case.log.iter().rev().map(|entry| self.event(seen, entry, names, pieces)).collect(),
            hands_in: hand.own && paper && open && case.asked.ready,
            judges: assesses
                && open
                && match kind {
                    Assessment::Assignment => matches!(case.state, State::Waits | State::Returned),
                    Assessment::Observation => true,
                    Assessment::Attendance | Assessment::Test => false,
                },
            paper,
            results: assesses && kind == Assessment::Test,
            typed: Typed { of: "100".into(), ..Typed::default() },
            errors: Errors::default(),
            refused: None,
        }
    }

    fn event(
        &self,
        seen: &Seen,
        entry: &Entry,
        names: &HashMap<i64, String>,
        pieces: &HashMap<i64, (Piece, Vec<File>)>,
    ) -> Event {
        let Seen { case, hand, .. } = seen;
        let holds = life::standing(&case.log).any(|standing| standing.id == entry.id);
        let (icon, tone, what) = happened(entry.step, case.asked.kind);
        let back = life::decide(case.asked, &case.log, *hand, life::Act::TakeBack { entry: entry.id }, true);
        let piece = entry.evidence.and_then(|id| pieces.get(&id));
        let words = piece.map_or(entry.text.as_str(), |(piece, _)| piece.text.as_str());
        Event {
            id: entry.id,
            at: self.at(entry.at),
            by: entry.by.and_then(|by| names.get(&by).cloned()).unwrap_or_default(),
            what,
            icon,
            tone,
            result: match entry.step {
                Step::Result(points) => self.result(points),
                _ => String::new(),
            },
            text: paragraphs(words),
            link: piece.map(|(piece, _)| piece.link.clone()).unwrap_or_default(),
            files: piece.map(|(_, files)| files.iter().map(file).collect()).unwrap_or_default(),
            gone: !holds && !matches!(entry.step, Step::TakenBack(_)),
            takes_back: back.is_ok(),
            own: hand.own,
        }
    }
}

fn file(file: &File) -> FileLine {
    FileLine { id: file.id, name: file.name.clone() }
}

/// How a case stands.
pub(super) fn shown(case: &Case) -> Shown {
    let (icon, tone, key) = stands(case.asked.kind, case.state, (case.attended, case.achieved, case.alone));
    Shown { icon, tone, key }
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What a step is called.
fn happened(step: Step, kind: Assessment) -> (&'static str, &'static str, &'static str) {
    match step {
        Step::HandedIn => ("asked", "", "assessing-step-handed-in"),
        Step::Approved => ("done", "state--good", "assessing-step-approved"),
        Step::Returned if kind == Assessment::Assignment => ("exp", "state--warn", "assessing-step-returned"),
        Step::Returned => ("exp", "state--warn", "assessing-step-not-yet"),
        Step::Result(points) if points.passes() => ("done", "state--good", "assessing-step-passed"),
        Step::Result(_) => ("exp", "state--warn", "assessing-step-failed"),
        Step::TakenBack(_) => ("info", "state--quiet", "assessing-step-taken-back"),
    }
}
