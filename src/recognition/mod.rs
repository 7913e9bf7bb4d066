//! What people know already: requests to have a module recognised, and who decides about them.
//!
//! [`life`] decides, purely, what becomes of a request; [`service`] does it, records the achievement and tells those
//! whom it concerns. Evidence from own work ([`evidence`], its files judged by [`files`]) comes along, and may be
//! attested ([`attest`], [`attesting`]). Who may ask, decide and read is `accounts::policy`'s.

pub mod api;
pub mod attest;
pub mod attesting;
pub mod delegates;
pub mod evidence;
pub mod files;
pub mod life;
pub mod pages;
pub mod service;
pub mod store;
mod tell;
mod view;
pub(crate) mod words;
