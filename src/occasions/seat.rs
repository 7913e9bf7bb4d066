//! What a booking is, and why it became so. The rules are in [`super::life`].

/// What has become of a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Seat {
    Booked,
    Waitlisted,
    /// Kept for the person for a while.
    Offered,
    Cancelled,
    Attended,
    Absent,
}

impl Seat {
    /// The name in the database and in the interface for programs.
    pub fn code(self) -> &'static str {
        match self {
            Seat::Booked => "booked",
            Seat::Waitlisted => "waitlisted",
            Seat::Offered => "offered",
            Seat::Cancelled => "cancelled",
            Seat::Attended => "attended",
            Seat::Absent => "absent",
        }
    }

    /// Unknown codes cannot be written by this program; they read as cancelled, which promises nothing.
    pub fn of(code: &str) -> Seat {
        let all = [Seat::Booked, Seat::Waitlisted, Seat::Offered, Seat::Attended, Seat::Absent];
        all.into_iter().find(|seat| seat.code() == code).unwrap_or(Seat::Cancelled)
    }

    /// Those that somebody else cannot have.
    pub const TAKEN: [Seat; 4] = [Seat::Booked, Seat::Offered, Seat::Attended, Seat::Absent];

    /// Whether somebody else cannot have it.
    pub fn is_taken(self) -> bool {
        Seat::TAKEN.contains(&self)
    }

    /// Whether the person has come or is to come: whom a change of the day concerns.
    pub fn has_seat(self) -> bool {
        matches!(self, Seat::Booked | Seat::Attended | Seat::Absent)
    }

    /// Whether the person is still to come or waits to.
    pub fn is_open(self) -> bool {
        matches!(self, Seat::Booked | Seat::Offered | Seat::Waitlisted)
    }
}

/// Why a booking changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    Asked,
    /// By exception, or with an edition.
    Placed,
    /// The first in line when a seat became free.
    Offered,
    Taken,
    /// The offer was not taken in time.
    Lapsed,
    Left,
    /// Gave back a seat later than the region's rule asks for.
    LeftLate,
    /// The offer stands for a shorter time, because the occasion was moved.
    Shortened,
    /// Has left the region.
    Gone,
    /// Has got a seat at another occasion of the module.
    Seated,
    /// Has the module.
    Achieved,
    /// The occasion began while the person was still waiting.
    NeverFree,
    CalledOff,
    /// Who was there and who was not.
    Marked,
}

impl Cause {
    pub fn code(self) -> &'static str {
        match self {
            Cause::Asked => "asked",
            Cause::Placed => "placed",
            Cause::Offered => "offered",
            Cause::Taken => "taken",
            Cause::Lapsed => "lapsed",
            Cause::Left => "left",
            Cause::LeftLate => "left_late",
            Cause::Shortened => "shortened",
            Cause::Gone => "gone",
            Cause::Seated => "seated",
            Cause::Achieved => "achieved",
            Cause::NeverFree => "never_free",
            Cause::CalledOff => "called_off",
            Cause::Marked => "marked",
        }
    }
}
