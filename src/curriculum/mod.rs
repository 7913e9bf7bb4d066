//! The written language of a curriculum. Only `load` touches the file system.
//!
//! [`load`] reads texts, [`parse`] makes a [`model::Curriculum`] of them and [`check`] judges it; [`judge`] does the
//! last two. [`diagnose`] shows the problems, [`rules`] explains them.
//! [`edit`] changes one thing, [`write`] and [`rewrite`] make texts of it again.
//! [`catalogue`] begins one from courses elsewhere. [`picture`] draws the modules and what they build on.

pub mod catalogue;
pub mod check;
pub mod diagnose;
pub mod diff;
pub mod edit;
mod lex;
pub mod load;
pub mod model;
mod names;
pub mod parse;
mod phrases;
pub mod picture;
mod places;
mod problem;
pub mod rewrite;
pub mod rules;
pub mod shape;
mod syntax;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
mod tree;
mod walk;
pub mod write;
pub mod written;

pub use check::working_days;
pub use lex::Span;
pub use names::nearest;
pub use places::Places;
pub use problem::{Label, Place, Problem, has_errors, sort as sort_problems};
pub use shape::Kind;

/// A curriculum, when it is sound enough to be used, and everything there is to say about it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// None when there are errors.
    pub curriculum: Option<model::Curriculum>,
    /// By file and place.
    pub problems: Vec<Problem>,
}

/// Reads and judges `sources`.
pub fn judge(sources: &load::Sources) -> Judged {
    let (curriculum, places, mut problems) = parse::parse(sources);
    problems.extend(check::check(&curriculum, &places));
    problem::sort(&mut problems);
    let curriculum = (!has_errors(&problems)).then_some(curriculum);
    Judged { curriculum, problems }
}
