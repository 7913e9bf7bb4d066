//! What happens: two editions, a draft that is worked on, a mail server that is away.

use anyhow::Result;
use chrono::{Days, Months, NaiveDate, NaiveDateTime, TimeDelta};

use super::post::Post;
use super::{MEMBER, morning};
use crate::attendance::service::{self as attendance, Mark};
use crate::clock;
use crate::demo::Dice;
use crate::designer::drafts::cells::{self, Mark as Asked};
use crate::designer::drafts::desk::Desk;
use crate::designer::drafts::service as drafts;
use crate::designer::matrix::Key;
use crate::learning::daily;
use crate::learning::service as learning;
use crate::occasions::store as seats;
use crate::programme::service::{self as programme, As, Plan};
use crate::store::Store;
use crate::versions::published::Published;

const PROGRAMME: &str = "forbattringsprogrammet";
const LEADER: &str = "forbattringsledare";
/// What the draft changes so far: column, module, what is asked.
const DRAFTED: &[(&str, &str, Asked)] = &[
    ("title.chef", "tidsdiagram", Asked::Required),
    ("title.chef", "matplan-och-data", Asked::Recommended),
    ("title.st-lakare", "manniskor-i-forandring", Asked::OneOf(None)),
    ("title.st-lakare", "teamets-samspel", Asked::OneOf(None)),
];

/// What every chapter needs.
pub(super) struct Scene<'a> {
    pub(super) store: &'a Store,
    pub(super) published: &'a Published,
    pub(super) post: Post,
    pub(super) developer: Option<i64>,
}

impl Scene<'_> {
    /// An edition that was seen through: everybody came, and nearly everybody presented their work. Its id.
    pub(super) fn last_year(&self, began: NaiveDate, members: &[i64], dice: &mut Dice) -> Result<i64> {
        let (edition, occasions) = self.edition(began)?;
        self.enrol(edition, members, MEMBER, began)?;
        for occasion in &occasions {
            self.attend(occasion, 100, dice)?;
            self.assess(occasion, occasion.ends_at + Months::new(6))?;
            self.post.deliver(occasion.ends_at)?;
        }
        let last = occasions.iter().map(|occasion| occasion.ends_at).max().unwrap_or(morning(began));
        for person in members.iter().skip(1) {
            programme::present(self.store, edition, *person, true, self.developer, last)?;
        }
        Ok(edition)
    }

    /// The edition that runs now. Once, the mail server is away when the reminders should go.
    pub(super) fn this_year(
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
            self.assess(occasion, now)?;
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
        programme::enrol(
            self.store,
            self.published,
            edition,
            people,
            As { role, leave_out: true },
            self.developer,
            at,
        )?;
        self.post.deliver(at)
    }

    /// So many in a hundred come.
    fn attend(&self, occasion: &seats::Occasion, percent: usize, dice: &mut Dice) -> Result<()> {
        let booked = self.store.read(|conn| seats::seats_of(conn, &[occasion.id]))?;
        let came = |(_, person, _)| Mark { person, attended: Some(dice.percent(percent)) };
        let marks: Vec<Mark> = booked.into_iter().map(came).collect();
        attendance::mark(self.store, self.published, occasion.id, &marks, self.developer, occasion.ends_at)?;
        Ok(())
    }

    /// A draft that has been worked on, so that the designer has something to show.
    pub(super) fn draft(&self, now: NaiveDateTime) -> Result<()> {
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
    pub(super) fn mail_server_away(&self, leaders: &[i64], now: NaiveDateTime) -> Result<()> {
        for (days, people) in [(9, leaders.get(..1)), (1, leaders.get(1..3))] {
            let told_at = now - TimeDelta::days(days);
            self.recognise(people.unwrap_or_default(), told_at)?;
            self.post.fail(told_at, now.min(told_at + TimeDelta::days(4)))?;
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
