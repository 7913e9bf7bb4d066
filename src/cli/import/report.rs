//! An import's report in words, for people; programs read the whole report as JSON.

use std::io::{self, Write};

use crate::organisation::import::people::{PeoplePlan, PersonState};
use crate::organisation::import::plan::{Change, End, Finding, Plan, Severity};
use crate::organisation::import::read::{Encoding, Form, Separator};
use crate::organisation::import::service::Report;
use crate::organisation::import::units::UnitState;
use crate::organisation::titles::{TitleStep, Unmapped};

/// Most entries of each kind that are shown to people.
const SHOWN: usize = 20;

/// How the file is written.
pub fn form(form: Form) -> String {
    let encoding = match form.encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Windows1252 => "Windows-1252",
    };
    let separator = match form.separator {
        Separator::Comma => "commas",
        Separator::Semicolon => "semicolons",
        Separator::Tab => "tabs",
    };
    format!("{encoding}, parted by {separator}")
}

/// What was done, or what to do next.
pub fn verdict<P>(report: &Report<P>, skip_bad: bool, nothing_to_do: bool) -> String {
    match (report.applied, report.bad_rows, skip_bad) {
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

/// All errors and the first warnings.
pub fn findings(out: &mut impl Write, all: &[Finding]) -> io::Result<()> {
    for severity in [Severity::Error, Severity::Warning] {
        let of_kind: Vec<&Finding> = all.iter().filter(|f| f.severity == severity).collect();
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

/// What becomes of units.
pub fn units(out: &mut dyn Write, units: &Plan<UnitState>) -> io::Result<()> {
    plan(out, "units", units, describe_unit)
}

fn plan<T>(out: &mut dyn Write, what: &str, plan: &Plan<T>, describe: impl Fn(&T) -> String) -> io::Result<()> {
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

/// What becomes of people and their titles.
pub fn people(out: &mut dyn Write, people: &PeoplePlan) -> io::Result<()> {
    plan(out, "people", &people.people, describe_person)?;
    let begun = people.titles.iter().filter(|t| matches!(t.step, TitleStep::Start { .. })).count();
    writeln!(out, "titles: {begun} begin, {} end or move", people.titles.len() - begun)?;
    some(out, "Titles that the curriculum does not know", &people.unmapped_titles, |title: &Unmapped| {
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
