//! What a version does to everybody, told on the command line.

use serde::Serialize;

use crate::engine::impact::{Figures, Impact};

/// The figures of everybody; the pages of a draft have them by unit, title, role, module and week too.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    pub people: u32,
    /// People whose path changes.
    pub affected: u32,
    pub more: u32,
    pub less: u32,
    /// Nothing is left for them.
    pub done: u32,
    pub overdue: u32,
    /// Their deadlines cannot hold the hours.
    pub tight: u32,
    pub competence_lost: u32,
    pub competence_won: u32,
    pub hours_before: f64,
    pub hours_after: f64,
}

impl From<&Impact> for Told {
    fn from(impact: &Impact) -> Told {
        let Figures { before, after, affected, more, less, done, overdue, tight, lost, won } = impact.all;
        Told {
            people: impact.people,
            affected,
            more,
            less,
            done,
            overdue,
            tight,
            competence_lost: lost,
            competence_won: won,
            hours_before: before.quarters as f64 / 4.0,
            hours_after: after.quarters as f64 / 4.0,
        }
    }
}

impl Told {
    /// For people to read.
    pub fn text(&self) -> String {
        if self.affected == 0 {
            return format!("Nobody's path changes ({} people).\n", self.people);
        }
        let mut text = format!(
            "{} of {} people get another path: {} get more hours, {} fewer, {} have nothing left.\n",
            self.affected, self.people, self.more, self.less, self.done
        );
        let (before, after) = (self.hours_before, self.hours_after);
        text.push_str(&format!("Hours left for all: {before} → {after} ({:+}).\n", after - before));
        for (count, what) in [
            (self.overdue, "become overdue"),
            (self.tight, "get deadlines that cannot hold their hours"),
            (self.competence_lost, "lose the competence of a role"),
            (self.competence_won, "win the competence of a role"),
        ] {
            if count > 0 {
                text.push_str(&format!("{count} {what}.\n"));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    #[test]
    fn only_what_happens_to_somebody_is_told() {
        let told = Told {
            people: 312,
            affected: 21,
            more: 12,
            less: 9,
            done: 1,
            overdue: 0,
            tight: 3,
            competence_lost: 2,
            competence_won: 0,
            hours_before: 1200.0,
            hours_after: 1150.5,
        };
        assert_snapshot!(told.text(), @r"
        21 of 312 people get another path: 12 get more hours, 9 fewer, 1 have nothing left.
        Hours left for all: 1200 → 1150.5 (-49.5).
        3 get deadlines that cannot hold their hours.
        2 lose the competence of a role.
        ");
        assert_snapshot!(Told { affected: 0, ..told }.text(), @"Nobody's path changes (312 people).");
    }
}
