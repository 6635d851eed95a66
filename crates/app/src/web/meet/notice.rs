//! The notice of change: what a release changes since the one before it. One for everyone with the sessions
//! alone, to be put up; and one for each delegation with its own appointments.

use domain::{
    DelegationId,
    access::Action,
    edition::Edition,
    programme::Entry,
    release::{Change, Release, differences},
};
use jiff::civil::Date;
use outputs::pdf::{
    Said,
    day_sheet::{Part, Row},
};
use std::collections::BTreeMap;

use super::{
    agenda,
    day_sheet::{messages, pair, printed, sheet},
};
use crate::{
    i18n::Messages,
    web::{
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let own = Gate::Participants(Action::Read);
    vec![
        get("/editions/{edition}/programme/{number}/notice", Gate::Public, everyone),
        get("/editions/{edition}/programme/{number}/notice/{delegation}", own, delegation),
    ]
}

fn everyone(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let t = messages(req);
    // The edition stands above it already.
    let subject = Said::new(t.get("sheet-notice"), t.lang);
    let words = (t.get("sheet-notice-public"), t.get("sheet-notice-public-none"));
    let told = |change: &Change<'_>| change.told(|entry| entry.kind().is_some()).is_some();
    let title = |entry: &Entry, _: &Release| Said::of(&entry.title, t.lang);
    notice(req, edition, (t, subject, words), &told, &title, "notice")
}

fn delegation(req: &Req) -> Outcome {
    let (edition, own) = (req.edition()?, req.param::<DelegationId>("delegation")?);
    agenda::require(req, edition, own)?;
    let t = messages(req);
    let (release, before) = pair(req)?;
    let name = release.name_of(own).or(before.as_ref().and_then(|b| b.name_of(own)));
    let subject = Said::of(name.ok_or(Fault::Missing)?, t.lang);
    let told = |change: &Change<'_>| change.told_to(own).is_some();
    let title = |entry: &Entry, release: &Release| {
        let partner = entry.partner_of(own).and_then(|d| release.name_of(d));
        Said::of(partner.unwrap_or(&entry.title), t.lang)
    };
    let words = (t.get("sheet-notice"), t.get("sheet-notice-own-none"));
    notice(req, edition, (t, subject, words), &told, &title, "notice-own")
}

fn notice(
    req: &Req,
    edition: &Edition,
    (t, subject, (heading, none)): (Messages, Said, (String, String)),
    told: &dyn Fn(&Change<'_>) -> bool,
    title: &dyn Fn(&Entry, &Release) -> Said,
    name: &str,
) -> Outcome {
    let (release, before) = pair(req)?;
    let nothing: &[Entry] = &[];
    let changes = differences(before.as_ref().map_or(nothing, |b| &b.entries), &release.entries);
    let zone = edition.time_zone();
    let mut days: BTreeMap<Date, Vec<Row>> = BTreeMap::new();
    for change in changes.iter().filter(|change| told(change)) {
        let Some(entry) = change.entry() else { continue };
        let names = before.as_ref().filter(|_| change.after.is_none()).unwrap_or(&release);
        let day = zone.to_datetime(entry.slot.start).date();
        days.entry(day).or_default().push(row(t, edition, change, title(entry, names)));
    }
    let mut sheet = sheet(t, edition, &release, heading);
    sheet.none = none;
    let part = |(day, lines)| {
        let heading = when::day(t.lang, day);
        Part { subject: subject.clone(), heading, lines }
    };
    sheet.parts = days.into_iter().map(part).collect();
    if sheet.parts.is_empty() {
        sheet.parts.push(Part { subject, heading: String::new(), lines: Vec::new() });
    }
    printed(req, edition, (&release, sheet), name)
}

/// One change: as it is now, and as it was.
fn row(t: Messages, edition: &Edition, change: &Change<'_>, title: Said) -> Row {
    let zone = edition.time_zone();
    let hours = |e: &Entry| when::hours(&zone, e.slot.start, e.slot.end());
    let place = |e: &Entry| [&e.hall, &e.venue].map(|words| words.shown(t.lang).text).join(" · ");
    let mut facts = Vec::new();
    if let Some(entry) = change.after {
        facts.push(Said::new(place(entry), t.lang));
    }
    if let Some(was) = change.before {
        let day = when::date(t.lang, zone.to_datetime(was.slot.start).date());
        let was =
            format!("{} {day} {} · {}", t.get("programme-change-was"), hours(was), place(was));
        facts.push(Said::new(was, t.lang));
    }
    let time = change.entry().map_or(String::new(), hours);
    let mark = t.get(&format!("programme-change-{}", change.kind()));
    Row { time, title, mark, facts }
}
