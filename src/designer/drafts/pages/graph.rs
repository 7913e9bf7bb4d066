//! The picture of a draft's modules, as the curriculum will have them.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::{here, load};
use crate::accounts::policy::Developer;
use crate::designer::drafts::desk::Desk;
use crate::designer::graph::{Place, Wish, view};
use crate::designer::pictures::{Edition, Pictures};
use crate::store::{Error, Store, blocking};
use crate::web::{Chrome, May, Problem, page};

/// `GET /designer/drafts/{draft}/graph`; what may be asked for: see [`Wish`]. Pieces lead to their forms.
pub async fn graph(
    may: May<Developer>,
    req: HttpRequest,
    chrome: Chrome,
    store: Data<Store>,
    desk: Data<Desk>,
    pictures: Data<Pictures>,
    draft: Path<i64>,
) -> Result<HttpResponse, Problem> {
    let loaded = load(&store, &desk, draft.into_inner(), may.who.id).await?;
    let (bar, name) = (loaded.bar(chrome.language, "graph"), loaded.draft.name.clone());
    let (query, language) = (req.query_string().to_owned(), chrome.language);
    let drawing = blocking(move || {
        let (open, here) = (&loaded.open, here(loaded.draft.id));
        let curriculum = &open.sheet.curriculum;
        let wish = Wish::of(&query, curriculum);
        let edition = Edition::Draft(open.draft, open.revision);
        let drawn = pictures.of(edition, curriculum, language, wish.choice.clone());
        let (here, modules) = (format!("{here}/graph"), format!("{here}/edit/modules/"));
        Ok::<_, Error>(view(curriculum, language, Place { here: &here, modules: &modules }, &wish, &drawn))
    });
    let mut body = drawing.await?;
    body.bar = Some(bar);
    Ok(page(&chrome.titled(name).wide(), "designer/curriculum", &body))
}
