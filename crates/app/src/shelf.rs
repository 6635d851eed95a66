//! Released programmes that this process has read before. A release never changes, so a copy can be
//! kept; whether it is the newest is always asked of the database.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{EditionId, ReleaseId, release::Release};
use store::{Conn, Result};

/// Releases kept; the one that was longest unused goes first.
const KEPT: usize = 16;

/// The releases of one database that were read before.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Vec<Arc<Release>>>);

impl Shelf {
    /// A release, read from the database when it is not on the shelf.
    pub fn release(&self, c: &mut Conn, id: ReleaseId) -> Result<Arc<Release>> {
        if let Some(kept) = self.taken(id) {
            return Ok(self.put(kept));
        }
        Ok(self.put(Arc::new(store::release::need(c, id)?)))
    }

    /// The newest release of an edition.
    pub fn newest(&self, c: &mut Conn, edition: EditionId) -> Result<Option<Arc<Release>>> {
        let heads = store::release::heads(c, edition)?;
        heads.first().map(|head| self.release(c, head.id)).transpose()
    }

    fn taken(&self, id: ReleaseId) -> Option<Arc<Release>> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = shelf.iter().position(|r| r.id == id)?;
        Some(shelf.remove(at))
    }

    fn put(&self, release: Arc<Release>) -> Arc<Release> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.retain(|r| r.id != release.id);
        if shelf.len() == KEPT {
            shelf.remove(0);
        }
        shelf.push(Arc::clone(&release));
        release
    }
}
