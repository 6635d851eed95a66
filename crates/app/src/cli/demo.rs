//! `demo`: the exercise edition on the loopback address, with an embedded database in a folder.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use clap::Args as ClapArgs;
use outputs::pdf::Fonts;
use store::Db;
use tokio::net::TcpListener;

use super::serve;
use crate::{
    app::{App, Config},
    seed,
};

/// `demo`
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// Folder of the demonstration's database
    #[arg(long, env = "CARAVANSERAI_DEMO_DATA", default_value = "demo-data")]
    data: PathBuf,
    /// Port on the loopback address
    #[arg(long, env = "CARAVANSERAI_DEMO_PORT", default_value_t = 8080)]
    port: u16,
    /// Begin anew: delete the demonstration's database first
    #[arg(long)]
    fresh: bool,
    /// Folder of fonts for printed documents, looked through before the system's
    #[arg(long, env = "CARAVANSERAI_FONTS")]
    fonts: Vec<PathBuf>,
}

/// Prepares the database, says where to look, and serves.
pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let db = prepared(&args.data, args.fresh)?;
    serve::runtime()?.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
        let listener = TcpListener::bind(address).await;
        let listener = listener
            .with_context(|| format!("cannot listen on {address}: choose another --port"))?;
        let public_url = format!("http://{}", listener.local_addr()?);
        welcome(&db, &public_url)?;
        let config = Config {
            public_url,
            demo: true,
            trusted_proxy: None,
            smtp: None,
            mail_from: "caravanserai@demo.example".to_owned(),
        };
        let fonts = Fonts::in_folders(args.fonts.iter().cloned());
        serve::until_stopped(listener, App { db, config: Arc::new(config), fonts }).await
    })
}

const FILE: &str = "demo.db";

/// The database of the folder, filled when it is new.
fn prepared(folder: &Path, fresh: bool) -> anyhow::Result<Db> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    if fresh {
        for name in [FILE, "demo.db-wal", "demo.db-shm"] {
            let path = folder.join(name);
            if path.exists() {
                fs::remove_file(&path)
                    .with_context(|| format!("cannot delete {}", path.display()))?;
            }
        }
    }
    let path = folder.join(FILE);
    let address = path.to_str().context("the folder's name is not UTF-8")?;
    let db = Db::open(address, 8)?;
    db.migrate()?;
    if db.read(store::state::all)?.is_empty() {
        println!("Filling the register of states and cities …");
        db.write(seed::real)?;
    }
    if db.read(store::edition::all)?.is_empty() {
        println!("Writing the exercise edition …");
        seed::demo(&db)?;
    }
    Ok(db)
}

fn welcome(db: &Db, address: &str) -> anyhow::Result<()> {
    println!("\n演示 · УЧЕБНЫЙ · EXERCISE\n\n  {address}\n\nPersonas ({address}/demo/personas):");
    for account in db.read(store::person::all)? {
        println!("  {}", account.value.name);
    }
    println!("\nStop with Ctrl-C.");
    Ok(())
}
