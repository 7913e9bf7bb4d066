//! The copy of everybody in memory, which drafts are judged by, is what the database says, whoever wrote what when.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::mpsc;

use chrono::{Days, NaiveDate};
use varjedag::accounts::policy::{Actor, Hats};
use varjedag::assessing::service as assessing;
use varjedag::attendance::over;
use varjedag::attendance::service::{self as attendance, Mark};
use varjedag::clock;
use varjedag::curriculum::model::{Assessment, Curriculum, Language};
use varjedag::demo::region::{self, Region as MadeUp};
use varjedag::designer::consequences::region::Regions;
use varjedag::designer::service::{self as designer, Publication};
use varjedag::engine::Compiled;
use varjedag::engine::impact::{Courses, Impact, Prices, impact};
use varjedag::learning::assessed::Act as Does;
use varjedag::learning::service::{self as learning, Achieving};
use varjedag::learning::store as seats;
use varjedag::occasions::store::occasions_of_edition;
use varjedag::organisation::import::read;
use varjedag::organisation::import::service::{self as import, Errand, Options};
use varjedag::organisation::service::{GiveRole, end_by_hand, give_role};
use varjedag::organisation::store as people;
use varjedag::programme::service::{self as programme, As, Plan};
use varjedag::recognition::life::{Act, Wording};
use varjedag::recognition::service::{self as recognition, By};
use varjedag::recognition::store::evidence::Wording as Work;
use varjedag::store::Store;
use varjedag::versions::builtin;
use varjedag::versions::published::{Published, Shelf};

use crate::support::{Database, on_both, on_postgresql};

on_both![the_copy_of_the_region_follows_every_change];

/// Everything that a curriculum which asks nothing takes away: what everybody has left today, in all groups.
fn left(regions: &Regions, store: &Store) -> Impact {
    let published = published(store);
    let nothing = Compiled::new(&Curriculum { doses: BTreeMap::new(), ..bare(&published.curriculum) }).expect("sound");
    let courses =
        Courses { participants: 20, seats: BTreeMap::new(), without: Default::default(), prices: Prices::default() };
    let question =
        |region: &varjedag::engine::impact::Region| impact(region.snapshot(), region.base(), &nothing, &courses);
    regions.ask(store, &published, clock::today(), question).expect("an answer")
}

/// Nobody is asked for anything.
fn bare(curriculum: &Curriculum) -> Curriculum {
    let mut bare = curriculum.clone();
    bare.roles.clear();
    bare.titles.clear();
    bare.groups.clear();
    bare.programmes.clear();
    bare.about.everyone = None;
    bare
}

fn published(store: &Store) -> std::sync::Arc<Published> {
    Shelf::default().current(store).expect("the database answers").expect("a version is published")
}

fn import_people(store: &Store, csv: &str, full: bool) {
    let errand = Errand { by: None, now: clock::now(), progress: &|_, _| {} };
    let options = Options { apply: true, full, skip_bad: false };
    let table = read::table(Cursor::new(csv.as_bytes().to_vec())).expect("a table");
    let report = import::people(store, &table, options, designer::current_titles, &errand).expect("an import");
    assert!(report.applied, "{:?}", report.findings);
}

fn import_region(store: &Store, made_up: &MadeUp) {
    let errand = Errand { by: None, now: clock::now(), progress: &|_, _| {} };
    let options = Options { apply: true, full: false, skip_bad: false };
    let units = read::table(Cursor::new(made_up.units_csv().into_bytes())).expect("a table");
    import::units(store, &units, options, &errand).expect("units");
    import_people(store, &made_up.people_csv(), false);
}

/// Follows one copy through all changes and holds it against a copy that is made anew.
struct Follower<'a> {
    store: &'a Store,
    regions: Regions,
    last: Impact,
}

impl Follower<'_> {
    /// What everybody has left must have changed, in the same way for both.
    fn after(&mut self, what: &str) {
        let now = left(&self.regions, self.store);
        assert!(now == left(&Regions::default(), self.store), "after {what} the copy is not what the database says");
        assert!(now != self.last, "{what} changed nothing, so this test says nothing");
        self.last = now;
    }
}

fn the_copy_of_the_region_follows_every_change(database: Database) {
    let (store, now, today) = (&database.store, clock::now(), clock::today());
    designer::publish(store, &Publication::of(&builtin::sources()), now - Days::new(200), &|_, _| ())
        .expect("published");
    let regions = Regions::default();
    let empty = left(&regions, store);
    let mut follower = Follower { store, regions, last: empty };

    let made_up = region::region(40, 3, today);
    import_region(store, &made_up);
    follower.after("an import");
    let published = published(store);
    let everybody = store.read(people::everybody).expect("people");
    let person = everybody[7].id;

    let coach = GiveRole { person, role: "forbattringscoach".into(), from: today, to: None };
    let given = give_role(store, &published.curriculum, &coach, None, now).expect("a role");
    follower.after("a role by hand");
    end_by_hand(store, given, today - Days::new(1), None, now).expect("ended");
    follower.after("a role that ends");

    let (began, before) = (today - Days::new(40), now - Days::new(41));
    let plan = Plan { programme: "forbattringsprogrammet", name: "Omgången", starts_on: began, place: "Salen" };
    let edition = programme::create(store, &published, &plan, None, before).expect("an edition");
    let team: Vec<i64> = everybody[8..12].iter().map(|person| person.id).collect();
    programme::enrol(
        store,
        &published,
        edition,
        &team,
        As { role: "forbattringsledare", leave_out: true },
        None,
        before,
    )
    .expect("enrolled");
    follower.after("an enrolment");
    programme::leave(store, &published, edition, team[0], None, now - Days::new(1)).expect("left");
    follower.after("somebody who leaves an edition");

    let new = Achieving { module: "styrdiagram", day: today, evidence: "prior_learning", occasion: None };
    learning::record(store, &published, team[1], &new, None, now).expect("recorded");
    follower.after("an achievement");
    recognised(store, &published, team[1], team[2]);
    follower.after("a recognition");
    let occasion = store.read(|conn| occasions_of_edition(conn, edition)).expect("occasions")[0].clone();
    let later = occasion.ends_at;
    let early = Mark { person: team[2], attended: Some(true) };
    attendance::mark(store, &published, occasion.id, &[early], None, occasion.starts_at).expect("marked");
    assert_eq!(over::reckon(store, &published, later).expect("reckoned"), 1);
    follower.after("a day that is over");
    for attended in [None, Some(true), None] {
        let mark = Mark { person: team[2], attended };
        attendance::mark(store, &published, occasion.id, &[mark], None, later).expect("marked");
        follower.after("attendance");
    }
    assessed(store, &published, edition, team[3], team[2]);
    follower.after("an assessment that was passed");

    let mut lines: Vec<String> = made_up.people_csv().lines().map(str::to_owned).collect();
    lines.remove(30);
    lines[20] = moved(&lines[20], &lines[35]);
    import_people(store, &lines.join("\n"), true);
    follower.after("an import in which one moves and one has left");
}

/// Somebody has been at a day whose module asks for more than that, and another one, a developer, says that it is passed.
fn assessed(store: &Store, published: &Published, edition: i64, person: i64, developer: i64) {
    let now = clock::now();
    let all = store.read(|conn| occasions_of_edition(conn, edition)).expect("occasions");
    let paths = store.read(|conn| learning::paths_of(conn, published, &[person], clock::today())).expect("paths");
    let needs = |id: &str| paths[&person].steps.iter().any(|step| published.id_of(step.module) == id);
    let kind = |id: &str| published.module_by_id(id).map(|(_, module)| module.assessment);
    let mut been = all.iter().filter(|occasion| occasion.ends_at < now && needs(&occasion.module));
    let occasion = been.find(|occasion| kind(&occasion.module) != Some(Assessment::Attendance)).expect("one has been");
    let module = occasion.module.as_str();
    let mark = Mark { person, attended: Some(true) };
    attendance::mark(store, published, occasion.id, &[mark], None, now).expect("marked");
    let (own, reads) = (actor(person, false), actor(developer, true));
    if kind(module) == Some(Assessment::Assignment) {
        let wording = Work { text: "Gjort".into(), link: String::new() };
        let by = By { actor: &own, now };
        store.write(|conn| assessing::hand_in(conn, published, module, &wording, &[], by)).expect("handed in");
    }
    let act = match kind(module) {
        Some(Assessment::Test) => Does::Result { points: 100, of: 100 },
        _ => Does::Approve,
    };
    let by = By { actor: &reads, now };
    store.write(|conn| assessing::act(conn, published, (person, module), act, "", by)).expect("passed");
    let has = store.read(|conn| seats::standing_of(conn, person, module)).expect("the record");
    assert_eq!(has.len(), 1, "being there and the assessment make the module done");
}

fn actor(id: i64, developer: bool) -> Actor {
    let hats = Hats { developer, ..Hats::default() };
    Actor { id, name: String::new(), language: Language::Sv, hats, manages: Vec::new() }
}

/// Somebody asks for a module and another one, a developer, accepts.
fn recognised(store: &Store, published: &Published, person: i64, developer: i64) {
    let (now, day) = (clock::now(), clock::today());
    let wording = Wording { day, course: String::new(), motivation: "Kan".into() };
    let (writer, decider) = (actor(person, false), actor(developer, true));
    let by = By { actor: &writer, now };
    let id = recognition::begin(store, published, (person, "matplan-och-data"), &Act::Ask(wording), by).expect("asked");
    let accept = Act::Accept { day, comment: String::new() };
    recognition::act(store, published, id, &accept, By { actor: &decider, now }).expect("accepted");
}

/// The first row with the unit of the second.
fn moved(row: &str, to: &str) -> String {
    let unit = to.split(';').nth(4).expect("a unit");
    let mut fields: Vec<&str> = row.split(';').collect();
    assert_ne!(fields[4], unit, "they would not move");
    fields[4] = unit;
    fields.join(";")
}

#[test]
fn a_change_that_began_before_another_and_was_committed_after_it_is_not_overlooked() {
    on_postgresql(|database: Database| {
        let (store, now, today) = (database.store.clone(), clock::now(), clock::today());
        designer::publish(&store, &Publication::of(&builtin::sources()), now - Days::new(200), &|_, _| ())
            .expect("published");
        import_region(&store, &region::region(40, 3, today));
        let everybody = store.read(people::everybody).expect("people");
        let (slow, quick) = (everybody[3].id, everybody[4].id);
        let regions = Regions::default();
        left(&regions, &store);

        let (written, wait_until_written) = mpsc::channel();
        let (commit, wait_to_commit) = mpsc::sync_channel::<()>(1);
        let wait_to_commit = std::sync::Mutex::new(wait_to_commit);
        let other = store.clone();
        let thread = std::thread::spawn(move || {
            other.write(|conn| {
                achieve(conn, slow, today)?;
                written.send(()).expect("the test waits");
                wait_to_commit.lock().expect("nobody panicked").recv().expect("the test goes on");
                Ok::<_, varjedag::store::Error>(())
            })
        });
        wait_until_written.recv().expect("written");
        store.write(|conn| achieve(conn, quick, today)).expect("written at once");
        let between = left(&regions, &store);
        assert!(between == left(&Regions::default(), &store));
        commit.send(()).expect("it waits");
        thread.join().expect("no panic").expect("committed");
        let after = left(&regions, &store);
        assert!(after == left(&Regions::default(), &store) && after != between);
    });
}

fn achieve(conn: &mut varjedag::store::Conn, person: i64, day: NaiveDate) -> varjedag::store::Result<i64> {
    let new = seats::NewAchievement {
        counts: "latest",
        person_id: person,
        module: "intro-standiga-forbattringar",
        day,
        valid_until: None,
        evidence: "import",
        occasion_id: None,
        recorded_at: clock::now(),
        recorded_by: None,
        revokes_id: None,
    };
    seats::insert_achievement(conn, &new)
}
