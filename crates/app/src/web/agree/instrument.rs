//! Instruments of an edition: the list, and what every page about one needs.
//!
//! Each is put to the access table by itself: until all its parties agree, nobody but they and the office
//! learns that it exists. Whoever is not signed in is asked to sign in, whether there is one or not.

use std::collections::BTreeMap;

use domain::{
    DelegationId, Lang, Refusal,
    access::Action,
    city::Origin,
    delegation::Delegation,
    edition::Edition,
    instrument::{Instrument, InstrumentKind, Party, Standing, Step},
    revision::Versioned,
    search,
};
use jiff::civil::Date;
use maud::{Markup, html};
use outputs::sheet::{Cell, Column, Sheet};
use serde_json::Value;
use store::Conn;

use super::{instrument_form, instrument_news, instrument_record};
use crate::{
    chance,
    web::{
        convene::delegation::ordered,
        layout::{self, Page},
        list::{self, Wish},
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        sheet, text, when,
    },
};

/// The addresses of instruments and of all that is done with them.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/instruments", Gate::Public, index),
        get("/editions/{edition}/instruments/export/{format}", Gate::Public, export),
    ]
}

/// The list's address.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/instruments", edition.id)
}

/// Whether the reader decides for the edition.
pub fn decides(req: &Req) -> bool {
    Gate::Secretariat(Action::Decide).lets(&req.actor, req.place())
}

/// Whether the reader records for the office.
pub fn records(req: &Req) -> bool {
    Gate::Office(Action::File).lets(&req.actor, req.place())
}

/// An instrument as this request finds it.
pub struct Opened<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// The instrument.
    pub found: Versioned<Instrument>,
    /// The delegations of the edition in the declared order.
    pub delegations: Vec<Delegation>,
}

impl<'a> Opened<'a> {
    /// The instrument of the path, if the reader may know of it.
    pub fn of(req: &'a Req) -> Result<Self, Fault> {
        let hidden = || if req.account.is_none() { Fault::SignIn } else { Fault::Missing };
        let id = req.param("instrument").map_err(|_| hidden())?;
        let edition = req.edition()?;
        let (found, delegations) =
            req.read(|c| Ok((store::instrument::get(c, id)?, ordered(c, edition)?)))?;
        let mine = |one: &Versioned<Instrument>| {
            one.value.edition == edition.id && req.may(Action::Read, &one.value.object(edition))
        };
        let found = found.filter(mine).ok_or_else(hidden)?;
        Ok(Self { edition, found, delegations })
    }

    /// The same for its parties and the office, even when it is public.
    pub fn inner(req: &'a Req, action: Action) -> Result<Self, Fault> {
        let opened = Self::of(req)?;
        if req.may(action, &opened.value().inner(opened.edition)) {
            return Ok(opened);
        }
        Err(if req.account.is_none() { Fault::SignIn } else { Fault::Forbidden })
    }

    /// The instrument.
    pub fn value(&self) -> &Instrument {
        &self.found.value
    }

    /// Whether the reader belongs to its parties or to the office.
    pub fn is_inner(&self, req: &Req) -> bool {
        req.may(Action::Read, &self.value().inner(self.edition))
    }

    /// Whether the reader files for one of its parties or for the office.
    pub fn files(&self, req: &Req) -> bool {
        req.may(Action::File, &self.value().inner(self.edition))
    }

    /// Where it stands.
    pub fn address(&self) -> String {
        format!("{}/{}", home(self.edition), self.value().id)
    }

    /// The day it is for its edition.
    pub fn today(&self, req: &Req) -> Date {
        self.edition.day_of(req.now)
    }

    /// How it stands today.
    pub fn standing(&self, req: &Req) -> Standing {
        self.value().standing(self.today(req))
    }

    /// The parties in the declared order of the edition, by their places.
    pub fn declared(&self) -> Vec<usize> {
        let order: Vec<DelegationId> = self.delegations.iter().map(|d| d.id).collect();
        self.value().declared(&order)
    }

    /// The party that the path names, counted from 1.
    pub fn party(&self, req: &Req) -> Result<(usize, &Party), Fault> {
        let number: usize = req.param("party")?;
        let at = number.checked_sub(1).ok_or(Fault::Missing)?;
        self.value().parties.get(at).map(|party| (at, party)).ok_or(Fault::Missing)
    }

    /// The delegation whose contact acts for a party.
    pub fn delegation(&self, party: &Party) -> Option<&Delegation> {
        self.delegations.iter().find(|d| Some(d.id) == party.delegation)
    }

    /// A page about it, one step below it.
    pub fn below(&self, req: &Req, title: String) -> Page<'a> {
        let list = (home(self.edition), req.t.get("edition-nav-instruments"));
        let own = (self.address(), text::words(req.t, &self.value().title));
        let demonstration = self.value().exercise;
        Page {
            title,
            trail: vec![list, own],
            edition: Some(self.edition),
            demonstration,
            ..Page::default()
        }
    }

    /// Takes a step with its line in the trail, or nothing.
    pub fn act(
        &self,
        req: &Req,
        (verb, detail): (&'static str, Value),
        step: &Step,
    ) -> Result<(), Fault> {
        let today = self.today(req);
        req.write(|c| {
            let mut now = store::instrument::need(c, self.value().id)?;
            now.value.act(step.clone(), today)?;
            self.keep(req, c, &now, (verb, &detail))
        })
    }

    /// Stores a changed instrument that was read in this transaction, with its line in the trail and with
    /// all that follows from it: its text is held or let go, the register opens, the parties are told.
    pub fn keep(
        &self,
        req: &Req,
        c: &mut Conn,
        now: &Versioned<Instrument>,
        (verb, detail): (&'static str, &Value),
    ) -> store::Result<()> {
        let before = store::instrument::need(c, now.value.id)?.value;
        store::instrument::save(c, &now.value, now.version)?;
        store::instrument::hold_text(c, &now.value)?;
        instrument_record::open(c, &before, &now.value)?;
        instrument_news::tell(req, c, self.edition, (&before, &now.value))?;
        let event = req.event("instrument", now.value.id, verb, detail.clone());
        store::event::append(c, chance::id(), &event)
    }

    /// Refuses a button that was pressed on an older version than the one that stands.
    pub fn unmoved(&self, req: &Req) -> Result<(), Fault> {
        let seen = req.form.get("seen").parse().unwrap_or(0);
        if seen == self.found.version {
            Ok(())
        } else {
            Err(Refusal::new("instrument-changed").into())
        }
    }
}

/// What a kind is called.
pub fn kind_name(req: &Req, kind: InstrumentKind) -> String {
    req.t.get(&format!("instrument-kind-{kind}"))
}

/// How it stands, as a mark.
pub fn chip(req: &Req, standing: Standing) -> Markup {
    let class = match standing {
        Standing::InForce | Standing::Renewed => "chip ok",
        Standing::Negotiated | Standing::Signed => "chip warn",
        _ => "chip",
    };
    html! { span class=(class) { (req.t.get(&format!("instrument-standing-{standing}"))) } }
}

/// The names of the parties in an order.
pub fn names(req: &Req, instrument: &Instrument, order: &[usize]) -> Markup {
    let parties = order.iter().filter_map(|at| instrument.parties.get(*at));
    html! {
        @for (n, party) in parties.enumerate() {
            @if n > 0 { " · " }
            (text::text(req.t, &party.name))
        }
    }
}

/// A row of the list.
struct Row {
    instrument: Instrument,
    standing: Standing,
    order: Vec<usize>,
}

fn rows(req: &Req) -> Result<Vec<Row>, Fault> {
    let edition = req.edition()?;
    let (all, delegations) =
        req.read(|c| Ok((store::instrument::of_edition(c, edition.id)?, ordered(c, edition)?)))?;
    let order: Vec<DelegationId> = delegations.iter().map(|d| d.id).collect();
    let today = edition.day_of(req.now);
    let mine = all.into_iter().map(|one| one.value);
    let mine = mine.filter(|one| req.may(Action::Read, &one.object(edition)));
    let row = |instrument: Instrument| Row {
        standing: instrument.standing(today),
        order: instrument.declared(&order),
        instrument,
    };
    Ok(mine.map(row).collect())
}

fn found(req: &Req, rows: Vec<Row>) -> Vec<Row> {
    let (kind, standing) = (req.query.get("kind"), req.query.get("standing"));
    let q = Wish::of(&req.query).q;
    let said = |row: &Row| {
        let names: Vec<String> = row.instrument.parties.iter().map(|p| p.name.words()).collect();
        search::fold(&format!("{} {}", row.instrument.title.words(), names.join(" ")))
    };
    rows.into_iter()
        .filter(|row| kind.is_empty() || row.instrument.kind.code() == kind)
        .filter(|row| standing.is_empty() || row.standing.code() == standing)
        .filter(|row| q.is_empty() || search::finds(&said(row), &q))
        .collect()
}

fn index(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let all = rows(req)?;
    let empty = all.is_empty();
    let figures = figures(req, &all);
    let (wish, rows) = (Wish::of(&req.query), found(req, all));
    let opens = instrument_form::GATE.lets(&req.actor, req.place());
    let main = opens.then(|| (format!("{}/new", home(edition)), t.get("instrument-open")));
    let inside = Gate::Participants(Action::Read).lets(&req.actor, req.place());
    let none = if inside { "instrument-none" } else { "instrument-none-public" };
    let body = html! {
        @if records(req) && !empty {
            p { a href={ (home(edition)) "/run" } { (t.get("instrument-run")) } }
        }
        @if empty { (layout::empty(&t.get(none), main.clone())) }
        @else {
            (figures)
            (list::search(req, &t.get("instrument-search"), &filters(req)))
            @if rows.is_empty() { (layout::empty(&t.get("instrument-none-found"), None)) }
            @else { (table(req, edition, wish.cut(&rows))) }
            (list::pager(req, &wish, rows.len()))
            (sheet::links(req, &home(edition)))
        }
    };
    let page = Page {
        title: t.get("edition-nav-instruments"),
        lead: Some(html! { (t.get("instrument-lead")) }),
        main: main.filter(|_| !empty),
        edition: Some(edition),
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

/// How many there are of each kind: the two kinds of tie are never added up.
fn figures(req: &Req, rows: &[Row]) -> Markup {
    let mut counts: BTreeMap<InstrumentKind, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.instrument.kind).or_default() += 1;
    }
    html! {
        div.figures {
            @for (kind, n) in counts {
                a.figure href={ "?kind=" (kind) } {
                    strong { (n) } span { (kind_name(req, kind)) }
                }
            }
        }
    }
}

fn filters(req: &Req) -> Markup {
    let t = req.t;
    let kinds = InstrumentKind::ALL.iter().map(|kind| (kind.code(), kind_name(req, *kind)));
    let standing = |s: &Standing| (s.code(), t.get(&format!("instrument-standing-{s}")));
    let standings = Standing::ALL.iter().map(standing);
    html! {
        (list::filter(req, "kind", &t.get("instrument-kind-all"), kinds))
        (list::filter(req, "standing", &t.get("instrument-standing-all"), standings))
    }
}

fn table(req: &Req, edition: &Edition, rows: &[Row]) -> Markup {
    let t = req.t;
    let labels =
        ["instrument-title", "instrument-kind", "instrument-parties", "instrument-standing"]
            .map(|key| t.get(key));
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" {
                                a href={ (home(edition)) "/" (row.instrument.id) } {
                                    (text::text(t, &row.instrument.title))
                                }
                            }
                            td data-label=(labels[1]) { (kind_name(req, row.instrument.kind)) }
                            td data-label=(labels[2]) { (names(req, &row.instrument, &row.order)) }
                            td data-label=(labels[3]) { (chip(req, row.standing)) }
                        }
                    }
                }
            }
        }
    }
}

fn export(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let keys = [
        ("title", "instrument-title"),
        ("kind", "instrument-kind"),
        ("parties", "instrument-parties"),
        ("standing", "instrument-standing"),
        ("signed", "instrument-signed-on"),
        ("languages", "instrument-languages"),
    ];
    let row = |row: &Row| -> Vec<Cell> {
        let one = &row.instrument;
        let named = row.order.iter().filter_map(|at| one.parties.get(*at));
        let named: Vec<String> = named.map(|party| text::words(t, &party.name)).collect();
        let languages: Vec<&str> = one.languages.iter().map(|l| l.own_name()).collect();
        vec![
            text::words(t, &one.title).into(),
            kind_name(req, one.kind).into(),
            named.join(" · ").into(),
            t.get(&format!("instrument-standing-{}", row.standing)).into(),
            one.stage.signed().map(|day| day.to_string()).into(),
            languages.join(" · ").into(),
        ]
    };
    let file = Sheet {
        title: t.get("edition-nav-instruments"),
        lang: req.lang(),
        columns: keys.map(|(key, label)| Column { key, label: t.get(label) }).to_vec(),
        rows: found(req, rows(req)?).iter().map(row).collect(),
        exercise: edition.origin == Origin::Demonstration,
    };
    sheet::reply(req, "instruments", &file)
}

/// A day for a reader.
pub fn day(req: &Req, day: Date) -> String {
    when::date(req.lang(), day)
}

/// The languages by their own names.
pub fn tongues(languages: &[Lang]) -> Markup {
    html! {
        @for (n, lang) in languages.iter().enumerate() {
            @if n > 0 { " · " }
            bdi lang=(lang.tag()) { (lang.own_name()) }
        }
    }
}
