//! Whom the office might bring together: proposed for all delegations at once, each pair with its reason, and
//! turned into requests that both sides are told of. Nobody but the office sees the page.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DelegationId, Lang, Refusal, Text,
    access::Action,
    clean,
    edition::Edition,
    invitation::regretting,
    meeting::{Meeting, MeetingState, Wish},
};
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use super::{
    meeting::{Sides, home},
    meeting_form::about,
    meeting_news::{self, News},
    meeting_suggest::{first_theme, reason, texts},
};
use crate::{
    chance,
    planning::matching::{Candidates, Pair},
    web::{
        convene::delegation::ordered,
        fields::Fields,
        form::{Draft, Show},
        layout::{self, Page},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// Most new meetings for each delegation when nothing is said, and what may be said.
const USUAL: &str = "3";
const MOST: std::ops::RangeInclusive<u32> = 1..=8;
/// Minutes of a meeting that the office proposes.
const MINUTES: i64 = 30;

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/meetings/proposals", plan, ask),
        post("/editions/{edition}/meetings/proposals", plan, store),
    ]
}

fn page<'a>(req: &Req, edition: &'a Edition) -> Page<'a> {
    let trail = vec![(home(edition), req.t.get("edition-nav-meetings"))];
    let lead = Some(html! { (req.t.get("meeting-proposal-why")) });
    let title = req.t.get("meeting-proposal");
    Page { title, trail, lead, edition: Some(edition), ..Page::default() }
}

/// Who could meet, as it stands in this transaction.
fn load(c: &mut Conn, edition: &Edition) -> store::Result<Candidates> {
    let invitations = store::invitation::of_edition(c, edition.id)?;
    let absent = regretting(&invitations.into_iter().map(|it| it.value).collect::<Vec<_>>());
    let mut delegations = ordered(c, edition)?;
    delegations.retain(|it| !absent.contains(&it.id));
    let offerings: Vec<_> = store::offering::all(c)?.into_iter().map(|o| o.value).collect();
    let ties: Vec<_> = store::tie::all(c)?.into_iter().map(|t| t.value).collect();
    let meetings = store::meeting::of_edition(c, edition.id)?;
    let meetings: Vec<_> = meetings.into_iter().map(|m| m.value).collect();
    Ok(Candidates::new(&delegations, &offerings, &ties, &meetings))
}

/// The form as it was asked for.
fn draft(given: &Fields) -> Draft {
    let most = Some(given.get("most")).filter(|most| !most.trim().is_empty());
    Draft::of(Fields::default().with("most", most.unwrap_or(USUAL)))
}

fn ask(req: &Req) -> Outcome {
    show(req, draft(&req.query))
}

/// The proposals for what the form asks, unless it cannot be read.
fn show(req: &Req, mut draft: Draft) -> Outcome {
    let edition = req.edition()?;
    let number = |raw: &str| clean::number(raw, (*MOST.start()).into(), (*MOST.end()).into());
    let most = draft.read("most", number).and_then(|most| u32::try_from(most).ok());
    let candidates = req.read(|c| load(c, edition))?;
    let pairs = most.map(|most| candidates.propose(most));
    let shown = match &pairs {
        None => html! {},
        Some(pairs) if pairs.is_empty() => {
            let cities = ("/cities".to_owned(), req.t.get("nav-cities"));
            layout::empty(&req.t.get("meeting-proposal-none"), Some(cities))
        }
        Some(pairs) => proposals(req, &draft, &candidates, pairs)?,
    };
    let form = Show::new(req, &draft);
    let body = html! {
        (form.summary())
        form method="get" action=(req.path) novalidate {
            (form.input("number", "most", "meeting-proposal-most"))
            div.actions { button type="submit" { (req.t.get("meeting-proposal-show")) } }
        }
        (shown)
    };
    let page = page(req, edition);
    Ok(if draft.is_sound() { page.reply(req, &body) } else { page.again(req, &body) })
}

fn proposals(
    req: &Req,
    draft: &Draft,
    candidates: &Candidates,
    pairs: &[Pair<'_>],
) -> Result<Markup, Fault> {
    let (t, sides) = (req.t, Sides::of(req, "")?);
    Ok(html! {
        (figures(req, candidates, pairs))
        form method="post" action=(req.path) {
            input type="hidden" name="most" value=(draft.typed.get("most"));
            div id="f-pair" { (table(req, &sides, pairs, draft.is_sound())) }
            p.hint { (t.get("meeting-proposal-told")) }
            div.actions { button.main type="submit" { (t.get("meeting-proposal-ask")) } }
        }
    })
}

/// How far the proposals reach, and whether they are fair.
fn figures(req: &Req, candidates: &Candidates, pairs: &[Pair<'_>]) -> Markup {
    let all: Vec<_> = candidates.pairs().iter().flat_map(Pair::key).collect();
    let mut times: BTreeMap<DelegationId, usize> = all.into_iter().map(|id| (id, 0)).collect();
    for id in pairs.iter().flat_map(Pair::key) {
        *times.entry(id).or_default() += 1;
    }
    let reached = times.values().filter(|n| **n > 0).count();
    let [fewest, largest] =
        [times.values().min(), times.values().max()].map(Option::<&usize>::copied);
    let figures = [
        (pairs.len(), "meeting-proposal-pairs"),
        (reached, "meeting-proposal-reached"),
        (fewest.unwrap_or_default(), "meeting-proposal-fewest"),
        (largest.unwrap_or_default(), "meeting-proposal-largest"),
    ];
    html! {
        div.figures {
            @for (n, label) in figures {
                div.figure {
                    strong { (n) }
                    span { (req.t.with(label, &[("n", n.into()), ("of", times.len().into())])) }
                }
            }
        }
    }
}

fn table(req: &Req, sides: &Sides, pairs: &[Pair<'_>], ticked: bool) -> Markup {
    let t = req.t;
    let labels = ["meeting-proposal-pair", "meeting-proposal-reason", "meeting-proposal-language"]
        .map(|key| t.get(key));
    let called = |id| sides.delegation(id).map_or_else(String::new, |d| text::words(t, &d.name));
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for pair in pairs {
                        @let names = [called(pair.from), called(pair.why.with)];
                        tr {
                            th scope="row" {
                                label.box {
                                    input type="checkbox" name="pair" value=(value(pair)) checked[ticked];
                                    strong {
                                        (sides.name(req, pair.from)) " – "
                                        (sides.name(req, pair.why.with))
                                    }
                                }
                            }
                            td data-label=(labels[1]) {
                                (reason(t, &pair.why, Some([&names[0], &names[1]])))
                                @if pair.tied { " " (t.get("meeting-proposal-tied")) }
                                (texts(t, &pair.why))
                            }
                            td data-label=(labels[2]) {
                                @match pair.language {
                                    Some(lang) => { bdi lang=(lang.tag()) { (lang.own_name()) } }
                                    None => { (t.get("meeting-proposal-apart")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A pair as its box says it.
fn value(pair: &Pair<'_>) -> String {
    let [a, b] = pair.key();
    format!("{a}:{b}")
}

/// The pairs ticked; what is no pair is passed over.
fn ticked(req: &Req) -> BTreeSet<[DelegationId; 2]> {
    let pair = |value: &str| {
        let (a, b) = value.split_once(':')?;
        Some([a.parse().ok()?, b.parse().ok()?])
    };
    req.form.all("pair").filter_map(pair).collect()
}

/// Asks for the meetings ticked, worked out again beside those that there are now.
fn store(req: &Req) -> Outcome {
    let (edition, ticked) = (req.edition()?, ticked(req));
    if ticked.is_empty() {
        let mut draft = draft(&req.form);
        draft.refuse("pair", Refusal::new("meeting-proposal-unticked"));
        return show(req, draft);
    }
    let sides = Sides::of(req, "")?;
    let asked = req.write(|c| {
        let candidates = load(c, edition)?;
        let pairs = candidates.pairs().into_iter().filter(|pair| ticked.contains(&pair.key()));
        let new: Vec<Meeting> = pairs.filter_map(|pair| meeting(edition, &pair)).collect();
        for meeting in &new {
            store::meeting::insert(c, meeting)?;
            let event = req.event("meeting", meeting.id, "proposed", json!({}));
            store::event::append(c, chance::id(), &event)?;
            for (to, from) in [(meeting.to, meeting.from), (meeting.from, meeting.to)] {
                meeting_news::tell(req, c, &sides, &News { meeting, to, from, key: "proposed" })?;
            }
        }
        Ok(new.len())
    })?;
    let passed = ticked.len().saturating_sub(asked);
    Ok(Reply::See(format!("{}?asked={asked}&passed={passed}", home(edition))))
}

/// The request that a pair becomes, on the first theme that matches.
fn meeting(edition: &Edition, pair: &Pair<'_>) -> Option<Meeting> {
    let theme = first_theme(&pair.why)?;
    Some(Meeting {
        id: chance::id(),
        edition: edition.id,
        from: pair.from,
        to: pair.why.with,
        purpose: Text::stated(Lang::COMPLETE.map(|lang| (lang, about(theme, lang))))?,
        wish: Wish::Nice,
        minutes: MINUTES,
        state: MeetingState::Proposed,
        remark: String::new(),
    })
}

/// What the proposals that were just ticked have become, on the list of meetings.
pub(super) fn done(req: &Req) -> Markup {
    let count = |name: &str| req.query.get(name).parse::<i64>().ok().filter(|n| *n >= 0);
    html! {
        @if let (Some(asked), Some(passed)) = (count("asked"), count("passed")) {
            section.notice.ok role="status" {
                p { (req.t.with("meeting-proposal-done", &[("n", asked.into())])) }
                @if passed > 0 {
                    p { (req.t.with("meeting-proposal-passed", &[("n", passed.into())])) }
                }
            }
        }
    }
}
