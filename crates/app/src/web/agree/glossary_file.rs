//! Glossaries and translation memories as files: TBX and TMX, in and out.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Lang, Refusal,
    access::Action,
    clean,
    edition::Edition,
    glossary::{Concept, Entry},
    memory::{Remembered, Segment},
    safety,
};
use maud::{Markup, html};
use outputs::{tbx, tmx};
use serde_json::json;

use super::{
    glossary::{DRAFT, below, home, is_exercise},
    memory,
};
use crate::{
    chance,
    web::{
        form::{self, Draft, Show, id},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
    },
};

/// Most paragraphs of the memory of a series: all of them are looked through while somebody writes.
const MOST_SEGMENTS: i64 = 20_000;

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/glossary/export/tbx", Gate::Participants(Action::Read), save_tbx),
        get("/editions/{edition}/glossary/import", DRAFT, ask),
        post("/editions/{edition}/glossary/import", DRAFT, take_tbx),
        get("/editions/{edition}/memory", DRAFT, ask_memory),
        post("/editions/{edition}/memory", DRAFT, take_tmx),
        post("/editions/{edition}/memory/clear", DRAFT, clear),
        get("/editions/{edition}/memory/export/tmx", DRAFT, save_tmx),
    ]
}

fn memory_home(edition: &Edition) -> String {
    format!("/editions/{}/memory", edition.id)
}

/// Where the files are.
pub(super) fn links(req: &Req, edition: &Edition) -> Markup {
    let t = req.t;
    html! {
        div.actions {
            a.button href={ (home(edition.id)) "/export/tbx" } download { (t.get("glossary-save-tbx")) }
            a.button href={ (home(edition.id)) "/import" } { (t.get("glossary-import")) }
            a.button href=(memory_home(edition)) { (t.get("glossary-memory")) }
        }
    }
}

fn name(req: &Req, what: &str, ending: &str) -> Option<String> {
    let exercise = req.edition().is_ok_and(is_exercise);
    Some(format!("{what}{}.{ending}", if exercise { "-EXERCISE" } else { "" }))
}

fn save_tbx(req: &Req) -> Outcome {
    let series = req.edition()?.series;
    let entries = req.read(|c| store::glossary::of_series(c, series))?;
    let concepts: Vec<Concept> = entries.into_iter().map(|entry| entry.value.concept).collect();
    let bytes = tbx::write(&concepts, &req.t.get("glossary-title"));
    Ok(Reply::Bytes { media: "application/x-tbx", name: name(req, "glossary", "tbx"), bytes })
}

fn upload(req: &Req, draft: &Draft, label: &str, accept: &str) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let wrong = draft.refused.get("file");
    html! {
        (show.summary())
        form method="post" action=(req.path) enctype="multipart/form-data" {
            div.field.wrongly[wrong.is_some()] {
                label for=(id("file")) { (t.get(label)) }
                @if let Some(refusal) = wrong { p.wrong { (t.refusal(refusal)) } }
                input id=(id("file")) type="file" name="file" accept=(accept);
            }
            div.actions { button.main type="submit" { (t.get("glossary-take")) } }
        }
    }
}

fn file(req: &Req) -> Result<&[u8], Refusal> {
    let file = req.files.iter().find(|f| f.field == "file" && !f.bytes.is_empty());
    file.map(|file| file.bytes.as_slice()).ok_or_else(|| Refusal::new("file-missing"))
}

/// What became of the last file, told on the page that one comes back to.
fn told(req: &Req, key: &str) -> Markup {
    let count = |name: &str| req.query.get(name).parse::<i64>().ok();
    html! {
        @if let (Some(added), Some(kept)) = (count("added"), count("kept")) {
            section.notice.ok role="status" {
                p { (req.t.with(key, &[("added", added.into()), ("kept", kept.into())])) }
            }
        }
    }
}

fn ask(req: &Req) -> Outcome {
    let body = asked(req, &Draft::default());
    Ok(below(req, req.edition()?, "glossary-import").reply(req, &body))
}

fn asked(req: &Req, draft: &Draft) -> Markup {
    html! {
        (told(req, "glossary-taken"))
        p { (req.t.get("glossary-import-how")) }
        (upload(req, draft, "glossary-file-tbx", ".tbx,.xml"))
    }
}

/// The concepts of a file as we would keep them: every term a clean line, at least two languages.
fn concepts(bytes: &[u8]) -> Result<Vec<Concept>, Refusal> {
    let mut all = tbx::read(bytes)?;
    for concept in &mut all {
        for term in concept.terms.values_mut().flatten() {
            term.text = clean::line(&term.text)?;
        }
        for terms in concept.terms.values_mut() {
            terms.retain(|term| !term.text.is_empty());
        }
        concept.terms.retain(|_, terms| !terms.is_empty());
    }
    all.retain(|concept| concept.terms.len() > 1);
    if all.is_empty() { Err(Refusal::new("glossary-file-empty")) } else { Ok(all) }
}

/// Adds what is not there yet. What is there stays as people made it.
fn take_tbx(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let concepts = match file(req).and_then(concepts) {
        Ok(concepts) => concepts,
        Err(refusal) => {
            let mut draft = Draft::default();
            draft.refuse("file", refusal);
            return Ok(below(req, edition, "glossary-import").again(req, &asked(req, &draft)));
        }
    };
    let (added, kept) = req.write(|c| {
        let there = store::glossary::of_series(c, edition.series)?;
        let ids: BTreeSet<&str> = there.iter().map(|e| e.value.concept.id.as_str()).collect();
        let known = |concept: &&Concept| ids.contains(concept.id.as_str());
        let (old, new): (Vec<&Concept>, Vec<&Concept>) = concepts.iter().partition(known);
        for concept in &new {
            let (series, concept) = (Some(edition.series), (*concept).clone());
            let entry = Entry { id: chance::id(), series, concept, note: String::new() };
            store::glossary::insert(c, &entry)?;
        }
        let detail = json!({ "added": new.len(), "kept": old.len() });
        let event = req.event("glossary", edition.series, "imported", detail);
        store::event::append(c, chance::id(), &event)?;
        Ok((new.len(), old.len()))
    })?;
    Ok(Reply::See(format!("{}/import?added={added}&kept={kept}", home(edition.id))))
}

fn ask_memory(req: &Req) -> Outcome {
    let body = asked_memory(req, &Draft::default())?;
    Ok(below(req, req.edition()?, "glossary-memory").reply(req, &body))
}

fn asked_memory(req: &Req, draft: &Draft) -> Result<Markup, Fault> {
    let (t, edition) = (req.t, req.edition()?);
    let kept = req.read(|c| store::memory::count(c, edition.series))?;
    let signed = memory::of_texts(req)?.len();
    let base = memory_home(edition);
    Ok(html! {
        (told(req, "glossary-memory-taken"))
        p { (t.get("glossary-memory-how")) }
        div.figures {
            div.figure { strong { (signed) } span { (t.get("glossary-memory-signed")) } }
            div.figure { strong { (kept) } span { (t.get("glossary-memory-kept")) } }
        }
        (upload(req, draft, "glossary-file-tmx", ".tmx,.xml"))
        div.actions {
            a.button href={ (base) "/export/tmx" } download { (t.get("glossary-save-tmx")) }
            @if kept > 0 {
                (form::act(&format!("{base}/clear"), &t.get("glossary-memory-clear"), "", &[]))
            }
        }
    })
}

/// The segments of a file as we would keep them: safe words in at least two languages.
fn segments(bytes: &[u8]) -> Result<Vec<Segment>, Refusal> {
    let read = tmx::read(bytes)?;
    let safe = |(lang, text): (Lang, String)| Some((lang, safety::typed(&text, lang).ok()?));
    let segment = |(at, segment): (usize, Segment)| {
        let texts = segment.texts.into_iter().filter_map(safe);
        let texts = texts.filter(|(_, text)| !text.trim().is_empty()).collect();
        let id = if segment.id.is_empty() { (at + 1).to_string() } else { segment.id };
        Segment { id, texts }
    };
    let mut all: Vec<Segment> = read.into_iter().enumerate().map(segment).collect();
    all.retain(|segment| segment.texts.len() > 1);
    if all.is_empty() { Err(Refusal::new("glossary-file-empty")) } else { Ok(all) }
}

fn take_tmx(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let named = req.files.first().map(|file| file.name.clone()).unwrap_or_default();
    let source = clean::line(&named).unwrap_or_default();
    let kept = file(req).and_then(segments).map_err(Fault::Refused).and_then(|segments| {
        req.write(|c| {
            let there = store::memory::of_series(c, edition.series)?;
            let texts: BTreeSet<&BTreeMap<Lang, String>> =
                there.iter().map(|remembered| &remembered.segment.texts).collect();
            let known = |segment: &Segment| texts.contains(&segment.texts);
            let (old, new): (Vec<&Segment>, Vec<&Segment>) =
                segments.iter().partition(|segment| known(segment));
            let room = MOST_SEGMENTS - i64::try_from(there.len()).unwrap_or(i64::MAX);
            if i64::try_from(new.len()).unwrap_or(i64::MAX) > room {
                return Err(Refusal::new("glossary-memory-full")
                    .with("most", MOST_SEGMENTS)
                    .into());
            }
            for segment in &new {
                let (series, segment) = (Some(edition.series), (*segment).clone());
                let source = source.clone();
                let remembered = Remembered { id: chance::id(), series, segment, source };
                store::memory::insert(c, &remembered)?;
            }
            let detail = json!({ "added": new.len(), "kept": old.len() });
            let event = req.event("memory", edition.series, "imported", detail);
            store::event::append(c, chance::id(), &event)?;
            Ok((new.len(), old.len()))
        })
    });
    match super::declaration::refused(kept)? {
        Ok((added, kept)) => {
            Ok(Reply::See(format!("{}?added={added}&kept={kept}", memory_home(edition))))
        }
        Err(refusal) => {
            let mut draft = Draft::default();
            draft.refuse("file", refusal);
            let body = asked_memory(req, &draft)?;
            Ok(below(req, edition, "glossary-memory").again(req, &body))
        }
    }
}

fn clear(req: &Req) -> Outcome {
    let edition = req.edition()?;
    req.write(|c| {
        let gone = store::memory::clear(c, edition.series)?;
        let event = req.event("memory", edition.series, "cleared", json!({ "segments": gone }));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(memory_home(edition)))
}

fn save_tmx(req: &Req) -> Outcome {
    let series = req.edition()?.series;
    let kept = req.read(|c| store::memory::of_series(c, series))?;
    let all = memory::of_texts(req)?.into_iter().chain(kept.into_iter().map(|r| r.segment));
    let bytes = tmx::write(&all.collect::<Vec<Segment>>(), Lang::Zh);
    Ok(Reply::Bytes { media: "application/x-tmx+xml", name: name(req, "memory", "tmx"), bytes })
}
