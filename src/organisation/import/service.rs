//! Plan against the database, and apply the same plan in the same transaction.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::people::{self, PeoplePlan};
use super::plan::{Finding, Identified, Parsed, Plan, Severity};
use super::read::{Form, ReadError, Table};
use super::store as rows;
use super::units::{self, UnitState};
use crate::clock;
use crate::organisation::titles::Titles;
use crate::organisation::{PersonId, assignments, store as organisation};
use crate::store::{self, Conn, Store, failure};

/// How far an import goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Do it; otherwise only tell.
    pub apply: bool,
    /// The file holds everything: what is not in it has ended.
    pub full: bool,
    /// Import the other rows when some have errors.
    pub skip_bad: bool,
}

/// What an import did or would do.
#[derive(Debug, Clone, Serialize)]
pub struct Report<P> {
    pub form: Form,
    /// Rows with something in them, without the first line.
    pub rows: usize,
    pub bad_rows: usize,
    /// The plan has been carried out.
    pub applied: bool,
    /// By line.
    pub findings: Vec<Finding>,
    pub plan: P,
}

/// Why an import could not even be planned.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Store(#[from] store::Error),
}

failure!(Failed);

/// Who imports and when, and where to tell how far it has come (done, of).
pub struct Errand<'a> {
    pub by: Option<PersonId>,
    pub now: NaiveDateTime,
    pub progress: &'a dyn Fn(usize, usize),
}

/// Imports the unit tree.
pub fn units(
    store: &Store,
    table: &Table,
    options: Options,
    errand: &Errand,
) -> Result<Report<Plan<UnitState>>, Failed> {
    let parsed = units::parse(table)?;
    in_transaction(store, options, |conn| {
        let mut parsed = parsed.clone();
        let plan = plan_units(conn, &mut parsed, options.full, clock::day_of(errand.now))?;
        let mut report = report(table, parsed, plan);
        if options.apply && report.may_be_applied(options) {
            rows::save_units(conn, &report.plan, errand)?;
            report.applied = true;
        }
        Ok(report)
    })
}

/// Imports people. `titles` gives those of the current curriculum, none before one is published.
pub fn people(
    store: &Store,
    table: &Table,
    options: Options,
    titles: impl Fn(&mut Conn) -> store::Result<Option<Titles>>,
    errand: &Errand,
) -> Result<Report<PeoplePlan>, Failed> {
    let parsed = people::parse(table)?;
    in_transaction(store, options, |conn| {
        let mut parsed = parsed.clone();
        let titles = titles(conn)?;
        let plan = plan_people(conn, &mut parsed, titles.as_ref(), options.full, clock::day_of(errand.now))?;
        let mut report = report(table, parsed, plan);
        if options.apply && report.may_be_applied(options) {
            rows::save_people(conn, &report.plan, errand)?;
            report.applied = true;
        }
        Ok(report)
    })
}

fn in_transaction<T>(
    store: &Store,
    options: Options,
    work: impl Fn(&mut Conn) -> Result<T, Failed>,
) -> Result<T, Failed> {
    if options.apply { store.write(work) } else { store.read(work) }
}

fn plan_units(
    conn: &mut Conn,
    parsed: &mut Parsed<units::UnitRow>,
    full: bool,
    today: NaiveDate,
) -> store::Result<Plan<UnitState>> {
    let (units, managers) = (organisation::units(conn)?, organisation::managers(conn)?);
    let people = organisation::everybody(conn)?;
    let present = units::Present { units: &units, managers: &managers, people: &people };
    Ok(units::plan(parsed, present, full, today))
}

fn plan_people(
    conn: &mut Conn,
    parsed: &mut Parsed<people::PersonRow>,
    titles: Option<&Titles>,
    full: bool,
    today: NaiveDate,
) -> store::Result<PeoplePlan> {
    let (units, people) = (organisation::units(conn)?, organisation::everybody(conn)?);
    let held = assignments::store::open_and_titles(conn, today)?;
    let present = people::Present { units: &units, people: &people, held: &held, titles };
    Ok(people::plan(parsed, present, full, today))
}

fn report<T: Identified, P>(table: &Table, mut parsed: Parsed<T>, plan: P) -> Report<P> {
    parsed.findings.sort();
    Report {
        form: table.form,
        rows: table.rows.len(),
        bad_rows: table.rows.len() - parsed.rows.len(),
        applied: false,
        findings: parsed.findings,
        plan,
    }
}

impl<P> Report<P> {
    /// Nothing is wrong, or what is wrong may be left out.
    pub fn may_be_applied(&self, options: Options) -> bool {
        options.skip_bad || self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }
}
