//! The figures of a draft in words, in the reader's language. Pure.

use std::collections::BTreeMap;

use serde::Serialize;

use super::address::{Spot, address};
use super::group::{Grouping, Named};
use super::units::{Branch, branches, largest};
use crate::curriculum::model::Language;
use crate::designer::effect::Effect;
use crate::engine::impact::{Courses, Figure, Figures, Group, Impact, ModuleFigures};
use crate::words::{self, Value, text};

/// Beside the matrix: what matters most.
#[derive(Debug, Serialize)]
pub struct Panel {
    /// Nobody's path changes.
    pub quiet: bool,
    pub figures: Vec<Line>,
    /// The units in which most people are affected, with all below them.
    pub units: Vec<Bar>,
    /// The page with everything.
    pub href: String,
    /// The page from which it is published.
    pub publish: String,
}

/// One number with what it counts.
#[derive(Debug, Serialize)]
pub struct Line {
    pub number: String,
    pub says: String,
    /// Leads to the people behind it.
    pub href: Option<String>,
    /// Needs an answer before publishing.
    pub hard: bool,
}

/// A number as a bar.
#[derive(Debug, Serialize)]
pub struct Bar {
    pub name: String,
    /// How many units it lies below, and the nearest of them.
    pub depth: usize,
    pub above: Option<String>,
    pub number: String,
    /// 0 to 96.
    pub width: u32,
    pub href: String,
}

/// The table of one grouping.
#[derive(Debug, Serialize)]
pub struct GroupRow {
    pub name: String,
    /// How many units it lies below, and the nearest of them; in the table of units.
    pub depth: usize,
    pub above: Option<String>,
    pub cells: Vec<Cell>,
}

/// A number under a heading.
#[derive(Debug, Serialize)]
pub struct Cell {
    pub label: String,
    /// Empty when there is nothing to say.
    pub text: String,
    /// Opens its people; none where nobody is meant.
    pub href: Option<String>,
}

/// Units in the panel.
const MOST_UNITS: usize = 8;
/// The bars' length.
const BAR: u32 = 96;

/// What matters most of `impact`. `here` is the address of the draft.
pub fn panel(language: Language, impact: &Impact, courses: &Courses, spot: &Spot, names: &Grouping) -> Panel {
    let units = largest(branches(names.units, &impact.units), MOST_UNITS);
    let longest = units.iter().map(|unit| unit.figures.affected).max().unwrap_or(1);
    let bar = |unit: &Branch| Bar {
        name: names.name(language, &unit.group),
        depth: unit.depth,
        above: unit.above.map(|above| names.name(language, &Named::Branch(above))),
        number: words::number(language, f64::from(unit.figures.affected)),
        width: (unit.figures.affected * BAR).div_ceil(longest),
        href: address(spot, Figure::Affected, &unit.group),
    };
    Panel {
        quiet: impact.all.affected == 0,
        figures: headline(language, impact, courses, spot),
        units: units.iter().map(bar).collect(),
        href: spot.terms.on(&format!("{}/consequences", spot.here)),
        publish: format!("{}/publish", spot.here),
    }
}

/// The figures of everybody, each a sentence; those that are nothing are left out.
pub fn headline(language: Language, impact: &Impact, courses: &Courses, spot: &Spot) -> Vec<Line> {
    let href = |figure: Figure| Some(address(spot, figure, &Named::All));
    sentences(language, &Effect::of(impact, courses), href)
}

/// The same where nothing but the numbers is kept; `href` leads to the people behind a figure.
pub fn sentences(language: Language, effect: &Effect, href: impl Fn(Figure) -> Option<String>) -> Vec<Line> {
    let mut lines = Vec::new();
    if effect.affected > 0 {
        lines.push(hours_line(language, effect));
    }
    for (figure, count, hard) in [
        (Figure::More, effect.more, false),
        (Figure::Less, effect.less, false),
        (Figure::Done, effect.done, false),
        (Figure::Overdue, effect.overdue, true),
        (Figure::Tight, effect.tight, true),
        (Figure::Lost, effect.competence_lost, true),
        (Figure::Won, effect.competence_won, false),
    ] {
        if count > 0 {
            let says = text(language, figure_says(figure), &[("count", Value::from(f64::from(count)))]);
            lines.push(Line { number: words::number(language, f64::from(count)), says, href: href(figure), hard });
        }
    }
    let plain = |number: String, says: String| Line { number, says, href: None, hard: false };
    let days = effect.course_days;
    if days != 0 {
        let key = if days > 0 { "consequences-days-more" } else { "consequences-days-fewer" };
        let count = days.unsigned_abs() as f64;
        let args = [("count", Value::from(count)), ("seats", Value::from(effect.participants))];
        lines.push(plain(words::number(language, count), text(language, key, &args)));
    }
    if effect.cost != 0.0 {
        let key = if effect.cost > 0.0 { "consequences-cost-more" } else { "consequences-cost-less" };
        lines.push(plain(words::number(language, effect.cost.abs().round()), text(language, key, &[])));
    }
    lines
}

fn hours_line(language: Language, effect: &Effect) -> Line {
    let (hours, people) = (effect.hours_more(), f64::from(effect.affected.max(1)));
    let each = Value::from(signed(language, (hours / people * 10.0).round() / 10.0));
    let says = text(language, "consequences-hours", &[("people", Value::from(people)), ("each", each)]);
    Line { number: signed(language, hours), says, href: None, hard: false }
}

/// The rows of one grouping, those first in which most people are affected; units below those that they belong to.
pub fn rows(language: Language, impact: &Impact, by: &str, spot: &Spot, names: &Grouping) -> Vec<GroupRow> {
    let mut groups: Vec<Counted> = match by {
        "units" => branches(names.units, &impact.units).into_iter().map(Counted::from).collect(),
        "titles" => each(&impact.titles, |id| Named::Title(id.clone())),
        "roles" => each(&impact.roles, |id| Named::Role(id.clone())),
        "weeks" => each(&impact.weeks, |week| Named::Week(*week)),
        _ => {
            let module = |(id, of): (&String, &ModuleFigures)| {
                let days = Some((of.course_days.more(), of.seats));
                Counted { group: Named::Module(id.clone()), figures: of.figures, depth: 0, above: None, days }
            };
            impact.modules.iter().map(module).collect()
        }
    };
    groups.retain(|of| changes(&of.figures) || of.days.is_some_and(|(more, _)| more != 0));
    if !matches!(by, "weeks" | "units") {
        groups.sort_by_key(|of| std::cmp::Reverse(of.figures.affected));
    }
    groups.iter().map(|of| row(language, of, spot, names)).collect()
}

/// A group and what is counted in it.
struct Counted {
    group: Named,
    figures: Figures,
    /// Of a unit: how many it lies below, and the nearest.
    depth: usize,
    above: Option<i64>,
    /// Of a module: course days more, and planned seats.
    days: Option<(i64, u32)>,
}

impl From<Branch> for Counted {
    fn from(branch: Branch) -> Counted {
        Counted { group: branch.group, figures: branch.figures, depth: branch.depth, above: branch.above, days: None }
    }
}

fn each<K: Ord>(map: &BTreeMap<K, Figures>, named: impl Fn(&K) -> Named) -> Vec<Counted> {
    map.iter()
        .map(|(key, figures)| Counted { group: named(key), figures: *figures, depth: 0, above: None, days: None })
        .collect()
}

fn changes(figures: &Figures) -> bool {
    figures.affected > 0 || figures.before != figures.after
}

fn row(language: Language, of: &Counted, spot: &Spot, names: &Grouping) -> GroupRow {
    let plain = |key: &'static str, text: String| Cell { label: words::text(language, key, &[]), text, href: None };
    let cell = |(figure, key): (Figure, &'static str)| match of.figures.of(figure) {
        0 => plain(key, String::new()),
        number => {
            let href = Some(address(spot, figure, &of.group));
            Cell { href, ..plain(key, words::number(language, f64::from(number))) }
        }
    };
    let mut cells: Vec<Cell> = COUNTED.into_iter().map(cell).collect();
    let hours = signed(language, of.figures.quarters_more() as f64 / 4.0);
    cells.insert(1, plain("consequences-hours-more", hours));
    if let Some((more, seats)) = of.days {
        cells.push(plain("consequences-seats", seats.to_string()));
        cells.push(plain("consequences-days", signed(language, more as f64)));
    }
    GroupRow {
        name: names.name(language, &of.group),
        depth: of.depth,
        above: of.above.map(|above| names.name(language, &Named::Branch(above))),
        cells,
    }
}

/// The columns of the table of a grouping; hours stand after the first.
const COUNTED: [(Figure, &str); 7] = [
    (Figure::Affected, "consequences-affected"),
    (Figure::More, "consequences-more"),
    (Figure::Less, "consequences-less"),
    (Figure::Overdue, "consequences-overdue"),
    (Figure::Tight, "consequences-tight"),
    (Figure::Lost, "consequences-lost"),
    (Figure::Won, "consequences-won"),
];

/// "+3,5", "−2", "0".
pub fn signed(language: Language, value: f64) -> String {
    let number = words::number(language, value.abs());
    match value {
        v if v > 0.0 => format!("+{number}"),
        v if v < 0.0 => format!("−{number}"),
        _ => number,
    }
}

/// What the people of a figure have in common, as a sentence with their number.
fn figure_says(figure: Figure) -> &'static str {
    match figure {
        Figure::More => "consequences-says-more",
        Figure::Less => "consequences-says-less",
        Figure::Done => "consequences-says-done",
        Figure::Overdue => "consequences-says-overdue",
        Figure::Tight => "consequences-says-tight",
        Figure::Lost => "consequences-says-lost",
        Figure::Won => "consequences-says-won",
        _ => "consequences-says-affected",
    }
}

/// The heading of a list of people: "9 personer vars sista dag inte rymmer timmarna, Styrdiagram".
pub fn list_title(language: Language, figure: Figure, group: &Group, total: usize, name: &str) -> String {
    let says = text(language, figure_says(figure), &[("count", Value::from(total as f64))]);
    let number = words::number(language, total as f64);
    match group {
        Group::All => format!("{number} {says}"),
        _ => format!("{number} {says}: {name}"),
    }
}
