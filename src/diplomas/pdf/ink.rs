//! What is written with: two faces of one font, colours, and how wide a text becomes. Pure.
//!
//! Open Sans (Apache-2.0) lies beside this file as it is published; a document gets only the letters it uses. It knows
//! Latin letters with every mark that names in Europe have, Greek and Cyrillic.

use std::sync::LazyLock;

use krilla::color::rgb;
use krilla::text::Font;
use unicode_normalization::UnicodeNormalization;

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Regular,
    Semibold,
}

/// The colours of the light pages (`web/static/tokens.css`).
pub const INK: (u8, u8, u8) = (0x16, 0x25, 0x2a);
pub const SOFT: (u8, u8, u8) = (0x4a, 0x5a, 0x60);
pub const LINE: (u8, u8, u8) = (0xdc, 0xda, 0xd0);
pub const WHITE: (u8, u8, u8) = (0xff, 0xff, 0xff);

pub fn colour((red, green, blue): (u8, u8, u8)) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

const REGULAR: &[u8] = include_bytes!("../fonts/OpenSans-Regular.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../fonts/OpenSans-Semibold.ttf");

struct Loaded {
    font: Font,
    face: ttf_parser::Face<'static>,
}

static FACES: LazyLock<[Loaded; 2]> = LazyLock::new(|| {
    [REGULAR, SEMIBOLD].map(|bytes| Loaded {
        font: Font::new(bytes.into(), 0).expect("the font that is compiled in is a font"),
        face: ttf_parser::Face::parse(bytes, 0).expect("the font that is compiled in is a font"),
    })
});

impl Face {
    fn loaded(self) -> &'static Loaded {
        &FACES[self as usize]
    }

    pub fn font(self) -> Font {
        self.loaded().font.clone()
    }

    /// How wide a text is, in points, at most: pairs of letters may stand a little closer.
    pub fn width(self, text: &str, size: f32) -> f32 {
        let face = &self.loaded().face;
        let advance = |c| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or_default();
        let units: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
        units as f32 * size / f32::from(face.units_per_em())
    }

    /// The text as the font can write it: what it has no letter for loses its marks, or becomes a question mark.
    pub fn writable(self, text: &str) -> String {
        let face = &self.loaded().face;
        let known = |c: char| face.glyph_index(c).is_some_and(|glyph| glyph.0 != 0);
        let mut out = String::with_capacity(text.len());
        for c in text.nfc().filter(|c| !is_unseen(*c)) {
            if known(c) {
                out.push(c);
                continue;
            }
            let before = out.len();
            out.extend(std::iter::once(c).nfkd().filter(|part| known(*part)));
            if out.len() == before && !is_mark(c) {
                out.push('?');
            }
        }
        out
    }

    /// The text in lines no wider than `width`; a word that is too long for a line is cut.
    pub fn lines(self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_whitespace() {
            let mut rest = word;
            while !rest.is_empty() {
                let line = lines.last().map_or("", String::as_str);
                let glue = if line.is_empty() { "" } else { " " };
                let whole = format!("{line}{glue}{rest}");
                if self.width(&whole, size) <= width {
                    replace_last(&mut lines, whole);
                    break;
                }
                if !line.is_empty() {
                    lines.push(String::new());
                    continue;
                }
                let cut = self.fitting(rest, size, width);
                replace_last(&mut lines, rest[..cut].to_owned());
                lines.push(String::new());
                rest = &rest[cut..];
            }
        }
        lines.retain(|line| !line.is_empty());
        lines
    }

    /// How many octets of a word fit on a line; one letter at least.
    fn fitting(self, word: &str, size: f32, width: f32) -> usize {
        let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
        let mut fitting = word.chars().next().map_or(0, char::len_utf8);
        for end in ends {
            if self.width(&word[..end], size) > width {
                break;
            }
            fitting = end.max(fitting);
        }
        fitting
    }
}

/// Says something about the letters beside it and is none itself.
fn is_unseen(c: char) -> bool {
    let format = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c.is_control() || format
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn replace_last(lines: &mut [String], line: String) {
    if let Some(last) = lines.last_mut() {
        *last = line;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_keep_their_letters_and_only_unknown_scripts_become_question_marks() {
        let check = |text: &str, expected: &str| assert_eq!(Face::Regular.writable(text), expected);
        check("Åsa Öberg-Łukaszewicz Đorđević Şahin", "Åsa Öberg-Łukaszewicz Đorđević Şahin");
        check("Zoe\u{301} A\u{30a}sa", "Zoé Åsa");
        check("Ελένη Иван", "Ελένη Иван");
        check("王 \u{200f}a", "? a");
        check("tab\tnew\nline", "tabnewline");
    }

    proptest! {
        /// Lines keep every letter in its order and none is wider than the page.
        #[test]
        fn lines_hold_the_whole_text_and_stay_within_the_width(text in "[a-zåäöÅÄÖ ]{0,400}", width in 30.0f32..400.0) {
            let lines = Face::Semibold.lines(&text, 12.0, width);
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            prop_assert!(lines.iter().all(|line| Face::Semibold.width(line, 12.0) <= width));
        }
    }
}
