//! The picture's colours: rules for a page's style sheet, and the same rules with the colours written out for
//! a picture that stands alone (drawing programs do not know CSS variables).

use std::fmt::Write;

use crate::curriculum::model::Colour;

/// Part of the pages' style sheet; expects their tokens (`--ink`, `--surface`, …) and the area classes
/// `m v s p l` that set `--solid`, `--on`, `--tint` and `--edge`.
const STYLE: &str = include_str!("picture.css");

/// The class that gives an area its colours.
pub fn class(colour: Colour) -> &'static str {
    match colour {
        Colour::Blue => "m",
        Colour::Teal => "v",
        Colour::Yellow => "s",
        Colour::Rust => "p",
        Colour::Lilac => "l",
    }
}

/// The page's tokens that the picture uses.
pub struct Theme {
    pub ink: &'static str,
    pub ink_2: &'static str,
    pub surface: &'static str,
    pub paper: &'static str,
    pub focus: &'static str,
    /// Class, solid, on, tint, edge.
    pub areas: [(&'static str, [&'static str; 4]); 5],
}

pub const LIGHT: Theme = Theme {
    ink: "#16252a",
    ink_2: "#4a5a60",
    surface: "#ffffff",
    paper: "#faf9f5",
    focus: "#16252a",
    areas: [
        ("m", ["#1c4587", "#ffffff", "#e9eff8", "#1c4587"]),
        ("v", ["#1a786c", "#ffffff", "#e2f2ef", "#15685e"]),
        ("s", ["#efb540", "#16252a", "#fdf3de", "#7a5600"]),
        ("p", ["#8c3819", "#ffffff", "#f8ebe4", "#8c3819"]),
        ("l", ["#dab6e2", "#16252a", "#f7eef9", "#7f4590"]),
    ],
};

pub const DARK: Theme = Theme {
    ink: "#e8eff0",
    ink_2: "#afbec3",
    surface: "#172226",
    paper: "#10181b",
    focus: "#ffffff",
    areas: [
        ("m", ["#6c97ee", "#0c1418", "#1a273e", "#8fb1f4"]),
        ("v", ["#3fcfab", "#0c1418", "#12302b", "#4fd3b2"]),
        ("s", ["#f8dd8c", "#0c1418", "#332c18", "#f8dd8c"]),
        ("p", ["#dd7554", "#0c1418", "#38221a", "#ec9173"]),
        ("l", ["#e29ad4", "#0c1418", "#342238", "#e8afdd"]),
    ],
};

/// The rules for a picture that stands alone, light, and dark where the reader prefers it.
pub fn standalone() -> String {
    let font = "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \"Helvetica Neue\", Arial, sans-serif";
    format!(
        ".pic {{ font-family: {font}; }}\n{}@media (prefers-color-scheme: dark) {{\n{}}}\n",
        written_out(&LIGHT, |_| true),
        written_out(&DARK, |rule| rule.contains("var("))
    )
}

fn written_out(theme: &Theme, wanted: impl Fn(&str) -> bool) -> String {
    let mut css = format!(".pic .pic__paper {{ fill: {}; }}\n", theme.paper);
    for rule in STYLE.lines().filter(|line| line.starts_with('.') && wanted(line)) {
        let rule = rule
            .replace("var(--ink)", theme.ink)
            .replace("var(--ink-2)", theme.ink_2)
            .replace("var(--surface)", theme.surface)
            .replace("var(--focus)", theme.focus);
        if !rule.contains("var(") {
            let _ = writeln!(css, "{rule}");
            continue;
        }
        for (class, values) in &theme.areas {
            let names = ["var(--solid)", "var(--on)", "var(--tint)", "var(--edge)"];
            let own = names.iter().zip(values).fold(rule.clone(), |rule, (name, value)| rule.replace(name, value));
            let _ = writeln!(css, "{}", own.replacen(".pic ", &format!(".pic .{class} "), 1));
        }
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast as WCAG 2.2 defines them.
    fn contrast(one: &str, other: &str) -> f64 {
        let channel = |hex: &str, at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let light = |hex: &str| 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
        let (a, b) = (light(one), light(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_word_and_line_stands_out_from_its_ground_in_both_themes() {
        for theme in [LIGHT, DARK] {
            let mut pairs = vec![(theme.ink, theme.surface), (theme.ink_2, theme.surface), (theme.ink_2, theme.paper)];
            for (_, [solid, on, tint, edge]) in theme.areas {
                pairs.push((theme.ink_2, tint));
                pairs.extend([(on, solid), (edge, theme.surface), (edge, theme.paper)]);
                pairs.extend(theme.areas.map(|(_, [_, _, _, other_edge])| (other_edge, tint)));
            }
            for (front, ground) in pairs {
                assert!(contrast(front, ground) >= 4.5, "{front} on {ground}: {:.2}", contrast(front, ground));
            }
        }
    }

    #[test]
    fn a_picture_that_stands_alone_uses_no_variables() {
        assert!(!standalone().contains("var("));
    }
}
