//! Where the procedure of a text stands, for everyone who takes part: the silence with its end, objections
//! and what became of them, the adoption, signatures, and what is attached to the adopted text.

use domain::{
    DelegationId,
    access::Action,
    edition::Edition,
    procedure::{Adoption, ObjectionKind, Outcome as Became, Phase},
};
use maud::{Markup, html};

use super::{
    amendment::{Tabled, about, paragraph, whole_or_paragraph},
    consensus_end::{attached, explain_form, explains, signatures},
    consensus_news::both_clocks,
    declaration::Opened,
    register,
};
use crate::web::{
    form::{Draft, Show, act},
    layout::Page,
    reply::{Fault, Outcome},
    request::Req,
    route::{Gate, Route, get},
    when,
};

/// The addresses of this file and of what is done there.
pub fn routes() -> Vec<Route> {
    let read = Gate::Participants(Action::Read);
    vec![get("/editions/{edition}/declarations/{declaration}/consensus", read, show)]
}

/// Where the page stands.
pub fn address(opened: &Opened) -> String {
    format!("{}/consensus", opened.address())
}

fn show(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let (page, body) = view(req, &opened, &Draft::default(), "")?;
    Ok(page.reply(req, &body))
}

/// The page; `form` names the form that comes back with what was typed.
pub fn view<'a>(
    req: &'a Req,
    opened: &Opened,
    draft: &Draft,
    form: &str,
) -> Result<(Page<'a>, Markup), Fault> {
    let (t, edition, tabled) = (req.t, req.edition()?, Tabled::of(req, opened)?);
    let none = Draft::default();
    let typed = |name: &str| if form == name { draft } else { &none };
    let mine = req.actor.speaks_for(edition.id);
    let body = html! {
        (steps(req, opened))
        (standing(req, edition, opened)?)
        (second_act(req, opened))
        (objections(req, opened, edition, &tabled, &mine))
        @let here = opened.here(req);
        @if opened.may_change().is_ok() && !here.is_empty() {
            (object_form(req, opened, &tabled, &here, typed("object")))
        }
        (ad_referendum(req, opened, edition, &tabled, &mine))
        (signatures(req, opened, edition, &tabled, &mine))
        (attached(req, opened, &tabled))
        @if explains(opened) && !mine.is_empty() {
            (explain_form(req, opened, &tabled, &mine, typed("explain")))
        }
        (history(req, opened, edition))
    };
    let mut page = opened.below(req, t.get("consensus-title"))?;
    page.lead = Some(html! { (t.get("consensus-lead")) });
    if opened.presides(req) {
        page.main = Some((format!("{}/console", opened.address()), t.get("consensus-to-console")));
    }
    Ok((page, body))
}

/// The way of a text, with the step where it stands.
fn steps(req: &Req, opened: &Opened) -> Markup {
    let consensus = opened.consensus();
    let at = match &consensus.phase {
        Phase::Open => 0,
        Phase::Silence(_) => 1,
        Phase::Gavelled(_) => 2,
        Phase::Adopted(_) if !consensus.parties.is_empty() => 3,
        Phase::Adopted(_) | Phase::Signed(_) => 4,
        Phase::Published(_) => 5,
    };
    let all = ["negotiated", "silence", "adopted", "signed", "published"];
    let skipped = |step: &str| step == "signed" && consensus.parties.is_empty();
    html! {
        ol.steps {
            @for (n, step) in all.into_iter().enumerate().filter(|(_, step)| !skipped(step)) {
                // A gavel is on the way to the adoption, which the second step past it names.
                li.done[n < at] aria-current=[(n == at).then_some("step")] {
                    span { (req.t.get(&format!("consensus-step-{step}"))) }
                }
            }
        }
    }
}

/// Where it stands, in one sentence; also for the page of the text.
pub fn standing(req: &Req, edition: &Edition, opened: &Opened) -> Result<Markup, Fault> {
    let t = req.t;
    let clock = |at| both_clocks(t, edition, at);
    Ok(html! {
        @match &opened.consensus().phase {
            Phase::Open => {
                @if let Some(last) = opened.consensus().past.last() {
                    p.notice { (t.with(&format!("consensus-ended-{}", last.end), &[
                        ("number", last.silence.number.into()), ("at", clock(last.at).into()),
                    ])) }
                }
            }
            Phase::Silence(silence) => {
                section.notice.warn {
                    h2 { (t.get("consensus-silence-runs")) }
                    p { strong { time datetime=(silence.until) { (clock(silence.until)) } } }
                    p {
                        @if req.now < silence.until { (t.get("consensus-silence-why")) }
                        @else { (t.get("consensus-silence-lapsed")) }
                    }
                }
            }
            Phase::Gavelled(gavel) => {
                p.notice.warn { (t.with("consensus-gavelled-at", &[("at", clock(gavel.at).into())])) }
            }
            Phase::Adopted(adoption) | Phase::Signed(adoption) | Phase::Published(adoption) => {
                (adopted(req, edition, opened, adoption)?)
            }
        }
    })
}

/// That it is adopted, and unchanged since, as the register has it.
fn adopted(
    req: &Req,
    edition: &Edition,
    opened: &Opened,
    adoption: &Adoption,
) -> Result<Markup, Fault> {
    let t = req.t;
    let day = when::date(t.lang, adoption.at.to_zoned(edition.time_zone()).date());
    let how =
        if adoption.gavel.silence.is_some() { "consensus-by-silence" } else { "consensus-in-hall" };
    let texts = crate::register::texts(opened.text());
    let unchanged = req.read(|c| register::unchanged(req, c, opened.dossier.id, &texts))?;
    Ok(html! {
        section.notice {
            p { strong { (t.with("consensus-adopted-on", &[("day", day.into())])) } }
            (unchanged)
            p { (t.get(how)) }
            details {
                summary { (t.get("consensus-hash")) }
                p { code { (adoption.gavel.seal.hex()) } }
            }
        }
    })
}

/// What the secretariat does: record the gavel, publish.
fn second_act(req: &Req, opened: &Opened) -> Markup {
    let (t, base) = (req.t, address(opened));
    let decides = Gate::Secretariat(Action::Decide).lets(&req.actor, req.place());
    let seal = opened.text().seal();
    let unsigned = !opened.consensus().parties.is_empty();
    html! {
        @if decides {
            @match &opened.consensus().phase {
                Phase::Gavelled(_) => {
                    section.notice {
                        p { (t.get("consensus-record-why")) }
                        (act(&format!("{base}/record"), &t.get("consensus-record"), "main",
                            &[("seal", seal.hex())]))
                    }
                }
                Phase::Signed(_) => {
                    (act(&format!("{base}/publish"), &t.get("consensus-publish"), "main", &[]))
                }
                Phase::Adopted(_) if !unsigned => {
                    (act(&format!("{base}/publish"), &t.get("consensus-publish"), "main", &[]))
                }
                _ => {}
            }
        }
    }
}

fn objections(
    req: &Req,
    opened: &Opened,
    edition: &Edition,
    tabled: &Tabled,
    mine: &[DelegationId],
) -> Markup {
    let (t, base) = (req.t, address(opened));
    let all = &opened.consensus().objections;
    let ways_out = [("withdrawn", "consensus-withdraw"), ("reserved", "consensus-reserve")];
    let class = |outcome: Became| if outcome == Became::Open { "chip warn" } else { "chip" };
    html! {
        @if !all.is_empty() {
            h2 { (t.get("consensus-objections")) }
            @for (id, objection) in all {
                section.amendment {
                    p {
                        strong { (tabled.name(req, objection.by)) } " · "
                        (t.get(&format!("consensus-kind-{}", objection.kind))) " "
                        span class=(class(objection.outcome)) {
                            (t.get(&format!("consensus-outcome-{}", objection.outcome)))
                        }
                    }
                    p.soft {
                        (when::moment(t.lang, &edition.time_zone(), objection.at)) " · "
                        (about(req, opened, &tabled.numbers, objection.unit))
                    }
                    p { bdi { (objection.reason) } }
                    @if objection.outcome == Became::Open && mine.contains(&objection.by) {
                        @let id = id.to_string();
                        @for (outcome, key) in ways_out {
                            (act(&format!("{base}/resolve"), &t.get(key), "",
                                &[("objection", &id), ("outcome", outcome)]))
                        }
                    }
                }
            }
        }
    }
}

/// The delegations that the reader speaks for, as options.
pub fn sides(req: &Req, tabled: &Tabled, mine: &[DelegationId]) -> Vec<(String, String)> {
    mine.iter().map(|id| (id.to_string(), tabled.name(req, *id))).collect()
}

/// A choice of the reader's delegations, or the only one in silence.
pub fn side_field(show: &Show<'_>, sides: &[(String, String)]) -> Markup {
    html! {
        @match sides {
            [(id, name)] => {
                input type="hidden" name="delegation" value=(id);
                p { bdi { (name) } }
            }
            _ => { (show.choice("delegation", "consensus-for", sides)) }
        }
    }
}

fn object_form(
    req: &Req,
    opened: &Opened,
    tabled: &Tabled,
    mine: &[DelegationId],
    draft: &Draft,
) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let units = whole_or_paragraph(req, opened, &tabled.numbers);
    let kinds: Vec<(String, String)> = ObjectionKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), t.get(&format!("consensus-kind-{kind}"))))
        .collect();
    let fields = html! {
        (side_field(&show, &sides(req, tabled, mine)))
        (show.choice("kind", "consensus-kind", &kinds))
        (show.choice("unit", "consensus-unit", &units))
        (show.area("reason", "consensus-reason"))
    };
    let form = show.form(&format!("{}/object", address(opened)), "consensus-object", &fields);
    html! {
        @if matches!(opened.consensus().phase, Phase::Silence(_)) || !draft.is_sound() {
            h2 #object { (t.get("consensus-object-title")) }
            (form)
        } @else {
            details #object {
                summary { (t.get("consensus-object-title")) }
                (form)
            }
        }
    }
}

/// What delegations still ask at home.
fn ad_referendum(
    req: &Req,
    opened: &Opened,
    edition: &Edition,
    tabled: &Tabled,
    mine: &[DelegationId],
) -> Markup {
    let (t, base) = (req.t, address(opened));
    let asked = opened.consensus().agreed.iter().filter_map(|(unit, agreement)| {
        agreement.ad_referendum.as_ref().map(|asked| (*unit, asked))
    });
    let asked: Vec<_> = asked.collect();
    html! {
        @if !asked.is_empty() {
            h2 { (t.get("consensus-ad-referendum")) }
            ul {
                @for (unit, (owner, whom, until)) in asked {
                    li {
                        (t.with("consensus-ad-referendum-line", &[
                            ("what", paragraph(req, opened, &tabled.numbers, Some(unit)).into()),
                            ("owner", tabled.name(req, *owner).into()),
                            ("whom", whom.as_str().into()),
                            ("until", both_clocks(t, edition, *until).into()),
                        ]))
                        @if mine.contains(owner) {
                            " " (act(&format!("{base}/confirm"), &t.get("consensus-confirm"), "", &[
                                ("unit", &unit.to_string()), ("delegation", &owner.to_string()),
                            ]))
                        }
                    }
                }
            }
        }
    }
}

/// The silences that are over.
fn history(req: &Req, opened: &Opened, edition: &Edition) -> Markup {
    let t = req.t;
    html! {
        @if !opened.consensus().past.is_empty() {
            h2 { (t.get("consensus-history")) }
            ul {
                @for ended in &opened.consensus().past {
                    li { (t.with(&format!("consensus-ended-{}", ended.end), &[
                        ("number", ended.silence.number.into()),
                        ("at", both_clocks(t, edition, ended.at).into()),
                    ])) }
                }
            }
        }
    }
}

/// The ways from the text to what is done with it, for its page; none once it is final between parties.
pub fn ways(req: &Req, opened: &Opened) -> Markup {
    let (t, base) = (req.t, opened.address());
    let inside = Gate::Participants(Action::Read).lets(&req.actor, req.place());
    let all = [
        ("amendments", "consensus-way-amendments"),
        ("wordings", "consensus-way-wordings"),
        ("consensus", "consensus-way-consensus"),
        ("support", "consensus-way-support"),
        ("display", "consensus-way-display"),
    ];
    html! {
        @if inside && opened.dossier.settled.is_none() {
            nav.tabs aria-label=(t.get("consensus-ways")) {
                @for (path, key) in all { a href={ (base) "/" (path) } { (t.get(key)) } }
                @if opened.presides(req) {
                    a href={ (base) "/console" } { (t.get("consensus-to-console")) }
                }
            }
        }
    }
}
