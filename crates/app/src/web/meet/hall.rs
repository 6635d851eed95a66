//! One hall: how many people and booths, how many tables, when it is closed.

use domain::{
    HallId, VenueId,
    access::Action,
    clean,
    edition::Edition,
    revision::{Saved, Versioned},
    venue::{Closed, Hall, HallKind},
};
use maud::{Markup, html};
use serde_json::json;

use super::venue;
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, text_fields},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        when,
    },
};

/// Most people in one hall.
const MOST_PEOPLE: i64 = 100_000;
/// Most booths, and most tables in a block.
const MOST_UNITS: i64 = 500;
/// Most closed times of one hall.
const MOST_CLOSED: usize = 60;
/// Empty rows for closed times below those that are filled.
const SPARE: usize = 2;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/venues/{venue}/halls/new", plan, blank),
        post("/editions/{edition}/venues/{venue}/halls/new", plan, create),
        get("/editions/{edition}/venues/{venue}/halls/{hall}", plan, edit),
        post("/editions/{edition}/venues/{venue}/halls/{hall}", plan, save),
    ]
}

fn named(req: &Req) -> Result<Versioned<Hall>, Fault> {
    let (id, venue): (HallId, VenueId) = (req.param("hall")?, req.param("venue")?);
    let found = req.read(|c| store::hall::need(c, id))?;
    let here = found.value.edition == req.edition()?.id && found.value.venue == venue;
    if here { Ok(found) } else { Err(Fault::Missing) }
}

fn fields_of(hall: &Hall) -> Fields {
    let fields = text_fields(Fields::default(), "name", Some(&hall.name))
        .with("kind", hall.kind.code())
        .with("capacity", hall.capacity.to_string())
        .with("booths", hall.booths.to_string())
        .with("parallel", hall.parallel.to_string());
    hall.closed.iter().enumerate().fold(fields, |f, (at, c)| {
        f.with(format!("closed.{at}.from"), when::field(c.from))
            .with(format!("closed.{at}.until"), when::field(c.until))
    })
}

/// How many rows of closed times were typed.
fn rows(fields: &Fields) -> usize {
    let typed = |at: &usize| {
        ["from", "until"].iter().any(|end| !fields.get(&format!("closed.{at}.{end}")).is_empty())
    };
    (0..MOST_CLOSED).filter(typed).max().map_or(0, |last| last + 1)
}

fn read(draft: &mut Draft, id: HallId, venue: VenueId, edition: &Edition) -> Option<Hall> {
    let name = draft.text("name", clean::line);
    let kind = draft.code::<HallKind>("kind");
    let capacity = draft.read("capacity", |raw| clean::number(raw, 1, MOST_PEOPLE));
    let booths = draft.read("booths", |raw| clean::number(raw, 0, MOST_UNITS));
    let parallel = draft.read("parallel", |raw| clean::number(raw, 1, MOST_UNITS));
    let mut closed = Vec::new();
    let mut typed_at = Vec::new();
    for at in 0..rows(&draft.typed) {
        let [from, until] = ["from", "until"].map(|end| format!("closed.{at}.{end}"));
        if draft.typed.get(&from).is_empty() && draft.typed.get(&until).is_empty() {
            continue;
        }
        let span = (draft.read(&from, when::typed), draft.read(&until, when::typed));
        if let (Some(from), Some(until)) = span {
            closed.push(Closed { from, until });
            typed_at.push(at);
        }
    }
    let (name, kind, capacity, booths, parallel) = (name?, kind?, capacity?, booths?, parallel?);
    let edition = edition.id;
    let hall = Hall { id, edition, venue, name, kind, capacity, booths, parallel, closed };
    for (field, refusal) in hall.check().err().into_iter().flat_map(|r| r.0) {
        let row = field.split('.').nth(1).and_then(|at| typed_at.get(at.parse::<usize>().ok()?));
        let field = row.map_or(field.clone(), |at| format!("closed.{at}.until"));
        draft.refuse(&field, refusal);
    }
    draft.is_sound().then_some(hall)
}

fn view(req: &Req, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let kinds: Vec<(String, String)> = HallKind::ALL
        .iter()
        .map(|k| (k.code().to_owned(), t.get(&format!("hall-kind-{k}"))))
        .collect();
    let rows = (rows(&draft.typed) + SPARE).min(MOST_CLOSED);
    let fields = html! {
        (show.text("name", "hall-name", false))
        (show.choice("kind", "hall-kind", &kinds))
        (show.input("number", "capacity", "hall-capacity"))
        (show.input("number", "booths", "hall-booths"))
        (show.input("number", "parallel", "hall-parallel"))
        fieldset.field {
            legend { (t.get("hall-closed")) }
            p.hint { (t.get("hall-closed-hint")) }
            @for at in 0..rows {
                div.row {
                    (show.input("datetime-local", &format!("closed.{at}.from"), "hall-closed-from"))
                    (show.input("datetime-local", &format!("closed.{at}.until"), "hall-closed-until"))
                }
            }
        }
    };
    show.form(&req.path, "hall-save", &fields)
}

fn blank(req: &Req) -> Outcome {
    let edition = req.edition()?;
    venue::named(req)?;
    let usual = [("kind", "hall"), ("booths", "0"), ("parallel", "1")];
    let draft = Draft::of(usual.iter().fold(Fields::default(), |f, (n, v)| f.with(*n, *v)));
    Ok(venue::below(req, edition, "hall-new").reply(req, &view(req, &draft)))
}

fn create(req: &Req) -> Outcome {
    let (edition, venue) = (req.edition()?, venue::named(req)?);
    let mut draft = Draft::of(req.form.clone());
    let Some(hall) = read(&mut draft, chance::id(), venue.id, edition) else {
        return Ok(venue::below(req, edition, "hall-new").again(req, &view(req, &draft)));
    };
    req.write(|c| {
        store::hall::insert(c, &hall)?;
        store::event::append(c, chance::id(), &req.event("hall", hall.id, "created", json!({})))
    })?;
    Ok(Reply::See(venue::home(edition)))
}

fn edit(req: &Req) -> Outcome {
    let (edition, found) = (req.edition()?, named(req)?);
    let draft = Draft::of(fields_of(&found.value).with("seen", found.version.to_string()));
    Ok(venue::below(req, edition, "hall-edit").reply(req, &view(req, &draft)))
}

fn save(req: &Req) -> Outcome {
    let (edition, old) = (req.edition()?, named(req)?.value);
    let mut draft = Draft::of(req.form.clone());
    let Some(mut hall) = read(&mut draft, old.id, old.venue, edition) else {
        return Ok(venue::below(req, edition, "hall-edit").again(req, &view(req, &draft)));
    };
    hall.name = old.name.revised(&hall.name);
    let seen = draft.seen();
    let saved = req.write(|c| {
        let saved = store::hall::save(c, &hall, seen)?;
        if matches!(saved, Saved::Stored(_)) {
            let event = req.event("hall", hall.id, "changed", json!({}));
            store::event::append(c, chance::id(), &event)?;
        }
        Ok(saved)
    })?;
    match saved {
        Saved::Stored(_) => Ok(Reply::See(venue::home(edition))),
        Saved::Moved(now) => {
            let draft = draft.moved(fields_of(&now.value), now.version);
            Ok(venue::below(req, edition, "hall-edit").again(req, &view(req, &draft)))
        }
    }
}
