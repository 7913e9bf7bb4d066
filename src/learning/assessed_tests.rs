//! The life of an assessment against a desk: a naive picture with sheets of paper that are crossed out, never removed.

use proptest::prelude::*;

use super::*;

const TEACHER: Hand = Hand { own: false, assesses: true };
const PUPIL: Hand = Hand { own: true, assesses: false };
/// A trainer's own case.
const BOTH: Hand = Hand { own: true, assesses: true };
const STRANGER: Hand = Hand { own: false, assesses: false };

fn asked(kind: Assessment) -> Asked {
    Asked { kind, pass_percent: 70, ready: true, again: false }
}

fn at(second: i64) -> NaiveDateTime {
    let first: NaiveDateTime = "2027-03-01T12:00:00".parse().unwrap();
    first + chrono::TimeDelta::days(second)
}

/// Does it, and writes the step down if it may be done.
fn act(log: &mut Vec<Entry>, asked: Asked, hand: Hand, act: Act) -> Result<(), Refusal> {
    let (step, round) = decide(asked, log, hand, act, true)?;
    let id = log.len() as i64 + 1;
    log.push(Entry { id, round, step, text: String::new(), evidence: None, at: at(id), by: None });
    Ok(())
}

#[test]
fn an_assignment_is_handed_in_returned_handed_in_again_and_approved() {
    let (mut log, asked) = (Vec::new(), asked(Assessment::Assignment));
    assert_eq!(act(&mut log, asked, TEACHER, Act::Approve), Err(Refusal::NothingThere));
    act(&mut log, asked, PUPIL, Act::HandIn).unwrap();
    assert_eq!(state(&log), State::Waits);
    act(&mut log, asked, TEACHER, Act::Return).unwrap();
    assert_eq!(act(&mut log, asked, TEACHER, Act::Return), Err(Refusal::NothingThere));
    act(&mut log, asked, PUPIL, Act::HandIn).unwrap();
    act(&mut log, asked, TEACHER, Act::Approve).unwrap();
    assert_eq!((state(&log), approvals(&log).len()), (State::Passed, 1));
    assert_eq!(act(&mut log, asked, PUPIL, Act::HandIn), Err(Refusal::Passed));
}

#[test]
fn of_several_results_the_best_counts_and_exactly_the_mark_passes() {
    let (mut log, asked) = (Vec::new(), asked(Assessment::Test));
    for (points, of, after) in
        [(6, 10, State::Failed), (69, 100, State::Failed), (7, 10, State::Passed), (1, 10, State::Passed)]
    {
        act(&mut log, asked, TEACHER, Act::Result { points, of }).unwrap();
        assert_eq!(state(&log), after, "after {points} of {of}");
    }
    assert_eq!(best(&log).map(Points::percent), Some(70));
    assert_eq!(approvals(&log).len(), 1);
}

#[test]
fn what_was_passed_stays_passed_when_the_mark_is_raised() {
    let (mut log, low) = (Vec::new(), asked(Assessment::Test));
    act(&mut log, low, TEACHER, Act::Result { points: 7, of: 10 }).unwrap();
    act(&mut log, Asked { pass_percent: 90, ..low }, TEACHER, Act::Result { points: 8, of: 10 }).unwrap();
    assert_eq!((state(&log), approvals(&log).len()), (State::Passed, 1));
}

#[test]
fn a_mistaken_result_is_taken_back_with_a_reason_and_stays_in_the_log() {
    let (mut log, asked) = (Vec::new(), asked(Assessment::Test));
    act(&mut log, asked, TEACHER, Act::Result { points: 8, of: 10 }).unwrap();
    let back = Act::TakeBack { entry: 1 };
    assert_eq!(decide(asked, &log, TEACHER, back, false), Err(Refusal::NoReason));
    assert_eq!(decide(asked, &log, BOTH, back, true), Err(Refusal::NotYours));
    act(&mut log, asked, TEACHER, back).unwrap();
    assert_eq!((state(&log), log.len(), lost(&log).len()), (State::Open, 2, 1));
    assert_eq!(act(&mut log, asked, TEACHER, back), Err(Refusal::NoSuchStep), "it is taken back once");
}

#[test]
fn what_is_handed_in_is_withdrawn_until_somebody_has_answered() {
    let (mut log, asked) = (Vec::new(), asked(Assessment::Assignment));
    act(&mut log, asked, PUPIL, Act::HandIn).unwrap();
    act(&mut log, asked, PUPIL, Act::TakeBack { entry: 1 }).unwrap();
    assert_eq!(state(&log), State::Open);
    act(&mut log, asked, PUPIL, Act::HandIn).unwrap();
    act(&mut log, asked, TEACHER, Act::Return).unwrap();
    assert_eq!(act(&mut log, asked, PUPIL, Act::TakeBack { entry: 3 }), Err(Refusal::NoSuchStep));
}

#[test]
fn nobody_assesses_themselves_and_no_stranger_anybody() {
    for (kind, deed) in [
        (Assessment::Observation, Act::Approve),
        (Assessment::Observation, Act::Return),
        (Assessment::Test, Act::Result { points: 1, of: 1 }),
    ] {
        for hand in [PUPIL, BOTH, STRANGER] {
            assert_eq!(act(&mut Vec::new(), asked(kind), hand, deed), Err(Refusal::NotYours));
        }
    }
    assert_eq!(act(&mut Vec::new(), asked(Assessment::Assignment), TEACHER, Act::HandIn), Err(Refusal::NotYours));
}

/// A sheet of one round: what lies on it in order, with what was crossed out.
#[derive(Debug, Clone, Default)]
struct Sheet {
    lines: Vec<(i64, char, bool)>,
}

impl Sheet {
    /// The letters that are not crossed out: h handed in, a approved, r returned, p a result that passes, f one that fails.
    fn read(&self) -> String {
        self.lines.iter().filter(|line| !line.2).map(|line| line.1).collect()
    }

    fn passed(&self) -> bool {
        self.read().contains(['a', 'p'])
    }
}

#[derive(Debug)]
struct Desk {
    sheets: Vec<Sheet>,
    next: i64,
}

impl Desk {
    /// Whether the desk lets it happen; then it has.
    fn act(&mut self, kind: Assessment, again: bool, hand: Hand, act: Act) -> bool {
        if let Act::TakeBack { entry } = act {
            return self.cross_out(hand, entry);
        }
        let letter = match (kind, act) {
            (Assessment::Assignment, Act::HandIn) if hand.own => 'h',
            (Assessment::Assignment | Assessment::Observation, Act::Approve) if hand == TEACHER => 'a',
            (Assessment::Assignment | Assessment::Observation, Act::Return) if hand == TEACHER => 'r',
            (Assessment::Test, Act::Result { points, of }) if hand == TEACHER && points <= of && of > 0 => {
                if f64::from(points) / f64::from(of) >= 0.7 - 1e-9 { 'p' } else { 'f' }
            }
            _ => return false,
        };
        let fresh = self.sheets.last().is_some_and(Sheet::passed) && again;
        let sheet = if fresh { Sheet::default() } else { self.sheets.last().cloned().unwrap_or_default() };
        let (read, paper) = (sheet.read(), kind == Assessment::Assignment);
        let refused = match letter {
            'h' => sheet.passed(),
            'a' => sheet.passed() || paper && read.is_empty(),
            'r' => sheet.passed() || paper && !read.ends_with(['h', 'f']),
            _ => false,
        };
        if refused {
            return false;
        }
        if fresh || self.sheets.is_empty() {
            self.sheets.push(Sheet::default());
        }
        self.sheets.last_mut().unwrap().lines.push((self.next, letter, false));
        self.next += 1;
        true
    }

    fn cross_out(&mut self, hand: Hand, id: i64) -> bool {
        for sheet in &mut self.sheets {
            let Some(place) = sheet.lines.iter().position(|line| line.0 == id && !line.2) else { continue };
            let answered = sheet.lines[place + 1..].iter().any(|line| !line.2 && line.1 != 'h');
            let paper = sheet.lines[place].1 == 'h';
            let may = if hand.own { paper && !answered } else { hand.assesses && !paper };
            if may {
                sheet.lines[place].2 = true;
                self.next += 1;
            }
            return may;
        }
        false
    }

    fn state(&self) -> State {
        let Some(sheet) = self.sheets.last() else { return State::Open };
        match sheet.read().chars().last() {
            _ if sheet.passed() => State::Passed,
            Some('h') => State::Waits,
            Some('r') => State::Returned,
            Some('f') => State::Failed,
            _ => State::Open,
        }
    }
}

const KINDS: [Assessment; 4] =
    [Assessment::Attendance, Assessment::Test, Assessment::Assignment, Assessment::Observation];

fn acts() -> impl Strategy<Value = (bool, Hand, Act)> {
    let hand = prop_oneof![Just(TEACHER), Just(PUPIL), Just(BOTH), Just(STRANGER)];
    let act = prop_oneof![
        3 => Just(Act::HandIn),
        2 => Just(Act::Approve),
        2 => Just(Act::Return),
        3 => (0..12_i32, 0..11_i32).prop_map(|(points, of)| Act::Result { points, of }),
        2 => (1..12_i64).prop_map(|entry| Act::TakeBack { entry }),
    ];
    (any::<bool>(), hand, act)
}

proptest! {
    #[test]
    fn every_life_goes_as_at_a_desk_where_lines_are_crossed_out(
        kinds in prop::collection::vec(0_usize..4, 2),
        acts in prop::collection::vec(acts(), 0..40),
    ) {
        let (mut desk, mut log) = (Desk { sheets: Vec::new(), next: 1 }, Vec::new());
        let half = acts.len() / 2;
        for (place, (again, hand, deed)) in acts.into_iter().enumerate() {
            // The module may come to ask for something else half-way.
            let kind = KINDS[kinds[usize::from(place > half)]];
            let done = act(&mut log, Asked { again, ..asked(kind) }, hand, deed);
            prop_assert_eq!(done.is_ok(), desk.act(kind, again, hand, deed), "{:?} {:?} after {:?}: {:?}", hand, deed, &log, done);
            prop_assert_eq!(state(&log), desk.state());
            prop_assert_eq!(approvals(&log).len(), desk.sheets.iter().filter(|sheet| sheet.passed()).count());
            prop_assert_eq!(standing(&log).count(), desk.sheets.iter().map(|sheet| sheet.read().len()).sum::<usize>());
            prop_assert!(log.windows(2).all(|two| two[0].id < two[1].id));
        }
    }

    #[test]
    fn the_best_result_is_the_one_that_no_other_beats(results in prop::collection::vec((0..20_i32, 20..40_i32), 1..12)) {
        let (mut log, asked) = (Vec::new(), asked(Assessment::Test));
        for (points, of) in &results {
            act(&mut log, asked, TEACHER, Act::Result { points: *points, of: *of }).unwrap();
        }
        let share = |points: i32, of: i32| f64::from(points) / f64::from(of);
        let most = results.iter().map(|(points, of)| share(*points, *of)).fold(0.0, f64::max);
        let found = best(&log).unwrap();
        prop_assert!((share(found.points, found.of) - most).abs() < 1e-12);
        prop_assert_eq!(state(&log) == State::Passed, results.iter().any(|(points, of)| points * 100 >= of * 70));
    }
}
