//! A prerequisite as edges and in words.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Choice, Edge};
use super::words::{self, join};
use crate::curriculum::model::{Language, Needs};

/// Walks one prerequisite expression and notes its edges.
pub struct Branches<'a> {
    pub to: usize,
    pub index: &'a BTreeMap<&'a str, usize>,
    pub edges: &'a mut BTreeSet<Edge>,
    pub choices: &'a mut Vec<Choice>,
}

impl Branches<'_> {
    pub fn add(&mut self, needs: &Needs, choice: Option<usize>) {
        match needs {
            Needs::Module(id) => {
                if let Some(&from) = self.index.get(id.as_str()).filter(|&&from| from != self.to) {
                    self.edges.insert(Edge { to: self.to, from, choice, implied: false });
                }
            }
            Needs::All(parts) => parts.iter().for_each(|part| self.add(part, choice)),
            Needs::Any(parts) => self.choose(1, parts, choice),
            Needs::AtLeast(least, parts) => self.choose(*least, parts, choice),
        }
    }

    /// Only the outermost choice is drawn; the words of the module tell what lies within.
    fn choose(&mut self, least: u32, parts: &[Needs], outer: Option<usize>) {
        let choice = outer.or_else(|| {
            let real = (least as usize) < parts.len();
            real.then(|| {
                self.choices.push(Choice { to: self.to, least });
                self.choices.len() - 1
            })
        });
        parts.iter().for_each(|part| self.add(part, choice));
    }
}

/// "M5, M6 and (one of V2, V3)": `needs` in words and codes; empty when it asks for nothing.
pub fn text(needs: &Needs, codes: &BTreeMap<&str, String>, language: Language) -> String {
    inner_text(needs, codes, language, false)
}

fn inner_text(needs: &Needs, codes: &BTreeMap<&str, String>, language: Language, inner: bool) -> String {
    let texts = |parts: &[Needs]| -> Vec<String> {
        let texts = parts.iter().map(|part| inner_text(part, codes, language, true));
        texts.filter(|text| !text.is_empty()).collect()
    };
    let choice = |least: u32, parts: &[Needs]| {
        let parts = texts(parts);
        match parts.len() {
            0 | 1 => parts.concat(),
            count if least as usize >= count => join(&parts, language),
            _ => format!("{} {}", words::least(least, language), parts.join(", ")),
        }
    };
    let text = match needs {
        Needs::Module(id) => return codes.get(id.as_str()).unwrap_or(id).clone(),
        Needs::All(parts) => join(&texts(parts), language),
        Needs::Any(parts) => choice(1, parts),
        Needs::AtLeast(least, parts) => choice(*least, parts),
    };
    if inner && text.contains(' ') { format!("({text})") } else { text }
}
