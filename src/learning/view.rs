//! A path in the form that programs read: the command line's JSON and the API's are this, so that they are the same.
//!
//! Ids beside titles in one language; hours as decimals; days as dates. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::explain::{Telling, sentences};
use crate::curriculum::model::{Language, Text};
use crate::engine::model::{Because, Holding, ModuleIx, Path, Proof, Quarters, Source, State, Step, Strength};

/// What is left to do, what is held, and why.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PathView {
    /// The day it is the answer for.
    pub today: NaiveDate,
    /// `sv` or `en`: the language of titles and sentences.
    #[schema(value_type = String)]
    pub language: Language,
    pub hours_left: f64,
    /// Of the steps and of what is held.
    pub hours_total: f64,
    /// No path has fewer hours.
    pub proved: bool,
    /// No path has fewer hours than this; equal to `hours_left` when that is proved.
    pub hours_at_least: f64,
    /// In the order to take them.
    pub steps: Vec<PieceView>,
    pub held: Vec<PieceView>,
    pub recommended: Vec<PieceView>,
}

/// One piece of a path.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PieceView {
    pub id: String,
    /// M1, V3, …
    pub code: String,
    pub title: String,
    pub area: String,
    pub hours: f64,
    /// `done`, `expiring`, `overdue`, `booked`, `expired`, `locked` or `available`.
    #[schema(value_type = String)]
    pub state: State,
    /// `required`, `one_of` or `recommended`; none for a piece that others build on and nothing asks for by itself.
    #[schema(value_type = Option<String>)]
    pub strength: Option<Strength>,
    /// The earliest day this piece, or a piece that builds on it, is due.
    pub due: Option<NaiveDate>,
    /// What must come first.
    pub locked_by: Vec<ModuleView>,
    pub booked: Option<SeatView>,
    pub achieved: Option<HeldView>,
    /// The equivalent that is held in this module's place.
    pub through: Option<ModuleView>,
    /// Most urgent first.
    pub because: Vec<BecauseView>,
}

/// Which module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ModuleView {
    pub id: String,
    /// M1, V3, …
    pub code: String,
    pub title: String,
}

/// A booked day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeatView {
    pub occasion: i64,
    pub day: NaiveDate,
}

/// An achievement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeldView {
    pub day: NaiveDate,
    pub valid_until: Option<NaiveDate>,
}

/// One reason, read from the person to the piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BecauseView {
    pub holding: HoldingView,
    pub since: NaiveDate,
    /// The edition's name, when the holding comes from taking part in one.
    pub edition: Option<String>,
    /// The roles passed through by inclusion, nearest to the holding first.
    pub includes: Vec<NamedView>,
    pub dose: NamedView,
    /// The version under which the person stands to this dose, such as 2026.1; none of files that are not published.
    pub version: Option<String>,
    /// `required`, `one_of` or `recommended`.
    #[schema(value_type = String)]
    pub strength: Strength,
    pub due: Option<NaiveDate>,
    /// From the module the dose asks for down to, but not including, this piece.
    pub builds_on: Vec<ModuleView>,
    /// The module the dose asks for, when the first of `builds_on` counts in its place.
    pub asked_for: Option<ModuleView>,
    /// The module asked for, when this piece counts in its place.
    pub instead_of: Option<ModuleView>,
    /// The same in words.
    pub sentences: Vec<String>,
}

/// What is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HoldingView {
    /// `everyone`, `title` or `role`.
    pub kind: String,
    /// The title's or the role's id.
    pub id: Option<String>,
    pub title: Option<String>,
}

/// Something with an id and a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NamedView {
    pub id: String,
    pub title: String,
}

/// `path` of the curriculum that `telling` is about, in its language.
pub fn view(telling: &Telling, path: &Path) -> PathView {
    let viewing = Viewing { telling, codes: telling.curriculum.codes() };
    let at_least = match path.proof {
        Proof::Optimal => path.quarters_left,
        Proof::AtLeast(quarters) => quarters,
    };
    PathView {
        today: telling.today,
        language: telling.language,
        hours_left: hours(path.quarters_left),
        hours_total: hours(path.quarters_total),
        proved: path.proof == Proof::Optimal,
        hours_at_least: hours(at_least),
        steps: viewing.pieces(&path.steps),
        held: viewing.pieces(&path.held),
        recommended: viewing.pieces(&path.recommended),
    }
}

fn hours(quarters: Quarters) -> f64 {
    f64::from(quarters) / 4.0
}

struct Viewing<'a> {
    telling: &'a Telling<'a>,
    codes: BTreeMap<&'a str, String>,
}

impl Viewing<'_> {
    fn pieces(&self, steps: &[Step]) -> Vec<PieceView> {
        steps.iter().map(|step| self.piece(step)).collect()
    }

    fn piece(&self, step: &Step) -> PieceView {
        let to_do = !matches!(step.state, State::Done | State::Expiring);
        let ModuleView { id, code, title } = self.module(step.module);
        PieceView {
            id,
            code,
            title,
            area: self.telling.curriculum.modules[usize::from(step.module.0)].1.area.clone(),
            hours: hours(step.quarters),
            state: step.state,
            strength: step.strength,
            due: step.due,
            locked_by: self.modules(&step.locked_by),
            booked: step.booked.map(|seat| SeatView { occasion: seat.occasion, day: seat.day }),
            achieved: step.achieved.map(|held| HeldView { day: held.day, valid_until: held.valid_until }),
            through: step.through.map(|module| self.module(module)),
            because: step.because.iter().map(|because| self.because(step.module, because, to_do)).collect(),
        }
    }

    fn because(&self, piece: ModuleIx, because: &Because, to_do: bool) -> BecauseView {
        let curriculum = self.telling.curriculum;
        let role = |id: &String| self.named(id, curriculum.roles.get(id).map(|role| &role.title));
        BecauseView {
            holding: self.holding(&because.holding),
            since: because.since,
            edition: match &because.source {
                Source::Programme { edition, .. } => Some(edition.clone()),
                Source::Hr | Source::Hand => None,
            },
            includes: because.includes.iter().map(role).collect(),
            dose: self.named(&because.dose, self.telling.dose_title(&because.dose)),
            version: self.telling.version(because).map(str::to_owned),
            strength: because.strength,
            due: because.due,
            builds_on: self.modules(&because.builds_on),
            asked_for: because.asked_for.map(|module| self.module(module)),
            instead_of: because.instead_of.map(|module| self.module(module)),
            sentences: sentences(self.telling, piece, because, to_do).iter().map(ToString::to_string).collect(),
        }
    }

    fn holding(&self, holding: &Holding) -> HoldingView {
        let curriculum = self.telling.curriculum;
        let (kind, id, title) = match holding {
            Holding::Everyone => ("everyone", None, None),
            Holding::Title(id) => ("title", Some(id), curriculum.titles.get(id).map(|title| &title.title)),
            Holding::Role(id) => ("role", Some(id), curriculum.roles.get(id).map(|role| &role.title)),
        };
        HoldingView {
            kind: kind.to_owned(),
            id: id.cloned(),
            title: title.map(|title| title.of(self.telling.language).to_owned()),
        }
    }

    fn named(&self, id: &str, title: Option<&Text>) -> NamedView {
        NamedView { id: id.to_owned(), title: title.map_or(id, |title| title.of(self.telling.language)).to_owned() }
    }

    fn modules(&self, modules: &[ModuleIx]) -> Vec<ModuleView> {
        modules.iter().map(|&module| self.module(module)).collect()
    }

    fn module(&self, module: ModuleIx) -> ModuleView {
        let (id, written) = &self.telling.curriculum.modules[usize::from(module.0)];
        ModuleView {
            id: id.clone(),
            code: self.codes.get(id.as_str()).cloned().unwrap_or_default(),
            title: written.title.of(self.telling.language).to_owned(),
        }
    }
}
