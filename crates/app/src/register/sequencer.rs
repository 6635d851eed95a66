//! Numbers acts, grows the tree, and signs it: all in one transaction, by one node at a time.
//!
//! The lease keeps nodes from doing the same work; what keeps the log from forking is that numbers and
//! sizes are unique, and that every turn begins with the state that was signed last.

use std::time::Duration;

use ::register::{
    Fault, Hash,
    checkpoint::Checkpoint,
    edge::Edge,
    key::Signer,
    mirror,
    note::Note,
    tree::{self, empty},
};
use jiff::{SignedDuration, Timestamp};
use store::{Conn, Result, log::Log};

use super::{
    key::Keyholder,
    tiles::{self, Stored},
    unusable,
};
use crate::{app::App, chance};

/// How long a node may be silent before another goes on.
const HOLD: SignedDuration = SignedDuration::from_secs(10);
/// How often a node looks for acts that wait.
const LOOK: Duration = Duration::from_millis(500);
/// How long a node that may not sign waits before it looks again.
const REST: Duration = Duration::from_secs(30);
/// Most acts that are numbered at once.
const MOST: i64 = 1_000;

/// Why nothing is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The database was restored, and nobody has said yet that no longer log is known elsewhere.
    HeldBack(Timestamp),
    /// Another key is in force.
    OtherKey,
    /// The tiles are not those that were signed.
    Altered,
    /// The key remembers another or a longer log than the database has.
    Behind(Fault),
}

/// What came of a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// There was nothing to do.
    Idle,
    /// Another node does it.
    Elsewhere,
    /// This state was signed.
    Signed(String),
    /// Nothing may be signed.
    Refused(Why),
}

/// Works for as long as it is polled.
pub async fn run(app: App) {
    let Some(keyholder) = app.signer.clone() else { return };
    loop {
        let (db, holder) = (app.db.clone(), keyholder.clone());
        let pause = match tokio::task::spawn_blocking(move || turn(&db, &holder)).await {
            Ok(Ok(Turn::Signed(_))) => Duration::ZERO,
            Ok(Ok(Turn::Idle | Turn::Elsewhere)) => LOOK,
            Ok(Ok(Turn::Refused(why))) => {
                tracing::error!(?why, "the register does not sign");
                REST
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "the register cannot be written");
                LOOK
            }
            Err(error) => {
                tracing::error!(%error, "a turn of the register ended without an answer");
                REST
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Numbers and signs what waits.
pub fn turn(db: &store::Db, holder: &Keyholder) -> Result<Turn> {
    if db.read(store::leaf::waiting)? == 0 {
        return Ok(Turn::Idle);
    }
    let turn = db.write(|c| advance(c, holder, chance::now()))?;
    if let Turn::Signed(note) = &turn {
        holder.remember(note);
    }
    Ok(turn)
}

/// One turn within a transaction. What a turn signs is not to be shown before the transaction is through.
pub fn advance(c: &mut Conn, holder: &Keyholder, now: Timestamp) -> Result<Turn> {
    let signer = holder.signer();
    let Some(mut log) = store::log::lease(c, holder.node(), now, HOLD)? else {
        return Ok(Turn::Elsewhere);
    };
    let mut edge = match may_sign(c, &log, signer, holder.seen().as_ref())? {
        Ok(edge) => edge,
        Err(why) => {
            store::log::release(c)?;
            return Ok(Turn::Refused(why));
        }
    };
    let queue = store::leaf::queue(c, MOST)?;
    if queue.is_empty() {
        return Ok(Turn::Idle);
    }
    for (id, hash) in queue {
        let entry = Hash::from_hex(&hash).ok_or_else(|| unusable(&format!("leaf {id}")))?;
        store::leaf::number(c, id, edge.size())?;
        let full = edge.append(tree::leaf(&entry.0));
        tiles::keep(c, &full)?;
    }
    tiles::keep(c, &edge.partial())?;
    if log.keys.is_empty() {
        log.keys.push(signer.key().to_string());
        store::log::save(c, &log)?;
    }
    let note = signed(&edge, signer)?;
    let size = edge.size();
    store::checkpoint::insert(
        c,
        &store::checkpoint::Checkpoint { size, at: now, note: note.clone() },
    )?;
    Ok(Turn::Signed(note))
}

/// The state of a tree, signed.
fn signed(edge: &Edge, signer: &Signer) -> Result<String> {
    let (size, root) = (edge.size(), edge.root());
    let (origin, extension) = (signer.key().name().to_owned(), String::new());
    let text = Checkpoint { origin, size, root, extension }.to_string();
    Ok(Note::sign(text, signer).map_err(|fault| unusable(&fault))?.to_string())
}

/// The size and the root that were signed last.
pub fn last(c: &mut Conn) -> Result<(u64, Hash)> {
    let Some(newest) = store::checkpoint::newest(c)? else { return Ok((0, empty())) };
    let note = Note::parse(newest.note.as_bytes()).map_err(|fault| unusable(&fault))?;
    let checkpoint = Checkpoint::parse(&note.text).map_err(|fault| unusable(&fault))?;
    Ok((checkpoint.size, checkpoint.root))
}

/// The edge of the tree, if this key may sign what grows from it.
pub fn may_sign(
    c: &mut Conn,
    log: &Log,
    signer: &Signer,
    seen: Option<&Checkpoint>,
) -> Result<std::result::Result<Edge, Why>> {
    if let Some(since) = log.held_back {
        return Ok(Err(Why::HeldBack(since)));
    }
    if log.keys.last().is_some_and(|key| *key != signer.key().to_string()) {
        return Ok(Err(Why::OtherKey));
    }
    let (size, root) = last(c)?;
    let tiles = Stored::new(c);
    let edge = tiles.checked(Edge::load(&tiles, size))?;
    let Some(edge) = edge.ok().filter(|edge| edge.root() == root) else {
        return Ok(Err(Why::Altered));
    };
    // A tree that the key signed before must be the beginning of this one.
    if let Err(fault) = tiles.checked(mirror::resume(&tiles, size, seen))? {
        return Ok(Err(Why::Behind(fault)));
    }
    Ok(Ok(edge))
}
