//! What the form of an occasion offers to choose from, and looks things up in.

use std::collections::HashMap;

use crate::accounts::store as accounts;
use crate::clock;
use crate::occasions::store::{self as rows, DayOff, Trainer};
use crate::organisation::{Unit, store as people};
use crate::programme::store as programme;
use crate::store::{Conn, Error};

/// Read once for each request.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// Who may train: ids and names, by name.
    pub trainers: Vec<(i64, String)>,
    /// Editions that have not ended: ids and names.
    pub editions: Vec<(i64, String)>,
    pub units: Vec<Unit>,
    pub days_off: Vec<DayOff>,
    /// How often each place has been written, for proposing it again.
    pub places: Vec<String>,
}

/// How many places are proposed.
const PLACES: usize = 40;

impl Known {
    /// `trained` are those who train at the occasion already, whatever hats they wear now.
    pub fn read(conn: &mut Conn, trained: &[Trainer]) -> Result<Known, Error> {
        let today = clock::today();
        let mut trainers = accounts::may_train(conn)?;
        for trainer in trained {
            if let Some(person) = trainer.person.filter(|person| !trainers.iter().any(|(id, _)| id == person)) {
                trainers.push((person, trainer.name.clone()));
            }
        }
        let mut editions = programme::editions(conn)?;
        editions.retain(|edition| edition.ends_on >= today);
        Ok(Known {
            trainers,
            editions: editions.into_iter().map(|edition| (edition.id, edition.name)).collect(),
            units: people::units(conn)?,
            days_off: rows::days_off(conn)?,
            places: often(rows::places(conn)?),
        })
    }

    /// The unit with this id or, if there is only one, this name.
    pub fn unit(&self, text: &str) -> Option<i64> {
        let text = text.trim();
        if let Some(unit) = self.units.iter().find(|unit| unit.external_id == text) {
            return Some(unit.id);
        }
        let name = text.to_lowercase();
        let mut named = self.units.iter().filter(|unit| unit.name.to_lowercase() == name);
        let only = named.next()?.id;
        named.next().is_none().then_some(only)
    }

    /// What finds the unit again.
    pub fn unit_text(&self, id: i64) -> String {
        let Some(unit) = self.units.iter().find(|unit| unit.id == id) else { return String::new() };
        match self.unit(&unit.name) {
            Some(found) if found == id => unit.name.clone(),
            _ => unit.external_id.clone(),
        }
    }
}

/// The places that are written most often, by name.
fn often(places: Vec<String>) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    places.into_iter().filter(|place| !place.is_empty()).for_each(|place| *counts.entry(place).or_default() += 1);
    let mut counted: Vec<(String, usize)> = counts.into_iter().collect();
    counted.sort_by(|(one, ones), (other, others)| others.cmp(ones).then_with(|| one.cmp(other)));
    let mut places: Vec<String> = counted.into_iter().take(PLACES).map(|(place, _)| place).collect();
    places.sort();
    places
}
