//! One amendment: what it would do and why, and what its side, its sponsors and the chair do with it.

use domain::{
    DelegationId, ObjectionId, Refusal,
    access::Action,
    amendment::{Amendment, AmendmentState, Operation, Rebased},
    merge::{Piece, merged},
    negotiation::{Deed, Event},
    procedure::{ObjectionKind, Outcome as End, Phase, Step},
    proposal::{Proposal, next_number},
    revision::{Saved, Versioned},
};
use maud::{Markup, html};
use store::Conn;

use super::{
    amendment::{self, Tabled, address, paragraph, title},
    amendment_form::{note, wording},
    amendment_view::{self, pieces, state_chip},
    consensus_news,
    declaration::Opened,
    wording::words,
};
use crate::{
    chance,
    web::{
        form::{Draft, act},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        when,
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let (read, file) = (Gate::Participants(Action::Read), Gate::Participants(Action::File));
    vec![
        get("/editions/{edition}/declarations/{declaration}/amendments/{amendment}", read, show),
        post(
            "/editions/{edition}/declarations/{declaration}/amendments/{amendment}/table",
            file,
            table,
        ),
        post(
            "/editions/{edition}/declarations/{declaration}/amendments/{amendment}/withdraw",
            file,
            withdraw,
        ),
        post(
            "/editions/{edition}/declarations/{declaration}/amendments/{amendment}/sponsor",
            file,
            sponsor,
        ),
        post(
            "/editions/{edition}/declarations/{declaration}/amendments/{amendment}/rebase",
            file,
            rebase,
        ),
    ]
}

fn show(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let tabled = Tabled::of(req, &opened)?;
    let found = amendment::named(req, &tabled)?;
    let (page, body) = view(req, &opened, &tabled, &found, &Draft::default())?;
    Ok(page.reply(req, &body))
}

fn view<'a>(
    req: &'a Req,
    opened: &Opened,
    tabled: &Tabled,
    found: &Versioned<Proposal>,
    draft: &Draft,
) -> Result<(crate::web::layout::Page<'a>, Markup), Fault> {
    let (t, proposal) = (req.t, &found.value);
    let mine = req.actor.speaks_for(opened.dossier.edition);
    let own = mine.contains(&proposal.amendment.by);
    let moved = proposal.is_open() && !proposal.amendment.fits(opened.text());
    let body = html! {
        p { (state_chip(t, proposal.state())) }
        @if proposal.state() == AmendmentState::Draft {
            section.notice { p { (t.get("amendment-draft-why")) } }
        }
        (amendment_view::change(req, opened, &tabled.numbers, &proposal.amendment))
        @if moved { (both_changes(req, opened, found, own, draft)) }
        (facts(req, opened, tabled, proposal))
        (buttons(req, opened, found, own))
        @if proposal.is_open() { (others(req, opened, tabled, proposal, &mine)) }
        (earlier(req, opened, tabled, proposal))
    };
    let mut page = opened.below(req, title(req, proposal))?;
    page.trail.push((format!("{}/amendments", opened.address()), t.get("amendment-list")));
    Ok((page, body))
}

fn facts(req: &Req, opened: &Opened, tabled: &Tabled, proposal: &Proposal) -> Markup {
    let t = req.t;
    let zone = req.edition().map_or(jiff::tz::TimeZone::UTC, domain::edition::Edition::time_zone);
    let lang = proposal.amendment.lang;
    let place = paragraph(req, opened, &tabled.numbers, proposal.amendment.operation.place());
    html! {
        dl.facts {
            dt { (t.get("amendment-by")) }
            dd { (tabled.proposers(req, proposal)) }
            dt { (t.get("amendment-place")) }
            dd {
                @match proposal.amendment.operation.place() {
                    Some(unit) if opened.text().unit(unit).is_some() => {
                        a href=(opened.unit_address(unit)) { (place) }
                    }
                    _ => (place),
                }
            }
            dt { (t.get("amendment-language")) }
            dd { bdi lang=(lang.tag()) { (lang.own_name()) } }
            @if let Some(at) = proposal.tabled {
                dt { (t.get("amendment-tabled-on")) }
                dd { (when::moment(t.lang, &zone, at)) }
            }
            dt { (t.get("amendment-explanation")) }
            dd {
                @if proposal.explanation.is_empty() { (t.get("amendment-no-explanation")) }
                @else { (words(lang, &proposal.explanation)) }
            }
            @if let Some(decision) = proposal.decision.as_ref() {
                dt { (t.get("amendment-decided-on")) }
                dd { (when::moment(t.lang, &zone, decision.at)) }
                @if !decision.reason.is_empty() {
                    dt { (t.get("amendment-reason")) }
                    dd { bdi { (decision.reason) } }
                }
            }
        }
    }
}

/// What the reader's own side can do.
fn buttons(req: &Req, opened: &Opened, found: &Versioned<Proposal>, own: bool) -> Markup {
    let (t, base) = (req.t, address(opened, found.value.id));
    let open = opened.may_change().is_ok();
    let seen = found.version.to_string();
    let seen = [("seen", seen.as_str())];
    html! {
        @if own && open {
            @match found.value.state() {
                AmendmentState::Draft => {
                    @if matches!(opened.consensus().phase, Phase::Silence(_)) {
                        p.notice.warn { (t.get("amendment-breaks-silence")) }
                    }
                    div.actions {
                        (act(&format!("{base}/table"), &t.get("amendment-table"), "main", &seen))
                        a.button href={ (base) "/edit" } { (t.get("amendment-edit")) }
                        (act(&format!("{base}/withdraw"), &t.get("amendment-discard"), "", &seen))
                    }
                }
                AmendmentState::Tabled => {
                    div.actions {
                        (act(&format!("{base}/withdraw"), &t.get("amendment-withdraw"), "", &seen))
                    }
                }
                _ => {}
            }
        }
    }
}

/// What others can do: propose it too, or table a rival; there are no amendments to amendments.
fn others(
    req: &Req,
    opened: &Opened,
    tabled: &Tabled,
    proposal: &Proposal,
    mine: &[DelegationId],
) -> Markup {
    let (t, base) = (req.t, address(opened, proposal.id));
    let place = proposal.amendment.operation.place();
    html! {
        @for side in mine.iter().filter(|side| **side != proposal.amendment.by) {
            @let joined = proposal.sponsors.contains(side);
            @let key = if joined { "amendment-unsponsor" } else { "amendment-sponsor" };
            @let label = t.with(key, &[("name", tabled.name(req, *side).into())]);
            @let (side, on) = (side.to_string(), if joined { "" } else { "1" });
            (act(&format!("{base}/sponsor"), &label, "", &[("delegation", &side), ("on", on)]))
        }
        @if !mine.is_empty() && let Some(unit) = place.filter(|unit| opened.text().unit(*unit).is_some()) {
            p.hint {
                (t.get("amendment-one-level")) " "
                a href={ (opened.unit_address(unit)) "/amend" } { (t.get("amendment-rival")) }
            }
        }
        @if let Some(unit) = place.filter(|_| req.may(Action::Preside, &opened.object)) {
            p { a href={ (opened.address()) "/console/" (unit) } { (t.get("amendment-to-console")) } }
        }
    }
}

fn earlier(req: &Req, opened: &Opened, tabled: &Tabled, proposal: &Proposal) -> Markup {
    html! {
        @if !proposal.earlier.is_empty() {
            details {
                summary { (req.t.get("amendment-earlier")) }
                @for one in &proposal.earlier {
                    (amendment_view::change(req, opened, &tabled.numbers, one))
                }
            }
        }
    }
}

/// The paragraph changed since: both changes in the open, and the words to be tabled anew.
fn both_changes(
    req: &Req,
    opened: &Opened,
    found: &Versioned<Proposal>,
    own: bool,
    draft: &Draft,
) -> Markup {
    let (t, proposal) = (req.t, &found.value);
    let lang = proposal.amendment.lang;
    let rebased = proposal.amendment.rebased(opened.text());
    let worded = matches!(proposal.amendment.operation, Operation::Replace { .. });
    html! {
        section.notice.warn {
            h2 { (t.get("amendment-moved")) }
            p { (t.get("amendment-moved-why")) }
            @match &rebased {
                Err(refusal) => { p { (t.refusal(refusal)) } }
                Ok(Rebased::Fits(_, parts)) => {
                    p { (t.get("amendment-moved-fits")) }
                    (pieces(t, lang, parts))
                }
                Ok(Rebased::Conflict(parts)) => {
                    p { (t.get("amendment-moved-conflict")) }
                    (pieces(t, lang, parts))
                }
            }
        }
        @if own && rebased.is_ok() {
            (crate::web::form::Show::new(req, draft).summary())
            form method="post" action={ (address(opened, proposal.id)) "/rebase" } novalidate {
                input type="hidden" name="seen" value=(found.version);
                @for (unit, _) in &proposal.amendment.base {
                    @if let Some(unit) = opened.text().unit(*unit) {
                        input type="hidden" name="base" value=(unit.seal(lang).hex());
                    }
                }
                @if worded {
                    div.field {
                        label for="f-text" { (t.get("amendment-text")) }
                        textarea #f-text name="text" rows="6" lang=(lang.tag()) dir=(lang.dir()) {
                            @if draft.typed.get("text").is_empty() { (suggested(&rebased, proposal)) }
                            @else { (draft.typed.get("text")) }
                        }
                    }
                }
                div.actions { button.main type="submit" { (t.get("amendment-table-anew")) } }
            }
        }
    }
}

/// The words to begin with: both changes joined where they do not touch; the proposer's own otherwise.
fn suggested(rebased: &Result<Rebased, Refusal>, proposal: &Proposal) -> String {
    let joined = match rebased {
        Ok(Rebased::Fits(_, parts)) => merged(parts),
        Ok(Rebased::Conflict(parts)) => Some(parts.iter().map(Piece::ours).collect()),
        Err(_) => None,
    };
    match (&proposal.amendment.operation, joined) {
        (_, Some(words)) => words,
        (Operation::Replace { text, .. }, None) => text.clone(),
        _ => String::new(),
    }
}

/// Changes an amendment as it stands in the transaction, with its line in the trail; `seen` is the version
/// that the reader saw.
fn change(
    req: &Req,
    opened: &Opened,
    (found, seen, verb): (&Versioned<Proposal>, i32, &'static str),
    mut how: impl FnMut(&mut Conn, &mut Proposal) -> store::Result<()>,
) -> Result<(), Fault> {
    req.write(|c| {
        let mut now = store::amendment::need(c, found.value.id)?;
        if now.version != seen {
            return Err(Refusal::new("amendment-changed").into());
        }
        let secret = now.value.number.is_none();
        how(c, &mut now.value)?;
        if let Saved::Moved(_) = store::amendment::save(c, &now.value, now.version)? {
            return Err(Refusal::new("amendment-changed").into());
        }
        if !secret || now.value.number.is_some() {
            let event = req.event("amendment", opened.dossier.id, verb, note(&now.value));
            store::event::append(c, chance::id(), &event)?;
        }
        Ok(())
    })
}

fn seen(req: &Req, found: &Versioned<Proposal>) -> i32 {
    req.form.get("seen").parse().unwrap_or(found.version)
}

fn table(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let found = amendment::own(req, &opened, &Tabled::of(req, &opened)?)?;
    opened.present(req, found.value.amendment.by)?;
    let seen = seen(req, &found);
    change(req, &opened, (&found, seen, "tabled"), |c, proposal| {
        let reading = req.app.readings.read(c, &opened.dossier)?;
        reading.negotiation.consensus.may_change()?;
        let all = store::amendment::of_dossier(c, opened.dossier.id)?;
        let all: Vec<Proposal> = all.into_iter().map(|p| p.value).collect();
        proposal.table(next_number(&all), &reading.negotiation.text, req.now)?;
        if let Some(unit) = proposal.amendment.operation.place() {
            domain::proposal::first_level(&all, unit)?;
        }
        breaks_silence(c, req, &opened, proposal)
    })?;
    Ok(Reply::See(address(&opened, found.value.id)))
}

/// An amendment before the end of a silence breaks it, as an objection does, under the same identifier.
fn breaks_silence(
    c: &mut Conn,
    req: &Req,
    opened: &Opened,
    proposal: &Proposal,
) -> store::Result<()> {
    let reading = req.app.readings.read(c, &opened.dossier)?;
    // In the hall, an amendment is heard until the secretary has written.
    if !matches!(reading.negotiation.consensus.phase, Phase::Silence(_) | Phase::Gavelled(_)) {
        return Ok(());
    }
    let step = Step::Objected {
        id: ObjectionId(proposal.id.0),
        by: proposal.amendment.by,
        kind: ObjectionKind::Amendment,
        unit: proposal.amendment.operation.place(),
        reason: proposal.explanation.clone(),
    };
    let event = Event { at: req.now, deed: Deed::Step(step) };
    consensus_news::act(c, req, &opened.dossier, &[event]).map(|_| ())
}

fn withdraw(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let found = amendment::own(req, &opened, &Tabled::of(req, &opened)?)?;
    let by = req.actor.person.ok_or(Fault::Forbidden)?;
    let seen = seen(req, &found);
    change(req, &opened, (&found, seen, "withdrawn"), |c, proposal| {
        proposal.withdraw(by, req.now)?;
        // Whoever broke a silence with it takes the objection back with it.
        let reading = req.app.readings.read(c, &opened.dossier)?;
        let id = ObjectionId(proposal.id.0);
        let mut open = reading.negotiation.consensus.open_objections();
        if open.any(|(known, _)| *known == id) {
            let (by, outcome) = (proposal.amendment.by, End::Withdrawn);
            let deed = Deed::Step(Step::Resolved { id, by, outcome });
            consensus_news::act(c, req, &opened.dossier, &[Event { at: req.now, deed }])?;
        }
        Ok(())
    })?;
    let draft = found.value.number.is_none();
    let list = format!("{}/amendments", opened.address());
    Ok(Reply::See(if draft { list } else { address(&opened, found.value.id) }))
}

fn sponsor(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let found = amendment::named(req, &Tabled::of(req, &opened)?)?;
    let mine = req.actor.speaks_for(opened.dossier.edition);
    let by: Option<DelegationId> = req.form.get("delegation").parse().ok();
    let by = by.filter(|by| mine.contains(by)).ok_or(Fault::Forbidden)?;
    opened.present(req, by)?;
    let on = !req.form.get("on").is_empty();
    let verb = if on { "sponsored" } else { "unsponsored" };
    change(req, &opened, (&found, found.version, verb), |_, proposal| {
        Ok(proposal.sponsor(by, on)?)
    })?;
    Ok(Reply::See(address(&opened, found.value.id)))
}

fn rebase(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let tabled = Tabled::of(req, &opened)?;
    let found = amendment::own(req, &opened, &tabled)?;
    opened.present(req, found.value.amendment.by)?;
    let mut draft = Draft::of(req.form.clone());
    let old = &found.value.amendment;
    let operation = match &old.operation {
        Operation::Replace { unit, .. } => draft
            .read("text", |raw| wording(raw, old.lang))
            .map(|text| Operation::Replace { unit: *unit, text }),
        other => match old.rebased(opened.text()) {
            Ok(Rebased::Fits(next, _)) => Some(next.operation),
            Ok(Rebased::Conflict(_)) if !matches!(other, Operation::Split { .. }) => {
                Some(other.clone())
            }
            Ok(Rebased::Conflict(_)) => {
                return Err(Refusal::new("amendment-split-moved").into());
            }
            Err(refusal) => return Err(refusal.into()),
        },
    };
    let seals = || opened.text().units.iter().filter(|u| old.base.contains_key(&u.id));
    let same = seals().all(|unit| draft.typed.has("base", unit.seal(old.lang).hex()));
    if !same {
        draft.refuse("text", Refusal::new("declaration-moved"));
    }
    let (Some(operation), true) = (operation, draft.is_sound()) else {
        let (page, body) = view(req, &opened, &tabled, &found, &draft)?;
        return Ok(page.again(req, &body));
    };
    let seen = draft.seen();
    change(req, &opened, (&found, seen, "tabled-anew"), |c, proposal| {
        let reading = req.app.readings.read(c, &opened.dossier)?;
        let now = &reading.negotiation.text;
        let (id, by, lang) = (proposal.id, proposal.amendment.by, proposal.amendment.lang);
        let next = Amendment::new(id, by, lang, operation.clone(), now)?;
        proposal.retable(next, now, req.now)?;
        breaks_silence(c, req, &opened, proposal)
    })?;
    Ok(Reply::See(address(&opened, found.value.id)))
}
