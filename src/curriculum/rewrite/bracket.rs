//! One bracket with its parts: which lines and comments belong to which, and how parts come and go.

use std::ops::Range;

use super::splice::Splices;
use crate::curriculum::lex::{Span, TokenKind, tokens};
use crate::curriculum::tree::{Node, Value};
use crate::curriculum::written::STEP;

/// A bracket in a text.
pub(super) struct Bracket<'t> {
    text: &'t str,
    /// Just behind the opening bracket.
    open: usize,
    /// Just before the closing one.
    close: usize,
    children: Vec<Span>,
}

/// What is put into a bracket.
#[derive(Debug, Clone)]
pub(super) struct Come {
    /// Whole lines that stand above it, such as comments that move along.
    pub above: String,
    /// Without the comma.
    pub text: String,
}

impl Come {
    pub fn new(text: String) -> Come {
        Come { above: String::new(), text }
    }
}

impl<'t> Bracket<'t> {
    /// `node` is a struct without a name, a list or a map.
    pub fn of(text: &'t str, node: &Node<'_>) -> Self {
        let children = match &node.value {
            Value::Group(_, items) => items
                .iter()
                .map(|item| item.name.map_or(item.value.span, |name| name.span.to(item.value.span)))
                .collect(),
            Value::List(parts) => parts.iter().map(|part| part.span).collect(),
            Value::Map(pairs) => pairs.iter().map(|(key, value)| key.span.to(value.span)).collect(),
            _ => Vec::new(),
        };
        Bracket { text, open: node.span.start + 1, close: node.span.end.saturating_sub(1), children }
    }

    pub fn children(&self) -> usize {
        self.children.len()
    }

    /// Whether everything stands on one line, without comments.
    pub fn on_one_line(&self) -> bool {
        let inside = &self.text[self.open..self.close.max(self.open)];
        !inside.contains('\n') && self.comments(self.open, self.close).is_empty()
    }

    /// How far the parts are indented.
    pub fn indent(&self) -> usize {
        let first = (0..self.children.len()).find(|at| self.begins_line(*at));
        first.map_or(indent(self.text, self.open) + STEP, |at| indent(self.text, self.children[at].start))
    }

    /// A part with the whole lines of comments directly above it, to be put elsewhere.
    pub fn carried(&self, at: usize) -> Come {
        let child = self.children[at];
        let text = self.text[child.range()].to_owned();
        if !self.begins_line(at) {
            return Come::new(text);
        }
        let line = line_start(self.text, child.start);
        Come { above: self.text[self.block_start(at)..line].to_owned(), text }
    }

    /// Takes the parts away that are `gone`, and puts those that `come` behind the part with this number, which stays;
    /// none = before all that stay.
    pub fn restructure(&self, gone: &[bool], come: Vec<(Option<usize>, Come)>, out: &mut Splices<'_>) {
        if !come.is_empty() {
            self.insert(gone, come, out);
        }
        let mut at = 0;
        while at < gone.len() {
            let run = gone[at..].iter().take_while(|gone| **gone).count();
            if run > 0 {
                self.remove(at, at + run - 1, out);
            }
            at += run.max(1);
        }
    }

    fn insert(&self, gone: &[bool], come: Vec<(Option<usize>, Come)>, out: &mut Splices<'_>) {
        let stays: Vec<usize> = (0..self.children.len()).filter(|at| !gone[*at]).collect();
        let lines = (0..self.children.len()).any(|at| self.begins_line(at)) || self.children.is_empty();
        let margin = " ".repeat(self.indent());
        let apart = self.apart();
        let mut completed = false;
        for (behind, Come { above, text }) in come {
            let first = stays.first().copied();
            match (behind, first) {
                (Some(at), _) => match self.line_end(at) {
                    Some(end) if lines => {
                        if self.comma(at).is_none() && !completed {
                            out.insert(self.children[at].end, ",");
                            completed = true;
                        }
                        let gap = if apart { "\n" } else { "" };
                        out.insert(end, format!("{gap}{above}{margin}{text},\n"));
                    }
                    _ => out.insert(self.children[at].end, format!(", {text}")),
                },
                (None, Some(first)) if self.begins_line(first) => {
                    let gap = if apart { "\n" } else { "" };
                    out.insert(self.block_start(first), format!("{above}{margin}{text},\n{gap}"));
                }
                (None, Some(first)) => out.insert(self.children[first].start, format!("{text}, ")),
                (None, None) => {
                    let closing = line_start(self.text, self.close);
                    if closing >= self.open && self.text[closing..self.close].trim().is_empty() {
                        out.insert(closing, format!("{above}{margin}{text},\n"));
                    } else {
                        let back = " ".repeat(indent(self.text, self.open));
                        out.insert(self.close, format!("\n{above}{margin}{text},\n{back}"));
                    }
                }
            }
        }
    }

    fn remove(&self, first: usize, last: usize, out: &mut Splices<'_>) {
        let whole = |at: usize| self.begins_line(at).then(|| self.line_end(at)).flatten();
        if (first..=last).all(|at| whole(at).is_some()) {
            for at in first..=last {
                let range = self.block_start(at)..whole(at).unwrap_or(self.children[at].end);
                out.remove(self.with_blank_line(at, range));
            }
        } else if let (true, Some(end)) = (self.begins_line(first), self.line_end(last)) {
            out.remove(self.block_start(first)..end);
        } else if let Some(next) = self.children.get(last + 1)
            && (self.same_line(self.children[last].end, next.start) || first == 0)
        {
            out.remove(self.children[first].start..next.start);
        } else if let Some(before) = first.checked_sub(1) {
            // The comma behind the last one, if any, now belongs to the one before.
            out.remove(self.children[before].end..self.children[last].end);
        } else {
            out.remove(self.children[first].start..self.comma(last).unwrap_or(self.children[last].end));
        }
    }

    /// One of two blank lines goes too.
    fn with_blank_line(&self, at: usize, range: Range<usize>) -> Range<usize> {
        let before = &self.text[..range.start];
        let above = line_start(self.text, range.start.saturating_sub(1));
        let blank_above =
            before.ends_with('\n') && above < range.start && self.text[above..range.start].trim().is_empty();
        let rest = &self.text[range.end..];
        let below = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let blank_below = rest[..below].trim().is_empty() && below > 0;
        if blank_above && (blank_below || at + 1 == self.children.len()) {
            return above..range.end;
        }
        if blank_below && at == 0 {
            return range.start..range.end + below;
        }
        range
    }

    /// Whether parts are separated by blank lines: as between the last two.
    fn apart(&self) -> bool {
        let [.., a, b] = self.children.as_slice() else { return false };
        let lines: Vec<&str> = self.text[a.end..b.start].split('\n').collect();
        lines.iter().skip(1).rev().skip(1).any(|line| line.trim().is_empty())
    }

    /// Just behind the comma that follows a part.
    fn comma(&self, at: usize) -> Option<usize> {
        let (end, next) = (self.children[at].end, self.children.get(at + 1).map_or(self.close, |next| next.start));
        let comma = tokens(&self.text[end..next.max(end)]).into_iter().find(|token| token.kind == TokenKind::Comma)?;
        Some(end + comma.span.end)
    }

    fn begins_line(&self, at: usize) -> bool {
        let start = self.children[at].start;
        let line = line_start(self.text, start);
        line >= self.open && self.text[line..start].trim().is_empty()
    }

    /// The beginning of the next line, when nothing but a comma and comments follows a part on its last line.
    fn line_end(&self, at: usize) -> Option<usize> {
        let mut here = self.comma(at).unwrap_or(self.children[at].end);
        loop {
            let rest = &self.text[here..];
            let trimmed = rest.trim_start_matches([' ', '\t', '\r']);
            here += rest.len() - trimmed.len();
            if trimmed.starts_with('\n') {
                return Some(here + 1);
            }
            let comment = self.comments(here, self.close).first().filter(|comment| comment.start == here)?.end;
            // A comment over several lines may as well belong to what follows.
            if self.text[here..comment].contains('\n') {
                return None;
            }
            here = comment;
        }
    }

    /// Where the line of a part begins, or that of the comments directly above it.
    fn block_start(&self, at: usize) -> usize {
        let from = match at.checked_sub(1) {
            Some(before) => self.comma(before).unwrap_or(self.children[before].end),
            None => self.open,
        };
        let mut top = line_start(self.text, self.children[at].start);
        for comment in self.comments(from, top).into_iter().rev() {
            let line = line_start(self.text, comment.start);
            let alone = line >= from && self.text[line..comment.start].trim().is_empty();
            let below = &self.text[comment.end..top];
            if !alone || below.trim_matches([' ', '\t', '\r']) != "\n" {
                break;
            }
            top = line;
        }
        top
    }

    fn same_line(&self, from: usize, to: usize) -> bool {
        !self.text[from..to].contains('\n')
    }

    /// Comments between two places that are in no part.
    fn comments(&self, from: usize, to: usize) -> Vec<Span> {
        let mut comments = Vec::new();
        let mut at = from;
        while let Some(found) = self.text.get(at..to).and_then(|rest| rest.find(['/', '"', '('].as_slice())) {
            let start = at + found;
            if let Some(child) = self.children.iter().find(|child| child.range().contains(&start)) {
                at = child.end;
                continue;
            }
            let rest = &self.text[start..to];
            let length = match rest.as_bytes() {
                [b'/', b'/', ..] => rest.find('\n').unwrap_or(rest.len()),
                [b'/', b'*', ..] => block(rest),
                _ => {
                    at = start + 1;
                    continue;
                }
            };
            comments.push(Span { start, end: start + length });
            at = start + length;
        }
        comments
    }
}

/// The length of a block comment; they nest.
fn block(rest: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while let Some(found) = rest[at..].find(['/', '*']) {
        at += found;
        let mark = &rest[at..];
        if mark.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if mark.starts_with("*/") {
            depth = depth.saturating_sub(1);
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Spaces at the beginning of the line that holds this place.
pub(super) fn indent(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..];
    line.len() - line.trim_start_matches(' ').len()
}
