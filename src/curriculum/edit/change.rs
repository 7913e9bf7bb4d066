//! One entry put, removed or changed. A change touches the fields in which its two sides differ, and no others.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{EditError, Found, conflict};
use crate::curriculum::shape::Field;
use crate::curriculum::written::{self, Entry};

/// What happens to one entry: put when there is no `before`, removed when there is no `after`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "T: Entry")]
pub struct Change<T: Entry> {
    /// Empty for the section `about`.
    pub id: String,
    #[serde(default, serialize_with = "write", deserialize_with = "read")]
    pub before: Option<T>,
    #[serde(default, serialize_with = "write", deserialize_with = "read")]
    pub after: Option<T>,
}

impl<T: Entry> Change<T> {
    pub fn inverse(self) -> Change<T> {
        Change { id: self.id, before: self.after, after: self.before }
    }

    /// What the entry is afterwards, when it is `now` at present; `place` names it in a conflict.
    pub(super) fn onto(&self, place: &str, now: Option<&T>) -> Result<Option<T>, EditError> {
        match (&self.before, &self.after, now) {
            (None, after, None) => Ok(after.clone()),
            (None, _, Some(_)) => Err(conflict(place.to_owned(), Found::Something)),
            (Some(_), _, None) => Err(conflict(place.to_owned(), Found::Nothing)),
            (Some(before), None, Some(now)) => {
                let differs =
                    |field: &&Field| part(&written::plain(before), field) != part(&written::plain(now), field);
                match T::shape().fields.iter().find(differs) {
                    Some(field) => Err(changed(place, field, &written::plain(now))),
                    None => Ok(None),
                }
            }
            (Some(before), Some(after), Some(now)) => merge(place, before, after, now).map(Some),
        }
    }
}

/// `now` with the fields of `after` in which it differs from `before`.
fn merge<T: Entry>(place: &str, before: &T, after: &T, now: &T) -> Result<T, EditError> {
    if now == before {
        return Ok(after.clone());
    }
    let (before, after) = (written::plain(before), written::plain(after));
    let mut merged = written::plain(now);
    for field in T::shape().fields {
        let (was, is) = (part(&before, field), part(&after, field));
        if was == is {
            continue;
        }
        if part(&merged, field) != was {
            return Err(changed(place, field, &merged));
        }
        merged[field.name] = is.clone();
    }
    // Every field has the form it had in one of the three.
    written::read(&written::record(T::shape(), &merged).flat())
        .map_err(|found| conflict(place.to_owned(), Found::Field(found)))
}

fn part<'a>(entry: &'a Value, field: &Field) -> &'a Value {
    entry.get(field.name).unwrap_or(&Value::Null)
}

fn changed(place: &str, field: &'static Field, now: &Value) -> EditError {
    let value = part(now, field);
    let found = if written::left_out(field, value) { String::new() } else { written::of(&field.shape, value).flat() };
    conflict(format!("{place}.{}", field.name), Found::Field(found))
}

fn write<T: Entry, S: Serializer>(entry: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    entry.as_ref().map(|entry| written::entry(entry, 0)).serialize(serializer)
}

fn read<'de, T: Entry, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| written::read(&text)).transpose().map_err(D::Error::custom)
}
