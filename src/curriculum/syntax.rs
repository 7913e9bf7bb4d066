//! Reads RON into a tree in which every value knows its place, and goes on after an error.
//!
//! The part of RON that a curriculum needs: structs without names, `Variant(…)`, lists, maps, texts, numbers, words and
//! comments. The ron crate stops at the first error and keeps no places; it still has the last word on every entry,
//! because `super::parse` decodes with it.

use super::lex::{Bad, Span, Token, TokenKind, tokens};
use super::tree::{Item, Name, Node, SyntaxError, Value};

/// Brackets nested deeper than this are refused.
pub const MAX_DEPTH: usize = 64;

/// The one value that a file holds, and everything that is not well-formed in it: at most one error for each entry,
/// because what follows an error in the same entry is mostly its consequence.
pub fn parse(text: &str) -> (Option<Node<'_>>, Vec<SyntaxError>) {
    let tokens = tokens(text);
    let mut parser = Parser { text, tokens, at: 0, open: Vec::new(), errors: Vec::new(), seen: 0, hush: Hush::No };
    if parser.tokens.is_empty() {
        let span = Span { start: 0, end: text.len().min(1) };
        parser.error(
            span,
            "the file holds nothing",
            "write `( … )` with sections such as `modules: { … }`, or remove it",
        );
        return (None, parser.errors);
    }
    let node = parser.value();
    // After another error this is mostly its consequence.
    if let Some(token) = parser.peek().filter(|_| parser.seen == 0) {
        parser.error(
            token.span,
            "something follows the end of the file's struct",
            "a file is one `( … )`: is a bracket closed too early?",
        );
    }
    (Some(node), parser.errors)
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    /// Brackets that wait to be closed.
    open: Vec<(char, Span)>,
    errors: Vec<SyntaxError>,
    /// Errors met, also those not told.
    seen: usize,
    hush: Hush,
}

/// How far further errors are kept quiet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hush {
    No,
    /// Until the next entry.
    Entry,
    /// Until the end: nothing after this can be trusted.
    File,
}

/// Depth at which entries lie: the file's struct, a section's map, and in it the entry.
const ENTRY_DEPTH: usize = 2;

impl<'a> Parser<'a> {
    fn value(&mut self) -> Node<'a> {
        let before = self.seen;
        let start = self.here();
        let value = match self.peek().map(|token| token.kind) {
            Some(TokenKind::Text) => Value::Text(self.take()),
            Some(TokenKind::Number) => Value::Number(self.take()),
            Some(TokenKind::Word) => self.word(),
            Some(TokenKind::Open('(')) => Value::Group(None, self.bracketed(')', Self::item)),
            Some(TokenKind::Open('[')) => Value::List(self.bracketed(']', Self::value)),
            Some(TokenKind::Open(_)) => Value::Map(self.bracketed('}', Self::pair)),
            _ => {
                self.unexpected("a value");
                Value::Nothing
            }
        };
        let end = self.last();
        Node { span: if end.end > start.start { start.to(end) } else { start }, value, broken: self.seen > before }
    }

    fn word(&mut self) -> Value<'a> {
        let span = self.here();
        let text = self.take();
        match self.peek() {
            Some(Token { kind: TokenKind::Open('('), .. }) => {
                Value::Group(Some(Name { text, span }), self.bracketed(')', Self::item))
            }
            _ => Value::Word(text),
        }
    }

    /// A struct's field or a tuple's part.
    fn item(&mut self) -> Item<'a> {
        let named = matches!(
            (self.peek().map(|t| t.kind), self.tokens.get(self.at + 1).map(|t| t.kind)),
            (Some(TokenKind::Word | TokenKind::Text), Some(TokenKind::Colon))
        );
        if !named {
            return Item { name: None, value: self.value() };
        }
        let (span, quoted) = (self.here(), self.peek().is_some_and(|t| t.kind == TokenKind::Text));
        let text = self.take();
        if quoted {
            let help = "write the name without quotes, or `{ … }` around entries with ids";
            if self.error(span, "a field's name stands in quotes", help) {
                let label = "inside this bracket: is it closed where it should be?".to_owned();
                let opener = self.open.last().map(|(_, opener)| (*opener, label));
                self.errors.iter_mut().last().into_iter().for_each(|error| error.also = opener.clone());
            }
        }
        self.take();
        Item { name: Some(Name { text, span }), value: self.value() }
    }

    /// A map's entry.
    fn pair(&mut self) -> (Node<'a>, Node<'a>) {
        let before = self.seen;
        let key = self.value();
        let next = self.peek().map(|token| token.kind);
        if next == Some(TokenKind::Colon) {
            self.take();
            return (key, self.value());
        }
        if self.seen == before {
            let after = self.last().end;
            self.error(Span { start: after, end: after }, "a colon is missing", "write `\"id\": ( … )`");
        }
        let value = match next {
            Some(TokenKind::Open(_)) => self.value().value,
            _ => Value::Nothing,
        };
        (key, Node { span: self.last(), value, broken: true })
    }

    /// What stands between brackets, separated by commas.
    fn bracketed<T>(&mut self, close: char, part: fn(&mut Self) -> T) -> Vec<T> {
        let opener = self.here();
        self.take();
        self.open.push((close, opener));
        let mut parts = Vec::new();
        if self.open.len() > MAX_DEPTH {
            self.too_deep(opener);
        }
        while !self.closed(close, opener) {
            if self.open.len() <= ENTRY_DEPTH && self.hush == Hush::Entry {
                self.hush = Hush::No;
            }
            let before = self.at;
            parts.push(part(self));
            if self.at == before {
                self.at += 1;
            }
            self.comma();
        }
        self.open.pop();
        parts
    }

    /// Whether the bracket ends here; takes its closing bracket, or tells that it is missing.
    fn closed(&mut self, close: char, opener: Span) -> bool {
        let Some(token) = self.peek() else {
            let (open, end) = (&self.text[opener.range()], self.text.trim_end().len());
            let message = format!("`{open}` is never closed");
            self.error(opener, message, format!("write `{close}` where it ends"));
            if let Some(error) = self.errors.last_mut().filter(|error| error.span == opener) {
                error.also = Some((Span { start: end, end }, "the file ends here".into()));
            }
            self.hush = Hush::File;
            return true;
        };
        let TokenKind::Close(found) = token.kind else { return false };
        if found == close {
            self.take();
            return true;
        }
        // On the opener's own line it is mistyped; further down the right one was forgotten.
        let same_line = !self.text[opener.start..token.span.start].contains('\n');
        let belongs_further_out = !same_line && self.open.iter().any(|(waiting, _)| *waiting == found);
        if self.error(
            token.span,
            format!("`{found}` where `{close}` is expected"),
            format!("close the bracket with `{close}` first"),
        ) && let Some(error) = self.errors.last_mut()
        {
            error.also = Some((opener, "the bracket opened here".into()));
        }
        if !belongs_further_out {
            self.take();
        }
        belongs_further_out || same_line
    }

    /// The comma between two parts, which may be left out before the closing bracket only.
    fn comma(&mut self) {
        match self.peek().map(|token| token.kind) {
            None | Some(TokenKind::Close(_)) => {}
            Some(TokenKind::Comma) => {
                self.take();
            }
            Some(TokenKind::Text | TokenKind::Word | TokenKind::Number | TokenKind::Open(_)) => {
                let last = self.last();
                let told = self.error(
                    Span { start: last.end, end: last.end },
                    "a comma is missing",
                    "write `,` between the two",
                );
                let long = self.text[last.range()].starts_with('"') && self.text[last.range()].contains('\n');
                if told
                    && long
                    && let Some(error) = self.errors.last_mut()
                {
                    let start = Span { start: last.start, end: last.start + 1 };
                    error.also =
                        Some((start, "this text runs over several lines: is its closing quote missing?".into()));
                }
            }
            Some(_) => {
                self.unexpected("a comma or the closing bracket");
                self.skip();
            }
        }
    }

    /// Goes to the end of the part that is not understood.
    fn skip(&mut self) {
        let mut depth = 0usize;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) if depth == 0 => return,
                TokenKind::Close(_) => depth -= 1,
                TokenKind::Comma if depth == 0 => {
                    self.at += 1;
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn unexpected(&mut self, expected: &str) {
        let Some(token) = self.peek() else {
            let end = self.text.trim_end().len();
            let span = Span { start: end, end };
            self.error(span, format!("{expected} is expected, but the file ends"), "is the end of the file missing?");
            return;
        };
        let (message, help) = match token.kind {
            TokenKind::Bad(bad) => described(bad, &self.text[token.span.range()]),
            TokenKind::Comma => (format!("a comma where {expected} is expected"), "remove it".into()),
            _ => {
                let found = &self.text[token.span.range()];
                (format!("`{found}` where {expected} is expected"), "look just before this place".into())
            }
        };
        let whole = matches!(token.kind, TokenKind::Bad(Bad::UnclosedText | Bad::UnclosedComment));
        let end = if whole { token.span.start + 1 } else { token.span.end };
        self.error(Span { start: token.span.start, end }, message, help);
        if whole {
            self.hush = Hush::File;
        }
    }

    fn too_deep(&mut self, opener: Span) {
        self.hush = if self.hush == Hush::File { Hush::File } else { Hush::No };
        let message = format!("brackets are nested more than {MAX_DEPTH} deep");
        if self.error(opener, message, "is a bracket repeated by mistake?")
            && let Some(error) = self.errors.last_mut()
        {
            error.deep = true;
        }
        self.hush = Hush::File;
        self.at = self.tokens.len();
    }

    /// Notes an error; false when it is kept quiet.
    fn error(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) -> bool {
        self.seen += 1;
        if self.hush != Hush::No {
            return false;
        }
        self.hush = Hush::Entry;
        self.errors.push(SyntaxError { span, message: message.into(), help: help.into(), also: None, deep: false });
        true
    }

    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    /// The text of the present token, and goes on to the next.
    fn take(&mut self) -> &'a str {
        let span = self.here();
        self.at += 1;
        &self.text[span.range()]
    }

    /// The place of the present token, or the end of the text.
    fn here(&self) -> Span {
        let end = Span { start: self.text.len(), end: self.text.len() };
        self.peek().map_or(end, |token| token.span)
    }

    /// The place of the token before the present one.
    fn last(&self) -> Span {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(Span::default(), |token| token.span)
    }
}

fn described(bad: Bad, found: &str) -> (String, String) {
    let (message, help) = match bad {
        Bad::UnclosedText => ("a text is never closed".into(), "write `\"` where it ends"),
        Bad::UnclosedComment => ("a comment is never closed".into(), "write `*/` where it ends"),
        Bad::CurlyQuote => {
            (format!("`{found}` is not a quote that RON knows"), "write texts in straight quotes, as in \"text\"")
        }
        Bad::Invisible => ("a character that cannot be seen".into(), "remove it, or write a plain space"),
        Bad::Number => {
            let short: String = found.chars().take(40).collect();
            (format!("`{short}` is not a number"), "write plain decimal numbers, as in 7 or 3.5")
        }
        Bad::Character if found == "=" => ("`=` has no meaning here".into(), "write `name: value`"),
        Bad::Character => (format!("`{found}` has no meaning here"), "remove it, or put the text in quotes"),
    };
    (message, help.into())
}
