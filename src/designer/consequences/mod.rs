//! What a draft does to everybody, live: a copy of the region in memory that follows the database, and its figures.

pub mod region;
