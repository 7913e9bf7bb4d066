//! A browser without a screen: keeps cookies, says where it comes from, follows no redirect by itself.
//!
//! Acts through public routes only; knows nothing of the database.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use scraper::{Html, Selector};
use ureq::Agent;
use ureq::http::{HeaderMap, Method, Request};

/// One person's browser, or with a token a program.
pub struct Client {
    agent: Agent,
    base: String,
    origin: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// A request to be.
pub struct Ask {
    method: Method,
    path: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// Octets of the body as it came, compressed when that was asked for.
    pub octets: usize,
    pub body: String,
}

impl Client {
    pub fn new(base: &str, origin: &str) -> Client {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Client { agent: config.into(), base: base.into(), origin: origin.into(), cookies: Mutex::default() }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send(Ask::get(path))
    }

    /// Posts a form as a page of ours does: with the session's token when somebody is signed in.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf();
        let token = csrf.as_deref().map(|csrf| ("csrf", csrf));
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain(token).collect();
        self.send(Ask::post(path, &fields))
    }

    /// The form token of the session, as a page shows it; none when nobody is signed in.
    pub fn csrf(&self) -> Option<String> {
        if self.cookies().is_empty() {
            return None;
        }
        self.get("/me").attribute("form [name=csrf]", "value")
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies().get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies().insert(name.into(), value.into());
    }

    pub fn send(&self, ask: Ask) -> Answer {
        self.attempt(ask).expect("the server answers")
    }

    /// An error when the conversation was cut off before the whole answer was here.
    pub fn attempt(&self, ask: Ask) -> Result<Answer, ureq::Error> {
        let mut request = Request::builder().method(ask.method.clone()).uri(format!("{}{}", self.base, ask.path));
        let mut headers = BTreeMap::from([("accept-language".to_owned(), "sv".to_owned())]);
        if ask.method != Method::GET {
            headers.insert("origin".into(), self.origin.clone());
        }
        let cookies: Vec<String> = self.cookies().iter().map(|(name, value)| format!("{name}={value}")).collect();
        headers.insert("cookie".into(), cookies.join("; "));
        headers.extend(ask.headers);
        // An empty value takes a header away.
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(name, value);
        }
        let request = request.body(ask.body).expect("a request");
        let answer = Answer::read(self.agent.run(request)?)?;
        self.keep_cookies(&answer);
        Ok(answer)
    }

    fn keep_cookies(&self, answer: &Answer) {
        for line in answer.headers.get_all("set-cookie") {
            let line = line.to_str().expect("a readable cookie");
            let (name, value) = line.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            match line.contains("Max-Age=0") {
                true => self.cookies().remove(name),
                false => self.cookies().insert(name.into(), value.into()),
            };
        }
    }

    fn cookies(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ask {
    pub fn get(path: &str) -> Ask {
        Ask::new("GET", path)
    }

    /// Without the session's token: see [`Client::post`].
    pub fn post(path: &str, fields: &[(&str, &str)]) -> Ask {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        Ask::new("POST", path).body("application/x-www-form-urlencoded", body)
    }

    pub fn new(method: &str, path: &str) -> Ask {
        let method = method.parse().expect("a method");
        Ask { method, path: path.into(), headers: BTreeMap::new(), body: Vec::new() }
    }

    pub fn body(mut self, kind: &str, body: impl Into<Vec<u8>>) -> Ask {
        self.body = body.into();
        self.header("content-type", kind)
    }

    /// Replaces what the client would send; an empty value takes the header away.
    pub fn header(mut self, name: &str, value: &str) -> Ask {
        self.headers.insert(name.into(), value.into());
        self
    }
}

impl Answer {
    fn read(mut response: ureq::http::Response<ureq::Body>) -> Result<Answer, ureq::Error> {
        let bytes = response.body_mut().read_to_vec()?;
        Ok(Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            octets: bytes.len(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        })
    }

    /// A header's value; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a readable header"))
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("no JSON ({e}): {}", self.body))
    }

    /// The texts of all elements that `selector` finds, each with single spaces.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        html.select(&parse(selector)).map(|element| squeeze(&element.text().collect::<String>())).collect()
    }

    /// The text of the first element.
    pub fn text(&self, selector: &str) -> String {
        self.texts(selector).into_iter().next().unwrap_or_else(|| panic!("no {selector} in {}", self.body))
    }

    /// Address and text of all links that `selector` finds.
    pub fn links(&self, selector: &str) -> Vec<(String, String)> {
        let html = Html::parse_document(&self.body);
        let link = |element: scraper::ElementRef| {
            Some((element.attr("href")?.to_owned(), squeeze(&element.text().collect::<String>())))
        };
        html.select(&parse(selector)).filter_map(link).collect()
    }

    /// These attributes of every element that `selector` finds, empty where one is missing.
    pub fn attributes(&self, selector: &str, names: &[&str]) -> Vec<Vec<String>> {
        let html = Html::parse_document(&self.body);
        let of = |element: scraper::ElementRef| -> Vec<String> {
            names.iter().map(|name| element.attr(name).unwrap_or_default().to_owned()).collect()
        };
        html.select(&parse(selector)).map(of).collect()
    }

    /// An attribute of the first element that has it.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let html = Html::parse_document(&self.body);
        html.select(&parse(selector)).find_map(|element| element.attr(name)).map(str::to_owned)
    }
}

fn parse(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|e| panic!("{selector}: {e}"))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
