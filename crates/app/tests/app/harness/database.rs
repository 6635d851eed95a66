//! A database per test: an SQLite file, or a PostgreSQL database cloned from one template when
//! `TEST_POSTGRES` holds the address of a server (`postgres://user@127.0.0.1:5499/postgres`).

use std::path::PathBuf;

use diesel::{Connection as _, PgConnection, RunQueryDsl as _, connection::SimpleConnection as _};
use store::Db;
use uuid::Uuid;

use super::fixture;

/// What has to stay until the test ends.
pub(crate) enum Fresh {
    /// The folder of the SQLite file.
    Sqlite { folder: PathBuf },
    /// The database, by server and name.
    Postgres { server: String, name: String },
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // What is left behind costs a little disk until the machine or the server goes.
        match self {
            Fresh::Sqlite { folder } => drop(std::fs::remove_dir_all(folder)),
            Fresh::Postgres { server, name } => {
                if let Ok(mut c) = PgConnection::establish(server) {
                    c.batch_execute(&format!("drop database if exists {name} with (force)")).ok();
                }
            }
        }
    }
}

impl Fresh {
    /// What [`Db::open`] takes.
    pub(crate) fn address(&self) -> String {
        match self {
            Fresh::Sqlite { folder } => folder.join("test.db").display().to_string(),
            Fresh::Postgres { server, name } => address(server, name),
        }
    }
}

fn server() -> Option<String> {
    std::env::var("TEST_POSTGRES").ok().filter(|s| !s.is_empty())
}

/// A new database that holds the fixture.
pub(crate) fn fresh() -> (Db, Fresh) {
    match server() {
        Some(server) => postgres(server),
        None => sqlite(),
    }
}

fn sqlite() -> (Db, Fresh) {
    let folder = std::env::temp_dir().join(format!("caravanserai-{}", Uuid::now_v7().simple()));
    std::fs::create_dir(&folder).expect("a folder");
    let path = folder.join("test.db");
    let db = filled(path.to_str().expect("a plain path"));
    (db, Fresh::Sqlite { folder })
}

fn filled(address: &str) -> Db {
    let db = Db::open(address, 2).expect("a database");
    db.migrate().expect("the schema");
    db.write(fixture::fill).expect("the fixture");
    db
}

/// The server's address with another database in it.
fn address(server: &str, name: &str) -> String {
    let (base, _) = server.rsplit_once('/').expect("postgres://user@host:port/database");
    format!("{base}/{name}")
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}

const TEMPLATE: &str = "caravanserai_template";

fn postgres(server: String) -> (Db, Fresh) {
    let mut c = PgConnection::establish(&server).expect("the PostgreSQL server of TEST_POSTGRES");
    // Tests are processes of their own: the first one fills the template, the others wait for it.
    c.batch_execute("select pg_advisory_lock(726361)").expect("a lock");
    let query = format!("select count(*) as n from pg_database where datname = '{TEMPLATE}'");
    let there = diesel::sql_query(query).get_result::<Count>(&mut c).expect("a count").n > 0;
    if !there {
        let half = format!("{TEMPLATE}_half");
        c.batch_execute(&format!("drop database if exists {half} with (force)")).expect("a drop");
        c.batch_execute(&format!("create database {half}")).expect("a database");
        drop(filled(&address(&server, &half)));
        end_connections(&mut c, &half);
        c.batch_execute(&format!("alter database {half} rename to {TEMPLATE}")).expect("a name");
    }
    let name = format!("test_{}", Uuid::now_v7().simple());
    c.batch_execute(&format!("create database {name} template {TEMPLATE}")).expect("a clone");
    c.batch_execute("select pg_advisory_unlock(726361)").expect("the lock back");
    let db = Db::open(&address(&server, &name), 2).expect("a database");
    (db, Fresh::Postgres { server, name })
}

/// The pool closes its connections on threads of its own; a database in use cannot be renamed.
fn end_connections(c: &mut PgConnection, name: &str) {
    let end = format!(
        "select count(pg_terminate_backend(pid)) as n from pg_stat_activity where datname = '{name}'"
    );
    while diesel::sql_query(&end).get_result::<Count>(c).expect("a count").n > 0 {
        std::thread::yield_now();
    }
}
