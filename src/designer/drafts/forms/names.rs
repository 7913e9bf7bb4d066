//! What the fields of forms are called, their hints, and the words that they choose among.

use crate::curriculum::model::Language;
use crate::curriculum::shape::{Field, Shape};
use crate::words;

/// A completion rule's `modules` is another thing than a meeting's, and its attendance another than a module's.
pub(super) fn label_key(field: &Field) -> &'static str {
    match field.name {
        "modules" if matches!(field.shape, Shape::YesNo) => "completion-modules",
        "attendance_percent" if field.option => "attendance-of-parts",
        name => name,
    }
}

/// What a field is called; none when it is no field.
pub fn label(language: Language, field: &str) -> Option<&'static str> {
    words::plain(language, key_of(LABELS, field)?)
}

pub(super) fn hint(language: Language, field: &str) -> Option<String> {
    words::plain(language, key_of(HINTS, field)?).map(str::to_owned)
}

/// What one of a fixed set of words is called; none when it is no such word.
pub fn choice(language: Language, word: &str) -> Option<&'static str> {
    words::plain(language, key_of(CHOICES, word)?)
}

fn key_of(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == name).map(|(_, key)| *key)
}

/// Fields and the keys of what they are called.
const LABELS: &[(&str, &str)] = &[
    ("title", "drafts-field-title"),
    ("short", "drafts-field-short"),
    ("area", "drafts-field-area"),
    ("level", "drafts-field-level"),
    ("hours", "drafts-field-hours"),
    ("format", "drafts-field-format"),
    ("purpose", "drafts-field-purpose"),
    ("outcomes", "drafts-field-outcomes"),
    ("participant", "drafts-field-participant"),
    ("trainer", "drafts-field-trainer"),
    ("builds_on", "drafts-field-builds-on"),
    ("assessment", "drafts-field-assessment"),
    ("pass_percent", "drafts-field-pass"),
    ("attendance-of-parts", "drafts-field-attendance"),
    ("valid_months", "drafts-field-valid-months"),
    ("counts", "drafts-field-counts"),
    ("equivalent", "drafts-field-equivalent"),
    ("elective", "drafts-field-elective"),
    ("adapted_from", "drafts-field-adapted-from"),
    ("within_days", "drafts-field-within-days"),
    ("required", "drafts-field-required"),
    ("recommended", "drafts-field-recommended"),
    ("deadlines", "drafts-field-deadlines"),
    ("one_of", "drafts-field-one-of"),
    ("choose", "drafts-field-choose"),
    ("from", "drafts-field-from"),
    ("competence", "drafts-field-competence"),
    ("includes", "drafts-field-includes"),
    ("dose", "drafts-field-dose"),
    ("order", "drafts-field-order"),
    ("group", "drafts-field-group"),
    ("names", "drafts-field-names"),
    ("codes", "drafts-field-codes"),
    ("leg", "drafts-field-leg"),
    ("letter", "drafts-field-letter"),
    ("colour", "drafts-field-colour"),
    ("months", "drafts-field-months"),
    ("roles", "drafts-field-roles"),
    ("meetings", "drafts-field-meetings"),
    ("id", "drafts-field-id"),
    ("month", "drafts-field-month"),
    ("week", "drafts-field-week"),
    ("kind", "drafts-field-kind"),
    ("modules", "drafts-field-modules"),
    ("completion-modules", "drafts-field-completion-modules"),
    ("milestones", "drafts-field-milestones"),
    ("progress", "drafts-field-progress"),
    ("completion", "drafts-field-completion"),
    ("attendance_percent", "drafts-field-attendance"),
    ("presented", "drafts-field-presented"),
    ("name", "drafts-field-name"),
    ("day_hours", "drafts-field-day-hours"),
    ("holiday_months", "drafts-field-holiday-months"),
    ("everyone", "drafts-field-everyone"),
];

/// Fields and the keys of their hints.
const HINTS: &[(&str, &str)] = &[
    ("builds_on", "drafts-hint-builds-on"),
    ("short", "drafts-hint-short"),
    ("assessment", "drafts-hint-assessment"),
    ("pass_percent", "drafts-hint-pass"),
    ("attendance-of-parts", "drafts-hint-attendance"),
    ("valid_months", "drafts-hint-valid-months"),
    ("counts", "drafts-hint-counts"),
    ("equivalent", "drafts-hint-equivalent"),
    ("elective", "drafts-hint-elective"),
    ("adapted_from", "drafts-hint-adapted-from"),
    ("names", "drafts-hint-names"),
    ("codes", "drafts-hint-codes"),
    ("outcomes", "drafts-hint-outcomes"),
    ("holiday_months", "drafts-hint-holiday-months"),
    ("letter", "drafts-hint-letter"),
    ("progress", "drafts-hint-progress"),
    ("hours", "drafts-hint-hours"),
];

/// Words of the written language and the keys of what they are called.
const CHOICES: &[(&str, &str)] = &[
    ("KnowOf", "learning-level-know-of"),
    ("Understand", "learning-level-understand"),
    ("Apply", "learning-level-apply"),
    ("Lead", "learning-level-lead"),
    ("Coach", "learning-level-coach"),
    ("Deepening", "learning-level-deepening"),
    ("Seminar", "learning-format-seminar"),
    ("Workshop", "learning-format-workshop"),
    ("Online", "learning-format-online"),
    ("SelfStudy", "learning-format-self-study"),
    ("Supervision", "learning-format-supervision"),
    ("Attendance", "learning-assessed-attendance"),
    ("Test", "learning-assessed-test"),
    ("Assignment", "learning-assessed-assignment"),
    ("Observation", "learning-assessed-observation"),
    ("Latest", "drafts-counts-latest"),
    ("Best", "drafts-counts-best"),
    ("Blue", "drafts-colour-blue"),
    ("Teal", "drafts-colour-teal"),
    ("Yellow", "drafts-colour-yellow"),
    ("Rust", "drafts-colour-rust"),
    ("Lilac", "drafts-colour-lilac"),
];
