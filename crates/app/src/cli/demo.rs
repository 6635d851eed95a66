//! `demo`: the exercise edition on the loopback address, with an embedded database in a folder.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use ::register::key::Algorithm;
use anyhow::Context as _;
use clap::Args as ClapArgs;
use store::Db;
use tokio::net::TcpListener;

use super::{
    rehearse,
    serve::{self, FontFolders},
};
use crate::{
    app::{App, Config},
    register::key::{self, Keyholder},
    seed,
};

/// `demo`
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Folder of the demonstration's database
    #[arg(long, env = "CARAVANSERAI_DEMO_DATA", default_value = "demo-data")]
    data: PathBuf,
    /// Port on the loopback address; 0 for any that is free
    #[arg(long, env = "CARAVANSERAI_DEMO_PORT", default_value_t = 8080)]
    port: u16,
    /// Begin anew: delete the demonstration's database first
    #[arg(long)]
    fresh: bool,
    /// What is logged, as JSON lines to standard error
    #[arg(long, env = "CARAVANSERAI_LOG", default_value = "warn")]
    log: String,
    #[command(flatten)]
    fonts: FontFolders,
}

/// Prepares the database, says where to look, and serves.
pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    serve::start_log(&args.log)?;
    serve::blocking(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
        let listener = TcpListener::bind(address).await;
        let listener = listener
            .with_context(|| format!("cannot listen on {address}: choose another --port"))?;
        let config = Config {
            public_url: format!("http://{}", listener.local_addr()?),
            demo: true,
            trusted_proxy: None,
            smtp: None,
            mail_from: "caravanserai@demo.example".to_owned(),
        };
        let (folder, fresh) = (args.data.clone(), args.fresh);
        let fonts = args.fonts.find();
        let app = tokio::task::spawn_blocking(move || {
            let db = database(&folder, fresh)?;
            let app = App::new(db, config, fonts).signing(Some(key(&folder)?));
            fill(&app)?;
            welcome(&app)?;
            Ok::<App, anyhow::Error>(app)
        });
        serve::until_stopped(listener, app.await??).await
    })
}

const FILE: &str = "demo.db";
const KEY: &str = "register.key";

/// The key of the folder; made at the first start.
fn key(folder: &Path) -> anyhow::Result<Keyholder> {
    let file = folder.join(KEY);
    if !file.exists() {
        key::make(&file, "demo.example/register", Algorithm::Note)?;
    }
    Keyholder::open(&file)
}

/// The database of the folder.
fn database(folder: &Path, fresh: bool) -> anyhow::Result<Db> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    if fresh {
        for name in [FILE, "demo.db-wal", "demo.db-shm", KEY, "register.key.seen"] {
            let path = folder.join(name);
            if path.exists() {
                fs::remove_file(&path)
                    .with_context(|| format!("cannot delete {}", path.display()))?;
            }
        }
    }
    let path = folder.join(FILE);
    let db = Db::open(path.to_str().context("the folder's name is not UTF-8")?, 8)?;
    db.migrate()?;
    Ok(db)
}

/// Writes what is not there yet: a start that was interrupted goes on where it stopped.
fn fill(app: &App) -> anyhow::Result<()> {
    if app.db.read(store::state::all)?.is_empty() {
        println!("Filling the register of states and cities …");
        app.db.write(seed::real)?;
    }
    let editions = app.db.read(store::edition::all)?;
    let edition = if let Some(edition) = editions.first() {
        edition.value.id
    } else {
        println!("Writing the exercise edition …");
        seed::demo(&app.db)?
    };
    rehearse::run(app, edition)
}

fn welcome(app: &App) -> anyhow::Result<()> {
    let address = &app.config.public_url;
    println!("\n演示 · УЧЕБНЫЙ · EXERCISE\n\n  {address}\n\nPersonas ({address}/demo/personas):");
    for account in app.db.read(store::person::all)? {
        println!("  {}", account.value.name);
    }
    println!("\nStop with Ctrl-C.");
    Ok(())
}
