//! The days of a series before they are opened: which are proposed, which fall away and why, and what they clash with.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;

use super::form::PlanForm;
use super::telling;
use crate::clock;
use crate::courses::plan::{Plan, clashes_of_all};
use crate::courses::propose::Proposal;
use crate::courses::proposed::ProposalLine;
use crate::courses::view::Telling;
use crate::occasions::clashes::Clash;
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::Published;
use crate::web::{Chrome, Errors, Problem, invalid, page};

#[derive(Serialize)]
struct Preview {
    code: String,
    title: String,
    lines: Vec<ProposalLine>,
    /// How many are proposed.
    proposed: usize,
    /// Everything that was typed.
    fields: Vec<(&'static str, String)>,
    errors: Errors,
}

/// The page; with errors it has been shown before.
pub(super) async fn of_series(
    chrome: &Chrome,
    store: &Data<Store>,
    published: Arc<Published>,
    form: &PlanForm,
    proposals: Vec<Proposal>,
    errors: Errors,
) -> Result<HttpResponse, Problem> {
    let (store, language, now, fields) = (store.clone(), chrome.language, clock::now(), form.fields());
    let again = !errors.is_empty();
    let body = blocking(move || {
        store.read(|conn| {
            let telling = telling(&published, language, now);
            let module = proposals.first().map(|first| telling.module(&first.plan.module));
            let lines = lines(conn, &telling, &proposals, |proposal| proposal.free.is_empty())?;
            Ok::<_, Error>(Preview {
                code: module.as_ref().map(|module| module.code.clone()).unwrap_or_default(),
                title: module.map(|module| module.title).unwrap_or_default(),
                proposed: lines.iter().filter(|line| line.checked).count(),
                lines,
                fields: fields.clone(),
                errors: errors.clone(),
            })
        })
    });
    let body = body.await?;
    let chrome = chrome.clone().named("courses-preview");
    Ok(if again { invalid(&chrome, "courses/preview", &body) } else { page(&chrome, "courses/preview", &body) })
}

/// One line for each proposal. Those that are `proposed` are ticked, and clash with each other too.
pub(super) fn lines(
    conn: &mut Conn,
    telling: &Telling,
    proposals: &[Proposal],
    proposed: fn(&Proposal) -> bool,
) -> Result<Vec<ProposalLine>, Error> {
    let plans: Vec<&Plan> = proposals.iter().map(|proposal| &proposal.plan).collect();
    let ticked: Vec<&Plan> = proposals.iter().filter(|p| proposed(p)).map(|proposal| &proposal.plan).collect();
    let mut place = 0;
    let line = |(index, (proposal, clashes)): (usize, (&Proposal, Vec<Clash>))| {
        let checked = proposed(proposal);
        let clashes = match checked {
            true => telling.clash_lines_among(&clashes, &ticked, place),
            false => telling.clash_lines(&clashes),
        };
        place += usize::from(checked);
        ProposalLine {
            index: index.to_string(),
            when: telling.plan_lines(&proposal.plan),
            of: String::new(),
            free: telling.free_lines(proposal),
            without: None,
            clashes,
            checked,
        }
    };
    let clashes = clashes_of_all(conn, &plans, None)?;
    Ok(proposals.iter().zip(clashes).enumerate().map(line).collect())
}
