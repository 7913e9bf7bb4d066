//! The own history and what is told about a diploma, in words and as data. Pure.

use chrono::NaiveDate;
use serde::Serialize;

use super::content::{Content, Kind};
use super::history::{History, Part, Taken, term};
use super::service::Verdict;
use super::store::Diploma;
use crate::clock;
use crate::curriculum::model::Language;
use crate::curriculum::picture::class;
use crate::learning::words as keys;
use crate::programme::board::Status;
use crate::words::sheet::{MARK, row};
use crate::words::{self, Value};

/// The page's data.
#[derive(Serialize)]
pub struct HistoryPage {
    terms: Vec<Term>,
    editions: Vec<EditionLine>,
    diplomas: Vec<Made>,
}

/// A half-year.
#[derive(Serialize)]
struct Term {
    title: String,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    id: i64,
    code: String,
    area: &'static str,
    title: String,
    /// The module's page; none when the curriculum no longer has it.
    href: Option<String>,
    iso: String,
    day: String,
    evidence: String,
    until: String,
    version: String,
    revoked: bool,
}

#[derive(Serialize)]
struct EditionLine {
    id: i64,
    name: String,
    role: String,
    days: String,
    state: String,
    completed: bool,
}

#[derive(Serialize)]
struct Made {
    code: String,
    what: String,
    day: String,
    ended: bool,
}

/// To whom it is told, and when.
pub struct Telling {
    pub language: Language,
    pub today: NaiveDate,
}

impl Telling {
    fn text(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        words::text(self.language, key, args)
    }

    fn date(&self, day: NaiveDate) -> String {
        words::date(self.language, day, self.today)
    }

    pub fn page(&self, history: &History, diplomas: &[Diploma]) -> HistoryPage {
        let mut terms: Vec<((bool, i32), Term)> = Vec::new();
        for taken in &history.taken {
            let of = term(taken.row.day);
            if terms.last().is_none_or(|(last, _)| *last != of) {
                terms.push((of, Term { title: self.term(of), lines: Vec::new() }));
            }
            if let Some((_, term)) = terms.last_mut() {
                term.lines.push(self.line(taken));
            }
        }
        HistoryPage {
            terms: terms.into_iter().map(|(_, term)| term).collect(),
            editions: history.parts.iter().map(|part| self.edition(part)).collect(),
            diplomas: diplomas.iter().map(|diploma| self.made(diploma)).collect(),
        }
    }

    /// "Hösten 2026".
    fn term(&self, (autumn, year): (bool, i32)) -> String {
        let key = if autumn { "diplomas-autumn" } else { "diplomas-spring" };
        self.text(key, &[("year", year.to_string().into())])
    }

    fn line(&self, taken: &Taken) -> Line {
        let row = &taken.row;
        Line {
            id: row.id,
            code: taken.code.clone(),
            area: taken.colour.map_or("", class),
            title: taken.title.of(self.language).to_owned(),
            href: (!taken.code.is_empty()).then(|| format!("/curriculum/modules/{}", row.module)),
            iso: words::date_iso(row.day),
            day: self.date(row.day),
            evidence: self.text(keys::evidence(&row.evidence), &[]),
            until: row.valid_until.map_or_else(|| self.text("people-for-good", &[]), |day| self.date(day)),
            version: taken.version.clone().unwrap_or_else(|| "–".to_owned()),
            revoked: row.revoked_by.is_some(),
        }
    }

    fn edition(&self, part: &Part) -> EditionLine {
        let key = match part.status {
            Status::Left => "diplomas-left",
            Status::Completed => "diplomas-completed",
            Status::Behind | Status::OnTime if self.today <= part.edition.ends_on => "diplomas-runs",
            Status::Behind | Status::OnTime => "diplomas-not-completed",
        };
        EditionLine {
            id: part.edition.id,
            name: part.edition.name.clone(),
            role: part.role.of(self.language).to_owned(),
            days: format!("{} – {}", self.date(part.edition.starts_on), self.date(part.edition.ends_on)),
            state: self.text(key, &[]),
            completed: part.completed,
        }
    }

    fn made(&self, diploma: &Diploma) -> Made {
        Made {
            code: diploma.code.clone(),
            what: what(self.language, &diploma.content),
            day: self.date(clock::day_of(diploma.made_at)),
            ended: diploma.ended_at.is_some(),
        }
    }

    /// The record as rows for a spreadsheet.
    pub fn sheet(&self, history: &History) -> String {
        let mut file = String::from(MARK);
        let heads = [
            "diplomas-module",
            "diplomas-id",
            "diplomas-done",
            "people-valid",
            "people-evidence",
            "diplomas-hours",
            "diplomas-version",
        ];
        row(&mut file, heads.into_iter().map(|key| self.text(key, &[])));
        for taken in history.taken.iter().filter(|taken| taken.row.revoked_by.is_none()) {
            let day = |day: Option<NaiveDate>| day.map(words::date_iso).unwrap_or_default();
            let fields = [
                taken.title.of(self.language).to_owned(),
                taken.row.module.clone(),
                words::date_iso(taken.row.day),
                day(taken.row.valid_until),
                self.text(keys::evidence(&taken.row.evidence), &[]),
                taken.hours.map(|hours| words::number(self.language, hours)).unwrap_or_default(),
                taken.version.clone().unwrap_or_default(),
            ];
            row(&mut file, fields.into_iter());
        }
        file
    }
}

/// What a diploma is of, in a few words.
fn what(language: Language, content: &Content) -> String {
    match content.kind {
        Kind::Module => content.what.of(language).to_owned(),
        Kind::Edition => content.edition.clone(),
        Kind::Record => words::text(language, "diplomas-record-of", &[("count", content.modules.len().into())]),
    }
}

/// What anybody is told: who, what, when and by whom; or that it is ended or unknown.
#[derive(Default, Serialize)]
pub struct Verified {
    asked: bool,
    genuine: bool,
    ended: bool,
    name: String,
    what: String,
    day: String,
    issuer: String,
}

impl Verified {
    /// Nothing has been typed yet.
    pub fn asked() -> Verified {
        Verified { asked: true, ..Verified::default() }
    }

    pub fn of(language: Language, verdict: &Verdict) -> Verified {
        match verdict {
            Verdict::Unknown => Verified::default(),
            Verdict::Ended => Verified { ended: true, ..Verified::default() },
            Verdict::Genuine(content) => Verified {
                genuine: true,
                name: content.name.clone(),
                what: what(language, content),
                day: words::date(language, content.to.unwrap_or(content.made_on), NaiveDate::MIN),
                issuer: content.issuer.clone(),
                ..Verified::default()
            },
        }
    }
}

/// The record of learning for programs.
#[derive(Serialize)]
pub struct Data<'a> {
    name: &'a str,
    issuer: &'a str,
    /// The day it was asked for.
    day: NaiveDate,
    modules: Vec<ModuleData<'a>>,
    editions: Vec<EditionData<'a>>,
}

#[derive(Serialize)]
struct ModuleData<'a> {
    module: &'a str,
    title: &'a crate::curriculum::model::Text,
    hours: Option<f64>,
    day: NaiveDate,
    valid_until: Option<NaiveDate>,
    evidence: &'a str,
    curriculum_version: Option<&'a str>,
    revoked: bool,
}

#[derive(Serialize)]
struct EditionData<'a> {
    edition: &'a str,
    programme: &'a str,
    role: &'a crate::curriculum::model::Text,
    from: NaiveDate,
    to: NaiveDate,
    status: &'static str,
}

pub fn data<'a>(history: &'a History, issuer: &'a str, day: NaiveDate) -> Data<'a> {
    let module = |taken: &'a Taken| ModuleData {
        module: &taken.row.module,
        title: &taken.title,
        hours: taken.hours,
        day: taken.row.day,
        valid_until: taken.row.valid_until,
        evidence: &taken.row.evidence,
        curriculum_version: taken.version.as_deref(),
        revoked: taken.row.revoked_by.is_some(),
    };
    let edition = |part: &'a Part| EditionData {
        edition: &part.edition.name,
        programme: &part.edition.programme,
        role: &part.role,
        from: part.edition.starts_on,
        to: part.edition.ends_on,
        status: part.status.code(),
    };
    Data {
        name: &history.name,
        issuer,
        day,
        modules: history.taken.iter().map(module).collect(),
        editions: history.parts.iter().map(edition).collect(),
    }
}
