//! C2SP tlog-proof: one file that shows, without a network, that an entry is in a log.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    Fault, Hash, Part, checkpoint::Checkpoint, lines::Lines, note::Note, tile::number, tree,
};

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// The ending of a proof file's name.
pub const ENDING: &str = "tlog-proof";
/// Longest path that a tree can have.
const LONGEST_PATH: usize = 64;

/// What a proof file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Bytes that the format leaves to its user, here the salt of the act. Not signed by anybody, but
    /// no other salt opens the entry.
    pub extra: Option<Vec<u8>>,
    /// Which entry, counted from 0.
    pub index: u64,
    /// From the leaf's sibling to below the root.
    pub path: Vec<Hash>,
    /// The log's checkpoint with all signatures.
    pub note: Note,
}

impl Proof {
    /// Reads a proof file.
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let mut lines = Lines::new(Part::Proof, bytes)?;
        if lines.need()? != HEADER {
            return Err(lines.bad());
        }
        let extra = lines.maybe("extra").map(|text| STANDARD.decode(text)).transpose();
        let extra = extra.map_err(|_| lines.bad())?;
        let index = number(lines.after("index")?).ok_or_else(|| lines.bad())?;
        let mut path = Vec::new();
        loop {
            match lines.need()? {
                "" => break,
                hash if path.len() < LONGEST_PATH => {
                    path.push(hash.parse().map_err(|()| lines.bad())?);
                }
                _ => return Err(lines.bad()),
            }
        }
        let note = Note::parse(lines.rest().as_bytes())?;
        Ok(Proof { extra, index, path, note })
    }

    /// What the log stated.
    pub fn checkpoint(&self) -> Result<Checkpoint, Fault> {
        Checkpoint::parse(&self.note.text)
    }

    /// Checks that the entry with this leaf hash is where the proof says. Signatures are not looked at.
    pub fn holds(&self, leaf: Hash) -> Result<(), Fault> {
        let checkpoint = self.checkpoint()?;
        tree::verify_inclusion(leaf, self.index, checkpoint.size, &self.path, checkpoint.root)
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}
