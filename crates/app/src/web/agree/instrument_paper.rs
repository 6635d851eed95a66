//! Documents beside an instrument: filed once, given back byte for byte, to its parties and the office
//! alone. A digital signature of another kind is kept as it came and labelled as not verified here.

use domain::{
    Lang, PaperId, Refusal,
    access::Action,
    clean,
    instrument::{Instrument, Stage},
    paper::{self, MOST_PAPERS, Paper, PaperKind, Scheme},
    revision::Versioned,
    unit::Seal,
};
use maud::{Markup, html};
use serde_json::json;

use super::{instrument::Opened, instrument_form::GATE};
use crate::{
    chance,
    i18n::Messages,
    web::{
        fields::Fields,
        form::{Draft, Show},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let papers = "/editions/{edition}/instruments/{instrument}/papers";
    let one = "/editions/{edition}/instruments/{instrument}/papers/{paper}";
    vec![
        get(papers, GATE, blank),
        post(papers, GATE, file),
        get(one, Gate::Participants(Action::Read), show),
    ]
}

/// What a document is called.
fn named(t: Messages, paper: &Paper) -> String {
    match (paper.kind, paper.lang, paper.scheme) {
        (PaperKind::Text, Some(lang), _) => {
            format!("{} · {}", t.get("instrument-paper-text"), lang.own_name())
        }
        (PaperKind::Signature, _, Some(scheme)) => {
            let scheme = t.get(&format!("instrument-scheme-{scheme}"));
            format!("{} · {scheme}", t.get("instrument-paper-signature"))
        }
        (kind, ..) => t.get(&format!("instrument-paper-{kind}")),
    }
}

/// The documents of an instrument, newest last.
pub fn section(req: &Req, opened: &Opened<'_>, papers: &[Versioned<Paper>]) -> Markup {
    let (t, zone) = (req.t, opened.edition.time_zone());
    let kilobytes = |size: u64| i64::try_from(size.div_ceil(1024)).unwrap_or(i64::MAX);
    html! {
        section {
            h2 { (t.get("instrument-papers")) }
            @if papers.is_empty() { p.hint { (t.get("instrument-papers-none")) } }
            @else {
                ul {
                    @for paper in papers.iter().map(|paper| &paper.value) {
                        li {
                            a href={ (opened.address()) "/papers/" (paper.id) } download {
                                (named(t, paper))
                            }
                            " · " (t.with("instrument-kilobytes", &[
                                ("n", text::number(t.lang, kilobytes(paper.size)).into()),
                            ]))
                            " · " (when::moment(t.lang, &zone, paper.at))
                            @if !paper.note.is_empty() { " · " bdi { (paper.note) } }
                            @if paper.kind == PaperKind::Signature {
                                " " span.chip { (t.get("instrument-unverified")) }
                            }
                            details {
                                summary { (t.get("instrument-hash")) }
                                code { (paper.seal.hex()) }
                            }
                        }
                    }
                }
            }
            @if opened.files(req) {
                p { a.button href={ (opened.address()) "/papers" } { (t.get("instrument-paper-file")) } }
            }
        }
    }
}

fn form(req: &Req, opened: &Opened<'_>, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let kind = |k: &PaperKind| (k.code().to_owned(), t.get(&format!("instrument-paper-{k}")));
    let kinds: Vec<_> = PaperKind::ALL.iter().map(kind).collect();
    let mut langs = vec![(String::new(), t.get("instrument-paper-no-lang"))];
    let tongue = |l: &Lang| (l.code().to_owned(), l.own_name().to_owned());
    langs.extend(opened.value().languages.iter().map(tongue));
    let mut schemes = vec![(String::new(), t.get("instrument-scheme-none"))];
    let scheme = |s: &Scheme| (s.code().to_owned(), t.get(&format!("instrument-scheme-{s}")));
    schemes.extend(Scheme::ALL.iter().map(scheme));
    let wrong = draft.refused.get("file");
    html! {
        (show.summary())
        form method="post" action=(req.path) enctype="multipart/form-data" novalidate {
            (show.choice("kind", "instrument-paper-kind", &kinds))
            (show.choice("lang", "instrument-paper-lang", &langs))
            (show.choice("scheme", "instrument-scheme", &schemes))
            (show.line("note", "instrument-paper-note"))
            div.field.wrongly[wrong.is_some()] {
                label for="f-file" { (t.get("instrument-paper")) }
                p.hint { (t.get("instrument-paper-about")) }
                @if let Some(refusal) = wrong { p.wrong { (t.refusal(refusal)) } }
                input #f-file type="file" name="file";
            }
            div.actions { button.main type="submit" { (t.get("instrument-paper-file")) } }
        }
    }
}

fn blank(req: &Req) -> Outcome {
    let opened = Opened::inner(req, Action::File)?;
    let kind =
        if opened.value().stage.seal().is_some() { PaperKind::Scan } else { PaperKind::Text };
    let draft = Draft::of(Fields::default().with("kind", kind.code()));
    let page = opened.below(req, req.t.get("instrument-paper-file"));
    Ok(page.reply(req, &form(req, &opened, &draft)))
}

/// The document that was sent, if all of it may be filed.
fn read(req: &Req, one: &Instrument, draft: &mut Draft) -> Option<(Paper, Vec<u8>)> {
    let kind = draft.code::<PaperKind>("kind");
    let note = draft.read("note", clean::line);
    let (kind, note) = (kind?, note?);
    let lang = match kind {
        PaperKind::Text => Some(draft.read("lang", |raw| {
            let lang = raw.parse().ok().filter(|lang| one.languages.contains(lang));
            lang.ok_or_else(|| Refusal::new("choose"))
        })?),
        _ => None,
    };
    let scheme = match kind {
        PaperKind::Signature => Some(draft.code::<Scheme>("scheme")?),
        _ => None,
    };
    // The words that are final are not replaced.
    if kind == PaperKind::Text && !matches!(one.stage, Stage::Draft | Stage::Cleared) {
        draft.refuse("kind", Refusal::new("instrument-settled"));
        return None;
    }
    let sent = req.files.iter().find(|file| file.field == "file");
    let bytes = sent.map(|file| file.bytes.clone()).unwrap_or_default();
    match paper::admit(kind, &bytes) {
        Err(refusal) => {
            draft.refuse("file", refusal);
            None
        }
        Ok(media) => {
            let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let (id, seal) = (chance::id(), Seal::of_bytes(&bytes));
            let (instrument, at, by) = (one.id, req.now, req.actor.person?);
            let paper =
                Paper { id, instrument, kind, scheme, lang, note, media, size, seal, at, by };
            Some((paper, bytes))
        }
    }
}

fn file(req: &Req) -> Outcome {
    let opened = Opened::inner(req, Action::File)?;
    let mut draft = Draft::of(req.form.clone());
    if let Some((paper, bytes)) = read(req, opened.value(), &mut draft) {
        let full = req.write(|c| {
            if store::paper::of_instrument(c, paper.instrument)?.len() >= MOST_PAPERS {
                return Ok(true);
            }
            store::paper::insert(c, &paper)?;
            store::paper::fill(c, paper.id, &bytes)?;
            let detail = json!({ "kind": paper.kind, "sha256": paper.seal });
            let event = req.event("instrument", paper.instrument, "filed", detail);
            store::event::append(c, chance::id(), &event)?;
            Ok(false)
        })?;
        if !full {
            return Ok(Reply::See(opened.address()));
        }
        draft.refuse("file", Refusal::new("paper-too-many").with("most", MOST_PAPERS));
    }
    let page = opened.below(req, req.t.get("instrument-paper-file"));
    Ok(page.again(req, &form(req, &opened, &draft)))
}

fn show(req: &Req) -> Outcome {
    let opened = Opened::inner(req, Action::Read)?;
    let id: PaperId = req.param("paper")?;
    let (paper, bytes) = req.read(|c| {
        let paper = store::paper::need(c, id)?.value;
        Ok((paper, store::paper::bytes(c, id)?))
    })?;
    if paper.instrument != opened.value().id {
        return Err(Fault::Missing);
    }
    let mark = if opened.value().exercise { "-EXERCISE" } else { "" };
    let ending = paper.media.ending();
    let name = format!("{}-{}{mark}.{ending}", paper.kind, &paper.seal.hex()[..12]);
    Ok(Reply::Bytes { media: paper.media.code(), name: Some(name), bytes })
}
