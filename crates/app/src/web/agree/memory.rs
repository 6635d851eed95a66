//! Earlier translations: what was signed in this edition's texts, and what was read from files. Shown while
//! somebody writes, never taken over by itself.

use domain::{
    Lang,
    dossier::DossierKind,
    memory::{Match, Segment, matches},
    unit::{CellState, Unit},
};
use maud::{Markup, html};

use super::{declaration::Opened, wording::difference};
use crate::web::{reply::Fault, request::Req};

/// Most suggestions on a page.
const MOST: usize = 3;

/// The signed paragraphs of the texts that this reader may read. The words of instruments stay with their
/// parties: they are neither shown beside other texts nor saved among theirs.
pub(super) fn of_texts(req: &Req) -> Result<Vec<Segment>, Fault> {
    let mut all = Opened::all(req)?;
    all.retain(|opened| opened.dossier.kind != DossierKind::Instrument);
    let units = all.iter().flat_map(|opened| &opened.text().units);
    Ok(units.filter_map(segment).collect())
}

/// A unit that stands signed in at least two languages.
fn segment(unit: &Unit) -> Option<Segment> {
    let signed = |lang: &Lang| unit.state(*lang) == CellState::Concordant;
    let langs = Lang::ALL.into_iter().filter(signed);
    let texts = langs.map(|lang| (lang, unit.text(lang).to_owned())).collect();
    let segment = Segment { id: unit.id.to_string(), texts };
    (segment.texts.len() > 1).then_some(segment)
}

/// What was once written for nearly the same words, nearest first.
pub(super) fn suggestions(
    req: &Req,
    unit: &Unit,
    (text, from): (&str, Lang),
    to: Lang,
) -> Result<Markup, Fault> {
    if text.is_empty() {
        return Ok(html! {});
    }
    let series = req.edition()?.series;
    let kept = req.read(|c| store::memory::of_series(c, series))?;
    let own = unit.id.to_string();
    let texts = of_texts(req)?.into_iter().filter(|segment| segment.id != own);
    let memory: Vec<Segment> = texts.chain(kept.into_iter().map(|r| r.segment)).collect();
    let found = matches(&memory, (text, from), to, MOST);
    let t = req.t;
    let one = |found: &Match<'_>| {
        html! {
            li {
                p.hint { (t.with("glossary-memory-like", &[("n", found.likeness.into())])) }
                (difference(from, found.source, text))
                blockquote { (super::wording::words(to, found.target)) }
            }
        }
    };
    Ok(html! {
        @if !found.is_empty() {
            section {
                h3 { (t.get("glossary-memory-found")) }
                ul.plain { @for found in &found { (one(found)) } }
            }
        }
    })
}
