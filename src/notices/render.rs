//! From a notice to a letter in words: templates, dates in words, absolute links. Knows no clock and does no IO: the
//! templates are part of the program.
//!
//! Two registries, both strict: HTML is escaped; subjects and plain text are not HTML and are not escaped.

use chrono::NaiveDateTime;
use handlebars::{Handlebars, no_escape};
use serde::Serialize;

use super::calendar::{self, Invite, Party};
use super::kinds::{Invitation, Kind, Notice};
use super::message::{CalendarPart, Letter, Sender};
use super::templates::TEMPLATES;
use crate::config::Site;
use crate::curriculum::model::Language;
use crate::words;

mod view;

use view::{View, view};

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
