//! `varjedag import`: units and people from the HR system, attendance from a list. Shows what would change; `--apply`
//! does it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Subcommand;
use serde::Serialize;

use super::database::Database;
use super::{Format, progress};
use crate::clock;
use crate::designer::service::current_titles;
use crate::organisation::import::read::{self, Table};
use crate::organisation::import::service::{self, Errand, Options, Report};
use crate::store::{Store, count_anew};

mod attendance;
mod report;

/// Units, people and attendance from files: shows what a file would change, and with --apply does it
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
    /// Who was there at an occasion
    #[command(after_help = attendance::HELP)]
    Attendance(attendance::Args),
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
        What::Attendance(args) => return attendance::run(args),
    };
    let options = Options { apply: import.apply, full: import.full, skip_bad: import.skip_bad };
    let table = read_table(&import.file)?;
    let store = import.database.open()?;
    let bar = progress::bar("rows saved");
    let progress = |done: usize, of: usize| progress::show(&bar, done, of);
    let errand = Errand { by: None, now: clock::now(), progress: &progress };
    let name = import.file.display();
    if units {
        let answer = service::units(&store, &table, options, &errand).with_context(|| format!("{name}"))?;
        bar.finish_and_clear();
        count_if_changed(&store, import, answer.plan.is_empty())?;
        tell(import, &answer, answer.plan.is_empty(), |out| report::units(out, &answer.plan))
    } else {
        let answer =
            service::people(&store, &table, options, current_titles, &errand).with_context(|| format!("{name}"))?;
        bar.finish_and_clear();
        count_if_changed(&store, import, answer.plan.is_empty())?;
        tell(import, &answer, answer.plan.is_empty(), |out| report::people(out, &answer.plan))
    }
}

fn count_if_changed(store: &Store, import: &Import, nothing_to_do: bool) -> anyhow::Result<()> {
    if import.apply && !nothing_to_do {
        count_anew(store).context("everything is imported, but the database did not count its tables anew")?;
    }
    Ok(())
}

fn read_table(path: &Path) -> anyhow::Result<Table> {
    let name = path.display();
    let file = open(path)?;
    read::table(file).with_context(|| format!("{name}"))
}

/// A plain file that is not too large.
fn open(path: &Path) -> anyhow::Result<File> {
    let name = path.display();
    // Before opening, which would wait for ever at a pipe.
    let metadata = fs::metadata(path).with_context(|| format!("cannot open {name}"))?;
    if !metadata.is_file() {
        bail!("{name} is not a file; give a CSV file");
    }
    if metadata.len() > read::MAX_BYTES {
        bail!("{name}: {}", read::ReadError::TooLarge);
    }
    File::open(path).with_context(|| format!("cannot open {name}"))
}

/// Findings go to stderr, the plan to stdout.
fn tell<P: Serialize>(
    import: &Import,
    answer: &Report<P>,
    nothing_to_do: bool,
    plan: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let good = answer.bad_rows == 0 || import.skip_bad;
    match import.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(answer)?)?,
        Format::Text => {
            writeln!(out, "{} rows, {}", answer.rows, report::form(answer.form))?;
            plan(&mut out)?;
            report::findings(&mut io::stderr().lock(), &answer.findings)?;
            writeln!(out, "{}", report::verdict(answer, import.skip_bad, nothing_to_do))?;
        }
    }
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
