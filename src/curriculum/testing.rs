//! The small curriculum of `tests/data/small`, whole or with something changed, for the tests of this crate.

use super::load::Sources;

const FILES: [(&str, &str); 4] = [
    ("curriculum.ron", include_str!("../../tests/data/small/curriculum.ron")),
    ("modules.ron", include_str!("../../tests/data/small/modules.ron")),
    ("programme.ron", include_str!("../../tests/data/small/programme.ron")),
    ("roles.ron", include_str!("../../tests/data/small/roles.ron")),
];

/// The small curriculum, which has no problems.
pub fn small() -> Sources {
    Sources::of(FILES)
}

/// The small curriculum with the first of each pair replaced by the second, once, in the file that has it.
pub fn small_with(changes: &[(&str, &str)]) -> Sources {
    let mut sources = small();
    for (from, to) in changes {
        let file = sources.files.iter_mut().find(|file| file.text.contains(from));
        let file = file.unwrap_or_else(|| panic!("no file of the small curriculum holds {from:?}"));
        file.text = file.text.replacen(from, to, 1);
    }
    sources
}
