//! A whole text in one language: clean, marked with what amendments would change, or with their wordings
//! in square brackets.

use domain::{Lang, access::Action, amendment::Operation, proposal::Proposal, unit::Unit};
use maud::{Markup, html};

use super::{
    amendment::{Tabled, address, title},
    amendment_view::{self, in_brackets, rival_numbers, whose},
    declaration::{self, Opened},
    wording::words,
};
use crate::web::{
    layout,
    reply::Outcome,
    request::Req,
    route::{Gate, Route, get},
};

/// Units on one page.
const PAGE: usize = 20;

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let read = Gate::Participants(Action::Read);
    vec![get("/editions/{edition}/declarations/{declaration}/wordings", read, show)]
}

/// The views, by code.
const VIEWS: [&str; 3] = ["brackets", "marked", "clean"];

fn show(req: &Req) -> Outcome {
    let (t, opened) = (req.t, Opened::of(req)?);
    let tabled = Tabled::of(req, &opened)?;
    let view = VIEWS.into_iter().find(|v| req.query.get("view") == *v).unwrap_or(VIEWS[0]);
    let asked: Option<Lang> = req.query.get("in").parse().ok();
    let lang = opened.read_in(asked.unwrap_or(t.lang));
    let page = req.query.get("page").parse().unwrap_or(1_usize).max(1);
    let units = &opened.text().units;
    let from = ((page - 1) * PAGE).min(units.len());
    let back = t.get("amendment-to-text");
    let body = html! {
        (tabs(req, &opened, view, lang))
        p.soft {
            (declaration::revision(req, opened.consensus().revision)) " · "
            (t.get(&format!("amendment-view-{view}-why")))
        }
        @if units.is_empty() {
            (layout::empty(&t.get("amendment-text-empty"), Some((opened.address(), back))))
        }
        @for unit in &units[from..(from + PAGE).min(units.len())] {
            (one(req, &opened, &tabled, unit, (view, lang)))
        }
        (pager(req, &opened, (view, lang), page, units.len()))
    };
    Ok(opened.below(req, t.get("amendment-views"))?.reply(req, &body))
}

fn link(opened: &Opened, view: &str, lang: Lang, page: usize) -> String {
    format!("{}/wordings?view={view}&in={lang}&page={page}", opened.address())
}

fn tabs(req: &Req, opened: &Opened, view: &str, lang: Lang) -> Markup {
    let t = req.t;
    html! {
        nav.tabs aria-label=(t.get("amendment-views")) {
            @for other in VIEWS {
                a href=(link(opened, other, lang, 1)) aria-current=[(view == other).then_some("page")] {
                    (t.get(&format!("amendment-view-{other}")))
                }
            }
            @for other in opened.languages() {
                a href=(link(opened, view, other, 1)) lang=(other.tag())
                    aria-current=[(lang == other).then_some("true")] { (other.own_name()) }
            }
        }
    }
}

fn pager(
    req: &Req,
    opened: &Opened,
    (view, lang): (&str, Lang),
    page: usize,
    units: usize,
) -> Markup {
    let (t, pages) = (req.t, units.div_ceil(PAGE).max(1));
    html! {
        @if pages > 1 {
            nav.pager aria-label=(t.get("list-pages")) {
                @if page > 1 {
                    a rel="prev" href=(link(opened, view, lang, page - 1)) { (t.get("list-previous")) }
                }
                span { (t.with("list-page-of", &[("page", page.into()), ("pages", pages.into())])) }
                @if page < pages {
                    a rel="next" href=(link(opened, view, lang, page + 1)) { (t.get("list-next")) }
                }
            }
        }
    }
}

/// One unit in the wished view, with what would come in behind it.
fn one(
    req: &Req,
    opened: &Opened,
    tabled: &Tabled,
    unit: &Unit,
    (view, lang): (&str, Lang),
) -> Markup {
    let number = tabled.numbers.0.get(&unit.id);
    let here = |p: &&Proposal| p.amendment.operation.place() == Some(unit.id);
    let own = |p: &&Proposal| p.amendment.lang == lang;
    let all: Vec<&Proposal> = tabled.open().filter(here).collect();
    let plain = || words(lang, unit.text(lang));
    html! {
        section.unit {
            @if let Some(number) = number { p.no { a href=(opened.unit_address(unit.id)) { (number) } } }
            div {
                @match view {
                    "brackets" => {
                        (in_brackets(req, opened, tabled, unit.id, lang).unwrap_or_else(plain))
                    }
                    _ => (plain()),
                }
                @if view == "marked" {
                    @for proposal in all.iter().filter(|p| own(p)) { (marked(req, opened, tabled, proposal)) }
                }
                @if view == "brackets" { (beside(req, opened, tabled, &all, lang)) }
            }
        }
    }
}

fn marked(req: &Req, opened: &Opened, tabled: &Tabled, proposal: &Proposal) -> Markup {
    html! {
        div.rival {
            p.soft { a href=(address(opened, proposal.id)) { (whose(req, tabled, proposal)) } }
            (amendment_view::change(req, opened, &tabled.numbers, &proposal.amendment))
        }
    }
}

/// What brackets within the words cannot show: paragraphs that would come in, bis and ter; those that
/// would move, be divided or joined; and amendments in other languages.
fn beside(req: &Req, opened: &Opened, tabled: &Tabled, all: &[&Proposal], lang: Lang) -> Markup {
    let comes_in = |p: &&&Proposal| {
        matches!(p.amendment.operation, Operation::Insert { .. }) && p.amendment.lang == lang
    };
    let inserts: Vec<&&Proposal> = all.iter().filter(comes_in).collect();
    let inline = |p: &Proposal| {
        p.amendment.fits(opened.text())
            && matches!(p.amendment.operation, Operation::Replace { .. } | Operation::Delete { .. })
    };
    let rest = all.iter().filter(|p| !comes_in(p) && (p.amendment.lang != lang || !inline(p)));
    let place = all.first().and_then(|p| p.amendment.operation.place());
    let numbers = place.map(|unit| rival_numbers(&tabled.numbers, unit, inserts.len()));
    html! {
        @for (at, proposal) in inserts.iter().enumerate() {
            @if let Operation::Insert { text, .. } = &proposal.amendment.operation {
                @let number = numbers.as_ref().and_then(|n| n.get(at)).cloned().unwrap_or_default();
                div.rival {
                    p.soft { bdi { (number) } " · " (whose(req, tabled, proposal)) }
                    div.words.brackets lang=(lang.tag()) dir=(lang.dir()) { b { "[" } (text) b { "]" } }
                }
            }
        }
        @for proposal in rest {
            p.soft {
                a href=(address(opened, proposal.id)) { (title(req, proposal)) } " · "
                (tabled.proposers(req, proposal)) " · "
                (req.t.get(&format!("amendment-op-{}", proposal.amendment.operation.code()))) " · "
                bdi lang=(proposal.amendment.lang.tag()) { (proposal.amendment.lang.own_name()) }
            }
        }
    }
}
