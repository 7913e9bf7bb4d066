//! `varjedag graph`: the picture of the modules and what they build on.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::ValueEnum;

use super::Lang;
use crate::curriculum::model::Curriculum;
use crate::curriculum::picture::{self, Asked, Graph, Mode, Selection};
use crate::curriculum::{judge, load};

/// A picture of the modules and what they build on
///
/// Modules lie in bands by area; what one can begin with stands to the left. With roles, titles, groups of titles or
/// doses: only what they ask for, and everything that builds up to it. With areas: of that, only what lies in them.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The directory that holds the curriculum's .ron files
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// How to draw
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Only what this role asks for (may be given several times)
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
    /// Only what this title asks for (may be given several times)
    #[arg(long = "title", value_name = "TITLE")]
    titles: Vec<String>,
    /// Only what this group of titles asks for (may be given several times)
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<String>,
    /// Only what this dose asks for, without what everybody has (may be given several times)
    #[arg(long = "dose", value_name = "DOSE")]
    doses: Vec<String>,
    /// Only what lies in this area (may be given several times)
    #[arg(long = "area", value_name = "AREA")]
    areas: Vec<String>,
    /// The language of the texts
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Write to this file instead of stdout
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  varjedag graph curricula/varjedag --out modules.svg             the whole picture
  varjedag graph curricula/varjedag --role forbattringsledare     what a role asks for
  varjedag graph curricula/varjedag --dose chef --area metoder    one area of a dose
  varjedag graph curricula/varjedag --format mermaid --lang en    for a Markdown document
  varjedag graph curricula/varjedag --format dot | dot -Tpdf      for Graphviz";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Form {
    /// A picture that stands alone, for light and dark
    #[default]
    Svg,
    /// For Graphviz
    Dot,
    /// For Markdown documents
    Mermaid,
    /// For programs
    Json,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let directory = args.directory.display();
    let Some(curriculum) = judge(&load::read_dir(&args.directory)?).curriculum else {
        bail!("the curriculum in {directory} has errors: see them with `varjedag check {directory}`");
    };
    let drawn = draw(&curriculum, &args)?;
    match &args.out {
        Some(file) => std::fs::write(file, drawn).with_context(|| format!("could not write {}", file.display()))?,
        None => std::io::stdout().lock().write_all(drawn.as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

fn draw(curriculum: &Curriculum, args: &Args) -> anyhow::Result<String> {
    let language = args.lang.into();
    let Args { roles, titles, groups, doses, areas, .. } = args;
    if let Some(unknown) = areas.iter().find(|area| !curriculum.areas.contains_key(*area)) {
        let known: Vec<&str> = curriculum.areas.keys().map(String::as_str).collect();
        bail!("there is no area {unknown:?}; choose among: {}", known.join(", "));
    }
    let [roles, titles, groups, doses] = [roles, titles, groups, doses].map(Clone::clone);
    let selection = Selection::of(curriculum, &Asked { roles, titles, groups, doses })?.within(curriculum, areas);
    let graph = Graph::of(curriculum, &selection, language);
    Ok(match args.format {
        Form::Svg => picture::svg(&graph, Mode::Standalone),
        Form::Dot => picture::dot(&graph),
        Form::Mermaid => picture::mermaid(&graph),
        Form::Json => format!("{}\n", serde_json::to_string_pretty(&picture::json(&graph))?),
    })
}
