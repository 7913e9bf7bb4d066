//! Demand against supply as pages show it. Pure: words, numbers and addresses.

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;
use url::form_urlencoded;

use super::reckon::{Cell, MONTHS, Row, cell_of, first_day};
use crate::courses::propose::FreeDays;
use crate::curriculum::model::Language;
use crate::engine::model::ModuleIx;
use crate::versions::published::Published;
use crate::words;

/// Days that are left for asking people to come.
const NOTICE: u64 = 14;

/// In whose words, and on which day.
#[derive(Clone, Copy)]
pub(super) struct Telling<'a> {
    pub published: &'a Published,
    pub language: Language,
    pub today: NaiveDate,
    /// Seats on a usual occasion.
    pub participants: u32,
}

/// A module and its months.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub code: String,
    pub title: String,
    pub area: &'static str,
    /// Everybody who needs it.
    pub href: String,
    pub need: u32,
    pub seats: u32,
    pub missing: u32,
    cells: Vec<Month>,
}

/// A module in a month.
#[derive(Debug, Serialize)]
struct Month {
    /// None when nobody needs it then, and nothing is planned.
    filled: Option<Filled>,
}

#[derive(Debug, Serialize)]
struct Filled {
    /// None when nobody needs it then.
    href: Option<String>,
    /// What the numbers mean, for whoever does not see where they stand.
    label: String,
    need: u32,
    seats: u32,
    open: Option<Open>,
}

/// Seats are missing: where a day is opened.
#[derive(Debug, Serialize)]
struct Open {
    href: String,
    label: String,
    missing: u32,
}

impl Telling<'_> {
    fn text(&self, key: &str, args: &[(&str, words::Value<'_>)]) -> String {
        words::text(self.language, key, args)
    }

    /// What a column is called.
    pub fn month(&self, cell: usize) -> String {
        match first_day(self.today, cell) {
            Some(first) => words::month(self.language, first, self.today),
            None => self.text("demand-later", &[]),
        }
    }

    pub fn months(&self) -> Vec<String> {
        (0..=MONTHS).map(|cell| self.month(cell)).collect()
    }

    /// How many seats are missing, and how many occasions that is.
    pub fn lead(&self, rows: &[Row]) -> String {
        let missing: Vec<u32> = rows.iter().map(|row| row.total(|cell| cell.missing)).filter(|n| *n > 0).collect();
        let days: u32 = missing.iter().map(|seats| seats.div_ceil(self.participants.max(1))).sum();
        match missing.is_empty() {
            true => self.text("demand-enough", &[]),
            false => self.text(
                "demand-missing-in-all",
                &[
                    ("seats", missing.iter().sum::<u32>().into()),
                    ("modules", missing.len().into()),
                    ("days", days.into()),
                    ("participants", self.participants.into()),
                ],
            ),
        }
    }

    /// On a `free` day no day is opened.
    pub fn line(&self, row: &Row, free: FreeDays) -> Line {
        let module = self.published.module(row.module);
        let cell = |(at, cell): (usize, &Cell)| Month { filled: self.filled(row.module, at, cell, free) };
        Line {
            code: self.published.code(row.module).to_owned(),
            title: module.title.of(self.language).to_owned(),
            area: self.published.colour(row.module),
            href: self.people_at(row.module, None, 1),
            need: row.total(|cell| cell.need),
            seats: row.total(|cell| cell.seats),
            missing: row.total(|cell| cell.missing),
            cells: row.cells.iter().enumerate().map(cell).collect(),
        }
    }

    fn filled(&self, module: ModuleIx, at: usize, cell: &Cell, free: FreeDays) -> Option<Filled> {
        if cell.need == 0 && cell.seats == 0 {
            return None;
        }
        let title = self.published.module(module).title.of(self.language);
        let month = self.month(at);
        let args = [
            ("need", cell.need.into()),
            ("seats", cell.seats.into()),
            ("module", title.into()),
            ("month", month.as_str().into()),
        ];
        let open = || Open {
            href: self.open_at(module, at, free),
            label: self.text(
                "demand-open-label",
                &[("missing", cell.missing.into()), ("module", title.into()), ("month", month.as_str().into())],
            ),
            missing: cell.missing,
        };
        Some(Filled {
            href: (cell.need > 0).then(|| self.people_at(module, Some(at), 1)),
            label: self.text("demand-cell-label", &args),
            need: cell.need,
            seats: cell.seats,
            open: (cell.missing > 0).then(open),
        })
    }

    /// The people behind a number; of all months when none is named.
    pub fn people_at(&self, module: ModuleIx, cell: Option<usize>, page: i64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(cell) = cell {
            query.append_pair("month", &code_of(self.today, cell));
        }
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/occasions/demand/{}{mark}{query}", self.published.id_of(module))
    }

    /// The form for a new day, with the module and a day that leaves time to ask people.
    fn open_at(&self, module: ModuleIx, cell: usize, free: FreeDays) -> String {
        let soonest = self.today + Days::new(NOTICE);
        let first = first_day(self.today, cell).map_or(soonest, |first| first.max(soonest));
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("module", self.published.id_of(module));
        query.append_pair("day", &working_day(soonest, first, free).to_string());
        format!("/occasions/new?{}", query.finish())
    }
}

/// The first day of the month from `first` on which courses are given. When there is none, as in July, the last one
/// before it that is not before `soonest`, because it must be done by then; else the first one after it.
fn working_day(soonest: NaiveDate, first: NaiveDate, free: FreeDays) -> NaiveDate {
    let given = |day: &NaiveDate| free.why(*day).is_none();
    let month = |day: NaiveDate| (day.year(), day.month());
    let within = first.iter_days().take_while(|day| month(*day) == month(first)).find(given);
    let before = || (1..).map_while(|back| first.checked_sub_days(Days::new(back)));
    within
        .or_else(|| before().take_while(|day| *day >= soonest).find(given))
        .or_else(|| first.iter_days().take(400).find(given))
        .unwrap_or(first)
}

/// A month as it stands in an address: "2027-03", or "later".
fn code_of(today: NaiveDate, cell: usize) -> String {
    first_day(today, cell).map_or("later".into(), |first| first.format("%Y-%m").to_string())
}

/// The month that an address means; none when it means nothing. No month is all of them.
pub(super) fn cell_named(today: NaiveDate, code: &str) -> Option<Option<usize>> {
    match code {
        "" => Some(None),
        "later" => Some(Some(MONTHS)),
        _ => {
            let first = NaiveDate::parse_from_str(&format!("{code}-01"), "%Y-%m-%d").ok()?;
            let cell = cell_of(today, Some(first));
            (code_of(today, cell) == code).then_some(Some(cell))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::occasions::store::DayOff;

    #[test]
    fn a_day_is_opened_when_courses_are_given_and_before_july_rather_than_after() {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a day");
        let own = [DayOff { id: 1, from: day("2027-02-01"), to: day("2027-02-05"), name: "Planering".into() }];
        let free = FreeDays { months: &[7], own: &own };
        let opened = |soonest, first| working_day(day(soonest), day(first), free).to_string();
        assert_eq!(opened("2026-12-08", "2026-12-08"), "2026-12-08");
        assert_eq!(opened("2026-12-08", "2027-01-01"), "2027-01-04", "New Year's Day and a weekend");
        assert_eq!(opened("2026-12-08", "2027-02-01"), "2027-02-08", "the region's own days");
        assert_eq!(opened("2026-12-08", "2027-07-01"), "2027-06-30", "due in July");
        assert_eq!(opened("2027-07-05", "2027-07-05"), "2027-08-02", "asked in July");
    }

    #[test]
    fn a_month_in_an_address_is_read_back() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        for cell in 0..=MONTHS {
            assert_eq!(cell_named(today, &code_of(today, cell)), Some(Some(cell)));
        }
        assert_eq!(cell_named(today, ""), Some(None));
        for wrong in ["2026-10", "2027-13", "2028-01", "x", "2026-11-23"] {
            assert_eq!(cell_named(today, wrong), None, "{wrong}");
        }
    }
}
