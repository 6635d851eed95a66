//! Released programmes that this process has read before. A release never changes, so a copy can be
//! kept; whether it is the newest is always asked of the database.

use std::sync::{Arc, Mutex, PoisonError};

use domain::{ReleaseId, release::Release};
use store::{Conn, Result};

/// Releases kept; the one that was longest unused goes first.
const KEPT: usize = 16;

static SHELF: Mutex<Vec<Arc<Release>>> = Mutex::new(Vec::new());

/// A release, read from the database when it is not on the shelf.
pub fn release(c: &mut Conn, id: ReleaseId) -> Result<Arc<Release>> {
    if let Some(kept) = taken(id) {
        return Ok(put(kept));
    }
    Ok(put(Arc::new(store::release::need(c, id)?)))
}

fn taken(id: ReleaseId) -> Option<Arc<Release>> {
    let mut shelf = SHELF.lock().unwrap_or_else(PoisonError::into_inner);
    let at = shelf.iter().position(|r| r.id == id)?;
    Some(shelf.remove(at))
}

fn put(release: Arc<Release>) -> Arc<Release> {
    let mut shelf = SHELF.lock().unwrap_or_else(PoisonError::into_inner);
    shelf.retain(|r| r.id != release.id);
    if shelf.len() == KEPT {
        shelf.remove(0);
    }
    shelf.push(Arc::clone(&release));
    release
}
