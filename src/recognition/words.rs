//! Why nothing came of it, in words, and at which field.

use super::files::Slip;
use super::service::Refusal;
use super::{attest, attesting, delegates, evidence, life};
use crate::curriculum::model::Language;
use crate::web::{Errors, Problem};
use crate::words;

/// What can be corrected in the form, or the key of a sentence that says why nothing came of it.
pub(super) fn refused(refusal: Refusal) -> Result<(Errors, Option<&'static str>), Problem> {
    let mut errors = Errors::default();
    match refusal {
        Refusal::NoSuchModule(_) => errors.add("module", "recognition-no-module"),
        Refusal::TooLong(_) => return Ok((errors, Some("recognition-too-long"))),
        Refusal::AlreadyOpen(_) => return Ok((errors, Some("recognition-already-open"))),
        Refusal::Life(life::Refusal::NoMotivation) => errors.add("motivation", "recognition-no-motivation"),
        Refusal::Life(life::Refusal::NoComment) => errors.add("comment", "recognition-no-comment"),
        Refusal::Life(life::Refusal::ToCome) => errors.add("day", "recognition-to-come"),
        Refusal::Life(life) => return Ok((errors, Some(key(life)))),
        Refusal::NoSuchRequest | Refusal::NoSuchPerson => return Err(Problem::NotFound),
        Refusal::Store(error) => return Err(error.into()),
    }
    Ok((errors, None))
}

fn key(refusal: life::Refusal) -> &'static str {
    match refusal {
        life::Refusal::NotYours => "recognition-not-yours",
        life::Refusal::NotWritten => "recognition-not-written",
        life::Refusal::NotWaiting => "recognition-not-waiting",
        life::Refusal::Ended => "recognition-ended",
        life::Refusal::NoMotivation => "recognition-no-motivation",
        life::Refusal::NoComment => "recognition-no-comment",
        life::Refusal::ToCome => "recognition-to-come",
    }
}

/// What is wrong with naming a delegate.
pub(super) fn not_named(refusal: delegates::Refusal) -> Result<Errors, Problem> {
    let mut errors = Errors::default();
    match refusal {
        delegates::Refusal::NoSuchPerson => errors.add("whom", "recognition-whom-unknown"),
        delegates::Refusal::NoSuchScope => errors.add("scope", "recognition-choose-scope"),
        delegates::Refusal::Ended => errors.add("to", "recognition-days-over"),
        delegates::Refusal::NoSuchDelegate => return Err(Problem::NotFound),
        delegates::Refusal::Store(error) => return Err(error.into()),
    }
    Ok(errors)
}

/// Why evidence is not kept: what can be corrected, or a sentence.
pub(crate) fn not_kept(refusal: evidence::Refusal, language: Language) -> Result<(Errors, Option<String>), Problem> {
    use evidence::Refusal as R;
    let mut errors = Errors::default();
    let text = |key: &str, args: &[(&str, words::Value<'_>)]| Some(words::text(language, key, args));
    let said = match refusal {
        R::NoSuchModule(_) => {
            errors.add("module", "recognition-no-module");
            None
        }
        R::NoLink => {
            errors.add("link", "recognition-no-link");
            None
        }
        R::Nothing => {
            errors.add("text", "recognition-nothing");
            None
        }
        R::TooMany => {
            errors.add("files", "recognition-too-many-files");
            None
        }
        R::TooLong(_) => text("recognition-too-long", &[]),
        R::TooLarge(name) => text("recognition-too-large", &[("name", named(&name).into())]),
        R::Slip(name, slip) => text(slipped(slip), &[("name", named(&name).into())]),
        R::NoRoom => text("recognition-no-room", &[]),
        R::Held => text("recognition-held", &[]),
        R::NoSuchPiece | R::NoSuchPerson => return Err(Problem::NotFound),
        R::Store(error) => return Err(error.into()),
    };
    Ok((errors, said))
}

/// A file's name as it was sent, short and harmless enough to be said.
fn named(raw: &str) -> String {
    words::clean_name(raw).chars().take(80).collect()
}

fn slipped(slip: Slip) -> &'static str {
    match slip {
        Slip::Empty => "recognition-slip-empty",
        Slip::Unknown => "recognition-slip-unknown",
        Slip::NotWhatItSays => "recognition-slip-other",
        Slip::Macros => "recognition-slip-macros",
        Slip::Bomb => "recognition-slip-bomb",
    }
}

/// Why nothing came of attesting: what can be corrected, or a sentence.
pub(super) fn not_attested(
    refusal: attesting::Refusal,
    language: Language,
) -> Result<(Errors, Option<String>), Problem> {
    let mut errors = Errors::default();
    let key = match refusal {
        attesting::Refusal::Attest(attest::Refusal::NoComment) => {
            errors.add("comment", "recognition-attest-no-comment");
            return Ok((errors, None));
        }
        attesting::Refusal::Attest(attest::Refusal::NotEntitled) => {
            errors.add("whom", "recognition-attest-not-entitled");
            return Ok((errors, None));
        }
        attesting::Refusal::Attest(attest::Refusal::NotYours) => "recognition-attest-not-yours",
        attesting::Refusal::Attest(attest::Refusal::AskedAlready) => "recognition-attest-asked-already",
        attesting::Refusal::Attest(attest::Refusal::NotAsked) => "recognition-attest-not-asked",
        attesting::Refusal::TooLong(_) => "recognition-too-long",
        attesting::Refusal::NoSuchPiece => return Err(Problem::NotFound),
        attesting::Refusal::Store(error) => return Err(error.into()),
    };
    Ok((errors, Some(words::text(language, key, &[]))))
}
