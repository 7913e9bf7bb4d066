//! Takes the README's pictures anew: `cargo run --example pictures`. Needs chromedriver and Chromium.
//!
//! Starts the demonstration in a temporary folder, signs in as each kind of user, and writes `docs/pictures/*.png`:
//! light, in English, 1280 × 900. What the demonstration shows follows the day, so two runs differ in dates.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};

use anyhow::{Context, Result};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// Who looks, at what, by which links from there, and the picture's name.
struct Shot {
    who: &'static str,
    path: &'static str,
    follow: Option<&'static str>,
    name: &'static str,
}

const SHOTS: [Shot; 3] = [
    Shot { who: "participant", path: "/", follow: None, name: "my-path" },
    Shot { who: "manager", path: "/team", follow: None, name: "team" },
    Shot { who: "developer", path: "/editions", follow: Some("main tbody th a"), name: "edition" },
];

/// What chromedriver says before its port.
const STARTED: &str = "started successfully on port ";

const WIDE: u32 = 1280;
const HIGH: u32 = 900;

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
    let size = format!("--window-size={WIDE},{HIGH}");
    let arguments = ["--headless=new", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1", &size];
    capabilities.insert("goog:chromeOptions".into(), json!({ "args": arguments }));
    Ok(ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(driver).await?)
}

async fn take(browser: &Client, demo: &Value, shot: &Shot) -> Result<Vec<u8>> {
    let text = |value: &Value| value.as_str().map(str::to_owned).context("the demonstration's answer has it");
    fit(browser).await?;
    browser.goto(&text(&demo["links"][shot.who])?).await?;
    click(browser, "main form button").await?;
    browser.goto(&format!("{}{}", text(&demo["address"])?, shot.path)).await?;
    if browser.find(Locator::Css("button[name=language][value=en]")).await.is_ok() {
        click(browser, "button[name=language][value=en]").await?;
    }
    if let Some(link) = shot.follow {
        click(browser, link).await?;
    }
    Ok(browser.screenshot().await?)
}

/// Makes the page, not the window, as large as the picture.
async fn fit(browser: &Client) -> Result<()> {
    let inner = browser.execute("return [outerWidth - innerWidth, outerHeight - innerHeight]", Vec::new()).await?;
    let frame = |index: usize| inner[index].as_u64().unwrap_or_default() as u32;
    Ok(browser.set_window_size(WIDE + frame(0), HIGH + frame(1)).await?)
}

/// Follows a link or presses a button, and waits for the page behind it.
async fn click(browser: &Client, what: &str) -> Result<()> {
    let found = browser.find(Locator::Css(what)).await.with_context(|| format!("the page has no {what}"))?;
    Ok(found.click().await?)
}
