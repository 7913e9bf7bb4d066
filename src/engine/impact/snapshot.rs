//! All people at once, by id.

use chrono::NaiveDate;

use super::change::Who;
use super::names::Names;
use crate::engine::model::{Assignment, Facts, Holding};

/// Everybody, as known on a day; it answers for that day and later ones.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub(super) day: NaiveDate,
    /// By id, ascending.
    pub(super) people: Vec<Person>,
    pub(super) units: Names<Option<i64>>,
    pub(super) holdings: Names<Holding>,
}

#[derive(Debug, Clone)]
pub(super) struct Person {
    pub id: i64,
    pub unit: u32,
    pub facts: Facts,
}

impl Snapshot {
    /// Nobody yet.
    pub fn new(day: NaiveDate) -> Snapshot {
        Snapshot { day, people: Vec::new(), units: Names::default(), holdings: Names::default() }
    }

    pub fn len(&self) -> usize {
        self.people.len()
    }

    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// Adds a person, or replaces all that is known of one. Quickest when ids come in ascending order.
    pub fn put(&mut self, id: i64, unit: Option<i64>, facts: &Facts) {
        for assignment in &facts.assignments {
            self.holdings.number(&assignment.holding);
        }
        let person = Person { id, unit: self.units.number(&unit), facts: facts.clone() };
        match self.find(id) {
            Ok(at) => self.people[at] = person,
            Err(at) => self.people.insert(at, person),
        }
    }

    /// Takes a person out; nothing happens when the person is not here.
    pub fn end(&mut self, id: i64) {
        if let Ok(at) = self.find(id) {
            self.people.remove(at);
        }
    }

    pub(super) fn find(&self, id: i64) -> Result<usize, usize> {
        self.people.binary_search_by_key(&id, |person| person.id)
    }

    /// The groups that `person` is in on `today`.
    pub(super) fn who(&self, person: &Person, today: NaiveDate) -> Who {
        let current = |a: &&Assignment| a.from <= today && a.to.is_none_or(|to| today <= to);
        let mut who = Who { unit: person.unit, ..Who::default() };
        for assignment in person.facts.assignments.iter().filter(current) {
            let Some(number) = self.holdings.known(&assignment.holding) else { continue };
            let group = match assignment.holding {
                Holding::Title(_) => &mut who.titles,
                Holding::Role(_) => &mut who.roles,
                Holding::Everyone => continue,
            };
            if !group.contains(&number) {
                group.push(number);
            }
        }
        who
    }
}
