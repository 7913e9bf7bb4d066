//! What is the same for everyone: help, the accessibility statement, files, and whether the program lives.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::json;

use super::{Chrome, May, Problem, assets, page};
use crate::accounts::policy::Anyone;
use crate::curriculum::model::Language;
use crate::store::{Store, blocking};

/// `GET /help`.
pub async fn help(_may: May<Anyone>, chrome: Chrome) -> HttpResponse {
    let template = match chrome.language {
        Language::Sv => "web/help-sv",
        Language::En => "web/help-en",
    };
    page(&chrome.named("web-help"), template, &json!({}))
}

/// `GET /accessibility`, required of public bodies by the act on accessibility to digital public service (2018:1937).
pub async fn accessibility(_may: May<Anyone>, chrome: Chrome) -> HttpResponse {
    let template = match chrome.language {
        Language::Sv => "web/accessibility-sv",
        Language::En => "web/accessibility-en",
    };
    let region = chrome.region.clone();
    page(&chrome.named("web-accessibility"), template, &json!({ "region": region }))
}

/// `GET /static/{version}/{file}`.
pub async fn asset(_may: May<Anyone>, path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    assets::serve(path).await
}

/// `GET /livez`: the program runs. Never asks the database.
pub async fn livez(_may: May<Anyone>) -> &'static str {
    "ok"
}

/// `GET /readyz`: the program can serve requests now; says nothing about why not.
pub async fn readyz(_may: May<Anyone>, store: Data<Store>) -> Result<&'static str, Problem> {
    blocking(move || store.read(crate::store::ping)).await?;
    Ok("ok")
}

/// Any address that the table does not know.
pub async fn not_found() -> Result<HttpResponse, Problem> {
    Err(Problem::NotFound)
}
