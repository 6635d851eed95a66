//! One paragraph of a text in all its languages: what stands, how far each language has come, who wrote
//! what, and what can be done next.

use domain::{
    Lang, UnitId,
    correction::Correction,
    unit::{Chain, Stage, Unit, Wording},
};
use maud::{Markup, html};

use super::{
    amendment,
    declaration::{Opened, revision},
    unit_act, unit_form,
    unit_hint::{self, Around},
    wording::{States, difference, words},
};
use crate::web::{
    form,
    layout::Page,
    marks::Marks,
    reply::{Fault, Outcome},
    request::Req,
    route::{Gate, Route, get},
    when,
};

/// The addresses of a unit and of what is done with it.
pub fn routes() -> Vec<Route> {
    vec![get("/editions/{edition}/declarations/{declaration}/units/{unit}", Gate::Public, show)]
}

fn show(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let unit = opened.unit(req)?;
    let around = Around::load(req, &opened, unit)?;
    let body = html! {
        (lead(req, &opened, unit))
        @if unit_hint::works(req, &opened) { (pending(req, &opened, unit, &around)) }
        div class={ "sides of-" (opened.languages().len()) } {
            @for lang in opened.languages() { (side(req, &opened, unit, lang, &around)) }
        }
        (others(req, &opened, unit)?)
        (steps(req, &opened, unit))
        (super::declaration_text::running(req, &opened))
    };
    Ok(page(req, &opened, unit)?.reply(req, &body))
}

/// A page about a unit.
pub(super) fn page<'a>(req: &'a Req, opened: &Opened, unit: &Unit) -> Result<Page<'a>, Fault> {
    opened.below(req, title(req, opened, unit))
}

/// What a unit is called: its kind, with its number where it has one.
pub fn title(req: &Req, opened: &Opened, unit: &Unit) -> String {
    let kind = req.t.get(&format!("unit-kind-{}", unit.kind));
    match opened.numbers().0.get(&unit.id) {
        Some(number) => format!("{kind} {number}"),
        None => kind,
    }
}

/// What other parts of the dialogue show of a unit, such as the amendments to it.
fn others(req: &Req, opened: &Opened, unit: &Unit) -> Result<Markup, Fault> {
    amendment::of_unit(req, opened, unit.id)
}

fn lead(req: &Req, opened: &Opened, unit: &Unit) -> Markup {
    let agreed = opened.consensus().is_agreed(opened.text(), unit.id);
    html! {
        p {
            bdi { (opened.dossier.symbol) } " · " (revision(req, opened.consensus().revision))
            @if agreed { " " span.chip.ok { (req.t.get("unit-agreed")) } }
        }
    }
}

/// Corrections of writing that wait for a second person.
fn pending(req: &Req, opened: &Opened, unit: &Unit, around: &Around) -> Markup {
    let t = req.t;
    let may = opened.takes_changes(req);
    let own = |correction: &Correction| Some(correction.by) == req.actor.person;
    let address = format!("{}/correction", opened.unit_address(unit.id));
    html! {
        @for correction in &around.corrections {
            @let marks = Marks::of(req.lang());
            @let id = correction.id.to_string();
            section.notice {
                h2 { (t.get("unit-correction")) }
                p {
                    bdi lang=(correction.lang.tag()) { (correction.lang.own_name()) } (marks.colon)
                    bdi { (around.name(correction.by)) } (marks.pause) (moment(req, correction.at))
                }
                (difference(correction.lang, unit.text(correction.lang), &correction.text))
                @if may && own(correction) {
                    p { (t.get("unit-correction-waits")) }
                }
                @if may {
                    @if !own(correction) {
                        (form::act(&address, &t.get("unit-correction-confirm"), "main",
                            &[("correction", &id), ("answer", "confirm")]))
                        " "
                    }
                    (form::act(&address, &t.get("unit-correction-decline"), "",
                        &[("correction", &id), ("answer", "decline")]))
                }
            }
        }
    }
}

/// A day and a time on the edition's clocks.
pub(super) fn moment(req: &Req, at: jiff::Timestamp) -> String {
    let zone = req.edition.as_ref().map(|edition| edition.value.time_zone());
    zone.map_or_else(|| at.to_string(), |zone| when::moment(req.lang(), &zone, at))
}

/// One language of the unit.
fn side(req: &Req, opened: &Opened, unit: &Unit, lang: Lang, around: &Around) -> Markup {
    let t = req.t;
    let states = States::of(t);
    let authority = opened.dossier.languages.get(&lang);
    let works = unit_hint::works(req, opened);
    let chain = unit.chains.get(&lang);
    html! {
        section.side data-lang=(lang) data-state=(unit.state(lang)) {
            h2 {
                bdi lang=(lang.tag()) { (lang.own_name()) } " "
                @if let Some(authority) = authority {
                    small { (t.get(&format!("declaration-authority-{authority}"))) }
                }
            }
            p { (states.chip(unit.state(lang))) }
            @match chain.and_then(Chain::last) {
                Some(wording) => {
                    (words(lang, &wording.text))
                    @if works { (authorship(req, wording, chain, around)) }
                }
                None => { p.hint { (t.get("unit-no-words")) } }
            }
            @if works {
                (unit_hint::changed(req, unit, lang))
                (unit_hint::hints(req, opened, unit, lang, around))
                (unit_act::buttons(req, opened, unit, lang))
                @if let Some(chain) = chain { (history(req, lang, chain, around)) }
            }
        }
    }
}

/// Who wrote what stands there, and who signed that it agrees with the other languages.
fn authorship(req: &Req, wording: &Wording, chain: Option<&Chain>, around: &Around) -> Markup {
    let (t, pause) = (req.t, Marks::of(req.lang()).pause);
    html! {
        p.hint {
            (t.get("unit-written")) " " bdi { (around.name(wording.by)) } (pause) (moment(req, wording.at))
            @if let Some(Stage::Concordant { by, at }) = chain.map(|chain| chain.stage) {
                br;
                (t.get("unit-signed")) " " bdi { (around.name(by)) } (pause) (moment(req, at))
            }
        }
    }
}

/// Every wording of a language, the latest first, each with what it changed.
fn history(req: &Req, lang: Lang, chain: &Chain, around: &Around) -> Markup {
    let (t, pause) = (req.t, Marks::of(req.lang()).pause);
    let before = |at: usize| at.checked_sub(1).map_or("", |at| chain.wordings[at].text.as_str());
    html! {
        @if chain.wordings.len() > 1 {
            details {
                summary { (t.with("unit-history", &[("n", chain.wordings.len().into())])) }
                ol.versions reversed {
                    @for (at, wording) in chain.wordings.iter().enumerate().rev() {
                        li {
                            p.hint {
                                bdi { (around.name(wording.by)) } (pause) (moment(req, wording.at)) " · "
                                (t.get(&format!("unit-did-{}", wording.manner)))
                            }
                            (difference(lang, before(at), &wording.text))
                        }
                    }
                }
            }
        }
    }
}

/// Where to go from here: the neighbours, and changes of the order of the text.
fn steps(req: &Req, opened: &Opened, unit: &Unit) -> Markup {
    let t = req.t;
    let units = &opened.text().units;
    let place = units.iter().position(|other| other.id == unit.id).unwrap_or_default();
    let to = |id: UnitId| opened.unit_address(id);
    html! {
        nav.pager aria-label=(t.get("unit-neighbours")) {
            @if let Some(before) = place.checked_sub(1).map(|at| &units[at]) {
                a rel="prev" href=(to(before.id)) { (t.get("unit-before")) }
            }
            a href=(opened.place_address(unit.id)) { (t.get("unit-text")) }
            @if let Some(after) = units.get(place + 1) {
                a rel="next" href=(to(after.id)) { (t.get("unit-after")) }
            }
        }
        @if opened.takes_changes(req) {
            div.actions {
                a.button href=(unit_form::new_after(opened, unit.id)) { (t.get("unit-add")) }
                a.button href={ (to(unit.id)) "/place" } { (t.get("unit-place")) }
            }
        }
    }
}
