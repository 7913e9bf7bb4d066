//! How far somebody has come in an edition: computed from the path and the seats, never typed in. Pure.

use chrono::NaiveDate;
use serde::Serialize;

use crate::curriculum::model::Completion;
use crate::engine::model::{ModuleIx, Path, State, Strength};
use crate::learning::my_path;

/// A seat at one of the edition's occasions, as progress needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sat {
    pub module: ModuleIx,
    pub day: NaiveDate,
    /// None until somebody has marked it.
    pub attended: Option<bool>,
}

/// One participant's progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Pieces of the path that are held, of all its pieces.
    pub done: usize,
    pub of: usize,
    /// What the participant's own page says is next.
    pub next: Option<ModuleIx>,
    /// Modules that should have been done by now: past their deadline, or given and missed.
    pub late: Vec<ModuleIx>,
    /// Attended of marked days, in whole percent; none before anything is marked.
    pub attendance_percent: Option<u32>,
    pub completed: bool,
}

impl Progress {
    pub fn is_behind(&self) -> bool {
        !self.late.is_empty()
    }
}

/// Progress on `today`. `presented` says whether the improvement work has been presented.
pub fn progress(path: &Path, seats: &[Sat], presented: bool, rule: &Completion, today: NaiveDate) -> Progress {
    let late: Vec<ModuleIx> = path
        .steps
        .iter()
        .filter(|step| step.state == State::Overdue || missed(step.module, seats, today))
        .map(|step| step.module)
        .collect();
    let marked = seats.iter().filter(|seat| seat.attended.is_some()).count();
    let attended = seats.iter().filter(|seat| seat.attended == Some(true)).count();
    let attendance_percent = (marked > 0).then(|| (100 * attended / marked) as u32);
    let required_left = path.steps.iter().any(|step| step.strength != Some(Strength::Recommended));
    let completed = attendance_percent.unwrap_or(0) >= rule.attendance_percent
        && !(rule.modules && required_left)
        && (presented || !rule.presented);
    Progress {
        done: path.held.len(),
        of: path.held.len() + path.steps.len(),
        next: my_path::next(path).map(|step| step.module),
        late,
        attendance_percent,
        completed,
    }
}

/// Given to this person already, marked absent, and not booked again.
fn missed(module: ModuleIx, seats: &[Sat], today: NaiveDate) -> bool {
    let of_module = || seats.iter().filter(move |seat| seat.module == module);
    of_module().any(|seat| seat.attended == Some(false))
        && !of_module().any(|seat| seat.attended.is_none() && seat.day >= today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::model::{Proof, Step};

    const RULE: Completion = Completion { attendance_percent: 75, modules: true, presented: true };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn step(module: u16, state: State) -> Step {
        Step {
            module: ModuleIx(module),
            quarters: 14,
            strength: Some(Strength::Required),
            state,
            due: None,
            locked_by: Vec::new(),
            booked: None,
            achieved: None,
            because: Vec::new(),
            through: None,
        }
    }

    fn path(held: &[u16], left: &[u16]) -> Path {
        Path {
            steps: left.iter().map(|m| step(*m, State::Available)).collect(),
            held: held.iter().map(|m| step(*m, State::Done)).collect(),
            recommended: Vec::new(),
            quarters_left: 0,
            quarters_total: 0,
            proof: Proof::Optimal,
        }
    }

    fn sat(module: u16, on: &str, attended: Option<bool>) -> Sat {
        Sat { module: ModuleIx(module), day: day(on), attended }
    }

    #[test]
    fn a_missed_day_is_late_until_a_new_one_is_booked() {
        let missed = [sat(2, "2027-01-10", Some(false))];
        let again = [missed[0], sat(2, "2027-03-10", None)];
        let today = day("2027-02-01");
        assert_eq!(progress(&path(&[1], &[2]), &missed, false, &RULE, today).late, [ModuleIx(2)]);
        assert!(!progress(&path(&[1], &[2]), &again, false, &RULE, today).is_behind());
    }

    #[test]
    fn everything_held_is_not_completed_before_the_work_is_presented() {
        let seats = [sat(1, "2027-01-10", Some(true))];
        let today = day("2027-05-01");
        assert!(!progress(&path(&[1], &[]), &seats, false, &RULE, today).completed);
        assert!(progress(&path(&[1], &[]), &seats, true, &RULE, today).completed);
    }

    #[test]
    fn too_little_attendance_is_not_completed() {
        let seats = [sat(1, "2027-01-10", Some(true)), sat(1, "2027-01-11", Some(false))];
        assert!(!progress(&path(&[1], &[]), &seats, true, &RULE, day("2027-05-01")).completed);
    }
}
