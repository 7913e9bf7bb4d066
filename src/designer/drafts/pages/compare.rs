//! What a draft changes beside its base or another draft, its log, and taking it over to a newer version.

use actix_web::HttpResponse;
use actix_web::web::Query;
use serde::{Deserialize, Serialize};

use super::entries::section_name;
use super::{Bar, Loaded, Workplace, here, problem};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::curriculum::edit::{Edit, Found};
use crate::curriculum::model::{Curriculum, Language};
use crate::designer::differences::{Differences, differences};
use crate::designer::drafts::forms::Posted;
use crate::designer::drafts::label::mark_word;
use crate::designer::drafts::problems::title;
use crate::designer::drafts::rebase::Choices;
use crate::designer::drafts::service::{self, Refused, subject};
use crate::designer::drafts::{Kind, store as rows};
use crate::store::Error;
use crate::web::{Form, May, Problem, done, page};
use crate::words;

#[derive(Debug, Deserialize)]
pub struct With {
    /// Another draft's id; the base when it is left out or empty.
    #[serde(default)]
    with: String,
}

#[derive(Serialize)]
struct ChangedPage {
    bar: Bar,
    with: String,
    options: Vec<Other>,
    differences: Differences,
}

/// An option of a list.
#[derive(Serialize)]
struct Other {
    value: String,
    label: String,
}

#[derive(Serialize)]
struct LogPage {
    bar: Bar,
    lines: Vec<LogLine>,
}

#[derive(Serialize)]
struct LogLine {
    at: String,
    by: String,
    /// "Ångrade", "Gjorde om"; none for a plain change.
    kind: Option<&'static str>,
    what: Vec<String>,
}

#[derive(Serialize)]
struct StalePage {
    bar: Bar,
    number: Option<String>,
    carried: usize,
    clashes: Vec<ClashView>,
    revision: i64,
}

#[derive(Serialize)]
struct ClashView {
    number: usize,
    what: String,
    mine: String,
    theirs: String,
}

/// `GET /designer/drafts/{draft}/changed`.
pub async fn changed(may: May<Developer>, place: Workplace, query: Query<With>) -> Result<HttpResponse, Problem> {
    let (loaded, language) = (place.load(&may).await?, place.chrome.language);
    let (with, today) = (query.0.with, loaded.today);
    let wanted: Option<i64> = if with.is_empty() { None } else { Some(with.parse().map_err(|_| Problem::NotFound)?) };
    let (others, other) = place
        .work(move |store, desk| {
            store.read(|conn| {
                let drafts = rows::open(conn)?;
                let other = drafts.iter().find(|draft| Some(draft.id) == wanted);
                let other = other.map(|draft| desk.open(conn, draft, today)).transpose()?;
                Ok::<_, Error>((drafts, other))
            })
        })
        .await?;
    if wanted.is_some() && other.is_none() {
        return Err(Problem::NotFound);
    }
    let before = other.as_ref().map_or(&loaded.base.curriculum, |open| &open.sheet.curriculum);
    let now = &loaded.open.sheet.curriculum;
    let own = here(loaded.draft.id);
    let mut options = vec![Other {
        value: String::new(),
        label: words::text(language, "drafts-version", &[("number", loaded.draft.base_number.as_str().into())]),
    }];
    let others = others.into_iter().filter(|draft| draft.id != loaded.draft.id);
    options.extend(others.map(|draft| Other { value: draft.id.to_string(), label: draft.name }));
    let edit = |section: &str, id: &str| Some(format!("{own}/edit/{section}/{id}"));
    let body = ChangedPage {
        bar: loaded.bar(language, "changed"),
        with,
        options,
        differences: differences(language, before, now, &edit),
    };
    Ok(page(&place.chrome.named("drafts-tab-changed").wide(), "designer/changed", &body))
}

/// `GET /designer/drafts/{draft}/log`.
pub async fn history(may: May<Developer>, place: Workplace) -> Result<HttpResponse, Problem> {
    let (loaded, language, id) = (place.load(&may).await?, place.chrome.language, place.draft);
    let log = place.work(move |store, _| store.read(|conn| rows::log(conn, id, 0))).await?;
    let now = &loaded.open.sheet.curriculum;
    let line = |line: rows::Line| LogLine {
        at: words::at(language, line.at, loaded.today),
        by: line.name.unwrap_or_default(),
        kind: match line.kind {
            Kind::Change => None,
            Kind::Undo(_) => words::plain(language, "drafts-kind-undo"),
            Kind::Redo(_) => words::plain(language, "drafts-kind-redo"),
            Kind::Rebase => words::plain(language, "drafts-kind-rebase"),
        },
        what: line.edits.iter().map(|edit| said(language, now, edit)).collect(),
    };
    let body = LogPage { bar: loaded.bar(language, "log"), lines: log.into_iter().rev().map(line).collect() };
    Ok(page(&place.chrome.named("drafts-tab-log").wide(), "designer/log", &body))
}

/// An edit in a few words, as the curriculum calls things today.
fn said(language: Language, now: &Curriculum, edit: &Edit) -> String {
    let name = |section: &str, id: &str| {
        let title = title(now, section, id).map(|title| title.of(language).replace('\u{ad}', ""));
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| id.to_owned())
    };
    let (section, id) = subject(edit);
    match edit {
        Edit::Cell { module, before, after, .. } => {
            let (before, after) = (mark_word(language, before.mark()), mark_word(language, after.mark()));
            format!("{}, {}: {before} → {after}", name("doses", id), name("modules", module))
        }
        Edit::Move { .. } => words::text(language, "drafts-moved-thing", &[("module", name(section, id).into())]),
        _ => format!("{}: {}", section_name(language, section), name(section, id)),
    }
}

/// `GET /designer/drafts/{draft}/stale`.
pub async fn stale(may: May<Developer>, place: Workplace) -> Result<HttpResponse, Problem> {
    let (loaded, language) = (place.load(&may).await?, place.chrome.language);
    let (draft, now) = (loaded.draft.clone(), clock::now());
    let plan = place.work(move |store, desk| store.read(|conn| service::plan(conn, desk, &draft, now)));
    let plan = plan.await.map_err(problem)?;
    let body = StalePage {
        bar: loaded.bar(language, "matrix"),
        number: plan.as_ref().map(|plan| plan.number.clone()),
        carried: plan.as_ref().map_or(0, |plan| plan.carried.len()),
        clashes: plan
            .map(|plan| plan.clashes)
            .unwrap_or_default()
            .iter()
            .map(|c| clash(language, &loaded, c))
            .collect(),
        revision: loaded.open.revision,
    };
    Ok(page(&place.chrome.named("drafts-take-over"), "designer/stale", &body))
}

fn clash(language: Language, loaded: &Loaded, clash: &crate::designer::drafts::rebase::Clash) -> ClashView {
    let now = &loaded.open.sheet.curriculum;
    let (mine, theirs) = match (&clash.edit, &clash.found) {
        (Edit::Cell { after, .. }, Found::Cell(found)) => {
            (mark_word(language, after.mark()).to_owned(), mark_word(language, found.mark()).to_owned())
        }
        (_, Found::Nothing) => (String::new(), words::text(language, "drafts-found-nothing", &[])),
        (_, Found::Something) => (String::new(), words::text(language, "drafts-found-something", &[])),
        (_, Found::Field(text)) => (String::new(), text.clone()),
        _ => (String::new(), String::new()),
    };
    ClashView { number: clash.number, what: said(language, now, &clash.edit), mine, theirs }
}

/// `POST /designer/drafts/{draft}/stale`: `choice.N` is `mine` or `theirs` for each clash.
pub async fn choose(may: May<Developer>, place: Workplace, form: Form<Posted>) -> Result<HttpResponse, Problem> {
    let draft = place.draft;
    let mut choices = Choices::new();
    for (name, values) in form.0 {
        match (name.strip_prefix("choice.").and_then(|number| number.parse().ok()), values.first().map(String::as_str))
        {
            (Some(number), Some("mine")) => drop(choices.insert(number, true)),
            (Some(number), Some("theirs")) => drop(choices.insert(number, false)),
            _ => return Err(Problem::BadRequest),
        }
    }
    let ask = place.ask(&may, i64::MAX);
    let taken = place.work(move |store, desk| service::take_over(store, desk, &ask, &choices)).await;
    match taken {
        Ok(_) => Ok(done(&here(draft), "drafts-taken-over")),
        // A version or a change has come meanwhile: the page shows what is to be chosen now.
        Err(Refused::Missing) => Ok(done(&format!("{}/stale", here(draft)), "drafts-choose-again")),
        Err(refused) => Err(problem(refused)),
    }
}
