//! What was remembered of earlier questions, lent to one asker at a time.

use std::sync::{Mutex, PoisonError};

use super::open::Memo;

/// A memory for each part that people are counted in. Answers do not depend on what it holds.
#[derive(Debug, Default)]
pub(super) struct Memos(Mutex<Vec<Memo>>);

impl Memos {
    /// The memory of a part; an empty one when somebody else has it.
    pub(super) fn lend(&self, part: usize) -> Memo {
        let mut memos = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        memos.get_mut(part).map(std::mem::take).unwrap_or_default()
    }

    /// Takes a memory back; of two the larger stays.
    pub(super) fn take_back(&self, part: usize, memo: Memo) {
        let mut memos = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while memos.len() <= part {
            memos.push(Memo::default());
        }
        if memos[part].len() <= memo.len() {
            memos[part] = memo;
        }
    }
}

impl Clone for Memos {
    /// Nothing is remembered yet.
    fn clone(&self) -> Self {
        Memos::default()
    }
}
