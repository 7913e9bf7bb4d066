//! Signing in and out, the first administrator, hats and tokens.

use chrono::{Days, Duration, NaiveDateTime};

use super::policy::{self, Actor, Subject};
use super::store::{self as rows, Account};
use super::{Hats, secret};
use crate::store::{Conn, Error, Store, audit, failure};
use crate::words::{email_key, is_email};

/// How long a sign-in link works.
pub const LINK_MINUTES: i64 = 15;
/// Links per person and hour; more are ignored, so that nobody's mailbox can be filled.
const LINKS_PER_HOUR: i64 = 5;

#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("no account with that address may sign in; import people first, or check the spelling")]
    NoAccount,
    #[error("{0:?} is not an e-mail address; write it like prov.provsson@exempel.se")]
    NotAnAddress(String),
    #[error("the link has been used or is too old; ask for a new one")]
    LinkClosed,
    #[error("that is not yours to change")]
    NotAllowed,
    #[error("somebody must remain administrator; give the hat to another person first")]
    LastAdministrator,
    #[error("there is no hat called {0}; write administrator, developer or coach")]
    UnknownHat(String),
    #[error(transparent)]
    Store(#[from] Error),
}

failure!(Refusal);

/// A link that was made; `secret` goes into the address and nowhere else.
pub struct Link {
    pub account: Account,
    pub secret: String,
}

/// Makes a sign-in link and queues its mail by `tell`, in one transaction. None for an unknown address or too many
/// links: the caller answers the same in every case.
pub fn request_link(
    store: &Store,
    email: &str,
    next: &str,
    now: NaiveDateTime,
    tell: impl Fn(&mut Conn, &Link) -> Result<(), Error>,
) -> Result<bool, Error> {
    let secret = secret::new();
    store.write(|conn| {
        let Some(account) = rows::account(conn, &email_key(email), now)? else { return Ok(false) };
        if rows::links_since(conn, account.id, now - Duration::hours(1))? >= LINKS_PER_HOUR {
            return Ok(false);
        }
        let link = Link { account, secret: secret.clone() };
        keep_link(conn, &link, next, now)?;
        tell(conn, &link)?;
        Ok(true)
    })
}

fn keep_link(conn: &mut Conn, link: &Link, next: &str, now: NaiveDateTime) -> Result<(), Error> {
    rows::insert_link(
        conn,
        &rows::NewLink {
            token_hash: &secret::hash(&link.secret),
            person_id: link.account.id,
            created_at: now,
            expires_at: now + Duration::minutes(LINK_MINUTES),
            next,
        },
    )
}

/// A link for the operator to hand over. On an installation without an administrator the address becomes the first:
/// administrator and developer.
pub fn operator_link(store: &Store, email: &str, now: NaiveDateTime) -> Result<Link, Refusal> {
    let secret = secret::new();
    store.write(|conn| {
        let key = email_key(email);
        if rows::wearers(conn, "administrator")? == 0 {
            first_administrator(conn, email.trim(), &key, now)?;
        }
        let account = rows::account(conn, &key, now)?.ok_or(Refusal::NoAccount)?;
        let link = Link { account, secret: secret.clone() };
        keep_link(conn, &link, "/", now)?;
        audit(conn, now, None, "sign_in.operator_link", link.account.id, "")?;
        Ok(link)
    })
}

fn first_administrator(conn: &mut Conn, email: &str, key: &str, now: NaiveDateTime) -> Result<(), Refusal> {
    if !is_email(email) {
        return Err(Refusal::NotAnAddress(email.into()));
    }
    let id = match rows::account(conn, key, now)? {
        Some(account) => account.id,
        None => rows::insert_first_person(conn, email, key, now)?,
    };
    for hat in ["administrator", "developer"] {
        rows::give_hat(conn, id, hat, None, now)?;
        audit(conn, now, None, "hat.given", id, hat)?;
    }
    Ok(())
}

/// A session that was opened.
pub struct Session {
    /// For the cookie.
    pub secret: String,
    pub expires_at: NaiveDateTime,
    /// Where the person was going.
    pub next: String,
}

/// Uses a link up and opens a session.
pub fn sign_in(store: &Store, link_secret: &str, now: NaiveDateTime) -> Result<Session, Refusal> {
    let (secret, csrf) = (secret::new(), secret::new());
    store.write(|conn| {
        let used = rows::use_link(conn, &secret::hash(link_secret), now)?;
        let (person, next) = used.ok_or(Refusal::LinkClosed)?;
        let expires_at = now + lifetime(rows::hats_of(conn, person)?);
        rows::insert_session(
            conn,
            &rows::NewSession {
                token_hash: &secret::hash(&secret),
                person_id: person,
                csrf: &csrf,
                created_at: now,
                expires_at,
            },
        )?;
        rows::delete_stale(conn, now)?;
        audit(conn, now, Some(person), "sign_in", person, "")?;
        Ok(Session { secret: secret.clone(), expires_at, next })
    })
}

/// A working day for those who can change things for others, a week for everybody else.
fn lifetime(hats: Hats) -> Duration {
    if hats.administrator || hats.developer { Duration::hours(12) } else { Duration::days(7) }
}

/// Ends the session at once.
pub fn sign_out(store: &Store, session_secret: &str) -> Result<(), Error> {
    store.write(|conn| rows::delete_session(conn, &secret::hash(session_secret)))
}

/// Gives or takes a hat.
pub fn change_hat(
    store: &Store,
    actor: &Actor,
    subject: &Subject,
    hat: &str,
    worn: bool,
    now: NaiveDateTime,
) -> Result<(), Refusal> {
    if !["administrator", "developer", "coach"].contains(&hat) {
        return Err(Refusal::UnknownHat(hat.into()));
    }
    if !policy::gives_hats(actor, subject) {
        return Err(Refusal::NotAllowed);
    }
    store.write(|conn| {
        if worn {
            if rows::give_hat(conn, subject.id, hat, Some(actor.id), now)? {
                audit(conn, now, Some(actor.id), "hat.given", subject.id, hat)?;
            }
        } else if rows::take_hat(conn, subject.id, hat)? {
            if hat == "administrator" && rows::wearers(conn, hat)? == 0 {
                return Err(Refusal::LastAdministrator);
            }
            audit(conn, now, Some(actor.id), "hat.taken", subject.id, hat)?;
        }
        Ok(())
    })
}

/// Notes that `actor` has read `person`'s record, once a day; people can see who has. Reading one's own is no news.
pub fn note_reading(store: &Store, actor: &Actor, person: i64, now: NaiveDateTime) -> Result<(), Error> {
    if actor.id == person {
        return Ok(());
    }
    let day = now.date().and_time(chrono::NaiveTime::MIN);
    let noted = |conn: &mut Conn| audit::done_since(conn, actor.id, READ, ("person", person), day);
    if store.read(noted)? {
        return Ok(());
    }
    store.write(|conn| match noted(conn)? {
        true => Ok(()),
        false => audit(conn, now, Some(actor.id), READ, person, ""),
    })
}

/// A person's record was read by somebody else.
const READ: &str = "person.read";

/// Who has read a person's record and when, the latest first, at most `limit`.
pub fn readings(conn: &mut Conn, person: i64, limit: i64) -> Result<Vec<(String, NaiveDateTime)>, Error> {
    rows::doers(conn, READ, person, limit)
}

/// A bearer token that acts as a person, with that person's rights; shown once.
pub fn make_token(store: &Store, email: &str, name: &str, days: u32, now: NaiveDateTime) -> Result<String, Refusal> {
    let secret = secret::new();
    store.write(|conn| {
        let account = rows::account(conn, &email_key(email), now)?.ok_or(Refusal::NoAccount)?;
        let id = rows::insert_token(
            conn,
            &rows::NewToken {
                token_hash: &secret::hash(&secret),
                name,
                person_id: account.id,
                created_at: now,
                expires_at: now + Days::new(days.into()),
            },
        )?;
        Ok::<_, Refusal>(audit(conn, now, None, "token.made", id, "")?)
    })?;
    Ok(secret)
}

fn audit(
    conn: &mut Conn,
    at: NaiveDateTime,
    actor_id: Option<i64>,
    action: &str,
    object: i64,
    detail: &str,
) -> Result<(), Error> {
    audit::record(conn, &audit::Entry { at, actor_id, action, object_kind: "person", object_id: Some(object), detail })
}
