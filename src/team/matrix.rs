//! The matrix: one row for each person, one column for each module that somebody has or is to have. Pure.
//!
//! Every total is counted over the same cells that [`Matrix::entries`] lists, so a number and its list always agree.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::engine::model::{Facts, Holding, ModuleIx, Path, State, Step};
use crate::learning::my_path;
use crate::learning::service::path_of;
use crate::organisation::Person;
use crate::versions::published::Published;

/// People and modules; `cells[person][column]`.
#[derive(Debug)]
pub struct Matrix<'a> {
    pub members: &'a [Member],
    /// By area, then in the curriculum's order.
    pub columns: Vec<ModuleIx>,
    pub cells: Vec<Vec<Cell>>,
}

/// A person with the answer to where they are.
#[derive(Debug, Clone)]
pub struct Member {
    pub id: i64,
    pub name: String,
    /// The job title as the region writes it.
    pub title: String,
    /// Ids of the roles held today, in the curriculum's order.
    pub roles: Vec<String>,
    pub path: Path,
    /// What is held and valid today, with the last day, whether or not anything asks for it.
    pub valid: Vec<(ModuleIx, Option<NaiveDate>)>,
}

/// How it is with one person and one module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Nothing asks for it and it is not held.
    Outside,
    /// Recommended only.
    Optional,
    Has,
    /// Held until a day more than 90 days away, or nothing requires it.
    Until(NaiveDate),
    /// Required, and ends within 90 days.
    Expiring(NaiveDate),
    /// Required, held once, no longer valid.
    Lapsed,
    Booked(NaiveDate),
    /// What to do next, as the person's own page says.
    Next,
    Missing,
    /// Other steps come first.
    Locked,
    /// The day has passed; perhaps a seat is booked all the same.
    Overdue(Option<NaiveDate>),
}

/// What to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted {
    /// What somebody must do something about: lacking or soon lacking, and not booked.
    #[default]
    Act,
    Overdue,
    Next,
    Booked,
    /// Ends soon or has ended.
    Ending,
    Held,
}

/// One listed cell: places in [`Matrix::members`] and [`Matrix::columns`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub row: usize,
    pub column: usize,
    pub cell: Cell,
    pub due: Option<NaiveDate>,
}

impl<'a> Matrix<'a> {
    pub fn new(published: &Published, members: &'a [Member]) -> Matrix<'a> {
        let columns = columns(published, members);
        let mut place = vec![None; published.compiled.modules().len()];
        for (at, module) in columns.iter().enumerate() {
            place[usize::from(module.0)] = Some(at);
        }
        let cells = members.iter().map(|member| row(member, &place, columns.len())).collect();
        Matrix { members, columns, cells }
    }

    /// Those cells that are `wanted`, of one module or person or of all: the earliest due day first, then by person.
    pub fn entries(&self, wanted: Wanted, module: Option<ModuleIx>, person: Option<i64>) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (row, member) in self.members.iter().enumerate().filter(|(_, m)| person.is_none_or(|id| id == m.id)) {
            for (column, cell) in self.cells[row].iter().enumerate() {
                let here = module.is_none_or(|module| module == self.columns[column]);
                if here && wanted.fits(*cell) {
                    let due = member.piece(self.columns[column]).and_then(|piece| piece.due);
                    entries.push(Entry { row, column, cell: *cell, due });
                }
            }
        }
        entries.sort_by_key(|entry| (entry.due.unwrap_or(NaiveDate::MAX), entry.row, entry.column));
        entries
    }

    /// To act on, for each person.
    pub fn by_row(&self) -> Vec<usize> {
        self.cells.iter().map(|row| row.iter().filter(|cell| Wanted::Act.fits(**cell)).count()).collect()
    }

    /// To act on, for each module.
    pub fn by_column(&self) -> Vec<usize> {
        let count = |at: usize| self.cells.iter().filter(|row| Wanted::Act.fits(row[at])).count();
        (0..self.columns.len()).map(count).collect()
    }
}

impl Member {
    /// Where `person` is on `today`.
    pub fn new(published: &Published, person: &Person, facts: &Facts, today: NaiveDate) -> Member {
        let title = if person.title_text.is_empty() { &person.title_code } else { &person.title_text };
        Member {
            id: person.id,
            name: person.name.clone(),
            title: title.clone(),
            roles: roles(published, facts, today),
            path: path_of(published, facts, today),
            valid: valid(published, facts, today),
        }
    }

    /// The step to do or the held piece of `module`, when the path has it.
    pub fn piece(&self, module: ModuleIx) -> Option<&Step> {
        self.path.steps.iter().chain(&self.path.held).find(|step| step.module == module)
    }

    /// What is overdue, the longest first.
    pub fn overdue(&self) -> Vec<&Step> {
        let mut overdue: Vec<&Step> = self.path.steps.iter().filter(|step| step.state == State::Overdue).collect();
        overdue.sort_by_key(|step| step.due);
        overdue
    }
}

fn roles(published: &Published, facts: &Facts, today: NaiveDate) -> Vec<String> {
    let mut roles: Vec<&String> = facts
        .assignments
        .iter()
        .filter(|held| held.from <= today && held.to.is_none_or(|to| today <= to))
        .filter_map(|held| match &held.holding {
            Holding::Role(role) => Some(role),
            _ => None,
        })
        .collect();
    roles.sort_by_key(|id| (published.curriculum.roles.get(*id).map_or(u32::MAX, |role| role.order), *id));
    roles.dedup();
    roles.into_iter().cloned().collect()
}

fn valid(published: &Published, facts: &Facts, today: NaiveDate) -> Vec<(ModuleIx, Option<NaiveDate>)> {
    let counts = facts.achievements.iter().filter(|a| a.day <= today && a.valid_until.is_none_or(|last| last >= today));
    let mut valid: Vec<_> =
        counts.filter_map(|a| Some((published.compiled.index(&a.module)?, a.valid_until))).collect();
    // The longest first, so that it is the one that stays.
    valid.sort_by_key(|(module, last)| (*module, std::cmp::Reverse(last.unwrap_or(NaiveDate::MAX))));
    valid.dedup_by_key(|(module, _)| *module);
    valid
}

/// Every module that somebody has, or has on the path. What is only recommended makes no column.
fn columns(published: &Published, members: &[Member]) -> Vec<ModuleIx> {
    let on_path = members.iter().flat_map(|m| m.path.steps.iter().chain(&m.path.held)).map(|step| step.module);
    let held = members.iter().flat_map(|m| &m.valid).map(|(module, _)| *module);
    let shown: BTreeSet<ModuleIx> = on_path.chain(held).collect();
    let mut columns: Vec<ModuleIx> = shown.into_iter().collect();
    columns.sort_by_key(|module| (published.area(*module).map_or(u32::MAX, |area| area.order), *module));
    columns
}

fn row(member: &Member, place: &[Option<usize>], columns: usize) -> Vec<Cell> {
    let mut row = vec![Cell::Outside; columns];
    let mut set = |module: ModuleIx, cell: Cell| {
        if let Some(at) = place[usize::from(module.0)] {
            row[at] = cell;
        }
    };
    member.path.recommended.iter().for_each(|step| set(step.module, Cell::Optional));
    member.valid.iter().for_each(|(module, last)| set(*module, last.map_or(Cell::Has, Cell::Until)));
    member.path.held.iter().for_each(|step| set(step.module, held(step)));
    let next = my_path::next(&member.path).map(|step| step.module);
    for step in &member.path.steps {
        set(step.module, to_do(step, next == Some(step.module)));
    }
    row
}

fn held(step: &Step) -> Cell {
    let last = step.achieved.and_then(|held| held.valid_until);
    match (step.state, step.booked, last) {
        (State::Expiring, Some(seat), _) => Cell::Booked(seat.day),
        (State::Expiring, None, Some(last)) => Cell::Expiring(last),
        (_, _, Some(last)) => Cell::Until(last),
        _ => Cell::Has,
    }
}

fn to_do(step: &Step, next: bool) -> Cell {
    match step.state {
        State::Overdue => Cell::Overdue(step.booked.map(|seat| seat.day)),
        State::Expired => Cell::Lapsed,
        State::Locked => Cell::Locked,
        _ => match step.booked {
            Some(seat) => Cell::Booked(seat.day),
            None if next => Cell::Next,
            None => Cell::Missing,
        },
    }
}

impl Wanted {
    pub fn fits(self, cell: Cell) -> bool {
        match self {
            Wanted::Act => matches!(
                cell,
                Cell::Next | Cell::Missing | Cell::Locked | Cell::Lapsed | Cell::Expiring(_) | Cell::Overdue(None)
            ),
            Wanted::Overdue => matches!(cell, Cell::Overdue(_)),
            Wanted::Next => cell == Cell::Next,
            Wanted::Booked => matches!(cell, Cell::Booked(_) | Cell::Overdue(Some(_))),
            Wanted::Ending => matches!(cell, Cell::Expiring(_) | Cell::Lapsed),
            Wanted::Held => matches!(cell, Cell::Has | Cell::Until(_) | Cell::Expiring(_)),
        }
    }

    /// As it stands in addresses.
    pub const ALL: [(&'static str, Wanted); 6] = [
        ("act", Wanted::Act),
        ("overdue", Wanted::Overdue),
        ("next", Wanted::Next),
        ("booked", Wanted::Booked),
        ("ending", Wanted::Ending),
        ("held", Wanted::Held),
    ];

    pub fn of(code: &str) -> Option<Wanted> {
        Wanted::ALL.iter().find(|(known, _)| *known == code).map(|(_, wanted)| *wanted)
    }
}
