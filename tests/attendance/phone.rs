//! The roll call in a real browser: what is tapped without a network is kept, said, and sent when the network is back,
//! also after the page was loaded anew.

use std::time::Duration;

use fantoccini::Locator;
use serde_json::{Value, json};

use super::{Stage, count, has, seated, stage, state};
use crate::support::build::{self, Person};
use crate::support::chrome::Chrome;
use crate::support::{Database, World, skipped};

#[test]
fn taps_without_a_network_are_kept_and_arrive_when_it_is_back() {
    let world = World::with(Database::sqlite(), |_| {});
    let stage = stage(&world, "modellen", &[1]);
    let people: Vec<Person> =
        ["Anna Alm", "Bo Bok", "Cia Ceder"].map(|name| seated(&world.store, name, &[stage.occasion])).into();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let chrome = match Chrome::start().await {
            Ok(chrome) => chrome,
            Err(why) => return skipped(why),
        };
        let cookie = stage.trainer.cookie("varjedag").expect("somebody is signed in");
        chrome.devtools("Network.enable", json!({})).await;
        chrome.devtools("Network.setCookie", json!({ "name": "varjedag", "value": cookie, "url": world.base })).await;
        let page = format!("{}{}", world.base, stage.path);
        chrome.client.goto(&page).await.expect("the page opens");
        taps_are_saved_at_once(&chrome, &world, &stage, &people).await;
        taps_wait_for_the_network(&chrome, &world, &stage, &people).await;
        chrome.client.goto(&page).await.expect("the page opens again");
        // They may have arrived while the page was being left; then there is nothing to say.
        for _ in 0..100 {
            if count(&world.store, &people[1]) == 3 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(count(&world.store, &people[1]), 3, "no tap is lost, none is there twice");
        assert_eq!(state(&stage.trainer, &stage, &people[1]), "present");
        assert_eq!(text(&chrome, "#tally").await, "2 här 1 borta 0 ej markerade");
        assert_eq!(count(&world.store, &people[2]), 2, "each tap is there once");
        let other = build::person(&world.store, "Ingen Alls", None);
        assert_eq!(count(&world.store, &other), 0);
        what_is_refused_holds_up_nothing_else(&chrome, &world, &stage, &people).await;
    });
}

async fn tap(chrome: &Chrome, person: &Person, state: &str) {
    let button = format!("button[value='{}:{state}']", person.id);
    let button = chrome.client.find(Locator::Css(&button)).await.expect("a button");
    button.click().await.expect("it can be tapped");
}

async fn text(chrome: &Chrome, selector: &str) -> String {
    let script = format!("return document.querySelector('{selector}').textContent.replace(/\\s+/g, ' ').trim()");
    chrome.script(&script).await.as_str().unwrap_or_default().to_owned()
}

/// Waits until the page says so.
async fn says(chrome: &Chrome, selector: &str, expected: &str) {
    for _ in 0..600 {
        if text(chrome, selector).await.contains(expected) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (said, console) = (text(chrome, selector).await, chrome.log("browser").await);
    panic!("{selector} says {said:?}, not {expected:?}; the console: {console:?}");
}

/// Waits until the server says so, and the page too.
async fn arrives(chrome: &Chrome, world: &World, stage: &Stage, person: &Person, expected: &str) {
    says(chrome, "#net", "Allt är sparat").await;
    assert_eq!(state(&stage.trainer, stage, person), expected);
    let line = format!("return document.getElementById('p{}').dataset.state", person.id);
    assert_eq!(chrome.script(&line).await, Value::from(expected));
    assert_eq!(has(&world.store, person, "modellen"), usize::from(expected == "present"));
}

async fn taps_are_saved_at_once(chrome: &Chrome, world: &World, stage: &Stage, people: &[Person]) {
    tap(chrome, &people[0], "present").await;
    arrives(chrome, world, stage, &people[0], "present").await;
    let height = "return document.querySelector('.tap').getBoundingClientRect().height";
    assert!(chrome.script(height).await.as_f64().is_some_and(|height| height >= 56.0), "large enough for a thumb");
}

async fn taps_wait_for_the_network(chrome: &Chrome, world: &World, stage: &Stage, people: &[Person]) {
    let network =
        |offline: bool| json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    chrome.devtools("Network.emulateNetworkConditions", network(true)).await;
    tap(chrome, &people[1], "present").await;
    says(chrome, "#net", "1 markering väntar på nätet").await;
    tap(chrome, &people[2], "present").await;
    tap(chrome, &people[2], "absent").await;
    says(chrome, "#net", "3 markeringar väntar på nätet").await;
    assert_eq!(text(chrome, "#tally").await, "2 här 1 borta 0 ej markerade", "what was tapped is shown");
    assert_eq!((count(&world.store, &people[1]), count(&world.store, &people[2])), (0, 0), "nothing has arrived");
    chrome.devtools("Network.emulateNetworkConditions", network(false)).await;
    chrome.script("dispatchEvent(new Event('online'))").await;
    arrives(chrome, world, stage, &people[2], "absent").await;
    // Off once more; this time the page is left before the network is back.
    chrome.devtools("Network.emulateNetworkConditions", network(true)).await;
    tap(chrome, &people[1], "absent").await;
    tap(chrome, &people[1], "present").await;
    says(chrome, "#net", "2 markeringar väntar på nätet").await;
    chrome.client.goto("about:blank").await.expect("the page is left");
    chrome.devtools("Network.emulateNetworkConditions", network(false)).await;
}

/// A queue for an occasion that there is not, and a tap for somebody there is not, wait beside a good one.
async fn what_is_refused_holds_up_nothing_else(chrome: &Chrome, world: &World, stage: &Stage, people: &[Person]) {
    let queue = format!(
        "const roll = document.getElementById('roll').dataset;
         const tap = (key, person) => ({{ key, person, part: Number(roll.part), state: 'absent', at: Date.now() }});
         const mine = `varjedag.marks.${{roll.reader}}.`;
         localStorage.setItem(`${{mine}}999999`, JSON.stringify([tap('waiting-1', {0})]));
         localStorage.setItem(mine + roll.occasion, JSON.stringify([tap('waiting-2', 987654), tap('waiting-3', {0})]));
         location.reload();",
        people[0].id
    );
    chrome.script(&queue).await;
    for _ in 0..100 {
        if state(&stage.trainer, stage, &people[0]) == "absent" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(state(&stage.trainer, stage, &people[0]), "absent", "the good tap arrives");
    says(chrome, "#told", "En markering togs inte emot").await;
    let kept = "return Object.keys(localStorage).map((name) => JSON.parse(localStorage[name]).length).join()";
    for _ in 0..100 {
        if chrome.script(kept).await == "1,1" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(chrome.script(kept).await, Value::from("1,1"), "the two bad ones stay to be seen");
    chrome.client.find(Locator::Css("#discard")).await.expect("a button").click().await.expect("it can be tapped");
    for _ in 0..100 {
        if chrome.script("return localStorage.length").await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(chrome.script("return localStorage.length").await, Value::from(0));
    assert_eq!(has(&world.store, &people[0], "modellen"), 0);
}
