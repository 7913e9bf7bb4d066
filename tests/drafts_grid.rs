//! The dose matrix under the hands: keys in a real browser, and how long a change takes from the key to the paint.
//!
//! What is promised holds for an optimised build: `cargo test --release --test main sixty_by_thirty -- --nocapture` shows
//! the times and fails above the promise.

use std::time::Duration;

use serde_json::{Value, json};
use varjedag::clock;
use varjedag::curriculum::load::{SourceFile, Sources};
use varjedag::designer::service::{Publication, publish};

use crate::support::chrome::Chrome;
use crate::support::{Client, Database, World, build, skipped};

/// From the key to the paint, server included; a build without optimisation beside other tests gets more.
const MOST_MILLISECONDS: f64 = if cfg!(debug_assertions) { 400.0 } else { 100.0 };

#[test]
fn keys_change_cells_and_a_matrix_of_sixty_by_thirty_answers_at_once() {
    let world = World::with(Database::sqlite(), |_| {});
    let sources = sources(60, 30);
    let told = varjedag::curriculum::judge(&sources).problems;
    assert!(told.is_empty(), "{}", varjedag::curriculum::diagnose::render(&told, &sources, false));
    publish(&world.store, &Publication::of(&sources), clock::now(), &|_, _| ()).expect("it is sound");
    let person = build::person(&world.store, "Exempla Utvecklarsson", None);
    build::hat(&world.store, "developer", &person);
    let draft = build::draft(&world.store, "Stort", &person);
    let (session, other) = (world.sign_in(&person).cookie("varjedag"), world.sign_in(&person));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let chrome = match Chrome::start().await {
            Ok(chrome) => chrome,
            Err(why) => return skipped(why),
        };
        let cookie = json!({ "name": "varjedag", "value": session, "url": world.base });
        chrome.devtools("Network.setCookie", cookie).await;
        let here = format!("{}/designer/drafts/{draft}", world.base);
        chrome.client.goto(&here).await.expect("the page opens");
        assert_eq!(chrome.script("return document.querySelectorAll('button.dose').length").await, 60 * 30);
        walk(&chrome).await;
        for (what, mut times) in
            ["from key to paint", "of it the server's answer"].into_iter().zip(measure(&chrome).await)
        {
            times.sort_by(f64::total_cmp);
            assert!(times.len() >= 10, "{what}: {times:?}");
            println!("{what}: median {} ms of {times:?}", times[times.len() / 2]);
            assert!(times[times.len() / 2] < MOST_MILLISECONDS, "{what}: {times:?}");
        }
        said_and_undone(&chrome).await;
        pinned(&chrome, &here).await;
        followed(&chrome, &here, &other).await;
        let log = chrome.log("browser").await;
        assert!(log.is_empty(), "the console says {log:?}");
    });
}

/// A tried person's path is shown anew when somebody else changes the draft.
async fn followed(chrome: &Chrome, here: &str, other: &Client) {
    chrome.client.goto(&format!("{here}/try?title=t-22")).await.expect("the page opens");
    assert_eq!(chrome.script(CHANGES).await, 0, "the draft is as it was published");
    let form = [("at", "title.t-22~m-59"), ("state", "required"), ("revision", "99")];
    let cells = here.split_once("/designer").map(|(_, draft)| format!("/designer{draft}/cells")).expect("an address");
    assert_eq!(other.post(&cells, &form).status, 303);
    until(chrome, CHANGES, "a path does not follow its draft").await;
}

/// How many pieces of a path are changed.
const CHANGES: &str = "return document.querySelectorAll('#live .table tbody tr').length";

/// Waits until the script gives something else than nothing.
async fn until(chrome: &Chrome, script: &str, otherwise: &str) {
    for _ in 0..100 {
        if chrome.script(script).await != 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{otherwise}");
}

/// Arrow keys move the one tab stop.
async fn walk(chrome: &Chrome) {
    let keys = "
        const press = (key, options) => document.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }));
        const at = () => document.activeElement.value;
        document.querySelector('button.dose[tabindex=\"0\"]').focus();
        const way = [at()];
        for (const key of ['ArrowDown', 'ArrowRight', 'End', 'ArrowRight', 'Home', 'ArrowUp', 'ArrowUp']) {
            press(key); way.push(at());
        }
        press('End', { ctrlKey: true }); way.push(at());
        return [way, document.querySelectorAll('button.dose[tabindex=\"0\"]').length];";
    let told = chrome.script(keys).await;
    let expected = json!([
        [
            "everyone~m-0",
            "everyone~m-1",
            "role.r-0~m-1",
            "title.t-22~m-1",
            "title.t-22~m-1",
            "everyone~m-1",
            "everyone~m-0",
            "everyone~m-0",
            "title.t-22~m-59"
        ],
        1
    ]);
    assert_eq!(told, expected);
}

/// For a row of keys: milliseconds from the key to the frame after the cell has changed, and those from the request to
/// the end of its answer.
async fn measure(chrome: &Chrome) -> [Vec<f64>; 2] {
    let script = "
        const done = arguments[arguments.length - 1];
        (async () => {
            const cell = document.querySelector('button.dose[value=\"title.t-22~m-59\"]');
            cell.focus();
            const times = [];
            for (const key of ['1', '2', '0', '3', '0', '1', '2', '1', '0', '2']) {
                const begun = performance.now();
                const painted = new Promise(resolve => {
                    const watch = new MutationObserver(() => {
                        watch.disconnect();
                        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
                    });
                    watch.observe(cell, { attributes: true, attributeFilter: ['class'] });
                    setTimeout(() => resolve(9999), 5000);
                });
                cell.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
                times.push(Math.round(await painted));
                await new Promise(resolve => setTimeout(resolve, 200));
            }
            const asked = performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('/cells'));
            done([times, asked.map(entry => Math.round(entry.responseEnd - entry.requestStart))]);
        })();";
    let told = chrome.client.execute_async(script, Vec::new()).await.expect("the keys are pressed");
    [0, 1].map(|at| told[at].as_array().into_iter().flatten().filter_map(Value::as_f64).collect())
}

/// The change is announced, shown in the panel, and taken back by its key.
async fn said_and_undone(chrome: &Chrome) {
    let words = "return document.querySelector('button.dose[value=\"title.t-22~m-59\"]').getAttribute('aria-label')";
    assert_eq!(chrome.script(words).await, "Rekommenderas, ändrad");
    assert_eq!(chrome.script("return document.getElementById('said').textContent").await, "Rekommenderas, ändrad");
    chrome
        .script("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true }))")
        .await;
    for _ in 0..50 {
        if chrome.script(words).await == "Av" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("Ctrl+Z took nothing back: {}", chrome.script(words).await);
}

/// However far the table is scrolled, the modules and beside them the pinned columns stay where they are, and at least
/// half of a narrow screen is left for the others.
async fn pinned(chrome: &Chrome, here: &str) {
    chrome.client.goto(&format!("{here}?pin=title.t-22&pin=role.r-0")).await.expect("the page opens");
    let script = "
        const done = arguments[arguments.length - 1];
        const sheet = document.getElementById('sheet');
        const edges = () => [...document.querySelectorAll('tr[data-r=\"3\"] > th, tr[data-r=\"3\"] > .pin, ' +
            '.names .pin, tfoot tr:first-child > .pin')].map(e => Math.round(e.getBoundingClientRect().left - sheet.getBoundingClientRect().left));
        document.activeElement.blur();
        const far = x => { sheet.scrollLeft = x; sheet.scrollTop = x; return edges(); };
        const [near, farther] = [far(300), far(700)];
        const stuck = near.filter((left, at) => left === farther[at]);
        const edge = Math.max(...stuck) + document.querySelector('.names .pin').getBoundingClientRect().width;
        const button = document.querySelector('button[value=\"title.t-0~m-3\"]');
        button.focus();
        const over = () => button.getBoundingClientRect().left - sheet.getBoundingClientRect().left - edge;
        setTimeout(() => done([stuck.length, edge / sheet.clientWidth, over()]), 300);";
    for (width, most_stuck, most_covered) in [(1280, 7, 0.5), (320, 4, 0.7)] {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        chrome.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        let told = chrome.client.execute_async(script, Vec::new()).await.expect("the table scrolls");
        assert_eq!(told[0], most_stuck, "{width}: {told}");
        assert!(told[1].as_f64().expect("a share") < most_covered, "{width}: {told}");
        assert!(told[2].as_f64().expect("pixels") > -1.0, "{width}: the focus is behind what is pinned: {told}");
    }
}

/// A sound curriculum with so many modules, and columns: everyone, four roles, two groups and titles.
fn sources(modules: usize, columns: usize) -> Sources {
    let both = |text: &str| format!("(sv: \"{text}\", en: \"{text}\")");
    let text = |text: &str| both(&format!("{text}. {}", "Ett stycke av vanlig längd. ".repeat(8)));
    let mut all = format!(
        "(about: (name: {n}, purpose: {n}, day_hours: 7, everyone: \"d-all\"),\n\
         legs: {{ \"leg\": (title: {n}, order: 1) }},\n\
         areas: {{ \"area\": (leg: \"leg\", title: {n}, letter: \"M\", colour: Blue, order: 1) }},\n modules: {{\n",
        n = both("Stort")
    );
    for at in 0..modules {
        let needs = if at == 0 { "All([])".to_owned() } else { format!("\"m-{}\"", (at - 1) / 2) };
        all += &format!(
            "\"m-{at}\": (area: \"area\", level: Apply, hours: 3.5, format: Seminar, title: {t}, short: {s}, purpose: {p}, \
             outcomes: [{p}], participant: {p}, trainer: {p}, builds_on: {needs}, assessment: Test, elective: true),\n",
            t = both(&format!("Modul {at}")),
            s = both(&format!("M {at}")),
            p = text("Text"),
        );
    }
    all += "},\n doses: {\n";
    let titles = columns - 7;
    let dose = |id: &str, module: usize| {
        format!("\"{id}\": (title: {}, within_days: 900, required: [\"m-{module}\"]),\n", both(id))
    };
    all += &dose("d-all", 0);
    (0..4).for_each(|at| all += &dose(&format!("d-r-{at}"), at + 5));
    (0..2).for_each(|at| all += &dose(&format!("d-g-{at}"), at + 2));
    (0..titles).for_each(|at| all += &dose(&format!("d-t-{at}"), at + 1));
    all += "},\n roles: {\n";
    for at in 0..4 {
        let n = both(&format!("Roll {at}"));
        all += &format!("\"r-{at}\": (title: {n}, competence: {n}, dose: \"d-r-{at}\", order: {}),\n", at + 1);
    }
    all += "},\n groups: {\n";
    for at in 0..2 {
        let n = both(&format!("Grupp {at}"));
        all += &format!("\"g-{at}\": (title: {n}, competence: {n}, dose: \"d-g-{at}\", order: {}),\n", at + 1);
    }
    all += "},\n titles: {\n";
    for at in 0..titles {
        let n = both(&format!("Titel {at:02}"));
        all += &format!("\"t-{at}\": (title: {n}, group: \"g-1\", dose: \"d-t-{at}\"),\n");
    }
    all += "})\n";
    Sources { files: vec![SourceFile { name: "all.ron".into(), text: all }], unread: Vec::new() }
}
