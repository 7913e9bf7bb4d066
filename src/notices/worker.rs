//! The worker that delivers what waits in the outbox, inside the server.
//!
//! Any number of instances may run. Each claims mails for a while (a lease), sends them, and writes down the outcome
//! only while it still holds the lease. A mail whose worker died is claimed again when the lease is over; a worker
//! that was frozen past its lease neither sends nor writes. So a mail is sent twice only when a process was killed
//! between the server's acceptance and the commit, and then with the same Message-ID.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use lettre::Message;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::deliver::{CONVERSATIONS, Mailer, Refusal, RefusalKind};
use super::message::{self, Stamp, Unsendable};
use super::outbox::{self, BAD_RECIPIENT, BAD_SENDER, Outcome, State, UNWRITABLE, Verdict};
use super::planner;
use super::render::{Addressee, Writer};
use super::store::{self as rows, Row};
use crate::clock;
use crate::config::DEFAULT_LEASE;
use crate::store::{Result, Store, blocking};

/// What the worker works with.
#[derive(Clone)]
pub struct Worker {
    pub store: Store,
    pub writer: Arc<Writer>,
    pub mailer: Mailer,
    pub tempo: Tempo,
    pub clock: Clock,
    /// What each day asks for; run once a day, and again after every start.
    pub daily: Option<Daily>,
    /// What time alone brings about; run every half minute.
    pub often: Option<Often>,
}

/// Tells the instant, UTC.
pub type Clock = Arc<dyn Fn() -> NaiveDateTime + Send + Sync>;

/// Queues the notices of a local day. Given the day and the instant (UTC).
pub type Daily = Arc<dyn Fn(&Store, NaiveDate, NaiveDateTime) -> anyhow::Result<()> + Send + Sync>;

/// Does what is due at the instant (UTC). Several instances may do it at the same time.
pub type Often = Arc<dyn Fn(&Store, NaiveDateTime) -> anyhow::Result<()> + Send + Sync>;

/// Seconds between two runs of what time alone brings about.
const OFTEN_SECONDS: i64 = 30;

/// How fast and how patiently.
///
/// The usual tempo hands over at most some 200 mails a second, in four conversations: a mail to 10,000 people takes
/// a minute or two, depending on how fast the mail server answers, and none that is made for a region minds.
#[derive(Debug, Clone)]
pub struct Tempo {
    /// How long a claim lasts. A mail whose worker died waits this long.
    pub lease: Duration,
    /// How long after the claim a conversation may still begin, so that few are cut off in the middle.
    pub begin: Duration,
    /// How long after the claim a conversation may last; well within the lease.
    pub hand_over: Duration,
    /// Mails claimed at once.
    pub batch: u32,
    /// The least time between two claims of a full batch: what keeps a heap of mail from becoming a storm.
    pub pace: Duration,
    /// Between two looks into an empty outbox.
    pub idle: Duration,
    /// After a batch in which nobody answered.
    pub calm: Duration,
    /// What conversations under way get to finish when the server stops.
    pub farewell: Duration,
}

impl Tempo {
    /// The usual tempo with a lease of the operator's choice: in its first third conversations begin, in the second
    /// they end, and the rest is for writing down and for clocks that differ between machines.
    pub fn with_lease(lease: Duration) -> Tempo {
        Tempo {
            lease,
            begin: lease / 3,
            hand_over: lease * 2 / 3,
            batch: 100,
            pace: Duration::from_millis(500),
            idle: Duration::from_secs(1),
            calm: Duration::from_secs(20),
            farewell: Duration::from_secs(15),
        }
    }
}

impl Default for Tempo {
    fn default() -> Self {
        Tempo::with_lease(DEFAULT_LEASE)
    }
}

/// What one claim led to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    pub claimed: usize,
    pub sent: usize,
    pub unreachable: usize,
}

impl Worker {
    /// Delivers until `stop` becomes true, then gives back what it has claimed but not sent.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let (mut planned, mut settled) = (None, None);
        while !*stop.borrow() {
            self.plan(&mut planned).await;
            self.settle(&mut settled).await;
            let pause = match self.round(&stop).await {
                Ok(round) => self.pause(round),
                Err(error) => {
                    tracing::warn!(%error, "the outbox cannot be read; trying again");
                    self.tempo.calm
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Delivers all that is due now and returns how many were sent; for tests and for one run by hand.
    ///
    /// # Errors
    /// When the outbox cannot be read.
    pub async fn deliver_due(&self) -> Result<usize> {
        let (_keep, stop) = watch::channel(false);
        let mut sent = 0;
        loop {
            let round = self.round(&stop).await?;
            sent += round.sent;
            if round.claimed == 0 {
                return Ok(sent);
            }
        }
    }

    fn pause(&self, round: Round) -> Duration {
        match round.claimed {
            0 => self.tempo.idle,
            claimed if claimed == round.unreachable => self.tempo.calm,
            claimed if claimed < self.tempo.batch as usize => Duration::ZERO,
            _ => self.tempo.pace,
        }
    }

    /// Runs the day's planning when it has not been run since the start; a failure is tried again at the next look.
    async fn plan(&self, planned: &mut Option<NaiveDate>) {
        let now = (self.clock)();
        let Some((daily, today)) = self.daily.clone().zip(planner::planning_day(now)) else { return };
        if *planned == Some(today) {
            return;
        }
        let store = self.store.clone();
        match blocking(move || daily(&store, today, now)).await {
            Ok(()) => *planned = Some(today),
            Err(error) => tracing::warn!(%error, "the day's reminders could not be queued; trying again"),
        }
    }

    /// Does what time alone brings about when that was not done a short while ago.
    async fn settle(&self, settled: &mut Option<NaiveDateTime>) {
        let now = (self.clock)();
        let lately = settled.is_some_and(|at| now < at + TimeDelta::seconds(OFTEN_SECONDS));
        let Some(often) = self.often.clone().filter(|_| !lately) else { return };
        let store = self.store.clone();
        match blocking(move || often(&store, now)).await {
            Ok(()) => *settled = Some(now),
            Err(error) => tracing::warn!(%error, "what is due could not be done; trying again"),
        }
    }

    /// Claims one batch and delivers it.
    async fn round(&self, stop: &watch::Receiver<bool>) -> Result<Round> {
        let now = (self.clock)();
        let claimed = clock::tick();
        let (holder, rows) = self.claim(now).await?;
        let mut round = Round { claimed: rows.len(), ..Round::default() };
        let turns = Arc::new(Semaphore::new(CONVERSATIONS));
        let mut tasks = JoinSet::new();
        for row in rows {
            let worker = self.clone();
            let (turns, holder, mut stop) = (turns.clone(), holder.clone(), stop.clone());
            tasks.spawn(async move {
                let _turn = turns.acquire().await;
                let outcome = worker.outcome(&row, claimed, now, &mut stop).await;
                worker.record(&row, &holder, &outcome).await;
                outcome
            });
        }
        while let Some(done) = tasks.join_next().await {
            match done {
                Ok(Outcome::Sent) => round.sent += 1,
                Ok(Outcome::Refused(r)) if r.kind == RefusalKind::Unreachable => round.unreachable += 1,
                _ => {}
            }
        }
        Ok(round)
    }

    async fn claim(&self, now: NaiveDateTime) -> Result<(Arc<str>, Vec<Row>)> {
        let (store, until, limit) = (self.store.clone(), now + self.tempo.lease, i64::from(self.tempo.batch));
        blocking(move || {
            if !store.read(|conn| rows::anything_due(conn, now))? {
                return Ok(("".into(), Vec::new()));
            }
            let holder = new_holder();
            let rows = store.write(|conn| rows::claim(conn, &holder, now, until, limit))?;
            Ok((holder.into(), rows))
        })
        .await
    }

    async fn outcome(
        &self,
        row: &Row,
        claimed: Instant,
        claimed_at: NaiveDateTime,
        stop: &mut watch::Receiver<bool>,
    ) -> Outcome {
        // Both clocks: the steady one notices a frozen process, the wall clock a machine that slept.
        let now = (self.clock)();
        if *stop.borrow() || claimed.elapsed() >= self.tempo.begin || now >= claimed_at + self.tempo.begin {
            return Outcome::GivenBack;
        }
        let worker = self.clone();
        let mail = row.clone();
        // In a task of its own, so that a panic over one mail becomes that mail's failure.
        let written = tokio::spawn(async move { worker.write(&mail, now) }).await;
        let message = match written {
            Ok(Ok(message)) => message,
            Ok(Err(outcome)) => return outcome,
            Err(_) => return Outcome::Unsendable(UNWRITABLE),
        };
        let name = format!("{:06}-{}", row.id, row.kind);
        tokio::select! {
            // In this order, so that whoever wakes too late finds its time over before it says another word.
            biased;
            () = tokio::time::sleep_until((claimed + self.tempo.hand_over).into()) => no_answer(),
            () = farewell(stop, self.tempo.farewell) => no_answer(),
            sent = self.mailer.send(&message, &name) => match sent {
                Ok(()) => Outcome::Sent,
                Err(refusal) => Outcome::Refused(refusal),
            },
        }
    }

    /// The mail, or why there will be none.
    fn write(&self, row: &Row, now: NaiveDateTime) -> std::result::Result<Message, Outcome> {
        let notice = row.notice().ok_or(Outcome::Unsendable(UNWRITABLE))?;
        if now > notice.useful_until(row.created_at) {
            return Err(Outcome::Stale);
        }
        let to = Addressee { name: &row.name, email: &row.email, language: row.language(), decided: row.created_at };
        let letter = self.writer.letter(&notice, to).map_err(|e| unsendable(row, &e, UNWRITABLE))?;
        let stamp = Stamp {
            id: row.id,
            key: &row.dedupe_key,
            date: row.created_at,
            language: row.language(),
            name: &row.name,
            email: &row.email,
        };
        message::message(self.writer.sender(), &stamp, &letter).map_err(|error| {
            let code = match error {
                Unsendable::Recipient => BAD_RECIPIENT,
                Unsendable::Sender => BAD_SENDER,
                Unsendable::Assembly(_) => UNWRITABLE,
            };
            unsendable(row, &error, code)
        })
    }

    /// Writes the outcome down, again and again while the database is away and the lease lasts.
    async fn record(&self, row: &Row, holder: &Arc<str>, outcome: &Outcome) {
        let now = (self.clock)();
        let seed = u64::from_ne_bytes(row.id.to_ne_bytes());
        let verdict = outbox::after(outcome, row.attempts, row.not_before, now, seed);
        let started = clock::tick();
        loop {
            match self.write_down(row, holder.clone(), verdict.clone(), now).await {
                Ok(true) => return log(row, &verdict),
                Ok(false) => {
                    return tracing::warn!(notice.id = row.id, "the lease was lost; another instance has the mail");
                }
                Err(error) if started.elapsed() > self.tempo.lease => {
                    return tracing::error!(notice.id = row.id, %error, "the outcome could not be written down");
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(250)).await,
            }
        }
    }

    async fn write_down(&self, row: &Row, holder: Arc<str>, verdict: Verdict, now: NaiveDateTime) -> Result<bool> {
        let (store, id) = (self.store.clone(), row.id);
        let secret = row.notice().is_none_or(|notice| notice.is_secret());
        blocking(move || store.write(|conn| rows::record(conn, id, &holder, &verdict, secret, now))).await
    }
}

fn log(row: &Row, verdict: &Verdict) {
    match verdict.state {
        State::Failed => {
            tracing::warn!(notice.id = row.id, kind = row.kind, attempts = verdict.attempts, "mail failed")
        }
        state => tracing::info!(notice.id = row.id, kind = row.kind, state = state.code(), "mail"),
    }
}

fn unsendable(row: &Row, error: &dyn std::fmt::Display, code: &'static str) -> Outcome {
    tracing::warn!(notice.id = row.id, kind = row.kind, %error, "no mail could be made of it");
    Outcome::Unsendable(code)
}

fn no_answer() -> Outcome {
    Outcome::Refused(Refusal::no_answer())
}

/// Ends some time after the server began to stop.
async fn farewell(stop: &mut watch::Receiver<bool>, patience: Duration) {
    if stop.wait_for(|stopping| *stopping).await.is_err() {
        // Nobody is left who could ask us to stop.
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(patience).await;
}

/// A name that no other claim has.
fn new_holder() -> String {
    let mut noise = [0u8; 16];
    getrandom::fill(&mut noise).unwrap_or_default();
    data_encoding::HEXLOWER.encode(&noise)
}
