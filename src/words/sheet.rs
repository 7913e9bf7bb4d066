//! Rows of tables for spreadsheets: UTF-8 with a mark, semicolons, as Swedish Excel reads without questions.

/// What such a file begins with.
pub const MARK: &str = "\u{feff}";

/// Appends a row.
pub fn row(file: &mut String, fields: impl Iterator<Item = String>) {
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
