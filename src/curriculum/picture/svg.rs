//! The picture as SVG, to stand alone in a file or to be part of a page.

use std::fmt::Write;

use super::graph::Graph;
use super::layout::{Gate, Layout};
use super::lit::{self, Lit};
use super::news::{self, News, Novelty};
use super::place::{self, LINE, PAD, Rect, SMALL_SIZE, TITLE_SIZE};
use super::route::Point;
use super::style;
use super::text;
use super::words;

/// Where the picture will be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode<'a> {
    /// A file of its own, with its colours for light and dark in it; one image for screen readers.
    Standalone,
    /// Part of a page of ours, whose style sheet has the picture's rules. Every module is a link to `base` followed by its id,
    /// so the picture is a group and not an image: what lies in an image cannot be reached.
    Inline { base: &'a str, lit: Lit<'a>, news: Option<&'a News> },
}

impl<'a> Mode<'a> {
    fn news(self) -> Option<&'a News> {
        match self {
            Mode::Inline { news, .. } => news,
            Mode::Standalone => None,
        }
    }
}

const CORNER: f64 = 8.0;
pub const ARROW: f64 = 9.0;
const KEY_LINE: f64 = 26.0;

/// The whole picture.
pub fn svg(graph: &Graph, mode: Mode) -> String {
    laid_out(graph, &Layout::of(graph), mode)
}

/// The picture of a graph whose layout is known, which is most of the work.
pub fn laid_out(graph: &Graph, layout: &Layout, mode: Mode) -> String {
    let keys = keys(graph, layout, mode.news());
    let words = words::phrases(graph.language);
    let key_width = keys.iter().map(|key| 60.0 + text::width(&key.1, SMALL_SIZE)).fold(0.0, f64::max);
    let least = if graph.nodes.is_empty() { 40.0 + text::width(words.empty, TITLE_SIZE) } else { key_width };
    let width = layout.width.max(least).ceil();
    let height = (layout.height + KEY_LINE * keys.len() as f64 + if keys.is_empty() { 40.0 } else { 14.0 }).ceil();
    let mut out = opening(graph, mode, width, height);
    layout.bands.iter().enumerate().for_each(|(area, band)| draw_band(&mut out, graph, area, band, layout));
    for ((from, choice), bundle) in lit::bundles(layout, |_| true) {
        lit::draw_bundle(&mut out, graph, from, choice, &bundle, mode != Mode::Standalone);
    }
    layout.gates.iter().for_each(|gate| draw_gate(&mut out, graph, gate, mode));
    if let Mode::Inline { lit, .. } = mode {
        lit::draw_lit(&mut out, graph, layout, lit);
    }
    if let Some(news) = mode.news() {
        news::draw_lines(&mut out, graph, layout, news);
    }
    for (at, rect) in layout.boxes.iter().enumerate() {
        draw_module(&mut out, graph, at, rect, mode);
    }
    draw_keys(&mut out, &keys, layout.height);
    if graph.nodes.is_empty() {
        let _ = write!(out, r#"<text x="16" y="26" font-size="14">{}</text>"#, words.empty);
    }
    out.push_str("</svg>\n");
    out
}

fn opening(graph: &Graph, mode: Mode, width: f64, height: f64) -> String {
    let words = words::phrases(graph.language);
    let language = words::tag(graph.language);
    let title = escape(&format!("{}: {}", words.picture_of, graph.name));
    let size =
        format!(r#"viewBox="0 0 {width} {height}" width="{width}" height="{height}" lang="{language}" font-size="13""#);
    match mode {
        Mode::Standalone => format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pic\" role=\"img\" aria-labelledby=\"pic-title pic-desc\" \
             {size}>\n<title id=\"pic-title\">{title}</title>\n<desc id=\"pic-desc\">{}</desc>\n<style>\n{}</style>\n\
             <rect class=\"pic__paper\" width=\"{width}\" height=\"{height}\"/>\n",
            escape(&description(graph)),
            style::standalone(),
        ),
        Mode::Inline { lit, .. } => format!(
            "<svg class=\"pic{}\" role=\"group\" aria-labelledby=\"pic-title\" aria-describedby=\"pic-desc\" {size}>\n\
             <title id=\"pic-title\">{title}</title>\n<desc id=\"pic-desc\">{}</desc>\n",
            if lit.is_any() { " has-lit" } else { "" },
            words.how_to_read,
        ),
    }
}

/// Everything the picture shows, in words.
pub fn description(graph: &Graph) -> String {
    let words = words::phrases(graph.language);
    let mut text = words.how_to_read.to_owned();
    for line in super::lines::lines(graph) {
        let hours = words::spoken_hours(line.hours, graph.language);
        let _ = write!(text, " {} {}, {hours}, {}.", line.code, plain(&line.title), line.area);
        if !line.needs.is_empty() {
            let _ = write!(text, " {} {}.", words.builds_on, line.needs);
        }
    }
    text
}

fn draw_band(out: &mut String, graph: &Graph, area: usize, band: &Rect, layout: &Layout) {
    let class = style::class(graph.areas[area].colour);
    let _ = write!(out, r#"<g class="{class}"><rect class="pic__band" {} rx="14"/>"#, sides(band));
    for (at, line) in place::band_title(&graph.areas[area].title, layout.title_room).iter().enumerate() {
        let (x, y) = (band.x + 14.0, band.y + 21.0 + LINE * at as f64);
        let _ = write!(out, r#"<text class="pic__area" x="{}" y="{}">{}</text>"#, n(x), n(y), escape(line));
    }
    out.push_str("</g>\n");
}

fn draw_gate(out: &mut String, graph: &Graph, gate: &Gate, mode: Mode) {
    let choice = graph.choices[gate.choice];
    let class = style::class(graph.areas[graph.nodes[choice.to].area].colour);
    let (label, tip) = (&gate.label, gate.tip);
    let word = words::gate(choice.least, graph.language);
    let (is_lit, names) = match mode {
        Mode::Standalone => ("", String::new()),
        Mode::Inline { lit, .. } => {
            let branches = graph.edges.iter().filter(|edge| edge.choice == Some(gate.choice));
            let branches: Vec<usize> = branches.map(|edge| edge.from).collect();
            let names = format!(r#" data-gate="{}" data-of="{}""#, choice.to, lit::numbers(&branches));
            (if lit.gate(graph, gate) { " is-lit" } else { "" }, names)
        }
    };
    let _ = write!(
        out,
        r#"<g class="{class}{is_lit}"{names}><path class="pic__line" d="M{} {}H{}"/><path class="pic__arrow" d="{}"/><rect class="pic__gate" {} rx="10"/><text x="{}" y="{}" text-anchor="middle">{word}</text></g>"#,
        n(label.right()),
        n(tip.1),
        n(tip.0 - ARROW + 2.0),
        arrow(tip),
        sides(label),
        n(label.x + label.width / 2.0),
        n(tip.1 + 4.5),
    );
    out.push('\n');
}

fn draw_module(out: &mut String, graph: &Graph, at: usize, rect: &Rect, mode: Mode) {
    let node = &graph.nodes[at];
    let class = style::class(graph.areas[node.area].colour);
    let _ = write!(out, r#"<g class="{class}">"#);
    let name = match mode {
        Mode::Inline { base, lit, news } => {
            let (id, lit, on) = (escape(&node.id), lit.class(at), lit::numbers(&graph.ways.next[at]));
            let on = if on.is_empty() { on } else { format!(r#" data-on="{on}""#) };
            let _ = write!(out, r#"<a class="pic__link{lit}" id="p-{id}" href="{}{id}"{on}>"#, escape(base));
            spoken(graph, at, news.and_then(|news| news.pieces.get(&at)))
        }
        Mode::Standalone => plain(&node.title),
    };
    let _ = write!(out, r#"<title>{}</title><rect class="pic__box" {} rx="8"/>"#, escape(&name), sides(rect));
    let badge = text::width(&node.code, SMALL_SIZE * text::BOLD) + 10.0;
    let (left, top) = (rect.x + PAD - 2.0, rect.y + PAD - 2.0);
    let _ = write!(
        out,
        r#"<rect class="pic__badge" x="{}" y="{}" width="{}" height="19" rx="4"/><text class="pic__code" x="{}" y="{}" text-anchor="middle">{}</text><text class="pic__hours" x="{}" y="{}" text-anchor="end">{}</text>"#,
        n(left),
        n(top),
        n(badge),
        n(left + badge / 2.0),
        n(top + 14.0),
        escape(&node.code),
        n(rect.right() - PAD),
        n(top + 14.0),
        words::hours(node.hours, graph.language),
    );
    for (at, line) in place::title_lines(&node.short, rect.width).iter().enumerate() {
        let y = top + 19.0 + LINE * (at + 1) as f64;
        let (x, line) = (n(rect.x + PAD), escape(line));
        let _ = write!(out, r#"<text class="pic__title" x="{x}" y="{}" font-size="{TITLE_SIZE}">{line}</text>"#, n(y));
    }
    if let Some(novelty) = mode.news().and_then(|news| news.pieces.get(&at)) {
        news::draw_sign(out, rect, news::word(*novelty, graph.language));
    }
    out.push_str(if mode == Mode::Standalone { "</g>\n" } else { "</a></g>\n" });
}

/// What a screen reader says for a module's link; it begins with what is seen.
fn spoken(graph: &Graph, at: usize, novelty: Option<&Novelty>) -> String {
    let (words, node) = (words::phrases(graph.language), &graph.nodes[at]);
    let hours = words::spoken_hours(node.hours, graph.language);
    let area = &graph.areas[node.area].title;
    let mut text = format!("{} {}, {hours}, {area}.", node.code, plain(&node.short));
    if !node.needs.is_empty() {
        let _ = write!(text, " {} {}.", words.builds_on, node.needs);
    }
    let after: Vec<String> = graph.leads_to(at).into_iter().map(|node| graph.nodes[node].code.clone()).collect();
    if !after.is_empty() {
        let _ = write!(text, " {} {}.", words.leads_to, words::join(&after, graph.language));
    }
    let _ = write!(text, " {}", words::whole_way(graph.ways.counts[at], graph.language));
    novelty.into_iter().for_each(|novelty| _ = write!(text, " {}.", news::word(*novelty, graph.language)));
    text
}

/// The explanations below the picture: how the line in each looks, and the words.
fn keys(graph: &Graph, layout: &Layout, news: Option<&News>) -> Vec<(&'static str, String)> {
    let words = words::phrases(graph.language);
    let arrow = (!layout.lines.is_empty()).then(|| ("", words.arrow.to_owned()));
    let choice = (!layout.gates.is_empty()).then(|| (" pic__line--choice", words.choice.to_owned()));
    let news = news.map(|news| news::keys(news, &words)).unwrap_or_default();
    arrow.into_iter().chain(choice).chain(news).collect()
}

fn draw_keys(out: &mut String, keys: &[(&str, String)], top: f64) {
    for (at, (looks, words)) in keys.iter().enumerate() {
        let y = top + 20.0 + KEY_LINE * at as f64;
        let _ = writeln!(
            out,
            r#"<g aria-hidden="true"><path class="pic__key-line{looks}" d="M16 {0}H43"/><path class="pic__key-arrow" d="{1}"/><text class="pic__key" x="60" y="{2}">{3}</text></g>"#,
            n(y),
            arrow((50.0, y)),
            n(y + 4.5),
            escape(words),
        );
    }
}

pub fn arrow((x, y): Point) -> String {
    format!("M{} {}L{} {}L{} {}Z", n(x), n(y), n(x - ARROW), n(y - 4.5), n(x - ARROW), n(y + 4.5))
}

/// A path along `points` with rounded corners.
pub fn rounded(points: &[Point]) -> String {
    let mut path = String::new();
    for (at, &(x, y)) in points.iter().enumerate() {
        let corner = at.checked_sub(1).and_then(|before| Some((points[before], *points.get(at + 1)?)));
        let _ = match corner {
            None => write!(path, "{}{} {}", if at == 0 { "M" } else { "L" }, n(x), n(y)),
            Some((before, after)) => {
                let radius = CORNER.min(distance(before, (x, y)) / 2.0).min(distance((x, y), after) / 2.0);
                let (from, to) = (toward((x, y), before, radius), toward((x, y), after, radius));
                write!(path, "L{} {}Q{} {} {} {}", n(from.0), n(from.1), n(x), n(y), n(to.0), n(to.1))
            }
        };
    }
    path
}

fn distance(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

fn toward(from: Point, to: Point, by: f64) -> Point {
    let share = by / distance(from, to).max(by).max(1e-9);
    (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
}

fn sides(rect: &Rect) -> String {
    format!(r#"x="{}" y="{}" width="{}" height="{}""#, n(rect.x), n(rect.y), n(rect.width), n(rect.height))
}

/// A coordinate with at most one decimal.
pub fn n(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// Without soft hyphens.
pub fn plain(text: &str) -> String {
    text.replace('\u{ad}', "")
}

/// Safe in XML text and attributes; control characters, which XML cannot hold, are left out.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}
