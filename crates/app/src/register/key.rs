//! The key that signs the log: a file outside the database, and beside it the memory of what it signed.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use ::register::{
    checkpoint::Checkpoint,
    key::{Algorithm, Signer},
    note::Note,
};
use anyhow::Context as _;
use domain::EventId;

use crate::chance;

/// A secret key in the hands of this process.
#[derive(Debug)]
pub struct Keyholder {
    signer: Signer,
    /// Names this process among those on one database.
    node: String,
    file: Option<PathBuf>,
    seen: Mutex<Option<Checkpoint>>,
}

impl Keyholder {
    /// Holds a key whose memory lasts as long as this process.
    pub fn new(signer: Signer) -> Self {
        let node = chance::id::<EventId>().to_string();
        Self { signer, node, file: None, seen: Mutex::default() }
    }

    /// Opens a key file, which nobody but its owner may read.
    pub fn open(file: &Path) -> anyhow::Result<Self> {
        let signer = read(file)?;
        let memory = memory(file);
        let seen = match fs::read(&memory) {
            Ok(bytes) => {
                let seen = Note::parse(&bytes).and_then(|note| {
                    let signed = note.signed_by(signer.key())?;
                    let checkpoint = Checkpoint::parse(&note.text)?;
                    Ok(signed.map(|_| checkpoint))
                });
                seen.with_context(|| format!("{} cannot be read", memory.display()))?
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                return Err(error).with_context(|| format!("{} cannot be read", memory.display()));
            }
        };
        let (file, seen) = (Some(file.to_owned()), Mutex::new(seen));
        Ok(Self { file, seen, ..Self::new(signer) })
    }

    /// The key.
    pub fn signer(&self) -> &Signer {
        &self.signer
    }

    /// The name of this process.
    pub fn node(&self) -> &str {
        &self.node
    }

    /// The longest log that this key is known to have signed.
    pub fn seen(&self) -> Option<Checkpoint> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers what was signed, so that an older database beside the same key is noticed. A memory
    /// that cannot be written weakens this and stops nothing.
    pub fn remember(&self, note: &str) {
        let Some(signed) = Note::parse(note.as_bytes()).ok() else { return };
        let Ok(checkpoint) = Checkpoint::parse(&signed.text) else { return };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.as_ref().is_some_and(|seen| seen.size >= checkpoint.size) {
            return;
        }
        *seen = Some(checkpoint);
        let written = self.file.as_deref().map(|file| replace(&memory(file), note));
        if let Some(Err(error)) = written {
            tracing::warn!(%error, "what the register's key signed cannot be remembered");
        }
    }
}

/// Where the memory of a key is.
fn memory(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".seen");
    PathBuf::from(name)
}

/// Writes beside a file and takes its name when everything is on the disk.
pub fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let open = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part);
    let mut out = open?;
    out.write_all(text.as_bytes())?;
    out.sync_all()?;
    fs::rename(&part, file)
}

/// Makes a key and writes it to a new file that its owner alone may read.
pub fn make(file: &Path, name: &str, algorithm: Algorithm) -> anyhow::Result<Signer> {
    let signer = Signer::new(name, algorithm, chance::bytes()?)
        .with_context(|| format!("“{name}” cannot name a key: no spaces, no plus signs"))?;
    let open = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    let mut out = open.with_context(|| format!("cannot make {}", file.display()))?;
    writeln!(out, "{}", signer.secret())?;
    out.sync_all()?;
    Ok(signer)
}

/// Reads a key file.
pub fn read(file: &Path) -> anyhow::Result<Signer> {
    let shown = file.display();
    let found = fs::metadata(file).with_context(|| format!("cannot read the key {shown}"))?;
    let open = found.permissions().mode() & 0o077;
    anyhow::ensure!(open == 0, "others can read the key {shown}: run `chmod 600 {shown}`");
    let text = fs::read_to_string(file).with_context(|| format!("cannot read the key {shown}"))?;
    text.trim_end().parse().map_err(|_| anyhow::anyhow!("{shown} holds no key of the register"))
}
