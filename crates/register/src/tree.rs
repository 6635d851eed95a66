//! The Merkle tree of RFC 6962, section 2.1: hashes, roots, paths, and their verification.
//!
//! Making and checking are written as the same recursion over "the largest power of two below n", so
//! that each can be read beside the definition. A path has at most 64 steps, so recursion is shallow.

use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::Fault;

/// A SHA-256 hash. Written in base64 in checkpoints and proofs, and in hex in manifests.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash of these parts, one after the other.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Hash(hasher.finalize().into())
    }

    /// As 64 lower-case hexadecimal digits, the way `sha256sum` prints it.
    pub fn hex(&self) -> String {
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
    }

    /// Reads 64 lower-case hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let digits: Vec<u8> = text.bytes().map(digit).collect::<Option<_>>()?;
        let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
        if text.len() == 64 { bytes.try_into().ok().map(Hash) } else { None }
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let bytes = STANDARD.decode(text).map_err(|_| ())?;
        bytes.try_into().map(Hash).map_err(|_| ())
    }
}

/// The root of a tree without entries.
pub fn empty() -> Hash {
    Hash::of(&[])
}

/// The hash of one entry.
pub fn leaf(entry: &[u8]) -> Hash {
    Hash::of(&[&[0], entry])
}

/// The hash of two neighbouring subtrees.
pub fn node(left: Hash, right: Hash) -> Hash {
    Hash::of(&[&[1], &left.0, &right.0])
}

/// The largest power of two below `n`, which must be 2 or more.
fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The root over hashes that stand side by side; the last may stand for an incomplete subtree.
pub fn fold(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => empty(),
        [one] => *one,
        _ => {
            let (left, right) = hashes.split_at(hashes.len().next_power_of_two() / 2);
            node(fold(left), fold(right))
        }
    }
}

/// Where the hashes of complete subtrees come from.
pub trait Nodes {
    /// The hash of the `index`-th complete subtree of 2^`height` leaves.
    fn node(&mut self, height: u32, index: u64) -> Result<Hash, Fault>;
}

/// The root over the leaves from `start` to before `end`; `start` is a multiple of the size of the
/// largest complete subtree within.
fn span(nodes: &mut impl Nodes, start: u64, end: u64) -> Result<Hash, Fault> {
    let size = end - start;
    if size.is_power_of_two() {
        let height = size.trailing_zeros();
        return nodes.node(height, start >> height);
    }
    let middle = start + split(size);
    Ok(node(span(nodes, start, middle)?, span(nodes, middle, end)?))
}

/// The root of the tree over the first `size` leaves.
pub fn root(nodes: &mut impl Nodes, size: u64) -> Result<Hash, Fault> {
    if size == 0 { Ok(empty()) } else { span(nodes, 0, size) }
}

/// The path from a leaf's sibling up to below the root.
pub fn inclusion(nodes: &mut impl Nodes, index: u64, size: u64) -> Result<Vec<Hash>, Fault> {
    if index >= size {
        return Err(Fault::Index { index, size });
    }
    let (mut start, mut end, mut path) = (0, size, Vec::new());
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            path.push(span(nodes, middle, end)?);
            end = middle;
        } else {
            path.push(span(nodes, start, middle)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the tree of `new` entries begins with the tree of `old`. Empty when `old` is 0:
/// every tree begins with the empty one.
pub fn consistency(nodes: &mut impl Nodes, old: u64, new: u64) -> Result<Vec<Hash>, Fault> {
    if old > new {
        return Err(Fault::Sizes { old, new });
    }
    let (mut start, mut end, mut path) = (0, new, Vec::new());
    if old == 0 {
        return Ok(path);
    }
    while end != old {
        let middle = start + split(end - start);
        if old <= middle {
            path.push(span(nodes, middle, end)?);
            end = middle;
        } else {
            path.push(span(nodes, start, middle)?);
            start = middle;
        }
    }
    // The old tree as a whole needs no hash: whoever checks knows its root.
    if start > 0 {
        path.push(span(nodes, start, end)?);
    }
    path.reverse();
    Ok(path)
}

/// The root that a path leads to from a leaf, or nothing when the path has the wrong length.
fn climb(leaf: Hash, index: u64, size: u64, path: &[Hash]) -> Option<Hash> {
    if size == 1 {
        return path.is_empty().then_some(leaf);
    }
    let (top, below) = path.split_last()?;
    let middle = split(size);
    if index < middle {
        Some(node(climb(leaf, index, middle, below)?, *top))
    } else {
        Some(node(*top, climb(leaf, index - middle, size - middle, below)?))
    }
}

/// Checks that the entry with this leaf hash is entry `index` of the tree of `size` with this root.
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    size: u64,
    path: &[Hash],
    root: Hash,
) -> Result<(), Fault> {
    if index >= size {
        return Err(Fault::Index { index, size });
    }
    if climb(leaf, index, size, path) == Some(root) { Ok(()) } else { Err(Fault::Inclusion) }
}

/// The roots of the old and the new tree that a proof leads to. `known` is the old root while the
/// old tree is still the whole left part.
fn climb_both(old: u64, new: u64, path: &[Hash], known: Option<Hash>) -> Option<(Hash, Hash)> {
    if old == new {
        return match (known, path) {
            (Some(root), []) => Some((root, root)),
            (None, [root]) => Some((*root, *root)),
            _ => None,
        };
    }
    let (top, below) = path.split_last()?;
    let middle = split(new);
    if old <= middle {
        let (a, b) = climb_both(old, middle, below, known)?;
        Some((a, node(b, *top)))
    } else {
        let (a, b) = climb_both(old - middle, new - middle, below, None)?;
        Some((node(*top, a), node(*top, b)))
    }
}

/// Checks that the tree of `new.0` entries with root `new.1` begins with that of `old.0` and `old.1`.
pub fn verify_consistency(old: (u64, Hash), new: (u64, Hash), path: &[Hash]) -> Result<(), Fault> {
    if old.0 > new.0 {
        return Err(Fault::Sizes { old: old.0, new: new.0 });
    }
    let holds = match old.0 {
        0 => path.is_empty() && old.1 == empty() && (new.0 > 0 || new.1 == empty()),
        _ => climb_both(old.0, new.0, path, Some(old.1)) == Some((old.1, new.1)),
    };
    if holds { Ok(()) } else { Err(Fault::Forked { old: old.0, new: new.0 }) }
}
