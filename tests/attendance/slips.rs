//! A slip of the finger on the roll: taken back within minutes, it is told to nobody.

use chrono::Duration;
use varjedag::attendance::service::{self as attendance, Mark};
use varjedag::clock;

use super::{has, mails_are_sent, seated, stage, told};
use crate::support::build::Person;
use crate::support::{World, on_both};

on_both![
    a_slip_that_is_taken_back_at_once_is_told_to_nobody,
    whatever_is_tapped_and_whenever_mail_goes_out_people_believe_what_is_so_in_the_end,
];

fn a_slip_that_is_taken_back_at_once_is_told_to_nobody(world: World) {
    let stage = stage(&world, "modellen", &[1]);
    let [anna, bo] = ["Anna Alm", "Bo Bok"].map(|name| seated(&world.store, name, &[stage.occasion]));
    let tap = |who: &Person, what: &str| {
        let form = [("part", "1"), ("mark", &*format!("{}:{what}", who.id))];
        assert_eq!(stage.trainer.post(&stage.path, &form).status, 303);
    };
    tap(&anna, "present");
    mails_are_sent(&world.store, clock::now() + Duration::minutes(4));
    assert_eq!(has(&world.store, &anna, "modellen"), 1, "the path follows at once");
    tap(&anna, "none");
    assert!(told(&world.store, &anna).is_empty(), "nothing was said, so there is nothing to take back");
    tap(&anna, "present");
    assert_eq!(told(&world.store, &anna), ["achieved"]);
    mails_are_sent(&world.store, clock::now() + Duration::minutes(6));
    tap(&anna, "absent");
    tap(&anna, "present");
    assert_eq!(told(&world.store, &anna), ["achieved"], "a slip the other way is told to nobody either");
    tap(&bo, "absent");
    assert!(told(&world.store, &bo).is_empty());
}

/// Every order of six taps and deliveries: tapped once more, or ten minutes in which what is due goes out.
fn whatever_is_tapped_and_whenever_mail_goes_out_people_believe_what_is_so_in_the_end(world: World) {
    let stage = stage(&world, "modellen", &[1]);
    let published = varjedag::versions::published::Shelf::default().current(&world.store).unwrap().unwrap();
    for order in 0..64_u32 {
        let person = seated(&world.store, &format!("Prov {order}"), &[stage.occasion]);
        let (mut now, mut there) = (clock::now(), false);
        for step in 0..6 {
            if order >> step & 1 == 1 {
                there = !there;
                let marks = [Mark { person: person.id, attended: Some(there) }];
                now += Duration::seconds(10);
                attendance::mark(&world.store, &published, stage.occasion, &marks, None, now).unwrap();
            } else {
                now += Duration::minutes(10);
                mails_are_sent(&world.store, now);
            }
        }
        let told = told(&world.store, &person);
        let believes = told.last().is_some_and(|kind| kind == "achieved");
        assert_eq!((believes, has(&world.store, &person, "modellen") == 1), (there, there), "{order:06b}: {told:?}");
        assert!(told.windows(2).all(|pair| pair[0] != pair[1]), "{order:06b}: the same twice: {told:?}");
        assert!(told.first().is_none_or(|kind| kind == "achieved"), "{order:06b}: {told:?}");
    }
}
