//! A version over a snapshot's numbers: what each holding asks for, what each achievement counts as, and which
//! modules build on others in a way that leaves nothing to choose.

use super::asks::{Asks, Single, all_asks};
use super::snapshot::Snapshot;
use super::time::{Day, day};
use crate::engine::Compiled;
use crate::engine::compile::Need;
use crate::engine::model::{ModuleIx, Quarters};

/// A version, made ready for many people.
#[derive(Debug, Clone)]
pub(super) struct Lens {
    /// By the snapshot's number of a holding, then what [`Asks::eras`] speaks of.
    pub asks: Vec<Asks>,
    /// How many holdings; those the snapshot had not seen ask for nothing.
    pub holdings: usize,
    /// By the snapshot's number of a module: what an achievement of it counts as.
    pub counts: Lists,
    /// By the same: what it counts as beside that if it was made by a day.
    pub kept: Vec<Vec<(u16, Day)>>,
    /// By module: what it builds on for certain, where nothing can stand in.
    pub plain: Lists,
    /// By module: whether there is more to what it builds on than `plain`.
    pub open: Vec<bool>,
    /// By module: its place in an order where everything comes before what it can build on; and the other way round.
    pub turn: Vec<u16>,
    pub at_turn: Vec<u16>,
    pub quarters: Vec<Quarters>,
    /// By module: everything named or standing in there that is not in `plain`.
    pub loose: Lists,
    /// By module: whether something can be taken in its place.
    pub has_equivalents: Vec<bool>,
}

/// Many short lists one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Lists {
    ends: Vec<u32>,
    members: Vec<u16>,
}

impl Lens {
    pub(super) fn new(snapshot: &Snapshot, compiled: &Compiled) -> Lens {
        let modules = compiled.modules();
        let at_turn: Vec<u16> = compiled.topological.iter().rev().map(|module| module.0).collect();
        let mut turn = vec![0; modules.len()];
        at_turn.iter().enumerate().for_each(|(at, &module)| turn[usize::from(module)] = at as u16);
        let counted = |id: &String| -> Vec<u16> {
            let achieved = compiled.achieved(id);
            achieved.flat_map(|m| compiled.counts_as(m).iter().copied().chain([m])).map(|m| m.0).collect()
        };
        let kept = |id: &String| compiled.kept_until(id).map(|(module, until)| (module.0, day(until))).collect();
        let mut lens = Lens {
            asks: all_asks(compiled, snapshot.holdings.all()),
            holdings: snapshot.holdings.len(),
            counts: snapshot.modules.all().iter().map(counted).collect(),
            kept: snapshot.modules.all().iter().map(kept).collect(),
            plain: Lists::default(),
            open: Vec::new(),
            turn,
            at_turn,
            quarters: compiled.quarters.clone(),
            loose: Lists::default(),
            has_equivalents: compiled.modules().map(|module| !compiled.equivalents(module).is_empty()).collect(),
        };
        for module in modules {
            let mut plain = Vec::new();
            let whole = certain(compiled, module, compiled.need(module), &mut plain);
            let mut loose = Vec::new();
            compiled.need(module).for_each(&mut |named| {
                loose.extend(compiled.stand_ins(module, named).chain([named]).map(|module| module.0));
            });
            loose.retain(|module| !plain.contains(module));
            lens.plain.push(plain);
            lens.loose.push(loose);
            lens.open.push(!whole);
        }
        lens
    }

    /// Where it stands what an assignment of `holding` from `from` on is asked for, when that is not varied.
    pub(super) fn standing(&self, holding: u32, from: Day) -> usize {
        match &self.asks[holding as usize].eras[..] {
            [] => holding as usize,
            eras => eras[eras.partition_point(|&(first, _)| first <= from) - 1].1,
        }
    }

    /// The first days from which something else is asked for, or due days go another way.
    pub(super) fn turns_of(&self, holding: usize) -> impl Iterator<Item = Day> {
        let asks = &self.asks[holding];
        let own = asks.singles.iter().chain(asks.choices.iter().flat_map(|choice| &choice.from));
        asks.eras.iter().map(|&(first, _)| first).chain(own.flat_map(Single::turns))
    }
}

/// Collects what `need` cannot do without, each in no other way; tells whether that is all of it.
fn certain(compiled: &Compiled, asker: ModuleIx, need: &Need, plain: &mut Vec<u16>) -> bool {
    match need {
        Need::Module(module) if compiled.stand_ins(asker, *module).next().is_none() => {
            if !plain.contains(&module.0) {
                plain.push(module.0);
            }
            true
        }
        Need::Module(_) => false,
        Need::All(parts) => all_certain(compiled, asker, parts, plain),
        Need::AtLeast(0, _) => true,
        Need::AtLeast(least, parts) if *least as usize == parts.len() => all_certain(compiled, asker, parts, plain),
        Need::AtLeast(..) => false,
    }
}

/// Looks at every part, also after one that leaves a choice.
fn all_certain(compiled: &Compiled, asker: ModuleIx, parts: &[Need], plain: &mut Vec<u16>) -> bool {
    let open = parts.iter().filter(|part| !certain(compiled, asker, part, plain)).count();
    open == 0
}

impl Lists {
    fn push(&mut self, list: Vec<u16>) {
        self.members.extend(list);
        self.ends.push(self.members.len() as u32);
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Empty when there is no such list.
    pub(super) fn get(&self, at: u16) -> &[u16] {
        let at = usize::from(at);
        let Some(&end) = self.ends.get(at) else { return &[] };
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.members[start as usize..end as usize]
    }
}

impl FromIterator<Vec<u16>> for Lists {
    fn from_iter<I: IntoIterator<Item = Vec<u16>>>(lists: I) -> Self {
        let mut all = Lists::default();
        lists.into_iter().for_each(|list| all.push(list));
        all
    }
}
