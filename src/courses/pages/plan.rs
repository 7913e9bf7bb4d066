//! Opening course days, changing them and calling them off: for whoever runs them.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment, Query};
use serde::{Deserialize, Serialize};

use super::form::PlanForm;
use super::known::Known;
use super::preview;
use super::row::{self, Row};
use crate::accounts::policy::Developer;
use crate::clock;
use crate::courses::plan::{self, Plan, Refusal};
use crate::courses::propose::{FreeDays, series};
use crate::curriculum::model::Language;
use crate::occasions::store::{self as rows, Given, Trainer};
use crate::occasions::{deciding, service as occasions};
use crate::store::{Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Choice, Chrome, Errors, Form, May, Problem, done, invalid, page};
use crate::words;

#[derive(Serialize)]
struct PlanPage {
    /// The occasion that is changed; none for a new one.
    id: Option<i64>,
    /// It is a meeting of an edition's programme, and so for that edition.
    meeting: bool,
    form: PlanForm,
    rows: Vec<Row>,
    modules: Vec<Choice>,
    languages: Vec<Choice>,
    audiences: Vec<Choice>,
    trainers: Vec<Choice>,
    /// The values of the lists of trainers.
    chosen: Vec<TrainerRow>,
    places: Vec<String>,
    errors: Errors,
}

#[derive(Serialize)]
struct TrainerRow {
    id: String,
    number: usize,
    value: String,
    error: Option<&'static str>,
}

/// The occasion that is changed: its id, and whether it is a meeting of a programme.
type Changed = Option<(i64, bool)>;

fn plan_page(
    published: &Published,
    known: &Known,
    changed: Changed,
    form: PlanForm,
    errors: Errors,
    language: Language,
) -> PlanPage {
    let choice = |value: String, label: String| Choice { value, label };
    let named = |key: &str| words::text(language, key, &[]);
    let modules = published.curriculum.modules.iter().map(|(id, module)| {
        let code = published.module_by_id(id).map_or("", |(module, _)| published.code(module));
        choice(id.clone(), format!("{code} {}", module.title.of(language)))
    });
    let editions = known.editions.iter().map(|(id, name)| {
        let label = words::text(language, "courses-for-edition", &[("name", name.as_str().into())]);
        choice(format!("edition:{id}"), label)
    });
    let roles = published.curriculum.roles.keys().map(|id| {
        let name = published.role_title(id, language);
        let label = words::text(language, "courses-for-role", &[("name", name.into())]);
        choice(format!("role:{id}"), label)
    });
    let everybody = choice(String::new(), named("courses-for-everybody"));
    let unit = choice("unit".into(), named("courses-for-unit"));
    let row = |(index, value): (usize, String)| TrainerRow {
        id: row::id("trainer", index),
        number: index + 1,
        value,
        error: errors.of("trainer").filter(|_| index == 0),
    };
    PlanPage {
        id: changed.map(|(id, _)| id),
        meeting: changed.is_some_and(|(_, meeting)| meeting),
        rows: form.rows(&errors),
        modules: modules.collect(),
        languages: vec![
            choice("sv".into(), named("courses-in-swedish")),
            choice("en".into(), named("courses-in-english")),
        ],
        audiences: [everybody].into_iter().chain(editions).chain(roles).chain([unit]).collect(),
        trainers: known.trainers.iter().map(|(id, name)| choice(id.to_string(), name.clone())).collect(),
        chosen: form.trainer_rows().into_iter().enumerate().map(row).collect(),
        places: known.places.clone(),
        form,
        errors,
    }
}

/// What a page that leads here knows already.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    module: String,
    day: String,
}

/// What the form offers; `trained` are those who train at the occasion already.
pub(super) async fn known(store: &Data<Store>, trained: Vec<Trainer>) -> Result<Known, Problem> {
    let store = store.clone();
    Ok(blocking(move || store.read(|conn| Known::read(conn, &trained))).await?)
}

/// `GET /occasions/new`; with a module and a day when it comes from a page that knows them.
pub async fn new(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    query: Query<Wanted>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let known = known(&store, Vec::new()).await?;
    let Wanted { module, day } = query.into_inner();
    let form = PlanForm::wanted(module, day);
    let body = plan_page(&published, &known, None, form, Errors::default(), chrome.language);
    Ok(page(&chrome.named("courses-new"), "courses/plan", &body))
}

/// `POST /occasions`.
pub async fn open(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    form: Form<PlanForm>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let (mut form, known) = (form.0, known(&store, Vec::new()).await?);
    if form.asks_for_more() {
        let body = plan_page(&published, &known, None, form, Errors::default(), chrome.language);
        return Ok(page(&chrome.named("courses-new"), "courses/plan", &body));
    }
    let errors = match form.check(&known) {
        Err(errors) => errors,
        Ok((plan, wanted, parts)) => {
            let months = &published.curriculum.about.holiday_months;
            let proposals = series(&plan, wanted, FreeDays { months, own: &known.days_off });
            let sound = plan::sound(&plan, &published, clock::now());
            if sound.is_ok() && form.is_shown_first(wanted) {
                return preview::of_series(&chrome, &store, published, &form, proposals, Errors::default()).await;
            }
            let plans: Vec<Plan> = match form.chosen() {
                None => vec![plan],
                Some(chosen) => chosen.iter().filter_map(|at| Some(proposals.get(*at)?.plan.clone())).collect(),
            };
            if plans.is_empty() {
                let mut errors = Errors::default();
                errors.add("chosen", "courses-choose-days");
                return preview::of_series(&chrome, &store, published, &form, proposals, errors).await;
            }
            let (shared, by) = (published.clone(), Some(may.who.id));
            let opening = store.clone();
            match blocking(move || plan::open(&opening, &shared, &plans, by, clock::now())).await {
                Ok(opened) => return opened_page(&store, &opened).await,
                Err(refusal) => slips(refusal, &parts)?,
            }
        }
    };
    let body = plan_page(&published, &known, None, form, errors, chrome.language);
    Ok(invalid(&chrome.named("courses-new"), "courses/plan", &body))
}

/// Where one comes when occasions have been opened: to the only one, which tells if it clashes, or to the list.
async fn opened_page(store: &Data<Store>, opened: &[i64]) -> Result<HttpResponse, Problem> {
    match opened {
        [only] => {
            let said = if has_clashes(store, *only).await? { "courses-opened-clash" } else { "courses-opened" };
            Ok(done(&format!("/occasions/{only}"), said))
        }
        _ => Ok(done("/occasions?show=all", "courses-opened-many")),
    }
}

async fn has_clashes(store: &Data<Store>, occasion: i64) -> Result<bool, Problem> {
    let store = store.clone();
    let clashes = blocking(move || {
        store.read(|conn| {
            let Some(given) = rows::one_given(conn, occasion)? else { return Ok(false) };
            let trainers = rows::trainers(conn, occasion)?;
            Ok::<_, Error>(!plan::clashes_of(conn, &Plan::of(&given, &trainers), Some(occasion))?.is_empty())
        })
    });
    Ok(clashes.await?)
}

/// What can be corrected in the form; all else is a problem. `rows` are the form's rows of the plan's parts.
fn slips(refusal: Refusal, rows: &[usize]) -> Result<Errors, Problem> {
    let mut errors = Errors::default();
    let id = |field: &str, part: usize| row::id(field, rows.get(part).copied().unwrap_or_default());
    match refusal {
        Refusal::NoSuchModule(_) => errors.add("module", "courses-module-missing"),
        Refusal::PartCount => errors.add("day", "courses-day-missing"),
        Refusal::EndsBeforeItBegins(part) => errors.add(id("ends", part), "courses-ends-before"),
        Refusal::Past(part) => errors.add(id("day", part), "courses-day-past"),
        Refusal::NoPlace(part) => errors.add(id("place", part), "courses-place-missing"),
        Refusal::Overlap => errors.add("day", "courses-parts-overlap"),
        Refusal::PartBegun => errors.add("day", "courses-part-begun"),
        Refusal::NoSuchTrainer => errors.add("trainer", "courses-trainer-unknown"),
        Refusal::NoSuchAudience => errors.add("kept", "courses-kept-unknown"),
        Refusal::TooMany => errors.add("times", "courses-not-a-number"),
        Refusal::Occasion(refusal) => return Err(refusal.into()),
        Refusal::Store(error) => return Err(error.into()),
    }
    Ok(errors)
}

/// The occasion that is to be changed, with those who train at it.
async fn found(store: &Data<Store>, id: i64) -> Result<(Given, Vec<Trainer>), Problem> {
    let store = store.clone();
    let read = move || store.read(|conn| Ok::<_, Error>((rows::one_given(conn, id)?, rows::trainers(conn, id)?)));
    let (given, trainers) = blocking(read).await?;
    Ok((given.ok_or(Problem::NotFound)?, trainers))
}

/// `GET /occasions/{occasion}/edit`.
pub async fn edit(
    _may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Segment<i64>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let (given, trainers) = found(&store, *occasion).await?;
    let known = known(&store, trainers.clone()).await?;
    let form = PlanForm::of(&Plan::of(&given, &trainers), &known);
    let changed = Some((*occasion, given.occasion.meeting.is_some()));
    let body = plan_page(&published, &known, changed, form, Errors::default(), chrome.language);
    Ok(page(&chrome.named("courses-edit"), "courses/plan", &body))
}

/// `POST /occasions/{occasion}/edit`.
pub async fn change(
    may: May<Developer>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Segment<i64>,
    form: Form<PlanForm>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let (id, mut form) = (*occasion, form.0);
    let (given, trainers) = found(&store, id).await?;
    let known = known(&store, trainers).await?;
    let changed = Some((id, given.occasion.meeting.is_some()));
    if form.asks_for_more() {
        let body = plan_page(&published, &known, changed, form, Errors::default(), chrome.language);
        return Ok(page(&chrome.named("courses-edit"), "courses/plan", &body));
    }
    let errors = match form.check(&known) {
        Err(errors) => errors,
        Ok((plan, _, rows)) => {
            let (store, shared, by) = (store.clone(), published.clone(), Some(may.who.id));
            match blocking(move || plan::change(&store, &shared, id, &plan, by, clock::now())).await {
                Ok(()) => return Ok(done(&format!("/occasions/{id}"), "courses-changed")),
                Err(refusal) => slips(refusal, &rows)?,
            }
        }
    };
    let body = plan_page(&published, &known, changed, form, errors, chrome.language);
    Ok(invalid(&chrome.named("courses-edit"), "courses/plan", &body))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallOffForm {
    #[serde(default)]
    reason: String,
}

/// `POST /occasions/{occasion}/call-off`.
pub async fn call_off(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    occasion: Segment<i64>,
    form: Form<CallOffForm>,
) -> Result<HttpResponse, Problem> {
    let published = crate::programme::pages::published(&store, &shelf).await?;
    let (id, by) = (*occasion, Some(may.who.id));
    let ended = blocking(move || plan::call_off(&store, &published, id, form.0.reason.trim(), by, clock::now()));
    match ended.await {
        Ok(()) => Ok(done(&format!("/occasions/{id}"), "courses-is-called-off")),
        Err(Refusal::Occasion(occasions::Refusal::Life(_))) => Err(Problem::Conflict("web-conflict")),
        Err(Refusal::Occasion(refusal)) => Err(refusal.into()),
        Err(Refusal::Store(error)) => Err(Error::into(error)),
        Err(_) => Err(Problem::BadRequest),
    }
}

/// `POST /occasions/{occasion}/give-anyway`: too few have booked it, and it is given all the same.
pub async fn give_anyway(
    may: May<Developer>,
    store: Data<Store>,
    occasion: Segment<i64>,
) -> Result<HttpResponse, Problem> {
    let (id, by) = (*occasion, Some(may.who.id));
    blocking(move || deciding::give_anyway(&store, id, by, clock::now())).await?;
    Ok(done(&format!("/occasions/{id}"), "courses-is-given-anyway"))
}
