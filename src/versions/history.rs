//! Versions as the engine compiles them: parsed, with the day of publication and what they mean for people.

use chrono::NaiveDate;

use super::store::{Stored, Told};
use crate::clock;
use crate::curriculum::judge;
use crate::curriculum::model::Curriculum;
use crate::engine::compile::CompileError;
use crate::engine::{Compiled, Transition, Version};

/// A version that was published, parsed.
#[derive(Debug, Clone)]
pub struct Past {
    /// Such as 2026.1.
    pub number: String,
    pub published: NaiveDate,
    pub transition: Transition,
    pub curriculum: Curriculum,
}

impl Past {
    /// None when this program cannot read what an older one published.
    pub fn of(stored: &Stored) -> Option<Past> {
        let Told { number, at, transition, .. } = &stored.told;
        let curriculum = judge(&stored.sources).curriculum?;
        let published = clock::day_of(*at);
        Some(Past { number: number.clone(), published, transition: transition.clone(), curriculum })
    }

    pub fn version(&self) -> Version<'_> {
        let Past { number, published, transition, curriculum } = self;
        Version { number, published: *published, curriculum, transition }
    }
}

/// `newest` ready for questions, after the versions in `past`, oldest first.
///
/// # Errors
/// As [`Compiled::with_history`].
pub fn compiled(past: &[Past], newest: Version<'_>) -> Result<Compiled, CompileError> {
    let earlier: Vec<Version<'_>> = past.iter().map(Past::version).collect();
    Compiled::with_history(&earlier, newest)
}
