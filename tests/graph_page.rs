//! The picture of the curriculum in a real browser: what is pointed at lights its whole way, and keys enlarge it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};
use varjedag::clock;
use varjedag::curriculum::model::{Curriculum, Needs};
use varjedag::curriculum::{judge, load};
use varjedag::designer::service::{Publication, publish};

use crate::support::chrome::Chrome;
use crate::support::{Database, World, build, skipped};

/// Ids of modules.
type Ids = BTreeSet<String>;

#[test]
fn the_picture_lights_whole_ways_and_follows_the_keyboard() {
    let world = World::with(Database::sqlite(), |_| {});
    let sources = load::read_dir(Path::new("curricula/varjedag")).expect("the real curriculum");
    publish(&world.store, &Publication::of(&sources), clock::now(), &|_, _| ()).expect("it is sound");
    let curriculum = judge(&sources).curriculum.expect("it is sound");
    let reader = world.sign_in(&build::person(&world.store, "Pia Provsson", None));
    let cookie = json!({ "name": "varjedag", "value": reader.cookie("varjedag"), "url": world.base });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let chrome = match Chrome::start().await {
            Ok(chrome) => chrome,
            Err(why) => return skipped(why),
        };
        chrome.devtools("Network.setCookie", cookie).await;
        let metrics = json!({ "width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        chrome.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        let open = async |path: &str| chrome.client.goto(&format!("{}{path}", world.base)).await.expect("it opens");
        open("/curriculum").await;
        lights_what_has_focus(&chrome, &curriculum).await;
        obeys_keys(&chrome).await;
        follows_what_is_typed(&chrome).await;
        let module = &curriculum.modules[4].0;
        open(&format!("/curriculum?module={module}")).await;
        assert_eq!(lit(&chrome).await, way(&curriculum, module), "the server lights the same");
    });
}

async fn lights_what_has_focus(chrome: &Chrome, curriculum: &Curriculum) {
    assert_eq!(lit(chrome).await, Ids::new(), "nothing is lit at first");
    for (id, _) in &curriculum.modules {
        chrome.script(&format!("document.getElementById('p-{id}').focus()")).await;
        assert_eq!(lit(chrome).await, way(curriculum, id), "the way of {id}");
        let said = chrome.script("return document.getElementById('says').textContent").await;
        assert!(said.as_str().is_some_and(|said| said.contains("Hela vägen: ")), "{said}");
    }
    chrome.script("document.activeElement.blur()").await;
    assert_eq!(lit(chrome).await, Ids::new(), "and nothing afterwards");
}

async fn obeys_keys(chrome: &Chrome) {
    let scale = async || number(&chrome.script("return document.getElementById('scale').textContent").await);
    let scrolled = async || number(&chrome.script("return String(document.getElementById('graph').scrollLeft)").await);
    let press = async |key: &str| {
        let active = chrome.client.active_element().await.expect("something has focus");
        active.send_keys(key).await.expect("a key");
    };
    chrome.script("document.getElementById('graph').focus()").await;
    let before = scale().await;
    press("+").await;
    press("+").await;
    let enlarged = scale().await;
    assert!(enlarged > before * 1.4, "{before} % → {enlarged} %");
    press("-").await;
    assert!(scale().await < enlarged);
    press("0").await;
    let whole =
        chrome.script("const b = document.getElementById('graph'); return b.scrollHeight <= b.clientHeight").await;
    assert_eq!(whole, json!(true), "the whole picture is in its frame");
    press("1").await;
    assert_eq!(scale().await, 100.0);
    press("+").await;
    press("+").await;
    let left = scrolled().await;
    for _ in 0..3 {
        press(&char::from(Key::Right).to_string()).await;
    }
    let mut moved = scrolled().await;
    for _ in 0..20 {
        if moved != left {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        moved = scrolled().await;
    }
    assert!(moved > left, "an arrow key moves the picture: {left} → {moved}");
    press(&char::from(Key::Tab).to_string()).await;
    let inside = chrome.script("return document.activeElement.matches('#graph .pic__link')").await;
    assert_eq!(inside, json!(true), "tab leads to the first piece");
    chrome.script("[...document.querySelectorAll('.pic__link')].pop().focus()").await;
    press(&char::from(Key::Tab).to_string()).await;
    let outside = chrome.script("return !document.activeElement.closest('#graph')").await;
    assert_eq!(outside, json!(true), "and from the last out of the picture");
}

async fn follows_what_is_typed(chrome: &Chrome) {
    let field = chrome.client.find(Locator::Css("#f-q")).await.expect("a field");
    field.send_keys("styrdiagram").await.expect("it takes keys");
    let found = Locator::Css("#tables h3:only-of-type");
    chrome.client.wait().for_element(found).await.expect("the table follows");
    let titles = chrome.script("return [...document.querySelectorAll('#tables th a')].map(a => a.textContent)").await;
    let titles: Vec<&str> = titles.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(titles.iter().all(|title| title.to_lowercase().contains("styrdiagram")), "{titles:?}");
    assert_eq!(lit(chrome).await.len(), titles.len());
    field.send_keys(&char::from(Key::Enter).to_string()).await.expect("it takes keys");
    chrome.client.wait().for_element(Locator::Css(".pic__link:focus")).await.expect("enter leads to what was found");
}

/// What is lit in the picture.
async fn lit(chrome: &Chrome) -> Ids {
    let ids = chrome.script("return [...document.querySelectorAll('.pic__link.is-lit')].map(a => a.id.slice(2))").await;
    serde_json::from_value(ids).expect("ids")
}

fn number(value: &Value) -> f64 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is no number"))
}

/// The module, all it builds on and all that builds on it, by the plainest reckoning.
fn way(curriculum: &Curriculum, module: &str) -> Ids {
    let before: BTreeMap<&str, Ids> =
        curriculum.modules.iter().map(|(id, module)| (id.as_str(), named(&module.builds_on))).collect();
    let above = |start: &str| {
        let mut ids = Ids::from([start.to_owned()]);
        for _ in 0..before.len() {
            let more: Ids = ids.iter().flat_map(|id| before[id.as_str()].clone()).collect();
            ids.extend(more);
        }
        ids
    };
    let after = before.keys().filter(|id| above(id).contains(module)).map(|id| (*id).to_owned());
    after.chain(above(module)).collect()
}

fn named(needs: &Needs) -> Ids {
    match needs {
        Needs::Module(id) => Ids::from([id.clone()]),
        Needs::All(parts) | Needs::Any(parts) | Needs::AtLeast(_, parts) => parts.iter().flat_map(named).collect(),
    }
}
