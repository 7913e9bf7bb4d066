//! The pages of people in words.

use chrono::NaiveDate;
use serde::Serialize;

use super::one::Dossier;
use crate::clock;
use crate::curriculum::model::{Counts, Language};
use crate::learning::store::RecordRow;
use crate::organisation::assignments::{Assigned, Kind, Origin};
use crate::organisation::titles::Titles;
use crate::team::view::Reader;
use crate::versions::published::Published;
use crate::web::{Choice, Errors};
use crate::words;

/// A form as it was typed, shown again with what to correct.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Typed {
    pub role: String,
    pub from: String,
    pub to: String,
    /// The assignment whose end was typed.
    pub ending: Option<i64>,
    pub last_day: String,
}

#[derive(Serialize)]
pub struct PersonPage {
    pub id: i64,
    pub name: String,
    email: String,
    units: Vec<UnitLink>,
    managers: String,
    title_text: String,
    /// What the curriculum calls it; none when it does not know it.
    title: Option<String>,
    since: String,
    ended: Option<String>,
    oneself: bool,
    /// Whether the reader sees days away.
    absences: bool,
    missed: bool,
    path: Option<Summary>,
    current: Vec<Held>,
    past: Vec<Held>,
    record: Vec<Recorded>,
    editions: Vec<EditionLink>,
    /// Present when the reader may give roles.
    give: Option<Vec<Choice>>,
    /// Present when the reader may see hats.
    hats: Option<Vec<Hat>>,
    typed: Typed,
    pub errors: Errors,
}

#[derive(Serialize)]
struct UnitLink {
    id: i64,
    name: String,
    open: bool,
}

#[derive(Serialize)]
struct Summary {
    done: usize,
    all: usize,
    left: String,
    next: Option<String>,
    warning: Option<String>,
    href: String,
}

#[derive(Serialize)]
struct Held {
    id: i64,
    what: String,
    kind: &'static str,
    from: Day,
    to: Option<Day>,
    /// The key of a message.
    source: &'static str,
    edition: Option<EditionLink>,
    /// The reader may end it.
    ends: bool,
    /// Its form was sent and is wrong.
    wrong: bool,
}

#[derive(Serialize)]
struct EditionLink {
    id: i64,
    name: String,
    days: String,
    open: bool,
}

#[derive(Serialize)]
struct Recorded {
    code: String,
    area: &'static str,
    module: String,
    title: String,
    known: bool,
    day: Day,
    until: Option<Day>,
    lapsed: bool,
    /// The key of a message.
    evidence: &'static str,
    /// Another course that lies behind it.
    course: Option<String>,
    recorded: String,
    revoked: bool,
    /// The key of which of several counts, and why; none when there is only one.
    counting: Option<&'static str>,
    counts: bool,
}

#[derive(Serialize)]
struct Day {
    iso: String,
    text: String,
}

#[derive(Serialize)]
struct Hat {
    code: &'static str,
    /// The key of its name.
    name: &'static str,
    worn: bool,
    changes: bool,
}

/// Who reads, and when; a curriculum if there is one.
pub struct Telling<'a> {
    pub language: Language,
    pub published: Option<&'a Published>,
    pub today: NaiveDate,
}

impl Telling<'_> {
    pub fn page(&self, dossier: &Dossier, typed: Typed, errors: Errors) -> PersonPage {
        let person = &dossier.person;
        let open = |held: &&Assigned| held.to.is_none_or(|to| to >= self.today);
        let (current, past): (Vec<&Assigned>, Vec<&Assigned>) = dossier.assigned.iter().partition(open);
        let held = |held: Vec<&Assigned>| held.into_iter().map(|held| self.held(dossier, held, &typed)).collect();
        PersonPage {
            id: person.id,
            name: person.name.clone(),
            email: person.email.clone(),
            units: dossier
                .units
                .iter()
                .map(|(unit, open)| UnitLink { id: unit.id, name: unit.name.clone(), open: *open })
                .collect(),
            managers: words::list(self.language, &dossier.managers),
            title_text: if person.title_text.is_empty() { &person.title_code } else { &person.title_text }.clone(),
            title: self.title(&person.title_text, &person.title_code),
            since: self.day(person.starts_on).text,
            ended: person.ends_on.filter(|last| *last < self.today).map(|last| self.day(last).text),
            oneself: dossier.rights.oneself,
            absences: dossier.rights.absences,
            missed: dossier.rights.missed && self.published.is_some(),
            path: self.summary(dossier),
            current: held(current),
            past: held(past),
            record: dossier.record.iter().map(|row| self.recorded(dossier, row)).collect(),
            editions: dossier.editions.iter().map(|edition| self.edition(dossier, edition)).collect(),
            give: dossier.rights.assigns.then(|| self.roles()),
            hats: dossier.rights.sees_hats.then(|| hats(dossier)),
            typed,
            errors,
        }
    }

    /// The curriculum's title for a local one.
    fn title(&self, text: &str, code: &str) -> Option<String> {
        let curriculum = &self.published?.curriculum;
        let titles = Titles::of(curriculum);
        Some(curriculum.titles.get(titles.find(text, code)?)?.title.of(self.language).to_owned())
    }

    fn roles(&self) -> Vec<Choice> {
        let Some(published) = self.published else { return Vec::new() };
        let mut roles: Vec<_> = published.curriculum.roles.iter().collect();
        roles.sort_by_key(|(id, role)| (role.order, *id));
        let choice = |(id, role): (&String, &crate::curriculum::model::Role)| Choice {
            value: id.clone(),
            label: role.title.of(self.language).to_owned(),
        };
        roles.into_iter().map(choice).collect()
    }

    fn summary(&self, dossier: &Dossier) -> Option<Summary> {
        let (member, published) = (dossier.member.as_ref()?, self.published?);
        let reader = Reader { language: self.language, published, today: self.today };
        let id = dossier.person.id;
        Some(Summary {
            done: member.path.held.len(),
            all: member.path.held.len() + member.path.steps.len(),
            left: words::hours(self.language, member.path.quarters_left),
            next: reader.next(member),
            warning: reader.warning(member),
            href: if dossier.rights.oneself { "/".to_owned() } else { format!("/people/{id}/path") },
        })
    }

    fn held(&self, dossier: &Dossier, held: &Assigned, typed: &Typed) -> Held {
        let published = self.published;
        let what = match (published, held.kind) {
            (Some(published), Kind::Role) => published.role_title(&held.code, self.language).to_owned(),
            (Some(published), Kind::Title) => {
                let title = published.curriculum.titles.get(&held.code);
                title.map_or(held.code.as_str(), |title| title.title.of(self.language)).to_owned()
            }
            (None, _) => held.code.clone(),
        };
        let edition = match held.origin {
            Origin::Programme(id) => dossier.editions.iter().find(|edition| edition.id == id),
            _ => None,
        };
        Held {
            id: held.id,
            what,
            kind: if held.kind == Kind::Role { "people-role" } else { "people-title" },
            from: self.day(held.from),
            to: held.to.map(|to| self.day(to)),
            source: match held.origin {
                Origin::Hr => "people-source-hr",
                Origin::Programme(_) => "people-source-programme",
                Origin::Hand => "people-source-hand",
            },
            edition: edition.map(|edition| self.edition(dossier, edition)),
            ends: dossier.rights.assigns && held.origin == Origin::Hand,
            wrong: typed.ending == Some(held.id),
        }
    }

    fn edition(&self, dossier: &Dossier, edition: &crate::programme::store::Edition) -> EditionLink {
        let day = |day| self.day(day).text;
        EditionLink {
            id: edition.id,
            name: edition.name.clone(),
            days: format!("{} – {}", day(edition.starts_on), day(edition.ends_on)),
            open: dossier.rights.editions,
        }
    }

    fn recorded(&self, dossier: &Dossier, row: &RecordRow) -> Recorded {
        let known = self.published.and_then(|published| Some((published, published.module_by_id(&row.module)?)));
        let by = row.recorded_by.and_then(|by| dossier.recorders.get(&by));
        let day = self.day(clock::day_of(row.recorded_at)).text;
        Recorded {
            code: known.map(|(published, (ix, _))| published.code(ix).to_owned()).unwrap_or_default(),
            area: known.map_or("m", |(published, (ix, _))| published.colour(ix)),
            module: row.module.clone(),
            title: known.map_or(row.module.as_str(), |(_, (_, module))| module.title.of(self.language)).to_owned(),
            known: known.is_some(),
            day: self.day(row.day),
            until: row.valid_until.map(|until| self.day(until)),
            lapsed: row.valid_until.is_some_and(|until| until < self.today),
            evidence: crate::learning::words::evidence(&row.evidence),
            course: dossier.courses.get(&row.id).cloned(),
            recorded: by.map_or(day.clone(), |name| format!("{day}, {name}")),
            revoked: row.revoked_by.is_some(),
            counting: counting(row),
            counts: row.counts,
        }
    }

    fn day(&self, day: NaiveDate) -> Day {
        Day { iso: words::date_iso(day), text: words::date(self.language, day, self.today) }
    }
}

/// Which of several of a module counts, and why.
fn counting(row: &RecordRow) -> Option<&'static str> {
    match (row.again, row.counts, row.rule) {
        (false, ..) => None,
        (true, true, Counts::Latest) => Some("people-counts-latest"),
        (true, true, Counts::Best) => Some("people-counts-best"),
        (true, false, _) => Some("people-counts-not"),
    }
}

fn hats(dossier: &Dossier) -> Vec<Hat> {
    let hat = |code, name, worn| Hat { code, name, worn, changes: dossier.rights.gives_hats };
    vec![
        hat("administrator", "accounts-administrator", dossier.hats.administrator),
        hat("developer", "accounts-developer", dossier.hats.developer),
        hat("coach", "accounts-coach", dossier.hats.coach),
    ]
}
