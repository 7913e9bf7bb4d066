//! Where seats are missing. Pure: what everybody needs and by when, set against the seats of each month.
//!
//! A person needs one seat at an occasion no later than the month of the module's last day. What is late already can
//! only be met now, so it counts in the first month. Seats are those of occasions to come, also the ones that are booked,
//! because who is booked still has the module on the path.
//!
//! So many seats are missing as people remain without one however the seats are shared out. That is the most by which
//! the need up to the end of any month exceeds the seats up to then; each month is told by how much it adds to that.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};

use crate::engine::impact::Need;
use crate::engine::model::ModuleIx;

/// Months that are told one by one; what comes later stands together in one more.
pub const MONTHS: usize = 12;

/// A number of seats of a module on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supply {
    pub module: ModuleIx,
    pub day: NaiveDate,
    pub seats: u32,
}

/// One module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub module: ModuleIx,
    /// The months, then what is due later or has no last day.
    pub cells: [Cell; MONTHS + 1],
}

/// One module in one month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// People whose last day lies here.
    pub need: u32,
    pub seats: u32,
    /// Seats that must be added here, or earlier, so that nobody is left out.
    pub missing: u32,
}

impl Row {
    pub fn total(&self, of: impl Fn(&Cell) -> u32) -> u32 {
        self.cells.iter().map(of).sum()
    }
}

/// The number of the cell in which a day lies; `first` is any day of the first month.
pub fn cell_of(first: NaiveDate, day: Option<NaiveDate>) -> usize {
    let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    day.map_or(MONTHS, |day| usize::try_from((month(day) - month(first)).max(0)).unwrap_or(MONTHS).min(MONTHS))
}

/// The first day of a month; none for what is later.
pub fn first_day(first: NaiveDate, cell: usize) -> Option<NaiveDate> {
    (cell < MONTHS)
        .then(|| first.with_day(1).and_then(|day| day.checked_add_months(Months::new(cell as u32))))
        .flatten()
}

/// One row for each module that somebody needs or that is planned, in the curriculum's order.
pub fn reckon(needs: &[Need], supply: &[Supply], first: NaiveDate) -> Vec<Row> {
    let mut rows: BTreeMap<ModuleIx, [Cell; MONTHS + 1]> = BTreeMap::new();
    for need in needs {
        let cells = rows.entry(need.module).or_default();
        need.people.iter().for_each(|(day, people)| cells[cell_of(first, *day)].need += people);
    }
    for planned in supply {
        rows.entry(planned.module).or_default()[cell_of(first, Some(planned.day))].seats += planned.seats;
    }
    let row = |(module, mut cells): (ModuleIx, [Cell; MONTHS + 1])| {
        tell_missing(&mut cells);
        Row { module, cells }
    };
    rows.into_iter().map(row).collect()
}

fn tell_missing(cells: &mut [Cell]) {
    let (mut short, mut worst) = (0_i64, 0_i64);
    for cell in cells {
        short += i64::from(cell.need) - i64::from(cell.seats);
        cell.missing = u32::try_from(short - worst).unwrap_or_default();
        worst = worst.max(short);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn first() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
    }

    /// Gives seats out one by one, the earliest last day first, each the earliest seat that is left: how many go without.
    fn left_out(cells: &[Cell]) -> u32 {
        let mut seats: Vec<u32> = cells.iter().map(|cell| cell.seats).collect();
        let mut without = 0;
        for (month, cell) in cells.iter().enumerate() {
            for _ in 0..cell.need {
                match seats[..=month].iter_mut().find(|left| **left > 0) {
                    Some(left) => *left -= 1,
                    None => without += 1,
                }
            }
        }
        without
    }

    proptest! {
        #[test]
        fn so_many_are_missing_as_go_without_when_seats_are_given_out_one_by_one(
            numbers in prop::collection::vec((0..6_u32, 0..6_u32), MONTHS + 1)
        ) {
            let cell = |(need, seats)| Cell { need, seats, missing: 0 };
            let mut cells: Vec<Cell> = numbers.into_iter().map(cell).collect();
            tell_missing(&mut cells);
            prop_assert_eq!(cells.iter().map(|cell| cell.missing).sum::<u32>(), left_out(&cells));
            cells.iter_mut().for_each(|cell| cell.seats += cell.missing);
            prop_assert_eq!(left_out(&cells), 0, "opened where they are missing, nobody is left out");
        }
    }

    #[test]
    fn what_is_late_already_counts_now_and_what_has_no_day_later() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        assert_eq!(cell_of(first(), day(2026, 1, 31)), 0);
        assert_eq!(cell_of(first(), day(2026, 11, 30)), 0);
        assert_eq!(cell_of(first(), day(2026, 12, 1)), 1);
        assert_eq!(cell_of(first(), day(2027, 10, 31)), 11);
        assert_eq!(cell_of(first(), day(2027, 11, 1)), MONTHS);
        assert_eq!(cell_of(first(), None), MONTHS);
        assert_eq!(first_day(first(), 2), day(2027, 1, 1));
        assert_eq!(first_day(first(), MONTHS), None);
    }

    #[test]
    fn each_module_is_reckoned_by_itself() {
        let needs = [Need { module: ModuleIx(3), people: [(Some(first()), 5), (None, 2)].into() }];
        let supply = [
            Supply { module: ModuleIx(3), day: first(), seats: 4 },
            Supply { module: ModuleIx(1), day: first(), seats: 20 },
        ];
        let rows = reckon(&needs, &supply, first());
        assert_eq!(rows.iter().map(|row| row.module.0).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(rows[1].cells[0], Cell { need: 5, seats: 4, missing: 1 });
        assert_eq!(rows[1].cells[MONTHS], Cell { need: 2, seats: 0, missing: 2 });
        assert_eq!(rows[0].total(|cell| cell.missing), 0);
    }
}
