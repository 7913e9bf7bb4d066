//! Days on which a module is given, and who has a seat at them.
//!
//! [`life`] decides, purely, what becomes of every booking; [`service`] does it and tells those whom it concerns. What a
//! seat is worth to a person is not known here: that is `learning`'s, above.

pub mod audience;
pub mod clashes;
pub mod deciding;
pub mod life;
pub mod minimum;
pub mod parts;
pub mod rules;
pub mod seat;
pub mod service;
pub mod store;
pub mod tell;
