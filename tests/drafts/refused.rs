//! What is refused in a draft: input that means no good, and what the script is told.

use super::Scene;
use crate::support::{Ask, World, on_both};

on_both![
    what_the_script_is_refused_is_told_in_its_readers_language,
    hostile_input_gets_a_clear_answer_and_changes_nothing,
];

fn what_the_script_is_refused_is_told_in_its_readers_language(world: World) {
    let scene = Scene::new(&world);
    assert_eq!(scene.first.post("/language", &[("language", "en")]).status, 303);
    scene.press(&scene.first, "role.ledare~coacha", "required", 0);
    assert_eq!(scene.second.post(&scene.here("/throw-away"), &[]).status, 303);
    let english = scene.press(&scene.first, "role.ledare~coacha", "off", 1);
    let swedish = scene.press(&scene.second, "role.ledare~coacha", "off", 1);
    for (answer, title) in [(&english, "There is no such page"), (&swedish, "Sidan finns inte")] {
        assert_eq!((answer.status, answer.header("content-type")), (404, "application/problem+json"));
        let told = answer.json();
        assert!(told["title"].as_str().is_some_and(|told| told.contains(title)), "{told}");
        assert_eq!(
            (told["status"].as_i64(), told["type"].as_str()),
            (Some(404), Some("urn:varjedag:problem:not-found"))
        );
    }
    assert_ne!(english.json()["detail"], swedish.json()["detail"]);
}

fn hostile_input_gets_a_clear_answer_and_changes_nothing(world: World) {
    let scene = Scene::new(&world);
    let path = "/edit/titles/controller";
    let form = scene.first.get(&scene.here(path));
    let large = scene.fill(&scene.first, path, &form, &[("names", &"å".repeat(1_000_000))]);
    assert_eq!(large.status, 413);
    let long = scene.fill(&scene.first, path, &form, &[("names", &"a".repeat(30_000))]);
    assert_eq!(long.status, 422);
    assert!(long.text("#errors").contains("20 000 tecken"));
    assert_eq!(scene.fill(&scene.first, path, &form, &[("approved_by", "me")]).status, 400);
    let without = Ask::post(&scene.here("/cells"), &[("at", "everyone~intro"), ("state", "off"), ("revision", "0")]);
    assert_eq!(scene.first.send(without).status, 403);
    for at in ["", "~", "everyone~", "title.nobody~intro", "everyone~none", "x~y~z"] {
        let status = scene.press(&scene.first, at, "required", 0).status;
        assert!([409, 404].contains(&status), "{at} gave {status}");
    }
    assert_eq!(scene.press(&scene.first, "everyone~intro", "one_of.x", 0).status, 422);
    assert_eq!(scene.first.get(&scene.here("")).attribute("#sheet", "data-revision").as_deref(), Some("0"));
    // Markup in a title is a title.
    let markup = "<img src=x onerror=alert(1)>";
    assert_eq!(scene.fill(&scene.first, path, &form, &[("title.sv", markup)]).status, 303);
    let page = scene.first.get(&scene.here(""));
    assert!(!page.body.contains("<img") && page.texts("tr.names th").iter().any(|name| name == markup));
    for path in ["/edit/nothing", "/edit/modules/none", "/new/about", "/remove/about/about", "/cell?at=x"] {
        assert_eq!(scene.first.get(&scene.here(path)).status, 404, "{path}");
    }
    for path in ["/designer/drafts/0", "/designer/drafts/9999999999999999999", "/designer/drafts/x/log"] {
        assert_eq!(scene.first.get(path).status, 404, "{path}");
    }
}
