//! One delegation's way through the programme, for a phone in a corridor: what is on now, what comes
//! next, and every day with place, company and languages.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    DelegationId,
    access::{Action, Object, Visibility},
    agenda::{Step, steps},
    edition::Edition,
    presence::{Excuse, Presence},
    programme::Entry,
    release::Release,
};
use jiff::civil::{Date, DateTime};
use maud::{Markup, html};

use super::{
    agenda_words, assignment, programme,
    programme_line::{self, Labels, runs},
};
use crate::{
    i18n::Messages,
    web::{
        layout::{self, Page},
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![get("/editions/{edition}/agenda", Gate::Participants(Action::Read), show)]
}

/// Where the agenda of a delegation stands.
pub fn address(edition: &Edition, delegation: DelegationId) -> String {
    format!("/editions/{}/agenda?delegation={delegation}", edition.id)
}

/// Refuses whoever may not read a delegation's agenda.
pub fn require(req: &Req, edition: &Edition, delegation: DelegationId) -> Result<(), Fault> {
    let visibility = Visibility::Parties(vec![delegation]);
    req.require(Action::Read, &Object { place: edition.place(), visibility })
}

/// The newest release, when there is one.
pub fn newest(req: &Req, edition: &Edition) -> Result<Option<Arc<Release>>, Fault> {
    req.read(|c| req.app.shelf.newest(c, edition.id))
}

/// When a delegation is there, as it is filed now: what the newest release tells is read with that.
pub fn presence(req: &Req, own: DelegationId) -> Result<Presence, Fault> {
    Ok(Presence::of(&req.read(|c| store::delegation::need(c, own))?.value))
}

/// The steps of an agenda by day, each day in the order of time.
pub fn days<'a>(edition: &Edition, steps: &[Step<'a>]) -> BTreeMap<Date, Vec<Step<'a>>> {
    let zone = edition.time_zone();
    let mut days: BTreeMap<Date, Vec<Step<'a>>> = BTreeMap::new();
    for step in steps {
        days.entry(step.at(&zone).date()).or_default().push(*step);
    }
    days
}

/// Whether the reader may open an agenda: the office opens all, everyone else that of the own delegation.
pub fn has_any(req: &Req, edition: &Edition) -> bool {
    Gate::Office(Action::Read).lets(&req.actor, edition.place()) || req.actor.belongs(edition.id)
}

/// What an entry is called in a delegation's agenda: its title, or whom it meets.
pub fn title(t: Messages, release: &Release, entry: &Entry, own: DelegationId) -> Markup {
    html! {
        @match entry.partner_of(own).and_then(|d| release.name_of(d)) {
            Some(partner) => (text::text(t, partner)),
            None => (text::text(t, &entry.title)),
        }
    }
}

/// The delegations whose agenda the reader may open, in the declared order.
fn open_to<'a>(
    req: &Req,
    edition: &Edition,
    release: &'a Release,
) -> Vec<&'a domain::release::Listed> {
    release.delegations.iter().filter(|d| require(req, edition, d.id).is_ok()).collect()
}

fn show(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let title = t.get("agenda-title");
    let page = Page { title, edition: Some(edition), ..Page::default() };
    let Some(release) = newest(req, edition)? else {
        return Ok(page.reply(req, &layout::empty(&t.get("agenda-none"), None)));
    };
    let open = open_to(req, edition, &release);
    let asked = req.query.get("delegation");
    let chosen = match (asked, open.as_slice()) {
        ("", [only]) => Some(only.id),
        ("", _) => None,
        (id, _) => Some(id.parse::<DelegationId>().map_err(|_| Fault::Missing)?),
    };
    let choice = (open.len() > 1).then(|| choice(req, &open, chosen));
    let Some(own) = chosen else {
        let body = html! {
            @if let Some(choice) = choice {
                (choice)
            } @else {
                (stranger(req, edition))
            }
        };
        return Ok(page.reply(req, &body));
    };
    require(req, edition, own)?;
    let name = release.name_of(own).ok_or(Fault::Missing)?;
    let body = html! {
        @if let Some(choice) = choice { (choice) }
        (Agenda { req, edition, release: &release, own, presence: presence(req, own)? }.body()?)
    };
    Ok(Page { title: text::words(t, name), ..page }.reply(req, &body))
}

/// What somebody of no delegation is told: an interpreter is led to the own assignments.
fn stranger(req: &Req, edition: &Edition) -> Markup {
    let t = req.t;
    if req.actor.interprets(edition) {
        let own = (assignment::home(edition), t.get("assignment-title"));
        return layout::empty(&t.get("agenda-interpreter"), Some(own));
    }
    layout::empty(&t.get("agenda-stranger"), None)
}

fn choice(req: &Req, open: &[&domain::release::Listed], chosen: Option<DelegationId>) -> Markup {
    html! {
        form.search method="get" action=(req.path) {
            label for="delegation" { (req.t.get("agenda-whose")) }
            div.row {
                select #delegation name="delegation" {
                    @for one in open {
                        option value=(one.id) selected[chosen == Some(one.id)] {
                            (text::words(req.t, &one.name))
                        }
                    }
                }
                button type="submit" { (req.t.get("agenda-open")) }
            }
        }
    }
}

struct Agenda<'a> {
    req: &'a Req,
    edition: &'a Edition,
    release: &'a Release,
    own: DelegationId,
    presence: Presence,
}

impl Agenda<'_> {
    fn body(&self) -> Result<Markup, Fault> {
        let (req, t) = (self.req, self.req.t);
        let zone = self.edition.time_zone();
        let steps = steps(self.release, self.own, &self.presence, &zone);
        let attended: Vec<&Entry> = steps.iter().filter_map(Step::attended).collect();
        let days = days(self.edition, &steps);
        Ok(html! {
            p {
                (programme::titled(t, &zone, self.release.number, self.release.at)) br;
                (t.with("programme-zone", &[("zone", when::zone(self.edition).into())]))
            }
            (self.at_hand(&attended))
            @if !steps.iter().any(|step| matches!(step, Step::Entry(..))) {
                (layout::empty(&t.get("agenda-empty"), None))
            }
            @if days.len() > 1 {
                nav.tabs aria-label=(t.get("programme-days")) {
                    @for date in days.keys() {
                        a href={ "#day-" (date) } { (when::short_day(t.lang, *date)) }
                    }
                }
            }
            @for (date, steps) in &days { (self.day(*date, steps)) }
            (super::agenda_feed::section(req, self.edition, self.own)?)
        })
    }

    /// What is on now, and what comes next.
    fn at_hand(&self, entries: &[&Entry]) -> Markup {
        let (t, now) = (self.req.t, self.req.now);
        let on: Vec<&&Entry> = entries.iter().filter(|e| runs(e, now)).collect();
        let next = entries.iter().find(|e| e.slot.start > now);
        html! {
            @if !on.is_empty() || next.is_some() {
                section.notice aria-label=(t.get("agenda-at-hand")) {
                    @for entry in on { (self.brief(&t.get("agenda-now"), entry)) }
                    @if let Some(entry) = next { (self.brief(&t.get("agenda-next"), entry)) }
                }
            }
        }
    }

    fn brief(&self, label: &str, entry: &Entry) -> Markup {
        let (t, zone) = (self.req.t, self.edition.time_zone());
        let today = zone.to_datetime(self.req.now).date();
        let date = zone.to_datetime(entry.slot.start).date();
        html! {
            p {
                strong { (label) } " · "
                @if date != today { (when::date(t.lang, date)) " " }
                (programme_line::time(&zone, entry)) br;
                (title(t, self.release, entry, self.own)) br;
                (programme_line::place(t, entry))
            }
        }
    }

    fn day(&self, date: Date, steps: &[Step<'_>]) -> Markup {
        let t = self.req.t;
        let labels = Labels::new(t);
        html! {
            section {
                h2 id={ "day-" (date) } { (when::day(t.lang, date)) }
                ul.slots {
                    @for step in steps {
                        @match step {
                            Step::Arrival(at) => {
                                (stay(&t.get("sheet-arrival"), *at, self.since(|p| p.arrival)))
                            }
                            Step::Departure(at) => {
                                (stay(&t.get("sheet-departure"), *at, self.since(|p| p.departure)))
                            }
                            Step::Entry(entry, excuse) => (self.entry(&labels, date, entry, *excuse)),
                        }
                    }
                }
                @if self.edition.days().contains(&date) {
                    (super::agenda_print::links(self.req, self.edition, self.own, date))
                }
            }
        }
    }

    fn since(&self, pick: fn(&Presence) -> Option<DateTime>) -> Option<String> {
        agenda_words::since(self.req.t, self.release, (self.own, &self.presence), pick)
    }

    fn entry(&self, labels: &Labels, date: Date, entry: &Entry, excuse: Option<Excuse>) -> Markup {
        let (t, zone) = (self.req.t, self.edition.time_zone());
        html! {
            li.now[excuse.is_none() && runs(entry, self.req.now)] {
                (programme_line::time(&zone, entry))
                div {
                    @if excuse.is_some() {
                        (title(t, self.release, entry, self.own))
                    } @else {
                        strong { (title(t, self.release, entry, self.own)) }
                    }
                    " " span.chip { (labels.kind(entry)) }
                    @if entry.kind().is_none() { br; (text::text(t, &entry.title)) }
                    br; (programme_line::place(t, entry))
                    @if excuse.is_some() {
                        p.where { (agenda_words::excused(t, excuse, &self.presence, date)) }
                    }
                }
            }
        }
    }
}

/// The line of an arrival or a departure.
fn stay(label: &str, at: DateTime, note: Option<String>) -> Markup {
    html! {
        li {
            time datetime=(at) { (at.strftime("%H:%M").to_string()) }
            div {
                strong { (label) }
                @if let Some(note) = note { p.where { (note) } }
            }
        }
    }
}
