//! Who is told what when an occasion has changed: participants, those in line, and trainers, each of each part once.

use chrono::NaiveDateTime;

use crate::notices::kinds::Change;
use crate::occasions::parts::{PartChange, renumbered};
use crate::occasions::seat::Seat;
use crate::occasions::store::{self as rows, Given, Part, Trainer};
use crate::occasions::tell;
use crate::store::{Conn, Error};
use crate::versions::published::Published;

/// A change that has been written.
pub(super) struct News<'a> {
    pub published: &'a Published,
    pub after: &'a Given,
    /// The parts there were.
    pub before: &'a [Part],
    pub changes: &'a [PartChange],
    pub now: NaiveDateTime,
}

/// What has become of a part, with the parts among which it is numbered.
type PartNews<'a> = (&'a [Part], Part, Change);

impl News<'_> {
    /// In time order; empty when no part has changed.
    fn of_parts(&self) -> Vec<PartNews<'_>> {
        let News { after, before, changes, .. } = self;
        let new = |part: &&Part| changes.contains(&PartChange::New(part.sitting())) && !known(before, part);
        let mut news: Vec<PartNews> =
            after.parts.iter().filter(new).map(|part| (&after.parts[..], part.clone(), Change::New)).collect();
        for change in *changes {
            match change {
                PartChange::Moved(moved, _) => {
                    let part = after.parts.iter().find(|part| part.id == moved.id).unwrap_or(moved);
                    news.push((&after.parts, part.clone(), Change::Moved));
                }
                PartChange::Gone(part) => {
                    let part = Part { sequence: after.occasion.sequence, ..part.clone() };
                    news.push((before, part, Change::Dropped));
                }
                PartChange::Kept(_) | PartChange::New(_) => {}
            }
        }
        let others = renumbered(changes);
        let others = after.parts.iter().filter(|part| others.contains(&part.id) && part.ends_at > self.now);
        news.extend(others.map(|part| (&after.parts[..], part.clone(), Change::Renumbered)));
        news.sort_by_key(|(_, part, _)| (part.starts_at, part.id));
        news
    }

    /// Those who have a seat hear of each part that changed; those in line, or who were offered one, of the whole.
    pub fn to_participants(&self, conn: &mut Conn) -> Result<(), Error> {
        let News { published, after, now, .. } = *self;
        let news = self.of_parts();
        if news.is_empty() {
            return Ok(());
        }
        for entry in rows::list(conn, after.occasion.id)? {
            if entry.seat.has_seat() {
                for (numbered, part, change) in &news {
                    tell::called(conn, published, after, numbered, part, entry.person, *change, now)?;
                }
            } else if matches!(entry.seat, Seat::Waitlisted | Seat::Offered) {
                tell::waits_still(conn, published, after, entry.person, now)?;
            }
        }
        Ok(())
    }

    /// Who begins to train is invited to every part, who no longer does loses every part that was there, and who goes
    /// on hears of what changed.
    pub fn to_trainers(&self, conn: &mut Conn, before: &[Trainer], after: &[Trainer]) -> Result<(), Error> {
        let people = |trainers: &[Trainer]| trainers.iter().filter_map(|trainer| trainer.person).collect::<Vec<_>>();
        let (trained, train) = (people(before), people(after));
        for person in trained.iter().filter(|person| !train.contains(person)) {
            for part in self.before {
                self.trains(conn, self.before, part, *person, Change::Cancelled)?;
            }
        }
        for person in &train {
            if !trained.contains(person) {
                for part in &self.after.parts {
                    self.trains(conn, &self.after.parts, part, *person, Change::New)?;
                }
                continue;
            }
            for (numbered, part, change) in self.of_parts() {
                self.trains(conn, numbered, &part, *person, change)?;
            }
        }
        Ok(())
    }

    fn trains(
        &self,
        conn: &mut Conn,
        numbered: &[Part],
        part: &Part,
        person: i64,
        change: Change,
    ) -> Result<(), Error> {
        tell::trains(conn, self.published, self.after, numbered, part, person, change, self.now)
    }
}

fn known(parts: &[Part], part: &Part) -> bool {
    parts.iter().any(|known| known.id == part.id)
}
