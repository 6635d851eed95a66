//! A text that was written elsewhere: pasted or uploaded in its languages, laid side by side, looked at, and
//! taken in as a whole or not at all.

use domain::{
    Lang, Refusal, UnitId,
    access::Action,
    change::Change,
    declaration::{Authority, LONGEST, MOST_UNITS},
    negotiation::Deed,
    paragraph::{self, Row},
    safety,
    unit::{Manner, Unit, UnitKind},
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    declaration::{Opened, refused},
    fields::Fields,
    form::{Draft, Show, id},
    reply::{Fault, Outcome, Reply},
    request::Req,
    route::{Gate, Route, get, post},
    wording::words,
};
use crate::chance;

/// Up to so many paragraphs the kind of each can be chosen before they are taken in.
const CHOSEN: usize = 500;

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let draft = Gate::Participants(Action::Draft);
    vec![
        get("/editions/{edition}/declarations/{declaration}/import", draft, ask),
        post("/editions/{edition}/declarations/{declaration}/import", draft, review),
        post("/editions/{edition}/declarations/{declaration}/import/confirm", draft, take),
    ]
}

/// Where a text is imported.
pub(super) fn address(opened: &Opened) -> String {
    format!("{}/import", opened.address())
}

fn field(lang: Lang) -> String {
    format!("text.{lang}")
}

fn ask(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    opened.consensus().may_change()?;
    let body = form(req, &opened, &Draft::default());
    Ok(opened.below(req, req.t.get("declaration-import"))?.reply(req, &body))
}

fn form(req: &Req, opened: &Opened, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    html! {
        p { (t.get("declaration-import-how")) }
        (show.summary())
        form method="post" action=(address(opened)) enctype="multipart/form-data" {
            @for lang in opened.languages() {
                @let name = field(lang);
                @let wrong = draft.refused.get(&name);
                div.field.wrongly[wrong.is_some()] {
                    label for=(id(&name)) { bdi lang=(lang.tag()) { (lang.own_name()) } }
                    @if let Some(refusal) = wrong { p.wrong { (t.refusal(refusal)) } }
                    textarea.wording id=(id(&name)) name=(name) rows="8" lang=(lang.tag()) dir=(lang.dir()) {
                        "\n" (draft.typed.get(&name))
                    }
                    @let file = format!("file.{lang}");
                    label.hint for=(id(&file)) { (t.get("declaration-import-file")) }
                    input id=(id(&file)) type="file" name=(file) accept=".txt,text/plain";
                }
            }
            p.actions { button.main type="submit" { (t.get("declaration-import-review")) } }
        }
    }
}

/// What was typed, with the words of uploaded files in place of empty fields.
fn typed(req: &Req, opened: &Opened) -> Draft {
    let mut draft = Draft::of(Fields::default());
    for lang in opened.languages() {
        let name = field(lang);
        let file = format!("file.{lang}");
        let file = req.files.iter().find(|upload| upload.field == file && !upload.bytes.is_empty());
        let text = match file.map(|file| std::str::from_utf8(&file.bytes)) {
            Some(Ok(text)) => text.trim_start_matches('\u{FEFF}').to_owned(),
            Some(Err(_)) => {
                draft.refuse(&name, Refusal::new("declaration-import-utf8"));
                req.form.get(&name).to_owned()
            }
            None => req.form.get(&name).to_owned(),
        };
        draft.typed = draft.typed.with(name, text);
    }
    draft
}

/// The paragraphs side by side, or what is wrong with them.
fn read(opened: &Opened, draft: &mut Draft) -> Option<Vec<Row>> {
    let mut texts = Vec::new();
    for lang in opened.languages() {
        let name = field(lang);
        let read = draft.read(&name, |raw| {
            let paragraphs = paragraph::paragraphs(&safety::typed(raw, lang)?);
            let long = paragraphs.iter().map(|text| text.chars().count()).max().unwrap_or_default();
            if long > LONGEST {
                return Err(Refusal::new("too-long").with("most", LONGEST).with("have", long));
            }
            fits(opened, paragraphs.len())?;
            Ok(paragraphs)
        })?;
        if !read.is_empty() {
            texts.push((lang, read));
        }
    }
    let first = field(opened.languages().first().copied().unwrap_or(Lang::Zh));
    if texts.is_empty() {
        draft.refuse(&first, Refusal::new("missing"));
    }
    let rows = paragraph::rows(&texts);
    if let Err(refusal) = fits(opened, rows.len()) {
        draft.refuse(&first, refusal);
    }
    draft.is_sound().then_some(rows)
}

fn fits(opened: &Opened, units: usize) -> Result<(), Refusal> {
    if opened.text().units.len() + units > MOST_UNITS {
        return Err(Refusal::new("declaration-too-long").with("most", MOST_UNITS));
    }
    Ok(())
}

/// The kind of every row: as chosen, or as it seems.
fn kinds(opened: &Opened, rows: &[Row], chosen: &Fields) -> Vec<UnitKind> {
    let begun = opened.text().units.len();
    let mut kinds: Vec<UnitKind> = opened.text().units.iter().map(|unit| unit.kind).collect();
    for (at, row) in rows.iter().enumerate() {
        let guessed = paragraph::kind(row, begun + at, &kinds);
        kinds.push(chosen.get(&format!("kind.{at}")).parse().unwrap_or(guessed));
    }
    kinds.split_off(begun)
}

fn review(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    opened.consensus().may_change()?;
    let mut draft = typed(req, &opened);
    let page = opened.below(req, req.t.get("declaration-import"))?;
    // Back from the review: what was typed is there to be changed.
    if req.form.has("step", "back") {
        return Ok(page.reply(req, &form(req, &opened, &draft)));
    }
    match read(&opened, &mut draft) {
        None => Ok(page.again(req, &form(req, &opened, &draft))),
        Some(rows) => Ok(page.reply(req, &reviewed(req, &opened, &draft, &rows))),
    }
}

fn reviewed(req: &Req, opened: &Opened, draft: &Draft, rows: &[Row]) -> Markup {
    let t = req.t;
    let langs: Vec<Lang> = opened
        .languages()
        .into_iter()
        .filter(|lang| rows.iter().any(|row| row.contains_key(lang)))
        .collect();
    let alone = rows.iter().filter(|row| row.len() < langs.len()).count();
    let kinds = kinds(opened, rows, &draft.typed);
    let name = |kind: &UnitKind| t.get(&format!("unit-kind-{kind}"));
    html! {
        p { (t.with("declaration-import-found", &[("n", rows.len().into())])) }
        @if alone > 0 {
            section.notice.warn { p { (t.with("declaration-import-alone", &[("n", alone.into())])) } }
        }
        form method="post" action={ (address(opened)) "/confirm" } {
            @for lang in opened.languages() {
                input type="hidden" name=(field(lang)) value=(draft.typed.get(&field(lang)));
            }
            div class={ "text of-" (langs.len()) } {
                @for (at, (row, kind)) in rows.iter().zip(&kinds).enumerate() {
                    section.unit {
                        span.number { (at + 1) }
                        @for lang in &langs {
                            div.cell {
                                span.tongue-name lang=(lang.tag()) { (lang.own_name()) }
                                @match row.get(lang) {
                                    Some(text) => { (words(*lang, text)) }
                                    None => { span.chip.warn { (t.get("unit-state-missing")) } }
                                }
                            }
                        }
                        @if rows.len() <= CHOSEN {
                            select.kind name={ "kind." (at) } aria-label=(t.get("unit-kind")) {
                                @for other in UnitKind::ALL {
                                    option value=(other) selected[other == kind] { (name(other)) }
                                }
                            }
                        } @else { span.hint { (name(kind)) } }
                    }
                }
            }
            p.actions {
                button.main type="submit" { (t.get("declaration-import-take")) }
                button type="submit" name="step" value="back" formaction=(address(opened)) {
                    (t.get("declaration-import-back"))
                }
            }
        }
    }
}

fn take(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let mut draft = typed(req, &opened);
    let page = || opened.below(req, req.t.get("declaration-import"));
    let Some(rows) = read(&opened, &mut draft) else {
        return Ok(page()?.again(req, &form(req, &opened, &draft)));
    };
    let kinds = kinds(&opened, &rows, &req.form);
    let mut deeds = Vec::new();
    let mut after = opened.text().units.last().map(|unit| unit.id);
    for (row, kind) in rows.iter().zip(kinds) {
        let unit: UnitId = chance::id();
        deeds.push(Deed::Text(Change::Added { unit, kind, after }));
        after = Some(unit);
        deeds.extend(worded(&opened, &Unit::new(unit, kind), row, (by, req.now)));
    }
    let detail = json!({ "units": rows.len() });
    match refused(opened.act_unmoved(req, ("imported", &detail), deeds))? {
        Ok(_) => Ok(Reply::See(opened.address())),
        Err(refusal) => {
            let first = opened.languages().first().copied().unwrap_or(Lang::Zh);
            draft.refuse(&field(first), refusal);
            Ok(page()?.again(req, &form(req, &opened, &draft)))
        }
    }
}

/// The wordings of a new unit: the first authentic one leads, the others follow it.
fn worded(
    opened: &Opened,
    unit: &Unit,
    row: &Row,
    (by, at): (domain::PersonId, jiff::Timestamp),
) -> Vec<Deed> {
    let mut langs: Vec<Lang> =
        opened.languages().into_iter().filter(|lang| row.contains_key(lang)).collect();
    let is_translation =
        |lang: &Lang| opened.dossier.languages.get(lang) != Some(&Authority::Authentic);
    langs.sort_by_key(is_translation);
    let wrote = |(place, lang): (usize, Lang)| {
        let (manner, turn) = if place == 0 { (Manner::Leads, 0) } else { (Manner::Follows, 1) };
        let (text, base) = (row.get(&lang).cloned().unwrap_or_default(), unit.seal(lang));
        let (unit, second) = (unit.id, None);
        Deed::Text(Change::Wrote { unit, lang, text, manner, base, turn, by, second, at })
    };
    langs.into_iter().enumerate().map(wrote).collect()
}
