//! The personal calendar of one person for one delegation: see [`super::feed`]. It ends with the role of its
//! holder.

use std::sync::Arc;

use domain::{
    DelegationId, Lang, PersonId,
    access::{Action, Actor, Object, Visibility, may},
    account::{Account, Purpose},
    agenda::excuse,
    city::Origin,
    edition::Edition,
    presence::Presence,
    programme::Entry,
    release::{Appointment, Release, appointments},
};
use jiff::{SignedDuration, Timestamp, civil::DateTime};
use maud::{Markup, html};
use outputs::ics;

use super::{
    agenda,
    feed::{self, Feed},
    interpretation_words::languages,
    programme_line::Labels,
};
use crate::{
    chance,
    i18n::Messages,
    shelf::Shelf,
    web::{
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
        post("/editions/{edition}/agenda/{delegation}/feed", gate, create),
        post("/editions/{edition}/agenda/{delegation}/feed/end", gate, end),
        get("/feed/{token}", Gate::Token, read),
    ]
}

/// The calendar of a delegation for a person.
fn of<'a>(req: &Req, edition: &'a Edition, own: DelegationId, person: PersonId) -> Feed<'a> {
    Feed {
        edition,
        purpose: Purpose::Feed,
        subject: feed::subject(own, person),
        owner: own.to_string(),
        base: format!("/editions/{}/agenda/{own}/feed", edition.id),
        back: (agenda::address(edition, own), req.t.get("agenda-back")),
        path: "/feed",
    }
}

/// The calendar's part of the agenda page.
pub fn section(req: &Req, edition: &Edition, own: DelegationId) -> Result<Markup, Fault> {
    let Some(person) = req.actor.person else { return Ok(html! {}) };
    of(req, edition, own, person).section(req)
}

/// Whose calendar the path asks for, when the reader may read it.
fn asked(req: &Req) -> Result<Feed<'_>, Fault> {
    let edition = req.edition()?;
    let own = req.param("delegation")?;
    agenda::require(req, edition, own)?;
    let delegation = req.read(|c| store::delegation::need(c, own))?;
    if delegation.value.edition != edition.id {
        return Err(Fault::Missing);
    }
    Ok(of(req, edition, own, req.actor.person.ok_or(Fault::SignIn)?))
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
    own: DelegationId,
    /// When it is there, as it is filed now.
    presence: Presence,
    releases: Vec<Arc<Release>>,
}

/// Loads a calendar's source, if the token counts and its holder may still read it.
fn source(
    c: &mut store::Conn,
    shelf: &Shelf,
    secret: &str,
    now: Timestamp,
) -> store::Result<Option<Source>> {
    let subject = store::token::subject(c, &chance::hash(secret), Purpose::Feed, now)?;
    let Some((own, person)) = subject.as_deref().and_then(feed::parts) else { return Ok(None) };
    let delegation = store::delegation::need(c, own)?.value;
    let edition = store::edition::need(c, delegation.edition)?.value;
    let account = store::person::need(c, person)?.value;
    let grants = store::person::grants(c, person)?.into_iter().filter(|g| g.counts(now)).collect();
    let actor = Actor { person: Some(person), grants };
    let object = Object { place: edition.place(), visibility: Visibility::Parties(vec![own]) };
    if !may(&actor, Action::Read, &object) {
        return Ok(None);
    }
    let releases = feed::releases(c, shelf, edition.id)?;
    let presence = Presence::of(&delegation);
    Ok(Some(Source { account, edition, own, presence, releases }))
}

fn read(req: &Req) -> Outcome {
    let secret = feed::secret(req);
    let source = req.read(|c| source(c, &req.app.shelf, secret, req.now))?.ok_or(Fault::Missing)?;
    let lang = req.query.get("in").parse().unwrap_or(source.account.lang);
    let bytes = ics::text(&calendar(&source, lang)).into_bytes();
    Ok(Reply::Bytes { media: "text/calendar; charset=utf-8", name: None, bytes })
}

fn calendar(source: &Source, lang: Lang) -> ics::Calendar {
    let t = Messages::of(lang);
    let labels = Labels::new(t);
    let Some(newest) = source.releases.last() else {
        return blank(source, t, Vec::new());
    };
    let zone = source.edition.time_zone();
    // The newest release is read with what is filed now, an earlier one with what was known then.
    let attends = |release: &Release, entry: &Entry| {
        let newest = release.number == newest.number;
        let told = release.presence_of(source.own).filter(|_| !newest);
        let known = if newest { Some(&source.presence) } else { told };
        known.is_none_or(|presence| excuse(entry, presence, &zone).is_none())
    };
    let all = appointments(source.releases.iter().map(AsRef::as_ref), source.own, attends);
    let mut events: Vec<ics::Event> =
        all.iter().map(|a| event(source, &labels, newest, a)).collect();
    events.extend(stays(source, t, newest));
    blank(source, t, events)
}

fn blank(source: &Source, t: Messages, events: Vec<ics::Event>) -> ics::Calendar {
    let name = text::words(t, &source.edition.title);
    let zone = source.edition.zone.clone();
    ics::Calendar { name, zone, lang: t.lang.tag(), events }
}

/// The arrival and the departure, each as a quarter of an hour.
fn stays(source: &Source, t: Messages, newest: &Release) -> Vec<ics::Event> {
    let Presence { arrival, departure, .. } = source.presence;
    let zone = source.edition.time_zone();
    let exercise = source.edition.origin == Origin::Demonstration;
    let event = |(name, at, key): (&str, Option<DateTime>, &str)| {
        let at = at?.to_zoned(zone.clone()).ok()?.timestamp();
        let quarter = SignedDuration::from_mins(15);
        // What has to be done by a moment ends with it.
        let (start, end) = if name == "arrival" {
            (at, at.checked_add(quarter).ok()?)
        } else {
            (at.checked_sub(quarter).ok()?, at)
        };
        Some(ics::Event {
            uid: format!("{name}-{}@caravanserai", source.own),
            sequence: newest.number,
            changed: newest.at,
            start,
            end,
            summary: t.get(key),
            place: String::new(),
            description: if exercise { outputs::sheet::EXERCISE.to_owned() } else { String::new() },
            cancelled: false,
        })
    };
    let stays =
        [("arrival", arrival, "sheet-arrival"), ("departure", departure, "sheet-departure")];
    stays.into_iter().filter_map(event).collect()
}

fn event(
    source: &Source,
    labels: &Labels,
    newest: &Release,
    appointment: &Appointment<'_>,
) -> ics::Event {
    let (t, entry) = (labels.t, appointment.entry);
    // A delegation that has left since is named by the release that still had it.
    let known = std::iter::once(newest).chain(source.releases.iter().rev().map(AsRef::as_ref));
    let partner = entry.partner_of(source.own).and_then(|d| {
        known.into_iter().find_map(|r| r.name_of(d)).map(|name| text::words(t, name))
    });
    let title = text::words(t, &entry.title);
    let (summary, about) = match partner {
        Some(name) => (t.with("agenda-bilateral", &[("name", name.into())]), title),
        None => (title, String::new()),
    };
    let exercise = source.edition.origin == Origin::Demonstration;
    let mark = if exercise { outputs::sheet::EXERCISE.to_owned() } else { String::new() };
    let lines = [about, labels.kind(entry).to_owned(), languages(t, &entry.languages), mark];
    let lines: Vec<String> = lines.into_iter().filter(|l| !l.is_empty()).collect();
    ics::Event {
        uid: format!("{}@caravanserai", entry.slot.activity),
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
