//! Publishing a curriculum: versions are immutable, the newest is the current one.

pub mod api;
pub mod builtin;
pub mod matrix;
pub mod pages;
pub mod pictures;
pub mod published;
pub mod service;
pub mod store;
