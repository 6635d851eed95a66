//! What a restored register has to show before anything is signed again: that it is as long as, and begins
//! with, every state that its witnesses and mirrors hold.

use std::collections::{BTreeMap, BTreeSet};

use ::register::{
    Fault, Hash,
    checkpoint::Checkpoint,
    edge::Edge,
    mirror,
    note::{Note, Signature},
    rotation::Trust,
};
use domain::{LeafId, access::Visibility, event::Event};
use jiff::Timestamp;
use serde_json::json;
use store::{Conn, Result, leaf::Leaf, log::Log};

use super::{
    handout, sequencer,
    tiles::{self, Stored},
};
use crate::chance;

/// A state that somebody else holds.
#[derive(Clone, Debug)]
pub struct Held {
    /// As it was signed.
    pub note: Note,
    /// The entries behind ours, where the holder has them: from which number on, and what they are.
    pub entries: Option<(u64, Vec<[u8; 32]>)>,
}

/// Why the register stays silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A state is not one of this log, or does not fit it.
    Fault(Fault),
    /// Nobody was asked.
    NobodyAsked,
    /// These witnesses have not vouched since the restore; the policy asks for more than the others.
    NotAsked(Vec<String>),
}

impl From<Fault> for Doubt {
    fn from(fault: Fault) -> Self {
        Doubt::Fault(fault)
    }
}

/// What reconciling came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciled {
    /// Entries of the log now.
    pub size: u64,
    /// Entries that came back from a mirror.
    pub returned: usize,
    /// Those of them whose acts are not known here any more.
    pub unknown: usize,
}

/// The checkpoints of what others hold, each signed by the log.
fn checked(trust: &Trust, held: &[Held]) -> std::result::Result<Vec<Checkpoint>, Fault> {
    held.iter()
        .map(|held| {
            let checkpoint = Checkpoint::parse(&held.note.text)?;
            trust.signed(&held.note, &checkpoint.origin, checkpoint.size)?;
            Ok(checkpoint)
        })
        .collect()
}

/// The witnesses that are still to be asked: those who signed nothing since the restore.
fn silent(
    trust: &Trust,
    held: &[Held],
    since: Timestamp,
) -> std::result::Result<Vec<String>, Fault> {
    let mut fresh = BTreeSet::new();
    for (name, key) in trust.policy().witnesses() {
        for held in held {
            let time = held.note.signed_by(key)?.and_then(|time| i64::try_from(time).ok());
            if time.is_some_and(|time| time >= since.as_second()) {
                fresh.insert(name.as_str());
            }
        }
    }
    if trust.policy().suffices(&fresh) {
        return Ok(Vec::new());
    }
    let names = trust.policy().witnesses().iter().map(|(name, _)| name.as_str());
    Ok(names.filter(|name| !fresh.contains(name)).map(str::to_owned).collect())
}

/// Compares the log with what others hold, takes back from a mirror what a restore lost, and lets it sign
/// again. `alone` is the reason for not asking anybody; it is kept in the trail.
pub fn reconcile(
    c: &mut Conn,
    held: &[Held],
    alone: Option<&str>,
    now: Timestamp,
) -> Result<std::result::Result<Reconciled, Doubt>> {
    let mut log = store::log::get(c)?;
    let Some(trust) = handout::trust(&log)? else { return Ok(Err(Doubt::NobodyAsked)) };
    let states = match checked(&trust, held) {
        Ok(states) => states,
        Err(fault) => return Ok(Err(fault.into())),
    };
    if alone.is_none() {
        if states.is_empty() {
            return Ok(Err(Doubt::NobodyAsked));
        }
        match silent(&trust, held, log.held_back.unwrap_or(Timestamp::UNIX_EPOCH)) {
            Ok(names) if names.is_empty() => {}
            Ok(names) => return Ok(Err(Doubt::NotAsked(names))),
            Err(fault) => return Ok(Err(fault.into())),
        }
    }
    let (returned, unknown) = match catch_up(c, &trust, &states, held, now)? {
        Ok(counts) => counts,
        Err(fault) => return Ok(Err(fault.into())),
    };
    let (size, root) = sequencer::last(c)?;
    let stored = Stored::new(c);
    let edge = stored.checked(Edge::load(&stored, size))?;
    let same = edge.is_ok_and(|edge| edge.root() == root);
    if !same {
        return Ok(Err(Fault::Forked { old: size, new: size }.into()));
    }
    if let Err(fault) = stored.checked(mirror::resume(&stored, size, &states))? {
        return Ok(Err(fault.into()));
    }
    released(c, &mut log, size, returned, alone, now)?;
    Ok(Ok(Reconciled { size, returned, unknown }))
}

fn released(
    c: &mut Conn,
    log: &mut Log,
    size: u64,
    returned: usize,
    alone: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    log.held_back = None;
    store::log::save(c, log)?;
    let event = Event {
        at: now,
        by: None,
        edition: None,
        noun: "log",
        object: size.to_string(),
        verb: "reconciled",
        detail: json!({ "returned": returned, "alone": alone }),
    };
    store::event::append(c, chance::id(), &event)
}

/// A state with the log's own signatures alone; witnesses are kept apart.
fn ours(trust: &Trust, state: &Checkpoint, note: &Note) -> std::result::Result<String, Fault> {
    let keys = trust.keys(&state.origin, state.size)?;
    let mut note = note.clone();
    let own = |line: &Signature| keys.iter().any(|k| k.name() == line.name && k.id() == line.id);
    note.signatures.retain(own);
    Ok(note.to_string())
}

/// Grows the log to the longest state that others hold, by the entries of whoever has them.
fn catch_up(
    c: &mut Conn,
    trust: &Trust,
    states: &[Checkpoint],
    held: &[Held],
    now: Timestamp,
) -> Result<std::result::Result<(usize, usize), Fault>> {
    let (own, _) = sequencer::last(c)?;
    let longest =
        states.iter().zip(held).max_by_key(|(state, held)| (state.size, held.entries.is_some()));
    let Some((to, held)) = longest.filter(|(state, _)| state.size > own) else {
        return Ok(Ok((0, 0)));
    };
    let behind = Fault::Behind { own, held: to.size };
    let Some((_, entries)) = held.entries.as_ref().filter(|(from, _)| *from == own) else {
        return Ok(Err(behind));
    };
    let stored = Stored::new(c);
    let edge = stored.checked(Edge::load(&stored, own))?;
    let grown = edge.and_then(|edge| mirror::follow(&edge, entries, to));
    let (_, grown) = match grown {
        Ok(grown) => grown,
        Err(fault) => return Ok(Err(fault)),
    };
    let queue = store::leaf::queue(c, i64::MAX)?;
    let mut waiting: BTreeMap<String, LeafId> =
        queue.into_iter().map(|(id, hash)| (hash, id)).collect();
    let mut unknown = 0;
    for (number, entry) in (own..).zip(entries) {
        let hash = Hash(*entry).hex();
        if let Some(id) = waiting.remove(&hash) {
            store::leaf::number(c, id, number)?;
            continue;
        }
        unknown += 1;
        let leaf = Leaf {
            id: chance::id(),
            number: Some(number),
            hash,
            act: None,
            edition: None,
            readers: Visibility::Public,
            at: now,
        };
        store::leaf::insert(c, &leaf, &[])?;
    }
    tiles::keep(c, &grown)?;
    let note = match ours(trust, to, &held.note) {
        Ok(note) => note,
        Err(fault) => return Ok(Err(fault)),
    };
    let row = store::checkpoint::Checkpoint { size: to.size, at: now, note };
    store::checkpoint::insert(c, &row)?;
    Ok(Ok((entries.len(), unknown)))
}
