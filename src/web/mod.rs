//! The page kit: everything a room needs to answer a browser. Knows no room, no database and no policy.
//!
//! A page is a template of what stands inside `<main>`, a struct with what the template shows, and a handler.
//! `learning/templates/module.hbs`, listed in [`templates`] as `learning: ["module"]`:
//!
//! ```handlebars
//! <h1>{{title}}</h1>
//! <p>{{t "learning-seats" count=seats}} {{icon "booked"}}</p>
//! <form method="post" action="/modules/{{id}}/book">{{csrf}}
//! {{part "web/errors" errors=errors}}
//! {{part "web/field" name="reason" label=(t "learning-reason") value=reason error=errors.reason}}
//! <button class="btn btn--primary">{{t "learning-book"}}</button></form>
//! ```
//! ```ignore
//! #[derive(Serialize)]
//! struct ModulePage { id: i64, title: String, seats: u32, reason: String, errors: Errors }
//! async fn show(chrome: Chrome, …) -> Result<HttpResponse, Problem> {
//!     let body = ModulePage { … };
//!     Ok(page(&chrome.titled(&body.title), "learning/module", &body))
//! }
//! async fn book(req: HttpRequest, chrome: Chrome, form: Form<Booking>) -> Result<HttpResponse, Problem> {
//!     let booking = match form.0.check() { Err(errors) => return Ok(invalid(&chrome, "learning/module", &…)), Ok(b) => b };
//!     Ok(done(&format!("/modules/{id}"), "learning-booked"))
//! }
//! ```
//!
//! Helpers in templates: `{{t "key" name=value}}` (a message), `{{icon "name"}}`, `{{csrf}}` (in every form that
//! is posted), `{{asset "app.css"}}`, `{{svg picture}}` (an [`Svg`]), `{{part "room/name" a=b}}` (another template
//! that sees only what it is given). Parts of the kit: `web/field`, `web/area`, `web/select`, `web/check`,
//! `web/errors`, `web/pages` (each takes what its file in `templates/` names; a missing value is none).
//! Classes: `narrow`, `prose`, `band`, `stack`, `head`, `crumbs`, `tabs`, `seg`, `filter`, `form`, `row`, `actions`, `btn`
//! (`--primary`, `--bad`, `--quiet`, `--small`), `table` (`--cards`), `rows`, `tag`, `state` (`--bad`, `--warn`, `--good`),
//! `facts`, `steps` (`is-done`, `is-now`, `is-later`), `empty`, `note`, `alert`, `box`, `card`, `mail`, `picture`: see
//! `static/*.css` and the mocks. A table that may be wide stands in
//! `<div class="scroll" tabindex="0" role="region" aria-labelledby="…">`. No `{{{`, no `style=`, no inline script: tests hold that.

pub use crate::config::Site;
pub use chrome::{Chrome, Flash, NavItem, language_cookie};
pub use error::Problem;
pub use forms::{Errors, Form, Json, OpenForm, day};
pub use helpers::{Cells, Svg};
pub use links::{redirect, safe_next};
pub use parts::{Choice, Nothing, Pages};
pub use render::{done, fragment, invalid, page, page_as};
pub use session::May;
pub use upload::{SentFile, Upload};

pub mod api;
pub mod assets;
mod chrome;
pub mod error;
pub mod forms;
pub mod guard;
pub mod headers;
mod helpers;
mod links;
pub mod pages;
mod parts;
mod render;
pub mod session;
pub mod squeeze;
pub mod templates;
#[cfg(test)]
mod tests;
pub mod upload;
mod urlencoded;
