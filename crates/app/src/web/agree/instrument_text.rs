//! The words of an instrument: rendered, and beside it a second view in which every character that could
//! hide is written out, so that whoever signs knows what is signed.

use domain::{
    Lang, alternat,
    declaration::Declaration,
    instrument::Words,
    safety,
    unit::{Unit, UnitKind},
};
use maud::{Markup, html};

use super::instrument::Opened;
use crate::{
    template::stated,
    web::{
        reply::{Outcome, Reply},
        request::Req,
        route::{Gate, Route, get},
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![get("/editions/{edition}/instruments/{instrument}/text", Gate::Public, show)]
}

/// The language that is asked for, if the text has it.
fn asked(req: &Req, langs: &[Lang]) -> Lang {
    let wanted = req.query.get("in").parse().unwrap_or(req.lang());
    if langs.contains(&wanted) { wanted } else { langs.first().copied().unwrap_or(Lang::Zh) }
}

fn show(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let (t, one) = (req.t, opened.value());
    // Words that were filed are read in the documents themselves.
    let Words::Dossier(id) = one.words else { return Ok(Reply::See(opened.address())) };
    let reading = req.read(|c| {
        let dossier = store::dossier::need(c, id)?.value;
        req.app.readings.read(c, &dossier)
    })?;
    req.app.readings.keep(id, &reading);
    let text = &reading.negotiation.text;
    let lang = asked(req, &one.languages);
    let two = req.query.get("views") == "two";
    let sealed = one.stage.seal();
    let stands = one.complete(text).ok().map(|words| one.seal_of(&words));
    let body = html! {
        (tabs(req, &one.languages, lang, two))
        @if let Some(sealed) = sealed {
            @if stands.as_ref() == Some(sealed) { p.notice.ok { (t.get("instrument-unchanged")) } }
            @else { p.notice.warn role="alert" { (t.get("instrument-text-moved")) } }
        } @else { p.notice { (t.get("instrument-text-draft")) } }
        @if two { p.hint { (t.get("instrument-two-views")) } }
        @if opened.declared().len() == 2 && opened.is_inner(req) { (turned(req, &opened, text, lang)) }
        div.two[two] {
            (words(text, lang, |unit| unit.text(lang).to_owned()))
            @if two { (words(text, lang, |unit| safety::escaped(unit.text(lang), lang))) }
        }
    };
    Ok(opened.below(req, t.get("instrument-words")).reply(req, &body))
}

fn tabs(req: &Req, langs: &[Lang], lang: Lang, two: bool) -> Markup {
    let address = |lang: Lang, two: bool| {
        format!("{}?in={lang}{}", req.path, if two { "&views=two" } else { "" })
    };
    html! {
        nav.tabs aria-label=(req.t.get("instrument-languages")) {
            @for one in langs {
                a href=(address(*one, two)) lang=(one.tag()) aria-current=[(*one == lang).then_some("page")] {
                    (one.own_name())
                }
            }
            a href=(address(lang, !two)) {
                (req.t.get(if two { "instrument-one-view" } else { "instrument-second-view" }))
            }
        }
    }
}

/// The preamble as it stands in each party's own original.
fn turned(req: &Req, opened: &Opened<'_>, text: &Declaration, lang: Lang) -> Markup {
    let (one, declared) = (opened.value(), opened.declared());
    let names: Vec<String> = (0..one.parties.len()).map(|at| stated(one, at, lang)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let backward: Vec<usize> = declared.iter().rev().copied().collect();
    let differs = |unit: &&Unit| {
        let said = |order: &[usize]| alternat::turned(unit.text(lang), &names, order, lang);
        said(&declared) != said(&backward)
    };
    let Some(unit) = text.units.iter().find(differs) else { return html! {} };
    html! {
        details {
            summary { (req.t.get("instrument-alternat")) }
            @for original in alternat::originals(&declared, one.originals) {
                @if let Some(name) = original.holder.and_then(|at| names.get(at)) {
                    @let words = alternat::turned(unit.text(lang), &names, &original.order, lang);
                    p.hint { (req.t.with("instrument-original-of", &[("name", (*name).into())])) }
                    p lang=(lang.tag()) dir=(lang.dir()) { (words) }
                }
            }
        }
    }
}

fn words(text: &Declaration, lang: Lang, said: impl Fn(&Unit) -> String) -> Markup {
    html! {
        div.instrument lang=(lang.tag()) dir=(lang.dir()) {
            @for unit in &text.units {
                @match unit.kind {
                    UnitKind::Title => h2 { (said(unit)) },
                    UnitKind::Heading => h3 { (said(unit)) },
                    _ => p { (said(unit)) },
                }
            }
        }
    }
}
