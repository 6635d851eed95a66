//! What witnesses send back: a state of the log with their signature beside ours.

use ::register::{checkpoint::Checkpoint, note::Note};
use domain::{Refusal, event::Event};
use jiff::Timestamp;
use serde_json::json;
use store::{Conn, Result, checkpoint::Cosignature};

use super::handout;
use crate::chance;

/// Who vouched for which state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Entries of the tree.
    pub size: u64,
    /// The witnesses, by their names in the policy.
    pub names: Vec<String>,
}

/// Keeps the signatures of known witnesses under a state of this log. A state that this log's key signed
/// and that is not its own is proof of two histories: it is noted in the trail, and refused.
pub fn receive(
    c: &mut Conn,
    bytes: &[u8],
    now: Timestamp,
) -> Result<std::result::Result<Received, Refusal>> {
    let log = store::log::get(c)?;
    let Some(trust) = handout::trust(&log)? else {
        return Ok(Err(Refusal::new("register-empty")));
    };
    let read = Note::parse(bytes).and_then(|note| Ok((Checkpoint::parse(&note.text)?, note)));
    let Ok((stated, note)) = read else { return Ok(Err(Refusal::new("register-note"))) };
    let ours = store::checkpoint::get(c, stated.size)?;
    let ours = ours.and_then(|row| Note::parse(row.note.as_bytes()).ok());
    if ours.is_none_or(|ours| ours.text != note.text) {
        if trust.signed(&note, &stated.origin, stated.size).is_ok() {
            let detail = json!({ "note": note.to_string() });
            let event = Event {
                at: now,
                by: None,
                edition: None,
                noun: "log",
                object: stated.size.to_string(),
                verb: "forked",
                detail,
            };
            store::event::append(c, chance::id(), &event)?;
            tracing::error!(size = stated.size, "our key signed a state that is not ours");
            return Ok(Err(Refusal::new("register-forked")));
        }
        return Ok(Err(Refusal::new("register-other-state")));
    }
    let mut names = Vec::new();
    for (name, key) in trust.policy().witnesses() {
        let Ok(Some(time)) = note.signed_by(key) else { continue };
        let line = note.signatures.iter().find(|line| {
            line.name == key.name()
                && line.id == key.id()
                && key.check(&note.text, line) == Ok(time)
        });
        let Some(line) = line.map(ToString::to_string) else { continue };
        let at = i64::try_from(time).ok().and_then(|time| Timestamp::from_second(time).ok());
        let Some(at) = at else { continue };
        let signer = key.to_string();
        store::checkpoint::cosign(c, stated.size, &Cosignature { signer, line, at })?;
        names.push(name.clone());
    }
    if names.is_empty() {
        return Ok(Err(Refusal::new("register-no-witness")));
    }
    Ok(Ok(Received { size: stated.size, names }))
}
