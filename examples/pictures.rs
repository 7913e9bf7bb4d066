//! Takes the README's pictures anew: `cargo run --example pictures`. Needs chromedriver and Chromium.
//!
//! Starts the demonstration in a temporary folder, signs in as each kind of user, and writes `docs/pictures/*.png`:
//! light, in English, of pages 1280 wide. What the demonstration shows follows the day, so two runs differ in dates.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};

use anyhow::{Context, Result};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// A picture to take.
struct Shot {
    name: &'static str,
    who: &'static str,
    path: &'static str,
    /// A link to follow from there, and what the page behind it has.
    follow: Option<(&'static str, &'static str)>,
    /// How much of the page, in CSS pixels.
    high: u32,
}

const SHOTS: [Shot; 3] = [
    Shot { name: "my-path", who: "participant", path: "/", follow: None, high: 1340 },
    Shot { name: "team", who: "manager", path: "/team", follow: None, high: 1100 },
    Shot {
        name: "edition",
        who: "developer",
        path: "/editions",
        follow: Some(("main tbody th a", "a[href^='/occasions/']")),
        high: 1100,
    },
];

/// What chromedriver says before its port.
const STARTED: &str = "started successfully on port ";

const WIDE: u32 = 1280;
/// Pixels of the picture for one of the page: as wide as a README is shown.
const SCALE: f32 = 0.72;

/// A program that ends with us, whatever happens.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// With arguments it is the program itself, so that nothing else need be built.
fn main() -> Result<ExitCode> {
    if std::env::args_os().len() > 1 {
        return Ok(varjedag::cli::main());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(take_all()).map(|()| ExitCode::SUCCESS)
}

async fn take_all() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (_demo, line) = start(&mut demo(folder.path())?, |line| line.starts_with('{'))?;
    let demo: Value = serde_json::from_str(&line)?;
    let (_driver, line) = start(Command::new("chromedriver").arg("--port=0"), |line| line.contains(STARTED))
        .context("chromedriver does not start: install it together with Chromium")?;
    let driver = format!("http://127.0.0.1:{}", line.trim_end_matches('.').split(STARTED).last().unwrap_or_default());
    for shot in &SHOTS {
        let browser = browser(&driver).await?;
        let taken = take(&browser, &demo, shot).await;
        browser.close().await?;
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/pictures/{}.png", shot.name));
        std::fs::write(&file, taken.with_context(|| format!("no picture of {}", shot.name))?)?;
        println!("{}", file.display());
    }
    Ok(())
}

/// The same region every time.
fn demo(folder: &Path) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["demo", "--format", "json", "--seed", "1", "--listen", "127.0.0.1:0", "--data"]).arg(folder);
    Ok(command)
}

/// Starts a program and waits for the line that says it is ready.
fn start(command: &mut Command, ready: impl Fn(&str) -> bool) -> Result<(Running, String)> {
    let mut child = Running(command.stdout(Stdio::piped()).spawn()?);
    let out = child.0.stdout.take().context("its output is ours")?;
    let line = BufReader::new(out).lines().map_while(Result::ok).find(|line| ready(line));
    Ok((child, line.context("it ended before it was ready")?))
}

async fn browser(driver: &str) -> Result<Client> {
    let mut capabilities = Capabilities::new();
    let scale = format!("--force-device-scale-factor={SCALE}");
    let arguments = ["--headless=new", "--no-sandbox", "--hide-scrollbars", &scale];
    capabilities.insert("goog:chromeOptions".into(), json!({ "args": arguments }));
    Ok(ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(driver).await?)
}

async fn take(browser: &Client, demo: &Value, shot: &Shot) -> Result<Vec<u8>> {
    let text = |value: &Value| value.as_str().map(str::to_owned).context("the demonstration's answer has it");
    fit(browser, shot.high).await?;
    browser.goto(&text(&demo["links"][shot.who])?).await?;
    press(browser, "main form button", "[action='/sign-out']").await?;
    browser.goto(&format!("{}{}", text(&demo["address"])?, shot.path)).await?;
    if browser.find(Locator::Css("html[lang=sv]")).await.is_ok() {
        press(browser, "[name=language][value=en]", "html[lang=en]").await?;
    }
    if let Some((link, behind)) = shot.follow {
        press(browser, link, behind).await?;
    }
    Ok(browser.screenshot().await?)
}

/// Makes the page, not the window, as large as the picture.
async fn fit(browser: &Client, high: u32) -> Result<()> {
    let inner = browser.execute("return [outerWidth - innerWidth, outerHeight - innerHeight]", Vec::new()).await?;
    let frame = |index: usize| inner[index].as_u64().unwrap_or_default() as u32;
    Ok(browser.set_window_size(WIDE + frame(0), high + frame(1)).await?)
}

/// Follows a link or presses a button, and waits until the page behind it has `then`.
async fn press(browser: &Client, what: &str, then: &str) -> Result<()> {
    let found = browser.find(Locator::Css(what)).await.with_context(|| format!("the page has no {what}"))?;
    found.click().await?;
    browser.wait().for_element(Locator::Css(then)).await.with_context(|| format!("no {then} behind {what}"))?;
    Ok(())
}
