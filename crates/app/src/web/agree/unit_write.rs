//! Writing one language of a unit. Whoever writes says what it does to the other languages; when somebody
//! else wrote in between, both versions are shown and nothing is lost.

use domain::{
    Lang, Refusal, UnitId,
    access::Action,
    change::Change,
    correction::Correction,
    declaration::{Authority, LONGEST},
    merge::{merge, merged},
    negotiation::Deed,
    procedure::Phase,
    safety,
    unit::{CellState, Manner, Seal, Unit},
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    declaration::{Opened, refused},
    memory, unit,
    unit_hint::{self, Around},
    wording::{difference, words},
};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, id},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let draft = Gate::Participants(Action::Draft);
    vec![
        get("/editions/{edition}/declarations/{declaration}/units/{unit}/write", draft, ask),
        post("/editions/{edition}/declarations/{declaration}/units/{unit}/write", draft, take),
    ]
}

/// Where a language of a unit is written.
pub(super) fn address(opened: &Opened, unit: UnitId, lang: Lang) -> String {
    // `lang` would choose the language of the page itself.
    format!("{}/write?in={lang}", opened.unit_address(unit))
}

/// What a new wording may do to the other languages, the likeliest first.
fn manners(opened: &Opened, unit: &Unit, lang: Lang) -> Vec<Manner> {
    let state = unit.state(lang);
    let authentic = opened.dossier.languages.get(&lang) == Some(&Authority::Authentic);
    let sole = !opened.text().authentic().any(|lang| unit.chains.contains_key(&lang));
    let settled = matches!(state, CellState::InWork | CellState::Revised | CellState::Concordant);
    let mut all = Vec::new();
    if unit.turn > 0 && !settled {
        all.push(Manner::Follows);
    }
    if authentic || sole {
        all.push(Manner::Leads);
    }
    if unit.turn > 0 && settled {
        all.extend([Manner::Follows, Manner::Editorial]);
    }
    all
}

/// The language asked for, if the text has it.
fn lang(opened: &Opened, typed: &str) -> Result<Lang, Fault> {
    let lang = typed.parse().ok();
    lang.filter(|lang| opened.dossier.languages.contains_key(lang)).ok_or(Fault::Missing)
}

/// The form as it begins for what stands there.
fn begun(opened: &Opened, unit: &Unit, lang: Lang) -> Fields {
    let manner = manners(opened, unit, lang).first().map_or("", |manner| manner.code());
    Fields::default()
        .with("lang", lang.code())
        .with("text", unit.text(lang))
        .with("manner", manner)
        .with("base", unit.seal(lang).hex())
        .with("turn", unit.turn.to_string())
}

fn ask(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    opened.may_change()?;
    let unit = opened.unit(req)?;
    // Without a language, the one that the reader reads.
    let typed = req.query.get("in");
    let lang = lang(&opened, typed).unwrap_or_else(|_| opened.read_in(req.lang()));
    let draft = Draft::of(begun(&opened, unit, lang));
    let around = Around::load(req, &opened, unit)?;
    let body = html! {
        (form(req, &opened, unit, lang, &draft, &around))
        (remembered(req, &opened, unit, lang)?)
    };
    Ok(page(req, &opened, unit, lang)?.reply(req, &body))
}

fn page<'a>(req: &'a Req, opened: &Opened, unit: &Unit, lang: Lang) -> Result<Page<'a>, Fault> {
    let name = unit::title(req, opened, unit);
    let mut page = opened.below(req, format!("{name} · {}", lang.own_name()))?;
    page.trail.push((opened.unit_address(unit.id), name));
    Ok(page)
}

fn form(
    req: &Req,
    opened: &Opened,
    unit: &Unit,
    lang: Lang,
    draft: &Draft,
    around: &Around,
) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let typed = draft.typed.get("text");
    let wrong = draft.refused.get("text").is_some();
    let source = unit_hint::source(opened, unit, lang);
    let all = manners(opened, unit, lang);
    html! {
        @if matches!(opened.consensus().phase, Phase::Silence(_) | Phase::Gavelled(_)) {
            section.notice.warn { p { (t.get("unit-voids")) } }
        }
        div.two {
            section {
                @if let Some(source) = source {
                    h2 { bdi lang=(source.tag()) { (source.own_name()) } }
                    (words(source, unit.text(source)))
                }
                (unit_hint::changed(req, unit, lang))
            }
            section {
                h2 { bdi lang=(lang.tag()) { (lang.own_name()) } }
                (show.summary())
                form method="post" action={ (opened.unit_address(unit.id)) "/write" } novalidate {
                    @for name in ["lang", "base", "turn"] {
                        input type="hidden" name=(name) value=(draft.typed.get(name));
                    }
                    div.field.wrongly[wrong] {
                        label for=(id("text")) { (t.get("unit-words")) }
                        @if let Some(refusal) = draft.refused.get("text") {
                            p.wrong { (t.refusal(refusal)) }
                        }
                        // A line break right behind the opening tag would be swallowed.
                        textarea.wording id=(id("text")) name="text" rows="8" lang=(lang.tag())
                            dir=(lang.dir()) { "\n" (typed) }
                    }
                    fieldset.field id=(id("manner")) {
                        legend { (t.get("unit-manner")) }
                        @if let Some(refusal) = draft.refused.get("manner") {
                            p.wrong { (t.refusal(refusal)) }
                        }
                        @for manner in &all {
                            label.box {
                                input type="radio" name="manner" value=(manner)
                                    checked[draft.typed.get("manner") == manner.code()];
                                " " (t.get(&format!("unit-manner-{manner}")))
                            }
                        }
                    }
                    div.actions { button.main type="submit" { (t.get("unit-save")) } }
                }
                (unit_hint::compared(req, lang, typed, source.map(|s| (s, unit.text(s))), around))
            }
        }
    }
}

/// Earlier translations of nearly the same words.
fn remembered(req: &Req, opened: &Opened, unit: &Unit, lang: Lang) -> Result<Markup, Fault> {
    match unit_hint::source(opened, unit, lang) {
        Some(from) => memory::suggestions(req, unit, (unit.text(from), from), lang),
        None => Ok(html! {}),
    }
}

/// The words that the writer saw, if they ever stood in this place.
fn read(unit: &Unit, lang: Lang, hex: &str) -> Option<(Seal, String)> {
    let wordings = unit.chains.get(&lang).map(|chain| chain.wordings.as_slice());
    let texts = wordings.unwrap_or_default().iter().map(|wording| wording.text.as_str());
    let seal = |text: &str| (unit.seal_of(lang, text), text.to_owned());
    texts.rev().chain([""]).map(seal).find(|(seal, _)| seal.hex() == hex)
}

fn take(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let unit = opened.unit(req)?;
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let mut draft = Draft::of(req.form.clone());
    let Ok(lang) = lang(&opened, draft.typed.get("lang")) else {
        return Err(Refusal::new("declaration-language").into());
    };
    let text = draft.read("text", |raw| {
        let have = raw.chars().count();
        // Before anything else is done with what may be very long.
        if have > 2 * LONGEST {
            return Err(Refusal::new("too-long").with("most", LONGEST).with("have", have));
        }
        safety::typed(raw, lang)
    });
    let may = manners(&opened, unit, lang);
    let manner = draft.read("manner", |raw| {
        let manner = raw.parse().ok().filter(|manner| may.contains(manner));
        manner.ok_or_else(|| Refusal::new("choose"))
    });
    let turn = draft.typed.get("turn").parse().unwrap_or_default();
    let base = read(unit, lang, draft.typed.get("base"));
    let (Some(text), Some(manner)) = (text, manner) else {
        return again(req, &opened, unit, lang, &draft);
    };
    // Words that never stood here are as good as words that moved.
    let seal = base.as_ref().map_or_else(|| Seal::of(""), |(seal, _)| seal.clone());
    let (second, at) = (None, req.now);
    let done = if manner == Manner::Editorial {
        let (id, declaration, unit) = (chance::id(), opened.dossier.id, unit.id);
        let correction = Correction { id, declaration, unit, lang, text, base: seal, turn, by, at };
        propose(req, &opened, &correction)
    } else {
        let text = text.clone();
        let unit = unit.id;
        let change = Change::Wrote { unit, lang, text, manner, base: seal, turn, by, second, at };
        let detail = json!({ "unit": unit, "lang": lang, "manner": manner });
        opened.act(req, ("wrote", &detail), &[Deed::Text(change)]).map(|_| ())
    };
    match refused(done)? {
        Ok(()) => Ok(Reply::See(opened.unit_address(unit.id))),
        Err(refusal) if refusal == Refusal::new("declaration-moved") => {
            moved(req, lang, base.as_ref().map_or("", |(_, text)| text))
        }
        Err(refusal) => {
            draft.refuse("text", refusal);
            again(req, &opened, unit, lang, &draft)
        }
    }
}

/// Keeps a correction until a second person has seen it.
fn propose(req: &Req, opened: &Opened, correction: &Correction) -> Result<(), Fault> {
    req.write(|c| {
        let reading = req.app.readings.read(c, &opened.dossier)?;
        reading.negotiation.consensus.may_change()?;
        correction.fits(&reading.negotiation.text)?;
        store::correction::insert(c, correction)?;
        let detail = json!({ "unit": correction.unit, "lang": correction.lang });
        let event = req.event("declaration", opened.dossier.id, "correction_proposed", detail);
        store::event::append(c, chance::id(), &event)
    })
}

fn again(req: &Req, opened: &Opened, unit: &Unit, lang: Lang, draft: &Draft) -> Outcome {
    let around = Around::load(req, opened, unit)?;
    let body = form(req, opened, unit, lang, draft, &around);
    Ok(page(req, opened, unit, lang)?.again(req, &body))
}

/// Somebody else wrote in between: what they did and what was typed, side by side.
fn moved(req: &Req, lang: Lang, base: &str) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let unit = opened.unit(req)?;
    let typed = req.form.get("text").replace("\r\n", "\n");
    let mut fields = begun(&opened, unit, lang);
    fields.0.retain(|(name, _)| name != "text" && name != "manner");
    let fields = fields.with("text", typed.as_str()).with("manner", req.form.get("manner"));
    let (t, now) = (req.t, unit.text(lang));
    let pieces = merge(base, now, &typed);
    let both = merged(&pieces).filter(|both| *both != typed && both != now);
    let around = Around::load(req, &opened, unit)?;
    let draft = Draft::of(fields);
    let body = html! {
        section.notice.warn role="alert" tabindex="-1" {
            h2 { (t.get("form-moved-title")) }
            @if now == base { p { (t.get("unit-moved-turn")) } } @else {
                p { (t.get("unit-moved")) }
                h3 { (t.get("unit-moved-theirs")) }
                (difference(lang, base, now))
                h3 { (t.get("unit-moved-yours")) }
                (difference(lang, base, &typed))
            }
            @if let Some(both) = &both {
                h3 { (t.get("unit-moved-both")) }
                (words(lang, both))
                form method="post" action=(req.path) {
                    @for name in ["lang", "base", "turn", "manner"] {
                        input type="hidden" name=(name) value=(draft.typed.get(name));
                    }
                    input type="hidden" name="text" value=(both);
                    div.actions { button type="submit" { (t.get("unit-moved-take-both")) } }
                }
            }
        }
        (form(req, &opened, unit, lang, &draft, &around))
    };
    Ok(page(req, &opened, unit, lang)?.again(req, &body))
}
