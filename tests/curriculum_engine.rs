//! What the check finds no errors in, the engine can compute with.

use proptest::prelude::*;
use varjedag::curriculum::judge;
use varjedag::engine::compile::Compiled;

use crate::support::small;

const NAMES: [&str; 8] = ["intro", "modellen", "kartlagga", "mata", "mata-webb", "leda", "samtal", "coacha"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Names and numbers of the small curriculum changed at random.
    #[test]
    fn a_sound_curriculum_compiles(changes in prop::collection::vec((0..60usize, 0..8usize, 0..4u32), 1..6)) {
        let mut sources = small();
        for (at, name, number) in changes {
            for file in &mut sources.files {
                let quoted = |name: &str| format!("\"{name}\"");
                let old = quoted(NAMES[at % 8]);
                if let Some((start, _)) = file.text.match_indices(&old).nth(at / 8) {
                    file.text.replace_range(start..start + old.len(), &quoted(NAMES[name]));
                }
                file.text = file.text.replacen("AtLeast(2", &format!("AtLeast({number}"), usize::from(at % 3 == 0));
                file.text = file.text.replacen("choose: 1", &format!("choose: {number}"), usize::from(at % 5 == 0));
            }
        }
        if let Some(curriculum) = judge(&sources).curriculum {
            let compiled = Compiled::new(&curriculum);
            prop_assert!(compiled.is_ok(), "{:?}", compiled.err());
        }
    }
}
