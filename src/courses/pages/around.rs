//! What stands around an occasion on its page: materials, and for whoever leads it what it clashes with.

use serde::Serialize;

use crate::accounts::policy::{self, Actor};
use crate::courses::materials;
use crate::courses::plan::{Plan, clashes_of};
use crate::courses::proposed::ClashLine;
use crate::courses::view::Telling;
use crate::occasions::life::Entry;
use crate::occasions::store::{self as rows, Given, Material, Trainer};
use crate::store::{Conn, Error};

#[derive(Debug, Default, Serialize)]
pub(super) struct Around {
    pub before: Vec<Shown>,
    pub after: Vec<Shown>,
    pub clashes: Vec<ClashLine>,
}

/// A material as it is shown.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    pub id: i64,
    pub title: String,
    pub link: String,
    pub paragraphs: Vec<String>,
    /// Participants do not see it yet.
    pub later: bool,
}

/// For those who have a seat or lead it; nothing for others.
pub(super) fn read(
    conn: &mut Conn,
    telling: &Telling,
    actor: &Actor,
    given: &Given,
    trainers: &[Trainer],
    list: &[Entry],
) -> Result<Around, Error> {
    let trained: Vec<i64> = trainers.iter().filter_map(|trainer| trainer.person).collect();
    let leads = policy::leads_occasion(actor, &trained);
    let comes = list.iter().any(|entry| entry.person == actor.id && entry.seat.has_seat());
    if !leads && !comes {
        return Ok(Around::default());
    }
    let called_off = given.occasion.cancelled_at.is_some();
    let clashes = match leads && !called_off && telling.now < given.occasion.ends_at {
        true => clashes_of(conn, &Plan::of(given, trainers), Some(given.occasion.id))?,
        false => Vec::new(),
    };
    let all = rows::materials(conn, given.occasion.id)?;
    let (after, before): (Vec<Material>, Vec<Material>) = all.into_iter().partition(|material| material.after);
    let show = |all: Vec<Material>| -> Vec<Shown> {
        let is_shown = |material: &Material| materials::is_shown(material, &given.occasion, telling.now);
        all.into_iter()
            .filter(|material| leads || is_shown(material))
            .map(|material| Shown { later: !is_shown(&material), ..shown(material) })
            .collect()
    };
    Ok(Around { before: show(before), after: show(after), clashes: telling.clash_lines(&clashes) })
}

pub(super) fn shown(material: Material) -> Shown {
    let paragraphs = material.body.lines().map(str::trim).filter(|line| !line.is_empty());
    Shown {
        paragraphs: paragraphs.map(str::to_owned).collect(),
        id: material.id,
        title: material.title,
        link: material.link,
        later: false,
    }
}
