//! "When can I be done?": the pieces of a path placed on real occasions with free seats.
//!
//! A plan gives every piece at most one occasion, such that
//! - the first day of an occasion comes after the last day of all that its module builds on (as booking asks for it);
//! - no two parts meet at the same time, neither with each other nor with seats that are kept already;
//! - no week has more course days than wished for, and no day lies in an absence or before the first day wished for;
//! - every occasion used has a free seat that the person may book.
//!
//! Of all plans the best is the one with, in this order,
//! 1. the fewest deadlines missed (a piece that is left out misses its own),
//! 2. the fewest pieces left out,
//! 3. the earliest last day,
//! 4. the least sum of the pieces' last days;
//! 5. what is still equal is decided by days and ids, never by the order in which occasions are given.
//!
//! [`calendar`] makes the occasions ready; [`task`] is one person's question; [`solve`] answers it exactly within a
//! budget of search nodes and says whether it is proved; [`reasons`] tells why a deadline is missed; [`frame`] makes
//! the question of a path, and tries other ways through its choices ([`ways`]); [`group`] places many people on shared
//! seats.

pub mod calendar;
pub mod frame;
pub mod group;
pub mod reasons;
pub mod solve;
pub mod task;

mod relax;
mod search;
mod ways;

#[cfg(test)]
mod tests;
