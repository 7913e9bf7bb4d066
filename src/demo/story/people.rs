//! Who comes and who leaves, with the hats, roles and earlier learning they have.

use std::collections::HashMap;
use std::io::Cursor;

use anyhow::{Result, ensure};
use chrono::{Days, Months, NaiveDate, NaiveDateTime};

use super::{cast, morning};
use crate::accounts::store as accounts;
use crate::demo::Dice;
use crate::demo::region::{Region, SHOWN_UNIT};
use crate::designer::service as designer;
use crate::engine::model::Step;
use crate::learning::service as learning;
use crate::organisation::import::read;
use crate::organisation::import::service::{self as import, Errand, Options};
use crate::organisation::service::{GiveRole, give_role};
use crate::organisation::store as people;
use crate::store::{Error, Store};
use crate::versions::published::Published;

const COACH: &str = "forbattringscoach";
/// Nobody is enrolled beyond this, however large the region.
const MOST_PARTICIPANTS: usize = 120;

pub(super) fn import_all(store: &Store, region: &Region, now: NaiveDateTime) -> Result<()> {
    let errand = Errand { by: None, now, progress: &|_, _| {} };
    let options = Options { apply: true, full: false, skip_bad: false };
    let table = |csv: String| read::table(Cursor::new(csv.into_bytes()));
    import::units(store, &table(region.units_csv())?, options, &errand)?;
    let report = import::people(store, &table(region.people_csv())?, options, designer::current_titles, &errand)?;
    ensure!(report.applied, "the made-up people could not be imported: {:?}", report.findings.first());
    // Managers are known only now.
    import::units(store, &table(region.units_csv())?, options, &errand)?;
    Ok(())
}

/// The last of those who take no part is no longer in the staff system's file.
pub(super) fn somebody_leaves(
    store: &Store,
    region: &Region,
    ids: &[i64],
    enrolled: &[i64],
    now: NaiveDateTime,
) -> Result<()> {
    let staff = region.units.len()..region.people.len().min(ids.len());
    let shown = cast(region);
    let is_shown = |index: usize| [&shown.developer, &shown.participant].contains(&&region.people[index].email);
    let free = |index: &usize| !enrolled.contains(&ids[*index]) && !is_shown(*index);
    let Some(leaver) = staff.rev().find(free) else { return Ok(()) };
    let mut left = region.clone();
    left.people.remove(leaver);
    let errand = Errand { by: None, now, progress: &|_, _| {} };
    let options = Options { apply: true, full: true, skip_bad: false };
    let table = read::table(Cursor::new(left.people_csv().into_bytes()))?;
    let report = import::people(store, &table, options, designer::current_titles, &errand)?;
    ensure!(report.applied, "the leaver could not be imported: {:?}", report.findings.first());
    Ok(())
}

/// Database ids in the order of the region's people.
pub(super) fn ids(store: &Store, region: &Region) -> Result<Vec<i64>> {
    let everybody = store.read(people::everybody)?;
    let by_external: HashMap<String, i64> = everybody.into_iter().map(|p| (p.external_id, p.id)).collect();
    Ok(region.people.iter().filter_map(|p| by_external.get(&p.id).copied()).collect())
}

pub(super) fn hats(store: &Store, region: &Region, ids: &[i64], now: NaiveDateTime) -> Result<()> {
    let cast = cast(region);
    let id = |email: &str| region.people.iter().position(|p| p.email == email).map_or(ids[0], |index| ids[index]);
    store.write(|conn| {
        accounts::give_hat(conn, id(&cast.developer), "developer", None, now)?;
        accounts::give_hat(conn, id(&cast.administrator), "administrator", None, now)?;
        Ok::<_, Error>(())
    })?;
    Ok(())
}

/// Some of what each path asks for was learnt before: brought over from the system used earlier.
pub(super) fn earlier_learning(
    store: &Store,
    published: &Published,
    region: &Region,
    ids: &[i64],
    began: NaiveDate,
    dice: &mut Dice,
) -> Result<()> {
    let day = began - Months::new(1);
    let mut had: Vec<(i64, String, NaiveDate)> = Vec::new();
    for (piece, people) in ids.chunks(500).zip(region.people.chunks(500)) {
        let paths = store.read(|conn| learning::paths_of(conn, published, piece, day))?;
        for (id, person) in piece.iter().zip(people) {
            let Some(path) = paths.get(id) else { continue };
            let share = 20 + dice.below(80);
            let known = path.steps.len() * share / 100;
            // Most have what is due by now, and some of what is not.
            let on_time = dice.percent(85);
            let due_by_now = |step: &Step| on_time && step.due.is_some_and(|due| due <= began + Months::new(6));
            for (_, step) in path.steps.iter().enumerate().filter(|(at, step)| *at < known || due_by_now(step)) {
                let ago = Days::new(30 + dice.below(1_100) as u64);
                let on = (day - ago).max(person.from);
                had.push((*id, published.id_of(step.module).to_owned(), on));
            }
        }
    }
    let lapsing = lapsing(region, ids, began);
    had.retain(|(person, module, _)| !lapsing.iter().any(|(other, lapses, _)| (other, lapses) == (person, module)));
    had.extend(lapsing);
    let recorded_at = morning(day);
    for piece in had.chunks(1_000) {
        store.write(|conn| {
            for (person, module, on) in piece {
                let new = learning::Achieving { module, day: *on, evidence: "import", occasion: None };
                learning::achieve(conn, published, *person, &new, None, recorded_at)?;
            }
            Ok::<_, Error>(())
        })?;
    }
    Ok(())
}

/// A manager whose module is about to end, and one whose module has ended: it counts for five years. And in the team
/// that is shown a coach whose certificate of three years is about to end.
fn lapsing(region: &Region, ids: &[i64], began: NaiveDate) -> Vec<(i64, String, NaiveDate)> {
    let module = "leda-med-data".to_owned();
    let five_years_before = |day: NaiveDate| day - Months::new(60);
    let mut lapsing = vec![
        (ids[SHOWN_UNIT], module.clone(), five_years_before(began + Months::new(6))),
        (ids[SHOWN_UNIT + 1], module, five_years_before(began + Months::new(1))),
    ];
    let day = began + Months::new(6) - Months::new(36);
    lapsing.extend(coach(region, ids).map(|person| (person, "coachhandledning".to_owned(), day)));
    lapsing
}

/// The last one of the team that is shown.
fn coach(region: &Region, ids: &[i64]) -> Option<i64> {
    let last = region.people.iter().rposition(|person| person.unit == SHOWN_UNIT)?;
    ids.get(last).copied()
}

/// Some improvement coaches and change leaders, by hand, and the coach of the team that is shown.
pub(super) fn give_roles(
    store: &Store,
    published: &Published,
    region: &Region,
    ids: &[i64],
    began: NaiveDate,
    dice: &mut Dice,
) -> Result<()> {
    let give = |person, role: &str, from| {
        let given = GiveRole { person, role: role.into(), from, to: None };
        give_role(store, &published.curriculum, &given, None, morning(from))
    };
    let staff = ids.get(region.units.len()..).unwrap_or_default();
    for (role, every) in [(COACH, 60), ("forandringsledare", 45)] {
        for person in staff.iter().skip(dice.below(every)).step_by(every).take(20) {
            give(*person, role, began - Months::new(6))?;
        }
    }
    if let Some(person) = coach(region, ids) {
        give(person, COACH, began - Months::new(14))?;
    }
    Ok(())
}

/// Improvement leaders, then team participants: some from every unit, most from the one that is shown.
pub(super) fn participants(region: &Region, ids: &[i64], dice: &mut Dice) -> (Vec<i64>, Vec<i64>) {
    let wanted = (region.people.len() / 6).clamp(6, MOST_PARTICIPANTS);
    let staff = || region.people.iter().zip(ids).skip(region.units.len());
    let shown = cast(region).participant;
    let mut chosen: Vec<i64> = staff().filter(|(p, _)| p.email == shown).map(|(_, id)| *id).collect();
    chosen.extend(staff().filter(|(p, _)| p.unit == SHOWN_UNIT && p.email != shown).map(|(_, id)| *id).take(5));
    let others: Vec<i64> = staff().filter(|(p, _)| p.unit != SHOWN_UNIT).map(|(_, id)| *id).collect();
    while chosen.len() < wanted && !others.is_empty() {
        let next = *dice.pick(&others);
        if !chosen.contains(&next) {
            chosen.push(next);
        }
    }
    let leaders = chosen.iter().step_by(4).copied().collect();
    let members = chosen.iter().enumerate().filter(|(index, _)| index % 4 != 0).map(|(_, id)| *id).collect();
    (leaders, members)
}
