//! Pure answers about people: no clock, no IO, no randomness.
//!
//! [`model`] is what the engine is told and what it answers.

pub mod model;
