//! What is handed out: the signed state, whom to trust, and the proof of one act.

use std::{collections::BTreeSet, str::FromStr as _};

use ::register::{
    Fault, Hash,
    checkpoint::Checkpoint,
    key::Key,
    note::{Note, Signature},
    policy::Policy,
    proof::Proof,
    rotation::{Rotation, Trust},
    tile::{self, Content, Reader, Tile, WIDTH},
    tree,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use store::{Conn, Result, leaf::Leaf, log::Log};

use super::{tiles::Stored, unusable};

/// How many cosigned states are looked at to find one with enough witnesses.
const LOOK_BACK: i64 = 50;

fn broken(fault: &Fault) -> store::Error {
    unusable(fault)
}

/// Whom to trust, as a policy file: the first key of the log, and its witnesses. Nothing before the first
/// signature. Later keys are trusted by the notes of [`Log::rotations`].
pub fn policy(log: &Log) -> Option<String> {
    let key = log.keys.first()?;
    let witnesses = if log.witnesses.is_empty() { "quorum none\n" } else { &log.witnesses };
    Some(format!("log {key}\n{witnesses}"))
}

/// Whom to trust, as a value.
pub fn trust(log: &Log) -> Result<Option<Trust>> {
    let Some(policy) = policy(log) else { return Ok(None) };
    let mut trust = Trust::new(Policy::from_str(&policy).map_err(|fault| broken(&fault))?);
    for note in &log.rotations {
        let rotation = Rotation::parse(note.as_bytes()).map_err(|fault| broken(&fault))?;
        trust.rotate(&rotation).map_err(|fault| broken(&fault))?;
    }
    Ok(Some(trust))
}

/// A signed state with what witnesses signed beside it.
#[derive(Clone, Debug)]
pub struct State {
    /// What it states.
    pub checkpoint: Checkpoint,
    /// With all signatures.
    pub note: Note,
    /// When it was signed.
    pub at: jiff::Timestamp,
    /// The witnesses who vouch for it, by their names in the policy, with the time of each in seconds.
    pub witnesses: Vec<(String, u64)>,
    /// Whether they are as many as the policy asks for.
    pub enough: bool,
}

fn state(c: &mut Conn, trust: &Trust, row: &store::checkpoint::Checkpoint) -> Result<State> {
    let mut note = Note::parse(row.note.as_bytes()).map_err(|fault| broken(&fault))?;
    for cosigned in store::checkpoint::cosignatures(c, row.size)? {
        note.signatures.extend(Signature::parse(cosigned.line.trim_end()));
    }
    let checkpoint = Checkpoint::parse(&note.text).map_err(|fault| broken(&fault))?;
    let mut witnesses = Vec::new();
    for (name, key) in trust.policy().witnesses() {
        let time = note.signed_by(key).map_err(|fault| broken(&fault))?;
        witnesses.extend(time.map(|time| (name.clone(), time)));
    }
    let names: BTreeSet<&str> = witnesses.iter().map(|(name, _)| name.as_str()).collect();
    let enough = trust.policy().suffices(&names);
    Ok(State { checkpoint, note, at: row.at, witnesses, enough })
}

/// The newest signed state.
pub fn newest(c: &mut Conn, log: &Log) -> Result<Option<State>> {
    let Some(trust) = trust(log)? else { return Ok(None) };
    let Some(row) = store::checkpoint::newest(c)? else { return Ok(None) };
    state(c, &trust, &row).map(Some)
}

/// The newest state that enough witnesses vouch for, if it holds the entry; otherwise the newest one.
fn best(c: &mut Conn, log: &Log, number: u64) -> Result<Option<State>> {
    let Some(newest) = newest(c, log)? else { return Ok(None) };
    let Some(trust) = trust(log)? else { return Ok(None) };
    if newest.enough {
        return Ok(Some(newest));
    }
    for size in store::checkpoint::cosigned(c, LOOK_BACK)? {
        if size <= number {
            break;
        }
        let Some(row) = store::checkpoint::get(c, size)? else { continue };
        let state = state(c, &trust, &row)?;
        if state.enough {
            return Ok(Some(state));
        }
    }
    Ok(Some(newest))
}

/// The proof of an act and the state that it leads to; nothing while the act waits, or once it is erased.
pub fn proof(c: &mut Conn, log: &Log, leaf: &Leaf) -> Result<Option<(Proof, State)>> {
    let (Some(number), Some(act)) = (leaf.number, &leaf.act) else { return Ok(None) };
    let Some(state) = best(c, log, number)? else { return Ok(None) };
    let salt = STANDARD.decode(&act.salt).map_err(|error| unusable(&error))?;
    let size = state.checkpoint.size;
    let tiles = Stored::new(c);
    let path = tree::inclusion(&mut Reader::new(&tiles, size), number, size);
    let path = tiles.checked(path)?.map_err(|fault| broken(&fault))?;
    let proof = Proof { extra: Some(salt), index: number, path, note: state.note.clone() };
    Ok(Some((proof, state)))
}

/// The bytes of a tile or bundle as the newest signed state has it, as wide as it is asked for.
pub fn tile(c: &mut Conn, asked: Tile) -> Result<Option<Vec<u8>>> {
    let Some(newest) = store::checkpoint::newest(c)? else { return Ok(None) };
    let level = if let Content::Hashes(level) = asked.content { level } else { 0 };
    let there = Tile::within(level, asked.index, newest.size);
    if there.is_none_or(|there| there.width < asked.width) {
        return Ok(None);
    }
    match asked.content {
        Content::Hashes(level) => {
            let Some(hashes) = store::tile::get(c, level, asked.index)? else { return Ok(None) };
            let mut bytes = STANDARD.decode(hashes).map_err(|error| unusable(&error))?;
            bytes.truncate(32 * usize::from(asked.width));
            Ok(Some(bytes))
        }
        Content::Entries => {
            let first = asked.index * WIDTH;
            let hashes = store::leaf::hashes(c, first, first + u64::from(asked.width))?;
            let read = |hash: &String| Hash::from_hex(hash).map(|hash| hash.0);
            let entries: Option<Vec<[u8; 32]>> = hashes.iter().map(read).collect();
            let entries = entries.ok_or_else(|| unusable(&"an entry is no hash"))?;
            tile::write_entries(&entries).map(Some).map_err(|fault| broken(&fault))
        }
    }
}

/// The key in force.
pub fn key(log: &Log) -> Option<Key> {
    log.keys.last().and_then(|key| key.parse().ok())
}
