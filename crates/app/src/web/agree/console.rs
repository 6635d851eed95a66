//! The chair's console: what is still in the way, every unit with its state, and the acts of the chair over
//! the whole text: agreeing several units at once, printing a revision, starting a silence, the gavel.

use domain::{
    Refusal, UnitId,
    access::Action,
    negotiation::{Deed, Event, Negotiation},
    procedure::{Phase, Step},
    unit::{CellState, Unit},
};
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::json;
use std::collections::BTreeMap;

use super::{
    amendment::{Tabled, paragraph},
    consensus::{self, standing},
    consensus_act::seal_of,
    consensus_news,
    declaration::{Opened, refused, revision},
};
use crate::{
    chance,
    web::{
        form::{Draft, Show, act},
        layout::{self, Page},
        list::{self, Wish},
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        when,
    },
};

/// The addresses of this file and of one unit on the console.
pub fn routes() -> Vec<Route> {
    let preside = Gate::Participants(Action::Preside);
    vec![
        get("/editions/{edition}/declarations/{declaration}/console", preside, show),
        post("/editions/{edition}/declarations/{declaration}/console/agree", preside, agree),
        post("/editions/{edition}/declarations/{declaration}/console/revise", preside, revise),
        post("/editions/{edition}/declarations/{declaration}/console/silence", preside, silence),
        post("/editions/{edition}/declarations/{declaration}/console/gavel", preside, gavel),
    ]
}

/// Where the console stands.
pub fn home(opened: &Opened) -> String {
    format!("{}/console", opened.address())
}

/// What is still in the way of a silence or of the gavel, as a message and a number.
pub fn in_the_way(negotiation: &Negotiation, amendments: usize) -> Vec<(&'static str, usize)> {
    let (text, consensus) = (&negotiation.text, &negotiation.consensus);
    let open = text.units.iter().filter(|unit| !consensus.agrees_on(unit)).count();
    let all = [
        ("console-way-empty", usize::from(text.units.is_empty())),
        ("console-way-revision", usize::from(consensus.revision == 0)),
        ("console-way-amendments", amendments),
        ("console-way-objections", consensus.open_objections().count()),
        ("console-way-concordant", text.unready().len()),
        ("console-way-agreed", open),
    ];
    all.into_iter().filter(|(_, n)| *n > 0).collect()
}

fn show(req: &Req) -> Outcome {
    let opened = Opened::presided(req)?;
    let (page, body) = view(req, &opened, &Draft::default())?;
    Ok(page.reply(req, &body))
}

fn view<'a>(req: &'a Req, opened: &Opened, draft: &Draft) -> Result<(Page<'a>, Markup), Fault> {
    let (t, edition, tabled) = (req.t, req.edition()?, Tabled::of(req, opened)?);
    let ways = in_the_way(&opened.reading.negotiation, tabled.open().count());
    let published = matches!(opened.consensus().phase, Phase::Published(_));
    let body = html! {
        @if published {
            p.notice {
                (t.get("console-published")) " "
                a href=(opened.address()) { (t.get("console-to-text")) }
            }
        }
        (standing(req, edition, opened)?)
        @if opened.may_change().is_ok() {
            (obstacles(req, opened, &ways))
            (acts(req, opened, ways.is_empty(), draft))
        }
        (units(req, opened, &tabled))
    };
    let mut page = opened.below(req, t.get("console-title"))?;
    page.lead = Some(html! { (revision(req, opened.consensus().revision)) });
    let display = (format!("{}/display", opened.address()), t.get("console-to-display"));
    page.main = Some(display).filter(|_| !published);
    Ok((page, body))
}

fn obstacles(req: &Req, opened: &Opened, ways: &[(&'static str, usize)]) -> Markup {
    let t = req.t;
    let base = opened.address();
    let link = |key: &str| match key {
        "console-way-amendments" => Some(format!("{base}/amendments?state=tabled")),
        "console-way-objections" => Some(consensus::address(opened)),
        "console-way-concordant" => Some(base.clone()),
        _ => None,
    };
    html! {
        h2 { (t.get("console-ways")) }
        @if ways.is_empty() { p.notice.ok { (t.get("console-ways-none")) } }
        @else {
            ul {
                @for (key, n) in ways {
                    @let line = t.with(key, &[("n", (*n).into())]);
                    li { @match link(key) { Some(to) => { a href=(to) { (line) } } None => { (line) } } }
                }
            }
        }
    }
}

/// What the chair does with the whole text now.
fn acts(req: &Req, opened: &Opened, ready: bool, draft: &Draft) -> Markup {
    let (t, base) = (req.t, home(opened));
    let rules = &opened.consensus().rules;
    let seal = opened.text().seal();
    let seal = [("seal", seal.hex())];
    html! {
        @match &opened.consensus().phase {
            Phase::Open => {
                div.actions {
                    @if !opened.text().units.is_empty() {
                        (act(&format!("{base}/revise"), &t.get("console-revise"), "", &[]))
                    }
                    @if ready && rules.hall {
                        (act(&format!("{base}/gavel"), &t.get("console-gavel"), "main", &seal))
                    }
                }
                @if (ready || !draft.is_sound()) && rules.correspondence {
                    (silence_form(req, opened, draft))
                }
            }
            Phase::Silence(silence) if req.now >= silence.until => {
                p { (t.get("console-lapsed-why")) }
                (act(&format!("{base}/gavel"), &t.get("console-lapsed"), "main", &seal))
            }
            _ => {}
        }
    }
}

fn silence_form(req: &Req, opened: &Opened, draft: &Draft) -> Markup {
    let t = req.t;
    let draft =
        if draft.typed.0.is_empty() { Draft::of(usual_end(req, opened)) } else { draft.clone() };
    let show = Show::new(req, &draft);
    let zone = req.edition().map(when::zone).unwrap_or_default();
    let least = opened.consensus().rules.least_hours;
    let fields = html! {
        input type="hidden" name="seal" value=(opened.text().seal().hex());
        p.hint { (t.with("console-until-why", &[("zone", zone.into()), ("hours", least.into())])) }
        (show.input("datetime-local", "until", "console-until"))
    };
    html! {
        h2 { (t.get("console-silence-title")) }
        (show.form(&format!("{}/silence", home(opened)), "console-silence", &fields))
    }
}

/// The shortest silence of the rules and one hour, so that it is still long enough when sent.
fn usual_end(req: &Req, opened: &Opened) -> crate::web::fields::Fields {
    let hours = opened.consensus().rules.least_hours.clamp(0, 24 * 365) + 1;
    let until = req.now.saturating_add(jiff::SignedDuration::from_hours(hours)).unwrap_or(req.now);
    let zone = req.edition().map_or(jiff::tz::TimeZone::UTC, domain::edition::Edition::time_zone);
    let field = when::field(zone.to_datetime(until));
    crate::web::fields::Fields::default().with("until", field)
}

/// Every unit with its state; those that are ready can be agreed together.
fn units(req: &Req, opened: &Opened, tabled: &Tabled) -> Markup {
    let t = req.t;
    let wish = Wish::of(&req.query);
    let units: Vec<&Unit> = opened.text().units.iter().collect();
    let mut amendments: BTreeMap<UnitId, usize> = BTreeMap::new();
    for unit in tabled.open().filter_map(|p| p.amendment.operation.place()) {
        *amendments.entry(unit).or_default() += 1;
    }
    let open = matches!(opened.consensus().phase, Phase::Open);
    let row = |unit: &Unit| unit_row(req, opened, tabled, unit, &amendments, open);
    let table = html! {
        table.stack {
            thead { tr {
                th { (t.get("console-column-unit")) } th { (t.get("console-column-state")) }
                th { (t.get("console-column-cells")) } th { (t.get("console-column-amendments")) }
            } }
            tbody { @for unit in wish.cut(&units) { (row(unit)) } }
        }
    };
    html! {
        h2 { (t.get("console-units")) }
        @if units.is_empty() {
            (layout::empty(&t.get("console-empty"), Some((opened.address(), t.get("console-to-text")))))
        }
        @else {
            @if open {
                form method="post" action={ (home(opened)) "/agree" } {
                    (table)
                    div.actions { button type="submit" { (t.get("console-agree-chosen")) } }
                }
            } @else { (table) }
            (list::pager(req, &wish, units.len()))
        }
    }
}

fn unit_row(
    req: &Req,
    opened: &Opened,
    tabled: &Tabled,
    unit: &Unit,
    amendments: &BTreeMap<UnitId, usize>,
    open: bool,
) -> Markup {
    let t = req.t;
    let lang = opened.read_in(t.lang);
    let start: String = unit.text(lang).chars().take(60).collect();
    let behind = |l: &domain::Lang| unit.state(*l) != CellState::Concordant;
    let behind: Vec<&str> =
        opened.text().authentic().filter(behind).map(domain::Lang::own_name).collect();
    let rivals = amendments.get(&unit.id).copied().unwrap_or_default();
    let agreed = opened.consensus().is_agreed(opened.text(), unit.id);
    let box_of = open && !agreed && unit.turn > 0;
    let value = format!("{}:{}", unit.id, unit.turn);
    html! {
        tr {
            td {
                @if box_of {
                    input type="checkbox" name="unit" value=(value)
                        aria-label=(paragraph(req, opened, &tabled.numbers, Some(unit.id)));
                    " "
                }
                a href={ (home(opened)) "/" (unit.id) } {
                    (paragraph(req, opened, &tabled.numbers, Some(unit.id)))
                }
                " " bdi lang=(lang.tag()) { (start) }
            }
            td data-label=(t.get("console-column-state")) { (agreement(req, opened, unit)) }
            td data-label=(t.get("console-column-cells")) {
                @if behind.is_empty() { (t.get("console-concordant")) }
                @else { bdi { (behind.join(Marks::of(t.lang).item)) } }
            }
            td data-label=(t.get("console-column-amendments")) { (rivals) }
        }
    }
}

/// Whether a unit is agreed, as a mark.
pub fn agreement(req: &Req, opened: &Opened, unit: &Unit) -> Markup {
    let consensus = opened.consensus();
    let (key, class) = match consensus.agreed.get(&unit.id) {
        _ if consensus.is_agreed(opened.text(), unit.id) => ("console-agreed", "chip ok"),
        Some(agreement) if agreement.turn == unit.turn => ("console-ad-referendum", "chip warn"),
        Some(_) => ("console-agreed-before", "chip warn"),
        None => ("console-open", "chip"),
    };
    html! { span class=(class) { (req.t.get(key)) } }
}

/// Reads `unit:turn`, as the chair saw it.
fn seen(value: &str) -> Option<(UnitId, u32)> {
    let (unit, turn) = value.split_once(':')?;
    Some((unit.parse().ok()?, turn.parse().ok()?))
}

fn agree(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Preside)?;
    let chosen: Option<Vec<(UnitId, u32)>> = req.form.all("unit").map(seen).collect();
    let chosen = chosen.filter(|all| !all.is_empty()).ok_or(Refusal::new("console-none-chosen"))?;
    let detail = json!({ "units": chosen.len() });
    let step = |(unit, turn)| Deed::Step(Step::Agreed { unit, turn, ad_referendum: None });
    opened.act(req, ("agreed", &detail), &chosen.into_iter().map(step).collect::<Vec<_>>())?;
    Ok(Reply::See(home(&opened)))
}

fn revise(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Preside)?;
    opened.act(req, ("revised", &json!({})), &[Deed::Step(Step::Revised)])?;
    Ok(Reply::See(home(&opened)))
}

/// Takes a step of the procedure, unless amendments still wait for the chair.
fn take(
    req: &Req,
    opened: &Opened,
    (verb, detail): (&'static str, &serde_json::Value),
    step: Step,
) -> Result<(), Fault> {
    let event = Event { at: req.now, deed: Deed::Step(step) };
    let reading = req.write(|c| {
        let all = store::amendment::of_dossier(c, opened.dossier.id)?;
        let waiting = all.iter().filter(|proposal| proposal.value.is_open()).count();
        if waiting > 0 {
            return Err(Refusal::new("consensus-amendments").with("n", waiting).into());
        }
        let reading = consensus_news::act(c, req, &opened.dossier, std::slice::from_ref(&event))?;
        let line = req.event("declaration", opened.dossier.id, verb, detail.clone());
        store::event::append(c, chance::id(), &line)?;
        Ok(reading)
    })?;
    req.app.readings.keep(opened.dossier.id, &reading);
    Ok(())
}

fn silence(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Preside)?;
    let mut draft = Draft::of(req.form.clone());
    let zone = req.edition()?.time_zone();
    let until: Option<Timestamp> = draft.read("until", |raw| {
        let civil = when::typed(raw)?;
        zone.to_timestamp(civil).map_err(|_| Refusal::new("moment"))
    });
    if let Some(until) = until {
        let done = seal_of(req, &opened).and_then(|seal| {
            let detail = json!({ "until": until, "seal": seal });
            take(req, &opened, ("silenced", &detail), Step::Silenced { seal, until })
        });
        match refused(done)? {
            Ok(()) => return Ok(Reply::See(home(&opened))),
            Err(refusal) => draft.refuse("until", refusal),
        }
    }
    let (page, body) = view(req, &opened, &draft)?;
    Ok(page.again(req, &body))
}

fn gavel(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Preside)?;
    let by = req.actor.person.ok_or(Fault::Forbidden)?;
    let seal = seal_of(req, &opened)?;
    let detail = json!({ "seal": seal });
    take(req, &opened, ("gavelled", &detail), Step::Gavelled { seal, by })?;
    Ok(Reply::See(consensus::address(&opened)))
}
