//! The sheet of a hall and the journeys of a day, as PDFs. On both a bilateral is only that: the sides are
//! not named beside each other, and each delegation's journeys are a page of their own.

use domain::{
    HallId, Lang,
    access::Action,
    brief::Brief,
    edition::Edition,
    programme::{Activity, Entry},
};
use jiff::{SignedDuration, civil::Date};
use outputs::pdf::{
    Said,
    day_sheet::{Part, Row},
};

use super::{
    day_sheet::{messages, pair, printed, sheet},
    programme::{Labels, by_day},
    reply::{Fault, Outcome},
    request::Req,
    route::{Gate, Route, get},
    when,
};
use crate::i18n::Messages;

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
    let named = here.first().map(|e| &e.hall).or(brief.hall(id).map(|h| &h.name));
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
        let lines = journeys(t, edition, &brief, &on(edition, &agenda, day));
        let (subject, heading) = (Said::of(&listed.name, t.lang), String::new());
        if !lines.is_empty() {
            sheet.parts.push(Part { subject, heading, lines });
        }
    }
    printed(req, edition, (&release, sheet), &format!("transfers-{day}"))
}

/// The journeys of one delegation's day: to the first site, and from site to site, each with the time by
/// which it has to leave.
fn journeys(t: Messages, edition: &Edition, brief: &Brief, entries: &[&Entry]) -> Vec<Row> {
    let zone = edition.time_zone();
    let venue = |entry: &Entry| brief.hall(entry.slot.hall).map(|hall| hall.venue);
    let said = |words: String| Said::new(words, t.lang);
    let mut rows = Vec::new();
    let mut last: Option<&Entry> = None;
    for entry in entries {
        let before = last.replace(entry);
        if before.is_some_and(|b| venue(b) == venue(entry)) {
            continue;
        }
        let to = Said::of(&entry.venue, t.lang);
        let by = t.with("sheet-be-there", &[("time", when::time(&zone, entry.slot.start).into())]);
        let road = before.and_then(|b| Some(brief.travel(venue(b)?, venue(entry)?)));
        let leave = road.and_then(|minutes| {
            entry.slot.start.checked_sub(SignedDuration::from_mins(minutes)).ok()
        });
        let mut facts = vec![said(by)];
        if let Some(from) = before {
            facts.insert(
                0,
                said(t.with("sheet-from", &[("venue", words(&from.venue, t.lang).into())])),
            );
            let end = when::time(&zone, from.slot.end());
            facts.push(said(t.with("sheet-free-from", &[("time", end.into())])));
        }
        if let Some(minutes) = road {
            facts.push(said(t.with("sheet-road", &[("n", minutes.into())])));
        }
        let time = leave.map_or_else(
            || when::time(&zone, entry.slot.start),
            |at| t.with("sheet-leave", &[("time", when::time(&zone, at).into())]),
        );
        rows.push(Row { time, title: to, mark: String::new(), facts });
    }
    rows
}

fn words(text: &domain::Text, lang: Lang) -> String {
    text.shown(lang).text.to_owned()
}
