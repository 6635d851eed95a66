//! An empty database per story and engine.

use std::path::{Path, PathBuf};

use diesel::{Connection as _, PgConnection, RunQueryDsl as _, connection::SimpleConnection as _};
use store::Db;
use uuid::Uuid;

/// An empty database with the schema, gone when dropped.
pub(crate) struct Fresh {
    pub(crate) db: Db,
    /// What [`Db::open`] takes.
    pub(crate) address: String,
    _kept: Kept,
}

enum Kept {
    Folder(PathBuf),
    Server { server: String, name: String },
}

impl Drop for Kept {
    fn drop(&mut self) {
        // What is left behind costs a little disk until the machine or the server goes.
        match self {
            Kept::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Kept::Server { server, name } => {
                if let Ok(mut c) = PgConnection::establish(server) {
                    c.batch_execute(&format!("drop database if exists {name} with (force)")).ok();
                }
            }
        }
    }
}

/// One empty database of each engine at hand.
pub(crate) fn each() -> Vec<Fresh> {
    let server = std::env::var("TEST_POSTGRES").ok().filter(|s| !s.is_empty());
    [Some(sqlite()), server.map(postgres)].into_iter().flatten().collect()
}

pub(crate) fn sqlite() -> Fresh {
    let folder = std::env::temp_dir().join(format!("story-{}", Uuid::now_v7().simple()));
    std::fs::create_dir(&folder).expect("a folder");
    let address = path(&folder, "story.db");
    let db = Db::open(&address, 4).expect("a database");
    db.migrate().expect("the schema");
    Fresh { db, address, _kept: Kept::Folder(folder) }
}

/// One database of each engine at hand, without even a schema.
pub(crate) fn bare() -> Vec<Fresh> {
    let folder = std::env::temp_dir().join(format!("story-{}", Uuid::now_v7().simple()));
    std::fs::create_dir(&folder).expect("a folder");
    let address = path(&folder, "story.db");
    let db = Db::open(&address, 4).expect("a database");
    let sqlite = Fresh { db, address, _kept: Kept::Folder(folder) };
    let server = std::env::var("TEST_POSTGRES").ok().filter(|s| !s.is_empty());
    let postgres = server.map(|server| {
        let (base, _) = server.rsplit_once('/').expect("postgres://user@host:port/database");
        let name = format!("story_{}", Uuid::now_v7().simple());
        let mut c = PgConnection::establish(&server).expect("the server of TEST_POSTGRES");
        c.batch_execute(&format!("create database {name}")).expect("a database");
        let address = format!("{base}/{name}");
        let db = Db::open(&address, 4).expect("a database");
        Fresh { db, address, _kept: Kept::Server { server: server.clone(), name } }
    });
    [Some(sqlite), postgres].into_iter().flatten().collect()
}

/// A path as text.
pub(crate) fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().expect("a plain path").to_owned()
}

const TEMPLATE: &str = "caravanserai_stories";

fn postgres(server: String) -> Fresh {
    let (base, _) = server.rsplit_once('/').expect("postgres://user@host:port/database");
    let mut c = PgConnection::establish(&server).expect("the server of TEST_POSTGRES");
    let name = format!("story_{}", Uuid::now_v7().simple());
    // Stories are processes of their own: the first one makes the template, the others wait for it.
    c.batch_execute("select pg_advisory_lock(726362)").expect("a lock");
    if !exists(&mut c) {
        let half = format!("{TEMPLATE}_half");
        c.batch_execute(&format!("drop database if exists {half} with (force)")).expect("a drop");
        c.batch_execute(&format!("create database {half}")).expect("a database");
        Db::open(&format!("{base}/{half}"), 1).expect("a database").migrate().expect("the schema");
        // The pool closes its connections on threads of its own; one in use cannot be renamed.
        let rename = format!("alter database {half} rename to {TEMPLATE}");
        while c.batch_execute(&rename).is_err() {
            std::thread::yield_now();
        }
    }
    c.batch_execute(&format!("create database {name} template {TEMPLATE}")).expect("a clone");
    c.batch_execute("select pg_advisory_unlock(726362)").expect("the lock back");
    let address = format!("{base}/{name}");
    let db = Db::open(&address, 4).expect("a database");
    Fresh { db, address, _kept: Kept::Server { server, name } }
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}

fn exists(c: &mut PgConnection) -> bool {
    let query = format!("select count(*) as n from pg_database where datname = '{TEMPLATE}'");
    diesel::sql_query(query).get_result::<Count>(c).expect("a count").n > 0
}
