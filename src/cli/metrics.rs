//! `varjedag metrics`: how much each module of a curriculum holds up.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use serde::Serialize;

use super::Format;
use crate::curriculum::{judge, load};
use crate::engine::Compiled;
use crate::engine::metrics::{Figures, Metrics, metrics};

/// How much each module holds up: blocking, delay, centrality and complexity, as Curricular Analytics defines them
///
/// blocking     modules that build on it, directly or by way of others
/// surely       those of them that nobody can reach without it, whichever way is chosen
/// delay        modules in the longest chain through it, itself included
/// centrality   lengths of all chains from beginning to end that it is in the middle of, added up
/// complexity   blocking plus delay
///
/// Where a module builds on one of several, each of them counts; `surely` is what a choice does not avoid.
/// After Heileman, Abdallah, Slim and Hickman (2018), arXiv:1811.09676. The most complex modules come first.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment, after_help = EXAMPLES)]
pub struct Args {
    /// The directory that holds the curriculum's .ron files
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// How to answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  varjedag metrics curricula/varjedag
  varjedag metrics --format json curricula/varjedag

Exit code: 0 when there is an answer, 1 when the curriculum has errors, 2 when the command is wrong.";

/// What `--format json` prints.
#[derive(Serialize)]
struct Answer<'a> {
    modules: Vec<Line<'a>>,
    blocking: u64,
    delay: u64,
    centrality: u64,
    complexity: u64,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    #[serde(flatten)]
    figures: &'a Figures,
    words: String,
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let directory = args.directory.display();
    let Some(curriculum) = judge(&load::read_dir(&args.directory)?).curriculum else {
        bail!("the curriculum in {directory} has errors: see them with `varjedag check {directory}`");
    };
    let compiled = Compiled::new(&curriculum)?;
    let metrics = metrics(&compiled);
    let answer = answer(&compiled, &metrics);
    let mut out = io::stdout().lock();
    match args.format {
        Format::Text => out.write_all(table(&answer).as_bytes())?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&answer)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn answer<'a>(compiled: &'a Compiled, metrics: &'a Metrics) -> Answer<'a> {
    let line = |figures: &'a Figures| Line { id: compiled.id(figures.module), figures, words: words(figures) };
    let mut modules: Vec<Line<'_>> = metrics.modules.iter().map(line).collect();
    modules.sort_by_key(|line| (std::cmp::Reverse(line.figures.complexity), line.id));
    let Metrics { blocking, delay, centrality, complexity, .. } = *metrics;
    Answer { modules, blocking, delay, centrality, complexity }
}

fn words(figures: &Figures) -> String {
    let others = |count: u32| if count == 1 { "1 other".to_owned() } else { format!("{count} others") };
    match (figures.blocking, figures.certain) {
        (0, _) => "holds back nothing".to_owned(),
        (all, certain) if all == certain => format!("holds back {}", others(all)),
        (all, 0) => format!("may hold back {}, each of which has another way", others(all)),
        (all, certain) => format!("holds back {}, and {} more for those who choose it", others(certain), all - certain),
    }
}

fn table(answer: &Answer<'_>) -> String {
    let width = answer.modules.iter().map(|line| line.id.chars().count()).max().unwrap_or(0).max("module".len());
    let row = |id: &str, figures: [String; 5], words: &str| {
        let [complexity, blocking, certain, delay, centrality] = figures;
        format!("{id:width$}  {complexity:>10}  {blocking:>8}  {certain:>6}  {delay:>5}  {centrality:>10}  {words}")
    };
    let head = ["complexity", "blocking", "surely", "delay", "centrality"].map(str::to_owned);
    let mut text = row("module", head, "").trim_end().to_owned() + "\n";
    for Line { id, figures, words } in &answer.modules {
        let cells = [figures.complexity, figures.blocking, figures.certain, figures.delay].map(|cell| cell.to_string());
        let [complexity, blocking, certain, delay] = cells;
        text.push_str(&row(id, [complexity, blocking, certain, delay, figures.centrality.to_string()], words));
        text.push('\n');
    }
    let Answer { blocking, delay, centrality, complexity, .. } = answer;
    let sums = [*complexity, *blocking].map(|sum| sum.to_string());
    let [complexity, blocking] = sums;
    let sums = [complexity, blocking, String::new(), delay.to_string(), centrality.to_string()];
    text + row("in all", sums, "").trim_end() + "\n"
}
