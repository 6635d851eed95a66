//! An interpreter's personal calendar: see [`super::feed`]. It ends with the part of its holder, or when the
//! roster no longer has the address of the account.

use std::sync::Arc;

use domain::{
    InterpreterId, PersonId,
    access::{Action, Actor},
    account::{Account, Purpose},
    city::Origin,
    edition::Edition,
    interpreter::Interpreter,
    programme::Company,
    release::{Appointment, Release, assignments},
};
use jiff::Timestamp;
use maud::{Markup, html};
use outputs::ics;

use super::{
    assignment::{self, Crew, home},
    feed::{self, Feed},
    interpretation_words as words,
    programme_line::Labels,
};
use crate::{
    chance,
    i18n::Messages,
    shelf::Shelf,
    web::{
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let gate = Gate::Participants(Action::Read);
    vec![
        post("/editions/{edition}/assignments/feed", gate, create),
        post("/editions/{edition}/assignments/feed/end", gate, end),
        get("/feed/assignments/{token}", Gate::Token, read),
    ]
}

/// The calendar of somebody of the roster, for the account that it is found by.
fn of<'a>(req: &Req, edition: &'a Edition, one: InterpreterId, person: PersonId) -> Feed<'a> {
    Feed {
        edition,
        purpose: Purpose::Assignments,
        subject: feed::subject(one, person),
        owner: one.to_string(),
        base: format!("{}/feed", home(edition)),
        back: (home(edition), req.t.get("assignment-back")),
        path: "/feed/assignments",
    }
}

/// The calendar's part of the page.
pub fn section(req: &Req, edition: &Edition, one: &Interpreter) -> Result<Markup, Fault> {
    let Some(person) = req.actor.person else { return Ok(html! {}) };
    of(req, edition, one.id, person).section(req)
}

/// The reader's calendar.
fn asked(req: &Req) -> Result<Feed<'_>, Fault> {
    let edition = req.edition()?;
    let (_, one) = assignment::own(req, edition)?;
    let one = one.ok_or(Fault::Missing)?;
    Ok(of(req, edition, one.id, req.actor.person.ok_or(Fault::SignIn)?))
}

fn create(req: &Req) -> Outcome {
    asked(req)?.create(req)
}

fn end(req: &Req) -> Outcome {
    asked(req)?.end(req)
}

/// What a calendar is made from.
struct Source {
    account: Account,
    edition: Edition,
    crew: Crew,
    one: Interpreter,
    releases: Vec<Arc<Release>>,
}

/// Loads a calendar's source, if the token counts and its holder still has the part.
fn source(
    c: &mut store::Conn,
    shelf: &Shelf,
    secret: &str,
    now: Timestamp,
) -> store::Result<Option<Source>> {
    let hash = chance::hash(secret);
    let subject = store::token::subject(c, &hash, Purpose::Assignments, now)?;
    let Some((one, person)) = subject.as_deref().and_then(feed::parts) else { return Ok(None) };
    let Some(found) = store::interpreter::get(c, one)? else { return Ok(None) };
    let edition = store::edition::need(c, found.value.edition)?.value;
    let account = store::person::need(c, person)?.value;
    let grants = store::person::grants(c, person)?.into_iter().filter(|g| g.counts(now)).collect();
    let actor = Actor { person: Some(person), grants };
    if !actor.interprets(&edition) || found.value.email != account.email {
        return Ok(None);
    }
    let crew = Crew::load(c, &edition)?;
    let releases = feed::releases(c, shelf, edition.id)?;
    Ok(Some(Source { account, edition, crew, one: found.value, releases }))
}

fn read(req: &Req) -> Outcome {
    let secret = feed::secret(req);
    let source = req.read(|c| source(c, &req.app.shelf, secret, req.now))?.ok_or(Fault::Missing)?;
    let lang = req.query.get("in").parse().unwrap_or(source.account.lang);
    let bytes = ics::text(&calendar(&source, Messages::of(lang))).into_bytes();
    Ok(Reply::Bytes { media: "text/calendar; charset=utf-8", name: None, bytes })
}

fn calendar(source: &Source, t: Messages) -> ics::Calendar {
    let labels = Labels::new(t);
    let all = assignments(source.releases.iter().map(AsRef::as_ref), source.one.id);
    ics::Calendar {
        name: text::words(t, &source.edition.title),
        zone: source.edition.zone.clone(),
        lang: t.lang.tag(),
        events: all.iter().map(|a| event(source, &labels, a)).collect(),
    }
}

fn event(source: &Source, labels: &Labels, appointment: &Appointment<'_>) -> ics::Event {
    let (t, entry) = (labels.t, appointment.entry);
    let zone = source.edition.time_zone();
    let title = text::words(t, &entry.title);
    let (summary, about) = match &*entry.company {
        Company::Session(..) => (title, String::new()),
        Company::Bilateral(sides) => {
            let mut known = source.releases.iter().rev();
            let name = |side| known.find_map(|r| r.name_of(side)).map(|name| text::words(t, name));
            let names: Vec<String> = sides.iter().copied().filter_map(name).collect();
            let names = names.join(" – ");
            (t.with("agenda-bilateral", &[("name", names.into())]), title)
        }
    };
    let team = entry.team.as_ref();
    let pair = team.and_then(|team| team.pair_of(source.one.id)).map(|pair| words::pair(t, pair));
    let mode = team.map_or(String::new(), |team| words::mode(t, team.mode));
    let partners = source.crew.partners(t, entry, &source.one);
    let turns = source.crew.turns(&zone, entry, &source.one);
    let with = if partners.is_empty() { String::new() } else { assignment::with(t, &partners) };
    let turns = turns.join(Marks::of(t.lang).item);
    let turns = if turns.is_empty() {
        turns
    } else {
        t.with("assignment-turns", &[("turns", turns.into())])
    };
    let exercise = source.edition.origin == Origin::Demonstration;
    let lines = [
        about,
        labels.kind(entry).to_owned(),
        mode,
        pair.unwrap_or_default(),
        with,
        turns,
        if exercise { outputs::sheet::EXERCISE.to_owned() } else { String::new() },
    ];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    ics::Event {
        uid: format!("{}-{}@caravanserai", entry.slot.activity, source.one.id),
        sequence: appointment.sequence,
        changed: appointment.at,
        start: entry.slot.start,
        end: entry.slot.end(),
        summary,
        place: format!("{}, {}", text::words(t, &entry.hall), text::words(t, &entry.venue)),
        description: lines.join("\n"),
        cancelled: appointment.cancelled,
    }
}
