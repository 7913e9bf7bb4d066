//! Attesting a piece of evidence. Pure: one person is asked at a time; she attests it, once and for good, or returns it
//! with a comment. Whoever asked may take the question back as long as it is not answered. Nobody attests their own, and
//! nobody who was asked as a manager, leader or coach and is none of that any more.

/// What has become of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    Asked,
    Attested,
    Returned,
    Withdrawn,
}

impl State {
    pub const ALL: [State; 4] = [State::Asked, State::Attested, State::Returned, State::Withdrawn];

    /// The name in the database and in the interface for programs.
    pub fn code(self) -> &'static str {
        match self {
            State::Asked => "asked",
            State::Attested => "attested",
            State::Returned => "returned",
            State::Withdrawn => "withdrawn",
        }
    }

    /// Unknown codes cannot be written by this program; they read as withdrawn, which promises nothing.
    pub fn of(code: &str) -> State {
        State::ALL.into_iter().find(|state| state.code() == code).unwrap_or(State::Withdrawn)
    }

    /// Whether the piece stands as it is: somebody reads it, or has put their name to it.
    pub fn holds(self) -> bool {
        matches!(self, State::Asked | State::Attested)
    }
}

/// A question that was put, as far as deciding needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    pub asked: i64,
    pub state: State,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Ask { whom: i64 },
    Withdraw,
    Attest { comment: String },
    Return { comment: String },
}

/// Why nothing becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    #[error("this is not for you to do with this evidence")]
    NotYours,
    #[error("somebody is asked already, or has attested it; wait for the answer or take the question back")]
    AskedAlready,
    #[error("choose somebody who may attest your work: a manager, a coach or a leader of your team")]
    NotEntitled,
    #[error("the question is answered or taken back; open the page again")]
    NotAsked,
    #[error("write what you want to see before you attest it")]
    NoComment,
}

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A new question to this person.
    Ask(i64),
    /// The open question becomes this.
    Answer(State),
}

/// Decides about a piece of `owner`'s. `questions` are all that were put; `entitled` those who may attest it.
pub fn decide(owner: i64, questions: &[Question], entitled: &[i64], by: i64, act: &Act) -> Result<Change, Refusal> {
    let open = questions.iter().find(|question| question.state == State::Asked);
    match act {
        Act::Ask { .. } | Act::Withdraw if by != owner => Err(Refusal::NotYours),
        Act::Ask { .. } if questions.iter().any(|question| question.state.holds()) => Err(Refusal::AskedAlready),
        Act::Ask { whom } if *whom == owner || !entitled.contains(whom) => Err(Refusal::NotEntitled),
        Act::Ask { whom } => Ok(Change::Ask(*whom)),
        Act::Withdraw => open.map(|_| Change::Answer(State::Withdrawn)).ok_or(Refusal::NotAsked),
        Act::Attest { .. } | Act::Return { .. } if by == owner => Err(Refusal::NotYours),
        Act::Attest { .. } | Act::Return { .. } if open.is_none_or(|open| open.asked != by) => Err(Refusal::NotAsked),
        Act::Attest { .. } | Act::Return { .. } if !entitled.contains(&by) => Err(Refusal::NotYours),
        Act::Attest { .. } => Ok(Change::Answer(State::Attested)),
        Act::Return { comment } if comment.trim().is_empty() => Err(Refusal::NoComment),
        Act::Return { .. } => Ok(Change::Answer(State::Returned)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn act(kind: usize, whom: i64) -> Act {
        match kind {
            0 => Act::Ask { whom },
            1 => Act::Withdraw,
            2 => Act::Attest { comment: String::new() },
            _ => Act::Return { comment: "Mer".into() },
        }
    }

    #[test]
    fn to_return_needs_words() {
        let asked = [Question { asked: 2, state: State::Asked }];
        let bare = Act::Return { comment: " ".into() };
        assert_eq!(decide(1, &asked, &[2], 2, &bare), Err(Refusal::NoComment));
    }

    #[test]
    fn who_is_not_entitled_any_more_does_not_answer() {
        let asked = [Question { asked: 2, state: State::Asked }];
        let attest = Act::Attest { comment: String::new() };
        assert_eq!(decide(1, &asked, &[3], 2, &attest), Err(Refusal::NotYours));
        assert_eq!(decide(1, &asked, &[3], 1, &Act::Withdraw), Ok(Change::Answer(State::Withdrawn)));
    }

    proptest! {
        /// Whatever anybody does in any order: at most one question is open, nothing follows an attest, the owner's
        /// name never stands under their own work, and only whoever was asked has answered.
        #[test]
        fn one_is_asked_at_a_time_and_nobody_attests_their_own(
            turns in proptest::collection::vec((0usize..4, 1i64..5, 1i64..5), 0..60)
        ) {
            let (owner, entitled) = (1, [2, 3]);
            let mut questions: Vec<Question> = Vec::new();
            for (kind, by, whom) in turns {
                let attested = questions.iter().any(|question| question.state == State::Attested);
                let Ok(change) = decide(owner, &questions, &entitled, by, &act(kind, whom)) else { continue };
                prop_assert!(!attested, "nothing follows an attest");
                match change {
                    Change::Ask(asked) => {
                        prop_assert!(by == owner && entitled.contains(&asked));
                        questions.push(Question { asked, state: State::Asked });
                    }
                    Change::Answer(state) => {
                        let open = questions.iter_mut().find(|question| question.state == State::Asked).unwrap();
                        let by_owner = state == State::Withdrawn;
                        prop_assert_eq!(by, if by_owner { owner } else { open.asked });
                        open.state = state;
                    }
                }
                prop_assert!(questions.iter().filter(|question| question.state.holds()).count() <= 1);
                prop_assert!(questions.iter().all(|question| question.asked != owner));
            }
        }
    }
}
