//! Names that are plainly made up: no real person can be meant.

use super::Dice;

const FIRST: &[&str] = &[
    "Prov", "Testa", "Skiss", "Arne", "Berit", "Doris", "Exempla", "Fejk", "Gissa", "Hitte", "Inga", "Jonte", "Klot",
    "Låtsas", "Mall", "Nolla", "Ovan", "Pelle", "Rita", "Sigge", "Tuva", "Utkasta", "Vilma", "Åse", "Älva", "Östen",
    "Kladda", "Modella", "Dockan", "Stina",
];

const LAST: &[&str] = &[
    "Provsson",
    "Testsson",
    "Skissberg",
    "Attrapp",
    "Blindtext",
    "Dummy",
    "Exempelgren",
    "Fejkström",
    "Gissningsson",
    "Hittepå",
    "Ingenstans",
    "Jollerberg",
    "Kulissdotter",
    "Låtsasdotter",
    "Mallberg",
    "Nonsensson",
    "Ovanlund",
    "Påhittsson",
    "Romanfigur",
    "Sagolin",
    "Teaterberg",
    "Utkast",
    "Villkorsson",
    "Åtbörd",
    "Ärenäst",
    "Önskedröm",
    "Kladdström",
    "Modellgren",
    "Dockhem",
    "Stumfilm",
];

/// Everybody gets another name as long as there are any left, then a number is added.
pub fn name(index: usize, dice: &mut Dice) -> String {
    let all = FIRST.len() * LAST.len();
    let shuffled = (index * 397 + 11) % all;
    let (first, last) = (FIRST[shuffled % FIRST.len()], LAST[shuffled / FIRST.len()]);
    let middle = if index >= all { format!(" {}", (b'A' + dice.below(26) as u8) as char) } else { String::new() };
    format!("{first}{middle} {last}")
}

/// Letters of a name that an address may have.
pub fn address_part(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|c| match c {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            ' ' => '.',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_nine_hundred_have_names_of_their_own() {
        let mut dice = Dice::new(1);
        let names: std::collections::HashSet<String> = (0..900).map(|i| name(i, &mut dice)).collect();
        assert_eq!(names.len(), 900);
    }

    #[test]
    fn an_address_has_only_plain_letters() {
        assert_eq!(address_part("Åse Önskedröm"), "ase.onskedrom");
    }
}
