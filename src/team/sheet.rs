//! The matrix as a file for spreadsheets.

use super::matrix::Matrix;
use super::view::Reader;
use crate::words::sheet::{MARK, row};

/// The whole file.
pub fn sheet(reader: &Reader, matrix: &Matrix) -> String {
    let module = |ix: &crate::engine::model::ModuleIx| {
        let published = reader.published;
        format!("{} {}", published.code(*ix), published.module(*ix).title.of(reader.language))
    };
    let heads = ["team-person", "team-holds", "team-done", "team-act"].map(|key| reader.say(key, &[]));
    let mut file = String::from(MARK);
    row(&mut file, heads.into_iter().chain(matrix.columns.iter().map(module)));
    for ((member, cells), act) in matrix.members.iter().zip(&matrix.cells).zip(matrix.by_row()) {
        let done = format!("{}", member.path.held.len());
        let fixed = [member.name.clone(), reader.holds(member), done, act.to_string()];
        row(&mut file, fixed.into_iter().chain(cells.iter().map(|cell| reader.exact(*cell))));
    }
    file
}
