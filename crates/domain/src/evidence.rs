//! A file that is kept beside a formal act as evidence. It is labelled, never vouched for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{EvidenceId, LeafId, PersonId, Refusal, clean, coded};

/// Largest file, in bytes.
pub const LARGEST: usize = 6 * 1024 * 1024;

coded! {
    /// What a file is evidence of.
    pub enum EvidenceKind {
        /// The page that was signed by hand, scanned.
        Scan = "scan",
        /// A signature by the national standard SM2.
        Sm2 = "sm2",
        /// A signature by the national standard GOST R 34.10.
        Gost = "gost",
        /// A PDF that holds signatures (`PAdES`).
        Pades = "pades",
        /// A time stamp of a third party (RFC 3161).
        Timestamp = "timestamp",
        /// Anything else that belongs to the act.
        Other = "other",
    }
}

/// A file beside a formal act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its identifier.
    pub id: EvidenceId,
    /// The act.
    pub leaf: LeafId,
    /// What it is labelled as.
    pub kind: EvidenceKind,
    /// The name it came with.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256 in hex.
    pub sha256: String,
    /// When it was filed.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<PersonId>,
}

impl Evidence {
    /// Whether a file of this name and size may be filed; gives the name as it is kept.
    pub fn name(raw: &str, bytes: usize) -> Result<String, Refusal> {
        if bytes == 0 {
            return Err(Refusal::new("missing"));
        }
        if bytes > LARGEST {
            return Err(Refusal::new("body-too-large").with("most", LARGEST / 1024 / 1024));
        }
        let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
        clean::required_line(last)
    }
}
