//! From a notice to a letter in words: templates, dates in words, absolute links. Knows no clock and does no IO: the
//! templates are part of the program.
//!
//! Two registries, both strict: HTML is escaped; subjects and plain text are not HTML and are not escaped.

use chrono::{NaiveDate, NaiveDateTime};
use handlebars::{Handlebars, no_escape};
use serde::Serialize;

use super::calendar::{self, Invite, Party};
use super::kinds::{
    Added, AssessedNews, Change, Invitation, Kind, Late, News, Notice, Occasion, RecognitionNews, Sitting,
};
use super::message::{CalendarPart, Letter, Sender};
use super::templates::TEMPLATES;
use crate::config::Site;
use crate::curriculum::model::Language;
use crate::words;

/// Writes letters for one installation.
pub struct Writer {
    html: Handlebars<'static>,
    text: Handlebars<'static>,
    region: String,
    /// Without a slash at the end.
    base: String,
    sender: Sender,
}

/// To whom and when a letter is written; the dates in it are said as seen on that day.
#[derive(Debug, Clone, Copy)]
pub struct Addressee<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub language: Language,
    /// When it was decided to tell, UTC.
    pub decided: NaiveDateTime,
}

/// A template that does not fit its values: a fault of this program.
#[derive(Debug, thiserror::Error)]
#[error("the mail's template could not be filled in: {0}")]
pub struct Unwritable(#[from] handlebars::RenderError);

/// Everything a template may name.
#[derive(Serialize)]
struct Page<'a> {
    language: &'static str,
    region: &'a str,
    /// The greeting with the name, when there is one.
    hello: String,
    link: String,
    subject: &'a str,
    it: &'a View,
}

/// What is particular to the kind, in words.
#[derive(Serialize)]
#[serde(untagged)]
enum View {
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
struct When {
    title: String,
    when: String,
    day: String,
    place: String,
    /// The other parts too, when this is one of several.
    all: Vec<String>,
}

#[derive(Serialize)]
struct NextView {
    module: String,
    day: Option<String>,
}

#[derive(Serialize)]
struct LateView {
    module: String,
    due: String,
}

#[derive(Serialize)]
struct AddedView {
    module: String,
    due: Option<String>,
    why: String,
}

impl Writer {
    /// `from` is the address mail comes from. Links begin with the site's configured address, whatever a request says.
    pub fn new(site: &Site, from: &str) -> Writer {
        let host = site.public_url.host_str().unwrap_or("localhost").to_string();
        let mut writer = Writer {
            html: Handlebars::new(),
            text: Handlebars::new(),
            region: site.region.clone(),
            base: site.public_url.as_str().trim_end_matches('/').to_string(),
            sender: Sender { name: format!("Varjedag, {}", site.region), email: from.to_string(), host },
        };
        writer.html.set_strict_mode(true);
        writer.text.set_strict_mode(true);
        writer.text.register_escape_fn(no_escape);
        for (name, source) in TEMPLATES {
            let registry = if name.ends_with(".txt") { &mut writer.text } else { &mut writer.html };
            // Every template is registered in a test, so a broken one never leaves the house.
            if let Err(error) = registry.register_template_string(name, source.trim_end()) {
                tracing::error!(template = name, %error, "a mail template is broken");
            }
        }
        writer
    }

    pub fn sender(&self) -> &Sender {
        &self.sender
    }

    /// The letter in the addressee's language.
    ///
    /// # Errors
    /// [`Unwritable`] when a template names what does not exist; tests render every one.
    pub fn letter(&self, notice: &Notice, to: Addressee) -> Result<Letter, Unwritable> {
        let view = view(notice, to);
        let link = self.absolute(notice.link());
        let mut page =
            Page { language: to.language.code(), region: &self.region, hello: hello(to), link, subject: "", it: &view };
        let subject = self.fill(&self.text, notice.kind(), "subject", "txt", &page)?;
        page.subject = &subject;
        let text = wrapped(&self.fill(&self.text, notice.kind(), "body", "txt", &page)?);
        let html = self.fill(&self.html, notice.kind(), "body", "html", &page)?;
        let calendar = match notice {
            Notice::Invitation(invitation) => {
                let description = self.fill(&self.text, Kind::Invitation, "calendar", "txt", &page)?;
                Some(self.calendar(invitation, to, &description, &page.link))
            }
            _ => None,
        };
        Ok(Letter { subject: subject.clone(), text, html, calendar })
    }

    fn fill(
        &self,
        registry: &Handlebars,
        kind: Kind,
        part: &str,
        form: &str,
        page: &Page,
    ) -> Result<String, Unwritable> {
        Ok(registry.render(&format!("{}/{part}.{}.{form}", kind.code(), page.language), page)?)
    }

    fn calendar(&self, invitation: &Invitation, to: Addressee, description: &str, link: &str) -> CalendarPart {
        let file = calendar::file(&Invite {
            occasion: &invitation.occasion,
            change: invitation.change,
            host: &self.sender.host,
            decided: to.decided,
            organizer: Party { name: &self.sender.name, email: &self.sender.email },
            attendee: Party { name: to.name, email: to.email },
            description,
            link,
        });
        CalendarPart { method: calendar::method(invitation.change), file }
    }

    /// Only a path of this installation can follow the configured address; anything else leads to its first page.
    pub fn absolute(&self, path: &str) -> String {
        let own = path.starts_with('/') && !path.starts_with("//") && !path.chars().any(|c| c.is_control() || c == ' ');
        format!("{}{}", self.base, if own { path } else { "/" })
    }
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

fn view(notice: &Notice, to: Addressee) -> View {
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

fn hello(to: Addressee) -> String {
    let name = words::clean_name(to.name);
    match (to.language, name.is_empty()) {
        (Language::Sv, false) => format!("Hej {name}!"),
        (Language::Sv, true) => "Hej!".into(),
        (Language::En, false) => format!("Hello {name},"),
        (Language::En, true) => "Hello,".into(),
    }
}

/// Lines of at most 72 columns, no more than one empty line in a row; a word (a link) is never cut.
fn wrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    for line in text.lines() {
        if line.is_empty() && (out.is_empty() || out.ends_with("\n\n")) {
            continue;
        }
        let indent = if line.starts_with("- ") { "  " } else { "" };
        let mut columns = 0;
        for word in line.split(' ') {
            let width = word.chars().count();
            if columns > 0 && columns + 1 + width > 72 {
                out.push('\n');
                out.push_str(indent);
                columns = indent.len();
            } else if columns > 0 {
                out.push(' ');
                columns += 1;
            }
            out.push_str(word);
            columns += width;
        }
        out.push('\n');
    }
    out.trim_end().to_string() + "\n"
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
