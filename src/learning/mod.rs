//! What people learn: achievements, occasions, bookings, and each person's path.

pub mod explain;
pub mod outline;
pub mod service;
pub mod store;
pub mod view;
