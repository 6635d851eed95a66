//! What an interpreter has to do in the released programme: where, when, between which languages, with whom,
//! and when it is his or her turn. An interpreter sees the meetings that he or she interprets, and no other.

use std::collections::BTreeMap;

use domain::{
    access::Action,
    edition::Edition,
    interpretation::{Interpretation, Norm},
    interpreter::Interpreter,
    programme::{Company, Entry},
    release::Release,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use maud::{Markup, html};

use super::{
    agenda, assignment_feed, assignment_print, interpretation_words as words,
    interpreter_account as account,
    programme::{self, by_day},
    programme_line::{self, Labels, runs, sides_named},
};
use crate::{
    i18n::Messages,
    web::{
        layout::{self, Page},
        marks::Marks,
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![get("/editions/{edition}/assignments", Gate::Participants(Action::Read), show)]
}

/// The page's address.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/assignments", edition.id)
}

/// Who works here, by identifier, and the rules that say how long a turn is.
pub struct Crew {
    /// The roster.
    pub roster: Vec<Interpreter>,
    /// The rules.
    pub rules: Interpretation,
}

impl Crew {
    /// Reads it.
    pub fn load(c: &mut store::Conn, edition: &Edition) -> store::Result<Self> {
        let roster = store::interpreter::of_edition(c, edition.id)?;
        let roster = roster.into_iter().map(|i| i.value).collect();
        Ok(Self { roster, rules: store::interpretation::of(c, edition.id)?.value })
    }

    /// What somebody is called.
    pub fn name(&self, t: Messages, id: domain::InterpreterId) -> String {
        let found = self.roster.iter().find(|one| one.id == id);
        found.map_or_else(|| "—".to_owned(), |one| text::called(t, &one.name))
    }

    /// The turns of somebody in an entry: `10:00–10:30`, …
    pub fn turns(&self, zone: &TimeZone, entry: &Entry, one: &Interpreter) -> Vec<String> {
        let Some(team) = &entry.team else { return Vec::new() };
        if team.booth_of(one.id).len() < 2 {
            return Vec::new();
        }
        let at = |minutes| entry.slot.start.saturating_add(SignedDuration::from_mins(minutes));
        let turns = team.turns(one.id, entry.slot.minutes, self.rules.norm(Norm::Turn));
        let said = |(from, until): (i64, i64)| {
            let end = at(until).unwrap_or(entry.slot.start);
            when::hours(zone, at(from).unwrap_or(entry.slot.start), end)
        };
        turns.into_iter().map(said).collect()
    }

    /// Who shares the booth with somebody.
    pub fn partners(&self, t: Messages, entry: &Entry, one: &Interpreter) -> Vec<String> {
        let booth = entry.team.as_ref().map_or(Vec::new(), |team| team.booth_of(one.id));
        booth.into_iter().filter(|id| *id != one.id).map(|id| self.name(t, id)).collect()
    }
}

/// With whom somebody works.
pub fn with(t: Messages, partners: &[String]) -> String {
    let names = partners.join(Marks::of(t.lang).item);
    t.with("assignment-with", &[("names", names.into()), ("n", partners.len().into())])
}

/// The interpreter that the reader is in this edition: whoever has the part and stands in the roster under
/// the address of the account.
pub fn own(req: &Req, edition: &Edition) -> Result<(Crew, Option<Interpreter>), Fault> {
    if !req.actor.interprets(edition) {
        return Err(if req.account.is_some() { Fault::Forbidden } else { Fault::SignIn });
    }
    let crew = req.read(|c| Crew::load(c, edition))?;
    let found = req.account.as_ref().and_then(|who| account::own(&crew.roster, who)).cloned();
    Ok((crew, found))
}

fn show(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let (crew, one) = own(req, edition)?;
    let page = Page { title: t.get("assignment-title"), edition: Some(edition), ..Page::default() };
    let Some(one) = one else {
        return Ok(page.reply(req, &layout::empty(&t.get("assignment-stranger"), None)));
    };
    let Some(release) = agenda::newest(req, edition)? else {
        return Ok(page.reply(req, &layout::empty(&t.get("assignment-none"), None)));
    };
    let feed = assignment_feed::section(req, edition, &one)?;
    let sight = Sight { req, edition, release: &release, crew: &crew, one: &one };
    let body = html! { (sight.body()) (feed) };
    Ok(page.reply(req, &body))
}

struct Sight<'a> {
    req: &'a Req,
    edition: &'a Edition,
    release: &'a Release,
    crew: &'a Crew,
    one: &'a Interpreter,
}

impl Sight<'_> {
    fn body(&self) -> Markup {
        let (t, zone) = (self.req.t, self.edition.time_zone());
        let entries: Vec<&Entry> =
            self.release.entries.iter().filter(|e| e.engages(self.one.id)).collect();
        let days: BTreeMap<Date, Vec<&Entry>> = by_day(&zone, &entries);
        html! {
            p {
                strong { (text::name(t, &self.one.name)) }
                " · " (super::interpreter::tongues(t, self.one)) br;
                (programme::titled(t, &zone, self.release.number, self.release.at)) br;
                (t.with("programme-zone", &[("zone", when::zone(self.edition).into())]))
            }
            p.hint { (t.get("assignment-confidential")) }
            (self.at_hand(&entries))
            @if entries.is_empty() { (layout::empty(&t.get("assignment-empty"), None)) }
            @if days.len() > 1 {
                nav.tabs aria-label=(t.get("programme-days")) {
                    @for date in days.keys() {
                        a href={ "#day-" (date) } { (when::short_day(t.lang, *date)) }
                    }
                }
            }
            @for (date, entries) in &days { (self.day(*date, entries)) }
        }
    }

    /// What is on now, and what comes next.
    fn at_hand(&self, entries: &[&Entry]) -> Markup {
        let (t, now) = (self.req.t, self.req.now);
        let on = entries.iter().filter(|e| runs(e, now));
        let next = entries.iter().find(|e| e.slot.start > now);
        let lines: Vec<(String, &Entry)> = on
            .map(|e| (t.get("agenda-now"), *e))
            .chain(next.map(|e| (t.get("agenda-next"), *e)))
            .collect();
        html! {
            @if !lines.is_empty() {
                section.notice aria-label=(t.get("agenda-at-hand")) {
                    @for (label, entry) in lines { (self.brief(&label, entry)) }
                }
            }
        }
    }

    fn brief(&self, label: &str, entry: &Entry) -> Markup {
        let (t, zone) = (self.req.t, self.edition.time_zone());
        let date = |at: Timestamp| zone.to_datetime(at).date();
        html! {
            p {
                strong { (label) } " · "
                @if date(entry.slot.start) != date(self.req.now) {
                    (when::date(t.lang, date(entry.slot.start))) " "
                }
                (programme_line::time(&zone, entry)) br;
                (self.title(entry)) br;
                (programme_line::place(t, entry))
            }
        }
    }

    fn title(&self, entry: &Entry) -> Markup {
        match &*entry.company {
            Company::Bilateral(sides) => sides_named(self.req.t, self.release, sides),
            Company::Session(..) => text::text(self.req.t, &entry.title),
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
                                strong { (self.title(entry)) } " " span.chip { (labels.kind(entry)) }
                                @if entry.kind().is_none() { br; (text::text(t, &entry.title)) }
                                br; (programme_line::place(t, entry))
                                (self.duty(&zone, entry))
                            }
                        }
                    }
                }
                (assignment_print::links(self.req, self.edition, date))
            }
        }
    }

    /// How, between which languages, with whom, and when it is one's turn.
    fn duty(&self, zone: &TimeZone, entry: &Entry) -> Markup {
        let t = self.req.t;
        let partners = self.crew.partners(t, entry, self.one);
        let turns = self.crew.turns(zone, entry, self.one);
        let item = Marks::of(t.lang).item;
        html! {
            @if let Some(team) = &entry.team {
                div.where {
                    (words::mode(t, team.mode))
                    @if let Some(pair) = team.pair_of(self.one.id) { " · " (words::pair(t, pair)) }
                }
            }
            @if !partners.is_empty() {
                div.where { (with(t, &partners)) }
            }
            @if !turns.is_empty() {
                p { strong { (t.with("assignment-turns", &[("turns", turns.join(item).into())])) } }
            }
        }
    }
}
