//! The matrix as a file for spreadsheets: UTF-8 with a mark, semicolons, as Swedish Excel reads without questions.

use super::matrix::Matrix;
use super::view::Reader;

/// The whole file.
pub fn sheet(reader: &Reader, matrix: &Matrix) -> String {
    let module = |ix: &crate::engine::model::ModuleIx| {
        let published = reader.published;
        format!("{} {}", published.code(*ix), published.module(*ix).title.of(reader.language))
    };
    let heads = ["team-person", "team-holds", "team-done", "team-act"].map(|key| reader.say(key, &[]));
    let mut file = String::from("\u{feff}");
    line(&mut file, heads.into_iter().chain(matrix.columns.iter().map(module)));
    for ((member, cells), act) in matrix.members.iter().zip(&matrix.cells).zip(matrix.by_row()) {
        let done = format!("{}", member.path.held.len());
        let fixed = [member.name.clone(), reader.holds(member), done, act.to_string()];
        line(&mut file, fixed.into_iter().chain(cells.iter().map(|cell| reader.exact(*cell))));
    }
    file
}

fn line(file: &mut String, fields: impl Iterator<Item = String>) {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            file.push(';');
        }
        file.push_str(&quoted(&field));
    }
    file.push_str("\r\n");
}

/// A field that no spreadsheet takes for a formula (OWASP, "CSV injection"): an apostrophe before a leading
/// `= + - @`, tab or line break; quotes doubled.
pub fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let apostrophe = if formula { "'" } else { "" };
    format!("\"{apostrophe}{}\"", field.replace('"', "\"\""))
}
