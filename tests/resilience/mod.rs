//! The real program in processes of its own, against a real database and a mail server that counts: what happens when
//! it is killed, frozen, stopped, crowded, or cannot write. Nothing acknowledged is lost, nothing is half done, and no
//! mail is doubled that need not be.

mod crowd;
mod instances;
mod kills;
mod ledger;
mod outbox;
mod publishing;
mod scene;
mod stopping;
mod unwritable;
