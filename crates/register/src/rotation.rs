//! How a log hands over from one key to the next without a break that anybody could slip into.
//!
//! The hand-over is a note signed by both keys: the old one gives the log away at a size, the new one
//! shows that somebody holds it. Trees up to that size need the old key, trees from that size on the
//! new one; at that very size both are good. The note is also an act of the register (kind `key`), and
//! its proof is handed out like any other. Whoever trusts the first key can walk to the last. A key
//! that was lost cannot hand over: then people agree on a new policy file, outside of this crate.

use std::fmt;

use crate::{
    Fault, Part,
    key::{Algorithm, Key, Signer},
    lines::Lines,
    note::Note,
    policy::Policy,
    tile::number,
};

const HEADER: &str = "caravanserai-rotation/v1";

/// A hand-over. Both signatures hold, or there is no such value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    size: u64,
    from: Key,
    to: Key,
    note: Note,
}

fn text(size: u64, from: &Key, to: &Key) -> String {
    format!("{HEADER}\nsize {size}\nfrom {from}\nto {to}\n")
}

impl Rotation {
    /// Hands over at the tree of `size` entries. Both keys bear the log's name.
    pub fn new(size: u64, from: &Signer, to: &Signer) -> Result<Self, Fault> {
        let mut note = Note::sign(text(size, from.key(), to.key()), from)?;
        note.signatures.push(to.sign(&note.text, 0));
        Self::parse(note.to_string().as_bytes())
    }

    /// Reads a hand-over and checks both signatures.
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let note = Note::parse(bytes)?;
        let mut lines = Lines::new(Part::Rotation, note.text.as_bytes())?;
        if lines.need()? != HEADER {
            return Err(lines.bad());
        }
        let size = number(lines.after("size")?).ok_or_else(|| lines.bad())?;
        let from: Key = lines.after("from")?.parse()?;
        let to: Key = lines.after("to")?.parse()?;
        lines.end()?;
        let plain = [&from, &to].iter().all(|key| key.algorithm() == Algorithm::Note);
        if !plain || from.name() != to.name() || from == to {
            return Err(lines.bad());
        }
        for key in [&from, &to] {
            note.signed_by(key)?.ok_or(Fault::Signature { name: key.name().to_owned() })?;
        }
        Ok(Rotation { size, from, to, note })
    }

    /// The new key.
    pub fn to(&self) -> &Key {
        &self.to
    }

    /// Entries of the last tree that the old key signs and the first that the new one does.
    pub fn size(&self) -> u64 {
        self.size
    }
}

impl fmt::Display for Rotation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.note.fmt(f)
    }
}

/// A key and the tree sizes for which it speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    key: Key,
    from: u64,
    until: Option<u64>,
}

/// Whom a verifier trusts: a policy, and the hand-overs since it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    policy: Policy,
    terms: Vec<Term>,
}

impl Trust {
    /// Trusts the logs and witnesses of a policy.
    pub fn new(policy: Policy) -> Self {
        let term = |key: &Key| Term { key: key.clone(), from: 0, until: None };
        let terms = policy.logs().iter().map(term).collect();
        Trust { policy, terms }
    }

    /// Accepts a hand-over by a key that is trusted and has not handed over yet.
    pub fn rotate(&mut self, rotation: &Rotation) -> Result<(), Fault> {
        let size = rotation.size;
        let refused = || Fault::Rotation { name: rotation.from.name().to_owned(), size };
        if self.terms.iter().any(|term| term.key.bytes() == rotation.to.bytes()) {
            return Err(refused());
        }
        let holds = |t: &&mut Term| t.key == rotation.from && t.until.is_none() && t.from <= size;
        let term = self.terms.iter_mut().find(holds).ok_or_else(refused)?;
        term.until = Some(size);
        self.terms.push(Term { key: rotation.to.clone(), from: size, until: None });
        Ok(())
    }

    /// The logs and witnesses as the policy names them.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The keys that speak for a log at a size; a log that is not trusted at all is a fault.
    pub fn keys(&self, origin: &str, size: u64) -> Result<Vec<&Key>, Fault> {
        let mut terms = self.terms.iter().filter(|term| term.key.name() == origin).peekable();
        if terms.peek().is_none() {
            return Err(Fault::UnknownLog { origin: origin.to_owned() });
        }
        let speaks = |term: &&Term| term.from <= size && term.until.is_none_or(|end| size <= end);
        Ok(terms.filter(speaks).map(|term| &term.key).collect())
    }

    /// Checks that a key of this log at this size signed, and that no trusted one's signature is false.
    pub fn signed(&self, note: &Note, origin: &str, size: u64) -> Result<&Key, Fault> {
        let mut signer = None;
        for key in self.keys(origin, size)? {
            if note.signed_by(key)?.is_some() {
                signer = signer.or(Some(key));
            }
        }
        signer.ok_or_else(|| Fault::Unsigned { origin: origin.to_owned(), size })
    }
}
