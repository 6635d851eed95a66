//! Which database, and bringing it up to date.

use clap::Args;
use store::Db;

/// Where the rows are.
#[derive(Clone, Debug, Args)]
pub(super) struct Database {
    /// Path of an SQLite file, or a postgres:// address
    #[arg(
        long,
        env = "CARAVANSERAI_DATABASE",
        default_value = "caravanserai.db",
        hide_env_values = true
    )]
    database: String,
    /// Most connections to the database
    #[arg(long, env = "CARAVANSERAI_CONNECTIONS", default_value_t = 8)]
    connections: u32,
}

impl Database {
    /// Opens it, as it is.
    pub(super) fn open(&self) -> anyhow::Result<Db> {
        Ok(Db::open(&self.database, self.connections)?)
    }

    /// Opens it when its schema is this binary's.
    pub(super) fn ready(&self) -> anyhow::Result<Db> {
        let db = self.open()?;
        let pending = db.pending()?;
        if pending.is_empty() {
            return Ok(db);
        }
        anyhow::bail!("the database lacks {} migrations: run `caravanserai migrate`", pending.len())
    }
}

/// `migrate`
#[derive(Debug, Args)]
pub(super) struct Migrate {
    #[command(flatten)]
    database: Database,
}

/// Applies what is missing and says what that was.
pub(super) fn migrate(args: &Migrate) -> anyhow::Result<()> {
    let applied = args.database.open()?.migrate()?;
    for name in &applied {
        println!("applied {name}");
    }
    println!("the schema is up to date");
    Ok(())
}
