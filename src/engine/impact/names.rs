//! Small numbers for what many people share.

use std::collections::HashMap;
use std::hash::Hash;

/// Each name once, numbered from zero in the order met.
#[derive(Debug, Clone)]
pub(super) struct Names<T> {
    names: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Names { names: Vec::new(), numbers: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Names<T> {
    /// The number of `name`, which is new if it has none yet.
    pub(super) fn number(&mut self, name: &T) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.clone());
        self.numbers.insert(name.clone(), number);
        number
    }

    pub(super) fn name(&self, number: u32) -> &T {
        &self.names[number as usize]
    }

    pub(super) fn all(&self) -> &[T] {
        &self.names
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }
}
