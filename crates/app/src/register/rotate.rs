//! The key in force hands over to a new one, at the size that was signed last.

use ::register::{key::Signer, manifest::Kind, rotation::Rotation};
use domain::access::Visibility;
use jiff::Timestamp;
use store::{Conn, Error, Result};

use super::{Act, NO_LANGUAGE, handout, record, sequencer, unusable};

/// Hands over, and records that as an act that anyone may read. From now on the new key signs.
pub fn rotate(c: &mut Conn, old: &Signer, new: &Signer, now: Timestamp) -> Result<()> {
    let mut log = store::log::get(c)?;
    let refused = |why: &str| Err(Error::Unusable(why.to_owned()));
    if log.held_back.is_some() {
        return refused("the register was restored: reconcile it first");
    }
    if log.keys.last() != Some(&old.key().to_string()) {
        return refused("the old key is not the one in force");
    }
    if old.key().name() != new.key().name() {
        return refused("the new key has another name: the register keeps its own for ever");
    }
    let (size, _) = sequencer::last(c)?;
    let note = Rotation::new(size, old, new).map_err(|fault| unusable(&fault))?.to_string();
    log.keys.push(new.key().to_string());
    log.rotations.push(note.clone());
    // A hand-over that nobody could follow is refused before it is stored.
    handout::trust(&log)?;
    store::log::save(c, &log)?;
    store::log::release(c)?;
    let act = Act {
        kind: Kind::Key,
        object: format!("key-{:08x}", new.key().id()),
        revision: u32::try_from(log.rotations.len()).unwrap_or(u32::MAX),
        edition: None,
        readers: Visibility::Public,
        texts: std::collections::BTreeMap::new(),
        files: vec![(NO_LANGUAGE.to_owned(), "rotation".to_owned(), note)],
        hashes: Vec::new(),
        record: None,
        at: now,
    };
    record(c, &act).map(|_| ())
}
