//! What an import would do and what is wrong with its file: plain data, and the reading of one row.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Column, Layout};
use super::read::{ReadError, Row, Table};

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan<T> {
    pub add: Vec<T>,
    pub change: Vec<Change<T>>,
    pub end: Vec<End>,
    pub unchanged: usize,
}

/// One that is there already and becomes `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change<T> {
    #[serde(skip)]
    pub row: i64,
    /// The external id.
    pub id: String,
    pub name: String,
    pub fields: Vec<Field>,
    #[serde(skip)]
    pub to: T,
}

/// One field before and after, as text; nothing is an empty text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    pub field: &'static str,
    pub before: String,
    pub after: String,
}

/// One that is not in the file any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct End {
    #[serde(skip)]
    pub row: i64,
    /// The external id.
    pub id: String,
    pub name: String,
    pub last_day: NaiveDate,
}

/// Something to know about the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Where the row begins, 1 first; none when it is about the whole file.
    pub line: Option<u64>,
    pub column: Option<&'static str>,
    pub severity: Severity,
    /// Begins after the column's name: "is missing".
    pub reason: String,
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The row cannot be imported.
    Error,
    /// The row is imported; somebody should look.
    Warning,
}

impl Finding {
    pub fn error(line: u64, column: Option<&'static str>, reason: impl Into<String>) -> Self {
        Finding { line: Some(line), column, severity: Severity::Error, reason: reason.into() }
    }

    pub fn warning(line: Option<u64>, column: Option<&'static str>, reason: impl Into<String>) -> Self {
        Finding { line, column, severity: Severity::Warning, reason: reason.into() }
    }
}

impl<T> Plan<T> {
    /// Nothing to do.
    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.change.is_empty() && self.end.is_empty()
    }
}

/// The fields that differ, of `(name, before, after)`.
pub fn differing(fields: impl IntoIterator<Item = (&'static str, String, String)>) -> Vec<Field> {
    fields
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(field, before, after)| Field { field, before, after })
        .collect()
}

/// A file's rows as an import understands them.
#[derive(Debug, Clone)]
pub struct Parsed<T> {
    /// Rows without errors.
    pub rows: Vec<T>,
    pub findings: Vec<Finding>,
    /// Ids of rows with errors: they are in the file, so they are not ended.
    pub kept: HashSet<String>,
    /// Some row with errors has no id that can be read, so nothing can be known to be missing.
    pub unreadable: bool,
}

/// A row with an id.
pub trait Identified {
    fn id(&self) -> &str;
}

impl<T: Identified> Parsed<T> {
    /// Reads every row with `read`, which answers none when it has noted an error. Of rows with the same id the
    /// first is kept.
    pub fn of(
        table: &Table,
        known: &[Column],
        read: impl Fn(&mut Reading) -> Option<T>,
    ) -> Result<Parsed<T>, ReadError> {
        let layout = Layout::of(&table.header, known)?;
        let mut parsed = Parsed { rows: Vec::new(), findings: Vec::new(), kept: HashSet::new(), unreadable: false };
        for name in &layout.ignored {
            parsed.findings.push(Finding::warning(Some(1), None, format!("the column {name} means nothing here")));
        }
        let mut first_line: HashMap<String, u64> = HashMap::new();
        for row in &table.rows {
            let mut reading = Reading { layout: &layout, row, findings: Vec::new() };
            let answer = read(&mut reading);
            if layout.overflows(row) {
                reading.error(None, "the row has more fields than the first line; is a quotation mark missing?");
            }
            let id = answer.as_ref().map(|row| row.id().to_owned()).or_else(|| reading.readable_id());
            match id.as_ref().and_then(|id| first_line.get(id)) {
                Some(first) => reading.error(Some("id"), format!("is on line {first} already")),
                None => {
                    first_line.extend(id.clone().map(|id| (id, row.line)));
                }
            }
            if reading.findings.is_empty() {
                parsed.rows.extend(answer);
            } else {
                parsed.unreadable |= id.is_none();
                parsed.kept.extend(id);
                parsed.findings.append(&mut reading.findings);
            }
        }
        Ok(parsed)
    }

    /// Takes out the rows that `judge` finds an error in. Returns whether there were any.
    pub fn refuse(&mut self, judge: impl Fn(&T) -> Option<Finding>) -> bool {
        let before = self.rows.len();
        let rows = std::mem::take(&mut self.rows);
        for row in rows {
            match judge(&row) {
                None => self.rows.push(row),
                Some(finding) => {
                    self.findings.push(finding);
                    self.kept.insert(row.id().to_owned());
                }
            }
        }
        self.rows.len() < before
    }
}

/// One row while it is read; errors gather.
pub struct Reading<'a> {
    layout: &'a Layout,
    row: &'a Row,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    pub fn line(&self) -> u64 {
        self.row.line
    }

    /// The value of a field; none when the file has no such column, or after noting what is wrong with it.
    pub fn field<T>(&mut self, column: &'static str, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        match parse(self.layout.get(self.row, column)?) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.error(Some(column), reason);
                None
            }
        }
    }

    pub fn error(&mut self, column: Option<&'static str>, reason: impl Into<String>) {
        self.findings.push(Finding::error(self.row.line, column, reason));
    }

    fn readable_id(&self) -> Option<String> {
        super::fields::needed(self.layout.get(self.row, "id")?).ok()
    }
}
