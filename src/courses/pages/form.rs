//! The form in which an occasion is planned: what is typed, and the plan that it is.

use serde::{Deserialize, Serialize};

use super::known::Known;
use super::row::{Ids, Row, Wrong, id};
use crate::courses::plan::{self, MOST_PARTS, PartPlan, Plan};
use crate::courses::propose::Series;
use crate::curriculum::model::Language;
use crate::occasions::audience::Audience;
use crate::occasions::store::Trainer;
use crate::web::Errors;
use crate::words::clean_name;

/// The most who train at one occasion.
const MOST_TRAINERS: usize = 8;

/// An occasion as it is typed. Fields of parts are repeated, once for each row; a row without a day is no part.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlanForm {
    module: String,
    day: Vec<String>,
    starts: Vec<String>,
    ends: Vec<String>,
    place: Vec<String>,
    link: Vec<String>,
    seats: String,
    minimum: String,
    closes: String,
    every: String,
    times: String,
    /// `sv` or `en`.
    language: String,
    /// Nothing for everybody, `edition:7`, `role:coach`, or `unit` with the unit beside it.
    kept: String,
    /// The unit's name or the region's own id.
    unit: String,
    /// Ids of people, or nothing.
    trainer: Vec<String>,
    /// Names of trainers from elsewhere, one on each line.
    guests: String,
    /// Asks to see the days first.
    preview: String,
    /// The days have been seen: these of them, by their places in the list.
    confirm: String,
    chosen: Vec<usize>,
    /// Asks for a row for one more part, and nothing else.
    more: String,
}

impl Default for PlanForm {
    /// A whole day, closed for booking three days before.
    fn default() -> Self {
        let text = String::from;
        PlanForm {
            module: text(""),
            day: Vec::new(),
            starts: vec![text("08:30")],
            ends: vec![text("16:30")],
            place: Vec::new(),
            link: Vec::new(),
            seats: text("20"),
            minimum: text(""),
            closes: text("3"),
            every: text("2"),
            times: text("1"),
            language: text("sv"),
            kept: text(""),
            unit: text(""),
            trainer: Vec::new(),
            guests: text(""),
            preview: text(""),
            confirm: text(""),
            chosen: Vec::new(),
            more: text(""),
        }
    }
}

impl PlanForm {
    /// An empty form but for what is known.
    pub(super) fn wanted(module: String, day: String) -> PlanForm {
        PlanForm { module, day: vec![day], ..PlanForm::default() }
    }

    pub(super) fn of(plan: &Plan, known: &Known) -> PlanForm {
        let number = |n: u32| if n == 0 { String::new() } else { n.to_string() };
        let each = |text: fn(&PartPlan) -> String| plan.parts.iter().map(text).collect::<Vec<_>>();
        PlanForm {
            module: plan.module.clone(),
            day: each(|part| part.day.to_string()),
            starts: each(|part| part.starts.format("%H:%M").to_string()),
            ends: each(|part| part.ends.format("%H:%M").to_string()),
            place: each(|part| part.place.clone()),
            link: each(|part| part.link.clone()),
            seats: plan.seats.map(|seats| seats.to_string()).unwrap_or_default(),
            minimum: number(plan.minimum),
            closes: number(plan.closes_days),
            language: plan.language.code().to_owned(),
            kept: match &plan.audience {
                Audience::Everybody => String::new(),
                Audience::Edition(edition) => format!("edition:{edition}"),
                Audience::Unit(_) => "unit".into(),
                Audience::Role(role) => format!("role:{role}"),
            },
            unit: match plan.audience {
                Audience::Unit(unit) => known.unit_text(unit),
                _ => String::new(),
            },
            trainer: plan.trainers.iter().filter_map(|trainer| Some(trainer.person?.to_string())).collect(),
            guests: guests(&plan.trainers).join("\n"),
            ..PlanForm::default()
        }
    }

    /// Whether it only asks for one more row, which it then has: like the last one, but for its day.
    pub(super) fn asks_for_more(&mut self) -> bool {
        if self.more.is_empty() {
            return false;
        }
        self.more.clear();
        let last = self.row(self.count() - 1);
        if self.count() < MOST_PARTS {
            let count = self.count();
            let add = |to: &mut Vec<String>, value: String| {
                to.resize(count, String::new());
                to.push(value);
            };
            add(&mut self.day, String::new());
            add(&mut self.starts, last.starts);
            add(&mut self.ends, last.ends);
            add(&mut self.place, last.place);
            add(&mut self.link, last.link);
        }
        true
    }

    /// At least one.
    fn count(&self) -> usize {
        self.day.len().clamp(1, MOST_PARTS)
    }

    fn row(&self, index: usize) -> Row {
        let of = |values: &[String]| values.get(index).map(|value| value.trim().to_owned()).unwrap_or_default();
        Row {
            number: index + 1,
            ids: Ids {
                day: id("day", index),
                starts: id("starts", index),
                ends: id("ends", index),
                place: id("place", index),
                link: id("link", index),
            },
            day: of(&self.day),
            starts: of(&self.starts),
            ends: of(&self.ends),
            place: of(&self.place),
            link: of(&self.link),
            wrong: Wrong::default(),
        }
    }

    pub(super) fn rows(&self, errors: &Errors) -> Vec<Row> {
        let row = |index: usize| {
            let wrong = |field: &str| errors.of(&id(field, index));
            let wrong = Wrong {
                day: wrong("day"),
                starts: wrong("starts"),
                ends: wrong("ends"),
                place: wrong("place"),
                link: wrong("link"),
            };
            Row { wrong, ..self.row(index) }
        };
        (0..self.count()).map(row).collect()
    }

    /// Whether the days are to be shown before anything is opened: always those of a series.
    pub(super) fn is_shown_first(&self, series: Series) -> bool {
        self.confirm.is_empty() && (!self.preview.is_empty() || series.times > 1)
    }

    /// Which of the days that were shown are wanted; none when none were shown.
    pub(super) fn chosen(&self) -> Option<&[usize]> {
        (!self.confirm.is_empty()).then_some(&self.chosen)
    }

    /// Everything that was typed, as hidden fields would send it once more.
    pub(super) fn fields(&self) -> Vec<(&'static str, String)> {
        let each = |name: &'static str, values: &[String]| values.iter().map(|v| (name, v.clone())).collect::<Vec<_>>();
        let mut fields = [
            each("day", &self.day),
            each("starts", &self.starts),
            each("ends", &self.ends),
            each("place", &self.place),
            each("link", &self.link),
            each("trainer", &self.trainer),
        ]
        .concat();
        fields.extend([
            ("module", self.module.clone()),
            ("seats", self.seats.clone()),
            ("minimum", self.minimum.clone()),
            ("closes", self.closes.clone()),
            ("every", self.every.clone()),
            ("times", self.times.clone()),
            ("language", self.language.clone()),
            ("kept", self.kept.clone()),
            ("unit", self.unit.clone()),
            ("guests", self.guests.clone()),
        ]);
        fields
    }

    /// The values of the lists of trainers: those chosen, and room for two more.
    pub(super) fn trainer_rows(&self) -> Vec<String> {
        let chosen = self.trainer.iter().filter(|id| !id.trim().is_empty()).take(MOST_TRAINERS);
        let mut rows: Vec<String> = chosen.cloned().collect();
        rows.resize((rows.len() + 1).clamp(2, MOST_TRAINERS), String::new());
        rows
    }

    fn audience(&self, known: &Known, errors: &mut Errors) -> Audience {
        let found = match self.kept.split_once(':') {
            None if self.kept.is_empty() => return Audience::Everybody,
            None if self.kept == "unit" => match known.unit(&self.unit) {
                Some(unit) => return Audience::Unit(unit),
                None => {
                    errors.add("unit", "courses-unit-unknown");
                    return Audience::Everybody;
                }
            },
            Some(("edition", id)) => id.parse().ok().map(Audience::Edition),
            Some(("role", id)) => Some(Audience::Role(id.to_owned())),
            _ => None,
        };
        if found.is_none() {
            errors.add("kept", "courses-kept-unknown");
        }
        found.unwrap_or(Audience::Everybody)
    }

    fn trainers(&self, known: &Known, errors: &mut Errors) -> Vec<Trainer> {
        let mut trainers: Vec<Trainer> = Vec::new();
        for id in self.trainer.iter().map(|id| id.trim()).filter(|id| !id.is_empty()) {
            let person = id.parse().ok();
            let name = known.trainers.iter().find(|(id, _)| Some(*id) == person).map(|(_, name)| name.clone());
            if person.is_none() {
                errors.add("trainer", "courses-trainer-unknown");
            }
            trainers.push(Trainer { person, name: name.unwrap_or_default() });
        }
        let guests = self.guests.lines().map(clean_name).filter(|name| !name.is_empty());
        trainers.extend(guests.map(|name| Trainer { person: None, name: name.chars().take(200).collect() }));
        let mut once: Vec<Trainer> = Vec::new();
        for trainer in trainers {
            let same = |known: &Trainer| match trainer.person {
                Some(_) => known.person == trainer.person,
                None => known.person.is_none() && known.name == trainer.name,
            };
            if !once.iter().any(same) {
                once.push(trainer);
            }
        }
        if once.len() > MOST_TRAINERS {
            errors.add("guests", "courses-trainers-too-many");
        }
        once
    }

    /// The plan, how it is repeated, and the rows of the plan's parts.
    pub(super) fn check(&self, known: &Known) -> Result<(Plan, Series, Vec<usize>), Errors> {
        let mut errors = Errors::default();
        errors.require("module", &self.module, "courses-module-missing");
        let mut rows: Vec<Row> = (0..self.count()).map(|index| self.row(index)).collect();
        if rows.iter().any(|row| !row.day.is_empty()) {
            rows.retain(|row| !row.day.is_empty());
        }
        let parts = rows.iter().map(|row| row.check(&mut errors)).collect();
        let seats = number(&mut errors, "seats", &self.seats, 10_000);
        let minimum = number(&mut errors, "minimum", &self.minimum, 10_000).unwrap_or_default();
        let closes_days = number(&mut errors, "closes", &self.closes, 365).unwrap_or_default();
        let every = number(&mut errors, "every", &self.every, 52).unwrap_or(1).max(1);
        let times = number(&mut errors, "times", &self.times, plan::MOST_DAYS).unwrap_or(1).max(1);
        let plan = Plan {
            module: self.module.clone(),
            parts,
            seats,
            minimum,
            closes_days,
            language: Language::of_code(&self.language),
            audience: self.audience(known, &mut errors),
            trainers: self.trainers(known, &mut errors),
        };
        errors.or((plan, Series { every, times }, rows.iter().map(|row| row.number - 1).collect()))
    }
}

/// Names of trainers from elsewhere.
fn guests(trainers: &[Trainer]) -> Vec<&str> {
    trainers.iter().filter(|trainer| trainer.person.is_none()).map(|trainer| trainer.name.as_str()).collect()
}

/// A whole number, none when nothing is written.
fn number(errors: &mut Errors, field: &'static str, text: &str, most: u32) -> Option<u32> {
    let text = text.trim();
    let number = text.parse().ok().filter(|n| *n <= most);
    if number.is_none() && !text.is_empty() {
        errors.add(field, "courses-not-a-number");
    }
    number
}
