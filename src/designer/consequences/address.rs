//! Numbers as addresses: which figure of which group, written and read.

use url::form_urlencoded;

use super::group::Named;
use super::terms::Terms;
use crate::engine::impact::{Figure, Week};

const CODES: &[(Figure, &str)] = &[
    (Figure::Affected, "affected"),
    (Figure::More, "more"),
    (Figure::Less, "less"),
    (Figure::Done, "done"),
    (Figure::Overdue, "overdue"),
    (Figure::Tight, "tight"),
    (Figure::Lost, "lost"),
    (Figure::Won, "won"),
];

/// What a figure is called in an address.
pub fn figure_code(figure: Figure) -> &'static str {
    CODES.iter().find(|(known, _)| *known == figure).map_or("affected", |(_, code)| code)
}

/// The figure called so; everybody affected when nothing is asked for.
pub fn figure_of(code: &str) -> Option<Figure> {
    let code = if code.is_empty() { "affected" } else { code };
    CODES.iter().find(|(_, known)| *known == code).map(|(figure, _)| *figure)
}

/// Where a draft is, and under which terms it is looked at.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    pub here: &'a str,
    pub terms: &'a Terms,
}

/// The list of people behind a number, below the address of a draft.
pub fn address(spot: &Spot, figure: Figure, group: &Named) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("figure", figure_code(figure));
    if let Some((kind, id)) = group_code(group) {
        query.append_pair("by", kind).append_pair("id", &id);
    }
    spot.terms.on(&format!("{}/consequences/people?{}", spot.here, query.finish()))
}

fn group_code(group: &Named) -> Option<(&'static str, String)> {
    match group {
        Named::All => None,
        Named::Unit(Some(unit)) => Some(("unit", unit.to_string())),
        Named::Unit(None) => Some(("unit", "none".into())),
        Named::Branch(unit) => Some(("branch", unit.to_string())),
        Named::Title(id) => Some(("title", id.clone())),
        Named::Role(id) => Some(("role", id.clone())),
        Named::Module(id) => Some(("module", id.clone())),
        Named::Week(week) => Some(("week", format!("{}-{:02}", week.year, week.week))),
    }
}

/// The group that `by` and `id` of an address mean; none when they mean nothing.
pub fn group_of(by: &str, id: &str) -> Option<Named> {
    match by {
        "" => Some(Named::All),
        "unit" if id == "none" => Some(Named::Unit(None)),
        "unit" => id.parse().ok().map(|unit| Named::Unit(Some(unit))),
        "branch" => id.parse().ok().map(Named::Branch),
        "title" => Some(Named::Title(id.to_owned())),
        "role" => Some(Named::Role(id.to_owned())),
        "module" => Some(Named::Module(id.to_owned())),
        "week" => {
            let (year, week) = id.split_once('-')?;
            Some(Named::Week(Week { year: year.parse().ok()?, week: week.parse().ok()? }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_into_an_address_is_read_back() {
        let terms = Terms::of("grace=0", &crate::config::Planning::default());
        let spot = Spot { here: "/d", terms: &terms };
        let week = Named::Week(Week { year: 2027, week: 3 });
        let module = Named::Module("a&b=c".into());
        let units = [Named::Unit(Some(7)), Named::Unit(None), Named::Branch(7)];
        for group in units.into_iter().chain([Named::All, Named::Role("r".into()), module, week]) {
            for (figure, _) in CODES {
                let written = address(&spot, *figure, &group);
                let (_, query) = written.split_once('?').unwrap();
                let read: std::collections::HashMap<String, String> =
                    form_urlencoded::parse(query.as_bytes()).into_owned().collect();
                let of = |name: &str| read.get(name).map_or("", String::as_str).to_owned();
                assert_eq!(figure_of(&of("figure")), Some(*figure));
                assert_eq!(group_of(&of("by"), &of("id")), Some(group.clone()));
            }
        }
        assert_eq!(group_of("unit", "x"), None);
        assert_eq!(group_of("planet", "x"), None);
    }
}
