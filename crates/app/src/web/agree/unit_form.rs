//! The order of a text: paragraphs come in, move, become two, become one, go out.

use domain::{
    Lang, Refusal, UnitId,
    access::Action,
    change::Change,
    negotiation::Deed,
    procedure::Phase,
    safety,
    unit::{Manner, Unit, UnitKind},
};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::{
    declaration::{Opened, refused},
    unit,
    unit_act::seen,
    wording::words,
};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, id},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let draft = Gate::Participants(Action::Draft);
    vec![
        get("/editions/{edition}/declarations/{declaration}/units/new", draft, blank),
        post("/editions/{edition}/declarations/{declaration}/units/new", draft, add),
        get("/editions/{edition}/declarations/{declaration}/units/{unit}/place", draft, place),
        post("/editions/{edition}/declarations/{declaration}/units/{unit}/move", draft, shift),
        post("/editions/{edition}/declarations/{declaration}/units/{unit}/split", draft, split),
        post("/editions/{edition}/declarations/{declaration}/units/{unit}/merge", draft, merge),
        post("/editions/{edition}/declarations/{declaration}/units/{unit}/remove", draft, remove),
    ]
}

/// Where a new unit is written.
pub(super) fn new_address(opened: &Opened) -> String {
    format!("{}/units/new", opened.address())
}

/// Where a new unit behind another one is written.
pub(super) fn new_after(opened: &Opened, unit: UnitId) -> String {
    format!("{}?after={unit}", new_address(opened))
}

/// The places behind which something can stand, as options.
pub(super) fn places(req: &Req, opened: &Opened, but: Option<UnitId>) -> Vec<(String, String)> {
    let numbers = opened.numbers();
    let lang = opened.read_in(req.lang());
    let label = |unit: &Unit| {
        let text = unit.text(lang).replace('\n', " ");
        let begin: String = text.chars().take(40).collect();
        let more = if begin.len() < text.len() { "…" } else { "" };
        let number = numbers.0.get(&unit.id).map_or("¶", String::as_str);
        (unit.id.to_string(), format!("{number} {begin}{more}"))
    };
    let begin = (String::new(), req.t.get("unit-at-beginning"));
    let units = opened.text().units.iter().filter(|unit| Some(unit.id) != but);
    std::iter::once(begin).chain(units.map(label)).collect()
}

/// Warns that a change ends a silence or a gavel.
pub(super) fn voids(req: &Req, opened: &Opened) -> Markup {
    let runs = matches!(opened.consensus().phase, Phase::Silence(_) | Phase::Gavelled(_));
    html! { @if runs { section.notice.warn { p { (req.t.get("unit-voids")) } } } }
}

fn blank(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    opened.may_change()?;
    let after = req.query.get("after");
    let before: Option<UnitId> = after.parse().ok();
    let kind = before.and_then(|id| opened.text().unit(id)).map_or(UnitKind::Title, |unit| {
        if unit.kind == UnitKind::Title { UnitKind::Preambular } else { unit.kind }
    });
    let fields = Fields::default()
        .with("after", after)
        .with("kind", kind.code())
        .with("lang", opened.read_in(req.lang()).code());
    let body = form(req, &opened, &Draft::of(fields));
    Ok(opened.below(req, req.t.get("unit-add"))?.reply(req, &body))
}

fn form(req: &Req, opened: &Opened, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let kinds: Vec<_> = UnitKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), t.get(&format!("unit-kind-{kind}"))))
        .collect();
    let langs: Vec<_> = opened
        .languages()
        .into_iter()
        .map(|lang| (lang.code().to_owned(), lang.own_name().to_owned()))
        .collect();
    let fields = html! {
        (show.choice("after", "unit-after-which", &places(req, opened, None)))
        (show.choice("kind", "unit-kind", &kinds))
        (show.choice("lang", "unit-lang", &langs))
        (show.area("text", "unit-words"))
    };
    html! { (voids(req, opened)) (show.form(&new_address(opened), "unit-add", &fields)) }
}

/// The place that was chosen; the beginning when nothing was.
pub(super) fn chosen(opened: &Opened, raw: &str) -> Result<Option<UnitId>, Refusal> {
    if raw.is_empty() {
        return Ok(None);
    }
    let id = raw.parse().ok().filter(|id| opened.text().unit(*id).is_some());
    id.map(Some).ok_or_else(|| Refusal::new("declaration-unit-gone"))
}

fn add(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let mut draft = Draft::of(req.form.clone());
    let after = draft.read("after", |raw| chosen(&opened, raw));
    let kind: Option<UnitKind> = draft.code("kind");
    let lang = draft.read("lang", |raw| {
        let lang: Option<Lang> = raw.parse().ok();
        let lang = lang.filter(|lang| opened.dossier.languages.contains_key(lang));
        lang.ok_or_else(|| Refusal::new("choose"))
    });
    let text = draft.read("text", |raw| safety::typed(raw, lang.unwrap_or(Lang::En)));
    if let (Some(after), Some(kind), Some(lang), Some(text)) = (after, kind, lang, text) {
        let unit: UnitId = chance::id();
        let base = Unit::new(unit, kind).seal(lang);
        let (manner, second, at) = (Manner::Leads, None, req.now);
        let wrote = Change::Wrote { unit, lang, text, manner, base, turn: 0, by, second, at };
        let deeds = vec![Deed::Text(Change::Added { unit, kind, after }), Deed::Text(wrote)];
        let detail = json!({ "unit": unit, "lang": lang });
        match refused(opened.act(req, ("added", &detail), &deeds))? {
            Ok(_) => return Ok(Reply::See(opened.unit_address(unit))),
            Err(refusal) => draft.refuse("text", refusal),
        }
    }
    let body = form(req, &opened, &draft);
    Ok(opened.below(req, req.t.get("unit-add"))?.again(req, &body))
}

/// What the reader saw of a unit, in all its languages.
fn mark(opened: &Opened, unit: &Unit) -> String {
    let seals = opened.languages().into_iter().map(|lang| unit.seal(lang));
    let all: String = seals.map(|seal| seal.hex().to_owned()).collect();
    chance::hash(&format!("{} {all}", unit.turn))
}

fn place(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    opened.may_change()?;
    let unit = opened.unit(req)?;
    let draft = Draft::of(begun(&opened, unit));
    let body = moves(req, &opened, unit, &draft);
    page(req, &opened, unit, |page| page.reply(req, &body))
}

fn page(
    req: &Req,
    opened: &Opened,
    unit: &Unit,
    reply: impl FnOnce(crate::web::layout::Page<'_>) -> Reply,
) -> Outcome {
    let mut page = opened.below(req, req.t.get("unit-place"))?;
    page.trail.push((opened.unit_address(unit.id), unit::title(req, opened, unit)));
    Ok(reply(page))
}

/// The language in which a unit is divided: the first authentic one that is current.
fn dividing(opened: &Opened, unit: &Unit) -> Option<Lang> {
    let current = |lang: &Lang| unit.wording(*lang).is_some_and(|w| w.turn == unit.turn);
    opened.text().authentic().find(current)
}

fn begun(opened: &Opened, unit: &Unit) -> Fields {
    let units = &opened.text().units;
    let place = units.iter().position(|other| other.id == unit.id);
    let before = place.and_then(|at| at.checked_sub(1)).map(|at| units[at].id.to_string());
    let lang = dividing(opened, unit);
    Fields::default()
        .with("after", before.unwrap_or_default())
        .with("first", lang.map_or("", |lang| unit.text(lang)))
}

fn moves(req: &Req, opened: &Opened, unit: &Unit, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let address = |what: &str| format!("{}/{what}", opened.unit_address(unit.id));
    let units = &opened.text().units;
    let at = units.iter().position(|other| other.id == unit.id).unwrap_or_default();
    let next = units.get(at + 1);
    let lang = dividing(opened, unit);
    let shown = opened.read_in(req.lang());
    let seen = mark(opened, unit);
    html! {
        (voids(req, opened))
        (words(shown, unit.text(shown)))
        (show.summary())
        section {
            h2 { (t.get("unit-move")) }
            form method="post" action=(address("move")) {
                (show.choice("after", "unit-after-which", &places(req, opened, Some(unit.id))))
                div.actions { button type="submit" { (t.get("unit-move")) } }
            }
        }
        @if let Some(lang) = lang {
            section {
                h2 { (t.get("unit-split")) }
                p.hint { (t.get("unit-split-how")) }
                form method="post" action=(address("split")) {
                    input type="hidden" name="lang" value=(lang);
                    input type="hidden" name="base" value=(unit.seal(lang).hex());
                    @for (name, label) in [("first", "unit-split-first"), ("second", "unit-split-second")] {
                        div.field.wrongly[draft.refused.get(name).is_some()] {
                            label for=(id(name)) { (t.get(label)) }
                            @if let Some(refusal) = draft.refused.get(name) {
                                p.wrong { (t.refusal(refusal)) }
                            }
                            textarea.wording id=(id(name)) name=(name) rows="5" lang=(lang.tag())
                                dir=(lang.dir()) { "\n" (draft.typed.get(name)) }
                        }
                    }
                    div.actions { button type="submit" { (t.get("unit-split")) } }
                }
            }
        }
        @if let Some(next) = next {
            section {
                h2 { (t.get("unit-merge")) }
                p.hint { (t.get("unit-merge-how")) }
                (words(shown, next.text(shown)))
                form method="post" action=(address("merge")) {
                    input type="hidden" name="seen" value=(seen);
                    input type="hidden" name="next" value=(next.id);
                    input type="hidden" name="next-seen" value=(mark(opened, next));
                    div.actions { button type="submit" { (t.get("unit-merge")) } }
                }
            }
        }
        section {
            h2 { (t.get("unit-remove")) }
            p.hint { (t.get("unit-remove-how")) }
            form method="post" action=(address("remove")) {
                input type="hidden" name="seen" value=(seen);
                div.actions { button type="submit" { (t.get("unit-remove")) } }
            }
        }
    }
}

/// Does it and shows the text at the unit's place; a refusal comes back beside what was typed.
fn done(
    req: &Req,
    opened: &Opened,
    unit: &Unit,
    (verb, field): (&'static str, &str),
    detail: &Value,
    change: Result<Change, Refusal>,
) -> Outcome {
    let change = change.map(Deed::Text).map_err(Fault::from);
    let acted = change.and_then(|deed| opened.act_unmoved(req, (verb, detail), &[deed]));
    match refused(acted)? {
        Ok(now) => Ok(Reply::See(opened.in_state(now).place_address(unit.id))),
        Err(refusal) => {
            let mut fields = begun(opened, unit);
            fields.0.retain(|(name, _)| req.form.get(name).is_empty());
            fields.0.extend(req.form.0.iter().filter(|(name, _)| name != "seen").cloned());
            let mut draft = Draft::of(fields);
            draft.refuse(field, refusal);
            let body = moves(req, opened, unit, &draft);
            page(req, opened, unit, |page| page.again(req, &body))
        }
    }
}

fn shift(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let unit = opened.unit(req)?;
    let after = chosen(&opened, req.form.get("after"));
    let change = after.map(|after| Change::Shifted { unit: unit.id, after });
    done(req, &opened, unit, ("moved", "after"), &json!({ "unit": unit.id }), change)
}

fn split(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let unit = opened.unit(req)?;
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let new: UnitId = chance::id();
    let divided = || {
        let lang: Option<Lang> = req.form.get("lang").parse().ok();
        let lang = lang.filter(|lang| opened.dossier.languages.contains_key(lang));
        let lang = lang.ok_or_else(|| Refusal::new("declaration-language"))?;
        let base = seen(unit, lang, req.form.get("base"))?;
        let parts = (
            safety::typed(req.form.get("first"), lang)?,
            safety::typed(req.form.get("second"), lang)?,
        );
        Ok(Change::Split { unit: unit.id, new, lang, base, parts, by, at: req.now })
    };
    let detail = json!({ "unit": unit.id, "new": new });
    done(req, &opened, unit, ("split", "second"), &detail, divided())
}

/// Refuses what was decided on other words than those that stand there.
fn unchanged(opened: &Opened, unit: &Unit, seen: &str) -> Result<(), Refusal> {
    if mark(opened, unit) == seen { Ok(()) } else { Err(Refusal::new("declaration-moved")) }
}

fn merge(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let unit = opened.unit(req)?;
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let joined = || {
        unchanged(&opened, unit, req.form.get("seen"))?;
        let next: Option<UnitId> = req.form.get("next").parse().ok();
        let next = next.and_then(|id| opened.text().unit(id));
        let next = next.ok_or_else(|| Refusal::new("declaration-unit-gone"))?;
        unchanged(&opened, next, req.form.get("next-seen"))?;
        Ok(Change::Merged { unit: unit.id, next: next.id, by, at: req.now })
    };
    done(req, &opened, unit, ("merged", "after"), &json!({ "unit": unit.id }), joined())
}

fn remove(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let unit = opened.unit(req)?;
    let change =
        unchanged(&opened, unit, req.form.get("seen")).map(|()| Change::Removed { unit: unit.id });
    done(req, &opened, unit, ("removed", "after"), &json!({ "unit": unit.id }), change)
}
