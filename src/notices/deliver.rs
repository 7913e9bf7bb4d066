//! Handing one mail over: to an SMTP server, to `.eml` files, or to memory in tests; and what a refusal means.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls as LettreTls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::outbox::NO_ANSWER;
use crate::config::{Smtp, Tls};

/// Where mail goes.
#[derive(Clone)]
pub enum Mailer {
    Smtp {
        transport: AsyncSmtpTransport<Tokio1Executor>,
        /// For one whole conversation: the library bounds only the connecting.
        patience: Duration,
    },
    /// A folder of `.eml` files, one for each mail.
    Files(PathBuf),
    Memory(Arc<Mutex<Vec<Vec<u8>>>>),
}

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct Refusal {
    pub kind: RefusalKind,
    /// The server's own words on one line, without addresses; or the code of a reason of our own.
    pub words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// Nobody answered, or the whole server is out of order: says nothing about this mail.
    Unreachable,
    /// Worth trying again.
    Temporary,
    /// Final.
    Permanent,
}

impl Refusal {
    /// The server kept silent for too long.
    pub fn no_answer() -> Refusal {
        Refusal { kind: RefusalKind::Unreachable, words: NO_ANSWER.into() }
    }
}

/// Conversations with the server at the same time.
pub const CONVERSATIONS: usize = 4;

impl Mailer {
    /// Connects to nothing yet; each mail has a conversation of its own. A conversation that was cut short must never
    /// be taken up again, because its late answers would be read as those to the next mail.
    ///
    /// `host` is how this installation introduces itself; `patience` bounds each conversation.
    pub fn smtp(settings: &Smtp, host: &str, patience: Duration) -> anyhow::Result<Mailer> {
        let parameters = || TlsParameters::new(settings.host.clone());
        let tls = match settings.tls {
            Tls::None => LettreTls::None,
            Tls::Starttls => LettreTls::Required(parameters()?),
            Tls::Tls => LettreTls::Wrapper(parameters()?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .hello_name(ClientId::Domain(host.to_string()))
            .timeout(Some(patience));
        if let (Some(user), Some(password)) = (&settings.username, &settings.password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Mailer::Smtp { transport: builder.build(), patience })
    }

    /// Hands over one mail. `name` is the file's name where mail is kept as files: the same mail replaces itself.
    ///
    /// # Errors
    /// A [`Refusal`] with the server's words; nothing was accepted as far as we know.
    pub async fn send(&self, message: &Message, name: &str) -> Result<(), Refusal> {
        match self {
            Mailer::Smtp { transport, patience } => {
                match tokio::time::timeout(*patience, transport.send(message.clone())).await {
                    Ok(Ok(_)) => Ok(()),
                    Ok(Err(error)) => Err(refusal(&error, message)),
                    Err(_) => Err(Refusal::no_answer()),
                }
            }
            Mailer::Files(folder) => {
                let (folder, name, octets) = (folder.clone(), name.to_string(), message.formatted());
                let kept = tokio::task::spawn_blocking(move || keep(&folder, &name, &octets)).await;
                kept.unwrap_or_else(|e| Err(std::io::Error::other(e))).map_err(|e| Refusal {
                    kind: RefusalKind::Unreachable,
                    words: format!("cannot write the file: {e}"),
                })
            }
            Mailer::Memory(kept) => {
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(message.formatted());
                Ok(())
            }
        }
    }
}

/// Written beside and renamed, so that a killed process leaves no half mail.
fn keep(folder: &std::path::Path, name: &str, octets: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let beside = folder.join(format!(".{name}.part"));
    std::fs::write(&beside, octets)?;
    std::fs::rename(beside, folder.join(format!("{name}.eml")))
}

fn refusal(error: &lettre::transport::smtp::Error, message: &Message) -> Refusal {
    let utf8_address = message.envelope().to().iter().any(|to| !AsRef::<str>::as_ref(to).is_ascii());
    let code = error.status().map(u16::from);
    let kind = match code {
        // The server does not know us: a fault of the configuration, not of the mail.
        Some(530 | 534 | 535 | 538) => RefusalKind::Unreachable,
        Some(421) => RefusalKind::Unreachable,
        Some(500..) => RefusalKind::Permanent,
        Some(_) => RefusalKind::Temporary,
        None if error.is_client() && utf8_address => RefusalKind::Permanent,
        None if error.is_response() => RefusalKind::Temporary,
        None => RefusalKind::Unreachable,
    };
    Refusal { kind, words: server_words(&error.to_string()) }
}

/// One line of at most 300 characters, without addresses and control characters.
pub fn server_words(raw: &str) -> String {
    let words: Vec<&str> = raw.split_whitespace().map(|w| if w.contains('@') { "<…>" } else { w }).collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_lose_addresses_and_line_breaks() {
        let raw = "permanent error (550): 5.1.1 <testa@region.example>: user\r\nunknown\u{1b}[31m";
        assert_eq!(server_words(raw), "permanent error (550): 5.1.1 <…> user unknown[31m");
        assert_eq!(server_words(&"a".repeat(900)).len(), 300);
    }
}
