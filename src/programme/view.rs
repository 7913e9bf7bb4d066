//! What an edition's pages show, in the reader's language. Pure.

use chrono::NaiveDate;
use serde::Serialize;

use super::board::{Board, Row, Status};
use super::dates::Dates;
use crate::clock;
use crate::curriculum::model::{Language, Programme};
use crate::engine::model::ModuleIx;
use crate::occasions::seat::Seat;
use crate::occasions::store::Given;
use crate::versions::published::Published;
use crate::web::Choice;
use crate::words;

/// The board of an edition.
#[derive(Debug, Serialize)]
pub struct BoardView {
    pub id: i64,
    pub name: String,
    pub programme: String,
    pub dates: String,
    pub total: usize,
    pub on_time: usize,
    pub behind: usize,
    pub completed: usize,
    /// How many rows there are in all tabs.
    pub all: usize,
    pub tabs: Vec<Tab>,
    /// Those of the chosen tab.
    pub rows: Vec<RowView>,
    pub occasions: Vec<OccasionView>,
    pub milestones: Vec<DayView>,
    pub roles: Vec<Choice>,
    /// No more people can be enrolled.
    pub ended: bool,
}

/// The same list, those of one status.
#[derive(Debug, Serialize)]
pub struct Tab {
    pub href: String,
    pub label: String,
    pub count: usize,
    pub current: bool,
}

/// A participant.
#[derive(Debug, Serialize)]
pub struct RowView {
    pub person: i64,
    pub name: String,
    pub unit: String,
    pub role: String,
    pub done: usize,
    pub of: usize,
    /// "M6 PDSA i praktiken, 2 mars"; empty when everything is done.
    pub next: String,
    /// left, completed, behind or on_time.
    pub status: &'static str,
    /// The words of the status.
    pub says: String,
    pub icon: &'static str,
    pub tone: &'static str,
    pub attendance: String,
    pub presented: bool,
    pub takes_part: bool,
}

#[derive(Debug, Serialize)]
pub struct OccasionView {
    pub id: i64,
    pub code: String,
    pub title: String,
    pub area: &'static str,
    /// One for each part.
    pub when: Vec<String>,
    /// Each place once.
    pub places: Vec<String>,
    /// The meeting's title.
    pub meeting: String,
    /// "12 av 14 närvarande", "14 bokade"
    pub seats: String,
}

#[derive(Debug, Serialize)]
pub struct DayView {
    pub day: String,
    pub iso: String,
    pub title: String,
    pub past: bool,
}

/// Statuses of a participant with the names of their tabs; the first is everybody.
const STATUSES: [(&str, &str); 5] = [
    ("", "programme-everybody"),
    ("behind", "programme-are-behind"),
    ("on_time", "programme-on-time"),
    ("completed", "programme-completed"),
    ("left", "programme-left"),
];

/// The board, of which `status` chooses the rows; an unknown one shows all.
pub fn board(published: &Published, board: &Board, status: &str, language: Language, today: NaiveDate) -> BoardView {
    let programme = published.curriculum.programmes.get(&board.edition.programme);
    let mut rows: Vec<RowView> =
        board.rows.iter().map(|row| row_view(published, board, row, language, today)).collect();
    let count = |status: &str| rows.iter().filter(|row| row.status == status).count();
    let (on_time, behind, completed, all) = (count("on_time"), count("behind"), count("completed"), rows.len());
    let total = rows.iter().filter(|row| row.takes_part).count();
    let status = STATUSES.iter().find(|(known, _)| *known == status).map_or("", |(known, _)| known);
    let tabs = tabs(board.edition.id, &rows, status, language);
    rows.retain(|row| status.is_empty() || row.status == status);
    BoardView {
        id: board.edition.id,
        name: board.edition.name.clone(),
        programme: programme.map_or(board.edition.programme.as_str(), |p| p.title.of(language)).into(),
        dates: span(language, board.edition.starts_on, board.edition.ends_on, today),
        total,
        on_time,
        behind,
        completed,
        all,
        tabs,
        rows,
        occasions: board
            .occasions
            .iter()
            .map(|given| occasion_view(published, programme, board, given, language, today))
            .collect(),
        milestones: milestones(programme, &board.milestones, language, today),
        roles: programme.map(|p| roles(published, p, language)).unwrap_or_default(),
        ended: board.edition.ends_on < today,
    }
}

/// Everybody, and each status that somebody has or that is shown.
fn tabs(edition: i64, rows: &[RowView], status: &str, language: Language) -> Vec<Tab> {
    let tab = |(known, key): &(&str, &str)| Tab {
        href: match *known {
            "" => format!("/editions/{edition}"),
            known => format!("/editions/{edition}?status={known}"),
        },
        label: words::text(language, key, &[]),
        count: rows.iter().filter(|row| known.is_empty() || row.status == *known).count(),
        current: *known == status,
    };
    STATUSES.iter().map(tab).filter(|tab| tab.count > 0 || tab.current).collect()
}

/// "1 oktober 2026–28 maj 2027"
pub fn span(language: Language, from: NaiveDate, to: NaiveDate, today: NaiveDate) -> String {
    let word = |day| words::date_long(language, day, today);
    words::text(language, "programme-span", &[("from", word(from).into()), ("to", word(to).into())])
}

fn row_view(published: &Published, board: &Board, row: &Row, language: Language, today: NaiveDate) -> RowView {
    let (progress, participant) = (&row.progress, &row.participant);
    let status = row.status();
    let (icon, tone, says) = match status {
        Status::Left => ("open", "state--quiet", words::text(language, "programme-left", &[])),
        Status::Completed => ("done", "state--good", words::text(language, "programme-completed", &[])),
        Status::Behind => {
            let late: Vec<&str> = progress.late.iter().map(|m| published.code(*m)).collect();
            let list = words::list(language, &late);
            ("overdue", "state--bad", words::text(language, "programme-behind", &[("modules", list.into())]))
        }
        Status::OnTime => ("done", "state--quiet", words::text(language, "programme-on-time", &[])),
    };
    RowView {
        person: participant.person,
        name: participant.name.clone(),
        unit: participant.unit.clone().unwrap_or_default(),
        role: published.role_title(&participant.role, language).into(),
        done: progress.done,
        of: progress.of,
        next: progress.next.map(|m| next(published, board, row, m, language, today)).unwrap_or_default(),
        status: status.code(),
        says,
        icon,
        tone,
        attendance: progress
            .attendance_percent
            .map(|p| words::text(language, "programme-percent", &[("percent", p.into())]))
            .unwrap_or_default(),
        presented: participant.presented_on.is_some(),
        takes_part: status != Status::Left,
    }
}

fn next(
    published: &Published,
    board: &Board,
    row: &Row,
    module: ModuleIx,
    language: Language,
    today: NaiveDate,
) -> String {
    let title = format!("{} {}", published.code(module), published.module(module).short.of(language));
    let booked = board.occasions.iter().map(|given| &given.occasion).find(|occasion| {
        board.seats.get(&(occasion.id, row.participant.person)) == Some(&Seat::Booked)
            && published.compiled.index(&occasion.module) == Some(module)
            && clock::day_of(occasion.starts_at) >= today
    });
    match booked {
        Some(occasion) => format!("{title}, {}", words::date_short(language, clock::day_of(occasion.starts_at))),
        None => title,
    }
}

fn occasion_view(
    published: &Published,
    programme: Option<&Programme>,
    board: &Board,
    Given { occasion, parts }: &Given,
    language: Language,
    today: NaiveDate,
) -> OccasionView {
    let of = |wanted: Seat| board.seats.iter().filter(|((id, _), seat)| *id == occasion.id && **seat == wanted).count();
    let (booked, attended, absent) = (of(Seat::Booked), of(Seat::Attended), of(Seat::Absent));
    let seats = if attended + absent > 0 {
        let all = attended + absent + booked;
        words::text(language, "programme-attended", &[("count", attended.into()), ("all", all.into())])
    } else {
        words::text(language, "programme-booked", &[("count", booked.into())])
    };
    let mut places: Vec<String> = parts.iter().map(|part| part.place.clone()).collect();
    places.dedup();
    let module = published.named(&occasion.module, language);
    let meeting = programme.and_then(|p| p.meetings.iter().find(|m| Some(&m.id) == occasion.meeting.as_ref()));
    OccasionView {
        id: occasion.id,
        code: module.code,
        title: module.title,
        area: module.area,
        when: parts.iter().map(|part| words::when(language, part.starts_at, part.ends_at, today)).collect(),
        places,
        meeting: meeting.map(|m| m.title.of(language).to_owned()).unwrap_or_default(),
        seats,
    }
}

fn milestones(
    programme: Option<&Programme>,
    days: &[(String, NaiveDate)],
    language: Language,
    today: NaiveDate,
) -> Vec<DayView> {
    days.iter()
        .map(|(code, day)| {
            let known = programme.and_then(|p| p.milestones.iter().find(|m| m.id == *code));
            DayView {
                day: words::date_long(language, *day, today),
                iso: words::date_iso(*day),
                title: known.map_or(code.as_str(), |m| m.title.of(language)).into(),
                past: *day < today,
            }
        })
        .collect()
}

/// The programme's roles as options.
pub fn roles(published: &Published, programme: &Programme, language: Language) -> Vec<Choice> {
    let choice = |id: &String| Choice { value: id.clone(), label: published.role_title(id, language).into() };
    programme.roles.iter().map(choice).collect()
}

/// The dates an edition would get, as lines: shown before it is created.
pub fn preview(
    published: &Published,
    programme: &Programme,
    dates: &Dates,
    language: Language,
    today: NaiveDate,
) -> Vec<DayView> {
    let mut lines: Vec<(chrono::NaiveDateTime, DayView)> = dates
        .slots
        .iter()
        .map(|slot| {
            let day = clock::day_of(slot.starts_at);
            let title = published.title_of_id(&slot.module, language).to_owned();
            let when = words::when(language, slot.starts_at, slot.ends_at, today);
            (slot.starts_at, DayView { day: when, iso: words::date_iso(day), title, past: day < today })
        })
        .collect();
    let ends = dates.milestones.iter().filter_map(|(code, day)| {
        let known = programme.milestones.iter().find(|m| m.id == *code)?;
        let title = words::text(language, "programme-milestone", &[("title", known.title.of(language).into())]);
        let line = DayView {
            day: words::date_long(language, *day, today),
            iso: words::date_iso(*day),
            title,
            past: *day < today,
        };
        Some((day.and_hms_opt(23, 0, 0)?, line))
    });
    lines.extend(ends);
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}
