//! The annual programme: an edition's dates, who takes part, and how far each has come.
//!
//! [`dates`] and [`calendar`] are pure; [`service`] creates editions and enrols; [`progress`] is computed from
//! facts and never typed in, and [`board`] shows it of everyone.

pub mod api;
pub mod board;
pub mod calendar;
pub mod dates;
pub mod pages;
pub mod progress;
pub mod service;
pub mod store;
pub mod view;
