//! Evidence as pages show it.

use serde::Serialize;

use super::{Shown, Telling, paragraphs};
use crate::organisation::Person;
use crate::recognition::attest::State;
use crate::recognition::attesting::As;
use crate::recognition::evidence::Seen;
use crate::recognition::store::evidence::{Attest, File, Piece};
use crate::versions::published::Named;
use crate::web::{Choice, Errors};
use crate::words;

/// The page of one piece.
#[derive(Debug, Serialize)]
pub(in crate::recognition) struct PiecePage {
    pub id: i64,
    pub module: Named,
    /// None when it is the reader's.
    pub name: Option<String>,
    pub added: String,
    pub text: Vec<String>,
    pub link: String,
    pub files: Vec<FileLine>,
    pub attests: Vec<AttestLine>,
    pub keeps: bool,
    pub changes: bool,
    /// The reader can ask one of these to attest it.
    pub asks: Vec<Choice>,
    /// The reader can take the question back.
    pub withdraws: bool,
    /// The reader is asked.
    pub answers: bool,
    pub typed: Typed,
    pub errors: Errors,
    pub refused: Option<String>,
}

/// A form as it was typed.
#[derive(Debug, Clone, Default, Serialize)]
pub(in crate::recognition) struct Typed {
    pub text: String,
    pub link: String,
    pub comment: String,
}

#[derive(Debug, Serialize)]
pub(in crate::recognition) struct FileLine {
    pub id: i64,
    pub name: String,
    /// Its kind and size.
    pub what: String,
}

#[derive(Debug, Serialize)]
pub(in crate::recognition) struct AttestLine {
    pub name: String,
    pub state: Shown,
    pub when: String,
    pub comment: Vec<String>,
}

/// A piece in a list.
#[derive(Debug, Serialize)]
pub(in crate::recognition) struct PieceLine {
    pub href: String,
    pub module: Named,
    /// Whose it is, when not the reader's.
    pub name: Option<String>,
    /// Its first words, or its first file's name.
    pub about: String,
    pub files: String,
    pub state: Option<Shown>,
}

/// How many letters of a piece's text a list shows.
const SHORT: usize = 80;

impl Telling<'_> {
    pub fn piece(&self, seen: &Seen, reader: i64, name: String, entitled: &[(Person, As)]) -> PiecePage {
        let piece = &seen.piece;
        let open = seen.attests.iter().find(|attest| attest.state() == State::Asked);
        let own = piece.person == reader;
        let asks = own && !seen.attests.iter().any(|attest| attest.state().holds());
        PiecePage {
            id: piece.id,
            module: self.module(&piece.module),
            name: (!own).then_some(name),
            added: self.at(piece.added_at),
            text: paragraphs(&piece.text),
            link: piece.link.clone(),
            files: seen.files.iter().map(|file| self.file(file)).collect(),
            attests: seen.attests.iter().map(|attest| self.attest(attest)).collect(),
            keeps: seen.keeps,
            changes: seen.keeps && seen.changes,
            asks: if asks { entitled.iter().map(|one| self.entitled(one)).collect() } else { Vec::new() },
            withdraws: own && open.is_some(),
            answers: open.is_some_and(|open| open.asked == reader),
            typed: Typed { text: piece.text.clone(), link: piece.link.clone(), comment: String::new() },
            errors: Errors::default(),
            refused: None,
        }
    }

    fn file(&self, file: &File) -> FileLine {
        let kind = file.kind().map(|kind| kind.code().to_uppercase()).unwrap_or_default();
        FileLine { id: file.id, name: file.name.clone(), what: format!("{kind}, {}", self.size(file.size)) }
    }

    /// "340 kB" or "1,2 MB".
    fn size(&self, bytes: i64) -> String {
        match bytes {
            ..1_000_000 => format!("{} kB", words::number(self.language, (bytes as f64 / 1_000.0).ceil())),
            _ => format!("{} MB", words::number(self.language, (bytes as f64 / 100_000.0).round() / 10.0)),
        }
    }

    fn attest(&self, attest: &Attest) -> AttestLine {
        AttestLine {
            name: attest.name.clone(),
            state: self.attest_state(attest.state()),
            when: self.at(attest.answered_at.unwrap_or(attest.asked_at)),
            comment: paragraphs(&attest.comment),
        }
    }

    fn attest_state(&self, state: State) -> Shown {
        let (icon, tone, key) = match state {
            State::Asked => ("waiting", "", "recognition-attest-asked"),
            State::Attested => ("done", "state--good", "recognition-attest-attested"),
            State::Returned => ("exp", "state--warn", "recognition-attest-returned"),
            State::Withdrawn => ("info", "state--quiet", "recognition-attest-withdrawn"),
        };
        Shown { icon, tone, text: self.text(key, &[]) }
    }

    /// "Anna Alm, chef".
    fn entitled(&self, (person, role): &(Person, As)) -> Choice {
        let role = match role {
            As::Manager => "recognition-as-manager",
            As::Leader => "recognition-as-leader",
            As::Coach => "recognition-as-coach",
        };
        Choice { value: person.id.to_string(), label: format!("{}, {}", person.name, self.text(role, &[])) }
    }

    /// `files` and `attests` are those of all pieces that are shown.
    pub fn piece_line(&self, piece: &Piece, name: Option<String>, files: &[File], attests: &[Attest]) -> PieceLine {
        let own: Vec<&File> = files.iter().filter(|file| file.piece == piece.id).collect();
        let said = paragraphs(&piece.text).into_iter().next();
        let about = said.or_else(|| own.first().map(|file| file.name.clone())).unwrap_or_else(|| piece.link.clone());
        let last = attests.iter().rfind(|attest| attest.piece == piece.id && attest.state() != State::Withdrawn);
        PieceLine {
            href: format!("/recognition/evidence/{}", piece.id),
            module: self.module(&piece.module),
            name,
            about: shortened(&about),
            files: match own.len() {
                0 => String::new(),
                count => self.text("recognition-files-count", &[("count", count.into())]),
            },
            state: last.map(|attest| self.attest_state(attest.state())),
        }
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
