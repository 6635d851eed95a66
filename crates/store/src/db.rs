//! One database, two engines, and the only two ways in: [`Db::read`] and [`Db::write`].

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use diesel::{
    Connection,
    connection::{InstrumentationEvent, SimpleConnection},
    r2d2::{ConnectionManager, CustomizeConnection, Pool},
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::error::{Error, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
const TRIES: u32 = 8;
static STATEMENTS: AtomicU64 = AtomicU64::new(0);

/// Statements sent since the process started: the query budget tests and `/metrics` read it.
pub fn statements() -> u64 {
    STATEMENTS.load(Ordering::Relaxed)
}

/// A connection to either engine. PostgreSQL stands first: SQLite would take any address as a path.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// A PostgreSQL server.
    Postgres(diesel::PgConnection),
    /// An embedded SQLite file.
    Sqlite(diesel::SqliteConnection),
}

/// Which engine an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A `postgres://` address.
    Postgres,
    /// A path.
    Sqlite,
}

#[derive(Debug)]
struct Prepare;

impl CustomizeConnection<Conn, diesel::r2d2::Error> for Prepare {
    fn on_acquire(&self, conn: &mut Conn) -> std::result::Result<(), diesel::r2d2::Error> {
        let prepared = match conn {
            Conn::Postgres(_) => conn.batch_execute("set lock_timeout = '5s'"),
            Conn::Sqlite(_) => conn.batch_execute(
                "pragma busy_timeout = 5000; pragma journal_mode = wal; \
                 pragma synchronous = full; pragma foreign_keys = on;",
            ),
        };
        // Counted from here on: the pool makes connections when it likes, and no request asked for them.
        conn.set_instrumentation(|event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::StartQuery { .. }) {
                STATEMENTS.fetch_add(1, Ordering::Relaxed);
            }
        });
        prepared.map_err(diesel::r2d2::Error::QueryError)
    }
}

/// A pool of connections to one database.
#[derive(Clone)]
pub struct Db {
    pool: Pool<ConnectionManager<Conn>>,
    engine: Engine,
}

impl Db {
    /// Opens a database by address: `postgres://…`, or a path to an SQLite file that is made when
    /// it is not there.
    pub fn open(address: &str, connections: u32) -> Result<Self> {
        let engine = if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Engine::Postgres
        } else {
            Engine::Sqlite
        };
        if engine == Engine::Postgres && !cfg!(feature = "system-libpq") && !is_local(address) {
            return Err(Error::Unusable(
                "this build has no TLS for PostgreSQL: use a local socket or loopback address, \
                 or a build with the feature `system-libpq`"
                    .to_owned(),
            ));
        }
        let folder = std::path::Path::new(address).parent();
        if engine == Engine::Sqlite
            && let Some(folder) = folder.filter(|f| !f.as_os_str().is_empty() && !f.is_dir())
        {
            let folder = folder.display();
            return Err(Error::Unusable(format!("there is no folder {folder} for the database")));
        }
        let pool = Pool::builder()
            .max_size(connections.max(1))
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(5))
            // A server can go away between two requests; a file cannot.
            .test_on_check_out(engine == Engine::Postgres)
            .connection_customizer(Box::new(Prepare))
            .build(ConnectionManager::new(address))?;
        Ok(Self { pool, engine })
    }

    /// The engine behind it.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Brings the schema up to this binary's; returns the names of what was applied. Refuses a
    /// schema newer than this binary.
    pub fn migrate(&self) -> Result<Vec<String>> {
        self.refuse_newer()?;
        let mut conn = self.pool.get()?;
        let applied = conn
            .run_pending_migrations(MIGRATIONS)
            .map_err(|e| Error::Unusable(format!("migration failed: {e}")))?;
        let applied = applied.iter().map(ToString::to_string).collect();
        drop(conn);
        // What an earlier binary did not keep and SQL cannot work out.
        self.write(crate::instrument::hold_texts)?;
        Ok(applied)
    }

    /// Brings a database up to an earlier schema of this binary's, or to its own; does nothing where that
    /// schema or a later one stands.
    pub(crate) fn migrate_to(&self, schema: &str) -> Result<()> {
        use diesel::migration::{Migration, MigrationSource};
        self.refuse_newer()?;
        let mut conn = self.pool.get()?;
        let failed = |e| Error::Unusable(format!("migration failed: {e}"));
        let known: Vec<Box<dyn Migration<MultiBackend>>> =
            MIGRATIONS.migrations().map_err(failed)?;
        let applied = conn.applied_migrations().map_err(failed)?;
        for migration in known {
            let version = migration.name().version().to_string();
            if version.as_str() <= schema && !applied.iter().any(|a| a.to_string() == version) {
                conn.run_migration(&*migration).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Names of migrations that this binary has and the database has not.
    pub fn pending(&self) -> Result<Vec<String>> {
        self.refuse_newer()?;
        let mut conn = self.pool.get()?;
        let pending = conn
            .pending_migrations(MIGRATIONS)
            .map_err(|e| Error::Unusable(format!("cannot read the schema version: {e}")))?;
        Ok(pending.iter().map(|m| m.name().to_string()).collect())
    }

    /// The version of the schema in the database, if it has one.
    pub fn schema(&self) -> Result<Option<String>> {
        let mut conn = self.pool.get()?;
        let applied = conn
            .applied_migrations()
            .map_err(|e| Error::Unusable(format!("cannot read the schema version: {e}")))?;
        Ok(applied.iter().map(ToString::to_string).max())
    }

    fn refuse_newer(&self) -> Result<()> {
        use diesel::migration::{Migration, MigrationSource};
        let known: Vec<Box<dyn Migration<MultiBackend>>> = MIGRATIONS
            .migrations()
            .map_err(|e| Error::Unusable(format!("cannot read own migrations: {e}")))?;
        let newest = known.iter().map(|m| m.name().version().to_string()).max();
        match self.schema()? {
            Some(there) if Some(&there) > newest.as_ref() => Err(Error::Unusable(format!(
                "the database has schema {there}, which is newer than this binary: upgrade it"
            ))),
            _ => Ok(()),
        }
    }

    /// Reads from one unchanging state of the database.
    pub fn read<T>(&self, f: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let mut conn = self.pool.get()?;
        conn.batch_execute(match self.engine {
            Engine::Postgres => "begin isolation level repeatable read read only",
            Engine::Sqlite => "begin deferred",
        })?;
        let done = catch_unwind(AssertUnwindSafe(|| f(&mut conn)));
        let ended = conn.batch_execute("rollback");
        let value = done.unwrap_or_else(|panic| resume_unwind(panic))?;
        ended?;
        Ok(value)
    }

    /// Writes in one transaction: all of `f` or nothing. `f` may run again when it met another
    /// writer, so it must have no effect but on the database.
    pub fn write<T>(&self, mut f: impl FnMut(&mut Conn) -> Result<T>) -> Result<T> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.try_write(&mut f) {
                Err(error) if error.met_another_writer() && tries < TRIES => {
                    std::thread::sleep(Duration::from_millis(5 << tries));
                }
                other => return other,
            }
        }
    }

    fn try_write<T>(&self, f: &mut impl FnMut(&mut Conn) -> Result<T>) -> Result<T> {
        let mut conn = self.pool.get()?;
        conn.batch_execute(match self.engine {
            Engine::Postgres => "begin isolation level serializable",
            Engine::Sqlite => "begin immediate",
        })?;
        let done = catch_unwind(AssertUnwindSafe(|| f(&mut conn)));
        let value = match done {
            Ok(Ok(value)) => value,
            Ok(Err(error)) => {
                conn.batch_execute("rollback")?;
                return Err(error);
            }
            Err(panic) => {
                // The panic is what the caller must see; a failed rollback drops with the connection.
                conn.batch_execute("rollback").ok();
                resume_unwind(panic);
            }
        };
        if let Err(error) = conn.batch_execute("commit") {
            conn.batch_execute("rollback").ok();
            return Err(error.into());
        }
        Ok(value)
    }
}

/// Whether a PostgreSQL address stays on this machine: a socket folder or a loopback host.
fn is_local(address: &str) -> bool {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.strip_prefix('[').map_or_else(
        || host.split(':').next().unwrap_or_default(),
        |v6| v6.split(']').next().unwrap_or_default(),
    );
    let loopback = |h: &str| matches!(h, "" | "localhost" | "::1") || h.starts_with("127.");
    let asked = |name: &str| {
        let query = address.split_once('?').map_or("", |(_, q)| q);
        query.split('&').filter_map(|p| p.split_once('=')).find(|(k, _)| *k == name).map(|(_, v)| v)
    };
    let socket = |h: &str| h.starts_with('/') || h.to_ascii_lowercase().starts_with("%2f");
    let sound = |h: &str| loopback(h) || socket(h);
    sound(host) && asked("host").is_none_or(sound) && asked("hostaddr").is_none_or(loopback)
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn only_this_machine_is_reached_without_tls() {
        for near in [
            "postgres:///db?host=/run/postgresql",
            "postgres://u@localhost:5433/db",
            "postgres://u:p@127.0.0.1/db",
            "postgres://[::1]:5432/db",
            "postgres://%2Frun%2Fpostgresql/db",
        ] {
            assert!(is_local(near), "{near}");
        }
        for far in [
            "postgres://db.example.org/db",
            "postgres://localhost@10.0.0.1/db",
            "postgres:///db?host=db.example.org",
            "postgres://localhost/db?hostaddr=10.0.0.1",
        ] {
            assert!(!is_local(far), "{far}");
        }
    }
}
