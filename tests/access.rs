//! The access matrix and planted secrets.
//!
//! The test walks the server's own route table. Each route is asked for by each kind of actor, for an object of
//! their own, of somebody in their team and of somebody in another team, and the statuses are compared with
//! `access_matrix.txt`. A route that is not in that file fails, and so does a line whose route is gone.
//!
//! Adding a route: run `cargo test --test main access` and read the line that it prints with a `+`. If it is what
//! the policy should say, put it into `access_matrix.txt`; otherwise the server is wrong. A POST needs a form that
//! would be accepted, or the answer says nothing about access: add it as the last column (`role=ledare&from={today}`,
//! or JSON under `/api`) and run again. Names in braces, in paths and in forms, are filled in by [`Scene::value`]:
//! teach it a new name there. `{id}` takes its meaning from the word before it: `/people/{id}` is a person.
//!
//! Nobody's name, unit, title or address may stand in an answer to somebody who may not see that person, whatever
//! page it is: that is checked on the way.

use std::collections::BTreeMap;

use varjedag::clock;
use varjedag::routes::{self, Route};

use crate::support::build::{self, Person};
use crate::support::{Answer, Ask, Client, World, on_both};

on_both![every_route_answers_as_the_reviewed_matrix_says, a_planted_secret_is_something_pages_show];

const MATRIX: &str = include_str!("access_matrix.txt");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Anonymous,
    Participant,
    Manager,
    Coach,
    Developer,
    Administrator,
}

const KINDS: [Kind; 6] =
    [Kind::Anonymous, Kind::Participant, Kind::Manager, Kind::Coach, Kind::Developer, Kind::Administrator];

/// Whose object is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Own,
    Team,
    Other,
}

const ALL: [Whose; 3] = [Whose::Own, Whose::Team, Whose::Other];

fn every_route_answers_as_the_reviewed_matrix_says(world: World) {
    build::publish_small(&world.store);
    let reviewed: BTreeMap<String, Line> = lines().map(|line| (line.route.clone(), line)).collect();
    let table = routes::table();
    let names: Vec<String> = table.routes().iter().map(name).collect();
    let mut differences = Vec::new();
    for route in table.routes() {
        let line = reviewed.get(&name(route));
        let form = line.map_or("", |line| line.form.as_str());
        let is = observed(&world, route, form);
        if line.map(|line| line.text.as_str()) != Some(&is) {
            differences.extend(line.map(|line| format!("- {}", line.text)));
            differences.push(format!("+ {is}"));
        }
    }
    let gone = reviewed.values().filter(|line| !names.contains(&line.route));
    differences.extend(gone.map(|line| format!("- {}", line.text)));
    assert!(
        differences.is_empty(),
        "the server and tests/access_matrix.txt disagree; put a + line there only if it is what policy says:\n{}",
        differences.join("\n")
    );
}

fn a_planted_secret_is_something_pages_show(world: World) {
    let scene = Scene::new(&world, Kind::Participant);
    let answer = world.sign_in(&scene.other).get("/me");
    for secret in [scene.other.email.as_str(), OTHER_NAME, OTHER_UNIT, OTHER_TITLE] {
        assert!(answer.body.contains(secret), "{secret} is not on the person's own page");
    }
}

/// A reviewed line.
struct Line {
    route: String,
    form: String,
    text: String,
}

fn lines() -> impl Iterator<Item = Line> {
    MATRIX.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let form = columns.get(2 + KINDS.len()).copied().unwrap_or_default();
        Line { route: columns[0].into(), form: form.into(), text: columns.join(" | ") }
    })
}

fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

/// The line as the server answers it.
fn observed(world: &World, route: &Route, form: &str) -> String {
    let cells = KINDS.map(|kind| cell(world, route, kind, form));
    let form = (!form.is_empty()).then(|| form.to_owned());
    let columns = [name(route), route.rule.to_owned()].into_iter().chain(cells).chain(form);
    columns.collect::<Vec<_>>().join(" | ")
}

fn cell(world: &World, route: &Route, kind: Kind, form: &str) -> String {
    let about_objects = route.path.contains('{') || form.contains('{');
    let whose = if about_objects { &ALL[..] } else { &ALL[..1] };
    let mut scene = Scene::new(world, kind);
    let mut statuses = Vec::new();
    for whose in whose {
        let answer = scene.ask(world, route, *whose, form);
        scene.assert_no_secret(&name(route), &scene.filled(form, *whose), &answer);
        statuses.push(scene.outcome(&answer));
        // What one change leaves behind must not decide how the next one is answered.
        if route.method != "GET" {
            scene = Scene::new(world, kind);
        }
    }
    if statuses.iter().all(|status| *status == statuses[0]) { statuses.swap_remove(0) } else { statuses.join("/") }
}

/// One actor among people made for them: a colleague in the same unit and somebody elsewhere.
struct Scene {
    kind: Kind,
    client: Client,
    token: String,
    own: Person,
    team: Person,
    other: Person,
    /// Takes part in no edition; works elsewhere.
    newcomer: Person,
    units: [i64; 3],
    edition: build::Edition,
    /// Roles given by hand, to the three in their order.
    given: [i64; 3],
    /// Days away of the three.
    absences: [i64; 3],
    secret: String,
    /// One that failed, to each of own, team and other.
    mails: [i64; 3],
    /// Begun by somebody else.
    draft: i64,
    /// Requests for recognition that wait, of each of own, team and other.
    requests: [i64; 3],
    delegate: i64,
    /// A piece of evidence and its file, of each of own, team and other.
    pieces: [(i64, i64); 3],
}

const TEAM_NAME: &str = "Klarinettsson";
const OTHER_NAME: &str = "Xylofonsson";
const OTHER_UNIT: &str = "Oboeenheten";
const OTHER_TITLE: &str = "Fagottist";

impl Scene {
    fn new(world: &World, kind: Kind) -> Scene {
        let store = &world.store;
        let region = build::unit(store, "Hela regionen", None);
        let ward = build::unit(store, "Egen enhet", Some(region));
        let below = build::unit(store, "Enhet under", Some(ward));
        let elsewhere = build::unit(store, OTHER_UNIT, Some(region));
        let own = build::person(store, "Aktör Provsson", Some(ward));
        let team = build::person(store, &format!("Kim {TEAM_NAME}"), Some(ward));
        let other = build::person_titled(store, &format!("Kim {OTHER_NAME}"), Some(elsewhere), OTHER_TITLE);
        let newcomer = build::person(store, &format!("Ny {OTHER_NAME}"), Some(elsewhere));
        match kind {
            Kind::Anonymous | Kind::Participant => {}
            Kind::Manager => build::manager(store, ward, &own),
            Kind::Coach => build::hat(store, "coach", &own),
            Kind::Developer => build::hat(store, "developer", &own),
            Kind::Administrator => build::hat(store, "administrator", &own),
        }
        let edition = build::edition(store, &[&own, &team, &other]);
        let absences = [&own, &team, &other].map(|person| build::absence(store, person));
        let given = [&own, &team, &other].map(|person| build::role(store, person, "ledare"));
        let secret = world.link(&team, "/");
        let client = if kind == Kind::Anonymous { world.client() } else { world.sign_in(&own) };
        let token = build::token(store, &own);
        let units = [ward, below, elsewhere];
        let mails = [&own, &team, &other].map(|to| build::failed_mail(store, to));
        let draft = build::draft(store, "Utkast", &newcomer);
        let requests = [&own, &team, &other].map(|person| build::recognition(store, person));
        let delegate = build::delegate(store, &newcomer);
        let pieces = [&own, &team, &other].map(|person| build::evidence(store, person));
        for person in [&own, &team, &other] {
            let (piece, _) = build::evidence(store, person);
            build::handed_in(store, person, piece);
        }
        Scene {
            kind,
            client,
            token,
            own,
            team,
            other,
            newcomer,
            units,
            edition,
            given,
            absences,
            secret,
            mails,
            draft,
            requests,
            delegate,
            pieces,
        }
    }

    fn ask(&self, world: &World, route: &Route, whose: Whose, form: &str) -> Answer {
        let path = self.filled(route.path, whose);
        let form = self.filled(form, whose);
        if route.path.starts_with("/api/") {
            let ask = Ask::new(route.method.as_str(), &path).header("origin", "");
            let ask = if form.is_empty() { ask } else { ask.body("application/json", form) };
            let bearer = format!("Bearer {}", self.token);
            let known = self.kind != Kind::Anonymous;
            return world.client().send(if known { ask.header("authorization", &bearer) } else { ask });
        }
        if route.method == "GET" {
            return self.client.get(&path);
        }
        let fields: Vec<(String, String)> = url::form_urlencoded::parse(form.as_bytes()).into_owned().collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.client.post(&path, &fields)
    }

    /// The status, or `sign-in` for who is sent there.
    fn outcome(&self, answer: &Answer) -> String {
        let sent = answer.status == 303 && answer.header("location").split('?').next() == Some("/sign-in");
        if sent && self.kind == Kind::Anonymous { "sign-in".into() } else { answer.status.to_string() }
    }

    /// `text` with the names in braces replaced by values.
    fn filled(&self, text: &str, whose: Whose) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, (name, after))) = rest.split_once('{').and_then(|(b, r)| Some((b, r.split_once('}')?)))
        {
            if name.contains(['"', ':']) {
                // An object of JSON, not a name.
                filled.push_str(before);
                filled.push('{');
                rest = &rest[before.len() + 1..];
                continue;
            }
            filled.push_str(before);
            let word = filled.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
            filled.push_str(&self.value(name.split(':').next().unwrap_or(name), &word, whose));
            rest = after;
        }
        filled + rest
    }

    /// What stands for a name in braces; `word` is what stands before it in the path.
    fn value(&self, name: &str, word: &str, whose: Whose) -> String {
        let index = whose as usize;
        let person = [&self.own, &self.team, &self.other][index];
        match (name, word) {
            ("person", _) | ("id", "people") => person.id.to_string(),
            ("unit", _) | ("id", "units" | "team" | "teams") => self.units[index].to_string(),
            ("edition", _) | ("id", "editions") => self.edition.id.to_string(),
            ("occasion", _) | ("id", "occasions") => self.edition.occasion.to_string(),
            // Those of nobody: which ones there are is told by the tests of their pages.
            ("material", _) | ("day", _) | ("plan", _) => "1".to_owned(),
            ("assignment", _) | ("id", "assignments") => self.edition.assignments[index].to_string(),
            ("given", _) => self.given[index].to_string(),
            ("absence", _) => self.absences[index].to_string(),
            // After a person: an assignment that was handed in.
            ("module", word) if word == "assessments" || word.parse::<i64>().is_ok() => "kartlagga".into(),
            ("module", _) | ("id", "modules") => "modellen".into(),
            ("mail" | "notice", _) => self.mails[index].to_string(),
            ("email", _) => person.email.clone(),
            ("newcomer-id", _) => self.newcomer.id.to_string(),
            ("newcomer", _) => self.newcomer.email.clone(),
            ("new-name", _) => format!("Ny {}", self.newcomer.id),
            ("today", _) => clock::today().to_string(),
            ("secret", _) => self.secret.clone(),
            ("request" | "recognition", _) => self.requests[index].to_string(),
            ("piece", _) => self.pieces[index].0.to_string(),
            ("file", "files") => self.pieces[index].1.to_string(),
            ("delegate", _) => self.delegate.to_string(),
            ("draft", _) => self.draft.to_string(),
            ("section", _) => "modules".into(),
            ("item", _) => "modellen".into(),
            ("version", _) => "0".into(),
            ("number", _) => format!("{}.1", clock::today().format("%Y")),
            ("diploma", _) => "00000-00000-00000-00000".into(),
            ("note", _) => "999999".into(),
            ("file", _) => "app.css".into(),
            _ => panic!("tests/access.rs does not know what {{{name}}} after {word:?} is: teach Scene::value"),
        }
    }

    /// What the actor has typed (`form`) may come back.
    fn assert_no_secret(&self, route: &str, form: &str, answer: &Answer) {
        let hidden: &[&str] = match self.kind {
            Kind::Anonymous | Kind::Participant | Kind::Coach => {
                &[TEAM_NAME, &self.team.email, OTHER_NAME, OTHER_UNIT, OTHER_TITLE, &self.other.email]
            }
            Kind::Manager => &[OTHER_NAME, OTHER_UNIT, OTHER_TITLE, &self.other.email],
            Kind::Developer | Kind::Administrator => &[],
        };
        let whole = format!("{:?}{}", answer.headers, answer.body);
        for secret in hidden.iter().filter(|secret| !form.contains(*secret)) {
            assert!(!whole.contains(secret), "{route} shows {secret} to {:?}: {}", self.kind, answer.body);
        }
    }
}
