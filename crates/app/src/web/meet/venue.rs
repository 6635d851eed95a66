//! Sites with their halls, and the roads between them.

use domain::{VenueId, access::Action, clean, edition::Edition, revision::Saved, venue};
use maud::{Markup, html};
use outputs::sheet::{Cell, Column, Sheet};
use serde_json::json;

use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, text_fields},
        layout::{self, Page},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        sheet, text,
    },
};
use domain::venue::{Hall, Venue};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let read = Gate::Office(Action::Read);
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/venues", read, list),
        get("/editions/{edition}/venues/export/{format}", read, export),
        get("/editions/{edition}/venues/new", plan, blank),
        post("/editions/{edition}/venues/new", plan, create),
        get("/editions/{edition}/venues/{venue}", plan, edit),
        post("/editions/{edition}/venues/{venue}", plan, save),
    ]
}

/// Where the list stands.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/venues", edition.id)
}

/// A page about sites or halls, one step below the list.
pub fn below<'a>(req: &Req, edition: &'a Edition, title: &str) -> Page<'a> {
    Page {
        title: req.t.get(title),
        trail: vec![(home(edition), req.t.get("edition-nav-venues"))],
        edition: Some(edition),
        ..Page::default()
    }
}

/// The site that the path names, of the edition that the path names.
pub fn named(req: &Req) -> Result<Venue, Fault> {
    let id: VenueId = req.param("venue")?;
    let found = req.read(|c| store::venue::need(c, id))?;
    if found.value.edition == req.edition()?.id { Ok(found.value) } else { Err(Fault::Missing) }
}

fn list(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let id = edition.id;
    let (venues, halls) =
        req.read(|c| Ok((store::venue::of_edition(c, id)?, store::hall::of_edition(c, id)?)))?;
    let venues: Vec<Venue> = venues.into_iter().map(|v| v.value).collect();
    let halls: Vec<Hall> = halls.into_iter().map(|h| h.value).collect();
    let base = home(edition);
    let new = (format!("{base}/new"), t.get("venue-new"));
    let body = html! {
        @if venues.is_empty() {
            (layout::empty(&t.get("venue-none"), Some(new.clone())))
        } @else {
            @for venue in &venues { (one(req, &base, venue, &venues, &halls)) }
            (sheet::links(req, &base))
        }
    };
    let main = (!venues.is_empty()).then_some(new);
    Ok(Page { title: t.get("edition-nav-venues"), main, edition: Some(edition), ..Page::default() }
        .reply(req, &body))
}

fn one(req: &Req, base: &str, venue: &Venue, venues: &[Venue], halls: &[Hall]) -> Markup {
    let t = req.t;
    let here: Vec<&Hall> = halls.iter().filter(|h| h.venue == venue.id).collect();
    let address = format!("{base}/{}", venue.id);
    html! {
        section {
            h2 { (text::text(t, &venue.name)) }
            (roads(req, venue, venues))
            @if here.is_empty() { p { (t.get("hall-none")) } } @else { (table(req, base, &here)) }
            div.actions {
                a.button href={ (address) "/halls/new" } { (t.get("hall-new")) }
                a.button href=(address) { (t.get("venue-edit")) }
            }
        }
    }
}

fn roads(req: &Req, venue: &Venue, venues: &[Venue]) -> Markup {
    let name = |id: &VenueId| venues.iter().find(|v| v.id == *id).map(|v| &v.name);
    let roads: Vec<_> = venue.travel.iter().filter_map(|(id, m)| Some((name(id)?, *m))).collect();
    html! {
        @if !roads.is_empty() {
            p {
                (req.t.get("venue-roads")) " "
                @for (at, (name, minutes)) in roads.iter().enumerate() {
                    @if at > 0 { " · " }
                    (text::text(req.t, name)) " "
                    (req.t.with("venue-minutes", &[("n", (*minutes).into())]))
                }
            }
        }
    }
}

fn table(req: &Req, base: &str, halls: &[&Hall]) -> Markup {
    let t = req.t;
    let labels =
        ["hall-name", "hall-kind", "hall-capacity", "hall-booths", "hall-parallel", "hall-closed"]
            .map(|key| t.get(key));
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for hall in halls {
                        tr {
                            th scope="row" {
                                a href={ (base) "/" (hall.venue) "/halls/" (hall.id) } {
                                    (text::text(t, &hall.name))
                                }
                            }
                            td data-label=(labels[1]) { (t.get(&format!("hall-kind-{}", hall.kind))) }
                            td data-label=(labels[2]) { (hall.capacity) }
                            td data-label=(labels[3]) { (hall.booths) }
                            td data-label=(labels[4]) { (hall.parallel) }
                            td data-label=(labels[5]) { (closed(req, hall)) }
                        }
                    }
                }
            }
        }
    }
}

fn closed(req: &Req, hall: &Hall) -> Markup {
    html! {
        @if hall.closed.is_empty() { "—" }
        @for (at, time) in hall.closed.iter().enumerate() {
            @if at > 0 { br; }
            (crate::web::when::span(req.lang(), time.from, time.until))
        }
    }
}

fn export(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let id = edition.id;
    let (venues, halls) =
        req.read(|c| Ok((store::venue::of_edition(c, id)?, store::hall::of_edition(c, id)?)))?;
    let keys = [
        ("venue", "venue-name"),
        ("hall", "hall-name"),
        ("kind", "hall-kind"),
        ("capacity", "hall-capacity"),
        ("booths", "hall-booths"),
        ("parallel", "hall-parallel"),
        ("closed", "hall-closed"),
    ];
    let row = |hall: &Hall| -> Vec<Cell> {
        let venue = venues.iter().find(|v| v.value.id == hall.venue);
        let span = |c: &venue::Closed| format!("{}/{}", c.from, c.until);
        vec![
            venue.map(|v| text::words(t, &v.value.name)).into(),
            text::words(t, &hall.name).into(),
            hall.kind.code().into(),
            hall.capacity.into(),
            hall.booths.into(),
            hall.parallel.into(),
            hall.closed.iter().map(span).collect::<Vec<_>>().join(" ").into(),
        ]
    };
    let file = Sheet {
        title: t.get("edition-nav-venues"),
        lang: req.lang(),
        columns: keys.map(|(key, label)| Column { key, label: t.get(label) }).to_vec(),
        rows: halls.iter().map(|h| row(&h.value)).collect(),
        exercise: edition.origin == domain::city::Origin::Demonstration,
    };
    sheet::reply(req, "halls", &file)
}

/// The form as it stands for a site.
fn fields_of(venue: &Venue) -> Fields {
    let fields = text_fields(Fields::default(), "name", Some(&venue.name));
    venue.travel.iter().fold(fields, |f, (id, m)| f.with(format!("travel.{id}"), m.to_string()))
}

/// The site that was typed; notes what was wrong in the draft.
fn read(draft: &mut Draft, id: VenueId, edition: &Edition, others: &[Venue]) -> Option<Venue> {
    let name = draft.text("name", clean::line);
    let mut travel = std::collections::BTreeMap::new();
    for other in others {
        let field = format!("travel.{}", other.id);
        if !draft.typed.get(&field).trim().is_empty() {
            let minutes = draft.read(&field, |raw| clean::number(raw, 0, venue::MOST_TRAVEL));
            travel.extend(minutes.map(|m| (other.id, m)));
        }
    }
    draft.is_sound().then_some(())?;
    Some(Venue { id, edition: edition.id, name: name?, travel })
}

fn view(req: &Req, draft: &Draft, others: &[Venue]) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        (show.text("name", "venue-name", false))
        @if !others.is_empty() {
            fieldset.field {
                legend { (req.t.get("venue-travel")) }
                p.hint { (req.t.get("venue-travel-hint")) }
                @for other in others {
                    @let name = text::words(req.t, &other.name);
                    (show.labelled("number", &format!("travel.{}", other.id), &name, None))
                }
            }
        }
    };
    show.form(&req.path, "venue-save", &fields)
}

fn others(req: &Req, but: Option<VenueId>) -> Result<Vec<Venue>, Fault> {
    let edition = req.edition()?.id;
    let venues = req.read(|c| store::venue::of_edition(c, edition))?;
    Ok(venues.into_iter().map(|v| v.value).filter(|v| Some(v.id) != but).collect())
}

fn blank(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let draft = Draft::default();
    let body = view(req, &draft, &others(req, None)?);
    Ok(below(req, edition, "venue-new").reply(req, &body))
}

fn create(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let others = others(req, None)?;
    let mut draft = Draft::of(req.form.clone());
    let Some(venue) = read(&mut draft, chance::id(), edition, &others) else {
        return Ok(below(req, edition, "venue-new").again(req, &view(req, &draft, &others)));
    };
    req.write(|c| {
        store::venue::insert(c, &venue)?;
        let event = req.event("venue", venue.id, "created", json!({}));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(home(edition)))
}

fn edit(req: &Req) -> Outcome {
    let (edition, venue) = (req.edition()?, named(req)?);
    let found = req.read(|c| store::venue::need(c, venue.id))?;
    let draft = Draft::of(fields_of(&found.value).with("seen", found.version.to_string()));
    let body = view(req, &draft, &others(req, Some(venue.id))?);
    Ok(below(req, edition, "venue-edit").reply(req, &body))
}

fn save(req: &Req) -> Outcome {
    let (edition, old) = (req.edition()?, named(req)?);
    let others = others(req, Some(old.id))?;
    let mut draft = Draft::of(req.form.clone());
    let Some(mut venue) = read(&mut draft, old.id, edition, &others) else {
        return Ok(below(req, edition, "venue-edit").again(req, &view(req, &draft, &others)));
    };
    venue.name = old.name.revised(&venue.name);
    let seen = draft.seen();
    let saved = req.write(|c| {
        let saved = store::venue::save(c, &venue, seen)?;
        if matches!(saved, Saved::Stored(_)) {
            let event = req.event("venue", venue.id, "changed", json!({}));
            store::event::append(c, chance::id(), &event)?;
        }
        Ok(saved)
    })?;
    match saved {
        Saved::Stored(_) => Ok(Reply::See(home(edition))),
        Saved::Moved(now) => {
            let draft = draft.moved(fields_of(&now.value), now.version);
            Ok(below(req, edition, "venue-edit").again(req, &view(req, &draft, &others)))
        }
    }
}
