//! A diploma as a document, in words. Pure.

use super::content::{Content, Kind, Line};
use super::pdf::{Block, Closing, Document, Piece, Table};
use crate::curriculum::model::{Colour, Language};
use crate::learning::words as keys;
use crate::words::{self, Value};

/// Everything that a document says beside its content.
pub struct Telling<'a> {
    pub language: Language,
    /// Absolute.
    pub address: &'a str,
    pub code: &'a str,
}

/// The colours of the five areas, as on the pages: a finished piece and what stands on it.
fn looks(colour: Option<Colour>) -> ((u8, u8, u8), (u8, u8, u8)) {
    const WHITE: (u8, u8, u8) = (0xff, 0xff, 0xff);
    const INK: (u8, u8, u8) = (0x16, 0x25, 0x2a);
    match colour {
        Some(Colour::Blue) => ((0x1c, 0x45, 0x87), WHITE),
        Some(Colour::Teal) => ((0x1a, 0x78, 0x6c), WHITE),
        Some(Colour::Yellow) => ((0xef, 0xb5, 0x40), INK),
        Some(Colour::Rust) => ((0x8c, 0x38, 0x19), WHITE),
        Some(Colour::Lilac) => ((0xda, 0xb6, 0xe2), INK),
        None => ((0x0b, 0x55, 0x63), WHITE),
    }
}

/// So many pieces stand above the text at most.
const PIECES: usize = 5;

impl Telling<'_> {
    fn text(&self, key: &str, args: &[(&str, Value<'_>)]) -> String {
        words::text(self.language, key, args)
    }

    fn day(&self, day: chrono::NaiveDate) -> String {
        // With the year, whenever it is read.
        words::date(self.language, day, chrono::NaiveDate::MIN)
    }

    pub fn document(&self, content: &Content) -> Document {
        let title = match content.kind {
            Kind::Module => self.text("diplomas-of-module", &[]),
            Kind::Edition => self.text("diplomas-of-edition", &[]),
            Kind::Record => self.text("diplomas-of-record", &[]),
        };
        let mut blocks = vec![
            Block::Title(title.clone()),
            Block::Soft(self.text("diplomas-issued-to", &[("issuer", content.issuer.as_str().into())])),
            Block::Space(10.0),
            Block::Large(content.name.clone()),
        ];
        blocks.extend(match content.kind {
            Kind::Module => self.of_module(content),
            Kind::Edition => self.of_edition(content),
            Kind::Record => self.of_record(content),
        });
        let made = [("day", self.day(content.made_on).into()), ("issuer", content.issuer.as_str().into())];
        Document {
            title: format!("{title}, {}", content.name),
            author: content.issuer.clone(),
            language: self.language.code(),
            made_on: content.made_on,
            pieces: pieces(content),
            blocks,
            closing: vec![
                closing(self.text("diplomas-made", &made), None),
                closing(self.text("diplomas-check", &[("address", self.address.into())]), Some(self.address)),
                closing(self.text("diplomas-with-code", &[("code", self.code.into())]), None),
            ],
            page_of: match self.language {
                Language::Sv => |page, of| page_of(Language::Sv, page, of),
                Language::En => |page, of| page_of(Language::En, page, of),
            },
        }
    }

    fn of_module(&self, content: &Content) -> Vec<Block> {
        let Some(line) = content.modules.first() else { return Vec::new() };
        let mut facts = vec![(self.text("diplomas-done", &[]), self.day(line.day))];
        facts.extend(line.hours.map(|hours| (self.text("diplomas-extent", &[]), self.hours(hours))));
        facts.push((self.text("people-evidence", &[]), self.text(keys::evidence(&line.evidence), &[])));
        facts.push((self.text("people-valid", &[]), self.until(line)));
        facts.extend(line.version.clone().map(|version| (self.text("diplomas-version", &[]), version)));
        let mut blocks = vec![
            Block::Text(self.text("diplomas-has-module", &[])),
            Block::Large(content.what.of(self.language).to_owned()),
            Block::Space(8.0),
            Block::Facts(facts),
        ];
        if !content.outcomes.is_empty() {
            blocks.push(Block::Heading(self.text("diplomas-outcomes", &[])));
            blocks.push(Block::Bullets(content.outcomes.iter().map(|it| it.of(self.language).to_owned()).collect()));
        }
        blocks
    }

    fn of_edition(&self, content: &Content) -> Vec<Block> {
        let days = |day: Option<chrono::NaiveDate>| day.map(|day| self.day(day)).unwrap_or_default();
        let args = [("from", days(content.from).into()), ("to", days(content.to).into())];
        let mut blocks = vec![
            Block::Text(self.text("diplomas-has-edition", &[])),
            Block::Large(content.what.of(self.language).to_owned()),
            Block::Space(8.0),
            Block::Facts(vec![
                (self.text("diplomas-edition", &[]), content.edition.clone()),
                (self.text("diplomas-role", &[]), content.role.of(self.language).to_owned()),
                (self.text("diplomas-period", &[]), self.text("diplomas-from-to", &args)),
            ]),
        ];
        if !content.modules.is_empty() {
            blocks.push(Block::Heading(self.text("diplomas-contents", &[])));
            blocks.push(self.table(content, false));
        }
        blocks
    }

    fn of_record(&self, content: &Content) -> Vec<Block> {
        let hours: f64 = content.modules.iter().filter_map(|line| line.hours).sum();
        let args = [("count", content.modules.len().into()), ("hours", self.hours(hours).into())];
        let mut blocks = vec![Block::Text(self.text("diplomas-has-record", &args)), Block::Space(8.0)];
        if !content.modules.is_empty() {
            blocks.push(self.table(content, true));
        }
        blocks
    }

    fn table(&self, content: &Content, whole: bool) -> Block {
        let head = ["diplomas-module", "diplomas-done", "diplomas-hours"].map(|key| self.text(key, &[]));
        let more = ["people-evidence", "people-valid"].map(|key| self.text(key, &[]));
        let row = |line: &Line| {
            let code = if line.code.is_empty() { String::new() } else { format!("{} ", line.code) };
            let hours = line.hours.map(|hours| words::number(self.language, hours)).unwrap_or_default();
            let mut row = vec![format!("{code}{}", line.title.of(self.language)), self.day(line.day), hours];
            if whole {
                row.extend([self.text(keys::evidence(&line.evidence), &[]), self.until(line)]);
            }
            row
        };
        let rows = content.modules.iter().map(row).collect();
        match whole {
            true => Block::Table(Table {
                head: head.into_iter().chain(more).collect(),
                shares: vec![4.2, 2.2, 1.5, 1.9, 2.2],
                rows,
            }),
            false => Block::Table(Table { head: head.into(), shares: vec![5.5, 2.5, 1.5], rows }),
        }
    }

    fn hours(&self, hours: f64) -> String {
        self.text("learning-hours", &[("hours", hours.into())])
    }

    fn until(&self, line: &Line) -> String {
        line.valid_until.map_or_else(|| self.text("people-for-good", &[]), |day| self.day(day))
    }
}

fn closing(text: String, leads_to: Option<&str>) -> Closing {
    Closing { text, leads_to: leads_to.map(str::to_owned) }
}

fn page_of(language: Language, page: usize, of: usize) -> String {
    words::text(language, "diplomas-page", &[("page", page.into()), ("of", of.into())])
}

/// The piece of the module, or one in each colour of what was taken.
fn pieces(content: &Content) -> Vec<Piece> {
    let piece = |colour: Option<Colour>, code: &str| {
        let (solid, on) = looks(colour);
        Piece { solid, on, code: code.to_owned() }
    };
    if content.kind == Kind::Module {
        return content.modules.iter().map(|line| piece(line.colour, &line.code)).collect();
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for line in &content.modules {
        let one = piece(line.colour, "");
        if !pieces.contains(&one) && pieces.len() < PIECES {
            pieces.push(one);
        }
    }
    if pieces.is_empty() { vec![piece(None, "")] } else { pieces }
}
