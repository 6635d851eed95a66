//! One delegation's way through the programme, for a phone in a corridor: what is on now, what comes
//! next, and every day with place, company and languages.

use std::sync::Arc;

use domain::{
    DelegationId,
    access::{Action, Object, Visibility},
    edition::Edition,
    programme::Entry,
    release::Release,
};
use jiff::civil::Date;
use maud::{Markup, html};

use super::{
    programme::{self, by_day},
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
                (layout::empty(&t.get("agenda-stranger"), None))
            }
        };
        return Ok(page.reply(req, &body));
    };
    require(req, edition, own)?;
    let name = release.name_of(own).ok_or(Fault::Missing)?;
    let body = html! {
        @if let Some(choice) = choice { (choice) }
        (Agenda { req, edition, release: &release, own }.body()?)
    };
    Ok(Page { title: text::words(t, name), ..page }.reply(req, &body))
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
}

impl Agenda<'_> {
    fn body(&self) -> Result<Markup, Fault> {
        let (req, t) = (self.req, self.req.t);
        let zone = self.edition.time_zone();
        let entries: Vec<&Entry> = self.release.agenda(self.own).collect();
        let days = by_day(&zone, &entries);
        Ok(html! {
            p {
                (programme::titled(t, &zone, self.release.number, self.release.at)) br;
                (t.with("programme-zone", &[("zone", when::zone(self.edition).into())]))
            }
            (self.at_hand(&entries))
            @if entries.is_empty() { (layout::empty(&t.get("agenda-empty"), None)) }
            @if days.len() > 1 {
                nav.tabs aria-label=(t.get("programme-days")) {
                    @for date in days.keys() {
                        a href={ "#day-" (date) } { (when::short_day(t.lang, *date)) }
                    }
                }
            }
            @for (date, entries) in &days { (self.day(*date, entries)) }
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

    fn day(&self, date: Date, entries: &[&Entry]) -> Markup {
        let (t, zone) = (self.req.t, self.edition.time_zone());
        let labels = Labels::new(t);
        html! {
            section {
                h2 id={ "day-" (date) } { (when::day(t.lang, date)) }
                ul.slots {
                    @for entry in entries {
                        li.now[runs(entry, self.req.now)] {
                            (programme_line::time(&zone, entry))
                            div {
                                strong { (title(t, self.release, entry, self.own)) }
                                " " span.chip { (labels.kind(entry)) }
                                @if entry.kind().is_none() { br; (text::text(t, &entry.title)) }
                                br; (programme_line::place(t, entry))
                            }
                        }
                    }
                }
                (super::agenda_print::links(self.req, self.edition, self.own, date))
            }
        }
    }
}
