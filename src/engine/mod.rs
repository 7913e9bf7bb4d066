//! Pure answers about people: no clock, no IO, no randomness.
//!
//! [`model`] is what the engine is told and what it answers; [`compile`] makes a curriculum ready; [`path`] answers
//! for one person; [`gap`] counts for many.

pub mod compile;
pub mod gap;
pub mod model;
pub mod sample;

mod closure;
mod demand;
mod explain;
mod goal;
mod order;
mod path;
mod serve;
mod solve;
mod standing;
mod support;

pub use compile::{CompileError, Compiled};
pub use demand::requirements;
pub use path::path;

#[cfg(test)]
mod tests;
