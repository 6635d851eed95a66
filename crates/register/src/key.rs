//! Ed25519 keys with a name (C2SP signed-note): a key is known by its name and a short id together.

use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signature as Ed25519, Signer as _, SigningKey, VerifyingKey};

use crate::{Fault, Hash, Part, note::Signature};

/// What a key signs, by its byte in signed-note. Other numbers are left for other algorithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// 1: Ed25519 over the text of a note.
    Note,
    /// 4: Ed25519 over the text of a checkpoint and a time (cosignature/v1).
    Cosignature,
}

impl Algorithm {
    fn byte(self) -> u8 {
        match self {
            Algorithm::Note => 1,
            Algorithm::Cosignature => 4,
        }
    }

    fn of(byte: u8) -> Result<Self, Fault> {
        match byte {
            1 => Ok(Algorithm::Note),
            4 => Ok(Algorithm::Cosignature),
            other => Err(Fault::Algorithm(other)),
        }
    }
}

/// Whether `name` may name a key: not empty, no space, no plus, nothing that controls.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
}

/// Whether this signature is that of this key, by the strict rule on which all verifiers agree:
/// canonical encodings only, no key and no commitment of small order.
pub fn verifies(key: &[u8; 32], message: &[u8], signature: &[u8]) -> bool {
    let Ok(signature) = Ed25519::from_slice(signature) else { return false };
    VerifyingKey::from_bytes(key).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
}

/// What a cosigner signs: the time, and the text of the checkpoint.
fn cosigned(text: &str, time: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{text}").into_bytes()
}

/// A public key. Written as `name+id+key`, the vkey of signed-note.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    name: String,
    algorithm: Algorithm,
    bytes: [u8; 32],
}

impl Key {
    /// A key under a name. Refused when the name is none, or when verifiers could disagree on the key.
    pub fn new(name: &str, algorithm: Algorithm, bytes: [u8; 32]) -> Result<Self, Fault> {
        let sound = VerifyingKey::from_bytes(&bytes).is_ok_and(|key| !key.is_weak());
        if sound && is_name(name) {
            Ok(Key { name: name.to_owned(), algorithm, bytes })
        } else {
            Err(Fault::Key { name: name.to_owned() })
        }
    }

    /// The name, for a log its origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The public key itself, as RFC 8032 encodes it.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// The first four bytes of the hash of name, algorithm and key.
    pub fn id(&self) -> u32 {
        let parts: [&[u8]; 4] =
            [self.name.as_bytes(), b"\n", &[self.algorithm.byte()], &self.bytes];
        let [a, b, c, d, ..] = Hash::of(&parts).0;
        u32::from_be_bytes([a, b, c, d])
    }

    /// Checks a signature line over a note's text, whether or not the line names this key. Gives the
    /// time stated in a cosignature, in seconds since 1970, and 0 for a plain signature.
    pub fn check(&self, text: &str, signature: &Signature) -> Result<u64, Fault> {
        let bad = || Fault::Signature { name: self.name.clone() };
        let (time, message, bytes) = match self.algorithm {
            Algorithm::Note => (0, text.as_bytes().to_vec(), signature.bytes.as_slice()),
            Algorithm::Cosignature => {
                let (time, bytes) = signature.bytes.split_first_chunk::<8>().ok_or_else(bad)?;
                let time = u64::from_be_bytes(*time);
                (time, cosigned(text, time), bytes)
            }
        };
        let sound = i64::try_from(time).is_ok() && verifies(&self.bytes, &message, bytes);
        if sound { Ok(time) } else { Err(bad()) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.algorithm.byte()];
        bytes.extend(self.bytes);
        write!(f, "{}+{:08x}+{}", self.name, self.id(), STANDARD.encode(bytes))
    }
}

/// Name, algorithm and 32 bytes of a key written as `name+id+base64`.
fn parts(text: &str) -> Result<(&str, Algorithm, [u8; 32]), Fault> {
    let bad = || Fault::form(Part::Key, 0);
    let (name, rest) = text.split_once('+').ok_or_else(bad)?;
    let (_, key) = rest.split_once('+').ok_or_else(bad)?;
    let key = STANDARD.decode(key).map_err(|_| bad())?;
    let (algorithm, bytes) = key.split_first().ok_or_else(bad)?;
    let algorithm = Algorithm::of(*algorithm)?;
    Ok((name, algorithm, bytes.try_into().map_err(|_| bad())?))
}

impl FromStr for Key {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let (name, algorithm, bytes) = parts(text)?;
        let key = Key::new(name, algorithm, bytes)?;
        // The id is not read but made: a text with another id is not this key's.
        let same = key.to_string() == text;
        if same { Ok(key) } else { Err(Fault::Key { name: name.to_owned() }) }
    }
}

const SECRET: &str = "PRIVATE+KEY+";

/// A secret key. Its text form is that of Go's `note` package; it is never printed by `Debug`.
pub struct Signer {
    key: Key,
    secret: SigningKey,
}

impl Signer {
    /// A key made from 32 secret bytes, which must come from a source of secrets.
    pub fn new(name: &str, algorithm: Algorithm, seed: [u8; 32]) -> Result<Self, Fault> {
        let secret = SigningKey::from_bytes(&seed);
        let key = Key::new(name, algorithm, secret.verifying_key().to_bytes())?;
        Ok(Signer { key, secret })
    }

    /// The public part.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// Signs a note's text; `time` counts for cosigners only, in seconds since 1970.
    pub fn sign(&self, text: &str, time: u64) -> Signature {
        let bytes = match self.key.algorithm {
            Algorithm::Note => self.secret.sign(text.as_bytes()).to_bytes().to_vec(),
            Algorithm::Cosignature => {
                // The format knows no later time than this one.
                let time = time.min(i64::MAX.unsigned_abs());
                let signature = self.secret.sign(&cosigned(text, time)).to_bytes();
                time.to_be_bytes().into_iter().chain(signature).collect()
            }
        };
        Signature { name: self.key.name.clone(), id: self.key.id(), bytes }
    }

    /// The secret as one line, for a file outside of any database.
    pub fn secret(&self) -> String {
        let mut bytes = vec![self.key.algorithm.byte()];
        bytes.extend(self.secret.to_bytes());
        format!("{SECRET}{}+{:08x}+{}", self.key.name, self.key.id(), STANDARD.encode(bytes))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.key)
    }
}

impl FromStr for Signer {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let bad = || Fault::form(Part::Key, 0);
        let (name, algorithm, seed) = parts(text.strip_prefix(SECRET).ok_or_else(bad)?)?;
        let signer = Signer::new(name, algorithm, seed)?;
        if signer.secret() == text { Ok(signer) } else { Err(Fault::Key { name: name.to_owned() }) }
    }
}
