//! The first steps, each with whether it is done, the command and a link.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;

use crate::accounts::policy::{Developer, Staff};
use crate::clock;
use crate::config::Mail;
use crate::designer::service::{self, Publication, Unpublishable};
use crate::store::{Error, Store, blocking};
use crate::versions::builtin;
use crate::versions::published::Shelf;
use crate::web::{Chrome, Form, May, Nothing, Problem, done, page};
use crate::{organisation, programme};

#[derive(Serialize)]
struct StartPage {
    ready: bool,
    can_publish: bool,
    steps: [Step; 5],
}

/// One thing to do before the installation is of use.
#[derive(Serialize)]
struct Step {
    /// `is-done`, `is-now` or `is-later`.
    class: &'static str,
    title: &'static str,
    text: &'static str,
    /// What to type on the server.
    command: Option<&'static str>,
    href: Option<&'static str>,
    link: Option<&'static str>,
    /// Offers the button that publishes.
    publish: bool,
}

/// `GET /start`.
pub async fn start(
    may: May<Staff>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    mail: Data<Mail>,
) -> Result<HttpResponse, Problem> {
    let smtp = mail.smtp.is_some();
    let done = blocking(move || {
        let published = shelf.current(&store)?.is_some();
        store.read(|conn| {
            let units = organisation::store::any_unit(conn)?;
            let people = organisation::store::any_in_unit(conn)?;
            let editions = !programme::store::editions(conn)?.is_empty();
            Ok::<_, Error>([published, units, people, editions, smtp])
        })
    });
    let done = done.await?;
    let body = StartPage {
        ready: done[..4].iter().all(|done| *done),
        can_publish: may.who.hats.developer,
        steps: steps(done, may.who.hats.developer),
    };
    Ok(page(&chrome.named("start-title"), "start/start", &body))
}

fn steps(done: [bool; 5], developer: bool) -> [Step; 5] {
    let now = done.iter().position(|done| !done);
    let mut steps = all_steps(done[0], developer);
    for (at, step) in steps.iter_mut().enumerate() {
        step.class = match done[at] {
            true => "is-done",
            false if now == Some(at) => "is-now",
            false => "is-later",
        };
    }
    steps
}

/// Only a developer can create an edition, and only of a published programme.
fn all_steps(published: bool, developer: bool) -> [Step; 5] {
    let step = |title, text| Step { class: "", title, text, command: None, href: None, link: None, publish: false };
    [
        Step {
            command: Some("varjedag publish curricula/varjedag"),
            href: Some("/curriculum"),
            link: Some("start-see-curriculum"),
            publish: !published,
            ..step("start-step-publish", "start-step-publish-how")
        },
        Step {
            command: Some("varjedag import units units.csv --apply"),
            ..step("start-step-units", "start-step-units-how")
        },
        Step {
            command: Some("varjedag import people people.csv --apply"),
            href: Some("/people"),
            link: Some("start-see-people"),
            ..step("start-step-people", "start-step-people-how")
        },
        Step {
            href: Some("/editions/new"),
            link: (developer && published).then_some("start-new-edition"),
            ..step("start-step-edition", "start-step-edition-how")
        },
        Step {
            command: Some("VARJEDAG_SMTP_HOST=smtp.exempel.se varjedag serve"),
            href: Some("/mail"),
            link: Some("start-see-mail"),
            ..step("start-step-mail", "start-step-mail-how")
        },
    ]
}

/// `POST /start/publish`: the curriculum that comes with the program becomes the first version.
pub async fn publish(
    may: May<Developer>,
    store: Data<Store>,
    shelf: Data<Shelf>,
    _form: Form<Nothing>,
) -> Result<HttpResponse, Problem> {
    let published = blocking(move || {
        // Whoever pressed an old page's button must not replace the curriculum that is in use.
        if shelf.current(&store)?.is_none() {
            let sources = builtin::sources();
            let publication = Publication { by: Some(may.who.id), ..Publication::of(&sources) };
            service::publish(&store, &publication, clock::now(), &|_, _| ())?;
            shelf.forget();
        }
        Ok(())
    });
    match published.await {
        Ok(()) => Ok(done("/start", "start-published")),
        Err(Unpublishable::Store(error)) => Err(error.into()),
        Err(unsound) => Err(Problem::internal(unsound)),
    }
}
