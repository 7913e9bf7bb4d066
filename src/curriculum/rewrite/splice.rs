//! Changes to one text by place, made all at once.

use std::ops::Range;

/// What is to change in a text. Ranges do not overlap.
pub(super) struct Splices<'t> {
    pub text: &'t str,
    changes: Vec<(Range<usize>, String)>,
}

impl<'t> Splices<'t> {
    pub fn of(text: &'t str) -> Self {
        Splices { text, changes: Vec::new() }
    }

    pub fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.changes.push((range, with.into()));
    }

    /// Several insertions at one place stand in the order in which they were made.
    pub fn insert(&mut self, at: usize, what: impl Into<String>) {
        self.replace(at..at, what);
    }

    pub fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// The text with its changes.
    pub fn apply(mut self) -> String {
        // What is inserted where a removal begins comes first.
        self.changes.sort_by_key(|(range, _)| (range.start, !range.is_empty()));
        let (mut out, mut at) = (String::with_capacity(self.text.len()), 0);
        for (range, with) in self.changes {
            out.push_str(&self.text[at..range.start.max(at)]);
            out.push_str(&with);
            at = at.max(range.end);
        }
        out.push_str(&self.text[at..]);
        out
    }
}
