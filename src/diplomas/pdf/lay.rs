//! Where everything stands: blocks become lines on pages. Pure.

use super::ink::Face;
use super::{Block, Closing, Document, Table};

/// A4 in points, and what is left of it for text.
pub const WIDTH: f32 = 595.28;
pub const HEIGHT: f32 = 841.89;
pub const LEFT: f32 = 68.0;
const TOP: f32 = 64.0;
pub const BOTTOM: f32 = HEIGHT - 72.0;
const INNER: f32 = WIDTH - 2.0 * LEFT;
/// Height of the pieces above the first page, with the space below.
const PIECES: f32 = 118.0;

/// What the text is, for those who do not see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Title,
    Heading,
    Paragraph,
    /// Leads to the address that it is opened with.
    Link,
    List,
    Item,
    Label,
    Body,
    Table,
    Head,
    Rows,
    Row,
    ColumnHead,
    RowHead,
    Cell,
}

/// One step of drawing, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    Open(Kind, String),
    Close,
    /// A line of text with the place of its left end on the base line.
    Text {
        x: f32,
        y: f32,
        face: Face,
        size: f32,
        soft: bool,
        text: String,
    },
    /// A thin line across.
    Rule {
        y: f32,
    },
}

/// The steps of each page.
pub fn pages(document: &Document) -> Vec<Vec<Step>> {
    let top = if document.pieces.is_empty() { TOP } else { TOP + PIECES };
    let mut layout = Layout { pages: vec![Vec::new()], y: top };
    for block in &document.blocks {
        layout.block(block);
    }
    layout.closing(&document.closing);
    layout.pages
}

struct Layout {
    pages: Vec<Vec<Step>>,
    /// Where the next line may begin, from the top.
    y: f32,
}

/// How a text is set.
#[derive(Clone, Copy)]
struct Style {
    face: Face,
    size: f32,
    soft: bool,
}

const fn style(face: Face, size: f32, soft: bool) -> Style {
    Style { face, size, soft }
}

const TITLE: Style = style(Face::Semibold, 30.0, false);
const HEADING: Style = style(Face::Semibold, 12.5, false);
const LARGE: Style = style(Face::Semibold, 21.0, false);
const TEXT: Style = style(Face::Regular, 11.0, false);
const SOFT: Style = style(Face::Regular, 11.0, true);
const SMALL: Style = style(Face::Regular, 9.0, true);
const TERM: Style = style(Face::Semibold, 10.0, false);
const FACT: Style = style(Face::Regular, 10.0, false);
/// The column of terms beside facts.
const TERMS: f32 = 130.0;
const GAP: f32 = 10.0;

impl Style {
    fn leading(self) -> f32 {
        self.size * 1.38
    }

    fn lines(self, text: &str, width: f32) -> Vec<String> {
        self.face.lines(&self.face.writable(text), self.size, width)
    }
}

impl Layout {
    fn step(&mut self, step: Step) {
        if let Some(page) = self.pages.last_mut() {
            page.push(step);
        }
    }

    /// Goes on to the next page when `height` does not fit on this one.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(text) => self.paragraph(Kind::Title, TITLE, text, 4.0),
            Block::Heading(text) => {
                // A heading does not stand alone at the foot of a page.
                self.room(60.0);
                self.y += 14.0;
                self.paragraph(Kind::Heading, HEADING, text, 4.0);
            }
            Block::Large(text) => self.paragraph(Kind::Paragraph, LARGE, text, 6.0),
            Block::Text(text) => self.paragraph(Kind::Paragraph, TEXT, text, 6.0),
            Block::Soft(text) => self.paragraph(Kind::Paragraph, SOFT, text, 4.0),
            Block::Bullets(items) => self.bullets(items),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Space(height) => self.y += height,
        }
    }

    fn paragraph(&mut self, kind: Kind, style: Style, text: &str, after: f32) {
        let lines = style.lines(text, INNER);
        if lines.is_empty() {
            return;
        }
        self.step(Step::Open(kind, lines.join(" ")));
        self.lines(style, lines);
        self.step(Step::Close);
        self.y += after;
    }

    fn lines(&mut self, style: Style, lines: Vec<String>) {
        for line in lines {
            self.room(style.leading());
            self.line(LEFT, style, line);
            self.y += style.leading();
        }
    }

    /// One line whose top is where the layout has come to.
    fn line(&mut self, x: f32, style: Style, text: String) {
        let y = self.y + style.size;
        self.step(Step::Text { x, y, face: style.face, size: style.size, soft: style.soft, text });
    }

    fn bullets(&mut self, items: &[String]) {
        if items.is_empty() {
            return;
        }
        self.step(Step::Open(Kind::List, String::new()));
        for item in items {
            let lines = TEXT.lines(item, INNER - 14.0);
            self.room(TEXT.leading());
            self.step(Step::Open(Kind::Item, String::new()));
            self.step(Step::Open(Kind::Label, String::new()));
            self.line(LEFT, TEXT, "•".to_owned());
            self.step(Step::Close);
            self.step(Step::Open(Kind::Body, String::new()));
            for line in lines {
                self.room(TEXT.leading());
                self.line(LEFT + 14.0, TEXT, line);
                self.y += TEXT.leading();
            }
            self.step(Step::Close);
            self.step(Step::Close);
            self.y += 2.0;
        }
        self.step(Step::Close);
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        self.step(Step::Open(Kind::Table, String::new()));
        for (term, fact) in facts {
            self.row(&[
                Cell { kind: Kind::RowHead, x: LEFT, width: TERMS - GAP, style: TERM, text: term },
                Cell { kind: Kind::Cell, x: LEFT + TERMS, width: INNER - TERMS, style: FACT, text: fact },
            ]);
        }
        self.step(Step::Close);
        self.step(Step::Rule { y: self.y });
        self.y += 8.0;
    }

    fn table(&mut self, table: &Table) {
        let total: f32 = table.shares.iter().sum();
        let mut x = LEFT;
        let columns: Vec<(f32, f32)> = table
            .shares
            .iter()
            .map(|share| {
                let width = INNER * share / total;
                x += width;
                (x - width, width - GAP)
            })
            .collect();
        let cells = |texts: &'_ [String], head: bool| -> Vec<(Kind, f32, f32, Style, String)> {
            let columns = columns.iter().zip(texts).enumerate();
            columns
                .map(|(at, (&(x, width), text))| match (head, at) {
                    (true, _) => (Kind::ColumnHead, x, width, TERM, text.clone()),
                    (false, 0) => (Kind::RowHead, x, width, TERM, text.clone()),
                    (false, _) => (Kind::Cell, x, width, FACT, text.clone()),
                })
                .collect()
        };
        self.step(Step::Open(Kind::Table, String::new()));
        self.step(Step::Open(Kind::Head, String::new()));
        self.cells(&cells(&table.head, true));
        self.step(Step::Close);
        self.step(Step::Open(Kind::Rows, String::new()));
        for row in &table.rows {
            self.cells(&cells(row, false));
        }
        self.step(Step::Close);
        self.step(Step::Close);
        self.step(Step::Rule { y: self.y });
        self.y += 8.0;
    }

    fn cells(&mut self, cells: &[(Kind, f32, f32, Style, String)]) {
        let cells: Vec<Cell> = cells
            .iter()
            .map(|(kind, x, width, style, text)| Cell { kind: *kind, x: *x, width: *width, style: *style, text })
            .collect();
        self.row(&cells);
    }

    /// A row with a line above it, kept together.
    fn row(&mut self, cells: &[Cell]) {
        let set: Vec<(&Cell, Vec<String>)> =
            cells.iter().map(|cell| (cell, cell.style.lines(cell.text, cell.width))).collect();
        let height = |(cell, lines): &(&Cell, Vec<String>)| cell.style.leading() * lines.len().max(1) as f32;
        let tallest = set.iter().map(height).fold(0.0, f32::max);
        self.room(tallest + 9.0);
        self.step(Step::Rule { y: self.y });
        self.y += 4.0;
        self.step(Step::Open(Kind::Row, String::new()));
        let top = self.y;
        for (cell, lines) in set {
            self.step(Step::Open(cell.kind, String::new()));
            self.y = top;
            let lines = if lines.is_empty() { vec!["–".to_owned()] } else { lines };
            for line in lines {
                self.line(cell.x, cell.style, line);
                self.y += cell.style.leading();
            }
            self.step(Step::Close);
        }
        self.step(Step::Close);
        self.y = top + tallest + 5.0;
    }

    /// At the foot of the last page.
    fn closing(&mut self, texts: &[Closing]) {
        let lines: Vec<Vec<String>> = texts.iter().map(|closing| SMALL.lines(&closing.text, INNER)).collect();
        let height = SMALL.leading() * lines.iter().map(Vec::len).sum::<usize>() as f32 + 16.0;
        self.room(height);
        self.y = BOTTOM - height;
        self.step(Step::Rule { y: self.y });
        self.y += 8.0;
        for (Closing { leads_to, .. }, lines) in texts.iter().zip(lines) {
            self.step(Step::Open(Kind::Paragraph, String::new()));
            if let Some(address) = leads_to {
                self.step(Step::Open(Kind::Link, address.clone()));
            }
            self.lines(SMALL, lines);
            if leads_to.is_some() {
                self.step(Step::Close);
            }
            self.step(Step::Close);
        }
    }
}

struct Cell<'a> {
    kind: Kind,
    x: f32,
    width: f32,
    style: Style,
    text: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(blocks: Vec<Block>) -> Document {
        Document {
            title: "Prov".into(),
            author: "Region Prov".into(),
            language: "sv",
            made_on: "2027-03-01".parse().unwrap(),
            pieces: Vec::new(),
            blocks,
            closing: vec![
                Closing { text: "Slut".into(), leads_to: None },
                Closing { text: "Mer finns här".into(), leads_to: Some("https://x.invalid/".into()) },
            ],
            page_of: |_, _| String::new(),
        }
    }

    #[test]
    fn many_rows_go_on_over_pages_and_none_stands_below_the_foot() {
        let row = |n: usize| {
            vec![format!("Modul nummer {n} med ett långt namn som tar flera rader i sin spalt"), "3,5".into()]
        };
        let table = Table {
            head: vec!["Modul".into(), "Timmar".into()],
            shares: vec![1.0, 3.0],
            rows: (0..80).map(row).collect(),
        };
        let pages = pages(&document(vec![Block::Title("Prov".into()), Block::Table(table)]));
        assert!(pages.len() > 2);
        let lowest = pages.iter().flatten().filter_map(|step| match step {
            Step::Text { y, .. } => Some(*y),
            _ => None,
        });
        assert!(lowest.fold(0.0, f32::max) <= BOTTOM + 4.0);
    }

    #[test]
    fn whatever_is_opened_is_closed() {
        let blocks = vec![
            Block::Title("Prov".into()),
            Block::Bullets(vec!["Ett".into(), String::new()]),
            Block::Facts(vec![("Term".into(), String::new())]),
            Block::Text(String::new()),
        ];
        let depth = pages(&document(blocks)).iter().flatten().fold(0, |depth, step| match step {
            Step::Open(..) => depth + 1,
            Step::Close => depth - 1,
            _ => depth,
        });
        assert_eq!(depth, 0);
    }
}
