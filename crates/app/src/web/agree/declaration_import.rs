//! A text that was written elsewhere: pasted or uploaded in its languages, as plain text or as Akoma Ntoso,
//! and laid side by side. What was laid is kept for whoever brought it, to be looked at: see
//! [`super::declaration_review`].

use domain::{
    Lang, Refusal,
    access::Action,
    declaration::{LONGEST, MOST_UNITS},
    document::{Alignment, Paragraph, Passage, aligned},
    paragraph::{self, Row},
    safety,
    text_import::TextImport,
    unit::UnitKind,
};
use maud::{Markup, html};
use outputs::akn;
use store::Conn;

use super::{declaration::Opened, declaration_review};
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
        post("/editions/{edition}/declarations/{declaration}/import", draft, lay),
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
    let waiting = req.read(|c| waiting(c, req, &opened))?;
    let draft = match waiting.first().filter(|_| req.query.has("of", "last")) {
        Some(import) => {
            let all = req.read(|c| store::text_import::paragraphs(c, import.id))?;
            Draft::of(plain(&opened, &all))
        }
        None => Draft::default(),
    };
    let body = html! {
        @for import in waiting.iter().filter(|_| !req.query.has("of", "last")) {
            section.notice {
                p { (req.t.with("declaration-import-waits", &[("n", import.paragraphs.into())])) }
                p { a href=(declaration_review::address(&opened, import)) {
                    (req.t.get("declaration-import-go-on"))
                } }
            }
        }
        (form(req, &opened, &draft))
    };
    Ok(opened.below(req, req.t.get("declaration-import"))?.reply(req, &body))
}

/// What the reader has brought for this text and not taken in yet.
fn waiting(c: &mut Conn, req: &Req, opened: &Opened) -> store::Result<Vec<TextImport>> {
    let all = store::text_import::of_dossier(c, opened.dossier.id)?;
    let mine = |import: &TextImport| Some(import.by) == req.actor.person;
    Ok(all.into_iter().map(|import| import.value).filter(mine).collect())
}

/// The paragraphs as plain texts to be changed by hand: parted by empty lines, a dash where one is missing.
fn plain(opened: &Opened, paragraphs: &[Paragraph]) -> Fields {
    let text = |lang: Lang| {
        let words = |p: &Paragraph| p.words.get(&lang).cloned().unwrap_or_else(|| "—".to_owned());
        let any = paragraphs.iter().any(|p| p.words.contains_key(&lang));
        let all: Vec<String> = paragraphs.iter().filter(|_| any).map(words).collect();
        (format!("text.{lang}"), all.join("\n\n"))
    };
    Fields(opened.languages().into_iter().map(text).collect())
}

/// One wording as it may stand in a text.
fn sound(raw: &str, lang: Lang) -> Result<String, Refusal> {
    let text = safety::typed(raw, lang)?;
    let have = text.chars().count();
    if have > LONGEST {
        return Err(Refusal::new("too-long").with("most", LONGEST).with("have", have));
    }
    Ok(text)
}

/// Whether so many more units have room.
fn fits(opened: &Opened, units: usize) -> Result<(), Refusal> {
    if opened.text().units.len() + units > MOST_UNITS {
        return Err(Refusal::new("declaration-too-long").with("most", MOST_UNITS));
    }
    Ok(())
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

/// Keeps what was laid side by side, in place of what the reader had brought before.
fn lay(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Draft)?;
    opened.may_change()?;
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let mut draft = typed(req, &opened);
    let Some((paragraphs, alignment)) = read(req, &opened, &mut draft) else {
        let page = opened.below(req, req.t.get("declaration-import"))?;
        return Ok(page.again(req, &form(req, &opened, &draft)));
    };
    let has = |lang: &Lang| paragraphs.iter().any(|p| p.words.contains_key(lang));
    let langs: Vec<Lang> = opened.languages().into_iter().filter(has).collect();
    let import = TextImport {
        id: chance::id(),
        declaration: opened.dossier.id,
        by,
        at: req.now,
        apart: paragraphs.iter().filter(|p| p.words.len() < langs.len()).count(),
        paragraphs: paragraphs.len(),
        langs,
        alignment,
    };
    req.write(|c| {
        for earlier in waiting(c, req, &opened)? {
            store::text_import::remove(c, earlier.id)?;
        }
        store::text_import::insert(c, &import)?;
        store::text_import::fill(c, &import, &paragraphs)
    })?;
    Ok(Reply::See(declaration_review::address(&opened, &import)))
}
