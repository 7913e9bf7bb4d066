//! What becomes of tests, assignments and observations after a day: most pass at once, some later, some are still under way.

use anyhow::{Context, Result};
use chrono::{Days, NaiveDateTime};

use super::chapters::Scene;
use crate::accounts::store as accounts;
use crate::assessing::service as assessing;
use crate::attendance::case;
use crate::curriculum::model::Assessment;
use crate::learning::assessed::Act;
use crate::occasions::store as seats;
use crate::recognition::evidence::Sent;
use crate::recognition::service::By;
use crate::recognition::store::evidence::Wording;

const WORK: &str = "Vi prövade tillsammans på avdelningen under tre veckor. Teamet valde ett litet test, skrev ner vad vi \
                    trodde, och tittade varje fredag på vad som hände. Det som förvånade oss mest var hur mycket som \
                    berodde på när på dagen vi gjorde det.";
const MISSING: &str =
    "Fint arbete! Berätta också vad ni lärde er av det som inte blev som ni trodde, och visa gärna diagrammet.";
const SHEET: &[u8] = b"Vecka;Minuter\n10;42\n11;38\n12;40\n13;31\n14;29\n";

const LATELY: Days = Days::new(45);

/// How far somebody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Nothing,
    Begun,
    NotYet,
    SecondTime,
    Passed,
}

impl Scene<'_> {
    /// What those who were there do afterwards. When it was lately, some are still under way.
    pub(super) fn assess(&self, occasion: &seats::Occasion, now: NaiveDateTime) -> Result<()> {
        let open = now < occasion.ends_at + LATELY;
        let Some(developer) = self.developer else { return Ok(()) };
        let booked = self.store.read(|conn| seats::seats_of(conn, &[occasion.id]))?;
        for (index, (_, person, _)) in booked.iter().enumerate().filter(|(_, (_, person, _))| *person != developer) {
            let there = self.store.read(|conn| case::case(conn, self.published, *person, &occasion.module, now))?;
            let Some(there) = there.filter(|case| case.attended) else { continue };
            let fate = match (index + occasion.id as usize) % 8 {
                0 if open => Fate::Nothing,
                1 if open => Fate::Begun,
                2 if open => Fate::NotYet,
                3 | 4 => Fate::SecondTime,
                _ => Fate::Passed,
            };
            let day = |days| (occasion.ends_at + Days::new(days)).min(now);
            self.lives((*person, developer), &occasion.module, day, there.asked.kind, fate)?;
        }
        Ok(())
    }

    fn lives(
        &self,
        (person, developer): (i64, i64),
        module: &str,
        day: impl Fn(u64) -> NaiveDateTime,
        kind: Assessment,
        fate: Fate,
    ) -> Result<()> {
        let says = |act: Act, words: &str, at: NaiveDateTime| self.says(developer, (person, module), act, words, at);
        let hands_in = |at: NaiveDateTime| self.hands_in(person, module, at);
        let again = fate == Fate::SecondTime;
        let ends = matches!(fate, Fate::Passed | Fate::SecondTime);
        match (kind, fate) {
            (_, Fate::Nothing) | (Assessment::Attendance, _) => Ok(()),
            (Assessment::Assignment, _) => {
                hands_in(day(2))?;
                if again || fate == Fate::NotYet {
                    says(Act::Return, MISSING, day(3))?;
                }
                if again {
                    hands_in(day(4))?;
                }
                if ends { says(Act::Approve, "", day(5)) } else { Ok(()) }
            }
            (Assessment::Test, _) => {
                if fate != Fate::Passed {
                    says(Act::Result { points: 11, of: 20 }, "", day(0))?;
                }
                if ends { says(Act::Result { points: 17, of: 20 }, "", day(3)) } else { Ok(()) }
            }
            (Assessment::Observation, _) => {
                if again || fate == Fate::NotYet {
                    says(Act::Return, "Låt gruppen svara innan du fyller i. Vi gör om det nästa vecka.", day(2))?;
                }
                if ends { says(Act::Approve, "", day(4)) } else { Ok(()) }
            }
        }
    }

    fn says(&self, by: i64, whose: (i64, &str), act: Act, words: &str, now: NaiveDateTime) -> Result<()> {
        let actor = self.store.read(|conn| accounts::actor(conn, by))?.context("somebody of the made-up region")?;
        let by = By { actor: &actor, now };
        self.store.write(|conn| assessing::act(conn, self.published, whose, act, words, by))?;
        Ok(())
    }

    fn hands_in(&self, person: i64, module: &str, now: NaiveDateTime) -> Result<()> {
        let actor = self.store.read(|conn| accounts::actor(conn, person))?.context("somebody of the made-up region")?;
        let by = By { actor: &actor, now };
        let wording = Wording { text: WORK.into(), link: String::new() };
        let sent = [Sent { name: "matningar.txt", bytes: SHEET, over: false }];
        self.store.write(|conn| assessing::hand_in(conn, self.published, module, &wording, &sent, by))?;
        Ok(())
    }
}
