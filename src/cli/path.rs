//! `varjedag path`: what is left to learn for somebody with these roles and titles, without a database.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{anyhow, bail};
use chrono::NaiveDate;

use super::{Format, Lang};
use crate::clock;
use crate::curriculum::model::Curriculum;
use crate::curriculum::{judge, load, nearest};
use crate::engine::model::{Achievement, Assignment, Budget, Facts, Holding, Source};
use crate::engine::{Compiled, path};
use crate::learning::explain::Telling;
use crate::learning::{outline, view};

/// What is left to learn, in which order, and why
///
/// Finds the path with the fewest hours from what is done to what the roles, the titles and everybody's dose ask for:
/// each step with its hours, whether it can be done now or what comes first, and the chain of reasons.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The directory that holds the curriculum's .ron files
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// A role that is held (may be given several times)
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
    /// A title that is held (may be given several times)
    #[arg(long = "title", value_name = "TITLE")]
    titles: Vec<String>,
    /// A module that is done (may be given several times)
    #[arg(long = "done", value_name = "MODULE")]
    done: Vec<String>,
    /// The day to answer for, such as 2027-03-01; today when left out
    #[arg(long, value_name = "DATE")]
    today: Option<NaiveDate>,
    /// The day from which roles and titles are held; the day to answer for when left out
    #[arg(long, value_name = "DATE")]
    since: Option<NaiveDate>,
    /// How to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The language of the answer
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
}

const EXAMPLES: &str = "\
Examples:
  varjedag path curricula/varjedag --role forbattringsledare
  varjedag path curricula/varjedag --role forbattringsledare --title controller --done forbattringsmodellen
  varjedag path curricula/varjedag --title chef --lang en --format json

Exit code: 0 when there is an answer, 1 when the curriculum has errors or a name is unknown, 2 when the command is
wrong.";

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let directory = args.directory.display();
    let Some(curriculum) = judge(&load::read_dir(&args.directory)?).curriculum else {
        bail!("the curriculum in {directory} has errors: see them with `varjedag check {directory}`");
    };
    let today = args.today.unwrap_or_else(clock::today);
    let facts = facts(&curriculum, &args, today)?;
    let path = path(&Compiled::new(&curriculum)?, &facts, today, &Budget::default());
    let telling = Telling { curriculum: &curriculum, published: None, language: args.lang.into(), today, about: None };
    let view = view::view(&telling, &path);
    let mut out = std::io::stdout().lock();
    match args.format {
        Format::Text => out.write_all(outline::outline(&view).as_bytes())?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&view)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Somebody who has been employed, with these roles and titles, since the day given.
fn facts(curriculum: &Curriculum, args: &Args, today: NaiveDate) -> anyhow::Result<Facts> {
    let from = args.since.unwrap_or(today);
    let modules: Vec<&str> = curriculum.modules.iter().map(|(id, _)| id.as_str()).collect();
    args.roles.iter().try_for_each(|id| known("role", id, curriculum.roles.keys().map(String::as_str)))?;
    args.titles.iter().try_for_each(|id| known("title", id, curriculum.titles.keys().map(String::as_str)))?;
    args.done.iter().try_for_each(|id| known("module", id, modules.iter().copied()))?;
    let roles = args.roles.iter().cloned().map(Holding::Role);
    let titles = args.titles.iter().cloned().map(Holding::Title);
    let held = [Holding::Everyone].into_iter().chain(titles).chain(roles);
    let done = |module: &String| Achievement { module: module.clone(), day: today, valid_until: None };
    Ok(Facts {
        assignments: held.map(|holding| Assignment { holding, from, to: None, source: Source::Hand }).collect(),
        achievements: args.done.iter().map(done).collect(),
        bookings: Vec::new(),
    })
}

fn known<'a>(kind: &str, id: &str, ids: impl Iterator<Item = &'a str> + Clone) -> anyhow::Result<()> {
    if ids.clone().any(|known| known == id) {
        return Ok(());
    }
    Err(match nearest(id, ids.clone()) {
        Some(near) => anyhow!("there is no {kind} \"{id}\" in this curriculum: did you mean \"{near}\"?"),
        None => anyhow!(
            "there is no {kind} \"{id}\" in this curriculum: choose one of {}",
            ids.collect::<Vec<_>>().join(", ")
        ),
    })
}
