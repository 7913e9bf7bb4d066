//! The page kit as a browser meets it.

use actix_web::{
    App, HttpMessage, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{Service, ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{self, HeaderMap},
    },
    middleware::{Next, from_fn},
    test as browser,
    web::{self as routes, Data},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{chrome::accepted_language, guard::SessionCsrf, *};
use crate::curriculum::model::Language;

mod templates;

const TOKEN: &str = "a-token-of-this-session";

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
}

async fn save(chrome: Chrome, form: Form<Named>) -> HttpResponse {
    let mut errors = Errors::default();
    errors.require("name", &form.0.name, "web-not-signed-in");
    match errors.is_empty() {
        true => done("/form", "web-sign-in"),
        false => invalid(&chrome, "web/errors", &json!({ "errors": errors })),
    }
}

async fn broken() -> Result<HttpResponse, Problem> {
    Err(Problem::internal("column secret_column of person 12 is missing"))
}

async fn signed_in<B: MessageBody + 'static>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    if req.path() == "/refused" {
        return Err(Problem::Unavailable.into());
    }
    req.extensions_mut().insert(SessionCsrf(TOKEN.to_owned()));
    next.call(req).await
}

/// Answers one request as the whole app would.
async fn answer(request: browser::TestRequest) -> (StatusCode, HeaderMap, String) {
    let site = Site { region: "Region Exempel".into(), public_url: "https://varjedag.example/".parse().unwrap() };
    let app = App::new()
        .app_data(Data::new(site))
        .wrap(from_fn(signed_in))
        .wrap(from_fn(error::render))
        .wrap(from_fn(headers::add))
        .route("/help", routes::get().to(pages::help))
        .route("/accessibility", routes::get().to(pages::accessibility))
        .route("/static/{hash}/{name}", routes::get().to(assets::serve))
        .route("/form", routes::post().to(save))
        .route("/open", routes::post().to(|_: OpenForm<Named>| async { HttpResponse::Ok().body("opened") }))
        .route(
            "/api/v1/people",
            routes::post().to(|body: Json<Named>| async move { HttpResponse::Ok().body(body.0.name) }),
        )
        .route("/private", routes::post().to(|| async { Err::<HttpResponse, _>(Problem::NotSignedIn) }))
        .route("/broken", routes::get().to(broken))
        .route("/api/v1/broken", routes::get().to(broken))
        .route("/private", routes::get().to(|| async { Err::<HttpResponse, _>(Problem::NotSignedIn) }))
        .route("/api/v1/private", routes::get().to(|| async { Err::<HttpResponse, _>(Problem::NotSignedIn) }));
    let app = browser::init_service(app).await;
    match app.call(request.to_request()).await {
        Ok(response) => {
            let (status, headers) = (response.status(), response.headers().clone());
            (status, headers, String::from_utf8(browser::read_body(response).await.to_vec()).unwrap())
        }
        Err(error) => {
            let response = error.error_response();
            let (status, headers) = (response.status(), response.headers().clone());
            let body: BoxBody = response.into_body();
            let bytes = body.try_into_bytes().unwrap_or_default();
            (status, headers, String::from_utf8(bytes.to_vec()).unwrap())
        }
    }
}

fn get(path: &str) -> browser::TestRequest {
    browser::TestRequest::get().uri(path).insert_header(("accept-language", "sv-SE,sv;q=0.9,en;q=0.5"))
}

/// A form posted by our own page.
fn post(path: &str, body: &str) -> browser::TestRequest {
    browser::TestRequest::post()
        .uri(path)
        .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
        .insert_header(("sec-fetch-site", "same-origin"))
        .set_payload(body.to_owned())
}

fn header_of<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[actix_web::test]
async fn every_answer_carries_the_headers() {
    for path in ["/help", "/nowhere", "/broken", "/private", "/refused"] {
        let (_, headers, _) = answer(get(path)).await;
        let check = |name, expected: &str| {
            assert!(header_of(&headers, name).contains(expected), "{path} {name}: {}", header_of(&headers, name));
        };
        check("content-security-policy", "default-src 'none'; style-src 'self'");
        check("content-security-policy", "frame-ancestors 'none'");
        check("x-content-type-options", "nosniff");
        check("referrer-policy", "same-origin");
        check("permissions-policy", "camera=()");
        check("cross-origin-opener-policy", "same-origin");
        check("cross-origin-resource-policy", "same-origin");
        check("strict-transport-security", "max-age=31536000");
        check("cache-control", "no-store");
    }
}

#[actix_web::test]
async fn the_style_sheet_is_kept_for_ever_under_the_address_of_its_content() {
    let url = assets::url("app.css").unwrap();
    let (status, headers, body) = answer(get(url)).await;
    assert_eq!(status, 200);
    assert_eq!(header_of(&headers, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header_of(&headers, "content-type"), "text/css; charset=utf-8");
    assert!(body.starts_with("/* Varjedag: colours"));

    let (status, headers, _) = answer(get("/static/0123456789abcdef/app.css")).await;
    assert_eq!((status.as_u16(), header_of(&headers, "cache-control")), (200, "no-cache"));
    assert_eq!(answer(get("/static/0123456789abcdef/passwd")).await.0, 404);
}

#[actix_web::test]
async fn a_page_is_in_the_readers_language() {
    let check = async |accept: &str, lang: &str, title: &str| {
        let (status, _, body) =
            answer(browser::TestRequest::get().uri("/help").insert_header(("accept-language", accept))).await;
        assert_eq!(status, 200);
        assert!(body.contains(&format!("<html lang=\"{lang}\">")), "{accept}");
        assert!(body.contains(&format!("<title>{title} – Varjedag</title>")), "{accept}");
    };
    check("sv", "sv", "Hjälp").await;
    check("de", "sv", "Hjälp").await;
    check("de, en-GB;q=0.8, sv;q=0.3", "en", "Help").await;
    let cookie = get("/help").cookie(actix_web::cookie::Cookie::new("language", "en"));
    assert!(answer(cookie).await.2.contains("<html lang=\"en\">"));
}

#[actix_web::test]
async fn a_problem_is_a_page_for_people_and_details_for_programs() {
    let (status, headers, body) = answer(get("/nowhere")).await;
    assert_eq!(status, 404);
    assert_eq!(header_of(&headers, "content-type"), "text/html; charset=utf-8");
    assert!(body.contains("<h1>Sidan finns inte</h1>"));

    let (status, headers, body) = answer(get("/api/v1/nowhere")).await;
    assert_eq!(status, 404);
    assert_eq!(header_of(&headers, "content-type"), "application/problem+json");
    let details: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        details,
        json!({
            "type": "urn:varjedag:problem:not-found",
            "title": "Sidan finns inte",
            "status": 404,
            "detail": "Adressen kan vara felskriven, eller så finns det som låg här inte kvar.",
            "instance": "/api/v1/nowhere",
        })
    );
}

#[actix_web::test]
async fn what_broke_inside_is_never_shown() {
    for path in ["/broken", "/api/v1/broken"] {
        let (status, _, body) = answer(get(path)).await;
        assert_eq!(status, 500);
        assert!(!body.contains("secret_column"), "{body}");
        assert!(body.contains("felnummer"), "{body}");
    }
}

#[actix_web::test]
async fn an_error_of_a_middleware_is_worded_too() {
    let (status, headers, body) = answer(get("/refused")).await;
    assert_eq!((status.as_u16(), header_of(&headers, "retry-after")), (503, "5"));
    assert!(body.contains("Tjänsten är upptagen just nu"), "{body}");
}

#[actix_web::test]
async fn who_is_not_signed_in_is_sent_to_sign_in_and_back() {
    let (status, headers, _) = answer(get("/private?tab=record")).await;
    assert_eq!((status.as_u16(), header_of(&headers, "location")), (303, "/sign-in?next=%2Fprivate%3Ftab%3Drecord"));
    let (_, headers, _) = answer(browser::TestRequest::post().uri("/private")).await;
    assert_eq!(header_of(&headers, "location"), "/sign-in", "nobody can come back to what was posted");
    let (status, headers, _) = answer(get("/api/v1/private")).await;
    assert_eq!((status.as_u16(), header_of(&headers, "www-authenticate")), (401, "Bearer"));
}

#[actix_web::test]
async fn a_form_needs_the_token_of_its_session() {
    let check = async |body: &str, expected: u16| {
        assert_eq!(answer(post("/form", body)).await.0, expected, "{body}");
    };
    check(&format!("name=x&csrf={TOKEN}"), 303).await;
    check(&format!("name=&csrf={TOKEN}"), 422).await;
    check("name=x", 403).await;
    check("name=x&csrf=", 403).await;
    check("name=x&csrf=a-token-of-this-sessioN", 403).await;
    check(&format!("name=x&csrf={TOKEN}&csrf={TOKEN}"), 403).await;
    let (_, _, page) = answer(post("/form", "name=x").insert_header(("accept-language", "sv"))).await;
    assert!(page.contains("Ladda om sidan och försök igen"));
}

#[actix_web::test]
async fn unknown_fields_and_large_or_foreign_bodies_are_refused() {
    let check = async |request: browser::TestRequest, expected: u16| assert_eq!(answer(request).await.0, expected);
    check(post("/form", &format!("name=x&role=administrator&csrf={TOKEN}")), 400).await;
    check(post("/form", &format!("csrf={TOKEN}&name={}", "x".repeat(64 * 1024))), 413).await;
    let json = post("/form", "{}").insert_header((header::CONTENT_TYPE, "application/json"));
    check(json, 400).await;
    check(post("/open", "name=x"), 200).await;
    check(post("/open", "name=x&role=administrator"), 400).await;
}

#[actix_web::test]
async fn a_program_is_told_what_its_json_lacks() {
    let check = async |body: String, expected: u16, told: &str| {
        let request = browser::TestRequest::post()
            .uri("/api/v1/people")
            .insert_header((header::CONTENT_TYPE, "application/json"))
            .insert_header((header::AUTHORIZATION, "Bearer abc"))
            .set_payload(body);
        let (status, _, body) = answer(request).await;
        assert_eq!(status, expected, "{body}");
        assert!(body.contains(told), "{body}");
    };
    check(r#"{"name":"Prov"}"#.into(), 200, "Prov").await;
    check(r#"{"name":"Prov","role":"administrator"}"#.into(), 400, "unknown field `role`").await;
    check(r#"{"name":}"#.into(), 400, "line 1 column 9").await;
    check(format!(r#"{{"name":"{}"}}"#, "x".repeat(1024 * 1024)), 413, "urn:varjedag:problem:too-large").await;
}

#[actix_web::test]
async fn a_change_must_come_from_our_own_origin() {
    let check = async |headers: &[(&'static str, &str)], expected: u16| {
        let mut request = browser::TestRequest::post()
            .uri("/open")
            .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
            .set_payload("name=x");
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        assert_eq!(answer(request).await.0, expected, "{headers:?}");
    };
    check(&[("sec-fetch-site", "same-origin")], 200).await;
    check(&[("sec-fetch-site", "none")], 200).await;
    check(&[("sec-fetch-site", "same-site")], 403).await;
    check(&[("sec-fetch-site", "cross-site"), ("origin", "https://varjedag.example")], 403).await;
    check(&[("origin", "https://varjedag.example")], 200).await;
    check(&[("origin", "http://varjedag.example")], 403).await;
    check(&[("origin", "https://varjedag.example.evil.example")], 403).await;
    check(&[("origin", "null")], 403).await;
    check(&[], 403).await;
    check(&[("authorization", "Bearer abc")], 200).await;
    check(&[("authorization", "Basic abc")], 403).await;
}

#[actix_web::test]
async fn a_message_after_a_change_is_shown_once() {
    let (_, headers, _) = answer(post("/form", &format!("name=x&csrf={TOKEN}"))).await;
    let cookie = header_of(&headers, "set-cookie").to_owned();
    assert!(cookie.starts_with("flash=web-sign-in;") && cookie.contains("HttpOnly"), "{cookie}");
    let (_, headers, body) = answer(get("/help").insert_header((header::COOKIE, "flash=web-sign-in"))).await;
    assert!(body.contains("role=\"status\""));
    assert!(header_of(&headers, "set-cookie").starts_with("flash=;"));
    let (_, _, body) = answer(get("/help").insert_header((header::COOKIE, "flash=<b>anything</b>"))).await;
    assert!(!body.contains("role=\"status\"") && !body.contains("<b>anything"));
}

#[test]
fn the_language_with_the_highest_weight_wins() {
    let check = |header, expected| assert_eq!(accepted_language(header), expected, "{header}");
    check("", None);
    check("de, fr;q=0.5", None);
    check("sv", Some(Language::Sv));
    check("en-US,en;q=0.9,sv;q=0.8", Some(Language::En));
    check("en;q=0.4, sv-FI;q=0.7", Some(Language::Sv));
    check("en;q=0, sv;q=0.1", Some(Language::Sv));
    check("en;q=x", None);
}
