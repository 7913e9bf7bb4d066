//! Requests and delegates as pages show them. Pure: words, and what can be done.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::delegates::{Delegate, Scope};
use super::life::{State, Wording};
use super::service::Seen;
use super::store::{LogLine, Request};
use crate::clock;
use crate::curriculum::model::Language;
use crate::versions::published::{Named, Published};
use crate::web::{Choice, Errors};
use crate::words::{self, Value};

pub(super) mod evidence;

/// How a page is written: for whom, when, and in which curriculum's words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling<'a> {
    pub published: &'a Published,
    pub language: Language,
    pub today: NaiveDate,
}

/// A state in words, with its icon and tone.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Shown {
    pub icon: &'static str,
    pub tone: &'static str,
    pub text: String,
}

/// A request in a list.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub href: String,
    pub module: Named,
    /// Whom it is about, when that is not the reader.
    pub name: Option<String>,
    pub state: Shown,
    pub changed: String,
}

/// The page of one request.
#[derive(Debug, Serialize)]
pub(super) struct RequestPage {
    pub id: i64,
    pub module: Named,
    pub person: i64,
    /// None when it is about the reader.
    pub name: Option<String>,
    /// Who asked, when that is not the person.
    pub asked_by: Option<String>,
    pub state: Shown,
    pub day: String,
    pub course: String,
    pub motivation: Vec<String>,
    pub log: Vec<Event>,
    /// What whoever returned it wants to know.
    pub wanted: Vec<String>,
    pub pieces: Vec<evidence::PieceLine>,
    /// Where the reader can add evidence.
    pub add: Option<String>,
    /// What the reader can do.
    pub writes: bool,
    pub withdraws: bool,
    pub decides: bool,
    pub typed: Typed,
    pub errors: Errors,
    pub refused: Option<String>,
}

/// A form as it was typed.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Typed {
    pub day: String,
    pub course: String,
    pub motivation: String,
    pub comment: String,
    pub from: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Event {
    pub at: String,
    pub name: String,
    pub what: String,
    pub comment: Vec<String>,
}

/// A delegate in the list.
#[derive(Debug, Serialize)]
pub(super) struct DelegateLine {
    pub id: i64,
    pub name: String,
    pub scope: String,
    pub days: String,
    pub begun: bool,
}

impl Telling<'_> {
    pub fn text(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        words::text(self.language, key, args)
    }

    pub fn date(&self, day: NaiveDate) -> String {
        words::date(self.language, day, self.today)
    }

    pub fn at(&self, instant: NaiveDateTime) -> String {
        words::at(self.language, instant, self.today)
    }

    pub fn module(&self, id: &str) -> Named {
        self.published.named(id, self.language)
    }

    pub fn line(&self, request: &Request, reader: i64, names: &HashMap<i64, String>) -> Line {
        Line {
            href: format!("/recognition/requests/{}", request.id),
            module: self.module(&request.module),
            name: (request.person != reader).then(|| names.get(&request.person).cloned().unwrap_or_default()),
            state: self.state(request.state()),
            changed: self.date(clock::day_of(request.changed_at)),
        }
    }

    pub fn state(&self, state: State) -> Shown {
        let (icon, tone, key) = looks(state);
        Shown { icon, tone, text: self.text(key, &[]) }
    }

    pub fn page(&self, seen: &Seen, reader: i64, names: &HashMap<i64, String>, log: &[LogLine]) -> RequestPage {
        let request = &seen.request;
        let name = |id: i64| names.get(&id).cloned().unwrap_or_default();
        let state = request.state();
        RequestPage {
            id: request.id,
            module: self.module(&request.module),
            person: request.person,
            name: (request.person != reader).then(|| name(request.person)),
            asked_by: (request.asked_by != request.person).then(|| name(request.asked_by)),
            state: self.state(state),
            day: self.date(request.day),
            course: request.course.clone(),
            motivation: paragraphs(&request.motivation),
            log: log.iter().map(|line| self.event(line)).collect(),
            wanted: match log.last() {
                Some(last) if state == State::Returned => paragraphs(&last.comment),
                _ => Vec::new(),
            },
            pieces: Vec::new(),
            add: (seen.hand.writes && state.is_written()).then(|| self.add_evidence(request, reader)),
            writes: seen.hand.writes && state.is_written(),
            withdraws: seen.hand.writes && state.is_open(),
            decides: seen.hand.decides && state == State::Asked,
            typed: Typed {
                day: request.day.to_string(),
                course: request.course.clone(),
                motivation: request.motivation.clone(),
                comment: String::new(),
                from: request.day.to_string(),
            },
            errors: Errors::default(),
            refused: None,
        }
    }

    /// Where evidence is added for whom a request is about.
    fn add_evidence(&self, request: &Request, reader: i64) -> String {
        let whose = if request.person == reader { String::new() } else { format!("&person={}", request.person) };
        format!("/recognition/evidence/new?module={}{whose}", request.module)
    }

    fn event(&self, line: &LogLine) -> Event {
        Event {
            at: self.at(line.at),
            name: line.name.clone(),
            what: self.text(happened(State::of(&line.state)), &[]),
            comment: paragraphs(&line.comment),
        }
    }

    /// Areas, then modules, as a form offers them to be decided about.
    pub fn scopes(&self) -> Vec<Choice> {
        let curriculum = &self.published.curriculum;
        let area = |id: &String| Choice { value: format!("area.{id}"), label: self.scope(&Scope::Area(id.clone())) };
        let module =
            |id: &String| Choice { value: format!("module.{id}"), label: self.scope(&Scope::Module(id.clone())) };
        let areas = curriculum.areas.keys().map(area);
        areas.chain(curriculum.modules.iter().map(|(id, _)| module(id))).collect()
    }

    pub fn scope(&self, scope: &Scope) -> String {
        match scope {
            Scope::Area(id) => {
                let known = self.published.curriculum.areas.get(id);
                let title = known.map_or(id.as_str(), |area| area.title.of(self.language));
                self.text("recognition-scope-area", &[("area", title.into())])
            }
            Scope::Module(id) => {
                let module = self.module(id);
                format!("{} {}", module.code, module.title)
            }
        }
    }

    pub fn delegate(&self, delegate: &Delegate, names: &HashMap<i64, String>) -> DelegateLine {
        let days = [("from", self.date(delegate.from).into()), ("to", self.date(delegate.to).into())];
        DelegateLine {
            id: delegate.id,
            name: names.get(&delegate.person).cloned().unwrap_or_default(),
            scope: self.scope(&delegate.scope),
            days: self.text("recognition-days", &days),
            begun: delegate.from <= self.today,
        }
    }

    /// Every module, to be chosen from.
    pub fn modules(&self) -> Vec<Choice> {
        let choice = |(id, _): &(String, crate::curriculum::model::Module)| {
            let module = self.module(id);
            Choice { value: id.clone(), label: format!("{} {}", module.code, module.title) }
        };
        self.published.curriculum.modules.iter().map(choice).collect()
    }
}

impl Typed {
    pub fn wording(&self, day: NaiveDate) -> Wording {
        Wording { day, course: self.course.clone(), motivation: self.motivation.clone() }
    }
}

/// The lines of a text that somebody wrote, each a paragraph.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A state's icon, tone and word.
fn looks(state: State) -> (&'static str, &'static str, &'static str) {
    match state {
        State::Draft => ("draft", "state--quiet", "recognition-state-draft"),
        State::Asked => ("waiting", "", "recognition-state-asked"),
        State::Returned => ("exp", "state--warn", "recognition-state-returned"),
        State::Accepted => ("done", "state--good", "recognition-state-accepted"),
        State::Declined => ("failed", "state--bad", "recognition-state-declined"),
        State::Withdrawn => ("info", "state--quiet", "recognition-state-withdrawn"),
    }
}

/// What the log says when a request became this.
fn happened(state: State) -> &'static str {
    match state {
        State::Draft => "recognition-happened-draft",
        State::Asked => "recognition-happened-asked",
        State::Returned => "recognition-happened-returned",
        State::Accepted => "recognition-happened-accepted",
        State::Declined => "recognition-happened-declined",
        State::Withdrawn => "recognition-happened-withdrawn",
    }
}
