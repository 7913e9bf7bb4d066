//! Marks, codes on walls and ratings.

mod doors;
mod marks;
mod ratings;

pub use doors::{code, code_of, renew};
pub use marks::{insert, known_keys, marks_of, marks_of_person, occasions_marked};
pub use ratings::{rate, ratings};
