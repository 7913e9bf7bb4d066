//! What to tell whom: kinds of notices, the outbox, delivery by mail, and calendar files.
//!
//! Other rooms call [`enqueue`] in the transaction of the change that causes the notice; everything after that
//! happens here. A mail is never sent from a request.

pub mod api;
pub mod calendar;
pub mod deliver;
pub mod feed;
pub mod kinds;
pub mod message;
pub mod outbox;
pub mod planner;
pub mod render;
pub mod service;
pub mod store;
mod templates;
pub mod worker;

pub use store::{NewNotice, enqueue};
