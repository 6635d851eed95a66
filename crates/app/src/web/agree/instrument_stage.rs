//! How an instrument goes on: where its words are, when they are final, and when it counts. The words
//! that are final are named by their hash, and nobody signs others.

use domain::{
    InstrumentId, Refusal,
    access::Action,
    clean,
    instrument::{Instrument, InstrumentKind, Stage, Step, Words},
    paper,
    unit::Seal,
};
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::{Value, json};
use store::Conn;

use super::{
    instrument::{Opened, decides, kind_name},
    instrument_form::GATE,
    instrument_page::button,
    instrument_record,
};
use crate::{
    template,
    web::{
        form::{Draft, Show},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let stage = "/editions/{edition}/instruments/{instrument}/stage";
    vec![
        post("/editions/{edition}/instruments/{instrument}/words", GATE, words),
        get(stage, Gate::Secretariat(Action::Decide), asking),
        post(stage, Gate::Secretariat(Action::Decide), go_on),
    ]
}

/// The hash of the words as they stand, with the names of the parties.
pub fn present(req: &Req, c: &mut Conn, one: &Instrument) -> store::Result<Result<Seal, Refusal>> {
    let words = match one.words {
        Words::None => Err(Refusal::new("instrument-words-missing")),
        Words::Filed => {
            let papers = store::paper::of_instrument(c, one.id)?;
            let papers: Vec<_> = papers.into_iter().map(|paper| paper.value).collect();
            paper::words(&papers, &one.languages)
                .ok_or_else(|| Refusal::new("instrument-texts-missing"))
        }
        Words::Dossier(id) => {
            let dossier = store::dossier::need(c, id)?.value;
            let reading = req.app.readings.read(c, &dossier)?;
            one.complete(&reading.negotiation.text)
        }
    };
    Ok(words.map(|words| one.seal_of(&words)))
}

/// Takes a step that depends on the words, with its line in the trail, or nothing.
pub fn take(
    req: &Req,
    opened: &Opened<'_>,
    (verb, detail): (&'static str, Value),
    step: &Step,
) -> Result<(), Fault> {
    let today = opened.today(req);
    req.write(|c| {
        let mut now = store::instrument::need(c, opened.value().id)?;
        let sealed = now.value.stage.seal().cloned();
        if matches!(step, Step::Signed(..)) && sealed.is_some() {
            let present = present(req, c, &now.value)?;
            if present.ok() != sealed {
                return Err(Refusal::new("instrument-moved").into());
            }
        }
        now.value.act(step.clone(), today)?;
        instrument_record::record(req, c, opened, &now.value, step)?;
        opened.keep(req, c, &now, (verb, &detail))
    })
}

/// What is to be done next, and by whom.
pub fn next(req: &Req, opened: &Opened<'_>) -> Result<Markup, Fault> {
    let (t, one, decides) = (req.t, opened.value(), decides(req));
    let to = |what: &str| {
        html! {
            a.button href={ (opened.address()) "/stage?what=" (what) } {
                (t.get(&format!("instrument-do-{what}")))
            }
        }
    };
    let key = match &one.stage {
        Stage::Draft if one.parties.len() < 2 => "parties",
        Stage::Draft if one.words == Words::None => "words",
        Stage::Draft => "clearance",
        Stage::Cleared => "settle",
        Stage::Negotiated { .. } => "sign",
        Stage::Signed { .. } => "enter",
        Stage::InForce { until: Some(_), .. } => "run",
        Stage::InForce { .. } => "stands",
        Stage::Terminated { .. } => "end",
    };
    let missing = match one.stage {
        Stage::Cleared => req.read(|c| present(req, c, one))?.err(),
        _ => None,
    };
    let unsigned = one.parties.iter().all(|party| party.signature.is_none()) && !one.is_public();
    Ok(html! {
        section.notice {
            h2 { (t.get("instrument-next")) }
            p { (t.get(&format!("instrument-next-{key}"))) }
            @if let Some(refusal) = &missing { p { strong { (t.refusal(refusal)) } } }
            @if decides {
                @match &one.stage {
                    Stage::Cleared if missing.is_none() => {
                        (button(opened, "/stage", &t.get("instrument-do-settle"), "main", "settle"))
                    }
                    Stage::Negotiated { .. } if unsigned => {
                        (button(opened, "/stage", &t.get("instrument-do-reopen"), "", "reopen"))
                    }
                    Stage::Signed { .. } => p.row { (to("enter")) (to("terminate")) },
                    Stage::InForce { until, .. } => {
                        p.row { @if until.is_some() { (to("renew")) } (to("terminate")) }
                    }
                    _ => {}
                }
            }
        }
    })
}

/// Where the words can come from, while they are not final.
pub fn choose_words(req: &Req, opened: &Opened<'_>) -> Markup {
    let (t, one) = (req.t, opened.value());
    let open = matches!(one.stage, Stage::Draft | Stage::Cleared);
    if !open || !opened.is_inner(req) || !opened.files(req) {
        return html! {};
    }
    let ready = InstrumentKind::ALL.iter().copied().filter(|kind| template::exists(*kind));
    let seen = opened.found.version;
    let choice = html! {
        form method="post" action={ (opened.address()) "/words" } {
            input type="hidden" name="seen" value=(seen);
            input type="hidden" name="what" value="template";
            div.field {
                label for="f-template" { (t.get("instrument-template")) }
                p.hint { (t.get("instrument-template-about")) }
                select #f-template name="template" {
                    @for kind in ready {
                        option value=(kind) selected[kind == one.kind] { (kind_name(req, kind)) }
                    }
                }
            }
            div.actions { button type="submit" { (t.get("instrument-template-use")) } }
        }
        @if one.words != Words::Filed {
            (button(opened, "/words", &t.get("instrument-words-file"), "link", "filed"))
        }
    };
    html! {
        @match one.words {
            Words::None => { (choice) }
            Words::Filed => details { summary { (t.get("instrument-words-other")) } (choice) },
            Words::Dossier(_) => details {
                summary { (t.get("instrument-words-other")) }
                (button(opened, "/words", &t.get("instrument-words-file"), "link", "filed"))
            },
        }
    }
}

fn words(req: &Req) -> Outcome {
    let opened = Opened::inner(req, Action::File)?;
    opened.unmoved(req)?;
    let kind = match req.form.get("what") {
        "filed" => None,
        "template" => {
            let kind: Option<InstrumentKind> = req.form.get("template").parse().ok();
            let kind = kind.filter(|kind| template::exists(*kind));
            Some(kind.ok_or_else(|| Refusal::new("choose"))?)
        }
        _ => return Err(Refusal::new("choose").into()),
    };
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let declared = opened.declared();
    req.write(|c| {
        let mut now = store::instrument::need(c, opened.value().id)?;
        if now.version != opened.found.version {
            return Err(Refusal::new("instrument-changed").into());
        }
        if !matches!(now.value.stage, Stage::Draft | Stage::Cleared) {
            return Err(Refusal::new("instrument-settled").into());
        }
        now.value.words = match kind {
            None => Words::Filed,
            Some(kind) => {
                let dossier =
                    template::dossier(&now.value, opened.edition.first_day.year(), req.now, by)?;
                let events = template::fill(kind, &now.value, &declared, &dossier)?;
                store::dossier::insert(c, &dossier)?;
                req.app.readings.act(c, &dossier, Some(by), &events)?;
                Words::Dossier(dossier.id)
            }
        };
        opened.keep(req, c, &now, ("words", &json!({})))
    })?;
    Ok(Reply::See(opened.address()))
}

fn form(req: &Req, what: &str, draft: &Draft) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        input type="hidden" name="what" value=(what);
        @match what {
            "enter" => {
                (show.input("date", "since", "instrument-since"))
                (show.input("date", "until", "instrument-until"))
            }
            "renew" => { (show.input("date", "until", "instrument-until")) }
            _ => {
                (show.input("date", "on", "instrument-ended-on"))
                (show.area("reason", "instrument-end-reason"))
            }
        }
    };
    show.form(&req.path, &format!("instrument-do-{what}"), &fields)
}

fn asked(raw: &str) -> &'static str {
    ["enter", "renew", "terminate"].into_iter().find(|what| *what == raw).unwrap_or("enter")
}

fn asking(req: &Req) -> Outcome {
    let opened = Opened::inner(req, Action::Decide)?;
    let what = asked(req.query.get("what"));
    let draft = Draft::default().seeing(opened.found.version);
    let page = opened.below(req, req.t.get(&format!("instrument-do-{what}")));
    Ok(page.reply(req, &form(req, what, &draft)))
}

fn day_or_none(raw: &str) -> Result<Option<Date>, Refusal> {
    if raw.trim().is_empty() { Ok(None) } else { clean::day(raw).map(Some) }
}

fn go_on(req: &Req) -> Outcome {
    let opened = Opened::inner(req, Action::Decide)?;
    opened.unmoved(req)?;
    let mut draft = Draft::of(req.form.clone());
    let (verb, step) = match req.form.get("what") {
        "settle" => return settle(req, &opened, opened.value().id),
        "reopen" => ("reopened", Some(Step::Reopened)),
        "enter" => {
            let since = draft.read("since", clean::day);
            let until = draft.read("until", day_or_none);
            let both = since.zip(until);
            ("entered", both.map(|(since, until)| Step::Entered { since, until }))
        }
        "renew" => {
            let until = draft.read("until", day_or_none);
            ("renewed", until.map(|until| Step::Renewed { until }))
        }
        "terminate" => {
            let on = draft.read("on", clean::day);
            let reason = draft.read("reason", clean::required_paragraph);
            ("terminated", on.zip(reason).map(|(on, reason)| Step::Terminated { on, reason }))
        }
        _ => return Err(Refusal::new("choose").into()),
    };
    if let Some(step) = step {
        match take(req, &opened, (verb, json!({})), &step) {
            Ok(()) => return Ok(Reply::See(opened.address())),
            Err(Fault::Refused(refusal)) if verb != "reopened" => {
                let field = match verb {
                    "entered" if refusal.code != "ends-before-start" => "since",
                    "terminated" => "on",
                    _ => "until",
                };
                draft.refuse(field, refusal);
            }
            Err(fault) => return Err(fault),
        }
    }
    let what = asked(req.form.get("what"));
    let page = opened.below(req, req.t.get(&format!("instrument-do-{what}")));
    Ok(page.again(req, &form(req, what, &draft)))
}

fn settle(req: &Req, opened: &Opened<'_>, id: InstrumentId) -> Outcome {
    let today = opened.today(req);
    req.write(|c| {
        let mut now = store::instrument::need(c, id)?;
        let seal = present(req, c, &now.value)??;
        now.value.act(Step::Settled(seal), today)?;
        opened.keep(req, c, &now, ("settled", &json!({})))
    })?;
    Ok(Reply::See(opened.address()))
}
