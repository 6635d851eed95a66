//! Formal acts on instruments as leaves of the register: each signature, and each state from the signature
//! on. The statements name parties by their place and no person.

use std::{collections::BTreeMap, fmt::Write as _};

use ::register::manifest::Kind;
use domain::{
    instrument::{Instrument, Stage, Step, Words},
    paper::PaperKind,
};
use store::Conn;

use super::instrument::Opened;
use crate::{
    register::{self as acts, Act},
    web::request::Req,
};

/// What a step is in the register; most steps are none.
fn kind(step: &Step) -> Option<(Kind, &'static str)> {
    match step {
        Step::Signed(..) => Some((Kind::Signature, "signature")),
        Step::Entered { .. } => Some((Kind::Instrument, "in-force")),
        Step::Renewed { .. } => Some((Kind::Instrument, "renewed")),
        Step::Terminated { .. } => Some((Kind::Instrument, "terminated")),
        _ => None,
    }
}

/// Records a step that was just taken, in its transaction. The last signature is also the moment from
/// which the instrument is signed.
pub fn record(
    req: &Req,
    c: &mut Conn,
    opened: &Opened<'_>,
    now: &Instrument,
    step: &Step,
) -> store::Result<()> {
    let Some((kind, state)) = kind(step) else { return Ok(()) };
    let party = match step {
        Step::Signed(at, _) => Some(at + 1),
        _ => None,
    };
    write(req, c, opened, now, (kind, state, party))?;
    if matches!((step, &now.stage), (Step::Signed(..), Stage::Signed { .. })) {
        write(req, c, opened, now, (Kind::Instrument, "signed", None))?;
    }
    Ok(())
}

/// Opens what was recorded of an instrument once all its parties agree that everybody may read it.
pub fn open(c: &mut Conn, before: &Instrument, now: &Instrument) -> store::Result<()> {
    if now.is_public() && !before.is_public() {
        store::leaf::publish(c, &now.id.to_string())?;
    }
    Ok(())
}

fn write(
    req: &Req,
    c: &mut Conn,
    opened: &Opened<'_>,
    now: &Instrument,
    (kind, state, party): (Kind, &str, Option<usize>),
) -> store::Result<()> {
    let mut statement = format!("caravanserai-instrument/v1\nobject {}\nstate {state}\n", now.id);
    if let Some(number) = party {
        let _ = writeln!(statement, "party {number}");
    }
    if let Some(seal) = now.stage.seal() {
        let _ = writeln!(statement, "seal {}", seal.hex());
    }
    let texts = match now.words {
        Words::Dossier(id) => {
            let dossier = store::dossier::need(c, id)?.value;
            let reading = req.app.readings.read(c, &dossier)?;
            acts::texts(&reading.negotiation.text)
        }
        Words::Filed => {
            for paper in store::paper::of_instrument(c, now.id)? {
                let paper = paper.value;
                if let (PaperKind::Text, Some(lang)) = (paper.kind, paper.lang) {
                    let _ = writeln!(statement, "filed {lang} {}", paper.seal.hex());
                }
            }
            BTreeMap::new()
        }
        Words::None => BTreeMap::new(),
    };
    let act = Act {
        kind,
        object: now.id.to_string(),
        revision: 0,
        edition: Some(now.edition),
        readers: now.object(opened.edition).visibility,
        texts,
        // No language is written in it (ISO 639-2).
        files: vec![("zxx".to_owned(), "state".to_owned(), statement)],
        hashes: Vec::new(),
        record: None,
        at: req.now,
    };
    acts::record(c, &act).map(|_| ())
}
