//! Proposals, free days and clashes as pages show them. Pure.

use serde::Serialize;

use super::plan::Plan;
use super::propose::{Proposal, Reason, clashes_among};
use super::view::Telling;
use crate::occasions::clashes::{Clash, What};
use crate::programme::calendar::{Holiday, Why};
use crate::words;

/// Something that is needed twice at once, with all that needs it too.
#[derive(Debug, Serialize)]
pub(super) struct ClashLine {
    pub what: String,
    pub others: Vec<ClashOther>,
}

/// What it clashes with.
#[derive(Debug, Serialize)]
pub(super) struct ClashOther {
    /// None = it is only proposed yet, on the same page.
    pub occasion: Option<i64>,
    /// "{code} {title}, tisdag 2 mars kl. 09.00–12.00".
    pub text: String,
}

/// An occasion that can be opened.
#[derive(Debug, Serialize)]
pub(super) struct ProposalLine {
    pub index: String,
    pub when: Vec<String>,
    /// What the proposal is of, when it is a copy.
    pub of: String,
    /// Free days with why.
    pub free: Vec<String>,
    /// Who trained at what is copied and cannot any more, in a sentence.
    pub without: Option<String>,
    pub clashes: Vec<ClashLine>,
    /// Proposed, not proposed away.
    pub checked: bool,
}

impl Telling<'_> {
    pub fn clash_lines(&self, clashes: &[Clash]) -> Vec<ClashLine> {
        grouped(clashes.iter().map(|clash| self.clash(clash)))
    }

    /// The same, with what one of these plans needs that the others need too.
    pub fn clash_lines_among(&self, clashes: &[Clash], plans: &[&Plan], place: usize) -> Vec<ClashLine> {
        let proposed = |(what, other, part): (What, usize, usize)| {
            let plan = plans.get(other)?;
            let (module, sitting) = (self.module(&plan.module), plan.sittings().into_iter().nth(part)?);
            let when = words::when(self.language, sitting.starts_at, sitting.ends_at, self.today);
            let other = format!("{} {}, {when}", module.code, module.title);
            let text = self.text("courses-clash-proposed", &[("other", other.into())]);
            Some((self.what(&what), ClashOther { occasion: None, text }))
        };
        let proposed = clashes_among(plans, place).into_iter().filter_map(proposed);
        grouped(clashes.iter().map(|clash| self.clash(clash)).chain(proposed))
    }

    fn clash(&self, clash: &Clash) -> (String, ClashOther) {
        let module = self.module(&clash.module);
        let text = format!("{} {}, {}", module.code, module.title, self.when(&clash.part));
        (self.what(&clash.what), ClashOther { occasion: Some(clash.occasion), text })
    }

    fn what(&self, what: &What) -> String {
        match what {
            What::Trainer(name) => self.text("courses-clash-trainer", &[("name", name.as_str().into())]),
            What::Attends(name) => self.text("courses-clash-attends", &[("name", name.as_str().into())]),
            What::Room(room) => self.text("courses-clash-room", &[("room", room.as_str().into())]),
        }
    }

    /// "torsdag 6 maj: Kristi himmelsfärdsdag".
    pub fn free_lines(&self, proposal: &Proposal) -> Vec<String> {
        let line = |(day, reason): &(chrono::NaiveDate, Reason)| {
            let day = words::date_long(self.language, *day, self.today);
            self.text("courses-free-day", &[("day", day.into()), ("why", self.reason(reason).into())])
        };
        proposal.free.iter().map(line).collect()
    }

    fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::Own(name) => name.clone(),
            Reason::Calendar(Why::Weekend) => self.text("courses-free-weekend", &[]),
            Reason::Calendar(Why::Month(_)) => self.text("courses-free-month", &[]),
            Reason::Calendar(Why::Holiday(holiday)) => self.text(holiday_key(*holiday), &[]),
        }
    }

    pub fn plan_lines(&self, plan: &Plan) -> Vec<String> {
        let when = |sitting: &crate::occasions::parts::Sitting| {
            words::when(self.language, sitting.starts_at, sitting.ends_at, self.today)
        };
        plan.sittings().iter().map(when).collect()
    }
}

/// Each thing once, in the order in which they come.
fn grouped(clashes: impl Iterator<Item = (String, ClashOther)>) -> Vec<ClashLine> {
    let mut lines: Vec<ClashLine> = Vec::new();
    for (what, other) in clashes {
        match lines.iter_mut().find(|line| line.what == what) {
            Some(line) => line.others.push(other),
            None => lines.push(ClashLine { what, others: vec![other] }),
        }
    }
    lines
}

fn holiday_key(holiday: Holiday) -> &'static str {
    match holiday {
        Holiday::NewYearsDay => "courses-free-new-year",
        Holiday::Epiphany => "courses-free-epiphany",
        Holiday::GoodFriday => "courses-free-good-friday",
        Holiday::EasterMonday => "courses-free-easter-monday",
        Holiday::FirstOfMay => "courses-free-first-of-may",
        Holiday::Ascension => "courses-free-ascension",
        Holiday::NationalDay => "courses-free-national-day",
        Holiday::MidsummersEve => "courses-free-midsummer",
        Holiday::ChristmasEve => "courses-free-christmas-eve",
        Holiday::ChristmasDay => "courses-free-christmas",
        Holiday::BoxingDay => "courses-free-boxing-day",
        Holiday::NewYearsEve => "courses-free-new-years-eve",
    }
}
