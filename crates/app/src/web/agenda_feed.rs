//! The personal calendar: an address that only its holder knows, for one person and one delegation.
//! It is shown once, only its hash is kept, and it ends with the role of its holder.

use std::sync::Arc;

use domain::{
    DelegationId, Lang, PersonId,
    access::{Action, Actor, Object, Visibility, may},
    account::{Account, Purpose},
    city::Origin,
    edition::Edition,
    release::{Appointment, Release, appointments},
};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use outputs::ics;
use serde_json::json;

use super::{
    agenda, assets,
    form::act,
    layout::Page,
    reply::{Fault, Outcome, Reply},
    request::Req,
    route::{Gate, Route, get, post},
    text,
};
use crate::{chance, i18n::Messages, shelf::Shelf, web::programme_line::Labels};

/// Days after an edition during which its calendars can be read.
const KEPT_DAYS: i64 = 60;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let gate = Gate::Participants(Action::Read);
    vec![
        post("/editions/{edition}/agenda/{delegation}/feed", gate, create),
        post("/editions/{edition}/agenda/{delegation}/feed/end", gate, end),
        get("/feed/{token}", Gate::Token, feed),
    ]
}

/// Whose calendar a token opens: a delegation's, for a person.
pub fn subject(delegation: DelegationId, person: PersonId) -> String {
    format!("{delegation}/{person}")
}

fn read_subject(subject: &str) -> Option<(DelegationId, PersonId)> {
    let (delegation, person) = subject.split_once('/')?;
    Some((delegation.parse().ok()?, person.parse().ok()?))
}

/// The calendar's part of the agenda page.
pub fn section(req: &Req, edition: &Edition, own: DelegationId) -> Result<Markup, Fault> {
    let Some(person) = req.actor.person else { return Ok(html! {}) };
    let subject = subject(own, person);
    let stands = req.read(|c| store::token::stands(c, Purpose::Feed, &subject, req.now))?;
    let base = format!("/editions/{}/agenda/{own}/feed", edition.id);
    let t = req.t;
    Ok(html! {
        section {
            h2 { (t.get("agenda-feed")) }
            p { (t.get(if stands { "agenda-feed-stands" } else { "agenda-feed-why" })) }
            div.row {
                (act(&base, &t.get(if stands { "agenda-feed-renew" } else { "agenda-feed-new" }), "", &[]))
                @if stands { (act(&format!("{base}/end"), &t.get("agenda-feed-end"), "", &[])) }
            }
        }
    })
}

/// Whose calendar the path asks for, when the reader may read it.
fn asked(req: &Req) -> Result<(&Edition, DelegationId, PersonId), Fault> {
    let edition = req.edition()?;
    let own = req.param("delegation")?;
    agenda::require(req, edition, own)?;
    let delegation = req.read(|c| store::delegation::need(c, own))?;
    if delegation.value.edition != edition.id {
        return Err(Fault::Missing);
    }
    Ok((edition, own, req.actor.person.ok_or(Fault::SignIn)?))
}

fn create(req: &Req) -> Outcome {
    let (edition, own, person) = asked(req)?;
    let secret = chance::secret()?;
    let keep = SignedDuration::from_hours(24 * KEPT_DAYS);
    let until = edition.ends().max(req.now).saturating_add(keep).unwrap_or(Timestamp::MAX);
    let subject = subject(own, person);
    req.write(|c| {
        store::token::revoke(c, Purpose::Feed, &subject)?;
        store::token::insert(c, &chance::hash(&secret), Purpose::Feed, &subject, until)?;
        store::event::append(c, chance::id(), &req.event("feed", own, "made", json!({})))
    })?;
    let address = format!("{}/feed/{secret}.ics", req.app.config.public_url);
    let t = req.t;
    let body = html! {
        p { (t.get("agenda-feed-once")) }
        div.field {
            label for="address" { (t.get("agenda-feed-address")) }
            input #address type="text" readonly value=(address) dir="ltr"
                data-copy=(t.get("agenda-feed-copy"));
        }
        p { (t.get("agenda-feed-how")) }
        p { a.button href=(agenda::address(edition, own)) { (t.get("agenda-back")) } }
        script type="module" src=(assets::address("copy.js")) {}
    };
    let title = t.get("agenda-feed");
    Ok(Page { title, edition: Some(edition), ..Page::default() }.reply(req, &body))
}

fn end(req: &Req) -> Outcome {
    let (edition, own, person) = asked(req)?;
    req.write(|c| {
        store::token::revoke(c, Purpose::Feed, &subject(own, person))?;
        store::event::append(c, chance::id(), &req.event("feed", own, "ended", json!({})))
    })?;
    Ok(Reply::See(agenda::address(edition, own)))
}

/// What a calendar is made from.
struct Source {
    account: Account,
    edition: Edition,
    own: DelegationId,
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
    let Some((own, person)) = subject.as_deref().and_then(read_subject) else { return Ok(None) };
    let delegation = store::delegation::need(c, own)?.value;
    let edition = store::edition::need(c, delegation.edition)?.value;
    let account = store::person::need(c, person)?.value;
    let grants = store::person::grants(c, person)?.into_iter().filter(|g| g.counts(now)).collect();
    let actor = Actor { person: Some(person), grants };
    let object = Object { place: edition.place(), visibility: Visibility::Parties(vec![own]) };
    if !may(&actor, Action::Read, &object) {
        return Ok(None);
    }
    let mut heads = store::release::heads(c, edition.id)?;
    heads.reverse();
    let releases: store::Result<Vec<_>> = heads.iter().map(|h| shelf.release(c, h.id)).collect();
    Ok(Some(Source { account, edition, own, releases: releases? }))
}

fn feed(req: &Req) -> Outcome {
    let token = req.params.get("token").map_or("", String::as_str);
    let secret = token.strip_suffix(".ics").unwrap_or(token);
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
    let all = appointments(source.releases.iter().map(AsRef::as_ref), source.own);
    let events = all.iter().map(|a| event(source, &labels, newest, a)).collect();
    blank(source, t, events)
}

fn blank(source: &Source, t: Messages, events: Vec<ics::Event>) -> ics::Calendar {
    let name = text::words(t, &source.edition.title);
    let zone = source.edition.zone.clone();
    ics::Calendar { name, zone, lang: t.lang.tag(), events }
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
    let languages: Vec<&str> = entry.languages.iter().map(|l| l.own_name()).collect();
    let exercise = source.edition.origin == Origin::Demonstration;
    let mark = if exercise { outputs::sheet::EXERCISE.to_owned() } else { String::new() };
    let lines = [about, labels.kind(entry).to_owned(), languages.join(" / "), mark];
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
