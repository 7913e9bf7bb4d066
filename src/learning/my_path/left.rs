//! What is left of a piece whose day has been: a test, an assignment, an observation.

use super::{Link, Seen};
use crate::curriculum::model::Assessment;
use crate::engine::model::{State, Step};
use crate::learning::assessed;
use crate::learning::words::stands;

impl Seen<'_> {
    /// The key of what is left, when something has begun: the person has been there, has handed in, was assessed.
    pub fn left_of(&self, step: &Step) -> Option<&'static str> {
        if matches!(step.state, State::Done | State::Expiring) {
            return None;
        }
        let id = self.published.id_of(step.module);
        let kind = self.published.module(step.module).assessment;
        let one = self.assessed.iter().find(|one| one.module == id).filter(|_| kind != Assessment::Attendance)?;
        let begun = one.attended || !matches!(one.state, assessed::State::Open);
        begun.then(|| stands(kind, one.state, (one.attended, false, false)).2)
    }

    /// Whether the person was marked as there at the day that is booked, which goes on and counts when it is over.
    pub fn is_here(&self, step: &Step) -> bool {
        step.booked.is_some_and(|seat| self.here.contains(&seat.occasion))
    }

    /// The page of a module's test, assignment or observation.
    pub fn assessment(&self, id: &str) -> Option<String> {
        let (person, _) = self.about.unzip();
        let own = self.assessed.iter().find(|one| one.module == id)?;
        person.is_none().then(|| format!("/assessments/{}/{id}", own.person))
    }

    /// Where what is next is handed in.
    pub(super) fn hand_in(&self, next: Option<&Step>) -> Option<Link> {
        let step = next.filter(|step| self.left_of(step).is_some())?;
        let href = self.assessment(self.published.id_of(step.module))?;
        Some(Link { href, text: self.text("learning-to-assessment", &[]) })
    }
}
