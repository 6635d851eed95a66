//! C2SP tlog-checkpoint: a log's name, its size and its root, as the text of a signed note.

use std::fmt;

use crate::{
    Fault, Hash, Part,
    lines::Lines,
    tile::number,
    tree::{Nodes, empty, verify_consistency},
};

/// What a log states about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log, by the name of its key.
    pub origin: String,
    /// Entries in it.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// Further lines of other logs, each with its newline. Ours writes none, since no witness can vouch
    /// for them; they are kept because a signature covers them.
    pub extension: String,
}

impl Checkpoint {
    /// What a log of these tiles may state at `size`.
    pub fn of(origin: &str, nodes: &mut impl Nodes, size: u64) -> Result<Self, Fault> {
        let root = crate::tree::root(nodes, size)?;
        Ok(Checkpoint { origin: origin.to_owned(), size, root, extension: String::new() })
    }

    /// Reads the text of a note.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut lines = Lines::new(Part::Checkpoint, text.as_bytes())?;
        let origin = lines.need()?.to_owned();
        if origin.is_empty() {
            return Err(lines.bad());
        }
        let size = number(lines.need()?).ok_or_else(|| lines.bad())?;
        let root: Hash = lines.need()?.parse().map_err(|()| lines.bad())?;
        if size == 0 && root != empty() {
            return Err(lines.bad());
        }
        let extension = lines.rest().to_owned();
        while let Some(line) = lines.next() {
            if line.is_empty() {
                return Err(lines.bad());
            }
        }
        Ok(Checkpoint { origin, size, root, extension })
    }

    /// Checks that `newer` is a later state of this log. One failure shown with both signatures is
    /// proof that the log told two stories.
    pub fn leads_to(&self, newer: &Checkpoint, path: &[Hash]) -> Result<(), Fault> {
        if self.origin != newer.origin {
            return Err(Fault::UnknownLog { origin: newer.origin.clone() });
        }
        verify_consistency((self.size, self.root), (newer.size, newer.root), path)
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n{}", self.origin, self.size, self.root, self.extension)
    }
}
