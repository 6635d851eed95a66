//! The text as it stood after any deed or on any day, and what differs between two of its states. Nothing is
//! kept for it: the deeds are given again as far as was asked.

use std::sync::Arc;

use domain::{
    Lang, Refusal, UnitId,
    access::Action,
    change::Change,
    clean,
    difference::{Changed, differences},
    edition::Edition,
    negotiation::{Deed, Event},
    procedure::Step,
    unit::Unit,
};
use maud::{Markup, html};
use store::deed::Line;

use super::{
    declaration::{Opened, revision},
    declaration_text::{self, shown},
    unit::{self, moment},
    wording::difference,
};
use crate::{
    reading::Reading,
    web::{
        form::{Draft, Show},
        layout,
        list::{self, Wish},
        marks::Marks,
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    // What came before a text was public stays with those who took part.
    let inside = Gate::Participants(Action::Read);
    vec![
        get("/editions/{edition}/declarations/{declaration}/history", inside, history),
        get("/editions/{edition}/declarations/{declaration}/as-of", inside, as_of),
        get("/editions/{edition}/declarations/{declaration}/changes", inside, changes),
    ]
}

fn lines(req: &Req, opened: &Opened) -> Result<Vec<Line>, Fault> {
    let mut lines = req.read(|c| store::deed::since(c, opened.dossier.id, 0))?;
    // No more than this request has read: the page tells of one state.
    lines.truncate(usize::try_from(opened.reading.deeds).unwrap_or(usize::MAX));
    Ok(lines)
}

/// The text after its first `deeds` deeds.
fn replayed(opened: &Opened, lines: &[Line], deeds: u32) -> Result<Opened, Fault> {
    let first = lines.iter().take_while(|line| line.number <= deeds);
    let events: Vec<Event> = first.map(|line| line.event.clone()).collect();
    let negotiation = opened.dossier.begin()?.replay(&events)?;
    Ok(opened.in_state(Reading { deeds, negotiation: Arc::new(negotiation) }))
}

/// The deed that a field names: a number, or the last one of a day.
fn named(edition: &Edition, lines: &[Line], field: &str, raw: &str) -> Result<u32, Refusal> {
    let last = lines.last().map_or(0, |line| line.number);
    if field != "day" {
        let number = clean::number(raw, 0, i64::from(last))?;
        return Ok(u32::try_from(number).unwrap_or(last));
    }
    let day = clean::day(raw)?;
    let zone = edition.time_zone();
    let until = |line: &&Line| line.event.at.to_zoned(zone.clone()).date() <= day;
    Ok(lines.iter().take_while(until).last().map_or(0, |line| line.number))
}

fn history(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let lines = lines(req, &opened)?;
    let page = opened.below(req, req.t.get("declaration-history"))?;
    Ok(page.reply(req, &overview(req, &opened, &lines, &Draft::default())))
}

/// What can be asked, the revisions, and everything that was done, the latest first.
fn overview(req: &Req, opened: &Opened, lines: &[Line], draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let address = |what: &str| format!("{}/{what}", opened.address());
    let wish = Wish::of(&req.query);
    let latest: Vec<&Line> = lines.iter().rev().collect();
    let step = |line: &Line| t.with("declaration-step", &[("n", line.number.into())]);
    let revised = |line: &&Line| matches!(line.event.deed, Deed::Step(Step::Revised));
    if lines.is_empty() {
        return layout::empty(&t.get("declaration-history-none"), None);
    }
    html! {
        div.two {
            section {
                h2 { (t.get("declaration-as-of")) }
                (show.asking(&address("as-of"), "declaration-as-of-show", &html! {
                    (show.input("date", "day", "declaration-day"))
                    (show.input("number", "deed", "declaration-deed-number"))
                }))
            }
            section {
                h2 { (t.get("declaration-changes")) }
                form method="get" action=(address("changes")) novalidate {
                    (show.input("number", "from", "declaration-from"))
                    (show.input("number", "to", "declaration-to"))
                    div.actions { button type="submit" { (t.get("declaration-changes-show")) } }
                }
            }
        }
        h2 { (t.get("declaration-revisions")) }
        ul {
            @for (at, line) in lines.iter().filter(revised).enumerate() {
                li {
                    (revision(req, u32::try_from(at + 1).unwrap_or(u32::MAX))) " · "
                    (moment(req, line.event.at)) " · "
                    a href={ (address("as-of")) "?deed=" (line.number) } { (t.get("declaration-as-of-show")) }
                    " · "
                    a href={ (address("changes")) "?from=" (line.number) "&to=" (opened.reading.deeds) } {
                        (t.get("declaration-since"))
                    }
                }
            }
        }
        @if !lines.iter().any(|line| revised(&line)) { p { (t.get("declaration-way-revision")) } }
        h2 { (t.get("declaration-done")) }
        table.stack {
            tbody {
                @for line in wish.cut(&latest) {
                    tr {
                        th scope="row" {
                            a href={ (address("as-of")) "?deed=" (line.number) } { (step(line)) }
                        }
                        td { (moment(req, line.event.at)) }
                        td { (did(req, opened, &line.event.deed)) }
                    }
                }
            }
        }
        (list::pager(req, &wish, latest.len()))
    }
}

/// A deed in words, with its unit and language.
fn did(req: &Req, opened: &Opened, deed: &Deed) -> Markup {
    let (code, unit, lang) = match deed {
        Deed::Step(step) => stepped(step),
        Deed::Text(change) => match change {
            Change::Added { unit, .. } => ("added", Some(*unit), None),
            Change::Removed { unit } => ("removed", Some(*unit), None),
            Change::Restored { unit, .. } => ("restored", Some(*unit), None),
            Change::Shifted { unit, .. } => ("moved", Some(*unit), None),
            Change::Wrote { unit, lang, .. } => ("wrote", Some(*unit), Some(*lang)),
            Change::Offered { unit, lang } => ("offered", Some(*unit), Some(*lang)),
            Change::Concorded { unit, lang, .. } => ("concorded", Some(*unit), Some(*lang)),
            Change::Split { unit, lang, .. } => ("split", Some(*unit), Some(*lang)),
            Change::Merged { unit, .. } => ("merged", Some(*unit), None),
        },
    };
    let there = unit.and_then(|unit| opened.text().unit(unit));
    let marks = Marks::of(req.lang());
    html! {
        (req.t.get(&format!("declaration-did-{code}")))
        @if let Some(unit) = there {
            (marks.colon) a href=(opened.unit_address(unit.id)) { (unit::title(req, opened, unit)) }
        }
        @if let Some(lang) = lang { (marks.pause) bdi lang=(lang.tag()) { (lang.own_name()) } }
    }
}

/// A step of the procedure, and the unit that it is about.
fn stepped(step: &Step) -> (&'static str, Option<UnitId>, Option<Lang>) {
    let (code, unit) = match step {
        Step::Revised => ("revised", None),
        Step::Agreed { unit, ad_referendum: None, .. } => ("agreed", Some(*unit)),
        Step::Agreed { unit, .. } => ("ad-referendum", Some(*unit)),
        Step::Confirmed { unit, .. } => ("confirmed", Some(*unit)),
        Step::Reopened { unit } => ("reopened", Some(*unit)),
        Step::Silenced { .. } => ("silenced", None),
        Step::Objected { unit, .. } => ("objected", *unit),
        Step::Resolved { .. } => ("resolved", None),
        Step::Gavelled { .. } => ("gavelled", None),
        Step::Recorded { .. } => ("recorded", None),
        Step::Signed { .. } => ("signed", None),
        Step::Explained { .. } => ("explained", None),
        Step::Published => ("published", None),
    };
    (code, unit, None)
}

fn as_of(req: &Req) -> Outcome {
    let (opened, edition) = (Opened::of(req)?, req.edition()?);
    let all = lines(req, &opened)?;
    let mut draft = Draft::of(req.query.clone());
    let field = if req.query.get("deed").trim().is_empty() { "day" } else { "deed" };
    let Some(deeds) = draft.read(field, |raw| named(edition, &all, field, raw)) else {
        let page = opened.below(req, req.t.get("declaration-history"))?;
        return Ok(page.again(req, &overview(req, &opened, &all, &draft)));
    };
    let then = replayed(&opened, &all, deeds)?;
    let t = req.t;
    let last = all.iter().rfind(|line| line.number <= deeds).map(|line| line.event.at);
    let here = format!("as-of?deed={deeds}");
    let body = html! {
        section.notice.warn {
            p {
                (t.with("declaration-stood", &[("n", deeds.into())]))
                @if let Some(at) = last { " " (moment(req, at)) }
            }
            p { a href=(opened.address()) { (t.get("declaration-now")) } }
        }
        @if then.text().units.is_empty() { (layout::empty(&t.get("declaration-empty-then"), None)) }
        @else {
            (declaration_text::views(req, &then, &here))
            (declaration_text::body(req, &then, &shown(req, &then), false))
        }
        (declaration_text::running(req, &then))
    };
    let mut page = opened.below(req, t.get("declaration-as-of"))?;
    page.trail.push((format!("{}/history", opened.address()), t.get("declaration-history")));
    Ok(page.reply(req, &body))
}

fn changes(req: &Req) -> Outcome {
    let (opened, edition) = (Opened::of(req)?, req.edition()?);
    let all = lines(req, &opened)?;
    let mut draft = Draft::of(req.query.clone());
    let from = draft.read("from", |raw| named(edition, &all, "from", raw));
    let to = draft.read("to", |raw| named(edition, &all, "to", raw));
    let (Some(from), Some(to)) = (from, to) else {
        let page = opened.below(req, req.t.get("declaration-history"))?;
        return Ok(page.again(req, &overview(req, &opened, &all, &draft)));
    };
    let (old, new) = (replayed(&opened, &all, from)?, replayed(&opened, &all, to)?);
    let (t, langs, wish) = (req.t, shown(req, &opened), Wish::of(&req.query));
    let told = differences(old.text(), new.text(), &langs);
    let here = format!("changes?from={from}&to={to}");
    let body = html! {
        p { (t.with("declaration-between", &[("from", from.into()), ("to", to.into())])) }
        (declaration_text::views(req, &new, &here))
        @if told.is_empty() { (layout::empty(&t.get("declaration-same"), None)) }
        @for changed in wish.cut(&told) { (one(req, (&old, &new), changed, &langs)) }
        (list::pager(req, &wish, told.len()))
        (declaration_text::running(req, &new))
    };
    let mut page = opened.below(req, t.get("declaration-changes"))?;
    page.trail.push((format!("{}/history", opened.address()), t.get("declaration-history")));
    Ok(page.reply(req, &body))
}

/// One unit that differs, in every language that is shown.
fn one(req: &Req, (old, new): (&Opened, &Opened), changed: &Changed<'_>, langs: &[Lang]) -> Markup {
    let t = req.t;
    let title = |opened: &Opened, unit: &Unit| unit::title(req, opened, unit);
    let (name, what) = match (changed.before, changed.after) {
        (None, Some(after)) => (title(new, after), Some("declaration-unit-added")),
        (Some(before), None) => (title(old, before), Some("declaration-unit-removed")),
        (_, Some(after)) => (title(new, after), changed.moved.then_some("declaration-unit-moved")),
        (None, None) => (String::new(), None),
    };
    html! {
        section {
            h2 { (name) @if let Some(what) = what { " " span.chip { (t.get(what)) } } }
            @for lang in langs {
                @let (before, after) = changed.words(*lang);
                @if langs.len() > 1 { p.hint lang=(lang.tag()) { (lang.own_name()) } }
                (difference(*lang, before, after))
            }
        }
    }
}
