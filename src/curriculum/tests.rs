//! Every kind of problem, as it is shown: the small curriculum with something changed, and what is said about it.

use super::diagnose::render;
use super::judge;
use super::load::Sources;
use super::testing::{small, small_with};

mod doses;
mod modules;
mod needs;
mod programmes;
mod shape;
mod syntax;

/// What is said about the small curriculum after these changes.
fn problems(changes: &[(&str, &str)]) -> String {
    shown(&small_with(changes))
}

fn shown(sources: &Sources) -> String {
    render(&judge(sources).problems, sources, false)
}

#[test]
fn the_small_curriculum_has_no_problems() {
    let judged = judge(&small());
    assert_eq!(judged.problems, []);
    assert_eq!(judged.curriculum.map(|curriculum| curriculum.modules.len()), Some(8));
}
