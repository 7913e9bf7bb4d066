//! From rows to courses.

use std::collections::HashMap;

use super::{Catalogue, CatalogueError, Course, MOST_COURSES, Row};

/// The first cell of the row that names the columns in the format of Curricular Analytics.
const COURSE_ID: &str = "course id";
/// The names a column may have; the first is the one that is asked for.
const ID: &[&str] = &["id", COURSE_ID, "kod", "kurskod", "code"];
const TITLE: &[&str] = &["title", "course name", "name", "titel", "namn", "benämning"];
const HOURS: &[&str] = &["hours", "credit hours", "timmar", "credits"];
const BEFORE: &[&str] = &["prerequisites", "prerequisite", "förkunskaper", "bygger på", "builds_on", "builds on"];
const TOGETHER: &[&str] = &["corequisites"];
const STRICTLY: &[&str] = &["strict-corequisites"];
const PREFIX: &[&str] = &["prefix"];
const NUMBER: &[&str] = &["number"];
/// Known and told once rather than column by column.
const LEFT: &[&str] = &["institution", "canonical name", "term"];

/// The catalogue that `rows` hold.
pub fn read(rows: &[Row]) -> Result<Catalogue, CatalogueError> {
    let filled: Vec<&Row> = rows.iter().filter(|row| row.cells.iter().any(|cell| !cell.trim().is_empty())).collect();
    let head = filled.iter().position(|row| first(row).eq_ignore_ascii_case(COURSE_ID)).unwrap_or(0);
    let (above, rows) = filled.split_at(head);
    let (names, rows) = rows.split_first().ok_or(CatalogueError::Empty)?;
    let mut catalogue = Catalogue::default();
    above.iter().for_each(|row| about(&mut catalogue, row));
    let columns = Columns::of(names, &mut catalogue.notes)?;
    let mut seen: HashMap<String, u64> = HashMap::new();
    for row in rows {
        let alone = row.cells.iter().skip(1).all(|cell| cell.trim().is_empty());
        // A degree plan has a second part with its own names of columns.
        if first(row).eq_ignore_ascii_case(COURSE_ID) || alone && first(row).eq_ignore_ascii_case("additional courses")
        {
            continue;
        }
        let course = columns.course(row);
        if course.id.is_empty() || course.title.is_empty() {
            catalogue.notes.push(format!("line {}: a course without id or title is left out", row.line));
            continue;
        }
        if let Some(line) = seen.insert(course.id.clone(), row.line) {
            return Err(CatalogueError::Twice { line: row.line, first: line, id: course.id });
        }
        if catalogue.courses.len() == MOST_COURSES {
            return Err(CatalogueError::TooMany);
        }
        catalogue.courses.push(course);
    }
    if catalogue.courses.is_empty() { Err(CatalogueError::NoCourses) } else { Ok(catalogue) }
}

fn first(row: &Row) -> &str {
    row.cells.first().map_or("", |cell| cell.trim())
}

/// One line of the header block.
fn about(catalogue: &mut Catalogue, row: &Row) {
    let value = row.cells.get(1).map_or("", |cell| cell.trim());
    match first(row).to_lowercase().as_str() {
        "curriculum" => catalogue.name = plain(value),
        "institution" => catalogue.institution = plain(value),
        "courses" | "" => {}
        _ if value.is_empty() => {}
        _ => catalogue.notes.push(format!("line {}: {} ({value}) has no place in a curriculum", row.line, first(row))),
    }
}

/// Which cell of a row holds what.
struct Columns {
    id: usize,
    title: usize,
    prefix: Option<usize>,
    number: Option<usize>,
    hours: Option<usize>,
    before: Option<usize>,
    together: Option<usize>,
    strictly: Option<usize>,
}

impl Columns {
    fn of(row: &Row, notes: &mut Vec<String>) -> Result<Columns, CatalogueError> {
        let names: Vec<String> = row.cells.iter().map(|cell| cell.trim().to_lowercase()).collect();
        let find = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        let there = || row.cells.iter().take(20).map(|cell| cell.trim()).collect::<Vec<_>>().join(", ");
        let must = |known: &'static [&'static str]| {
            find(known).ok_or_else(|| CatalogueError::NoColumn { wanted: known[0], there: there() })
        };
        let known = [ID, TITLE, HOURS, BEFORE, TOGETHER, STRICTLY, PREFIX, NUMBER, LEFT].concat();
        let others: Vec<&str> = row
            .cells
            .iter()
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty() && !known.contains(&cell.to_lowercase().as_str()))
            .collect();
        if !others.is_empty() {
            notes.push(format!("columns without a place in a curriculum: {}", others.join(", ")));
        }
        Ok(Columns {
            id: must(ID)?,
            title: must(TITLE)?,
            prefix: find(PREFIX),
            number: find(NUMBER),
            hours: find(HOURS),
            before: find(BEFORE),
            together: find(TOGETHER),
            strictly: find(STRICTLY),
        })
    }

    fn course(&self, row: &Row) -> Course {
        let cell = |at: usize| row.cells.get(at).map(|cell| plain(cell)).unwrap_or_default();
        let maybe = |at: Option<usize>| at.map(cell).unwrap_or_default();
        let ids = |at: Option<usize>| {
            let all = maybe(at);
            all.split([';', ',', '|']).map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect()
        };
        Course {
            line: row.line,
            id: cell(self.id),
            title: cell(self.title),
            prefix: maybe(self.prefix),
            number: maybe(self.number),
            hours: maybe(self.hours),
            before: ids(self.before),
            together: ids(self.together),
            strictly_together: ids(self.strictly),
        }
    }
}

/// On one line, without what cannot be seen.
fn plain(text: &str) -> String {
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(visible).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
