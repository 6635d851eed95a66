//! C2SP tlog-witness: another city looks at every new state of the log before it vouches for it.
//!
//! A witness remembers one size and one root for each log. It cosigns only what begins with that, so a
//! log that shows different people different histories is found out. Whoever keeps what is remembered
//! must read, decide and write in one transaction; otherwise two requests could roll it back.

use std::fmt;

use crate::{
    Fault, Hash, Part,
    checkpoint::Checkpoint,
    key::Signer,
    lines::Lines,
    note::{Note, Signature},
    rotation::Trust,
    tile::number,
    tree::{empty, verify_consistency},
};

/// Most hashes in a request.
const LONGEST_PROOF: usize = 63;

/// What a log asks of a witness: the body of `add-checkpoint`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Entries of the tree that the witness has seen, as far as the log knows.
    pub old: u64,
    /// That the new tree begins with it.
    pub path: Vec<Hash>,
    /// The new state, signed by the log.
    pub note: Note,
}

impl Request {
    /// Reads the body of a request.
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let mut lines = Lines::new(Part::Request, bytes)?;
        let old = number(lines.after("old")?).ok_or_else(|| lines.bad())?;
        let mut path = Vec::new();
        loop {
            match lines.need()? {
                "" => break,
                hash if path.len() < LONGEST_PROOF => {
                    path.push(hash.parse().map_err(|()| lines.bad())?);
                }
                _ => return Err(lines.bad()),
            }
        }
        Ok(Request { old, path, note: Note::parse(lines.rest().as_bytes())? })
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}

/// What a witness remembers of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Entries of the largest tree that it cosigned.
    pub size: u64,
    /// The root of that tree.
    pub root: Hash,
}

impl Default for Seen {
    /// Of a log that it never cosigned.
    fn default() -> Self {
        Seen { size: 0, root: empty() }
    }
}

/// Why a witness does not cosign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Declined {
    /// The request makes no sense.
    #[error("{0}")]
    Malformed(Fault),
    /// The witness does not follow this log.
    #[error("{0}")]
    Unknown(Fault),
    /// The log did not sign this, or a signature in its name is false.
    #[error("{0}")]
    Forbidden(Fault),
    /// The log is mistaken about what the witness has seen.
    #[error("the witness has seen {held} entries")]
    Conflict {
        /// Entries that the witness has seen.
        held: u64,
    },
    /// The new tree does not begin with the one seen: keep the request, it may prove misbehaviour.
    #[error("{0}")]
    Inconsistent(Fault),
}

impl Declined {
    /// The HTTP status that the protocol assigns.
    pub fn status(&self) -> u16 {
        match self {
            Declined::Malformed(_) => 400,
            Declined::Unknown(_) => 404,
            Declined::Forbidden(_) => 403,
            Declined::Conflict { .. } => 409,
            Declined::Inconsistent(_) => 422,
        }
    }
}

/// Decides on a request. `seen` is what is remembered of the log that [`origin()`] names, `time` is in
/// seconds since 1970. What comes back is to be remembered before the signature is handed out.
pub fn consider(
    request: &Request,
    trust: &Trust,
    seen: Seen,
    signer: &Signer,
    time: u64,
) -> Result<(Seen, Signature), Declined> {
    let new = Checkpoint::parse(&request.note.text).map_err(Declined::Malformed)?;
    trust.signed(&request.note, &new.origin, new.size).map_err(|fault| match fault {
        Fault::UnknownLog { .. } => Declined::Unknown(fault),
        _ => Declined::Forbidden(fault),
    })?;
    if request.old > new.size {
        return Err(Declined::Malformed(Fault::Sizes { old: request.old, new: new.size }));
    }
    if request.old != seen.size {
        return Err(Declined::Conflict { held: seen.size });
    }
    let (old, grown) = ((seen.size, seen.root), (new.size, new.root));
    verify_consistency(old, grown, &request.path).map_err(Declined::Inconsistent)?;
    Ok((Seen { size: new.size, root: new.root }, signer.sign(&request.note.text, time)))
}

/// The log that a request is about, before anything in it is believed.
pub fn origin(request: &Request) -> Result<String, Fault> {
    Checkpoint::parse(&request.note.text).map(|checkpoint| checkpoint.origin)
}
