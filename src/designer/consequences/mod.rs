//! What a draft does to everybody, live: a copy of the region in memory that follows the database, and its figures.
//!
//! [`region`] keeps everybody in memory; [`service`] asks the engine; [`view`] and [`twice`] put the answers into
//! words; [`terms`] are what a question is asked under.

mod address;
mod group;
pub mod pages;
pub mod region;
pub mod service;
pub mod terms;
mod twice;
mod units;
pub mod view;
