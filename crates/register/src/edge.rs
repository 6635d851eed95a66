//! The right edge of a growing tree: all that is needed to append, and to know the root.

use crate::{
    Fault, Hash,
    tile::{Content, Reader, Tile, Tiles, WIDTH},
    tree::{empty, fold},
};

/// Entries that no log will ever reach; larger sizes are refused as nonsense.
pub const MAX_SIZE: u64 = 1 << 56;

/// The unfinished tile of each level, from the leaves upwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    levels: Vec<Vec<Hash>>,
}

impl Edge {
    /// The edge of the tree of `size` entries that these tiles hold.
    pub fn load(tiles: impl Tiles, size: u64) -> Result<Self, Fault> {
        if size > MAX_SIZE {
            return Err(Fault::Sizes { old: size, new: MAX_SIZE });
        }
        let mut reader = Reader::new(tiles, size);
        let mut levels = Vec::new();
        let (mut level, mut hashes) = (0, size);
        while hashes > 0 {
            // A full last tile stands in the level above already.
            let open = hashes % WIDTH > 0;
            let last =
                if open { reader.hashes(level, hashes / WIDTH)?.to_vec() } else { Vec::new() };
            levels.push(last);
            (level, hashes) = (level + 1, hashes / WIDTH);
        }
        Ok(Edge { size, levels })
    }

    /// Entries in the tree.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        let mut below: Option<Hash> = None;
        for level in &self.levels {
            let hashes: Vec<Hash> = level.iter().copied().chain(below).collect();
            below = if hashes.is_empty() { None } else { Some(fold(&hashes)) };
        }
        below.unwrap_or_else(empty)
    }

    /// Appends one leaf. Returns the tiles that became full and so never change again.
    pub fn append(&mut self, leaf: Hash) -> Vec<(Tile, Vec<Hash>)> {
        self.size = self.size.saturating_add(1);
        let (mut full, mut carried, mut hashes) = (Vec::new(), leaf, self.size);
        for level in 0_u8.. {
            let place = usize::from(level);
            if self.levels.len() == place {
                self.levels.push(Vec::new());
            }
            self.levels[place].push(carried);
            if hashes % WIDTH > 0 {
                break;
            }
            let done = std::mem::take(&mut self.levels[place]);
            carried = fold(&done);
            hashes /= WIDTH;
            let tile = Tile { content: Content::Hashes(level), index: hashes - 1, width: 256 };
            full.push((tile, done));
        }
        full
    }

    /// The partial tiles that a checkpoint of this size needs.
    pub fn partial(&self) -> Vec<(Tile, Vec<Hash>)> {
        let levels = self.levels.iter().zip(0_u8..);
        let tile = |level, hashes: &Vec<Hash>| {
            let index = self.size >> (8 * (u32::from(level) + 1));
            let width = u16::try_from(hashes.len()).ok()?;
            Some((Tile { content: Content::Hashes(level), index, width }, hashes.clone()))
        };
        levels.filter(|(h, _)| !h.is_empty()).filter_map(|(h, level)| tile(level, h)).collect()
    }
}
