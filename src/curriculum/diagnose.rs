//! Shows problems to people and to programs.

use std::collections::HashMap;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::lex::Span;
use super::load::Sources;
use super::problem::{Label, Problem};
use super::rules::Severity;

/// More problems than this are counted, not shown.
const MOST_SHOWN: usize = 200;
/// Longer lines, in bytes, are not shown; long ones are shown around the mark.
const LONGEST_LINE: usize = 10_000;
/// Remarks further away than this many lines get a window of their own.
const NEAR: usize = 6;

/// The problems as a compiler shows them, each with its source line. Without `colour` there is no escape sequence.
pub fn render(problems: &[Problem], sources: &Sources, colour: bool) -> String {
    let files = Files::new(sources);
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for problem in problems.iter().take(MOST_SHOWN) {
        out.push_str(&renderer.render(&[group(problem, &files)]));
        out.push_str("\n\n");
    }
    if problems.len() > MOST_SHOWN {
        out.push_str(&format!("{} more problems are not shown\n\n", problems.len() - MOST_SHOWN));
    }
    out
}

/// `2 errors, 1 warning`, or `no problems`.
pub fn counts(problems: &[Problem]) -> String {
    let count = |severity, one: &str| match problems.iter().filter(|problem| problem.severity == severity).count() {
        0 => None,
        1 => Some(format!("1 {one}")),
        many => Some(format!("{many} {one}s")),
    };
    let parts: Vec<String> =
        [count(Severity::Error, "error"), count(Severity::Warning, "warning")].into_iter().flatten().collect();
    if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") }
}

/// A problem for programs. Lines and columns are counted from 1, columns in characters; the end is not included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report<'a> {
    pub code: &'a str,
    pub severity: Severity,
    #[serde(flatten)]
    pub at: At<'a>,
    pub message: &'a str,
    pub help: &'a str,
    pub also: Vec<Remark<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct At<'a> {
    pub file: &'a str,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark<'a> {
    #[serde(flatten)]
    pub at: At<'a>,
    pub text: &'a str,
}

/// The problems for programs, in the order given.
pub fn reports<'a>(problems: &'a [Problem], sources: &Sources) -> Vec<Report<'a>> {
    let files = Files::new(sources);
    let remark = |label: &'a Label| Remark { at: files.at(&label.file, label.span), text: &label.text };
    problems
        .iter()
        .map(|problem| Report {
            code: problem.code,
            severity: problem.severity,
            at: files.at(&problem.file, problem.span),
            message: &problem.message,
            help: &problem.help,
            also: problem.also.iter().map(remark).collect(),
        })
        .collect()
}

/// The texts, with the offsets at which their lines begin.
struct Files<'a> {
    texts: HashMap<&'a str, (&'a str, Vec<usize>)>,
}

impl<'a> Files<'a> {
    fn new(sources: &'a Sources) -> Self {
        let lines = |text: &str| std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let texts = sources.files.iter().map(|f| (f.name.as_str(), (f.text.as_str(), lines(&f.text)))).collect();
        Files { texts }
    }

    /// The line, from 0, that holds the byte at `offset`.
    fn line(&self, file: &str, offset: usize) -> usize {
        self.texts.get(file).map_or(0, |(_, lines)| lines.partition_point(|&start| start <= offset).saturating_sub(1))
    }

    /// The bytes of the lines `from` to `to`, without the last line's end.
    fn bytes(&self, file: &str, from: usize, to: usize) -> Range<usize> {
        self.texts.get(file).map_or(0..0, |(text, lines)| {
            let end = lines.get(to + 1).map_or(text.len(), |next| next - 1);
            lines[from.min(lines.len() - 1)]..end
        })
    }

    /// Line and column, from 1.
    fn point(&self, file: &str, offset: usize) -> (usize, usize) {
        let Some((text, lines)) = self.texts.get(file) else { return (1, 1) };
        let line = self.line(file, offset);
        let within = text.get(lines[line]..offset).unwrap_or_default();
        (line + 1, within.chars().count() + 1)
    }

    fn at<'b>(&self, file: &'b str, span: Span) -> At<'b> {
        let ((line, column), (end_line, end_column)) = (self.point(file, span.start), self.point(file, span.end));
        At { file, line, column, end_line, end_column }
    }
}

fn group<'a>(problem: &'a Problem, files: &Files<'a>) -> annotate_snippets::Group<'a> {
    let level = if problem.severity == Severity::Error { Level::ERROR } else { Level::WARNING };
    let here = |label: &&Label| label.file == problem.file && label.span == problem.span;
    let label = problem.also.iter().find(here).map(|label| label.text.as_str());
    let main = Mark { file: &problem.file, span: problem.span, kind: AnnotationKind::Primary, label };
    let also = problem.also.iter().filter(|label| !here(label)).map(|label| Mark {
        file: &label.file,
        span: label.span,
        kind: AnnotationKind::Context,
        label: Some(&label.text),
    });
    let elements = windows(std::iter::once(main).chain(also), files).into_iter().map(|marks| window(&marks, files));
    let title = level.primary_title(problem.message.as_str()).id(problem.code);
    title.elements(elements).element(Level::HELP.message(problem.help.as_str()))
}

/// A place to be marked.
struct Mark<'a> {
    file: &'a str,
    span: Span,
    kind: AnnotationKind,
    label: Option<&'a str>,
}

/// Puts marks that lie near each other together; the first window holds the first mark.
fn windows<'a>(marks: impl Iterator<Item = Mark<'a>>, files: &Files<'_>) -> Vec<Vec<Mark<'a>>> {
    let mut windows: Vec<Vec<Mark<'a>>> = Vec::new();
    for mark in marks {
        let near = |other: &Mark<'_>| {
            other.file == mark.file
                && files.line(mark.file, mark.span.start).abs_diff(files.line(other.file, other.span.start)) <= NEAR
        };
        match windows.iter_mut().find(|window| window.iter().any(near)) {
            Some(window) => window.push(mark),
            None => windows.push(vec![mark]),
        }
    }
    windows
}

/// The lines around the marks, or only their place when there is nothing to show.
fn window<'a>(marks: &[Mark<'a>], files: &Files<'a>) -> Element<'a> {
    let file = marks[0].file;
    let lines = || marks.iter().map(|mark| files.line(file, mark.span.start));
    let (first, last) = (lines().min().unwrap_or(0), lines().max().unwrap_or(0));
    let bytes = files.bytes(file, first, last);
    let too_long = (first..=last).any(|line| files.bytes(file, line, line).len() > LONGEST_LINE);
    let text = files.texts.get(file).map_or("", |(text, _)| *text);
    if text.is_empty() {
        return Origin::path(file).into();
    }
    if too_long {
        let (line, column) = files.point(file, marks[0].span.start);
        return Origin::path(file).line(line).char_column(column).into();
    }
    let annotation = |mark: &Mark<'a>| -> Annotation<'a> {
        let line = files.line(file, mark.span.start);
        let end = mark.span.end.min(files.bytes(file, line, line).end).max(mark.span.start);
        mark.kind.span(mark.span.start - bytes.start..end - bytes.start).label(mark.label)
    };
    Snippet::source(&text[bytes.clone()])
        .path(file)
        .line_start(first + 1)
        .annotations(marks.iter().map(annotation).collect::<Vec<_>>())
        .into()
}
