//! The page of one instrument: how far it has come and what is next, its parties, its words, its
//! signing. Once it is public, others read what it is and what it says; the rest stays with its parties.

use domain::{
    access::Action,
    instrument::{Instrument, Party, Stage, Standing, Words},
    person::PersonName,
    safety::{Confusable, Likeness},
};
use maud::{Markup, html};

use super::{
    instrument::{Opened, chip, day, decides, home, kind_name, names, records, tongues},
    instrument_officer, instrument_original, instrument_paper, instrument_party, instrument_stage,
};
use crate::web::{
    form::act,
    marks::Marks,
    reply::{Fault, Outcome},
    request::Req,
    route::{Gate, Route, get},
    text, when,
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![get("/editions/{edition}/instruments/{instrument}", Gate::Public, show)]
}

fn show(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let (t, inner) = (req.t, opened.is_inner(req));
    let body = if inner {
        let papers = req.read(|c| store::paper::of_instrument(c, opened.value().id))?;
        html! {
            (steps(req, &opened))
            (instrument_stage::next(req, &opened)?)
            (facts(req, &opened))
            (warnings(req, &opened))
            (instrument_party::table(req, &opened))
            (words(req, &opened)?)
            (ceremony(req, &opened))
            (instrument_paper::section(req, &opened, &papers))
            @if opened.value().is_public() { p.notice.ok { (t.get("instrument-is-public")) } }
            @else { p.hint { (t.get("instrument-confidential")) } }
        }
    } else {
        html! { (facts(req, &opened)) (words(req, &opened)?) }
    };
    let mut page = opened.below(req, text::words(t, &opened.value().title));
    page.trail.truncate(1);
    page.lead = Some(html! {
        (kind_name(req, opened.value().kind)) " · " (chip(req, opened.standing(req)))
    });
    Ok(page.reply(req, &body))
}

/// What each step of the way asks for, and whether it is done.
fn steps(req: &Req, opened: &Opened<'_>) -> Markup {
    let (t, one) = (req.t, opened.value());
    let (all, count) = (one.parties.len(), |done: fn(&Party) -> bool| {
        one.parties.iter().filter(|party| done(party)).count()
    });
    let of = |done: usize| t.with("instrument-of", &[("done", done.into()), ("all", all.into())]);
    let reached = match one.stage {
        Stage::Draft if one.words == Words::None || all < 2 => 0,
        Stage::Draft => 1,
        Stage::Cleared => 2,
        Stage::Negotiated { .. } => 3,
        Stage::Signed { .. } => 4,
        Stage::InForce { .. } | Stage::Terminated { .. } => 5,
    };
    let notes = [
        String::new(),
        of(count(|party| party.clearance.is_some())),
        String::new(),
        of(count(|party| party.signature.is_some())),
        String::new(),
    ];
    let keys = ["prepare", "clear", "settle", "sign", "enter"];
    html! {
        ol.steps {
            @for (n, (key, note)) in keys.iter().zip(notes).enumerate() {
                li.done[n < reached] aria-current=[(n == reached).then_some("step")] {
                    span { (t.get(&format!("instrument-step-{key}"))) }
                    span.hint { (note) }
                }
            }
        }
    }
}

fn facts(req: &Req, opened: &Opened<'_>) -> Markup {
    let (t, one) = (req.t, opened.value());
    let edit = opened.is_inner(req) && opened.files(req) && one.stage == Stage::Draft;
    html! {
        dl.facts {
            dt { (t.get("instrument-kind")) }
            dd { (kind_name(req, one.kind)) }
            dt { (t.get("instrument-parties")) }
            dd { (names(req, one, &opened.declared())) }
            dt { (t.get("instrument-languages")) }
            dd { (tongues(&one.languages)) }
            dt { (t.get("instrument-originals")) }
            dd { (one.originals) }
            (dates(req, one))
        }
        @if edit {
            p.row {
                a href={ (opened.address()) "/edit" } { (t.get("instrument-edit")) }
                a href={ (opened.address()) "/parties" } { (t.get("instrument-party-new")) }
            }
        }
    }
}

fn dates(req: &Req, one: &Instrument) -> Markup {
    let t = req.t;
    html! {
        @if let Some(signed) = one.stage.signed() {
            dt { (t.get("instrument-signed-on")) }
            dd { (day(req, signed)) }
        }
        @match &one.stage {
            Stage::InForce { since, until, renewals, .. } => {
                dt { (t.get("instrument-since")) }
                dd { (day(req, *since)) }
                @match until {
                    Some(_) => dt { (t.get("instrument-until")) },
                    None => dt { (t.get("instrument-term")) },
                }
                dd {
                    @match until {
                        Some(until) => { (day(req, *until)) }
                        None => { (t.get("instrument-until-open")) }
                    }
                    @if *renewals > 0 { " · " (t.with("instrument-renewals", &[("n", (*renewals).into())])) }
                }
            }
            Stage::Terminated { on, reason, .. } => {
                dt { (t.get("instrument-ended-on")) }
                dd { (day(req, *on)) " · " bdi { (reason) } }
            }
            _ => {}
        }
    }
}

/// Names that could be taken for others: reported, never refused, since real names are written with
/// such letters.
fn warnings(req: &Req, opened: &Opened<'_>) -> Markup {
    let others: Vec<&str> = opened
        .delegations
        .iter()
        .flat_map(|d| d.name.versions.values())
        .map(|version| version.text.as_str())
        .collect();
    let found = opened.value().confusable(&others);
    let line = |one: &Confusable| {
        let values = [("word", one.word.as_str().into()), ("like", one.like.as_str().into())];
        match one.likeness {
            Likeness::Lookalike => req.t.with("instrument-lookalike", &values),
            Likeness::Mixed => req.t.with("instrument-mixed", &values[..1]),
        }
    };
    html! {
        @if !found.is_empty() {
            section.notice.warn {
                h2 { (req.t.get("instrument-confusable")) }
                ul { @for one in &found { li { (line(one)) } } }
            }
        }
    }
}

/// Where the words are read.
fn words(req: &Req, opened: &Opened<'_>) -> Result<Markup, Fault> {
    let (t, one) = (req.t, opened.value());
    let sealed = one.stage.seal().is_some();
    Ok(html! {
        section {
            h2 { (t.get("instrument-words")) }
            @match one.words {
                Words::None => p { (t.get("instrument-words-none")) },
                Words::Filed => p { (t.get("instrument-words-filed")) },
                Words::Dossier(id) => {
                    p.row {
                        a.button href={ (opened.address()) "/text" } { (t.get("instrument-read")) }
                        @if opened.is_inner(req) {
                            a href={ "/editions/" (opened.edition.id) "/declarations/" (id) } {
                                (t.get("instrument-words-work"))
                            }
                        }
                    }
                }
            }
            @if sealed { p.hint { (t.get("instrument-words-final")) } }
            @if opened.is_inner(req) {
                (instrument_original::section(req, opened))
                (instrument_officer::section(req, opened)?)
            }
            (instrument_stage::choose_words(req, opened))
        }
    })
}

/// A person's name and office for a reader.
pub fn person(req: &Req, name: &PersonName) -> Markup {
    html! {
        (text::name(req.t, name))
        @if name.shown(req.lang()).is_some_and(|named| !named.styled.office.is_empty()) {
            (Marks::of(req.lang()).pause) (text::office(req.t, name))
        }
    }
}

fn ceremony(req: &Req, opened: &Opened<'_>) -> Markup {
    let (t, one) = (req.t, opened.value());
    let unsigned = one.stage.signed().is_none();
    html! {
        section {
            h2 { (t.get("instrument-signing")) }
            dl.facts {
                dt { (t.get("instrument-place")) }
                dd {
                    @match &one.ceremony.place {
                        Some(place) => { (text::text(t, place)) }
                        None => { "—" }
                    }
                }
                dt { (t.get("instrument-at")) }
                dd {
                    @match one.ceremony.at {
                        Some(at) => { (when::clock(t.lang, at)) }
                        None => { "—" }
                    }
                }
                dt { (t.get("instrument-witnesses")) }
                dd {
                    @if one.witnesses.is_empty() { "—" }
                    @for witness in &one.witnesses { div { (person(req, witness)) } }
                }
            }
            @if unsigned && opened.files(req) {
                p { a href={ (opened.address()) "/signing" } { (t.get("instrument-signing-edit")) } }
            }
            @if records(req) && opened.standing(req) == Standing::Negotiated {
                p { a href={ (home(opened.edition)) "/run" } { (t.get("instrument-run")) } }
            }
        }
    }
}

/// A button of this page, pressed on the version that is shown.
pub fn button(opened: &Opened<'_>, path: &str, label: &str, class: &str, what: &str) -> Markup {
    let seen = opened.found.version.to_string();
    act(&format!("{}{path}", opened.address()), label, class, &[("what", what), ("seen", &seen)])
}

/// Whether the reader is the contact of a party, or the office where the party has no delegation.
pub fn speaks(req: &Req, opened: &Opened<'_>, party: &Party) -> bool {
    match party.delegation {
        Some(id) => req.actor.speaks_for(opened.edition.id).contains(&id),
        None => decides(req),
    }
}

/// Whether the reader may record for a party: its contact, or the office.
pub fn records_for(req: &Req, opened: &Opened<'_>, party: &Party) -> bool {
    speaks(req, opened, party)
        || (records(req) && req.may(Action::File, &opened.value().inner(opened.edition)))
}
