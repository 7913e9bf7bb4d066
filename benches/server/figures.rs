//! Times and the table of them.

use std::time::Duration;

/// Sorted times, in milliseconds.
pub struct Times(Vec<f64>);

impl Times {
    pub fn of(times: Vec<Duration>) -> Times {
        let mut sorted: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1e3).collect();
        sorted.sort_by(f64::total_cmp);
        Times(sorted)
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that `percent` of them do not exceed: 50 is the median. Milliseconds.
    pub fn at(&self, percent: f64) -> f64 {
        let rank = (self.0.len() as f64 * percent / 100.0).ceil() as usize;
        self.0[rank.clamp(1, self.0.len()) - 1]
    }
}

/// One column of the table.
#[derive(Default)]
pub struct Figures(Vec<(String, String)>);

impl Figures {
    pub fn line(&mut self, name: &str, value: String) {
        self.0.push((name.to_owned(), value));
    }
}

/// All columns have the same lines.
pub fn print(columns: &[(&str, Figures)]) {
    let widest = columns[0].1.0.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let row = |name: &str, values: Vec<&str>| {
        let values: String = values.iter().map(|value| format!(" {value:>15} |")).collect();
        println!("| {name:<widest$} |{values}");
    };
    row("", columns.iter().map(|(name, _)| *name).collect());
    row(&"-".repeat(widest), columns.iter().map(|_| "--------------:").collect());
    for (index, (name, _)) in columns[0].1.0.iter().enumerate() {
        row(name, columns.iter().map(|(_, figures)| figures.0[index].1.as_str()).collect());
    }
}
