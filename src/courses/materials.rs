//! What is read before and after an occasion: added and taken away by whoever leads it, shown to those who have a seat.

use chrono::NaiveDateTime;

use crate::occasions::store::{self as rows, Material, NewMaterial, Occasion};
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, Store, failure};
use crate::words::clean_name;

/// The most that one occasion has.
pub const MOST: usize = 30;

/// Why a material is not added or taken away.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such occasion or material; open the page again")]
    NotThere,
    #[error("there are {MOST} materials already; take one away first")]
    TooMany,
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal);

/// Whether those who have a seat are shown it: what is for after, when the last part is over.
pub fn is_shown(material: &Material, occasion: &Occasion, now: NaiveDateTime) -> bool {
    !material.after || occasion.ends_at <= now
}

/// Adds something to an occasion's materials. Its title and its link or text are checked by the form.
pub fn add(
    store: &Store,
    occasion: i64,
    new: &NewMaterial,
    by: Option<i64>,
    now: NaiveDateTime,
) -> Result<(), Refusal> {
    let new = NewMaterial { title: clean_name(&new.title), ..new.clone() };
    store.write(|conn| {
        rows::hold(conn, occasion)?.ok_or(Refusal::NotThere)?;
        if rows::materials(conn, occasion)?.len() >= MOST {
            return Err(Refusal::TooMany);
        }
        rows::add_material(conn, occasion, &new, by, now)?;
        Ok(note(conn, "occasion.material_added", occasion, by, now)?)
    })
}

pub fn remove(store: &Store, occasion: i64, material: i64, by: Option<i64>, now: NaiveDateTime) -> Result<(), Refusal> {
    store.write(|conn| {
        if !rows::remove_material(conn, occasion, material)? {
            return Err(Refusal::NotThere);
        }
        Ok(note(conn, "occasion.material_removed", occasion, by, now)?)
    })
}

fn note(conn: &mut Conn, action: &str, occasion: i64, by: Option<i64>, at: NaiveDateTime) -> Result<(), Error> {
    let entry = Entry { at, actor_id: by, action, object_kind: "occasion", object_id: Some(occasion), detail: "" };
    audit::record(conn, &entry)
}
