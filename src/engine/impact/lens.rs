//! A version over a snapshot's numbers: what each holding asks for, what each achievement counts as, and which
//! modules build on others in a way that leaves nothing to choose.

use super::snapshot::Snapshot;
use super::time::{Day, NEVER, day};
use crate::engine::Compiled;
use crate::engine::compile::Need;
use crate::engine::model::{Holding, ModuleIx, Quarters};

/// A version, made ready for many people.
#[derive(Debug, Clone)]
pub(super) struct Lens {
    /// By the snapshot's number of a holding; those it has not seen ask for nothing.
    pub asks: Vec<Asks>,
    /// By the snapshot's number of a module: what an achievement of it counts as.
    pub counts: Lists,
    /// By module: what it builds on for certain, where nothing can stand in.
    pub plain: Lists,
    /// By module: whether there is more to what it builds on than `plain`.
    pub open: Vec<bool>,
    /// By module: its place in an order where everything comes after what it can build on.
    pub place: Vec<u16>,
    pub quarters: Vec<Quarters>,
    /// Days count from this one at the earliest.
    pub in_force_from: Day,
    /// By module: whether something can be taken in its place.
    pub has_equivalents: Vec<bool>,
}

/// What a holding asks for, in days from the day it counts from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asks {
    pub singles: Vec<(u16, u32)>,
    pub choices: Vec<Choice>,
    /// Whether the curriculum has this holding.
    pub known: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub choose: u32,
    pub from: Vec<(u16, u32)>,
}

impl Asks {
    /// Every module named.
    pub(super) fn modules(&self) -> Vec<u16> {
        let members = self.choices.iter().flat_map(|choice| &choice.from);
        self.singles.iter().chain(members).map(|&(module, _)| module).collect()
    }
}

/// Many short lists one after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists {
    ends: Vec<u32>,
    members: Vec<u16>,
}

impl Lens {
    pub(super) fn new(snapshot: &Snapshot, compiled: &Compiled) -> Lens {
        let modules = compiled.modules();
        let mut place = vec![0; modules.len()];
        for (at, module) in compiled.topological.iter().enumerate() {
            place[usize::from(module.0)] = at as u16;
        }
        let counted = |id: &String| -> Vec<u16> {
            let module = compiled.index(id);
            module.into_iter().flat_map(|m| compiled.counts_as(m).iter().copied().chain([m])).map(|m| m.0).collect()
        };
        let mut lens = Lens {
            asks: snapshot.holdings.all().iter().map(|holding| asks(compiled, holding)).collect(),
            counts: snapshot.modules.all().iter().map(counted).collect(),
            plain: Lists::default(),
            open: Vec::new(),
            place,
            quarters: compiled.quarters.clone(),
            in_force_from: compiled.in_force_from.map_or(0, day),
            has_equivalents: compiled.modules().map(|module| !compiled.equivalents(module).is_empty()).collect(),
        };
        for module in modules {
            let mut plain = Vec::new();
            let whole = certain(compiled, module, compiled.need(module), &mut plain);
            lens.plain.push(plain);
            lens.open.push(!whole);
        }
        lens
    }

    /// The day that days count from, for what is held from `from` on.
    pub(super) fn counted_from(&self, from: Day) -> Day {
        from.max(self.in_force_from)
    }
}

/// So many days after, as far as days go.
pub(super) fn after(from: Day, days: u32) -> Day {
    (u32::from(from).saturating_add(days)).min(u32::from(NEVER) - 1) as Day
}

fn asks(compiled: &Compiled, holding: &Holding) -> Asks {
    let mut asks = Asks { known: compiled.knows(holding), ..Asks::default() };
    for asked in compiled.holdings.asked_by(holding) {
        let dose = &compiled.doses[asked.dose];
        for (&module, &days) in &dose.days {
            match asks.singles.iter_mut().find(|single| single.0 == module.0) {
                Some(known) => known.1 = known.1.min(days),
                None => asks.singles.push((module.0, days)),
            }
        }
        asks.choices.extend(dose.choices.iter().map(|choice| Choice {
            choose: choice.choose,
            from: choice.from.iter().map(|&(module, days)| (module.0, days)).collect(),
        }));
    }
    asks
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
        Need::All(parts) => parts.iter().fold(true, |whole, part| certain(compiled, asker, part, plain) && whole),
        Need::AtLeast(0, _) => true,
        Need::AtLeast(least, parts) if *least as usize == parts.len() => {
            parts.iter().fold(true, |whole, part| certain(compiled, asker, part, plain) && whole)
        }
        Need::AtLeast(..) => false,
    }
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
