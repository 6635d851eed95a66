//! What a copy elsewhere is good for: it grows only by what the log signed, and a log that was restored
//! from a backup asks it before signing anything.

use std::collections::BTreeSet;

use crate::{
    Fault, Hash,
    checkpoint::Checkpoint,
    edge::Edge,
    tile::{Content, Reader, Tile, Tiles},
    tree,
};

/// Tiles to be kept, with their hashes.
pub type Grown = Vec<(Tile, Vec<Hash>)>;

/// Grows a copy by further entries up to a checkpoint whose signatures were checked before.
///
/// Gives the new edge and the tiles to keep, or a fault: then nothing of it may be kept.
pub fn follow<E: AsRef<[u8]>>(
    edge: &Edge,
    entries: impl IntoIterator<Item = E>,
    to: &Checkpoint,
) -> Result<(Edge, Grown), Fault> {
    let (mut edge, mut tiles, old) = (edge.clone(), Vec::new(), edge.size());
    if to.size < old {
        return Err(Fault::Behind { own: to.size, held: old });
    }
    for entry in entries {
        if edge.size() == to.size {
            return Err(Fault::Sizes { old: to.size.saturating_add(1), new: to.size });
        }
        tiles.extend(edge.append(tree::leaf(entry.as_ref())));
    }
    if edge.size() < to.size {
        return Err(Fault::Behind { own: edge.size(), held: to.size });
    }
    if edge.root() != to.root {
        return Err(Fault::Forked { old, new: to.size });
    }
    tiles.extend(edge.partial());
    Ok((edge, tiles))
}

/// Whether a log of `size` entries may sign again: it is at least as long as every state that witnesses
/// and mirrors hold, and begins with each of them. Their signatures were checked before.
pub fn resume<'a>(
    tiles: impl Tiles,
    size: u64,
    held: impl IntoIterator<Item = &'a Checkpoint>,
) -> Result<(), Fault> {
    let mut reader = Reader::new(tiles, size);
    let mut right: BTreeSet<(u64, Hash)> = BTreeSet::new();
    for checkpoint in held {
        if checkpoint.size > size {
            return Err(Fault::Behind { own: size, held: checkpoint.size });
        }
        let state = (checkpoint.size, checkpoint.root);
        if !right.contains(&state) && tree::root(&mut reader, state.0)? != state.1 {
            return Err(Fault::Forked { old: state.0, new: size });
        }
        right.insert(state);
    }
    Ok(())
}

/// Reads every tile of a log and checks that each follows from the one below and all from the leaves.
pub fn audit(tiles: impl Tiles, size: u64, root: Hash) -> Result<(), Fault> {
    let mut reader = Reader::new(tiles, size);
    let mut edge = Edge::default();
    let mut index = 0;
    while edge.size() < size {
        let mut made = Vec::new();
        for leaf in reader.hashes(0, index)?.to_vec() {
            made.extend(edge.append(leaf));
        }
        index += 1;
        made.iter().try_for_each(|(tile, hashes)| same(&mut reader, tile, hashes))?;
    }
    edge.partial().iter().try_for_each(|(tile, hashes)| same(&mut reader, tile, hashes))?;
    if edge.root() == root { Ok(()) } else { Err(Fault::Forked { old: size, new: size }) }
}

fn same(reader: &mut Reader<impl Tiles>, tile: &Tile, hashes: &[Hash]) -> Result<(), Fault> {
    let Content::Hashes(level) = tile.content else { return Ok(()) };
    let kept = reader.hashes(level, tile.index)?;
    if kept == hashes { Ok(()) } else { Err(Fault::WrongTile { level, index: tile.index }) }
}
