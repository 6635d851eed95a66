//! One meeting, and the answers of its sides.

use domain::{
    DelegationId, MeetingId, Refusal,
    access::Action,
    clean,
    edition::Edition,
    meeting::{MINUTES, Meeting, MeetingState, Response},
    revision::{Saved, Versioned},
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    meeting::{Sides, home, length, state},
    meeting_news::{self, News},
};
use crate::{
    chance,
    web::{
        form::{Draft, Show, act},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/meetings/{meeting}", Gate::Participants(Action::Read), show),
        post("/editions/{edition}/meetings/{meeting}", Gate::Participants(Action::File), answer),
    ]
}

/// The meeting that the path names, if the reader may see it: to everyone else there is none.
fn named(req: &Req, action: Action) -> Result<Versioned<Meeting>, Fault> {
    let (id, edition): (MeetingId, _) = (req.param("meeting")?, req.edition()?);
    let found = req.read(|c| store::meeting::need(c, id))?;
    if found.value.edition != edition.id {
        return Err(Fault::Missing);
    }
    req.require(action, &found.value.object(edition))?;
    Ok(found)
}

fn page<'a>(req: &Req, edition: &'a Edition, sides: &Sides, meeting: &Meeting) -> Page<'a> {
    let name = |id| sides.delegation(id).map(|d| text::words(req.t, &d.name)).unwrap_or_default();
    let trail = vec![(home(edition), req.t.get("edition-nav-meetings"))];
    let title = format!("{} — {}", name(meeting.from), name(meeting.to));
    Page { title, trail, edition: Some(edition), ..Page::default() }
}

fn show(req: &Req) -> Outcome {
    let (edition, found) = (req.edition()?, named(req, Action::Read)?);
    let sides = Sides::of(req, "")?;
    let body = view(req, &sides, &found, &Draft::default());
    Ok(page(req, edition, &sides, &found.value).reply(req, &body))
}

fn view(req: &Req, sides: &Sides, found: &Versioned<Meeting>, draft: &Draft) -> Markup {
    let (t, meeting) = (req.t, &found.value);
    let both = [meeting.from, meeting.to];
    let mine: Vec<DelegationId> = both.into_iter().filter(|id| sides.file.contains(id)).collect();
    let side = if mine.len() == 1 { mine.first().copied() } else { None };
    let plans = req
        .edition()
        .is_ok_and(|edition| Gate::Office(Action::Plan).lets(&req.actor, edition.place()));
    let turn = |id: &DelegationId| !meeting.open_to(*id).is_empty();
    html! {
        dl.facts {
            dt { (t.get("meeting-state")) }
            dd { (state(req, meeting, side)) }
            @if meeting.asker().is_none() {
                dt { (t.get("meeting-proposal-pair")) }
                dd { (sides.name(req, meeting.from)) " – " (sides.name(req, meeting.to)) }
            } @else {
                dt { (t.get("meeting-from")) }
                dd { (sides.name(req, meeting.from)) }
                dt { (t.get("meeting-to")) }
                dd { (sides.name(req, meeting.to)) }
            }
            dt { (t.get("meeting-purpose")) }
            dd { (text::text(t, &meeting.purpose)) }
            dt { (t.get("meeting-wish")) }
            dd { (t.get(&format!("meeting-wish-{}", meeting.wish))) }
            dt { (t.get("meeting-lasts")) }
            dd { (length(req, meeting)) }
            @if plans && !meeting.remark.is_empty() {
                dt { (t.get("meeting-remark")) }
                dd {
                    @for line in meeting.remark.lines() { div { bdi { (line) } } }
                    p.hint { (t.get("meeting-remark-hint")) }
                }
            }
        }
        p.hint { (t.get("meeting-confidential")) }
        @for side in mine.iter().copied().filter(turn) {
            section {
                h2 { (t.get("meeting-answer-of")) " " (sides.name(req, side)) }
                (answers(req, found, side, draft))
            }
        }
    }
}

fn answers(req: &Req, found: &Versioned<Meeting>, side: DelegationId, draft: &Draft) -> Markup {
    let t = req.t;
    let (seen, own) = (found.version.to_string(), side.to_string());
    let open = found.value.open_to(side);
    let button = |what: &Response| {
        let class = if *what == Response::Accept { "main" } else { "" };
        let hidden = [("what", what.code()), ("as", &*own), ("seen", &*seen)];
        act(&req.path, &t.get(&format!("meeting-answer-{what}")), class, &hidden)
    };
    html! {
        p { @for what in open.iter().filter(|w| **w != Response::Counter) { (button(what)) " " } }
        @if open.contains(&Response::Counter) { (counter(req, found, side, draft)) }
    }
}

/// The form for another length. It keeps what was typed.
fn counter(req: &Req, found: &Versioned<Meeting>, side: DelegationId, draft: &Draft) -> Markup {
    let mut typed = draft.clone();
    typed.typed.0.retain(|(name, _)| name == "minutes");
    if typed.typed.get("minutes").is_empty() && typed.refused.is_empty() {
        typed.typed = typed.typed.with("minutes", found.value.minutes.to_string());
    }
    typed.typed = typed.typed.with("seen", found.version.to_string());
    let show = Show::new(req, &typed);
    let fields = html! {
        input type="hidden" name="what" value=(Response::Counter.code());
        input type="hidden" name="as" value=(side);
        (show.input("number", "minutes", "meeting-counter"))
    };
    show.form(&req.path, "meeting-answer-counter", &fields)
}

/// The verb of the record and of the mail.
fn verb(what: Response) -> &'static str {
    match what {
        Response::Accept => "accepted",
        Response::Decline => "declined",
        Response::Counter => "countered",
        Response::Withdraw => "withdrawn",
    }
}

fn answer(req: &Req) -> Outcome {
    let (edition, found) = (req.edition()?, named(req, Action::File)?);
    let sides = Sides::of(req, "")?;
    let mut draft = Draft::of(req.form.clone());
    let side: DelegationId = req.form.get("as").parse().map_err(|_| Refusal::new("choose"))?;
    let what: Response = req.form.get("what").parse().map_err(|_| Refusal::new("choose"))?;
    if !sides.file.contains(&side) || !found.value.concerns(side) {
        return Err(Fault::Missing);
    }
    let gone = |id| sides.delegation(id).is_some_and(|d| d.withdrawn);
    let ends = matches!(what, Response::Decline | Response::Withdraw);
    if !ends && (gone(found.value.from) || gone(found.value.to)) {
        return Err(Refusal::new("delegation-gone").into());
    }
    let minutes = if what == Response::Counter {
        draft.read("minutes", |raw| clean::number(raw, *MINUTES.start(), *MINUTES.end()))
    } else {
        Some(found.value.minutes)
    };
    let Some(minutes) = minutes else {
        let body = view(req, &sides, &found, &draft);
        return Ok(page(req, edition, &sides, &found.value).again(req, &body));
    };
    respond(req, &sides, found.value.id, (side, what, minutes))?;
    Ok(Reply::See(format!("{}?as={side}", home(edition))))
}

/// Stores an answer to the meeting as its reader saw it, and tells the other side.
fn respond(
    req: &Req,
    sides: &Sides,
    id: MeetingId,
    (side, what, minutes): (DelegationId, Response, i64),
) -> Result<(), Fault> {
    let seen = Draft::of(req.form.clone()).seen();
    req.write(|c| {
        let mut meeting = store::meeting::need(c, id)?.value;
        let asks = (&meeting.state, what) == (&MeetingState::Proposed, Response::Accept);
        let verb = if asks { "requested" } else { verb(what) };
        meeting.respond(side, what, minutes)?;
        if let Saved::Moved(_) = store::meeting::save(c, &meeting, seen)? {
            return Err(Refusal::new("not-your-turn").into());
        }
        store::event::append(c, chance::id(), &req.event("meeting", id, verb, json!({})))?;
        let other = meeting.other(side);
        let news = News { meeting: &meeting, to: other, from: side, key: verb };
        meeting_news::tell(req, c, sides, &news)
    })
}
