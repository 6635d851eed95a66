//! What to print once a programme is released: the notice of what has changed, for everyone and for each
//! delegation concerned, the sheets of the halls, and the journeys between the sites. The office hands
//! each sheet to those who need it: a hall and a driver never learn who meets whom.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    DelegationId, HallId, InterpreterId, Lang, Text,
    access::Action,
    city::Origin,
    edition::Edition,
    notice::Notice,
    programme::Entry,
    release::{Release, differences},
};
use jiff::civil::Date;
use maud::{Markup, html};
use outputs::pdf::{
    Said,
    day_sheet::{DaySheet, Part},
};

use super::{
    agenda_print,
    assignment::Crew,
    journey_sheet,
    programme::{self, by_day},
    programme_files::{asked_language, footer, mark},
};
use crate::{
    i18n::Messages,
    web::{
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get},
        text, when,
    },
};

/// The addresses of this file and of the sheets.
pub fn routes() -> Vec<Route> {
    let read = Gate::Office(Action::Read);
    vec![get("/editions/{edition}/programme/{number}/sheets", read, show)]
}

/// The release that the path names, and the one before it.
pub fn pair(req: &Req) -> Result<(Arc<Release>, Option<Arc<Release>>), Fault> {
    let (heads, release) = programme::asked(req)?;
    let release = release.ok_or(Fault::Missing)?;
    let before = heads.iter().find(|head| head.number + 1 == release.number);
    let before = before.map(|head| req.read(|c| req.app.shelf.release(c, head.id))).transpose()?;
    Ok((release, before))
}

/// A sheet about a release, without its parts.
pub fn sheet(t: Messages, edition: &Edition, release: &Release, title: String) -> DaySheet {
    DaySheet {
        lang: t.lang.code(),
        title,
        exercise: edition.origin == Origin::Demonstration,
        footer: footer(t, edition, release),
        edition: Said::of(&edition.title, t.lang),
        apart: false,
        parts: Vec::new(),
        none: t.get("sheet-none"),
        official: None,
    }
}

/// A sheet as a file. A part is always there, so that an empty sheet says so.
pub fn printed(
    req: &Req,
    edition: &Edition,
    (release, mut sheet): (&Release, DaySheet),
    name: &str,
) -> Outcome {
    if sheet.parts.is_empty() {
        let subject = sheet.edition.clone();
        sheet.parts.push(Part::new(subject, "", Vec::new()));
    }
    let bytes = sheet.pdf(&req.app.fonts, release.at)?;
    let name = format!("{name}-{}-{}{}.pdf", release.number, sheet.lang, mark(edition));
    Ok(Reply::Bytes { media: "application/pdf", name: Some(name), bytes })
}

/// The messages of the language that a sheet is asked for in.
pub fn messages(req: &Req) -> Messages {
    Messages::of(asked_language(req))
}

/// Links to one sheet in each language.
pub fn tongues(address: &str) -> Markup {
    html! {
        @for lang in Lang::COMPLETE {
            a href={ (address) "?in=" (lang) } lang=(lang.tag()) hreflang=(lang.tag()) { (lang.own_name()) }
        }
    }
}

/// What differs from the release before, for whom and where.
struct Concerned {
    /// Whether anything differs that everyone may know.
    everyone: bool,
    /// By delegation: the days on which its own agenda differs.
    delegations: BTreeMap<DelegationId, Vec<Date>>,
    /// By hall: the days on which something in it differs.
    halls: BTreeMap<HallId, Vec<Date>>,
}

impl Concerned {
    fn of(edition: &Edition, before: Option<&Release>, release: &Release) -> Self {
        let none: &[Entry] = &[];
        let old = before.map_or(none, |b| &b.entries);
        let zone = edition.time_zone();
        let mut found =
            Self { everyone: false, delegations: BTreeMap::new(), halls: BTreeMap::new() };
        let note = |days: &mut Vec<Date>, day| {
            if !days.contains(&day) {
                days.push(day);
                days.sort();
            }
        };
        for change in differences(old, &release.entries) {
            found.everyone |= change.told(|entry| entry.kind().is_some()).is_some();
            for entry in change.before.into_iter().chain(change.after) {
                let day = zone.to_datetime(entry.slot.start).date();
                note(found.halls.entry(entry.slot.hall).or_default(), day);
            }
        }
        let listed = release.delegations.iter().chain(before.iter().flat_map(|b| &b.delegations));
        for id in listed.map(|d| d.id).collect::<BTreeSet<DelegationId>>() {
            let notice = Notice::of(before, release, id, &zone);
            if notice.matters() {
                found.delegations.insert(id, notice.days(&zone));
            }
        }
        found
    }
}

fn show(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let (release, before) = pair(req)?;
    let newest = programme::newest(req, edition)?.is_some_and(|number| number == release.number);
    let base = format!("{}/{}", programme::home(edition), release.number);
    let concerned = Concerned::of(edition, before.as_deref(), &release);
    let brief = req.read(|c| store::brief::load(c, edition))?.0;
    let driven = journey_sheet::days(&brief, &release, newest);
    let body = html! {
        @if newest {
            @let at = when::moment(t.lang, &edition.time_zone(), release.at);
            @let values = [("number", release.number.into()), ("at", at.into())];
            p.notice.ok { (t.with("sheet-released", &values)) }
        }
        @if outputs::pdf::BUILT {
            h2 { (t.get("sheet-notice")) }
            @if concerned.everyone {
                p { (t.get("sheet-notice-why")) }
                p.row { (tongues(&format!("{base}/notice"))) }
            } @else {
                p { (t.get("sheet-notice-needless")) }
            }
            (delegations(req, edition, (&release, newest, &driven), &base, &concerned))
            (halls(req, edition, &release, &base, &concerned))
            h2 { (t.get("sheet-transfers")) }
            p { (t.get("sheet-transfers-why")) }
            @for day in &driven {
                p.row {
                    (when::short_day(t.lang, *day))
                    (tongues(&format!("{base}/transfers/{day}")))
                }
            }
            p { (t.get("sheet-dispatch-why")) }
            @for day in &driven {
                p.row {
                    (when::short_day(t.lang, *day))
                    (tongues(&format!("{base}/dispatch/{day}")))
                }
            }
            (interpreters(req, edition, before.as_deref(), &release, &base)?)
        } @else {
            p { (t.get("refusal-pdf-not-built")) }
        }
    };
    let title = t.with("sheet-title", &[("number", release.number.into())]);
    let trail = vec![(programme::home(edition), t.get("programme-title"))];
    let lead = Some(html! { (t.get("sheet-lead")) });
    Ok(Page { title, trail, lead, edition: Some(edition), ..Page::default() }.reply(req, &body))
}

/// The sheets of those who interpret: the whole team's by day, and each person's on the days on which his
/// or her work differs.
fn interpreters(
    req: &Req,
    edition: &Edition,
    before: Option<&Release>,
    release: &Release,
    base: &str,
) -> Result<Markup, Fault> {
    let (t, zone) = (req.t, edition.time_zone());
    if release.entries.iter().all(|entry| entry.team.is_none()) {
        return Ok(html! {});
    }
    let crew = req.read(|c| Crew::load(c, edition))?;
    let none: &[Entry] = &[];
    let mut changed: BTreeMap<InterpreterId, BTreeSet<Date>> = BTreeMap::new();
    for change in differences(before.map_or(none, |b| &b.entries), &release.entries) {
        for one in change.interpreters() {
            let entries = change.before.into_iter().chain(change.after);
            let days = entries.map(|entry| zone.to_datetime(entry.slot.start).date());
            changed.entry(one).or_default().extend(days);
        }
    }
    Ok(html! {
        h2 { (t.get("sheet-interpreters")) }
        p { (t.get("sheet-interpreters-why")) }
        @for day in edition.days() {
            p.row {
                (t.get("sheet-interpreters-all")) " " (when::short_day(t.lang, day))
                (tongues(&format!("{base}/interpreters/{day}")))
            }
        }
        @for one in crew.roster.iter().filter(|one| changed.contains_key(&one.id)) {
            details {
                summary {
                    (text::name(t, &one.name)) " "
                    @if before.is_some() { span.chip { (t.get("sheet-changed")) } }
                }
                @for day in changed.get(&one.id).into_iter().flatten() {
                    p.row {
                        (when::short_day(t.lang, *day))
                        (tongues(&format!("{base}/interpreters/{day}/{}", one.id)))
                    }
                }
            }
        }
    })
}

/// The delegations whose agenda differs: the notice of each, and its day cards.
fn delegations(
    req: &Req,
    edition: &Edition,
    (release, newest, driven): (&Release, bool, &BTreeSet<Date>),
    base: &str,
    concerned: &Concerned,
) -> Markup {
    let t = req.t;
    html! {
        h2 { (t.get("sheet-delegations")) }
        @if concerned.delegations.is_empty() { p { (t.get("sheet-delegations-none")) } }
        @for listed in release.delegations.iter().filter(|d| concerned.delegations.contains_key(&d.id)) {
            details {
                summary { (text::text(t, &listed.name)) }
                p.row {
                    (t.get("sheet-notice-own"))
                    (tongues(&format!("{base}/notice/{}", listed.id)))
                }
                @if newest {
                    @for day in concerned.delegations.get(&listed.id).into_iter().flatten() {
                        p.row { strong { (when::short_day(t.lang, *day)) } }
                        @if edition.days().contains(day) {
                            (agenda_print::links(req, edition, listed.id, *day))
                        }
                        @if driven.contains(day) {
                            p.row {
                                (t.get("sheet-transfer-own"))
                                (tongues(&format!("{base}/transfers/{day}/{}", listed.id)))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Every hall of the release: those where something differs first.
fn halls(
    req: &Req,
    edition: &Edition,
    release: &Release,
    base: &str,
    concerned: &Concerned,
) -> Markup {
    let t = req.t;
    let zone = edition.time_zone();
    let mut halls: BTreeMap<HallId, (&Text, Vec<&Entry>)> = BTreeMap::new();
    for entry in &release.entries {
        halls.entry(entry.slot.hall).or_insert((&entry.hall, Vec::new())).1.push(entry);
    }
    let row = |id: &HallId, (name, entries): &(&Text, Vec<&Entry>)| {
        html! {
            details {
                summary { (text::text(t, name)) }
                @for day in by_day(&zone, entries).keys() {
                    p.row {
                        (when::short_day(t.lang, *day))
                        (tongues(&format!("{base}/halls/{id}/{day}")))
                        @if concerned.halls.get(id).is_some_and(|days| days.contains(day)) {
                            span.chip { (t.get("sheet-changed")) }
                        }
                    }
                }
            }
        }
    };
    let (changed, same): (Vec<_>, Vec<_>) =
        halls.iter().partition(|(id, _)| concerned.halls.contains_key(id));
    html! {
        h2 { (t.get("sheet-halls")) }
        p { (t.get("sheet-halls-why")) }
        @for (id, hall) in changed.into_iter().chain(same) { (row(id, hall)) }
    }
}
