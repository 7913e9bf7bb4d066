//! `varjedag import`: units and people from the HR system. Shows what would change; `--apply` does it.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::Format;
use super::database::Database;
use crate::clock;
use crate::designer::service::current_titles;
use crate::organisation::import::people::{PeoplePlan, PersonState};
use crate::organisation::import::plan::{Change, End, Finding, Plan, Severity};
use crate::organisation::import::read::{self, Encoding, Separator, Table};
use crate::organisation::import::service::{self, Errand, Options, Report};
use crate::organisation::import::units::UnitState;
use crate::organisation::titles::{TitleStep, Unmapped};

/// Units and people from the HR system: shows what a file would change, and with --apply does it
#[derive(Debug, clap::Args)]
#[command(after_help = ORDER)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The unit tree with its managers
    #[command(after_help = UNITS)]
    Units(Import),
    /// People with their unit and title
    #[command(after_help = PEOPLE)]
    People(Import),
}

#[derive(Debug, clap::Args)]
struct Import {
    /// A CSV file: UTF-8 or Windows-1252, with commas, semicolons or tabs
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Do it, in one transaction; without this nothing changes
    #[arg(long)]
    apply: bool,
    /// The file holds everything: what is not in it has ended (nothing is deleted)
    #[arg(long)]
    full: bool,
    /// Leave out rows with errors and import the others
    #[arg(long)]
    skip_bad: bool,
    #[command(flatten)]
    database: Database,
    /// How to answer; json holds everything, text the first 20 of each
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const ORDER: &str = "\
The first time, import units, then people, then units once more: managers are named by their person id, and those
who are not among the people yet are only listed. Nothing is mailed. The same file again changes nothing.

Examples:
  varjedag import units units.csv               what would change?
  varjedag import units units.csv --apply       do it
  varjedag import people people.csv --apply --full";

const UNITS: &str = "\
The first line names the columns, in any order, in Swedish or English, in any case; others are ignored:
  id        needed  the unit's id in the HR system            enhets-id, enhetskod, kod
  name      needed  what people call it                       namn, enhet, enhetsnamn
  parent            id of the unit above; empty = the top     överordnad, förälder
  managers          ids of people, parted by ; or space       chefer, chef

A column that is missing leaves what is there. Bounds: 64 MiB, 200,000 rows, 10,000 characters in a field.

Example:
  id;namn;överordnad;chefer
  10;Region Exempel;;
  20;Medicinkliniken;10;E1001 E1002

Exit code: 0 when every row is good (or left out with --skip-bad), 1 when not, 2 when the command is wrong.";

const PEOPLE: &str = "\
The first line names the columns, in any order, in Swedish or English, in any case; others are ignored:
  id          needed  the employment number; never a personal identity number    anställningsnummer, person-id
  name        needed  as it is to be shown                                       namn
  email       needed  unique; people sign in with it                             e-post, e-postadress, mejl
  unit        needed  id of a unit                                               enhet, enhets-id
  language            sv or en, when the person is new; then her own choice      språk
  title               the job title as the region writes it                      befattning, titel
  title_code          its code (AID or local)                                    befattningskod, AID-kod
  from                first day of employment; today when left out               från, startdatum
  to                  last day; empty = until further notice                     till, slutdatum

Days are written 2027-03-28 or 20270328. A column that is missing leaves what is there.
A title becomes the curriculum's title with that code, or else that name; titles it does not know are listed.
The first title counts from the first day of employment, a later one from the day of the import.
A person who comes back is taken up again. Bounds: 64 MiB, 200,000 rows, 10,000 characters in a field.

Example:
  id;namn;e-post;enhet;befattning;från
  E1001;Prov Provsson;prov.provsson@exempel.se;20;Fysioterapeut;2024-08-01

Exit code: 0 when every row is good (or left out with --skip-bad), 1 when not, 2 when the command is wrong.";

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let (import, units) = match &args.what {
        What::Units(import) => (import, true),
        What::People(import) => (import, false),
    };
    let options = Options { apply: import.apply, full: import.full, skip_bad: import.skip_bad };
    let table = read_table(&import.file)?;
    let store = import.database.open()?;
    let bar = progress_bar();
    let progress = |done: usize, of: usize| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    let errand = Errand { by: None, now: clock::now(), progress: &progress };
    let name = import.file.display();
    if units {
        let report = service::units(&store, &table, options, &errand).with_context(|| format!("{name}"))?;
        bar.finish_and_clear();
        tell(import, &report, report.plan.is_empty(), |out| tell_plan(out, "units", &report.plan, describe_unit))
    } else {
        let report =
            service::people(&store, &table, options, current_titles, &errand).with_context(|| format!("{name}"))?;
        bar.finish_and_clear();
        tell(import, &report, report.plan.is_empty(), |out| tell_people(out, &report.plan))
    }
}

fn read_table(path: &Path) -> anyhow::Result<Table> {
    let name = path.display();
    let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
    let metadata = file.metadata().with_context(|| format!("cannot open {name}"))?;
    if !metadata.is_file() {
        bail!("{name} is not a file; give a CSV file");
    }
    if metadata.len() > read::MAX_BYTES {
        bail!("{name}: {}", read::ReadError::TooLarge);
    }
    read::table(file).with_context(|| format!("{name}"))
}

/// Only on a terminal; shows itself when there is something to do.
fn progress_bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos} of {len} rows saved, {eta} left");
    ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Most entries of each kind that are shown to people.
const SHOWN: usize = 20;

/// Findings go to stderr, the plan to stdout.
fn tell<P: Serialize>(
    import: &Import,
    report: &Report<P>,
    nothing_to_do: bool,
    plan: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let good = report.bad_rows == 0 || import.skip_bad;
    match import.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(report)?)?,
        Format::Text => {
            writeln!(out, "{} rows, {}", report.rows, form(report))?;
            plan(&mut out)?;
            tell_findings(&mut io::stderr().lock(), &report.findings)?;
            writeln!(out, "{}", verdict(import, report, nothing_to_do))?;
        }
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn form<P>(report: &Report<P>) -> String {
    let encoding = match report.form.encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Windows1252 => "Windows-1252",
    };
    let separator = match report.form.separator {
        Separator::Comma => "commas",
        Separator::Semicolon => "semicolons",
        Separator::Tab => "tabs",
    };
    format!("{encoding}, parted by {separator}")
}

fn verdict<P>(import: &Import, report: &Report<P>, nothing_to_do: bool) -> String {
    match (report.applied, report.bad_rows, import.skip_bad) {
        (_, 0, _) if nothing_to_do => "Nothing to change.".into(),
        (true, 0, _) => "Done.".into(),
        (true, bad, _) => format!("Done, without {bad} rows that have errors."),
        (false, 0, _) => "Nothing has been changed; run it again with --apply.".into(),
        (false, bad, true) => {
            format!("Nothing has been changed; run it again with --apply ({bad} rows with errors are left out).")
        }
        (false, bad, false) => {
            format!(
                "Nothing has been changed: {bad} rows have errors. Correct them, or leave them out with --skip-bad."
            )
        }
    }
}

fn tell_findings(out: &mut impl Write, findings: &[Finding]) -> io::Result<()> {
    for severity in [Severity::Error, Severity::Warning] {
        let of_kind: Vec<&Finding> = findings.iter().filter(|f| f.severity == severity).collect();
        for finding in of_kind.iter().take(if severity == Severity::Error { usize::MAX } else { SHOWN }) {
            writeln!(out, "{}", finding_line(finding))?;
        }
        if severity == Severity::Warning && of_kind.len() > SHOWN {
            writeln!(out, "warning: and {} more; --format json has all", of_kind.len() - SHOWN)?;
        }
    }
    Ok(())
}

fn finding_line(finding: &Finding) -> String {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let line = finding.line.map(|line| format!("line {line}: ")).unwrap_or_default();
    let column = finding.column.map(|column| format!("{column} ")).unwrap_or_default();
    format!("{kind}: {line}{column}{}", finding.reason)
}

fn tell_plan<T>(out: &mut dyn Write, what: &str, plan: &Plan<T>, describe: impl Fn(&T) -> String) -> io::Result<()> {
    let (add, change, end) = (plan.add.len(), plan.change.len(), plan.end.len());
    writeln!(out, "{what}: {add} new, {change} changed, {end} ended, {} unchanged", plan.unchanged)?;
    some(out, "New", &plan.add, describe)?;
    some(out, "Changed", &plan.change, change_lines)?;
    some(out, "Ended", &plan.end, |end: &End| format!("{}  {}, last day {}", end.id, end.name, end.last_day))
}

fn change_lines<T>(change: &Change<T>) -> String {
    let mut text = format!("{}  {}", change.id, change.name);
    for field in &change.fields {
        text.push_str(&format!("\n      {}: \"{}\" → \"{}\"", field.field, field.before, field.after));
    }
    text
}

fn describe_unit(unit: &UnitState) -> String {
    let under = unit.parent.as_ref().map(|parent| format!(" under {parent}")).unwrap_or_default();
    let managers = if unit.managers.is_empty() { String::new() } else { format!(", {}", unit.managers.join(" ")) };
    format!("{}  {}{under}{managers}", unit.id, unit.name)
}

fn describe_person(person: &PersonState) -> String {
    let title = [person.title.as_str(), person.title_code.as_str()].join(" ");
    format!("{}  {}, {}, {} from {}", person.id, person.name, person.unit, title.trim(), person.from)
}

fn tell_people(out: &mut dyn Write, plan: &PeoplePlan) -> io::Result<()> {
    tell_plan(out, "people", &plan.people, describe_person)?;
    let begun = plan.titles.iter().filter(|t| matches!(t.step, TitleStep::Start { .. })).count();
    writeln!(out, "titles: {begun} begin, {} end or move", plan.titles.len() - begun)?;
    some(out, "Titles that the curriculum does not know", &plan.unmapped_titles, |title: &Unmapped| {
        let code = if title.code.is_empty() { String::new() } else { format!(" ({})", title.code) };
        let meant = title.did_you_mean.as_ref().map(|id| format!("; did you mean {id}?")).unwrap_or_default();
        format!("{:>6}  {}{code}{meant}", title.people, title.text)
    })
}

/// The first of `all` under a heading; nothing when there are none.
fn some<T>(out: &mut dyn Write, heading: &str, all: &[T], line: impl Fn(&T) -> String) -> io::Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{heading}")?;
    for one in all.iter().take(SHOWN) {
        writeln!(out, "  {}", line(one))?;
    }
    if all.len() > SHOWN {
        writeln!(out, "  … and {} more; --format json has all", all.len() - SHOWN)?;
    }
    Ok(())
}
