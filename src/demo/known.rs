//! What people in the made-up region know already: requests in every state, evidence with files, somebody who is asked
//! to attest, and somebody who decides for an area.

use anyhow::{Context, Result};
use chrono::{Days, NaiveDateTime};

use crate::accounts::policy::Actor;
use crate::accounts::store as accounts;
use crate::clock;
use crate::learning::service::{Achieving, path_of, record as record_one};
use crate::learning::store as learning;
use crate::recognition::attest::Act as Attest;
use crate::recognition::attesting;
use crate::recognition::delegates::{self, Scope};
use crate::recognition::evidence::{self, Sent};
use crate::recognition::life::{Act, Wording};
use crate::recognition::service::{self as recognition, By};
use crate::store::Store;
use crate::versions::published::Published;

/// Who plays which part.
pub(super) struct Cast<'a> {
    pub store: &'a Store,
    pub published: &'a Published,
    pub now: NaiveDateTime,
    pub developer: i64,
    pub manager: i64,
    /// The participant who is shown.
    pub shown: i64,
    /// Others of the same unit; the last one decides for an area.
    pub team: &'a [i64],
}

/// How requests come to an end, or stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Draft,
    Asked,
    Returned,
    Declined,
    Accepted,
    Withdrawn,
}

const WHY: &str = "Jag har arbetat så här i flera år på min förra arbetsplats. Vi mätte väntetiden varje vecka, prövade \
                   förändringar i liten skala och följde upp dem tillsammans i teamet.";

impl Cast<'_> {
    /// All of it.
    pub(super) fn tell(&self) -> Result<()> {
        let modules = self.unknown(self.shown)?;
        let endings =
            [Ending::Asked, Ending::Returned, Ending::Draft, Ending::Declined, Ending::Withdrawn, Ending::Accepted];
        for (module, ending) in modules.iter().zip(endings) {
            if ending == Ending::Asked {
                self.evidence(self.shown, module, None)?;
            }
            self.request(self.shown, self.shown, module, ending)?;
        }
        let written = modules.iter().skip(1).take(2);
        for (module, attest) in written.zip([Some(Attest::Withdraw), Some(attested())]) {
            self.evidence(self.shown, module, attest)?;
        }
        for (person, asker) in self.team.iter().zip([self.manager, self.manager]) {
            if let Some(module) = self.left(*person)?.first() {
                self.request(*person, asker, module, Ending::Asked)?;
            }
        }
        if let Some(module) = self.left(self.developer)?.first() {
            self.request(self.developer, self.developer, module, Ending::Asked)?;
        }
        self.taken_again()?;
        self.delegates()
    }

    /// The participant has taken a module once more.
    fn taken_again(&self) -> Result<()> {
        let record = self.store.read(|conn| learning::record(conn, self.shown))?;
        let Some(first) = record.iter().find(|row| row.revoked_by.is_none()) else { return Ok(()) };
        let day = clock::day_of(self.now) - Days::new(20);
        let new = Achieving { module: &first.module, day, evidence: "assessment", occasion: None };
        record_one(self.store, self.published, self.shown, &new, Some(self.developer), self.now - Days::new(20))?;
        Ok(())
    }

    /// Modules that somebody does not have, those of their path first.
    fn unknown(&self, person: i64) -> Result<Vec<String>> {
        let mut modules = self.left(person)?;
        let record = self.store.read(|conn| learning::record(conn, person))?;
        for (id, _) in &self.published.curriculum.modules {
            if !modules.contains(id) && record.iter().all(|row| row.module != *id) {
                modules.push(id.clone());
            }
        }
        Ok(modules)
    }

    /// Modules that somebody has left, by id.
    fn left(&self, person: i64) -> Result<Vec<String>> {
        let today = clock::day_of(self.now);
        let facts = self.store.read(|conn| learning::facts(conn, person, today))?.unwrap_or_default();
        let path = path_of(self.published, &facts, today);
        Ok(path.steps.iter().map(|step| self.published.id_of(step.module).to_owned()).collect())
    }

    fn actor(&self, person: i64) -> Result<Actor> {
        self.store.read(|conn| accounts::actor(conn, person))?.context("somebody of the made-up region")
    }

    fn request(&self, person: i64, asker: i64, module: &str, ending: Ending) -> Result<()> {
        let (asker, developer) = (self.actor(asker)?, self.actor(self.developer)?);
        let day = clock::day_of(self.now) - Days::new(90);
        let course = if ending == Ending::Accepted { "Förbättringskunskap, 7,5 hp" } else { "" };
        let wording = Wording { day, course: course.into(), motivation: WHY.into() };
        let at = |days| self.now - Days::new(days);
        let act = if ending == Ending::Draft { Act::Save(wording) } else { Act::Ask(wording) };
        let by = By { actor: &asker, now: at(6) };
        let id = recognition::begin(self.store, self.published, (person, module), &act, by)?;
        let comment = "Bra att du mäter. Berätta mer om vad du själv gjorde, och visa gärna ett diagram.".to_owned();
        let reason = "Kursen handlar mest om projektledning. Gå modulen, den ger dig det som saknas.".to_owned();
        let (actor, act) = match ending {
            Ending::Draft | Ending::Asked => return Ok(()),
            Ending::Returned => (&developer, Act::Return { comment }),
            Ending::Declined => (&developer, Act::Decline { reason }),
            Ending::Accepted => (&developer, Act::Accept { day, comment: String::new() }),
            Ending::Withdrawn => (&asker, Act::Withdraw),
        };
        recognition::act(self.store, self.published, id, &act, By { actor, now: at(3) })?;
        Ok(())
    }

    /// A piece of evidence that the manager is asked to attest, and what the manager does, if anything; `Withdraw` stands
    /// for sending it back.
    fn evidence(&self, person: i64, module: &str, answer: Option<Attest>) -> Result<()> {
        let (owner, manager) = (self.actor(person)?, self.actor(self.manager)?);
        let text = "Vi ville korta väntan till återbesök. Jag ledde mätningen i tio veckor, ritade tidsdiagrammet och \
                    höll i tre tester. Väntan gick från nio till fem dagar.";
        let wording = evidence::worded(text, "https://varjedag.example/vantetid")?;
        let report = report();
        let notes = "vecka;dagar\r\n1;9\r\n2;9\r\n3;8\r\n4;7\r\n5;5\r\n";
        let files = [
            Sent { name: "Kortare väntan.pdf", bytes: &report, over: false },
            Sent { name: "Mätvärden.txt", bytes: notes.as_bytes(), over: false },
        ];
        let by = By { actor: &owner, now: self.now - Days::new(8) };
        let id = evidence::add(self.store, self.published, (person, module), &wording, &files, by)?;
        let ask = Attest::Ask { whom: self.manager };
        attesting::act(self.store, self.published, id, &ask, by)?;
        let act = match answer {
            None => return Ok(()),
            Some(Attest::Withdraw) => Attest::Return { comment: "Lägg gärna till diagrammet också.".into() },
            Some(act) => act,
        };
        attesting::act(self.store, self.published, id, &act, By { actor: &manager, now: self.now - Days::new(5) })?;
        Ok(())
    }

    fn delegates(&self) -> Result<()> {
        let (Some(expert), Some(area)) = (self.team.last(), self.published.curriculum.areas.keys().next()) else {
            return Ok(());
        };
        let today = clock::day_of(self.now);
        let named = |scope: &Scope, from, to| {
            let days = (today + Days::new(from), today + Days::new(to));
            delegates::name(self.store, self.published, *expert, scope, days, self.developer, self.now)
        };
        named(&Scope::Area(area.clone()), 0, 120)?;
        if let Some((module, _)) = self.published.curriculum.modules.last() {
            named(&Scope::Module(module.clone()), 30, 200)?;
        }
        Ok(())
    }
}

fn attested() -> Attest {
    Attest::Attest { comment: "Det stämmer, och teamet arbetar så fortfarande.".into() }
}

/// A page with a line of text, as PDF 1.4 (ISO 32000-1, 7.5): objects, and where each begins.
fn report() -> Vec<u8> {
    let text = "BT /F1 18 Tf 72 760 Td (Kortare vantan till aterbesok) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = String::new();
    for (object, number) in objects.iter().zip(1..) {
        places += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    let count = objects.len() + 1;
    file += &format!("xref\n0 {count}\n0000000000 65535 f \n{places}");
    file += &format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}
