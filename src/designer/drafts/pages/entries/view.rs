//! The page of one entry: its form, what is wrong with it, where it is named.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use serde_json::Value;

use super::order::{OrderForm, order_form};
use super::{section_name, tab, uses};
use crate::curriculum::Kind;
use crate::curriculum::edit::Found;
use crate::curriculum::model::{Curriculum, Language};
use crate::designer::drafts::entries as values;
use crate::designer::drafts::forms::{Field, Maker, Posted, Wrongs, kind_of, label, place_errors};
use crate::designer::drafts::pages::{Bar, Loaded, here};
use crate::designer::drafts::problems::title;
use crate::designer::drafts::service::Conflict;
use crate::web::{Chrome, page_as};
use crate::words;

#[derive(Serialize)]
pub struct EntryPage {
    bar: Bar,
    section: &'static str,
    list: String,
    pub title: String,
    action: String,
    revision: i64,
    /// Only for a new entry.
    id: Option<Field>,
    fields: Vec<Field>,
    /// Errors, each with the field that it is about.
    summary: Vec<(String, String)>,
    /// Problems of the entry as it is saved that no field shows.
    general: Vec<String>,
    conflict: Option<String>,
    remove: Option<String>,
    copy: Option<String>,
    /// Where it is named, with the address of that.
    uses: Vec<(String, String)>,
    /// Where else a module could stand.
    order: Option<OrderForm>,
    /// A dose's modules are changed in the matrix.
    matrix: Option<String>,
}

/// An entry that is shown.
pub struct Shown<'a> {
    pub language: Language,
    pub loaded: &'a Loaded,
    pub section: &'a str,
    /// Empty for a new one.
    pub id: &'a str,
}

impl Shown<'_> {
    /// The form with `errors` at its fields.
    pub fn page(&self, value: &Value, errors: Vec<(String, String)>) -> EntryPage {
        let (language, sheet) = (self.language, &self.loaded.open.sheet);
        let maker = Maker { language, curriculum: &sheet.curriculum };
        let mut fields = maker.fields(self.section, value);
        let general = place_errors(&mut fields, errors);
        let here = here(self.loaded.draft.id);
        let address = |verb: &str| format!("{here}/{verb}/{}/{}", self.section, self.id);
        let kind = kind_of(self.section);
        let title =
            title(&sheet.curriculum, self.section, self.id).map(|title| title.of(language).replace('\u{ad}', ""));
        EntryPage {
            bar: self.loaded.bar(language, tab(self.section)),
            section: section_name(language, self.section),
            list: if kind.is_some() { format!("{here}/edit/{}", self.section) } else { format!("{here}/edit/areas") },
            title: title.unwrap_or_else(|| self.id.to_owned()),
            action: address("edit"),
            revision: self.loaded.open.revision,
            id: None,
            summary: summary(&fields),
            fields,
            general,
            conflict: None,
            remove: kind.map(|_| address("remove")),
            copy: kind.map(|_| format!("{here}/new/{}?from={}", self.section, self.id)),
            uses: kind.map(|kind| uses(language, sheet, kind, self.id, &here)).unwrap_or_default(),
            order: kind
                .filter(|kind| *kind == Kind::Module)
                .and_then(|_| order_form(language, &sheet.curriculum, self.loaded.draft.id, self.id)),
            matrix: (kind == Some(Kind::Dose)).then(|| here.clone()),
        }
    }

    /// The same for a new entry.
    pub fn new_page(&self, value: &Value, id: &str, errors: Vec<(String, String)>) -> EntryPage {
        let mut page = self.page(value, Vec::new());
        let label = label(self.language, "id").unwrap_or_default().to_owned();
        let hint = words::plain(self.language, "drafts-hint-id").map(str::to_owned);
        let id = Field { name: "id".into(), label, hint, control: "text", value: id.to_owned(), ..Field::default() };
        let mut all = vec![id];
        all.append(&mut page.fields);
        page.general = place_errors(&mut all, errors);
        page.summary = summary(&all);
        page.id = Some(all.remove(0));
        page.fields = all;
        page.title = words::text(self.language, "drafts-new-entry", &[("section", page.section.to_lowercase().into())]);
        page.action = format!("{}/new/{}", here(self.loaded.draft.id), self.section);
        (page.remove, page.copy, page.matrix, page.order) = (None, None, None, None);
        page.uses = Vec::new();
        page
    }

    /// The form with what was typed and what is wrong with it.
    pub fn again(
        &self,
        chrome: Chrome,
        mine: &Value,
        new: Option<&str>,
        wrongs: Wrongs,
        posted: &Posted,
    ) -> HttpResponse {
        let errors: Vec<(String, String)> = wrongs.into_iter().collect();
        let mut body = match new {
            Some(id) => self.new_page(mine, id, errors),
            None => self.page(mine, errors),
        };
        retype(&mut body.fields, posted);
        let title = words::text(self.language, "web-error-in-title", &[("title", body.title.as_str().into())]);
        page_as(StatusCode::UNPROCESSABLE_ENTITY, &chrome.titled(title).wide(), "designer/entry", &body)
    }

    /// The form with what was typed over what somebody else has saved, and what they wrote where both did.
    pub fn conflict(&self, chrome: Chrome, seen: &Curriculum, mine: &Value, conflict: &Conflict) -> HttpResponse {
        let now = values::value(&self.loaded.open.sheet.curriculum, self.section, self.id).unwrap_or_default();
        let seen = values::value(seen, self.section, self.id).unwrap_or_default();
        let mut body = self.page(&values::merged(&seen, mine, &now), Vec::new());
        let field = conflict.place.splitn(3, '.').nth(if self.section == "about" { 1 } else { 2 }).unwrap_or_default();
        if let Some(field) = body.fields.iter_mut().find(|other| other.name == field) {
            field.theirs = Some(match &conflict.found {
                Found::Field(text) => text.clone(),
                _ => String::new(),
            });
        }
        let by = conflict.by.clone().unwrap_or_default();
        let at = conflict.at.map(|at| words::at(self.language, at, self.loaded.today)).unwrap_or_default();
        let field = label(self.language, field).unwrap_or(field).to_lowercase();
        let args = [("by", by.into()), ("at", at.into()), ("field", field.into())];
        body.conflict = Some(words::text(self.language, "drafts-entry-conflict", &args));
        page_as(StatusCode::CONFLICT, &chrome.titled(&body.title).wide(), "designer/entry", &body)
    }
}

/// What could not be read as a value is shown as it was typed.
fn retype(fields: &mut [Field], posted: &Posted) {
    for field in fields {
        if !field.errors.is_empty()
            && let Some(typed) = posted.get(&field.name).and_then(|values| values.first())
        {
            field.value = typed.clone();
        }
        retype(&mut field.parts, posted);
    }
}

fn summary(fields: &[Field]) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for field in fields {
        lines.extend(
            field.errors.iter().map(|error| (format!("#f-{}", field.name), format!("{}: {error}", field.label))),
        );
        lines.extend(summary(&field.parts));
    }
    lines
}
