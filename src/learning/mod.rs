//! What people learn: achievements, occasions, bookings, and each person's path.

pub mod alone;
pub mod api;
pub mod assessed;
pub mod counting;
pub mod daily;
pub mod explain;
pub mod found;
pub mod hindrance;
pub mod module;
pub mod my_path;
pub mod outline;
pub mod pages;
pub mod puzzle;
pub mod reading;
pub mod renewal;
pub mod service;
pub mod store;
pub mod view;
pub mod words;
