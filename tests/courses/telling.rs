//! Who is told what when an occasion is opened, changed and called off: trainers and those in line too, each once.

use std::collections::BTreeMap;

use chrono::Days;
use varjedag::clock;
use varjedag::notices::kinds::{Change, Invitation};

use super::parts::invitations;
use super::{fields, ready, told, wish};
use crate::support::build::{self, Person};
use crate::support::{Client, World, on_both};

on_both![
    trainers_are_invited_moved_and_let_go_each_once,
    those_in_line_hear_of_a_new_time_once,
    the_sequence_of_every_event_only_rises,
];

fn ahead(days: u64) -> String {
    (clock::today() + Days::new(days)).to_string()
}

fn coach(world: &World, name: &str) -> Person {
    let person = build::person(&world.store, name, None);
    build::hat(&world.store, "coach", &person);
    person
}

fn open(developer: &Client, named: &[(&str, &str)]) -> String {
    let answer = developer.post("/occasions", &fields(named));
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

fn changes(invitations: &[Invitation]) -> Vec<Change> {
    assert!(invitations.iter().all(|invitation| invitation.trains));
    invitations.iter().map(|invitation| invitation.change).collect()
}

fn trainers_are_invited_moved_and_let_go_each_once(world: World) {
    let (developer, _) = ready(&world);
    let (one, other) = (coach(&world, "Tora Tränare"), coach(&world, "Truls Tränare"));
    let (one_id, other_id, day) = (one.id.to_string(), other.id.to_string(), ahead(20));
    let usual = [("module", "intro"), ("day", day.as_str()), ("seats", "5")];
    let path = open(&developer, &[&usual[..], &[("trainer", &one_id)]].concat());
    let edit = |more: &[(&str, &str)]| {
        let answer = developer.post(&format!("{path}/edit"), &fields(&[&usual[..], more].concat()));
        assert_eq!(answer.status, 303, "{}", answer.body);
    };
    let sent = |person: &Person| invitations(&world.store, person);
    assert_eq!(changes(&sent(&one)), [Change::New]);
    edit(&[("trainer", &one_id), ("starts", "09:00")]);
    edit(&[("trainer", &one_id), ("starts", "09:00")]);
    assert_eq!(changes(&sent(&one)), [Change::New, Change::Moved], "the same again tells nobody");
    edit(&[("trainer", &other_id), ("starts", "09:00")]);
    assert_eq!(changes(&sent(&one)), [Change::New, Change::Moved, Change::Cancelled]);
    assert_eq!(changes(&sent(&other)), [Change::New]);
    edit(&[("trainer", &other_id), ("starts", "09:00"), ("guests", "En Gäst")]);
    assert_eq!(sent(&other).len(), 1, "a guest beside is no news to the others");
    assert_eq!(developer.post(&format!("{path}/call-off"), &[]).status, 303);
    assert_eq!(changes(&sent(&other)), [Change::New, Change::Cancelled]);
    assert_eq!(sent(&one).len(), 3, "who no longer trains has heard already");
    for person in [&one, &other] {
        let sequences: Vec<i32> = sent(person).iter().map(|invitation| invitation.occasion.sequence).collect();
        assert!(sequences.windows(2).all(|pair| pair[0] < pair[1]), "{sequences:?}");
    }
}

fn those_in_line_hear_of_a_new_time_once(world: World) {
    let (developer, _) = ready(&world);
    let day = ahead(20);
    let usual = [("module", "intro"), ("day", day.as_str()), ("seats", "1")];
    let path = open(&developer, &usual);
    let people = ["Ett", "Två"].map(|name| build::person(&world.store, name, None));
    people.iter().for_each(|person| assert_eq!(wish(&world.sign_in(person), &path, "seat"), 303));
    let edit = |more: &[(&str, &str)]| {
        let answer = developer.post(&format!("{path}/edit"), &fields(&[&usual[..], more].concat()));
        assert_eq!(answer.status, 303, "{}", answer.body);
    };
    edit(&[("minimum", "1")]);
    assert_eq!(told(&world.store, &people[1]), ["seat"], "numbers are no news");
    edit(&[("minimum", "1"), ("place", "Sal Linden")]);
    edit(&[("minimum", "1"), ("place", "Sal Linden")]);
    assert_eq!(told(&world.store, &people[0]), ["invitation", "moved"]);
    assert_eq!(told(&world.store, &people[1]), ["seat", "moved"]);
}

/// Whatever is booked, moved, given back and booked again: each file is newer than the one before it for the same event.
fn the_sequence_of_every_event_only_rises(world: World) {
    let (developer, _) = ready(&world);
    let anna = build::person(&world.store, "Anna Alm", None);
    let client = world.sign_in(&anna);
    let day = ahead(20);
    let usual = [("module", "intro"), ("day", day.as_str()), ("seats", "5")];
    let path = open(&developer, &usual);
    let edit = |place: &str| {
        let fields = fields(&[&usual[..], &[("place", place)]].concat());
        assert_eq!(developer.post(&format!("{path}/edit"), &fields).status, 303);
    };
    assert_eq!(wish(&client, &path, "seat"), 303);
    edit("Sal Eken");
    assert_eq!(wish(&client, &path, "leave"), 303);
    edit("Sal Linden");
    assert_eq!(wish(&client, &path, "seat"), 303);
    edit("Sal Eken");
    assert_eq!(developer.post(&format!("{path}/call-off"), &[]).status, 303);
    let mut seen: BTreeMap<String, Vec<i32>> = BTreeMap::new();
    for invitation in invitations(&world.store, &anna) {
        seen.entry(invitation.occasion.uid).or_default().push(invitation.occasion.sequence);
    }
    let (_, sequences) = seen.pop_first().expect("an event");
    assert!(seen.is_empty(), "one part is one event");
    assert_eq!(sequences.len(), 6);
    assert!(sequences.windows(2).all(|pair| pair[0] < pair[1]), "{sequences:?}");
}
