//! What a language officer should look at before signing: what changed elsewhere, numbers that differ,
//! terms of the glossary, characters that hide or look like others. Hints, never verdicts.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Lang, PersonId,
    access::Action,
    correction::Correction,
    figures::{self, Figure},
    glossary::{self, Concept, Slip},
    safety::{self, Likeness},
    unit::{CellState, Manner, Stage, Unit},
};
use maud::{Markup, html};

use super::{
    declaration::Opened,
    wording::{difference, words},
};
use crate::web::{marks::Marks, reply::Fault, request::Req};

/// What a unit is shown with.
#[derive(Default)]
pub(super) struct Around {
    /// Corrections that wait for a second person.
    pub(super) corrections: Vec<Correction>,
    /// The glossary.
    pub(super) concepts: Vec<Concept>,
    /// Names of the delegations and terms, which nothing should be taken for by mistake.
    known: Vec<String>,
    people: BTreeMap<PersonId, String>,
}

/// Whether the reader works on the text, and so sees who wrote what.
pub(super) fn works(req: &Req, opened: &Opened) -> bool {
    [Action::Draft, Action::Concord, Action::Preside]
        .into_iter()
        .any(|action| req.may(action, &opened.object))
}

impl Around {
    /// Reads it, for those who work on the text; for others there is nothing to read.
    pub(super) fn load(req: &Req, opened: &Opened, unit: &Unit) -> Result<Self, Fault> {
        if !works(req, opened) {
            return Ok(Self::default());
        }
        let edition = req.edition()?;
        req.read(|c| {
            let corrections = store::correction::of_text(c, opened.dossier.id)?;
            let corrections: Vec<Correction> = corrections
                .into_iter()
                .map(|correction| correction.value)
                .filter(|correction| correction.unit == unit.id)
                .collect();
            let entries = store::glossary::of_series(c, edition.series)?;
            let concepts: Vec<Concept> =
                entries.into_iter().map(|entry| entry.value.concept).collect();
            let delegations = store::delegation::of_edition(c, edition.id)?;
            let names = delegations.iter().flat_map(|d| d.value.name.versions.values());
            let terms = concepts.iter().flat_map(|concept| concept.terms.values().flatten());
            let known = names.map(|v| v.text.clone()).chain(terms.map(|term| term.text.clone()));
            let people: Vec<PersonId> = writers(unit, &corrections).into_iter().collect();
            let people = store::person::names(c, &people)?;
            Ok(Self { known: known.collect(), concepts, people, corrections })
        })
    }

    /// The name of an account.
    pub(super) fn name(&self, person: PersonId) -> &str {
        self.people.get(&person).map_or("—", String::as_str)
    }
}

fn writers(unit: &Unit, corrections: &[Correction]) -> BTreeSet<PersonId> {
    let chains = || unit.chains.values();
    let wrote = chains().flat_map(|chain| chain.wordings.iter().map(|wording| wording.by));
    let signed = chains().filter_map(|chain| match chain.stage {
        Stage::Concordant { by, .. } => Some(by),
        Stage::Machine | Stage::Work | Stage::Offered => None,
    });
    wrote.chain(signed).chain(corrections.iter().map(|correction| correction.by)).collect()
}

/// The language that a language is compared with: the one that changed the substance last, or else
/// another authentic one that has words.
pub(super) fn source(opened: &Opened, unit: &Unit, lang: Lang) -> Option<Lang> {
    let led = |other: &Lang| {
        let chain = unit.chains.get(other)?;
        chain.wordings.iter().rev().find(|w| w.manner == Manner::Leads).map(|w| w.turn)
    };
    let others = opened.languages().into_iter().filter(|other| *other != lang);
    let written = others.filter(|other| unit.wording(*other).is_some());
    // Of several that led in the same turn, the first in the order of the languages.
    written.rev().max_by_key(led)
}

/// What changed in the other languages since this one was last in line.
pub(super) fn changed(req: &Req, unit: &Unit, lang: Lang) -> Markup {
    let stale = unit.chains.get(&lang).is_some_and(|_| unit.state(lang) == CellState::Stale);
    let changes = if stale { unit.source_changes(lang) } else { Vec::new() };
    html! {
        @if !changes.is_empty() {
            section.notice.warn {
                h3 { (req.t.get("unit-changed")) }
                @for (other, before, now) in changes {
                    p.hint lang=(other.tag()) { (other.own_name()) }
                    (difference(other, before, now))
                }
            }
        }
    }
}

/// Everything that is worth a second look in a language's words.
pub(super) fn hints(
    req: &Req,
    opened: &Opened,
    unit: &Unit,
    lang: Lang,
    around: &Around,
) -> Markup {
    let text = unit.text(lang);
    if text.is_empty() {
        return html! {};
    }
    let source = source(opened, unit, lang).filter(|_| unit.state(lang) != CellState::Stale);
    compared(req, lang, text, source.map(|other| (other, unit.text(other))), around)
}

/// The same for words that are not in the text yet.
pub(super) fn compared(
    req: &Req,
    lang: Lang,
    text: &str,
    source: Option<(Lang, &str)>,
    around: &Around,
) -> Markup {
    let t = req.t;
    let listed = |figures: Vec<Figure>| {
        let all: Vec<String> = figures.iter().map(Figure::to_string).collect();
        if all.is_empty() { "—".to_owned() } else { all.join(Marks::of(t.lang).item) }
    };
    let (here, there) = source.map_or_else(Default::default, |(other, words)| {
        figures::differing((text, lang), (words, other))
    });
    let slips = source.map_or_else(Vec::new, |(other, words)| {
        glossary::check(&around.concepts, (words, other), (text, lang))
    });
    let known: Vec<&str> = around.known.iter().map(String::as_str).collect();
    let likenesses = safety::confusables(text, &known);
    let escaped = safety::escaped(text, lang);
    let differs = !here.is_empty() || !there.is_empty();
    html! {
        @if differs || !slips.is_empty() || !likenesses.is_empty() || escaped != text {
            section.notice.hints {
                h3 { (t.get("unit-hints")) }
                ul {
                    @if differs {
                        li {
                            (t.with("unit-hint-figures", &[
                                ("here", listed(here).into()), ("there", listed(there).into()),
                            ]))
                        }
                    }
                    @for slip in &slips { li { (slipped(req, slip)) } }
                    @for found in &likenesses {
                        li {
                            @match found.likeness {
                                Likeness::Mixed => {
                                    (t.with("unit-hint-mixed", &[("word", found.word.as_str().into())]))
                                }
                                Likeness::Lookalike => {
                                    (t.with("unit-hint-alike", &[
                                        ("word", found.word.as_str().into()),
                                        ("like", found.like.as_str().into()),
                                    ]))
                                }
                            }
                        }
                    }
                }
                @if escaped != text {
                    details {
                        summary { (t.get("unit-hint-hidden")) }
                        (words(lang, &escaped))
                    }
                }
            }
        }
    }
}

fn slipped(req: &Req, slip: &Slip) -> String {
    match slip {
        Slip::Missing { expected, .. } => {
            req.t.with("unit-hint-term", &[("expected", expected.as_str().into())])
        }
        Slip::Forbidden { found, expected, .. } if expected.is_empty() => {
            req.t.with("unit-hint-forbidden", &[("found", found.as_str().into())])
        }
        Slip::Forbidden { found, expected, .. } => req.t.with(
            "unit-hint-instead",
            &[("found", found.as_str().into()), ("expected", expected.as_str().into())],
        ),
    }
}
