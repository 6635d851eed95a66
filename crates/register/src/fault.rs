//! Everything that can be wrong, as one closed list. The reader's sentence is worded elsewhere.

/// What was being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A sequence of log entries.
    Bundle,
    /// The three lines that state a tree's root.
    Checkpoint,
    /// A public or a secret key.
    Key,
    /// The description of a formal act.
    Manifest,
    /// A signed note.
    Note,
    /// The list of trusted keys.
    Policy,
    /// A proof file.
    Proof,
    /// What a log asks of a witness.
    Request,
    /// The handing over from one key to the next.
    Rotation,
    /// A run of hashes of the tree, or the path it is published under.
    Tile,
}

/// Why something is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not in its form. Lines count from 1; 0 means the whole.
    #[error("line {line} of the {part:?} is not in its form")]
    Form {
        /// What was being read.
        part: Part,
        /// Where reading stopped.
        line: usize,
    },
    /// A signature algorithm that this version does not know.
    #[error("signature algorithm {0:#04x} is not known")]
    Algorithm(u8),
    /// A public key on which verifiers could disagree, or whose stated id is not its own.
    #[error("the key of {name} is not a sound key")]
    Key {
        /// The key's name.
        name: String,
    },
    /// A signature bears the name and id of a known key, but that key did not make it.
    #[error("the signature of {name} does not fit the text")]
    Signature {
        /// The key's name.
        name: String,
    },
    /// No trusted key for this log at this size signed the checkpoint.
    #[error("no trusted key of {origin} signed the tree of {size} entries")]
    Unsigned {
        /// The log.
        origin: String,
        /// Entries in the tree.
        size: u64,
    },
    /// The log is not among the trusted ones.
    #[error("{origin} is not a trusted log")]
    UnknownLog {
        /// The log that the checkpoint names.
        origin: String,
    },
    /// Too few of the trusted witnesses cosigned.
    #[error("the witnesses {cosigned:?} are fewer than the policy asks for")]
    Quorum {
        /// Those who did, by their names in the policy.
        cosigned: Vec<String>,
    },
    /// There is no such entry in a tree of this size.
    #[error("a tree of {size} entries has no entry {index}")]
    Index {
        /// Counted from 0.
        index: u64,
        /// Entries in the tree.
        size: u64,
    },
    /// The older tree is larger than the newer one, or a size is beyond all reason.
    #[error("a tree of {old} entries cannot grow into one of {new}")]
    Sizes {
        /// Entries of the older tree.
        old: u64,
        /// Entries of the newer tree.
        new: u64,
    },
    /// The path does not lead from this entry to this root.
    #[error("the entry is not in the tree at this place")]
    Inclusion,
    /// The newer tree does not begin with the older one.
    #[error("the tree of {new} entries does not begin with that of {old}")]
    Forked {
        /// Entries of the older tree.
        old: u64,
        /// Entries of the newer tree.
        new: u64,
    },
    /// Somebody holds a longer log than we do: ours was restored from an older copy.
    #[error("others hold {held} entries, we hold {own}")]
    Behind {
        /// Entries here.
        own: u64,
        /// Entries there.
        held: u64,
    },
    /// A needed tile is not there, or narrower than needed.
    #[error("tile {index} of level {level} is missing")]
    MissingTile {
        /// Level of the tile, 0 at the leaves.
        level: u8,
        /// Index within the level.
        index: u64,
    },
    /// A tile does not follow from the tiles below it.
    #[error("tile {index} of level {level} does not follow from the entries")]
    WrongTile {
        /// Level of the tile, 0 at the leaves.
        level: u8,
        /// Index within the level.
        index: u64,
    },
    /// An entry is longer than a bundle can hold (65,535 bytes).
    #[error("an entry of {bytes} bytes is too long")]
    EntryTooLong {
        /// Its length.
        bytes: usize,
    },
    /// The salt of the act is not there, so nothing can be shown but that something was recorded.
    #[error("the salt of the act is missing")]
    NoSalt,
    /// The document is none of those that the manifest names.
    #[error("the manifest names another document")]
    OtherDocument,
    /// A key hands over at a place where it is not in force.
    #[error("{name} cannot hand over the log at {size} entries")]
    Rotation {
        /// The key that would hand over.
        name: String,
        /// Entries of the last tree that it may sign.
        size: u64,
    },
}

impl Fault {
    pub(crate) fn form(part: Part, line: usize) -> Self {
        Fault::Form { part, line }
    }
}
