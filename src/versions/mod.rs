//! Published versions of the curriculum: immutable rows, and the newest one compiled in memory.
//!
//! Every other room asks here what holds today. Making and publishing a version is `designer`'s, which knows everybody
//! it concerns and so stands above them all.

pub mod api;
pub mod builtin;
pub mod history;
pub mod published;
pub mod store;
