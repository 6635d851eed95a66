//! The text as it is read: in one language or in all of them side by side, with the state of every cell
//! and what stands in the way of adoption.

use domain::{
    Lang,
    access::Action,
    declaration::Authority,
    unit::{Unit, UnitKind},
};
use maud::{Markup, html};

use super::{
    consensus, consensus_end,
    declaration::{self, Opened, revision, waiting},
    declaration_edit, declaration_import, declaration_removed, glossary, unit_form,
    wording::{States, words},
};
use crate::web::{
    layout::{self, Page},
    list::{self, Wish},
    marks::Marks,
    reply::Outcome,
    request::Req,
    route::Gate,
    text,
};

/// The value of `view` for all languages beside each other.
const SIDE: &str = "side";
/// Units on one page of a long text.
pub(super) const UNITS: usize = 150;

/// The text.
pub(super) fn show(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let (t, edition) = (req.t, req.edition()?);
    let langs = shown(req, &opened);
    let adds = opened.takes_changes(req);
    let begin = (unit_form::new_address(&opened), t.get("unit-first"));
    let body = html! {
        @if let Some(instrument) = opened.dossier.settled {
            p.notice {
                (t.get("declaration-settled")) " "
                // A language officer knows the text alone.
                @if req.may(Action::File, &opened.object) {
                    a href={ "/editions/" (edition.id) "/instruments/" (instrument) } {
                        (t.get("declaration-settled-see"))
                    }
                }
            }
        }
        (facts(req, &opened))
        (consensus::ways(req, &opened))
        (consensus::standing(req, edition, &opened)?)
        @if opened.text().units.is_empty() {
            (layout::empty(&t.get("declaration-empty"), adds.then_some(begin)))
        } @else {
            (obstacles(req, &opened))
            (views(req, &opened, ""))
            p.row { a href={ (opened.address()) "/files" } { (t.get("file-title")) } }
            (body(req, &opened, &langs, true))
        }
        (consensus_end::attached_to(req, &opened)?)
        (tools(req, &opened))
        (running(req, &opened))
    };
    let page = Page {
        title: text::words(t, &opened.dossier.title),
        trail: vec![(declaration::home(edition.id), t.get("edition-nav-declarations"))],
        edition: Some(edition),
        demonstration: opened.dossier.exercise,
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

/// The languages that the reader asked for.
pub(super) fn shown(req: &Req, opened: &Opened) -> Vec<Lang> {
    let asked: Option<Lang> = req.query.get("view").parse().ok();
    match asked.filter(|lang| opened.dossier.languages.contains_key(lang)) {
        _ if req.query.get("view") == SIDE => opened.languages(),
        Some(lang) => vec![lang],
        None => vec![opened.read_in(req.lang())],
    }
}

/// What is worth knowing before one reads.
fn facts(req: &Req, opened: &Opened) -> Markup {
    let (t, dossier) = (req.t, &opened.dossier);
    let authority = |authority| {
        let langs = dossier.languages.iter().filter(move |(_, a)| **a == authority);
        langs.map(|(lang, _)| *lang).collect::<Vec<Lang>>()
    };
    let named = |langs: Vec<Lang>| {
        html! {
            @for (at, lang) in langs.iter().enumerate() {
                @if at > 0 { (Marks::of(req.lang()).item) }
                bdi lang=(lang.tag()) { (lang.own_name()) }
            }
        }
    };
    let translations = authority(Authority::Translation);
    html! {
        dl.facts {
            dt { (t.get("declaration-symbol")) }
            dd { bdi { (dossier.symbol) } }
            dt { (t.get("declaration-stands")) }
            dd {
                @if dossier.settled.is_some() {
                    span.chip.ok { (t.get("declaration-phase-settled")) }
                } @else {
                    (declaration::phase(req, &opened.consensus().phase)) " "
                    (revision(req, opened.consensus().revision))
                }
            }
            dt { (t.get("declaration-authority-authentic")) }
            dd { (named(authority(Authority::Authentic))) }
            @if !translations.is_empty() {
                dt { (t.get("declaration-authority-translation")) }
                dd { (named(translations)) }
            }
        }
    }
}

/// What keeps the text from being adopted, as a list with numbers; nothing once it is adopted.
fn obstacles(req: &Req, opened: &Opened) -> Markup {
    let (t, text, consensus) = (req.t, opened.text(), opened.consensus());
    let open = text.units.iter().filter(|unit| !consensus.agrees_on(unit)).count();
    let objections = consensus.open_objections().count();
    let (states, marks) = (States::of(t), Marks::of(t.lang));
    let languages: Vec<_> = text
        .authentic()
        .map(|lang| (lang, waiting(text, lang)))
        .filter(|(_, waiting)| !waiting.is_empty())
        .collect();
    let ready = languages.is_empty() && open == 0 && objections == 0 && consensus.revision > 0;
    html! {
        @if opened.may_change().is_ok() {
            section.notice.ok[ready] {
                h2 { (t.get("declaration-way")) }
                @if ready { p { (t.get("declaration-way-clear")) } }
                @else {
                    ul {
                        @for (lang, waiting) in &languages {
                            li {
                                bdi lang=(lang.tag()) { (lang.own_name()) } (marks.colon)
                                @for (at, (state, n)) in waiting.iter().enumerate() {
                                    @if at > 0 { (marks.item) }
                                    (states.name(*state)) " – " (n)
                                }
                            }
                        }
                        @if open > 0 { li { (t.with("declaration-way-agree", &[("n", open.into())])) } }
                        @if objections > 0 {
                            li { (t.with("declaration-way-objections", &[("n", objections.into())])) }
                        }
                        @if consensus.revision == 0 { li { (t.get("declaration-way-revision")) } }
                    }
                }
            }
        }
    }
}

/// The languages to choose from, on a page below the text's own address.
pub(super) fn views(req: &Req, opened: &Opened, page: &str) -> Markup {
    let t = req.t;
    let side = req.query.get("view") == SIDE;
    let one = shown(req, opened);
    let stroke = if page.is_empty() { "" } else { "/" };
    let mark = if page.contains('?') { '&' } else { '?' };
    let address = |view: &str| format!("{}{stroke}{page}{mark}view={view}", opened.address());
    html! {
        nav.tabs aria-label=(t.get("declaration-views")) {
            @for lang in opened.languages() {
                a href=(address(lang.code())) lang=(lang.tag())
                    aria-current=[(!side && one == [lang]).then_some("page")] { (lang.own_name()) }
            }
            a href=(address(SIDE)) aria-current=[side.then_some("page")] { (t.get("declaration-side")) }
        }
    }
}

/// The units in their order, as many as a page takes; with a link to each where it is a unit of the present
/// text.
pub(super) fn body(req: &Req, opened: &Opened, langs: &[Lang], links: bool) -> Markup {
    let (t, states, numbers) = (req.t, States::of(req.t), opened.numbers());
    let (wish, units) = (Wish::of(&req.query).by(UNITS), &opened.text().units);
    // What is adopted, or final between its parties, is in work no more.
    let ends = opened.consensus().adoption().is_some() || opened.dossier.settled.is_some();
    let states = (!ends).then_some(&states);
    let (open, agreed) = (t.get("unit-open"), t.get("unit-agreed"));
    let class = format!("text of-{}", langs.len());
    html! {
        div class=(class) {
            @if langs.len() > 1 {
                div.unit.heads aria-hidden="true" {
                    span {}
                    @for lang in langs { strong lang=(lang.tag()) { (lang.own_name()) } }
                }
            }
            @for unit in wish.cut(units) {
                @let number = numbers.0.get(&unit.id).map_or("¶", String::as_str);
                section.unit.{ "is-" (unit.kind) } id={ "u-" (unit.id) } {
                    @if links {
                        a.number href=(opened.unit_address(unit.id)) title=(open) { bdi { (number) } }
                    } @else {
                        span.number { bdi { (number) } }
                    }
                    @for lang in langs { (cell(req, unit, *lang, langs.len() > 1, states)) }
                    @if states.is_some() && opened.consensus().agrees_on(unit) {
                        span.chip.ok { (agreed) }
                    }
                }
            }
        }
        (list::pager(req, &wish, units.len()))
    }
}

/// One unit in one language. Where it has no words yet, those of another language stand, marked.
fn cell(req: &Req, unit: &Unit, lang: Lang, side: bool, states: Option<&States>) -> Markup {
    let written = |lang: &Lang| unit.wording(*lang).is_some();
    let other = || unit.chains.keys().copied().find(written).filter(|_| !side);
    let found = Some(lang).filter(written).or_else(other);
    html! {
        div.cell {
            @if side { span.tongue-name lang=(lang.tag()) { (lang.own_name()) } }
            @match found {
                Some(found) => {
                    (wording(unit, found))
                    @if found != lang { (text::language_mark(req.t, found)) " " }
                }
                None => { p.hint { "—" } }
            }
            @if let Some(states) = states { (states.chip(unit.state(lang))) }
        }
    }
}

fn wording(unit: &Unit, lang: Lang) -> Markup {
    let text = unit.text(lang);
    html! {
        @match unit.kind {
            UnitKind::Title => { h2 lang=(lang.tag()) dir=(lang.dir()) { (text) } }
            UnitKind::Heading => { h3 lang=(lang.tag()) dir=(lang.dir()) { (text) } }
            _ => { (words(lang, text)) }
        }
    }
}

/// What else can be seen of the text, and done with it as a whole.
fn tools(req: &Req, opened: &Opened) -> Markup {
    let t = req.t;
    let inside = Gate::Participants(Action::Read).lets(&req.actor, req.place());
    html! {
        @if inside {
            div.actions {
                a.button href={ (opened.address()) "/history" } { (t.get("declaration-history")) }
                a.button href=(glossary::home(opened.dossier.edition)) { (t.get("glossary-title")) }
                @if opened.takes_changes(req) {
                    a.button href=(declaration_import::address(opened)) { (t.get("declaration-import")) }
                    a.button href=(declaration_removed::address(opened)) {
                        (t.get("declaration-removed"))
                    }
                }
                @if declaration_edit::may(req, opened) {
                    a.button href=(declaration_edit::address(opened)) { (t.get("declaration-edit")) }
                }
            }
        }
    }
}

/// What stands at the foot of every printed page: the symbol, the revision, the state and its hash.
pub(super) fn running(req: &Req, opened: &Opened) -> Markup {
    let seal: String = opened.text().seal().hex().chars().take(12).collect();
    html! {
        p.running {
            bdi { (opened.dossier.symbol) } " · " (revision(req, opened.consensus().revision)) " · "
            (req.t.with("declaration-deed", &[("n", opened.reading.deeds.into())])) " · " code { (seal) }
        }
    }
}
