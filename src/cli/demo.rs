//! `varjedag demo`: a whole small region to click through, without set-up.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::Format;
use crate::accounts::service;
use crate::config::Config;
use crate::demo::folder::{self, MARK};
use crate::demo::region;
use crate::demo::story::{self, Cast, Wish};
use crate::store::Store;
use crate::{app, clock, logging};

/// A whole small region to click through: nothing to set up, mail kept as files, nobody in it exists
///
/// Makes up a region the first time, starts the server and prints a sign-in link for each kind of user. Started
/// again it goes on with what is there.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  varjedag demo
  varjedag demo --data /tmp/big --people 10000 --listen 127.0.0.1:0 --format json
  varjedag demo --reset")]
pub struct Args {
    /// Folder for the database and the mail
    #[arg(long, value_name = "DIR", default_value = "varjedag-demo")]
    data: PathBuf,
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: String,
    /// How many people to make up
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u32).range(24..=100_000))]
    people: u32,
    /// Which of all made-up regions
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Start over: forget what was done in the demonstration
    #[arg(long)]
    reset: bool,
    /// json prints one line with the address and the links when the first request can come
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What a folder was made from, to find the same people again.
#[derive(Debug, Serialize, Deserialize)]
struct Made {
    people: usize,
    seed: u64,
    cast: [String; 4],
}

pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    logging::start_quiet();
    if args.reset {
        folder::forget(&args.data)?;
    }
    std::fs::create_dir_all(&args.data).with_context(|| format!("cannot make {}", args.data.display()))?;
    let config = Config::in_folder(&args.data, &args.listen)?;
    let cast = make_up(&args, &config)?;
    let store = app::open_store(&config)?;
    app::serve(config, store.clone(), |running| {
        let links = Links::of(&store, &running.site, &cast);
        match (links, args.format) {
            (Ok(links), Format::Json) => {
                println!("{}", serde_json::json!({ "address": links.address, "links": links.by_kind() }))
            }
            (Ok(links), Format::Text) => links.print(&args.data),
            (Err(error), _) => eprintln!("error: {error:#}"),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Makes up the region unless the folder holds one. It is made beside and moved into place, so that an interrupted
/// start leaves nothing half-made.
fn make_up(args: &Args, config: &Config) -> anyhow::Result<Cast> {
    let mark = args.data.join(MARK);
    if let Ok(text) = std::fs::read_to_string(&mark) {
        let made: Made = serde_json::from_str(&text)
            .with_context(|| format!("{} cannot be read; start over with --reset", mark.display()))?;
        let [developer, participant, manager, administrator] = made.cast;
        return Ok(Cast { developer, participant, manager, administrator });
    }
    for leftover in ["varjedag.sqlite", "varjedag.sqlite-wal", "varjedag.sqlite-shm"] {
        let path = args.data.join(leftover);
        anyhow::ensure!(
            leftover != "varjedag.sqlite" || !path.exists() || args.data.join(HALF).exists(),
            "{} holds a database that is no demonstration; choose another folder with --data",
            args.data.display()
        );
        let _ = std::fs::remove_file(path);
    }
    std::fs::write(args.data.join(HALF), "")?;
    let wish = Wish { people: args.people as usize, seed: args.seed };
    let now = clock::now();
    let store: Store = app::open_store(config)?;
    story::tell(config, &store, wish, now, &|what| eprintln!("  {what} …"))?;
    let cast = story::cast(&region::region(wish.people, wish.seed, clock::day_of(now)));
    let made = Made {
        people: wish.people,
        seed: wish.seed,
        cast: [&cast.developer, &cast.participant, &cast.manager, &cast.administrator].map(Clone::clone),
    };
    std::fs::write(&mark, serde_json::to_string(&made)?)?;
    std::fs::remove_file(args.data.join(HALF))?;
    Ok(cast)
}

/// Says that a region is being made up.
const HALF: &str = "demonstration.unfinished";

struct Links {
    address: String,
    developer: String,
    participant: String,
    manager: String,
    administrator: String,
}

impl Links {
    fn of(store: &Store, site: &crate::web::Site, cast: &Cast) -> anyhow::Result<Links> {
        let address = site.public_url.as_str().trim_end_matches('/').to_owned();
        let link = |email: &str| -> anyhow::Result<String> {
            let link = service::operator_link(store, email, clock::now())?;
            Ok(format!("{address}/sign-in/{}", link.secret))
        };
        Ok(Links {
            developer: link(&cast.developer)?,
            participant: link(&cast.participant)?,
            manager: link(&cast.manager)?,
            administrator: link(&cast.administrator)?,
            address,
        })
    }

    fn by_kind(&self) -> serde_json::Value {
        serde_json::json!({
            "developer": self.developer,
            "participant": self.participant,
            "manager": self.manager,
            "administrator": self.administrator,
        })
    }

    fn print(&self, folder: &Path) {
        println!(
            "\nVarjedag answers at {}\n\n\
             Open one of these to be somebody (each works once, for fifteen minutes):\n\
             \x20 regional developer  {}\n\
             \x20 participant         {}\n\
             \x20 manager             {}\n\
             \x20 administrator       {}\n\n\
             Everything is in {}; mail is kept there too. Stop with Ctrl-C, start over with --reset.",
            self.address,
            self.developer,
            self.participant,
            self.manager,
            self.administrator,
            folder.display()
        );
    }
}
