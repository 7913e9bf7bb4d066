//! Every page in a real browser: no violation that axe-core finds (WCAG 2.2 A and AA), in light and
//! dark, at 320 and 1280 pixels; nothing wider than the screen; under 100 kB with everything; nothing from elsewhere;
//! no word on the console.
//!
//! The pages are not listed: they are found by following links from the start page as each kind of user, through the
//! demonstration and through an empty installation. A page that nothing links to and that is not named in
//! [`NOT_LINKED`] fails, so a new page is tested from the day it lands.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;
use std::process::Command;

use fantoccini::Locator;
use serde_json::{Value, json};
use varjedag::accounts::service;
use varjedag::config::Config;
use varjedag::demo::{region, story};
use varjedag::designer::publishing::store as attempts;
use varjedag::designer::service::Revision;
use varjedag::store::Error;
use varjedag::{clock, routes};

use crate::support::chrome::{Chrome, in_path};
use crate::support::{Client, Database, World, build, skipped};

mod slips;

/// Routes that answer with something else than a page, and why.
const NO_PAGES: &[(&str, &str)] = &[
    ("/livez", "for probes"),
    ("/readyz", "for probes"),
    ("/static/{version}/{file}", "files"),
    ("/designer/drafts/{draft}/cell", "a part of a page"),
    ("/designer/versions/{number}.zip", "files"),
    ("/recognition/files/{file}", "files"),
    ("/me/history.json", "files"),
    ("/me/notes.json", "files"),
    ("/me/diplomas/{diploma}.pdf", "files"),
    ("/calendar/{secret}.ics", "files"),
    ("/here/{secret}", "behind the code on the wall, which is a picture: tests/attendance.rs"),
    ("/designer/drafts/{draft}/changes", "for the script"),
    ("/designer/drafts/{draft}/consequences/panel", "a part of a page"),
    ("/mail/{mail}/html", "in a frame of the page of the mail, and designed for mail programs"),
    ("/me/mail/{mail}/html", "the same"),
];

/// Pages that are reached by mail, by typing or only in the first days, and who looks at them.
const NOT_LINKED: &[(&str, Option<&str>)] = &[
    ("/sign-in", None),
    ("/sign-in/spent", None),
    ("/nowhere", None),
    ("/verify", None),
    ("/start", Some("administrator")),
    ("/mail/1", Some("developer")),
    ("/designer/drafts/1/stale", Some("developer")),
    ("/designer/drafts/1/publishing?still", Some("developer")),
    ("/designer/drafts/1?cell=title.chef~tidsdiagram", Some("developer")),
];

/// Pages of one route that are looked at, at most, and whose links are followed: states differ.
const LOOKED_AT: usize = 2;
const FOLLOWED: usize = 8;
/// Bytes of a page with everything it loads, as sent.
const HEAVIEST: u64 = 100_000;

const TAGS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// A page to look at.
struct Visit {
    path: String,
    /// Who looks; none = nobody is signed in.
    who: Option<&'static str>,
    /// What sends a form of the page with slips in it. Then what comes back is looked at.
    slip: Option<String>,
}

#[test]
fn every_page_of_the_demonstration_is_for_everybody() {
    let (world, readers) = demonstration();
    let mut visits: Vec<Visit> =
        NOT_LINKED.iter().map(|(path, who)| Visit { path: (*path).to_owned(), who: *who, slip: None }).collect();
    visits.extend(linked(&readers));
    visits.push(compared(&readers["developer"]));
    visits.push(marked(&readers["developer"]));
    let seen: BTreeSet<&str> = visits.iter().filter_map(|visit| route_of(&visit.path)).collect();
    let missed: Vec<&str> = pages().filter(|route| !seen.contains(route)).collect();
    assert!(missed.is_empty(), "nothing in the demonstration links to {missed:?}");
    look_at(&world, &readers, &visits);
}

#[test]
fn every_form_that_comes_back_with_slips_is_for_everybody() {
    let (world, readers) = demonstration();
    let visits = slips::slips(&readers);
    look_at(&world, &readers, &visits);
}

/// The form of the list of versions, as it stands.
fn compared(developer: &Client) -> Visit {
    let list = developer.get("/designer/versions");
    let chosen = |name: &str| list.attribute(&format!("select[name={name}] option"), "value").expect("a version");
    let path = format!("/designer/versions/compare?from={}&to={}", chosen("from"), chosen("to"));
    Visit { path, who: Some("developer"), slip: None }
}

/// What has been marked for somebody at the course that is going on.
fn marked(developer: &Client) -> Visit {
    let days = developer.get("/occasions").links("tbody a").into_iter();
    let mut people = days.flat_map(|(day, _)| developer.get(&format!("{day}/attendance")).links(".roll__who a"));
    Visit { path: people.next().expect("a roll").0, who: Some("developer"), slip: None }
}

/// A made-up region, and everybody who reads in it.
fn demonstration() -> (World, BTreeMap<&'static str, Client>) {
    let database = Database::sqlite();
    let mut config = Config::in_folder(database.folder.path(), "127.0.0.1:0").expect("a configuration");
    config.database = database.url.clone();
    let (people, seed, now) = (48, 1, clock::now());
    story::tell(&config, &database.store, story::Wish { people, seed }, now, &|_| {}).expect("a made-up region");
    let tried = Revision { draft: 1, revision: 1 };
    database.store.write::<_, Error>(|conn| attempts::insert(conn, tried, "", now)).expect("an attempt to publish");
    let region = region::region(people, seed, clock::day_of(now));
    let cast = story::cast(&region);
    let world = World::with(database, |_| {});
    let sign_in = |email: &str| {
        let link = service::operator_link(&world.store, email, clock::now()).expect("a link");
        let client = world.client();
        assert_eq!(client.post(&format!("/sign-in/{}", link.secret), &[]).status, 303);
        client
    };
    let readers = BTreeMap::from([
        ("participant", sign_in(&cast.participant)),
        ("manager", sign_in(&cast.manager)),
        ("manager of managers", sign_in(&region.people[region.units[0].manager].email)),
        ("developer", sign_in(&cast.developer)),
        ("administrator", sign_in(&cast.administrator)),
    ]);
    (world, readers)
}

#[test]
fn every_page_of_an_empty_installation_is_for_everybody() {
    let world = World::with(Database::sqlite(), |_| {});
    let first = build::person(&world.store, "Första Provsson", None);
    build::hat(&world.store, "administrator", &first);
    build::hat(&world.store, "developer", &first);
    let readers = BTreeMap::from([("administrator", world.sign_in(&first))]);
    look_at(&world, &readers, &linked(&readers));
}

/// Routes that answer GET with a page.
fn pages() -> impl Iterator<Item = &'static str> {
    let gets = routes::table()
        .routes()
        .iter()
        .filter(|route| route.method == "GET")
        .map(|route| route.path)
        .collect::<Vec<_>>();
    gets.into_iter().filter(|path| {
        !path.starts_with("/api/") && !path.ends_with(".csv") && !NO_PAGES.iter().any(|(page, _)| page == path)
    })
}

/// The first route that has this address.
fn route_of(path: &str) -> Option<&'static str> {
    let parts = |path: &str| path.split('?').next().unwrap_or(path).split('/').map(str::to_owned).collect::<Vec<_>>();
    let asked = parts(path);
    pages().find(|route| {
        let route = parts(route);
        route.len() == asked.len()
            && route.iter().zip(&asked).all(|(r, a)| r == a || r.starts_with('{') && r.ends_with('}'))
    })
}

/// Pages that links lead to, from the start page, for each reader in turn; what one has seen enough of is not looked
/// at again by the next, but for the start page.
fn linked(readers: &BTreeMap<&'static str, Client>) -> Vec<Visit> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut visits = Vec::new();
    for (who, client) in readers {
        let mut known = BTreeSet::from(["/".to_owned()]);
        let mut left = VecDeque::from(["/".to_owned()]);
        while let Some(path) = left.pop_front() {
            let Some(route) = route_of(&path) else { continue };
            // A query is a state of its own: a tab, a filter, a preview.
            let names: Vec<&str> = path.split(['?', '&']).skip(1).filter_map(|pair| pair.split('=').next()).collect();
            let state = format!("{route}?{}", names.join("&"));
            let mut count = |of: String| {
                let count = counts.entry(of).or_default();
                *count += 1;
                *count
            };
            let looked_at = count(if path == "/" { format!("{who} {state}") } else { state.clone() }) <= LOOKED_AT;
            if count(format!("{who} follows {state}")) > FOLLOWED {
                continue;
            }
            let answer = client.get(&path);
            if answer.status != 200 || !answer.header("content-type").starts_with("text/html") {
                left.extend((answer.status == 303).then(|| answer.header("location").to_owned()));
                assert!(answer.status < 400, "{who} is led to {path}, which answers {}", answer.status);
                continue;
            }
            let links = answer.links("a[href^='/']").into_iter();
            let links = links.map(|(link, _)| link.split('#').next().unwrap_or(&link).to_owned());
            left.extend(links.filter(|link| known.insert(link.clone())));
            visits.extend(looked_at.then_some(Visit { path, who: Some(who), slip: None }));
        }
    }
    visits
}

fn look_at(world: &World, readers: &BTreeMap<&'static str, Client>, visits: &[Visit]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let axe = match axe() {
            Ok(axe) => axe,
            Err(why) => return skipped(why),
        };
        let chrome = match Chrome::start().await {
            Ok(chrome) => chrome,
            Err(why) => return skipped(why),
        };
        let mut found = Vec::new();
        for visit in visits {
            for language in ["sv", "en"] {
                open(&chrome, world, readers, visit, language).await;
                found.extend(judge(&chrome, world, visit, language, &axe).await);
            }
        }
        assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
    });
}

/// Loads the page as the reader, in the language, with nothing kept from before.
async fn open(chrome: &Chrome, world: &World, readers: &BTreeMap<&str, Client>, visit: &Visit, language: &str) {
    chrome.devtools("Network.clearBrowserCookies", json!({})).await;
    chrome.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await;
    let cookie = match visit.who.and_then(|who| readers.get(who)) {
        Some(client) => {
            assert_eq!(client.post("/language", &[("language", language)]).status, 303);
            json!({ "name": "varjedag", "value": client.cookie("varjedag"), "url": world.base })
        }
        None => json!({ "name": "language", "value": language, "url": world.base }),
    };
    chrome.devtools("Network.setCookie", cookie).await;
    screen(chrome, "light", 1280).await;
    chrome.log("performance").await;
    chrome.log("browser").await;
    chrome.client.goto(&format!("{}{}", world.base, visit.path)).await.expect("the page opens");
    if let Some(slip) = &visit.slip {
        chrome.log("performance").await;
        chrome.script(slip).await;
        chrome
            .client
            .wait()
            .for_element(Locator::Css("#errors"))
            .await
            .unwrap_or_else(|error| panic!("{} does not say what is wrong: {error}", visit.path));
    }
}

async fn screen(chrome: &Chrome, scheme: &str, width: u32) {
    // Without motion, or a colour would be looked at half-way to what it becomes.
    let feature = |name: &str, value: &str| json!({ "name": name, "value": value });
    let features = [feature("prefers-color-scheme", scheme), feature("prefers-reduced-motion", "reduce")];
    chrome.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    chrome.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
}

/// Everything that is wrong with the open page, a line each.
async fn judge(chrome: &Chrome, world: &World, visit: &Visit, language: &str, axe: &str) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(loaded(&chrome.log("performance").await, &world.base));
    found.extend(said(&chrome.log("browser").await, visit));
    if chrome.script("return document.documentElement.lang").await != language {
        found.push(format!("is not in {language}"));
    }
    chrome.script(axe).await;
    // English differs in its words only: the length of lines, not the colours of each.
    let screens = [("light", 320), ("dark", 1280), ("light", 1280), ("dark", 320)];
    for (scheme, width) in &screens[..if language == "sv" { 4 } else { 2 }] {
        screen(chrome, scheme, *width).await;
        let wide = chrome.script(WIDER).await;
        if wide != Value::Null {
            found.push(format!("{scheme} {width}: wider than the screen: {wide}"));
        }
        found.extend(violations(chrome).await.iter().map(|line| format!("{scheme} {width}: {line}")));
    }
    let who = visit.who.unwrap_or("nobody");
    let sent = if visit.slip.is_some() { ", with slips" } else { "" };
    found.iter().map(|line| format!("{} ({who}, {language}{sent}): {line}", visit.path)).collect()
}

/// The page's own width, with the elements that stick out, when it must be scrolled sideways.
const WIDER: &str = "
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return null;
    const out = [...document.body.querySelectorAll('*')].filter(e =>
        e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest('.scroll'));
    return root.scrollWidth + ' px: ' + out.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' … ');";

async fn violations(chrome: &Chrome) -> Vec<String> {
    let run = format!(
        "const done = arguments[arguments.length - 1];
        axe.run(document, {{ runOnly: {{ type: 'tag', values: {} }}, resultTypes: ['violations'] }})
            .then(result => done(result.violations), error => done(String(error)));",
        json!(TAGS)
    );
    let result = chrome.client.execute_async(&run, Vec::new()).await.expect("axe answers");
    let Some(violations) = result.as_array() else { return vec![result.to_string()] };
    let line = |violation: &Value| {
        let node = &violation["nodes"][0];
        format!("{}: {} ({})", violation["id"], node["html"], node["failureSummary"])
    };
    violations.iter().map(line).collect()
}

/// What came over the wire: how much, and from where.
fn loaded(events: &[Value], base: &str) -> Vec<String> {
    let (mut bytes, mut found) = (0, Vec::new());
    for event in events {
        let text = event["message"].as_str().unwrap_or_default();
        let event: Value = serde_json::from_str(text).expect("an event is JSON");
        let (method, parameters) = (&event["message"]["method"], &event["message"]["params"]);
        if method == "Network.loadingFinished" {
            bytes += parameters["encodedDataLength"].as_f64().unwrap_or_default() as u64;
        } else if method == "Network.requestWillBeSent" {
            let url = parameters["request"]["url"].as_str().unwrap_or_default();
            if !url.starts_with(base) && !url.starts_with("data:") {
                found.push(format!("asks for {url}"));
            }
        }
    }
    if bytes == 0 || bytes > HEAVIEST {
        found.push(format!("weighs {bytes} bytes with everything"));
    }
    found
}

/// What the console says, but for the plain fact that a page that is not there was asked for, or that a form was refused.
fn said(log: &[Value], visit: &Visit) -> Vec<String> {
    let texts = log.iter().map(|line| line["message"].as_str().unwrap_or_default().to_owned());
    let expected = |text: &String| match visit.slip {
        Some(_) => text.contains("422"),
        None => text.contains(&visit.path) && (text.contains("404") || text.contains("410")),
    };
    texts.filter(|text| !expected(text)).map(|text| format!("the console says {text}")).collect()
}

/// The source of axe-core, fetched once into the build folder by the lock file beside this.
fn axe() -> Result<String, &'static str> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let file = folder.join("node_modules/axe-core/axe.min.js");
    if !file.exists() {
        let npm = in_path(&["npm"]).ok_or("axe-core cannot be fetched: npm is not installed")?;
        fs::create_dir_all(&folder).expect("a folder");
        for name in ["package.json", "package-lock.json"] {
            fs::copy(Path::new("tests/browser").join(name), folder.join(name)).expect("a copy");
        }
        let mut install = Command::new(npm);
        install.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
        let done = install.output().is_ok_and(|output| output.status.success());
        done.then_some(()).ok_or("axe-core cannot be fetched: npm ci failed (no network?)")?;
    }
    fs::read_to_string(file).map_err(|_| "axe-core is not where npm puts it")
}
