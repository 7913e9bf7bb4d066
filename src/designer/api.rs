//! The interface for programs: the published curriculum.

use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::policy::SignedIn;
use crate::curriculum::model::{Needs, Text};
use crate::store::Store;
use crate::versions::api::published;
use crate::versions::published::{Published, Shelf};
use crate::web::May;
use crate::web::api::{Answer, answer};

/// The published curriculum: what ids mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct CurriculumView {
    /// The version, such as 2026.1.
    pub number: String,
    pub name: TextView,
    /// In the curriculum's order.
    pub modules: Vec<CurriculumModule>,
    pub roles: Vec<NamedText>,
    pub titles: Vec<NamedText>,
    pub programmes: Vec<NamedText>,
}

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct TextView {
    pub sv: String,
    pub en: String,
}

/// Something with an id and a title in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedText {
    pub id: String,
    pub title: TextView,
}

/// One stackable piece.
#[derive(Debug, Serialize, ToSchema)]
pub struct CurriculumModule {
    pub id: String,
    /// M1, V3, …
    pub code: String,
    pub title: TextView,
    pub purpose: TextView,
    /// An area's id.
    pub area: String,
    /// 1 know of, 2 understand, 3 apply, 4 lead, 5 coach others; none for deepening.
    pub level: Option<u8>,
    pub hours: f64,
    /// `Attendance`, `Test`, `Assignment` or `Observation`: what it asks for beside being there.
    pub assessment: String,
    /// The share of a test's points that passes it, in percent; none when it asks for no test.
    pub pass_percent: Option<u32>,
    /// How much of an occasion's parts must be attended, in percent, rounded up to whole parts.
    pub attendance_percent: u32,
    /// Months until it must be renewed; none = for good.
    pub valid_months: Option<u32>,
    /// Which achievement counts when somebody has taken it again, `latest` or `best`.
    pub counts: &'static str,
    /// Ids of all modules named in what it builds on, whether all of them are needed or some.
    pub builds_on: Vec<String>,
    /// Ids of modules of which one counts as having this.
    pub equivalent: Vec<String>,
    /// No dose needs to reach it: people choose it.
    pub elective: bool,
}

impl From<&Text> for TextView {
    fn from(text: &Text) -> Self {
        TextView { sv: text.sv.clone(), en: text.en.clone() }
    }
}

fn view(published: &Published) -> CurriculumView {
    let curriculum = &published.curriculum;
    let named = |(id, title): (&String, &Text)| NamedText { id: id.clone(), title: title.into() };
    CurriculumView {
        number: published.number.clone(),
        name: (&curriculum.about.name).into(),
        modules: published.compiled.modules().map(|module| module_view(published, module)).collect(),
        roles: curriculum.roles.iter().map(|(id, role)| named((id, &role.title))).collect(),
        titles: curriculum.titles.iter().map(|(id, title)| named((id, &title.title))).collect(),
        programmes: curriculum.programmes.iter().map(|(id, programme)| named((id, &programme.title))).collect(),
    }
}

fn module_view(published: &Published, index: crate::engine::model::ModuleIx) -> CurriculumModule {
    let module = published.module(index);
    let mut builds_on = Vec::new();
    name_all(&module.builds_on, &mut builds_on);
    CurriculumModule {
        id: published.id_of(index).to_owned(),
        code: published.code(index).to_owned(),
        title: (&module.title).into(),
        purpose: (&module.purpose).into(),
        area: module.area.clone(),
        level: module.level.number(),
        hours: module.hours,
        assessment: format!("{:?}", module.assessment),
        pass_percent: module.pass_mark(),
        attendance_percent: module.attendance_percent.unwrap_or(100),
        valid_months: module.valid_months,
        counts: module.counts.code(),
        builds_on,
        equivalent: module.equivalent.clone(),
        elective: module.elective,
    }
}

fn name_all(needs: &Needs, named: &mut Vec<String>) {
    match needs {
        Needs::Module(id) if named.contains(id) => {}
        Needs::Module(id) => named.push(id.clone()),
        Needs::All(parts) | Needs::Any(parts) | Needs::AtLeast(_, parts) => {
            parts.iter().for_each(|part| name_all(part, named));
        }
    }
}

/// The published curriculum
///
/// The version's number and what the ids of modules, roles, titles and programmes mean, in Swedish and English.
#[utoipa::path(get, path = "/api/v1/curriculum", tag = "curriculum",
    responses((status = 200, body = CurriculumView), (status = 409, description = "No curriculum is published yet")))]
pub async fn curriculum(_may: May<SignedIn>, store: Data<Store>, shelf: Data<Shelf>) -> Answer<CurriculumView> {
    answer(view(&*published(&store, &shelf).await?))
}
