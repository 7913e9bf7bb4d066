//! What a notice can say: one plain struct for each kind, stored as JSON in the outbox so that a mail is exactly what
//! was decided. Wording is not here but in `templates/`; texts that come from the curriculum are already in the
//! person's language. A mail carries links, not a person's results.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

mod occasion;
mod seat;

pub use occasion::{Occasion, Part, Sitting};
pub use seat::{News, Seat, Short};

/// One thing that one person is told. Links are paths of this installation, beginning with `/`: the host is added
/// from the configuration when the mail is written, never from a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    Welcome(Welcome),
    Invitation(Invitation),
    Reminder(Reminder),
    Seat(Seat),
    Short(Short),
    Achieved(Achieved),
    Assessed(Assessed),
    Recognition(Recognition),
    Expiring(Expiring),
    TakenBack(TakenBack),
    Overdue(Overdue),
    Version(Version),
    SignIn(SignIn),
}

/// The kinds, in the order of the pages that list them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Welcome,
    Invitation,
    Reminder,
    Seat,
    Short,
    Achieved,
    Assessed,
    Recognition,
    Expiring,
    TakenBack,
    Overdue,
    Version,
    SignIn,
}

/// Welcome to an edition: what it is, why you, the first dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Welcome {
    /// The programme's name, then the edition's.
    pub programme: String,
    pub edition: String,
    /// The role the person was enrolled with, as written on screen.
    pub role: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// The first occasions, earliest first; may be empty.
    pub first: Vec<Occasion>,
    pub link: String,
}

/// An invitation to an occasion, a change of it, or that it is cancelled; carries a calendar part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    pub change: Change,
    pub occasion: Occasion,
    pub link: String,
    /// The person trains at it, and has no seat there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub trains: bool,
}

/// What an invitation says about the occasion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    New,
    /// A new time or place; the occasion's sequence has grown.
    Moved,
    /// It will not take place, or the person's place is given back.
    Cancelled,
    /// This part will not be given; the others will.
    Dropped,
    /// Time and place are as before, but which part of how many it is has changed, and so the title in calendars; the
    /// sequence has grown.
    Renumbered,
}

/// A booked occasion is near: seven days or one day before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    pub occasion: Occasion,
    pub link: String,
}

/// A module is recorded, and what comes next on the path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Achieved {
    pub module: String,
    /// Absent when the path is complete.
    pub next: Option<Next>,
    pub link: String,
    /// The person has passed what the module asks for beside being there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub assessed: bool,
}

/// What has become of a test, an assignment or an observation. That a module is done by it is told as [`Achieved`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessed {
    pub news: AssessedNews,
    pub module: String,
    pub link: String,
}

/// What is new about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssessedNews {
    /// An assignment waits for the reader to read it.
    HandedIn,
    /// With a comment, to go on with.
    Returned,
    /// Passed, while being there is left.
    Approved,
    /// A result below the mark, or an observation that says "not yet".
    NotYet,
}

/// A module is no longer recorded as done: attendance or an assessment has been corrected. The page at the link says
/// who corrected what, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakenBack {
    pub module: String,
    pub link: String,
}

/// The next piece of a path, with its day when one is booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Next {
    pub module: String,
    pub day: Option<NaiveDate>,
}

/// What has become of a request to have a module recognised, or of evidence that somebody was asked to attest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognition {
    pub news: RecognitionNews,
    pub module: String,
    pub link: String,
}

/// What is new about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecognitionNews {
    /// It waits for the reader's decision.
    Waits,
    /// With a comment, to go on with.
    Returned,
    Declined,
    Accepted,
    /// Evidence waits for the reader to attest it.
    AttestWaits,
    Attested,
    /// The one asked wants more before attesting.
    AttestReturned,
}

/// A module that the person has, and that something asks for, is valid only until a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expiring {
    pub module: String,
    /// The last day it is valid.
    pub last: NaiveDate,
    pub link: String,
}

/// Modules whose last day has passed; at least one, earliest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overdue {
    pub modules: Vec<Late>,
    pub link: String,
}

/// A module and the day it should have been done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Late {
    pub module: String,
    pub due: NaiveDate,
}

/// A new version of the curriculum has changed the person's path: at least one of the lists is not empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Such as 2026.2.
    pub number: String,
    /// What whoever published it wrote about it; may be empty.
    pub note: String,
    /// New on the path, in its order.
    pub new: Vec<Added>,
    /// Due on another day than before.
    pub moved: Vec<Late>,
    /// No longer to be done.
    pub gone: Vec<String>,
    pub link: String,
}

/// A module that is new on a path, the day it is due if it has one, and why it is there, in sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Added {
    pub module: String,
    pub due: Option<NaiveDate>,
    pub why: String,
}

/// The one-time link. Removed from the outbox as soon as the mail is delivered, has failed or is too old.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub link: String,
    /// UTC.
    pub expires_at: NaiveDateTime,
}

impl Notice {
    pub fn kind(&self) -> Kind {
        match self {
            Notice::Welcome(_) => Kind::Welcome,
            Notice::Invitation(_) => Kind::Invitation,
            Notice::Reminder(_) => Kind::Reminder,
            Notice::Seat(_) => Kind::Seat,
            Notice::Short(_) => Kind::Short,
            Notice::Achieved(_) => Kind::Achieved,
            Notice::Assessed(_) => Kind::Assessed,
            Notice::Recognition(_) => Kind::Recognition,
            Notice::Expiring(_) => Kind::Expiring,
            Notice::TakenBack(_) => Kind::TakenBack,
            Notice::Overdue(_) => Kind::Overdue,
            Notice::Version(_) => Kind::Version,
            Notice::SignIn(_) => Kind::SignIn,
        }
    }

    /// The path of the one thing to do next.
    pub fn link(&self) -> &str {
        match self {
            Notice::Welcome(n) => &n.link,
            Notice::Invitation(n) => &n.link,
            Notice::Reminder(n) => &n.link,
            Notice::Seat(n) => &n.link,
            Notice::Short(n) => &n.link,
            Notice::Achieved(n) => &n.link,
            Notice::Assessed(n) => &n.link,
            Notice::Recognition(n) => &n.link,
            Notice::Expiring(n) => &n.link,
            Notice::TakenBack(n) => &n.link,
            Notice::Overdue(n) => &n.link,
            Notice::Version(n) => &n.link,
            Notice::SignIn(n) => &n.link,
        }
    }

    /// The instant (UTC) after which the mail would only confuse, given when it was decided: it is then dropped.
    pub fn useful_until(&self, decided: NaiveDateTime) -> NaiveDateTime {
        match self {
            Notice::Welcome(n) => end_of(n.ends_on),
            Notice::Invitation(n) => n.occasion.ends_at,
            Notice::Reminder(n) => n.occasion.starts_at,
            Notice::Seat(n) => n.useful_until(decided),
            Notice::Short(n) => n.occasion.starts_at,
            Notice::Expiring(n) => end_of(n.last),
            Notice::SignIn(n) => n.expires_at,
            Notice::Achieved(_) | Notice::TakenBack(_) | Notice::Overdue(_) => decided + Days::new(14),
            Notice::Version(_) | Notice::Recognition(_) | Notice::Assessed(_) => decided + Days::new(60),
        }
    }

    /// Whether the text itself is a key to somebody's account, so that nobody may read it afterwards.
    pub fn is_secret(&self) -> bool {
        matches!(self, Notice::SignIn(_))
    }
}

fn end_of(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN) + Days::new(1)
}

impl Kind {
    pub const ALL: [Kind; 13] = [
        Kind::Welcome,
        Kind::Invitation,
        Kind::Reminder,
        Kind::Seat,
        Kind::Short,
        Kind::Achieved,
        Kind::Assessed,
        Kind::Recognition,
        Kind::Expiring,
        Kind::TakenBack,
        Kind::Overdue,
        Kind::Version,
        Kind::SignIn,
    ];

    /// The name in the database, in `templates/` and in the interface for programs.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Welcome => "welcome",
            Kind::Invitation => "invitation",
            Kind::Reminder => "reminder",
            Kind::Seat => "seat",
            Kind::Short => "short",
            Kind::Achieved => "achieved",
            Kind::Assessed => "assessed",
            Kind::Recognition => "recognition",
            Kind::Expiring => "expiring",
            Kind::TakenBack => "taken_back",
            Kind::Overdue => "overdue",
            Kind::Version => "version",
            Kind::SignIn => "sign_in",
        }
    }
}
