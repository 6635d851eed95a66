//! One unit on the chair's console: its amendments in the order in which they are taken, the decision on
//! each, and agreement on the unit. Accepting writes the changes of the text and the state of the amendment
//! in one transaction, or neither.

use domain::{
    AmendmentId, DelegationId, Refusal, UnitId,
    access::Action,
    amendment::{Amendment, AmendmentState, furthest_first},
    clean,
    negotiation::{Deed, Event},
    procedure::{Phase, Step},
    proposal::{Decision, Proposal, in_place},
    revision::Saved,
    sitting::{Order, Sitting},
    unit::Unit,
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    amendment::{self, Tabled, paragraph},
    amendment_form::note,
    amendment_view, consensus_news,
    console::{agreement, home},
    declaration::{Opened, refused},
    wording::{States, words},
};
use crate::{
    chance,
    web::{
        form::{Draft, Show, act},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        when,
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let preside = Gate::Participants(Action::Preside);
    vec![
        get("/editions/{edition}/declarations/{declaration}/console/{unit}", preside, show),
        post(
            "/editions/{edition}/declarations/{declaration}/console/{unit}/decide",
            preside,
            decide,
        ),
        post("/editions/{edition}/declarations/{declaration}/console/{unit}/order", preside, order),
        post("/editions/{edition}/declarations/{declaration}/console/{unit}/agree", preside, agree),
        post(
            "/editions/{edition}/declarations/{declaration}/console/{unit}/reopen",
            preside,
            reopen,
        ),
        post("/editions/{edition}/declarations/{declaration}/console/{unit}/show", preside, put_up),
    ]
}

/// What the page of a unit needs.
struct Table<'a> {
    opened: &'a Opened,
    tabled: &'a Tabled,
    unit: &'a Unit,
    sitting: &'a Sitting,
}

impl Table<'_> {
    fn address(&self) -> String {
        format!("{}/{}", home(self.opened), self.unit.id)
    }

    /// The amendments before the meeting, in the order that is proposed.
    fn proposed(&self) -> Vec<AmendmentId> {
        proposed(self.tabled.open(), self.opened, self.unit.id)
    }
}

fn proposed<'a>(
    open: impl Iterator<Item = &'a Proposal>,
    opened: &Opened,
    unit: UnitId,
) -> Vec<AmendmentId> {
    let here = open.filter(|p| p.amendment.operation.place() == Some(unit));
    let here: Vec<Amendment> = here.map(|p| p.amendment.clone()).collect();
    furthest_first(&here, opened.text())
}

fn show(req: &Req) -> Outcome {
    with(req, &Draft::default(), "", false)
}

/// The page of the unit that the path names; `form` comes back with what was typed.
fn with(req: &Req, draft: &Draft, form: &str, again: bool) -> Outcome {
    let opened = Opened::presided(req)?;
    let tabled = Tabled::of(req, &opened)?;
    let unit = opened.unit(req)?;
    let sitting = req.read(|c| store::sitting::of(c, opened.dossier.id))?.value;
    let table = Table { opened: &opened, tabled: &tabled, unit, sitting: &sitting };
    let (page, body) = view(req, &table, draft, form)?;
    Ok(if again { page.again(req, &body) } else { page.reply(req, &body) })
}

fn view<'a>(
    req: &'a Req,
    table: &Table<'_>,
    draft: &Draft,
    form: &str,
) -> Result<(Page<'a>, Markup), Fault> {
    let (t, opened, unit) = (req.t, table.opened, table.unit);
    let none = Draft::default();
    let typed = |name: &str| if form == name { draft } else { &none };
    let order = table.sitting.order(unit.id, &table.proposed());
    let states = States::of(t);
    let open = opened.may_change().is_ok();
    let body = html! {
        p { (agreement(req, opened, unit)) }
        @for lang in opened.languages() {
            h3 { bdi lang=(lang.tag()) { (lang.own_name()) } " " (states.chip(unit.state(lang))) }
            (words(lang, unit.text(lang)))
        }
        h2 { (t.get("console-amendments")) }
        @if order.is_empty() { p { (t.get("console-no-amendments")) } }
        @else { (amendment_view::bracketed_unit(req, opened, table.tabled, unit.id)) }
        @if let Some(chosen) = table.sitting.orders.get(&unit.id) {
            p.notice { (t.get("console-order-chosen")) " " bdi { (chosen.reason) } }
        } @else if order.len() > 1 { p.hint { (t.get("console-order-proposed")) } }
        @for (at, proposal) in order.iter().filter_map(|id| table.tabled.find(*id)).enumerate() {
            section.amendment {
                p.soft { (at + 1) "." }
                (amendment::row(req, opened, table.tabled, &proposal.value))
                @if open {
                    @let form = format!("decide-{}", proposal.value.id);
                    (decision_form(req, table, proposal, typed(&form)))
                }
            }
        }
        @if order.len() > 1 && open { (order_form(req, table, &order, typed("order"))) }
        @if open { (agree_forms(req, table, typed("agree"))) }
        div.actions {
            @if req.may(Action::Preside, &opened.object) {
                (act(&format!("{}/show", table.address()), &t.get("console-show"), "", &[]))
            }
            (neighbours(req, opened, unit))
        }
    };
    let name = paragraph(req, opened, &table.tabled.numbers, Some(unit.id));
    let mut page = opened.below(req, name)?;
    page.trail.push((home(opened), t.get("console-title")));
    Ok((page, body))
}

/// The units before and behind.
fn neighbours(req: &Req, opened: &Opened, unit: &Unit) -> Markup {
    let units = &opened.text().units;
    let at = units.iter().position(|u| u.id == unit.id).unwrap_or_default();
    let link = |at: Option<usize>, key: &str| {
        let unit = at.and_then(|at| units.get(at));
        html! {
            @if let Some(unit) = unit {
                a.button href={ (home(opened)) "/" (unit.id) } { (req.t.get(key)) }
            }
        }
    };
    html! { (link(at.checked_sub(1), "console-previous")) (link(Some(at + 1), "console-next")) }
}

fn decision_form(
    req: &Req,
    table: &Table<'_>,
    proposal: &domain::revision::Versioned<Proposal>,
    draft: &Draft,
) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let fits = proposal.value.amendment.fits(table.opened.text());
    let field = format!("reason-{}", proposal.value.id);
    html! {
        (show.summary())
        form method="post" action={ (table.address()) "/decide" } novalidate {
            input type="hidden" name="amendment" value=(proposal.value.id);
            input type="hidden" name="seen" value=(proposal.version);
            div.field {
                label for={ "f-" (field) } { (t.get("console-reason")) }
                (show.notes_among("reason", &[]))
                input id={ "f-" (field) } type="text" name="reason" value=(draft.typed.get("reason"));
            }
            div.actions {
                @if fits {
                    button.main type="submit" name="outcome" value="accepted" { (t.get("console-accept")) }
                }
                button type="submit" name="outcome" value="rejected" { (t.get("console-reject")) }
                button type="submit" name="outcome" value="moot" { (t.get("console-moot")) }
            }
        }
    }
}

fn order_form(req: &Req, table: &Table<'_>, order: &[AmendmentId], draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let place = |id: &AmendmentId, at: usize| {
        let typed = draft.typed.get(&format!("place.{id}"));
        if typed.is_empty() { (at + 1).to_string() } else { typed.to_owned() }
    };
    let fields = html! {
        @for (at, id) in order.iter().enumerate() {
            @if let Some(proposal) = table.tabled.find(*id) {
                div.row {
                    label for={ "f-place-" (id) } {
                        (amendment::title(req, &proposal.value)) " · "
                        (table.tabled.name(req, proposal.value.amendment.by))
                    }
                    input id={ "f-place-" (id) } type="number" min="1" name={ "place." (id) }
                        value=(place(id, at));
                }
            }
        }
        (show.line("reason", "console-order-reason"))
    };
    html! {
        details open[!draft.is_sound()] {
            summary { (t.get("console-reorder")) }
            (show.form(&format!("{}/order", table.address()), "console-order", &fields))
        }
    }
}

fn agree_forms(req: &Req, table: &Table<'_>, draft: &Draft) -> Markup {
    let (t, base) = (req.t, table.address());
    let agreed = table.opened.consensus().agreed.contains_key(&table.unit.id);
    let whole = table.opened.consensus().agrees_on(table.unit);
    let turn = table.unit.turn.to_string();
    let open = matches!(table.opened.consensus().phase, Phase::Open) && table.unit.turn > 0;
    let show = Show::new(req, draft);
    let names = table.tabled.names.keys().map(|id| (id.to_string(), table.tabled.name(req, *id)));
    let names: Vec<(String, String)> = names.collect();
    let fields = html! {
        input type="hidden" name="turn" value=(turn);
        (show.choice("owner", "console-owner", &names))
        (show.line("whom", "console-whom"))
        (show.input("datetime-local", "until", "console-expiry"))
    };
    html! {
        @if open {
            h2 { (t.get("console-agreement")) }
            div.actions {
                @if !whole {
                    (act(&format!("{base}/agree"), &t.get("console-agree"), "main", &[("turn", &turn)]))
                }
                @if agreed { (act(&format!("{base}/reopen"), &t.get("console-reopen"), "", &[])) }
            }
            details open[!draft.is_sound()] {
                summary { (t.get("console-ad-referendum-title")) }
                (show.form(&format!("{base}/agree"), "console-agree-ad-referendum", &fields))
            }
        }
    }
}

fn here(opened: &Opened, unit: UnitId) -> String {
    format!("{}/{unit}", home(opened))
}

fn decide(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Preside)?;
    let unit: UnitId = req.param("unit")?;
    let id: AmendmentId = req.form.get("amendment").parse().map_err(|_| Refusal::new("choose"))?;
    let mut draft = Draft::of(req.form.clone());
    let outcome: Option<AmendmentState> = draft.code("outcome");
    let reason = draft.read("reason", clean::paragraph);
    let by = req.actor.person.ok_or(Fault::Forbidden)?;
    if let (Some(outcome), Some(reason)) = (outcome, reason) {
        let seen = draft.seen();
        let done = req.write(|c| {
            let mut now = store::amendment::need(c, id)?;
            let ours = now.value.declaration == opened.dossier.id && now.version == seen;
            if !ours {
                return Err(Refusal::new("amendment-changed").into());
            }
            let decision = Decision { by, at: req.now, reason: reason.clone() };
            let reading = if outcome == AmendmentState::Accepted {
                let before = req.app.readings.read(c, &opened.dossier)?;
                let text = &before.negotiation.text;
                let all = store::amendment::of_dossier(c, opened.dossier.id)?;
                let all = all.iter().map(|proposal| &proposal.value);
                let amendment = in_place(&now.value.amendment, all, text);
                let changes = amendment.changes(text, by, req.now)?;
                let event = |change| Event { at: req.now, deed: Deed::Text(change) };
                let events: Vec<Event> = changes.into_iter().map(event).collect();
                Some(consensus_news::act(c, req, &opened.dossier, &events)?)
            } else {
                None
            };
            now.value.decide(outcome, decision)?;
            if let Saved::Moved(_) = store::amendment::save(c, &now.value, now.version)? {
                return Err(Refusal::new("amendment-changed").into());
            }
            let event = req.event("amendment", opened.dossier.id, outcome.code(), note(&now.value));
            store::event::append(c, chance::id(), &event)?;
            Ok(reading)
        });
        match refused(done)? {
            Ok(reading) => {
                if let Some(reading) = reading {
                    req.app.readings.keep(opened.dossier.id, &reading);
                }
                return Ok(Reply::See(landing(&opened, unit, outcome)));
            }
            Err(refusal) => draft.refuse("reason", refusal),
        }
    }
    with(req, &draft, &format!("decide-{id}"), true)
}

/// Where the chair goes on: at the unit, unless it went out.
fn landing(opened: &Opened, unit: UnitId, outcome: AmendmentState) -> String {
    let accepted = outcome == AmendmentState::Accepted;
    if accepted { home(opened) } else { here(opened, unit) }
}

fn order(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Preside)?;
    let tabled = Tabled::of(req, &opened)?;
    let unit: UnitId = req.param("unit")?;
    let mut draft = Draft::of(req.form.clone());
    let proposed = proposed(tabled.open(), &opened, unit);
    let mut placed: Vec<(i64, AmendmentId)> = Vec::new();
    for id in &proposed {
        let most = i64::try_from(proposed.len()).unwrap_or(i64::MAX);
        let place = draft.read(&format!("place.{id}"), |raw| clean::number(raw, 1, most));
        placed.extend(place.map(|place| (place, *id)));
    }
    placed.sort_by_key(|(place, _)| *place);
    let reason = draft.read("reason", clean::line);
    if let (Some(reason), Some(by), true) = (reason, req.actor.person, draft.is_sound()) {
        let ids: Vec<AmendmentId> = placed.iter().map(|(_, id)| *id).collect();
        let done = req.write(|c| {
            let mut sitting = store::sitting::of(c, opened.dossier.id)?;
            let order = Order { ids: ids.clone(), reason: reason.clone(), by, at: req.now };
            sitting.value.choose(unit, &proposed, order)?;
            store::sitting::put(c, &sitting)?;
            let detail = json!({ "unit": unit, "reason": reason });
            let event = req.event("amendment", opened.dossier.id, "ordered", detail);
            store::event::append(c, chance::id(), &event)
        });
        match refused(done)? {
            Ok(()) => return Ok(Reply::See(here(&opened, unit))),
            Err(refusal) => draft.refuse("reason", refusal),
        }
    }
    with(req, &draft, "order", true)
}

fn agree(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Preside)?;
    let unit = opened.unit(req)?.id;
    let mut draft = Draft::of(req.form.clone());
    let turn: u32 = req.form.get("turn").parse().map_err(|_| Refusal::new("declaration-moved"))?;
    let asks = !req.form.get("owner").is_empty();
    let ad_referendum = if asks { ad_referendum(req, &mut draft)? } else { None };
    if draft.is_sound() {
        let detail = json!({ "unit": unit, "ad_referendum": asks });
        let step = Step::Agreed { unit, turn, ad_referendum };
        match refused(opened.act(req, ("agreed", &detail), &[Deed::Step(step)]))? {
            Ok(_) => return Ok(Reply::See(here(&opened, unit))),
            Err(refusal) if asks => draft.refuse("until", refusal),
            Err(refusal) => return Err(refusal.into()),
        }
    }
    with(req, &draft, "agree", true)
}

/// Who must ask whom at home, and until when.
fn ad_referendum(
    req: &Req,
    draft: &mut Draft,
) -> Result<Option<(DelegationId, String, jiff::Timestamp)>, Fault> {
    let edition = req.edition()?;
    let owner =
        draft.read("owner", |raw| raw.parse::<DelegationId>().map_err(|_| Refusal::new("choose")));
    let whom = draft.read("whom", clean::required_line);
    let until = draft.read("until", |raw| {
        let civil = when::typed(raw)?;
        edition.time_zone().to_timestamp(civil).map_err(|_| Refusal::new("moment"))
    });
    let known = req.read(|c| amendment::names(c, edition.id))?;
    if owner.is_some_and(|id| !known.contains_key(&id)) {
        draft.refuse("owner", Refusal::new("choose"));
    }
    Ok(owner.zip(whom).zip(until).map(|((owner, whom), until)| (owner, whom, until)))
}

fn reopen(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Preside)?;
    let unit = opened.unit(req)?.id;
    let step = Step::Reopened { unit };
    opened.act(req, ("reopened", &json!({ "unit": unit })), &[Deed::Step(step)])?;
    Ok(Reply::See(here(&opened, unit)))
}

/// Puts the unit on the display of the hall.
fn put_up(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Preside)?;
    let unit = opened.unit(req)?.id;
    req.write(|c| {
        let mut sitting = store::sitting::of(c, opened.dossier.id)?;
        sitting.value.shown = Some(unit);
        store::sitting::put(c, &sitting)
    })?;
    Ok(Reply::See(here(&opened, unit)))
}
