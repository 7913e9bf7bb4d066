//! One numbering for the modules of two versions.

use crate::engine::Compiled;

/// The modules before keep their numbers; those that are new after follow.
pub(super) struct Join<'a> {
    pub ids: Vec<&'a str>,
    /// By the index of the version after.
    pub after: Vec<u16>,
}

impl<'a> Join<'a> {
    pub(super) fn new(before: &'a Compiled, after: &'a Compiled) -> Join<'a> {
        let mut ids: Vec<&str> = before.modules().map(|module| before.id(module)).collect();
        let mut numbers = Vec::with_capacity(after.modules().len());
        for module in after.modules() {
            let id = after.id(module);
            numbers.push(before.index(id).map_or(ids.len() as u16, |known| known.0));
            if before.index(id).is_none() {
                ids.push(id);
            }
        }
        Join { after: numbers, ids }
    }
}
