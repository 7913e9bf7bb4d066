//! What is next, what is late, how much is left: the top of the page.

use super::{Alert, Link, SeatLine, Seen, Sum};
use crate::engine::model::{Proof, State, Step};
use crate::learning::words as keys;
use crate::occasions::store::Occasion;
use crate::words;

impl Seen<'_> {
    pub(super) fn heading(&self, next: Option<&Step>) -> (String, Option<String>, Option<String>) {
        let Some(step) = next else { return self.nothing_left() };
        let module = ("module", self.title(step.module).into());
        let title = match self.about {
            Some((_, name)) => self.text("learning-next-of", &[("name", name.into()), module]),
            None => self.text("learning-next", &[module]),
        };
        let seat = step.booked.and_then(|seat| self.seats.iter().find(|occasion| occasion.id == seat.occasion));
        let when = seat.map(|occasion| self.when_and_where(occasion));
        let format = words::text(self.language, keys::format(self.published.module(step.module).format), &[]);
        let mut meta =
            self.text("learning-hours-as", &[("hours", self.hours(step.quarters)), ("format", format.into())]);
        if self.is_here(step) {
            return (title, when, Some(self.text("learning-here", &[])));
        }
        if let Some(key) = self.left_of(step) {
            return (title, None, Some(self.text(key, &[])));
        }
        if when.is_none()
            && let Some(occasion) = self.first_day(step)
        {
            meta.push(' ');
            meta += &self.text("learning-coming", &[("when", self.when_and_where(occasion).into())]);
        }
        (title, when, Some(meta))
    }

    pub(super) fn nothing_left(&self) -> (String, Option<String>, Option<String>) {
        let (pieces, hours) = (self.path.held.len(), self.hours(self.path.quarters_total));
        if pieces == 0 {
            return (self.text("learning-nothing", &[]), None, Some(self.text("learning-nothing-why", &[])));
        }
        let done = self.text("learning-all-done-sum", &[("pieces", pieces.into()), ("hours", hours)]);
        let ending = self.path.held.iter().filter_map(|step| Some((step.achieved?.valid_until?, step)));
        let ending = ending.filter(|(_, step)| step.state == State::Expiring).min_by_key(|(day, _)| *day);
        let renew = ending.map(|(day, step)| {
            let args = [("module", self.title(step.module).into()), ("day", self.date(day).into())];
            format!(" {}", self.text("learning-renew", &args))
        });
        let title = match self.about {
            Some((_, name)) => self.text("learning-all-done-of", &[("name", name.into())]),
            None => self.text("learning-all-done", &[]),
        };
        (title, None, Some(done + &renew.unwrap_or_default()))
    }

    pub fn when_and_where(&self, occasion: &Occasion) -> String {
        let when = words::at(self.language, occasion.starts_at, self.today);
        if occasion.place.is_empty() { when } else { format!("{when}, {}", occasion.place) }
    }

    /// The first day to come of a step that is not booked.
    pub fn first_day(&self, step: &Step) -> Option<&Occasion> {
        let id = self.published.id_of(step.module);
        self.days.iter().map(|day| day.occasion()).find(|occasion| occasion.module == id)
    }

    /// Where a seat can be asked for: the first day to come of what is next, when that has no seat.
    pub(super) fn book(&self, next: Option<&Step>) -> Option<Link> {
        let free = |step: &&Step| step.booked.is_none() && self.about.is_none() && self.left_of(step).is_none();
        let step = next.filter(free)?;
        let occasion = self.first_day(step)?;
        let text = self.text("learning-book", &[("when", self.when_and_where(occasion).into())]);
        Some(Link { href: format!("/occasions/{}", occasion.id), text })
    }

    pub(super) fn seat_lines(&self) -> Vec<SeatLine> {
        let of = |occasion: &Occasion| {
            let (module, _) = self.published.module_by_id(&occasion.module)?;
            let when = words::when(self.language, occasion.starts_at, occasion.ends_at, self.today);
            Some(SeatLine { id: occasion.id, module: self.link(module, ""), when, place: occasion.place.clone() })
        };
        let mut seats: Vec<&Occasion> = self.seats.iter().collect();
        seats.sort_by_key(|occasion| (occasion.starts_at, occasion.id));
        seats.into_iter().filter_map(of).take(4).collect()
    }

    pub(super) fn alert(&self, step: &Step) -> Alert {
        let due = step.due.unwrap_or(self.today);
        let args = [("module", self.title(step.module).into()), ("day", self.date(due).into())];
        let waiting = self.path.steps.iter().filter(|other| other.locked_by.contains(&step.module)).count();
        let others = self.path.steps.iter().filter(|other| other.state == State::Overdue).count() - 1;
        let mut more = Vec::new();
        if waiting > 0 {
            more.push(self.text("learning-waiting", &[("count", waiting.into())]));
        }
        if let Some(seat) = step.booked {
            more.push(self.text("learning-alert-booked", &[("day", self.near(seat.day).into())]));
        } else if let Some(occasion) = self.first_day(step) {
            more.push(self.text("learning-coming", &[("when", self.when_and_where(occasion).into())]));
        }
        if others > 0 {
            more.push(self.text("learning-also-overdue", &[("count", others.into())]));
        }
        Alert { text: self.text("learning-alert", &args), more, href: self.href(step.module, "#why") }
    }

    pub(super) fn sum(&self) -> Option<Sum> {
        let (left, total) = (self.path.quarters_left, self.path.quarters_total);
        (total > 0).then(|| Sum {
            left: self.text("learning-hours-left", &[("hours", self.hours(left))]),
            of: self.text("learning-of-hours", &[("hours", self.hours(total))]),
            done: f64::from(total - left) / 4.0,
            total: f64::from(total) / 4.0,
        })
    }

    pub(super) fn unproved(&self) -> Option<String> {
        match self.path.proof {
            Proof::Optimal => None,
            Proof::AtLeast(least) => Some(self.text("learning-unproved", &[("hours", self.hours(least))])),
        }
    }
}
