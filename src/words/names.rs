//! Names, addresses and other short texts from outside: cleaned once on the way in, and keys to sort and search by.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A text as it may be stored: NFC, white space collapsed, no control, direction or zero-width characters.
pub fn clean_name(raw: &str) -> String {
    let visible = raw.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_invisible(*c));
    collapse(&visible.collect::<String>())
}

/// A text of several lines as it may be stored: as [`clean_name`], but its lines stay.
pub fn clean_text(raw: &str) -> String {
    raw.lines().map(clean_name).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A key that sorts the Swedish way: å ä ö after z, case and other accents ignored.
///
/// It holds only a–z and 0–9, which every database collation sorts alike: z is `za`, å `zb`, ä `zc`, ö `zd`,
/// a digit has `1` before it and everything between words is `0`.
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 4);
    for c in search_key(text).chars() {
        match c {
            'z' => key.push_str("za"),
            'å' => key.push_str("zb"),
            'ä' => key.push_str("zc"),
            'ö' => key.push_str("zd"),
            '0'..='9' => key.extend(['1', c]),
            'a'..='y' => key.push(c),
            c if c.is_alphanumeric() => key.extend(format!("zz{:x}z", c as u32).chars()),
            _ => key.push('0'),
        }
    }
    key
}

/// A key to search in: lower case, å ä ö kept, other accents removed (`é` is `e`), white space collapsed.
pub fn search_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in clean_name(text).chars().flat_map(char::to_lowercase).nfc() {
        match c {
            'å' | 'ä' | 'ö' => key.push(c),
            'æ' => key.push('ä'),
            'ø' => key.push('ö'),
            'ß' => key.push_str("ss"),
            'ð' | 'đ' => key.push('d'),
            'ł' => key.push('l'),
            'þ' => key.push_str("th"),
            'œ' => key.push_str("oe"),
            c => key.extend(std::iter::once(c).nfd().filter(|part| !is_combining_mark(*part))),
        }
    }
    key
}

/// The form in which two e-mail addresses are the same.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// The part of RFC 5321 that mail systems in healthcare use: a dot-atom, `@`, and a domain with a dot.
pub fn is_email(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let atom = |text: &str| {
        text.split('.').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b))
        })
    };
    let label = |text: &str| {
        (1..=63).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
    };
    email_key(address).len() <= 254
        && local.len() <= 64
        && atom(local)
        && domain.contains('.')
        && domain.split('.').all(label)
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_composed_and_holds_no_hidden_characters() {
        let check = |raw, expected: &str| assert_eq!(clean_name(raw), expected);
        check("  A\u{30a}sa \t Prov\r\nBcc: x ", "Åsa Prov Bcc: x");
        check("Test\u{202e}a\u{0} \u{feff}", "Testa");
        check("\u{1}\u{2}", "");
    }

    #[test]
    fn a_text_keeps_its_lines_and_no_hidden_characters() {
        assert_eq!(clean_text("\r\nRad  ett\u{0}\r\n\r\n \u{202e}två\t \n"), "Rad ett\n\ntvå");
    }

    #[test]
    fn swedish_letters_come_last_in_their_order() {
        let mut names =
            ["Östman", "Zetter", "Ärla", "Åberg", "zz", "de la Prov", "Dea", "Édouard", "Efva", "Ål 10", "Ål 9"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            ["de la Prov", "Dea", "Édouard", "Efva", "Zetter", "zz", "Åberg", "Ål 10", "Ål 9", "Ärla", "Östman"]
        );
    }

    #[test]
    fn search_keeps_swedish_letters_and_drops_other_accents() {
        let check = |text, expected: &str| assert_eq!(search_key(text), expected);
        check("Café  ÖBERG", "cafe öberg");
        check("Søren Łukasz", "sören lukasz");
        check("A\u{30a}sa", "åsa");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing_more(raw in any::<String>()) {
            let once = clean_name(&raw);
            prop_assert_eq!(clean_name(&once), once.clone());
            prop_assert!(!once.chars().any(char::is_control));
        }

        #[test]
        fn a_sort_key_holds_only_what_every_collation_sorts_alike(text in any::<String>()) {
            prop_assert!(sort_key(&text).bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        }
    }
}
