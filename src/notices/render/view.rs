//! What is particular to each kind of notice, in words.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::Addressee;
use crate::curriculum::model::Language;
use crate::notices::kinds::{
    Added, AssessedNews, Change, Invitation, Late, News, Notice, Occasion, RecognitionNews, Sitting,
};
use crate::words;

/// What is particular to the kind, in words.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum View {
    Welcome {
        programme: String,
        edition: String,
        role: String,
        starts_on: String,
        ends_on: String,
        first: Vec<When>,
    },
    Invitation {
        new: bool,
        moved: bool,
        cancelled: bool,
        dropped: bool,
        renumbered: bool,
        trains: bool,
        #[serde(flatten)]
        when: When,
    },
    Reminder(When),
    Seat {
        waiting: bool,
        /// In line, with the person: 1 is the first.
        number: usize,
        offered: bool,
        lapsed: bool,
        never_free: bool,
        called_off: bool,
        moved: bool,
        /// The last instant of the offer.
        until: Option<String>,
        #[serde(flatten)]
        when: When,
    },
    Short {
        booked: usize,
        nobody: bool,
        one: bool,
        minimum: usize,
        decides: bool,
        #[serde(flatten)]
        when: When,
    },
    Achieved {
        module: String,
        next: Option<NextView>,
        assessed: bool,
    },
    Assessed {
        module: String,
        handed_in: bool,
        returned: bool,
        approved: bool,
        not_yet: bool,
    },
    Recognition {
        module: String,
        waits: bool,
        returned: bool,
        declined: bool,
        accepted: bool,
        attest_waits: bool,
        attested: bool,
        attest_returned: bool,
    },
    Expiring {
        module: String,
        last: String,
    },
    TakenBack {
        module: String,
    },
    Overdue {
        modules: Vec<LateView>,
    },
    Version {
        number: String,
        note: String,
        new: Vec<AddedView>,
        moved: Vec<LateView>,
        gone: Vec<String>,
    },
    SignIn {
        time: String,
        day: String,
    },
}

#[derive(Serialize)]
pub(super) struct When {
    title: String,
    when: String,
    day: String,
    place: String,
    /// The other parts too, when this is one of several.
    all: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct NextView {
    module: String,
    day: Option<String>,
}

#[derive(Serialize)]
pub(super) struct LateView {
    module: String,
    due: String,
}

#[derive(Serialize)]
pub(super) struct AddedView {
    module: String,
    due: Option<String>,
    why: String,
}

fn invitation(n: &Invitation, when: When) -> View {
    View::Invitation {
        new: n.change == Change::New,
        moved: n.change == Change::Moved,
        cancelled: n.change == Change::Cancelled,
        dropped: n.change == Change::Dropped,
        renumbered: n.change == Change::Renumbered,
        trains: n.trains,
        when,
    }
}

fn seat(news: News, when: When, at: impl Fn(NaiveDateTime) -> String) -> View {
    View::Seat {
        waiting: matches!(news, News::Waiting { .. }),
        number: if let News::Waiting { before } = news { before + 1 } else { 0 },
        offered: matches!(news, News::Offered { .. }),
        lapsed: news == News::Lapsed,
        never_free: news == News::NeverFree,
        called_off: news == News::CalledOff,
        moved: news == News::Moved,
        until: if let News::Offered { until } = news { Some(at(until)) } else { None },
        when,
    }
}

fn recognition(news: RecognitionNews, module: String) -> View {
    View::Recognition {
        module,
        waits: news == RecognitionNews::Waits,
        returned: news == RecognitionNews::Returned,
        declined: news == RecognitionNews::Declined,
        accepted: news == RecognitionNews::Accepted,
        attest_waits: news == RecognitionNews::AttestWaits,
        attested: news == RecognitionNews::Attested,
        attest_returned: news == RecognitionNews::AttestReturned,
    }
}

/// The notice in the words of its addressee's language.
pub(super) fn view(notice: &Notice, to: Addressee) -> View {
    let today = words::to_local(to.decided).date();
    let day = |date: NaiveDate| words::date_long(to.language, date, today);
    let when = |occasion: &Occasion| when(occasion, to.language, today);
    let late = |late: &Late| LateView { module: late.module.clone(), due: day(late.due) };
    let added = |new: &Added| AddedView { module: new.module.clone(), due: new.due.map(day), why: new.why.clone() };
    match notice {
        Notice::Welcome(n) => View::Welcome {
            programme: n.programme.clone(),
            edition: n.edition.clone(),
            role: n.role.clone(),
            starts_on: day(n.starts_on),
            ends_on: day(n.ends_on),
            first: n.first.iter().map(when).collect(),
        },
        Notice::Invitation(n) => invitation(n, when(&n.occasion)),
        Notice::Reminder(n) => View::Reminder(when(&n.occasion)),
        Notice::Short(n) => View::Short {
            booked: n.booked,
            nobody: n.booked == 0,
            one: n.booked == 1,
            minimum: n.minimum,
            decides: n.decides,
            when: when(&n.occasion),
        },
        Notice::Seat(n) => seat(n.news, when(&n.occasion), |until| words::at(to.language, until, today)),
        Notice::Achieved(n) => View::Achieved {
            module: n.module.clone(),
            next: n.next.as_ref().map(|next| NextView { module: next.module.clone(), day: next.day.map(day) }),
            assessed: n.assessed,
        },
        Notice::Assessed(n) => View::Assessed {
            module: n.module.clone(),
            handed_in: n.news == AssessedNews::HandedIn,
            returned: n.news == AssessedNews::Returned,
            approved: n.news == AssessedNews::Approved,
            not_yet: n.news == AssessedNews::NotYet,
        },
        Notice::Recognition(n) => recognition(n.news, n.module.clone()),
        Notice::Expiring(n) => View::Expiring { module: n.module.clone(), last: day(n.last) },
        Notice::TakenBack(n) => View::TakenBack { module: n.module.clone() },
        Notice::Overdue(n) => View::Overdue { modules: n.modules.iter().map(late).collect() },
        Notice::Version(n) => View::Version {
            number: n.number.clone(),
            note: n.note.clone(),
            new: n.new.iter().map(added).collect(),
            moved: n.moved.iter().map(late).collect(),
            gone: n.gone.clone(),
        },
        Notice::SignIn(n) => {
            let local = words::to_local(n.expires_at);
            View::SignIn { time: words::time(to.language, local), day: day(local.date()) }
        }
    }
}

fn when(occasion: &Occasion, language: Language, today: NaiveDate) -> When {
    let of = |sitting: &Sitting| words::when(language, sitting.starts_at, sitting.ends_at, today);
    let all: Vec<String> = occasion.parts.iter().map(of).collect();
    let whole = occasion.part.is_none() && !all.is_empty();
    When {
        title: occasion.title.clone(),
        when: match whole {
            true => words::list(language, &all),
            false => words::when(language, occasion.starts_at, occasion.ends_at, today),
        },
        all: if whole { Vec::new() } else { all },
        day: words::date_long(language, words::to_local(occasion.starts_at).date(), today),
        place: occasion.place.clone(),
    }
}
