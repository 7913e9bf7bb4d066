//! What those who are shown have for themselves: a note, a calendar link, certificates, the diploma of an edition.

use anyhow::Result;
use chrono::{Days, NaiveDateTime};

use crate::attendance::service::rate;
use crate::diary::service as diary;
use crate::diary::store::notes;
use crate::diplomas::service::{self as diplomas, Subject};
use crate::learning::store as learning;
use crate::store::Store;
use crate::versions::published::Published;

pub(super) fn tell(store: &Store, published: &Published, shown: i64, region: &str, now: NaiveDateTime) -> Result<()> {
    let record = store.read(|conn| learning::record(conn, shown))?;
    if let Some(latest) = record.iter().find(|row| row.revoked_by.is_none()) {
        let subject = Subject::Module(latest.id);
        let code = diplomas::make(store, Some(published), shown, subject, region, now - Days::new(3))?;
        diplomas::make(store, Some(published), shown, Subject::Record, region, now - Days::new(2))?;
        diplomas::end(store, shown, &code, now - Days::new(1))?;
        diplomas::make(store, Some(published), shown, subject, region, now)?;
        let text = "Tog med mig frågan: hur vet vi att en förändring är en förbättring?\nVill pröva ett litet test redan på torsdag.";
        let day = now - Days::new(5);
        let module = latest.module.clone();
        store.write(|conn| notes::insert_note(conn, shown, &module, None, text, day))?;
        rate(store, published, shown, &latest.module, &[(0, 4), (1, 3)].into(), day)?;
    }
    let text = "Fråga teamet vad som skaver vid överlämningen.";
    store.write(|conn| notes::insert_note(conn, shown, "", None, text, now))?;
    diary::make_link(store, shown, now)?;
    Ok(())
}

/// Somebody who completed an edition has its diploma; whoever did not, with another seed, has none.
pub(super) fn diploma(
    store: &Store,
    published: &Published,
    person: i64,
    edition: i64,
    region: &str,
    now: NaiveDateTime,
) -> Result<()> {
    match diplomas::make(store, Some(published), person, Subject::Edition(edition), region, now) {
        Ok(_) | Err(diplomas::Refusal::Nothing) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(())
}
