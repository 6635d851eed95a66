//! The journeys of a day: a sheet for each delegation's driver, and one table for whoever sends the cars. No
//! bilateral is named, and what nobody stated (flight, hotel, car, driver) is a line to be filled by hand.

use std::collections::BTreeSet;

use domain::{
    DelegationId,
    access::Action,
    agenda::steps,
    brief::Brief,
    city::Origin,
    edition::Edition,
    journey::{Journey, Place, journeys},
    presence::Presence,
    release::{Listed, Release},
};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use outputs::pdf::{
    Said,
    day_sheet::{Part, Row},
    dispatch::{Dispatch, Ride},
};

use super::{
    agenda_words,
    day_sheet::{messages, pair, printed, sheet},
    programme,
    programme_files::{footer, mark},
};
use crate::{
    i18n::Messages,
    web::{
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get},
        when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let read = Gate::Office(Action::Read);
    vec![
        get("/editions/{edition}/programme/{number}/transfers/{day}", read, all),
        get("/editions/{edition}/programme/{number}/transfers/{day}/{delegation}", read, one),
        get("/editions/{edition}/programme/{number}/dispatch/{day}", read, dispatch),
    ]
}

fn presence(brief: &Brief, release: &Release, newest: bool, own: DelegationId) -> Presence {
    let filed = || brief.delegation(own).map(Presence::of);
    let told = || release.presence_of(own).cloned();
    let found = if newest { filed().or_else(told) } else { told().or_else(filed) };
    found.unwrap_or_default()
}

/// The days on which delegations are driven: those of the edition, and those on which one comes or goes.
pub fn days(brief: &Brief, release: &Release, newest: bool) -> BTreeSet<Date> {
    let presences = release.delegations.iter().map(|it| presence(brief, release, newest, it.id));
    let ends = presences.flat_map(|it| [it.arrival, it.departure]).flatten().map(DateTime::date);
    brief.edition.days().into_iter().chain(ends).collect()
}

/// What the sheets are made from.
struct Road<'a> {
    t: Messages,
    edition: &'a Edition,
    release: &'a Release,
    brief: Brief,
    /// Whether it is the newest release, which is read with the arrivals as they are filed now.
    newest: bool,
    day: Date,
}

impl<'a> Road<'a> {
    fn load(req: &Req, edition: &'a Edition, release: &'a Release) -> Result<Self, Fault> {
        let (day, t) = (req.param("day")?, messages(req));
        let newest = programme::newest(req, edition)? == Some(release.number);
        let brief = req.read(|c| store::brief::load(c, edition))?.0;
        if !days(&brief, release, newest).contains(&day) {
            return Err(Fault::Missing);
        }
        Ok(Self { t, edition, release, brief, newest, day })
    }

    fn presence(&self, own: DelegationId) -> Presence {
        presence(&self.brief, self.release, self.newest, own)
    }

    fn journeys(&self, own: DelegationId) -> Vec<Journey<'a>> {
        let presence = self.presence(own);
        let steps = steps(self.release, own, &presence, &self.edition.time_zone());
        journeys(&self.brief, &steps, self.day)
    }

    fn said(&self, words: String) -> Said {
        Said::new(words, self.t.lang)
    }

    fn time(&self, at: Timestamp) -> String {
        when::time(&self.edition.time_zone(), at)
    }

    fn place(&self, place: Place<'_>) -> Said {
        match place {
            Place::Terminal => self.said(self.t.get("sheet-terminal")),
            Place::Lodging => self.said(self.t.get("sheet-lodging")),
            Place::Site(entry) => Said::of(&entry.venue, self.t.lang),
        }
    }

    /// When, in the words of a driver: the arrival, by when to leave or be there, from when it is free.
    fn when(&self, journey: &Journey<'_>) -> String {
        let (t, at) = (self.t, |at| ("time", self.time(at).into()));
        match (journey.leave, journey.due, journey.ready) {
            (.., Some(lands)) if journey.from == Place::Terminal => self.time(lands),
            (Some(leave), ..) => t.with("sheet-leave", &[at(leave)]),
            (_, Some(due), _) if journey.to == Place::Terminal => self.time(due),
            (_, Some(due), _) => t.with("sheet-there", &[at(due)]),
            (_, _, Some(ready)) => self.time(ready),
            _ => String::new(),
        }
    }

    fn facts(&self, own: DelegationId, journey: &Journey<'_>) -> Vec<Said> {
        let (t, at) = (self.t, |at| ("time", self.time(at).into()));
        let mut facts = Vec::new();
        let told = journey.leave.is_some() || journey.from == Place::Terminal;
        if let Some(due) = journey.due.filter(|_| told && journey.to != Place::Terminal) {
            facts.push(t.with("sheet-be-there", &[at(due)]));
        }
        if let Some(ready) = journey.ready.filter(|_| matches!(journey.from, Place::Site(_))) {
            facts.push(t.with("sheet-free-from", &[at(ready)]));
        }
        if let Some(due) = journey.due.filter(|_| journey.to == Place::Terminal) {
            facts.push(t.with("sheet-departs", &[at(due)]));
        }
        if let Some(minutes) = journey.road {
            facts.push(t.with("sheet-road", &[("n", minutes.into())]));
        }
        facts.extend(self.since(own, journey));
        facts.into_iter().map(|words| self.said(words)).collect()
    }

    /// That an arrival or a departure was noted after the release.
    fn since(&self, own: DelegationId, journey: &Journey<'_>) -> Option<String> {
        let pick: fn(&Presence) -> Option<DateTime> = match (journey.from, journey.to) {
            (Place::Terminal, _) => |presence| presence.arrival,
            (_, Place::Terminal) => |presence| presence.departure,
            _ => return None,
        };
        agenda_words::since(self.t, self.release, (own, &self.presence(own)), pick)
    }

    /// The sheet of one delegation's car, with what is to be filled in by hand.
    fn part(&self, listed: &Listed) -> Option<Part> {
        let t = self.t;
        let all = self.journeys(listed.id);
        if all.is_empty() {
            return None;
        }
        let flies = all.iter().any(|j| j.from == Place::Terminal || j.to == Place::Terminal);
        let flight = flies.then_some("sheet-blank-flight");
        let keys =
            ["sheet-blank-car", "sheet-blank-driver", "sheet-blank-hotel", "sheet-blank-liaison"];
        let lines = all.iter().map(|journey| self.row(listed.id, journey)).collect();
        let mut part = Part::new(Said::of(&listed.name, t.lang), "", lines);
        part.blanks = flight.into_iter().chain(keys).map(|key| t.get(key)).collect();
        Some(part)
    }

    fn row(&self, own: DelegationId, journey: &Journey<'_>) -> Row {
        let t = self.t;
        let title = match (journey.from, journey.to) {
            (Place::Terminal, _) => self.said(t.get("sheet-arrival")),
            (_, Place::Terminal) => self.said(t.get("sheet-departure")),
            (_, Place::Lodging) => self.said(t.get("sheet-back")),
            (_, to) => self.place(to),
        };
        let mut row = Row::new(self.when(journey), title);
        let (from, to) = (self.place(journey.from), self.place(journey.to));
        row.notes.push(Said { text: format!("{} → {}", from.text, to.text), ..to });
        row.facts = self.facts(own, journey);
        if journey.leave.is_none() && journey.from != Place::Terminal {
            row.blanks.push(t.get("sheet-blank-leave"));
        }
        row
    }
}

fn sheets(req: &Req, only: Option<DelegationId>) -> Outcome {
    let edition = req.edition()?;
    let (release, _) = pair(req)?;
    let road = Road::load(req, edition, &release)?;
    let t = road.t;
    let title = format!("{} · {}", t.get("sheet-transfer"), when::day(t.lang, road.day));
    let mut sheet = sheet(t, edition, &release, title);
    sheet.apart = true;
    let asked = |listed: &&Listed| only.is_none_or(|id| id == listed.id);
    let listed: Vec<&Listed> = release.delegations.iter().filter(asked).collect();
    sheet.parts = listed.iter().filter_map(|listed| road.part(listed)).collect();
    if let (Some(_), true) = (only, sheet.parts.is_empty()) {
        let listed = listed.first().ok_or(Fault::Missing)?;
        sheet.parts.push(Part::new(Said::of(&listed.name, t.lang), "", Vec::new()));
    }
    printed(req, edition, (&release, sheet), &format!("transfers-{}", road.day))
}

fn all(req: &Req) -> Outcome {
    sheets(req, None)
}

fn one(req: &Req) -> Outcome {
    sheets(req, Some(req.param("delegation")?))
}

/// The table of the day, for whoever sends the cars.
fn dispatch(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let (release, _) = pair(req)?;
    let road = Road::load(req, edition, &release)?;
    let (t, lang) = (road.t, road.t.lang);
    let mut rides: Vec<(Option<Timestamp>, usize, Ride)> = Vec::new();
    for (place, listed) in release.delegations.iter().enumerate() {
        for journey in road.journeys(listed.id) {
            let ride = Ride {
                time: road.when(&journey),
                delegation: Said::of(&listed.name, lang),
                from: road.place(journey.from),
                to: road.place(journey.to),
                facts: road.facts(listed.id, &journey),
            };
            rides.push((journey.at(), place, ride));
        }
    }
    rides.sort_by_key(|(at, place, _)| (*at, *place));
    let heads = ["sheet-head-time", "sheet-head-whose", "sheet-head-way", "sheet-head-car"];
    let table = Dispatch {
        lang: lang.code(),
        title: format!("{} · {}", t.get("sheet-dispatch"), when::day(lang, road.day)),
        exercise: edition.origin == Origin::Demonstration,
        footer: footer(t, edition, &release),
        edition: Said::of(&edition.title, lang),
        lead: t.get("sheet-dispatch-lead"),
        headings: heads.map(|key| t.get(key)),
        lines: rides.into_iter().map(|(.., ride)| ride).collect(),
        none: t.get("sheet-none"),
    };
    let bytes = table.pdf(&req.app.fonts, release.at)?;
    let name = format!("dispatch-{}-{}-{lang}{}.pdf", road.day, release.number, mark(edition));
    Ok(Reply::Bytes { media: "application/pdf", name: Some(name), bytes })
}
