//! Tests, assignments and observations: how each stands, and their log. Lines of the log are only added.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::learning::assessed::{Entry, Points, State, Step};
use crate::occasions::seat::Seat;
use crate::store::schema::{assessment_steps, assessments, bookings, occasion_trainers, occasions};
use crate::store::{Conn, Result, among, columns, on_both};

/// How it stands with one person and one module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub id: i64,
    pub person: i64,
    pub module: String,
    pub state: State,
    /// The person has been there enough for what is assessed now.
    pub attended: bool,
    pub changed_at: NaiveDateTime,
}

type StandingRow = (i64, i64, String, String, bool, NaiveDateTime);

columns!(STANDING: StandingColumns = assessments { id, person_id, module, state, attended, changed_at });

fn standing((id, person, module, state, attended, changed_at): StandingRow) -> Standing {
    Standing { id, person, module, state: State::of(&state), attended, changed_at }
}

/// The id of a person's assessment in a module, made if there is none, and kept from everybody else until this
/// transaction is over.
pub fn hold(conn: &mut Conn, person: i64, module: &str, now: NaiveDateTime) -> Result<i64> {
    let whose = assessments::table.filter(assessments::person_id.eq(person)).filter(assessments::module.eq(module));
    let row = (
        assessments::person_id.eq(person),
        assessments::module.eq(module),
        assessments::state.eq(State::Open.code()),
        assessments::attended.eq(false),
        assessments::revision.eq(0),
        assessments::changed_at.eq(now),
    );
    on_both!(conn, c => diesel::insert_into(assessments::table).values(row).on_conflict_do_nothing().execute(c)?);
    diesel::update(whose).set(assessments::revision.eq(assessments::revision + 1)).execute(conn)?;
    Ok(whose.select(assessments::id).first(conn)?)
}

/// Writes down how it stands. Rows are made by [`hold`]; where there is none nothing happens.
pub fn set(
    conn: &mut Conn,
    person: i64,
    module: &str,
    (state, attended): (State, bool),
    now: NaiveDateTime,
) -> Result<()> {
    let whose = assessments::table.filter(assessments::person_id.eq(person)).filter(assessments::module.eq(module));
    let differs = assessments::state.ne(state.code()).or(assessments::attended.ne(attended));
    let values = (
        assessments::state.eq(state.code()),
        assessments::attended.eq(attended),
        assessments::revision.eq(assessments::revision + 1),
        assessments::changed_at.eq(now),
    );
    diesel::update(whose.filter(differs)).set(values).execute(conn)?;
    Ok(())
}

/// How it stands with one person and one module; none when nothing was ever to be done.
pub fn one(conn: &mut Conn, person: i64, module: &str) -> Result<Option<Standing>> {
    let whose = assessments::table.filter(assessments::person_id.eq(person)).filter(assessments::module.eq(module));
    Ok(whose.select(STANDING).first::<StandingRow>(conn).optional()?.map(standing))
}

/// All of one person's.
pub fn of_person(conn: &mut Conn, person: i64) -> Result<Vec<Standing>> {
    let rows: Vec<StandingRow> = assessments::table
        .filter(assessments::person_id.eq(person))
        .order(assessments::id)
        .select(STANDING)
        .load(conn)?;
    Ok(rows.into_iter().map(standing).collect())
}

/// One person's, and what others have handed in that waits to be read by that person as trainer, or by developers when
/// `all`. One's own first, then the oldest; at most `limit`.
pub fn around(conn: &mut Conn, person: i64, all: bool, limit: i64) -> Result<Vec<Standing>> {
    let trains = occasion_trainers::table
        .inner_join(occasions::table.inner_join(bookings::table))
        .filter(occasion_trainers::person_id.eq(person))
        .filter(bookings::person_id.eq(assessments::person_id))
        .filter(bookings::state.eq_any([Seat::Booked.code(), Seat::Attended.code()]))
        .filter(occasions::module.eq(assessments::module));
    let others = assessments::person_id.ne(person).and(assessments::state.eq(State::Waits.code()));
    let own_first = assessments::person_id.ne(person);
    let rows =
        assessments::table.order((own_first, assessments::changed_at, assessments::id)).select(STANDING).limit(limit);
    let own = assessments::person_id.eq(person);
    let rows: Vec<StandingRow> = match all {
        true => rows.filter(own.or(others)).load(conn)?,
        false => rows.filter(own.or(others.and(diesel::dsl::exists(trains)))).load(conn)?,
    };
    Ok(rows.into_iter().map(standing).collect())
}

/// Those of these people in one module.
pub fn of_many(conn: &mut Conn, people: &[i64], module: &str) -> Result<HashMap<i64, Standing>> {
    let rows: Vec<StandingRow> = assessments::table
        .filter(assessments::module.eq(module))
        .filter(assessments::person_id.eq_any(people))
        .select(STANDING)
        .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.1, standing(row))).collect())
}

/// The modules at which these people have been and where only the assessment is left.
pub fn attended(conn: &mut Conn, people: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    let columns = (assessments::person_id, assessments::module);
    let all = assessments::table.filter(assessments::attended).order(assessments::id).select(columns);
    let rows: Vec<(i64, String)> = match people {
        [one] => all.filter(assessments::person_id.eq(*one)).load(conn)?,
        some => on_both!(conn, c => all.filter(among(assessments::person_id, some)).load(c)?),
    };
    let mut modules: HashMap<i64, Vec<String>> = HashMap::new();
    for (person, module) in rows {
        modules.entry(person).or_default().push(module);
    }
    Ok(modules)
}

/// A line that is to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct New<'a> {
    pub round: i32,
    pub step: Step,
    pub text: &'a str,
    pub evidence: Option<i64>,
    pub at: NaiveDateTime,
    pub by: Option<i64>,
}

/// Adds a line; its id.
pub fn add(conn: &mut Conn, assessment: i64, new: New) -> Result<i64> {
    let result = match new.step {
        Step::Result(result) => Some(result),
        _ => None,
    };
    let back = match new.step {
        Step::TakenBack(id) => Some(id),
        _ => None,
    };
    let row = (
        assessment_steps::assessment_id.eq(assessment),
        assessment_steps::round.eq(new.round),
        assessment_steps::step.eq(new.step.code()),
        assessment_steps::text.eq(new.text),
        assessment_steps::evidence_id.eq(new.evidence),
        assessment_steps::points.eq(result.map(|result| result.points)),
        assessment_steps::of_points.eq(result.map(|result| result.of)),
        assessment_steps::pass_percent.eq(result.map(|result| result.pass_percent)),
        assessment_steps::takes_back_id.eq(back),
        assessment_steps::at.eq(new.at),
        assessment_steps::by_id.eq(new.by),
    );
    Ok(diesel::insert_into(assessment_steps::table).values(row).returning(assessment_steps::id).get_result(conn)?)
}

#[derive(Queryable)]
struct Row {
    id: i64,
    round: i32,
    step: String,
    text: String,
    evidence_id: Option<i64>,
    points: Option<i32>,
    of_points: Option<i32>,
    pass_percent: Option<i32>,
    takes_back_id: Option<i64>,
    at: NaiveDateTime,
    by_id: Option<i64>,
}

columns!(ROW: RowColumns = assessment_steps {
    id, round, step, text, evidence_id, points, of_points, pass_percent, takes_back_id, at, by_id
});

impl Row {
    /// None for a step that this program does not know.
    fn entry(self) -> Option<Entry> {
        let result = || {
            let (points, of) = self.points.zip(self.of_points)?;
            Some(Step::Result(Points { points, of, pass_percent: self.pass_percent? }))
        };
        let step = match self.step.as_str() {
            "handed_in" => Step::HandedIn,
            "approved" => Step::Approved,
            "returned" => Step::Returned,
            "result" => result()?,
            "taken_back" => Step::TakenBack(self.takes_back_id?),
            _ => return None,
        };
        let Row { id, round, text, evidence_id: evidence, at, by_id: by, .. } = self;
        Some(Entry { id, round, step, text, evidence, at, by })
    }
}

/// All that has happened to a person's assessment in a module, the oldest first.
pub fn log(conn: &mut Conn, person: i64, module: &str) -> Result<Vec<Entry>> {
    let rows: Vec<Row> = assessment_steps::table
        .inner_join(assessments::table)
        .filter(assessments::person_id.eq(person))
        .filter(assessments::module.eq(module))
        .order(assessment_steps::id)
        .select(ROW)
        .load(conn)?;
    Ok(rows.into_iter().filter_map(Row::entry).collect())
}

/// The logs of these people in one module.
pub fn logs(conn: &mut Conn, people: &[i64], module: &str) -> Result<HashMap<i64, Vec<Entry>>> {
    let rows: Vec<(i64, Row)> = assessment_steps::table
        .inner_join(assessments::table)
        .filter(assessments::person_id.eq_any(people))
        .filter(assessments::module.eq(module))
        .order(assessment_steps::id)
        .select((assessments::person_id, ROW))
        .load(conn)?;
    let mut logs: HashMap<i64, Vec<Entry>> = HashMap::new();
    for (person, row) in rows {
        logs.entry(person).or_default().extend(row.entry());
    }
    Ok(logs)
}

/// Whether a piece of evidence was handed in for an assessment.
pub fn handed_in_with(conn: &mut Conn, evidence: i64) -> Result<bool> {
    let with = assessment_steps::table.filter(assessment_steps::evidence_id.eq(evidence));
    Ok(diesel::select(diesel::dsl::exists(with)).get_result(conn)?)
}
