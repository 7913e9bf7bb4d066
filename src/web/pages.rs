//! The two pages that are the same for everyone: help and the accessibility statement.

use actix_web::HttpResponse;
use serde_json::json;

use super::{Chrome, page};
use crate::curriculum::model::Language;

/// `GET /help`.
pub async fn help(chrome: Chrome) -> HttpResponse {
    let template = match chrome.language {
        Language::Sv => "web/help-sv",
        Language::En => "web/help-en",
    };
    page(&chrome.named("web-help"), template, &json!({}))
}

/// `GET /accessibility`, required of public bodies by the act on accessibility to digital public service (2018:1937).
pub async fn accessibility(chrome: Chrome) -> HttpResponse {
    let template = match chrome.language {
        Language::Sv => "web/accessibility-sv",
        Language::En => "web/accessibility-en",
    };
    let region = chrome.region.clone();
    page(&chrome.named("web-accessibility"), template, &json!({ "region": region }))
}
