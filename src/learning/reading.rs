//! What there is to read before and after one's course days, as pages show it. Pure.

use serde::Serialize;

use super::my_path::Seen;
use crate::clock;
use crate::occasions::store;

/// Of one occasion, so many are named; the others stand on its page.
const NAMED: usize = 5;

/// What there is to read for one occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    pub occasion: i64,
    /// It is over, and this is for after it.
    pub after: bool,
    /// "Inför Mätplan, i morgon".
    pub heading: String,
    pub items: Vec<Item>,
    /// How many more stand on the occasion's page, in words.
    pub more: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    pub title: String,
    pub href: String,
    /// It lies somewhere else.
    pub outside: bool,
}

/// For each occasion what can be read now: what is to come first, the soonest foremost, then what is over, the latest
/// foremost. `materials` in time order.
pub fn readings(seen: &Seen, materials: &[store::Reading]) -> Vec<Reading> {
    let of_one = materials.chunk_by(|one, other| one.occasion.id == other.occasion.id);
    let (mut over, mut coming): (Vec<_>, Vec<_>) =
        of_one.filter_map(|of_one| reading(seen, of_one)).partition(|reading| reading.after);
    over.reverse();
    coming.extend(over);
    coming
}

/// For my path: before the first day to come, and after the latest `most` that are over.
pub fn for_now(readings: Vec<Reading>, most: usize) -> Vec<Reading> {
    let (over, coming): (Vec<_>, Vec<_>) = readings.into_iter().partition(|reading| reading.after);
    coming.into_iter().take(1).chain(over.into_iter().take(most)).collect()
}

fn reading(seen: &Seen, materials: &[store::Reading]) -> Option<Reading> {
    let store::Reading { occasion, after, .. } = materials.first()?;
    let module = seen.published.title_of_id(&occasion.module, seen.language);
    let when = seen.near(clock::day_of(occasion.starts_at));
    let key = if *after { "learning-read-after" } else { "learning-read-before" };
    let more = materials.len().saturating_sub(NAMED);
    Some(Reading {
        occasion: occasion.id,
        after: *after,
        heading: seen.text(key, &[("module", module.into()), ("when", when.into())]),
        items: materials.iter().take(NAMED).map(item).collect(),
        more: (more > 0).then(|| seen.text("learning-read-more", &[("count", more.into())])),
    })
}

fn item(material: &store::Reading) -> Item {
    let outside = !material.link.is_empty();
    let at = if material.after { "after" } else { "before" };
    Item {
        title: material.title.clone(),
        href: if outside { material.link.clone() } else { format!("/occasions/{}#{at}", material.occasion.id) },
        outside,
    }
}
