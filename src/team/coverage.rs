//! Coverage: of those who hold a role, how many have its whole dose, and who is nearest to it. Pure.

use super::matrix::Member;
use crate::engine::model::{Holding, Quarters};
use crate::versions::published::Published;

/// One role in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The role's id.
    pub role: String,
    pub holders: usize,
    /// Those with nothing left to do for the role, prerequisites and included roles among it.
    pub complete: usize,
    /// The holder with the fewest hours left for the role, when somebody has any: id, name and hours.
    pub nearest: Option<Nearest>,
    /// Somebody who holds the role has something overdue because of it.
    pub late: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    pub person: i64,
    pub name: String,
    pub quarters: Quarters,
}

/// The roles that somebody holds, in the curriculum's order.
pub fn coverage(published: &Published, members: &[Member]) -> Vec<Coverage> {
    let mut roles: Vec<&String> = members.iter().flat_map(|member| &member.roles).collect();
    roles.sort_by_key(|id| (published.curriculum.roles.get(*id).map_or(u32::MAX, |role| role.order), *id));
    roles.dedup();
    roles.into_iter().map(|role| of_role(role, members)).collect()
}

fn of_role(role: &str, members: &[Member]) -> Coverage {
    let holders: Vec<&Member> = members.iter().filter(|member| member.roles.iter().any(|held| held == role)).collect();
    let left: Vec<Quarters> = holders.iter().map(|member| quarters_left(role, member)).collect();
    let nearest = holders.iter().zip(&left).filter(|(_, left)| **left > 0).min_by_key(|(_, left)| **left);
    Coverage {
        role: role.to_owned(),
        holders: holders.len(),
        complete: left.iter().filter(|left| **left == 0).count(),
        nearest: nearest.map(|(member, left)| Nearest {
            person: member.id,
            name: member.name.clone(),
            quarters: *left,
        }),
        late: holders.iter().any(|member| member.overdue().iter().any(|step| asked_by(role, step))),
    }
}

fn quarters_left(role: &str, member: &Member) -> Quarters {
    member.path.steps.iter().filter(|step| asked_by(role, step)).map(|step| step.quarters).sum()
}

fn asked_by(role: &str, step: &crate::engine::model::Step) -> bool {
    step.because.iter().any(|because| matches!(&because.holding, Holding::Role(held) if held == role))
}
