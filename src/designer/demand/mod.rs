//! Demand against supply: people whose path needs a module, by its last day, against the seats that are planned.

pub mod pages;
mod reckon;
mod view;
