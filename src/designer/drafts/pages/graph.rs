//! The picture of a draft's modules, as the curriculum will have them, with what it changes marked.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::{Workplace, here};
use crate::accounts::policy::Developer;
use crate::designer::graph::{Place, Wish, view};
use crate::designer::pictures::{Edition, Pictures};
use crate::store::Error;
use crate::web::{May, Problem, page};

/// `GET /designer/drafts/{draft}/graph`; what may be asked for: see [`Wish`]. Pieces lead to their forms.
pub async fn graph(may: May<Developer>, place: Workplace, pictures: Data<Pictures>) -> Result<HttpResponse, Problem> {
    let (loaded, language, query) = (place.load(&may).await?, place.chrome.language, place.query.clone());
    let (bar, name) = (loaded.bar(language, "graph"), loaded.draft.name.clone());
    let drawing = place.work(move |_, _| {
        let (open, here) = (&loaded.open, here(loaded.draft.id));
        let curriculum = &open.sheet.curriculum;
        let wish = Wish::of(&query, curriculum);
        let edition = Edition::Draft(open.draft, open.revision);
        let drawn = pictures.of(edition, curriculum, language, wish.choice.clone());
        let (here, modules) = (format!("{here}/graph"), format!("{here}/edit/modules/"));
        let (place, before) = (Place { here: &here, modules: &modules }, Some(&loaded.base.curriculum));
        Ok::<_, Error>(view(curriculum, before, language, place, &wish, &drawn))
    });
    let mut body = drawing.await?;
    body.bar = Some(bar);
    Ok(page(&place.chrome.titled(name).wide(), "designer/curriculum", &body))
}
