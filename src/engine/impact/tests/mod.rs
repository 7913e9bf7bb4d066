//! Impact against a plain recomputation, and the definitions one by one.

mod draft;
mod examples;
mod laws;
mod plain;
