//! What a draft does to everybody: two versions of a curriculum, all people, one day.
//!
//! A [`Snapshot`] keeps the people; a [`Base`] is what today's version asks of them, summed; [`impact`] sets a draft
//! against it; [`people`] opens any of its numbers. A [`Region`] keeps a snapshot and its base in step while the
//! people change. No database and no texts: whoever shows a person's two paths asks [`crate::engine::path`] for them.
//!
//! Three things make it quick, and none of them an answer: today's answer is kept for everybody; what leaves a choice
//! is solved once for all who have and take the same of what can matter for it, and remembered from draft to draft; and
//! where a draft only asks for more modules, the new answer follows from today's.
//!
//! # What the numbers mean
//!
//! Everything follows from each person's steps before and after: their modules, hours and due days, as
//! [`crate::engine::path`] gives them. A person is
//!
//! - **affected** when a step comes, goes, or gets another due day or other hours, or when competence is lost or won;
//! - given **more** or **less** when the hours left rise or fall;
//! - **done** when hours were left before and none are after;
//! - **overdue** when a step's day has passed; the figure counts those who were not overdue before;
//! - **tight** when a deadline cannot hold the hours that are due by then, late ones included: the rule by which
//!   `varjedag check` judges a dose, with the days from today to the deadline (`working_days`). The figure counts
//!   those who were not tight before. The first such deadline is called the pinch;
//! - **competent** in a role held today when all that its doses require, included roles' too, is held and valid and
//!   so is enough of each choice. Nobody is competent in a role that the curriculum does not know. **Lost** and
//!   **won** count people for whom that changes in at least one role.
//!
//! A group says which people, and in a module's or a week's group also which of their steps: only those count there.
//! So a module's *more* are those who get it, its *done* those who are rid of it, and its *overdue* those for whom it
//! becomes overdue. A week's hours are those due in it; a person is tight in a week when the pinch lies in it, and in
//! a module when it is due by the pinch. In a module's or week's group lost and won are those of the people for whom
//! something changes there; in a role's group they speak of that role only.
//!
//! Titles and roles are those held on the day, units those the person is in. Somebody with two roles is in both
//! groups; the groups of units share nobody.
//!
//! **Course days**: a module needs so many groups of participants as the people with it on their path beyond the
//! planned seats fill, and so many days as those groups' hours take, each rounded up. Planned seats are all those on
//! occasions to come, also the ones that are booked, because who is booked still has the module on the path.
//! **Cost** is hours at the price of an hour and course days at the price of a day, after minus before.

mod added;
mod answer;
mod ask;
mod asks;
mod base;
mod change;
mod count;
mod courses;
mod days;
mod fast;
mod gather;
mod join;
mod kept;
mod lens;
mod list;
mod memos;
mod model;
mod names;
mod need;
mod open;
mod part;
mod snapshot;
mod spread;
mod store;
mod tally;
mod time;
mod touched;

pub use base::{Base, Region};
pub use count::impact;
pub use list::people;
pub use model::{
    CourseDays, Courses, Figure, Figures, Group, Impact, Listed, ModuleFigures, Page, Prices, Slice, Totals, Week,
    day_quarters,
};
pub use need::Need;
pub use snapshot::Snapshot;

#[cfg(test)]
mod tests;
