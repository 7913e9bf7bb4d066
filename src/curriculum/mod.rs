//! The written language of a curriculum. Only `load` touches the file system.

pub mod load;
pub mod model;
