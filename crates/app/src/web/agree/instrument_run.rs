//! The signing run: which instrument is signed after which. The office orders it, and prints the plan of
//! every table and a card for everyone who signs.

use domain::{
    Lang,
    access::Action,
    alternat, clean,
    delegation::{Delegate, Delegation},
    edition::Edition,
    instrument::{Instrument, Stage},
    person::PersonName,
    revision::Versioned,
    session::Session,
};
use maud::{Markup, html};
use outputs::pdf::{
    Said,
    signing::{Card, Cards, Labels, Seat, Table, TablePlan},
};
use serde_json::json;

use super::{
    instrument::{chip, home, names},
    instrument_signing::sessions,
};
use crate::{
    chance,
    i18n::Messages,
    web::{
        convene::delegation::ordered,
        fields::Fields,
        form::{Draft, Show, id},
        layout::{self, Page},
        meet::programme_files::{asked_language, leaders, mark},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let (read, file) = (Gate::Office(Action::Read), Gate::Office(Action::File));
    vec![
        get("/editions/{edition}/instruments/run", read, show),
        post("/editions/{edition}/instruments/run", file, order),
        get("/editions/{edition}/instruments/run/plan", read, plan),
        get("/editions/{edition}/instruments/run/cards", read, cards),
    ]
}

/// What is signed in this edition, in its order.
struct Run {
    instruments: Vec<Versioned<Instrument>>,
    delegations: Vec<Delegation>,
    people: Vec<Delegate>,
    sessions: Vec<Session>,
}

/// Whether an instrument can be part of a run: its signing lies ahead, or it was signed in this one.
fn belongs(one: &Instrument) -> bool {
    match one.stage {
        Stage::Cleared | Stage::Negotiated { .. } | Stage::Signed { .. } => true,
        Stage::Draft | Stage::InForce { .. } | Stage::Terminated { .. } => one.ceremony.turn > 0,
    }
}

impl Run {
    fn load(req: &Req) -> Result<Self, Fault> {
        let edition = req.edition()?;
        let (all, delegations, people) = req.read(|c| {
            let all = store::instrument::of_edition(c, edition.id)?;
            let people = store::delegate::of_edition(c, edition.id)?;
            Ok((all, ordered(c, edition)?, people))
        })?;
        let mut instruments: Vec<Versioned<Instrument>> =
            all.into_iter().filter(|one| belongs(&one.value)).collect();
        // What has no turn yet follows in the order of opening.
        instruments.sort_by_key(|one| (one.value.ceremony.turn == 0, one.value.ceremony.turn));
        let people = people.into_iter().map(|person| person.value).collect();
        Ok(Self { instruments, delegations, people, sessions: sessions(req)? })
    }

    fn declared(&self, one: &Instrument) -> Vec<usize> {
        let order: Vec<_> = self.delegations.iter().map(|d| d.id).collect();
        one.declared(&order)
    }

    fn session(&self, one: &Instrument) -> Option<&Session> {
        self.sessions.iter().find(|session| Some(session.id) == one.ceremony.session)
    }
}

fn field(one: &Versioned<Instrument>) -> String {
    format!("turn.{}", one.value.id)
}

fn page(req: &Req) -> Result<Page<'_>, Fault> {
    let edition = req.edition()?;
    let trail = vec![(home(edition), req.t.get("edition-nav-instruments"))];
    let title = req.t.get("instrument-run");
    let lead = Some(html! { (req.t.get("instrument-run-lead")) });
    Ok(Page { title, trail, lead, edition: Some(edition), ..Page::default() })
}

fn show(req: &Req) -> Outcome {
    let run = Run::load(req)?;
    let mut typed = Fields::default();
    for (n, one) in (1_usize..).zip(&run.instruments) {
        typed = typed.with(field(one), n.to_string());
    }
    Ok(page(req)?.reply(req, &view(req, &run, &Draft::of(typed))?))
}

fn view(req: &Req, run: &Run, draft: &Draft) -> Result<Markup, Fault> {
    let (t, edition) = (req.t, req.edition()?);
    if run.instruments.is_empty() {
        let back = Some((home(edition), t.get("edition-nav-instruments")));
        return Ok(layout::empty(&t.get("instrument-run-none"), back));
    }
    let show = Show::new(req, draft);
    let labels =
        ["instrument-turn", "instrument-title", "instrument-parties", "instrument-session"]
            .map(|key| t.get(key));
    let row = |one: &Versioned<Instrument>| {
        let (name, value) = (field(one), &one.value);
        html! {
            tr {
                td data-label=(labels[0]) {
                    input id=(id(&name)) type="number" min="1" name=(name) value=(draft.typed.get(&name))
                        aria-label=(labels[0]) aria-invalid=[draft.refused.get(&name).map(|_| "true")];
                }
                th scope="row" {
                    a href={ (home(edition)) "/" (value.id) } { (text::text(t, &value.title)) }
                    " " (chip(req, value.standing(edition.day_of(req.now))))
                }
                td data-label=(labels[2]) { (names(req, value, &run.declared(value))) }
                td data-label=(labels[3]) {
                    @match run.session(value) {
                        Some(session) => {
                            a href={ "/editions/" (edition.id) "/sessions" } {
                                (text::text(t, &session.title))
                            }
                        }
                        None => { "—" }
                    }
                    @if let Some(at) = value.ceremony.at { div.hint { (when::clock(t.lang, at)) } }
                }
            }
        }
    };
    let fields = html! {
        div.scroll {
            table.stack.run {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody { @for one in &run.instruments { (row(one)) } }
            }
        }
    };
    Ok(html! {
        (show.form(&req.path, "instrument-run-save", &fields))
        (files(req, edition))
    })
}

fn files(req: &Req, edition: &Edition) -> Markup {
    let t = req.t;
    let row = |what: &str| {
        html! {
            p.row {
                (t.get(&format!("instrument-print-{what}")))
                @for lang in Lang::COMPLETE {
                    a href={ (home(edition)) "/run/" (what) "?in=" (lang) } lang=(lang.tag())
                        hreflang=(lang.tag()) {
                        (lang.own_name())
                    }
                }
            }
        }
    };
    html! {
        section.files {
            h2 { (t.get("instrument-print")) }
            @if outputs::pdf::BUILT { (row("plan")) (row("cards")) }
            @else { p { (t.get("refusal-pdf-not-built")) } }
        }
    }
}

fn order(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let run = Run::load(req)?;
    let mut draft = Draft::of(req.form.clone());
    let mut wanted = Vec::new();
    for one in &run.instruments {
        // Whatever joined the run meanwhile keeps its place behind the others.
        let typed = draft.typed.get(&field(one)).trim().is_empty();
        let turn = if typed {
            Some(999)
        } else {
            draft.read(&field(one), |raw| clean::number(raw, 1, 999))
        };
        wanted.push((turn, one));
    }
    if !draft.is_sound() {
        return Ok(page(req)?.again(req, &view(req, &run, &draft)?));
    }
    wanted.sort_by_key(|(turn, _)| *turn);
    req.write(|c| {
        for (turn, (_, one)) in (1_u32..).zip(&wanted) {
            let mut now = store::instrument::need(c, one.value.id)?;
            if now.value.ceremony.turn != turn {
                now.value.ceremony.turn = turn;
                store::instrument::save(c, &now.value, now.version)?;
            }
        }
        let event = req.event("instrument", edition.id, "run-ordered", json!({}));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(format!("{}/run", home(edition))))
}

/// A person as they are printed.
pub fn printed(name: &PersonName, lang: Lang) -> Option<(Said, Said)> {
    let named = name.shown(lang)?;
    let said = |words: &str| Said::new(words, named.lang);
    Some((said(&named.styled.name), said(&named.styled.office)))
}

/// Who signs for a party: who has signed, or else who leads its delegation.
fn signer(run: &Run, one: &Instrument, at: usize, lang: Lang) -> Option<(Said, Said)> {
    let party = one.parties.get(at)?;
    match &party.signature {
        Some(signature) => printed(&signature.signer, lang),
        // The leader signs for the delegation itself, not for those whom it brings.
        None if party.city.is_some() => leaders(&run.people, lang).remove(&party.delegation?),
        None => None,
    }
}

/// When, where and in which languages.
fn facts(t: Messages, run: &Run, one: &Instrument) -> Vec<Said> {
    let at = one.ceremony.at.map(|at| when::clock(t.lang, at)).unwrap_or_default();
    let place = one.ceremony.place.as_ref().map(|place| Said::of(place, t.lang));
    let session = run.session(one).map(|session| Said::of(&session.title, t.lang));
    let languages: Vec<&str> = one.languages.iter().map(|l| l.own_name()).collect();
    let none = || Said::new("", t.lang);
    vec![
        Said::new(at, t.lang),
        place.unwrap_or_else(none),
        session.unwrap_or_else(none),
        Said::new(languages.join(" / "), t.lang),
    ]
}

fn table(t: Messages, run: &Run, (turn, one): (usize, &Instrument)) -> Table {
    let (lang, declared) = (t.lang, run.declared(one));
    let name = |at: usize| {
        one.parties.get(at).map_or_else(|| Said::new("", lang), |p| Said::of(&p.name, lang))
    };
    let seat = |at: &usize| Seat { party: name(*at), signer: signer(run, one, *at, lang) };
    let originals = alternat::originals(&declared, one.originals);
    let kept = |original: alternat::Original| {
        let holder = original.holder.map(name);
        let holder = holder.unwrap_or_else(|| Said::new(t.get("instrument-kept-elsewhere"), lang));
        (holder, original.order.iter().map(|at| name(*at)).collect())
    };
    let count = |key: &str, n: usize| t.with(key, &[("n", n.into())]);
    let originals_n = usize::try_from(one.originals).unwrap_or_default();
    Table {
        number: format!("{turn}."),
        title: Said::of(&one.title, lang),
        facts: facts(t, run, one),
        seats: declared.iter().map(seat).collect(),
        flags: if one.flags { declared.iter().map(|at| name(*at)).collect() } else { Vec::new() },
        things: vec![
            count("instrument-n-originals", originals_n),
            count("instrument-n-pens", one.parties.len()),
            count("instrument-n-folders", originals_n),
        ],
        originals: originals.into_iter().map(kept).collect(),
        witnesses: one.witnesses.iter().filter_map(|w| printed(w, lang)).collect(),
    }
}

/// The instruments of a printed run; there has to be one.
fn printable(run: &Run) -> Result<Vec<(usize, &Instrument)>, Fault> {
    let all: Vec<_> = (1_usize..).zip(run.instruments.iter().map(|one| &one.value)).collect();
    if all.is_empty() { Err(domain::Refusal::new("instrument-run-empty").into()) } else { Ok(all) }
}

fn footer(t: Messages, edition: &Edition, at: jiff::Timestamp) -> String {
    let moment = when::moment(t.lang, &edition.time_zone(), at);
    t.with("instrument-as-of", &[("moment", moment.into())])
}

fn plan(req: &Req) -> Outcome {
    let (edition, run) = (req.edition()?, Run::load(req)?);
    let lang = asked_language(req);
    let t = Messages::of(lang);
    let signings = printable(&run)?;
    let labels = Labels {
        hall: t.get("instrument-plan-hall"),
        witnesses: t.get("instrument-plan-witnesses"),
        flags: t.get("instrument-plan-flags"),
        on_table: t.get("instrument-plan-things"),
        originals: t.get("instrument-plan-originals"),
        first: t.get("instrument-plan-first"),
        nobody: t.get("instrument-plan-nobody"),
    };
    let plan = TablePlan {
        lang: lang.code(),
        title: t.get("instrument-plan-title"),
        exercise: !mark(edition).is_empty() || signings.iter().any(|(_, one)| one.exercise),
        footer: footer(t, edition, req.now),
        edition: Said::of(&edition.title, lang),
        labels,
        signings: signings.into_iter().map(|one| table(t, &run, one)).collect(),
    };
    let bytes = plan.pdf(&req.app.fonts, req.now)?;
    let name = Some(format!("signing-plan-{lang}{}.pdf", mark(edition)));
    Ok(Reply::Bytes { media: "application/pdf", name, bytes })
}

/// What somebody does who signs for a party.
fn steps(t: Messages, one: &Instrument, declared: &[usize], at: usize) -> Vec<String> {
    let place = declared.iter().position(|other| *other == at).unwrap_or_default() + 1;
    let mut steps = vec![match (declared.len(), place) {
        (2, 1) => t.get("instrument-card-left"),
        (2, _) => t.get("instrument-card-right"),
        _ => t.with("instrument-card-seat", &[("n", place.into())]),
    }];
    if declared.len() == 2 {
        steps.push(t.get("instrument-card-own"));
        steps.push(t.get("instrument-card-other"));
    } else {
        steps.push(t.with("instrument-card-each", &[("n", place.into())]));
    }
    if one.originals > u32::try_from(declared.len()).unwrap_or(u32::MAX) {
        steps.push(t.get("instrument-card-more"));
    }
    steps.push(t.get("instrument-card-end"));
    steps
}

fn cards(req: &Req) -> Outcome {
    let (edition, run) = (req.edition()?, Run::load(req)?);
    let lang = asked_language(req);
    let t = Messages::of(lang);
    let signings = printable(&run)?;
    let mut cards = Vec::new();
    for (turn, one) in &signings {
        let declared = run.declared(one);
        for at in &declared {
            let Some(party) = one.parties.get(*at) else { continue };
            cards.push(Card {
                party: Said::of(&party.name, lang),
                signer: signer(&run, one, *at, lang),
                number: format!("{turn}."),
                title: Said::of(&one.title, lang),
                facts: facts(t, &run, one),
                steps: steps(t, one, &declared, *at),
            });
        }
    }
    let printed = Cards {
        lang: lang.code(),
        title: t.get("instrument-card-title"),
        exercise: !mark(edition).is_empty() || signings.iter().any(|(_, one)| one.exercise),
        footer: footer(t, edition, req.now),
        edition: Said::of(&edition.title, lang),
        cards,
    };
    let bytes = printed.pdf(&req.app.fonts, req.now)?;
    let name = Some(format!("signing-cards-{lang}{}.pdf", mark(edition)));
    Ok(Reply::Bytes { media: "application/pdf", name, bytes })
}
