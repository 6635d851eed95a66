//! The sheet of a hall and the journeys of a day, as PDFs. On both a bilateral is only that: the sides are
//! not named beside each other, and each delegation's journeys are a page of their own.

use domain::{
    HallId,
    access::Action,
    brief::Brief,
    delegation::Delegation,
    edition::Edition,
    programme::{Activity, Entry},
};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime},
};
use outputs::pdf::{
    Said,
    day_sheet::{Part, Row},
};

use super::{
    day_sheet::{messages, pair, printed, sheet},
    programme::by_day,
    programme_line::Labels,
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
    let read = Gate::Office(Action::Read);
    vec![
        get("/editions/{edition}/programme/{number}/halls/{hall}/{day}", read, hall),
        get("/editions/{edition}/programme/{number}/transfers/{day}", read, transfers),
    ]
}

/// The day that the path names, which has to be one of the edition's.
fn day(req: &Req, edition: &Edition) -> Result<Date, Fault> {
    let day = req.param("day")?;
    if edition.days().contains(&day) { Ok(day) } else { Err(Fault::Missing) }
}

fn brief(req: &Req, edition: &Edition) -> Result<Brief, Fault> {
    Ok(req.read(|c| store::brief::load(c, edition))?.0)
}

fn on<'a>(edition: &Edition, entries: &[&'a Entry], day: Date) -> Vec<&'a Entry> {
    by_day(&edition.time_zone(), entries).remove(&day).unwrap_or_default()
}

fn hall(req: &Req) -> Outcome {
    let (edition, id) = (req.edition()?, req.param::<HallId>("hall")?);
    let (day, t) = (day(req, edition)?, messages(req));
    let (release, _) = pair(req)?;
    let brief = brief(req, edition)?;
    let here: Vec<&Entry> = release.entries.iter().filter(|e| e.slot.hall == id).collect();
    let named = here.first().map(|e| &*e.hall).or(brief.hall(id).map(|h| &h.name));
    let subject = Said::of(named.ok_or(Fault::Missing)?, t.lang);
    let title = format!("{} · {}", t.get("sheet-hall"), when::day(t.lang, day));
    let mut sheet = sheet(t, edition, &release, title);
    let labels = Labels::new(t);
    let entries = on(edition, &here, day);
    let lines = entries.iter().map(|entry| row(&labels, edition, &brief, entry)).collect();
    sheet.parts.push(Part { subject, heading: String::new(), lines });
    printed(req, edition, (&release, sheet), &format!("hall-{day}"))
}

/// What a hall has to know of an entry: what it is, for how many, in which languages with which booths.
fn row(labels: &Labels, edition: &Edition, brief: &Brief, entry: &Entry) -> Row {
    let t = labels.t;
    let said = |words: String| Said::new(words, t.lang);
    let languages: Vec<&str> = entry.languages.iter().map(|l| l.own_name()).collect();
    let mut facts = Vec::new();
    let title = match entry.slot.activity {
        Activity::Meeting(_) => said(t.get("programme-bilateral")),
        Activity::Session(id) => {
            facts.push(said(labels.kind(entry).to_owned()));
            if let Some(session) = brief.session(id) {
                facts.push(said(t.with("sheet-people", &[("n", session.people.into())])));
                if session.booths() > 0 {
                    facts.push(said(t.with("sheet-booths", &[("n", session.booths().into())])));
                }
            }
            Said::of(&entry.title, t.lang)
        }
    };
    facts.push(said(languages.join(" / ")));
    let time = when::hours(&edition.time_zone(), entry.slot.start, entry.slot.end());
    Row { time, title, mark: String::new(), facts }
}

fn transfers(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let (day, t) = (day(req, edition)?, messages(req));
    let (release, _) = pair(req)?;
    let brief = brief(req, edition)?;
    let title = format!("{} · {}", t.get("sheet-transfer"), when::day(t.lang, day));
    let mut sheet = sheet(t, edition, &release, title);
    sheet.apart = true;
    for listed in &release.delegations {
        let agenda: Vec<&Entry> = release.agenda(listed.id).collect();
        let today = on(edition, &agenda, day);
        let of = brief.delegation(listed.id);
        let lines = journeys(t, edition, &brief, of, (day, &today));
        let (subject, heading) = (Said::of(&listed.name, t.lang), String::new());
        if !lines.is_empty() {
            sheet.parts.push(Part { subject, heading, lines });
        }
    }
    printed(req, edition, (&release, sheet), &format!("transfers-{day}"))
}

/// The journeys of one delegation's day: its arrival, the way to the first site and from site to site, each
/// with the time by which it has to leave, the way back, and its departure.
fn journeys(
    t: Messages,
    edition: &Edition,
    brief: &Brief,
    of: Option<&Delegation>,
    (day, entries): (Date, &[&Entry]),
) -> Vec<Row> {
    let zone = edition.time_zone();
    let venue = |entry: &Entry| brief.hall(entry.slot.hall).map(|hall| hall.venue);
    let said = |words: String| Said::new(words, t.lang);
    let at = |at: Timestamp| when::time(&zone, at);
    let row = |time: String, title: Said, facts: Vec<Said>| Row {
        time,
        title,
        mark: String::new(),
        facts,
    };
    let from = |entry: &Entry| {
        let venue = entry.venue.shown(t.lang).text.to_owned();
        said(t.with("sheet-from", &[("venue", venue.into())]))
    };
    let stay = |moment: Option<DateTime>, key: &str| {
        let moment = moment.filter(|moment| moment.date() == day)?;
        Some(row(moment.strftime("%H:%M").to_string(), said(t.get(key)), Vec::new()))
    };
    let mut rows: Vec<Row> =
        stay(of.and_then(|d| d.arrival), "sheet-arrival").into_iter().collect();
    let mut last: Option<&Entry> = None;
    for entry in entries {
        let before = last.replace(entry);
        if before.is_some_and(|b| venue(b) == venue(entry)) {
            continue;
        }
        let road = before.and_then(|b| Some(brief.travel(venue(b)?, venue(entry)?)));
        let leave = road.and_then(|minutes| {
            entry.slot.start.checked_sub(SignedDuration::from_mins(minutes)).ok()
        });
        let mut facts: Vec<Said> = before.map(from).into_iter().collect();
        facts.push(said(t.with("sheet-be-there", &[("time", at(entry.slot.start).into())])));
        if let Some(before) = before {
            let end = at(before.slot.end());
            facts.push(said(t.with("sheet-free-from", &[("time", end.into())])));
        }
        if let Some(minutes) = road {
            facts.push(said(t.with("sheet-road", &[("n", minutes.into())])));
        }
        let time = leave.map_or_else(
            || at(entry.slot.start),
            |leave| t.with("sheet-leave", &[("time", at(leave).into())]),
        );
        rows.push(row(time, Said::of(&entry.venue, t.lang), facts));
    }
    if let Some(last) = last {
        rows.push(row(at(last.slot.end()), said(t.get("sheet-back")), vec![from(last)]));
    }
    rows.extend(stay(of.and_then(|d| d.departure), "sheet-departure"));
    rows
}
