//! Wiring: from a configuration to a running server. Decides nothing.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, HttpServer};
use anyhow::{Context, Result};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::attendance::over;
use crate::clock;
use crate::config::Config;
use crate::designer::consequences::pages::Kit;
use crate::designer::consequences::region::Regions;
use crate::designer::drafts::desk::Desk;
use crate::designer::pictures::Pictures;
use crate::learning::{daily, renewal};
use crate::notices::deliver::Mailer;
use crate::notices::render::Writer;
use crate::notices::worker::{Daily, Often, Tempo, Worker};
use crate::occasions::{deciding, service as occasions};
use crate::routes;
use crate::store::{Settings, Store, migrate};
use crate::versions::published::Shelf;
use crate::web::{Site, error, headers, session, squeeze};

/// Seconds that running requests get to finish after SIGTERM.
const GRACE_SECONDS: u64 = 20;
/// After SIGTERM the process is gone within 30 seconds, whatever happens.
const LATEST_END: Duration = Duration::from_secs(28);

/// A server that answers as soon as it is awaited.
pub struct Running {
    pub address: SocketAddr,
    /// Where people reach it; the listening address when nothing else is configured.
    pub site: Site,
    server: Server,
    mail: MailTask,
}

/// Opens the database and brings it up to date.
pub fn open_store(config: &Config) -> Result<Store> {
    let store = Store::open(&Settings::new(&config.database))?;
    for name in migrate::run(&store)? {
        tracing::info!(migration = name, "the database was brought up to date");
    }
    Ok(store)
}

/// Serves until SIGTERM or SIGINT. `ready` is told when the address is bound and the first request can come.
pub fn serve(config: Config, store: Store, ready: impl FnOnce(&Running)) -> Result<()> {
    actix_web::rt::System::new().block_on(async {
        let running = start(config, store)?;
        ready(&running);
        actix_web::rt::spawn(end_in_time());
        running.until_stopped().await
    })
}

/// After SIGTERM or SIGINT, and after all that is given time to finish, ends what still hangs, such as a database
/// that neither answers nor refuses. Whoever started us would otherwise kill us without a word in the log.
async fn end_in_time() {
    if asked_to_stop().await.is_err() {
        return;
    }
    // A thread, because the runtime itself may be what hangs.
    std::thread::spawn(|| {
        std::thread::sleep(LATEST_END);
        tracing::error!("something hangs and is cut off; what it held is free when its lease is over");
        std::process::exit(1);
    });
}

/// Returns at SIGTERM or SIGINT.
async fn asked_to_stop() -> std::io::Result<()> {
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    Ok(())
}

/// Binds the address and starts the mail worker and the server. Must run inside an actix system.
pub fn start(mut config: Config, store: Store) -> Result<Running> {
    let listener = TcpListener::bind(&config.listen)
        .with_context(|| format!("cannot listen on {}; choose another address with --listen", config.listen))?;
    let address = listener.local_addr()?;
    if config.site.public_url.port() == Some(0) {
        let _ = config.site.public_url.set_port(Some(address.port()));
    }
    let shelf = Shelf::default();
    let mail_task = start_worker(worker(&config, store.clone(), shelf.clone())?);
    let stop_mail = mail_task.0.clone();
    let provide = provide(&config, store, shelf);
    let server = HttpServer::new(move || {
        App::new()
            .configure(provide.clone())
            .wrap(from_fn(session::identify))
            .wrap(from_fn(error::render))
            .wrap(from_fn(headers::add))
            .wrap(from_fn(squeeze::squeeze))
            .wrap(Compress::default())
            .configure(|config| routes::table().mount(config))
            .default_service(actix_web::web::to(crate::web::pages::not_found))
    })
    .workers(2)
    .shutdown_timeout(GRACE_SECONDS)
    .shutdown_signal(async move {
        if asked_to_stop().await.is_err() {
            return std::future::pending().await;
        }
        // At the same moment, so that requests and conversations finish side by side.
        let _ = stop_mail.send(true);
    })
    .listen(listener)?
    .run();
    Ok(Running { address, site: config.site, server, mail: mail_task })
}

/// What handlers ask for by its type: one of each, shared by all threads.
fn provide(config: &Config, store: Store, shelf: Shelf) -> impl Fn(&mut ServiceConfig) + Clone + Send + 'static {
    let (store, shelf, site) = (Data::new(store), Data::new(shelf), Data::new(config.site.clone()));
    let (mail, pictures) = (Data::new(config.mail.clone()), Data::new(Pictures::default()));
    let kit = Data::new(Kit {
        store: store.as_ref().clone(),
        shelf: shelf.as_ref().clone(),
        desk: Desk::default(),
        regions: Regions::default(),
        planning: config.planning,
        second_reader: config.publish.second_reader,
    });
    let desk = Data::new(kit.desk.clone());
    let planning = Data::new(config.planning);
    let writer = Data::new(Writer::new(&config.site, &config.mail.from));
    move |app| {
        app.app_data(store.clone())
            .app_data(shelf.clone())
            .app_data(pictures.clone())
            .app_data(desk.clone())
            .app_data(kit.clone())
            .app_data(site.clone())
            .app_data(mail.clone())
            .app_data(planning.clone())
            .app_data(writer.clone());
    }
}

type MailTask = (watch::Sender<bool>, tokio::task::JoinHandle<()>);

/// How long one conversation with the mail server may take.
const MAIL_PATIENCE: Duration = Duration::from_secs(30);

/// The mail worker as the server runs it; each morning it also queues what the day asks for.
pub fn worker(config: &Config, store: Store, shelf: Shelf) -> Result<Worker> {
    let host = config.site.public_url.host_str().unwrap_or("localhost").to_owned();
    let mailer = match &config.mail.smtp {
        Some(settings) => Mailer::smtp(settings, &host, MAIL_PATIENCE)?,
        None => Mailer::Files(config.mail.folder.clone()),
    };
    let (settling, before) = (shelf.clone(), config.renewal.days_before.clone());
    let daily: Daily = Arc::new(move |store, today, now| {
        if let Some(published) = shelf.current(store)? {
            daily::queue(store, &published, today, now)?;
            renewal::queue(store, &published, &before, today, now)?;
        }
        Ok(())
    });
    let often: Often = Arc::new(move |store, now| {
        if let Some(published) = settling.current(store)? {
            occasions::settle(store, &published, now)?;
            over::reckon(store, &published, now)?;
            deciding::tell_short(store, &published, now)?;
        }
        Ok(())
    });
    Ok(Worker {
        store,
        writer: Arc::new(Writer::new(&config.site, &config.mail.from)),
        mailer,
        tempo: Tempo::with_lease(config.mail.lease),
        clock: Arc::new(clock::now),
        daily: Some(daily),
        often: Some(often),
    })
}

fn start_worker(worker: Worker) -> MailTask {
    let (stop, stopping) = watch::channel(false);
    (stop, actix_web::rt::spawn(worker.run(stopping)))
}

impl Running {
    /// To stop it from another thread.
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Answers until SIGTERM or SIGINT; then finishes what runs and gives back what the mail worker had taken.
    pub async fn until_stopped(self) -> Result<()> {
        self.server.await?;
        let (stop, task) = self.mail;
        let _ = stop.send(true);
        task.await.context("the mail worker stopped by itself")
    }
}
