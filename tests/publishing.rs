//! What publishing means for people: who is told, under which version they stand, and that nothing is half-published.

use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate};
use varjedag::clock;
use varjedag::curriculum::load::Sources;
use varjedag::demo::region;
use varjedag::designer::drafts::{service as drafts_service, store as drafts};
use varjedag::designer::prepare::{Prepared, prepare};
use varjedag::designer::service::{Outcome, Publication, Revision, Unpublishable, commit, publish};
use varjedag::engine::model::{Budget, Facts, Step};
use varjedag::engine::{Transition, Who, path};
use varjedag::learning::store::facts;
use varjedag::notices::kinds::{Notice, Version};
use varjedag::notices::store as outbox;
use varjedag::organisation::import::read;
use varjedag::organisation::import::service::{self as import, Errand, Options};
use varjedag::organisation::store as people;
use varjedag::store::Store;
use varjedag::versions::builtin;
use varjedag::versions::published::{Published, Shelf};
use varjedag::versions::store as versions;

use crate::support::build::Person;
use crate::support::{Database, build, on_both, small};

on_both![
    whoever_is_concerned_is_told_once_what_is_new_what_is_moved_and_what_falls_away,
    those_who_keep_their_dose_are_told_nothing_and_stand_under_the_version_before,
    a_title_that_a_version_begins_to_know_is_told_as_part_of_it,
    a_draft_ends_in_the_same_moment_as_its_version_begins,
    a_draft_published_twice_at_once_becomes_one_version,
    of_two_publications_at_once_one_wins_and_the_other_is_told_so,
    what_does_not_fit_is_refused_and_nothing_is_published,
    a_thousand_people_are_told_in_seconds,
];

fn changed(changes: &[(&str, &str)]) -> Sources {
    let mut sources = small();
    for (from, to) in changes {
        let file = sources.files.iter_mut().find(|file| file.text.contains(from)).expect("it stands there");
        file.text = file.text.replacen(from, to, 1);
    }
    sources
}

/// The small curriculum, published a hundred days ago.
fn begin(store: &Store) {
    let then = clock::now() - Days::new(100);
    publish(store, &Publication::of(&small()), then, &|_, _| ()).expect("sound");
}

fn publish_now(store: &Store, sources: &Sources, transition: Transition) -> Result<Outcome, Unpublishable> {
    let publication = Publication { note: "Kortare dos.", transition, ..Publication::of(sources) };
    publish(store, &publication, clock::now(), &|_, _| ())
}

fn to(who: Who) -> Transition {
    Transition { default: who, ..Transition::default() }
}

/// Leaders also hold the conversation, measure sooner, and need not lead the team.
const OTHER_DOSE: &[(&str, &str)] =
    &[("required: [\"mata\", \"leda\"]", "required: [\"mata\", \"samtal\"]"), ("{\"mata\": 200}", "{\"mata\": 20}")];

fn told(store: &Store, person: &Person) -> Vec<Version> {
    let rows = store.read(|conn| outbox::of_person(conn, person.id, 10)).expect("mails");
    let version = |notice| match notice {
        Some(Notice::Version(version)) => Some(version),
        _ => None,
    };
    rows.iter().filter_map(|row| version(row.notice())).collect()
}

fn published(store: &Store) -> std::sync::Arc<Published> {
    Shelf::default().current(store).expect("the database answers").expect("a version is published")
}

/// The steps of a person's path, and the version under which the first reason of each stands.
fn steps(store: &Store, person: &Person) -> Vec<(String, String, Option<NaiveDate>)> {
    let (published, today) = (published(store), clock::today());
    let facts: Facts = store.read(|conn| facts(conn, person.id, today)).expect("facts").expect("the person");
    let step = |step: &Step| {
        let number = published.number_of(&step.because[0]).to_owned();
        (published.id_of(step.module).to_owned(), number, step.due)
    };
    path(&published.compiled, &facts, today, &Budget::default()).steps.iter().map(step).collect()
}

fn whoever_is_concerned_is_told_once_what_is_new_what_is_moved_and_what_falls_away(database: Database) {
    let store = &database.store;
    begin(store);
    let leader = build::person(store, "Led Ledsson", None);
    let other = build::person(store, "Annan Annansson", None);
    for person in [&leader, &other] {
        build::employed_since(store, person, clock::today() - Days::new(50));
    }
    build::role(store, &leader, "ledare");
    let outcome = publish_now(store, &changed(OTHER_DOSE), to(Who::Everyone)).expect("published");
    assert_eq!((outcome.new, outcome.told), (true, 1));
    assert_eq!(told(store, &other), []);
    let [version] = <[Version; 1]>::try_from(told(store, &leader)).expect("one mail");
    let today = clock::today();
    assert_eq!((version.number.as_str(), version.note.as_str()), (outcome.number.as_str(), "Kortare dos."));
    let new: Vec<(&str, Option<NaiveDate>)> = version.new.iter().map(|new| (new.module.as_str(), new.due)).collect();
    // Leading with a conversation in its dose, the leader chooses it for the team's choice too, which was asked before.
    assert_eq!(new, [("Samtal i förändring", Some(today + Days::new(240 - 30)))], "{version:?}");
    assert!(version.new[0].why.contains(&format!("({})", outcome.number)), "{}", version.new[0].why);
    assert!(version.gone.contains(&"Leda teamet".to_owned()), "{version:?}");
    let moved: Vec<NaiveDate> = version.moved.iter().map(|late| late.due).collect();
    assert!(!moved.is_empty() && moved.iter().all(|due| *due >= today + Days::new(30)), "{version:?}");
    // The same again changes nothing, and tells nobody.
    assert!(!publish_now(store, &changed(OTHER_DOSE), to(Who::Everyone)).expect("the same").new);
    assert_eq!(told(store, &leader).len(), 1);
}

fn those_who_keep_their_dose_are_told_nothing_and_stand_under_the_version_before(database: Database) {
    let store = &database.store;
    begin(store);
    let first = published(store).number.clone();
    let (begun, waiting) = (build::person(store, "Har Börjat", None), build::person(store, "Inte Börjat", None));
    for person in [&begun, &waiting] {
        build::role(store, person, "ledare");
    }
    build::achieved(store, &begun, "mata");
    let before = steps(store, &begun);
    let outcome = publish_now(store, &changed(OTHER_DOSE), to(Who::NotStarted)).expect("published");
    assert_eq!((outcome.told, told(store, &waiting).len(), told(store, &begun).len()), (1, 1, 0));
    let (kept, got) = (steps(store, &begun), steps(store, &waiting));
    assert_eq!(
        kept.iter().map(|s| (&s.0, s.2)).collect::<Vec<_>>(),
        before.iter().map(|s| (&s.0, s.2)).collect::<Vec<_>>()
    );
    let version_of = |steps: &[(String, String, Option<NaiveDate>)], module: &str| {
        steps.iter().find(|step| step.0 == module).map(|step| step.1.clone())
    };
    assert_eq!(version_of(&kept, "leda"), Some(first));
    assert_eq!((version_of(&got, "samtal"), version_of(&got, "leda")), (Some(outcome.number), None));
}

fn a_title_that_a_version_begins_to_know_is_told_as_part_of_it(database: Database) {
    let store = &database.store;
    let unknown = changed(&[("names: [\"Verksamhetscontroller\"]", "names: []")]);
    publish(store, &Publication::of(&unknown), clock::now() - Days::new(100), &|_, _| ()).expect("sound");
    let person = build::person_titled(store, "Con Trollsson", None, "Verksamhetscontroller");
    build::employed_since(store, &person, clock::today() - Days::new(50));
    let outcome = publish_now(store, &small(), to(Who::Everyone)).expect("published");
    assert_eq!((outcome.titles_moved, outcome.told), (1, 1));
    assert!(!told(store, &person)[0].new.is_empty());
}

fn of_two_publications_at_once_one_wins_and_the_other_is_told_so(database: Database) {
    let store = &database.store;
    begin(store);
    let number = published(store).number.clone();
    let person = build::person(store, "Led Ledsson", None);
    build::role(store, &person, "ledare");
    let attempt = |days: u32| {
        let sources = changed(&[("within_days: 365", &format!("within_days: {days}"))]);
        let publication = Publication { expected: Some(&number), ..Publication::of(&sources) };
        publish(store, &publication, clock::now(), &|_, _| ())
    };
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|at| scope.spawn(move || attempt(300 + at))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let won: Vec<&Outcome> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
    assert_eq!(won.len(), 1, "{outcomes:?}");
    let told_so = format!("the published version is now {}; compare again", won[0].number);
    let lost = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    assert!(lost.clone().all(|error| error.to_string() == told_so), "{outcomes:?}");
    assert_eq!(store.read(versions::numbers).expect("numbers").len(), 2);
    assert_eq!(told(store, &person).len(), 1);
}

fn edited(database: &Database) -> (i64, Sources) {
    let store = &database.store;
    begin(store);
    let leader = build::person(store, "Led Ledsson", None);
    build::role(store, &leader, "ledare");
    (build::draft(store, "Hösten", &leader), changed(OTHER_DOSE))
}

fn mails(store: &Store) -> usize {
    let people = store.read(people::everybody).expect("people");
    let mails = |id: i64| store.read(|conn| outbox::of_person(conn, id, 10)).expect("mails").len();
    people.iter().map(|person| mails(person.id)).sum()
}

fn a_draft_ends_in_the_same_moment_as_its_version_begins(database: Database) {
    let (draft, sources) = edited(&database);
    let store = &database.store;
    let there = || store.read(|conn| drafts::find(conn, draft)).expect("drafts").is_some();
    let publication = |revision| {
        let draft = Some(Revision { draft, revision });
        Publication { draft, note: "Kortare dos.", ..Publication::of(&sources) }
    };
    let refused = publish(store, &publication(7), clock::now(), &|_, _| ()).expect_err("another revision");
    assert!(matches!(refused, Unpublishable::Changed), "{refused}");
    // The version was written before the draft was asked for, and went with the rest.
    assert_eq!((store.read(versions::numbers).expect("numbers").len(), there(), mails(store)), (1, true, 0));

    let now = clock::now();
    let Prepared::New(new) = prepare(store, &publication(0), now, &|_, _| ()).expect("sound") else {
        panic!("there is something new");
    };
    drafts_service::throw_away(store, draft, build::person(store, "Annan Annansson", None).id, now).expect("there");
    let refused = commit(store, &publication(0), &new, now).expect_err("it was thrown away");
    assert!(matches!(refused, Unpublishable::Gone), "{refused}");
    assert_eq!((store.read(versions::numbers).expect("numbers").len(), mails(store)), (1, 0));

    let draft = build::draft(store, "Våren", &build::person(store, "Tredje Tredjesson", None));
    let publication = Publication { draft: Some(Revision { draft, revision: 0 }), ..publication(0) };
    assert!(publish(store, &publication, clock::now(), &|_, _| ()).expect("published").new);
    assert_eq!(store.read(|conn| drafts::find(conn, draft)).expect("drafts"), None);
    assert_eq!(mails(store), 1);
}

fn a_draft_published_twice_at_once_becomes_one_version(database: Database) {
    let (draft, sources) = edited(&database);
    let store = &database.store;
    let number = published(store).number.clone();
    let attempt = || {
        let draft = Some(Revision { draft, revision: 0 });
        let publication = Publication { draft, expected: Some(&number), ..Publication::of(&sources) };
        publish(store, &publication, clock::now(), &|_, _| ())
    };
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(attempt)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    // Whoever looks after the first has won may find that the version says the same already.
    let new = outcomes.iter().filter(|outcome| outcome.as_ref().is_ok_and(|outcome| outcome.new)).count();
    let lost = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    assert!(
        lost.clone().all(|error| matches!(error, Unpublishable::Overtaken(_) | Unpublishable::Gone)),
        "{outcomes:?}"
    );
    assert_eq!((new, store.read(versions::numbers).expect("numbers").len(), mails(store)), (1, 2, 1));
}

fn what_does_not_fit_is_refused_and_nothing_is_published(database: Database) {
    let store = &database.store;
    begin(store);
    let credit = Transition { credit: [("intro".to_owned(), "borta".to_owned())].into(), ..Transition::default() };
    let refused = publish_now(store, &changed(OTHER_DOSE), credit).expect_err("no such module");
    assert!(refused.to_string().contains("\"borta\""), "{refused}");
    let unsound = changed(&[("required: [\"mata\", \"leda\"]", "required: [\"borta\"]")]);
    assert!(matches!(publish_now(store, &unsound, Transition::default()), Err(Unpublishable::Unsound)));
    assert_eq!(store.read(versions::numbers).expect("numbers").len(), 1);
}

/// A debug build on a busy machine: what is promised is measured by the benches.
fn a_thousand_people_are_told_in_seconds(database: Database) {
    let store = &database.store;
    const PEOPLE: usize = 1_000;
    let then = clock::now() - Days::new(100);
    publish(store, &Publication::of(&builtin::sources()), then, &|_, _| ()).expect("sound");
    import_region(store, PEOPLE);
    let mut sources = builtin::sources();
    let doses = sources.files.iter_mut().find(|file| file.name == "doses.ron").expect("doses");
    doses.text = doses.text.replacen(
        "required: [\"intro-standiga-forbattringar\"",
        "required: [\"forbattringsmodellen\", \"intro-standiga-forbattringar\"",
        1,
    );
    let steps = std::cell::RefCell::new(Vec::new());
    let begun = Instant::now();
    let publication = Publication::of(&sources);
    let outcome = publish(store, &publication, clock::now(), &|done, all| steps.borrow_mut().push((done, all)));
    let (outcome, took) = (outcome.expect("sound"), begun.elapsed());
    assert!(outcome.told > PEOPLE / 2, "{}", outcome.told);
    assert!(took < Duration::from_secs(60), "{took:?}");
    let steps = steps.into_inner();
    assert!(steps.is_sorted() && steps.first().is_some_and(|step| step.0 == 0), "{steps:?}");
    assert!(steps.last().is_some_and(|(done, all)| done == all), "{steps:?}");
}

fn import_region(store: &Store, people: usize) {
    let made_up = region::region(people, 3, clock::today());
    let errand = Errand { by: None, now: clock::now() - Days::new(60), progress: &|_, _| {} };
    let options = Options { apply: true, full: false, skip_bad: false };
    let table = |csv: String| read::table(std::io::Cursor::new(csv.into_bytes())).expect("a table");
    import::units(store, &table(made_up.units_csv()), options, &errand).expect("units");
    let titles = varjedag::designer::service::current_titles;
    import::people(store, &table(made_up.people_csv()), options, titles, &errand).expect("people");
}
