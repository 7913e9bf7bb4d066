//! Use cases of drafts: begin, change, take back, make again, take over to a newer version, rename, throw away.
//!
//! A change is: load the draft, make the edits, rewrite the files, judge, save files and log, in one transaction.

use std::sync::Arc;

use chrono::NaiveDateTime;

use super::desk::{Desk, Open, Sheet};
use super::history::{self, History};
use super::rebase::{self, Choices, Plan};
use super::store::{self as rows, Line, NewDraft, NewLine};
use super::{Draft, Kind, entries};
use crate::clock;
use crate::curriculum::edit::{self, Edit, EditError, Found};
use crate::curriculum::load::{MAX_FILE_BYTES, MAX_TOTAL_BYTES, Sources};
use crate::curriculum::model::Curriculum;
use crate::curriculum::rewrite::rewrite;
use crate::store::audit::{self, Entry};
use crate::store::{Conn, Error, Failure, Store};
use crate::versions::store as versions;

/// Who asks, about which draft, when.
#[derive(Debug, Clone, Copy)]
pub struct Ask {
    pub draft: i64,
    pub by: i64,
    pub now: NaiveDateTime,
    /// The revision that the person looked at.
    pub seen: i64,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("there is no such draft; look at the list of drafts")]
    Gone,
    /// What the change is about is no longer there.
    #[error("what should be changed is not there; load the page again")]
    Missing,
    #[error("somebody else has changed the same thing; look at it again")]
    Conflict(Box<Conflict>),
    /// The files would not say what they should: a text is missing or an id is badly formed.
    #[error("the change cannot be written; correct what is told beside it")]
    Unwritable(Box<Sheet>),
    #[error("the draft would become too large; shorten its texts")]
    TooLarge,
    /// Nothing to take back or to make again.
    #[error("there is nothing to take back or to make again")]
    Nothing,
    #[error(transparent)]
    Store(#[from] Error),
}

impl Failure for Refused {
    fn store_error(&self) -> Option<&Error> {
        match self {
            Refused::Store(error) => Some(error),
            _ => None,
        }
    }
}

/// Two changes of the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The change that was asked for.
    pub edit: Edit,
    /// Such as `doses.chef.styrdiagram` or `modules.styrdiagram.hours`.
    pub place: String,
    /// What is there.
    pub found: Found,
    /// Who changed it last, and when; none when that was in a version and not in this draft.
    pub by: Option<String>,
    pub at: Option<NaiveDateTime>,
}

/// A new draft of the newest version, or a copy of another draft with all its changes. Returns its id.
///
/// # Errors
/// [`Refused::Missing`] when nothing is published yet, [`Refused::Gone`] when the other draft is not there.
pub fn begin(store: &Store, name: &str, copy: Option<i64>, by: i64, now: NaiveDateTime) -> Result<i64, Refused> {
    store.write(|conn| {
        let (base, sources, edits) = match copy {
            None => {
                let (id, _, sources) = versions::current(conn)?.ok_or(Refused::Missing)?;
                (id, sources, None)
            }
            Some(copy) => {
                let draft = rows::find(conn, copy)?.ok_or(Refused::Gone)?;
                (draft.base, rows::sources(conn, copy)?, Some(standing_edits(conn, copy)?))
            }
        };
        let id = rows::insert(conn, &NewDraft { name, base, sources: &sources, at: now, by })?;
        if let Some(edits) = edits {
            let line = NewLine { draft: id, revision: 1, kind: Kind::Rebase, edits: &edits, at: now, by };
            rows::save(conn, &line, &sources)?;
        }
        record(conn, "draft.begun", id, by, now)?;
        Ok(id)
    })
}

/// Makes the edits that `make` gives for the draft as it is and for the curriculum that the person saw.
///
/// # Errors
/// See [`Refused`]; nothing has changed then.
pub fn change(
    store: &Store,
    desk: &Desk,
    ask: &Ask,
    make: impl Fn(&Curriculum, &Curriculum) -> Option<Vec<Edit>>,
) -> Result<Arc<Open>, Refused> {
    let open = store.write(|conn| {
        let (draft, open) = opened(conn, desk, ask)?;
        let now = &open.sheet.curriculum;
        let edits = match ask.seen < draft.revision {
            true => make(now, &rewound(now, rows::log(conn, draft.id, ask.seen)?)),
            false => make(now, now),
        };
        let edits = edits.ok_or(Refused::Missing)?;
        enter(conn, desk, ask, &open, Kind::Change, edits)
    })?;
    desk.put(open.clone());
    Ok(open)
}

/// The curriculum before the changes of `later`.
fn rewound(now: &Curriculum, later: Vec<Line>) -> Curriculum {
    let mut before = now.clone();
    for edit in later.into_iter().rev().flat_map(|line| line.edits.into_iter().rev()) {
        // A change that cannot be taken back from here has been made on another version: what is now is what was seen.
        if edit::apply(&mut before, &edit.inverse()).is_err() {
            return now.clone();
        }
    }
    before
}

/// The draft as it was at a revision.
pub fn at(conn: &mut Conn, open: &Open, revision: i64) -> Result<Curriculum, Error> {
    Ok(rewound(&open.sheet.curriculum, rows::log(conn, open.draft, revision)?))
}

/// Takes back the person's last change that still holds.
pub fn take_back(store: &Store, desk: &Desk, ask: &Ask) -> Result<Arc<Open>, Refused> {
    turn(store, desk, ask, |history| history.done.last().map(|revision| Kind::Undo(*revision)))
}

/// Makes the change again that the person took back last.
pub fn make_again(store: &Store, desk: &Desk, ask: &Ask) -> Result<Arc<Open>, Refused> {
    turn(store, desk, ask, |history| history.undone.last().map(|revision| Kind::Redo(*revision)))
}

fn turn(store: &Store, desk: &Desk, ask: &Ask, which: impl Fn(&History) -> Option<Kind>) -> Result<Arc<Open>, Refused> {
    let open = store.write(|conn| {
        let (draft, open) = opened(conn, desk, ask)?;
        let history = History::of(&rows::steps(conn, draft.id)?, ask.by);
        let kind = which(&history).ok_or(Refused::Nothing)?;
        let revision = kind.revision().unwrap_or_default();
        let line = rows::log(conn, draft.id, revision - 1)?.into_iter().next().ok_or(Refused::Nothing)?;
        let edits = match kind {
            Kind::Undo(_) => line.edits.into_iter().rev().map(Edit::inverse).collect(),
            _ => line.edits,
        };
        enter(conn, desk, ask, &open, kind, edits)
    })?;
    desk.put(open.clone());
    Ok(open)
}

/// What the person can take back and make again.
pub fn history(conn: &mut Conn, draft: i64, by: i64) -> Result<History, Error> {
    Ok(History::of(&rows::steps(conn, draft)?, by))
}

/// How the draft's changes fit on the newest version; none when its base is the newest.
pub fn plan(conn: &mut Conn, desk: &Desk, draft: &Draft, now: NaiveDateTime) -> Result<Option<Plan>, Refused> {
    let (id, number, _) = versions::current(conn)?.ok_or(Refused::Missing)?;
    if id == draft.base {
        return Ok(None);
    }
    let newest = desk.version(conn, id, clock::day_of(now))?.ok_or(Refused::Missing)?;
    let edits = standing_edits(conn, draft.id)?;
    Ok(Some(rebase::plan(id, number, &newest.curriculum, edits, &Choices::default())))
}

/// Takes the draft over to the newest version; where changes clash, `choices` decide.
///
/// # Errors
/// [`Refused::Missing`] when a clash has no choice, or its base is the newest already.
pub fn take_over(store: &Store, desk: &Desk, ask: &Ask, choices: &Choices) -> Result<Arc<Open>, Refused> {
    let open = store.write(|conn| {
        let (draft, open) = opened(conn, desk, ask)?;
        let (id, number, sources) = versions::current(conn)?.ok_or(Refused::Missing)?;
        if id == draft.base {
            return Err(Refused::Missing);
        }
        let newest = desk.version(conn, id, clock::day_of(ask.now))?.ok_or(Refused::Missing)?;
        let plan = rebase::plan(id, number, &newest.curriculum, standing_edits(conn, draft.id)?, choices);
        if !plan.clashes.is_empty() {
            return Err(Refused::Missing);
        }
        rows::set_base(conn, draft.id, id)?;
        save(conn, desk, ask, &open, Kind::Rebase, &plan.carried, rewrite(&sources, &plan.curriculum), &plan.curriculum)
    })?;
    desk.put(open.clone());
    Ok(open)
}

pub fn rename(store: &Store, draft: i64, name: &str) -> Result<(), Refused> {
    store.write(|conn| {
        rows::find(conn, draft)?.ok_or(Refused::Gone)?;
        Ok(rows::rename(conn, draft, name)?)
    })
}

/// Ends the work on a draft without publishing it.
pub fn throw_away(store: &Store, draft: i64, by: i64, now: NaiveDateTime) -> Result<(), Refused> {
    store.write(|conn| {
        rows::find(conn, draft)?.ok_or(Refused::Gone)?;
        rows::end(conn, draft, None, now)?;
        Ok(record(conn, "draft.thrown-away", draft, by, now)?)
    })
}

/// The edits that still hold, in the order they were made.
fn standing_edits(conn: &mut Conn, draft: i64) -> Result<Vec<Edit>, Error> {
    let lines = rows::log(conn, draft, 0)?;
    let standing = history::standing(&rows::steps(conn, draft)?);
    let holds = |line: &Line| standing.binary_search(&line.revision).is_ok();
    Ok(lines.into_iter().filter(holds).flat_map(|line| line.edits).collect())
}

fn opened(conn: &mut Conn, desk: &Desk, ask: &Ask) -> Result<(Draft, Arc<Open>), Refused> {
    let draft = rows::find(conn, ask.draft)?.ok_or(Refused::Gone)?;
    let open = desk.open(conn, &draft, clock::day_of(ask.now))?;
    Ok((draft, open))
}

/// Makes the edits and saves the draft after them.
fn enter(
    conn: &mut Conn,
    desk: &Desk,
    ask: &Ask,
    open: &Arc<Open>,
    kind: Kind,
    edits: Vec<Edit>,
) -> Result<Arc<Open>, Refused> {
    let mut curriculum = open.sheet.curriculum.clone();
    let mut made = Vec::new();
    for edit in edits {
        match edit::perform(&mut curriculum, edit.clone()) {
            Ok(edit) => made.push(edit),
            Err(EditError::Conflict { place, found }) => return Err(conflict(conn, ask.draft, edit, place, found)?),
        }
    }
    if curriculum == open.sheet.curriculum {
        return Ok(open.clone());
    }
    let sources = rewrite(&open.sheet.sources, &curriculum);
    save(conn, desk, ask, open, kind, &made, sources, &curriculum)
}

#[expect(clippy::too_many_arguments, reason = "one transaction's parts, named once each")]
fn save(
    conn: &mut Conn,
    desk: &Desk,
    ask: &Ask,
    open: &Open,
    kind: Kind,
    edits: &[Edit],
    sources: Sources,
    meant: &Curriculum,
) -> Result<Arc<Open>, Refused> {
    if too_large(&sources) {
        return Err(Refused::TooLarge);
    }
    let sheet = Sheet::of(sources, &*desk.holders(conn, clock::day_of(ask.now))?);
    if sheet.curriculum != *meant {
        return Err(Refused::Unwritable(Box::new(sheet)));
    }
    let revision = open.revision + 1;
    let line = NewLine { draft: ask.draft, revision, kind, edits, at: ask.now, by: ask.by };
    rows::save(conn, &line, &sheet.sources)?;
    Ok(Arc::new(Open { draft: ask.draft, revision, sheet }))
}

fn too_large(sources: &Sources) -> bool {
    let sizes = || sources.files.iter().map(|file| file.text.len() as u64);
    sizes().any(|size| size > MAX_FILE_BYTES) || sizes().sum::<u64>() > MAX_TOTAL_BYTES
}

/// The conflict, with who set what is there.
fn conflict(conn: &mut Conn, draft: i64, edit: Edit, place: String, found: Found) -> Result<Refused, Error> {
    let lines = rows::log(conn, draft, 0)?;
    let last = lines.into_iter().rev().find(|line| line.edits.iter().any(|edit| touches(edit, &place)));
    let (by, at) = last.map_or((None, None), |line| (line.name, Some(line.at)));
    Ok(Refused::Conflict(Box::new(Conflict { edit, place, found, by, at })))
}

/// Whether an edit changes what stands at `place`, or something that holds it.
fn touches(edit: &Edit, place: &str) -> bool {
    let (section, id) = subject(edit);
    let own = if id.is_empty() { section.to_owned() } else { format!("{section}.{id}") };
    let Some(rest) = place.strip_prefix(&own) else { return false };
    match (edit, rest.strip_prefix('.')) {
        (_, None) => rest.is_empty(),
        (Edit::Cell { module, .. }, Some(within)) => within == module,
        (_, Some(within)) => entries::changes_field(edit, within.split('.').next().unwrap_or(within)),
    }
}

/// The section and the id of what an edit changes.
pub fn subject(edit: &Edit) -> (&'static str, &str) {
    match edit {
        Edit::Cell { dose, .. } => ("doses", dose),
        Edit::About(_) => ("about", ""),
        Edit::Leg(change) => ("legs", &change.id),
        Edit::Area(change) => ("areas", &change.id),
        Edit::Module { change, .. } => ("modules", &change.id),
        Edit::Move { module, .. } => ("modules", module),
        Edit::Dose(change) => ("doses", &change.id),
        Edit::Role(change) => ("roles", &change.id),
        Edit::Group(change) => ("groups", &change.id),
        Edit::Title(change) => ("titles", &change.id),
        Edit::Programme(change) => ("programmes", &change.id),
    }
}

fn record(conn: &mut Conn, action: &str, draft: i64, by: i64, at: NaiveDateTime) -> Result<(), Error> {
    let entry = Entry { at, actor_id: Some(by), action, object_kind: "draft", object_id: Some(draft), detail: "" };
    audit::record(conn, &entry)
}
