//! The life of a request, held against a list of all that can happen, and against whole lives acted out at random.

use chrono::Days;
use proptest::prelude::*;

use super::*;

fn today() -> NaiveDate {
    "2027-03-01".parse().unwrap()
}

fn wording(motivation: &str, ahead: u64) -> Wording {
    Wording { day: today() - Days::new(10) + Days::new(ahead), course: String::new(), motivation: motivation.into() }
}

const WRITER: Hand = Hand { writes: true, decides: false };
const DECIDER: Hand = Hand { writes: false, decides: true };

/// All that can happen, written out one by one: from, what is done by which hand, to.
const POSSIBLE: &[(&str, &str, &str)] = &[
    ("", "save", "draft"),
    ("", "ask", "asked"),
    ("draft", "save", "draft"),
    ("draft", "ask", "asked"),
    ("draft", "withdraw", "withdrawn"),
    ("asked", "withdraw", "withdrawn"),
    ("asked", "return", "returned"),
    ("asked", "decline", "declined"),
    ("asked", "accept", "accepted"),
    ("returned", "save", "returned"),
    ("returned", "ask", "asked"),
    ("returned", "withdraw", "withdrawn"),
];

fn name(act: &Act) -> &'static str {
    match act {
        Act::Save(_) => "save",
        Act::Ask(_) => "ask",
        Act::Withdraw => "withdraw",
        Act::Return { .. } => "return",
        Act::Decline { .. } => "decline",
        Act::Accept { .. } => "accept",
    }
}

fn acts() -> Vec<Act> {
    vec![
        Act::Save(wording("", 0)),
        Act::Ask(wording("Jag har lett det här i fem år", 0)),
        Act::Withdraw,
        Act::Return { comment: "Vad gjorde du själv?".into() },
        Act::Decline { reason: "Kursen handlar om något annat".into() },
        Act::Accept { day: today(), comment: String::new() },
    ]
}

#[test]
fn only_what_is_listed_can_happen() {
    let states = State::ALL.into_iter().map(Some).chain([None]);
    for (state, act) in states.flat_map(|state| acts().into_iter().map(move |act| (state, act))) {
        let from = state.map_or("", State::code);
        let listed = POSSIBLE.iter().find(|(f, a, _)| *f == from && *a == name(&act)).map(|(.., to)| *to);
        let by = if ["save", "ask", "withdraw"].contains(&name(&act)) { WRITER } else { DECIDER };
        let other = if by == WRITER { DECIDER } else { WRITER };
        assert_eq!(next(state, by, &act, today()).ok().map(State::code), listed, "{from} {}", name(&act));
        assert_eq!(next(state, other, &act, today()), Err(Refusal::NotYours), "{from} {}", name(&act));
    }
}

#[test]
fn whoever_writes_a_request_never_decides_about_it_whatever_hats_they_wear() {
    let both = Hand { writes: true, decides: true };
    let accept = Act::Accept { day: today(), comment: String::new() };
    assert_eq!(next(Some(State::Asked), both, &accept, today()), Err(Refusal::NotYours));
}

#[test]
fn words_and_days_are_asked_for_where_somebody_must_understand() {
    let check = |state, hand, act, expected| assert_eq!(next(state, hand, &act, today()), Err(expected));
    check(None, WRITER, Act::Ask(wording(" \n", 0)), Refusal::NoMotivation);
    check(None, WRITER, Act::Ask(wording("x", 11)), Refusal::ToCome);
    let asked = Some(State::Asked);
    check(asked, DECIDER, Act::Return { comment: " ".into() }, Refusal::NoComment);
    check(asked, DECIDER, Act::Decline { reason: String::new() }, Refusal::NoComment);
    let tomorrow = today() + Days::new(1);
    check(asked, DECIDER, Act::Accept { day: tomorrow, comment: String::new() }, Refusal::ToCome);
    assert_eq!(next(None, WRITER, &Act::Ask(wording("x", 10)), today()), Ok(State::Asked), "today has come");
}

proptest! {
    /// A naive desk that follows the list above by name alone, beside the rules, through whole lives.
    #[test]
    fn whole_lives_follow_the_list_and_end_once(turns in proptest::collection::vec((0usize..6, any::<bool>()), 0..60)) {
        let (mut state, mut desk) = (None, "");
        let mut endings = 0;
        for (act, as_writer) in turns {
            let act = acts().swap_remove(act);
            let hand = if as_writer { WRITER } else { DECIDER };
            let writes = ["save", "ask", "withdraw"].contains(&name(&act));
            let found = POSSIBLE.iter().find(|(from, what, _)| *from == desk && *what == name(&act));
            let expected = found.filter(|_| writes == as_writer);
            let became = next(state, hand, &act, today());
            prop_assert_eq!(became.ok().map(State::code), expected.map(|(.., to)| *to));
            if let (Ok(became), Some((.., to))) = (became, expected) {
                (state, desk) = (Some(became), *to);
                endings += usize::from(!became.is_open());
            }
        }
        prop_assert!(endings <= 1, "what has ended begins again");
    }

    #[test]
    fn codes_are_read_back(index in 0usize..6) {
        prop_assert_eq!(State::of(State::ALL[index].code()), State::ALL[index]);
    }
}
