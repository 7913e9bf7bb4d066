//! What becomes of a wish, in words.

use super::service::Refusal;
use crate::curriculum::model::Language;
use crate::learning::hindrance::{Hindrance, Kept};
use crate::learning::service as learning;
use crate::occasions::seat::Seat;
use crate::occasions::service as occasions;
use crate::occasions::{deciding, life};
use crate::versions::published::Published;
use crate::web::Problem;
use crate::words;

/// The key of what is said when a wish has been carried out.
pub(super) fn said(seat: Seat) -> &'static str {
    match seat {
        Seat::Booked => "courses-said-booked",
        Seat::Waitlisted => "courses-said-waiting",
        Seat::Offered => "courses-said-offered",
        Seat::Cancelled => "courses-said-left",
        Seat::Attended | Seat::Absent => "courses-said-marked",
    }
}

/// Why a wish has not been carried out.
pub(super) fn refused(refusal: &Refusal, published: &Published, language: Language) -> String {
    match refusal {
        Refusal::Occasion(occasions::Refusal::Life(life)) => words::text(language, key(*life), &[]),
        Refusal::Lacks(modules) => {
            words::text(language, "courses-lacks", &[("modules", words::list(language, modules).into())])
        }
        Refusal::Collides { module, .. } => {
            words::text(language, "courses-collides-with", &[("module", module.as_str().into())])
        }
        Refusal::Kept(kept) => kept_for(kept, published, language),
        Refusal::Has { .. } => words::text(language, "courses-has-seat", &[]),
        Refusal::NoShows(times) => words::text(language, "courses-no-shows", &[("count", (*times).into())]),
        Refusal::Oneself => words::text(language, "courses-exception-oneself", &[]),
        // These are told in another way.
        Refusal::NoReason | Refusal::NoSuchPerson | Refusal::Occasion(_) | Refusal::Store(_) => {
            words::text(language, "web-conflict", &[])
        }
    }
}

/// What is said of a hindrance that has no links of its own.
pub(super) fn hindered(hindrance: &Hindrance, published: &Published, language: Language) -> Option<String> {
    match hindrance {
        Hindrance::Kept(kept) => Some(kept_for(kept, published, language)),
        Hindrance::NoShows(times) => Some(words::text(language, "courses-no-shows", &[("count", (*times).into())])),
        Hindrance::Has(_) | Hindrance::Lacks(_) | Hindrance::Collides(_) => None,
    }
}

/// "Tillfället är till för dem som …".
pub(super) fn kept_for(kept: &Kept, published: &Published, language: Language) -> String {
    match kept {
        Kept::Edition(name) => words::text(language, "courses-kept-edition", &[("name", name.as_str().into())]),
        Kept::Unit(name) => words::text(language, "courses-kept-unit", &[("name", name.as_str().into())]),
        Kept::Role(role) => {
            let name = published.role_title(role, language);
            words::text(language, "courses-kept-role", &[("name", name.into())])
        }
    }
}

fn key(refusal: life::Refusal) -> &'static str {
    match refusal {
        life::Refusal::CalledOff => "courses-called-off",
        life::Refusal::Begun => "courses-begun",
        life::Refusal::Closed => "courses-closed",
        life::Refusal::AlreadyThere => "courses-already-there",
        life::Refusal::Full => "courses-is-full",
        life::Refusal::NotOffered => "courses-not-offered",
        life::Refusal::NotThere => "courses-not-there",
    }
}

impl From<occasions::Refusal> for Problem {
    fn from(refusal: occasions::Refusal) -> Self {
        match refusal {
            occasions::Refusal::Store(error) => error.into(),
            occasions::Refusal::NoSuchOccasion => Problem::NotFound,
            occasions::Refusal::Life(life) => Problem::Conflict(key(life)),
        }
    }
}

impl From<deciding::Refusal> for Problem {
    fn from(refusal: deciding::Refusal) -> Self {
        match refusal {
            deciding::Refusal::NotShort => Problem::Conflict("courses-not-short"),
            deciding::Refusal::Occasion(refusal) => refusal.into(),
            deciding::Refusal::Store(error) => error.into(),
        }
    }
}

impl From<learning::Refusal> for Problem {
    fn from(refusal: learning::Refusal) -> Self {
        use learning::Refusal as R;
        match refusal {
            R::Store(error) => error.into(),
            R::NoSuchPerson => Problem::NotFound,
            R::NoSuchModule(_) | R::ToCome(_) | R::NoSuchEvidence(_) => Problem::BadRequest,
        }
    }
}
