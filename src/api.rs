//! The interface for programs as one OpenAPI document, put together from what stands beside each handler.
//!
//! What is the same everywhere is said here once: bearer tokens, and problem details (RFC 9457) for every refusal.
//! A test holds that the document and the route table name the same operations.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

pub use crate::assessing::api::{assess, assessments, occasion_assessments};
pub use crate::courses::api::bookings::{book, bookings};
pub use crate::courses::api::{
    call_off_occasion, change_occasion, give_occasion_anyway, occasion, occasions, open_occasion,
};
pub use crate::courses::group::api::{ask_group, group_plan};
pub use crate::courses::when::api::plan;
pub use crate::designer::api::curriculum;
pub use crate::learning::api::{achievements, assign, path, record_achievement};
pub use crate::notices::api::{notices, send_again};
pub use crate::organisation::api::{assignments, end_assignment, me, people, person, units};
pub use crate::programme::api::occasions::mark_attendance;
pub use crate::programme::api::{create_edition, edition, editions, enrol, enrolments, leave};
pub use crate::recognition::api::{ask_recognition, decide_recognition, evidence, recognition, recognitions};
pub use crate::team::api::gap;

use crate::accounts::policy::Anyone;
use crate::web::May;
use crate::{
    assessing, courses, designer, learning, notices, organisation, programme, recognition as recognising, team,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Varjedag",
        description = "Curriculum and competence for improvement work: people, what they hold and have achieved, \
            their paths, what units miss, editions, notices.\n\n\
            A token made by `varjedag token` acts as a person, with that person's rights as of each request. What the \
            person may not see answers 404. Lists come in pages; unknown parameters and fields are refused. Days are \
            `2027-03-01`, instants UTC in RFC 3339, hours decimal numbers. Refusals are problem details (RFC 9457), in \
            English unless `Accept-Language` asks for Swedish.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    servers((url = "/", description = "This installation")),
    tags(
        (name = "people", description = "Who works here, and whom the token acts as"),
        (name = "assignments", description = "Titles and roles that people hold"),
        (name = "achievements", description = "What people have"),
        (name = "assessments", description = "Tests, assignments and observations that modules ask for beside being there"),
        (name = "recognition", description = "What people know already: requests, decisions, evidence"),
        (name = "paths", description = "What people have left"),
        (name = "units", description = "The organisation, and who misses what in it"),
        (name = "editions", description = "The programme's yearly runs and who takes part"),
        (name = "occasions", description = "Days on which modules are given, and attendance"),
        (name = "notices", description = "Mails: what waits, was sent, failed"),
        (name = "curriculum", description = "What the ids mean"),
        (name = "about", description = "This document")
    ),
    paths(
        organisation::api::me,
        organisation::api::people,
        organisation::api::person,
        organisation::api::assignments,
        organisation::api::end_assignment,
        organisation::api::units,
        learning::api::assign,
        learning::api::achievements,
        learning::api::record_achievement,
        learning::api::path,
        courses::when::api::plan,
        assessing::api::assessments,
        assessing::api::occasion_assessments,
        assessing::api::assess,
        recognising::api::recognitions,
        recognising::api::recognition,
        recognising::api::ask_recognition,
        recognising::api::decide_recognition,
        recognising::api::evidence,
        courses::group::api::ask_group,
        courses::group::api::group_plan,
        team::api::gap,
        programme::api::editions,
        programme::api::create_edition,
        programme::api::edition,
        programme::api::enrolments,
        programme::api::enrol,
        programme::api::leave,
        courses::api::occasions,
        courses::api::open_occasion,
        courses::api::occasion,
        courses::api::change_occasion,
        courses::api::call_off_occasion,
        courses::api::give_occasion_anyway,
        courses::api::bookings::bookings,
        courses::api::bookings::book,
        programme::api::occasions::mark_attendance,
        notices::api::notices,
        notices::api::send_again,
        designer::api::curriculum,
        document,
    )
)]
struct Described;

static DOCUMENT: LazyLock<String> = LazyLock::new(|| assemble().to_string());

/// This document
///
/// Open to everybody: it says nothing about anybody.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "about", responses((status = 200, body = Value)))]
pub async fn document(_may: May<Anyone>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(DOCUMENT.as_str())
}

/// The whole document.
pub fn assemble() -> Value {
    // Maps of texts and numbers, which JSON always has room for.
    let mut document = serde_json::to_value(Described::openapi()).unwrap_or_default();
    document["components"]["securitySchemes"] = json!({ "token": {
        "type": "http", "scheme": "bearer", "description": "Made by `varjedag token`"
    }});
    document["components"]["schemas"]["Problem"] = problem();
    document["security"] = json!([{ "token": [] }]);
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (path, operations) in paths {
        for (_, operation) in operations.as_object_mut().into_iter().flatten() {
            complete(path, operation);
        }
    }
    document
}

/// Adds to an operation what it does not say itself, and the shape of every refusal.
fn complete(path: &str, operation: &mut Value) {
    let open = operation["tags"] == json!(["about"]);
    if open {
        operation["security"] = json!([]);
    }
    let has = |part: &str| operation.get(part).is_some();
    let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    let queried = parameters.iter().any(|parameter| parameter["in"] == "query");
    let body = has("requestBody");
    let general = [
        ("400", body || queried, "What was sent cannot be read: unknown or missing fields, values out of bounds"),
        ("401", !open, "No token, or it is unknown, revoked or has ended"),
        ("404", !open, not_found(path)),
        ("413", body, "More than 1 MiB"),
        ("422", body, "Fields that cannot be used; `errors` says which and why"),
        ("503", !open, "The database is busy or full; try again after `Retry-After` seconds"),
    ];
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for (status, _, description) in general.into_iter().filter(|(_, said, _)| *said) {
        responses.entry(status).or_insert_with(|| json!({ "description": description }));
    }
    for (status, response) in responses.iter_mut().filter(|(status, _)| status.as_str() >= "400") {
        response["content"] = json!({ "application/problem+json": {
            "schema": { "$ref": "#/components/schemas/Problem" }
        }});
        if status == "503" {
            response["headers"] = json!({ "Retry-After": { "schema": { "type": "integer" } } });
        }
    }
    describe_success(responses);
}

fn not_found(path: &str) -> &'static str {
    if path.contains('{') {
        "Does not exist, or you may not see it"
    } else {
        "Not for you: the token's person lacks the hat"
    }
}

fn describe_success(responses: &mut Map<String, Value>) {
    for (status, words) in [("200", "As asked"), ("201", "Made; `Location` says where it is found")] {
        let Some(response) = responses.get_mut(status) else { continue };
        if response["description"].as_str().is_none_or(str::is_empty) {
            response["description"] = json!(words);
        }
        if status == "201" {
            response["headers"] = json!({ "Location": { "schema": { "type": "string", "format": "uri-reference" } } });
        }
    }
}

/// A refusal, as `web::error` writes it.
fn problem() -> Value {
    json!({
        "type": "object",
        "description": "Why a request was refused (RFC 9457).",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": { "type": "string", "format": "uri", "examples": ["urn:varjedag:problem:not-found"] },
            "title": { "type": "string" },
            "status": { "type": "integer", "minimum": 400, "maximum": 599 },
            "detail": { "type": "string", "description": "What was wrong and what to do" },
            "instance": { "type": "string", "description": "The path, or the id under which the log knows an error" },
            "errors": {
                "type": "array",
                "description": "Each field that cannot be used",
                "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": {
                        "pointer": { "type": "string", "description": "A JSON pointer, such as `#/day`" },
                        "detail": { "type": "string" }
                    }
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::routes;

    /// `GET /api/v1/…` with its description, for every operation.
    fn operations() -> Vec<(String, Value)> {
        let document = assemble();
        let paths = document["paths"].as_object().cloned().unwrap();
        let name = |path: &str, verb: &str| format!("{} {path}", verb.to_uppercase());
        let of_path = |(path, operations): (String, Value)| {
            let operations = operations.as_object().cloned().unwrap();
            operations.into_iter().map(move |(verb, operation)| (name(&path, &verb), operation))
        };
        paths.into_iter().flat_map(of_path).collect()
    }

    #[test]
    fn the_document_and_the_route_table_name_the_same_operations() {
        let described: BTreeSet<String> = operations().into_iter().map(|(name, _)| name).collect();
        let table = routes::table();
        let routes = table.routes().iter().filter(|route| route.path.starts_with("/api/"));
        let routed: BTreeSet<String> = routes.map(|route| format!("{} {}", route.method, route.path)).collect();
        assert_eq!(described, routed);
    }

    #[test]
    fn every_operation_says_what_it_does_and_how_it_refuses() {
        for (name, operation) in operations() {
            assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{name} has no summary");
            let responses = operation["responses"].as_object().unwrap();
            let described = |response: &Value| response["description"].as_str().is_some_and(|text| !text.is_empty());
            assert!(responses.values().all(described), "{name}: {responses:#?}");
            let open = name.ends_with("/openapi.json");
            assert_eq!(responses.contains_key("401"), !open, "{name}");
            assert_eq!(responses.contains_key("422"), operation.get("requestBody").is_some(), "{name}");
        }
    }

    #[test]
    fn every_parameter_of_a_path_is_described() {
        for (name, operation) in operations() {
            let named: Vec<&str> = name.split(['{', '}']).skip(1).step_by(2).collect();
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let described: Vec<&str> =
                parameters.iter().filter(|p| p["in"] == "path").filter_map(|p| p["name"].as_str()).collect();
            assert_eq!(named, described, "{name}");
            assert!(parameters.iter().all(|p| p.get("schema").is_some()), "{name}");
        }
    }

    /// Parts of one `allOf` with different types are something that nothing can be.
    fn impossible(schema: &Value, found: &mut Vec<Value>) {
        if let Some(parts) = schema["allOf"].as_array() {
            let types: BTreeSet<String> = parts.iter().filter_map(|part| Some(part.get("type")?.to_string())).collect();
            found.extend((types.len() > 1).then(|| schema.clone()));
        }
        let inside = schema.as_object().into_iter().flat_map(|map| map.values());
        inside.chain(schema.as_array().into_iter().flatten()).for_each(|inner| impossible(inner, found));
    }

    #[test]
    fn what_is_described_can_be_sent() {
        let mut found = Vec::new();
        impossible(&json!({ "x": [{ "allOf": [{ "type": "string" }, { "type": "object" }] }] }), &mut found);
        assert_eq!(found.len(), 1, "a planted one is found");
        found.clear();
        impossible(&assemble(), &mut found);
        assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn nothing_is_referred_to_that_is_not_there() {
        let document = assemble();
        let text = document.to_string();
        let refs: BTreeSet<&str> =
            text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(refs.len() > 10, "{refs:?}");
        for pointer in refs {
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
    }
}
