//! What developers see of published versions: the list, one by itself with its files, and what differs between two.

mod archive;
pub mod pages;
