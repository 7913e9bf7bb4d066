//! The rules of seats that the region decides. Pure. What holds when nothing has been decided is the default.

use std::ops::RangeInclusive;

/// What holds from now on. An offer that has been made keeps the time it was told, and what was late when it happened
/// stays late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Hours for which an offered seat is kept.
    pub offer_hours: u32,
    /// A booked seat that is given back fewer hours than this before the occasion begins is given back late; 0 = none
    /// ever is.
    pub late_hours: u32,
    /// Whoever has not come to so many booked occasions in a year gets new seats by the manager or the developer only;
    /// none = everybody books alone.
    pub no_shows: Option<u32>,
}

impl Rules {
    pub const OFFER_HOURS: RangeInclusive<u32> = 1..=336;
    pub const LATE_HOURS: RangeInclusive<u32> = 0..=720;
    pub const NO_SHOWS: RangeInclusive<u32> = 1..=20;
}

impl Default for Rules {
    fn default() -> Self {
        Rules { offer_hours: 48, late_hours: 72, no_shows: None }
    }
}
