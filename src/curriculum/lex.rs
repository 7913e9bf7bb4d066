//! Cuts a curriculum's text into tokens, each with its place. Never fails: what cannot be read is a token too.

/// Byte offsets within one file, `start` included, `end` not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A text in quotes, with its quotes.
    Text,
    Number,
    /// A field's or a variant's name, `true`, `false`, `None`.
    Word,
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    Comma,
    Colon,
    /// What has no business here.
    Bad(Bad),
}

/// Why something is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    UnclosedText,
    UnclosedComment,
    CurlyQuote,
    Invisible,
    Number,
    Character,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

impl Span {
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// From the start of `self` to the end of `other`.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start, end: other.end.max(self.start) }
    }
}

/// All tokens of `text`, comments and white space left out.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        let rest = &text[start..];
        // RON's own settings may stand at the top only; they change nothing here.
        if tokens.is_empty() && rest.starts_with("#![") {
            start += rest.find(']').map_or(rest.len(), |end| end + 1);
            continue;
        }
        let (kind, length) = token(rest, first);
        if let Some(kind) = kind {
            tokens.push(Token { kind, span: Span { start, end: start + length } });
        }
        start += length;
    }
    tokens
}

/// The token that `rest` begins with, or none for a gap, and its length in bytes.
fn token(rest: &str, first: char) -> (Option<TokenKind>, usize) {
    let kind = match first {
        ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' => {
            return (None, first.len_utf8());
        }
        '/' if rest.starts_with("//") => return (None, rest.find('\n').unwrap_or(rest.len())),
        '/' if rest.starts_with("/*") => return comment(rest),
        '"' => return text_token(rest),
        'r' if raw_hashes(rest).is_some() => return raw_text(rest),
        '(' | '[' | '{' => TokenKind::Open(first),
        ')' | ']' | '}' => TokenKind::Close(first),
        ',' => TokenKind::Comma,
        ':' => TokenKind::Colon,
        '0'..='9' | '+' | '-' | '.' => return number(rest),
        _ if first == '_' || first.is_alphabetic() => {
            let end = rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
            return (Some(TokenKind::Word), end);
        }
        '“' | '”' | '„' | '‘' | '’' | '»' | '«' | '\'' => TokenKind::Bad(Bad::CurlyQuote),
        _ if first.is_whitespace() || first.is_control() || ('\u{200B}'..='\u{206F}').contains(&first) => {
            TokenKind::Bad(Bad::Invisible)
        }
        '\u{FEFF}' => TokenKind::Bad(Bad::Invisible),
        _ => TokenKind::Bad(Bad::Character),
    };
    (Some(kind), first.len_utf8())
}

/// Block comments nest.
fn comment(rest: &str) -> (Option<TokenKind>, usize) {
    let (mut depth, mut at) = (0, 0);
    while let Some(found) = rest[at..].find(['/', '*']) {
        let mark = &rest[at + found..];
        if mark.starts_with("/*") {
            depth += 1;
            at += found + 2;
        } else if mark.starts_with("*/") {
            depth -= 1;
            at += found + 2;
            if depth == 0 {
                return (None, at);
            }
        } else {
            at += found + 1;
        }
    }
    (Some(TokenKind::Bad(Bad::UnclosedComment)), rest.len())
}

fn text_token(rest: &str) -> (Option<TokenKind>, usize) {
    let mut at = 1;
    while let Some(found) = rest[at..].find(['"', '\\']) {
        let escaped = rest.as_bytes()[at + found] == b'\\';
        at += found + 1;
        if !escaped {
            return (Some(TokenKind::Text), at);
        }
        at += rest[at..].chars().next().map_or(0, char::len_utf8);
    }
    (Some(TokenKind::Bad(Bad::UnclosedText)), rest.len())
}

/// How many `#` a raw text has, when `rest` begins with one.
fn raw_hashes(rest: &str) -> Option<usize> {
    let after = rest[1..].trim_start_matches('#');
    after.starts_with('"').then(|| rest.len() - 1 - after.len())
}

fn raw_text(rest: &str) -> (Option<TokenKind>, usize) {
    let hashes = raw_hashes(rest).unwrap_or(0);
    let body = 1 + hashes + 1;
    let ending = format!("\"{}", "#".repeat(hashes));
    match rest[body..].find(&ending) {
        Some(end) => (Some(TokenKind::Text), body + end + ending.len()),
        None => (Some(TokenKind::Bad(Bad::UnclosedText)), rest.len()),
    }
}

/// Plain decimal numbers only: `3`, `3.5`, `-2`, `1_000`.
fn number(rest: &str) -> (Option<TokenKind>, usize) {
    let end = 1 + rest[1..].find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '_')).unwrap_or(rest.len() - 1);
    let digits = rest[..end].strip_prefix(['+', '-']).unwrap_or(&rest[..end]);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let decimal = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let good = (1..=15).contains(&whole.len())
        && whole.starts_with(|c: char| c.is_ascii_digit())
        && part.len() <= 15
        && decimal(part)
        && (decimal(whole) || (!digits.contains('.') && decimal(&whole.replace('_', ""))));
    (Some(if good { TokenKind::Number } else { TokenKind::Bad(Bad::Number) }), end)
}
