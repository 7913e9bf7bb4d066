//! Prerequisites as a line of text: `M2 AND (M3 OR V1)`, `2 OF (M3, M4, V1)`. Swedish words do as well: OCH, ELLER, AV.
//!
//! Modules are named by their codes or their ids; AND binds tighter than OR. Names that do not exist are let through
//! when they could be ids: the rules of `check` tell them with their place.

use std::collections::BTreeMap;

use crate::curriculum::model::{Curriculum, Language, Needs};

/// Why a text is no expression. The word is where it went wrong; empty at the end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("a module is missing before \"{0}\"; write its code or its id")]
    Module(String),
    #[error("\"{0}\" is neither a module nor a word between modules; write AND or OR")]
    Word(String),
    #[error("a bracket is not closed; write )")]
    Open,
    #[error("brackets are nested more than {DEEPEST} deep; write fewer")]
    Deep,
}

/// Brackets within brackets; the written language allows 64.
const DEEPEST: usize = 20;

/// The expression as text; nothing when everybody fulfils it.
pub fn written(needs: &Needs, curriculum: &Curriculum, language: Language) -> String {
    let codes = curriculum.codes();
    let words = Words::of(language);
    part(needs, &codes, words, Binding::Loose)
}

/// The expression that `text` says; a comma means the same as AND, except in a list to choose from.
pub fn read(text: &str, curriculum: &Curriculum) -> Result<Needs, Wrong> {
    let tokens = tokens(text);
    let names = names(curriculum);
    let mut reader = Reader { tokens: &tokens, at: 0, names: &names, deep: 0 };
    if tokens.is_empty() {
        return Ok(Needs::default());
    }
    let needs = reader.any()?;
    match reader.peek() {
        None => Ok(needs),
        Some(word) => Err(Wrong::Word(word.to_owned())),
    }
}

struct Words {
    and: &'static str,
    or: &'static str,
    of: &'static str,
}

impl Words {
    fn of(language: Language) -> &'static Words {
        match language {
            Language::Sv => &Words { and: "OCH", or: "ELLER", of: "AV" },
            Language::En => &Words { and: "AND", or: "OR", of: "OF" },
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Loose,
    And,
}

fn part(needs: &Needs, codes: &BTreeMap<&str, String>, words: &Words, around: Binding) -> String {
    let joined = |parts: &[Needs], word: &str, inner| {
        let parts: Vec<String> = parts.iter().map(|needs| part(needs, codes, words, inner)).collect();
        parts.join(&format!(" {word} "))
    };
    match needs {
        Needs::Module(id) => codes.get(id.as_str()).cloned().unwrap_or_else(|| id.clone()),
        Needs::All(parts) if parts.is_empty() => String::new(),
        Needs::All(parts) => joined(parts, words.and, Binding::And),
        Needs::Any(parts) if parts.len() > 1 => {
            let text = joined(parts, words.or, Binding::And);
            if around == Binding::Loose { text } else { format!("({text})") }
        }
        Needs::Any(parts) => at_least(1, parts, codes, words),
        Needs::AtLeast(least, parts) => at_least(*least, parts, codes, words),
    }
}

fn at_least(least: u32, parts: &[Needs], codes: &BTreeMap<&str, String>, words: &Words) -> String {
    let parts: Vec<String> = parts.iter().map(|needs| part(needs, codes, words, Binding::And)).collect();
    format!("{least} {} ({})", words.of, parts.join(", "))
}

fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if matches!(c, '(' | ')' | ',') || c.is_whitespace() {
            if !word.is_empty() {
                tokens.push(std::mem::take(&mut word));
            }
            if !c.is_whitespace() {
                tokens.push(c.to_string());
            }
        } else {
            word.push(c);
        }
    }
    if !word.is_empty() {
        tokens.push(word);
    }
    tokens
}

/// Ids as they are, codes in lower case.
fn names(curriculum: &Curriculum) -> BTreeMap<String, String> {
    let codes = curriculum.codes().into_iter().map(|(id, code)| (code.to_lowercase(), id.to_owned()));
    let ids = curriculum.modules.iter().map(|(id, _)| (id.clone(), id.clone()));
    codes.chain(ids).collect()
}

struct Reader<'a> {
    tokens: &'a [String],
    at: usize,
    names: &'a BTreeMap<String, String>,
    deep: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&str> {
        self.tokens.get(self.at).map(String::as_str)
    }

    /// Steps over the next word when it is one of these.
    fn take(&mut self, words: &[&str]) -> bool {
        let found = self.peek().is_some_and(|next| words.iter().any(|word| next.eq_ignore_ascii_case(word)));
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<Needs, Wrong> {
        let mut parts = vec![self.all()?];
        while self.take(&["or", "eller"]) {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Needs::Any(parts) })
    }

    fn all(&mut self) -> Result<Needs, Wrong> {
        let mut parts = vec![self.one()?];
        while self.take(&["and", "och", ","]) {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Needs::All(parts) })
    }

    fn one(&mut self) -> Result<Needs, Wrong> {
        let Some(word) = self.peek().map(str::to_owned) else { return Err(Wrong::Module(String::new())) };
        self.at += 1;
        if word == "(" {
            return self.within(Self::any);
        }
        if let Ok(least) = word.parse::<u32>()
            && self.take(&["of", "av"])
        {
            if !self.take(&["("]) {
                return Err(Wrong::Module(self.peek().unwrap_or_default().to_owned()));
            }
            return Ok(Needs::AtLeast(least, self.within(Self::list)?));
        }
        match self.names.get(&word.to_lowercase()) {
            Some(id) => Ok(Needs::Module(id.clone())),
            None if looks_like_an_id(&word) => Ok(Needs::Module(word)),
            None if [")", ","].contains(&word.as_str()) || is_joint(&word) => Err(Wrong::Module(word)),
            None => Err(Wrong::Word(word)),
        }
    }

    fn list(&mut self) -> Result<Vec<Needs>, Wrong> {
        let mut parts = Vec::new();
        while self.peek() != Some(")") {
            let mut all = vec![self.one()?];
            while self.take(&["and", "och"]) {
                all.push(self.one()?);
            }
            parts.push(if all.len() == 1 { all.remove(0) } else { Needs::All(all) });
            if !self.take(&[",", "or", "eller"]) {
                break;
            }
        }
        Ok(parts)
    }

    fn within<T>(&mut self, inner: fn(&mut Self) -> Result<T, Wrong>) -> Result<T, Wrong> {
        self.deep += 1;
        if self.deep > DEEPEST {
            return Err(Wrong::Deep);
        }
        let value = inner(self)?;
        self.deep -= 1;
        match self.peek() {
            Some(")") => {
                self.at += 1;
                Ok(value)
            }
            Some(word) => Err(Wrong::Word(word.to_owned())),
            None => Err(Wrong::Open),
        }
    }
}

fn is_joint(word: &str) -> bool {
    ["and", "och", "or", "eller", "of", "av"].iter().any(|joint| word.eq_ignore_ascii_case(joint))
}

/// As rule V015 says.
pub fn looks_like_an_id(word: &str) -> bool {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let joined = !word.starts_with('-') && !word.ends_with('-') && !word.contains("--");
    !word.is_empty() && word.len() <= 64 && word.chars().all(fine) && joined && !is_joint(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::parse::parse;
    use crate::curriculum::testing::small;

    fn curriculum() -> Curriculum {
        parse(&small()).0
    }

    #[test]
    fn what_is_written_is_read_as_the_same() {
        let curriculum = curriculum();
        let check = |text: &str, sv: &str| {
            let needs = read(text, &curriculum).expect(text);
            assert_eq!(written(&needs, &curriculum, Language::Sv), sv, "{text}");
            for language in [Language::Sv, Language::En] {
                assert_eq!(read(&written(&needs, &curriculum, language), &curriculum).as_ref(), Ok(&needs), "{text}");
            }
        };
        check("", "");
        check("intro", "M1");
        check("m1 and M2", "M1 OCH M2");
        check("M1, M2", "M1 OCH M2");
        check("M1 or M2 och M3", "M1 ELLER M2 OCH M3");
        check("(M1 eller M2) och M3", "(M1 ELLER M2) OCH M3");
        check("M1 AND (M2 OR M3 AND leda)", "M1 OCH (M2 ELLER M3 OCH M6)");
        check("2 of (M1, M2, M3 and M4)", "2 AV (M1, M2, M3 OCH M4)");
        check("unknown-one", "unknown-one");
    }

    #[test]
    fn what_is_no_expression_is_told_at_its_word() {
        let curriculum = curriculum();
        let check = |text: &str, wrong: Wrong| assert_eq!(read(text, &curriculum), Err(wrong), "{text}");
        check("M1 AND", Wrong::Module(String::new()));
        check("AND M1", Wrong::Module("AND".into()));
        check("M1 M2", Wrong::Word("M2".into()));
        check("(M1 OR M2", Wrong::Open);
        check("M1 OR )", Wrong::Module(")".into()));
        check("<b>", Wrong::Word("<b>".into()));
        check(&"(".repeat(50), Wrong::Deep);
    }
}
