//! A path as plain text, for terminals. Pure.

use chrono::NaiveDate;

use super::view::{PathView, PieceView};
use crate::curriculum::model::Language;
use crate::engine::model::State;
use crate::words::{self, Value};

/// What is left, step by step with reasons; then what is held and what is recommended, a line each.
pub fn outline(path: &PathView) -> String {
    let telling = Outline { language: path.language, today: path.today };
    let mut text = format!("{}\n", telling.summary(path));
    telling.list(&mut text, words::text(path.language, "path-steps", &[]), &path.steps, true);
    telling.list(&mut text, words::text(path.language, "path-held", &[]), &path.held, false);
    telling.list(&mut text, words::text(path.language, "path-recommended", &[]), &path.recommended, false);
    text
}

struct Outline {
    language: Language,
    today: NaiveDate,
}

impl Outline {
    fn summary(&self, path: &PathView) -> String {
        let number = |hours| Value::from(words::number(self.language, hours));
        let proof = match path.proved {
            true => words::text(self.language, "path-proved", &[]),
            false => words::text(self.language, "path-at-least", &[("hours", number(path.hours_at_least))]),
        };
        let count = path.steps.len() as i64;
        let args = [("count", count.into()), ("left", number(path.hours_left)), ("total", number(path.hours_total))];
        let summary = words::text(self.language, "path-summary", &args);
        if path.steps.is_empty() { summary } else { format!("{summary} {proof}") }
    }

    fn list(&self, text: &mut String, heading: String, pieces: &[PieceView], steps: bool) {
        if pieces.is_empty() {
            return;
        }
        text.push_str(&format!("\n{heading}\n"));
        for (index, piece) in pieces.iter().enumerate() {
            let number = if steps { format!("{:>3}. ", index + 1) } else { "     ".to_owned() };
            text.push_str(&format!("{number}{}\n", self.line(piece)));
            for sentences in piece.because.iter().filter(|_| steps).map(|because| &because.sentences) {
                text.push_str(&format!("{:9}– {}\n", "", sentences.join(" ")));
            }
        }
    }

    /// "M2  Förbättringsmodellen, 3,5 tim: Låst efter M1, senast 1 maj".
    fn line(&self, piece: &PieceView) -> String {
        let hours = words::number(self.language, piece.hours);
        let hours = words::text(self.language, "path-hours", &[("hours", hours.into())]);
        let states: Vec<String> = [self.state(piece)].into_iter().chain(self.details(piece)).collect();
        format!("{:<3} {}, {hours}: {}", piece.code, piece.title, states.join(", "))
    }

    fn state(&self, piece: &PieceView) -> String {
        let word = match piece.state {
            State::Done => words::text(self.language, "path-done", &[]),
            State::Expiring => words::text(self.language, "path-expiring", &[]),
            State::Overdue => words::text(self.language, "path-overdue", &[]),
            State::Booked => words::text(self.language, "path-booked", &[]),
            State::Expired => words::text(self.language, "path-expired", &[]),
            State::Locked => words::text(self.language, "path-locked", &[]),
            State::Available => words::text(self.language, "path-available", &[]),
        };
        let codes: Vec<&str> = piece.locked_by.iter().map(|module| module.code.as_str()).collect();
        let codes = words::list(self.language, &codes);
        match piece.state {
            State::Booked => piece
                .booked
                .as_ref()
                .map_or(word.clone(), |seat| format!("{word} {}", words::date(self.language, seat.day, self.today))),
            _ if codes.is_empty() => word,
            _ => format!("{word} {}", words::text(self.language, "path-after", &[("modules", codes.into())])),
        }
    }

    fn details(&self, piece: &PieceView) -> Vec<String> {
        let mut details = Vec::new();
        if let Some(other) = &piece.through {
            details.push(words::text(self.language, "path-through", &[("module", other.title.as_str().into())]));
        }
        if let Some(due) = piece.due {
            let args = [("day", words::date(self.language, due, self.today).into())];
            details.push(match piece.state {
                State::Expiring => words::text(self.language, "path-until", &args),
                _ => words::text(self.language, "path-due", &args),
            });
        }
        details
    }
}
