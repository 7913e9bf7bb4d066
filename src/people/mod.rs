//! Finding people, and the page of one person: who it is, what is held, what is done, what may be changed.
//!
//! It stands above organisation, learning, programme and team, which it shows together; it owns no rows. What
//! changes goes through organisation's and accounts' services.

pub mod list;
pub mod one;
pub mod pages;
mod view;
