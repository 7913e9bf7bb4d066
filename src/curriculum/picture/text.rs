//! How wide text is, and where it breaks, without a font at hand.
//!
//! The widths are those of DejaVu Sans, the widest of the fonts that a reader's system is likely to choose:
//! what fits by this table fits in the others with room to spare.

/// Thousandths of the font size, from the space (U+0020) to the tilde (U+007E).
const WIDTHS: [u16; 95] = [
    317, 400, 459, 837, 636, 950, 779, 274, 390, 390, 500, 837, 317, 360, 317, 336, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 336, 336, 837, 837, 837, 530, 1000, 684, 686, 698, 770, 631, 575, 774, 751, 294, 294, 655, 557, 862,
    748, 787, 603, 787, 694, 634, 610, 731, 684, 988, 685, 610, 685, 390, 336, 390, 837, 500, 500, 612, 634, 549, 634,
    615, 352, 634, 633, 277, 277, 579, 277, 974, 633, 611, 634, 634, 411, 520, 392, 633, 591, 817, 591, 591, 524, 636,
    336, 636, 837,
];
const SOFT_HYPHEN: char = '\u{ad}';
/// Bold is this much wider than regular.
pub const BOLD: f64 = 1.15;

/// The width of `text` in the same unit as `size`, the font size. Soft hyphens have no width.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|character| f64::from(character_width(character))).sum::<f64>() * size / 1000.0
}

fn character_width(character: char) -> u16 {
    match character {
        ' '..='~' => WIDTHS[character as usize - 32],
        SOFT_HYPHEN => 0,
        'à'..='å' | 'è'..='ë' | 'ò'..='ö' | 'ù'..='ü' => 634,
        'À'..='Å' => 684,
        'Ò'..='Ö' => 787,
        '\u{a0}' => 317,
        '–' => 500,
        _ => 1000,
    }
}

/// `text` in lines no wider than `room`: broken at spaces, at soft hyphens where a word alone is too wide
/// (then with a visible hyphen), and anywhere only in a word that offers nothing better.
pub fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let plain = word.replace(SOFT_HYPHEN, "");
        let line = lines.last().map_or("", String::as_str);
        let joined = if line.is_empty() { plain.clone() } else { format!("{line} {plain}") };
        if width(&joined, size) <= room {
            replace_last(&mut lines, joined);
        } else if width(&plain, size) <= room {
            lines.push(plain);
        } else {
            break_word(word, size, room, &mut lines);
        }
    }
    lines
}

fn replace_last(lines: &mut Vec<String>, line: String) {
    lines.pop();
    lines.push(line);
}

fn break_word(word: &str, size: f64, room: f64, lines: &mut Vec<String>) {
    let parts: Vec<&str> = word.split(SOFT_HYPHEN).collect();
    let mut line = lines.pop().unwrap_or_default();
    let mut glue = if line.is_empty() { "" } else { " " };
    for (at, part) in parts.iter().enumerate() {
        let hyphen = if at + 1 < parts.len() { "-" } else { "" };
        if width(&format!("{line}{glue}{part}{hyphen}"), size) <= room {
            line = format!("{line}{glue}{part}");
        } else {
            let end = if glue.is_empty() && !line.is_empty() { "-" } else { "" };
            push_unless_empty(lines, format!("{line}{end}"));
            line = break_anywhere(part, hyphen, size, room, lines);
        }
        glue = "";
    }
    lines.push(line);
}

fn push_unless_empty(lines: &mut Vec<String>, line: String) {
    if !line.is_empty() {
        lines.push(line);
    }
}

fn break_anywhere(part: &str, hyphen: &str, size: f64, room: f64, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    for character in part.chars() {
        if !line.is_empty() && width(&format!("{line}{character}{hyphen}"), size) > room {
            lines.push(std::mem::take(&mut line));
        }
        line.push(character);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, room: f64, expected: &[&str]) {
        assert_eq!(wrap(text, 10.0, room), expected);
    }

    #[test]
    fn a_title_breaks_at_spaces_first_and_at_soft_hyphens_when_a_word_is_too_wide() {
        check("Se systemet", 100.0, &["Se systemet"]);
        check("Se systemet", 50.0, &["Se", "systemet"]);
        check("Förbättrings\u{ad}modellen", 80.0, &["Förbättrings-", "modellen"]);
        check("Leda förbättrings\u{ad}flödet", 105.0, &["Leda", "förbättringsflödet"]);
        check("Abcdefgh", 30.0, &["Abcd", "efgh"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_room_and_no_letter_is_lost(text in "[a-zåäö \u{ad}]{0,60}", room in 30.0..200.0f64) {
            let lines = wrap(&text, 12.0, room);
            prop_assert!(lines.iter().all(|line| width(line, 12.0) <= room));
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
