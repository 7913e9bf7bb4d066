//! The annual programme, as it is written.

use serde::{Deserialize, Serialize};

use super::Text;

/// The template of the annual programme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    pub title: Text,
    pub purpose: Text,
    /// Working months; holiday months are skipped and do not count.
    pub months: u32,
    /// The roles people take part in.
    pub roles: Vec<String>,
    /// Learning seminars and supervision, in time order.
    pub meetings: Vec<Meeting>,
    pub milestones: Vec<Milestone>,
    pub completion: Completion,
}

/// A learning seminar or supervision at which modules are given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Unique within the programme.
    pub id: String,
    /// Programme month, 1 first.
    pub month: u32,
    /// Week of that month, 1–4.
    pub week: u32,
    pub kind: MeetingKind,
    pub title: Text,
    /// Module ids, in the order they are given.
    pub modules: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingKind {
    Seminar,
    Supervision,
}

/// Something that must exist by the end of a programme month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Unique within the programme.
    pub id: String,
    /// Programme month, 1 first.
    pub month: u32,
    pub title: Text,
    /// The expected project progress, 0.5–5 (IHI scale).
    pub progress: f64,
}

/// When a participant has completed an edition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    /// Share of the edition's meeting days attended, 0–100.
    pub attendance_percent: u32,
    /// The role's required modules are held.
    pub modules: bool,
    /// The improvement work has been presented.
    pub presented: bool,
}
