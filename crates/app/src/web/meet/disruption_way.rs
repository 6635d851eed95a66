//! The ways to go on, in plain words, and the choice of one: the news, the new plan, its release and its
//! mails are one write. Whoever may not release leaves the plan as the draft.

use domain::{
    Refusal,
    access::Action,
    brief::Brief,
    disruption::{Disruption, DisruptionKind, Stood, Subject},
    edition::Edition,
    programme::{Pin, Slot},
    release::{Head, Release},
};
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use super::{
    disruption::{Stand, nothing, page},
    disruption_cost::{Tally, interpreters, names},
    disruption_form::{self, Asked},
    disruption_told::{days, told},
    plan, programme, programme_changes,
    programme_release::{self, Ready},
    session,
};
use crate::{
    chance,
    planning::{self, Way},
    release::assemble,
    web::{
        form::{Draft, act},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::Gate,
        when,
    },
};

/// Most activities that are named because they no longer stand.
const MOST_STALE: usize = 12;

/// A way and what the programme would be.
struct Offer {
    way: Way,
    next: Release,
}

impl Offer {
    /// What the reader has seen of it: every place, and after which release.
    fn sight(&self) -> String {
        let mut places: Vec<String> = self
            .way
            .slots
            .iter()
            .map(|s| format!("{} {} {} {}", s.activity, s.hall, s.start, s.minutes))
            .collect();
        places.extend(self.way.teams.iter().map(|team| json!(team).to_string()));
        chance::hash(&format!("{}\n{}", self.next.number, places.join("\n")))
    }
}

/// The ways to go on after what was asked.
fn offers(req: &Req, stand: &Stand, asked: &Asked) -> Result<Vec<Offer>, Fault> {
    let (hours, released) = (stand.board.order().hours, stand.released());
    let stands = (&*released, &*stand.release.teams());
    let ways = planning::repair(stand.brief(), &hours, stands, &asked.news, asked.at);
    let ways = ways.map_err(|faults| Fault::Broken(anyhow::anyhow!("{faults}")))?;
    let offer = |way: Way| {
        let number = stand.release.number + 1;
        let head = Head { id: chance::id(), number, at: req.now, note: None };
        let plan = domain::programme::Plan {
            id: chance::id(),
            edition: way.brief.edition.id,
            at: req.now,
            slots: way.slots.clone(),
            unplaced: Vec::new(),
            teams: way.teams.clone(),
            terms: std::collections::BTreeMap::new(),
        };
        Offer { next: assemble(&way.brief, &plan, head), way }
    };
    Ok(ways.into_iter().map(offer).collect())
}

/// Whether the reader may release.
fn decides(req: &Req, edition: &Edition) -> bool {
    Gate::Secretariat(Action::Decide).lets(&req.actor, edition.place())
}

/// The ways, each with its button.
pub fn answer(
    req: &Req,
    edition: &Edition,
    stand: &Stand,
    asked: &Asked,
    draft: &Draft,
) -> Result<Markup, Fault> {
    let t = req.t;
    let offers = offers(req, stand, asked)?;
    let kind = asked.news.kind();
    Ok(html! {
        p.lead { (told(req, stand, &asked.news)) }
        (stale(req, edition, stand, asked.at))
        @if let Disruption::Late { delegation, .. } = &asked.news {
            (disruption_form::declared(req, stand, *delegation))
        }
        @if asked.at > req.now || stand.released().iter().any(|s| s.start < asked.at) {
            @let at = when::moment(t.lang, &edition.time_zone(), asked.at);
            p { (t.with("disruption-stays", &[("at", at.into())])) }
        }
        (days(req, edition, stand.brief(), &asked.news))
        @if asked.news.is_earlier(stand.brief()) {
            p.notice {
                (t.get("disruption-earlier")) " "
                a href=(plan::home(edition)) { (t.get("edition-nav-plan")) }
            }
        }
        @if offers.is_empty() {
            section.notice.warn {
                p { (t.get("disruption-none")) }
                p { a href=(plan::home(edition)) { (t.get("edition-nav-plan")) } }
            }
        }
        @for (number, offer) in (1..).zip(&offers) {
            (way(req, edition, (stand, asked.at), (number, offers.len()), offer, (kind, draft)))
        }
    })
}

/// What the ways settle beside the news, because it no longer stood before.
fn stale(req: &Req, edition: &Edition, stand: &Stand, at: Timestamp) -> Markup {
    let (t, board) = (req.t, &stand.board);
    let stale = planning::stale(stand.brief(), &stand.released(), at);
    let values = [("n", stale.len().into()), ("number", stand.release.number.into())];
    html! {
        @if !stale.is_empty() {
            section.notice.warn {
                p { (t.with("disruption-stale", &values)) }
                ul { @for activity in stale.iter().take(MOST_STALE) { li { (board.title(t, *activity)) } } }
                p { a href=(plan::home(edition)) { (t.get("edition-nav-plan")) } }
            }
        }
    }
}

fn way(
    req: &Req,
    edition: &Edition,
    (stand, at): (&Stand, Timestamp),
    (number, count): (usize, usize),
    offer: &Offer,
    (kind, draft): (DisruptionKind, &Draft),
) -> Markup {
    let t = req.t;
    let mut tally = Tally::of(&stand.release, &offer.next, &edition.time_zone(), at);
    let lifted = stand.brief().pins.iter().filter(|pin| !holds(&offer.way.slots, pin)).count();
    tally.unpinned = i64::try_from(lifted).unwrap_or(i64::MAX);
    let sight = offer.sight();
    let typed = draft.typed.0.iter().filter(|(name, _)| name != "sight" && name != "lang");
    let mut hidden: Vec<(&str, &str)> = typed.map(|(n, v)| (n.as_str(), v.as_str())).collect();
    hidden.push(("sight", &sight));
    let button = match (tally.is_empty(), decides(req, edition)) {
        (true, _) => "disruption-note",
        (_, true) => "disruption-release",
        (_, false) => "disruption-draft-it",
    };
    let class = if number == 1 { "main" } else { "" };
    let action = format!("{}/{kind}", super::disruption::home(edition));
    html! {
        section.way.notice {
            h2 {
                @if count > 1 { (t.with("disruption-way", &[("number", number.into())])) " · " }
                (tally.words(req))
            }
            // What is called off is no cancellation of ours.
            @let ours = kind != DisruptionKind::CalledOff;
            @if ours && offer.way.least && tally.drops() { p { (t.get("disruption-least")) } }
            @if !tally.is_empty() {
                p.where { (names(req, &offer.next, &stand.release, &tally.concerned)) }
                @if !tally.interpreters.is_empty() {
                    p.where { (interpreters(req, &offer.way.brief, &tally.interpreters)) }
                }
                @if !tally.holds() {
                    details {
                        summary { (t.get("programme-changes")) }
                        (programme_changes::list(req, edition, Some(&stand.release), &offer.next))
                    }
                }
            }
            (act(&action, &t.get(button), class, &hidden))
        }
    }
}

/// Goes one of the ways.
pub fn choose(req: &Req) -> Outcome {
    let (edition, kind) = (req.edition()?, req.param::<DisruptionKind>("kind")?);
    let Some(stand) = Stand::load(req)? else {
        return Ok(page(req, edition, Some(kind)).again(req, &nothing(req, edition)));
    };
    let mut draft = Draft::of(req.form.clone());
    let Some(asked) = disruption_form::read(req, &mut draft, &stand, kind) else {
        let body = disruption_form::view(req, edition, &stand, kind, &draft);
        return Ok(page(req, edition, Some(kind)).again(req, &body));
    };
    let mut offers = offers(req, &stand, &asked)?;
    let sight = req.form.get("sight");
    let Some(at) = offers.iter().position(|offer| offer.sight() == sight) else {
        let body = html! {
            p.notice.warn role="alert" { (req.t.get("disruption-moved")) }
            (answer(req, edition, &stand, &asked, &draft)?)
        };
        return Ok(page(req, edition, Some(kind)).again(req, &body));
    };
    let Offer { way, mut next } = offers.swap_remove(at);
    next.at = req.now;
    let plan = way.plan(&stand.board.order().hours, chance::id(), req.now);
    let plan = plan.map_err(|faults| Fault::Broken(anyhow::anyhow!("{faults}")))?;
    let changed = !Tally::of(&stand.release, &next, &edition.time_zone(), asked.at).is_empty();
    let releases = changed && decides(req, edition);
    let newest = Some(stand.release.clone());
    let ready = Ready { brief: way.brief, plan, next, newest, regretting: Vec::new() };
    req.write(|c| store(c, req, edition, &stand, &asked, &ready, releases))?;
    Ok(Reply::See(match (changed, releases) {
        (false, _) => super::disruption::home(edition),
        (_, true) => format!("{}/{}/sheets", programme::home(edition), ready.next.number),
        (_, false) => plan::home(edition),
    }))
}

/// Stores the news, the plan and, where the reader may, its release with its mails.
fn store(
    c: &mut Conn,
    req: &Req,
    edition: &Edition,
    stand: &Stand,
    asked: &Asked,
    ready: &Ready,
    releases: bool,
) -> store::Result<()> {
    let (brief, _) = store::brief::load(c, edition)?;
    let newest = store::release::newest(c, edition.id)?;
    if brief != *stand.brief() || newest.map(|r| r.id) != Some(stand.release.id) {
        return Err(Refusal::new("situation-moved").into());
    }
    keep(c, req, stand.brief(), ready)?;
    store::plan::insert(c, &ready.plan)?;
    let number =
        if releases { Some(programme_release::store(c, req, edition, ready)?) } else { None };
    let about = asked.news.about();
    let mut detail = json!({ "kind": asked.news.kind(), "about": about, "release": number });
    let stood = |release: &Release| Stood::all(&release.slots(), &release.teams());
    let (was, is) = (stood(&stand.release), stood(&ready.next));
    if let Some(noted) = asked.news.noted((&brief, &was), (&ready.brief, &is)) {
        detail["noted"] = json!(noted);
    }
    if let Some(Subject::Session(id)) = about {
        detail["title"] = json!(brief.session(id).map(|session| &session.title));
    }
    let event = req.event("disruption", ready.plan.id, "answered", detail);
    store::event::append(c, chance::id(), &event)
}

/// Stores what the news changed, noun by noun. The versions are read in the same write.
fn keep(c: &mut Conn, req: &Req, before: &Brief, ready: &Ready) -> store::Result<()> {
    let after = &ready.brief;
    for value in after.delegations.iter().filter(|v| before.delegation(v.id) != Some(*v)) {
        let seen = store::delegation::need(c, value.id)?.version;
        store::delegation::save(c, value, seen)?;
    }
    for value in after.halls.iter().filter(|v| before.hall(v.id) != Some(*v)) {
        let seen = store::hall::need(c, value.id)?.version;
        store::hall::save(c, value, seen)?;
    }
    for value in after.sessions.iter().filter(|v| before.session(v.id) != Some(*v)) {
        let seen = store::session::need(c, value.id)?.version;
        store::session::save(c, value, seen)?;
    }
    for gone in before.sessions.iter().filter(|v| after.session(v.id).is_none()) {
        session::remove(c, req, gone)?;
    }
    for value in after.interpreters.iter().filter(|v| before.interpreter(v.id) != Some(*v)) {
        let seen = store::interpreter::need(c, value.id)?.version;
        store::interpreter::save(c, value, seen)?;
    }
    for value in after.meetings.iter().filter(|v| before.meeting(v.id) != Some(*v)) {
        match store::meeting::get(c, value.id)? {
            None => store::meeting::insert(c, value)?,
            Some(there) if there.value.edition == value.edition => {
                store::meeting::save(c, value, there.version)?;
                if !value.is_open() {
                    let event = req.event("meeting", value.id, value.state.code(), json!({}));
                    store::event::append(c, chance::id(), &event)?;
                }
            }
            // An identifier of another edition's meeting: nobody sees that by chance.
            Some(_) => return Err(Refusal::new("choose").into()),
        }
    }
    for pin in before.pins.iter().filter(|pin| !holds(&ready.plan.slots, pin)) {
        store::pin::remove(c, before.edition.id, pin.activity)?;
    }
    Ok(())
}

/// Whether a pinned activity is where it was pinned.
fn holds(slots: &[Slot], pin: &Pin) -> bool {
    slots.iter().any(|s| (s.activity, s.hall, s.start) == (pin.activity, pin.hall, pin.start))
}
