//! The message keys of what a curriculum names with a word of its own: format, level, assessment, evidence.

use super::assessed::State;
use crate::curriculum::model::{Assessment, Format, Level};

pub fn format(format: Format) -> &'static str {
    match format {
        Format::Seminar => "learning-format-seminar",
        Format::Workshop => "learning-format-workshop",
        Format::Online => "learning-format-online",
        Format::SelfStudy => "learning-format-self-study",
        Format::Supervision => "learning-format-supervision",
    }
}

pub fn level(level: Level) -> &'static str {
    match level {
        Level::KnowOf => "learning-level-know-of",
        Level::Understand => "learning-level-understand",
        Level::Apply => "learning-level-apply",
        Level::Lead => "learning-level-lead",
        Level::Coach => "learning-level-coach",
        Level::Deepening => "learning-level-deepening",
    }
}

pub fn assessment(assessment: Assessment) -> &'static str {
    match assessment {
        Assessment::Attendance => "learning-assessed-attendance",
        Assessment::Test => "learning-assessed-test",
        Assessment::Assignment => "learning-assessed-assignment",
        Assessment::Observation => "learning-assessed-observation",
    }
}

/// How a test, an assignment or an observation stands: an icon, a tone and a key. `attended`: the person has been there
/// enough for it; `achieved`: the module is done; `alone`: nobody meets.
pub fn stands(
    kind: Assessment,
    state: State,
    (attended, achieved, alone): (bool, bool, bool),
) -> (&'static str, &'static str, &'static str) {
    match (kind, state) {
        (_, State::Passed) if achieved => ("done", "state--good", "learning-stands-done"),
        (_, State::Open) if achieved && !attended => ("done", "state--good", "learning-stands-done"),
        (_, State::Passed) => ("done", "state--good", "learning-stands-passed"),
        (_, State::Waits) => ("waiting", "", "learning-stands-waits"),
        (Assessment::Assignment, State::Returned) => ("exp", "state--warn", "learning-stands-returned"),
        (_, State::Returned) => ("exp", "state--warn", "learning-stands-not-yet"),
        (_, State::Failed) => ("exp", "state--warn", "learning-stands-failed"),
        (Assessment::Assignment, State::Open) if alone => ("open", "", "learning-stands-alone"),
        (_, State::Open) if !attended => ("open", "state--quiet", "learning-stands-open"),
        (Assessment::Assignment, State::Open) => ("open", "state--warn", "learning-stands-hand-in"),
        (Assessment::Test, State::Open) => ("open", "state--warn", "learning-stands-test"),
        (_, State::Open) => ("open", "state--warn", "learning-stands-observe"),
    }
}

/// A kind of evidence, by its code.
pub fn evidence(code: &str) -> &'static str {
    match code {
        "attendance" => "people-evidence-attendance",
        "assessment" => "people-evidence-assessment",
        "prior_learning" => "people-evidence-prior-learning",
        "import" => "people-evidence-import",
        _ => "people-evidence-external",
    }
}
