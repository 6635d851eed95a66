//! Units that went out of a text, and how they come back: with their wordings, where somebody puts them.

use domain::{UnitId, access::Action, change::Change, negotiation::Deed, unit::Unit};
use maud::{Markup, html};
use serde_json::json;

use super::{
    amendment::paragraph,
    declaration::{Opened, refused},
    unit_form::{chosen, places, voids},
};
use crate::web::{
    fields::Fields,
    form::{Draft, Show},
    layout,
    list::{self, Wish},
    reply::{Outcome, Reply},
    request::Req,
    route::{Gate, Route, get, post},
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let draft = Gate::Participants(Action::Draft);
    vec![
        get("/editions/{edition}/declarations/{declaration}/removed", draft, index),
        post("/editions/{edition}/declarations/{declaration}/removed", draft, restore),
    ]
}

/// Where they are listed.
pub(super) fn address(opened: &Opened) -> String {
    format!("{}/removed", opened.address())
}

fn index(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    opened.may_change()?;
    let last = opened.text().units.last().map(|unit| unit.id.to_string());
    let draft = Draft::of(Fields::default().with("after", last.unwrap_or_default()));
    let body = form(req, &opened, &draft);
    Ok(opened.below(req, req.t.get("declaration-removed"))?.reply(req, &body))
}

/// The unit that took this one in by merging.
fn taken_in(opened: &Opened, unit: UnitId) -> Option<UnitId> {
    opened.text().merged.get(&unit).map(|before| before.id)
}

fn form(req: &Req, opened: &Opened, draft: &Draft) -> Markup {
    let (t, show, wish) = (req.t, Show::new(req, draft), Wish::of(&req.query));
    // What went out last is what is most likely meant.
    let removed: Vec<&Unit> = opened.text().removed.iter().rev().collect();
    if removed.is_empty() {
        let back = (opened.address(), t.get("unit-text"));
        return layout::empty(&t.get("declaration-removed-none"), Some(back));
    }
    let (lang, numbers) = (opened.read_in(req.lang()), opened.numbers());
    let one = |unit: &Unit| {
        let id = unit.id.to_string();
        let found = Some(lang).filter(|lang| unit.wording(*lang).is_some());
        let found = found.or_else(|| unit.chains.keys().next().copied()).unwrap_or(lang);
        html! {
            label.box {
                input type="radio" name="unit" value=(id) checked[draft.typed.has("unit", &id)];
                " " (t.get(&format!("unit-kind-{}", unit.kind))) " "
                span.words lang=(found.tag()) dir=(found.dir()) { (unit.text(found)) }
                @if let Some(by) = taken_in(opened, unit.id) {
                    @let by = paragraph(req, opened, &numbers, Some(by));
                    " " span.hint { (t.with("declaration-removed-merged", &[("paragraph", by.into())])) }
                }
            }
        }
    };
    let fields = html! {
        fieldset.field.wrongly[draft.refused.get("unit").is_some()] #f-unit {
            legend { (t.get("declaration-removed-which")) }
            @if let Some(refusal) = draft.refused.get("unit") { p.wrong { (t.refusal(refusal)) } }
            div.boxes { @for unit in wish.cut(&removed) { (one(unit)) } }
        }
        (show.choice("after", "unit-after-which", &places(req, opened, None)))
    };
    html! {
        (voids(req, opened))
        p { (t.get("declaration-removed-how")) }
        (show.form(&address(opened), "declaration-removed-restore", &fields))
        (list::pager(req, &wish, removed.len()))
    }
}

fn restore(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let mut draft = Draft::of(req.form.clone());
    let unit: Option<UnitId> = draft.code("unit");
    let after = draft.read("after", |raw| chosen(&opened, raw));
    if let (Some(unit), Some(after)) = (unit, after) {
        // What was merged comes back where it was.
        let after = taken_in(&opened, unit).or(after);
        let deed = Deed::Text(Change::Restored { unit, after });
        let detail = json!({ "unit": unit });
        match refused(opened.act(req, ("restored", &detail), &[deed]))? {
            Ok(now) => return Ok(Reply::See(opened.in_state(now).place_address(unit))),
            Err(refusal) => draft.refuse("unit", refusal),
        }
    }
    let body = form(req, &opened, &draft);
    Ok(opened.below(req, req.t.get("declaration-removed"))?.again(req, &body))
}
