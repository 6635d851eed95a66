//! The sheets of interpreters as PDFs: one person's day for the pocket, and the whole team's day, a page a
//! person, for the chief interpreter. What a sheet says of a meeting is known to its team alone.

use domain::{
    InterpreterId, Lang,
    access::Action,
    edition::Edition,
    interpreter::Interpreter,
    programme::{Company, Entry},
    release::Release,
};
use jiff::civil::Date;
use maud::{Markup, html};
use outputs::pdf::{
    Said,
    day_sheet::{Part, Row},
};

use super::{
    agenda,
    assignment::{self, Crew},
    day_sheet::{messages, pair, printed, sheet},
    interpretation_words as words,
    programme::by_day,
    programme_line::Labels,
};
use crate::{
    i18n::Messages,
    web::{
        marks::Marks,
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let (own, office) = (Gate::Participants(Action::Read), Gate::Office(Action::Read));
    vec![
        get("/editions/{edition}/assignments/{day}/sheet", own, mine),
        get("/editions/{edition}/programme/{number}/interpreters/{day}", office, team),
        get("/editions/{edition}/programme/{number}/interpreters/{day}/{interpreter}", office, one),
    ]
}

/// Links to one's own sheet of a day.
pub fn links(req: &Req, edition: &Edition, date: Date) -> Markup {
    let base = format!("{}/{date}/sheet", assignment::home(edition));
    html! {
        @if outputs::pdf::BUILT {
            p.row {
                (req.t.get("assignment-sheet"))
                @for lang in Lang::COMPLETE {
                    a href={ (base) "?in=" (lang) } lang=(lang.tag()) hreflang=(lang.tag()) {
                        (lang.own_name())
                    }
                }
            }
        }
    }
}

fn day(req: &Req, edition: &Edition) -> Result<Date, Fault> {
    let day = req.param("day")?;
    if edition.days().contains(&day) { Ok(day) } else { Err(Fault::Missing) }
}

fn mine(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let (crew, one) = assignment::own(req, edition)?;
    let one = one.ok_or(Fault::Missing)?;
    let release = agenda::newest(req, edition)?.ok_or(Fault::Missing)?;
    print(req, edition, &release, &crew, &[&one])
}

fn one(req: &Req) -> Outcome {
    let (edition, id) = (req.edition()?, req.param::<InterpreterId>("interpreter")?);
    let (release, crew) = (pair(req)?.0, req.read(|c| Crew::load(c, edition))?);
    let one = crew.roster.iter().find(|one| one.id == id).ok_or(Fault::Missing)?;
    print(req, edition, &release, &crew, &[one])
}

/// Everyone who works on the day, a page each.
fn team(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let (release, crew) = (pair(req)?.0, req.read(|c| Crew::load(c, edition))?);
    let t = messages(req);
    let mut all: Vec<&Interpreter> = crew.roster.iter().collect();
    let collation = domain::search::Collation::of(t.lang);
    all.sort_by(|a, b| collation.compare(&text::called(t, &a.name), &text::called(t, &b.name)));
    print(req, edition, &release, &crew, &all)
}

fn print(
    req: &Req,
    edition: &Edition,
    release: &Release,
    crew: &Crew,
    all: &[&Interpreter],
) -> Outcome {
    let (day, t) = (day(req, edition)?, messages(req));
    let title = format!("{} · {}", t.get("sheet-interpreter"), when::day(t.lang, day));
    let mut sheet = sheet(t, edition, release, title);
    sheet.apart = true;
    for one in all {
        let lines = rows(t, edition, (release, day), crew, one);
        if lines.is_empty() && all.len() > 1 {
            continue;
        }
        let named = one.name.shown(t.lang).ok_or(Fault::Missing)?;
        let subject = Said::new(named.styled.name.as_str(), named.lang);
        sheet.parts.push(Part::new(subject, super::interpreter::tongues(t, one), lines));
    }
    let name = if all.len() == 1 { "interpreter" } else { "interpreters" };
    printed(req, edition, (release, sheet), &format!("{name}-{day}"))
}

/// Somebody's lines of a day.
fn rows(
    t: Messages,
    edition: &Edition,
    (release, day): (&Release, Date),
    crew: &Crew,
    one: &Interpreter,
) -> Vec<Row> {
    let (zone, labels) = (edition.time_zone(), Labels::new(t));
    let mine: Vec<&Entry> = release.entries.iter().filter(|e| e.engages(one.id)).collect();
    let today = by_day(&zone, &mine).remove(&day).unwrap_or_default();
    let said = |words: String| Said::new(words, t.lang);
    let row = |entry: &&Entry| {
        let place = [&entry.hall, &entry.venue].map(|words| words.shown(t.lang).text).join(" · ");
        let (title, about) = match &*entry.company {
            Company::Session(..) => (Said::of(&entry.title, t.lang), None),
            Company::Bilateral(sides) => {
                let names = sides.iter().filter_map(|side| release.name_of(*side));
                let names: Vec<&str> = names.map(|name| name.shown(t.lang).text).collect();
                (said(names.join(" – ")), Some(Said::of(&entry.title, t.lang)))
            }
        };
        let team = entry.team.as_ref();
        let pair = team.and_then(|team| team.pair_of(one.id)).map(|pair| words::pair(t, pair));
        let mode = team.map_or(String::new(), |team| words::mode(t, team.mode));
        let partners = crew.partners(t, entry, one);
        let turns = crew.turns(&zone, entry, one);
        let list = |list: &[String]| list.join(Marks::of(t.lang).item);
        let mut row = Row::new(when::hours(&zone, entry.slot.start, entry.slot.end()), title);
        if !turns.is_empty() {
            row.strong.push(said(t.with("assignment-turns", &[("turns", list(&turns).into())])));
        }
        row.notes.extend(about);
        row.notes.push(said(place));
        let duty = [Some(said(labels.kind(entry).to_owned())), Some(said(mode)), pair.map(said)];
        row.facts.extend(duty.into_iter().flatten());
        if !partners.is_empty() {
            row.facts.push(said(assignment::with(t, &partners)));
        }
        row
    };
    today.iter().map(row).collect()
}
