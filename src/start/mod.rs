//! The first run: what an empty installation needs before it is of use. Looks into other rooms and owns nothing.

pub mod pages;
