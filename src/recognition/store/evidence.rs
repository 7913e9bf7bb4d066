//! Evidence from own work: pieces, their files, and who was asked to attest them.

use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::recognition::attest::State;
use crate::recognition::files::Kind;
use crate::store::schema::{attests, evidence, evidence_files, people};
use crate::store::{Conn, Result, columns};

/// A piece of evidence, without its files.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Piece {
    pub id: i64,
    /// Whose work it is.
    pub person: i64,
    /// A module id.
    pub module: String,
    pub text: String,
    /// May be empty.
    pub link: String,
    pub added_by: i64,
    pub added_at: NaiveDateTime,
}

columns!(PIECE: PieceColumns = evidence { id, person_id, module, text, link, added_by, added_at });

pub fn piece(conn: &mut Conn, id: i64) -> Result<Option<Piece>> {
    Ok(evidence::table.find(id).select(PIECE).first(conn).optional()?)
}

/// The piece, kept from everybody else who would change it until this transaction is over.
pub fn hold(conn: &mut Conn, id: i64) -> Result<Option<Piece>> {
    let revision = evidence::revision.eq(evidence::revision + 1);
    diesel::update(evidence::table.find(id)).set(revision).execute(conn)?;
    piece(conn, id)
}

/// A person's pieces, newest first; of one module if one is named.
pub fn pieces_of(conn: &mut Conn, person: i64, module: Option<&str>, limit: i64) -> Result<Vec<Piece>> {
    let mut query = evidence::table
        .filter(evidence::person_id.eq(person))
        .order(evidence::id.desc())
        .limit(limit)
        .select(PIECE)
        .into_boxed::<crate::store::Database>();
    if let Some(module) = module {
        query = query.filter(evidence::module.eq(module));
    }
    Ok(query.load(conn)?)
}

/// What somebody writes about a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub text: String,
    pub link: String,
}

pub fn insert(
    conn: &mut Conn,
    (person, module): (i64, &str),
    wording: &Wording,
    by: i64,
    now: NaiveDateTime,
) -> Result<i64> {
    let values = (
        evidence::person_id.eq(person),
        evidence::module.eq(module),
        evidence::text.eq(&wording.text),
        evidence::link.eq(&wording.link),
        evidence::added_by.eq(by),
        evidence::added_at.eq(now),
        evidence::changed_at.eq(now),
    );
    Ok(diesel::insert_into(evidence::table).values(values).returning(evidence::id).get_result(conn)?)
}

pub fn reword(conn: &mut Conn, id: i64, wording: &Wording, now: NaiveDateTime) -> Result<()> {
    let values = (evidence::text.eq(&wording.text), evidence::link.eq(&wording.link), evidence::changed_at.eq(now));
    diesel::update(evidence::table.find(id)).set(values).execute(conn)?;
    Ok(())
}

/// Removes a piece with its files and with what was asked about it.
pub fn remove(conn: &mut Conn, id: i64) -> Result<()> {
    diesel::delete(attests::table.filter(attests::evidence_id.eq(id))).execute(conn)?;
    diesel::delete(evidence_files::table.filter(evidence_files::evidence_id.eq(id))).execute(conn)?;
    diesel::delete(evidence::table.find(id)).execute(conn)?;
    Ok(())
}

/// A file, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct File {
    pub id: i64,
    pub piece: i64,
    pub name: String,
    code: String,
    /// Bytes.
    pub size: i64,
    pub added_at: NaiveDateTime,
}

columns!(FILE: FileColumns = evidence_files { id, evidence_id, name, kind, size, added_at });

impl File {
    /// None for a kind that this program does not know.
    pub fn kind(&self) -> Option<Kind> {
        Kind::of(&self.code)
    }
}

pub fn file(conn: &mut Conn, id: i64) -> Result<Option<File>> {
    Ok(evidence_files::table.find(id).select(FILE).first(conn).optional()?)
}

/// Files of pieces, in the order they came.
pub fn files_of(conn: &mut Conn, pieces: &[i64]) -> Result<Vec<File>> {
    Ok(evidence_files::table
        .filter(evidence_files::evidence_id.eq_any(pieces))
        .order(evidence_files::id)
        .select(FILE)
        .load(conn)?)
}

pub fn bytes(conn: &mut Conn, file: i64) -> Result<Vec<u8>> {
    Ok(evidence_files::table.find(file).select(evidence_files::bytes).first(conn)?)
}

pub fn insert_file(
    conn: &mut Conn,
    piece: i64,
    (name, kind): (&str, Kind),
    bytes: &[u8],
    now: NaiveDateTime,
) -> Result<()> {
    let values = (
        evidence_files::evidence_id.eq(piece),
        evidence_files::name.eq(name),
        evidence_files::kind.eq(kind.code()),
        evidence_files::size.eq(i64::try_from(bytes.len()).unwrap_or(i64::MAX)),
        evidence_files::added_at.eq(now),
        evidence_files::bytes.eq(bytes),
    );
    diesel::insert_into(evidence_files::table).values(values).execute(conn)?;
    Ok(())
}

/// Removes files of a piece; ids of other pieces' files are left alone.
pub fn remove_files(conn: &mut Conn, piece: i64, files: &[i64]) -> Result<()> {
    let rows =
        evidence_files::table.filter(evidence_files::evidence_id.eq(piece)).filter(evidence_files::id.eq_any(files));
    diesel::delete(rows).execute(conn)?;
    Ok(())
}

/// How many pieces a person has, and how many bytes their files are together.
pub fn amount(conn: &mut Conn, person: i64) -> Result<(i64, i64)> {
    let pieces = evidence::table.filter(evidence::person_id.eq(person)).select(count_star()).get_result(conn)?;
    // The sum of whole numbers is of another type in each database; so many rows are few.
    let sizes: Vec<i64> = evidence_files::table
        .inner_join(evidence::table)
        .filter(evidence::person_id.eq(person))
        .select(evidence_files::size)
        .load(conn)?;
    Ok((pieces, sizes.iter().sum()))
}

/// Somebody who was asked to attest a piece.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Attest {
    pub id: i64,
    pub piece: i64,
    pub asked: i64,
    /// Of the one who was asked.
    pub name: String,
    code: String,
    pub comment: String,
    pub asked_at: NaiveDateTime,
    pub answered_at: Option<NaiveDateTime>,
}

impl Attest {
    pub fn state(&self) -> State {
        State::of(&self.code)
    }
}

/// All who were asked about pieces, oldest first.
pub fn attests_of(conn: &mut Conn, pieces: &[i64]) -> Result<Vec<Attest>> {
    Ok(attests::table
        .inner_join(people::table)
        .filter(attests::evidence_id.eq_any(pieces))
        .order(attests::id)
        .select((
            attests::id,
            attests::evidence_id,
            attests::asked_id,
            people::name,
            attests::state,
            attests::comment,
            attests::asked_at,
            attests::answered_at,
        ))
        .load(conn)?)
}

/// Pieces that somebody is asked to attest and has not answered, the oldest question first.
pub fn asked_of(conn: &mut Conn, person: i64) -> Result<Vec<Piece>> {
    Ok(attests::table
        .inner_join(evidence::table)
        .filter(attests::asked_id.eq(person))
        .filter(attests::state.eq(State::Asked.code()))
        .order(attests::id)
        .select(PIECE)
        .load(conn)?)
}

/// Asks somebody; `store::Error::Duplicate` when somebody is asked already.
pub fn ask(conn: &mut Conn, piece: i64, whom: i64, now: NaiveDateTime) -> Result<i64> {
    let values = (
        attests::evidence_id.eq(piece),
        attests::asked_id.eq(whom),
        attests::state.eq(State::Asked.code()),
        attests::comment.eq(""),
        attests::asked_at.eq(now),
    );
    Ok(diesel::insert_into(attests::table).values(values).returning(attests::id).get_result(conn)?)
}

/// Writes the answer.
pub fn answer(conn: &mut Conn, attest: i64, state: State, comment: &str, now: NaiveDateTime) -> Result<()> {
    let values = (attests::state.eq(state.code()), attests::comment.eq(comment), attests::answered_at.eq(Some(now)));
    diesel::update(attests::table.find(attest)).set(values).execute(conn)?;
    Ok(())
}
