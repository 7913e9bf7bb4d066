//! What a version does to everybody, told on the command line.

use crate::designer::effect::Effect;

/// For people to read.
pub fn told(effect: &Effect) -> String {
    let Effect { people, affected, more, less, done, .. } = effect;
    if *affected == 0 {
        return format!("Nobody's path changes ({people} people).\n");
    }
    let mut text = format!(
        "{affected} of {people} people get another path: {more} get more hours, {less} fewer, {done} have nothing left.\n"
    );
    let (before, after) = (effect.hours_before, effect.hours_after);
    text.push_str(&format!("Hours left for all: {before} → {after} ({:+}).\n", effect.hours_more()));
    for (count, what) in [
        (effect.overdue, "become overdue"),
        (effect.tight, "get deadlines that cannot hold their hours"),
        (effect.competence_lost, "lose the competence of a role"),
        (effect.competence_won, "win the competence of a role"),
    ] {
        if count > 0 {
            text.push_str(&format!("{count} {what}.\n"));
        }
    }
    let (days, seats, cost) = (effect.course_days, effect.participants, effect.cost);
    if days != 0 {
        text.push_str(&format!("Course days needed: {days:+} ({seats} seats on each).\n"));
    }
    if cost != 0.0 {
        text.push_str(&format!("Cost: {cost:+} kronor.\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    #[test]
    fn only_what_happens_to_somebody_is_told() {
        let effect = Effect {
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
            course_days: -2,
            participants: 20,
            cost: -43_800.0,
        };
        assert_snapshot!(told(&effect), @r"
        21 of 312 people get another path: 12 get more hours, 9 fewer, 1 have nothing left.
        Hours left for all: 1200 → 1150.5 (-49.5).
        3 get deadlines that cannot hold their hours.
        2 lose the competence of a role.
        Course days needed: -2 (20 seats on each).
        Cost: -43800 kronor.
        ");
        assert_snapshot!(told(&Effect { affected: 0, ..effect }), @"Nobody's path changes (312 people).");
    }
}
