//! C2SP tlog-tiles: the tree as files of 256 hashes, the entries as bundles of 256.
//!
//! A narrower tile is always the beginning of a wider one. So a log keeps one tile for each place,
//! which only grows until it is full, and readers take as many hashes as the tree they ask for has.

use std::{collections::BTreeMap, fmt, str::FromStr};

use crate::{
    Fault, Hash, Part,
    tree::{Nodes, fold},
};

/// Hashes in a full tile, entries in a full bundle.
pub const WIDTH: u64 = 256;
/// Highest level that a path may name.
const TOP: u8 = 63;

/// What lies in a tile: the tree's hashes, or the entries themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Content {
    /// Hashes; level 0 has those of the leaves, each level above those of full tiles below.
    Hashes(u8),
    /// A bundle of entries.
    Entries,
}

/// One tile's place and width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// What lies in it.
    pub content: Content,
    /// Which one from the left, counted from 0.
    pub index: u64,
    /// Hashes or entries in it, 1 to 256; fewer than 256 only at the right edge.
    pub width: u16,
}

impl Tile {
    /// The tile of hashes at `level` and `index` in a tree of `size`, if it has any.
    pub fn within(level: u8, index: u64, size: u64) -> Option<Tile> {
        let hashes = size.checked_shr(8 * u32::from(level)).unwrap_or(0);
        let width = hashes.saturating_sub(index.checked_mul(WIDTH)?).min(WIDTH);
        let width = u16::try_from(width).ok().filter(|width| *width > 0)?;
        Some(Tile { content: Content::Hashes(level), index, width })
    }
}

impl fmt::Display for Tile {
    /// The path below the log's prefix, such as `tile/0/x001/x234/067.p/5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.content {
            Content::Hashes(level) => write!(f, "tile/{level}/")?,
            Content::Entries => f.write_str("tile/entries/")?,
        }
        let digits = self.index.to_string();
        let padded = format!("{digits:0>width$}", width = digits.len().div_ceil(3) * 3);
        let last = padded.len() - 3;
        for start in (0..last).step_by(3) {
            write!(f, "x{}/", &padded[start..start + 3])?;
        }
        f.write_str(&padded[last..])?;
        if u64::from(self.width) < WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for Tile {
    type Err = Fault;

    fn from_str(path: &str) -> Result<Self, Fault> {
        let bad = || Fault::form(Part::Tile, 0);
        let rest = path.strip_prefix("tile/").ok_or_else(bad)?;
        let (content, rest) = rest.split_once('/').ok_or_else(bad)?;
        let content = match content {
            "entries" => Content::Entries,
            level => Content::Hashes(number(level).filter(|l| *l <= TOP).ok_or_else(bad)?),
        };
        let (index, width) = match rest.split_once(".p/") {
            Some((index, width)) => {
                (index, number(width).filter(|w| (1..256).contains(w)).ok_or_else(bad)?)
            }
            None => (rest, 256),
        };
        let digits: String = index.chars().filter(char::is_ascii_digit).collect();
        let index = digits.parse().map_err(|_| bad())?;
        let tile = Tile { content, index, width };
        // One path for each tile: what would be written differently is not read.
        if tile.to_string() == path { Ok(tile) } else { Err(bad()) }
    }
}

/// A decimal number written the one way there is: no sign, no leading zero.
pub(crate) fn number<T: FromStr + fmt::Display>(text: &str) -> Option<T> {
    text.parse().ok().filter(|value: &T| value.to_string() == text)
}

/// The bytes of a tile of hashes.
pub fn write(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// The hashes in the bytes of a tile.
pub fn read(bytes: &[u8]) -> Result<Vec<Hash>, Fault> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    let fits = rest.is_empty() && (1..=256).contains(&hashes.len());
    if fits {
        Ok(hashes.iter().copied().map(Hash).collect())
    } else {
        Err(Fault::form(Part::Tile, 0))
    }
}

/// The bytes of a bundle: each entry behind its length in two bytes.
pub fn write_entries<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    for entry in entries.iter().map(AsRef::as_ref) {
        let too_long = |_| Fault::EntryTooLong { bytes: entry.len() };
        let length = u16::try_from(entry.len()).map_err(too_long)?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(entry);
    }
    Ok(bytes)
}

/// The entries in the bytes of a bundle, 1 to 256.
pub fn read_entries(mut bytes: &[u8]) -> Result<Vec<&[u8]>, Fault> {
    let bad = || Fault::form(Part::Bundle, 0);
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>().ok_or_else(bad)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, rest) = rest.split_at_checked(length).ok_or_else(bad)?;
        entries.push(entry);
        bytes = rest;
    }
    if (1..=256).contains(&entries.len()) { Ok(entries) } else { Err(bad()) }
}

/// Where tiles of hashes are kept.
pub trait Tiles {
    /// The bytes of the tile at this level and index, as wide as it is known; nothing if unknown.
    fn tile(&self, level: u8, index: u64) -> Option<Vec<u8>>;
}

impl<F: Fn(u8, u64) -> Option<Vec<u8>>> Tiles for F {
    fn tile(&self, level: u8, index: u64) -> Option<Vec<u8>> {
        self(level, index)
    }
}

/// Reads subtrees out of tiles, each tile fetched once.
///
/// Tiles are not checked here: a root, or a proof made from them, is, against a checkpoint.
pub struct Reader<T> {
    tiles: T,
    size: u64,
    read: BTreeMap<(u8, u64), Vec<Hash>>,
}

impl<T: Tiles> Reader<T> {
    /// Reads the tree of `size` entries.
    pub fn new(tiles: T, size: u64) -> Self {
        Reader { tiles, size, read: BTreeMap::new() }
    }

    /// The hashes of one tile, exactly as many as the tree of this size has there.
    pub fn hashes(&mut self, level: u8, index: u64) -> Result<&[Hash], Fault> {
        let missing = Fault::MissingTile { level, index };
        if !self.read.contains_key(&(level, index)) {
            let width = Tile::within(level, index, self.size).map(|tile| usize::from(tile.width));
            let (Some(width), Some(bytes)) = (width, self.tiles.tile(level, index)) else {
                return Err(missing);
            };
            let mut hashes = read(&bytes)?;
            if hashes.len() < width {
                return Err(missing);
            }
            hashes.truncate(width);
            self.read.insert((level, index), hashes);
        }
        self.read.get(&(level, index)).map(Vec::as_slice).ok_or(missing)
    }
}

impl<T: Tiles> Nodes for Reader<T> {
    fn node(&mut self, height: u32, index: u64) -> Result<Hash, Fault> {
        let (level, within) = (u8::try_from(height / 8).unwrap_or(TOP), height % 8);
        let (tile, count) = (index >> (8 - within), 1_usize << within);
        let first = usize::try_from((index << within) % WIDTH).unwrap_or_default();
        let hashes = self.hashes(level, tile)?.get(first..first + count);
        hashes.map(fold).ok_or(Fault::MissingTile { level, index: tile })
    }
}
