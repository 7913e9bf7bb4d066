//! The rules of the outbox, pure: what becomes of a mail after each try, when it is tried again, when it is dropped.

use std::time::Duration;

use chrono::NaiveDateTime;
use serde::Deserialize;
use utoipa::ToSchema;

use super::deliver::{Refusal, RefusalKind};

/// Where a notice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// To be delivered from its `not_before` on.
    Waiting,
    /// An instance holds the lease and is delivering it.
    Sending,
    Sent,
    /// Given up, with the reason; "send again" makes it wait once more.
    Failed,
    /// Never sent because it had become useless, with the reason.
    Dropped,
    /// Waits for a person: the database was restored from a copy, and it may have been sent since. "Send again"
    /// releases it.
    Held,
}

impl State {
    pub const ALL: [State; 6] =
        [State::Waiting, State::Sending, State::Held, State::Sent, State::Failed, State::Dropped];

    /// The name in the database and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Sending => "sending",
            State::Sent => "sent",
            State::Failed => "failed",
            State::Dropped => "dropped",
            State::Held => "held",
        }
    }

    pub fn of(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether nothing more happens by itself.
    pub fn is_final(self) -> bool {
        matches!(self, State::Sent | State::Failed | State::Dropped | State::Held)
    }
}

/// How one try ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    Refused(Refusal),
    /// No mail could be made of it; the code says why.
    Unsendable(&'static str),
    /// It had become useless before it could be sent.
    Stale,
    /// Not tried: the instance stops, or its lease was nearly over.
    GivenBack,
}

/// What is written back about a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub state: State,
    pub attempts: i32,
    pub not_before: NaiveDateTime,
    /// The server's words or the reason; empty when there is nothing to say.
    pub answer: String,
}

/// What becomes of a mail that had been tried `attempts` times, may be sent from `not_before` and was tried at `now`.
pub fn after(outcome: &Outcome, attempts: i32, not_before: NaiveDateTime, now: NaiveDateTime, seed: u64) -> Verdict {
    let tried = attempts.saturating_add(1);
    let verdict =
        |state, attempts, not_before, answer: &str| Verdict { state, attempts, not_before, answer: answer.into() };
    match outcome {
        Outcome::Sent => verdict(State::Sent, tried, not_before, ""),
        Outcome::Unsendable(why) => verdict(State::Failed, tried, not_before, why),
        Outcome::Stale => verdict(State::Dropped, attempts, not_before, STALE),
        Outcome::GivenBack => verdict(State::Waiting, attempts, not_before, ""),
        Outcome::Refused(refusal) if refusal.kind == RefusalKind::Permanent => {
            verdict(State::Failed, tried, not_before, &refusal.words)
        }
        Outcome::Refused(refusal) => match next_attempt(tried, seed) {
            Some(pause) => verdict(State::Waiting, tried, now + pause, &refusal.words),
            None => verdict(State::Failed, tried, not_before, &refusal.words),
        },
    }
}

/// Codes in `answer` for reasons of our own; pages put them into words. Anything else is what a server said.
pub const STALE: &str = "stale";
pub const RESTORED: &str = "restored";
pub const NO_ANSWER: &str = "no-answer";
pub const BAD_RECIPIENT: &str = "bad-recipient";
pub const BAD_SENDER: &str = "bad-sender";
pub const UNWRITABLE: &str = "unwritable";

/// Tries before a mail is given up: about three days after the first.
pub const TRIES: i32 = 20;

/// How long to wait after the `attempts`th failure (from 1): a minute, doubling up to six hours, spread by ±20 % so
/// that what failed together is not tried together. None when it is time to give up.
pub fn next_attempt(attempts: i32, seed: u64) -> Option<Duration> {
    if attempts >= TRIES {
        return None;
    }
    let doublings = attempts.clamp(1, 10) as u32 - 1;
    let base = (60_000u64 << doublings).min(6 * 3_600_000);
    let spread = mixed(seed, attempts) % (base * 2 / 5 + 1);
    Some(Duration::from_millis(base * 4 / 5 + spread))
}

/// SplitMix64's finaliser (Steele, Lea, Flood 2014): neighbouring ids give unrelated numbers.
fn mixed(seed: u64, attempts: i32) -> u64 {
    let mut z = seed.wrapping_add((attempts as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn instant() -> NaiveDateTime {
        "2027-03-01T08:00:00".parse().unwrap()
    }

    fn check(outcome: Outcome, attempts: i32, state: State, counted: i32) {
        let verdict = after(&outcome, attempts, instant(), instant(), 7);
        assert_eq!((verdict.state, verdict.attempts), (state, counted), "{outcome:?}");
    }

    fn refused(kind: RefusalKind) -> Outcome {
        Outcome::Refused(Refusal { kind, words: "451 later".into() })
    }

    #[test]
    fn each_outcome_has_its_state() {
        check(Outcome::Sent, 0, State::Sent, 1);
        check(Outcome::Stale, 3, State::Dropped, 3);
        check(Outcome::GivenBack, 3, State::Waiting, 3);
        check(Outcome::Unsendable(BAD_RECIPIENT), 0, State::Failed, 1);
        check(refused(RefusalKind::Permanent), 0, State::Failed, 1);
        check(refused(RefusalKind::Temporary), 0, State::Waiting, 1);
        check(refused(RefusalKind::Unreachable), TRIES - 2, State::Waiting, TRIES - 1);
        check(refused(RefusalKind::Temporary), TRIES - 1, State::Failed, TRIES);
    }

    #[test]
    fn the_first_waits_are_about_one_two_and_four_minutes() {
        for (attempts, minutes) in [(1, 1.0), (2, 2.0), (3, 4.0), (12, 360.0)] {
            let wait = next_attempt(attempts, 99).unwrap().as_secs_f64() / 60.0;
            assert!((wait / minutes - 1.0).abs() <= 0.2, "{attempts}: {wait}");
        }
    }

    proptest! {
        #[test]
        fn a_mail_is_given_up_after_about_three_days(seed in any::<u64>()) {
            let days: f64 = (1..TRIES).map(|n| next_attempt(n, seed).unwrap().as_secs_f64() / 86_400.0).sum();
            prop_assert!((2.2..3.6).contains(&days), "{days}");
            prop_assert_eq!(next_attempt(TRIES, seed), None);
        }

        #[test]
        fn waits_of_different_mails_differ(id in 1u64..1_000_000) {
            prop_assert_ne!(next_attempt(5, id), next_attempt(5, id + 1));
        }
    }
}
