//! Drawing: the steps of each page become a file, with the tree that says what each text is.

use std::collections::VecDeque;
use std::num::NonZeroU16;

use chrono::Datelike;
use krilla::SerializeSettings;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page, PageSettings};
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagKind, TagTree,
};
use krilla::text::TextDirection;

use super::ink::{self, Face};
use super::lay::{self, Kind, Step};
use super::{Document, Piece, Unwritable, standards};

/// The file of these pages.
pub fn file(document: &Document, pages: &[Vec<Step>]) -> Result<Vec<u8>, Unwritable> {
    let settings = SerializeSettings { configuration: standards()?, ..SerializeSettings::default() };
    let mut pdf = krilla::Document::new_with(settings);
    let mut tags = Tags::default();
    for (index, steps) in pages.iter().enumerate() {
        let size = PageSettings::from_wh(lay::WIDTH, lay::HEIGHT).ok_or(Unwritable("the page has no size".into()))?;
        let mut page = pdf.start_page_with(size);
        tags.links = links(&mut page, steps);
        let mut surface = page.surface();
        if index == 0 && !document.pieces.is_empty() {
            artifact(&mut surface, ArtifactType::Header, |surface| pieces(surface, &document.pieces));
        }
        for step in steps {
            draw(&mut surface, &mut tags, step);
        }
        if pages.len() > 1 {
            let text = (document.page_of)(index + 1, pages.len());
            artifact(&mut surface, ArtifactType::Footer, |surface| {
                write(surface, (lay::LEFT, lay::HEIGHT - 44.0), Face::Regular, 9.0, ink::SOFT, &text);
            });
        }
        surface.finish();
        page.finish();
    }
    let mut outline = Outline::new();
    let title = Face::Regular.writable(&document.title);
    outline.push_child(OutlineNode::new(title.clone(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    pdf.set_outline(outline);
    pdf.set_metadata(metadata(document, title));
    pdf.set_tag_tree(tags.tree(document.language));
    pdf.finish().map_err(|error| Unwritable(format!("{error:?}")))
}

fn metadata(document: &Document, title: String) -> Metadata {
    let day = document.made_on;
    let (month, in_month) = (u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day()).unwrap_or(1));
    let year = u16::try_from(day.year()).unwrap_or_default();
    Metadata::new()
        .title(title)
        .authors(vec![document.author.clone()])
        .language(document.language.to_owned())
        .creator("Varjedag".to_owned())
        .creation_date(DateTime::new(year).month(month).day(in_month))
}

/// The groups that are open, the innermost last, and those that are done.
#[derive(Default)]
struct Tags {
    open: Vec<TagGroup>,
    done: Vec<Node>,
    /// Those of the page that are still to be opened.
    links: VecDeque<Identifier>,
}

impl Tags {
    fn close(&mut self) {
        if let Some(group) = self.open.pop() {
            self.push(group.into());
        }
    }

    fn push(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(group) => group.push(node),
            None => self.done.push(node),
        }
    }

    fn tree(self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        self.done.into_iter().for_each(|node| tree.push(node));
        tree
    }
}

fn tag(kind: Kind, title: &str) -> TagKind {
    let heading =
        |level: u16| Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(title.to_owned())).into();
    match kind {
        Kind::Title => heading(1),
        Kind::Heading => heading(2),
        Kind::Paragraph => Tag::P.into(),
        Kind::Link => Tag::Link.into(),
        Kind::List => Tag::L(ListNumbering::Disc).into(),
        Kind::Item => Tag::LI.into(),
        Kind::Label => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Head => Tag::THead.into(),
        Kind::Rows => Tag::TBody.into(),
        Kind::Row => Tag::TR.into(),
        Kind::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
        Kind::RowHead => Tag::TH(TableHeaderScope::Row).into(),
        Kind::Cell => Tag::TD.into(),
    }
}

/// Makes the places on a page that lead somewhere, in their order.
fn links(page: &mut Page, steps: &[Step]) -> VecDeque<Identifier> {
    let openings = steps.iter().enumerate().filter_map(|(at, step)| match step {
        Step::Open(Kind::Link, address) => Some((at, address)),
        _ => None,
    });
    let link = |(at, address): (usize, &String)| {
        let within: Vec<&Step> = steps[at + 1..].iter().take_while(|step| **step != Step::Close).collect();
        let target = Target::Action(Action::Link(LinkAction::new(address.clone())));
        let annotation = LinkAnnotation::new(around(&within)?, target);
        Some(page.add_tagged_annotation(Annotation::new_link(annotation, Some(address.clone()))))
    };
    openings.filter_map(link).collect()
}

/// What lines of text cover.
fn around(steps: &[&Step]) -> Option<Rect> {
    let covered = steps.iter().filter_map(|step| match step {
        Step::Text { x, y, face, size, text, .. } => Some((*x, y - size, x + face.width(text, *size), y + size * 0.35)),
        _ => None,
    });
    let whole =
        covered.reduce(|one, other| (one.0.min(other.0), one.1.min(other.1), one.2.max(other.2), one.3.max(other.3)));
    let (left, top, right, bottom) = whole?;
    Rect::from_ltrb(left, top, right, bottom)
}

fn draw(surface: &mut Surface, tags: &mut Tags, step: &Step) {
    match step {
        Step::Open(kind, title) => {
            tags.open.push(TagGroup::new(tag(*kind, title)));
            if let Some(link) = (*kind == Kind::Link).then(|| tags.links.pop_front()).flatten() {
                tags.push(link.into());
            }
        }
        Step::Close => tags.close(),
        Step::Text { x, y, face, size, soft, text } => {
            let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            write(surface, (*x, *y), *face, *size, if *soft { ink::SOFT } else { ink::INK }, text);
            surface.end_tagged();
            tags.push(identifier.into());
        }
        Step::Rule { y } => artifact(surface, ArtifactType::Other, |surface| {
            fill(surface, ink::LINE, rectangle(lay::LEFT, *y, lay::WIDTH - 2.0 * lay::LEFT, 0.75));
        }),
    }
}

/// Draws what has nothing to say.
fn artifact(surface: &mut Surface, kind: ArtifactType, draw: impl FnOnce(&mut Surface)) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
    draw(surface);
    surface.end_tagged();
}

fn write(surface: &mut Surface, at: (f32, f32), face: Face, size: f32, colour: (u8, u8, u8), text: &str) {
    set_fill(surface, colour);
    let start = Point::from_xy(at.0, at.1);
    surface.draw_text(start, face.font(), size, text, false, TextDirection::LeftToRight);
}

fn set_fill(surface: &mut Surface, colour: (u8, u8, u8)) {
    surface.set_stroke(None);
    let paint = ink::colour(colour).into();
    surface.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, rule: Default::default() }));
}

fn fill(surface: &mut Surface, colour: (u8, u8, u8), path: Option<Path>) {
    set_fill(surface, colour);
    if let Some(path) = path {
        surface.draw_path(&path);
    }
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, height)?);
    path.finish()
}

/// How far the handles of a quarter of a circle stand from its ends, in radii.
const HANDLE: f32 = 0.5523;

/// A rectangle with round corners; a circle when `radius` is half its side.
fn rounded(x: f32, y: f32, side: f32, radius: f32) -> Option<Path> {
    let (right, bottom, off) = (x + side, y + side, radius * (1.0 - HANDLE));
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    path.line_to(right - radius, y);
    path.cubic_to(right - off, y, right, y + off, right, y + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - off, right - off, bottom, right - radius, bottom);
    path.line_to(x + radius, bottom);
    path.cubic_to(x + off, bottom, x, bottom - off, x, bottom - radius);
    path.line_to(x, y + radius);
    path.cubic_to(x, y + off, x + off, y, x + radius, y);
    path.close();
    path.finish()
}

const SIDE: f32 = 68.0;
const KNOB: f32 = 10.0;

/// The pieces in a row, each with its tab in the next one; from the last, so that tabs lie on top.
fn pieces(surface: &mut Surface, pieces: &[Piece]) {
    for (at, piece) in pieces.iter().enumerate().rev() {
        let (x, y) = (lay::LEFT + at as f32 * (SIDE + 2.5), 64.0);
        let (middle, centre) = (y + SIDE / 2.0, x + SIDE + 7.0);
        let knob = |radius: f32| rounded(centre - radius, middle - radius, 2.0 * radius, radius);
        fill(surface, ink::WHITE, knob(KNOB + 2.5));
        fill(surface, piece.solid, rounded(x, y, SIDE, 6.0));
        fill(surface, piece.solid, knob(KNOB));
        if !piece.code.is_empty() {
            let size = 20.0;
            let left = x + (SIDE - Face::Semibold.width(&piece.code, size)) / 2.0;
            write(surface, (left, middle + size * 0.36), Face::Semibold, size, piece.on, &piece.code);
        }
    }
}
