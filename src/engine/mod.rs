//! Pure answers about people: no clock, no IO, no randomness.
//!
//! [`model`] is what the engine is told and what it answers; [`compile`] makes a curriculum ready; [`path`] answers
//! for one person; [`gap`] counts for many; [`impact`] tells what a draft does to everybody.

pub mod compile;
pub mod gap;
pub mod impact;
pub mod model;
pub mod sample;

mod closure;
mod demand;
mod doses;
mod explain;
mod goal;
mod names;
mod order;
mod path;
mod rings;
mod serve;
mod solve;
mod standing;
mod support;

pub use compile::{CompileError, Compiled};
pub use demand::requirements;
pub use doses::DoseSet;
pub use path::path;

#[cfg(test)]
mod tests;
