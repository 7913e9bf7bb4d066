//! What has happened in the made-up region: a curriculum published, people imported, last year's edition, an edition
//! that began four months ago, days attended and missed, mail sent, a mail server that was away. Every step is a use
//! case that a person could have taken, told the day on which it was taken.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use chrono::{Days, Months, NaiveDate, NaiveDateTime};

use super::Dice;
use super::region::{self, Region, SHOWN_UNIT};
use crate::accounts::store as accounts;
use crate::app;
use crate::clock;
use crate::config::{Config, Smtp, Tls};
use crate::curriculum::judge;
use crate::curriculum::load::Sources;
use crate::curriculum::rewrite::rewrite;
use crate::designer::drafts::cells::{self, Mark as Asked};
use crate::designer::drafts::desk::Desk;
use crate::designer::drafts::service as drafts;
use crate::designer::matrix::Key;
use crate::designer::service::{self as designer, Publication};
use crate::engine::model::Step;
use crate::learning::daily;
use crate::learning::service::{self as learning, Mark};
use crate::learning::store as seats;
use crate::notices::deliver::Mailer;
use crate::notices::worker::Worker;
use crate::organisation::import::read;
use crate::organisation::import::service::{self as import, Errand, Options};
use crate::organisation::service::{GiveRole, give_role};
use crate::organisation::store as people;
use crate::programme::dates;
use crate::programme::service::{self as programme, Plan};
use crate::store::Store;
use crate::versions::builtin;
use crate::versions::published::{Published, Shelf};

/// How large, and which of all made-up regions.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub people: usize,
    pub seed: u64,
}

const PROGRAMME: &str = "forbattringsprogrammet";
const LEADER: &str = "forbattringsledare";
const MEMBER: &str = "teamdeltagare";
/// Those of this year's team participants who took part last year too, at most.
const LAST_YEAR: usize = 8;
/// What the draft changes so far: column, module, what is asked.
const DRAFTED: &[(&str, &str, Asked)] = &[
    ("title.chef", "tidsdiagram", Asked::Required),
    ("title.chef", "matplan-och-data", Asked::Recommended),
    ("title.st-lakare", "manniskor-i-forandring", Asked::OneOf(None)),
    ("title.st-lakare", "teamets-samspel", Asked::OneOf(None)),
];
/// Nobody is enrolled beyond this, however large the region.
const MOST_PARTICIPANTS: usize = 120;

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
    let published_at = morning(began - Months::new(16));

    progress("publishing the curriculum");
    let sources = builtin::sources();
    let earlier = without_cases(&sources);
    let first = Publication { note: "Den första utbildningsplanen", ..Publication::of(&earlier) };
    designer::publish(store, &first, published_at, &|_, _| ())?;
    progress("importing units and people");
    import_all(store, &region, morning(began - Months::new(15)))?;
    let note = "Fall från verksamheten rekommenderas för alla som deltar i ett team.";
    let second = Publication { note, ..Publication::of(&sources) };
    designer::publish(store, &second, morning(began - Months::new(14)), &|_, _| ())?;
    let published = Shelf::default().current(store)?.context("a curriculum was just published")?;
    let ids = ids(store, &region)?;
    hats(store, &region, &ids, published_at)?;
    progress("filling in what people have learnt before");
    earlier_learning(store, &published, &region, &ids, began, &mut dice)?;
    give_roles(store, &published, ids.get(region.units.len()..).unwrap_or_default(), began, &mut dice)?;
    if let Some(person) = coach(&region, &ids) {
        let from = began - Months::new(14);
        let given = GiveRole { person, role: "forbattringscoach".into(), from, to: None };
        give_role(store, &published.curriculum, &given, None, morning(from))?;
    }
    let developer = region.people.iter().position(|p| p.email == cast(&region).developer).map(|index| ids[index]);
    let scene = Scene { store, published: &published, post: post(config, store)?, developer };
    let (leaders, members) = participants(&region, &ids, &mut dice);
    progress("running last year's edition");
    let again: Vec<i64> = members.iter().rev().step_by(6).take(LAST_YEAR).copied().collect();
    scene.last_year(began - Months::new(12), &again, &mut dice)?;
    progress("running this year's edition, day by day");
    scene.this_year(began, now, &leaders, &members, &mut dice)?;
    scene.mail_server_away(&leaders, now)?;
    scene.draft(now)?;
    let enrolled = [leaders, members].concat();
    somebody_leaves(store, &region, &ids, &enrolled, now - chrono::Duration::days(12))?;
    scene.post.deliver(now)
}

/// The first day of an edition that is now in its fifth month.
pub fn edition_start(today: NaiveDate) -> NaiveDate {
    let first_of_month = today - Days::new(u64::from(chrono::Datelike::day0(&today)));
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

fn import_all(store: &Store, region: &Region, now: NaiveDateTime) -> Result<()> {
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

/// The curriculum as it was before learning from cases was recommended to every team.
fn without_cases(sources: &Sources) -> Sources {
    let Some(mut curriculum) = judge(sources).curriculum else { return sources.clone() };
    if let Some(dose) = curriculum.doses.get_mut(MEMBER) {
        dose.recommended.retain(|module| module != "lara-av-fall");
    }
    rewrite(sources, &curriculum)
}

/// The last of those who take no part is no longer in the staff system's file.
fn somebody_leaves(store: &Store, region: &Region, ids: &[i64], enrolled: &[i64], now: NaiveDateTime) -> Result<()> {
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
fn ids(store: &Store, region: &Region) -> Result<Vec<i64>> {
    let everybody = store.read(people::everybody)?;
    let by_external: std::collections::HashMap<String, i64> =
        everybody.into_iter().map(|p| (p.external_id, p.id)).collect();
    Ok(region.people.iter().filter_map(|p| by_external.get(&p.id).copied()).collect())
}

fn hats(store: &Store, region: &Region, ids: &[i64], now: NaiveDateTime) -> Result<()> {
    let cast = cast(region);
    let id = |email: &str| region.people.iter().position(|p| p.email == email).map_or(ids[0], |index| ids[index]);
    store.write(|conn| {
        accounts::give_hat(conn, id(&cast.developer), "developer", None, now)?;
        accounts::give_hat(conn, id(&cast.administrator), "administrator", None, now)?;
        Ok::<_, crate::store::Error>(())
    })?;
    Ok(())
}

/// Some of what each path asks for was learnt before: brought over from the system used earlier.
fn earlier_learning(
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
    had.extend(lapsing(region, ids, began));
    let recorded_at = morning(day);
    for piece in had.chunks(1_000) {
        store.write(|conn| {
            for (person, module, on) in piece {
                let new = learning::Achieving { module, day: *on, evidence: "import", occasion: None };
                learning::achieve(conn, published, *person, &new, None, recorded_at)?;
            }
            Ok::<_, crate::store::Error>(())
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

/// Some improvement coaches and change leaders, by hand.
fn give_roles(store: &Store, published: &Published, staff: &[i64], began: NaiveDate, dice: &mut Dice) -> Result<()> {
    for (role, every) in [("forbattringscoach", 60), ("forandringsledare", 45)] {
        for person in staff.iter().skip(dice.below(every)).step_by(every).take(20) {
            let given = GiveRole { person: *person, role: role.into(), from: began - Months::new(6), to: None };
            give_role(store, &published.curriculum, &given, None, morning(given.from))?;
        }
    }
    Ok(())
}

/// What every chapter needs.
struct Scene<'a> {
    store: &'a Store,
    published: &'a Published,
    post: Post,
    developer: Option<i64>,
}

impl Scene<'_> {
    /// An edition that was seen through: everybody came, and nearly everybody presented their work.
    fn last_year(&self, began: NaiveDate, members: &[i64], dice: &mut Dice) -> Result<()> {
        let (edition, occasions) = self.edition(began)?;
        self.enrol(edition, members, MEMBER, began)?;
        for occasion in &occasions {
            self.attend(occasion, 100, dice)?;
            self.post.deliver(occasion.ends_at)?;
        }
        let last = occasions.iter().map(|occasion| occasion.ends_at).max().unwrap_or(morning(began));
        for person in members.iter().skip(1) {
            programme::present(self.store, edition, *person, true, self.developer, last)?;
        }
        Ok(())
    }

    /// The edition that runs now. Once, the mail server is away when the reminders should go.
    fn this_year(
        &self,
        began: NaiveDate,
        now: NaiveDateTime,
        leaders: &[i64],
        members: &[i64],
        dice: &mut Dice,
    ) -> Result<()> {
        let (edition, occasions) = self.edition(began)?;
        self.enrol(edition, leaders, LEADER, began)?;
        self.enrol(edition, members, MEMBER, began)?;
        for (index, occasion) in occasions.iter().filter(|o| o.ends_at < now).enumerate() {
            let day = clock::day_of(occasion.starts_at);
            for before in [7, 1] {
                let at = morning(day - Days::new(before));
                daily::queue(self.store, self.published, clock::day_of(at), at)?;
                match (index, before) {
                    (2, 1) => self.post.fail(at, occasion.starts_at)?,
                    _ => self.post.deliver(at)?,
                }
            }
            self.attend(occasion, 97, dice)?;
            self.post.deliver(occasion.ends_at)?;
        }
        Ok(())
    }

    fn edition(&self, began: NaiveDate) -> Result<(i64, Vec<seats::Occasion>)> {
        let name = format!("Förbättringsprogrammet {}–{}", began.format("%Y"), (began + Months::new(9)).format("%Y"));
        let plan = Plan { programme: PROGRAMME, name: &name, starts_on: began, place: "Lärcentrum, sal Björken" };
        let created_at = morning(began - Months::new(1));
        let edition = programme::create(self.store, self.published, &plan, self.developer, created_at)?;
        Ok((edition, self.store.read(|conn| seats::occasions_of_edition(conn, edition))?))
    }

    fn enrol(&self, edition: i64, people: &[i64], role: &str, began: NaiveDate) -> Result<()> {
        let at = morning(began - Days::new(14));
        programme::enrol(self.store, self.published, edition, people, role, self.developer, at)?;
        self.post.deliver(at)
    }

    /// So many in a hundred come.
    fn attend(&self, occasion: &seats::Occasion, percent: usize, dice: &mut Dice) -> Result<()> {
        let booked = self.store.read(|conn| seats::seats_of(conn, &[occasion.id]))?;
        let came = |(_, person, _)| Mark { person, attended: Some(dice.percent(percent)) };
        let marks: Vec<Mark> = booked.into_iter().map(came).collect();
        learning::mark(self.store, self.published, occasion.id, &marks, self.developer, occasion.ends_at)?;
        Ok(())
    }

    /// A draft that has been worked on, so that the designer has something to show.
    fn draft(&self, now: NaiveDateTime) -> Result<()> {
        let Some(by) = self.developer else { return Ok(()) };
        let began = now - Days::new(2);
        let draft = drafts::begin(self.store, "Mer mätning för chefer", None, by, began)?;
        let desk = Desk::default();
        for (column, module, mark) in DRAFTED {
            let column = column.parse().unwrap_or(Key::Everyone);
            let wish = cells::Wish {
                column,
                module: (*module).into(),
                mark: Some(*mark),
                days: cells::Days::Keep,
                over: false,
            };
            let ask = drafts::Ask { draft, by, now: began, seen: i64::MAX };
            drafts::change(self.store, &desk, &ask, |now, seen| cells::edits(now, seen, &wish))?;
        }
        Ok(())
    }

    /// What somebody was told while the mail server was away for days was given up; what was told yesterday waits.
    fn mail_server_away(&self, leaders: &[i64], now: NaiveDateTime) -> Result<()> {
        for (days, people) in [(9, leaders.get(..1)), (1, leaders.get(1..3))] {
            let told_at = now - chrono::Duration::days(days);
            self.recognise(people.unwrap_or_default(), told_at)?;
            self.post.fail(told_at, now.min(told_at + chrono::Duration::days(4)))?;
        }
        Ok(())
    }

    /// Prior learning is recognised, which is told by mail.
    fn recognise(&self, people: &[i64], at: NaiveDateTime) -> Result<()> {
        let day = clock::day_of(at);
        for person in people {
            let new = learning::Achieving { module: "lara-av-fall", day, evidence: "prior_learning", occasion: None };
            learning::record(self.store, self.published, *person, &new, self.developer, at)?;
        }
        Ok(())
    }
}

/// Improvement leaders, then team participants: some from every unit, most from the one that is shown.
fn participants(region: &Region, ids: &[i64], dice: &mut Dice) -> (Vec<i64>, Vec<i64>) {
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

/// The mail of those months, delivered to files as of the days it was sent.
struct Post {
    worker: Worker,
    /// A mail server at which nobody answers.
    away: Worker,
    runtime: tokio::runtime::Runtime,
}

fn post(config: &Config, store: &Store) -> Result<Post> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let worker = Worker { daily: None, ..app::worker(config, store.clone(), Shelf::default())? };
    let nobody = Smtp { host: "localhost".into(), port: 1, tls: Tls::None, username: None, password: None };
    let mailer = Mailer::smtp(&nobody, "localhost", Duration::from_secs(1))?;
    Ok(Post { away: Worker { mailer, ..worker.clone() }, worker, runtime })
}

impl Post {
    fn deliver(&self, at: NaiveDateTime) -> Result<()> {
        self.run(&self.worker, at)
    }

    /// Tries in vain for some time.
    fn fail(&self, from: NaiveDateTime, until: NaiveDateTime) -> Result<()> {
        let hours = (until - from).num_hours().max(0);
        (0..hours).try_for_each(|hour| self.run(&self.away, from + chrono::Duration::hours(hour)))
    }

    fn run(&self, worker: &Worker, at: NaiveDateTime) -> Result<()> {
        let worker = Worker { clock: Arc::new(move || at), ..worker.clone() };
        self.runtime.block_on(worker.deliver_due())?;
        Ok(())
    }
}

/// Whether the folder holds a demonstration already.
pub fn is_told(store: &Store) -> Result<bool> {
    Ok(store.read(crate::versions::store::newest_id)?.is_some() && !store.read(people::everybody)?.is_empty())
}

/// Takes a whole demonstration away: the folder must be one, or empty, or not there.
pub fn forget(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let is_ours = |name: &str| name.starts_with("varjedag.sqlite") || name == "mail" || name == MARK;
    let names: Vec<String> = std::fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    ensure!(
        names.is_empty() || (names.iter().any(|n| n == MARK) && names.iter().all(|n| is_ours(n))),
        "{} holds more than a demonstration; choose another folder with --data",
        folder.display()
    );
    std::fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))
}

/// A file that says that a folder holds a demonstration.
pub const MARK: &str = "demonstration.json";

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
