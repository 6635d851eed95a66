//! A copy of the register in a folder: it grows only by what the log signed, and may be carried on.

use std::{fs, path::Path};

use ::register::{
    Fault,
    checkpoint::Checkpoint,
    edge::Edge,
    mirror,
    note::Note,
    rotation::Trust,
    tile::{self, Content, Tile, WIDTH},
    tree,
};
use anyhow::Context as _;

use super::{key, source::Source, trusted};

/// What a visit came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Entries in the copy before.
    pub before: u64,
    /// Entries now.
    pub size: u64,
}

/// Brings a copy up to the newest signed state of a register, or leaves it as it was. A state that does not
/// continue the copy is kept in a file of its own: it is evidence.
pub fn copy(source: &Source, folder: &Path, policy: Option<&Path>) -> anyhow::Result<Copied> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let trust = trusted::pinned(source, folder, policy)?;
    let kept = Source::Folder(folder.to_owned());
    let (to, note) = source.newest()?;
    trust.signed(&note, &to.origin, to.size)?;
    let before = match kept.file("checkpoint")? {
        Some(bytes) => Some(held(&bytes, &trust)?),
        None => None,
    };
    let size = before.as_ref().map_or(0, |before| before.size);
    let edge = edge(&kept, before.as_ref())?;
    let grown = if to.size < size {
        Err(Fault::Behind { own: to.size, held: size })
    } else {
        let entries = source.entries(size, to.size)?;
        mirror::follow(&edge, &entries, &to).map(|(_, tiles)| (tiles, entries))
    };
    let (tiles, entries) = match grown {
        Ok(grown) => grown,
        Err(fault) => {
            let file = folder.join(format!("evidence-{}.checkpoint", to.size));
            key::replace(&file, &note.to_string())?;
            return Err(fault.into());
        }
    };
    for (tile, hashes) in &tiles {
        store(folder, tile, &tile::write(hashes))?;
    }
    bundles(&kept, folder, size, &to, &entries)?;
    key::replace(&folder.join("checkpoint"), &note.to_string())?;
    Ok(Copied { before: size, size: to.size })
}

/// What the folder holds, if the log signed it.
fn held(bytes: &[u8], trust: &Trust) -> anyhow::Result<Checkpoint> {
    let note = Note::parse(bytes)?;
    let checkpoint = Checkpoint::parse(&note.text)?;
    trust.signed(&note, &checkpoint.origin, checkpoint.size)?;
    Ok(checkpoint)
}

/// The edge of the copy; its tiles must be those that were signed.
fn edge(kept: &Source, held: Option<&Checkpoint>) -> anyhow::Result<Edge> {
    let Some(held) = held else { return Ok(Edge::default()) };
    let tiles = |level, index| kept.tile(level, index, held.size).ok().flatten();
    let edge = Edge::load(tiles, held.size)?;
    if edge.root() != held.root {
        return Err(Fault::Forked { old: held.size, new: held.size }.into());
    }
    Ok(edge)
}

/// Writes a file of the copy. A partial tile is never a part of a full one's name, so nothing is replaced.
fn store(folder: &Path, tile: &Tile, bytes: &[u8]) -> anyhow::Result<()> {
    let file = folder.join(tile.to_string());
    let shown = file.display();
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot make {shown}"))?;
    }
    fs::write(&file, bytes).with_context(|| format!("cannot write {shown}"))
}

/// Writes the bundles that are new or have grown.
fn bundles(
    kept: &Source,
    folder: &Path,
    before: u64,
    to: &Checkpoint,
    entries: &[[u8; 32]],
) -> anyhow::Result<()> {
    let start = before / WIDTH * WIDTH;
    let mut all = kept.entries(start, before)?;
    all.extend(entries);
    for (index, bundle) in (start / WIDTH..).zip(all.chunks(256)) {
        let width = u16::try_from(bundle.len())?;
        store(
            folder,
            &Tile { content: Content::Entries, index, width },
            &tile::write_entries(bundle)?,
        )?;
    }
    anyhow::ensure!(start + all.len() as u64 == to.size, "entries are missing");
    Ok(())
}

/// Reads the whole copy and checks that its tiles follow from its entries, and all from what was signed.
pub fn audit(folder: &Path) -> anyhow::Result<Checkpoint> {
    let kept = Source::Folder(folder.to_owned());
    let trust = trusted::kept(folder)?;
    let checkpoint = held(&kept.need("checkpoint")?, &trust)?;
    let (mut edge, mut tiles) = (Edge::default(), Vec::new());
    for entry in kept.entries(0, checkpoint.size)? {
        tiles.extend(edge.append(tree::leaf(&entry)));
    }
    tiles.extend(edge.partial());
    for (tile, hashes) in &tiles {
        let Content::Hashes(level) = tile.content else { continue };
        if kept.need(&tile.to_string())? != tile::write(hashes) {
            return Err(Fault::WrongTile { level, index: tile.index }.into());
        }
    }
    if edge.root() != checkpoint.root {
        return Err(Fault::Forked { old: checkpoint.size, new: checkpoint.size }.into());
    }
    Ok(checkpoint)
}
