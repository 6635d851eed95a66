//! The glossary of a series: what is meant, and which words say it in each language. Checked before anybody
//! signs that two languages agree.

use std::collections::BTreeMap;

use domain::{
    ConceptId, EditionId, Lang, Refusal,
    access::Action,
    city::Origin,
    clean,
    edition::Edition,
    glossary::{Concept, Entry, Term, TermStanding},
    revision::{Saved, Versioned},
    search,
};
use maud::{Markup, html};
use serde_json::json;

use super::{declaration, glossary_file};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{self, Draft, Show},
        layout::{self, Page},
        list::{self, Wish},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
    },
};

/// Who changes the glossary.
pub(super) const DRAFT: Gate = Gate::Participants(Action::Draft);
/// Most terms of one concept in one language and standing.
const MOST_TERMS: usize = 20;

/// The addresses of this file, and of the files that glossaries and memories travel in.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/glossary", Gate::Participants(Action::Read), index),
        get("/editions/{edition}/glossary/new", DRAFT, blank),
        post("/editions/{edition}/glossary/new", DRAFT, create),
        get("/editions/{edition}/glossary/{concept}", DRAFT, edit),
        post("/editions/{edition}/glossary/{concept}", DRAFT, save),
        post("/editions/{edition}/glossary/{concept}/remove", DRAFT, remove),
    ]
}

/// Where the glossary of an edition's series is.
pub fn home(edition: EditionId) -> String {
    format!("/editions/{edition}/glossary")
}

/// A page about the glossary, one step below its list.
pub(super) fn below<'a>(req: &Req, edition: &'a Edition, title: &str) -> Page<'a> {
    Page {
        title: req.t.get(title),
        trail: vec![
            (declaration::home(edition.id), req.t.get("edition-nav-declarations")),
            (home(edition.id), req.t.get("glossary-title")),
        ],
        edition: Some(edition),
        ..Page::default()
    }
}

fn index(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let entries = req.read(|c| store::glossary::of_series(c, edition.series))?;
    let wish = Wish::of(&req.query);
    let said = |entry: &Entry| {
        let terms = entry.concept.terms.values().flatten().map(|term| term.text.as_str());
        search::fold(&terms.chain([entry.note.as_str()]).collect::<Vec<_>>().join(" "))
    };
    let found: Vec<&Entry> = entries
        .iter()
        .map(|entry| &entry.value)
        .filter(|entry| search::finds(&said(entry), &wish.q))
        .collect();
    let writes = DRAFT.lets(&req.actor, req.place());
    let new = writes.then(|| (format!("{}/new", home(edition.id)), t.get("glossary-add")));
    let langs = langs(&entries);
    let body = html! {
        @if entries.is_empty() { (layout::empty(&t.get("glossary-none"), new.clone())) } @else {
            (list::search(req, &t.get("glossary-search"), &html! {}))
            @if found.is_empty() { (layout::empty(&t.get("glossary-none-found"), None)) }
            @else { (table(req, edition, wish.cut(&found), &langs, writes)) }
            (list::pager(req, &wish, found.len()))
        }
        @if writes { (glossary_file::links(req, edition)) }
    };
    let page = Page {
        title: t.get("glossary-title"),
        lead: Some(html! { (t.get("glossary-lead")) }),
        trail: vec![(declaration::home(edition.id), t.get("edition-nav-declarations"))],
        main: new.filter(|_| !entries.is_empty()),
        edition: Some(edition),
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

/// The complete languages, and any other that some concept has.
fn langs(entries: &[Versioned<Entry>]) -> Vec<Lang> {
    let has = |lang: &Lang| entries.iter().any(|e| e.value.concept.terms.contains_key(lang));
    Lang::ALL.into_iter().filter(|lang| Lang::COMPLETE.contains(lang) || has(lang)).collect()
}

fn table(req: &Req, edition: &Edition, rows: &[&Entry], langs: &[Lang], writes: bool) -> Markup {
    let t = req.t;
    html! {
        table.stack {
            thead {
                tr {
                    @for lang in langs { th scope="col" lang=(lang.tag()) { (lang.own_name()) } }
                    th scope="col" { (t.get("glossary-note")) }
                }
            }
            tbody {
                @for entry in rows {
                    tr {
                        @for lang in langs {
                            td lang=(lang.tag()) dir=(lang.dir()) data-label=(lang.own_name()) {
                                (terms(req, entry.concept.terms.get(lang)))
                            }
                        }
                        td data-label=(t.get("glossary-note")) {
                            bdi { (entry.note) }
                            @if entry.series.is_none() { " " span.mark { (t.get("glossary-everywhere")) } }
                            @if writes {
                                " " a href={ (home(edition.id)) "/" (entry.id) } { (t.get("glossary-edit")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn terms(req: &Req, terms: Option<&Vec<Term>>) -> Markup {
    let mut terms: Vec<&Term> = terms.into_iter().flatten().collect();
    terms.sort_by_key(|term| term.standing);
    html! {
        @if terms.is_empty() { "—" }
        @for (at, term) in terms.iter().enumerate() {
            @if at > 0 { br; }
            @match term.standing {
                TermStanding::Preferred => { bdi { (term.text) } }
                TermStanding::Admitted => {
                    bdi { (term.text) } " " span.mark { (req.t.get("glossary-standing-admitted")) }
                }
                TermStanding::Forbidden => {
                    del { bdi { (term.text) } } " "
                    span.mark { (req.t.get("glossary-standing-forbidden")) }
                }
            }
        }
    }
}

fn field(lang: Lang, standing: TermStanding) -> String {
    format!("{standing}.{lang}")
}

fn fields_of(entry: &Entry) -> Fields {
    let mut fields = Fields::default()
        .with("note", entry.note.as_str())
        .with("everywhere", if entry.series.is_none() { "yes" } else { "" });
    for lang in Lang::ALL {
        for standing in TermStanding::ALL {
            let all = entry.concept.terms.get(&lang).into_iter().flatten();
            let these: Vec<&str> = all
                .filter(|term| term.standing == *standing)
                .map(|term| term.text.as_str())
                .collect();
            fields = fields.with(field(lang, *standing), these.join("\n"));
        }
    }
    fields
}

/// One language's terms of one standing: one a line.
fn lines(raw: &str) -> Result<Vec<String>, Refusal> {
    let terms: Vec<String> = raw
        .lines()
        .map(clean::line)
        .filter(|line| line.as_ref().map_or(true, |line| !line.is_empty()))
        .collect::<Result<_, _>>()?;
    if terms.len() > MOST_TERMS {
        let refusal = Refusal::new("glossary-terms");
        return Err(refusal.with("most", MOST_TERMS).with("have", terms.len()));
    }
    Ok(terms)
}

/// The concept that was typed. At least two languages must have a term, or it checks nothing.
fn read(draft: &mut Draft) -> Option<(BTreeMap<Lang, Vec<Term>>, String)> {
    let mut terms: BTreeMap<Lang, Vec<Term>> = BTreeMap::new();
    for lang in Lang::ALL {
        for standing in TermStanding::ALL {
            let read = draft.read(&field(lang, *standing), lines)?;
            let read = read.into_iter().map(|text| Term { text, standing: *standing });
            terms.entry(lang).or_default().extend(read);
        }
    }
    terms.retain(|_, terms| !terms.is_empty());
    if terms.len() < 2 {
        draft.refuse(&field(Lang::Zh, TermStanding::Preferred), Refusal::new("glossary-languages"));
    }
    let note = draft.read("note", clean::line)?;
    draft.is_sound().then_some((terms, note))
}

fn form(req: &Req, draft: &Draft, action: &str) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let everywhere = [("yes".to_owned(), t.get("glossary-everywhere-yes"))];
    let fields = html! {
        @for standing in TermStanding::ALL {
            fieldset.field.tongues {
                legend { (t.get(&format!("glossary-standing-{standing}"))) }
                p.hint { (t.get("glossary-one-a-line")) }
                @for lang in Lang::ALL { (show.tongue(&field(lang, *standing), lang, true)) }
            }
        }
        (show.line("note", "glossary-note"))
        @if decides(req) { (show.boxes("everywhere", "glossary-scope", &everywhere)) }
    };
    show.form(action, "glossary-save", &fields)
}

/// Terms for every series are the secretariat's.
fn decides(req: &Req) -> bool {
    Gate::Secretariat(Action::Decide).lets(&req.actor, req.place())
}

fn blank(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let body = form(req, &Draft::default(), &req.path);
    Ok(below(req, edition, "glossary-add").reply(req, &body))
}

fn create(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let mut draft = Draft::of(req.form.clone());
    let Some((terms, note)) = read(&mut draft) else {
        return Ok(below(req, edition, "glossary-add").again(req, &form(req, &draft, &req.path)));
    };
    let everywhere = decides(req) && draft.typed.has("everywhere", "yes");
    let id: ConceptId = chance::id();
    let concept = Concept { id: id.to_string(), terms };
    let entry = Entry { id, series: (!everywhere).then_some(edition.series), concept, note };
    req.write(|c| {
        store::glossary::insert(c, &entry)?;
        let event = req.event("glossary", id, "added", json!(entry.concept));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(home(edition.id)))
}

/// The entry of the path, of the series of the edition that the path names or of the platform.
fn named(req: &Req) -> Result<Versioned<Entry>, Fault> {
    let (id, series) = (req.param("concept")?, req.edition()?.series);
    let found = req.read(|c| store::glossary::get(c, id))?;
    let found = found.filter(|entry| entry.value.series.is_none_or(|own| own == series));
    let found = found.ok_or(Fault::Missing)?;
    if found.value.series.is_none() && !decides(req) {
        return Err(Fault::Forbidden);
    }
    Ok(found)
}

fn edit(req: &Req) -> Outcome {
    let (edition, now) = (req.edition()?, named(req)?);
    let draft = Draft::of(fields_of(&now.value)).seeing(now.version);
    Ok(below(req, edition, "glossary-edit").reply(req, &editing(req, &draft)))
}

fn editing(req: &Req, draft: &Draft) -> Markup {
    let remove = format!("{}/remove", req.path);
    html! {
        (form(req, draft, &req.path))
        (form::act(&remove, &req.t.get("glossary-remove"), "", &[]))
    }
}

fn save(req: &Req) -> Outcome {
    let (edition, now) = (req.edition()?, named(req)?);
    let mut draft = Draft::of(req.form.clone());
    if let Some((terms, note)) = read(&mut draft) {
        let mut entry = now.value;
        let everywhere = decides(req) && draft.typed.has("everywhere", "yes");
        entry.series = (!everywhere).then_some(edition.series);
        (entry.concept.terms, entry.note) = (terms, note);
        let saved = req.write(|c| {
            let saved = store::glossary::save(c, &entry, draft.seen())?;
            if matches!(saved, Saved::Stored(_)) {
                let event = req.event("glossary", entry.id, "changed", json!(entry.concept));
                store::event::append(c, chance::id(), &event)?;
            }
            Ok(saved)
        })?;
        match saved {
            Saved::Stored(_) => return Ok(Reply::See(home(edition.id))),
            Saved::Moved(now) => draft = draft.moved(fields_of(&now.value), now.version),
        }
    }
    Ok(below(req, edition, "glossary-edit").again(req, &editing(req, &draft)))
}

fn remove(req: &Req) -> Outcome {
    let (edition, now) = (req.edition()?, named(req)?);
    req.write(|c| {
        store::glossary::remove(c, now.value.id)?;
        let event = req.event("glossary", now.value.id, "removed", json!(now.value.concept));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(home(edition.id)))
}

/// Whether what is said here was written for an exercise.
pub(super) fn is_exercise(edition: &Edition) -> bool {
    edition.origin == Origin::Demonstration
}
