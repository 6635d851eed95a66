//! What is done with one language of a unit without writing: offered, signed, a correction confirmed.

use domain::{
    CorrectionId, Lang, Refusal,
    access::{Action, Visibility},
    change::Change,
    negotiation::Deed,
    unit::{CellState, Manner, Seal, Unit},
};
use maud::{Markup, html};
use serde_json::json;

use super::{consensus_news, declaration::Opened, unit_hint, unit_write};
use crate::{
    chance,
    web::{
        form,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, post},
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let draft = Gate::Participants(Action::Draft);
    let concord = Gate::Participants(Action::Concord);
    vec![
        post("/editions/{edition}/declarations/{declaration}/units/{unit}/offer", draft, offer),
        post(
            "/editions/{edition}/declarations/{declaration}/units/{unit}/concord",
            concord,
            concord_it,
        ),
        post("/editions/{edition}/declarations/{declaration}/units/{unit}/machine", draft, machine),
        post(
            "/editions/{edition}/declarations/{declaration}/units/{unit}/correction",
            draft,
            correction,
        ),
    ]
}

/// What the reader can do with a language as it stands.
pub(super) fn buttons(req: &Req, opened: &Opened, unit: &Unit, lang: Lang) -> Markup {
    let t = req.t;
    let state = unit.state(lang);
    let address = |what: &str| format!("{}/{what}", opened.unit_address(unit.id));
    let (writes, code) = (opened.takes_changes(req), lang.code());
    let signs = req.may(Action::Concord, &opened.object)
        && opened.may_change().is_ok()
        && state == CellState::Revised
        && req.actor.person.is_some_and(|person| !unit.wrote(lang, person));
    let seal = unit.seal(lang);
    html! {
        @if writes || signs {
            div.actions {
                @if writes {
                    a.button href={ (unit_write::address(opened, unit.id, lang)) } {
                        (t.get(if state == CellState::Missing { "unit-write" } else { "unit-rewrite" }))
                    }
                }
                @if writes && drafts(req, opened, unit, lang).is_some() {
                    (form::act(&address("machine"), &t.get("unit-machine"), "", &[("lang", code)]))
                }
                @if writes && state == CellState::InWork {
                    (form::act(&address("offer"), &t.get("unit-offer"), "", &[("lang", code)]))
                }
                @if signs {
                    (form::act(&address("concord"), &t.get("unit-concord"), "main",
                        &[("lang", code), ("base", seal.hex())]))
                }
            }
        }
    }
}

fn lang(req: &Req, opened: &Opened) -> Result<Lang, Refusal> {
    let lang: Option<Lang> = req.form.get("lang").parse().ok();
    let lang = lang.filter(|lang| opened.dossier.languages.contains_key(lang));
    lang.ok_or_else(|| Refusal::new("declaration-language"))
}

fn offer(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let (unit, lang) = (opened.unit(req)?.id, lang(req, &opened)?);
    let detail = json!({ "unit": unit, "lang": lang });
    opened.act(req, ("offered", &detail), &[Deed::Text(Change::Offered { unit, lang })])?;
    Ok(Reply::See(opened.unit_address(unit)))
}

/// The language from which a machine may draft this one: only where there is a service, for texts that are
/// public or an exercise, and where no person's current words would be covered.
fn drafts(req: &Req, opened: &Opened, unit: &Unit, lang: Lang) -> Option<Lang> {
    let open = opened.dossier.exercise || opened.object.visibility == Visibility::Public;
    let free =
        matches!(unit.state(lang), CellState::Missing | CellState::Stale | CellState::MachineDraft);
    let may = req.app.translation.is_some() && open && free;
    unit_hint::source(opened, unit, lang).filter(|_| may)
}

/// Asks the translation service, outside of any transaction, and keeps what it says as a machine's draft.
fn machine(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    opened.may_change()?;
    let (unit, lang) = (opened.unit(req)?, lang(req, &opened)?);
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let from = drafts(req, &opened, unit, lang).ok_or_else(|| Refusal::new("machine-off"))?;
    let service = req.app.translation.as_ref().ok_or_else(|| Refusal::new("machine-off"))?;
    let text = service.translate(unit.text(from), from, lang)?;
    let (base, turn, second, at) = (unit.seal(lang), unit.turn, None, req.now);
    let (unit, manner) = (unit.id, Manner::Machine);
    let change = Change::Wrote { unit, lang, text, manner, base, turn, by, second, at };
    let detail = json!({ "unit": unit, "lang": lang, "from": from, "service": service.name() });
    opened.act(req, ("machine_drafted", &detail), &[Deed::Text(change)])?;
    Ok(Reply::See(opened.unit_address(unit)))
}

/// What the reader saw in a language: nothing if it is not what stands there.
pub(super) fn seen(unit: &Unit, lang: Lang, hex: &str) -> Result<Seal, Refusal> {
    let seal = unit.seal(lang);
    if seal.hex() == hex { Ok(seal) } else { Err(Refusal::new("declaration-moved")) }
}

fn concord_it(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Concord)?;
    let (unit, lang) = (opened.unit(req)?, lang(req, &opened)?);
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let base = seen(unit, lang, req.form.get("base"))?;
    let change = Change::Concorded { unit: unit.id, lang, base, by, at: req.now };
    let detail = json!({ "unit": unit.id, "lang": lang });
    opened.act(req, ("concorded", &detail), &[Deed::Text(change)])?;
    Ok(Reply::See(opened.unit_address(unit.id)))
}

/// A second person answers whether a correction touches the writing alone.
fn correction(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let unit = opened.unit(req)?.id;
    let id: CorrectionId =
        req.form.get("correction").parse().map_err(|_| Refusal::new("unit-correction-gone"))?;
    let confirms = req.form.get("answer") == "confirm";
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let reading = req.write(|c| {
        let found = store::correction::get(c, id)?.map(|correction| correction.value);
        let found = found.filter(|found| found.unit == unit);
        let found = found.filter(|found| found.declaration == opened.dossier.id);
        let correction = found.ok_or_else(|| Refusal::new("unit-correction-gone"))?;
        let deeds = if confirms {
            let deed = Deed::Text(correction.confirmed(by));
            vec![domain::negotiation::Event { at: req.now, deed }]
        } else {
            Vec::new()
        };
        let reading = consensus_news::act(c, req, &opened.dossier, &deeds)?;
        store::correction::remove(c, id)?;
        let verb = if confirms { "corrected" } else { "correction_declined" };
        let detail = json!({ "unit": unit, "lang": correction.lang, "text": correction.text });
        let event = req.event("declaration", opened.dossier.id, verb, detail);
        store::event::append(c, chance::id(), &event)?;
        Ok(reading)
    })?;
    req.app.readings.keep(opened.dossier.id, &reading);
    Ok(Reply::See(opened.unit_address(unit)))
}
