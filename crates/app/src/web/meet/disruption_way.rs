//! The ways to go on, in plain words, and the choice of one: the news, the new plan, its release and its
//! mails are one write. Whoever may not release leaves the plan as the draft.

use std::collections::BTreeSet;

use domain::{
    DelegationId, InterpreterId, Refusal,
    access::Action,
    brief::Brief,
    disruption::{Disruption, DisruptionKind},
    edition::Edition,
    programme::{Activity, Pin, Slot},
    release::{ChangeKind, Head, Release, differences},
};
use jiff::civil::{Date, DateTime};
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use super::{
    disruption::{Stand, nothing, open, page},
    disruption_form::{self, Asked},
    plan, programme, programme_changes,
    programme_release::{self, Ready},
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
        text, when,
    },
};

/// Most delegations that are named in one line.
const MOST_NAMES: usize = 6;

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
        p.lead { (told(req, stand.brief(), &asked.news)) }
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
            (way(req, edition, stand, (number, offers.len()), offer, (kind, draft)))
        }
    })
}

/// Whoever is ill for several days may be well again after one: the same for each day by itself.
fn days(req: &Req, edition: &Edition, brief: &Brief, news: &Disruption) -> Markup {
    let Disruption::Interpreter { interpreter, away } = news else { return html! {} };
    let midnight = |day: Date| when::field(day.at(0, 0, 0, 0));
    let whole = |day: &Date| {
        let next = day.tomorrow().unwrap_or(*day);
        away.from <= day.at(0, 0, 0, 0) && next.at(0, 0, 0, 0) <= away.until
    };
    let days: Vec<Date> = brief.edition.days().into_iter().filter(whole).collect();
    html! {
        @if days.len() > 1 {
            p {
                (req.t.get("disruption-only-on"))
                @for day in &days {
                    @let until = day.tomorrow().unwrap_or(*day);
                    @let fields = [
                        ("interpreter", interpreter.to_string()),
                        ("from", midnight(*day)),
                        ("until", midnight(until)),
                    ];
                    " " a href=(open(edition, DisruptionKind::Interpreter, false, &fields)) {
                        (when::short_day(req.lang(), *day))
                    }
                }
            }
        }
    }
}

/// What happened, in a sentence.
fn told(req: &Req, brief: &Brief, news: &Disruption) -> String {
    let t = req.t;
    let delegation =
        |id| brief.delegation(id).map_or(String::new(), |d| text::words(t, &d.name)).into();
    // What it was before shows a delay that was told twice.
    let moved = |key: &str, id, at, before: Option<DateTime>| {
        let clock = |at| when::clock(t.lang, at);
        let before = before.filter(|before| *before != at).map_or(String::new(), clock);
        let known = if before.is_empty() { "no" } else { "yes" };
        let fields = [
            ("name", delegation(id)),
            ("at", clock(at).into()),
            ("known", known.into()),
            ("before", before.into()),
        ];
        t.with(key, &fields)
    };
    match news {
        Disruption::Late { delegation: id, arrival } => {
            let before = brief.delegation(*id).and_then(|d| d.arrival);
            moved("disruption-told-late", *id, *arrival, before)
        }
        Disruption::Leaving { delegation: id, departure } => {
            let before = brief.delegation(*id).and_then(|d| d.departure);
            moved("disruption-told-leaving", *id, *departure, before)
        }
        Disruption::Hall { hall, closed } => {
            let name = brief.hall(*hall).map_or(String::new(), |h| text::words(t, &h.name));
            let span = when::span(t.lang, closed.from, closed.until);
            t.with("disruption-told-hall", &[("name", name.into()), ("span", span.into())])
        }
        Disruption::Busy { delegation: id, busy } => {
            let span = when::span(t.lang, busy.from, busy.until);
            t.with("disruption-told-busy", &[("name", delegation(*id)), ("span", span.into())])
        }
        Disruption::Withdrawn { delegation: id } => {
            t.with("disruption-told-withdrawn", &[("name", delegation(*id))])
        }
        Disruption::Longer { session, minutes } => {
            let found = brief.session(*session);
            let name = found.map_or(String::new(), |s| text::words(t, &s.title));
            let before = found.map_or(0, |s| s.minutes);
            let fields =
                [("name", name.into()), ("n", (*minutes).into()), ("before", before.into())];
            t.with("disruption-told-longer", &fields)
        }
        Disruption::Meeting(meeting) => t.with(
            "disruption-told-meeting",
            &[("name", delegation(meeting.from)), ("other", delegation(meeting.to))],
        ),
        Disruption::Interpreter { interpreter, away } => {
            let found = brief.interpreter(*interpreter);
            let name = found.map_or(String::new(), |one| text::called(t, &one.name));
            let span = when::span(t.lang, away.from, away.until);
            t.with("disruption-told-interpreter", &[("name", name.into()), ("span", span.into())])
        }
    }
}

/// What a way costs, as counts.
#[derive(Default)]
struct Tally {
    moved: [i64; 2],
    dropped: [i64; 2],
    added: i64,
    amended: i64,
    restaffed: i64,
    /// Pins that are taken back.
    unpinned: i64,
    concerned: BTreeSet<DelegationId>,
    interpreters: BTreeSet<InterpreterId>,
}

impl Tally {
    fn of(old: &Release, next: &Release) -> Self {
        let mut tally = Self::default();
        for change in differences(&old.entries, &next.entries) {
            let Some(entry) = change.entry() else { continue };
            let kind = usize::from(matches!(entry.slot.activity, Activity::Session(_)));
            match change.kind() {
                ChangeKind::Moved | ChangeKind::Relocated => tally.moved[kind] += 1,
                ChangeKind::Dropped => tally.dropped[kind] += 1,
                ChangeKind::Added => tally.added += 1,
                ChangeKind::Amended => tally.amended += 1,
                ChangeKind::Restaffed => tally.restaffed += 1,
            }
            tally.interpreters.extend(change.interpreters());
            let all = next.delegations.iter().chain(&old.delegations).map(|d| d.id);
            tally.concerned.extend(all.filter(|id| change.told_to(*id).is_some()));
        }
        tally
    }

    fn is_empty(&self) -> bool {
        let single = [&self.added, &self.amended, &self.restaffed];
        self.moved.iter().chain(&self.dropped).chain(single).sum::<i64>() == 0
    }

    fn drops(&self) -> bool {
        self.dropped.iter().any(|n| *n > 0)
    }

    /// "moves 3 meetings, drops 1 meeting, concerns 5 delegations".
    fn words(&self, req: &Req) -> String {
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let (concerned, interpreters) =
            (count(self.concerned.len()), count(self.interpreters.len()));
        let counts = [
            ("disruption-moves-meetings", self.moved[0]),
            ("disruption-moves-sessions", self.moved[1]),
            ("disruption-drops-meetings", self.dropped[0]),
            ("disruption-drops-sessions", self.dropped[1]),
            ("disruption-adds", self.added),
            ("disruption-amends", self.amended),
            ("disruption-restaffs", self.restaffed),
            ("disruption-unpins", self.unpinned),
            ("disruption-concerns", concerned),
            ("disruption-interpreters", interpreters),
        ];
        let told = counts.iter().filter(|(_, n)| *n > 0);
        let told: Vec<String> =
            told.map(|(key, n)| req.t.with(key, &[("n", (*n).into())])).collect();
        if self.is_empty() { req.t.get("disruption-holds") } else { told.join(" · ") }
    }
}

fn way(
    req: &Req,
    edition: &Edition,
    stand: &Stand,
    (number, count): (usize, usize),
    offer: &Offer,
    (kind, draft): (DisruptionKind, &Draft),
) -> Markup {
    let t = req.t;
    let mut tally = Tally::of(&stand.release, &offer.next);
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
            @if offer.way.least && tally.drops() { p { (t.get("disruption-least")) } }
            @if !tally.is_empty() {
                p.where { (names(req, &offer.next, &stand.release, &tally.concerned)) }
                @if !tally.interpreters.is_empty() {
                    p.where { (interpreters(req, &offer.way.brief, &tally.interpreters)) }
                }
                details {
                    summary { (t.get("programme-changes")) }
                    (programme_changes::list(req, edition, Some(&stand.release), &offer.next))
                }
            }
            (act(&action, &t.get(button), class, &hidden))
        }
    }
}

/// The delegations concerned, by name and in the declared order.
fn names(req: &Req, next: &Release, old: &Release, concerned: &BTreeSet<DelegationId>) -> String {
    let listed = next.delegations.iter();
    let gone = old.delegations.iter().filter(|d| next.name_of(d.id).is_none());
    let names: Vec<String> = listed
        .chain(gone)
        .filter(|d| concerned.contains(&d.id))
        .map(|d| text::words(req.t, &d.name))
        .collect();
    let more = names.len().saturating_sub(MOST_NAMES);
    let shown = names[..names.len() - more].join(" · ");
    if more == 0 {
        return shown;
    }
    format!("{shown} · {}", req.t.with("disruption-more", &[("n", more.into())]))
}

/// The interpreters whose work changes, by name.
fn interpreters(req: &Req, brief: &Brief, changed: &BTreeSet<InterpreterId>) -> String {
    let named = changed.iter().filter_map(|id| brief.interpreter(*id));
    let names: Vec<String> = named.map(|one| text::called(req.t, &one.name)).collect();
    names.join(" · ")
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
    let changed = !differences(&stand.release.entries, &next.entries).is_empty();
    let releases = changed && decides(req, edition);
    let ready = Ready { brief: way.brief, plan, next, newest: Some(stand.release.clone()) };
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
    keep(c, stand.brief(), ready)?;
    store::plan::insert(c, &ready.plan)?;
    let number =
        if releases { Some(programme_release::store(c, req, edition, ready)?) } else { None };
    let about = asked.news.about();
    let detail = json!({ "kind": asked.news.kind(), "about": about, "release": number });
    let event = req.event("disruption", ready.plan.id, "answered", detail);
    store::event::append(c, chance::id(), &event)
}

/// Stores what the news changed, noun by noun. The versions are read in the same write.
fn keep(c: &mut Conn, before: &Brief, ready: &Ready) -> store::Result<()> {
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
    for value in after.interpreters.iter().filter(|v| before.interpreter(v.id) != Some(*v)) {
        let seen = store::interpreter::need(c, value.id)?.version;
        store::interpreter::save(c, value, seen)?;
    }
    for value in after.meetings.iter().filter(|v| before.meeting(v.id) != Some(*v)) {
        match store::meeting::get(c, value.id)? {
            None => store::meeting::insert(c, value)?,
            Some(there) if there.value.edition == value.edition => {
                store::meeting::save(c, value, there.version)?;
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
