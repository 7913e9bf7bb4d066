//! The heaviest pages that there can be, as they travel: under 100 kB in total, compressed as every browser asks for.
//!
//! What is counted, and against what limit, stands in ARCHITECTURE.md. The browser test weighs every page of the
//! demonstration; here are those that grow with people and modules, at their largest, with names and states that have
//! no pattern which a compressor could use.

use std::collections::BTreeSet;

use chrono::Days;
use varjedag::clock;
use varjedag::curriculum::load::{SourceFile, Sources};
use varjedag::designer::service::{Publication, publish};
use varjedag::store::Store;
use varjedag::team::{MOST_PEOPLE, Wanted};

use crate::support::build::{self, Person};
use crate::support::{Answer, Ask, Client, Database, World, small};

/// Octets of a page with everything it loads.
const HEAVIEST: usize = 100_000;
const MODULES: u64 = 60;
const PARTICIPANTS: usize = 120;

#[test]
fn the_largest_pages_weigh_less_than_a_hundred_kilobytes_with_everything() {
    let world = World::with(Database::sqlite(), |_| {});
    let (store, mut dice) = (&world.store, Dice(1));
    let modules: Vec<String> = (0..MODULES).map(|at| format!("{}-{at}", dice.word(5))).collect();
    let published = clock::now() - Days::new(200);
    let sources = curriculum(&modules, &mut dice);
    publish(store, &Publication::of(&sources), published, &|_, _| ()).expect("a sound curriculum");
    let unit = build::unit(store, "Stora enheten", None);
    let people: Vec<Person> = (0..MOST_PEOPLE).map(|_| person(store, unit, &mut dice)).collect();
    let developer = build::person(store, "Ute Utvecklare", None);
    build::hat(store, "developer", &developer);
    live(store, &people, &modules, &mut dice);
    let participants: Vec<&Person> = people.iter().take(PARTICIPANTS).collect();
    let edition = build::edition(store, &participants);
    let (first, reader) = (people[0].id, world.sign_in(&developer));
    let team = reader.get(&format!("/team/{unit}"));
    assert_eq!(team.texts(".people tbody tr").len(), MOST_PEOPLE);
    assert!(team.texts(".people thead th").len() > MODULES as usize);
    let board = reader.get(&format!("/editions/{}", edition.id));
    assert!(board.texts("tbody tr").len() > PARTICIPANTS);

    let mut pages = vec![
        format!("/team/{unit}"),
        format!("/editions/{}", edition.id),
        format!("/occasions/{}/attendance", edition.occasion),
        format!("/people/{first}"),
        format!("/people/{first}/path"),
    ];
    pages.extend(Wanted::ALL.map(|(state, _)| format!("/team/{unit}?state={state}")));
    pages.extend(
        ["/people", "/people/unmapped", "/curriculum", "/occasions/demand?show=all", "/mail", "/mail?state=failed"]
            .map(str::to_owned),
    );
    pages.push(format!("/curriculum/modules/{}?person={first}", modules[1]));
    pages.push(format!("/designer/drafts/{}", build::draft(store, "Ett utkast", &developer)));
    pages.extend([format!("/people/{first}/plan"), format!("/plans?whom=unit:{unit}"), group_plan(&reader, unit)]);
    let own = world.sign_in(&people[0]);
    let theirs = ["/", "/plan", "/me/history", "/occasions?show=all"].map(|path| (weight(&own, path), path.to_owned()));
    assert!(own.get("/me/history").texts("tbody tr").len() > 10 && own.get("/plan").texts("tbody tr").len() > 10);
    let pages = pages.into_iter().map(|path| (weight(&reader, &path), path));
    let weights: Vec<(usize, String)> = pages.chain(theirs).collect();
    assert!(weights.iter().all(|(octets, _)| *octets < HEAVIEST), "{weights:#?}");
    // The largest is compressed by ourselves, and whole for whoever takes it plain.
    let [packed, plain] = ["gzip", "gzip;q=0, identity"].map(|takes| {
        let answer = reader.send(Ask::get(&format!("/team/{unit}")).header("accept-encoding", takes));
        (answer.header("content-encoding").to_owned(), answer.header("vary").to_lowercase(), answer.octets)
    });
    assert!(
        packed.0 == "gzip" && packed.1.contains("accept-encoding") && packed.2 * 10 < plain.2,
        "{packed:?} {plain:?}"
    );
    assert!(plain.0.is_empty() && plain.2 == team.octets, "{plain:?}");
}

/// The page that says when everybody in a unit can be done, when it has been worked out.
fn group_plan(reader: &Client, unit: i64) -> String {
    let asked = reader.post("/plans", &[("whom", &format!("unit:{unit}")), ("days", "2")]);
    let path = asked.header("location").to_owned();
    let works = |_: &usize| !reader.get(&path).texts("progress").is_empty();
    let pause = |turn: usize| {
        std::thread::sleep(std::time::Duration::from_millis(200));
        turn
    };
    assert!((0..300).map(pause).take_while(works).count() < 300, "worked out within a minute");
    assert!(reader.get(&path).texts("#missing + ul > li").len() > 10, "many who do not make it");
    path
}

/// Octets of the page and of what it loads, heads included.
fn weight(reader: &Client, path: &str) -> usize {
    let page = reader.get(path);
    assert_eq!(page.status, 200, "{path}");
    let links = page.links("link").into_iter().map(|(address, _)| address);
    let loads: BTreeSet<String> = links.chain(page.attribute("script", "src")).collect();
    assert!(loads.len() > 1, "{path} has a style sheet and an icon");
    let travels =
        |path: &str| octets(&reader.send(Ask::get(path).header("accept-encoding", "gzip, deflate, br, zstd")));
    travels(path) + loads.iter().map(|path| travels(path)).sum::<usize>()
}

fn octets(answer: &Answer) -> usize {
    let head: usize = answer.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    head + answer.octets
}

/// The small curriculum with many more modules, which everybody needs.
fn curriculum(modules: &[String], dice: &mut Dice) -> Sources {
    let mut sources = small();
    let written: String = (0..modules.len()).map(|at| module(modules, at, dice)).collect();
    let deadlines: String = modules.iter().map(|id| format!("\"{id}\": {},", 60 + dice.below(200))).collect();
    for file in &mut sources.files {
        let dose = format!("required: [\"intro\", \"{}\"], deadlines: {{{deadlines}}}", modules.join("\", \""));
        file.text = file.text.replace("required: [\"intro\"]", &dose);
    }
    sources.files.push(SourceFile { name: "more.ron".into(), text: format!("(modules: {{{written}}})") });
    sources
}

/// One of `modules` in words that nobody has heard. Every third begins a chain of three; every second ends again.
fn module(modules: &[String], at: usize, dice: &mut Dice) -> String {
    let mut text = |words| format!("(sv: \"{}\", en: \"{}\")", dice.words(words), dice.words(words));
    let (title, short, long) = (text(5), text(2), text(40));
    let builds_on = if at.is_multiple_of(3) { "[]" } else { &format!("[\"{}\"]", modules[at - 1]) };
    let valid = if at.is_multiple_of(2) { "valid_months: 24," } else { "" };
    let area = if at.is_multiple_of(5) { "psykologi" } else { "metoder" };
    format!(
        "\"{}\": (area: \"{area}\", level: Apply, hours: 1, format: Workshop, title: {title}, short: {short},
        purpose: {long}, outcomes: [{long}], participant: {long}, trainer: {long}, builds_on: All({builds_on}), {valid}
        assessment: Attendance),",
        modules[at]
    )
}

fn person(store: &Store, unit: i64, dice: &mut Dice) -> Person {
    let person = build::person_titled(store, &dice.words(2), Some(unit), &dice.word(5));
    for role in ["deltagare", "ledare"] {
        if dice.below(3) == 0 {
            build::role(store, &person, role);
        }
    }
    person
}

/// What people have learnt, where they have seats and what mail they never got: anything at all.
fn live(store: &Store, people: &[Person], modules: &[String], dice: &mut Dice) {
    let (mut occasions, mut bookings, mut achievements) = (Vec::new(), Vec::new(), Vec::new());
    for (at, module) in modules.iter().enumerate() {
        let (occasion, today) = (1_000 + at, clock::today());
        let day = today + Days::new(1 + dice.below(100));
        occasions.push(format!("({occasion}, '{module}', '{day} 08:00:00', '{day} 11:00:00', 'Salen', 'u{at}', 0)"));
        for Person { id, .. } in people {
            let learnt = today - Days::new(dice.below(720));
            match dice.below(5) {
                0 => bookings.push(format!("({occasion}, {id}, 'booked', '{today} 08:00:00')")),
                1 | 2 => achievements.push(format!("({id}, '{module}', '{learnt}', 'attendance', '{today} 08:00:00')")),
                _ => {}
            }
        }
    }
    insert(store, "occasions (id, module, starts_at, ends_at, place, uid, sequence)", &occasions);
    build::execute(store, build::MISSING_PARTS);
    insert(store, "bookings (occasion_id, person_id, state, changed_at)", &bookings);
    insert(store, "achievements (person_id, module, day, evidence, recorded_at)", &achievements);
    let ends = "UPDATE achievements SET valid_until = date(day, '+2 years') WHERE id % 2 = 0";
    build::execute(store, ends);
    people.iter().take(60).for_each(|person| _ = build::failed_mail(store, person));
}

fn insert(store: &Store, columns: &str, rows: &[String]) {
    build::execute(store, &format!("INSERT INTO {columns} VALUES {}", rows.join(",")));
}

/// Numbers and words without a pattern, the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        // Knuth's MMIX constants; the upper bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn word(&mut self, syllables: usize) -> String {
        let (first, last) = (b"bdfghjklmnprstv", b"aeiouy");
        let mut letter = |letters: &[u8]| letters[self.below(letters.len() as u64) as usize] as char;
        (0..syllables).flat_map(|_| [letter(first), letter(last)]).collect()
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word(3)).collect::<Vec<_>>().join(" ")
    }
}
