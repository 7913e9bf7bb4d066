//! Queries about sessions, sign-in links, tokens and hats.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::policy::{Actor, Hats};
use crate::curriculum::model::Language;
use crate::store::schema::{api_tokens, audit, hats, people, sessions, sign_in_links, unit_managers, units};
use crate::store::{Conn, Result, journal};
use crate::words;

/// A person who may sign in: known, not ended, not disabled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub language: Language,
}

/// Who holds this session now, and its form token. One query, asked at every request, so that sign-out, a changed
/// hat or a disabled account counts at once.
pub fn actor_of_session(conn: &mut Conn, token_hash: &str, now: NaiveDateTime) -> Result<Option<(Actor, String)>> {
    let rows: Vec<(ActorRow, String)> = sessions::table
        .inner_join(people::table.left_join(hats::table).left_join(unit_managers::table))
        .filter(sessions::token_hash.eq(token_hash))
        .filter(sessions::expires_at.gt(now))
        .filter(people::disabled_at.is_null())
        .filter(people::ends_on.is_null().or(people::ends_on.ge(now.date())))
        .select((
            (people::id, people::name, people::language, hats::hat.nullable(), unit_managers::unit_id.nullable()),
            sessions::csrf,
        ))
        .load(conn)?;
    let csrf = rows.first().map(|(_, csrf)| csrf.clone());
    Ok(fold(rows.into_iter().map(|(row, _)| row)).zip(csrf))
}

/// Whom this API token acts as.
pub fn actor_of_token(conn: &mut Conn, token_hash: &str, now: NaiveDateTime) -> Result<Option<Actor>> {
    let rows: Vec<ActorRow> = api_tokens::table
        .inner_join(people::table.left_join(hats::table).left_join(unit_managers::table))
        .filter(api_tokens::token_hash.eq(token_hash))
        .filter(api_tokens::expires_at.gt(now))
        .filter(api_tokens::revoked_at.is_null())
        .filter(people::disabled_at.is_null())
        .filter(people::ends_on.is_null().or(people::ends_on.ge(now.date())))
        .select((people::id, people::name, people::language, hats::hat.nullable(), unit_managers::unit_id.nullable()))
        .load(conn)?;
    Ok(fold(rows.into_iter()))
}

/// What somebody who works here is once signed in.
pub fn actor(conn: &mut Conn, person: i64) -> Result<Option<Actor>> {
    let rows: Vec<ActorRow> = people::table
        .left_join(hats::table)
        .left_join(unit_managers::table)
        .filter(people::id.eq(person))
        .filter(people::disabled_at.is_null())
        .select((people::id, people::name, people::language, hats::hat.nullable(), unit_managers::unit_id.nullable()))
        .load(conn)?;
    Ok(fold(rows.into_iter()))
}

type ActorRow = (i64, String, String, Option<String>, Option<i64>);

/// One row for each pair of hat and managed unit.
fn fold(rows: impl Iterator<Item = ActorRow>) -> Option<Actor> {
    let mut actor: Option<Actor> = None;
    for (id, name, code, hat, unit) in rows {
        let actor = actor.get_or_insert_with(|| Actor {
            id,
            name,
            language: Language::of_code(&code),
            hats: Hats::default(),
            manages: Vec::new(),
        });
        wear(&mut actor.hats, hat.as_deref());
        if let Some(unit) = unit
            && !actor.manages.contains(&unit)
        {
            actor.manages.push(unit);
        }
    }
    actor
}

fn wear(hats: &mut Hats, hat: Option<&str>) {
    match hat {
        Some("administrator") => hats.administrator = true,
        Some("developer") => hats.developer = true,
        Some("coach") => hats.coach = true,
        _ => {}
    }
}

/// The account with this normalised address, when it may sign in.
pub fn account(conn: &mut Conn, email_key: &str, now: NaiveDateTime) -> Result<Option<Account>> {
    let row: Option<(i64, String, String, String)> = people::table
        .filter(people::email_key.eq(email_key))
        .filter(people::disabled_at.is_null())
        .filter(people::ends_on.is_null().or(people::ends_on.ge(now.date())))
        .select((people::id, people::name, people::email, people::language))
        .first(conn)
        .optional()?;
    Ok(row.map(|(id, name, email, code)| Account { id, name, email, language: Language::of_code(&code) }))
}

/// A sign-in link to keep; the secret itself is never stored.
#[derive(Insertable)]
#[diesel(table_name = sign_in_links)]
pub struct NewLink<'a> {
    pub token_hash: &'a str,
    pub person_id: i64,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub next: &'a str,
}

pub fn insert_link(conn: &mut Conn, link: &NewLink) -> Result<()> {
    diesel::insert_into(sign_in_links::table).values(link).execute(conn)?;
    Ok(())
}

/// Links made for a person since an instant.
pub fn links_since(conn: &mut Conn, person: i64, since: NaiveDateTime) -> Result<i64> {
    Ok(sign_in_links::table
        .filter(sign_in_links::person_id.eq(person))
        .filter(sign_in_links::created_at.gt(since))
        .count()
        .get_result(conn)?)
}

/// True while the link can still be used. Changes nothing: mail scanners open links.
pub fn link_is_open(conn: &mut Conn, token_hash: &str, now: NaiveDateTime) -> Result<bool> {
    let open: i64 = sign_in_links::table
        .filter(sign_in_links::token_hash.eq(token_hash))
        .filter(sign_in_links::used_at.is_null())
        .filter(sign_in_links::expires_at.gt(now))
        .count()
        .get_result(conn)?;
    Ok(open == 1)
}

/// Uses the link up: the person and where to go next, once.
pub fn use_link(conn: &mut Conn, token_hash: &str, now: NaiveDateTime) -> Result<Option<(i64, String)>> {
    let used: Vec<(i64, String)> = diesel::update(
        sign_in_links::table
            .filter(sign_in_links::token_hash.eq(token_hash))
            .filter(sign_in_links::used_at.is_null())
            .filter(sign_in_links::expires_at.gt(now)),
    )
    .set(sign_in_links::used_at.eq(now))
    .returning((sign_in_links::person_id, sign_in_links::next))
    .get_results(conn)?;
    Ok(used.into_iter().next())
}

#[derive(Insertable)]
#[diesel(table_name = sessions)]
pub struct NewSession<'a> {
    pub token_hash: &'a str,
    pub person_id: i64,
    pub csrf: &'a str,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
}

pub fn insert_session(conn: &mut Conn, session: &NewSession) -> Result<()> {
    diesel::insert_into(sessions::table).values(session).execute(conn)?;
    Ok(())
}

pub fn delete_session(conn: &mut Conn, token_hash: &str) -> Result<()> {
    diesel::delete(sessions::table.filter(sessions::token_hash.eq(token_hash))).execute(conn)?;
    Ok(())
}

/// Sessions that ran out and links that can no longer be used.
pub fn delete_stale(conn: &mut Conn, now: NaiveDateTime) -> Result<usize> {
    let ended = diesel::delete(sessions::table.filter(sessions::expires_at.le(now))).execute(conn)?;
    let links = diesel::delete(sign_in_links::table.filter(sign_in_links::expires_at.le(now - chrono::Days::new(2))))
        .execute(conn)?;
    Ok(ended + links)
}

pub fn set_language(conn: &mut Conn, person: i64, language: Language) -> Result<()> {
    diesel::update(people::table.find(person)).set(people::language.eq(language.code())).execute(conn)?;
    Ok(())
}

pub fn hats_of(conn: &mut Conn, person: i64) -> Result<Hats> {
    let worn: Vec<String> = hats::table.filter(hats::person_id.eq(person)).select(hats::hat).load(conn)?;
    let mut answer = Hats::default();
    for hat in &worn {
        wear(&mut answer, Some(hat));
    }
    Ok(answer)
}

/// How many people wear a hat and may sign in.
pub fn wearers(conn: &mut Conn, hat: &str) -> Result<i64> {
    Ok(hats::table
        .inner_join(people::table)
        .filter(hats::hat.eq(hat))
        .filter(people::disabled_at.is_null())
        .filter(people::ends_on.is_null())
        .count()
        .get_result(conn)?)
}

/// Ids of those who wear a hat.
pub fn who_wears(conn: &mut Conn, hat: &str) -> Result<Vec<i64>> {
    Ok(hats::table.filter(hats::hat.eq(hat)).order(hats::person_id).select(hats::person_id).load(conn)?)
}

/// Those who may train at occasions: developers and coaches who may sign in, with their names, by name.
pub fn may_train(conn: &mut Conn) -> Result<Vec<(i64, String)>> {
    let rows: Vec<(String, i64, String)> = hats::table
        .inner_join(people::table)
        .filter(hats::hat.eq("developer").or(hats::hat.eq("coach")))
        .filter(people::disabled_at.is_null())
        .filter(people::ends_on.is_null())
        .order((people::sort_key, people::id))
        .select((people::sort_key, people::id, people::name))
        .distinct()
        .load(conn)?;
    Ok(rows.into_iter().map(|(_, person, name)| (person, name)).collect())
}

/// Gives a hat; giving it again changes nothing.
pub fn give_hat(conn: &mut Conn, person: i64, hat: &str, by: Option<i64>, now: NaiveDateTime) -> Result<bool> {
    let worn: i64 =
        hats::table.filter(hats::person_id.eq(person)).filter(hats::hat.eq(hat)).count().get_result(conn)?;
    if worn == 0 {
        diesel::insert_into(hats::table)
            .values((hats::person_id.eq(person), hats::hat.eq(hat), hats::given_at.eq(now), hats::given_by.eq(by)))
            .execute(conn)?;
    }
    Ok(worn == 0)
}

pub fn take_hat(conn: &mut Conn, person: i64, hat: &str) -> Result<bool> {
    let taken =
        diesel::delete(hats::table.filter(hats::person_id.eq(person)).filter(hats::hat.eq(hat))).execute(conn)?;
    Ok(taken == 1)
}

/// The first account of an empty installation; later imports find it again by its address.
pub fn insert_first_person(conn: &mut Conn, email: &str, email_key: &str, now: NaiveDateTime) -> Result<i64> {
    let name = email.split('@').next().unwrap_or(email);
    let id = diesel::insert_into(people::table)
        .values((
            people::external_id.eq(format!("first:{email_key}")),
            people::name.eq(name),
            people::sort_key.eq(words::sort_key(name)),
            people::search_key.eq(format!("{} {email_key}", words::search_key(name))),
            people::email.eq(email),
            people::email_key.eq(email_key),
            people::language.eq("sv"),
            people::title_text.eq(""),
            people::starts_on.eq(now.date()),
        ))
        .returning(people::id)
        .get_result(conn)?;
    journal::changed(conn, &[id])?;
    Ok(id)
}

#[derive(Insertable)]
#[diesel(table_name = api_tokens)]
pub struct NewToken<'a> {
    pub token_hash: &'a str,
    pub name: &'a str,
    pub person_id: i64,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
}

pub fn insert_token(conn: &mut Conn, token: &NewToken) -> Result<i64> {
    Ok(diesel::insert_into(api_tokens::table).values(token).returning(api_tokens::id).get_result(conn)?)
}

/// What a person's own page says about them.
pub struct OwnData {
    pub email: String,
    pub unit: Option<String>,
    pub title: String,
    pub starts_on: chrono::NaiveDate,
}

/// Who did `action` to a person and when, the latest first.
pub fn doers(conn: &mut Conn, action: &str, person: i64, limit: i64) -> Result<Vec<(String, NaiveDateTime)>> {
    Ok(audit::table
        .inner_join(people::table)
        .filter(audit::object_kind.eq("person"))
        .filter(audit::object_id.eq(person))
        .filter(audit::action.eq(action))
        .order((audit::at.desc(), audit::id.desc()))
        .limit(limit)
        .select((people::name, audit::at))
        .load(conn)?)
}

pub fn own_data(conn: &mut Conn, person: i64) -> Result<Option<OwnData>> {
    let row: Option<(String, Option<String>, String, chrono::NaiveDate)> = people::table
        .left_join(units::table)
        .filter(people::id.eq(person))
        .select((people::email, units::name.nullable(), people::title_text, people::starts_on))
        .first(conn)
        .optional()?;
    Ok(row.map(|(email, unit, title, starts_on)| OwnData { email, unit, title, starts_on }))
}
