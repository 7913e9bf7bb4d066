//! When somebody has been there enough, and what is achieved by it. Pure.
//!
//! The rules, which the page of a module and the manual tell:
//! 1. A module asks for a share of the parts of an occasion (`attendance_percent`, all of them when left out), rounded
//!    up to whole parts, at least one ([`needed`]).
//! 2. Whoever missed a part may take that part at another occasion of the same module: the first with the first, the
//!    second with the second. Both occasions must have as many parts, because otherwise they are not the same ones.
//! 3. A part counts once: what has led to one achievement leads to no other.
//! 4. Where the module also asks for a test, an assignment or an observation, the achievement comes when both are there,
//!    on the later of the two days. An approval counts once, so a module that is taken again is assessed again.
//! 5. Nothing counts before the last part that is needed is over, however early somebody was marked ([`Standing::Enough`]).
//! 6. What is achieved stays until the attendance itself is taken back: a module that begins to ask for an assessment
//!    takes nothing from anybody.

use std::collections::BTreeMap;

use chrono::NaiveDate;

/// How many of so many parts must be attended.
pub fn needed(percent: Option<u32>, parts: usize) -> usize {
    let percent = percent.unwrap_or(100).clamp(1, 100) as usize;
    (parts * percent).div_ceil(100).max(1)
}

/// What one person was marked at one occasion, part by part in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    pub occasion: i64,
    pub parts: Vec<Sat>,
}

/// What one person was marked at one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sat {
    /// On which it ends.
    pub day: NaiveDate,
    /// None = not marked.
    pub there: Option<bool>,
    pub over: bool,
}

/// What has become of a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is decided yet.
    Open,
    /// Enough, when the last part that is needed is over.
    Enough,
    /// Enough, since this day.
    Met(NaiveDate),
    /// Not enough, and it cannot become so here.
    Missed,
}

/// What has become of each sitting; they are given in the order in which the occasions begin.
pub fn standings(percent: Option<u32>, sittings: &[Sitting]) -> Vec<Standing> {
    // Parts that were attended and have not been used, by how many parts the occasion had: whether each is still to end,
    // and its day.
    let mut kept: BTreeMap<usize, BTreeMap<usize, (bool, NaiveDate)>> = BTreeMap::new();
    let standing = |sitting: &Sitting| {
        let needed = needed(percent, sitting.parts.len());
        let kept = kept.entry(sitting.parts.len()).or_default();
        let mut met = None;
        for (part, sat) in sitting.parts.iter().enumerate().filter(|(_, sat)| sat.there == Some(true)) {
            let this = (!sat.over, sat.day);
            let first = kept.entry(part).or_insert(this);
            *first = this.min(*first);
            if kept.len() >= needed && met.is_none() {
                let day = kept.values().map(|(_, day)| *day).max().unwrap_or(sat.day);
                let goes_on = kept.values().any(|(goes_on, _)| *goes_on);
                met = Some(if goes_on { Standing::Enough } else { Standing::Met(day) });
            }
        }
        if let Some(met) = met {
            kept.clear();
            return met;
        }
        let marked = sitting.parts.iter().any(|sat| sat.there.is_some());
        let open =
            sitting.parts.iter().enumerate().filter(|(part, sat)| sat.there.is_none() && !kept.contains_key(part));
        match marked && kept.len() + open.count() < needed {
            true => Standing::Missed,
            false => Standing::Open,
        }
    };
    sittings.iter().map(standing).collect()
}

/// Something achieved at an occasion; none = without one, by an assessment alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earned {
    pub occasion: Option<i64>,
    pub day: NaiveDate,
}

/// What a module asks for beside being there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    pub percent: Option<u32>,
    /// A test, an assignment or an observation.
    pub assessed: bool,
    /// Nobody meets: the assessment alone is enough.
    pub alone: bool,
    /// Days of the approvals that stand, in time order.
    pub approvals: &'a [NaiveDate],
    /// Occasions at which it was achieved before the module asked for an assessment.
    pub before: &'a [i64],
}

/// All that one person has achieved of one module by being there and being assessed.
pub fn earned(asked: Asked, sittings: &[Sitting]) -> Vec<Earned> {
    if asked.alone {
        return asked.approvals.iter().map(|day| Earned { occasion: None, day: *day }).collect();
    }
    let met =
        sittings.iter().zip(standings(asked.percent, sittings)).filter_map(|(sitting, standing)| match standing {
            Standing::Met(day) => Some(Earned { occasion: Some(sitting.occasion), day }),
            Standing::Open | Standing::Enough | Standing::Missed => None,
        });
    if !asked.assessed {
        return met.collect();
    }
    let mut approvals = asked.approvals.iter();
    let earned = met.filter_map(|met| match met.occasion {
        Some(occasion) if asked.before.contains(&occasion) => Some(met),
        _ => approvals.next().map(|approved| Earned { day: met.day.max(*approved), ..met }),
    });
    earned.collect()
}

#[cfg(test)]
#[path = "rule_tests.rs"]
mod tests;
