//! Units and people from the region's HR system: read → plan → show → apply.
//!
//! [`read`] bounds and decodes a file, [`columns`] finds the columns, [`units`] and [`people`] understand the rows and
//! plan, all pure; [`service`] plans against the database and applies in one transaction. Nothing is mailed.

pub mod columns;
pub mod fields;
mod lines;
pub mod people;
pub mod plan;
pub mod read;
pub mod service;
pub mod sheet;
mod sniff;
mod store;
#[cfg(test)]
mod tests;
pub mod units;

pub use plan::{Change, End, Field, Finding, Plan, Severity};
pub use service::{Options, Report};
