//! How an amendment stands on a page: what it would do, marked; the rivals of a unit, in brackets; and two
//! changes of one wording, side by side.

use domain::{
    Lang, UnitId,
    amendment::{Amendment, AmendmentState, Operation},
    bracket::{Stretch, brackets, rival_number},
    declaration::Declaration,
    glossary::spoken,
    merge::Piece,
    numbering::Numbers,
    proposal::{Proposal, rivals},
    unit::Unit,
};
use maud::{Markup, html};

use super::{
    amendment::{Tabled, paragraph},
    declaration::Opened,
    wording::{difference, words},
};
use crate::{
    i18n::Messages,
    web::{marks::Marks, request::Req},
};

/// The state as a mark.
pub fn state_chip(t: Messages, state: AmendmentState) -> Markup {
    let class = match state {
        AmendmentState::Tabled => "chip",
        AmendmentState::Accepted => "chip ok",
        AmendmentState::Draft => "chip warn",
        AmendmentState::Rejected | AmendmentState::Withdrawn | AmendmentState::Moot => "mark",
    };
    html! { span class=(class) { (t.get(&format!("amendment-state-{state}"))) } }
}

/// The words that stand in a unit, or that last stood there.
fn standing(text: &Declaration, unit: UnitId, lang: Lang) -> String {
    let all = text.units.iter().chain(&text.removed);
    let unit = all.into_iter().find(|u| u.id == unit);
    unit.map_or(String::new(), |unit| unit.text(lang).to_owned())
}

/// The words that an amendment was written for, where they can still be found; those that stand now
/// otherwise.
pub fn base_words(text: &Declaration, amendment: &Amendment, unit: UnitId) -> String {
    let lang = amendment.lang;
    let all = text.units.iter().chain(&text.removed);
    let known = all.into_iter().find(|u| u.id == unit);
    let seal = amendment.base.get(&unit);
    let then = |unit: &Unit| {
        let chain = unit.chains.get(&lang)?;
        let found = chain.wordings.iter().rfind(|w| Some(&unit.seal_of(lang, &w.text)) == seal)?;
        Some(found.text.clone())
    };
    known.and_then(then).unwrap_or_else(|| standing(text, unit, lang))
}

/// What an amendment would do: a line that says it, and the words with what goes out and comes in.
pub fn change(req: &Req, opened: &Opened, numbers: &Numbers, amendment: &Amendment) -> Markup {
    let (t, lang, text) = (req.t, amendment.lang, opened.text());
    let name = |unit: Option<UnitId>| paragraph(req, opened, numbers, unit);
    let said = |after: Option<UnitId>| {
        let (what, place) = (name(amendment.operation.place()), name(after));
        let values = [("what", what.into()), ("place", place.into())];
        t.with(&format!("amendment-does-{}", amendment.operation.code()), &values)
    };
    html! {
        @match &amendment.operation {
            Operation::Replace { unit, text: new } => {
                p.soft { (said(None)) }
                (difference(lang, &base_words(text, amendment, *unit), new))
            }
            Operation::Insert { after, text: new, .. } => {
                p.soft { (said(*after)) }
                (difference(lang, "", new))
            }
            Operation::Delete { unit } => {
                p.soft { (said(None)) }
                (difference(lang, &base_words(text, amendment, *unit), ""))
            }
            Operation::Move { unit, after } => {
                p.soft { (said(*after)) }
                (words(lang, &standing(text, *unit, lang)))
            }
            Operation::Split { parts, .. } => {
                p.soft { (said(None)) }
                (words(lang, &parts.0))
                p.soft { "¶" }
                (words(lang, &parts.1))
            }
            Operation::Merge { unit, next } => {
                p.soft { (said(Some(*next))) }
                (words(lang, &standing(text, *unit, lang)))
                (words(lang, &standing(text, *next, lang)))
            }
        }
    }
}

/// A bracketed wording, with whoever wants each version.
pub fn bracketed(lang: Lang, stretches: &[Stretch], name: &dyn Fn(usize) -> String) -> Markup {
    html! {
        div.words.brackets lang=(lang.tag()) dir=(lang.dir()) {
            @for stretch in stretches {
                @match stretch {
                    Stretch::Shared(text) => { (text) }
                    Stretch::Bracket(wordings) => {
                        b { "[" }
                        @for (at, wording) in wordings.iter().enumerate() {
                            @if at > 0 { b { " | " } }
                            @let text = wording.text.trim();
                            @if text.is_empty() { "–" } @else { (text) }
                            @let who: Vec<String> =
                                wording.of.iter().filter(|v| **v > 0).map(|v| name(*v)).collect();
                            @if !who.is_empty() && !wording.of.contains(&0) {
                                " " small { "(" bdi { (who.join(Marks::of(lang).item)) } ")" }
                            }
                        }
                        b { "]" }
                    }
                }
            }
        }
    }
}

/// The rivals of a unit in brackets, in every language in which there are any.
pub fn bracketed_unit(req: &Req, opened: &Opened, tabled: &Tabled, unit: UnitId) -> Markup {
    let langs = opened.languages();
    let drawn = langs.iter().filter_map(|lang| in_brackets(req, opened, tabled, unit, *lang));
    html! { @for one in drawn { (one) } }
}

/// The rivals of a unit in one language, in brackets; nothing where there are none.
pub fn in_brackets(
    req: &Req,
    opened: &Opened,
    tabled: &Tabled,
    unit: UnitId,
    lang: Lang,
) -> Option<Markup> {
    let found = rivals(tabled.open(), opened.text(), unit, lang);
    let base = opened.text().unit(unit)?.text(lang);
    if found.is_empty() {
        return None;
    }
    let wordings: Vec<&str> = found.iter().map(|(_, words)| *words).collect();
    let concepts = tabled.terms(req);
    let all = std::iter::once(base).chain(wordings.iter().copied());
    let terms: Vec<&str> = all.flat_map(|text| spoken(concepts, lang, text)).collect();
    let stretches = brackets(base, &wordings, &terms);
    let name = |version: usize| {
        let proposal = version.checked_sub(1).and_then(|at| found.get(at)).map(|(p, _)| *p);
        proposal.map_or(String::new(), |p| whose(req, tabled, p))
    };
    Some(bracketed(lang, &stretches, &name))
}

/// Whose an amendment is, with its number: `3, City A, City B`.
pub fn whose(req: &Req, tabled: &Tabled, proposal: &Proposal) -> String {
    let sides = std::iter::once(proposal.amendment.by).chain(proposal.sponsors.iter().copied());
    let names: Vec<String> = sides.map(|id| tabled.name(req, id)).collect();
    let marks = Marks::of(req.lang());
    let number = proposal.number.map(|n| format!("{n}{}", marks.colon)).unwrap_or_default();
    format!("{number}{}", names.join(marks.item))
}

/// The numbers under which rival paragraphs are called: the text keeps its own, then bis, ter.
pub fn rival_numbers(numbers: &Numbers, unit: UnitId, rivals: usize) -> Vec<String> {
    let number = numbers.0.get(&unit).cloned().unwrap_or_default();
    (1..=rivals).map(|at| rival_number(&number, at).trim().to_owned()).collect()
}

/// Two changes of one wording: what the text did meanwhile, what the amendment wants, and where both
/// touched the same words.
pub fn pieces(t: Messages, lang: Lang, pieces: &[Piece]) -> Markup {
    let mark = |key: &str| t.get(key);
    html! {
        div.words lang=(lang.tag()) dir=(lang.dir()) {
            @for piece in pieces {
                @match piece {
                    Piece::Same(text) => { (text) }
                    Piece::Theirs { base, text } => {
                        span.theirs title=(mark("amendment-piece-theirs")) { del { (base) } ins { (text) } }
                    }
                    Piece::Ours { base, text } => {
                        span.ours title=(mark("amendment-piece-ours")) { del { (base) } ins { (text) } }
                    }
                    Piece::Both { base, text } => { del { (base) } ins { (text) } }
                    Piece::Conflict { base, theirs, ours } => {
                        span.conflict title=(mark("amendment-piece-conflict")) {
                            b { "[" } del { (base) }
                            span.theirs { ins { (theirs) } } b { " | " } span.ours { ins { (ours) } }
                            b { "]" }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_name_whoever_wants_the_words() {
        let stretches = brackets("各方应合作。", &["各方将合作。", "各方应合作。"], &[]);
        let drawn = bracketed(Lang::Zh, &stretches, &|v| format!("C{v}")).into_string();
        let shown = "<b>[</b>应<b> | </b>将 <small>(<bdi>C1</bdi>)</small><b>]</b>合作。";
        assert!(drawn.contains(shown), "{drawn}");
        assert!(drawn.contains("lang=\"zh-Hans\""));
    }
}
