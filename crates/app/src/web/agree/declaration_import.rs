//! A text that was written elsewhere: pasted or uploaded in its languages, as plain text or as Akoma Ntoso,
//! laid side by side, looked at, and taken in as a whole or not at all.

use domain::{
    Lang, PersonId, Refusal, UnitId,
    access::Action,
    change::Change,
    declaration::Authority,
    document::{Alignment, Paragraph, Passage, aligned},
    negotiation::Deed,
    paragraph::{self, Row},
    safety,
    unit::{Manner, Unit, UnitKind},
};
use maud::{Markup, html};
use outputs::akn;
use serde_json::json;

use super::{
    declaration::{Opened, refused},
    declaration_review::{self, carried, fits, plain, sound, taken},
};
use crate::{
    chance,
    web::{
        fields::{Fields, Upload},
        form::{Draft, Show, id},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
    },
};

/// The field of uploaded documents, one for each language.
const DOCUMENTS: &str = "documents";

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

/// Where a refusal stands that concerns the whole.
fn first(opened: &Opened) -> String {
    field(opened.languages().first().copied().unwrap_or(Lang::Zh))
}

fn ask(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    opened.may_change()?;
    let body = form(req, &opened, &Draft::default());
    Ok(opened.below(req, req.t.get("declaration-import"))?.reply(req, &body))
}

fn form(req: &Req, opened: &Opened, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let wrong = draft.refused.get(DOCUMENTS);
    html! {
        p { (t.get("declaration-import-how")) }
        (show.summary())
        form method="post" action=(address(opened)) enctype="multipart/form-data" {
            @for lang in opened.languages() { (tongue(req, draft, lang)) }
            div.field.wrongly[wrong.is_some()] {
                label for=(id(DOCUMENTS)) { (t.get("declaration-import-documents")) }
                p.hint { (t.get("declaration-import-documents-hint")) }
                @if let Some(refusal) = wrong { p.wrong { (t.refusal(refusal)) } }
                input id=(id(DOCUMENTS)) type="file" name=(DOCUMENTS) multiple
                    accept=".xml,.akn,application/xml,application/akn+xml";
            }
            div.actions { button.main type="submit" { (t.get("declaration-import-review")) } }
        }
    }
}

/// The field of one language, to type in or to choose a file for.
fn tongue(req: &Req, draft: &Draft, lang: Lang) -> Markup {
    let t = req.t;
    let (name, file) = (field(lang), format!("file.{lang}"));
    let wrong = draft.refused.get(&name);
    html! {
        div.field.wrongly[wrong.is_some()] {
            label for=(id(&name)) { bdi lang=(lang.tag()) { (lang.own_name()) } }
            @if let Some(refusal) = wrong { p.wrong { (t.refusal(refusal)) } }
            textarea.wording id=(id(&name)) name=(name) rows="8" lang=(lang.tag()) dir=(lang.dir()) {
                "\n" (draft.typed.get(&name))
            }
            label.hint for=(id(&file)) { (t.get("declaration-import-file")) }
            input id=(id(&file)) type="file" name=(file) accept=".txt,text/plain";
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
fn read(
    req: &Req,
    opened: &Opened,
    draft: &mut Draft,
) -> Option<(Vec<Paragraph>, Option<Alignment>)> {
    let sent = req.files.iter().filter(|f| f.field == DOCUMENTS && !f.bytes.is_empty());
    let sent: Vec<&Upload> = sent.collect();
    if sent.is_empty() {
        return texts(opened, draft).map(|paragraphs| (paragraphs, None));
    }
    let also = draft.typed.0.iter().any(|(_, text)| !text.trim().is_empty());
    let read =
        if also { Err(Refusal::new("declaration-import-both")) } else { documents(opened, &sent) };
    match read {
        Ok((paragraphs, by)) => Some((paragraphs, Some(by))),
        Err(refusal) => {
            draft.refuse(DOCUMENTS, refusal);
            None
        }
    }
}

/// Plain texts: their paragraphs are told by empty lines, and what each is by its place and end.
fn texts(opened: &Opened, draft: &mut Draft) -> Option<Vec<Paragraph>> {
    let mut texts = Vec::new();
    for lang in opened.languages() {
        let read = draft.read(&field(lang), |raw| {
            let paragraphs = paragraph::paragraphs(&safety::typed(raw, lang)?);
            paragraphs.iter().try_for_each(|text| sound(text, lang).map(|_| ()))?;
            fits(opened, paragraphs.len())?;
            Ok(paragraphs)
        })?;
        if !read.is_empty() {
            texts.push((lang, read));
        }
    }
    if texts.is_empty() {
        draft.refuse(&first(opened), Refusal::new("missing"));
    }
    let rows = paragraph::rows(&texts);
    if let Err(refusal) = fits(opened, rows.len()) {
        draft.refuse(&first(opened), refusal);
    }
    draft.is_sound().then(|| with_kinds(opened, rows))
}

fn with_kinds(opened: &Opened, rows: Vec<Row>) -> Vec<Paragraph> {
    let mut seen: Vec<UnitKind> = opened.text().units.iter().map(|unit| unit.kind).collect();
    let one = |words: Row| {
        let kind = paragraph::kind(&words, seen.len(), &seen);
        seen.push(kind);
        Paragraph { kind, words }
    };
    rows.into_iter().map(one).collect()
}

/// Akoma Ntoso, a document for each language.
fn documents(opened: &Opened, sent: &[&Upload]) -> Result<(Vec<Paragraph>, Alignment), Refusal> {
    let mut documents: Vec<(Lang, Vec<Passage>)> = Vec::new();
    for file in sent {
        let akn::Document { lang, passages, .. } = akn::read(&file.bytes)?;
        if !opened.dossier.languages.contains_key(&lang) {
            return Err(Refusal::new("declaration-import-language").with("lang", lang.own_name()));
        }
        if documents.iter().any(|(known, _)| *known == lang) {
            return Err(Refusal::new("declaration-import-twice").with("lang", lang.own_name()));
        }
        let passage = |passage: akn::Passage| {
            let akn::Passage { name, kind, .. } = passage;
            Ok(Passage { name, kind, text: sound(&passage.text, lang)? })
        };
        let passages = passages.into_iter().map(passage).collect::<Result<_, Refusal>>()?;
        documents.push((lang, passages));
    }
    let languages = opened.languages();
    documents.sort_by_key(|(lang, _)| languages.iter().position(|other| other == lang));
    let (paragraphs, by) = aligned(documents);
    if paragraphs.is_empty() {
        return Err(Refusal::new("file-empty"));
    }
    fits(opened, paragraphs.len())?;
    Ok((paragraphs, by))
}

fn review(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    opened.may_change()?;
    let page = opened.below(req, req.t.get("declaration-import"))?;
    // Back from the review: what was found is there to be changed.
    if req.form.has("step", "back") {
        let draft = Draft::of(plain(&opened, &taken(req, &opened)?));
        return Ok(page.reply(req, &form(req, &opened, &draft)));
    }
    let mut draft = typed(req, &opened);
    let Some((paragraphs, by)) = read(req, &opened, &mut draft) else {
        return Ok(page.again(req, &form(req, &opened, &draft)));
    };
    match carried(&paragraphs) {
        Ok(carried) => {
            let body = declaration_review::body(req, &opened, &paragraphs, &carried, by);
            Ok(page.reply(req, &body))
        }
        Err(refusal) => {
            draft.refuse(&first(&opened), refusal);
            Ok(page.again(req, &form(req, &opened, &draft)))
        }
    }
}

fn take(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let paragraphs = taken(req, &opened);
    let done = paragraphs.clone().map_err(Fault::from).and_then(|paragraphs| {
        let detail = json!({ "units": paragraphs.len() });
        opened.act_unmoved(req, ("imported", &detail), deeds(&opened, &paragraphs, (by, req.now)))
    });
    match refused(done)? {
        Ok(_) => Ok(Reply::See(opened.address())),
        Err(refusal) => {
            let words = paragraphs.map(|paragraphs| plain(&opened, &paragraphs));
            let mut draft = Draft::of(words.unwrap_or_default());
            draft.refuse(&first(&opened), refusal);
            let page = opened.below(req, req.t.get("declaration-import"))?;
            Ok(page.again(req, &form(req, &opened, &draft)))
        }
    }
}

/// New units behind those that are there.
fn deeds(opened: &Opened, paragraphs: &[Paragraph], by: (PersonId, jiff::Timestamp)) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let mut after = opened.text().units.last().map(|unit| unit.id);
    for Paragraph { kind, words } in paragraphs {
        let (unit, kind): (UnitId, UnitKind) = (chance::id(), *kind);
        deeds.push(Deed::Text(Change::Added { unit, kind, after }));
        after = Some(unit);
        deeds.extend(worded(opened, &Unit::new(unit, kind), words, by));
    }
    deeds
}

/// The wordings of a new unit: the first authentic one leads, the others follow it.
fn worded(
    opened: &Opened,
    unit: &Unit,
    row: &Row,
    (by, at): (PersonId, jiff::Timestamp),
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
