//! Something happened after the release: told in words or by a form, answered by two or three ways to go
//! on. This file has the first page, where the office says what happened, and what was answered so far.

use std::collections::BTreeMap;

use domain::{
    DelegationId, Text,
    access::Action,
    brief::Brief,
    disruption::{
        Arrival, Calendar, DisruptionKind, Noted, Stretch, Subject, Understood, understand,
    },
    edition::Edition,
    presence::Presence,
    programme::{Activity, Slot},
    release::{Listed, Release},
};
use jiff::{Timestamp, civil::DateTime};
use maud::{Markup, html};
use serde::Deserialize as _;
use store::event::Line;

use super::{board::Board, disruption_form, disruption_way, plan, programme};
use crate::web::{
    layout::{self, Page},
    reply::{Fault, Outcome, Reply},
    request::Req,
    route::{Gate, Route, get, post},
    text, when,
};

/// Longest message that is read, in letters: every name is looked for in it.
const MOST_LETTERS: usize = 200;
/// Most answers that are listed.
const MOST_LINES: i64 = 10;
/// Most answers in which news of arrivals is looked for.
const MOST_NEWS: i64 = 1000;

/// The addresses of this noun.
pub fn routes() -> Vec<Route> {
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/disruptions", plan, show),
        get("/editions/{edition}/disruptions/{kind}", plan, disruption_form::show),
        post("/editions/{edition}/disruptions/{kind}", plan, disruption_way::choose),
    ]
}

/// The first page's address.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/disruptions", edition.id)
}

/// What is in force when something happens.
pub struct Stand {
    /// What is to be planned, and the newest draft.
    pub board: Board,
    /// The newest release.
    pub release: Release,
    /// The news of arrivals that is in force, with when it was noted.
    noted: Vec<(DelegationId, Timestamp, Noted)>,
}

impl Stand {
    /// Reads it; none before the first release.
    pub fn load(req: &Req) -> Result<Option<Self>, Fault> {
        let (board, edition) = (Board::load(req)?, req.edition()?.id);
        let (release, lines) = req.read(|c| {
            let lines = store::event::of_noun(c, edition, "disruption", MOST_NEWS)?;
            Ok((store::release::newest(c, edition)?, lines))
        })?;
        let noted = noted(&board.brief, &lines);
        Ok(release.map(|release| Self { board, release, noted }))
    }

    /// The news of a delegation's arrival that is in force, and when it was noted.
    pub fn noted(&self, delegation: DelegationId) -> Option<(Timestamp, &Noted)> {
        let found = self.noted.iter().find(|(id, ..)| *id == delegation);
        found.map(|(_, at, noted)| (*at, noted))
    }

    /// The arrival that a delegation had declared before any news of it.
    pub fn declared(&self, delegation: DelegationId) -> Option<DateTime> {
        let stated = self.brief().delegation(delegation).and_then(|d| d.arrival);
        Noted::declared(self.noted(delegation).map(|(_, noted)| noted), stated)
    }

    /// What there is to be planned.
    pub fn brief(&self) -> &Brief {
        &self.board.brief
    }

    /// Where everything was released.
    pub fn released(&self) -> Vec<Slot> {
        self.release.slots()
    }

    /// Whether there is a draft that nobody was told of.
    fn drafted(&self) -> bool {
        let place = |s: &Slot| (s.activity, s.hall, s.start, s.minutes);
        let mut places = [self.board.slots().to_vec(), self.released()]
            .map(|slots| slots.iter().map(place).collect::<Vec<_>>());
        for places in &mut places {
            places.sort();
        }
        let stay = |presence: &Presence| (presence.arrival, presence.departure);
        let other = |listed: &Listed| {
            let now = self.brief().delegation(listed.id).map(|d| stay(&Presence::of(d)));
            listed.presence.as_ref().map(stay).zip(now).is_some_and(|(told, now)| told != now)
        };
        let stays = self.release.delegations.iter().any(other);
        self.board.plan.is_some() && (places[0] != places[1] || stays)
    }
}

/// The news of arrivals that is in force, one for each delegation; the lines are given newest first.
fn noted(brief: &Brief, lines: &[Line]) -> Vec<(DelegationId, Timestamp, Noted)> {
    let mut last: BTreeMap<DelegationId, (Timestamp, Noted)> = BTreeMap::new();
    for line in lines {
        let noted = line.detail.get("noted").and_then(|noted| Noted::deserialize(noted).ok());
        if let (Some(Subject::Delegation(id)), Some(noted)) = (about(line), noted) {
            last.entry(id).or_insert((line.at, noted));
        }
    }
    let stated = |id| brief.delegation(id).and_then(|d| d.arrival);
    let in_force = last
        .into_iter()
        .filter_map(|(id, (at, noted))| Some((id, at, Noted::in_force(Some(noted), stated(id))?)));
    in_force.collect()
}

/// Whom or what a line of the record is about.
fn about(line: &Line) -> Option<Subject> {
    Subject::deserialize(line.detail.get("about")?).ok()
}

/// What stands on every page of this noun.
pub fn page<'a>(req: &Req, edition: &'a Edition, kind: Option<DisruptionKind>) -> Page<'a> {
    let t = req.t;
    let title = kind.map_or_else(
        || t.get("edition-nav-disruptions"),
        |kind| t.get(&format!("disruption-kind-{kind}")),
    );
    let trail = kind.map(|_| (home(edition), t.get("edition-nav-disruptions")));
    let trail = trail.into_iter().collect();
    Page { title, trail, edition: Some(edition), ..Page::default() }
}

/// What is said before the first release.
pub fn nothing(req: &Req, edition: &Edition) -> Markup {
    let action = (programme::home(edition), req.t.get("edition-nav-programme"));
    layout::empty(&req.t.get("disruption-no-release"), Some(action))
}

/// That a draft waits, which will be replaced.
pub fn waiting(req: &Req, edition: &Edition, stand: &Stand) -> Markup {
    html! {
        @if stand.drafted() {
            p.notice.warn {
                (req.t.get("disruption-draft")) " "
                a href=(plan::home(edition)) { (req.t.get("edition-nav-plan")) }
            }
        }
    }
}

fn show(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let Some(stand) = Stand::load(req)? else {
        return Ok(page(req, edition, None).reply(req, &nothing(req, edition)));
    };
    let (said, days) = (req.query.get("said").trim(), edition.days());
    let now = stand.brief().civil(req.now);
    let readable = said.chars().count() <= MOST_LETTERS;
    let understood =
        readable.then(|| understand(said, stand.brief(), &Calendar { days: &days, now }));
    let understood = understood.flatten();
    let mut about = None;
    match understood {
        Some(Understood::About(Subject::Delegation(id))) => about = stand.brief().delegation(id),
        Some(understood) => return Ok(Reply::See(address(edition, understood))),
        None => {}
    }
    let lines = req.read(|c| store::event::of_noun(c, edition.id, "disruption", MOST_LINES))?;
    let body = html! {
        p.lead { (t.get("disruption-lead")) }
        (waiting(req, edition, &stand))
        form.search method="get" action=(home(edition)) {
            label for="said" { (t.get("disruption-said")) }
            p.hint #said-hint { (t.get("disruption-said-example")) }
            @if !said.is_empty() {
                p.wrong role="alert" {
                    @if let Some(found) = about {
                        @let name = text::words(t, &found.name);
                        (t.with("disruption-understood-whom", &[("name", name.into())]))
                    } @else {
                        (t.get("disruption-not-understood"))
                    }
                }
            }
            div.row {
                input #said type="text" name="said" value=(said) maxlength=(MOST_LETTERS) required
                    aria-describedby="said-hint";
                button.main type="submit" { (t.get("disruption-show")) }
            }
        }
        h2 { (t.get("disruption-choose")) }
        ul.cards {
            @for kind in DisruptionKind::ALL {
                @let field = if *kind == DisruptionKind::Meeting { "side" } else { "delegation" };
                @let form = match about {
                    Some(found) => open(edition, *kind, true, &[(field, found.id.to_string())]),
                    None => open(edition, *kind, false, &[]),
                };
                li {
                    a href=(form) { (t.get(&format!("disruption-kind-{kind}"))) }
                    p { (t.get(&format!("disruption-about-{kind}"))) }
                }
            }
        }
        (answered(req, edition, stand.brief(), &lines))
    };
    Ok(page(req, edition, None).reply(req, &body))
}

/// The page that answers what was said; what was left open is asked for there.
fn address(edition: &Edition, understood: Understood) -> String {
    let at = |name, at: Option<DateTime>| at.map(|at| (name, when::field(at)));
    let span = |of: (&'static str, String), stretch: Stretch| {
        let times = [at("from", stretch.from), at("until", stretch.until)];
        let whole = times.iter().all(Option::is_some) && !stretch.day_is_open;
        (whole, [Some(of)].into_iter().chain(times).flatten().collect::<Vec<_>>())
    };
    let one = |field: &'static str, id: &dyn ToString, more: Option<(&'static str, String)>| {
        let whole = more.is_some();
        (whole, [(field, id.to_string())].into_iter().chain(more).collect::<Vec<_>>())
    };
    let (kind, (whole, fields)) = match understood {
        Understood::Late(id, arrival) => {
            let told = arrival.map(|arrival| match arrival {
                Arrival::After(minutes) => {
                    ("hours", format!("{}:{:02}", minutes / 60, minutes % 60))
                }
                Arrival::At(moment) => ("arrival", when::field(moment)),
            });
            (DisruptionKind::Late, one("delegation", &id, told))
        }
        Understood::Leaving(id, departure) => {
            (DisruptionKind::Leaving, one("delegation", &id, at("departure", departure)))
        }
        Understood::Withdrawn(id) => {
            (DisruptionKind::Withdrawn, (true, vec![("delegation", id.to_string())]))
        }
        Understood::Busy(id, stretch) => {
            (DisruptionKind::Busy, span(("delegation", id.to_string()), stretch))
        }
        Understood::Hall(id, stretch) => {
            (DisruptionKind::Hall, span(("hall", id.to_string()), stretch))
        }
        // Without times it is from today until the end.
        Understood::Out(id, stretch) => {
            let (whole, fields) = span(("interpreter", id.to_string()), stretch);
            (DisruptionKind::Interpreter, (whole || stretch == Stretch::default(), fields))
        }
        Understood::Longer(id, minutes) => {
            let minutes = minutes.map(|minutes| ("minutes", minutes.to_string()));
            (DisruptionKind::Longer, one("session", &id, minutes))
        }
        Understood::Meeting([a, b]) => {
            (DisruptionKind::Meeting, (false, vec![("side", a.to_string()), ("to", b.to_string())]))
        }
        Understood::CalledOff(activity, by) => {
            let by = by.map(|by| ("by", by.to_string()));
            let (whole, fields) = one("activity", &activity, by);
            // Of a meeting it is asked who calls it off.
            (DisruptionKind::CalledOff, (whole || matches!(activity, Activity::Session(_)), fields))
        }
        Understood::Kind(kind) => (kind, (false, Vec::new())),
        Understood::About(subject) => match subject {
            Subject::Delegation(id) => (DisruptionKind::Late, one("delegation", &id, None)),
            Subject::Hall(id) => (DisruptionKind::Hall, one("hall", &id, None)),
            Subject::Session(id) => (DisruptionKind::Longer, one("session", &id, None)),
            Subject::Interpreter(id) => {
                (DisruptionKind::Interpreter, one("interpreter", &id, None))
            }
        },
    };
    open(edition, kind, !whole, &fields)
}

/// A form with what is known, which is asked at once or only filled in.
pub fn open(
    edition: &Edition,
    kind: DisruptionKind,
    fill: bool,
    fields: &[(&str, String)],
) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields);
    if fill {
        query.append_pair("fill", "1");
    }
    let query = query.finish();
    let form = format!("{}/{kind}", home(edition));
    if query.is_empty() { form } else { format!("{form}?{query}") }
}

/// What happened so far, newest first.
fn answered(req: &Req, edition: &Edition, brief: &Brief, lines: &[Line]) -> Markup {
    let (t, zone) = (req.t, edition.time_zone());
    // A session that was called off is there no more.
    let title = |line: &Line| Text::deserialize(line.detail.get("title")?).ok();
    let name = |line: &Line| match about(line)? {
        Subject::Delegation(id) => Some(text::words(t, &brief.delegation(id)?.name)),
        Subject::Hall(id) => Some(text::words(t, &brief.hall(id)?.name)),
        Subject::Session(id) => {
            let there = brief.session(id).map(|session| session.title.clone());
            there.or_else(|| title(line)).map(|title| text::words(t, &title))
        }
        Subject::Interpreter(id) => Some(text::called(t, &brief.interpreter(id)?.name)),
    };
    let number =
        |line: &Line, name: &str| line.detail.get(name).and_then(serde_json::Value::as_i64);
    html! {
        @if !lines.is_empty() {
            h2 { (t.get("disruption-answered")) }
            ul.slots {
                @for line in lines {
                    li {
                        time datetime=(line.at) { (when::moment(t.lang, &zone, line.at)) }
                        div {
                            @if let Some(kind) = line.detail.get("kind").and_then(|k| k.as_str()) {
                                strong { (t.get(&format!("disruption-kind-{kind}"))) } " · "
                            }
                            @if let Some(name) = name(line) { (name) " · " }
                            @if let Some(number) = number(line, "release") {
                                a href={ (programme::home(edition)) "/" (number) "/sheets" } {
                                    (t.with("programme-release-number", &[("number", number.into())]))
                                }
                            } @else { (t.get("disruption-noted")) }
                        }
                    }
                }
            }
        }
    }
}
