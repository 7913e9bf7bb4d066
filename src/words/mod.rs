//! Everything a person reads, in Swedish and English: messages, dates, numbers, names. Pure; knows no clock.
//!
//! Messages live in `words/{sv,en}/ROOM.ftl` (Fluent); a key begins with its room: `team-title`.
//! Keys are always written whole, as literals, so that a test can tell which exist and which are used.
//!
//! ```
//! use varjedag::{curriculum::model::Language, words};
//! assert_eq!(words::text(Language::Sv, "web-sign-out", &[]), "Logga ut");
//! assert_eq!(words::text(Language::En, "web-results", &[("count", 1.into())]), "1 result");
//! ```

pub use catalogue::{plain, text};
pub use dates::{
    at, date, date_brief, date_iso, date_long, date_short, days, list, month, time, to_local, to_utc, week, when,
};
pub use fluent_bundle::FluentValue as Value;
pub use names::{clean_name, clean_text, email_key, is_email, search_key, sort_key};
pub use numbers::{hours, number, stretch};

mod catalogue;
mod dates;
mod names;
mod numbers;
pub mod sheet;
#[cfg(test)]
mod tests;
