//! What was erased, remembered in a file beside the register's key. A copy of the database that was made
//! before knows nothing of it; so whoever restores or serves one erases the same acts again.
//!
//! A line is the hash of an entry, which the public log holds too: it tells nothing of the act.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use store::{Conn, Result};

use super::key;

/// Where the memory of a key's register stands.
fn memory(key: &Path) -> PathBuf {
    let mut name = key.as_os_str().to_owned();
    name.push(".erased");
    PathBuf::from(name)
}

/// The entries whose acts were erased.
pub fn known(key: &Path) -> anyhow::Result<BTreeSet<String>> {
    let file = memory(key);
    match fs::read_to_string(&file) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

/// Remembers entries, before the database forgets their acts.
pub fn remember(key: &Path, hashes: impl IntoIterator<Item = String>) -> anyhow::Result<()> {
    let mut all = known(key)?;
    all.extend(hashes);
    let lines: Vec<String> = all.into_iter().chain([String::new()]).collect();
    let file = memory(key);
    key::replace(&file, &lines.join("\n"))
        .with_context(|| format!("cannot write {}", file.display()))
}

/// Erases the acts of these entries, as far as the database knows any; gives how many.
pub fn apply(c: &mut Conn, hashes: &BTreeSet<String>) -> Result<usize> {
    let mut erased = 0;
    for hash in hashes {
        for leaf in store::leaf::with_hash(c, hash)?.iter().filter(|leaf| leaf.act.is_some()) {
            store::leaf::erase(c, leaf.id)?;
            erased += 1;
        }
    }
    Ok(erased)
}
