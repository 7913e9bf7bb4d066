//! Who was there, what else a module asks for, and what is achieved by it.
//!
//! [`mark`] says which mark counts and [`rule`] when it is enough, both pure; [`service`] writes marks and lets seats,
//! achievements and what people are told follow in the same transaction. `door` is the code on the wall, `import` the
//! list from elsewhere, `case` what else is asked of somebody just now, `rating` how people rate themselves, `missed` who
//! did not come, `over` what follows when a part has ended.

pub mod case;
pub mod door;
pub mod import;
pub mod mark;
pub mod missed;
pub mod over;
pub mod pages;
pub mod rating;
mod roll;
pub mod rule;
pub mod service;
pub mod settle;
pub mod store;
pub(crate) mod words;
