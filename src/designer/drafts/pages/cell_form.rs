//! What comes from the page of a matrix: a cell's form, undo and redo, and the columns that are hidden and pinned.

use serde::Deserialize;

use super::here;
use crate::designer::drafts::cells::{Days, Mark, Wish};
use crate::designer::drafts::view::Choice;
use crate::designer::matrix::Key;
use crate::web::Errors;

#[derive(Debug, Deserialize)]
pub struct CellForm {
    pub at: String,
    /// `off`, `required`, `recommended`, `one_of`, `one_of.N`; left out, only the deadline changes.
    #[serde(default)]
    pub state: Option<String>,
    /// The field `days` is there, and empty means none.
    #[serde(default)]
    pub dated: bool,
    #[serde(default)]
    pub days: Option<String>,
    pub revision: i64,
    #[serde(default)]
    pub over: bool,
    #[serde(default)]
    pub hide: Vec<String>,
    #[serde(default)]
    pub pin: Vec<String>,
    #[serde(default)]
    pub sort: String,
}

#[derive(Debug, Deserialize)]
pub struct TurnForm {
    pub revision: i64,
    #[serde(default)]
    pub hide: Vec<String>,
    #[serde(default)]
    pub pin: Vec<String>,
    #[serde(default)]
    pub sort: String,
}

impl CellForm {
    /// What is asked for, or what is wrong with it by field.
    pub fn wish(&self) -> Result<Wish, Errors> {
        let mut errors = Errors::default();
        let (column, module) = self.at.split_once('~').unwrap_or_default();
        let (mark, days) = (self.mark(&mut errors), self.days(&mut errors));
        let column: Key = column.parse().unwrap_or(Key::Everyone);
        errors.or(Wish { column, module: module.to_owned(), mark, days, over: self.over })
    }

    fn mark(&self, errors: &mut Errors) -> Option<Mark> {
        match self.state.as_deref()? {
            "off" => Some(Mark::Off),
            "required" => Some(Mark::Required),
            "recommended" => Some(Mark::Recommended),
            "one_of" => Some(Mark::OneOf(None)),
            other => match other.strip_prefix("one_of.").and_then(|set| set.parse().ok()) {
                Some(set) => Some(Mark::OneOf(Some(set))),
                None => {
                    errors.add("state", "drafts-state-wrong");
                    None
                }
            },
        }
    }

    fn days(&self, errors: &mut Errors) -> Days {
        match self.days.as_deref().map(str::trim).filter(|days| !days.is_empty()) {
            _ if !self.dated => Days::Keep,
            None => Days::Set(None),
            Some(days) => match days.parse() {
                Ok(days) if (1..=3650).contains(&days) => Days::Set(Some(days)),
                _ => {
                    errors.add("days", "drafts-days-wrong");
                    Days::Keep
                }
            },
        }
    }

    /// The columns and the order of rows on the page that it comes from.
    pub fn choice(&self) -> Choice {
        choice(&self.hide, &self.pin, &self.sort)
    }

    /// The matrix at this cell.
    pub fn back(&self, draft: i64) -> String {
        self.choice().on(&here(draft), Some(&self.at))
    }
}

impl TurnForm {
    pub fn back(&self, draft: i64) -> String {
        choice(&self.hide, &self.pin, &self.sort).on(&here(draft), None)
    }
}

/// About no cell, and asking for nothing.
impl From<TurnForm> for CellForm {
    fn from(form: TurnForm) -> CellForm {
        CellForm {
            at: String::new(),
            state: None,
            dated: false,
            days: None,
            revision: form.revision,
            over: false,
            hide: form.hide,
            pin: form.pin,
            sort: form.sort,
        }
    }
}

fn choice(hide: &[String], pin: &[String], sort: &str) -> Choice {
    let mut choice = Choice::default();
    hide.iter().for_each(|key| choice.put("hide", key));
    pin.iter().for_each(|key| choice.put("pin", key));
    choice.put("sort", sort);
    choice
}
