//! Written names turned into indices, with an error that tells where an unknown one stands.

use std::collections::HashMap;

use super::compile::{CompileError, Need};
use super::model::ModuleIx;
use crate::curriculum::model::Needs;

/// Names resolved to indices.
pub(super) struct Names<'a> {
    pub by_id: &'a HashMap<String, ModuleIx>,
}

impl Names<'_> {
    pub(super) fn module(&self, id: &str, place: &str) -> Result<ModuleIx, CompileError> {
        self.by_id.get(id).copied().ok_or_else(|| unknown(place, "module", id))
    }

    pub(super) fn need(&self, needs: &Needs, place: &str) -> Result<Need, CompileError> {
        let all = |parts: &Vec<Needs>| parts.iter().map(|part| self.need(part, place)).collect::<Result<Vec<_>, _>>();
        Ok(match needs {
            Needs::Module(id) => Need::Module(self.module(id, place)?),
            Needs::All(parts) => Need::All(all(parts)?),
            Needs::Any(parts) => {
                enough(place, 1, parts.len())?;
                Need::AtLeast(1, all(parts)?)
            }
            Needs::AtLeast(wanted, parts) => {
                enough(place, *wanted, parts.len())?;
                Need::AtLeast(*wanted, all(parts)?)
            }
        })
    }

    pub(super) fn equivalents(&self, id: &str, written: &[String]) -> Result<Vec<ModuleIx>, CompileError> {
        let place = format!("module \"{id}\"");
        let mut found = Vec::new();
        for other in written.iter().filter(|other| *other != id) {
            found.push(self.module(other, &place)?);
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

pub(super) fn unknown(place: &str, kind: &'static str, id: &str) -> CompileError {
    CompileError::Unknown { place: place.to_owned(), kind, id: id.to_owned() }
}

pub(super) fn enough(place: &str, wanted: u32, available: usize) -> Result<(), CompileError> {
    match wanted as usize > available {
        true => Err(CompileError::Impossible { place: place.to_owned(), wanted, available }),
        false => Ok(()),
    }
}
