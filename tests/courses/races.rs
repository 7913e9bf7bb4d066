//! Everybody who can change an occasion's list at the same moment, from two instances: those who ask, take, give back and
//! change one day for another, managers for them, a developer who changes seats, for whom it is and when, one who calls a
//! day off, and time. Then the books are read from their first line to their last, and every rule of the line is held
//! against each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{Days, Duration, NaiveDateTime, NaiveTime};
use diesel::dsl::max;
use diesel::prelude::*;
use varjedag::clock;
use varjedag::courses::plan::{self, PartPlan, Plan};
use varjedag::courses::service::{self, Wish};
use varjedag::curriculum::model::Language;
use varjedag::occasions::audience::Audience;
use varjedag::occasions::life;
use varjedag::occasions::seat::Seat;
use varjedag::occasions::service::{self as occasions, Asking};
use varjedag::occasions::store as rows;
use varjedag::store::schema::booking_log;
use varjedag::store::{Error, Settings, Store};
use varjedag::versions::published::Published;

use super::published;
use crate::support::build;
use crate::support::{Database, on_both};

mod held;

on_both![whatever_races_each_other_every_rule_of_the_line_holds_in_every_line_of_the_log];

const PEOPLE: usize = 18;
const OCCASIONS: usize = 5;
/// Seats at the first occasion, all of them taken when it begins: there are many to give back, and fewer may be left.
const SEATED: usize = 9;
const TURNS: usize = 480;
const AT_ONCE: usize = 8;

/// What the changes of a day leave it with, and the last lines of its log just before and just after.
#[derive(Debug, Clone)]
struct Set {
    occasion: i64,
    before: i64,
    after: i64,
    seats: usize,
    kept: bool,
    /// The sequence that calendars were told, when it was moved.
    moved: Option<i32>,
}

#[derive(Debug, Clone)]
struct Asked {
    person: i64,
    occasion: i64,
    wish: Wish,
    done: bool,
}

struct Race {
    stores: [Store; 2],
    published: std::sync::Arc<Published>,
    people: Vec<i64>,
    /// Those for whom a day is kept now and then.
    leaders: BTreeSet<i64>,
    occasions: Vec<i64>,
    began: NaiveDateTime,
    sets: Mutex<Vec<Set>>,
    asked: Mutex<BTreeMap<usize, Asked>>,
}

/// The same numbers each time; only who is faster differs.
fn pick(turn: usize, salt: usize, of: usize) -> usize {
    let mixed = (turn as u64 * 2_654_435_761 + salt as u64 * 40_503).wrapping_mul(6_364_136_223_846_793_005);
    (mixed >> 33) as usize % of
}

fn whatever_races_each_other_every_rule_of_the_line_holds_in_every_line_of_the_log(database: Database) {
    let race = Race::ready(&database);
    let next = AtomicUsize::new(0);
    std::thread::scope(|threads| {
        for _ in 0..AT_ONCE {
            threads.spawn(|| {
                loop {
                    match next.fetch_add(1, Ordering::SeqCst) {
                        turn if turn < TURNS => race.turn(turn),
                        _ => break,
                    }
                }
            });
        }
    });
    let lines = race.lines();
    let happened = |cause: &str| lines.iter().filter(|line| line.cause == cause).count();
    for causes in [&["asked"][..], &["offered"], &["left"], &["taken", "lapsed", "seated"], &["called_off"]] {
        assert!(causes.iter().any(|cause| happened(cause) > 0), "nothing was {causes:?}, so nothing is held");
    }
    race.every_line_follows_the_rules(&lines);
    race.nothing_is_lost_or_doubled(&lines);
    race.wishes_are_done_whole_or_not_at_all(&lines);
    race.mails_say_what_happened(&lines);
    race.whoever_is_there_hears_of_a_new_time(&lines);
}

impl Race {
    fn ready(database: &Database) -> Race {
        let store = &database.store;
        build::publish_small(store);
        let (mut people, mut leaders) = (Vec::new(), BTreeSet::new());
        // The last one does nothing, and has a seat where it is called off.
        for n in 0..=PEOPLE {
            let person = build::person(store, &format!("Prov {n:02}"), None);
            build::achieved(store, &person, "modellen");
            match n % 3 {
                0 => {
                    build::role(store, &person, "ledare");
                    leaders.insert(person.id);
                }
                1 => drop(build::title(store, &person, "controller")),
                _ => {}
            }
            people.push(person.id);
        }
        let (published, began) = (published(store), clock::now());
        let plans: Vec<Plan> = (0..OCCASIONS).map(|n| day(60 + 5 * n as u64, seats(n))).collect();
        let occasions = plan::open(store, &published, &plans, None, began).unwrap();
        let seated = people.iter().take(SEATED).map(|person| (occasions[0], *person));
        for (occasion, person) in seated.chain([(occasions[OCCASIONS - 1], people[PEOPLE])]) {
            let asking = Asking { by: Some(person), reason: "", now: began };
            service::wish(store, &published, occasion, person, Wish::Seat, asking).unwrap();
        }
        let set = |(n, occasion): (usize, &i64)| Set {
            occasion: *occasion,
            before: 0,
            after: 0,
            seats: seats(n) as usize,
            kept: false,
            moved: None,
        };
        let sets = Mutex::new(occasions.iter().enumerate().map(set).collect());
        let other = Store::open(&Settings::new(&database.url)).unwrap();
        let stores = [store.clone(), other];
        Race { stores, published, people, leaders, occasions, began, sets, asked: Mutex::default() }
    }

    fn turn(&self, turn: usize) {
        let store = &self.stores[pick(turn, 9, 2)];
        let now = self.began + Duration::minutes(30 * turn as i64);
        match turn {
            _ if turn == TURNS / 2 => self.call_off(store, now),
            _ if turn % 20 == 10 || turn == TURNS / 2 + 1 => {
                let _ = occasions::settle(store, &self.published, now).unwrap();
            }
            _ if turn % 9 == 4 => self.change(store, turn, now),
            _ => self.wish(store, turn, now),
        }
    }

    fn wish(&self, store: &Store, turn: usize, now: NaiveDateTime) {
        let person = self.people[pick(turn, 1, PEOPLE)];
        let occasion = self.occasions[pick(turn, 2, OCCASIONS)];
        let seats = store.read(|conn| rows::seats_of_person(conn, person, now)).unwrap();
        let at = |wanted: Seat| seats.iter().find(|(seat, _)| *seat == wanted).map(|(_, occasion)| occasion.id);
        let (occasion, wish) = match pick(turn, 3, 10) {
            0..=3 => (occasion, Wish::Seat),
            4 | 5 => (at(Seat::Offered).unwrap_or(occasion), Wish::Take),
            6 => (at(Seat::Booked).unwrap_or(occasion), Wish::Leave),
            _ => match at(Seat::Booked).filter(|from| *from != occasion) {
                Some(from) => (occasion, Wish::Swap { from }),
                None => (occasion, Wish::Seat),
            },
        };
        // Now and then somebody else does it, such as the manager.
        let by = if pick(turn, 4, 4) == 0 { None } else { Some(person) };
        let reason = turn.to_string();
        let answer = service::wish(store, &self.published, occasion, person, wish, Asking { by, reason: &reason, now });
        match &answer {
            Ok(_)
            | Err(service::Refusal::Has { .. } | service::Refusal::Kept(_))
            | Err(service::Refusal::Occasion(occasions::Refusal::Life(_))) => {}
            Err(other) => panic!("{wish:?}: {other}"),
        }
        let asked = Asked { person, occasion, wish, done: answer.is_ok() };
        self.asked.lock().unwrap().insert(turn, asked);
    }

    /// Other seats; or for others; or at another time of the day.
    fn change(&self, store: &Store, turn: usize, now: NaiveDateTime) {
        let mut sets = self.sets.lock().unwrap();
        let occasion = self.occasions[pick(turn, 5, OCCASIONS)];
        let given = store.read(|conn| rows::one_given(conn, occasion)).unwrap().unwrap();
        let mut plan = Plan::of(&given, &[]);
        let mut moves = false;
        match pick(turn, 6, 4) {
            0 | 1 => plan.seats = Some(1 + pick(turn, 7, 7) as u32),
            2 if plan.audience == Audience::Everybody => plan.audience = Audience::Role("ledare".into()),
            2 => plan.audience = Audience::Everybody,
            _ => {
                plan.parts[0].starts += Duration::minutes(5);
                moves = true;
            }
        }
        let before = self.last_line(store, occasion);
        match plan::change(store, &self.published, occasion, &plan, None, now) {
            Ok(()) => {}
            Err(plan::Refusal::Occasion(occasions::Refusal::Life(life::Refusal::CalledOff))) => return,
            Err(other) => panic!("{other}"),
        }
        // Nobody else moves it, and what is called off cannot be moved.
        let sequence = given.occasion.sequence + 1;
        let (seats, kept) = (plan.seats.unwrap() as usize, plan.audience != Audience::Everybody);
        let (after, moved) = (self.last_line(store, occasion), moves.then_some(sequence));
        sets.push(Set { occasion, before, after, seats, kept, moved });
    }

    fn call_off(&self, store: &Store, now: NaiveDateTime) {
        plan::call_off(store, &self.published, self.occasions[OCCASIONS - 1], "Prov", None, now).unwrap();
    }

    fn last_line(&self, store: &Store, occasion: i64) -> i64 {
        let lines = booking_log::table.filter(booking_log::occasion_id.eq(occasion));
        let last = |conn: &mut _| Ok::<Option<i64>, Error>(lines.select(max(booking_log::id)).first(conn)?);
        store.read(last).unwrap().unwrap_or(0)
    }
}

/// How many the occasions have when they are opened.
fn seats(occasion: usize) -> u32 {
    if occasion == 0 { SEATED as u32 } else { 1 + occasion as u32 }
}

fn day(ahead: u64, seats: u32) -> Plan {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let (day, place) = (clock::today() + Days::new(ahead), "Provsalen".to_owned());
    Plan {
        module: "mata".into(),
        parts: vec![PartPlan { day, starts: at(8), ends: at(16), place, link: String::new() }],
        seats: Some(seats),
        minimum: 0,
        closes_days: 3,
        language: Language::Sv,
        audience: Audience::Everybody,
        trainers: Vec::new(),
    }
}
