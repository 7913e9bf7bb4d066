//! The tree of units, kept between requests. Knows no database: `store` asks for it by the revision it has just read.
//!
//! A revision is a random number, so it names one state of one database, and what is kept cannot be taken for
//! another's. A process that serves several databases (tests do) keeps the latest only.

use std::sync::{Arc, PoisonError, RwLock};

use super::Tree;

static KEPT: RwLock<Option<(i64, Arc<Tree>)>> = RwLock::new(None);

/// The tree at `revision`, when it is the one that is kept.
pub fn tree(revision: i64) -> Option<Arc<Tree>> {
    let kept = KEPT.read().unwrap_or_else(PoisonError::into_inner);
    kept.as_ref().filter(|(of, _)| *of == revision).map(|(_, tree)| tree.clone())
}

pub fn keep(revision: i64, tree: Arc<Tree>) {
    *KEPT.write().unwrap_or_else(PoisonError::into_inner) = Some((revision, tree));
}
