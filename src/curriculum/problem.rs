//! One problem of a curriculum, with its place.

use std::sync::Arc;

use super::lex::Span;
use super::rules::{Rule, Severity};

/// What is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// As in [`super::rules`].
    pub code: &'static str,
    pub severity: Severity,
    pub file: String,
    /// Where in the file's text; (0, 0) when the file has no text.
    pub span: Span,
    /// One sentence.
    pub message: String,
    /// What to do next, one line.
    pub help: String,
    /// Other places that belong to it.
    pub also: Vec<Label>,
    /// The names and numbers in the message, each by what it is, for whoever tells it in other words.
    pub facts: Vec<(&'static str, String)>,
}

/// A remark at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub file: String,
    pub span: Span,
    pub text: String,
}

/// A place in the curriculum's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub file: Arc<str>,
    pub span: Span,
}

impl Problem {
    pub fn new(rule: &Rule, place: &Place, message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem {
            code: rule.code,
            severity: rule.severity,
            file: place.file.to_string(),
            span: place.span,
            message: message.into(),
            help: help.into(),
            also: Vec::new(),
            facts: Vec::new(),
        }
    }

    /// Adds a name or a number.
    pub fn with(mut self, what: &'static str, is: impl ToString) -> Problem {
        self.facts.push((what, is.to_string()));
        self
    }

    /// Adds another place.
    pub fn also(mut self, place: &Place, text: impl Into<String>) -> Problem {
        self.also.push(Label { file: place.file.to_string(), span: place.span, text: text.into() });
        self
    }
}

/// Problems are shown by file, then by place; at one place errors come first.
pub fn sort(problems: &mut Vec<Problem>) {
    problems.sort_by(|a, b| {
        let key = |p: &Problem| (p.span.start, p.severity, p.code, p.span.end);
        a.file.cmp(&b.file).then_with(|| key(a).cmp(&key(b))).then_with(|| a.message.cmp(&b.message))
    });
    problems.dedup();
}

pub fn has_errors(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}
