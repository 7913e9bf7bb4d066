//! The forms of a person that the database looks in and compares, made when the row is written.

use crate::words::{self, email_key};

/// What a search for a person looks in: the name with and without å, ä and ö, the address and the external id.
pub fn search_key(name: &str, email: &str, external_id: &str) -> String {
    let name = words::search_key(name);
    let plain = name.replace(['å', 'ä'], "a").replace('ö', "o");
    let name = if plain == name { name } else { format!("{name} {plain}") };
    format!("{name} {} {}", email_key(email), words::search_key(external_id))
}

/// The words of a query, in the form [`search_key`] holds; at most eight.
pub fn search_words(query: &str) -> Vec<String> {
    words::search_key(query).split(' ').filter(|word| !word.is_empty()).take(8).map(str::to_owned).collect()
}

/// Whether every word of `query` is somewhere in `search_key`; an empty query matches all.
pub fn matches(search_key: &str, query: &str) -> bool {
    search_words(query).iter().all(|word| search_key.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_finds_with_and_without_marks_in_any_order() {
        let key = search_key("Åsa Löv-Påhitt", "Asa.Lov@Example.se", "E17");
        for query in ["åsa", "ASA", "påhitt åsa", "lov-pahitt", "asa.lov@example.se", "e17", "A\u{30a}sa", ""] {
            assert!(matches(&key, query), "{query}");
        }
        assert!(!matches(&key, "åsa berg"));
    }
}
