//! The style sheet, the icon and the script, inside the binary, under addresses that change with their content.

use std::sync::LazyLock;

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web::Path,
};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::Problem;

/// In the order they must be read.
const CSS: &str = concat!(
    include_str!("static/tokens.css"),
    include_str!("static/parts.css"),
    include_str!("static/kit.css"),
    include_str!("static/forms.css"),
    include_str!("static/learning.css"),
    include_str!("static/designer.css"),
    include_str!("../curriculum/picture/picture.css"),
    include_str!("static/graph.css"),
    include_str!("static/attendance.css"),
);

struct Asset {
    name: &'static str,
    kind: &'static str,
    body: &'static str,
    url: String,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let files = [
        ("app.css", "text/css; charset=utf-8", CSS),
        ("matrix.js", "text/javascript; charset=utf-8", include_str!("static/matrix.js")),
        ("attendance.js", "text/javascript; charset=utf-8", include_str!("static/attendance.js")),
        ("graph.js", "text/javascript; charset=utf-8", include_str!("static/graph.js")),
        ("live.js", "text/javascript; charset=utf-8", include_str!("static/live.js")),
        ("favicon.svg", "image/svg+xml", include_str!("static/favicon.svg")),
    ];
    let address = |name, body: &str| {
        let hash = HEXLOWER.encode(&Sha256::digest(body.as_bytes())[..8]);
        format!("/static/{hash}/{name}")
    };
    files.map(|(name, kind, body)| Asset { name, kind, body, url: address(name, body) }).into()
});

/// The address of the file `name`; `None` when there is none.
pub fn url(name: &str) -> Option<&'static str> {
    ASSETS.iter().find(|asset| asset.name == name).map(|asset| asset.url.as_str())
}

/// `GET /static/{hash}/{name}`. An older hash, from a page that another version rendered, gets today's file,
/// which then must not be kept.
pub async fn serve(path: Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let (hash, name) = path.into_inner();
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or(Problem::NotFound)?;
    let keep = match asset.url == format!("/static/{hash}/{name}") {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, asset.kind))
        .insert_header((CACHE_CONTROL, keep))
        .body(asset.body))
}
