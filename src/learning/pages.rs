//! My path, also as others see it, and the page of a module.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path as Segment, Query};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Deserialize;
use serde_json::json;

use super::my_path::{self, Seen};
use super::service;
use super::store as rows;
use crate::accounts::policy::{self, Actor, SignedIn};
use crate::clock;
use crate::curriculum::model::Language;
use crate::engine::model::{Achievement, Assignment, Facts, Holding, Path, Source};
use crate::occasions::seat::Seat;
use crate::occasions::store::{Occasion, given, occasions_of_module, occasions_to_come};
use crate::store::{Conn, Error, Store, blocking};
use crate::versions::published::{Published, Shelf};
use crate::web::{Chrome, May, Problem, page, redirect};
use crate::{accounts, organisation};

/// `GET /`. Whoever sets the installation up is led to its first steps until it has a curriculum and people.
pub async fn own_path(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
) -> Result<HttpResponse, Problem> {
    let (id, staff, now) = (may.who.id, policy::sees_everyone(&may.who), clock::now());
    let found = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok::<_, Error>(None) };
        store.read(|conn| match staff && !organisation::store::any_in_unit(conn)? {
            true => Ok(None),
            false => Found::of(conn, &published, id, now),
        })
    });
    match found.await? {
        Some(found) => Ok(shown(chrome, &found, None)),
        None if staff => Ok(redirect("/start")),
        None => Ok(page(&chrome.named("learning-not-ready"), "learning/waiting", &json!({}))),
    }
}

/// `GET /people/{id}/path`: for whoever may see the person.
pub async fn path_of(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: Segment<i64>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, now) = (may.who, id.into_inner(), clock::now());
    let found = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok::<_, Error>(None) };
        let found = store.read(|conn| {
            let Some((name, _)) = visible(conn, &actor, id)? else { return Ok(None) };
            Ok::<_, Error>(Found::of(conn, &published, id, now)?.map(|found| (found, name)))
        })?;
        if found.is_some() {
            accounts::service::note_reading(&store, &actor, id, now)?;
        }
        Ok(found)
    });
    let (found, name) = found.await?.ok_or(Problem::NotFound)?;
    Ok(shown(chrome, &found, Some((id, &name))))
}

/// Whose view of a module is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whose {
    person: Option<i64>,
}

/// `GET /curriculum/modules/{id}`; with `?person=` as it concerns somebody else.
pub async fn module(
    may: May<SignedIn>,
    chrome: Chrome,
    store: Data<Store>,
    shelf: Data<Shelf>,
    id: Segment<String>,
    whose: Query<Whose>,
) -> Result<HttpResponse, Problem> {
    let (actor, id, now) = (may.who, id.into_inner(), clock::now());
    let trains = policy::trains(&actor);
    let person = whose.person.filter(|person| *person != actor.id);
    let found = blocking(move || {
        let Some(published) = shelf.current(&store)? else { return Ok::<_, Error>(None) };
        let Some((module, _)) = published.module_by_id(&id) else { return Ok(None) };
        let found = store.read(|conn| {
            let (about, asks) = match person {
                Some(person) => match visible(conn, &actor, person)? {
                    Some((name, asks)) => (Some((person, name)), asks),
                    None => return Ok(None),
                },
                None => (None, true),
            };
            let whose = about.as_ref().map_or(actor.id, |(person, _)| *person);
            let Some(found) = Found::of(conn, &published, whose, now)? else { return Ok(None) };
            let coming = occasions_of_module(conn, &id, now, OCCASIONS)?;
            let coming = given(conn, coming)?;
            Ok::<_, Error>(Some((found, module, about, coming, asks)))
        })?;
        if let Some((_, _, Some((person, _)), ..)) = &found {
            accounts::service::note_reading(&store, &actor, *person, now)?;
        }
        Ok(found)
    });
    let (found, module, about, coming, asks) = found.await?.ok_or(Problem::NotFound)?;
    let about = about.as_ref().map(|(id, name)| (*id, name.as_str()));
    let seen = found.seen(chrome.language, about, &[]);
    let id = found.published.id_of(module);
    let held: Vec<_> = found.achievements.iter().filter(|held| held.module == id).cloned().collect();
    let may = super::module::Rights { trains, asks };
    let body = super::module::view(&seen, module, &held, &coming, may);
    Ok(page(&chrome.titled(format!("{} {}", body.code, body.title)), "learning/module", &body))
}

/// How many occasions of a module are shown.
const OCCASIONS: i64 = 12;

/// The name of a person whom the actor may see, and whether the actor may ask to have recognised what they know.
fn visible(conn: &mut Conn, actor: &Actor, id: i64) -> Result<Option<(String, bool)>, Error> {
    let Some(person) = organisation::store::person(conn, id)? else { return Ok(None) };
    let tree = organisation::store::tree(conn)?;
    let subject = organisation::subject(&tree, &person);
    Ok(policy::sees_person(actor, &subject).then(|| (person.name, policy::claims(actor, &subject))))
}

/// Everything that a path's page needs.
struct Found {
    published: Arc<Published>,
    today: NaiveDate,
    path: Path,
    seats: Vec<Occasion>,
    offered: Vec<Occasion>,
    coming: Vec<Occasion>,
    milestones: Vec<(String, NaiveDate)>,
    has_title: bool,
    achievements: Vec<Achievement>,
}

impl Found {
    fn of(
        conn: &mut Conn,
        published: &Arc<Published>,
        person: i64,
        now: NaiveDateTime,
    ) -> Result<Option<Found>, Error> {
        let today = clock::day_of(now);
        let Some((facts, seats)) = rows::facts_and_seats(conn, person, today)? else { return Ok(None) };
        let (booked, offered): (Vec<_>, Vec<_>) = seats.into_iter().partition(|(seat, _)| *seat == Seat::Booked);
        let occasions = |seats: Vec<(Seat, Occasion)>| seats.into_iter().map(|(_, occasion)| occasion).collect();
        let (mut seats, offered): (Vec<Occasion>, _) = (occasions(booked), occasions(offered));
        let path = service::path_of(published, &facts, today);
        let on_path =
            |seat: &Occasion| path.steps.iter().any(|step| step.booked.is_some_and(|b| b.occasion == seat.id));
        seats.retain(on_path);
        let wanted = [my_path::next(&path), my_path::most_overdue(&path)].into_iter().flatten();
        let wanted: Vec<&str> =
            wanted.filter(|step| step.booked.is_none()).map(|step| published.id_of(step.module)).collect();
        let coming = match wanted[..] {
            [] => Vec::new(),
            [first, ..] => occasions_to_come(conn, [first, wanted[wanted.len() - 1]], now)?,
        };
        let milestones = milestones(conn, &facts, today)?;
        let has_title = has_title(published, &facts, today);
        let achievements = facts.achievements;
        let published = published.clone();
        Ok(Some(Found { published, today, path, seats, offered, coming, milestones, has_title, achievements }))
    }

    fn seen<'a>(
        &'a self,
        language: Language,
        about: Option<(i64, &'a str)>,
        milestones: &'a [(String, NaiveDate)],
    ) -> Seen<'a> {
        Seen {
            published: &self.published,
            path: &self.path,
            today: self.today,
            language,
            about,
            seats: &self.seats,
            offered: &self.offered,
            coming: &self.coming,
            milestones,
            has_title: self.has_title,
        }
    }
}

fn current(facts: &Facts, today: NaiveDate) -> impl Iterator<Item = &Assignment> {
    facts.assignments.iter().filter(move |held| held.from <= today && held.to.is_none_or(|to| today <= to))
}

fn has_title(published: &Published, facts: &Facts, today: NaiveDate) -> bool {
    let known =
        |holding: &Holding| matches!(holding, Holding::Title(id) if published.curriculum.titles.contains_key(id));
    current(facts, today).any(|held| known(&held.holding))
}

/// The milestones of the editions that the person takes part in today.
fn milestones(conn: &mut Conn, facts: &Facts, today: NaiveDate) -> Result<Vec<(String, NaiveDate)>, Error> {
    let mut editions: Vec<i64> = current(facts, today)
        .filter_map(|held| match held.source {
            Source::Programme { id, .. } => Some(id),
            _ => None,
        })
        .collect();
    editions.sort_unstable();
    editions.dedup();
    if editions.is_empty() { Ok(Vec::new()) } else { rows::milestones(conn, &editions) }
}

fn shown(chrome: Chrome, found: &Found, about: Option<(i64, &str)>) -> HttpResponse {
    let language = chrome.language;
    let templates = || found.published.curriculum.programmes.values().flat_map(|programme| &programme.milestones);
    let titled = found.milestones.iter().filter_map(|(id, day)| {
        let milestone = templates().find(|milestone| milestone.id == *id)?;
        Some((milestone.title.of(language).to_owned(), *day))
    });
    let milestones: Vec<_> = titled.collect();
    let seen = found.seen(language, about, &milestones);
    let body = my_path::view(&seen);
    let chrome = match about {
        Some((_, name)) => chrome.titled(name),
        None => chrome.named("learning-path"),
    };
    page(&chrome, "learning/path", &body)
}
