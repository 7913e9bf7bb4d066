//! Tests, assignments and observations that modules ask for beside being there: handed in, read, noted, corrected.
//!
//! What can become of one is decided by `learning::assessed`, purely; what follows for the record by
//! `attendance::settle`. [`service`] does it and tells those whom it concerns; work is handed in as a piece of evidence
//! with its files, which is `recognition`'s. Who assesses is `accounts::policy`'s.

pub mod api;
pub mod pages;
pub mod service;
mod tell;
mod view;
