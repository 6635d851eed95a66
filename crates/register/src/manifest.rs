//! The description of a formal act in fixed lines, and the salted commitment that the log keeps of it.
//!
//! ```text
//! caravanserai-act/v1
//! kind adopted
//! object 0198c5a2-declaration
//! revision 7
//! text en translation 5e88…
//! text ru authentic 9f86…
//! text zh authentic 6b86…
//! file ru pdf 2c26…
//! record 1b4f…
//! time 2027-05-18T09:00:00Z
//! ```
//!
//! Hashes are SHA-256 in hex, as `sha256sum` prints them. There is one way to write a manifest, so no
//! rule of canonical form is needed. The log itself holds only a hash of the manifest behind 32 random
//! bytes: whoever has both can show the act, and once the salt is erased nobody can tell what it was.

use std::{fmt, str::FromStr};

use crate::{Fault, Hash, Part, lines::Lines, tile::number, tree};

const HEADER: &str = "caravanserai-act/v1";
const LEAF: &[u8] = b"caravanserai-leaf/v1\n";

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A text was adopted.
    Adopted,
    /// A commitment was made or changed.
    Commitment,
    /// An instrument between parties changed its state.
    Instrument,
    /// The log's key handed over.
    Key,
    /// A report on what became of a commitment.
    Report,
    /// Somebody signed.
    Signature,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 6] = [
        Kind::Adopted,
        Kind::Commitment,
        Kind::Instrument,
        Kind::Key,
        Kind::Report,
        Kind::Signature,
    ];

    /// The word in the manifest.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Adopted => "adopted",
            Kind::Commitment => "commitment",
            Kind::Instrument => "instrument",
            Kind::Key => "key",
            Kind::Report => "report",
            Kind::Signature => "signature",
        }
    }
}

/// Standing of a language version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Equally binding with every other authentic one.
    Authentic,
    /// For information.
    Translation,
}

impl Role {
    fn code(self) -> &'static str {
        match self {
            Role::Authentic => "authentic",
            Role::Translation => "translation",
        }
    }
}

/// A document that the act is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Document {
    /// The canonical text in one language.
    Text {
        /// Two or three lower-case letters (ISO 639).
        lang: String,
        /// Its standing.
        role: Role,
    },
    /// A file made of it, or evidence such as a scan.
    File {
        /// Two or three lower-case letters (ISO 639).
        lang: String,
        /// The ending of its name, such as `pdf`.
        format: String,
    },
}

impl Document {
    /// What two lines may not share: one text for each language, one file for each and its format.
    fn place(&self) -> (bool, &str, &str) {
        match self {
            Document::Text { lang, .. } => (false, lang, ""),
            Document::File { lang, format } => (true, lang, format),
        }
    }
}

/// The description of a formal act. It names no person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// What was done.
    pub kind: Kind,
    /// To what: up to 64 of `A-Z a-z 0-9 . _ -`.
    pub object: String,
    /// Which revision of it.
    pub revision: u32,
    /// The documents with their hashes, at least one, in the order in which they are written.
    pub documents: Vec<(Document, Hash)>,
    /// The hash of the record of how it came about, if there is one.
    pub record: Option<Hash>,
    /// When, in UTC to the second, such as `2027-05-18T09:00:00Z`.
    pub time: String,
}

fn is_object(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

fn is_lang(text: &str) -> bool {
    (2..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn is_format(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..=8).contains(&text.len()) && text.bytes().all(plain)
}

fn is_time(text: &str) -> bool {
    let shape = text.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    let part = |range: std::ops::Range<usize>| {
        text.get(range).and_then(|digits| digits.parse().ok()).unwrap_or(99_u8)
    };
    shape.eq(*b"0000-00-00T00:00:00Z")
        && (1..=12).contains(&part(5..7))
        && (1..=31).contains(&part(8..10))
        && part(11..13) < 24
        && part(14..16) < 60
        && part(17..19) < 60
}

fn text(rest: &str) -> Option<(Document, Hash)> {
    let mut words = rest.split(' ');
    let (lang, role, hash) = (words.next()?, words.next()?, words.next()?);
    let role = [Role::Authentic, Role::Translation].into_iter().find(|r| r.code() == role)?;
    let document = Document::Text { lang: lang.to_owned(), role };
    let whole = words.next().is_none() && is_lang(lang);
    if whole { Some((document, Hash::from_hex(hash)?)) } else { None }
}

fn file(rest: &str) -> Option<(Document, Hash)> {
    let mut words = rest.split(' ');
    let (lang, format, hash) = (words.next()?, words.next()?, words.next()?);
    let document = Document::File { lang: lang.to_owned(), format: format.to_owned() };
    let whole = words.next().is_none() && is_lang(lang) && is_format(format);
    if whole { Some((document, Hash::from_hex(hash)?)) } else { None }
}

/// The lines of documents: texts, then files, each by language; at least one line, none twice.
fn documents(lines: &mut Lines) -> Result<Vec<(Document, Hash)>, Fault> {
    let mut documents: Vec<(Document, Hash)> = Vec::new();
    loop {
        let read = match lines.maybe("text") {
            Some(rest) => text(rest),
            None => match lines.maybe("file") {
                Some(rest) => file(rest),
                None => break,
            },
        };
        let read = read.ok_or_else(|| lines.bad())?;
        if documents.last().is_some_and(|last| last.0.place() >= read.0.place()) {
            return Err(lines.bad());
        }
        documents.push(read);
    }
    if documents.is_empty() { Err(lines.bad()) } else { Ok(documents) }
}

impl Manifest {
    /// Reads a manifest.
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        let mut lines = Lines::new(Part::Manifest, bytes)?;
        if lines.need()? != HEADER {
            return Err(lines.bad());
        }
        let kind = lines.after("kind")?;
        let kind = Kind::ALL.into_iter().find(|k| k.code() == kind).ok_or_else(|| lines.bad())?;
        let object = lines.after("object")?;
        if !is_object(object) {
            return Err(lines.bad());
        }
        let revision = number(lines.after("revision")?).ok_or_else(|| lines.bad())?;
        let documents = documents(&mut lines)?;
        let record =
            lines.maybe("record").map(|hash| Hash::from_hex(hash).ok_or_else(|| lines.bad()));
        let record = record.transpose()?;
        let time = lines.after("time")?;
        if !is_time(time) {
            return Err(lines.bad());
        }
        lines.end()?;
        let (object, time) = (object.to_owned(), time.to_owned());
        Ok(Manifest { kind, object, revision, documents, record, time })
    }

    /// The same manifest with its documents in order, if it can be written and read again.
    pub fn checked(mut self) -> Result<Self, Fault> {
        self.documents.sort_by(|a, b| a.0.place().cmp(&b.0.place()));
        let read = Self::parse(self.to_string().as_bytes())?;
        if read == self { Ok(read) } else { Err(Fault::form(Part::Manifest, 0)) }
    }

    /// Which of the named documents this is, byte for byte.
    pub fn names(&self, document: &[u8]) -> Option<&Document> {
        let hash = Hash::of(&[document]);
        self.documents.iter().find(|(_, named)| *named == hash).map(|(document, _)| document)
    }
}

impl FromStr for Manifest {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::parse(text.as_bytes())
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}\nkind {}\nobject {}", self.kind.code(), self.object)?;
        writeln!(f, "revision {}", self.revision)?;
        for (document, hash) in &self.documents {
            match document {
                Document::Text { lang, role } => {
                    writeln!(f, "text {lang} {} {}", role.code(), hash.hex())?;
                }
                Document::File { lang, format } => {
                    writeln!(f, "file {lang} {format} {}", hash.hex())?;
                }
            }
        }
        if let Some(record) = self.record {
            writeln!(f, "record {}", record.hex())?;
        }
        writeln!(f, "time {}", self.time)
    }
}

/// The entry that the log keeps of an act: its hash behind a secret salt. The salt is drawn once for
/// each act and kept outside the log; the entry alone tells nothing, not even the kind.
pub fn entry(manifest: &[u8], salt: &[u8; 32]) -> [u8; 32] {
    Hash::of(&[LEAF, salt, manifest]).0
}

/// The leaf hash of an act.
pub fn leaf(manifest: &[u8], salt: &[u8; 32]) -> Hash {
    tree::leaf(&entry(manifest, salt))
}
