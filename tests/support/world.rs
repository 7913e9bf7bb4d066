//! The real server, in this process, on a free port, over a database of its own.

use std::cell::RefCell;
use std::sync::mpsc;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use varjedag::accounts::service;
use varjedag::config::Config;
use varjedag::store::Store;
use varjedag::web::Site;
use varjedag::{app, clock};

use super::build::Person;
use super::{Client, Database, Stage};

/// A running installation. It stops when the value is dropped.
pub struct World {
    pub store: Store,
    /// Where the server really listens, such as `http://127.0.0.1:40123`.
    pub base: String,
    /// What the server believes its address is.
    pub site: Site,
    database: Option<Database>,
    server: Option<(ServerHandle, JoinHandle<()>)>,
}

impl Stage for World {
    fn set(database: Database) -> Self {
        World::with(database, |_| {})
    }
}

impl World {
    /// Starts with a configuration of the test's own.
    pub fn with(database: Database, change: impl FnOnce(&mut Config)) -> World {
        let mut config = Config::in_folder(database.folder.path(), "127.0.0.1:0").expect("a configuration");
        config.database = database.url.clone();
        change(&mut config);
        let (tell, told) = mpsc::channel();
        let store = database.store.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async {
                let running = app::start(config, store).expect("the server starts");
                tell.send((running.address, running.site.clone(), running.handle())).expect("the test waits");
                running.until_stopped().await.expect("the server stops well");
            });
        });
        let (address, site, handle) = told.recv().expect("the server starts");
        let base = format!("http://{address}");
        World { store: database.store.clone(), base, site, database: Some(database), server: Some((handle, thread)) }
    }

    /// Where its files lie.
    pub fn folder(&self) -> &std::path::Path {
        self.database().folder.path()
    }

    /// As `DATABASE_URL` would name it.
    pub fn url(&self) -> &str {
        &self.database().url
    }

    fn database(&self) -> &Database {
        self.database.as_ref().expect("it is given away only with the world")
    }

    /// Ends the server and gives back the database it worked on.
    pub fn stop(mut self) -> Database {
        self.database.take().expect("a world has a database")
    }

    /// Somebody who is not signed in.
    pub fn client(&self) -> Client {
        Client::new(&self.base, &self.site.origin())
    }

    /// The person's browser after following a sign-in link.
    pub fn sign_in(&self, person: &Person) -> Client {
        let client = self.client();
        let secret = self.link(person, "/");
        let answer = client.post(&format!("/sign-in/{secret}"), &[]);
        assert_eq!(answer.status, 303, "signing in failed: {}", answer.body);
        client
    }

    /// The secret of a new sign-in link, as the mail would carry it.
    pub fn link(&self, person: &Person, next: &str) -> String {
        self.link_made_at(person, next, clock::now())
    }

    /// The same, made at an instant of the test's choice.
    pub fn link_made_at(&self, person: &Person, next: &str, now: chrono::NaiveDateTime) -> String {
        let secret = RefCell::new(String::new());
        let tell = |_: &mut varjedag::store::Conn, link: &service::Link| {
            secret.replace(link.secret.clone());
            Ok(())
        };
        service::request_link(&self.store, &person.email, next, now, tell).expect("a link");
        let secret = secret.into_inner();
        assert!(!secret.is_empty(), "no link was made for person {}", person.id);
        secret
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.server.take() {
            // The thread that drives the server also carries the order out; nobody needs to wait for the answer.
            drop(handle.stop(false));
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the server ended in a panic");
        }
    }
}
