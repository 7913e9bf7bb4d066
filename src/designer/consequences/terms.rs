//! Under which terms a draft is judged: prices, seats, and the transition that is being considered. They stand in the
//! address, so that a page can be shared and a number leads to the people it counts.

use std::collections::HashMap;

use url::form_urlencoded;

use crate::config::Planning;
use crate::engine::{Transition, Who};

/// The terms of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub planning: Planning,
    pub transition: Transition,
    /// Those that differ from the usual ones, as they stand in the address.
    pub written: String,
    asked: HashMap<String, String>,
}

/// Beyond these a number is a slip of the hand.
const MOST_PARTICIPANTS: u32 = 10_000;
const MOST_KRONOR: i64 = 10_000_000;
const MOST_GRACE: u32 = 1_096;

impl Terms {
    /// From an address; what cannot be read is as usual.
    pub fn of(query: &str, usual: &Planning) -> Terms {
        let asked: HashMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let number =
            |name: &str| asked.get(name).and_then(|text| text.trim().replace(['\u{a0}', ' '], "").parse().ok());
        let kronor = |name: &str, usual: i64| number(name).filter(|n| (0..=MOST_KRONOR).contains(n)).unwrap_or(usual);
        let participants = number("participants").and_then(|n| u32::try_from(n).ok());
        let planning = Planning {
            participants: participants.filter(|n| (1..=MOST_PARTICIPANTS).contains(n)).unwrap_or(usual.participants),
            hour_price: kronor("hour", usual.hour_price),
            course_day_price: kronor("day", usual.course_day_price),
        };
        let who = asked.get("who").and_then(|code| who_of(code)).unwrap_or_default();
        let grace = number("grace").and_then(|n| u32::try_from(n).ok()).filter(|n| *n <= MOST_GRACE);
        let mut transition = Transition { default: who, ..Transition::default() };
        transition.grace_days = grace.unwrap_or(transition.grace_days);
        for (name, value) in &asked {
            if let (Some(dose), Some(who)) = (name.strip_prefix("dose."), who_of(value)) {
                transition.doses.insert(dose.to_owned(), who);
            }
            if let Some(old) = name.strip_prefix("credit.").filter(|_| !value.is_empty()) {
                transition.credit.insert(old.to_owned(), value.clone());
            }
        }
        let written = written(&planning, usual, &transition);
        Terms { planning, transition, written, asked }
    }

    /// Something else of the address.
    pub fn asked(&self, name: &str) -> &str {
        self.asked.get(name).map_or("", String::as_str)
    }

    /// Which of the three ways to give out a changed dose, as the address has it.
    pub fn who(&self) -> &'static str {
        who_code(self.transition.default)
    }

    /// `path` with the terms behind it.
    pub fn on(&self, path: &str) -> String {
        let sign = if path.contains('?') { '&' } else { '?' };
        if self.written.is_empty() { path.to_owned() } else { format!("{path}{sign}{}", self.written) }
    }
}

fn who_of(code: &str) -> Option<Who> {
    [Who::Everyone, Who::NotStarted, Who::NewAssignments].into_iter().find(|who| who_code(*who) == code)
}

/// What a choice of who gets a changed dose is called in an address.
pub fn who_code(who: Who) -> &'static str {
    match who {
        Who::Everyone => "everyone",
        Who::NotStarted => "not-started",
        Who::NewAssignments => "new-assignments",
    }
}

fn written(planning: &Planning, usual: &Planning, transition: &Transition) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if planning.participants != usual.participants {
        query.append_pair("participants", &planning.participants.to_string());
    }
    if planning.hour_price != usual.hour_price {
        query.append_pair("hour", &planning.hour_price.to_string());
    }
    if planning.course_day_price != usual.course_day_price {
        query.append_pair("day", &planning.course_day_price.to_string());
    }
    if transition.default != Who::Everyone {
        query.append_pair("who", who_code(transition.default));
    }
    if transition.grace_days != Transition::default().grace_days {
        query.append_pair("grace", &transition.grace_days.to_string());
    }
    for (dose, who) in &transition.doses {
        query.append_pair(&format!("dose.{dose}"), who_code(*who));
    }
    for (old, new) in &transition.credit {
        query.append_pair(&format!("credit.{old}"), new);
    }
    query.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_stand_in_the_address_only_when_they_differ_and_are_read_back() {
        let usual = Planning::default();
        let check = |query: &str, written: &str| {
            let terms = Terms::of(query, &usual);
            assert_eq!(terms.written, written);
            assert_eq!(Terms::of(written, &usual).planning, terms.planning);
            assert_eq!(Terms::of(written, &usual).transition, terms.transition);
        };
        check("", "");
        check("hour=400&grace=30&who=everyone", "");
        check("hour=1%20000&day=0&who=not-started", "hour=1000&day=0&who=not-started");
        check("participants=0&hour=-5&grace=99999&who=nobody", "");
        check("participants=12&grace=0", "participants=12&grace=0");
        check("dose.b=everyone&dose.a=not-started&dose.c=x", "dose.a=not-started&dose.b=everyone");
        check("credit.old=new&credit.gone=", "credit.old=new");
    }

    #[test]
    fn an_address_carries_its_terms_on() {
        let terms = Terms::of("grace=0", &Planning::default());
        assert_eq!(terms.on("/a"), "/a?grace=0");
        assert_eq!(terms.on("/a?b=c"), "/a?b=c&grace=0");
        assert_eq!(Terms::of("", &Planning::default()).on("/a"), "/a");
    }
}
