//! C2SP signed-note: a text and, below an empty line, one line for each signature.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    Fault, Part,
    key::{Key, Signer, is_name},
    lines::Lines,
};

/// Most signatures that a note may bear; the specification asks for at least 16.
pub const MOST_SIGNATURES: usize = 64;

/// One signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The key's name.
    pub name: String,
    /// The key's short id.
    pub id: u32,
    /// What the key made of the text, at least one byte.
    pub bytes: Vec<u8>,
}

impl Signature {
    /// Reads a line without its newline.
    pub fn parse(line: &str) -> Option<Self> {
        let (name, rest) = line.strip_prefix("— ")?.split_once(' ')?;
        let bytes = STANDARD.decode(rest).ok()?;
        let (id, bytes) = bytes.split_first_chunk::<4>()?;
        let sound = is_name(name) && !bytes.is_empty();
        let id = u32::from_be_bytes(*id);
        sound.then(|| Signature { name: name.to_owned(), id, bytes: bytes.to_vec() })
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: Vec<u8> = self.id.to_be_bytes().iter().chain(&self.bytes).copied().collect();
        writeln!(f, "— {} {}", self.name, STANDARD.encode(bytes))
    }
}

/// A text with its signatures. Nothing in it is to be believed before a trusted key has signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The text, with the newline at its end.
    pub text: String,
    /// In the order in which they stand.
    pub signatures: Vec<Signature>,
}

impl Note {
    /// Signs a text, which must end in a newline and hold no other control character.
    pub fn sign(text: String, signer: &Signer) -> Result<Self, Fault> {
        Lines::new(Part::Note, text.as_bytes())?.need()?;
        let signatures = vec![signer.sign(&text, 0)];
        Ok(Note { text, signatures })
    }

    /// Reads a note.
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let whole = Lines::new(Part::Note, bytes)?.rest();
        let bad = |line| Fault::form(Part::Note, line);
        let end = whole.rfind("\n\n").ok_or_else(|| bad(0))?;
        let text = &whole[..=end];
        let mut line = text.matches('\n').count() + 1;
        let mut signatures = Vec::new();
        for signature in whole[end + 2..].lines() {
            line += 1;
            signatures.push(Signature::parse(signature).ok_or_else(|| bad(line))?);
        }
        let bearable = (1..=MOST_SIGNATURES).contains(&signatures.len());
        if bearable { Ok(Note { text: text.to_owned(), signatures }) } else { Err(bad(line)) }
    }

    /// The latest time at which this key signed (0 without a time), nothing if it did not. A line with
    /// the key's name and id that is not its signature spoils the note.
    pub fn signed_by(&self, key: &Key) -> Result<Option<u64>, Fault> {
        let id = key.id();
        let lines = self.signatures.iter().filter(|s| s.name == key.name() && s.id == id);
        let times: Result<Vec<u64>, Fault> =
            lines.map(|line| key.check(&self.text, line)).collect();
        Ok(times?.into_iter().max())
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| signature.fmt(f))
    }
}
