//! Programmes: months, order, and modules given before what they build on.

use std::collections::HashMap;

use super::Look;
use super::certain::Certain;
use crate::curriculum::model::Programme;
use crate::curriculum::problem::Problem;
use crate::curriculum::rules;

pub(super) fn check(look: &Look<'_>, certain: Option<&Certain<'_>>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, programme) in &look.curriculum.programmes {
        let path = format!("programmes.{id}");
        problems.extend(months(look, &path, programme));
        problems.extend(order(look, &path, programme));
        problems.extend(ids(look, &path, programme));
        if let Some(certain) = certain {
            problems.extend(too_early(look, certain, &path, programme));
        }
    }
    problems
}

fn months(look: &Look<'_>, path: &str, programme: &Programme) -> Vec<Problem> {
    let meetings = programme.meetings.iter().enumerate().map(|(at, meeting)| ("meetings", at, meeting.month));
    let milestones = programme.milestones.iter().enumerate().map(|(at, milestone)| ("milestones", at, milestone.month));
    let outside = meetings.chain(milestones).filter(|(_, _, month)| !(1..=programme.months).contains(month));
    outside
        .map(|(list, at, month)| {
            let message = format!("month {month} lies outside the programme's months 1 to {}", programme.months);
            let help = "change the month, or the programme's `months`";
            let problem = look.problem(&rules::PROGRAMME_MONTH, &format!("{path}.{list}.{at}.month"), message, help);
            let problem = problem.with("found", month).with("most", programme.months);
            problem.also(&look.places.of(&format!("{path}.months")), "the programme's months")
        })
        .collect()
}

fn order(look: &Look<'_>, path: &str, programme: &Programme) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, pair) in programme.milestones.windows(2).enumerate() {
        let (field, message) = if pair[1].month < pair[0].month {
            let ([first, second], [before, after]) = ([&pair[0].id, &pair[1].id], [pair[0].month, pair[1].month]);
            ("month", format!("milestone `{second}` in month {after} stands after `{first}` in month {before}"))
        } else if pair[1].progress < pair[0].progress {
            ("progress", format!("milestone `{}` expects less progress than `{}` before it", pair[1].id, pair[0].id))
        } else {
            continue;
        };
        let place = |at: usize| format!("{path}.milestones.{at}.{field}");
        let problem = look.problem(&rules::PROGRAMME_ORDER, &place(at + 1), message, "write milestones in time order");
        let problem = problem.with("name", &pair[1].id).with("before", &pair[0].id);
        problems.push(problem.also(&look.places.of(&place(at)), "the one before"));
    }
    for (at, pair) in programme.meetings.windows(2).enumerate() {
        if (pair[1].month, pair[1].week) < (pair[0].month, pair[0].week) {
            let field = if pair[1].month < pair[0].month { "month" } else { "week" };
            let place = |at: usize| format!("{path}.meetings.{at}.{field}");
            let when = |at: usize| format!("`{}` in month {}, week {}", pair[at].id, pair[at].month, pair[at].week);
            let message = format!("meeting {} stands after {}", when(1), when(0));
            let problem =
                look.problem(&rules::PROGRAMME_ORDER, &place(at + 1), message, "write meetings in time order");
            let problem = problem.with("name", &pair[1].id).with("before", &pair[0].id);
            problems.push(problem.also(&look.places.of(&place(at)), "the one before"));
        }
    }
    problems
}

fn ids(look: &Look<'_>, path: &str, programme: &Programme) -> Vec<Problem> {
    let meetings: Vec<&str> = programme.meetings.iter().map(|meeting| meeting.id.as_str()).collect();
    let milestones: Vec<&str> = programme.milestones.iter().map(|milestone| milestone.id.as_str()).collect();
    let mut problems = Vec::new();
    for (list, ids) in [("meetings", meetings), ("milestones", milestones)] {
        let mut taken: HashMap<&str, usize> = HashMap::new();
        for (at, id) in ids.into_iter().enumerate() {
            if let Some(first) = taken.insert(id, at) {
                let place = |at: usize| format!("{path}.{list}.{at}.id");
                let message = format!("the id `{id}` stands twice in `{list}`");
                let problem = look.problem(&rules::DUPLICATE, &place(at), message, "rename one of the two");
                let problem = problem.with("name", id);
                problems.push(problem.also(&look.places.of(&place(first)), "first here"));
            }
        }
    }
    problems
}

fn too_early(look: &Look<'_>, certain: &Certain<'_>, path: &str, programme: &Programme) -> Vec<Problem> {
    let given: Vec<(&str, String)> = (programme.meetings.iter().enumerate())
        .flat_map(|(meeting, m)| m.modules.iter().enumerate().map(move |(at, id)| (id.as_str(), (meeting, at))))
        .map(|(id, (meeting, at))| (id, format!("{path}.meetings.{meeting}.modules.{at}")))
        .collect();
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (at, (id, _)) in given.iter().enumerate() {
        first.entry(id).or_insert(at);
    }
    let mut problems = Vec::new();
    for (at, (id, place)) in given.iter().enumerate().filter(|(at, (id, _))| first[id] == *at) {
        for before in certain.before(id) {
            if let Some(later) = first.get(before).filter(|later| **later > at) {
                let message = format!("`{id}` is given before `{before}`, which it builds on");
                let problem = look.problem(&rules::GIVEN_TOO_EARLY, place, message, "give them the other way round");
                let problem = problem.with("module", id).with("by", before);
                problems.push(problem.also(&look.places.of(&given[*later].1), format!("`{before}` is given here")));
            }
        }
    }
    problems
}
