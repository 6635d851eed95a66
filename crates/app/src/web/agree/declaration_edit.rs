//! What a text is called and its symbol, mended by the secretariat until the text is adopted.

use domain::{
    access::Action,
    clean,
    dossier::Dossier,
    revision::{Saved, Versioned},
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    declaration::Opened,
    declaration_form::{GATE, symbol},
};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, text_fields},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Route, get, post},
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/declarations/{declaration}/edit", GATE, edit),
        post("/editions/{edition}/declarations/{declaration}/edit", GATE, save),
    ]
}

/// Where it is mended.
pub(super) fn address(opened: &Opened) -> String {
    format!("{}/edit", opened.address())
}

/// Whether this reader may do so now.
pub(super) fn may(req: &Req, opened: &Opened) -> bool {
    GATE.lets(&req.actor, req.place()) && opened.may_change().is_ok()
}

/// The text with its dossier as stored, while it is not adopted.
fn load(req: &Req) -> Result<(Opened, Versioned<Dossier>), Fault> {
    let opened = Opened::to(req, Action::Read)?;
    opened.may_change()?;
    let dossier = req.read(|c| store::dossier::need(c, opened.dossier.id))?;
    Ok((opened, dossier))
}

fn fields_of(dossier: &Dossier) -> Fields {
    let fields = text_fields(Fields::default(), "title", Some(&dossier.title));
    fields.with("symbol", &dossier.symbol)
}

fn form(req: &Req, draft: &Draft) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        (show.text("title", "declaration-title", false))
        (show.line("symbol", "declaration-symbol"))
    };
    show.form(&req.path, "declaration-edit-save", &fields)
}

fn edit(req: &Req) -> Outcome {
    let (opened, now) = load(req)?;
    let draft = Draft::of(fields_of(&now.value)).seeing(now.version);
    Ok(opened.below(req, req.t.get("declaration-edit"))?.reply(req, &form(req, &draft)))
}

fn save(req: &Req) -> Outcome {
    let (opened, Versioned { value: mut dossier, .. }) = load(req)?;
    let mut draft = Draft::of(req.form.clone());
    let title = draft.text("title", clean::line);
    let symbol = draft.read("symbol", symbol);
    if let (Some(title), Some(symbol), true) = (title, symbol, draft.is_sound()) {
        dossier.title = dossier.title.revised(&title);
        dossier.symbol = symbol;
        let saved = req.write(|c| {
            // Nobody renames what was adopted while they typed.
            req.app.readings.read(c, &dossier)?.negotiation.consensus.may_change()?;
            let saved = store::dossier::save(c, &dossier, draft.seen())?;
            if matches!(saved, Saved::Stored(_)) {
                let detail = json!({ "title": dossier.title, "symbol": dossier.symbol });
                let event = req.event("declaration", dossier.id, "renamed", detail);
                store::event::append(c, chance::id(), &event)?;
            }
            Ok(saved)
        })?;
        match saved {
            Saved::Stored(_) => return Ok(Reply::See(opened.address())),
            Saved::Moved(now) => draft = draft.moved(fields_of(&now.value), now.version),
        }
    }
    Ok(opened.below(req, req.t.get("declaration-edit"))?.again(req, &form(req, &draft)))
}
