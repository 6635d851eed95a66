//! The whole check, offline: document, manifest, proof and trusted keys in; plain facts out.

use std::collections::BTreeSet;

use crate::{
    Fault,
    manifest::{Document, Kind, Manifest, leaf},
    proof::Proof,
    rotation::Trust,
};

/// Something that was shown. The words for people are found elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The log signed a tree of this size.
    Signed {
        /// The log.
        origin: String,
        /// Entries in the tree.
        size: u64,
        /// The key's short id.
        key: u32,
    },
    /// A witness vouched that the log had only grown until then.
    Witnessed {
        /// The witness, by its name in the policy.
        name: String,
        /// Seconds since 1970.
        time: u64,
    },
    /// As many witnesses as the policy asks for vouched.
    Enough,
    /// The manifest is this entry of the log.
    Recorded {
        /// Counted from 0.
        index: u64,
    },
    /// So this act was recorded, as its manifest describes it.
    Act {
        /// What was done.
        kind: Kind,
        /// To what.
        object: String,
        /// Which revision of it.
        revision: u32,
        /// When, in UTC, as the log's keeper stated it.
        time: String,
    },
    /// And the document is, byte for byte, one of those that the act is about.
    Unchanged(Document),
}

/// What could be shown, and what stopped it. Every fact rests on those before it and on nothing else, so
/// whatever is listed holds, also when something later does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What was shown, in order.
    pub facts: Vec<Fact>,
    /// The first thing that does not; nothing if all holds.
    pub fault: Option<Fault>,
}

impl Report {
    /// Whether the document is proven to be what it says it is.
    pub fn sound(&self) -> bool {
        self.fault.is_none()
    }
}

/// Checks a document with its manifest and its proof file.
pub fn verify(document: &[u8], manifest: &[u8], proof: &[u8], trust: &Trust) -> Report {
    let mut facts = Vec::new();
    let fault = steps(document, manifest, proof, trust, &mut facts).err();
    Report { facts, fault }
}

fn steps(
    document: &[u8],
    manifest: &[u8],
    proof: &[u8],
    trust: &Trust,
    facts: &mut Vec<Fact>,
) -> Result<(), Fault> {
    let act = Manifest::parse(manifest)?;
    let proof = Proof::parse(proof)?;
    let checkpoint = proof.checkpoint()?;
    let key = trust.signed(&proof.note, &checkpoint.origin, checkpoint.size)?.id();
    facts.push(Fact::Signed { origin: checkpoint.origin, size: checkpoint.size, key });

    let mut cosigned = BTreeSet::new();
    for (name, key) in trust.policy().witnesses() {
        if let Some(time) = proof.note.signed_by(key)? {
            cosigned.insert(name.as_str());
            facts.push(Fact::Witnessed { name: name.clone(), time });
        }
    }
    if !trust.policy().suffices(&cosigned) {
        let cosigned = cosigned.into_iter().map(str::to_owned).collect();
        return Err(Fault::Quorum { cosigned });
    }
    facts.push(Fact::Enough);

    let salt = proof.extra.as_deref().and_then(|extra| extra.try_into().ok());
    proof.holds(leaf(manifest, salt.ok_or(Fault::NoSalt)?))?;
    facts.push(Fact::Recorded { index: proof.index });
    // Only now is the manifest to be believed.
    let found = act.names(document).cloned();
    let (kind, object, revision, time) = (act.kind, act.object, act.revision, act.time);
    facts.push(Fact::Act { kind, object, revision, time });
    facts.push(Fact::Unchanged(found.ok_or(Fault::OtherDocument)?));
    Ok(())
}
