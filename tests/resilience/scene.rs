//! A small region with an edition under way, people to enrol, developers, and a mail server that counts.

use std::time::{Duration, Instant};

use chrono::Days;
use diesel::prelude::*;
use varjedag::clock;
use varjedag::notices::outbox::State;
use varjedag::notices::store as outbox;
use varjedag::programme::service::{self, Plan};
use varjedag::store::schema::occasions;
use varjedag::store::{Error, Store};
use varjedag::versions::published::Shelf;

use crate::support::build::{self, Person};
use crate::support::smtp::Sink;
use crate::support::{Answer, Ask, Client, Database, Stage};

pub struct Scene {
    pub database: Database,
    pub sink: Sink,
    pub edition: i64,
    /// Held already, so that attendance can be marked.
    pub held: Vec<i64>,
}

/// A developer's browser.
pub struct Developer {
    client: Client,
    csrf: String,
}

impl Stage for Scene {
    fn set(database: Database) -> Scene {
        let store = &database.store;
        // A test would have to be passed before a seat is an achievement.
        build::publish_small_with(store, "assessment: Test", "assessment: Attendance");
        let published = Shelf::default().current(store).unwrap().expect("a published curriculum");
        let starts_on = clock::today() - Days::new(40);
        let plan = Plan { programme: "arets", name: "Provomgången", starts_on, place: "Provsalen" };
        let edition = service::create(store, &published, &plan, None, clock::now()).expect("an edition");
        let held = place_in_time(store, edition);
        Scene { database, sink: Sink::start(), edition, held }
    }
}

/// Makes the first seminar lie behind us and all else ahead, whatever day the test runs. Returns what has been held.
/// The start was held the other day, with something that nobody's path needs first; everything else lies ahead, each on a
/// day of its own and in an order in which everybody gets a seat at all of it, marked at the start or not.
fn place_in_time(store: &Store, edition: i64) -> Vec<i64> {
    let of_edition = occasions::table.filter(occasions::edition_id.eq(edition)).order(occasions::starts_at);
    let all = of_edition.select((occasions::id, occasions::meeting));
    let all: Vec<(i64, Option<String>)> = store.read(|conn| Ok::<_, Error>(all.load(conn)?)).unwrap();
    let (held, ahead): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, meeting)| meeting.as_deref() == Some("start"));
    let set = |id: i64, module: &str, starts_at: chrono::NaiveDateTime| {
        let times = (occasions::starts_at.eq(starts_at), occasions::ends_at.eq(starts_at + chrono::Duration::hours(3)));
        let moved = diesel::update(occasions::table.find(id)).set((occasions::module.eq(module), times));
        store.write(|conn| Ok::<_, Error>(moved.clone().execute(conn)?)).unwrap();
    };
    held.iter().for_each(|(id, _)| set(*id, "samtal", clock::now() - Days::new(2)));
    for (((id, _), module), days) in ahead.iter().zip(["intro", "modellen", "mata"]).zip(60..) {
        set(*id, module, clock::now() + Days::new(days));
    }
    build::execute(store, build::FOLLOWING_PARTS);
    held.into_iter().map(|(id, _)| id).collect()
}

impl Scene {
    pub fn store(&self) -> &Store {
        &self.database.store
    }

    pub fn people(&self, count: usize) -> Vec<Person> {
        let unit = build::unit(self.store(), "Provavdelningen", None);
        (0..count).map(|n| build::person(self.store(), &format!("Provare {n}"), Some(unit))).collect()
    }

    /// A new developer, who talks to this client's server.
    pub fn developer(&self, client: Client) -> Developer {
        let person = build::person(self.store(), "Utvecklare", None);
        build::hat(self.store(), "developer", &person);
        let (secret, csrf) = build::session(self.store(), &person);
        client.set_cookie("varjedag", &secret);
        Developer { client, csrf }
    }

    /// Minutes have passed since everything so far: what is told only when nobody has taken it back meanwhile is due.
    pub fn minutes_pass(&self) {
        build::execute(
            self.store(),
            "UPDATE outbox SET not_before = created_at WHERE kind = 'achieved' AND attempts = 0",
        );
    }

    /// How many mails wait or are being sent.
    pub fn unsent(&self) -> i64 {
        let counts = self.store().read(outbox::counts).unwrap();
        ["waiting", "sending"].iter().filter_map(|state| counts.get(*state)).sum()
    }

    /// What the mail server said of those that wait.
    fn reasons(&self) -> Vec<String> {
        let rows = self.store().read(|conn| outbox::in_states(conn, &[State::Waiting], 5, 0)).unwrap();
        rows.into_iter()
            .map(|row| format!("{} tries, not before {}: {}", row.attempts, row.not_before, row.answer))
            .collect()
    }

    pub fn wait_until_all_is_sent(&self, within: Duration) {
        let started = Instant::now();
        while self.unsent() > 0 {
            self.minutes_pass();
            assert!(started.elapsed() < within, "{} mails still wait: {:?}", self.unsent(), self.reasons());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Developer {
    /// An error when no answer came.
    pub fn enrol(&self, scene: &Scene, people: &[Person]) -> Result<Answer, ureq::Error> {
        let lines: Vec<&str> = people.iter().map(|person| person.email.as_str()).collect();
        let path = format!("/editions/{}/people", scene.edition);
        self.change(&path, &[("people", &lines.join("\n")), ("role", "ledare"), ("leave_out", "true")])
    }

    /// Marks somebody as having attended.
    pub fn mark(&self, occasion: i64, person: &Person) -> Result<Answer, ureq::Error> {
        let mark = format!("{}:present", person.id);
        self.change(&format!("/occasions/{occasion}/attendance"), &[("part", "1"), ("mark", &mark)])
    }

    pub fn open_board(&self, scene: &Scene) -> Answer {
        self.client.get(&format!("/editions/{}", scene.edition))
    }

    /// Posts a form.
    pub fn change(&self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, ureq::Error> {
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", self.csrf.as_str())]).collect();
        self.client.attempt(Ask::post(path, &fields))
    }
}
