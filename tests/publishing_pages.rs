//! Publishing a draft from its page: how far it has come, what ends it, and the page of the version that it became.

use chrono::{NaiveDateTime, TimeDelta};
use varjedag::clock;
use varjedag::designer::publishing::store as attempts;
use varjedag::designer::service::Revision;
use varjedag::store::Error;
use varjedag::versions::store as versions;

use crate::support::build::{self, Person};
use crate::support::{Answer, Ask, Client, World, on_both};

on_both![
    publishing_ends_at_the_page_of_the_version,
    a_page_says_how_far_it_has_come_and_renews_itself_unless_told_not_to,
    what_was_cut_off_is_not_published_and_can_be_tried_again,
    what_fails_says_why_and_keeps_what_was_typed,
    two_drafts_published_at_once_become_one_version,
];

struct Scene {
    world: World,
    developer: Client,
    draft: i64,
    leader: Person,
}

/// A leader whose dose a draft changes.
fn scene(world: World) -> Scene {
    build::publish_small(&world.store);
    let leader = build::person(&world.store, "Arne Attrapp", None);
    build::role(&world.store, &leader, "ledare");
    let developer = build::person(&world.store, "Exempla Utvecklarsson", None);
    build::hat(&world.store, "developer", &developer);
    let draft = build::draft(&world.store, "Hösten", &developer);
    let developer = world.sign_in(&developer);
    let scene = Scene { world, developer, draft, leader };
    scene.require(draft, "role.ledare~coacha");
    scene
}

/// The last page of publishing, once it is no longer going on.
pub fn carried_out(who: &Client, answer: Answer) -> Answer {
    if answer.status != 303 || !answer.header("location").ends_with("/publishing") {
        return answer;
    }
    for _ in 0..200 {
        let page = who.get(answer.header("location"));
        if page.status != 200 || !page.texts("[role=alert]").is_empty() {
            return page;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("publishing does not end");
}

impl Scene {
    fn here(&self, rest: &str) -> String {
        format!("/designer/drafts/{}{rest}", self.draft)
    }

    fn require(&self, draft: i64, at: &str) {
        let csrf = self.developer.csrf().expect("signed in");
        let fields = [("at", at), ("state", "required"), ("revision", "0"), ("csrf", &csrf)];
        let path = format!("/designer/drafts/{draft}/cells");
        let answer = self.developer.send(Ask::post(&path, &fields).header("accept", "application/json"));
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    fn press(&self, draft: i64) -> Answer {
        let form = [("revision", "1"), ("note", "Mer till ledarna"), ("who", "everyone"), ("grace", "60")];
        self.developer.post(&format!("/designer/drafts/{draft}/publish"), &form)
    }

    fn numbers(&self) -> Vec<String> {
        self.world.store.read(versions::numbers).expect("the database answers")
    }

    /// As if an attempt had been begun at `at` and had come so far.
    fn attempt(&self, at: NaiveDateTime, done: (i64, i64), failed: Option<&str>) {
        let seen = Revision { draft: self.draft, revision: 1 };
        let write = |conn: &mut varjedag::store::Conn| {
            let id = attempts::insert(conn, seen, "grace=60&note=Mer+till+ledarna&who=not-started", at)?;
            attempts::came(conn, id, done, at)?;
            failed.map_or(Ok(()), |why| attempts::fail(conn, id, why))
        };
        self.world.store.write::<_, Error>(write).expect("written");
    }
}

fn publishing_ends_at_the_page_of_the_version(world: World) {
    let scene = scene(world);
    let first = scene.numbers().remove(0);
    let foreseen = scene.developer.get(&scene.here("/publish?grace=60")).texts(".figures li");
    let begun = scene.press(scene.draft);
    assert_eq!((begun.status, begun.header("location")), (303, &*scene.here("/publishing")));
    let ended = carried_out(&scene.developer, begun);
    let number = scene.numbers().pop().expect("a version");
    assert_eq!((ended.status, ended.header("location")), (303, &*format!("/designer/versions/{number}")));
    let page = scene.developer.get(ended.header("location"));
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.text("h1").starts_with(&format!("Version {number}")), "{}", page.text("h1"));
    assert!(page.text(".flash").contains("publicerad"));
    assert!(page.body.contains("Exempla Utvecklarsson") && page.text(".lead") == "Mer till ledarna");
    assert!(page.text(".says").contains("Minst 60 dagar"), "{}", page.text(".says"));
    let figures = page.texts(".figures li");
    assert_eq!(figures[1..3], ["1 person får mer att göra", "2 kursdagar till behövs, med 20 platser var"]);
    assert_eq!(figures, foreseen, "what was seen before is what was kept");
    assert_eq!(page.texts(".diff h3"), ["Förbättringsledare ändrad"]);
    assert_eq!(page.texts("#f-from option"), [first.as_str()]);
    let archive = scene.developer.get(&format!("/designer/versions/{number}.zip"));
    assert_eq!((archive.status, archive.header("content-type")), (200, "application/zip"));
    assert!(archive.header("content-disposition").contains(&format!("varjedag-{number}.zip")));
    let older = scene.developer.get(&format!("/designer/versions/{first}"));
    assert!(older.texts(".figures li").is_empty() && older.texts(".diff h3").is_empty());
    assert_eq!(scene.developer.get("/designer/versions/1999.1").status, 404);
    assert_eq!(scene.developer.get("/designer/versions/1999.1.zip").status, 404);
    let path = scene.world.sign_in(&scene.leader).get("/");
    assert!(path.body.contains(&number), "the path names the version of the new demand");
}

fn a_page_says_how_far_it_has_come_and_renews_itself_unless_told_not_to(world: World) {
    let scene = scene(world);
    let untried = scene.developer.get(&scene.here("/publishing"));
    assert_eq!((untried.status, untried.header("location")), (303, &*scene.here("/publish")));
    scene.attempt(clock::now(), (40, 100), None);
    let page = scene.developer.get(&scene.here("/publishing"));
    assert_eq!((page.status, page.header("refresh")), (200, "1"));
    assert!(page.text(".steps .is-now").contains("40 av 100 personer"), "{}", page.body);
    assert_eq!(page.attribute("progress", "value").as_deref(), Some("40"));
    let still = scene.developer.get(&scene.here("/publishing?still"));
    assert_eq!((still.status, still.header("refresh")), (200, ""));
    // Pressed once more, it is the same attempt that is shown.
    let again = scene.press(scene.draft);
    assert_eq!((again.status, again.header("location")), (303, &*scene.here("/publishing")));
    assert_eq!(scene.numbers().len(), 1);
    assert_eq!(scene.developer.get("/designer/drafts/999999/publishing").status, 404);
}

fn what_was_cut_off_is_not_published_and_can_be_tried_again(world: World) {
    let scene = scene(world);
    scene.attempt(clock::now() - TimeDelta::minutes(1), (40, 100), None);
    let page = scene.developer.get(&scene.here("/publishing"));
    assert_eq!((page.status, page.text("h1")), (200, "Inget publicerades".into()));
    assert!(page.text("[role=alert]").contains("avbröts"), "{}", page.body);
    assert_eq!(scene.numbers().len(), 1);
    assert_eq!(scene.developer.get(&scene.here("")).status, 200, "the draft is there");
    // What was typed is there too.
    let form = scene.developer.get(&page.links(".actions a")[0].0);
    assert_eq!(form.text("#f-note"), "Mer till ledarna");
    assert_eq!(form.attribute("#f-who option[selected]", "value").as_deref(), Some("not-started"));
    assert_eq!(form.attribute("#f-grace", "value").as_deref(), Some("60"));
    assert_eq!(carried_out(&scene.developer, scene.press(scene.draft)).status, 303);
    assert_eq!(scene.numbers().len(), 2);
}

fn what_fails_says_why_and_keeps_what_was_typed(world: World) {
    let scene = scene(world);
    scene.attempt(clock::now(), (100, 100), Some("overtaken"));
    let page = scene.developer.get(&scene.here("/publishing"));
    assert_eq!((page.status, page.header("refresh")), (200, ""));
    assert!(page.text("[role=alert]").contains("En nyare version har publicerats"), "{}", page.body);
    assert_eq!(scene.developer.get(&page.links(".actions a")[0].0).text("#f-note"), "Mer till ledarna");
    // A draft that says what is published already is not published again.
    let same = scene.developer.post("/designer/drafts", &[("name", "Samma")]);
    let draft: i64 = same.header("location").rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    let form = [("revision", "0"), ("note", "Ingenting")];
    let begun = scene.developer.post(&format!("/designer/drafts/{draft}/publish"), &form);
    let page = carried_out(&scene.developer, begun);
    assert!(page.text("[role=alert]").contains("säger detsamma"), "{}", page.body);
    assert_eq!(scene.numbers().len(), 1);
}

fn two_drafts_published_at_once_become_one_version(world: World) {
    let scene = scene(world);
    let other = scene.developer.post("/designer/drafts", &[("name", "Våren")]);
    let other: i64 = other.header("location").rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
    scene.require(other, "role.deltagare~mata");
    let ended: Vec<Answer> = std::thread::scope(|scope| {
        let publish = |draft| carried_out(&scene.developer, scene.press(draft));
        let threads = [scene.draft, other, scene.draft, other].map(|draft| scope.spawn(move || publish(draft)));
        threads.map(|thread| thread.join().expect("no panic")).into()
    });
    assert_eq!(scene.numbers().len(), 2);
    let newest = format!("/designer/versions/{}", scene.numbers()[1]);
    let won = ended.iter().filter(|answer| answer.status == 303 && answer.header("location") == newest);
    assert!(won.count() >= 1, "the version is shown");
    let lost: Vec<&Answer> = ended.iter().filter(|answer| answer.status == 200 || answer.status == 422).collect();
    assert!(!lost.is_empty(), "the other draft is told");
    for answer in lost {
        assert!(answer.body.contains("En nyare version har publicerats"), "{}", answer.body);
    }
    let drafts = scene.developer.get("/designer").texts(".rows li");
    assert_eq!(drafts.len(), 1, "the other draft is there: {drafts:?}");
}
