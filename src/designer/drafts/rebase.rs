//! Taking a draft's changes over to a newer version: what fits, what clashes, and how choices settle it. Pure.

use std::collections::BTreeMap;

use crate::curriculum::edit::{self, Cell, Change, Edit, EditError, Found};
use crate::curriculum::model::Curriculum;

/// For each clash, by the number of its edit: whether the draft's value is to hold.
pub type Choices = BTreeMap<usize, bool>;

/// How a draft's changes fit on another version.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The version's id.
    pub onto: i64,
    pub number: String,
    /// What the version becomes.
    pub curriculum: Curriculum,
    /// The edits as they are made there.
    pub carried: Vec<Edit>,
    /// Edits that wait for a choice.
    pub clashes: Vec<Clash>,
}

/// An edit whose expectation does not hold on the other version.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// Its place among the draft's edits, from 0.
    pub number: usize,
    pub edit: Edit,
    pub place: String,
    pub found: Found,
}

/// Makes `edits` one by one; where one clashes, the choice decides, and without a choice it is left out and told.
pub fn plan(onto: i64, number: String, newest: &Curriculum, edits: Vec<Edit>, choices: &Choices) -> Plan {
    let mut plan = Plan { onto, number, curriculum: newest.clone(), carried: Vec::new(), clashes: Vec::new() };
    for (number, edit) in edits.into_iter().enumerate() {
        let Err(EditError::Conflict { place, found }) = make(&mut plan, edit.clone()) else { continue };
        if already(&plan.curriculum, &edit) {
            continue;
        }
        match choices.get(&number) {
            Some(false) => {}
            Some(true) => {
                // What cannot be forced has lost the thing it changes; the newer version holds.
                let _ = over(&plan.curriculum, &edit).map(|edit| make(&mut plan, edit));
            }
            None => plan.clashes.push(Clash { number, edit, place, found }),
        }
    }
    plan
}

fn make(plan: &mut Plan, edit: Edit) -> Result<(), EditError> {
    plan.carried.push(edit::perform(&mut plan.curriculum, edit)?);
    Ok(())
}

/// Whether the newer version says already what the edit would leave.
fn already(curriculum: &Curriculum, edit: &Edit) -> bool {
    over(curriculum, edit).is_some_and(|edit| match edit {
        Edit::Cell { before, after, .. } => before.says_the_same(&after),
        Edit::About(change) => change.before == change.after,
        Edit::Leg(change) => change.before == change.after,
        Edit::Area(change) => change.before == change.after,
        Edit::Module { change, .. } => change.before == change.after,
        Edit::Move { before, after, .. } => before == after,
        Edit::Dose(change) => change.before == change.after,
        Edit::Role(change) => change.before == change.after,
        Edit::Group(change) => change.before == change.after,
        Edit::Title(change) => change.before == change.after,
        Edit::Programme(change) => change.before == change.after,
    })
}

/// The same edit, expecting what is there: none when what it changes is not there at all.
pub fn over(curriculum: &Curriculum, edit: &Edit) -> Option<Edit> {
    fn onto<T: Clone + crate::curriculum::written::Entry>(change: &Change<T>, now: Option<&T>) -> Change<T> {
        Change { id: change.id.clone(), before: now.cloned(), after: change.after.clone() }
    }
    Some(match edit {
        Edit::Cell { dose, module, after, .. } => {
            let before = Cell::of(curriculum.doses.get(dose)?, module);
            Edit::Cell { dose: dose.clone(), module: module.clone(), before, after: after.clone() }
        }
        Edit::Move { module, after, .. } => {
            curriculum.modules.iter().find(|(id, _)| id == module)?;
            Edit::Move { module: module.clone(), before: edit::follows(curriculum, module), after: after.clone() }
        }
        Edit::Module { change, follows } => {
            let now = curriculum.modules.iter().find(|(id, _)| *id == change.id).map(|(_, module)| module);
            Edit::Module { change: onto(change, now), follows: follows.clone() }
        }
        Edit::About(change) => Edit::About(onto(change, Some(&curriculum.about))),
        Edit::Leg(change) => Edit::Leg(onto(change, curriculum.legs.get(&change.id))),
        Edit::Area(change) => Edit::Area(onto(change, curriculum.areas.get(&change.id))),
        Edit::Dose(change) => Edit::Dose(onto(change, curriculum.doses.get(&change.id))),
        Edit::Role(change) => Edit::Role(onto(change, curriculum.roles.get(&change.id))),
        Edit::Group(change) => Edit::Group(onto(change, curriculum.groups.get(&change.id))),
        Edit::Title(change) => Edit::Title(onto(change, curriculum.titles.get(&change.id))),
        Edit::Programme(change) => Edit::Programme(onto(change, curriculum.programmes.get(&change.id))),
    })
}
