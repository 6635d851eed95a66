//! What a delegation sends back, a Word file or an answer sheet: shown paragraph by paragraph as proposals,
//! of which the delegation keeps those it means as drafts of its own. Nothing is tabled from here.

use domain::{
    DelegationId, Refusal, UnitId,
    access::Action,
    amendment::{Amendment, Operation},
    clean,
    proposal::Proposal,
};
use maud::{Markup, html};
use outputs::{answer, docx};

use super::{
    amendment::{self, paragraph},
    declaration::Opened,
    wording::difference,
};
use crate::{
    answering::{Against, Found, Note},
    chance,
    web::{
        fields::Upload,
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
    },
};

/// Most proposals that are looked at together.
const MOST: usize = 500;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let file = Gate::Participants(Action::File);
    vec![
        get("/editions/{edition}/declarations/{declaration}/answer", file, ask),
        post("/editions/{edition}/declarations/{declaration}/answer", file, step),
    ]
}

fn ask(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let mine = opened.drafting(req)?;
    let body = upload(req, &mine, None)?;
    Ok(opened.below(req, req.t.get("answer-title"))?.reply(req, &body))
}

fn step(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let mine = opened.drafting(req)?;
    let named = req.form.get("delegation").parse().ok().or((mine.len() == 1).then(|| mine[0]));
    let by = named.filter(|id| mine.contains(id)).ok_or_else(|| Refusal::new("choose"));
    let done = by.map_err(Fault::from).and_then(|by| {
        if req.form.get("do") == "draft" {
            return keep(req, &opened, by);
        }
        let file = req.files.iter().find(|f| f.field == "file" && !f.bytes.is_empty());
        let file = file.ok_or_else(|| Refusal::new("file-missing"))?;
        review(req, &opened, by, &found(req, &opened, by, file)?)
    });
    match done {
        Err(Fault::Refused(refusal)) => again(req, &opened, &mine, &refusal),
        done => done,
    }
}

fn again(req: &Req, opened: &Opened, mine: &[DelegationId], refusal: &Refusal) -> Outcome {
    let body = upload(req, mine, Some(refusal))?;
    Ok(opened.below(req, req.t.get("answer-title"))?.again(req, &body))
}

/// The form that takes the file.
fn upload(req: &Req, mine: &[DelegationId], refusal: Option<&Refusal>) -> Result<Markup, Fault> {
    let t = req.t;
    let edition = req.edition()?.id;
    let names = req.read(|c| amendment::names(c, edition))?;
    Ok(html! {
        @if let Some(refusal) = refusal {
            section.notice.error role="alert" tabindex="-1" autofocus { p { (t.refusal(refusal)) } }
        }
        p { (t.get("answer-why")) }
        form method="post" action=(req.path) enctype="multipart/form-data" {
            @if mine.len() > 1 {
                div.field {
                    label for="f-delegation" { (t.get("answer-delegation")) }
                    select #f-delegation name="delegation" {
                        @for id in mine {
                            option value=(id) {
                                (names.get(id).map_or(String::new(), |n| crate::web::text::words(t, n)))
                            }
                        }
                    }
                }
            }
            div.field.wrongly[refusal.is_some()] {
                label for="f-file" { (t.get("answer-file")) }
                p.hint id="f-file-hint" { (t.get("answer-file-hint")) }
                input #f-file type="file" name="file" aria-describedby="f-file-hint"
                    accept=".docx,.csv,.xlsx";
            }
            div.actions { button.main type="submit" { (t.get("answer-read")) } }
        }
    })
}

/// What the file proposes. Its own bytes say what kind it is.
fn found(req: &Req, opened: &Opened, by: DelegationId, file: &Upload) -> Result<Vec<Found>, Fault> {
    let all = req.read(|c| store::amendment::of_dossier(c, opened.dossier.id))?;
    let tabled: Vec<&Proposal> = all.iter().map(|p| &p.value).filter(|p| p.is_open()).collect();
    let against = Against { text: opened.text(), by, tabled: &tabled };
    let mut fresh = chance::id::<uuid::Uuid>;
    let name = file.name.to_lowercase();
    let table = [".csv", ".xlsx"].iter().any(|ending| name.ends_with(ending));
    let sheet = table || (!file.bytes.starts_with(b"PK") && !name.contains(".doc"));
    let found = if sheet {
        against.sheet(&answer::read(&file.bytes)?, &mut fresh)?
    } else {
        against.word(&docx::read(&file.bytes)?, &mut fresh)?
    };
    if found.len() > MOST {
        return Err(Refusal::new("answer-too-many")
            .with("most", MOST)
            .with("n", found.len())
            .into());
    }
    Ok(found)
}

fn review(req: &Req, opened: &Opened, by: DelegationId, found: &[Found]) -> Outcome {
    let (t, numbers) = (req.t, opened.numbers());
    let any = found.iter().any(|one| one.amendment.is_some());
    let body = html! {
        @if found.is_empty() {
            p { (t.get("answer-nothing")) }
            div.actions { a.button.main href=(req.path) { (t.get("answer-another")) } }
        } @else {
            p { (t.with("answer-found", &[("n", found.len().into())])) }
            form method="post" action=(req.path) {
                input type="hidden" name="delegation" value=(by);
                @for (at, one) in found.iter().enumerate() {
                    (proposal(req, at, one, &paragraph(req, opened, &numbers, one.unit)))
                }
                div.actions {
                    @if any {
                        button.main type="submit" name="do" value="draft" { (t.get("answer-keep")) }
                    }
                    a href=(req.path) { (t.get("answer-another")) }
                }
            }
        }
    };
    Ok(opened.below(req, t.get("answer-review"))?.reply(req, &body))
}

/// One place of the file: the difference, who wrote it, what to know of it, and whether to keep it.
fn proposal(req: &Req, at: usize, found: &Found, paragraph: &str) -> Markup {
    let t = req.t;
    let sure = found.notes.is_empty();
    let new =
        found.amendment.as_ref().is_some_and(|a| matches!(a.operation, Operation::Insert { .. }));
    let reason: Vec<&str> = found.remarks.iter().map(|remark| remark.text.as_str()).collect();
    html! {
        fieldset.field {
            legend {
                @if new { (t.with("answer-behind", &[("paragraph", paragraph.into())])) }
                @else { (paragraph) }
                " · " bdi lang=(found.lang.tag()) { (found.lang.own_name()) }
            }
            (difference(found.lang, &found.stands, &found.words))
            @if !found.authors.is_empty() {
                p.hint { (t.get("answer-authors")) " " bdi { (found.authors.join(Marks::of(t.lang).item)) } }
            }
            @for note in &found.notes {
                p.notice { (t.get(&format!("answer-note-{}", note.code()))) }
            }
            @if let Some(amendment) = &found.amendment {
                input type="hidden" name={ "amendment." (at) } value=(serde_json::json!(amendment));
                label.box {
                    input type="checkbox" name="pick" value=(at) checked[sure];
                    " " (t.get("answer-pick"))
                }
                label for={ "f-reason-" (at) } { (t.get("answer-reason")) }
                textarea id={ "f-reason-" (at) } name={ "reason." (at) } rows="2"
                    lang=(found.lang.tag()) dir=(found.lang.dir()) { (reason.join("\n")) }
            } @else {
                @for remark in &found.remarks {
                    blockquote { bdi { (remark.author) } (Marks::of(t.lang).colon) (remark.text) }
                }
                @if let Some(unit) = found.unit.filter(|_| !found.notes.contains(&Note::Gone)) {
                    p { a href=(amend(req, unit)) { (t.get("answer-write")) } }
                }
            }
        }
    }
}

/// Where an amendment to a paragraph is written by hand.
fn amend(req: &Req, unit: UnitId) -> String {
    let text = req.path.trim_end_matches("/answer");
    format!("{text}/units/{unit}/amend")
}

/// Keeps the chosen proposals as drafts: all, or none where one of them cannot be.
fn keep(req: &Req, opened: &Opened, by: DelegationId) -> Outcome {
    let author = req.actor.person.ok_or(Fault::Forbidden)?;
    let mut drafts = Vec::new();
    for at in req.form.all("pick") {
        let broken = || Refusal::new("body-unreadable");
        let raw = req.form.get(&format!("amendment.{at}"));
        let read: Amendment = serde_json::from_str(raw).map_err(|_| broken())?;
        match &read.operation {
            Operation::Replace { text, .. } | Operation::Insert { text, .. } => {
                clean::required_paragraph(text)?;
            }
            _ => {}
        }
        let reason = clean::paragraph(req.form.get(&format!("reason.{at}")))?;
        // The identifier is made anew, and the words are those that stand now or nothing is kept.
        let base = read.base.clone();
        let amendment = Amendment::new(chance::id(), by, read.lang, read.operation, opened.text())?;
        if amendment.base != base {
            return Err(Refusal::new("declaration-moved").into());
        }
        amendment.try_on(opened.text(), author, req.now)?;
        drafts.push(Proposal::draft(opened.dossier.id, amendment, reason, author));
    }
    if drafts.is_empty() {
        return Err(Refusal::new("answer-none").into());
    }
    req.write(|c| drafts.iter().try_for_each(|draft| store::amendment::insert(c, draft)))?;
    Ok(Reply::See(format!("{}/amendments?state=draft", opened.address())))
}
