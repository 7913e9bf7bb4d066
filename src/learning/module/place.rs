//! A module's place among the others: what it builds on, in words with links, and what builds on it.

use super::Coded;
use crate::curriculum::model::Needs;
use crate::engine::model::ModuleIx;
use crate::learning::explain::{Part, Sentence};
use crate::learning::my_path::Seen;

impl Seen<'_> {
    pub(super) fn needs(&self, needs: &Needs) -> Vec<Sentence> {
        let parts = match needs {
            Needs::All(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let sentence = |part: &Needs| {
            let mut sentence = Sentence::default();
            self.add_need(part, false, &mut sentence.0);
            sentence
        };
        parts.iter().map(sentence).filter(|sentence| !sentence.0.is_empty()).collect()
    }

    pub(super) fn add_need(&self, need: &Needs, inner: bool, out: &mut Vec<Part>) {
        let (opening, join, parts) = match need {
            Needs::Module(id) => {
                let code = self.published.module_by_id(id).map(|(module, _)| self.published.code(module));
                let title = self.published.title_of_id(id, self.language);
                let text = code.map_or_else(|| title.to_owned(), |code| format!("{code} {title}"));
                return out.push(Part { text, module: Some(id.clone()) });
            }
            Needs::All(parts) => (String::new(), "learning-and", parts),
            Needs::Any(parts) => (self.text("learning-one-of", &[]), "learning-or", parts),
            Needs::AtLeast(least, parts) => {
                (self.text("learning-at-least", &[("count", (*least).into())]), "learning-and", parts)
            }
        };
        let plain = |text: String| Part { text, module: None };
        let brackets = inner && parts.len() > 1;
        let glue = if opening.is_empty() { "" } else { " " };
        out.push(plain(format!("{}{opening}{glue}", if brackets { "(" } else { "" })));
        for (at, part) in parts.iter().enumerate() {
            match at {
                0 => {}
                last if last + 1 == parts.len() => out.push(plain(format!(" {} ", self.text(join, &[])))),
                _ => out.push(plain(", ".to_owned())),
            }
            self.add_need(part, true, out);
        }
        if brackets {
            out.push(plain(")".to_owned()));
        }
    }

    pub(super) fn leading_on(&self, module: ModuleIx) -> Vec<Coded> {
        let id = self.published.id_of(module);
        let modules = self.published.curriculum.modules.iter();
        let above = modules.filter(|(_, other)| names(&other.builds_on, id));
        above.filter_map(|(above, _)| Some(self.coded(self.published.module_by_id(above)?.0))).collect()
    }

    pub(super) fn equivalents(&self, module: ModuleIx) -> Vec<Coded> {
        let own = &self.published.module(module).equivalent;
        own.iter().filter_map(|id| Some(self.coded(self.published.module_by_id(id)?.0))).collect()
    }
}

/// Whether a demand names the module, on any branch.
pub fn names(needs: &Needs, id: &str) -> bool {
    match needs {
        Needs::Module(module) => module == id,
        Needs::All(parts) | Needs::Any(parts) | Needs::AtLeast(_, parts) => parts.iter().any(|part| names(part, id)),
    }
}
