//! From text to promise: what the paragraphs of a text suggest, and the form by which an editor makes a
//! commitment of one. That two languages bind differently is told to the language officer alone.

use std::collections::BTreeMap;

use domain::{
    DeclarationId, DelegationId, Lang, Refusal, UnitId,
    access::Action,
    clean,
    commitment::{Clause, Commitment},
    delegation::Delegation,
    dossier::DossierKind,
    undertaking::{Strength, Suggestion, suggestion},
    unit::{Unit, UnitKind},
};
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::json;

use super::{
    commitment::{Source, home},
    instrument::decides,
};
use crate::{
    chance,
    web::{
        convene::delegation::ordered,
        fields::Fields,
        form::{Draft, Show},
        layout::{self, Page},
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let one = "/editions/{edition}/commitments/from/{declaration}/{unit}";
    let decide = Gate::Secretariat(Action::Decide);
    vec![
        get(
            "/editions/{edition}/commitments/from/{declaration}",
            Gate::Participants(Action::Draft),
            suggestions,
        ),
        get(one, decide, blank),
        post(one, decide, create),
    ]
}

/// Links to the texts from which commitments can be read.
pub fn sources(req: &Req) -> Result<Markup, Fault> {
    let edition = req.edition()?;
    let all = req.read(|c| store::dossier::of_edition(c, edition.id))?;
    let may = |object| req.may(Action::Draft, &object);
    let mine: Vec<_> =
        all.into_iter().map(|d| d.value).filter(|d| may(d.object(edition))).collect();
    Ok(html! {
        @if !mine.is_empty() {
            section {
                h2 { (req.t.get("commitment-sources")) }
                ul {
                    @for dossier in &mine {
                        li {
                            a href={ (home(edition)) "/from/" (dossier.id) } {
                                (text::text(req.t, &dossier.title))
                            }
                            " · " bdi { (dossier.symbol) }
                        }
                    }
                }
            }
        }
    })
}

/// The text of the path, for those who write it.
fn source(req: &Req) -> Result<Source, Fault> {
    let (id, edition): (DeclarationId, _) = (req.param("declaration")?, req.edition()?);
    let source = req.read(|c| {
        let dossier = store::dossier::need(c, id)?.value;
        let instruments = match dossier.kind {
            DossierKind::Instrument => store::instrument::of_edition(c, edition.id)?,
            _ => Vec::new(),
        };
        Source::read(req, c, edition, dossier, &instruments)
    })?;
    let object = source.dossier.object(edition);
    if source.dossier.edition != edition.id || !req.may(Action::Draft, &object) {
        return Err(Fault::Missing);
    }
    req.app.readings.keep(id, &source.reading);
    Ok(source)
}

/// The languages of a text in which it binds.
fn authentic(source: &Source) -> Vec<Lang> {
    source.reading.negotiation.text.authentic().collect()
}

fn suggestions(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let source = source(req)?;
    let langs = authentic(&source);
    let text = &source.reading.negotiation.text;
    let found = text.units.iter().filter_map(|unit| Some((unit, suggestion(unit, &langs)?)));
    let found: Vec<(&Unit, Suggestion)> = found.collect();
    let made = req.read(|c| store::commitment::of_dossier(c, source.dossier.id))?;
    let mut counts: BTreeMap<UnitId, usize> = BTreeMap::new();
    for one in &made {
        *counts.entry(one.value.clause.unit).or_default() += 1;
    }
    let lang = if langs.contains(&req.lang()) { req.lang() } else { langs[0] };
    let body = html! {
        @if found.is_empty() { (layout::empty(&t.get("commitment-suggest-none"), None)) }
        ol.cards {
            @for (unit, suggested) in &found {
                li {
                    blockquote lang=(lang.tag()) dir=(lang.dir()) { (unit.text(lang)) }
                    (hints(req, &source, suggested))
                    @if let Some(n) = counts.get(&unit.id) {
                        p.hint { (t.with("commitment-made", &[("n", (*n).into())])) }
                    }
                    @if decides(req) {
                        p {
                            a.button href={ (home(edition)) "/from/" (source.dossier.id) "/" (unit.id) } {
                                (t.get("commitment-new"))
                            }
                        }
                    }
                }
            }
        }
    };
    let page = Page {
        title: t.get("commitment-suggestions"),
        trail: vec![(home(edition), t.get("edition-nav-commitments"))],
        lead: Some(html! { (text::text(t, &source.dossier.title)) }),
        edition: Some(edition),
        demonstration: source.dossier.exercise,
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

/// What the words suggest. Whoever signs for the languages also sees where they bind differently.
fn hints(req: &Req, source: &Source, suggested: &Suggestion) -> Markup {
    let t = req.t;
    let officer = req.may(Action::Concord, &source.object);
    let of = |lang: Lang| suggested.strengths.get(&lang);
    let own = of(req.lang()).or(suggested.strengths.values().next());
    html! {
        p {
            @if let Some((strength, verb)) = own {
                span.chip { (t.get(&format!("commitment-strength-{strength}"))) }
                " " (t.get("commitment-verb")) " " bdi { (verb) }
            }
            @if let Some(day) = suggested.deadline {
                " · " (t.get("commitment-due")) " " (when::date(t.lang, day))
            }
        }
        @if officer && suggested.uneven {
            div.notice.warn {
                p { (t.get("commitment-uneven")) }
                ul {
                    @for lang in authentic(source) {
                        li {
                            bdi lang=(lang.tag()) { (lang.own_name()) } (Marks::of(t.lang).colon)
                            @match of(lang) {
                                Some((strength, verb)) => {
                                    (t.get(&format!("commitment-strength-{strength}")))
                                    " (" bdi { (verb) } ")"
                                }
                                None => { (t.get("commitment-no-verb")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The paragraph of the path.
fn unit<'s>(req: &Req, source: &'s Source) -> Result<&'s Unit, Fault> {
    let id: UnitId = req.param("unit")?;
    let unit = source.reading.negotiation.text.unit(id).ok_or(Fault::Missing)?;
    // Every paragraph of the operative part can oblige, whatever the short lists of verbs know.
    if unit.kind == UnitKind::Operative {
        Ok(unit)
    } else {
        Err(Refusal::new("commitment-operative").into())
    }
}

/// The delegations that the words name.
fn named(delegations: &[Delegation], unit: &Unit, langs: &[Lang]) -> Vec<DelegationId> {
    let stands = |d: &&Delegation| {
        langs.iter().any(|lang| {
            let name = d.name.get(*lang).unwrap_or_default();
            !name.is_empty() && unit.text(*lang).contains(name)
        })
    };
    delegations.iter().filter(stands).map(|d| d.id).collect()
}

fn form(
    req: &Req,
    unit: &Unit,
    langs: &[Lang],
    delegations: &[Delegation],
    draft: &Draft,
) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let strength = |s: &Strength| (s.code().to_owned(), t.get(&format!("commitment-strength-{s}")));
    let strengths: Vec<_> = Strength::ALL.iter().map(strength).collect();
    let name = |d: &Delegation| (d.id.to_string(), text::words(t, &d.name));
    let owners: Vec<_> = delegations.iter().filter(|d| !d.withdrawn).map(name).collect();
    let tongue = |l: &Lang| (l.code().to_owned(), l.own_name().to_owned());
    let tongues: Vec<_> = langs.iter().map(tongue).collect();
    let fields = html! {
        @for lang in langs {
            blockquote lang=(lang.tag()) dir=(lang.dir()) { (unit.text(*lang)) }
        }
        (show.text("what", "commitment-what", true))
        (show.boxes("owners", "commitment-owners", &owners))
        (show.input("date", "due", "commitment-due"))
        (show.text("measure", "commitment-measure", false))
        (show.choice("strength", "commitment-strength", &strengths))
        (show.choice("lang", "commitment-lang", &tongues))
    };
    show.form(&req.path, "commitment-save", &fields)
}

fn page<'a>(req: &'a Req, source: &Source) -> Result<Page<'a>, Fault> {
    let (t, edition) = (req.t, req.edition()?);
    let from = format!("{}/from/{}", home(edition), source.dossier.id);
    let trail = vec![
        (home(edition), t.get("edition-nav-commitments")),
        (from, text::words(t, &source.dossier.title)),
    ];
    let title = t.get("commitment-new");
    let demonstration = source.dossier.exercise;
    Ok(Page { title, trail, edition: Some(edition), demonstration, ..Page::default() })
}

fn blank(req: &Req) -> Outcome {
    let (source, edition) = (source(req)?, req.edition()?);
    let (unit, langs) = (unit(req, &source)?, authentic(&source));
    let delegations = req.read(|c| ordered(c, edition))?;
    let mut typed = Fields::default();
    for lang in Lang::COMPLETE {
        typed = typed.with(format!("what.{lang}"), unit.text(lang));
    }
    let suggested = suggestion(unit, &langs);
    if let Some(suggested) = &suggested {
        let due = suggested.deadline.map(|day| day.to_string()).unwrap_or_default();
        let strength = suggested.strengths.values().map(|(strength, _)| *strength).max();
        let strength = strength.map_or("", Strength::code);
        typed = typed.with("due", due).with("strength", strength);
    }
    for owner in named(&delegations, unit, &langs) {
        typed = typed.with("owners", owner.to_string());
    }
    let body = form(req, unit, &langs, &delegations, &Draft::of(typed));
    Ok(page(req, &source)?.reply(req, &body))
}

fn day_or_none(raw: &str) -> Result<Option<Date>, Refusal> {
    if raw.trim().is_empty() { Ok(None) } else { clean::day(raw).map(Some) }
}

fn read(
    req: &Req,
    draft: &mut Draft,
    source: &Source,
    unit: &Unit,
    delegations: &[Delegation],
) -> Option<Commitment> {
    let langs = authentic(source);
    let what = draft.text("what", clean::paragraph);
    let measure = draft.optional_text("measure");
    let due = draft.read("due", day_or_none);
    let strength = draft.code::<Strength>("strength");
    let lang = draft.read("lang", |raw| {
        let lang = raw.parse().ok().filter(|lang| langs.contains(lang));
        lang.ok_or_else(|| Refusal::new("choose"))
    });
    let ticked: Vec<Option<DelegationId>> =
        draft.typed.all("owners").map(|raw| raw.parse().ok()).collect();
    let known = |id: &Option<DelegationId>| delegations.iter().any(|d| Some(d.id) == *id);
    if !ticked.iter().all(known) {
        draft.refuse("owners", Refusal::new("choose"));
    }
    let owners = ticked.into_iter().flatten().collect();
    let (what, due, strength, lang) = (what?, due?, strength?, lang?);
    draft.is_sound().then_some(Commitment {
        id: chance::id(),
        edition: source.dossier.edition,
        clause: Clause {
            dossier: source.dossier.id,
            unit: unit.id,
            lang,
            seal: unit.seal(lang),
            words: unit.text(lang).to_owned(),
        },
        strength,
        owners,
        what,
        measure,
        due,
        claims: BTreeMap::new(),
        assessment: None,
        by: req.actor.person?,
        at: req.now,
    })
}

fn create(req: &Req) -> Outcome {
    let (source, edition) = (source(req)?, req.edition()?);
    let unit = unit(req, &source)?;
    let delegations = req.read(|c| ordered(c, edition))?;
    let mut draft = Draft::of(req.form.clone());
    if let Some(one) = read(req, &mut draft, &source, unit, &delegations) {
        req.write(|c| {
            store::commitment::insert(c, &one)?;
            store::event::append(
                c,
                chance::id(),
                &req.event("commitment", one.id, "made", json!({})),
            )
        })?;
        return Ok(Reply::See(format!("{}/{}", home(edition), one.id)));
    }
    let langs = authentic(&source);
    Ok(page(req, &source)?.again(req, &form(req, unit, &langs, &delegations, &draft)))
}
