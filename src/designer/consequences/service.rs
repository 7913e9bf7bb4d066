//! Asking what a draft does: the draft's curriculum after the published version, over everybody in memory.

use chrono::{NaiveDate, NaiveTime};

use super::region::Regions;
use crate::config::Planning;
use crate::curriculum::model::{Curriculum, Format};
use crate::engine::compile::CompileError;
use crate::engine::impact::{Courses, Impact, Listed, Page, Prices, Slice, impact, people};
use crate::engine::{Compiled, Transition};
use crate::occasions::store as occasions;
use crate::store::{Conn, Error, Store};
use crate::versions::published::Published;

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    #[error("the draft has errors that leave no answer: {0}")]
    Unsound(#[from] CompileError),
    #[error(transparent)]
    Store(#[from] Error),
}

crate::store::failure!(Unanswered);

/// The question of what a draft does.
pub struct Question<'a> {
    pub published: &'a Published,
    pub draft: &'a Curriculum,
    pub transition: &'a Transition,
    pub today: NaiveDate,
}

impl Question<'_> {
    /// What would hold if the draft were published today.
    pub fn after(&self) -> Result<Compiled, CompileError> {
        self.published.followed_by(self.draft, self.transition, self.today)
    }

    /// All figures, as the database is now.
    pub fn figures(&self, store: &Store, regions: &Regions, courses: &Courses) -> Result<Impact, Unanswered> {
        let after = self.after()?;
        let ask = |region: &crate::engine::impact::Region| impact(region.snapshot(), region.base(), &after, courses);
        Ok(regions.ask(store, self.published, self.today, ask)?)
    }

    /// The people behind one of them.
    pub fn people(&self, store: &Store, regions: &Regions, slice: &Slice, page: Page) -> Result<Listed, Unanswered> {
        let after = self.after()?;
        let ask =
            |region: &crate::engine::impact::Region| people(region.snapshot(), region.base(), &after, slice, page);
        Ok(regions.ask(store, self.published, self.today, ask)?)
    }
}

/// How courses are given, for the draft's modules, with the seats that are planned from `today`.
pub fn courses(conn: &mut Conn, planning: &Planning, draft: &Curriculum, today: NaiveDate) -> Result<Courses, Error> {
    let seats = occasions::planned(conn, today.and_time(NaiveTime::MIN), planning.participants)?;
    let alone = |format: Format| format == Format::SelfStudy;
    let without = draft.modules.iter().filter(|(_, module)| alone(module.format)).map(|(id, _)| id.clone()).collect();
    let prices = Prices { hour: planning.hour_price * 100, course_day: planning.course_day_price * 100 };
    Ok(Courses { participants: planning.participants, seats, without, prices })
}
