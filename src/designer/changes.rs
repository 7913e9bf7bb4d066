//! What a new curriculum adds, takes away and changes beside the one before, by id. Pure; who is affected is another
//! question, for the engine.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::curriculum::model::Curriculum;

/// The changes among one kind of thing; ids sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Such as `modules`.
    pub of: &'static str,
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
}

/// Only kinds with changes.
pub fn between(old: &Curriculum, new: &Curriculum) -> Vec<Changes> {
    let modules = |c: &Curriculum| c.modules.iter().cloned().collect::<BTreeMap<_, _>>();
    let about = |c: &Curriculum| BTreeMap::from([("about".to_owned(), c.about.clone())]);
    let mut all = vec![
        compare("about", &about(old), &about(new)),
        compare("legs", &old.legs, &new.legs),
        compare("areas", &old.areas, &new.areas),
        compare("modules", &modules(old), &modules(new)),
        compare("doses", &old.doses, &new.doses),
        compare("roles", &old.roles, &new.roles),
        compare("title groups", &old.groups, &new.groups),
        compare("titles", &old.titles, &new.titles),
        compare("programmes", &old.programmes, &new.programmes),
    ];
    all.retain(|c| !(c.added.is_empty() && c.changed.is_empty() && c.removed.is_empty()));
    all
}

fn compare<T: PartialEq>(of: &'static str, old: &BTreeMap<String, T>, new: &BTreeMap<String, T>) -> Changes {
    let ids = |keep: &dyn Fn(&String) -> bool, from: &BTreeMap<String, T>| {
        from.keys().filter(|id| keep(id)).cloned().collect::<Vec<_>>()
    };
    Changes {
        of,
        added: ids(&|id| !old.contains_key(id), new),
        changed: ids(&|id| old.get(id).is_some_and(|before| before != &new[id]), new),
        removed: ids(&|id| !new.contains_key(id), old),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::model::{Dose, Leg, Text};

    #[test]
    fn what_was_added_changed_and_removed_is_told_by_id() {
        let mut old = Curriculum::default();
        let mut new = Curriculum::default();
        let dose = |within_days| Dose { within_days, ..Dose::default() };
        old.doses = [("a".into(), dose(1)), ("b".into(), dose(1)), ("c".into(), dose(1))].into();
        new.doses = [("b".into(), dose(1)), ("c".into(), dose(2)), ("d".into(), dose(1))].into();
        old.legs.insert("x".into(), Leg { title: Text::default(), order: 1 });
        new.legs = old.legs.clone();
        let expected =
            Changes { of: "doses", added: vec!["d".into()], changed: vec!["c".into()], removed: vec!["a".into()] };
        assert_eq!(between(&old, &new), [expected]);
    }
}
