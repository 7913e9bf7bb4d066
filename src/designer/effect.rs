//! What a version does to everybody, in a handful of numbers: kept with the version, told on the command line, and the
//! head of what stands beside a draft. Everything is taken from one [`Impact`]; nothing is counted here.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::consequences::service::courses;
use crate::config::Planning;
use crate::curriculum::model::Curriculum;
use crate::engine::Compiled;
use crate::engine::impact::{Base, Courses, Figures, Impact, Snapshot, day_quarters, impact};
use crate::store::{Conn, Error};
use crate::versions::published::Published;

/// The figures of everybody; the pages of a draft have them by unit, title, role, module and week too. Figures that a
/// later program adds are zero in what an older one kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Effect {
    pub people: u32,
    /// People whose path changes.
    pub affected: u32,
    pub more: u32,
    pub less: u32,
    /// Nothing is left for them.
    pub done: u32,
    pub overdue: u32,
    /// Their deadlines cannot hold the hours.
    pub tight: u32,
    pub competence_lost: u32,
    pub competence_won: u32,
    pub hours_before: f64,
    pub hours_after: f64,
    /// Course days needed more; negative when fewer.
    pub course_days: i64,
    /// Seats on one course, which the course days were counted with.
    pub participants: u32,
    /// Kronor that the version costs more; negative when less.
    pub cost: f64,
}

impl Effect {
    pub fn of(impact: &Impact, courses: &Courses) -> Effect {
        let Figures { before, after, affected, more, less, done, overdue, tight, lost, won } = impact.all;
        Effect {
            people: impact.people,
            affected,
            more,
            less,
            done,
            overdue,
            tight,
            competence_lost: lost,
            competence_won: won,
            hours_before: before.quarters as f64 / 4.0,
            hours_after: after.quarters as f64 / 4.0,
            course_days: impact.course_days.more(),
            participants: courses.participants,
            cost: impact.cost as f64 / 100.0,
        }
    }

    /// Hours that everybody together gets more; negative when fewer.
    pub fn hours_more(&self) -> f64 {
        self.hours_after - self.hours_before
    }
}

/// What `after` does to everybody in `snapshot`, who stand under `before`.
///
/// # Errors
/// When the database cannot be read.
pub fn between(
    conn: &mut Conn,
    snapshot: &Snapshot,
    before: &Published,
    (after, compiled): (&Curriculum, &Compiled),
    planning: &Planning,
    today: NaiveDate,
) -> Result<Effect, Error> {
    let courses = courses(conn, planning, after, today)?;
    let day = day_quarters(before.curriculum.about.day_hours);
    let base = Base::new(snapshot, before.compiled.clone(), today, day);
    Ok(Effect::of(&impact(snapshot, &base, compiled, &courses), &courses))
}
