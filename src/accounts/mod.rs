//! Signing in, sessions, tokens, hats, and who may do what. No passwords anywhere.
//!
//! [`policy`] decides and is pure; [`service`] is signing in and out; [`secret`] makes what must not be guessed.

pub mod pages;
pub mod policy;
pub mod secret;
pub mod service;
pub mod store;

pub use policy::{Actor, Hats, Subject};
