//! Units and people of a region, as the CSV files an HR system would give. Pure: the same seed, the same region.

use chrono::{Days, NaiveDate};

use super::{Dice, names};

/// A region to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    pub people: Vec<Person>,
    pub units: Vec<Unit>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub id: String,
    pub name: String,
    pub parent: Option<&'static str>,
    /// Index into the people.
    pub manager: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The staff id.
    pub id: String,
    pub name: String,
    pub email: String,
    pub language: &'static str,
    /// Index into the units.
    pub unit: usize,
    pub title: &'static str,
    pub from: NaiveDate,
}

/// Id, name, the unit above, share of the staff, usual titles.
type Outline = (&'static str, &'static str, Option<&'static str>, usize, &'static [&'static str]);

const CARE: &[&str] =
    &["Sjuksköterska", "Sjuksköterska", "Undersköterska", "Undersköterska", "ST-läkare", "Medicinsk sekreterare"];
const REHAB: &[&str] = &["Fysioterapeut", "Arbetsterapeut", "Fysioterapeut", "Undersköterska"];
const LAB: &[&str] = &["BMA", "BMA", "BMA", "Medicinsk sekreterare"];
const PSYCHIATRY: &[&str] = &["Psykolog", "Sjuksköterska", "Undersköterska", "ST-läkare"];
const OFFICE: &[&str] = &["Verksamhetsutvecklare", "Utvecklingsledare", "Controller", "Medicinsk sekreterare"];
const LEADERS: &[&str] = &["Controller", "Stabsstrateg"];

const UNITS: [Outline; 12] = [
    ("10", "Region Exempel", None, 1, LEADERS),
    ("20", "Närsjukvården", Some("10"), 1, LEADERS),
    ("21", "Vårdcentralen Björken", Some("20"), 12, CARE),
    ("22", "Vårdcentralen Eken", Some("20"), 12, CARE),
    ("23", "Rehabmottagningen Öst", Some("20"), 9, REHAB),
    ("30", "Sjukhusvården", Some("10"), 1, LEADERS),
    ("31", "Medicinavdelning 3", Some("30"), 18, CARE),
    ("32", "Akutmottagningen", Some("30"), 18, CARE),
    ("33", "Psykiatrimottagningen", Some("30"), 10, PSYCHIATRY),
    ("34", "Laboratoriet", Some("30"), 10, LAB),
    ("40", "Lärande och förnyelse", Some("10"), 1, OFFICE),
    ("41", "Utvecklingsenheten", Some("40"), 7, OFFICE),
];

/// Index of the unit whose manager, participants and team the links of the demonstration lead to.
pub const SHOWN_UNIT: usize = 4;

/// More staff than this in one unit make it several.
const LARGEST_UNIT: usize = 60;
/// The staff of each of several, about.
const USUAL_UNIT: usize = 30;

/// A unit to be filled.
struct Plan {
    /// Index of its outline.
    outline: usize,
    /// 1, or which of several of the same kind.
    number: usize,
    staff: usize,
}

/// The twelve units, then as many more of the same kinds as so many people need.
fn plans(people: usize) -> Vec<Plan> {
    let mut first = Vec::with_capacity(UNITS.len());
    let mut more = Vec::new();
    for (outline, unit) in UNITS.iter().enumerate() {
        let staff = ((people - UNITS.len()) * unit.3 / 100).max(1);
        let parts = if staff <= LARGEST_UNIT || unit.3 == 1 { 1 } else { staff / USUAL_UNIT };
        // Its manager is one of the people of a unit that was added.
        let part = |number| Plan {
            outline,
            number,
            staff: staff / parts + usize::from(number <= staff % parts) - usize::from(number > 1),
        };
        first.push(part(1));
        more.extend((2..=parts).map(part));
    }
    first.extend(more);
    first
}

/// Makes up `people` people (at least two for each unit) as of `today`.
pub fn region(people: usize, seed: u64, today: NaiveDate) -> Region {
    let mut dice = Dice::new(seed);
    let people = people.max(2 * UNITS.len());
    let plans = plans(people);
    let mut all: Vec<Person> = Vec::with_capacity(people);
    for (unit, plan) in plans.iter().enumerate() {
        let top = plan.outline == 0 || UNITS[plan.outline].3 == 1;
        let title = if top { "Områdeschef" } else { "Enhetschef" };
        all.push(person(all.len(), unit, title, &mut dice, today));
    }
    for (unit, plan) in plans.iter().enumerate() {
        for _ in 0..plan.staff {
            let title = dice.pick(UNITS[plan.outline].4);
            all.push(person(all.len(), unit, title, &mut dice, today));
        }
    }
    while all.len() < people {
        let unit = *dice.pick(&[2, 3, 6, 7]);
        let title = dice.pick(UNITS[unit].4);
        all.push(person(all.len(), unit, title, &mut dice, today));
    }
    all.truncate(people);
    Region { people: all, units: plans.iter().enumerate().map(unit).collect() }
}

fn unit((index, plan): (usize, &Plan)) -> Unit {
    let (id, name, parent, ..) = UNITS[plan.outline];
    let (id, name) = match plan.number {
        1 => (id.to_owned(), name.to_owned()),
        number => (format!("{id}-{number}"), format!("{name} {number}")),
    };
    Unit { id, name, parent, manager: index }
}

fn person(index: usize, unit: usize, title: &'static str, dice: &mut Dice, today: NaiveDate) -> Person {
    let name = names::name(index, dice);
    let number = if index >= 900 { format!(".{index}") } else { String::new() };
    Person {
        id: format!("E{:05}", 10_000 + index),
        email: format!("{}{number}@exempel.invalid", names::address_part(&name)),
        name,
        language: if dice.percent(6) { "en" } else { "sv" },
        unit,
        title,
        from: today - Days::new(60 + dice.below(4_000) as u64),
    }
}

impl Region {
    /// As `varjedag import units` reads it.
    pub fn units_csv(&self) -> String {
        let row = |unit: &Unit| {
            let manager = &self.people[unit.manager].id;
            format!("{};{};{};{manager}\n", unit.id, unit.name, unit.parent.unwrap_or_default())
        };
        std::iter::once("id;name;parent;managers\n".to_owned()).chain(self.units.iter().map(row)).collect()
    }

    /// As `varjedag import people` reads it.
    pub fn people_csv(&self) -> String {
        let row = |p: &Person| {
            let unit = &self.units[p.unit].id;
            format!("{};{};{};{};{unit};{};{}\n", p.id, p.name, p.email, p.language, p.title, p.from)
        };
        std::iter::once("id;name;email;language;unit;title;from\n".to_owned())
            .chain(self.people.iter().map(row))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(people: usize, seed: u64) -> Region {
        region(people, seed, "2027-03-01".parse().unwrap())
    }

    #[test]
    fn the_same_seed_makes_the_same_region() {
        assert_eq!(of(300, 7), of(300, 7));
        assert_ne!(of(300, 7), of(300, 8));
    }

    #[test]
    fn a_large_region_has_many_units_rather_than_large_ones() {
        let region = of(10_000, 1);
        let staff = |unit| region.people.iter().filter(|person| person.unit == unit).count();
        assert_eq!(of(300, 1).units.len(), 12);
        assert!(region.units.len() > 200, "{}", region.units.len());
        assert!((25..=40).contains(&staff(SHOWN_UNIT)), "{}", staff(SHOWN_UNIT));
    }

    #[test]
    fn there_are_as_many_people_as_asked_for_and_all_addresses_differ() {
        for people in [24, 300, 2_000] {
            let region = of(people, 1);
            let addresses: std::collections::HashSet<&str> = region.people.iter().map(|p| p.email.as_str()).collect();
            assert_eq!(addresses.len(), people);
        }
    }
}
