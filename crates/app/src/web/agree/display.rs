//! What the hall sees: the unit under discussion in the languages of the text, in large type, with the
//! amendments to it in brackets. It asks again by itself; a reader without scripts reloads by the page.

use domain::{
    UnitId,
    access::Action,
    amendment::{AmendmentState, Operation},
    proposal::Proposal,
    revision::Versioned,
    unit::Unit,
};
use maud::{DOCTYPE, Markup, html};

use super::{
    amendment::{Tabled, paragraph},
    amendment_view::{in_brackets, whose},
    consensus_news::both_clocks,
    declaration::{Opened, revision},
    wording::words,
};
use crate::web::{
    assets,
    layout::banner,
    reply::{Outcome, Reply},
    request::Req,
    route::{Gate, Route, get},
    text,
};

/// Seconds after which a reader without scripts reloads.
const RELOAD: u32 = 10;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let read = Gate::Participants(Action::Read);
    vec![get("/editions/{edition}/declarations/{declaration}/display", read, show)]
}

fn show(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let sitting = req.read(|c| store::sitting::of(c, opened.dossier.id))?.value;
    // On the wall hangs what everybody may read, whoever is signed in at the machine.
    let mut tabled = Tabled::of(req, &opened)?;
    let is_open = |p: &Versioned<Proposal>| p.value.state() == AmendmentState::Tabled;
    tabled.proposals.retain(is_open);
    let unit = sitting.shown.and_then(|id| opened.text().unit(id));
    let body = html! {
        @match unit {
            Some(unit) => { (shown(req, &opened, &tabled, unit)) }
            None => {
                p.waiting { (req.t.get("display-nothing")) }
                p { a href=(opened.address()) { (req.t.get("display-back")) } }
            }
        }
    };
    Ok(Reply::Page(screen(req, &opened, unit.map(|u| u.id), &body)))
}

fn shown(req: &Req, opened: &Opened, tabled: &Tabled, unit: &Unit) -> Markup {
    let langs = opened.languages();
    html! {
        div.tongues-wide {
            @for lang in langs.into_iter().take(3) {
                section {
                    p.soft lang=(lang.tag()) { (lang.own_name()) }
                    @match in_brackets(req, opened, tabled, unit.id, lang) {
                        Some(drawn) => { (drawn) }
                        None => { (words(lang, unit.text(lang))) }
                    }
                    (comes_in(req, tabled, unit.id, lang))
                }
            }
        }
        (others(req, tabled, unit.id))
    }
}

/// Paragraphs that would come in behind this one.
fn comes_in(req: &Req, tabled: &Tabled, unit: UnitId, lang: domain::Lang) -> Markup {
    let own = |p: &&Proposal| p.amendment.lang == lang;
    html! {
        @for proposal in tabled.open().filter(own) {
            @if let Operation::Insert { after: Some(after), text, .. } = &proposal.amendment.operation {
                @if *after == unit {
                    div.words.brackets lang=(lang.tag()) dir=(lang.dir()) {
                        b { "[" } (text) " " small { "(" (whose(req, tabled, proposal)) ")" } b { "]" }
                    }
                }
            }
        }
    }
}

/// What brackets do not show: deleting is in them, moving, dividing and joining is not.
fn others(req: &Req, tabled: &Tabled, unit: UnitId) -> Markup {
    let structural = |p: &&Proposal| {
        let operation = &p.amendment.operation;
        let shape = matches!(
            operation,
            Operation::Move { .. } | Operation::Split { .. } | Operation::Merge { .. }
        );
        shape && operation.place() == Some(unit)
    };
    html! {
        @for proposal in tabled.open().filter(structural) {
            p.soft {
                (req.t.get(&format!("amendment-op-{}", proposal.amendment.operation.code()))) " · "
                (whose(req, tabled, proposal))
            }
        }
    }
}

/// The bare screen: no navigation, the title small, the paragraph large.
fn screen(req: &Req, opened: &Opened, unit: Option<UnitId>, body: &Markup) -> Markup {
    let t = req.t;
    let title = text::words(t, &opened.dossier.title);
    let numbers = opened.numbers();
    let silence = match (&opened.consensus().phase, req.edition()) {
        (domain::procedure::Phase::Silence(silence), Ok(edition)) => {
            Some(both_clocks(t, edition, silence.until))
        }
        _ => None,
    };
    html! {
        (DOCTYPE)
        html lang=(t.lang.tag()) dir=(t.lang.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                noscript { meta http-equiv="refresh" content=(RELOAD); }
                title { (title) " · " (t.get("display-title")) }
                link rel="stylesheet" href=(assets::address("style.css"));
                link rel="icon" href=(assets::address("mark.svg")) type="image/svg+xml";
                script type="module" src=(assets::address("enhance.js")) {}
            }
            body.display {
                @if opened.dossier.exercise { (banner()) }
                main #main data-live="5" {
                    p.soft {
                        a href=(opened.address()) { bdi { (title) } } " · "
                        bdi { (opened.dossier.symbol) } " · "
                        (revision(req, opened.consensus().revision))
                    }
                    h1 { @if let Some(unit) = unit { (paragraph(req, opened, &numbers, Some(unit))) }
                         @else { (t.get("display-title")) } }
                    @if let Some(until) = silence {
                        p.notice.warn { (t.get("consensus-silence-runs")) " " strong { (until) } }
                    }
                    (body)
                }
            }
        }
    }
}
