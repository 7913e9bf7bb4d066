//! What a draft does to everybody, as the developer sees it: numbers that open their people, one person before and
//! after, a person put together, and the same numbers again after somebody else's change.

use crate::support::build::{self, Person};
use crate::support::{Answer, Ask, Client, World, on_both};

on_both![
    every_number_opens_as_many_people_as_it_says,
    a_unit_counts_everybody_below_it_once,
    one_persons_path_is_told_before_and_after_with_the_reason,
    a_person_can_be_put_together,
    the_first_answer_finds_everybody_in_memory,
    an_achievement_is_seen_at_the_next_question,
    a_draft_with_errors_has_no_figures_and_says_so,
    the_transition_decides_who_is_concerned,
    publishing_a_draft_makes_a_version_and_writes_to_those_whose_path_changes,
    a_draft_that_changed_meanwhile_or_was_overtaken_is_not_published,
    with_a_second_reader_nobody_publishes_alone,
];

struct Scene {
    developer: Client,
    draft: i64,
    /// Two who lead, one who takes part.
    people: Vec<Person>,
}

fn scene(world: &World) -> Scene {
    let store = &world.store;
    build::publish_small(store);
    let ward = build::unit(store, "Avdelning Ett", None);
    let people = vec![
        build::person(store, "Arne Attrapp", Some(ward)),
        build::person(store, "Berit Blindtext", Some(ward)),
        build::person(store, "Doris Dummy", None),
    ];
    build::role(store, &people[0], "ledare");
    build::role(store, &people[1], "ledare");
    build::role(store, &people[2], "deltagare");
    build::achieved(store, &people[0], "samtal");
    let developer = build::person(store, "Exempla Utvecklarsson", None);
    build::hat(store, "developer", &developer);
    let draft = build::draft(store, "Hösten", &developer);
    Scene { developer: world.sign_in(&developer), draft, people }
}

impl Scene {
    fn here(&self, rest: &str) -> String {
        format!("/designer/drafts/{}{rest}", self.draft)
    }

    /// Sets a cell as the script does.
    fn set(&self, at: &str, state: &str) -> Answer {
        let csrf = self.developer.csrf().expect("signed in");
        let page = self.developer.get(&self.here(""));
        let revision = page.attribute("#sheet", "data-revision").expect("a revision");
        let fields = [("at", at), ("state", state), ("revision", &revision), ("csrf", &csrf)];
        let answer = self.developer.send(Ask::post(&self.here("/cells"), &fields).header("accept", "application/json"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer
    }

    fn everything(&self, query: &str) -> Answer {
        let page = self.developer.get(&self.here(&format!("/consequences{query}")));
        assert_eq!(page.status, 200, "{}", page.body);
        page
    }
}

fn every_number_opens_as_many_people_as_it_says(world: World) {
    let scene = scene(&world);
    assert_eq!(scene.everything("").texts(".empty p"), ["Ingens väg ändras."]);
    scene.set("role.ledare~coacha", "required");
    scene.set("role.deltagare~mata", "required");
    let mut seen = 0;
    for by in ["units", "titles", "roles", "modules", "weeks"] {
        let page = scene.everything(&format!("?by={by}"));
        for (href, number) in page.links("tbody td a") {
            let list = scene.developer.get(&href);
            assert_eq!(list.texts(".rows li").len().to_string(), number, "{href}");
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen} numbers");
    let beside = scene.developer.get(&scene.here("/consequences/panel"));
    assert_eq!(
        beside.texts(".figures li").first().map(String::as_str),
        Some("+30 timmar tillsammans för 3 personer, +10 var")
    );
    assert_eq!(beside.texts(".figures a").first().map(String::as_str), Some("personer får mer att göra"));
    let matrix = scene.developer.get(&scene.here(""));
    assert_eq!(matrix.texts("#happens .figures li"), beside.texts(".figures li"));
}

fn a_unit_counts_everybody_below_it_once(world: World) {
    let scene = scene(&world);
    let division = build::unit(&world.store, "Division Norr", None);
    let empty = build::unit(&world.store, "Division Syd", None);
    let first = build::unit(&world.store, "Norr Ett", Some(division));
    let second = build::unit(&world.store, "Norr Två", Some(division));
    build::unit(&world.store, "Syd Ett", Some(empty));
    for (name, unit) in
        [("Bo Bluff", first), ("Siv Skenbild", first), ("Per Påhitt", second), ("Chef Chefsson", division)]
    {
        build::role(&world.store, &build::person(&world.store, name, Some(unit)), "deltagare");
    }
    scene.set("role.deltagare~mata", "required");
    let page = scene.everything("?by=units");
    let units = page.texts("tbody th");
    let expected = [
        "Division Norr",
        "Direkt i Division Norr, under Division Norr",
        "Norr Ett, under Division Norr",
        "Norr Två, under Division Norr",
        "Avdelning Ett",
        "Utan enhet",
    ];
    assert_eq!(units, expected);
    assert_eq!(page.texts("tbody td[data-label='Berörda']"), ["4", "1", "2", "1", "2", "1"]);
    let (division, _) = page.links("tbody td[data-label='Berörda'] a")[0].clone();
    let list = scene.developer.get(&division);
    assert_eq!(list.texts(".rows a"), ["Bo Bluff", "Chef Chefsson", "Per Påhitt", "Siv Skenbild"]);
    assert_eq!(list.text("h1"), "4 personer berörs: Division Norr med allt under");
    let beside = scene.developer.get(&scene.here("/consequences/panel"));
    let bars = beside.texts(".bars tbody th");
    assert_eq!(bars[..2], units[..2]);
    for (href, number) in beside.links(".bars a") {
        let people = scene.developer.get(&href).texts(".rows li").len();
        assert_eq!(people.to_string(), number.split(',').next().expect("a number"), "{href}");
    }
    assert_eq!(scene.developer.get(&scene.here("/consequences/people?by=branch&id=x")).status, 404);
}

fn one_persons_path_is_told_before_and_after_with_the_reason(world: World) {
    let scene = scene(&world);
    scene.set("role.ledare~coacha", "required");
    scene.set("role.ledare~mata", "off");
    let page = scene.developer.get(&scene.here(&format!("/consequences/people/{}", scene.people[0].id)));
    assert_eq!(page.text("h1"), "Arne Attrapp");
    let rows = page.texts("tbody tr");
    let coaching = rows.iter().find(|row| row.contains("Tillkommer")).expect("something is added");
    assert!(coaching.contains("Arne Attrapp har rollen förbättringsledare"), "{coaching}");
    assert!(coaching.ends_with("enligt utkastet"), "{coaching}");
    let version = newest(&world);
    let before = page.texts("tbody tr td:nth-of-type(2)");
    assert!(before.iter().any(|side| side.ends_with(&format!("enligt {version}"))), "{before:?}");
    let kept =
        scene.developer.get(&scene.here(&format!("/consequences/people/{}?who=new-assignments", scene.people[0].id)));
    assert!(kept.texts("tbody tr").is_empty(), "whoever has the role already keeps the old dose");
    assert!(kept.texts(".rows li").iter().any(|piece| piece.ends_with(&format!("enligt {version}"))), "{}", kept.body);
    let unknown = scene.developer.get(&scene.here("/consequences/people/999999"));
    assert_eq!(unknown.status, 404);
    let nothing = scene.developer.get("/designer/drafts/999999/consequences");
    assert_eq!(nothing.status, 404);
}

fn the_first_answer_finds_everybody_in_memory(world: World) {
    let scene = scene(&world);
    scene.set("role.deltagare~mata", "required");
    let counting = |page: &Answer| page.texts("[data-counting]").len() == 1;
    let matrix = scene.developer.get(&scene.here(""));
    assert!(counting(&matrix), "opening a draft waits for nobody: {}", matrix.body);
    assert_eq!(scene.developer.get("/designer").status, 200);
    let (mut matrix, mut asked) = (matrix, 0);
    while counting(&matrix) && asked < 200 {
        std::thread::sleep(std::time::Duration::from_millis(25));
        (matrix, asked) = (scene.developer.get(&scene.here("")), asked + 1);
    }
    assert!(!matrix.texts("#happens .figures li").is_empty(), "nobody has asked, and all is there: {}", matrix.body);
}

fn a_person_can_be_put_together(world: World) {
    let scene = scene(&world);
    scene.set("role.deltagare~mata", "required");
    let page = scene.developer.get(&scene.here("/try?role=deltagare&done=modellen&done=intro"));
    assert_eq!(page.status, 200);
    assert_eq!(page.texts("tbody tr .tag"), ["Tillkommer"]);
    assert!(page.text(".lead").contains("3,5 timmar kvar enligt"), "{}", page.text(".lead"));
    assert!(page.texts("tbody td").iter().any(|side| side.ends_with("enligt utkastet")), "{}", page.body);
    let kept = scene.developer.get(&scene.here("/try?role=deltagare&since=2020-01-01&who=new-assignments&grace=5"));
    assert_eq!(kept.texts(".lead + .empty"), ["Vägen är densamma."], "the old dose is kept");
    assert_eq!(kept.attribute("form.form input[name=grace]", "value").as_deref(), Some("5"), "terms are kept");
    let nobody = scene.developer.get(&scene.here("/try?who=new-assignments"));
    assert!(nobody.texts("#live").is_empty());
}

fn an_achievement_is_seen_at_the_next_question(world: World) {
    let scene = scene(&world);
    scene.set("role.deltagare~mata", "required");
    let before = scene.everything("").texts(".figures li").join("; ");
    let token = build::token(&world.store, &developer_of(&world));
    let body = r#"{"module":"mata","day":"2026-01-01","evidence":"prior_learning"}"#;
    let path = format!("/api/v1/people/{}/achievements", scene.people[2].id);
    let ask =
        Ask::new("POST", &path).body("application/json", body).header("authorization", &format!("Bearer {token}"));
    let recorded = world.client().send(ask);
    assert!(recorded.status < 300, "{}", recorded.body);
    let after = scene.everything("").texts(".figures li").join("; ");
    assert_ne!(before, after);
}

fn developer_of(world: &World) -> Person {
    let person = build::person(&world.store, "Token Tokensson", None);
    build::hat(&world.store, "developer", &person);
    person
}

fn a_draft_with_errors_has_no_figures_and_says_so(world: World) {
    let scene = scene(&world);
    let form = scene.developer.get(&scene.here("/edit/modules/intro"));
    assert_eq!(form.status, 200);
    scene.set("role.deltagare~mata", "required");
    let mut fields: Vec<(String, String)> = super::drafts::filled(&form);
    fields.retain(|(name, _)| name != "builds_on" && name != "csrf");
    fields.push(("builds_on".into(), "leda".into()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let saved = scene.developer.post(&scene.here("/edit/modules/intro"), &fields);
    assert!(saved.status < 500, "{}", saved.status);
    let beside = scene.developer.get(&scene.here("/consequences/panel"));
    assert!(beside.body.contains("när felen i utkastet är rättade"), "{}", beside.body);
    for page in ["/consequences", "/consequences/people?figure=more", "/try?role=ledare"] {
        let page = scene.developer.get(&scene.here(page));
        assert!(page.texts(".empty p").iter().any(|said| said.contains("är rättade")), "{}", page.body);
    }
}

fn the_transition_decides_who_is_concerned(world: World) {
    let scene = scene(&world);
    scene.set("role.deltagare~mata", "required");
    let numbers = |query: &str| scene.everything(query).texts(".figures li").join("; ");
    let everyone = numbers("");
    assert!(everyone.contains("1 person får mer att göra"), "{everyone}");
    assert_eq!(scene.everything("?who=new-assignments").texts(".empty p"), ["Ingens väg ändras."]);
}

impl Scene {
    /// Presses the button on the page of publishing, and waits until it has been carried out.
    fn publish(&self, who: &Client, revision: i64, note: &str) -> Answer {
        let revision = revision.to_string();
        let form = [("revision", revision.as_str()), ("note", note), ("who", "everyone"), ("grace", "60")];
        super::publishing_pages::carried_out(who, who.post(&self.here("/publish"), &form))
    }
}

fn newest(world: &World) -> String {
    let numbers = world.store.read(varjedag::versions::store::numbers).expect("the database answers");
    numbers.last().expect("a version").clone()
}

fn publishing_a_draft_makes_a_version_and_writes_to_those_whose_path_changes(world: World) {
    let scene = scene(&world);
    build::person(&world.store, "Inga Ingensson", None);
    scene.set("role.deltagare~mata", "required");
    let before = newest(&world);
    let page = scene.developer.get(&scene.here("/publish"));
    assert_eq!(page.texts(".band .rows li"), ["1 dos ändrade"]);
    let silent = scene.publish(&scene.developer, 1, " ");
    assert_eq!((silent.status, newest(&world)), (422, before.clone()));
    let again = [("revision", "1"), ("note", "Mer"), ("who", "new-assignments"), ("grace", "60"), ("recount", "1")];
    let recounted = scene.developer.post(&scene.here("/publish"), &again);
    assert_eq!((recounted.status, newest(&world)), (200, before.clone()));
    assert!(recounted.body.contains("Ingens väg ändras"), "{}", recounted.body);

    let published = scene.publish(&scene.developer, 1, "Alla som deltar ska kunna mäta");
    assert_eq!(published.status, 303, "{}", published.body);
    assert_ne!(newest(&world), before);
    assert_eq!(scene.developer.get(&scene.here("")).status, 404, "the draft has become a version");
    let mail = scene.developer.get("/mail").body + &scene.developer.get("/mail?state=sent").body;
    assert!(mail.contains("Doris Dummy"), "{mail}");
    assert!(!mail.contains("Inga Ingensson"), "her path is the same");
    let list = scene.developer.get("/designer/versions");
    assert_eq!(list.texts(".rows strong"), [newest(&world), before.clone()]);
    assert!(
        list.body.contains("Alla som deltar ska kunna mäta") && list.body.contains("Minst 60 dagar"),
        "{}",
        list.body
    );
    let (href, _) = list.links(".rows li > a").first().cloned().expect("the two can be compared");
    let compared = scene.developer.get(&href);
    assert!(compared.texts("h3").len() == 1 && compared.status == 200, "{}", compared.body);
    assert_eq!(scene.developer.get("/designer/versions/compare?from=x&to=y").status, 404);
    let path = world.sign_in(&scene.people[2]).get("/");
    assert!(path.body.contains(&newest(&world)), "the path names the version of the new demand");
}

fn a_draft_that_changed_meanwhile_or_was_overtaken_is_not_published(world: World) {
    let scene = scene(&world);
    scene.set("role.deltagare~mata", "required");
    scene.set("role.deltagare~leda", "required");
    let before = newest(&world);
    let late = scene.publish(&scene.developer, 1, "Något");
    assert_eq!((late.status, newest(&world)), (422, before.clone()));
    let first = scene.publish(&scene.developer, 2, "Något");
    assert_eq!(first.status, 303, "{}", first.body);
    let second = scene.publish(&scene.developer, 2, "Något");
    assert_eq!(second.status, 404);
}

fn with_a_second_reader_nobody_publishes_alone(database: World) {
    let world = World::with(database.stop(), |config| config.publish.second_reader = true);
    let scene = scene(&world);
    scene.set("role.deltagare~mata", "required");
    let alone = scene.publish(&scene.developer, 1, "Något");
    assert_eq!(alone.status, 422);
    let mine = scene.developer.post(&scene.here("/approve"), &[("revision", "1")]);
    assert_eq!(mine.status, 303);
    assert_eq!(scene.publish(&scene.developer, 1, "Något").status, 422, "one's own eyes are not a second pair");
    let other = world.sign_in(&developer_of(&world));
    assert_eq!(other.post(&scene.here("/approve"), &[("revision", "0")]).status, 409, "another revision");
    assert_eq!(other.post(&scene.here("/approve"), &[("revision", "1")]).status, 303);
    assert_eq!(scene.publish(&scene.developer, 1, "Något").status, 303);
}
