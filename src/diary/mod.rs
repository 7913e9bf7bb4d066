//! What is one person's own: the path as a page for each morning, with what waits for an answer and, of every piece,
//! why one has it, what opens with it and when it is given; and the address at which calendars fetch the person's days.
//!
//! A room on top: it asks the others and writes nothing of theirs.

pub mod bits;
pub mod feed;
pub mod pages;
pub mod service;
pub mod store;
pub mod waiting;
