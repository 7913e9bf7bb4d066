//! Pure answers about people: no clock, no IO, no randomness.
//!
//! [`model`] is what the engine is told and what it answers; [`compile`] makes a curriculum ready, with the versions
//! before it ([`transition`]); [`path`] answers for one person; [`gap`] counts for many; [`impact`]
//! tells what a draft does to everybody; [`metrics`] says what each module holds up.

pub mod compile;
pub mod gap;
pub mod impact;
pub mod metrics;
pub mod model;
pub mod sample;
pub mod schedule;
pub mod transition;

mod closure;
mod credit;
mod demand;
mod doses;
mod explain;
mod goal;
mod holdings;
mod lineage;
mod names;
mod opens;
mod order;
mod path;
mod rings;
mod serve;
mod solve;
mod standing;
mod stands;
mod support;

pub use compile::{CompileError, Compiled};
pub use demand::requirements;
pub use doses::DoseSet;
pub use lineage::Asked;
pub use opens::lacks;
pub use path::path;
pub use transition::{Transition, Version, VersionIx, Who};

#[cfg(test)]
mod tests;
