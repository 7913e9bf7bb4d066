//! What the operator decides: one struct per concern, read from `varjedag.toml` and the environment.
//!
//! The environment wins over the file, and a command's flag wins over both. Unknown keys are refused.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;
use url::Url;

/// Where a fresh installation keeps its database.
pub const DEFAULT_DATABASE: &str = "varjedag-data/varjedag.sqlite";

/// Everything the server needs to know.
#[derive(Debug, Clone)]
pub struct Config {
    /// `postgres://…` or a path to an SQLite file.
    pub database: String,
    /// Address and port; port 0 takes a free one.
    pub listen: String,
    pub site: Site,
    pub mail: Mail,
    pub planning: Planning,
    pub publish: Publish,
    pub renewal: Renewal,
}

/// When people are told that what they have is about to expire.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Renewal {
    /// Each so many days before the last day; none at all when empty.
    pub days_before: Vec<u32>,
}

impl Default for Renewal {
    fn default() -> Self {
        Renewal { days_before: vec![90, 30] }
    }
}

/// How versions are published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Publish {
    /// Another developer must have approved exactly what is published.
    pub second_reader: bool,
}

/// What courses hold and cost, for judging drafts; a developer can try other numbers on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Planning {
    /// Seats on one course.
    pub participants: u32,
    /// Kronor for an hour of one participant: salary while away from the ward.
    pub hour_price: i64,
    /// Kronor for a course day: room, trainer, material.
    pub course_day_price: i64,
}

impl Default for Planning {
    fn default() -> Self {
        Planning { participants: 20, hour_price: 400, course_day_price: 12_000 }
    }
}

/// What the installation calls itself and where people reach it. Handlers ask for it as app data.
#[derive(Debug, Clone)]
pub struct Site {
    /// Links in mail start with this; never taken from a request.
    pub public_url: Url,
    /// The region's name, shown beside the product's.
    pub region: String,
}

/// How mail leaves the house.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The address mail comes from.
    pub from: String,
    /// None: mail is kept as `.eml` files in `folder`.
    pub smtp: Option<Smtp>,
    pub folder: PathBuf,
    /// How long an instance keeps a mail that it has taken in hand. When an instance is killed, its mails wait this
    /// long before another sends them. The clocks of all instances must agree within a third of it.
    pub lease: Duration,
}

/// Long enough for a slow mail server and for clocks that are half a minute apart.
pub const DEFAULT_LEASE: Duration = Duration::from_secs(120);
/// Shorter ones leave no time to talk with a mail server.
const LEASE_SECONDS: std::ops::RangeInclusive<u64> = 3..=3600;

/// An SMTP server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub username: Option<String>,
    pub password: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Plain text; only for a server on the same machine.
    None,
    /// Plain text first, then STARTTLS, refused when the server does not offer it.
    Starttls,
    /// TLS from the first byte.
    Tls,
}

/// The file as it is written by hand.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    database: Option<String>,
    listen: Option<String>,
    public_url: Option<Url>,
    region: Option<String>,
    #[serde(default)]
    mail: MailFile,
    #[serde(default)]
    planning: Planning,
    #[serde(default)]
    publish: Publish,
    #[serde(default)]
    renewal: Renewal,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MailFile {
    from: Option<String>,
    folder: Option<PathBuf>,
    smtp: Option<SmtpFile>,
    lease_seconds: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SmtpFile {
    host: String,
    port: Option<u16>,
    tls: Option<Tls>,
    username: Option<String>,
    /// A file that holds the password and nothing else.
    password_file: Option<PathBuf>,
}

impl Site {
    /// The address of `path` (which begins with `/`) for mail and for the operator.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }
}

impl Config {
    /// Reads `file`, or `varjedag.toml` in the working directory when it is there.
    pub fn read(file: Option<&Path>) -> Result<Config> {
        let path = file.unwrap_or(Path::new("varjedag.toml"));
        let text = match std::fs::read_to_string(path) {
            Err(error) if file.is_none() && error.kind() == ErrorKind::NotFound => String::new(),
            read => read.with_context(|| format!("cannot read {}", path.display()))?,
        };
        let written = toml::from_str(&text).with_context(|| format!("in {}", path.display()))?;
        Config::of(written, |key| std::env::var(key).ok())
    }

    /// What is written, where the environment does not say otherwise.
    fn of(file: File, env: impl Fn(&str) -> Option<String>) -> Result<Config> {
        let listen = env("VARJEDAG_LISTEN").or(file.listen).unwrap_or_else(|| "127.0.0.1:8080".into());
        let public_url = match env("VARJEDAG_PUBLIC_URL") {
            Some(url) => Url::parse(&url).context("VARJEDAG_PUBLIC_URL is not a web address")?,
            None => match file.public_url {
                Some(url) => url,
                None => default_url(&listen)?,
            },
        };
        Ok(Config {
            database: env("DATABASE_URL").or(file.database).unwrap_or_else(|| DEFAULT_DATABASE.into()),
            listen,
            site: Site {
                region: env("VARJEDAG_REGION").or(file.region).unwrap_or_else(|| "Region Exempel".into()),
                public_url,
            },
            mail: mail(file.mail, env)?,
            planning: file.planning,
            publish: file.publish,
            renewal: file.renewal,
        })
    }

    /// Listens elsewhere; the public address follows unless it was set to something else.
    pub fn listen_on(&mut self, listen: String) -> Result<()> {
        let was_default = self.site.public_url == default_url(&self.listen)?;
        if was_default {
            self.site.public_url = default_url(&listen)?;
        }
        self.listen = listen;
        Ok(())
    }

    /// A configuration for tests and the demonstration: everything in one folder, mail to files.
    pub fn in_folder(folder: &Path, listen: &str) -> Result<Config> {
        Ok(Config {
            database: folder.join("varjedag.sqlite").to_string_lossy().into_owned(),
            listen: listen.into(),
            site: Site { public_url: default_url(listen)?, region: "Region Exempel".into() },
            mail: Mail {
                from: "varjedag@exempel.invalid".into(),
                smtp: None,
                folder: folder.join("mail"),
                lease: DEFAULT_LEASE,
            },
            planning: Planning::default(),
            publish: Publish::default(),
            renewal: Renewal::default(),
        })
    }
}

fn default_url(listen: &str) -> Result<Url> {
    Url::parse(&format!("http://{listen}"))
        .with_context(|| format!("{listen:?} is no address to listen on; write it like 127.0.0.1:8080"))
}

fn mail(file: MailFile, env: impl Fn(&str) -> Option<String>) -> Result<Mail> {
    let smtp = match (env("VARJEDAG_SMTP_HOST"), file.smtp) {
        (None, None) => None,
        (host, written) => Some(smtp(host, written, &env)?),
    };
    let lease_seconds = match env("VARJEDAG_MAIL_LEASE_SECONDS") {
        Some(seconds) => Some(seconds.parse().context("VARJEDAG_MAIL_LEASE_SECONDS is not a whole number of seconds")?),
        None => file.lease_seconds,
    };
    Ok(Mail {
        lease: lease(lease_seconds)?,
        from: file.from.unwrap_or_else(|| "varjedag@localhost".into()),
        folder: file.folder.unwrap_or_else(|| "varjedag-data/mail".into()),
        smtp,
    })
}

fn lease(seconds: Option<u64>) -> Result<Duration> {
    let seconds = seconds.unwrap_or(DEFAULT_LEASE.as_secs());
    let (least, most) = (LEASE_SECONDS.start(), LEASE_SECONDS.end());
    anyhow::ensure!(
        LEASE_SECONDS.contains(&seconds),
        "the lease of a mail is {seconds} seconds; choose from {least} to {most}"
    );
    Ok(Duration::from_secs(seconds))
}

fn smtp(host: Option<String>, file: Option<SmtpFile>, env: impl Fn(&str) -> Option<String>) -> Result<Smtp> {
    let file =
        file.unwrap_or(SmtpFile { host: String::new(), port: None, tls: None, username: None, password_file: None });
    let tls = match env("VARJEDAG_SMTP_TLS").as_deref() {
        None => file.tls.unwrap_or(Tls::Starttls),
        Some("none") => Tls::None,
        Some("starttls") => Tls::Starttls,
        Some("tls") => Tls::Tls,
        Some(other) => anyhow::bail!("VARJEDAG_SMTP_TLS is {other:?}; write none, starttls or tls"),
    };
    let port = match env("VARJEDAG_SMTP_PORT") {
        Some(port) => port.parse().context("VARJEDAG_SMTP_PORT is not a port number")?,
        None => file.port.unwrap_or(match tls {
            Tls::None => 25,
            Tls::Starttls => 587,
            Tls::Tls => 465,
        }),
    };
    let password_file = env("VARJEDAG_SMTP_PASSWORD_FILE").map(PathBuf::from).or(file.password_file);
    let password = match (env("VARJEDAG_SMTP_PASSWORD"), password_file) {
        (Some(password), _) => Some(password),
        (None, Some(path)) => Some(
            std::fs::read_to_string(&path)
                .with_context(|| format!("cannot read the SMTP password from {}", path.display()))?
                .trim_end()
                .to_string(),
        ),
        (None, None) => None,
    };
    Ok(Smtp {
        host: host.unwrap_or(file.host),
        port,
        tls,
        username: env("VARJEDAG_SMTP_USERNAME").or(file.username),
        password,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, env: impl Fn(&str) -> Option<String>) -> Result<Config> {
        Config::of(toml::from_str(text)?, env)
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let env = |key: &str| (key == "DATABASE_URL").then(|| "postgres://db/varjedag".to_string());
        let config = parse("database = \"a.sqlite\"\nregion = \"Region Prov\"", env).unwrap();
        assert_eq!(config.database, "postgres://db/varjedag");
        assert_eq!(config.site.region, "Region Prov");
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = parse("databse = \"a.sqlite\"", |_| None).unwrap_err();
        assert!(format!("{error:#}").contains("databse"), "{error:#}");
    }

    #[test]
    fn the_port_follows_the_tls_mode() {
        let config = parse("[mail.smtp]\nhost = \"mail.exempel.invalid\"\ntls = \"tls\"", |_| None).unwrap();
        let smtp = config.mail.smtp.unwrap();
        assert_eq!((smtp.port, smtp.tls), (465, Tls::Tls));
    }

    #[test]
    fn the_lease_of_a_mail_has_bounds() {
        let lease = |text| parse(text, |_| None).map(|config| config.mail.lease.as_secs());
        assert_eq!(lease("").unwrap(), 120);
        assert_eq!(lease("[mail]\nlease_seconds = 30").unwrap(), 30);
        let error = lease("[mail]\nlease_seconds = 1").unwrap_err();
        assert_eq!(format!("{error:#}"), "the lease of a mail is 1 seconds; choose from 3 to 3600");
    }

    #[test]
    fn without_smtp_settings_mail_goes_to_files() {
        assert!(parse("", |_| None).unwrap().mail.smtp.is_none());
    }
}
