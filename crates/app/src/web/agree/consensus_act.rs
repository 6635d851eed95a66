//! What is done in the procedure by delegations and the secretariat: objecting, taking an objection back,
//! confirming from home, recording the gavel, signing, explaining, publishing.

use domain::{
    DelegationId, Lang, ObjectionId, Refusal, UnitId,
    access::Action,
    clean,
    negotiation::Deed,
    procedure::{ObjectionKind, Outcome as Became, PositionKind, Step},
    unit::Seal,
};
use serde_json::json;

use super::{
    consensus::{address, view},
    declaration::{Opened, refused},
};
use crate::{
    chance,
    web::{
        form::Draft,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, post},
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let (file, decide) = (Gate::Participants(Action::File), Gate::Secretariat(Action::Decide));
    vec![
        post("/editions/{edition}/declarations/{declaration}/consensus/object", file, object),
        post("/editions/{edition}/declarations/{declaration}/consensus/resolve", file, resolve),
        post("/editions/{edition}/declarations/{declaration}/consensus/confirm", file, confirm),
        post("/editions/{edition}/declarations/{declaration}/consensus/sign", file, sign),
        post("/editions/{edition}/declarations/{declaration}/consensus/explain", file, explain),
        post("/editions/{edition}/declarations/{declaration}/consensus/record", decide, record),
        post("/editions/{edition}/declarations/{declaration}/consensus/publish", decide, publish),
    ]
}

/// The text of the path, and the delegation that acts.
fn sided(req: &Req) -> Result<(Opened, DelegationId), Fault> {
    let opened = Opened::of(req)?;
    let by = opened.side(req)?;
    Ok((opened, by))
}

fn object(req: &Req) -> Outcome {
    let (opened, by) = sided(req)?;
    opened.present(req, by)?;
    let mut draft = Draft::of(req.form.clone());
    let kind = draft.code::<ObjectionKind>("kind");
    let unit = draft.read("unit", |raw| match raw {
        "" => Ok(None),
        raw => raw.parse::<UnitId>().map(Some).map_err(|_| Refusal::new("choose")),
    });
    let reason = draft.read("reason", clean::required_paragraph);
    if let (Some(kind), Some(unit), Some(reason)) = (kind, unit, reason) {
        let id = chance::id::<ObjectionId>();
        let detail = json!({ "delegation": by, "kind": kind });
        let step = Step::Objected { id, by, kind, unit, reason };
        match refused(opened.act(req, ("objected", &detail), &[Deed::Step(step)]))? {
            Ok(_) => return Ok(Reply::See(address(&opened))),
            Err(refusal) => draft.refuse("reason", refusal),
        }
    }
    let (page, body) = view(req, &opened, &draft, "object")?;
    Ok(page.again(req, &body))
}

fn resolve(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let mine = opened.speaking(req)?;
    let id: Option<ObjectionId> = req.form.get("objection").parse().ok();
    let outcome = match req.form.get("outcome") {
        "withdrawn" => Became::Withdrawn,
        "reserved" => Became::Reserved,
        _ => return Err(Refusal::new("choose").into()),
    };
    let found = id.and_then(|id| Some((id, opened.consensus().objections.get(&id)?)));
    let (id, objection) = found.ok_or(Refusal::new("consensus-not-yours"))?;
    let by = objection.by;
    if !mine.contains(&by) {
        return Err(Refusal::new("consensus-not-yours").into());
    }
    let detail = json!({ "delegation": by, "outcome": outcome });
    let step = Step::Resolved { id, by, outcome };
    opened.act(req, ("resolved", &detail), &[Deed::Step(step)])?;
    Ok(Reply::See(address(&opened)))
}

fn confirm(req: &Req) -> Outcome {
    let (opened, by) = sided(req)?;
    let unit: UnitId = req.form.get("unit").parse().map_err(|_| Refusal::new("choose"))?;
    let step = Step::Confirmed { unit, by };
    opened.act(req, ("confirmed", &json!({ "delegation": by })), &[Deed::Step(step)])?;
    Ok(Reply::See(address(&opened)))
}

/// The seal that the form shows; what is not one of this text is a text that moved on.
pub(super) fn seal_of(req: &Req, opened: &Opened) -> Result<Seal, Fault> {
    let seal = opened.text().seal();
    if req.form.get("seal") == seal.hex() {
        Ok(seal)
    } else {
        Err(Refusal::new("declaration-moved").into())
    }
}

fn record(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let by = req.actor.person.ok_or(Fault::Forbidden)?;
    let seal = seal_of(req, &opened)?;
    let detail = json!({ "seal": seal });
    opened.act(req, ("adopted", &detail), &[Deed::Step(Step::Recorded { seal, by })])?;
    Ok(Reply::See(address(&opened)))
}

fn sign(req: &Req) -> Outcome {
    let (opened, by) = sided(req)?;
    let seal = seal_of(req, &opened)?;
    let detail = json!({ "delegation": by, "seal": seal });
    opened.act(req, ("signed", &detail), &[Deed::Step(Step::Signed { by, seal })])?;
    Ok(Reply::See(address(&opened)))
}

fn publish(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    opened.act(req, ("published", &json!({})), &[Deed::Step(Step::Published)])?;
    Ok(Reply::See(opened.address()))
}

fn explain(req: &Req) -> Outcome {
    let (opened, by) = sided(req)?;
    let mut draft = Draft::of(req.form.clone());
    let kind = draft.code::<PositionKind>("kind");
    let lang = draft.read("lang", |raw| raw.parse::<Lang>().map_err(|()| Refusal::new("choose")));
    let text = draft.read("text", clean::required_paragraph);
    if let (Some(kind), Some(lang), Some(text)) = (kind, lang, text) {
        let detail = json!({ "delegation": by, "kind": kind });
        let step = Step::Explained { by, kind, lang, text };
        match refused(opened.act(req, ("explained", &detail), &[Deed::Step(step)]))? {
            Ok(_) => return Ok(Reply::See(address(&opened))),
            Err(refusal) => draft.refuse("text", refusal),
        }
    }
    let (page, body) = view(req, &opened, &draft, "explain")?;
    Ok(page.again(req, &body))
}
