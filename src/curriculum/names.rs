//! "Did you mean …": the known name nearest to a misspelt one.

/// The nearest of `known` to `name`, when it is near enough to be meant.
///
/// Distance is Damerau–Levenshtein in its restricted form (optimal string alignment): insertions, deletions,
/// substitutions and swaps of neighbours cost one each. At most a third of the name's length may differ.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: Vec<char> = name.to_lowercase().chars().take(LONGEST).collect();
    let limit = (name.len() / 3).max(1);
    known
        .into_iter()
        // Bytes are at least characters and at most four times as many.
        .filter(|other| other.len() + limit >= name.len() && other.len() <= (name.len() + limit) * 4)
        .map(|other| (distance(&name, &other.to_lowercase().chars().collect::<Vec<_>>()), other))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, other)| other)
}

/// Longer names are compared by their beginnings, which bounds the work.
const LONGEST: usize = 80;

fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let substituted = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = substituted.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// Names in a sentence: `a`, `b` and `c`.
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, known: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(name, known.iter().copied()), expected, "{name}");
    }

    #[test]
    fn the_nearest_name_is_proposed_and_a_far_one_is_not() {
        check("styrdiagam", &["styrdiagram", "tidsdiagram"], Some("styrdiagram"));
        check("huors", &["hours", "short"], Some("hours"));
        check("Hours", &["hours"], Some("hours"));
        check("x", &["purpose", "title"], None);
        check("", &["title"], None);
    }

    #[test]
    fn names_are_listed_as_in_a_sentence() {
        assert_eq!(listed(["a"]), "`a`");
        assert_eq!(listed(["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
