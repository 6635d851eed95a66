//! The declared order: its rule, the places that it gives, and places given by hand with a reason.

use domain::{
    DelegationId, Refusal,
    access::Action,
    clean,
    delegation::Delegation,
    edition::Edition,
    revision::{Saved, Versioned},
};
use maud::{Markup, html};
use serde_json::json;

use super::delegation::{home, order_words, ordered, rank_name};
use crate::{
    chance,
    web::{
        form::{Draft, Show, act},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let decide = Gate::Secretariat(Action::Decide);
    vec![
        get("/editions/{edition}/delegations/order", decide, show),
        post("/editions/{edition}/delegations/order", decide, place),
        post("/editions/{edition}/delegations/order/undo", decide, undo),
    ]
}

fn page<'a>(req: &Req, edition: &'a Edition) -> Page<'a> {
    let trail = vec![(home(edition), req.t.get("edition-nav-delegations"))];
    Page { title: req.t.get("delegation-order"), trail, edition: Some(edition), ..Page::default() }
}

fn loaded(req: &Req) -> Result<&Versioned<Edition>, Fault> {
    req.edition.as_ref().ok_or(Fault::Missing)
}

fn show(req: &Req) -> Outcome {
    let edition = loaded(req)?;
    let list = req.read(|c| ordered(c, &edition.value))?;
    let draft = Draft::default();
    Ok(page(req, &edition.value).reply(req, &view(req, edition, &draft, &list)))
}

fn view(req: &Req, edition: &Versioned<Edition>, draft: &Draft, list: &[Delegation]) -> Markup {
    let t = req.t;
    let seen = edition.version.to_string();
    let given =
        |id: DelegationId| edition.value.precedence.overrides.iter().find(|o| o.delegation == id);
    let choices: Vec<(String, String)> =
        list.iter().map(|d| (d.id.to_string(), text::words(t, &d.name))).collect();
    let draft = Draft { typed: draft.typed.clone().with("seen", &*seen), ..draft.clone() };
    let show = Show::new(req, &draft);
    let fields = html! {
        (show.choice("delegation", "delegation-order-whom", &choices))
        (show.input("number", "place", "delegation-order-place"))
        (show.area("reason", "delegation-order-reason"))
    };
    html! {
        p { (order_words(t, &edition.value)) }
        ol {
            @for delegation in list {
                li {
                    (text::text(t, &delegation.name)) " · " (rank_name(t, delegation.rank))
                    @if let Some(given) = given(delegation.id) {
                        " " span.mark { (t.get("delegation-by-hand")) } " " bdi { (given.reason) } " "
                        (act(&format!("{}/order/undo", home(&edition.value)), &t.get("delegation-order-undo"),
                            "link", &[("delegation", &delegation.id.to_string()), ("seen", &seen)]))
                    }
                }
            }
        }
        h2 { (t.get("delegation-order-by-hand")) }
        (show.form(&format!("{}/order", home(&edition.value)), "delegation-order-save", &fields))
    }
}

fn place(req: &Req) -> Outcome {
    let edition = loaded(req)?;
    let list = req.read(|c| ordered(c, &edition.value))?;
    let mut draft = Draft::of(req.form.clone());
    let whom = draft.read("delegation", |raw| known(&list, raw));
    let most = i64::try_from(list.len()).unwrap_or(i64::MAX).max(1);
    let at = draft.read("place", |raw| clean::number(raw, 1, most));
    let reason = draft.read("reason", |raw| {
        clean::required_paragraph(raw).map_err(|refusal| match refusal.code.as_str() {
            "missing" => Refusal::new("reason-missing"),
            _ => refusal,
        })
    });
    let (Some(whom), Some(at), Some(reason)) = (whom, at, reason) else {
        return Ok(page(req, &edition.value).again(req, &view(req, edition, &draft, &list)));
    };
    let mut changed = edition.value.clone();
    let at = usize::try_from(at).unwrap_or(1);
    changed.precedence = changed.precedence.placed(whom, at, reason)?;
    store_order(req, &draft, &changed, whom, "placed")
}

fn known(list: &[Delegation], raw: &str) -> Result<DelegationId, Refusal> {
    let id: Option<DelegationId> = raw.parse().ok();
    let found = id.filter(|id| list.iter().any(|d| d.id == *id));
    found.ok_or_else(|| Refusal::new("choose"))
}

fn undo(req: &Req) -> Outcome {
    let edition = loaded(req)?;
    let draft = Draft::of(req.form.clone());
    let whom: DelegationId = req.form.get("delegation").parse().map_err(|_| Fault::Missing)?;
    let mut changed = edition.value.clone();
    changed.precedence.overrides.retain(|o| o.delegation != whom);
    store_order(req, &draft, &changed, whom, "unplaced")
}

/// Stores the order that was seen; whoever saw an older one is shown what stands, with what was typed.
fn store_order(
    req: &Req,
    draft: &Draft,
    changed: &Edition,
    whom: DelegationId,
    verb: &'static str,
) -> Outcome {
    let saved = req.write(|c| {
        let saved = store::edition::save(c, changed, draft.seen())?;
        if matches!(saved, Saved::Stored(_)) {
            let event = req.event("edition", changed.id, verb, json!({ "delegation": whom }));
            store::event::append(c, chance::id(), &event)?;
        }
        Ok(saved)
    })?;
    let Saved::Moved(now) = saved else {
        return Ok(Reply::See(format!("{}/order", home(changed))));
    };
    let list = req.read(|c| ordered(c, &now.value))?;
    let mut draft = Draft::of(draft.typed.clone());
    draft.typed.0.retain(|(name, _)| name != "seen");
    draft.refuse("delegation", Refusal::new("order-moved"));
    Ok(page(req, &now.value).again(req, &view(req, &now, &draft, &list)))
}
