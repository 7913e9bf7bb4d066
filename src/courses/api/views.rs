//! Occasions as programs read and write them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock;
use crate::courses::plan::{PartPlan, Plan};
use crate::curriculum::model::Language;
use crate::occasions::audience::Audience;
use crate::occasions::seat::Seat;
use crate::occasions::store::{self as rows, Given, Trainer};
use crate::programme::api::occasions::PartView;
use crate::store::{Conn, Error};
use crate::web::Problem;
use crate::web::api::invalid;
use crate::words::{clean_name, to_local, to_utc};

/// A module given on a day, or in several parts.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccasionDetails {
    pub id: i64,
    /// A module id.
    pub module: String,
    /// The edition's id, when it is kept for one.
    pub edition: Option<i64>,
    /// The id of the programme's meeting it belongs to.
    pub meeting: Option<String>,
    /// When the first part begins.
    pub starts_at: DateTime<Utc>,
    /// When the last part ends.
    pub ends_at: DateTime<Utc>,
    /// The first part's place.
    pub place: String,
    /// In time order, at least one.
    pub parts: Vec<PartView>,
    /// None = as many as come.
    pub seats: Option<i32>,
    /// Fewer booked than this, and it may not be worth giving.
    pub minimum: i32,
    /// `reached` (also when none is asked for, or it has begun or is called off), `open` while there is time yet, `short`
    /// when it must be decided whether it is given, or `runs_anyway` when that has been decided.
    pub minimum_state: &'static str,
    /// From then on nobody can ask for a seat; when it begins, if none.
    pub closes_at: Option<DateTime<Utc>>,
    /// `sv` or `en`.
    pub language: String,
    pub audience: AudienceView,
    pub trainers: Vec<TrainerView>,
    /// Seats that are booked, offered or were used.
    pub taken: usize,
    /// People in line.
    pub waiting: usize,
    pub cancelled_at: Option<DateTime<Utc>>,
}

/// For whom an occasion is; when nothing is named, for everybody.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AudienceView {
    /// The edition's id: those who take part in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<i64>,
    /// The unit's id: those who work in it or below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<i64>,
    /// A role id: those who hold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// Somebody who trains: a person's id, or the name of a guest.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TrainerView {
    pub person: Option<i64>,
    /// Not read when a person is named.
    pub name: String,
}

/// An occasion to be, or as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOccasion {
    /// A module id.
    module: String,
    #[schema(min_items = 1, max_items = 12)]
    parts: Vec<NewPart>,
    /// None = as many as come.
    #[schema(maximum = 10_000)]
    seats: Option<u32>,
    #[serde(default)]
    #[schema(maximum = 10_000)]
    minimum: u32,
    /// Booking closes at the end of the day so many days before; 0 = when it begins.
    #[serde(default)]
    #[schema(maximum = 365)]
    closes_days: u32,
    /// `sv` (as when it is left out) or `en`.
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    audience: AudienceView,
    #[serde(default)]
    #[schema(max_items = 8)]
    trainers: Vec<TrainerView>,
}

/// A part to be: on one day, with a place or the https address of a meeting.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPart {
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    #[serde(default)]
    #[schema(max_length = 200)]
    place: String,
    #[serde(default)]
    #[schema(max_length = 500)]
    link: String,
}

impl NewPart {
    fn plan(&self) -> Result<PartPlan, Problem> {
        let (starts, ends) = (to_local(self.starts_at.naive_utc()), to_local(self.ends_at.naive_utc()));
        let link = self.link.trim();
        let https = link.is_empty() || url::Url::parse(link).is_ok_and(|url| url.scheme() == "https");
        // The hour that comes twice in October is planned the first time round.
        let said = to_utc(starts) == self.starts_at.naive_utc() && to_utc(ends) == self.ends_at.naive_utc();
        match () {
            () if starts.date() != ends.date() || !said => Err(invalid("parts", "courses-part-one-day")),
            () if !https || link.len() > 500 => Err(invalid("parts", "courses-link-wrong")),
            () if self.place.chars().count() > 200 => Err(invalid("parts", "api-place-length")),
            () => Ok(PartPlan {
                day: starts.date(),
                starts: starts.time(),
                ends: ends.time(),
                place: clean_name(&self.place),
                link: link.to_owned(),
            }),
        }
    }
}

impl NewOccasion {
    pub fn plan(&self) -> Result<Plan, Problem> {
        if self.seats.is_some_and(|seats| seats > 10_000) || self.minimum > 10_000 || self.closes_days > 365 {
            return Err(invalid("seats", "courses-not-a-number"));
        }
        let audience = match (&self.audience.edition, &self.audience.unit, &self.audience.role) {
            (None, None, None) => Audience::Everybody,
            (Some(edition), None, None) => Audience::Edition(*edition),
            (None, Some(unit), None) => Audience::Unit(*unit),
            (None, None, Some(role)) => Audience::Role(role.clone()),
            _ => return Err(invalid("audience", "courses-kept-unknown")),
        };
        let language = match self.language.as_deref() {
            None | Some("sv") => Language::Sv,
            Some("en") => Language::En,
            Some(_) => return Err(invalid("language", "courses-language-unknown")),
        };
        let trainer = |trainer: &TrainerView| match (trainer.person, clean_name(&trainer.name)) {
            (Some(person), _) => Ok(Trainer { person: Some(person), name: String::new() }),
            (None, name) if (1..=200).contains(&name.chars().count()) => Ok(Trainer { person: None, name }),
            _ => Err(invalid("trainers", "courses-trainer-unknown")),
        };
        let mut trainers: Vec<Trainer> = Vec::new();
        for wanted in self.trainers.iter().map(trainer) {
            let wanted = wanted?;
            if !trainers.contains(&wanted) {
                trainers.push(wanted);
            }
        }
        if trainers.len() > 8 {
            return Err(invalid("trainers", "courses-trainers-too-many"));
        }
        Ok(Plan {
            module: self.module.clone(),
            parts: self.parts.iter().map(NewPart::plan).collect::<Result<_, _>>()?,
            seats: self.seats,
            minimum: self.minimum,
            closes_days: self.closes_days,
            language,
            audience,
            trainers,
        })
    }
}

/// Occasions with what is known about them, in the order in which they come.
pub fn details(conn: &mut Conn, given: Vec<Given>) -> Result<Vec<OccasionDetails>, Error> {
    let ids: Vec<i64> = given.iter().map(|given| given.occasion.id).collect();
    let mut trainers = rows::trainers_of(conn, &ids)?;
    let seats = rows::seats_of(conn, &ids)?;
    let count = |id: i64, wanted: fn(Seat) -> bool| {
        seats.iter().filter(|(occasion, _, seat)| *occasion == id && wanted(*seat)).count()
    };
    let now = clock::now();
    let one = |Given { occasion, parts }: Given| OccasionDetails {
        taken: count(occasion.id, Seat::is_taken),
        waiting: count(occasion.id, |seat| seat == Seat::Waitlisted),
        trainers: trainers.remove(&occasion.id).unwrap_or_default().into_iter().map(TrainerView::from).collect(),
        audience: AudienceView {
            edition: occasion.edition_id,
            unit: occasion.kept_unit,
            role: occasion.kept_role.clone(),
        },
        minimum_state: occasion.minimum_at(count(occasion.id, |seat| seat == Seat::Booked), now).code(),
        id: occasion.id,
        module: occasion.module,
        edition: occasion.edition_id,
        meeting: occasion.meeting,
        starts_at: occasion.starts_at.and_utc(),
        ends_at: occasion.ends_at.and_utc(),
        place: occasion.place,
        parts: parts.into_iter().map(PartView::from).collect(),
        seats: occasion.seats,
        minimum: occasion.minimum,
        closes_at: occasion.closes_at.map(|at| at.and_utc()),
        language: occasion.language,
        cancelled_at: occasion.cancelled_at.map(|at| at.and_utc()),
    };
    Ok(given.into_iter().map(one).collect())
}

impl From<Trainer> for TrainerView {
    fn from(trainer: Trainer) -> Self {
        TrainerView { person: trainer.person, name: trainer.name }
    }
}
