//! One person's question: which pieces, on what terms.

use fixedbitset::FixedBitSet;

use super::calendar::{Calendar, Day, NEVER, Part, week};
use crate::engine::model::ModuleIx;

/// What must have ended before a piece begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// A piece of the task, by its place; an earlier one.
    Piece(usize),
    /// So many of these; none of nothing = nothing must.
    AtLeast(u32, Vec<Before>),
}

impl Before {
    pub fn nothing() -> Before {
        Before::AtLeast(0, Vec::new())
    }

    /// The last day of what comes first when each piece ends on its day of `ends`; `start` when nothing does.
    pub(super) fn ready(&self, ends: &[Day], start: Day) -> Day {
        match self {
            Before::Piece(piece) => ends[*piece],
            Before::AtLeast(0, _) => start,
            Before::AtLeast(least, parts) => {
                let mut days: Vec<Day> = parts.iter().map(|part| part.ready(ends, start)).collect();
                days.sort_unstable();
                days.get(*least as usize - 1).copied().unwrap_or(NEVER)
            }
        }
    }

    /// Calls `each` with every piece named.
    pub(super) fn for_each(&self, each: &mut impl FnMut(usize)) {
        match self {
            Before::Piece(piece) => each(*piece),
            Before::AtLeast(_, parts) => parts.iter().for_each(|part| part.for_each(each)),
        }
    }
}

/// How a piece is had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// On one of the calendar's occasions of the module.
    Occasions,
    /// Alone, on any day after what comes first.
    OwnPace,
    /// By a seat that is kept; its last day.
    Booked { occasion: i64, last: Day },
}

/// One module to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub module: ModuleIx,
    /// The last day of the requirement itself, not of what builds on it.
    pub due: Option<Day>,
    pub before: Before,
    pub given: Given,
    /// False for what is there only for the sake of others: leaving it out costs nothing by itself.
    pub wanted: bool,
}

/// Why an occasion cannot be booked, whatever else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bar {
    /// No seat is free.
    Full,
    /// Booking has closed.
    Closed,
    /// It is for others.
    Kept,
    /// Given in another language than was asked for.
    Language,
}

/// What the person wishes and has promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub today: Day,
    /// No occasion begins before this day; not before today.
    pub from: Day,
    /// Absences, both days included.
    pub away: Vec<(Day, Day)>,
    /// Course days in one week, seats that are kept counted; a week that has more by those gets no further day.
    pub days_a_week: Option<u8>,
    /// Parts of seats that are kept.
    pub kept: Vec<Part>,
}

/// The question.
#[derive(Debug, Clone)]
pub struct Task<'a> {
    pub calendar: &'a Calendar,
    /// What a piece builds on stands before it.
    pub pieces: Vec<Piece>,
    pub terms: Terms,
    /// For each occasion of the calendar.
    pub bars: Vec<Option<Bar>>,
}

impl<'a> Task<'a> {
    /// With the bars that follow from the seats.
    pub fn new(calendar: &'a Calendar, pieces: Vec<Piece>, terms: Terms) -> Task<'a> {
        let full = |free: Option<u32>| (free == Some(0)).then_some(Bar::Full);
        let bars = calendar.occasions.iter().map(|occasion| full(occasion.free)).collect();
        Task { calendar, pieces, terms, bars }
    }

    /// The occasions of the pieces that could be used, each looked at alone.
    pub(super) fn usable(&self) -> FixedBitSet {
        let mut usable = FixedBitSet::with_capacity(self.calendar.occasions.len());
        for piece in self.pieces.iter().filter(|piece| piece.given == Given::Occasions) {
            let of = self.calendar.of(piece.module).iter().copied();
            usable.extend(of.filter(|&occasion| self.is_usable(occasion)));
        }
        usable
    }

    fn is_usable(&self, occasion: usize) -> bool {
        let parts = &self.calendar.occasions[occasion].parts;
        let terms = &self.terms;
        let away = |part: &Part| terms.away.iter().any(|(from, to)| (*from..=*to).contains(&part.day));
        self.bars[occasion].is_none()
            && self.calendar.occasions[occasion].first() >= terms.from
            && !parts.iter().any(|part| away(part) || terms.kept.iter().any(|kept| kept.meets(*part)))
            && self.weeks_allow(parts.iter().map(|part| part.day))
    }

    /// Whether a person with these course days, and those kept, has no week too full.
    pub(super) fn weeks_allow(&self, days: impl Iterator<Item = Day>) -> bool {
        let Some(most) = self.terms.days_a_week else { return true };
        let mut days: Vec<Day> = days.collect();
        days.sort_unstable();
        days.dedup();
        let kept = self.kept_days();
        days.iter().all(|day| {
            let own = kept.iter().filter(|kept| week(**kept) == week(*day));
            let more = days.iter().filter(|other| week(**other) == week(*day) && !kept.contains(other)).count();
            more == 0 || own.count() + more <= usize::from(most)
        })
    }

    fn kept_days(&self) -> Vec<Day> {
        let mut kept: Vec<Day> = self.terms.kept.iter().map(|part| part.day).collect();
        kept.sort_unstable();
        kept.dedup();
        kept
    }
}
