//! All people at once, in about as many bytes as their facts have numbers.
//!
//! A person is a row of 24 bytes and a stretch of small numbers: four bytes for each assignment and each achievement,
//! six for one that ends. What they hold is interned together, because thousands share it. Bookings are not kept: no figure
//! depends on them.

use chrono::NaiveDate;

use super::change::Who;
use super::names::Names;
use super::store::{Pool, Stretch};
use super::time::{Day, NEVER, day};
use crate::engine::model::{Facts, Holding};

/// Everybody, as known on a day; it answers for that day and later ones.
#[derive(Debug, Clone)]
pub struct Snapshot {
    day: NaiveDate,
    /// By id, ascending.
    pub(super) people: Vec<Person>,
    pool: Pool,
    pub(super) units: Names<Option<i64>>,
    pub(super) holdings: Names<Holding>,
    /// What somebody holds, ever held since the day, or will hold: one number for each assignment.
    pub(super) profiles: Names<Box<[u32]>>,
    /// Ids of modules, also such as no curriculum knows.
    pub(super) modules: Names<String>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub id: i64,
    pub unit: u32,
    pub profile: u32,
    stretch: Stretch,
}

/// A person's facts, read from the pool.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    holdings: &'a [u32],
    assignments: &'a [[u16; 2]],
    lasting: &'a [[u16; 2]],
    ending: &'a [[u16; 3]],
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Had {
    /// A number of the snapshot's.
    pub module: u16,
    pub day: Day,
    /// `NEVER` when for good.
    pub valid_until: Day,
}

impl Snapshot {
    /// Nobody yet.
    pub fn new(day: NaiveDate) -> Snapshot {
        Snapshot {
            day,
            people: Vec::new(),
            pool: Pool::default(),
            units: Names::default(),
            holdings: Names::default(),
            profiles: Names::default(),
            modules: Names::default(),
        }
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

    /// Memory held for people; what they share (names, profiles) comes on top and does not grow with them.
    pub fn bytes(&self) -> usize {
        self.people.capacity() * size_of::<Person>() + self.pool.bytes()
    }

    /// Gives back memory kept for growing; worth it once everybody is here.
    pub fn trim(&mut self) {
        self.people.shrink_to_fit();
        self.pool.trim();
    }

    /// Adds a person, or replaces all that is known of one. Quickest when ids come in ascending order.
    pub fn put(&mut self, id: i64, unit: Option<i64>, facts: &Facts) {
        let (profile, numbers) = self.numbers(facts);
        let unit = self.units.number(&unit);
        match self.find(id) {
            Ok(at) => {
                let stretch = self.pool.replace(self.people[at].stretch, &numbers);
                self.people[at] = Person { id, unit, profile, stretch };
            }
            Err(at) => {
                let stretch = self.pool.keep(&numbers);
                self.people.insert(at, Person { id, unit, profile, stretch });
            }
        }
        self.pool.tidy(self.people.iter_mut().map(|person| &mut person.stretch));
    }

    /// Takes a person out; nothing happens when the person is not here.
    pub fn end(&mut self, id: i64) {
        if let Ok(at) = self.find(id) {
            let person = self.people.remove(at);
            self.pool.free(person.stretch);
            self.pool.tidy(self.people.iter_mut().map(|person| &mut person.stretch));
        }
    }

    /// The profile; and the first and last day of each assignment that has not ended, how many achievements are for
    /// good, these, and the others.
    fn numbers(&mut self, facts: &Facts) -> (u32, Vec<u16>) {
        let mut holdings = Vec::new();
        let mut numbers = Vec::new();
        for assignment in facts.assignments.iter().filter(|a| a.to.is_none_or(|to| to >= self.day)) {
            holdings.push(self.holdings.number(&assignment.holding));
            numbers.extend([day(assignment.from), assignment.to.map_or(NEVER, day)]);
        }
        let (mut lasting, mut ending) = (Vec::new(), Vec::new());
        for achievement in &facts.achievements {
            // A region has thousands of modules at most; what is beyond the numbers counts for nothing.
            let Ok(module) = u16::try_from(self.modules.number(&achievement.module)) else { continue };
            match achievement.valid_until {
                None => lasting.push([module, day(achievement.day)]),
                Some(last) => ending.push([module, day(achievement.day), day(last)]),
            }
        }
        numbers.push(u16::try_from(lasting.len()).unwrap_or(u16::MAX));
        numbers.extend(lasting.into_iter().flatten().chain(ending.into_iter().flatten()));
        (self.profiles.number(&holdings.into_boxed_slice()), numbers)
    }

    pub(super) fn find(&self, id: i64) -> Result<usize, usize> {
        self.people.binary_search_by_key(&id, |person| person.id)
    }

    pub(super) fn record(&self, person: &Person) -> Record<'_> {
        let holdings = self.profiles.name(person.profile);
        let numbers = self.pool.get(person.stretch);
        let (assignments, achievements) = numbers.split_at(numbers.len().min(holdings.len() * 2));
        let (count, achievements) = achievements.split_first().unwrap_or((&0, &[]));
        let (lasting, ending) = achievements.split_at(achievements.len().min(usize::from(*count) * 2));
        let (assignments, lasting) = (assignments.as_chunks().0, lasting.as_chunks().0);
        Record { holdings, assignments, lasting, ending: ending.as_chunks().0 }
    }

    /// The groups that `person` is in on `today`.
    pub(super) fn who(&self, person: &Person, today: Day, who: &mut Who) {
        who.unit = person.unit;
        who.titles.clear();
        who.roles.clear();
        for (holding, _) in self.record(person).current(today) {
            let group = match self.holdings.name(holding) {
                Holding::Title(_) => &mut who.titles,
                Holding::Role(_) => &mut who.roles,
                Holding::Everyone => continue,
            };
            if !group.contains(&holding) {
                group.push(holding);
            }
        }
    }
}

impl<'a> Record<'a> {
    /// What is held on `today`, and since when.
    pub(super) fn current(self, today: Day) -> impl Iterator<Item = (u32, Day)> + use<'a> {
        let all = self.holdings.iter().zip(self.assignments);
        all.filter(move |(_, [from, to])| *from <= today && today <= *to).map(|(&holding, &[from, _])| (holding, from))
    }

    /// What was achieved by `today`.
    pub(super) fn achieved(self, today: Day) -> impl Iterator<Item = Had> + use<'a> {
        let lasting = self.lasting.iter().map(|&[module, day]| Had { module, day, valid_until: NEVER });
        let ending = self.ending.iter().map(|&[module, day, valid_until]| Had { module, day, valid_until });
        lasting.chain(ending).filter(move |had| had.day <= today)
    }
}
