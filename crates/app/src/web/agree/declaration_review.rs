//! The look at an import before anything of it is kept: its paragraphs side by side, each with its kind. The
//! page carries them to the next step, where they are judged anew.

use domain::{
    Lang, Refusal,
    declaration::{LONGEST, MOST_UNITS},
    document::{Alignment, Paragraph},
    safety,
    unit::UnitKind,
};
use maud::{Markup, html};

use super::{declaration::Opened, declaration_import::address, wording::words};
use crate::web::{fields::Fields, request::Req, serve::BODY_LIMIT};

/// Up to so many paragraphs all are shown, and the kind of each can be chosen.
const CHOSEN: usize = 500;
/// Of a longer text so many are shown from its beginning, and so many of those without a counterpart.
const SHOWN: usize = 100;
/// Room that the form needs beside the paragraphs.
const FORM: usize = 64 * 1024;
/// The field that carries the paragraphs.
const CARRIED: &str = "paragraphs";

/// One wording as it may stand in a text.
pub(super) fn sound(raw: &str, lang: Lang) -> Result<String, Refusal> {
    let text = safety::typed(raw, lang)?;
    let have = text.chars().count();
    if have > LONGEST {
        return Err(Refusal::new("too-long").with("most", LONGEST).with("have", have));
    }
    Ok(text)
}

/// Whether so many more units have room.
pub(super) fn fits(opened: &Opened, units: usize) -> Result<(), Refusal> {
    if opened.text().units.len() + units > MOST_UNITS {
        return Err(Refusal::new("declaration-too-long").with("most", MOST_UNITS));
    }
    Ok(())
}

/// The paragraphs as the page carries them, if they can come back in one form.
pub(super) fn carried(paragraphs: &[Paragraph]) -> Result<String, Refusal> {
    let written = serde_json::json!(paragraphs).to_string();
    if written.len() + FORM > BODY_LIMIT {
        return Err(Refusal::new("body-too-large").with("most", BODY_LIMIT / 1024 / 1024));
    }
    Ok(written)
}

/// The paragraphs that come back, with the kinds that were chosen. They are believed no more than others
/// that somebody typed.
pub(super) fn taken(req: &Req, opened: &Opened) -> Result<Vec<Paragraph>, Refusal> {
    let broken = || Refusal::new("body-unreadable");
    let read: Result<Vec<Paragraph>, _> = serde_json::from_str(req.form.get(CARRIED));
    let mut paragraphs = read.map_err(|_| broken())?;
    fits(opened, paragraphs.len())?;
    for (at, paragraph) in paragraphs.iter_mut().enumerate() {
        for (lang, text) in &mut paragraph.words {
            if !opened.dossier.languages.contains_key(lang) {
                return Err(broken());
            }
            *text = sound(text, *lang)?;
        }
        let chosen = req.form.get(&format!("kind.{at}")).parse();
        paragraph.kind = chosen.unwrap_or(paragraph.kind);
    }
    if paragraphs.is_empty() { Err(broken()) } else { Ok(paragraphs) }
}

/// The paragraphs as plain texts to be changed by hand: parted by empty lines, a dash where one is missing.
pub(super) fn plain(opened: &Opened, paragraphs: &[Paragraph]) -> Fields {
    let text = |lang: Lang| {
        let words = |p: &Paragraph| p.words.get(&lang).cloned().unwrap_or_else(|| "—".to_owned());
        let any = paragraphs.iter().any(|p| p.words.contains_key(&lang));
        let all: Vec<String> = paragraphs.iter().filter(|_| any).map(words).collect();
        (format!("text.{lang}"), all.join("\n\n"))
    };
    Fields(opened.languages().into_iter().map(text).collect())
}

/// The places of the paragraphs that are shown.
fn shown(paragraphs: &[Paragraph], langs: usize) -> Vec<usize> {
    if paragraphs.len() <= CHOSEN {
        return (0..paragraphs.len()).collect();
    }
    let alone = |at: &usize| paragraphs[*at].words.len() < langs;
    let later = (SHOWN..paragraphs.len()).filter(alone).take(SHOWN);
    (0..SHOWN).chain(later).collect()
}

/// The page's body. `by` says how documents were laid side by side.
pub(super) fn body(
    req: &Req,
    opened: &Opened,
    paragraphs: &[Paragraph],
    carried: &str,
    by: Option<Alignment>,
) -> Markup {
    let t = req.t;
    let has = |lang: &Lang| paragraphs.iter().any(|p| p.words.contains_key(lang));
    let langs: Vec<Lang> = opened.languages().into_iter().filter(has).collect();
    let alone = paragraphs.iter().filter(|p| p.words.len() < langs.len()).count();
    let shown = shown(paragraphs, langs.len());
    let names = UnitKind::ALL.iter().map(|kind| (*kind, t.get(&format!("unit-kind-{kind}"))));
    let names: Vec<(UnitKind, String)> = names.collect();
    html! {
        p { (t.with("declaration-import-found", &[("n", paragraphs.len().into())])) }
        @if let Some(by) = by.filter(|_| langs.len() > 1) {
            p { (t.get(&format!("declaration-import-by-{by}"))) }
        }
        @if alone > 0 {
            section.notice.warn { p { (t.with("declaration-import-alone", &[("n", alone.into())])) } }
        }
        @if shown.len() < paragraphs.len() {
            p { (t.with("declaration-import-some", &[("n", shown.len().into())])) }
        }
        // Han and Cyrillic letters would be three times as long in the ordinary kind of form.
        form method="post" action={ (address(opened)) "/confirm" } enctype="multipart/form-data" {
            input type="hidden" name=(CARRIED) value=(carried);
            div class={ "text of-" (langs.len()) } {
                @for at in &shown {
                    (one((*at, &paragraphs[*at]), &langs, &names, &t.get("unit-kind"),
                        &t.get("unit-state-missing"), paragraphs.len() <= CHOSEN))
                }
            }
            div.actions {
                button.main type="submit" { (t.get("declaration-import-take")) }
                button type="submit" name="step" value="back" formaction=(address(opened)) {
                    (t.get("declaration-import-back"))
                }
            }
        }
    }
}

fn one(
    (at, paragraph): (usize, &Paragraph),
    langs: &[Lang],
    names: &[(UnitKind, String)],
    kind: &str,
    missing: &str,
    chosen: bool,
) -> Markup {
    html! {
        section.unit {
            span.number { (at + 1) }
            @for lang in langs {
                div.cell {
                    span.tongue-name lang=(lang.tag()) { (lang.own_name()) }
                    @match paragraph.words.get(lang) {
                        Some(text) => { (words(*lang, text)) }
                        None => { span.chip.warn { (missing) } }
                    }
                }
            }
            @if chosen {
                select.kind name={ "kind." (at) } aria-label=(kind) {
                    @for (other, name) in names {
                        option value=(other) selected[*other == paragraph.kind] { (name) }
                    }
                }
            } @else {
                @for (_, name) in names.iter().filter(|(other, _)| *other == paragraph.kind) {
                    span.hint { (name) }
                }
            }
        }
    }
}
