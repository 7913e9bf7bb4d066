//! What a module builds on.

use ron::value::RawValue;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// A prerequisite expression: a tree of modules.
///
/// Written `builds_on: "a"`, `builds_on: All(["a", Any(["b", "c"])])` or `AtLeast(2, ["a", "b", "c"])`;
/// left out it is `All([])`, which everybody fulfils.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub enum Needs {
    Module(String),
    All(Vec<Needs>),
    Any(Vec<Needs>),
    AtLeast(u32, Vec<Needs>),
}

impl Default for Needs {
    fn default() -> Self {
        Needs::All(Vec::new())
    }
}

impl<'de> Deserialize<'de> for Needs {
    /// Only from RON: a bare text is a module, and serde alone cannot tell it from the name of a variant.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename = "Needs")]
        enum Written {
            All(Vec<Needs>),
            Any(Vec<Needs>),
            AtLeast(u32, Vec<Needs>),
        }
        let raw = Box::<RawValue>::deserialize(deserializer)?.trim_boxed();
        let failed = |error: ron::error::SpannedError| D::Error::custom(error.code);
        if raw.get_ron().starts_with(['"', 'r']) {
            return raw.into_rust().map(Needs::Module).map_err(failed);
        }
        raw.into_rust().map_err(failed).map(|written| match written {
            Written::All(parts) => Needs::All(parts),
            Written::Any(parts) => Needs::Any(parts),
            Written::AtLeast(count, parts) => Needs::AtLeast(count, parts),
        })
    }
}
