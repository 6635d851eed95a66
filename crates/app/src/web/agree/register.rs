//! The register of formal acts, for those who want to check it: how it stands, who vouches for it, and
//! the acts that the reader may see.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    EditionId, Lang,
    access::{Action, Object, Place},
    city::Origin,
    declaration::Authority,
    edition::Edition,
};
use fluent_bundle::FluentValue;
use maud::{Markup, html};
use store::{Conn, leaf::Leaf, log::Log};

use super::register_act;
use crate::{
    i18n::Messages,
    register::{
        self, Standing, cosign,
        handout::{self, State},
        sequencer, words,
    },
    web::{
        layout::{self, Page},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// Most acts that the page lists.
const LISTED: i64 = 200;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/register", Gate::Public, index),
        post("/register/cosignatures", Gate::Public, cosignatures),
    ]
}

/// An act as the access table sees it.
pub fn object(leaf: &Leaf, edition: Option<&Edition>) -> Object {
    let place = edition.map_or(Place::Platform, Edition::place);
    Object { place, visibility: leaf.readers.clone() }
}

/// The line of an ordinary page: unchanged since when, with a way to the act for those who check. `texts`
/// are what the page shows. Nothing where no adoption was recorded.
pub fn unchanged(
    req: &Req,
    c: &mut Conn,
    object: impl std::fmt::Display,
    texts: &BTreeMap<Lang, (Authority, String)>,
) -> store::Result<Markup> {
    let standing = register::standing(c, object, texts)?;
    Ok(standing.map_or_else(Markup::default, |standing| line(req, &standing)))
}

fn line(req: &Req, standing: &Standing) -> Markup {
    let zone = req.edition.as_ref().map(|e| e.value.time_zone());
    let date = register_act::date(req.lang(), zone, standing.at);
    let values = [("date", FluentValue::from(date))];
    let (key, class) = match standing {
        Standing { unchanged: false, .. } => ("register-changed", "notice error"),
        Standing { numbered: false, .. } => ("register-pending", "sealed"),
        _ => ("register-unchanged-adopted", "sealed"),
    };
    html! {
        p class=(class) {
            (req.t.with(key, &values)) " "
            a href={ "/register/acts/" (standing.leaf) } { (req.t.get("register-act")) }
            @if standing.numbered {
                " · "
                a href={ "/register/acts/" (standing.leaf) "/bundle" } {
                    (req.t.get("register-proof-bundle"))
                }
            }
        }
    }
}

/// What the page shows.
struct View {
    log: Log,
    newest: Option<State>,
    waiting: i64,
    why: Option<String>,
    acts: Vec<Leaf>,
    exercise: bool,
}

fn view(req: &Req) -> Result<View, Fault> {
    req.read(|c| {
        let log = store::log::get(c)?;
        let newest = handout::newest(c, &log)?;
        let waiting = store::leaf::waiting(c)?;
        let why = why(req, c, &log)?;
        let mut editions: BTreeMap<EditionId, Edition> = BTreeMap::new();
        for edition in store::edition::all(c)? {
            editions.insert(edition.value.id, edition.value);
        }
        let mut acts = store::leaf::newest(c, LISTED)?;
        let of = |leaf: &Leaf| leaf.edition.and_then(|id| editions.get(&id));
        acts.retain(|leaf| req.may(Action::Read, &object(leaf, of(leaf))));
        let exercise = acts.iter().filter_map(of).any(|e| e.origin == Origin::Demonstration);
        Ok(View { log, newest, waiting, why, acts, exercise })
    })
}

/// Why nothing is signed, if so.
fn why(req: &Req, c: &mut Conn, log: &Log) -> store::Result<Option<String>> {
    let Some(holder) = &req.app.signer else {
        return Ok(Some(req.t.get("register-why-no-key")));
    };
    let may = sequencer::may_sign(c, log, holder.signer(), holder.seen().as_ref())?;
    Ok(may.err().map(|why| words::why(req.t, &why)))
}

fn index(req: &Req) -> Outcome {
    let (t, view) = (req.t, view(req)?);
    let body = html! {
        @if let Some(why) = &view.why { p.notice.warn { (text::with_commands(why)) } }
        @match &view.newest {
            Some(state) => (stands(t, &view, state))
            None => (layout::empty(&t.get("register-none"), None))
        }
        @if let Some(state) = &view.newest {
            (witnesses(t, &view.log, state))
            (check(req))
            (files(t, &view.log))
        }
        section {
            h2 { (t.get("register-acts")) }
            @if view.acts.is_empty() { p { (t.get("register-acts-none")) } }
            @else { (acts(t, &view.acts)) }
        }
    };
    let lead = Some(html! { (t.get("register-lead")) });
    let (title, demonstration) = (t.get("register-title"), view.exercise);
    Ok(Page { title, lead, demonstration, ..Page::default() }.reply(req, &body))
}

fn stands(t: Messages, view: &View, state: &State) -> Markup {
    html! {
        section {
            h2 { (t.get("register-stands")) }
            dl.facts {
                dt { (t.get("register-size")) } dd { (state.checkpoint.size) }
                @if view.waiting > 0 { dt { (t.get("register-waiting")) } dd { (view.waiting) } }
                dt { (t.get("register-newest")) } dd { (words::moment(t.lang, state.at)) }
                dt { (t.get("register-root")) } dd { code dir="ltr" { (state.checkpoint.root) } }
                @if let Some(key) = handout::key(&view.log) {
                    dt { (t.get("register-key")) } dd { code dir="ltr" { (key) } }
                }
            }
        }
    }
}

fn witnesses(t: Messages, log: &Log, state: &State) -> Markup {
    let trust = handout::trust(log).ok().flatten();
    let known: Vec<&str> = trust
        .iter()
        .flat_map(|trust| trust.policy().witnesses())
        .map(|(name, _)| name.as_str())
        .collect();
    let vouched: BTreeMap<&str, u64> =
        state.witnesses.iter().map(|(name, time)| (name.as_str(), *time)).collect();
    let enough = if state.enough { "register-witnesses-enough" } else { "register-witnesses-few" };
    html! {
        section {
            h2 { (t.get("register-witnesses")) }
            @if known.is_empty() { p { (text::with_commands(&t.get("register-witnesses-none"))) } }
            @else {
                p { (t.get(enough)) }
                table.stack {
                    thead { tr {
                        th scope="col" { (t.get("register-witness-name")) }
                        th scope="col" { (t.get("register-witness-time")) }
                    } }
                    tbody {
                        @for name in known {
                            tr {
                                td data-label=(t.get("register-witness-name")) { bdi { (name) } }
                                td data-label=(t.get("register-witness-time")) {
                                    @match vouched.get(name) {
                                        Some(time) => (words::second(t.lang, *time))
                                        None => (t.get("register-witness-never"))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The three commands of whoever checks.
fn check(req: &Req) -> Markup {
    let (t, url) = (req.t, &req.app.config.public_url);
    let commands = [
        ("register-check-file", format!("caravanserai verify --lang {} act.zip", t.lang)),
        ("register-check-all", format!("caravanserai mirror {url}/register copy")),
        ("register-check-watch", format!("caravanserai witness look {url}/register watch")),
    ];
    html! {
        section {
            h2 { (t.get("register-check")) }
            @for (key, command) in commands {
                p { (t.get(key)) br; code dir="ltr" { (command) } }
            }
            p {
                (t.get("register-check-own")) " "
                a href="https://c2sp.org" rel="external" { "c2sp.org" }
            }
        }
    }
}

fn files(t: Messages, log: &Log) -> Markup {
    html! {
        section {
            h2 { (t.get("register-files")) }
            ul {
                li { a href="/register/checkpoint" { (t.get("register-file-checkpoint")) } }
                li { a href="/register/policy" { (t.get("register-file-policy")) } }
                @for n in 1..=log.rotations.len() {
                    li {
                        a href={ "/register/rotations/" (n) } {
                            (t.with("register-file-rotation", &[("n", n.into())]))
                        }
                    }
                }
            }
        }
    }
}

fn acts(t: Messages, acts: &[Leaf]) -> Markup {
    html! {
        ul {
            @for leaf in acts {
                li {
                    @if let Some(number) = leaf.number { (number.saturating_add(1)) " · " }
                    a href={ "/register/acts/" (leaf.id) } { (title(t, leaf)) }
                    " · " (words::moment(t.lang, leaf.at))
                    @if leaf.number.is_none() { " · " (t.get("register-waiting")) }
                }
            }
        }
    }
}

/// What an act is called.
pub fn title(t: Messages, leaf: &Leaf) -> String {
    match &leaf.act {
        Some(act) => t.get(&format!("register-kind-{}", act.kind)),
        None => t.get("register-act"),
    }
}

/// A witness sends a state that it vouches for; programs and people are answered alike, by one line.
fn cosignatures(req: &Req) -> Outcome {
    let note = req.form.get("note");
    let received = req.write(|c| cosign::receive(c, note.as_bytes(), req.now))?;
    let (status, words) = match received {
        Ok(received) => {
            let names: BTreeSet<&str> = received.names.iter().map(String::as_str).collect();
            let names = names.into_iter().collect::<Vec<_>>().join(", ");
            let values = [("names", names.into()), ("n", received.size.to_string().into())];
            (axum::http::StatusCode::OK, req.t.with("register-cosigned", &values))
        }
        Err(refusal) => (axum::http::StatusCode::UNPROCESSABLE_ENTITY, req.t.refusal(&refusal)),
    };
    let bytes = format!("{words}\n").into_bytes();
    let reply = Reply::Bytes { media: "text/plain; charset=utf-8", name: None, bytes };
    let mut response = reply.into_response();
    *response.status_mut() = status;
    Ok(Reply::Raw(Box::new(response)))
}
