//! The message keys of what a curriculum names with a word of its own: format, level, assessment, evidence.

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
