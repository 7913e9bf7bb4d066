//! The curriculum that comes with the program, so that an empty installation can begin with one button.

use crate::curriculum::load::{SourceFile, Sources};

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../curricula/varjedag/", $name)))),+];
    };
}

files![
    "curriculum.ron",
    "doses.ron",
    "larande.ron",
    "matning.ron",
    "metoder.ron",
    "programme.ron",
    "psykologi.ron",
    "roles.ron",
    "systemforstaelse.ron",
    "titles.ron",
];

/// Its sources, as if read from `curricula/varjedag`.
pub fn sources() -> Sources {
    let file = |(name, text): &(&str, &str)| SourceFile { name: (*name).into(), text: (*text).into() };
    Sources { files: FILES.iter().map(file).collect(), unread: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::load::read_dir;

    #[test]
    fn what_is_built_in_is_what_lies_in_the_directory() {
        let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("curricula/varjedag");
        assert_eq!(sources(), read_dir(&directory).unwrap());
    }
}
