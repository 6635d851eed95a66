//! What is recorded of a party: cleared by its authority, signed by pen, confirmed by its contact, agreed
//! to be public. Each is a fact of its own.

use domain::{
    Refusal,
    access::Action,
    clean,
    delegation::Task,
    instrument::{Clearance, Confirmation, Consent, Party, Signature, Stage, Step},
    person::PersonName,
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    instrument::{Opened, day, records},
    instrument_form::GATE,
    instrument_page::{button, person, records_for, speaks},
    instrument_signing::{named, named_fields},
};
use crate::web::{
    fields::Fields,
    form::{Draft, Show, text_fields},
    marks::Marks,
    reply::{Fault, Outcome, Reply},
    request::Req,
    route::{Gate, Route, get, post},
    text, when,
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let clearance = "/editions/{edition}/instruments/{instrument}/parties/{party}/clearance";
    let signature = "/editions/{edition}/instruments/{instrument}/parties/{party}/signature";
    let said = "/editions/{edition}/instruments/{instrument}/parties/{party}/say";
    let office = Gate::Office(Action::File);
    vec![
        get(clearance, GATE, clearing),
        post(clearance, GATE, clear),
        get(signature, office, signing),
        post(signature, office, sign),
        get(said, GATE, asking),
        post(said, GATE, say),
    ]
}

/// The parties with what is known of each.
pub fn table(req: &Req, opened: &Opened<'_>) -> Markup {
    let t = req.t;
    let labels = [
        "instrument-party",
        "instrument-clearance",
        "instrument-signature",
        "instrument-confirmation",
        "instrument-consent",
    ]
    .map(|key| t.get(key));
    html! {
        h2 { (t.get("instrument-parties")) }
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for at in opened.declared() {
                        @if let Some(party) = opened.value().parties.get(at) {
                            tr {
                                th scope="row" {
                                    (text::text(t, &party.name))
                                    div.hint { (t.get(&format!("instrument-party-{}", party.kind))) }
                                }
                                td data-label=(labels[1]) { (cleared(req, opened, at, party)) }
                                td data-label=(labels[2]) { (signed(req, opened, at, party)) }
                                td data-label=(labels[3]) { (confirmed(req, opened, at, party)) }
                                td data-label=(labels[4]) { (consented(req, opened, at, party)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn link(opened: &Opened<'_>, at: usize, what: &str, label: &str) -> Markup {
    html! { a href={ (opened.address()) "/parties/" (at + 1) "/" (what) } { (label) } }
}

fn cleared(req: &Req, opened: &Opened<'_>, at: usize, party: &Party) -> Markup {
    let open = matches!(opened.value().stage, Stage::Draft | Stage::Cleared);
    let may = open && records_for(req, opened, party);
    html! {
        @match &party.clearance {
            Some(clearance) => {
                span.chip.ok { (day(req, clearance.on)) } " "
                (text::text(req.t, &clearance.authority))
                (Marks::of(req.lang()).pause) bdi { (clearance.reference) }
                @if may { " " (link(opened, at, "clearance", &req.t.get("instrument-change"))) }
            }
            None if may => { (link(opened, at, "clearance", &req.t.get("instrument-clear"))) }
            None => { "—" }
        }
    }
}

fn signed(req: &Req, opened: &Opened<'_>, at: usize, party: &Party) -> Markup {
    let open = matches!(opened.value().stage, Stage::Negotiated { .. });
    let may = open && records(req);
    html! {
        @match &party.signature {
            Some(signature) => {
                span.chip.ok { (day(req, signature.on)) } " " (person(req, &signature.signer))
                @if may { " " (link(opened, at, "signature", &req.t.get("instrument-change"))) }
            }
            None if may => { (link(opened, at, "signature", &req.t.get("instrument-sign"))) }
            None => { "—" }
        }
    }
}

fn confirmed(req: &Req, opened: &Opened<'_>, at: usize, party: &Party) -> Markup {
    let open = opened.value().stage.signed().is_some();
    let zone = opened.edition.time_zone();
    html! {
        @match &party.confirmation {
            Some(said) => span.chip.ok { (when::moment(req.lang(), &zone, said.at)) },
            None if open && party.delegation.is_some() && speaks(req, opened, party) => {
                (link(opened, at, "say", &req.t.get("instrument-confirm")))
            }
            None => { "—" }
        }
    }
}

fn consented(req: &Req, opened: &Opened<'_>, at: usize, party: &Party) -> Markup {
    let open = opened.value().stage.seal().is_some();
    let may = open && speaks(req, opened, party);
    let path = format!("/parties/{}/say", at + 1);
    html! {
        @match &party.consent {
            Some(consent) => {
                span.chip.ok { (day(req, opened.edition.day_of(consent.at))) }
                @if !consent.reference.is_empty() { " " bdi { (consent.reference) } }
                @if may && !opened.value().is_public() {
                    " " (button(opened, &path, &req.t.get("instrument-withdraw"), "link", "withdraw"))
                }
            }
            None if may => { (link(opened, at, "say", &req.t.get("instrument-publish"))) }
            None => { "—" }
        }
    }
}

/// The party of the path, for those who may record for it.
fn mine(req: &Req) -> Result<(Opened<'_>, usize), Fault> {
    let opened = Opened::inner(req, Action::File)?;
    let (at, party) = opened.party(req)?;
    if records_for(req, &opened, party) { Ok((opened, at)) } else { Err(Fault::Forbidden) }
}

fn subject(req: &Req, opened: &Opened<'_>, at: usize) -> Markup {
    html! {
        @if let Some(party) = opened.value().parties.get(at) {
            p { strong { (text::text(req.t, &party.name)) } }
        }
    }
}

fn clearance_fields(clearance: &Clearance) -> Fields {
    text_fields(Fields::default(), "authority", Some(&clearance.authority))
        .with("on", clearance.on.to_string())
        .with("reference", clearance.reference.as_str())
}

fn clearance_form(req: &Req, opened: &Opened<'_>, at: usize, draft: &Draft) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        (subject(req, opened, at))
        (show.text("authority", "instrument-authority", false))
        (show.input("date", "on", "instrument-cleared-on"))
        (show.line("reference", "instrument-reference"))
    };
    let given = opened.value().parties.get(at).is_some_and(|party| party.clearance.is_some());
    html! {
        (show.form(&req.path, "instrument-clear-save", &fields))
        @if given {
            (button(opened, &format!("/parties/{}/clearance", at + 1),
                &req.t.get("instrument-unclear"), "", "unclear"))
        }
    }
}

fn clearing(req: &Req) -> Outcome {
    let (opened, at) = mine(req)?;
    let stands = opened.value().parties.get(at).and_then(|party| party.clearance.as_ref());
    let typed = stands.map(clearance_fields).unwrap_or_default();
    let draft = Draft::of(typed).seeing(opened.found.version);
    let page = opened.below(req, req.t.get("instrument-clear"));
    Ok(page.reply(req, &clearance_form(req, &opened, at, &draft)))
}

fn clear(req: &Req) -> Outcome {
    let (opened, at) = mine(req)?;
    let mut draft = Draft::of(req.form.clone());
    let note = json!({ "party": at + 1 });
    if req.form.get("what") == "unclear" {
        opened.unmoved(req)?;
        opened.act(req, ("uncleared", note), &Step::Uncleared(at))?;
        return Ok(Reply::See(opened.address()));
    }
    let authority = draft.text("authority", clean::line);
    let on = draft.read("on", clean::day);
    let reference = draft.read("reference", clean::required_line);
    let stands = opened.value().parties.get(at).and_then(|party| party.clearance.clone());
    if let (Some(authority), Some(on), Some(reference), Some(by)) =
        (authority, on, reference, req.actor.person)
    {
        let clearance = Clearance { authority, on, reference, by };
        let moved = stands.filter(|_| draft.seen() != opened.found.version);
        if let Some(stands) = moved.filter(|stands| *stands != clearance) {
            draft = draft.moved(clearance_fields(&stands), opened.found.version);
        } else {
            match opened.act(req, ("cleared", note), &Step::Cleared(at, clearance)) {
                Ok(()) => return Ok(Reply::See(opened.address())),
                Err(Fault::Refused(refusal)) => draft.refuse("on", refusal),
                Err(fault) => return Err(fault),
            }
        }
    }
    let page = opened.below(req, req.t.get("instrument-clear"));
    Ok(page.again(req, &clearance_form(req, &opened, at, &draft)))
}

fn signature_form(req: &Req, opened: &Opened<'_>, at: usize, draft: &Draft) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        (subject(req, opened, at))
        p.hint { (req.t.get("instrument-sign-hint")) }
        (show.text("name", "instrument-signer", false))
        (show.text("office", "instrument-office", false))
        (show.input("date", "on", "instrument-signed-on"))
    };
    show.form(&req.path, "instrument-sign-save", &fields)
}

/// Whoever leads the delegation of a party, as filed.
pub fn leader(req: &Req, opened: &Opened<'_>, at: usize) -> Result<Option<PersonName>, Fault> {
    let Some(id) = opened.value().parties.get(at).and_then(|party| party.delegation) else {
        return Ok(None);
    };
    let people = req.read(|c| store::delegate::of_delegation(c, id))?;
    Ok(people.into_iter().map(|d| d.value).find(|d| d.task == Task::Leader).map(|d| d.name))
}

fn signing(req: &Req) -> Outcome {
    let opened = Opened::inner(req, Action::File)?;
    let (at, party) = opened.party(req)?;
    let typed = if let Some(signature) = &party.signature {
        named_fields(&signature.signer).with("on", signature.on.to_string())
    } else {
        let leader = leader(req, &opened, at)?;
        let typed = leader.as_ref().map(named_fields).unwrap_or_default();
        typed.with("on", opened.today(req).to_string())
    };
    let draft = Draft::of(typed).seeing(opened.found.version);
    let page = opened.below(req, req.t.get("instrument-sign"));
    Ok(page.reply(req, &signature_form(req, &opened, at, &draft)))
}

fn sign(req: &Req) -> Outcome {
    let opened = Opened::inner(req, Action::File)?;
    let (at, party) = opened.party(req)?;
    let mut draft = Draft::of(req.form.clone());
    let signer = named(&mut draft);
    let on = draft.read("on", clean::day);
    if let (Some(signer), Some(on), Some(by)) = (signer, on, req.actor.person) {
        let signature = Signature { on, signer, by };
        let old = draft.seen() != opened.found.version;
        let stands = party
            .signature
            .as_ref()
            .filter(|s| old && (s.on, &s.signer) != (on, &signature.signer));
        if let Some(stands) = stands {
            let fields = named_fields(&stands.signer).with("on", stands.on.to_string());
            draft = draft.moved(fields, opened.found.version);
        } else {
            let step = Step::Signed(at, signature);
            match super::instrument_stage::take(
                req,
                &opened,
                ("signed", json!({ "party": at + 1 })),
                &step,
            ) {
                Ok(()) => return Ok(Reply::See(opened.address())),
                Err(Fault::Refused(refusal)) => draft.refuse("on", refusal),
                Err(fault) => return Err(fault),
            }
        }
    }
    let page = opened.below(req, req.t.get("instrument-sign"));
    Ok(page.again(req, &signature_form(req, &opened, at, &draft)))
}

/// The party of the path, for its own contact; a party without one is spoken for by its letter.
fn own(req: &Req) -> Result<(Opened<'_>, usize), Fault> {
    let opened = Opened::inner(req, Action::File)?;
    let (at, party) = opened.party(req)?;
    if speaks(req, &opened, party) { Ok((opened, at)) } else { Err(Fault::Forbidden) }
}

fn saying(req: &Req, opened: &Opened<'_>, at: usize, draft: &Draft) -> Markup {
    let (t, one) = (req.t, opened.value());
    let show = Show::new(req, draft);
    let path = format!("/parties/{}/say", at + 1);
    let Some(party) = one.parties.get(at) else { return html! {} };
    let signed = one.stage.signed().is_some();
    html! {
        (subject(req, opened, at))
        @if signed && party.delegation.is_some() && party.confirmation.is_none() {
            section {
                h2 { (t.get("instrument-confirm")) }
                p { (t.get("instrument-confirm-hint")) }
                p { a href={ (opened.address()) "/text?views=two" } { (t.get("instrument-read")) } }
                @if let Some(seal) = one.stage.seal() {
                    details {
                        summary { (t.get("instrument-seal")) }
                        p { code { (seal.hex()) } }
                    }
                }
                (button(opened, &path, &t.get("instrument-confirm-do"), "", "confirm"))
            }
        }
        @if one.stage.seal().is_some() && party.consent.is_none() {
            section {
                h2 { (t.get("instrument-publish")) }
                p { (t.get("instrument-publish-hint")) }
                @if party.delegation.is_some() {
                    (show.summary())
                    (button(opened, &path, &t.get("instrument-publish-do"), "main", "consent"))
                } @else {
                    (show.form(&req.path, "instrument-publish-do", &html! {
                        input type="hidden" name="what" value="consent";
                        (show.line("reference", "instrument-consent-reference"))
                    }))
                }
            }
        }
        p { a href=(opened.address()) { (t.get("instrument-back")) } }
    }
}

fn asking(req: &Req) -> Outcome {
    let (opened, at) = own(req)?;
    let draft = Draft::default().seeing(opened.found.version);
    let page = opened.below(req, req.t.get("instrument-say"));
    Ok(page.reply(req, &saying(req, &opened, at, &draft)))
}

fn say(req: &Req) -> Outcome {
    let (opened, at) = own(req)?;
    let (_, party) = opened.party(req)?;
    let mut draft = Draft::of(req.form.clone());
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let (at_now, note) = (req.now, json!({ "party": at + 1 }));
    let (verb, step) = match req.form.get("what") {
        "confirm" if party.delegation.is_some() => {
            opened.unmoved(req)?;
            let seal = opened.value().stage.seal().cloned();
            let seal = seal.ok_or_else(|| Refusal::new("instrument-not-negotiated"))?;
            ("confirmed", Step::Confirmed(at, Confirmation { seal, at: at_now, by }))
        }
        "consent" => {
            opened.unmoved(req)?;
            let reference = if party.delegation.is_some() {
                Some(String::new())
            } else {
                draft.read("reference", clean::required_line)
            };
            let Some(reference) = reference else {
                let page = opened.below(req, req.t.get("instrument-say"));
                return Ok(page.again(req, &saying(req, &opened, at, &draft)));
            };
            ("consented", Step::Consented(at, Consent { at: at_now, by, reference }))
        }
        // Whoever takes it back is obeyed at once, whatever else has changed.
        "withdraw" => ("withdrew", Step::Withdrew(at)),
        _ => return Err(Refusal::new("choose").into()),
    };
    opened.act(req, (verb, note), &step)?;
    Ok(Reply::See(opened.address()))
}
