//! A real browser: Debian's Chromium through chromedriver, without a window.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};
use ureq::http::Method;

/// A running browser. Both processes end when the value is dropped.
pub struct Chrome {
    pub client: Client,
    driver: Child,
}

impl Chrome {
    /// The error says in plain words what the machine lacks.
    pub async fn start() -> Result<Chrome, &'static str> {
        let browser = in_path(&["chromium", "chromium-browser", "google-chrome"]);
        let browser = browser.ok_or("Chromium is not installed (chromium not found)")?;
        let driver = in_path(&["chromedriver"]).ok_or("chromedriver is not installed (Debian: chromium-driver)")?;
        let (driver, port) = started(Command::new(driver).arg("--port=0").process_group(0));
        let options = json!({
            "binary": browser,
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions",
                "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        });
        let logs = json!({ "browser": "ALL", "performance": "ALL" });
        let wanted = Capabilities::from_iter([
            ("browserName".into(), "chrome".into()),
            ("goog:chromeOptions".into(), options),
            ("goog:loggingPrefs".into(), logs),
        ]);
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let address = format!("http://127.0.0.1:{port}");
        let client = ClientBuilder::new(connector).capabilities(wanted).connect(&address).await;
        Ok(Chrome { client: client.expect("Chromium starts"), driver })
    }

    /// A command of the DevTools protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) {
        let command = Extension { path: "goog/cdp/execute", body: json!({ "cmd": command, "params": parameters }) };
        self.client.issue_cmd(command).await.expect("Chromium obeys");
    }

    /// What was logged since the last call: `browser` (the console) or `performance` (DevTools events).
    pub async fn log(&self, kind: &str) -> Vec<Value> {
        let command = Extension { path: "se/log", body: json!({ "type": kind }) };
        let log: Result<Value, CmdError> = self.client.issue_cmd(command).await;
        log.expect("a log").as_array().expect("a list").clone()
    }

    pub async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|e| panic!("{script}: {e}"))
    }
}

impl Drop for Chrome {
    fn drop(&mut self) {
        // The browser's processes are in the driver's group, and would outlive it.
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", self.driver.id())]).status();
        let _ = self.driver.wait();
    }
}

/// A command that only this driver knows.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// Starts the driver and reads on which port it listens.
fn started(command: &mut Command) -> (Child, u16) {
    let mut driver =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("a driver");
    let mut lines = BufReader::new(driver.stdout.take().expect("its output")).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok());
    // Somebody must read on, or the driver would wait for it.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    (driver, port.expect("chromedriver says its port"))
}

pub fn in_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.exists())
}
