//! The rules of seats, for whoever plans: what holds, who decided it, and deciding anew.

use std::ops::RangeInclusive;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::{Deserialize, Serialize};

use crate::accounts::policy::Staff;
use crate::clock;
use crate::curriculum::model::Language;
use crate::occasions::rules::Rules;
use crate::occasions::service::{Unchanged, decide_rules};
use crate::occasions::store::{self as rows, Decided};
use crate::store::{Store, blocking};
use crate::web::{Chrome, Errors, Form, May, Problem, done, invalid, page};
use crate::words;

/// How many earlier decisions are shown.
const MOST: i64 = 50;

#[derive(Serialize)]
struct RulesPage {
    form: RulesForm,
    /// The rule of the line with what holds now, as whoever waits reads it.
    told: String,
    history: Vec<Line>,
    errors: Errors,
}

/// One decision.
#[derive(Serialize)]
struct Line {
    at: String,
    /// Empty = the program's operator.
    by: String,
    rules: Vec<String>,
}

/// The rules as they are typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RulesForm {
    offer_hours: String,
    late_hours: String,
    /// Empty = however often.
    no_shows: String,
    /// The id of the decision that was shown; empty when there was none.
    seen: String,
}

impl RulesForm {
    fn of(rules: &Rules, seen: Option<i64>) -> RulesForm {
        RulesForm {
            offer_hours: rules.offer_hours.to_string(),
            late_hours: rules.late_hours.to_string(),
            no_shows: rules.no_shows.map(|times| times.to_string()).unwrap_or_default(),
            seen: seen.map(|id| id.to_string()).unwrap_or_default(),
        }
    }

    fn check(&self) -> Result<Rules, Errors> {
        let mut errors = Errors::default();
        let mut number = |field: &'static str, text: &str, within: RangeInclusive<u32>, key: &'static str| {
            let number = text.trim().parse().ok().filter(|number| within.contains(number));
            if number.is_none() {
                errors.add(field, key);
            }
            number.unwrap_or_default()
        };
        let rules = Rules {
            offer_hours: number("offer_hours", &self.offer_hours, Rules::OFFER_HOURS, "courses-rules-offer-wrong"),
            late_hours: number("late_hours", &self.late_hours, Rules::LATE_HOURS, "courses-rules-late-wrong"),
            no_shows: match self.no_shows.trim() {
                "" => None,
                times => Some(number("no_shows", times, Rules::NO_SHOWS, "courses-rules-no-shows-wrong")),
            },
        };
        errors.or(rules)
    }

    fn seen(&self) -> Option<i64> {
        self.seen.parse().ok()
    }
}

/// The page; with what was typed when there are errors.
async fn body(
    store: &Data<Store>,
    language: Language,
    typed: Option<(RulesForm, Errors)>,
) -> Result<RulesPage, Problem> {
    let (store, now) = (store.clone(), clock::now());
    let decided = blocking(move || store.read(|conn| rows::rules_decided(conn, MOST))).await?;
    let newest = decided.first();
    let rules = newest.map_or(Rules::default(), |decided| decided.rules);
    let shown = RulesForm::of(&rules, newest.map(|decided| decided.id));
    let (form, errors) = match typed {
        None => (shown, Errors::default()),
        // What was changed meanwhile stands in the history below.
        Some((form, errors)) => (RulesForm { seen: shown.seen, ..form }, errors),
    };
    let time = words::stretch(language, rules.offer_hours);
    let line = |decided: &Decided| Line {
        at: words::at(language, decided.at, clock::day_of(now)),
        by: decided.by.clone().unwrap_or_default(),
        rules: told(&decided.rules, language),
    };
    Ok(RulesPage {
        told: words::text(language, "courses-rule", &[("time", time.into())]),
        history: decided.iter().map(line).collect(),
        form,
        errors,
    })
}

/// The rules in a few words each.
fn told(rules: &Rules, language: Language) -> Vec<String> {
    let time = |hours: u32| words::stretch(language, hours);
    let text = |key: &str, args: &[(&str, words::Value<'_>)]| words::text(language, key, args);
    vec![
        text("courses-rules-offer-is", &[("time", time(rules.offer_hours).into())]),
        match rules.late_hours {
            0 => text("courses-rules-late-never", &[]),
            hours => text("courses-rules-late-is", &[("time", time(hours).into())]),
        },
        match rules.no_shows {
            None => text("courses-rules-no-shows-never", &[]),
            Some(times) => text("courses-rules-no-shows-is", &[("count", times.into())]),
        },
    ]
}

/// `GET /occasions/rules`.
pub async fn show(_may: May<Staff>, chrome: Chrome, store: Data<Store>) -> Result<HttpResponse, Problem> {
    let body = body(&store, chrome.language, None).await?;
    Ok(page(&chrome.named("courses-rules"), "courses/rules", &body))
}

/// `POST /occasions/rules`.
pub async fn decide(
    may: May<Staff>,
    chrome: Chrome,
    store: Data<Store>,
    form: Form<RulesForm>,
) -> Result<HttpResponse, Problem> {
    let form = form.0;
    let errors = match form.check() {
        Err(errors) => errors,
        Ok(rules) => {
            let (store, seen, by) = (store.clone(), form.seen(), Some(may.who.id));
            match blocking(move || decide_rules(&store, &rules, seen, by, clock::now())).await {
                Ok(()) => return Ok(done("/occasions/rules", "courses-rules-saved")),
                Err(Unchanged::Store(error)) => return Err(error.into()),
                Err(Unchanged::Overtaken) => {
                    let mut errors = Errors::default();
                    errors.add("offer_hours", "courses-rules-overtaken");
                    errors
                }
            }
        }
    };
    let body = body(&store, chrome.language, Some((form, errors))).await?;
    Ok(invalid(&chrome.named("courses-rules"), "courses/rules", &body))
}
