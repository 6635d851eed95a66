//! The check that anybody makes without a network and without us: files in, plain words out.

use std::io::{Cursor, Read as _};

use ::register::{
    Fault,
    policy::Policy,
    rotation::{Rotation, Trust},
    verify::{self, Fact},
};

use super::words;
use crate::i18n::Messages;

/// Largest file of a package, and largest package when it is unpacked.
const LARGEST: u64 = 16 * 1024 * 1024;
/// Most files of a package.
const MOST: usize = 1_000;

/// A file by its name.
pub type Named = (String, Vec<u8>);

/// What was found, line by line, and whether all of it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// In the reader's words.
    pub lines: Vec<String>,
    /// Whether every document is shown to be what was recorded.
    pub sound: bool,
}

/// What was brought, sorted by what it is.
#[derive(Default)]
struct Brought {
    manifests: Vec<Vec<u8>>,
    proofs: Vec<Vec<u8>>,
    rotations: Vec<Vec<u8>>,
    policies: Vec<Vec<u8>>,
    documents: Vec<Named>,
}

fn is_policy(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.next().is_some_and(|line| line.starts_with("log "))
}

/// A name that came with a package, without what could move or hide words on a screen.
fn shown(name: &str) -> String {
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
    };
    name.chars().map(|c| if unseen(c) { '\u{fffd}' } else { c }).collect()
}

impl Brought {
    fn add(&mut self, (name, bytes): Named) {
        if bytes.starts_with(b"caravanserai-act/v1\n") {
            self.manifests.push(bytes);
        } else if bytes.starts_with(b"c2sp.org/tlog-proof@v1\n") {
            self.proofs.push(bytes);
        } else if bytes.starts_with(b"caravanserai-rotation/v1\n") {
            self.rotations.push(bytes);
        } else if is_policy(&bytes) {
            self.policies.push(bytes);
        } else if name.rsplit('/').next() != Some(super::bundle::README) {
            self.documents.push((shown(&name), bytes));
        }
    }
}

/// Unpacks a package, no further than a sound one can be.
fn unpack(bytes: &[u8]) -> Option<Vec<Named>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let (mut files, mut left) = (Vec::new(), LARGEST);
    if archive.len() > MOST {
        return None;
    }
    for at in 0..archive.len() {
        let file = archive.by_index(at).ok()?;
        if file.is_dir() {
            continue;
        }
        let (name, mut content) = (file.name().ok()?.into_owned(), Vec::new());
        file.take(left.saturating_add(1)).read_to_end(&mut content).ok()?;
        left = left.checked_sub(u64::try_from(content.len()).ok()?)?;
        files.push((name, content));
    }
    Some(files)
}

/// The policy, and the hand-overs that lead from its keys to later ones.
fn trust(policy: &[u8], rotations: &[Vec<u8>]) -> Result<Trust, Fault> {
    let text = String::from_utf8_lossy(policy);
    let mut trust = Trust::new(text.parse::<Policy>()?);
    let mut notes =
        rotations.iter().map(|note| Rotation::parse(note)).collect::<Result<Vec<_>, _>>()?;
    notes.sort_by_key(Rotation::size);
    // Two hand-overs at one size are tried in either order. One that fits nowhere leads away from nobody
    // who is trusted, so it adds no trust and is left out.
    while let Some(at) = notes.iter().position(|note| trust.clone().rotate(note).is_ok()) {
        trust.rotate(&notes.remove(at))?;
    }
    Ok(trust)
}

/// Checks every document among the files. A package is unpacked; what a file is shows its content.
pub fn verify(t: Messages, files: Vec<Named>, policy: Option<Vec<u8>>) -> Verdict {
    let mut brought = Brought::default();
    for file in files {
        if file.1.starts_with(b"PK\x03\x04") {
            let Some(packed) = unpack(&file.1) else { return failed(t, "register-verify-package") };
            for file in packed {
                brought.add(file);
            }
        } else {
            brought.add(file);
        }
    }
    let own_policy = policy.is_none();
    let Some(policy) = policy.or_else(|| brought.policies.pop()) else {
        return failed(t, "register-verify-no-policy");
    };
    let (manifest, proof) = match (brought.manifests.as_slice(), brought.proofs.as_slice()) {
        ([manifest], [proof]) => (manifest, proof),
        ([], _) => return failed(t, "register-verify-no-manifest"),
        (_, []) => return failed(t, "register-verify-no-proof"),
        _ => return failed(t, "register-verify-several"),
    };
    if brought.documents.is_empty() {
        return failed(t, "register-verify-nothing");
    }
    let trust = match trust(&policy, &brought.rotations) {
        Ok(trust) => trust,
        Err(fault) => {
            return Verdict { lines: vec![words::fault(t, &fault)], sound: false };
        }
    };
    judge(t, &brought.documents, manifest, proof, &trust, own_policy)
}

fn failed(t: Messages, key: &str) -> Verdict {
    Verdict { lines: vec![t.get(key)], sound: false }
}

fn judge(
    t: Messages,
    documents: &[Named],
    manifest: &[u8],
    proof: &[u8],
    trust: &Trust,
    own_policy: bool,
) -> Verdict {
    let asked = !trust.policy().suffices(&std::collections::BTreeSet::new());
    let (mut lines, mut wrong) = (Vec::new(), Vec::new());
    for (at, (name, document)) in documents.iter().enumerate() {
        let report = verify::verify(document, manifest, proof, trust);
        for fact in &report.facts {
            // What is said of the act is the same for each of its documents.
            if at == 0 || matches!(fact, Fact::Unchanged(_)) {
                lines.push(words::fact(t, name, asked, fact));
            }
        }
        match report.fault {
            Some(fault @ Fault::OtherDocument) => {
                wrong.push(format!("{name}: {}", words::fault(t, &fault)));
            }
            Some(fault) => {
                wrong.push(words::fault(t, &fault));
                break;
            }
            None => {}
        }
    }
    let sound = wrong.is_empty();
    if sound {
        lines.push(t.get("register-verify-holds"));
    } else {
        lines.push(t.get("register-verify-fails"));
        lines.extend(wrong);
    }
    if own_policy && let Some(key) = trust.policy().logs().first() {
        let key = key.to_string();
        lines.push(t.with("register-verify-own-policy", &[("key", key.into())]));
    }
    Verdict { lines, sound }
}
