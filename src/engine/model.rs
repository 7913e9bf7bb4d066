//! What the engine is told and what it answers: plain data.
//!
//! Everything the system says about a person is a pure function of a compiled curriculum, the person's facts and
//! a day. No clock, no IO, no randomness.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::transition::VersionIx;

/// A module's dense index within one compiled curriculum; meaningless outside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ModuleIx(pub u16);

/// Quarter hours: the unit all costs are counted in, so that sums are exact.
pub type Quarters = u32;

/// What is known about one person. Order does not matter to the answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub assignments: Vec<Assignment>,
    pub achievements: Vec<Achievement>,
    pub bookings: Vec<Booking>,
}

/// A title or a role held from a day to a day (both included).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assignment {
    pub holding: Holding,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub source: Source,
}

/// What is held. Ids that the curriculum does not know ask for nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind", content = "id")]
pub enum Holding {
    /// Being employed: the dose in `about.everyone`.
    Everyone,
    Title(String),
    Role(String),
}

/// Where an assignment comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The HR import.
    Hr,
    /// Taking part in an edition; its name and its id.
    Programme { edition: String, id: i64 },
    /// Given by hand.
    Hand,
}

/// A module that the person has, unrevoked. Ids that the curriculum does not know count for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Achievement {
    pub module: String,
    pub day: NaiveDate,
    /// The last day it counts for a requirement; none = for good.
    pub valid_until: Option<NaiveDate>,
}

/// A seat on an occasion to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    pub module: String,
    pub day: NaiveDate,
    /// The occasion's id.
    pub occasion: i64,
}

/// How much a demand asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    Required,
    /// One of a set: the cheapest that fits has been chosen.
    OneOf,
    Recommended,
}

/// The whole answer for one person on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Path {
    /// What is left to do, in the order to do it.
    pub steps: Vec<Step>,
    /// What is required, or built on by a step or by another held piece, and already held (by itself or through an
    /// equivalent); in the curriculum's order.
    pub held: Vec<Step>,
    /// Recommended modules that are neither held nor in `steps`; they cost nothing here.
    pub recommended: Vec<Step>,
    /// Hours of `steps`.
    pub quarters_left: Quarters,
    /// Hours of `steps` and `held`.
    pub quarters_total: Quarters,
    pub proof: Proof,
}

/// Whether `steps` is the cheapest possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    Optimal,
    /// The budget stopped the search: no path costs less than this.
    AtLeast(Quarters),
}

/// One piece of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    pub module: ModuleIx,
    pub quarters: Quarters,
    /// None for a piece that no demand asks for by itself (a prerequisite).
    pub strength: Option<Strength>,
    pub state: State,
    /// The earliest day that this piece, or a piece that builds on it, is due. None when nothing has a deadline.
    pub due: Option<NaiveDate>,
    /// Steps of this path that must come first; empty when nothing locks it. A recommended piece is also locked by
    /// pieces outside the path.
    pub locked_by: Vec<ModuleIx>,
    pub booked: Option<Seat>,
    /// The achievement that counts longest, also an expired one: the module's own, or that of `through`.
    pub achieved: Option<Held>,
    /// The equivalent that is held in this module's place.
    pub through: Option<ModuleIx>,
    /// Why the person has this piece, most urgent reason first; never empty in `steps` and `recommended`.
    pub because: Vec<Because>,
}

/// What a piece is called on screen. The first that fits, from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Held, and nothing that ends within 90 days is required of it.
    Done,
    /// Held, but the validity ends within 90 days and something requires it.
    Expiring,
    /// To do, and its day has passed.
    Overdue,
    /// To do, with a seat on an occasion to come.
    Booked,
    /// Required and once held, but no longer valid.
    Expired,
    /// To do, and other steps come first.
    Locked,
    /// To do, and nothing stands in the way.
    Available,
}

/// A booked day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Seat {
    pub occasion: i64,
    pub day: NaiveDate,
}

/// An achievement as a step shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Held {
    pub day: NaiveDate,
    pub valid_until: Option<NaiveDate>,
}

/// One reason, read from the person to the piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Because {
    pub holding: Holding,
    pub since: NaiveDate,
    pub source: Source,
    /// The roles passed through by inclusion, nearest to the holding first; empty when the dose is the holding's own.
    pub includes: Vec<String>,
    /// The dose's id.
    pub dose: String,
    /// The version under which the assignment stands to this dose: the newest, or the last one with the dose that it
    /// keeps. Its dose may be one that the newest version no longer has.
    pub version: VersionIx,
    pub strength: Strength,
    pub due: Option<NaiveDate>,
    /// From the module the dose asks for down to, but not including, this piece: each builds on the next.
    pub builds_on: Vec<ModuleIx>,
    /// The module that the dose itself asks for, when the first of `builds_on` counts in its place.
    pub asked_for: Option<ModuleIx>,
    /// The module that was asked for (or that the last of `builds_on` builds on), when this piece counts in its place.
    pub instead_of: Option<ModuleIx>,
}

/// One thing asked of a person, whether they have it or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Requirement {
    pub module: ModuleIx,
    /// The strongest of the reasons; `OneOf` for every module of a set to choose from.
    pub strength: Strength,
    /// The earliest due day of the reasons.
    pub due: Option<NaiveDate>,
    /// Most urgent first, never empty.
    pub because: Vec<Because>,
}

/// How long the search for the cheapest path may go on, in search nodes, so that the answer does not depend on the
/// machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    pub nodes: u64,
}

impl Default for Budget {
    /// Ample: hundreds of alternatives among 700 modules need some dozens; this is a few seconds at worst.
    fn default() -> Self {
        Budget { nodes: 5_000 }
    }
}
