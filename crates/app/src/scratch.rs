//! A folder for one test. The crate `tempfile` would turn on a feature below typst, which Cargo would
//! then build twice.

use std::path::PathBuf;

use store::Db;

/// A folder that goes when the test ends.
pub(crate) struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// An empty database of this binary's schema.
pub(crate) fn database() -> (Folder, Db) {
    let id: domain::EditionId = crate::chance::id();
    let folder = Folder(std::env::temp_dir().join(format!("caravanserai-{id}")));
    std::fs::create_dir(&folder.0).unwrap();
    let db = Db::open(folder.0.join("test.db").to_str().unwrap(), 2).unwrap();
    db.migrate().unwrap();
    (folder, db)
}
