//! A silence that nobody breaks ends by the clock, and nobody does anything at that moment. So a job waits
//! for the end of each: whichever process takes it tells everyone concerned, in the transaction that ends
//! the job, and so exactly once.

use domain::{
    DeclarationId,
    consensus::Consensus,
    dossier::Dossier,
    event::Event,
    procedure::{End, Phase},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{Conn, job::Job};

use super::consensus_news::{self, News};
use crate::{app::App, chance};

/// The kind of job that waits for the end of a silence.
pub const KIND: &str = "silence";

/// Which silence is waited for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Order {
    text: DeclarationId,
    silence: u32,
}

/// Has a job wait for the end of a silence, in the transaction that begins it.
pub fn watch(
    c: &mut Conn,
    dossier: &Dossier,
    silence: u32,
    now: Timestamp,
    until: Timestamp,
) -> store::Result<()> {
    let order = json!(Order { text: dossier.id, silence });
    store::job::schedule(c, chance::id(), KIND, dossier.edition, order, now, until)
}

/// When a silence ended without an objection, if it did: also where the gavel fell right after its end.
fn lapsed(consensus: &Consensus, number: u32, now: Timestamp) -> Option<Timestamp> {
    let ended = consensus.past.iter().find(|ended| ended.silence.number == number);
    match (&consensus.phase, ended) {
        (_, Some(ended)) => (ended.end == End::Lapsed).then_some(ended.silence.until),
        (Phase::Silence(silence), None) => {
            (silence.number == number && silence.until <= now).then_some(silence.until)
        }
        _ => None,
    }
}

/// Tells of a silence that is over, unless an objection or an edit ended it, of which all were told then.
pub fn end(app: &App, job: &Job, now: Timestamp) -> store::Result<()> {
    app.db.write(|c| {
        let held = store::job::get(c, job.id)?.is_some_and(|now| now.state == "running");
        let order: Option<Order> = serde_json::from_value(job.detail.clone()).ok();
        let (true, Some(order)) = (held, order) else { return Ok(()) };
        let dossier = store::dossier::need(c, order.text)?.value;
        let consensus = &app.readings.read(c, &dossier)?.negotiation.consensus;
        if let Some(until) = lapsed(consensus, order.silence, now) {
            let edition = store::edition::need(c, dossier.edition)?.value;
            let news = [News::Lapsed(until)];
            consensus_news::tell(c, app, &edition, &dossier, &news, now)?;
            let event = Event {
                at: now,
                by: None,
                edition: Some(edition.id),
                noun: "declaration",
                object: dossier.id.to_string(),
                verb: "lapsed",
                detail: json!({ "silence": order.silence }),
            };
            store::event::append(c, chance::id(), &event)?;
        }
        store::job::finish(c, job.id, "done", Value::Null)
    })
}
