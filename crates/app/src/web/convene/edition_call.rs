//! The call for topics: what is asked, from when and until when.

use domain::{
    access::Action,
    clean,
    edition::{Call, Edition},
    revision::Saved,
};
use maud::{Markup, html};
use serde_json::json;

use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, text_fields},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

const GATE: Gate = Gate::Secretariat(Action::Decide);

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![get("/editions/{edition}/call", GATE, edit), post("/editions/{edition}/call", GATE, save)]
}

fn page<'a>(req: &Req, edition: &'a Edition) -> Page<'a> {
    let home = (format!("/editions/{}", edition.id), text::words(req.t, &edition.title));
    Page {
        title: req.t.get("edition-call"),
        trail: vec![("/editions".to_owned(), req.t.get("nav-editions")), home],
        edition: Some(edition),
        ..Page::default()
    }
}

fn fields_of(edition: &Edition) -> Fields {
    let call = edition.call.as_ref();
    let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
    text_fields(Fields::default(), "brief", call.map(|c| &c.brief))
        .with("opens", day(call.map(|c| c.opens)))
        .with("closes", day(call.map(|c| c.closes)))
}

fn edit(req: &Req) -> Outcome {
    let now = req.edition.as_ref().ok_or(Fault::Missing)?;
    let draft = Draft::of(fields_of(&now.value)).seeing(now.version);
    Ok(page(req, &now.value).reply(req, &form(req, &draft)))
}

fn read(draft: &mut Draft) -> Option<Call> {
    let brief = draft.text("brief", clean::paragraph);
    let opens = draft.read("opens", clean::day);
    let closes = draft.read("closes", clean::day);
    let call = Call { brief: brief?, opens: opens?, closes: closes? };
    match call.check() {
        Ok(()) => Some(call),
        Err(refusal) => {
            draft.refuse("closes", refusal);
            None
        }
    }
}

fn save(req: &Req) -> Outcome {
    let mut edition = req.edition()?.clone();
    let mut draft = Draft::of(req.form.clone());
    if let Some(mut call) = read(&mut draft) {
        if let Some(old) = &edition.call {
            call.brief = old.brief.revised(&call.brief);
        }
        let days = json!({ "opens": call.opens, "closes": call.closes });
        edition.call = Some(call);
        let saved = req.write(|c| {
            let saved = store::edition::save(c, &edition, draft.seen())?;
            if matches!(saved, Saved::Stored(_)) {
                let event = req.event("edition", edition.id, "called", days.clone());
                store::event::append(c, chance::id(), &event)?;
            }
            Ok(saved)
        })?;
        match saved {
            Saved::Stored(_) => return Ok(Reply::See(format!("/editions/{}", edition.id))),
            Saved::Moved(now) => draft = draft.moved(fields_of(&now.value), now.version),
        }
    }
    Ok(page(req, req.edition()?).again(req, &form(req, &draft)))
}

fn form(req: &Req, draft: &Draft) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        (show.text("brief", "edition-brief", true))
        div.row {
            (show.input("date", "opens", "edition-opens"))
            (show.input("date", "closes", "edition-closes"))
        }
    };
    show.form(&req.path, "edition-save", &fields)
}
