//! What an occasion clashes with: somebody who trains would have to be at two places, or a room would hold two courses.
//! Pure. A clash is shown to whoever plans and forbids nothing: two groups may share a hall, and whoever plans knows.

use super::parts::Sitting;
use super::store::{Part, Staffed, Trainer};

/// One thing that is needed twice at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub what: What,
    /// The other occasion's id.
    pub occasion: i64,
    pub module: String,
    /// The part of the other occasion that is at the same time.
    pub part: Part,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Trains at both.
    Trainer(String),
    /// Trains here and has a seat there.
    Attends(String),
    /// The room, or the address of the meeting, as it is written there.
    Room(String),
}

/// Something that is needed at one time: where it is held, who trains, and who else must be there.
#[derive(Debug, Clone, Copy)]
pub struct Needs<'a> {
    pub parts: &'a [Sitting],
    pub trainers: &'a [Trainer],
    /// Ids of those who have a seat.
    pub attending: &'a [i64],
}

/// Clashes of an occasion with these parts and trainers, each thing and other occasion once, in the others' order.
pub fn clashes(parts: &[Sitting], trainers: &[Trainer], others: &[Staffed]) -> Vec<Clash> {
    let with = |other: &Staffed| {
        let given = &other.given;
        let sittings: Vec<Sitting> = given.parts.iter().map(Part::sitting).collect();
        let there = Needs { parts: &sittings, trainers: &other.trainers, attending: &other.attending };
        let clash = |(what, at): (What, usize)| {
            let (module, part) = (given.occasion.module.clone(), given.parts[at].clone());
            Clash { what, occasion: given.occasion.id, module, part }
        };
        needed_twice(parts, trainers, there).into_iter().map(clash).collect::<Vec<_>>()
    };
    others.iter().flat_map(with).collect()
}

/// What these parts and trainers need that is needed there at the same time, each thing once, with which of the parts
/// there it is.
pub fn needed_twice(parts: &[Sitting], trainers: &[Trainer], there: Needs) -> Vec<(What, usize)> {
    let mut found: Vec<(What, usize)> = Vec::new();
    for (at, part) in there.parts.iter().enumerate() {
        for sitting in parts.iter().filter(|s| s.starts_at < part.ends_at && part.starts_at < s.ends_at) {
            for what in shared(sitting, trainers, there, part) {
                if !found.iter().any(|(known, _)| *known == what) {
                    found.push((what, at));
                }
            }
        }
    }
    found
}

fn shared(sitting: &Sitting, trainers: &[Trainer], there: Needs, part: &Sitting) -> Vec<What> {
    let mut shared = Vec::new();
    for trainer in trainers {
        if there.trainers.iter().any(|other| same(trainer, other)) {
            shared.push(What::Trainer(trainer.name.clone()));
        } else if trainer.person.is_some_and(|person| there.attending.contains(&person)) {
            shared.push(What::Attends(trainer.name.clone()));
        }
    }
    let same_text = |one: &str, other: &str| !one.trim().is_empty() && key(one) == key(other);
    if same_text(&sitting.place, &part.place) {
        shared.push(What::Room(part.place.clone()));
    } else if same_text(&sitting.link, &part.link) {
        shared.push(What::Room(part.link.clone()));
    }
    shared
}

/// Those who work here are known by who they are, the others by their names.
fn same(one: &Trainer, other: &Trainer) -> bool {
    match (one.person, other.person) {
        (Some(one), Some(other)) => one == other,
        (None, None) => key(&one.name) == key(&other.name),
        _ => false,
    }
}

/// However it is spaced and whatever the case: "Sal  Eken" is "sal eken".
fn key(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
    use proptest::prelude::*;

    use super::*;
    use crate::occasions::store::{Given, Occasion};

    fn at(hour: i64) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2027, 3, 1).unwrap().and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(hour)
    }

    fn sitting(hour: i64, place: &str) -> Sitting {
        Sitting { starts_at: at(hour), ends_at: at(hour + 2), place: place.into(), link: String::new() }
    }

    fn works_here(person: i64) -> Trainer {
        Trainer { person: Some(person), name: format!("Prov {person}") }
    }

    fn guest(name: &str) -> Trainer {
        Trainer { person: None, name: name.into() }
    }

    fn other(id: i64, parts: &[Sitting], trainers: Vec<Trainer>, attending: Vec<i64>) -> Staffed {
        let part = |(no, of): (i32, &Sitting)| Part {
            id: id * 100 + i64::from(no),
            occasion: id,
            no,
            starts_at: of.starts_at,
            ends_at: of.ends_at,
            place: of.place.clone(),
            link: String::new(),
            uid: String::new(),
            sequence: 0,
            reckoned: false,
        };
        let occasion = Occasion {
            id,
            edition_id: None,
            meeting: None,
            module: "intro".into(),
            starts_at: at(0),
            ends_at: at(99),
            place: String::new(),
            uid: String::new(),
            sequence: 0,
            cancelled_at: None,
            seats: None,
            minimum: 0,
            closes_at: None,
            link: String::new(),
            language: "sv".into(),
            kept_unit: None,
            kept_role: None,
            told_short_at: None,
            runs_anyway_at: None,
        };
        Staffed { given: Given { occasion, parts: (1..).zip(parts).map(part).collect() }, trainers, attending }
    }

    fn what(clashes: &[Clash]) -> Vec<What> {
        clashes.iter().map(|clash| clash.what.clone()).collect()
    }

    #[test]
    fn a_room_is_the_same_however_it_is_spaced() {
        let others = [other(7, &[sitting(9, "sal  EKEN ")], vec![], vec![])];
        assert_eq!(what(&clashes(&[sitting(8, "Sal Eken")], &[], &others)), [What::Room("sal  EKEN ".into())]);
        assert_eq!(clashes(&[sitting(11, "Sal Eken")], &[], &others), [], "one ends as the other begins");
        assert_eq!(
            clashes(&[sitting(8, "")], &[], &[other(7, &[sitting(8, "")], vec![], vec![])]),
            [],
            "nowhere is no room"
        );
    }

    #[test]
    fn whoever_trains_is_at_one_place_also_as_a_participant() {
        let there = [other(7, &[sitting(8, "Eken")], vec![works_here(1), guest("Gäst Gästsson")], vec![2])];
        let here = [works_here(1), works_here(2), works_here(3), guest("gäst gästsson")];
        let found = what(&clashes(&[sitting(9, "Linden")], &here, &there));
        let expected =
            [What::Trainer("Prov 1".into()), What::Attends("Prov 2".into()), What::Trainer("gäst gästsson".into())];
        assert_eq!(found, expected);
        assert_eq!(
            what(&clashes(&[sitting(9, "Linden")], &[guest("Prov 1")], &there)),
            [],
            "a name alone is somebody else"
        );
    }

    proptest! {
        /// A clash says that somebody or something is needed in the same hour at both, and nothing else does.
        #[test]
        fn a_clash_is_an_hour_that_is_needed_twice(
            here in prop::collection::vec((0..12_i64, prop::sample::select(vec!["", "A", "B"])), 1..4),
            there in prop::collection::vec((0..12_i64, prop::sample::select(vec!["", "A", "B"])), 1..4),
            trains in prop::bool::ANY,
        ) {
            let sittings = |of: &[(i64, &str)]| of.iter().map(|(hour, place)| sitting(*hour, place)).collect::<Vec<_>>();
            let others = [other(7, &sittings(&there), if trains { vec![works_here(1)] } else { vec![] }, vec![])];
            let found = what(&clashes(&sittings(&here), &[works_here(1)], &others));
            let both = |hour: i64, of: &[(i64, &str)]| of.iter().filter(|(from, _)| (*from..*from + 2).contains(&hour)).map(|(_, place)| place.to_string()).collect::<Vec<_>>();
            let mut rooms: Vec<String> = Vec::new();
            let mut hours = false;
            for hour in 0..14 {
                let (one, two) = (both(hour, &here), both(hour, &there));
                hours |= !one.is_empty() && !two.is_empty();
                rooms.extend(one.into_iter().filter(|place| !place.is_empty() && two.contains(place)));
            }
            rooms.sort();
            rooms.dedup();
            let mut said: Vec<String> = found.iter().filter_map(|what| if let What::Room(room) = what { Some(room.clone()) } else { None }).collect();
            said.sort();
            prop_assert_eq!(said, rooms);
            prop_assert_eq!(found.contains(&What::Trainer("Prov 1".into())), trains && hours);
        }
    }
}
