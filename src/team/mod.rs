//! What a manager's people can do: the matrix of people and modules, coverage, who lacks what.
//!
//! [`matrix`] and [`coverage`] are pure; [`service`] loads what they need; [`view`] puts it into words. Writes nothing.

pub mod api;
pub mod coverage;
pub mod matrix;
pub mod pages;
pub mod service;
mod sheet;
#[cfg(test)]
mod tests;
pub mod view;

pub use matrix::{Matrix, Member, Wanted};

/// Most people in one matrix; above this a part of the organisation is chosen first.
pub const MOST_PEOPLE: usize = 200;
