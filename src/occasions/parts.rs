//! The parts of an occasion: one for most, several half-days on different days for some. Pure: their span, whether they
//! are at the same time as others, and what becomes of each when an occasion is changed.

use chrono::NaiveDateTime;

use super::store::{Given, Occasion, Part};

/// A part as it is wanted. Instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sitting {
    pub starts_at: NaiveDateTime,
    pub ends_at: NaiveDateTime,
    /// May be empty when there is a link.
    pub place: String,
    pub link: String,
}

/// What becomes of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartChange {
    /// Stays as it is.
    Kept(Part),
    /// The same event in everybody's calendar, at another time or place.
    Moved(Part, Sitting),
    New(Sitting),
    /// Will not be given.
    Gone(Part),
}

impl PartChange {
    /// The part that was there before.
    fn part(&self) -> Option<&Part> {
        match self {
            PartChange::Kept(part) | PartChange::Moved(part, _) | PartChange::Gone(part) => Some(part),
            PartChange::New(_) => None,
        }
    }
}

impl Part {
    /// Also by the clock of whoever reckoned it, which may be ahead of this one's.
    pub fn is_over(&self, now: NaiveDateTime) -> bool {
        self.reckoned || self.ends_at <= now
    }

    pub fn sitting(&self) -> Sitting {
        Sitting { starts_at: self.starts_at, ends_at: self.ends_at, place: self.place.clone(), link: self.link.clone() }
    }
}

/// An occasion as whoever takes part meets it from now on: when and where its first part is that is not over.
pub fn from_now(given: &Given, now: NaiveDateTime) -> Occasion {
    let occasion = given.occasion.clone();
    match given.parts.iter().find(|part| now < part.ends_at) {
        Some(Part { starts_at, ends_at, place, link, .. }) => {
            let (place, link) = (place.clone(), link.clone());
            Occasion { starts_at: *starts_at, ends_at: *ends_at, place, link, ..occasion }
        }
        None => occasion,
    }
}

/// What becomes of the parts there are when these are wanted instead, in time order, what goes at the end. Whatever is
/// as before is kept, the others are moved in time order, and what is left over is new or gone: nobody's calendar hears
/// of more than it must.
pub fn differences(before: &[Part], wanted: &[Sitting]) -> Vec<PartChange> {
    let mut left: Vec<&Part> = before.iter().collect();
    left.sort_by_key(|part| (part.starts_at, part.id));
    let mut wanted: Vec<(Sitting, Option<&Part>)> = wanted.iter().map(|sitting| (sitting.clone(), None)).collect();
    wanted.sort_by(|one, other| one.0.cmp(&other.0));
    for (sitting, same) in &mut wanted {
        let at = left.iter().position(|part| part.sitting() == *sitting);
        *same = at.map(|at| left.remove(at));
    }
    let mut left = left.into_iter();
    let mut changes: Vec<PartChange> = Vec::with_capacity(wanted.len());
    for (sitting, same) in wanted {
        changes.push(match same {
            Some(part) => PartChange::Kept(part.clone()),
            None => match left.next() {
                Some(part) => PartChange::Moved(part.clone(), sitting),
                None => PartChange::New(sitting),
            },
        });
    }
    changes.extend(left.cloned().map(PartChange::Gone));
    changes
}

/// Ids of the parts that stay as they are but are another part of how many than before, by which calendars call them.
/// `changes` are those of [`differences`].
pub fn renumbered(changes: &[PartChange]) -> Vec<i64> {
    let there = changes.iter().filter(|change| !matches!(change, PartChange::Gone(_)));
    let (before, after) = (changes.iter().filter_map(PartChange::part).count(), there.clone().count());
    let number = |no: usize, of: usize| (of > 1).then_some((no, of));
    let other = |(index, change): (usize, &PartChange)| match change {
        PartChange::Kept(part) => {
            let was = usize::try_from(part.no).unwrap_or_default();
            (number(was, before) != number(index + 1, after)).then_some(part.id)
        }
        _ => None,
    };
    there.enumerate().filter_map(other).collect()
}

/// From the first start to the last end; none without parts.
pub fn span(sittings: &[Sitting]) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let first = sittings.iter().map(|sitting| sitting.starts_at).min()?;
    let last = sittings.iter().map(|sitting| sitting.ends_at).max()?;
    Some((first, last))
}

/// Whether a part of one is at the same time as a part of the other. What ends when the other begins is not.
pub fn collide(one: &[Part], other: &[Part]) -> bool {
    one.iter().any(|a| other.iter().any(|b| a.starts_at < b.ends_at && b.starts_at < a.ends_at))
}

/// Whether somebody would have to be at two of them at once.
pub fn overlap(sittings: &[Sitting]) -> bool {
    let mut sorted: Vec<&Sitting> = sittings.iter().collect();
    sorted.sort();
    sorted.windows(2).any(|pair| pair[1].starts_at < pair[0].ends_at)
}

#[cfg(test)]
#[path = "parts_tests.rs"]
mod tests;
