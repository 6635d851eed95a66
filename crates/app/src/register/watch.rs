//! A witness: it looks at every new state of the register, and vouches for it when it continues the last.

use std::{cell::RefCell, fs, path::Path};

use ::register::{
    checkpoint::Checkpoint,
    key::Signer,
    note::Note,
    tile::Reader,
    tree,
    witness::{Request, Seen, consider},
};
use anyhow::Context as _;
use jiff::Timestamp;

use super::{key, source::Source, trusted};

/// What the witness last vouched for.
const LAST: &str = "cosigned";

/// What the witness remembers; its own signature must be under it.
fn remembered(folder: &Path, signer: &Signer) -> anyhow::Result<(Seen, Option<Note>)> {
    let file = folder.join(LAST);
    let bytes = match fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Ok((Seen::default(), None));
        }
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
    };
    let note = Note::parse(&bytes)?;
    let signed = note.signed_by(signer.key())?;
    anyhow::ensure!(signed.is_some(), "{} is not signed by this witness", file.display());
    let checkpoint = Checkpoint::parse(&note.text)?;
    Ok((Seen { size: checkpoint.size, root: checkpoint.root }, Some(note)))
}

/// Vouches for the newest state of a register, when it begins with the last one. What was vouched for is
/// remembered before the signature is given away. A state that does not is kept as evidence.
pub fn look(
    source: &Source,
    folder: &Path,
    signer: &Signer,
    policy: Option<&Path>,
    now: Timestamp,
) -> anyhow::Result<Note> {
    let trust = trusted::pinned(source, folder, policy)?;
    let (seen, before) = remembered(folder, signer)?;
    let (new, mut note) = source.newest()?;
    // The log signs; what other witnesses signed is theirs to send.
    let keys = trust.keys(&new.origin, new.size)?;
    note.signatures.retain(|line| keys.iter().any(|k| k.name() == line.name && k.id() == line.id));
    let path = if new.size > seen.size { path(source, seen.size, new.size)? } else { Vec::new() };
    let request = Request { old: seen.size, path, note: note.clone() };
    let time = u64::try_from(now.as_second()).context("the clock is before 1970")?;
    match consider(&request, &trust, seen, signer, time) {
        Ok((_, signature)) => note.signatures.push(signature),
        Err(declined) => {
            key::replace(
                &folder.join(format!("evidence-{}.checkpoint", new.size)),
                &note.to_string(),
            )?;
            if let Some(before) = before {
                let name = format!("evidence-{}.cosigned", seen.size);
                key::replace(&folder.join(name), &before.to_string())?;
            }
            return Err(declined.into());
        }
    }
    key::replace(&folder.join(LAST), &note.to_string())?;
    Ok(note)
}

/// Signs again, with the present time, what the witness holds: for a register that was restored and has to
/// know it. Nothing new is vouched for.
pub fn again(folder: &Path, signer: &Signer, now: Timestamp) -> anyhow::Result<Note> {
    let (_, note) = remembered(folder, signer)?;
    let mut note = note.context("this witness has vouched for nothing yet")?;
    let (name, id) = (signer.key().name(), signer.key().id());
    note.signatures.retain(|line| line.name != name || line.id != id);
    let time = u64::try_from(now.as_second()).context("the clock is before 1970")?;
    note.signatures.push(signer.sign(&note.text, time));
    key::replace(&folder.join(LAST), &note.to_string())?;
    Ok(note)
}

/// The proof that the new tree begins with the old one, out of the register's tiles. It is checked against
/// what was signed, so the tiles need not be trusted.
fn path(source: &Source, old: u64, new: u64) -> anyhow::Result<Vec<::register::Hash>> {
    let failed = RefCell::new(None);
    let tiles = |level, index| match source.tile(level, index, new) {
        Ok(bytes) => bytes,
        Err(error) => {
            failed.replace(Some(error));
            None
        }
    };
    let path = tree::consistency(&mut Reader::new(tiles, new), old, new);
    match failed.take() {
        Some(error) => Err(error),
        None => Ok(path?),
    }
}
