//! The command line: which commands there are and how a failure is told. One file for each command.
//!
//! A command is `pub struct Args` (its options and help) and `pub fn run(Args) -> anyhow::Result<ExitCode>`:
//! answers go to stdout, everything else to stderr.

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::curriculum::model::Language;

mod backup;
mod check;
mod database;
mod demo;
mod diff;
mod export;
mod graph;
mod impact;
mod import;
mod login_link;
mod metrics;
mod migrate;
mod new;
mod path;
mod progress;
mod publish;
mod restore;
mod serve;
mod token;

/// Curricula, doses and competence for improvement work in healthcare.
#[derive(Debug, Parser)]
#[command(name = "varjedag", version, after_help = EXAMPLES, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  varjedag check curricula/varjedag     is this curriculum sound?
  varjedag diff OLD NEW                 what changed between two curricula?
  varjedag graph curricula/varjedag     a picture of the modules
  varjedag path curricula/varjedag      what is left to learn, in which order, and why
  varjedag publish curricula/varjedag   make it the current version
  varjedag import people people.csv     what would this file from the HR system change?

`varjedag COMMAND --help` explains a command and shows how it is used.";

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    New(new::Args),
    Diff(diff::Args),
    Graph(graph::Args),
    Metrics(metrics::Args),
    Path(path::Args),
    Publish(publish::Args),
    Export(export::Args),
    Import(import::Args),
    Demo(demo::Args),
    Serve(serve::Args),
    LoginLink(login_link::Args),
    Token(token::Args),
    Migrate(migrate::Args),
    Backup(backup::Args),
    Restore(restore::Args),
}

/// How a command answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs: one JSON value on stdout
    Json,
}

/// The language of answers about people and modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Lang {
    /// Swedish
    #[default]
    Sv,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Sv => Language::Sv,
            Lang::En => Language::En,
        }
    }
}

/// Runs the command line: 0 when the command succeeded, 1 when it did not, 2 when it was written wrongly.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Check(args) => check::run(args),
        Command::New(args) => new::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Graph(args) => graph::run(args),
        Command::Metrics(args) => metrics::run(args),
        Command::Path(args) => path::run(args),
        Command::Publish(args) => publish::run(args),
        Command::Export(args) => export::run(args),
        Command::Import(args) => import::run(args),
        Command::Demo(args) => demo::run(args),
        Command::Serve(args) => serve::run(args),
        Command::LoginLink(args) => login_link::run(args),
        Command::Token(args) => token::run(args),
        Command::Migrate(args) => migrate::run(args),
        Command::Backup(args) => backup::run(args),
        Command::Restore(args) => restore::run(args),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {}", format!("{error:#}").trim_end());
        ExitCode::FAILURE
    })
}
