//! What has happened in the made-up region: a curriculum published, people imported, last year's edition, an edition
//! that began four months ago, days attended and missed, mail sent, a mail server that was away. Every step is a use
//! case that a person could have taken, told the day on which it was taken.

use anyhow::{Context, Result};
use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime};

use self::chapters::Scene;
use super::Dice;
use super::own;
use super::region::{self, Region, SHOWN_UNIT};
use super::{days, halves, known};
use crate::clock;
use crate::config::Config;
use crate::curriculum::judge;
use crate::curriculum::load::Sources;
use crate::curriculum::rewrite::rewrite;
use crate::designer::service::{self as designer, Publication};
use crate::learning::renewal;
use crate::programme::dates;
use crate::store::{Store, count_anew};
use crate::versions::builtin;
use crate::versions::published::Shelf;

mod assessed;
mod chapters;
mod people;
mod post;

/// How large, and which of all made-up regions.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub people: usize,
    pub seed: u64,
}

const MEMBER: &str = "teamdeltagare";
/// Those of this year's team participants who took part last year too, at most.
const LAST_YEAR: usize = 8;

/// Those whom the demonstration offers to be, by address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    pub developer: String,
    pub participant: String,
    pub manager: String,
    pub administrator: String,
}

/// Who they are in a region of these people. Positions, so that a restarted demonstration finds them again.
pub fn cast(region: &Region) -> Cast {
    let address = |index: usize| region.people[index].email.clone();
    let in_unit = |unit: usize, title: &str| {
        region.people.iter().position(|p| p.unit == unit && (title.is_empty() || p.title == title))
    };
    let participant = region.people.iter().enumerate().skip(region.units.len()).find(|(_, p)| p.unit == SHOWN_UNIT);
    Cast {
        developer: address(in_unit(11, "Verksamhetsutvecklare").unwrap_or(region.units[11].manager)),
        participant: address(participant.map_or(0, |(index, _)| index)),
        manager: address(region.units[SHOWN_UNIT].manager),
        administrator: address(region.units[10].manager),
    }
}

/// Builds it all in an empty database. `progress` is told what is being done.
pub fn tell(config: &Config, store: &Store, wish: Wish, now: NaiveDateTime, progress: &dyn Fn(&str)) -> Result<()> {
    let today = clock::day_of(now);
    let region = region::region(wish.people, wish.seed, today);
    let mut dice = Dice::new(wish.seed ^ 0x5eed);
    let began = edition_start(today);

    progress("publishing the curriculum and importing units and people");
    publish(store, &region, began)?;
    let published = Shelf::default().current(store)?.context("a curriculum was just published")?;
    let ids = people::ids(store, &region)?;
    people::hats(store, &region, &ids, morning(began - Months::new(16)))?;
    progress("filling in what people have learnt before");
    people::earlier_learning(store, &published, &region, &ids, began, &mut dice)?;
    people::give_roles(store, &published, &region, &ids, began, &mut dice)?;
    let cast = cast(&region);
    let at = |address: &String| region.people.iter().position(|p| p.email == *address).map(|index| ids[index]);
    let (developer, shown) = (at(&cast.developer), at(&cast.participant));
    let scene = Scene { store, published: &published, post: post::post(config, store)?, developer };
    let (leaders, members) = people::participants(&region, &ids, &mut dice);
    progress("running last year's edition");
    let again: Vec<i64> = members.iter().rev().step_by(6).take(LAST_YEAR).copied().collect();
    let manager = ids[region.units[SHOWN_UNIT].manager];
    let last_year = scene.last_year(began - Months::new(12), &[again, vec![manager]].concat(), &mut dice)?;
    progress("running this year's edition, day by day");
    scene.this_year(began, now, &leaders, &members, &mut dice)?;
    scene.mail_server_away(&leaders, now)?;
    scene.draft(now)?;
    progress("opening course days, and asking to have recognised what people know");
    let stage = days::Stage { store, published: &published, developer, now };
    course_days(&stage, &region, &ids, shown)?;
    if let Some(shown) = shown {
        own::tell(store, &published, shown, &config.site.region, now)?;
    }
    own::diploma(store, &published, manager, last_year, &config.site.region, now - Days::new(4))?;
    let enrolled = [leaders, members].concat();
    people::somebody_leaves(store, &region, &ids, &enrolled, now - Days::new(12))?;
    renewal::queue(store, &published, &config.renewal.days_before, today, now)?;
    scene.post.deliver(now)?;
    Ok(count_anew(store)?)
}

/// Two versions of the curriculum, and between them everybody.
fn publish(store: &Store, region: &Region, began: NaiveDate) -> Result<()> {
    let sources = builtin::sources();
    let earlier = without_cases(&sources);
    let first = Publication { note: "Den första utbildningsplanen", ..Publication::of(&earlier) };
    designer::publish(store, &first, morning(began - Months::new(16)), &|_, _| ())?;
    people::import_all(store, region, morning(began - Months::new(15)))?;
    let note = "Fall från verksamheten rekommenderas för alla som deltar i ett team.";
    let second = Publication { note, ..Publication::of(&sources) };
    designer::publish(store, &second, morning(began - Months::new(14)), &|_, _| ())?;
    Ok(())
}

/// Course days with all that happens around them.
fn course_days(stage: &days::Stage, region: &Region, ids: &[i64], shown: Option<i64>) -> Result<()> {
    let people = ids.get(region.units.len()..).unwrap_or_default();
    days::rules(stage)?;
    days::fill(stage, people, shown)?;
    halves::fill(stage, people, shown)?;
    days::away(stage, ids, shown)?;
    recognise(stage, region, ids, shown)
}

/// What the unit that is shown knows already.
fn recognise(stage: &days::Stage, region: &Region, ids: &[i64], shown: Option<i64>) -> Result<()> {
    let (Some(developer), Some(shown)) = (stage.developer, shown) else { return Ok(()) };
    let staff = region.people.iter().zip(ids).skip(region.units.len());
    let team = staff.filter(|(person, id)| person.unit == SHOWN_UNIT && **id != shown);
    let team: Vec<i64> = team.map(|(_, id)| *id).collect();
    let manager = ids[region.units[SHOWN_UNIT].manager];
    let days::Stage { store, published, now, .. } = *stage;
    known::Cast { store, published, now, developer, manager, shown, team: &team }.tell()
}

/// The first day of an edition that is now in its fifth month.
pub fn edition_start(today: NaiveDate) -> NaiveDate {
    let first_of_month = today - Days::new(u64::from(today.day0()));
    (0..12)
        .filter_map(|back| first_of_month.checked_sub_months(Months::new(back)))
        .find(|start| {
            let months = dates::months(*start, 6, &[7]);
            months[0] == *start && months[4] <= today && today < months[5]
        })
        .unwrap_or(first_of_month)
}

fn morning(day: NaiveDate) -> NaiveDateTime {
    day.and_hms_opt(7, 0, 0).unwrap_or_default()
}

/// The curriculum as it was before learning from cases was recommended to every team.
fn without_cases(sources: &Sources) -> Sources {
    let Some(mut curriculum) = judge(sources).curriculum else { return sources.clone() };
    if let Some(dose) = curriculum.doses.get_mut(MEMBER) {
        dose.recommended.retain(|module| module != "lara-av-fall");
    }
    rewrite(sources, &curriculum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edition_is_in_its_fifth_month_whatever_the_day() {
        for day in ["2026-11-23", "2027-03-01", "2027-07-15", "2027-08-31", "2028-02-29"] {
            let today: NaiveDate = day.parse().unwrap();
            let months = dates::months(edition_start(today), 6, &[7]);
            assert!(months[4] <= today && today < months[5], "{today}: {months:?}");
        }
    }
}
