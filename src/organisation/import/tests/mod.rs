//! Reading and planning: hostile files, every kind of bad row, and that a plan applied leaves nothing to plan.

use std::io::Cursor;

use chrono::{NaiveDate, NaiveDateTime};

use super::plan::Finding;
use super::read::{self, Table};

mod applied;
mod planned;
mod reading;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2026-05-10";

fn now() -> NaiveDateTime {
    format!("{TODAY}T12:00:00").parse().unwrap()
}

fn table(text: &str) -> Table {
    read::table(Cursor::new(text.as_bytes())).unwrap()
}

fn told(findings: &[Finding]) -> String {
    let mut findings = findings.to_vec();
    findings.sort();
    let line = |f: &Finding| {
        let (line, column) = (f.line.map_or("-".into(), |l| l.to_string()), f.column.unwrap_or("-"));
        format!("{line} {column} {:?}: {}", f.severity, f.reason)
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}
