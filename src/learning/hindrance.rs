//! What stands in the way of a seat, but for the seats themselves: the same for whoever asks, takes an offer, books a plan
//! or is enrolled in an edition. Pure.

use chrono::NaiveDateTime;

use crate::clock;
use crate::curriculum::model::Language;
use crate::engine::lacks;
use crate::engine::model::Facts;
use crate::occasions::parts::collide;
use crate::occasions::store::Given;
use crate::versions::published::Published;
use crate::words;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// Has not come so many times that another person must book.
    NoShows(usize),
    Kept(Kept),
    /// Has a seat at this occasion of the same module, which has not begun: it can be changed for the other.
    Has(Box<Given>),
    /// Ids of modules.
    Lacks(Vec<String>),
    Collides(Box<Given>),
}

/// For whom an occasion is kept, by the name of the edition or unit, or the id of the role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    Edition(String),
    Unit(String),
    Role(String),
}

impl std::fmt::Display for Kept {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Kept::Edition(name) => write!(out, "those who take part in {name}"),
            Kept::Unit(name) => write!(out, "those who work in {name}"),
            Kept::Role(role) => write!(out, "those who have the role {role}"),
        }
    }
}

/// All that the facts and the seats at `others`, also those as a trainer, put in the way of a seat at `at`. A module that
/// is had may be taken again, and what was missed at an occasion that has begun may be taken at another.
pub fn hindrances(
    published: &Published,
    facts: &Facts,
    others: &[Given],
    at: &Given,
    now: NaiveDateTime,
) -> Vec<Hindrance> {
    let Given { occasion, parts } = at;
    let booked = |id: i64| facts.bookings.iter().any(|booking| booking.occasion == id);
    let same = |other: &&Given| {
        let Given { occasion: other, .. } = other;
        other.module == occasion.module && other.id != occasion.id && other.starts_at > now && booked(other.id)
    };
    let mut found: Vec<Hindrance> =
        others.iter().filter(same).map(|other| Hindrance::Has(Box::new(other.clone()))).collect();
    if let Some((module, _)) = published.module_by_id(&occasion.module) {
        let by_then = finishing(facts, others);
        let lacking = lacks(&published.compiled, &by_then, module, clock::day_of(occasion.starts_at));
        if !lacking.is_empty() {
            found.push(Hindrance::Lacks(lacking.into_iter().map(|id| published.id_of(id).to_owned()).collect()));
        }
    }
    let collides = others.iter().filter(|other| collide(&other.parts, parts));
    found.extend(collides.map(|other| Hindrance::Collides(Box::new(other.clone()))));
    found
}

/// The same facts with what is booked on the day it is finished: what comes first must be over when the next begins.
pub fn finishing(facts: &Facts, booked: &[Given]) -> Facts {
    let mut facts = facts.clone();
    for booking in &mut facts.bookings {
        let known = booked.iter().find(|given| given.occasion.id == booking.occasion);
        booking.day = known.map_or(booking.day, |given| clock::day_of(given.occasion.ends_at));
    }
    facts
}

/// What facts and seats put in the way, in a sentence about somebody else.
pub fn told(hindrance: &Hindrance, published: &Published, language: Language) -> String {
    match hindrance {
        Hindrance::Lacks(modules) => {
            let titles: Vec<&str> = modules.iter().map(|id| published.title_of_id(id, language)).collect();
            words::text(language, "learning-lacks", &[("modules", words::list(language, &titles).into())])
        }
        Hindrance::Has(_) => words::text(language, "learning-hindrance-has-seat", &[]),
        Hindrance::Collides(other) => {
            let module = published.title_of_id(&other.occasion.module, language);
            words::text(language, "learning-collides", &[("module", module.into())])
        }
        Hindrance::Kept(_) | Hindrance::NoShows(_) => words::text(language, "learning-by-hand", &[]),
    }
}
