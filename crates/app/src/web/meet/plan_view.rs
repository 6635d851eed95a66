//! The draft by day, by hall and by delegation, and as a file.

use std::collections::BTreeSet;

use domain::{DelegationId, access::Action, city::Origin, edition::Edition, programme::Slot};
use jiff::civil::Date;
use maud::{Markup, html};
use outputs::sheet::{Cell, Column, Sheet};

use super::{board::Board, plan, plan_grid};
use crate::web::{
    assets,
    layout::{self, Page},
    reply::Outcome,
    request::Req,
    route::{Gate, Route, get},
    sheet, when,
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let read = Gate::Office(Action::Read);
    vec![
        get("/editions/{edition}/plan/days", read, days),
        get("/editions/{edition}/plan/halls", read, halls),
        get("/editions/{edition}/plan/delegations", read, delegations),
        get("/editions/{edition}/plan/export/{format}", read, export),
    ]
}

/// The ways to look at the draft.
pub fn tabs(req: &Req, edition: &Edition, here: &str) -> Markup {
    let home = plan::home(edition);
    let views = [
        ("", "plan-view-overview"),
        ("/days", "plan-view-days"),
        ("/halls", "plan-view-halls"),
        ("/delegations", "plan-view-delegations"),
    ];
    html! {
        nav.tabs aria-label=(req.t.get("plan-views")) {
            @for (path, label) in views {
                a href={ (home) (path) } aria-current=[(path == here).then_some("page")] {
                    (req.t.get(label))
                }
            }
        }
    }
}

fn page<'a>(req: &Req, edition: &'a Edition) -> Page<'a> {
    let trail = vec![(plan::home(edition), req.t.get("edition-nav-plan"))];
    Page { title: req.t.get("plan-title"), trail, edition: Some(edition), ..Page::default() }
}

fn none(req: &Req, edition: &Edition) -> Markup {
    let action = (plan::home(edition), req.t.get("plan-begin"));
    layout::empty(&req.t.get("plan-none"), Some(action))
}

/// The day that the address asks for, else the first.
fn day_of(req: &Req, days: &BTreeSet<Date>) -> Option<Date> {
    let asked: Option<Date> = req.query.get("day").parse().ok();
    asked.filter(|day| days.contains(day)).or_else(|| days.first().copied())
}

fn day_links(req: &Req, days: &BTreeSet<Date>, here: Date) -> Markup {
    html! {
        nav.tabs aria-label=(req.t.get("plan-days")) {
            @for day in days {
                a href={ (req.path) "?day=" (day) } aria-current=[(*day == here).then_some("page")] {
                    (when::date(req.lang(), *day))
                }
            }
        }
    }
}

fn pinned(req: &Req, board: &Board, slot: &Slot) -> Markup {
    html! {
        @if board.brief.pin(slot.activity).is_some() { " " span.chip { (req.t.get("plan-pinned")) } }
    }
}

/// One place of the draft as a line.
fn line(req: &Req, board: &Board, slot: &Slot) -> Markup {
    let t = req.t;
    html! {
        li {
            time datetime=(slot.start) { (board.time(slot)) }
            div {
                a href=(board.pin_address(slot.activity)) { (board.title(t, slot.activity)) }
                (pinned(req, board, slot))
                div.where { (board.kind(t, slot.activity)) " · " (board.hall(t, slot.hall)) }
            }
        }
    }
}

fn days(req: &Req) -> Outcome {
    let (edition, board) = (req.edition()?, Board::load(req)?);
    let all = board.days();
    let body = html! {
        (tabs(req, edition, "/days"))
        @match day_of(req, &all).filter(|_| board.plan.is_some()) {
            None => { (none(req, edition)) }
            Some(day) => {
                (day_links(req, &all, day))
                h2 { (when::day(req.lang(), day)) }
                @let slots = board.on(day);
                @if slots.is_empty() { p { (req.t.get("plan-day-empty")) } }
                ul.slots { @for slot in slots { (line(req, &board, slot)) } }
                (sheet::links(req, &plan::home(edition)))
            }
        }
    };
    Ok(page(req, edition).reply(req, &body))
}

fn halls(req: &Req) -> Outcome {
    let (edition, board) = (req.edition()?, Board::load(req)?);
    let all = board.days();
    let body = html! {
        (tabs(req, edition, "/halls"))
        @match day_of(req, &all).filter(|_| board.plan.is_some()) {
            None => { (none(req, edition)) }
            Some(day) => {
                (day_links(req, &all, day))
                h2 { (when::day(req.lang(), day)) }
                p.hint { (req.t.get("plan-drag")) }
                (plan_grid::grid(req, &board, day))
                script type="module" src=(assets::address("pin.js")) {}
            }
        }
    };
    Ok(page(req, edition).reply(req, &body))
}

fn delegations(req: &Req) -> Outcome {
    let (t, edition, board) = (req.t, req.edition()?, Board::load(req)?);
    let asked: Option<DelegationId> = req.query.get("of").parse().ok();
    let of = asked.and_then(|id| board.brief.delegation(id));
    let mut names: Vec<(String, DelegationId)> =
        board.brief.delegations.iter().map(|d| (board.delegation(t, d.id), d.id)).collect();
    let collation = domain::search::Collation::of(t.lang);
    names.sort_by(|a, b| collation.compare(&a.0, &b.0));
    let body = html! {
        (tabs(req, edition, "/delegations"))
        @if board.plan.is_none() { (none(req, edition)) } @else {
            form.search method="get" action=(req.path) {
                label for="of" { (t.get("plan-delegation")) }
                div.row {
                    select #of name="of" {
                        @for (name, id) in &names {
                            option value=(id) selected[Some(*id) == asked] { (name) }
                        }
                    }
                    button type="submit" { (t.get("plan-show")) }
                }
            }
            @if let Some(of) = of { (one(req, &board, of.id)) }
        }
    };
    Ok(page(req, edition).reply(req, &body))
}

/// The days of one delegation.
fn one(req: &Req, board: &Board, of: DelegationId) -> Markup {
    let expects = |slot: &&&Slot| board.brief.company(slot.activity).contains(&of);
    html! {
        @for day in board.days() {
            @let slots = board.on(day);
            @let mine: Vec<&&Slot> = slots.iter().filter(expects).collect();
            @if !mine.is_empty() {
                h2 { (when::day(req.lang(), day)) }
                ul.slots { @for slot in mine { (line(req, board, slot)) } }
            }
        }
    }
}

fn export(req: &Req) -> Outcome {
    let (t, edition, board) = (req.t, req.edition()?, Board::load(req)?);
    let keys = [
        ("day", "plan-column-day"),
        ("from", "plan-column-from"),
        ("until", "plan-column-until"),
        ("kind", "session-kind"),
        ("title", "session-title"),
        ("hall", "hall-name"),
        ("venue", "venue-name"),
        ("people", "plan-column-who"),
        ("pinned", "plan-pinned"),
        ("reasons", "plan-column-reasons"),
    ];
    let placed = board.slots().iter().map(|slot| row(req, &board, slot));
    let without = board.plan.iter().flat_map(|p| &p.value.unplaced).map(|unplaced| {
        let mut cells = vec![Cell::Empty; keys.len()];
        cells[3] = board.kind(t, unplaced.activity).into();
        cells[4] = board.words(t, unplaced.activity).into();
        cells[9] = board.why(t, unplaced).join("\n").into();
        cells
    });
    let file = Sheet {
        title: t.get("edition-nav-plan"),
        lang: t.lang,
        columns: keys.map(|(key, label)| Column { key, label: t.get(label) }).to_vec(),
        rows: placed.chain(without).collect(),
        exercise: edition.origin == Origin::Demonstration,
    };
    sheet::reply(req, "draft", &file)
}

fn row(req: &Req, board: &Board, slot: &Slot) -> Vec<Cell> {
    let t = req.t;
    let from = board.from(slot);
    let hall = board.brief.hall(slot.hall);
    let venue = hall.and_then(|h| board.brief.venues.iter().find(|v| v.id == h.venue));
    let who: Vec<String> =
        board.brief.company(slot.activity).into_iter().map(|id| board.delegation(t, id)).collect();
    let pinned = board.brief.pin(slot.activity).map(|_| t.get("plan-pinned"));
    vec![
        from.date().to_string().into(),
        from.strftime("%H:%M").to_string().into(),
        board.brief.civil(slot.end()).strftime("%H:%M").to_string().into(),
        board.kind(t, slot.activity).into(),
        board.words(t, slot.activity).into(),
        board.hall(t, slot.hall).into(),
        venue.map(|v| crate::web::text::words(t, &v.name)).into(),
        who.join("; ").into(),
        pinned.into(),
        Cell::Empty,
    ]
}
