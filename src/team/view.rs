//! A team in words: what the template shows, with every text made here so that a large matrix renders fast.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::coverage::Coverage;
use super::matrix::{Cell, Entry, Matrix, Member, Wanted};
use crate::curriculum::model::Language;
use crate::engine::model::{ModuleIx, Step};
use crate::learning::my_path;
use crate::versions::published::Published;
use crate::web::Cells;
use crate::words;

/// More columns than this never fit a screen: the table scrolls by itself.
const FITTING_COLUMNS: usize = 11;

/// Who reads, of which curriculum, when.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub language: Language,
    pub published: &'a Published,
    pub today: NaiveDate,
}

#[derive(Serialize)]
pub struct Table {
    caption: String,
    /// The table scrolls by itself.
    scrolls: bool,
    columns: Vec<Column>,
    rows: Vec<Row>,
    act: usize,
    act_label: String,
}

#[derive(Serialize)]
struct Column {
    id: String,
    code: String,
    short: String,
    title: String,
    area: &'static str,
    act: usize,
    label: String,
}

#[derive(Serialize)]
struct Row {
    id: i64,
    name: String,
    title: String,
    /// Only when something is overdue.
    warning: Option<String>,
    done: String,
    next: Option<String>,
    act: usize,
    label: String,
    cells: Cells,
}

/// One line of a list of gaps.
#[derive(Serialize)]
pub struct Line {
    person: i64,
    name: String,
    title: String,
    module: String,
    code: String,
    area: &'static str,
    short: String,
    k: &'static str,
    state: String,
    due: Option<Day>,
    after: Option<String>,
}

#[derive(Serialize)]
struct Day {
    iso: String,
    text: String,
}

/// One sentence on a role.
#[derive(Serialize)]
pub struct Covered {
    full: bool,
    late: bool,
    text: String,
    nearest: Option<String>,
    person: Option<i64>,
}

impl Reader<'_> {
    /// The message `key`.
    pub fn say(&self, key: &str, args: &[(&str, words::Value<'_>)]) -> String {
        words::text(self.language, key, args)
    }

    pub fn table(&self, matrix: &Matrix) -> Table {
        let (by_row, by_column) = (matrix.by_row(), matrix.by_column());
        let act = by_row.iter().sum();
        let words = self.cell_words();
        let rows = matrix.members.iter().zip(&matrix.cells).zip(&by_row);
        let columns = matrix.columns.iter().zip(&by_column);
        Table {
            caption: self.say(
                "team-caption",
                &[("people", matrix.members.len().into()), ("modules", matrix.columns.len().into())],
            ),
            scrolls: matrix.columns.len() > FITTING_COLUMNS,
            columns: columns.map(|(module, act)| self.column(*module, *act)).collect(),
            rows: rows.map(|((member, cells), act)| self.row(member, cells, *act, &words)).collect(),
            act,
            act_label: self.say("team-act-all", &[("count", act.into())]),
        }
    }

    fn column(&self, module: ModuleIx, act: usize) -> Column {
        let code = self.published.code(module);
        Column {
            id: self.published.id_of(module).to_owned(),
            code: code.to_owned(),
            short: self.published.module(module).short.of(self.language).to_owned(),
            title: self.published.module(module).title.of(self.language).to_owned(),
            area: self.published.colour(module),
            act,
            label: self.say("team-act-module", &[("count", act.into()), ("code", code.into())]),
        }
    }

    fn row(&self, member: &Member, cells: &[Cell], act: usize, words: &CellWords) -> Row {
        Row {
            id: member.id,
            name: member.name.clone(),
            title: self.holds(member),
            warning: self.warning(member),
            done: self.done(member),
            next: self.next(member),
            act,
            label: self.say("team-act-person", &[("count", act.into()), ("name", member.name.as_str().into())]),
            cells: cells.iter().map(|cell| (kind(*cell), self.words(*cell, words))).collect(),
        }
    }

    /// "Sjuksköterska, förbättringsledare".
    pub fn holds(&self, member: &Member) -> String {
        let role = |id: &String| lower_first(self.published.role_title(id, self.language));
        let title = (!member.title.is_empty()).then(|| member.title.clone());
        title.into_iter().chain(member.roles.iter().map(role)).collect::<Vec<_>>().join(", ")
    }

    /// "5/12": the pieces done of all on the path.
    pub fn done(&self, member: &Member) -> String {
        format!("{}/{}", member.path.held.len(), member.path.held.len() + member.path.steps.len())
    }

    /// What to do next: "M6 PDSA i praktiken".
    pub fn next(&self, member: &Member) -> Option<String> {
        let first = my_path::next(&member.path)?;
        let short = self.published.module(first.module).short.of(self.language).replace('\u{ad}', "");
        Some(format!("{} {short}", self.published.code(first.module)))
    }

    /// "Försenad: P1 sedan 15 februari", and how many more there are.
    pub fn warning(&self, member: &Member) -> Option<String> {
        let overdue = member.overdue();
        let first: &Step = overdue.first()?;
        let code = self.published.code(first.module);
        let since = first.due.map(|due| self.day(due)).unwrap_or_default();
        let more = overdue.len() - 1;
        Some(self.say("team-overdue-since", &[("code", code.into()), ("day", since.into()), ("more", more.into())]))
    }

    pub fn lines(&self, matrix: &Matrix, entries: &[Entry]) -> Vec<Line> {
        let words = self.cell_words();
        entries.iter().map(|entry| self.line(matrix, entry, &words)).collect()
    }

    fn line(&self, matrix: &Matrix, entry: &Entry, words: &CellWords) -> Line {
        let (member, module) = (&matrix.members[entry.row], matrix.columns[entry.column]);
        let locks = member.piece(module).map_or(&[][..], |step| &step.locked_by);
        let codes: Vec<&str> = locks.iter().map(|lock| self.published.code(*lock)).collect();
        let after = || self.say("team-after", &[("codes", words::list(self.language, &codes).into())]);
        Line {
            person: member.id,
            name: member.name.clone(),
            title: self.holds(member),
            module: self.published.id_of(module).to_owned(),
            code: self.published.code(module).to_owned(),
            area: self.published.colour(module),
            short: self.published.module(module).title.of(self.language).to_owned(),
            k: kind(entry.cell),
            state: self.words(entry.cell, words).into_owned(),
            due: entry.due.map(|due| Day { iso: words::date_iso(due), text: self.day(due) }),
            after: (!codes.is_empty()).then(after),
        }
    }

    pub fn covered(&self, coverage: &Coverage) -> Covered {
        let nearest = coverage.nearest.as_ref();
        let sentence = |name: &str, quarters| {
            let hours = words::hours(self.language, quarters);
            self.say("team-coverage-nearest", &[("name", name.into()), ("hours", hours.into())])
        };
        Covered {
            full: coverage.complete == coverage.holders,
            late: coverage.late,
            text: self.say(
                "team-coverage-role",
                &[
                    ("role", self.published.role_title(&coverage.role, self.language).into()),
                    ("complete", coverage.complete.into()),
                    ("holders", coverage.holders.into()),
                ],
            ),
            nearest: nearest.map(|nearest| sentence(&nearest.name, nearest.quarters)),
            person: nearest.map(|nearest| nearest.person),
        }
    }

    /// "2 mars", with the year when it is another.
    pub fn day(&self, day: NaiveDate) -> String {
        words::date(self.language, day, self.today).replace(' ', "\u{a0}")
    }

    /// A day in a cell: "13 apr".
    fn brief(&self, day: NaiveDate) -> String {
        words::date_brief(self.language, day).replace(' ', "\u{a0}")
    }

    /// A day that need not be exact: the year alone when it is another.
    fn about(&self, day: NaiveDate) -> String {
        if day.year() == self.today.year() { self.brief(day) } else { day.year().to_string() }
    }

    fn cell_words(&self) -> CellWords {
        let plain = |key| words::plain(self.language, key).unwrap_or_default();
        CellWords {
            optional: plain("team-optional"),
            has: plain("team-has"),
            until: plain("team-until"),
            expiring: plain("team-expiring"),
            lapsed: plain("team-lapsed"),
            booked: plain("team-booked"),
            next: plain("team-next"),
            missing: plain("team-missing"),
            locked: plain("team-locked"),
            overdue: plain("team-overdue"),
        }
    }

    fn words(&self, cell: Cell, words: &CellWords) -> Cow<'static, str> {
        let plain = match cell {
            Cell::Outside => "",
            Cell::Optional => words.optional,
            Cell::Has => words.has,
            Cell::Lapsed => words.lapsed,
            Cell::Next => words.next,
            Cell::Missing => words.missing,
            Cell::Locked => words.locked,
            Cell::Overdue(None) => words.overdue,
            Cell::Until(last) => return Cow::Owned(format!("{} {}", words.until, self.about(last))),
            Cell::Expiring(last) => return Cow::Owned(format!("{} {}", words.expiring, self.brief(last))),
            Cell::Booked(day) => return Cow::Owned(format!("{} {}", words.booked, self.brief(day))),
            Cell::Overdue(Some(day)) => {
                let booked = lower_first(words.booked);
                return Cow::Owned(format!("{}, {booked} {}", words.overdue, self.brief(day)));
            }
        };
        Cow::Borrowed(plain)
    }

    /// The same words with exact days, for a file.
    pub(super) fn exact(&self, cell: Cell) -> String {
        let words = self.cell_words();
        match cell {
            Cell::Until(last) => format!("{} {}", words.until, words::date_iso(last)),
            Cell::Expiring(last) => format!("{} {}", words.expiring, words::date_iso(last)),
            Cell::Booked(day) => format!("{} {}", words.booked, words::date_iso(day)),
            Cell::Overdue(Some(day)) => {
                format!("{}, {} {}", words.overdue, lower_first(words.booked), words::date_iso(day))
            }
            cell => self.words(cell, &words).into_owned(),
        }
    }
}

/// The words of cells, looked up once for a whole matrix.
struct CellWords {
    optional: &'static str,
    has: &'static str,
    until: &'static str,
    expiring: &'static str,
    lapsed: &'static str,
    booked: &'static str,
    next: &'static str,
    missing: &'static str,
    locked: &'static str,
    overdue: &'static str,
}

/// The class and the icon of a cell.
fn kind(cell: Cell) -> &'static str {
    match cell {
        Cell::Outside => "",
        Cell::Optional => "open",
        Cell::Has => "has",
        Cell::Until(_) => "done",
        Cell::Expiring(_) | Cell::Lapsed => "exp",
        Cell::Booked(_) => "booked",
        Cell::Next => "next",
        Cell::Missing => "miss",
        Cell::Locked => "locked",
        Cell::Overdue(_) => "overdue",
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The choices of a state to list, as options of a select.
pub(super) fn wanted_label(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Act => "team-act",
        Wanted::Overdue => "team-overdue",
        Wanted::Next => "team-next",
        Wanted::Booked => "team-booked",
        Wanted::Ending => "team-ending",
        Wanted::Held => "team-has",
    }
}
