//! Texts that this process has read before, each as far as it had come. The deeds are the truth: a copy is
//! brought up to date with the deeds after it, and made anew when it is not at hand.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{
    DeclarationId, PersonId, Refusal,
    dossier::Dossier,
    negotiation::{Event, Negotiation},
};
use store::{Conn, Error, Result};

/// Texts kept; when one more is read, all are let go.
const KEPT: usize = 64;

/// A text as it stands after a number of deeds.
#[derive(Clone, Debug)]
pub struct Reading {
    /// How many deeds made it.
    pub deeds: u32,
    /// The text and its procedure.
    pub negotiation: Arc<Negotiation>,
}

/// The texts of one database that were read before.
#[derive(Debug, Default)]
pub struct Readings(Mutex<BTreeMap<DeclarationId, Reading>>);

impl Readings {
    /// The text as it stands in this transaction.
    pub fn read(&self, c: &mut Conn, dossier: &Dossier) -> Result<Reading> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&dossier.id).cloned();
        let mut reading = kept.map_or_else(|| begun(dossier), Ok)?;
        let mut lines = store::deed::since(c, dossier.id, reading.deeds)?;
        // A copy may know more than this transaction sees, which began before it.
        if lines.is_empty() && store::deed::count(c, dossier.id)? != reading.deeds {
            reading = begun(dossier)?;
            lines = store::deed::since(c, dossier.id, 0)?;
        }
        if lines.is_empty() {
            return Ok(reading);
        }
        let negotiation = Arc::make_mut(&mut reading.negotiation);
        for line in lines {
            let given = negotiation.act(&line.event);
            given.map_err(|refusal| broken(dossier.id, line.number, &refusal))?;
            reading.deeds = line.number;
        }
        Ok(reading)
    }

    /// Keeps a reading for the next request. Only what was read or committed may be kept.
    pub fn keep(&self, dossier: DeclarationId, reading: &Reading) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT && !kept.contains_key(&dossier) {
            kept.clear();
        }
        if kept.get(&dossier).is_none_or(|known| known.deeds <= reading.deeds) {
            kept.insert(dossier, reading.clone());
        }
    }

    /// Takes deeds in a write transaction: each is judged by the text as it stands after the one before
    /// it, and all are appended, or nothing is. What makes the text formal is recorded in the register with
    /// it. The reading may be kept once the transaction is through.
    pub fn act(
        &self,
        c: &mut Conn,
        dossier: &Dossier,
        by: Option<PersonId>,
        events: &[Event],
    ) -> Result<Reading> {
        let mut reading = self.read(c, dossier)?;
        let negotiation = Arc::make_mut(&mut reading.negotiation);
        for event in events {
            negotiation.act(event)?;
            crate::register::follow(c, dossier, negotiation, event)?;
        }
        store::deed::append(c, dossier.id, reading.deeds, by, events)?;
        reading.deeds =
            reading.deeds.saturating_add(u32::try_from(events.len()).unwrap_or(u32::MAX));
        Ok(reading)
    }
}

fn begun(dossier: &Dossier) -> Result<Reading> {
    let negotiation = dossier.begin().map_err(|refusal| broken(dossier.id, 0, &refusal))?;
    Ok(Reading { deeds: 0, negotiation: Arc::new(negotiation) })
}

fn broken(dossier: DeclarationId, number: u32, refusal: &Refusal) -> Error {
    let code = &refusal.code;
    Error::Unusable(format!("text {dossier}: deed {number} cannot be given again: {code}"))
}
